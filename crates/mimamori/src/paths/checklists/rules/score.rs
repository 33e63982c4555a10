//! Scores of the 基本チェックリスト, and whom the program of the town is for.

use super::answers::Answers;
use super::checklist::Sheet;

/// A part of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Domain {
    /// 「運動器の機能」
    pub word: &'static str,
    /// First and last question.
    pub span: (u8, u8),
}

/// The parts of the form, in its order.
pub const DOMAINS: [Domain; 7] = [
    domain("日常生活関連動作", 1, 5),
    domain("運動器の機能", 6, 10),
    domain("栄養", 11, 12),
    domain("口腔機能", 13, 15),
    domain("閉じこもり", 16, 17),
    domain("認知機能", 18, 20),
    domain("うつ", 21, 25),
];

const fn domain(word: &'static str, first: u8, last: u8) -> Domain {
    Domain {
        word,
        span: (first, last),
    }
}

/// One of the criteria by which somebody becomes 事業対象者.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// 「①」
    pub mark: &'static str,
    /// What it says.
    pub word: &'static str,
    /// First and last question.
    pub span: (u8, u8),
    /// So many points meet it.
    pub points: u8,
}

/// 事業対象者に該当する基準 (介護保険法施行規則140条の62の4第2号の規定に基づき厚生労働大臣が定める基準, 平成27年
/// 厚生労働省告示197号; 基本チェックリスト様式第一 and 様式第二): whoever meets one of them. Of 閉じこもり only
/// number 16 counts; number 17 is a reason for a word.
pub const CRITERIA: [Criterion; 7] = [
    criterion("①", "1～20の20項目のうち10項目以上", (1, 20), 10),
    criterion(
        "②",
        "運動器の機能（6～10）の5項目のうち3項目以上",
        (6, 10),
        3,
    ),
    criterion("③", "栄養（11・12）の2項目のすべて", (11, 12), 2),
    criterion("④", "口腔機能（13～15）の3項目のうち2項目以上", (13, 15), 2),
    criterion("⑤", "閉じこもり（16）", (16, 16), 1),
    criterion("⑥", "認知機能（18～20）の3項目のうち1項目以上", (18, 20), 1),
    criterion("⑦", "うつ（21～25）の5項目のうち2項目以上", (21, 25), 2),
];

const fn criterion(
    mark: &'static str,
    word: &'static str,
    span: (u8, u8),
    points: u8,
) -> Criterion {
    Criterion {
        mark,
        word,
        span,
        points,
    }
}

/// Points of some questions, with how many were answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Answers that count.
    pub points: u8,
    /// Numbers without an answer.
    pub open: Vec<u8>,
    /// Questions altogether.
    pub of: u8,
}

impl Score {
    fn of(answers: &Answers, (first, last): (u8, u8)) -> Score {
        let (mut points, mut open) = (0, Vec::new());
        for number in first..=last {
            match answers.weight(Sheet::Kihon, number) {
                Some(weight) => points += weight,
                None => open.push(number),
            }
        }
        Score {
            points,
            open,
            of: last - first + 1,
        }
    }

    /// How many were answered.
    pub fn answered(&self) -> usize {
        usize::from(self.of) - self.open.len()
    }

    /// The most points that it could still come to.
    fn most(&self) -> usize {
        usize::from(self.points) + self.open.len()
    }
}

/// Whether a criterion is met, as far as the answers tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// Met, whatever is still open.
    Met,
    /// Not met, whatever is still open.
    NotMet,
    /// These questions could turn it.
    Open(Vec<u8>),
}

/// Whether somebody is 事業対象者, as far as the answers tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// 該当: by these criteria, whatever is still open.
    Met(Vec<Criterion>),
    /// 非該当: by none of them, whatever is still open.
    NotMet,
    /// These questions could turn it.
    Open(Vec<u8>),
}

/// The score of each part of the form.
pub fn scores(answers: &Answers) -> [(Domain, Score); 7] {
    DOMAINS.map(|domain| (domain, Score::of(answers, domain.span)))
}

/// Each criterion as far as the answers tell.
pub fn judged(answers: &Answers) -> [(Criterion, Score, Judged); 7] {
    CRITERIA.map(|criterion| {
        let score = Score::of(answers, criterion.span);
        let judged = judge(&score, criterion.points);
        (criterion, score, judged)
    })
}

fn judge(score: &Score, threshold: u8) -> Judged {
    if score.points >= threshold {
        Judged::Met
    } else if score.most() < usize::from(threshold) {
        Judged::NotMet
    } else {
        Judged::Open(score.open.clone())
    }
}

/// All criteria together.
pub fn verdict(answers: &Answers) -> Verdict {
    let all = judged(answers);
    let met = all.iter().filter(|(_, _, judged)| *judged == Judged::Met);
    let met: Vec<Criterion> = met.map(|(criterion, ..)| *criterion).collect();
    if !met.is_empty() {
        return Verdict::Met(met);
    }
    let open = Score::of(answers, (1, 25)).open.into_iter();
    let open: Vec<u8> = open.filter(|number| turns(&all, *number)).collect();
    match open.is_empty() {
        true => Verdict::NotMet,
        false => Verdict::Open(open),
    }
}

/// Whether there are answers to the other open questions with which this one decides. Number 17
/// counts for ① alone: where ① can't be reached without meeting another first, it decides nothing.
fn turns(all: &[(Criterion, Score, Judged); 7], number: u8) -> bool {
    let [(over, sum, _), parts @ ..] = all;
    let is_in = |(first, last): (u8, u8)| (first..=last).contains(&number);
    let others = |score: &Score| score.open.iter().filter(|one| **one != number).count();
    // Of its part all but one point; those of the other parts are not needed for it.
    let by_part = parts.iter().any(|(criterion, score, _)| {
        let missing = usize::from(criterion.points - 1 - score.points);
        let under = !within(criterion.span, over.span)
            || usize::from(sum.points) + missing < usize::from(over.points);
        is_in(criterion.span) && others(score) >= missing && under
    });
    // Of all together all but one, no part meeting its own.
    let kept_back: usize = parts
        .iter()
        .filter(|(criterion, ..)| within(criterion.span, over.span))
        .map(|(criterion, score, _)| {
            let room = usize::from(criterion.points - 1 - score.points);
            others(score).saturating_sub(room)
        })
        .sum();
    let reach = usize::from(sum.points) + others(sum) - kept_back;
    by_part || is_in(over.span) && reach + 1 >= usize::from(over.points)
}

const fn within((first, last): (u8, u8), (from, to): (u8, u8)) -> bool {
    from <= first && last <= to
}

/// What research says of the sum of all 25: no part of the national form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// 8 and more.
    Frail,
    /// 4 to 7.
    Prefrail,
    /// 3 and fewer.
    Robust,
}

impl Band {
    const fn of(points: usize) -> Band {
        match points {
            0..=3 => Band::Robust,
            4..=7 => Band::Prefrail,
            _ => Band::Frail,
        }
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            Band::Frail => "フレイルの目安（8点以上）",
            Band::Prefrail => "プレフレイルの目安（4～7点）",
            Band::Robust => "3点以下",
        }
    }
}

/// The score of all 25 with its band by Satake and others, Geriatr Gerontol Int 2016;16:709–715; no
/// band where an open question could move it.
pub fn band(answers: &Answers) -> (Score, Option<Band>) {
    let score = Score::of(answers, (1, 25));
    let (least, most) = (Band::of(usize::from(score.points)), Band::of(score.most()));
    (score, (least == most).then_some(least))
}

#[cfg(test)]
mod tests;
