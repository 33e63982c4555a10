//! What belongs to a case: contacts, steps, flags, viewers, links, consents, reviews.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::ids::{CaseId, CenterId, RowId, StaffId, TaskId};
use crate::people::coded;

coded! {
    /// Where an entry stands.
    EntryState {
        /// It holds.
        On "on" "有効",
        /// It waits to be done, or for a second pair of eyes.
        Waiting "waiting" "待っています",
        /// Done.
        Done "done" "済み",
        /// A second person agreed.
        Approved "approved" "確認ずみ",
        /// A second person gave it back with words.
        Returned "returned" "差し戻し",
        /// Ended before its day, withdrawn, or no longer asked.
        Ended "ended" "終わり",
    }
}

coded! {
    /// How somebody was reached.
    ContactWay {
        /// 電話
        Phone "phone" "電話",
        /// 訪問
        Visit "visit" "訪問",
        /// 来所
        Came "came" "来所",
        /// 会議
        Meeting "meeting" "会議",
        /// 手紙・FAX・メール
        Written "written" "手紙・FAX・メール",
        /// その他
        Other "other" "その他",
    }
}

coded! {
    /// What everybody who opens the case has to know first.
    FlagCode {
        /// 虐待
        Abuse "abuse" "虐待の疑い",
        /// Visits by two.
        TwoToVisit "two_to_visit" "訪問は2人で",
        /// Somebody may not learn where the person is.
        Hide "hide" "居場所を知らせない相手がいる",
        /// Money.
        Money "money" "お金・契約の心配",
        /// A turn for the worse.
        Sudden "sudden" "急に悪くなるおそれ",
        /// Falls.
        Falls "falls" "転びやすい",
        /// Wandering, said as it is said here.
        Outdoors "outdoors" "外出中に道に迷う",
        /// その他
        Other "other" "その他",
    }
}

coded! {
    /// For what consent is given.
    Purpose {
        /// Another center.
        Transfer "transfer" "ほかのセンターへの引き継ぎ",
        /// An organisation.
        Referral "referral" "関係機関への紹介・情報の提供",
        /// As the national form has it.
        CareOffices "care_offices" "居宅介護支援事業者などへの基本情報の提示",
    }
}

coded! {
    /// What a second pair of eyes looks at.
    ReviewOf {
        /// The plan.
        Plan "plan" "計画",
        /// The closure.
        Closing "closing" "終了",
    }
}

/// A body that is kept as an entry of its kind.
pub trait Kept: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// The code of the kind.
    const KIND: &'static str;
}

macro_rules! kept {
    ($($name:ident $code:literal),* $(,)?) => {$(
        impl Kept for $name {
            const KIND: &'static str = $code;
        }
    )*};
}

kept! {
    Contact "contact",
    Step "step",
    Flag "flag",
    Viewer "viewer",
    Link "link",
    Consent "consent",
    Review "review",
}

/// A phone call, a visit, a meeting.
#[derive(Clone, Serialize, Deserialize)]
pub struct Contact {
    /// When.
    pub on: Date,
    /// How.
    pub way: ContactWay,
    /// With whom.
    pub with: String,
    /// How long; 0 where it was not said.
    #[serde(default)]
    pub minutes: i64,
    /// What was said and seen.
    pub words: String,
    /// What stood there before it was corrected, the first one first.
    #[serde(default)]
    pub before: Vec<Corrected>,
}

/// So often a contact is corrected; what is new is written as a new one.
pub const MOST_CORRECTIONS: usize = 20;

/// A contact as it stood before a correction.
#[derive(Clone, Serialize, Deserialize)]
pub struct Corrected {
    /// When it was corrected.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<StaffId>,
    /// When it was said to have been.
    pub on: Date,
    /// How.
    pub way: ContactWay,
    /// With whom.
    pub with: String,
    /// How long.
    pub minutes: i64,
    /// What was said and seen.
    pub words: String,
}

impl Contact {
    /// This one put right: what stood there stays beside it, with who corrected it and when.
    pub fn corrected(
        mut self,
        to: Contact,
        (at, by): (Timestamp, Option<StaffId>),
    ) -> Result<Contact, Refusal> {
        if self.before.len() >= MOST_CORRECTIONS {
            return Err(Refusal::TooMany);
        }
        let mut before = std::mem::take(&mut self.before);
        before.push(Corrected {
            at,
            by,
            on: self.on,
            way: self.way,
            with: self.with,
            minutes: self.minutes,
            words: self.words,
        });
        Ok(Contact { before, ..to })
    }
}

/// What is to be done by a day.
#[derive(Clone, Serialize, Deserialize)]
pub struct Step {
    /// What.
    pub words: String,
    /// What came of it.
    #[serde(default)]
    pub outcome: String,
}

/// What has to be known first, until a day.
#[derive(Clone, Serialize, Deserialize)]
pub struct Flag {
    /// What.
    pub code: FlagCode,
    /// More.
    #[serde(default)]
    pub note: String,
    /// Why it was ended early.
    #[serde(default)]
    pub ended: String,
}

/// Why somebody else may see the case.
#[derive(Clone, Serialize, Deserialize)]
pub struct Viewer {
    /// Why.
    pub reason: String,
}

/// Why another case belongs to this one.
#[derive(Clone, Serialize, Deserialize)]
pub struct Link {
    /// 「同じ世帯」
    pub note: String,
}

/// To whom something is handed, where the town knows them.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receiver {
    /// One of the town's centers.
    Center(CenterId),
    /// One of the town's organisations.
    Organisation(RowId),
}

/// Consent to tell somebody else.
#[derive(Clone, Serialize, Deserialize)]
pub struct Consent {
    /// For what.
    pub purpose: Purpose,
    /// Whom may be told, if the town knows them.
    #[serde(default)]
    pub receiver: Option<Receiver>,
    /// Whom may be told, by name.
    pub to: String,
    /// Who gave it, and how: 「ご本人、書面」.
    pub by: String,
    /// Since when.
    pub given_on: Date,
    /// What may be told.
    pub words: String,
    /// When it was withdrawn, and what was said.
    #[serde(default)]
    pub withdrawn: Option<(Date, String)>,
}

/// A second pair of eyes.
#[derive(Clone, Serialize, Deserialize)]
pub struct Review {
    /// On what.
    pub of: ReviewOf,
    /// What the second person said.
    #[serde(default)]
    pub words: String,
    /// When they decided, in milliseconds.
    #[serde(default)]
    pub decided_at: i64,
}

/// An entry with its body opened.
#[derive(Clone)]
pub struct Entry<B> {
    /// Its identity.
    pub id: RowId,
    /// Of which case.
    pub case: CaseId,
    /// Where it stands.
    pub state: EntryState,
    /// When it is due, or until when it holds.
    pub day: Option<Date>,
    /// The viewer, or who reviewed.
    pub staff: Option<StaffId>,
    /// The linked case.
    pub other: Option<CaseId>,
    /// Its task.
    pub task: Option<TaskId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// By whom; nobody: the program.
    pub made_by: Option<StaffId>,
    /// What it says.
    pub body: B,
    /// Grows with every change.
    pub version: i64,
}

impl<B> Entry<B> {
    /// Whether it holds on a day.
    pub fn holds(&self, today: Date) -> bool {
        self.state == EntryState::On && self.day.is_none_or(|until| until >= today)
    }
}
