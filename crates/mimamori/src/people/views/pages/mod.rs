//! The head's pages, the questions to who looked, and the town's counts.

mod center;
mod list;
mod mine;
mod one;
mod town;

use super::acts::Waiting;
use super::rules::{MOST_SAID, Refusal};
use crate::front::look::Problems;
use crate::front::{Access, Asked, Doors, Problem};
use crate::scope::Right;

/// The doors; `waits` is what the rooms above have for a head.
pub fn doors(doors: Doors, waits: &'static [Waiting]) -> Doors {
    let lead = Access::Needs(Right::Lead);
    let read = Access::Needs(Right::ReadPeople);
    doors
        .get("/center", lead, move |asked: Asked| {
            center::page(asked, waits)
        })
        .get("/center/views", lead, list::page)
        .get("/center/views/{view}", lead, one::page)
        .post("/center/views/{view}/understood", lead, one::understand)
        .post("/center/views/{view}/question", lead, one::ask)
        .post("/people/{person}/canary", lead, one::canary)
        .get("/views", read, mine::page)
        .post("/views/{view}/answer", read, mine::answer)
        .get("/town/views", Access::Needs(Right::ManageTown), town::page)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Changed => Problem::changed("/center/views"),
            Refusal::NoWords | Refusal::TooLong => Problem::refused(&words(&refusal)),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
        }
    }
}

/// What a refusal says beside the field.
fn words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooLong => format!("{MOST_SAID}字までで書いてください。"),
        _ => "ひとことでよいので書いてください。".to_owned(),
    }
}

/// The problem beside a field, where it is one of words; else the refusal itself.
fn beside(field: &str, refusal: Refusal) -> Result<Problems, Problem> {
    match refusal {
        Refusal::NoWords | Refusal::TooLong => {
            let mut problems = Problems::default();
            problems.add(field, words(&refusal));
            Ok(problems)
        }
        other => Err(other.into()),
    }
}
