//! A notice: who told, what, where, and where it stands.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Refusal, Sign, find_sign};
use crate::ids::{CenterId, NoticeId, PersonId, RowId, TaskId};
use crate::people::{coded, one_line, paragraph};
use crate::scope::{Actor, Scope};

coded! {
    /// How a notice came.
    Way {
        /// The town's form.
        Web "web" "町のフォーム",
        /// The link of an agreement organisation.
        Link "link" "見守り協定のリンク",
        /// A call.
        Phone "phone" "電話",
        /// At the counter.
        Counter "counter" "窓口",
        /// A card or a letter.
        Paper "paper" "カード・はがき",
        /// A facsimile.
        Fax "fax" "FAX",
        /// A professional at the Station.
        Station "station" "ステーションの見守り",
        /// Another part of the program.
        Room "room" "システム（更新の返事なし）",
    }
}

/// The ways by which staff write down what they are told.
pub const STAFF_WAYS: [Way; 4] = [Way::Phone, Way::Counter, Way::Paper, Way::Fax];

coded! {
    /// How sure whoever told is.
    Sure {
        /// Seen with their own eyes.
        Seen "seen" "自分で見た・聞いた",
        /// Heard from somebody.
        Heard "heard" "人から聞いた",
        /// A feeling.
        Feel "feel" "なんとなく、そんな気がする",
    }
}

impl Sure {
    /// How much of a sign's weight counts, in tenths.
    pub const fn tenths(self) -> i64 {
        match self {
            Sure::Seen => 10,
            Sure::Heard => 6,
            Sure::Feel => 4,
        }
    }
}

coded! {
    /// Since when it has been so, as one says it.
    Since {
        /// Today.
        Today "today" "今日",
        /// Yesterday.
        Yesterday "yesterday" "きのう",
        /// Some days.
        Days "days" "2、3日前から",
        /// About a week.
        Week "week" "1週間ほど前から",
        /// Longer.
        Longer "longer" "もっと前から",
        /// Not known.
        Unknown "unknown" "わからない",
    }
}

coded! {
    /// Where a notice stands.
    State {
        /// Nobody has it yet.
        New "new" "受付",
        /// A center has it.
        Accepted "accepted" "引き受け",
        /// Somebody has looked.
        Looked "looked" "確認中",
        /// It is over.
        Ended "ended" "終了",
    }
}

impl State {
    /// Whether it is still to be seen to.
    pub const fn is_open(self) -> bool {
        !matches!(self, State::Ended)
    }
}

coded! {
    /// How a notice ended.
    Ending {
        /// Somebody was seen and is well.
        Safe "safe" "無事を確認",
        /// The center keeps an eye on it.
        Watch "watch" "見守りを続ける",
        /// It became a case.
        Case "case" "支援につなぐ",
        /// Another office takes it.
        Other "other" "ほかの機関へつなぐ",
        /// A slip.
        Mistaken "mistaken" "まちがい",
    }
}

/// Who told; all of it may be missing.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Teller {
    /// As they said it.
    pub name: String,
    /// Where to call.
    pub phone: String,
    /// Where to write.
    pub mail: String,
    /// Whether they wish to hear what became of it.
    pub wants: bool,
}

/// What was told; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Codes of signs, in the order of the town's list.
    pub signs: Vec<String>,
    /// In their own words.
    pub words: String,
    /// Where, as written.
    pub place: String,
    /// About whom, as far as they know.
    pub about: String,
    /// How sure they are.
    pub sure: Sure,
    /// Since when.
    pub since: Since,
    /// Who told.
    pub teller: Teller,
    /// The language they told it in.
    #[serde(default)]
    pub language: String,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words(…)")
    }
}

/// The most characters of what was told, of a place, of a name.
pub const MOST_WORDS: usize = 1000;
/// See [`MOST_WORDS`].
pub const MOST_PLACE: usize = 200;
/// See [`MOST_WORDS`].
pub const MOST_NAME: usize = 100;

impl Words {
    /// Trimmed, in its limits, and saying something.
    ///
    /// # Errors
    /// [`Refusal::Nothing`] without a sign and without words; [`Refusal::Text`] with the field.
    pub fn checked(mut self) -> Result<Words, Refusal> {
        let text = |field, bad| Refusal::Text(field, bad);
        // A form sent by a program repeats a code as often as it likes; each says one thing.
        let mut told = HashSet::new();
        self.signs.retain(|code| told.insert(code.clone()));
        self.words = paragraph(&self.words, MOST_WORDS).map_err(|bad| text("words", bad))?;
        self.place = one_line(&self.place, MOST_PLACE).map_err(|bad| text("place", bad))?;
        self.about = paragraph(&self.about, MOST_PLACE).map_err(|bad| text("about", bad))?;
        let teller = &mut self.teller;
        teller.name = one_line(&teller.name, MOST_NAME).map_err(|bad| text("name", bad))?;
        teller.phone = one_line(&teller.phone, 40).map_err(|bad| text("phone", bad))?;
        if !teller.phone.is_empty() && words::phone::Phone::parse(&teller.phone).is_err() {
            return Err(Refusal::BadPhone);
        }
        if !teller.mail.trim().is_empty() {
            teller.mail = crate::people::Mail::read_address(teller.mail.trim())
                .map_err(|_| Refusal::BadMail)?;
        }
        if teller.wants && teller.mail.is_empty() && teller.phone.is_empty() {
            return Err(Refusal::NoWayBack);
        }
        match self.signs.is_empty() && self.words.is_empty() {
            true => Err(Refusal::Nothing),
            false => Ok(self),
        }
    }
}

