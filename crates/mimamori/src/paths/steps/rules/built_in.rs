//! The kinds that come with the program. The days are what towns aim for, and a town that aims for
//! others makes its own list; only where a source is named are they the law's.

use super::plan::{Base, Counted, Plan, StepPlan, Who};

struct Brief {
    code: &'static str,
    word: &'static str,
    who: Who,
    days: u16,
    counted: Counted,
}

const fn step(
    code: &'static str,
    word: &'static str,
    who: Who,
    days: u16,
    counted: Counted,
) -> Brief {
    Brief {
        code,
        word,
        who,
        days,
        counted,
    }
}

use Counted::{First, Previous, Start};
use Who::{Center, Court, Doctor, Other, Person, Town};

/// 介護保険法27条: the decision within 30 days of the application (paragraph 11), or a notice of the
/// delay with its reason within the same 30 days.
const CERTIFICATION: [Brief; 6] = [
    step("application", "申請", Person, 14, Start),
    step("interview", "認定調査", Town, 14, First),
    step("opinion", "主治医意見書", Doctor, 14, First),
    step("first", "一次判定（コンピュータ判定）", Town, 21, First),
    step("second", "二次判定（認定審査会）", Town, 28, First),
    step("notice", "結果の通知", Town, 30, First),
];

/// Three of four petitions were decided within two months (最高裁判所「成年後見関係事件の概況」, 2021);
/// the decision is final two weeks after it was received (家事事件手続法86条).
const GUARDIANSHIP: [Brief; 7] = [
    step("need", "必要性の確認", Center, 30, Start),
    step("petitioner", "申立人を決める", Center, 60, Previous),
    // The sheet goes to the doctor, who writes the certificate upon it.
    step("sheet", "本人情報シート", Center, 30, Previous),
    step("certificate", "診断書", Doctor, 30, Previous),
    step("petition", "申立て", Person, 30, Previous),
    step("judgement", "審判", Court, 62, Previous),
    step("guardian", "後見人等の確定・引き継ぎ", Court, 30, Previous),
];

const ADVOCACY: [Brief; 6] = [
    step(
        "request",
        "相談の受付・ご本人の意向の確認",
        Center,
        7,
        Start,
    ),
    step("council", "社会福祉協議会への相談", Center, 14, Previous),
    step("visit", "専門員の訪問調査", Other, 30, Previous),
    step("review", "契約締結の審査", Other, 30, Previous),
    step("contract", "契約", Person, 14, Previous),
    step("support", "支援の開始", Other, 14, Previous),
];

/// 厚生労働省「市町村・都道府県における高齢者虐待への対応と養護者支援について」: the facts are checked
/// within 48 hours of the report.
const ABUSE: [Brief; 6] = [
    step("report", "通報・相談の受付", Center, 0, Start),
    step("facts", "事実の確認（48時間以内）", Town, 2, First),
    step("core", "緊急性の判断（コアメンバー会議）", Town, 3, First),
    step("plan", "支援計画", Center, 14, Previous),
    step("review", "評価会議", Town, 30, Previous),
    step("end", "終結の判断", Town, 90, Previous),
];

/// 特定商取引法9条 and others: eight days for a door-to-door sale, and the day on which the written
/// contract was received is the first of them.
const FRAUD: [Brief; 6] = [
    step(
        PAPER,
        "契約書面の受け取り（受け取った日を入れます）",
        Person,
        0,
        Start,
    ),
    step("hearing", "聞き取り・書類の確認", Center, 1, Start),
    step("bureau", "消費生活センターへの相談", Center, 2, Start),
    step(
        "cooling",
        "解約の通知（訪問販売は書面の日を1日目として8日以内）",
        Person,
        7,
        First,
    ),
    step("refund", "返金・解約の確認", Person, 30, Previous),
    step("watch", "再発を防ぐ見守りの相談", Center, 30, Previous),
];

/// The step whose day is that of the written contract: it lies before the path, mostly.
pub(super) const PAPER: &str = "paper";

const ALARM: [Brief; 5] = [
    step("need", "要件の確認", Center, 7, Start),
    step("application", "申請", Person, 14, Previous),
    step("decision", "決定の通知", Town, 30, Previous),
    step("installing", "設置", Other, 14, Previous),
    step("trial", "使い方の確認", Center, 14, Previous),
];

/// Every kind of the program.
pub const BUILT_IN: [Base; 6] = [
    Base::Certification,
    Base::Guardianship,
    Base::Advocacy,
    Base::Abuse,
    Base::Fraud,
    Base::Alarm,
];

impl Base {
    /// The kind as it comes with the program.
    pub fn plan(self) -> Plan {
        let steps: &[Brief] = match self {
            Base::Certification => &CERTIFICATION,
            Base::Guardianship => &GUARDIANSHIP,
            Base::Advocacy => &ADVOCACY,
            Base::Abuse => &ABUSE,
            Base::Fraud => &FRAUD,
            Base::Alarm => &ALARM,
        };
        let step = |one: &Brief| StepPlan {
            code: one.code.to_owned(),
            word: one.word.to_owned(),
            who: one.who,
            days: Some(one.days),
            counted: one.counted,
            optional: false,
        };
        Plan {
            id: None,
            base: Some(self),
            word: self.word().to_owned(),
            steps: steps.iter().map(step).collect(),
            open: true,
            version: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::{MOST_STEPS, MOST_WORD};
    use super::*;

    #[test]
    fn every_kind_holds_what_a_town_could_have_typed() {
        for base in Base::ALL {
            let plan = base.plan();
            assert!(BUILT_IN.contains(base) && plan.steps.len() <= MOST_STEPS);
            for step in &plan.steps {
                assert!(step.word.chars().count() <= MOST_WORD, "{}", step.word);
                let twice = plan.steps.iter().filter(|of| of.code == step.code);
                assert_eq!(twice.count(), 1, "{}", step.code);
            }
        }
    }
}
