//! What is done about a notice.

use jiff::Timestamp;

use super::{Ending, Notice, Refusal, State};
use crate::ids::{CenterId, PersonId, StaffId};
use crate::people::{coded, paragraph};

coded! {
    /// How somebody looked.
    LookKind {
        /// A call.
        Phone "phone" "電話で確かめた",
        /// Somebody went there.
        Visit "visit" "訪問した",
        /// 民生委員 or somebody near was asked.
        Asked "asked" "民生委員や近所の方に聞いた",
    }
}

coded! {
    /// What was done.
    StepKind {
        /// A center has it.
        Accepted "accepted" "引き受けました",
        /// Another center has it.
        Moved "moved" "ほかのセンターへ回しました",
        /// See [`LookKind`].
        Phone "phone" "電話で確かめました",
        /// See [`LookKind`].
        Visit "visit" "訪問しました",
        /// See [`LookKind`].
        Asked "asked" "民生委員や近所の方に聞きました",
        /// It is about this person.
        Tied "tied" "登録者と結びました",
        /// It is not.
        Untied "untied" "登録者との結びつきを外しました",
        /// The place was written down better.
        Placed "placed" "場所を直しました",
        /// It is over.
        Ended "ended" "終えました",
        /// It is not.
        Reopened "reopened" "終わりを取り消しました",
        /// Nobody had looked in time.
        Late "late" "期限を過ぎ、センター長に知らせました",
        /// Still nobody had.
        LateTown "late_town" "期限を過ぎたまま、町に知らせました",
        /// Thanks were put out.
        Thanked "thanked" "お礼のメールを送ることにしました",
        /// The outcome was put out.
        ToldByMail "told_by_mail" "結果をメールで知らせました",
        /// The outcome was told.
        ToldByPhone "told_by_phone" "結果を電話で伝えました",
    }
}

impl LookKind {
    /// The step it is.
    pub const fn step(self) -> StepKind {
        match self {
            LookKind::Phone => StepKind::Phone,
            LookKind::Visit => StepKind::Visit,
            LookKind::Asked => StepKind::Asked,
        }
    }
}

/// One step of a notice's history.
#[derive(Clone)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the program and for who told.
    pub by: Option<StaffId>,
    /// What.
    pub kind: StepKind,
    /// Its words.
    pub words: String,
}

/// The most characters of what was done or why.
pub const MOST_SAID: usize = 1000;

/// What was done or why, trimmed.
///
/// # Errors
/// [`Refusal::NoWords`], [`Refusal::Text`].
pub fn said(words: &str) -> Result<String, Refusal> {
    let words = paragraph(words, MOST_SAID).map_err(|bad| Refusal::Text("said", bad))?;
    match words.is_empty() {
        true => Err(Refusal::NoWords),
        false => Ok(words),
    }
}

impl Notice {
    /// The center has it.
    pub fn accept(&mut self, version: i64, center: Option<CenterId>) -> Result<(), Refusal> {
        self.may_change(version)?;
        if self.state != State::New {
            return Err(Refusal::Changed);
        }
        self.center = self.center.or(center);
        self.center.ok_or(Refusal::NoCenter)?;
        self.state = State::Accepted;
        Ok(())
    }

    /// Another center has it; its head is told anew of what is late, since whoever knew was the other's.
    pub fn move_to(&mut self, version: i64, center: CenterId) -> Result<(), Refusal> {
        self.may_change(version)?;
        if self.center == Some(center) {
            return Err(Refusal::NoCenter);
        }
        self.center = Some(center);
        self.state = State::New;
        self.climbed = 0;
        Ok(())
    }

    /// Somebody looked; whoever looks has taken it.
    pub fn look(
        &mut self,
        version: i64,
        kind: LookKind,
        at: Timestamp,
        center: Option<CenterId>,
    ) -> Result<(), Refusal> {
        self.may_change(version)?;
        self.center = self.center.or(center);
        self.state = State::Looked;
        self.looked_at = self.looked_at.or(Some(at));
        if kind == LookKind::Visit {
            self.visited_at = self.visited_at.or(Some(at));
        }
        Ok(())
    }

    /// It is over. Ending it is a look, too.
    pub fn end(&mut self, version: i64, ending: Ending, at: Timestamp) -> Result<(), Refusal> {
        self.may_change(version)?;
        self.state = State::Ended;
        self.ending = Some(ending);
        self.ended_at = Some(at);
        self.looked_at = self.looked_at.or(Some(at));
        Ok(())
    }

    /// It is not over after all. What became of it must not have been told.
    pub fn reopen(&mut self, version: i64) -> Result<(), Refusal> {
        if self.version != version {
            return Err(Refusal::Changed);
        }
        if self.state.is_open() || self.told_at.is_some() {
            return Err(Refusal::IsOpen);
        }
        self.state = State::Looked;
        self.ending = None;
        self.ended_at = None;
        Ok(())
    }

    /// It is about this person, whose home is this house; `before` says whether they were registered
    /// when it came.
    pub fn tie(
        &mut self,
        version: i64,
        person: PersonId,
        household: i64,
        before: bool,
    ) -> Result<(), Refusal> {
        self.may_change(version)?;
        self.person = Some(person);
        self.household = household;
        self.known = Some(before);
        Ok(())
    }

    /// It is not about them.
    pub fn untie(&mut self, version: i64) -> Result<(), Refusal> {
        self.may_change(version)?;
        if self.person.is_none() {
            return Err(Refusal::Changed);
        }
        self.person = None;
        self.household = 0;
        self.known = None;
        Ok(())
    }
}
