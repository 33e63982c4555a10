//! What a task is, who may see it, and what may be done with it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CenterId, PersonId, StaffId, TaskId};
use crate::scope::{NoRight, Right, Scope};

/// The most characters of an outcome or a reason.
pub const MOST_WORDS: usize = 1000;

/// What kind of work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 照会のあとの確認: somebody was found or taken in; see how they are.
    AfterInquiry,
    /// 登録内容の確認: what is known is old or missing.
    Confirm,
    /// 更新のお願い: the yearly renewal has no answer yet.
    Renewal,
    /// 安否確認: somebody has been silent through every step.
    SafetyCheck,
    /// 消去の確認: a record is due to be erased, and a second person has to agree.
    Leaving,
    /// 気づきの確認: somebody told of something, and nobody has looked yet.
    Notice,
    /// 気づきの遅れ: nobody looked in time.
    NoticeLate,
    /// 見守り協定の更新: a term ends.
    Agreement,
    /// 相談のつづき: what was agreed on at a consultation.
    Consultation,
    /// 支援: a step of a case is due, or a case waits for somebody.
    Case,
    /// つなぎの期限: a step of a path is due, or a certified level may be renewed.
    Path,
    /// 講座の連絡: a place fell free, or those who signed up have to be told of a change.
    Course,
    /// その他
    Other,
}

const KINDS: [Kind; 13] = [
    Kind::AfterInquiry,
    Kind::Confirm,
    Kind::Renewal,
    Kind::SafetyCheck,
    Kind::Leaving,
    Kind::Notice,
    Kind::NoticeLate,
    Kind::Agreement,
    Kind::Consultation,
    Kind::Case,
    Kind::Path,
    Kind::Course,
    Kind::Other,
];

impl Kind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Kind> {
        KINDS.into_iter()
    }

    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::AfterInquiry => "after_inquiry",
            Kind::Confirm => "confirm",
            Kind::Renewal => "renewal",
            Kind::SafetyCheck => "safety_check",
            Kind::Leaving => "leaving",
            Kind::Notice => "notice",
            Kind::NoticeLate => "notice_late",
            Kind::Agreement => "agreement",
            Kind::Consultation => "consultation",
            Kind::Case => "case",
            Kind::Path => "path",
            Kind::Course => "course",
            Kind::Other => "other",
        }
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::AfterInquiry => "照会のあとの確認",
            Kind::Confirm => "登録内容の確認",
            Kind::Renewal => "更新のお願い",
            Kind::SafetyCheck => "安否確認",
            Kind::Leaving => "消去の確認",
            Kind::Notice => "気づきの確認",
            Kind::NoticeLate => "気づきの遅れ",
            Kind::Agreement => "見守り協定の更新",
            Kind::Consultation => "相談のつづき",
            Kind::Case => "支援",
            Kind::Path => "つなぎの期限",
            Kind::Course => "講座の連絡",
            Kind::Other => "その他",
        }
    }

    /// What the page it came from is called.
    pub const fn link_word(self) -> &'static str {
        match self {
            Kind::AfterInquiry => "もとの照会",
            Kind::Renewal | Kind::SafetyCheck => "更新の画面をひらく",
            Kind::Leaving => "手続きの画面をひらく",
            Kind::Notice | Kind::NoticeLate => "気づきの画面をひらく",
            Kind::Agreement => "見守り協定の画面をひらく",
            Kind::Consultation => "相談の画面をひらく",
            Kind::Case => "支援の画面をひらく",
            Kind::Path => "つなぎの画面をひらく",
            Kind::Course => "申し込みの画面をひらく",
            Kind::Confirm | Kind::Other => "もとの画面",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Kind> {
        KINDS.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// To be done, on another day than it was opened for.
    Moved,
}

impl State {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Done => "done",
            State::Moved => "moved",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<State> {
        [State::Open, State::Done, State::Moved]
            .into_iter()
            .find(|state| state.code() == code)
    }

    /// Whether it is still to be done.
    pub const fn waits(self) -> bool {
        !matches!(self, State::Done)
    }
}

/// What is to be done and why; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// One line: 「南野 花子 さんの様子を確認」.
    pub title: String,
    /// Why, with everything needed to do it, in paragraphs.
    pub story: String,
}

/// A task to be.
#[derive(Clone)]
pub struct NewTask {
    /// Whose work; `None`: the town's.
    pub center: Option<CenterId>,
    /// About whom.
    pub person: Option<PersonId>,
    /// What kind.
    pub kind: Kind,
    /// By which day.
    pub due: Date,
    /// What and why.
    pub words: Words,
    /// The path of the page it came from; empty where there is none.
    pub link: String,
}

/// A task, its words opened.
#[derive(Clone)]
pub struct Task {
    /// Its identity.
    pub id: TaskId,
    /// Whose work; `None`: the town's.
    pub center: Option<CenterId>,
    /// About whom.
    pub person: Option<PersonId>,
    /// What kind.
    pub kind: Kind,
    /// By which day.
    pub due: Date,
    /// Where it stands.
    pub state: State,
    /// What and why.
    pub words: Words,
    /// Where it came from.
    pub link: String,
    /// Who does it.
    pub taken_by: Option<StaffId>,
    /// Grows with every change.
    pub version: i64,
}

