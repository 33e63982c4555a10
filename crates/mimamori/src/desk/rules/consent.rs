//! What the person said to a tier being told. It is shown and chooses the basis that is offered
//! first; it never forbids, since a life may hang on it.

use jiff::civil::Date;
use words::date::PartialDate;

use super::caller::CallerKind;
use super::coded;
use super::tier::Tier;
use crate::networks::Text;
use crate::people::{Answer, AnsweredBy, Consent, Given};

coded! {
    /// How a tier stands with the person.
    Consented {
        /// Given, and not taken back.
        Given "given" "同意あり",
        /// Asked, and refused.
        Refused "refused" "同意していない",
        /// Given once, and taken back.
        Withdrawn "withdrawn" "同意は撤回ずみ",
        /// Nobody asked.
        NotAsked "not_asked" "同意は聞いていない",
    }
}

/// Whether a proxy is named: only where the contacts are open anyhow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// 「代理の方（長女 北川 春子さん）」
    Named,
    /// 「代理の方（長女）」
    Unnamed,
}

impl Tier {
    /// What was answered for this tier. The rest is told to nobody outside, so nobody is asked.
    pub const fn answer(self, consent: &Consent) -> Option<&Given> {
        match self {
            Tier::Identity => Some(&consent.identity),
            Tier::Medical => Some(&consent.medical),
            Tier::Rest => None,
        }
    }

    /// How the tier stands with the person.
    pub fn consented(self, consent: &Consent) -> Consented {
        match self.answer(consent) {
            Some(given) if given.holds() => Consented::Given,
            Some(given) => match given.answer {
                Answer::Given => Consented::Withdrawn,
                Answer::Refused => Consented::Refused,
                Answer::NotAsked => Consented::NotAsked,
            },
            None => Consented::NotAsked,
        }
    }

    /// The legal basis that is offered first: consent where it covers the tier and the caller
    /// hears it, else the article of law that holds for this caller (APPI 69(2)(iv) for a public
    /// body, 27(1)(ii) for a private one, where life is in danger).
    pub fn first_basis(self, kind: Option<CallerKind>, consent: &Consent) -> Text {
        let told = kind.is_some_and(CallerKind::hears_identity);
        match self {
            Tier::Rest => Text::BasisPurpose,
            _ if told && self.consented(consent) == Consented::Given => Text::BasisConsent,
            _ => kind.map_or(Text::BasisLife, CallerKind::basis),
        }
    }

    /// What the person was asked, as the sentence needs it.
    const fn asked(self) -> &'static str {
        match self {
            Tier::Identity => "基本情報と緊急連絡先を伝えること",
            Tier::Medical => "医療情報を救急・病院に伝えること",
            Tier::Rest => "センターの記録を見ること",
        }
    }

    /// The same in one sentence, with day and who answered.
    pub fn consent_words(self, consent: &Consent, naming: Naming) -> String {
        let Some(given) = self.answer(consent) else {
            return "センターの職員だけが見て、外には伝えない記録です。同意は聞いていません。"
                .to_owned();
        };
        let (what, on, who) = (self.asked(), day(given.on), who(&given.by, naming));
        match self.consented(consent) {
            Consented::Given => format!("{what}に、{who}が{on}に同意しています。"),
            Consented::Refused => format!("{what}に、{who}が{on}に「同意しない」と答えています。"),
            Consented::Withdrawn => {
                let back = day(given.withdrawn_on);
                format!("{what}への同意は、{back}に撤回されています（{on}に{who}が同意）。")
            }
            Consented::NotAsked => format!("{what}について、同意を聞いた記録がありません。"),
        }
    }
}

fn day(day: Option<Date>) -> String {
    day.map_or("日付の記録のない日".to_owned(), |day| {
        PartialDate::from(day).both()
    })
}

