//! A sign-up: who, for which day, how it stands, and what happened.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::phone::Phone;

use super::Refusal;
use crate::ids::{CenterId, RowId, StaffId, SupporterId, TaskId};
use crate::people::{coded, redacted};
use crate::station::courses::{self, CourseDay, Entry};

/// More than any list of a town's course has; so many are counted through.
pub const MOST_SIGNUPS: i64 = 20_000;
/// The longest name or reading.
pub const MOST_NAME: usize = 40;
/// The longest note.
pub const MOST_NOTE: usize = 100;

coded! {
    /// How a sign-up stands.
    State {
        /// Has a place.
        In "in" "参加",
        /// Waits for one.
        Waiting "waiting" "キャンセル待ち",
        /// Was offered one and has not answered.
        Offered "offered" "お返事待ち",
        /// Has ended.
        Gone "gone" "取り消し",
    }
}

coded! {
    /// What happened to a sign-up.
    What {
        /// There was a place.
        In "in" "申し込み（席あり）",
        /// There was none.
        Waits "waits" "申し込み（キャンセル待ち）",
        /// A place fell free and was offered.
        Offered "offered" "空いた席のご案内",
        /// They took it.
        Took "took" "席を受けた",
        /// They did not want it.
        Declined "declined" "見送り",
        /// Nobody could be reached.
        Unreached "unreached" "電話がつながらず次の方へ",
        /// They did not answer in time.
        Late "late" "お返事の期限切れ",
        /// They don't come.
        Cancelled "cancelled" "取り消し",
        /// They were told how the day is held now.
        Told "told" "変更・中止の連絡",
        /// They were told so by mail.
        Mailed "mailed" "変更・中止のメール",
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// By whose hand; nothing where it came about by itself, or by their own.
    pub by: Option<StaffId>,
    /// Whether they did it themselves, on a page of their own.
    #[serde(default)]
    pub own: bool,
    /// By when an answer was asked for.
    pub until: Option<Timestamp>,
    /// How many the day held then.
    pub holds: Option<u32>,
}

/// Somebody who is no supporter.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Guest {
    /// The name; empty once it was forgotten.
    pub name: String,
    /// How it is read.
    pub kana: String,
    /// A telephone.
    pub phone: Option<Phone>,
}

/// Who signs up.
#[derive(Clone, PartialEq, Eq)]
pub enum Who {
    /// A supporter.
    Supporter(SupporterId),
    /// Somebody else.
    Guest(Guest),
}

redacted!(Guest, Who);

impl Who {
    /// The supporter, where it is one.
    pub const fn supporter(&self) -> Option<SupporterId> {
        match self {
            Who::Supporter(id) => Some(*id),
            Who::Guest(_) => None,
        }
    }
}

/// A sign-up.
#[derive(Clone)]
pub struct Signup {
    /// Its identity.
    pub id: RowId,
    /// For which day.
    pub day: RowId,
    /// The order of arrival.
    pub number: i64,
    /// Who.
    pub who: Who,
    /// How it stands.
    pub state: State,
    /// By when an offer is to be answered.
    pub until: Option<Timestamp>,
    /// How the day stood when they were told of it last.
    pub told: String,
    /// Whose staff took it.
    pub center: Option<CenterId>,
    /// The work of telling them that a place is offered, while it is open.
    pub task: Option<TaskId>,
    /// For those who prepare the day: 「車いすで来ます」.
    pub note: String,
    /// What happened, the first first.
    pub story: Vec<Happened>,
    /// Grows with every change.
    pub version: i64,
}

impl Signup {
    /// Moves on.
    pub fn turn(&mut self, state: State, happened: Happened) {
        self.state = state;
        self.until = happened.until;
        self.story.push(happened);
    }

    /// Why it ended or stands so: the last thing that happened to it besides a call.
    pub fn last(&self) -> Option<&Happened> {
        let mut story = self.story.iter().rev();
        story.find(|one| !matches!(one.what, What::Told | What::Mailed))
    }
}

/// How a day stands, as those who come have to know: when, where, and whether it is held.
pub fn stands(day: &CourseDay) -> String {
    let place = day.details.place.map_or(String::new(), |id| id.to_string());
    format!(
        "{} {} {} {place}",
        day.day,
        day.details.hours,
        day.state.code()
    )
}

/// Whether somebody may sign up for the day now.
pub fn may_sign_up(day: &CourseDay, who: &Who, now: Timestamp) -> Result<(), Refusal> {
    match (day.state, day.is_over(now)) {
        (courses::State::Off, false) => return Err(Refusal::IsOff),
        (courses::State::Planned, false) => {}
        _ => return Err(Refusal::IsOver),
    }
    match (day.details.entry, day.details.who, who) {
        (Entry::Open, _, _) => Err(Refusal::NotNeeded),
        (Entry::SignUp, courses::Who::Supporters, Who::Guest(_)) => Err(Refusal::SupportersOnly),
        _ => Ok(()),
    }
}
