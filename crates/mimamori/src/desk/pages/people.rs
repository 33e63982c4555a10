//! Somebody found by name: an inquiry without a number.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::opened::{self, Typed};
use super::seen::{bases, of_people};
use super::{counter, problem};
use crate::desk::acts::{self, Opened};
use crate::front::look;
use crate::front::{Asked, Place, Problem};
use crate::ids::{InquiryId, PersonId};
use crate::people;

/// Asks who calls before anything is opened.
pub async fn page(asked: Asked, Path(person): Path<PersonId>) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let standing = people::find_standing(&mut conn, &asked.deed, person)
        .await
        .map_err(of_people)?;
    standing.ok_or(Problem::NotFound)?;
    let bases = bases(&mut conn, &asked.deed.scope).await?;
    let key = InquiryId(asked.deed.new_id()).to_string();
    let body = look::form(
        &format!("/desk/people/{person}"),
        html! {
            p { "番号がないときの照会です。相手を選ぶと、伝えてよいことと根拠が決まります。" }
            (look::hidden("form_key", &key))
            (counter::caller_kinds("", "電話の相手", &bases))
            (look::buttons("照会する", Some(look::Link::new("やめる", "/desk"))))
        },
    );
    asked.page(Place::Desk, "番号のない照会", body)
}

/// Opens it; the page is the one that a number leads to.
pub async fn open(
    asked: Asked,
    Path(person): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let id = acts::id_of(&asked.deed, &typed.form_key);
    let opened = acts::open_for(asked.db(), &asked.deed, id, person, typed.ask()).await;
    match opened.map_err(problem)? {
        Opened::Found(found) => Ok(opened::page(&asked, &found, "なし（お名前で照会）")
            .await?
            .into_response()),
        Opened::Again(id) => Ok(opened::again(&asked, id)),
        Opened::Nobody { .. } => Err(Problem::NotFound),
    }
}
