//! Pairs, the two records side by side, and the way back.

mod list;
mod one;
mod pair;
mod parting;
mod shown;

use axum::extract::{Form, Path};

use super::acts::Belonging;
use super::rules::Refusal;
use crate::front::{Access, Asked, Doors, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::pages::typed::Typed;
use crate::scope::Right;

const EDIT: Access = Access::Needs(Right::EditPeople);

/// The doors of pairs and merges; `belongings` are what other rooms hold of a person.
pub fn doors(doors: Doors, belongings: &'static [Belonging]) -> Doors {
    doors
        .get("/twins", EDIT, list::page)
        .get("/people/{person}/twins", EDIT, one::page)
        .get(
            "/twins/{person}/{other}",
            EDIT,
            move |asked: Asked, two: Path<(String, String)>| pair::page(asked, two, belongings),
        )
        .post("/twins/{person}/{other}/other", EDIT, pair::other)
        .post("/twins/{person}/{other}/later", EDIT, pair::later)
        .post(
            "/twins/{person}/{other}/merging",
            EDIT,
            move |asked: Asked, two: Path<(String, String)>, form: Form<Typed>| {
                pair::merge(asked, two, form, belongings)
            },
        )
        .get(
            "/twins/merges/{merge}",
            EDIT,
            move |asked: Asked, merge: Path<String>| parting::page(asked, merge, belongings),
        )
        .post(
            "/twins/merges/{merge}/undoing",
            EDIT,
            move |asked: Asked, merge: Path<String>, form: Form<Typed>| {
                parting::part(asked, merge, form, belongings)
            },
        )
}

/// What no page can mend.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Person(refusal) => refusal.into(),
            Refusal::Db(error) => error.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::NotTwo => Problem::refused(
                "この2つは、すでに1つの記録になっています。一覧をひらきなおして、いまの記録を確かめてください。",
            ),
            Refusal::NotRegistered => Problem::refused(
                "転出・死亡・とりやめの方の記録は、まとめることも、元にもどすこともできません。登録中にもどしてから、もう一度お試しください。",
            ),
            Refusal::NotNewest => Problem::refused(
                "この記録には、あとからほかの記録もまとめられています。新しいほうから順に取り消してください。",
            ),
            Refusal::TooMany(words) => Problem::refused(&words),
            Refusal::Changed => Problem::changed("/twins"),
        }
    }
}

/// Two people of an address; one twice is nobody.
fn two((one, other): &(String, String)) -> Result<(PersonId, PersonId), Problem> {
    let read = |text: &str| text.parse().map_err(|_| Problem::NotFound);
    let (one, other): (PersonId, PersonId) = (read(one)?, read(other)?);
    match one == other {
        true => Err(Problem::NotFound),
        false => Ok((one, other)),
    }
}

fn merge_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
