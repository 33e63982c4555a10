//! Assigning, transferring, referring; and what the law asks for.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{Consent, Entry, Purpose, Receiver};
use super::refusal::Refusal;
use crate::ids::{CaseId, CenterId, PersonId, RowId, StaffId, TaskId};
use crate::people::coded;

coded! {
    /// Which act it is.
    How {
        /// To somebody of the same center.
        Assign "assign" "担当を決める",
        /// To another center of the town.
        Transfer "transfer" "ほかのセンターへの引き継ぎ",
        /// To an organisation without accounts.
        Refer "refer" "関係機関への紹介",
    }
}

coded! {
    /// Where it stands.
    HandoverState {
        /// The receiver has not answered.
        Offered "offered" "返事を待っています",
        /// The receiver took it.
        Accepted "accepted" "引き継ぎました",
        /// The receiver did not take it.
        Declined "declined" "お断り",
        /// The sender called it back.
        CalledBack "called_back" "取り下げました",
        /// Done at once: an assignment.
        Done "done" "決まりました",
        /// A referral that was answered.
        Answered "answered" "返事がありました",
    }
}

coded! {
    /// Why a case goes to another center.
    WhyTransfer {
        /// The person moved within the town.
        Moved "moved" "転居で担当区域が変わった",
        /// The areas were drawn anew.
        Areas "areas" "担当区域が変わった",
        /// Anything else.
        Other "other" "そのほか",
    }
}

coded! {
    /// How soon the receiver is to begin.
    Urgency {
        /// Today.
        Today "today" "きょう中に",
        /// Within days.
        Soon "soon" "1週間のうちに",
        /// Without haste.
        Calm "calm" "急がない",
    }
}

/// What a receiver may read before accepting, and how it went on; sealed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Told {
    /// To whom an assignment or a referral went, by name.
    #[serde(default)]
    pub to: String,
    /// Whom it is about: names, or the place.
    #[serde(default)]
    pub who: String,
    /// Who of the register, in the order of the names: a name is corrected, and two bear the same.
    #[serde(default)]
    pub people: Vec<PersonId>,
    /// 「88歳」, in the order of the names.
    #[serde(default)]
    pub ages: String,
    /// What the person wishes.
    #[serde(default)]
    pub aims: String,
    /// Why.
    pub why: Option<WhyTransfer>,
    /// How soon.
    pub urgency: Urgency,
    /// The sender's words; of a referral what was given along.
    pub words: String,
    /// Why it was done without consent.
    #[serde(default)]
    pub overridden: String,
    /// What the receiver said.
    #[serde(default)]
    pub answer: String,
}

/// One hand-over.
#[derive(Clone)]
pub struct Handover {
    /// Its identity.
    pub id: RowId,
    /// Which case.
    pub case: CaseId,
    /// Which act.
    pub how: How,
    /// Where it stands.
    pub state: HandoverState,
    /// Whose the case was.
    pub from_center: CenterId,
    /// Whose it becomes.
    pub to_center: Option<CenterId>,
    /// To which organisation.
    pub organisation: Option<RowId>,
    /// The consent that it stands on.
    pub consent: Option<RowId>,
    /// Whether it was done without the consent that it needs.
    pub overridden: bool,
    /// The receiver's task.
    pub task: Option<TaskId>,
    /// When.
    pub made_at: Timestamp,
    /// Who.
    pub made_by: Option<StaffId>,
    /// When and by whom it was decided.
    pub decided: Option<(Timestamp, StaffId)>,
    /// What is told.
    pub told: Told,
    /// Grows with every change.
    pub version: i64,
}

impl Handover {
    /// Refuses unless the receiver has not answered yet.
    pub fn must_wait(&self) -> Result<(), Refusal> {
        match self.state {
            HandoverState::Offered => Ok(()),
            _ => Err(Refusal::NotWaiting),
        }
    }

    /// Refuses what was decided upon another version than this.
    pub const fn must_be(&self, version: i64) -> Result<(), Refusal> {
        match self.version == version {
            true => Ok(()),
            false => Err(Refusal::Changed),
        }
    }
}

/// What somebody hands in about consent: one that was given, or the reason to do without.
#[derive(Clone, Default)]
pub struct Given {
    /// The entry of the consent.
    pub consent: Option<RowId>,
    /// Whether somebody made sure that a consent to whom only words name is to this receiver.
    pub same: bool,
    /// Why it is done without.
    pub without: String,
}