fn who(by: &AnsweredBy, naming: Naming) -> String {
    match (by, naming) {
        (AnsweredBy::Person, _) => "本人".to_owned(),
        (AnsweredBy::Proxy { name, relation }, Naming::Named) => {
            format!("代理の方（{}）", format!("{relation} {name}さん").trim())
        }
        (AnsweredBy::Proxy { relation, .. }, Naming::Unnamed) if !relation.is_empty() => {
            format!("代理の方（{relation}）")
        }
        (AnsweredBy::Proxy { .. }, Naming::Unnamed) => "代理の方".to_owned(),
    }
}

/// Why a tier may be opened without consent, in plain words beside the article.
pub const fn without_consent(basis: Text) -> &'static str {
    match basis {
        Text::BasisLife => {
            "命・からだ・財産を守るために必要なときは、同意がなくても伝えられます。根拠は、同意ではなく下の条文です。"
        }
        Text::BasisDuty => {
            "警察などが法令に定める事務に必要とするときは、その範囲で、同意がなくても伝えられます。根拠は、同意ではなく下の条文です。"
        }
        Text::BasisLaw | Text::BasisPurpose => {
            "ご家族への連絡や見守りのために職員が見ることは、登録の目的の範囲内です。根拠は、同意ではなく下の条文です。"
        }
        // Not offered first where consent does not cover the tier, and no basis at all.
        Text::BasisConsent
        | Text::FinderPage
        | Text::FinderSent
        | Text::FamilyPage
        | Text::PaperConsent
        | Text::PaperPostcard
        | Text::PaperCard
        | Text::NoticeSent
        | Text::CourseVoice
        | Text::NoticeSafe
        | Text::NoticeWatch
        | Text::NoticeCase
        | Text::NoticeOther
        | Text::NoticeMistaken => "",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn medical(given: Given) -> Consent {
        Consent {
            medical: given,
            ..Consent::default()
        }
    }

    #[test]
    fn consent_comes_first_only_where_it_covers_the_tier() {
        let given = Given::by_person(date(2026, 4, 1));
        let back = Given {
            withdrawn_on: Some(date(2026, 5, 2)),
            ..given.clone()
        };
        let refused = Given {
            answer: Answer::Refused,
            ..given.clone()
        };
        for (answer, stands, first) in [
            (given, Consented::Given, Text::BasisConsent),
            (back, Consented::Withdrawn, Text::BasisLife),
            (refused, Consented::Refused, Text::BasisLife),
            (Given::default(), Consented::NotAsked, Text::BasisLife),
        ] {
            let consent = medical(answer);
            assert_eq!(Tier::Medical.consented(&consent), stands);
            let hospital = Some(CallerKind::Hospital);
            assert_eq!(Tier::Medical.first_basis(hospital, &consent), first);
            let identity = Tier::Identity.first_basis(hospital, &consent);
            assert_eq!(identity, Text::BasisLife, "each tier by itself");
        }
    }

    #[test]
    fn to_whom_nothing_is_told_consent_is_no_basis() {
        let consent = Consent {
            identity: Given::by_person(date(2026, 4, 1)),
            ..Consent::default()
        };
        let first = |kind| Tier::Identity.first_basis(Some(kind), &consent);
        assert_eq!(first(CallerKind::Police), Text::BasisConsent);
        assert_eq!(first(CallerKind::Passer), Text::BasisPurpose);
        assert_eq!(Tier::Rest.first_basis(None, &consent), Text::BasisPurpose);
    }

    #[test]
    fn a_proxy_is_named_only_where_the_contacts_are_open() {
        let by = AnsweredBy::Proxy {
            name: "北川 春子".to_owned(),
            relation: "長女".to_owned(),
        };
        let consent = medical(Given {
            by,
            ..Given::by_person(date(2026, 4, 1))
        });
        let words = |naming| Tier::Medical.consent_words(&consent, naming);
        assert_eq!(
            words(Naming::Named),
            "医療情報を救急・病院に伝えることに、代理の方（長女 北川 春子さん）が2026年（令和8年）4月1日に同意しています。"
        );
        assert!(!words(Naming::Unnamed).contains("北川"));
    }
}
