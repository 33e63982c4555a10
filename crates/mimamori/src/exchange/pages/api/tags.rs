//! Tags of a person, and what becomes of one.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parts::{Body, Id, not_there};
use crate::audit::Fields;
use crate::front::{Asked, Fault, Problem};
use crate::ids::{PersonId, TagId};
use crate::people;
use crate::tags::{self, NumberKind, Refusal, Tag};

/// The longest remark, as on the page.
const MOST_REMARKED: usize = 200;

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        let words = tags::refusal_words(&refusal);
        match (refusal, words) {
            (Refusal::NotFound, _) => not_there(),
            (Refusal::NoRight(refused), _) => refused.into(),
            (Refusal::People(refusal), _) => refusal.into(),
            (Refusal::Db(error), _) => error.into(),
            (
                Refusal::Misread(_)
                | Refusal::NoNumber
                | Refusal::NotOlder
                | Refusal::IsOurs
                | Refusal::LooksOurs
                | Refusal::NotOurs,
                Some(words),
            ) => Fault::fields(words.clone()).at("number", words),
            (_, Some(words)) => Fault::conflict(words),
            (other, None) => Problem::from(other).into(),
        }
    }
}

/// A number with what became of it.
#[derive(Serialize)]
pub struct TagJson {
    tag: TagId,
    number: String,
    kind: &'static str,
    state: &'static str,
    since: Timestamp,
    person: Option<PersonId>,
    replaced_by: Option<TagId>,
}

impl TagJson {
    fn of(tag: &Tag) -> TagJson {
        TagJson {
            tag: tag.id,
            number: tag.number.shown(),
            kind: match tag.number.kind() {
                NumberKind::Ours => "ours",
                NumberKind::Older => "older",
            },
            state: tag.state.code(),
            since: tag.since,
            person: tag.person,
            replaced_by: tag.replaced_by,
        }
    }
}

/// The tags of somebody, the oldest first.
#[derive(Serialize)]
pub struct TagList {
    tags: Vec<TagJson>,
}

/// A person's tags.
pub async fn list(asked: Asked, Id(person): Id<PersonId>) -> Result<Json<TagList>, Fault> {
    people::witness(&asked, person, Fields::TAGS).await?;
    let mut conn = asked.read().await?;
    let tags = tags::list_for_person(&mut conn, &asked.deed, person).await?;
    Ok(Json(TagList {
        tags: tags.iter().map(TagJson::of).collect(),
    }))
}

/// Which number is handed over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    older: bool,
}

/// Binds a number to a person: the one that was handed over, an older one of the town, or the next
/// of the stock.
pub async fn bind(
    asked: Asked,
    Id(person): Id<PersonId>,
    Body(over): Body<HandOver>,
) -> Result<Response, Fault> {
    people::admit(&asked, person).await?;
    let (db, deed) = (asked.db(), &asked.deed);
    let tag = match (over.number.as_deref(), over.older) {
        (Some(number), false) => tags::bind(db, deed, person, number).await?,
        (Some(number), true) => tags::bind_older(db, deed, person, number).await?,
        (None, false) => tags::bind_next(db, deed, person).await?,
        (None, true) => return Err(Refusal::NoNumber.into()),
    };
    Ok((StatusCode::CREATED, shown(&asked, tag).await?).into_response())
}

async fn find(asked: &Asked, id: TagId) -> Result<Tag, Fault> {
    let mut conn = asked.read().await?;
    let tag = tags::find(&mut conn, &asked.deed, id).await?;
    tag.ok_or_else(not_there)
}

async fn shown(asked: &Asked, id: TagId) -> Result<Json<TagJson>, Fault> {
    let tag = find(asked, id).await?;
    Ok(Json(TagJson::of(&tag)))
}

/// A tag; whose it is, is a sight of that person.
pub async fn read(asked: Asked, Id(id): Id<TagId>) -> Result<Json<TagJson>, Fault> {
    let tag = find(&asked, id).await?;
    if let Some(person) = tag.person {
        people::witness(&asked, person, Fields::TAGS).await?;
    }
    Ok(Json(TagJson::of(&tag)))
}

/// Why, for the tag's history.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    #[serde(default)]
    remark: String,
}

impl Remark {
    fn text(self) -> Result<String, Fault> {
        let read = people::one_line(&self.remark, MOST_REMARKED);
        read.map_err(|bad| Fault::fields("remark を直してください。").at("remark", bad.to_string()))
    }
}

/// What is done with a tag.
#[derive(Clone, Copy)]
enum Turn {
    Lose,
    Find,
    Return,
    Void,
}

async fn turn(asked: Asked, id: TagId, remark: Remark, turn: Turn) -> Result<Json<TagJson>, Fault> {
    if let Some(person) = find(&asked, id).await?.person {
        people::admit(&asked, person).await?;
    }
    let (db, deed, remark) = (asked.db(), &asked.deed, remark.text()?);
    match turn {
        Turn::Lose => tags::lose(db, deed, id, remark).await?,
        Turn::Find => tags::find_again(db, deed, id).await?,
        Turn::Return => tags::return_tag(db, deed, id, remark).await?,
        Turn::Void => tags::void(db, deed, id, remark).await?,
    }
    shown(&asked, id).await
}

macro_rules! turns {
    ($($(#[$doc:meta])* $name:ident $turn:ident),* $(,)?) => {$(
        $(#[$doc])*
        pub async fn $name(
            asked: Asked,
            Id(id): Id<TagId>,
            Body(remark): Body<Remark>,
        ) -> Result<Json<TagJson>, Fault> {
            turn(asked, id, remark, Turn::$turn).await
        }
    )*};
}

turns! {
    /// The tag was reported lost.
    lose Lose,
    /// A lost tag was found.
    find_again Find,
    /// The tag was given back.
    give_back Return,
    /// The number is void for good.
    void Void,
}
