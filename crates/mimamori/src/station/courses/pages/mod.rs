//! Pages of courses: the month, series, days, places, the year; and what everybody may read.

mod clash;
mod day;
mod ending;
mod month;
mod places;
mod public;
mod rule;
mod said;
mod series;
mod typed;
mod year;

use axum::response::Response;
use maud::{Markup, html};

use super::rules::Refusal;
use crate::front::look::{Problems, Tab, tabs};
use crate::front::{Access, Asked, Doors, Flash, Place, Problem};
use crate::scope::Right;

pub use month::{Part, months};

const COURSES: Access = Access::Needs(Right::Courses);

/// The doors of courses.
pub fn doors(doors: Doors) -> Doors {
    let open = Access::Public;
    doors
        .get("/c/{short}", open, public::page)
        .get("/c/{short}/courses.ics", open, public::feed)
        .get("/c/{short}/event.csv", open, public::table)
        .get("/station", COURSES, month::page)
        .get("/station/courses", COURSES, series::list)
        .get("/station/courses/new", COURSES, series::blank)
        .post("/station/courses/new", COURSES, series::add)
        .get("/station/courses/{course}", COURSES, series::one)
        .get("/station/courses/{course}/edit", COURSES, series::edit)
        .post("/station/courses/{course}/edit", COURSES, series::save)
        .post("/station/courses/{course}/ending", COURSES, ending::end)
        .post(
            "/station/courses/{course}/resuming",
            COURSES,
            ending::resume,
        )
        .get("/station/days/{lesson}", COURSES, day::page)
        .post("/station/days/{lesson}", COURSES, day::save)
        .post("/station/days/{lesson}/moving", COURSES, day::shift)
        .post("/station/days/{lesson}/off", COURSES, day::call_off)
        .post("/station/days/{lesson}/on", COURSES, day::call_on)
        .get("/station/year", COURSES, year::page)
        .post("/station/year", COURSES, year::save)
        .get("/station/places", COURSES, places::list)
        .post("/station/places", COURSES, places::add)
        .get("/station/places/{place}", COURSES, places::one)
        .post("/station/places/{place}", COURSES, places::save)
        .post("/station/closures", COURSES, places::close)
        .post(
            "/station/closures/{closure}/remove",
            COURSES,
            places::reopen,
        )
}

pub use typed::{Typed, text};

/// A side of this room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The calendar of a month.
    Month,
    /// All series.
    Series,
    /// A new one.
    New,
    /// The fiscal year.
    Year,
    /// Places and closures.
    Places,
    /// What people said.
    Voices,
    /// Who carries the Station.
    Supporters,
    /// Who comes.
    SignUps,
    /// Who comes today.
    Door,
    /// What is observed, and who comes less.
    Watch,
    /// How many came.
    Figures,
}

const SIDES: [(Side, &str, &str, Right); 11] = [
    (Side::Month, "カレンダー", "/station", Right::Courses),
    (
        Side::Series,
        "講座の一覧",
        "/station/courses",
        Right::Courses,
    ),
    (
        Side::New,
        "講座を作る",
        "/station/courses/new",
        Right::Courses,
    ),
    (Side::Year, "年度の予定", "/station/year", Right::Courses),
    (
        Side::Places,
        "会場と休館日",
        "/station/places",
        Right::Courses,
    ),
    (Side::Voices, "感想", "/station/voices", Right::Courses),
    (Side::Door, "今日の受付", "/station/door", Right::Door),
    (
        Side::SignUps,
        "申し込み",
        "/station/signups",
        Right::Supporters,
    ),
    (
        Side::Supporters,
        "サポーター",
        "/station/supporters",
        Right::Supporters,
    ),
    (Side::Watch, "見守り", "/station/watch", Right::Watch),
    (Side::Figures, "数字", "/station/figures", Right::Figures),
];

/// A page of this room with its sides above.
pub fn sided(asked: &Asked, side: Side, title: &str, body: Markup) -> Result<Markup, Problem> {
    let open = SIDES.iter().filter(|(.., right)| asked.may(*right));
    let sides: Vec<Tab<'_>> = open
        .map(|(of, label, href, _)| Tab {
            label,
            href,
            count: None,
            current: *of == side,
        })
        .collect();
    let body = html! { @if sides.len() > 1 { (tabs("講座", &sides)) } (body) };
    asked.page(Place::Station, title, body)
}

/// What is said of a refusal beside the field it is about: the field, and the words.
fn told(refusal: &Refusal) -> Option<(&'static str, &'static str)> {
    Some(match refusal {
        Refusal::IsOff => (
            "words",
            "この回は中止になっています。先に「中止を取り消す」を押してください。",
        ),
        Refusal::IsOver => (
            "from",
            "もう終わった回、または終了した講座です。画面を開き直して、いまの状態を確かめてください。",
        ),
        Refusal::HasEnded => (
            "day",
            "この講座は、その日より前に終了しています。続けるときは、講座のページで「講座を再開する」を押してください。",
        ),
        Refusal::TooEarly => (
            "from",
            "今日より前の日になっています。今日以後の日にしてください。",
        ),
        Refusal::NotMoved => ("day", "日・時間・会場のどれも変わっていません。"),
        Refusal::NoDays => (
            "beat",
            "この決め方では1回も日がありません。曜日や週、期間を確かめてください。",
        ),
        Refusal::TooLong => ("until", "2年をこえています。終わりの日を早くしてください。"),
        Refusal::TooMany => (
            "word",
            "登録できる数がいっぱいです。使っていないものを直して使うか、取り消してください。",
        ),
        Refusal::Changed => (
            "from",
            "そのあいだに、ほかの職員が変えました。いまの内容を見て、必要ならもう一度お願いします。",
        ),
        Refusal::NotFound | Refusal::NoRight(_) | Refusal::Seal(_) | Refusal::Db(_) => return None,
    })
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match (told(&refusal), refusal) {
            (_, Refusal::NotFound) => Problem::NotFound,
            (_, Refusal::NoRight(_)) => Problem::Forbidden,
            (_, Refusal::Changed) => Problem::changed("/station"),
            (_, Refusal::Seal(error)) => error.into(),
            (_, Refusal::Db(error)) => error.into(),
            (Some((_, words)), _) => Problem::refused(words),
            (None, other) => Problem::Broken(other.into()),
        }
    }
}

/// On to a page where it was done; else the words stand beside the field, for the form to come back.
fn settled<T>(
    asked: &Asked,
    (path, flash): (&str, Flash),
    done: Result<T, Refusal>,
    (field, problems): (&str, &mut Problems),
) -> Result<Option<Response>, Problem> {
    match done {
        Ok(_) => Ok(Some(asked.redirect(path, flash))),
        Err(refusal) => match told(&refusal) {
            Some((_, words)) => {
                problems.add(field, words);
                Ok(None)
            }
            None => Err(refusal.into()),
        },
    }
}

/// On to a page with what was done, or with why it was not.
fn on<T>(
    asked: &Asked,
    path: &str,
    done: Result<T, Refusal>,
    flash: Flash,
) -> Result<Response, Problem> {
    let flash = match done {
        Ok(_) => flash,
        Err(refusal) => match told(&refusal) {
            Some((_, words)) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect(path, flash))
}