/// A notice to be.
#[derive(Clone)]
pub struct NewNotice {
    /// How it came.
    pub way: Way,
    /// What was told.
    pub words: Words,
    /// Whether they say that somebody is in danger now.
    pub danger: bool,
    /// The organisation whose link it was.
    pub agreement: Option<RowId>,
    /// The network address it came from; empty for none.
    pub origin: String,
    /// The hash of the form's key; kept with what the form said.
    pub hash: Option<[u8; 32]>,
    /// The center, where the place alone does not say.
    pub center: Option<CenterId>,
    /// About whom, where another room knows.
    pub person: Option<PersonId>,
    /// The task that another room opened for it.
    pub task: Option<TaskId>,
}

/// A notice, its words opened.
#[derive(Clone)]
pub struct Notice {
    /// Its identity.
    pub id: NoticeId,
    /// How it came.
    pub way: Way,
    /// The organisation whose link it was.
    pub agreement: Option<RowId>,
    /// Who told, as a token; the notice's own where nobody can be told apart.
    pub source: i64,
    /// One of many from one address.
    pub flood: bool,
    /// Whether a life may be in danger.
    pub danger: bool,
    /// Whose it is; `None`: no center's yet.
    pub center: Option<CenterId>,
    /// Token of the house that was told of; 0 for none.
    pub place: i64,
    /// Token of the home of the person; 0 for none.
    pub household: i64,
    /// About whom.
    pub person: Option<PersonId>,
    /// Whether the person was registered before.
    pub known: Option<bool>,
    /// Where it stands.
    pub state: State,
    /// When it came.
    pub received_at: Timestamp,
    /// By when somebody first looks into it.
    pub due_at: Timestamp,
    /// Who knows that it is late.
    pub climbed: i64,
    /// The task of the first look.
    pub task: Option<TaskId>,
    /// When somebody first looked.
    pub looked_at: Option<Timestamp>,
    /// When somebody first went there.
    pub visited_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How.
    pub ending: Option<Ending>,
    /// When the teller heard of the outcome.
    pub told_at: Option<Timestamp>,
    /// What was told.
    pub words: Words,
    /// Grows with every change.
    pub version: i64,
}

impl Notice {
    /// Whether somebody of this scope may see it: a center its own and those of no center yet.
    pub fn is_for(&self, scope: &Scope) -> bool {
        match scope.actor {
            Actor::Program => true,
            _ => self.center.is_none() || self.center == scope.center,
        }
    }

    /// Refuses unless it is open and the version is the one that was seen.
    pub fn may_change(&self, version: i64) -> Result<(), Refusal> {
        match (self.version == version, self.state.is_open()) {
            (false, _) => Err(Refusal::Changed),
            (true, false) => Err(Refusal::IsEnded),
            (true, true) => Ok(()),
        }
    }

    /// Where it stands, as tasks lead there.
    pub fn link(&self) -> String {
        format!("/notices/{}", self.id)
    }

    /// Whether nobody of the center that has it now has looked yet: what the center before found is
    /// the first look of the figures, and no answer of this one.
    pub fn waits_for_look(&self) -> bool {
        matches!(self.state, State::New | State::Accepted)
    }

    /// Whether nobody has looked although somebody should have.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.waits_for_look() && self.due_at < now
    }

    /// 「11月25日の気づき（電話）：郵便受けに新聞がたまっている」, and below what was said.
    pub fn in_words(&self, signs: &[Sign]) -> String {
        let (day, way) = (self.day().strftime("%-m月%-d日"), self.way.word());
        let known = self.words.signs.iter();
        let known = known.filter_map(|code| find_sign(signs, code));
        let known: Vec<&str> = known.map(|sign| sign.ja.as_str()).collect();
        let first = format!("{day}の気づき（{way}）：{}", known.join("／"));
        let parts = [first.as_str(), &self.words.words];
        let parts = parts.iter().filter(|part| !part.is_empty());
        parts.copied().collect::<Vec<_>>().join("\n")
    }

    /// The day it came, in words of the list: 「11月25日」.
    pub fn day(&self) -> Date {
        crate::clock::in_japan(self.received_at).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words {
            signs: vec!["post".to_owned()],
            words: String::new(),
            place: String::new(),
            about: String::new(),
            sure: Sure::Seen,
            since: Since::Week,
            teller: Teller::default(),
            language: String::new(),
        }
    }

    #[test]
    fn something_must_be_told_and_a_wish_needs_a_way_back() {
        assert!(words().checked().is_ok());
        let nothing = Words {
            signs: vec![],
            ..words()
        };
        assert!(matches!(nothing.checked(), Err(Refusal::Nothing)));
        let mut wish = words();
        wish.teller.wants = true;
        assert!(matches!(wish.clone().checked(), Err(Refusal::NoWayBack)));
        wish.teller.phone = "090-0111-2222".to_owned();
        assert!(wish.clone().checked().is_ok());
        wish.teller.mail = "x@".to_owned();
        assert!(matches!(wish.checked(), Err(Refusal::BadMail)));
    }

    #[test]
    fn too_long_a_text_is_refused_with_its_field() {
        let long = Words {
            words: "あ".repeat(MOST_WORDS + 1),
            ..words()
        };
        assert!(matches!(long.checked(), Err(Refusal::Text("words", _))));
    }
}