/// For which purpose the act needs consent, if it does. `follows`: whether the person belongs to the
/// receiving center by now; that somebody ticks 「転居」 moves nobody.
///
/// Within a town the centers work for the same body, under the same task (介護保険法115条の46,
/// 115条の47): a case follows the person into the area of another center without being told to
/// anybody else (個人情報保護法27条5項, 69条1項). Where the area gives no reason, the person is
/// asked; an organisation outside is always told with consent or on another basis of the law
/// (27条1項各号, 69条2項4号), which is an override with its reason.
pub const fn needs_consent(how: How, why: Option<WhyTransfer>, follows: bool) -> Option<Purpose> {
    match (how, why) {
        (How::Assign, _) => None,
        (How::Transfer, Some(WhyTransfer::Moved | WhyTransfer::Areas)) if follows => None,
        (How::Transfer, _) => Some(Purpose::Transfer),
        (How::Refer, _) => Some(Purpose::Referral),
    }
}

/// Whether a consent carries the purpose today.
pub fn stands_on(consent: &Entry<Consent>, purpose: Purpose, today: Date) -> bool {
    let body = &consent.body;
    body.purpose == purpose
        && body.withdrawn.is_none()
        && body.given_on <= today
        && consent.holds(today)
}

/// Whether a consent is to whoever receives.
#[derive(Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is.
    Same,
    /// It is to somebody else.
    Other,
    /// Words name whom it is to, in another way: somebody has to say.
    Ask,
}

/// Whether a consent is to this receiver, with the name that it goes by.
pub fn is_to(consent: &Consent, (receiver, name): (Option<Receiver>, &str)) -> Fit {
    match consent.receiver {
        Some(to) if Some(to) == receiver => Fit::Same,
        Some(_) => Fit::Other,
        None if consent.to == name => Fit::Same,
        None => Fit::Ask,
    }
}

/// Whether a hand-over was about somebody when it was made; by the name where it was made before ids
/// were kept. A household grows, and a consent does not grow with it. `people` are those of the
/// hand-over, as their records are called now.
pub fn was_told_of(told: &Told, people: &[PersonId], (id, name): (PersonId, &str)) -> bool {
    match told.people.is_empty() {
        true => told.who.split('、').any(|one| one == name),
        false => people.contains(&id),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::cases::rules::EntryState;

    fn consent(until: Option<Date>) -> Entry<Consent> {
        Entry {
            id: RowId(1),
            case: CaseId(1),
            state: EntryState::On,
            day: until,
            staff: None,
            other: None,
            task: None,
            made_at: Timestamp::UNIX_EPOCH,
            made_by: None,
            body: Consent {
                purpose: Purpose::Referral,
                receiver: None,
                to: "みなみ総合病院".to_owned(),
                by: "ご本人、書面".to_owned(),
                given_on: date(2026, 11, 1),
                words: String::new(),
                withdrawn: None,
            },
            version: 1,
        }
    }

    #[test]
    fn a_case_follows_the_person_and_nothing_else_goes_without_consent() {
        let transfer = |why, follows| needs_consent(How::Transfer, Some(why), follows);
        for why in [WhyTransfer::Moved, WhyTransfer::Areas] {
            assert_eq!(transfer(why, true), None);
            assert_eq!(transfer(why, false), Some(Purpose::Transfer));
        }
        assert_eq!(transfer(WhyTransfer::Other, true), Some(Purpose::Transfer));
        let refer = needs_consent(How::Refer, None, true);
        assert_eq!(refer, Some(Purpose::Referral));
        assert_eq!(needs_consent(How::Assign, None, false), None);
    }

    #[test]
    fn consent_to_one_place_carries_nothing_to_another() {
        let mut one = consent(None).body;
        let hospital = Some(Receiver::Organisation(RowId(7)));
        assert_eq!(is_to(&one, (hospital, "みなみ総合病院")), Fit::Same);
        assert_eq!(is_to(&one, (hospital, "北クリニック")), Fit::Ask);
        one.receiver = hospital;
        assert_eq!(is_to(&one, (hospital, "新しい名前の病院")), Fit::Same);
        let same_id = Some(Receiver::Center(CenterId(7)));
        for other in [Some(Receiver::Organisation(RowId(8))), same_id, None] {
            assert_eq!(is_to(&one, (other, "みなみ総合病院")), Fit::Other);
        }
    }

    #[test]
    fn consent_is_for_its_purpose_and_its_time_and_ends_when_withdrawn() {
        let (today, purpose) = (date(2026, 11, 20), Purpose::Referral);
        assert!(stands_on(&consent(None), purpose, today));
        assert!(stands_on(&consent(Some(today)), purpose, today));
        let over = consent(Some(date(2026, 11, 19)));
        assert!(!stands_on(&over, purpose, today));
        assert!(!stands_on(&consent(None), Purpose::Transfer, today));
        assert!(!stands_on(&consent(None), purpose, date(2026, 10, 31)));
        let mut withdrawn = consent(None);
        withdrawn.body.withdrawn = Some((today, String::new()));
        assert!(!stands_on(&withdrawn, purpose, today));
    }
}
