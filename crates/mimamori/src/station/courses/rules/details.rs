//! What a course is: as its series has it, and as each day has a copy of it.

use serde::{Deserialize, Serialize};

use crate::ids::RowId;
use crate::people::{coded, redacted};

/// The longest title: what fits a line of the poster.
pub const MOST_TITLE: usize = 40;
/// The longest text of one line.
pub const MOST_LINE: usize = 60;
/// The longest text of several lines.
pub const MOST_WORDS: usize = 400;
/// More people than any hall of a town holds.
pub const MOST_HOLDS: u32 = 2_000;
/// Yen; more than any course of this kind costs.
pub const MOST_FEE: u32 = 50_000;
/// More helpers of one kind than a course needs.
pub const MOST_NEEDED: u32 = 99;

coded! {
    /// Who holds a course.
    By {
        /// The supporters.
        Supporters "supporters" "サポーター",
        /// An organisation that supports the network.
        Sponsor "sponsor" "協賛団体",
        /// The center.
        Center "center" "センター",
        /// Somebody else.
        Other "other" "そのほか",
    }
}

coded! {
    /// Who may come.
    Who {
        /// Everybody.
        Anyone "anyone" "どなたでも",
        /// The supporters.
        Supporters "supporters" "サポーターの方",
        /// Who was invited.
        Invited "invited" "ご案内した方",
    }
}

coded! {
    /// How one comes to take part.
    Entry {
        /// One just comes.
        Open "open" "申し込みは不要です",
        /// One says so before.
        SignUp "sign_up" "申し込みが必要です",
    }
}

coded! {
    /// What somebody does at a course besides taking part.
    Role {
        /// Teaches.
        Teacher "teacher" "講師",
        /// Helps those who take part.
        Helper "helper" "お手伝い",
        /// Cooks.
        Cook "cook" "調理",
        /// Stands at the door.
        Reception "reception" "受付",
        /// Makes the room ready.
        SetUp "set_up" "準備",
        /// Clears it away.
        Clearing "clearing" "片づけ",
        /// Of the professions, and looks how people are.
        Watch "watch" "見守りの専門職",
    }
}

/// From when to when, in minutes after midnight in Japan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hours {
    /// The beginning.
    pub starts: u16,
    /// The end, later than the beginning.
    pub ends: u16,
}

impl Hours {
    /// Whether the two have a minute in common.
    pub const fn meet(self, other: Hours) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }

    /// `10:00`.
    pub fn start(self) -> String {
        clock(self.starts)
    }

    /// `11:30`.
    pub fn end(self) -> String {
        clock(self.ends)
    }
}

/// 「10:00～11:30」, as on a poster.
impl std::fmt::Display for Hours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}～{}", clock(self.starts), clock(self.ends))
    }
}

fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// So many of a role are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// What they do.
    pub role: Role,
    /// How many.
    pub number: u32,
}

/// What a course is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What it is called.
    pub title: String,
    /// How that is read.
    pub reading: String,
    /// When on its day.
    pub hours: Hours,
    /// Where; nothing where that is not known yet.
    pub place: Option<RowId>,
    /// How many may take part; nothing where nobody counts.
    pub holds: Option<u32>,
    /// What it costs, in yen.
    pub fee: u32,
    /// What to bring.
    pub bring: String,
    /// What is done there, for those who may come.
    pub about: String,
    /// Who holds it.
    pub by: By,
    /// Which organisation of the directory that is.
    pub organisation: Option<RowId>,
    /// The name of who holds it, where no organisation of the directory does.
    pub by_name: String,
    /// Who may come.
    pub who: Who,
    /// Whether one says so before.
    pub entry: Entry,
    /// Whether it stands in the calendar for everybody.
    pub shown: bool,
    /// Who teaches.
    pub teacher: String,
    /// Whether that name may stand in the calendar for everybody: it tells where somebody is, and when.
    pub teacher_shown: bool,
    /// Who is needed.
    pub needs: Vec<Need>,
    /// For those who work here.
    pub note: String,
}

redacted!(Details);

impl Details {
    /// What this becomes where something like it changes from `old` to `new`: only what differs between
    /// the two is touched. Where there are `bases`, only what still is as in one of them: what was changed
    /// for this alone stays.
    #[must_use]
    pub fn follow(&self, old: &Details, new: &Details, bases: &[&Details]) -> Details {
        let mut day = self.clone();
        macro_rules! follow {
            ($($field:ident),*) => {$(
                if self.takes(old, new, bases, |of| of.$field.clone()) {
                    day.$field = new.$field.clone();
                }
            )*};
        }
        follow!(
            title, reading, hours, place, holds, fee, bring, about, who, entry, shown, needs, note
        );
        // These are one statement each: half of the one and half of the other would be false.
        let by = |of: &Details| (of.by, of.organisation, of.by_name.clone());
        if self.takes(old, new, bases, by) {
            (day.by, day.organisation, day.by_name) = by(new);
        }
        let teacher = |of: &Details| (of.teacher.clone(), of.teacher_shown);
        if self.takes(old, new, bases, teacher) {
            (day.teacher, day.teacher_shown) = teacher(new);
        }
        day
    }

    fn takes<T: PartialEq>(
        &self,
        old: &Details,
        new: &Details,
        bases: &[&Details],
        of: impl Fn(&Details) -> T,
    ) -> bool {
        let own = of(self);
        of(old) != of(new) && (bases.is_empty() || bases.iter().any(|base| of(base) == own))
    }

    /// The teacher's name as everybody may read it.
    pub fn teacher_for_all(&self) -> Option<&str> {
        (self.teacher_shown && !self.teacher.is_empty()).then_some(self.teacher.as_str())
    }

    /// How many of a role are needed.
    pub fn needed(&self, role: Role) -> u32 {
        let need = self.needs.iter().find(|need| need.role == role);
        need.map_or(0, |need| need.number)
    }
}

/// 「無料」「300円」.
pub fn fee_words(fee: u32) -> String {
    match fee {
        0 => "無料".to_owned(),
        fee => format!("{fee}円"),
    }
}
