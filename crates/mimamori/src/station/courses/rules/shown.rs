//! What everybody may read of a day: the one gate before the public page, the feed, the file and the
//! paper on the wall.

use jiff::Timestamp;
use jiff::civil::Date;

use super::beat::weekday_word;
use super::day::{CourseDay, State};
use super::details::{By, Details, Entry, Hours, Who, fee_words};
use super::place::Place;
use crate::ids::RowId;

/// What surrounds a calendar for everybody.
#[derive(Clone, Default)]
pub struct Surround {
    /// The network's name.
    pub town: String,
    /// Its name in addresses.
    pub short: String,
    /// 全国地方公共団体コード, six digits.
    pub code: String,
    /// The number to ask at by day; may be empty.
    pub phone: String,
    /// The address of the calendar.
    pub page: String,
}

impl Surround {
    /// The address at which a telephone or a computer subscribes to the feed.
    pub fn webcal(&self) -> String {
        let rest = self.page.split_once("://").map_or("", |(_, rest)| rest);
        format!("webcal://{rest}/courses.ics")
    }
}

/// A day as everybody may read it.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its identity.
    pub id: RowId,
    /// When.
    pub day: Date,
    /// At what time.
    pub hours: Hours,
    /// What it is called.
    pub title: String,
    /// How that is read; may be empty.
    pub reading: String,
    /// Where; nothing where that is not known yet.
    pub place: Option<Place>,
    /// How many may take part. What a place holds is said where one has to say before that one comes.
    pub holds: Option<u32>,
    /// What it costs, in yen.
    pub fee: u32,
    /// What to bring; may be empty.
    pub bring: String,
    /// What is done there; may be empty.
    pub about: String,
    /// Who holds it; may be empty.
    pub by: String,
    /// Who may come.
    pub who: Who,
    /// Whether one says so before.
    pub entry: Entry,
    /// Who teaches, where that may be told and as long as its day lasts: for what is over nobody needs the
    /// name, and many of them would tell where somebody goes week by week.
    pub teacher: String,
    /// How it was to be: the day, and 「6月5日（金）10:00から変わりました（理由）」.
    pub moved: Option<(Date, String)>,
    /// Why it is not held: 「暑さのため中止」.
    pub off: Option<String>,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// Grows with every change.
    pub version: i64,
}

/// 「6月5日（金）」.
pub fn day_words(day: Date) -> String {
    format!("{}月{}日（{}）", day.month(), day.day(), weekday_word(day))
}

/// Who holds a course, by name.
pub fn by_words(details: &Details, organisations: &[(RowId, String)]) -> String {
    let named = organisations
        .iter()
        .find(|(id, _)| Some(*id) == details.organisation)
        .map_or(details.by_name.as_str(), |(_, name)| name);
    match (details.by, named) {
        (By::Other, name) => name.to_owned(),
        (by, "") => by.word().to_owned(),
        (_, name) => name.to_owned(),
    }
}

fn find(places: &[Place], id: Option<RowId>) -> Option<&Place> {
    places.iter().find(|place| Some(place.id) == id)
}

fn moved(day: &CourseDay, places: &[Place]) -> Option<(Date, String)> {
    let was = day.was.as_ref()?;
    let place = match was.place == day.details.place {
        true => String::new(),
        false => find(places, was.place).map_or(String::new(), |place| format!(" {}", place.word)),
    };
    let why = match was.why.as_str() {
        "" => String::new(),
        why => format!("（{why}）"),
    };
    let words = format!(
        "{} {}{place}から変わりました{why}",
        day_words(was.day),
        was.hours.start()
    );
    Some((was.day, words))
}

/// The day as everybody may read it; nothing where it is not for everybody to read.
pub fn shown(
    day: &CourseDay,
    places: &[Place],
    organisations: &[(RowId, String)],
    today: Date,
) -> Option<Shown> {
    let details = &day.details;
    if !details.shown || day.state == State::Ended {
        return None;
    }
    let off = day.off.as_ref().map(|off| match off.words.as_str() {
        "" => format!("{}中止", off.reason.word()),
        words => format!("{}中止（{words}）", off.reason.word()),
    });
    Some(Shown {
        id: day.id,
        day: day.day,
        hours: details.hours,
        title: details.title.clone(),
        reading: details.reading.clone(),
        place: find(places, details.place).cloned(),
        holds: match details.entry {
            Entry::Open => details.holds,
            Entry::SignUp => day.holds,
        },
        fee: details.fee,
        bring: details.bring.clone(),
        about: details.about.clone(),
        by: by_words(details, organisations),
        who: details.who,
        entry: details.entry,
        teacher: details
            .teacher_for_all()
            .filter(|_| day.day >= today)
            .unwrap_or_default()
            .to_owned(),
        moved: moved(day, places),
        off,
        changed_at: day.changed_at,
        version: day.version,
    })
}

impl Shown {
    /// What is to be known besides when and where, in lines: 「持ち物：タオル」.
    pub fn lines(&self) -> Vec<String> {
        let line = |label: &str, text: &str| match text {
            "" => None,
            text => Some(format!("{label}：{text}")),
        };
        let holds = self.holds.map(|holds| format!("定員：{holds}人"));
        [
            Some(self.about.clone()).filter(|about| !about.is_empty()),
            line("講師", &self.teacher),
            line("持ち物", &self.bring),
            Some(format!("参加費：{}", fee_words(self.fee))),
            holds,
            Some(format!("{}・{}", self.who.word(), self.entry.word())),
            line("主催", &self.by),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
