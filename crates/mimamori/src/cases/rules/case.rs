//! One case, and who may see it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::kanji;

use super::refusal::Refusal;
use crate::clock::in_japan;
use crate::ids::{CaseId, CenterId, ConsultationId, NoticeId, PersonId, RowId, StaffId};
use crate::people::coded;
use crate::scope::{Actor, NoRight, Right, Scope};

coded! {
    /// Who may see a case besides those in charge and the head.
    Access {
        /// Everybody of its center.
        Center "center" "センターの職員",
        /// Whoever is named: where somebody may be in danger if it is known.
        Named "named" "名前を挙げた職員だけ",
    }
}

coded! {
    /// Where a case stands.
    State {
        /// 支援中
        Open "open" "支援中",
        /// 終了
        Closed "closed" "終了",
    }
}

coded! {
    /// Why a case ended.
    EndReason {
        /// What was aimed at is reached.
        Settled "settled" "目標に届いた",
        /// Others go on.
        Linked "linked" "ほかの支援につながった",
        /// 入所・入院
        Facility "facility" "施設入所・長期入院",
        /// 転出
        Moved "moved" "転出",
        /// 死亡
        Died "died" "死亡",
        /// The person did not wish it any more.
        Declined "declined" "ご本人が望まなくなった",
        /// その他
        Other "other" "その他",
    }
}

coded! {
    /// What a case came from.
    OriginKind {
        /// Somebody noticed something.
        Notice "notice" "気づき",
        /// 総合相談
        Consultation "consultation" "相談",
    }
}

/// What a case came from, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Which kind.
    pub kind: OriginKind,
    /// Which one.
    pub id: RowId,
}

impl Origin {
    /// A notice.
    pub const fn notice(id: NoticeId) -> Origin {
        Origin {
            kind: OriginKind::Notice,
            id: RowId(id.0),
        }
    }

    /// A consultation.
    pub const fn consultation(id: ConsultationId) -> Origin {
        Origin {
            kind: OriginKind::Consultation,
            id: RowId(id.0),
        }
    }
}

/// How a case ended, and why it was opened again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// When.
    pub on: Date,
    /// Who closed it.
    pub by: Option<StaffId>,
    /// Why.
    pub reason: EndReason,
    /// What came of it.
    pub outcome: String,
    /// When it was opened again, and why.
    #[serde(default)]
    pub again: Option<(Date, String)>,
}

/// What is said of a case; sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// About whom or which place, where nobody registered is known yet.
    #[serde(default)]
    pub about: String,
    /// Why it was begun.
    #[serde(default)]
    pub began: String,
    /// What the person wishes, in their own words.
    #[serde(default)]
    pub aims: String,
    /// What is planned.
    #[serde(default)]
    pub plan: String,
    /// What may go wrong, and what then.
    #[serde(default)]
    pub risks: String,
    /// Where it came from.
    #[serde(default)]
    pub origin: Option<Origin>,
    /// How it ended, each time.
    #[serde(default)]
    pub endings: Vec<Ending>,
}

impl Body {
    /// Whether a text stands in what is said; width, kana and variants of kanji don't matter.
    pub fn says(&self, text: &str) -> bool {
        let text = kanji::fold(text);
        let all = [
            &self.about,
            &self.began,
            &self.aims,
            &self.plan,
            &self.risks,
        ];
        let ends = self.endings.iter().map(|one| &one.outcome);
        let mut said = all.into_iter().chain(ends);
        !text.is_empty() && said.any(|words| kanji::fold(words).contains(&text))
    }
}

/// One case.
#[derive(Clone)]
pub struct Case {
    /// Its identity.
    pub id: CaseId,
    /// Its number in the town, as it is said aloud: 第12号.
    pub number: i64,
    /// Whose it is.
    pub center: CenterId,
    /// The professional in charge.
    pub lead: Option<StaffId>,
    /// The second one.
    pub second: Option<StaffId>,
    /// Who may see it.
    pub access: Access,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when.
    pub closed_at: Option<Timestamp>,
    /// The last contact, or the opening.
    pub touched: Date,
    /// After how many days without a contact it is silent; the center's setting where none is said.
    pub quiet_days: Option<i64>,
    /// The open task that asks to hand it over.
    pub moved_task: Option<crate::ids::TaskId>,
    /// What is said.
    pub body: Body,
    /// Grows with every change.
    pub version: i64,
}

/// A case to be.
#[derive(Clone)]
pub struct NewCase {
    /// Whose.
    pub people: Vec<PersonId>,
    /// The center that supports.
    pub center: CenterId,
    /// Who is in charge.
    pub lead: Option<StaffId>,
    /// Who may see it.
    pub access: Access,
    /// What is said.
    pub body: Body,
}

/// What a center's head sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// After so many days without a contact a case is silent.
    pub quiet_days: i64,
    /// Whether a plan needs a second pair of eyes.
    pub plan_second: bool,
    /// Whether a closure needs one.
    pub closing_second: bool,
    /// Grows with every change; 0 where nothing was set.
    pub version: i64,
}

impl Default for Settings {
    /// A month without a word is long where somebody is supported at all.
    fn default() -> Settings {
        Settings {
            quiet_days: 30,
            plan_second: false,
            closing_second: false,
            version: 0,
        }
    }
}

/// Days since 1970: how a day is kept that is reckoned with in a statement.
pub fn day_number(day: Date) -> i64 {
    i64::from((day - jiff::civil::date(1970, 1, 1)).get_days())
}