/// What was done with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Somebody does it.
    Taken,
    /// Nobody does it any more.
    GivenBack,
    /// Done.
    Done,
    /// Moved to another day.
    Moved,
    /// "Done" was taken back.
    Reopened,
    /// The work behind it was given to somebody.
    Assigned,
}

const ACTS: [Act; 6] = [
    Act::Taken,
    Act::GivenBack,
    Act::Done,
    Act::Moved,
    Act::Reopened,
    Act::Assigned,
];

impl Act {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Act::Taken => "taken",
            Act::GivenBack => "given_back",
            Act::Done => "done",
            Act::Moved => "moved",
            Act::Reopened => "reopened",
            Act::Assigned => "assigned",
        }
    }

    /// What was done, in words.
    pub const fn word(self) -> &'static str {
        match self {
            Act::Taken => "担当になりました",
            Act::GivenBack => "担当をはずれました",
            Act::Done => "完了しました",
            Act::Moved => "日を変えました",
            Act::Reopened => "完了を取り消しました",
            Act::Assigned => "担当が決まりました",
        }
    }

    /// The act of a code.
    pub fn from_code(code: &str) -> Option<Act> {
        ACTS.into_iter().find(|act| act.code() == code)
    }
}

/// One step of a task's history.
#[derive(Clone)]
pub struct Done {
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the program.
    pub by: Option<StaffId>,
    /// What.
    pub act: Act,
    /// The outcome or the reason.
    pub words: String,
}

/// Whose tasks a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One center's, and the town's.
    Center(CenterId),
    /// The town's only.
    Town,
    /// Everybody's.
    All,
}

impl Whose {
    /// What a scope sees unless it asks for everything; the night desk can't ask.
    pub fn of(scope: &Scope, all: bool) -> Whose {
        match (scope.rights.has(Right::Tasks), all, scope.center) {
            (false, _, _) => Whose::Town,
            (true, false, Some(center)) => Whose::Center(center),
            (true, _, _) => Whose::All,
        }
    }
}

/// How urgent a task is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// So many days too late.
    Overdue(i32),
    /// Today.
    Today,
    /// In so many days.
    Later(i32),
}

/// How urgent a task due on `due` is `today`.
pub fn urgency(due: Date, today: Date) -> Urgency {
    match (due - today).get_days() {
        0 => Urgency::Today,
        days if days < 0 => Urgency::Overdue(-days),
        days => Urgency::Later(days),
    }
}

impl Task {
    /// Whether the scope may see and do it.
    pub fn is_for(&self, scope: &Scope) -> bool {
        let of_town = self.center.is_none() && scope.rights.has(Right::Desk);
        of_town || scope.rights.has(Right::Tasks)
    }

    /// Refuses unless it waits and is in the hands in which it was seen.
    pub fn may_pass(&self, from: Option<StaffId>) -> Result<(), Refusal> {
        if self.taken_by != from {
            return Err(Refusal::Changed);
        }
        if self.state.waits() {
            Ok(())
        } else {
            Err(Refusal::IsDone)
        }
    }

    /// Refuses unless it waits and the version is the one that was seen.
    pub fn may_change(&self, version: i64) -> Result<(), Refusal> {
        if self.version != version {
            return Err(Refusal::Changed);
        }
        if self.state.waits() {
            Ok(())
        } else {
            Err(Refusal::IsDone)
        }
    }
}

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or not this account's to see.
    #[error("no such task")]
    NotFound,
    /// It is done already.
    #[error("the task is done")]
    IsDone,
    /// It is not done, so that can't be taken back.
    #[error("the task is not done")]
    IsNotDone,
    /// Somebody saved in between.
    #[error("somebody saved in between")]
    Changed,
    /// The outcome or the reason is missing.
    #[error("words are missing")]
    NoWords,
    /// The outcome or the reason is too long.
    #[error("more than {MOST_WORDS} characters")]
    TooLong,
    /// The new day lies before today.
    #[error("the day is over")]
    DayIsOver,
    /// The account may not do that.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// The outcome or reason, trimmed.
pub fn said(words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Refusal::NoWords);
    }
    if words.chars().count() > MOST_WORDS {
        return Err(Refusal::TooLong);
    }
    Ok(words.to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn overdue_comes_before_today_and_today_before_later() {
        let today = date(2026, 11, 24);
        let urgencies = [
            urgency(date(2026, 11, 20), today),
            urgency(today, today),
            urgency(date(2026, 11, 25), today),
        ];
        assert_eq!(
            urgencies,
            [Urgency::Overdue(4), Urgency::Today, Urgency::Later(1)]
        );
    }

    #[test]
    fn nothing_said_and_too_much_said_are_refused() {
        assert!(matches!(said(" \n"), Err(Refusal::NoWords)));
        assert!(matches!(
            said(&"あ".repeat(MOST_WORDS + 1)),
            Err(Refusal::TooLong)
        ));
        assert!(said(&"あ".repeat(MOST_WORDS)).is_ok());
    }

    #[test]
    fn codes_come_back() {
        for kind in KINDS {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        for act in ACTS {
            assert_eq!(Act::from_code(act.code()), Some(act));
        }
    }
}