impl Case {
    /// Whether the scope may see it; `named`: its account is named as a viewer now.
    pub fn is_for(&self, scope: &Scope, named: bool) -> bool {
        if scope.actor == Actor::Program {
            return true;
        }
        if !scope.rights.has(Right::Support) || scope.center != Some(self.center) {
            return false;
        }
        let Actor::Staff(me) = scope.actor else {
            return false;
        };
        let in_charge = self.lead == Some(me) || self.second == Some(me);
        self.access == Access::Center || in_charge || named || scope.rights.has(Right::Lead)
    }

    /// Whether the scope decides who else sees it: those in charge and the head; everybody of the
    /// center where nobody is in charge, unless it is for those named only.
    pub fn is_led_by(&self, scope: &Scope) -> bool {
        let me = scope.actor.account();
        let in_charge = me.is_some() && (self.lead == me || self.second == me);
        let free = self.lead.is_none() && self.access == Access::Center;
        in_charge || free || scope.rights.has(Right::Lead)
    }

    /// Refuses who may see it and not decide about it.
    pub fn must_be_led_by(&self, scope: &Scope) -> Result<(), Refusal> {
        match self.is_led_by(scope) {
            true => Ok(()),
            false => Err(NoRight.into()),
        }
    }

    /// Refuses who was only named as a viewer of a case that few may see: they neither give it
    /// away nor end it. A colleague's open case is everybody's of the center to go on with.
    pub fn must_be_run_by(&self, scope: &Scope) -> Result<(), Refusal> {
        match self.access {
            Access::Center => Ok(()),
            Access::Named => self.must_be_led_by(scope),
        }
    }

    /// Refuses where it has ended.
    pub fn must_be_open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open => Ok(()),
            State::Closed => Err(Refusal::Closed),
        }
    }

    /// Refuses upon an older version than the one that stands.
    pub fn must_be(&self, version: i64) -> Result<(), Refusal> {
        match self.version == version {
            true => Ok(()),
            false => Err(Refusal::Changed),
        }
    }

    /// 「支援 第12号」: what may stand where not everybody may know whose it is.
    pub fn name(&self) -> String {
        format!("支援 第{}号", self.number)
    }

    /// The day on which it was opened, or opened again: from then it is reckoned when it falls silent.
    pub fn began(&self) -> Date {
        let again = self
            .body
            .endings
            .last()
            .and_then(|last| last.again.as_ref());
        again.map_or_else(|| in_japan(self.opened_at).date(), |(on, _)| *on)
    }

    /// The last day on which it is not silent.
    pub fn quiet_until(&self, settings: &Settings) -> Date {
        let days = self.quiet_days.unwrap_or(settings.quiet_days);
        self.touched
            .saturating_add(jiff::Span::new().days(days.clamp(1, 3_650)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::ids::NetworkId;
    use crate::scope::Role;

    fn case(access: Access) -> Case {
        Case {
            id: CaseId(1),
            number: 12,
            center: CenterId(3),
            lead: Some(StaffId(10)),
            second: Some(StaffId(11)),
            access,
            state: State::Open,
            opened_at: Timestamp::UNIX_EPOCH,
            closed_at: None,
            touched: date(2026, 11, 1),
            quiet_days: None,
            moved_task: None,
            body: Body::default(),
            version: 1,
        }
    }

    fn who(role: Role, staff: i64, center: i64) -> Scope {
        Scope {
            network: NetworkId(1),
            actor: Actor::Staff(StaffId(staff)),
            rights: role.rights(),
            center: Some(CenterId(center)),
            origin: String::new(),
        }
    }

    #[test]
    fn a_named_case_is_seen_by_those_in_charge_whoever_is_named_and_the_head() {
        let case = case(Access::Named);
        let seen = |scope: Scope, named| case.is_for(&scope, named);
        assert!(seen(who(Role::CenterStaff, 10, 3), false));
        assert!(seen(who(Role::CenterStaff, 11, 3), false));
        assert!(!seen(who(Role::CenterStaff, 12, 3), false));
        assert!(seen(who(Role::CenterStaff, 12, 3), true));
        assert!(seen(who(Role::CenterHead, 13, 3), false));
    }

    #[test]
    fn nobody_of_another_center_sees_it_whatever_they_were() {
        for case in [case(Access::Center), case(Access::Named)] {
            assert!(!case.is_for(&who(Role::CenterStaff, 10, 4), true));
            assert!(!case.is_for(&who(Role::CenterHead, 13, 4), true));
            assert!(!case.is_for(&who(Role::TownAdmin, 10, 3), true));
            assert!(!case.is_for(&who(Role::NightDesk, 10, 3), true));
            let system = Scope {
                actor: Actor::System(StaffId(10)),
                ..who(Role::CenterStaff, 10, 3)
            };
            assert!(!case.is_for(&system, true));
        }
        assert!(case(Access::Center).is_for(&who(Role::CenterStaff, 12, 3), false));
    }

    #[test]
    fn silence_is_counted_from_the_last_contact() {
        let mut case = case(Access::Center);
        let settings = Settings::default();
        assert_eq!(case.quiet_until(&settings), date(2026, 12, 1));
        case.quiet_days = Some(7);
        assert_eq!(case.quiet_until(&settings), date(2026, 11, 8));
        assert_eq!(day_number(date(1970, 1, 2)), 1);
    }
}
