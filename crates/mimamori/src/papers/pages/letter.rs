//! The letter of a leaving, folded into a window envelope.

use axum::extract::Path;
use axum::response::Response;
use press::{Letter, Line as Detail, Paper};

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::front::Asked;
use crate::ids::RowId;
use crate::leaving::{self, Written};
use crate::papers::rules::address;
use crate::people::{DeskView, Stop};

/// The letter as it stands, after the lines of its sight and its printing are durable.
pub async fn leaving(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Stop> {
    let Written {
        leaving,
        letter,
        view,
    } = leaving::written(&asked, id).await?;
    let (whose, fields) = match &view {
        Some(_) => (Some(leaving.person), Fields::IDENTITY),
        None => (None, Fields::NOTHING),
    };
    let line = Line::new(Verb::Printed, whose, fields).saying(letter.title);
    audit::witness(asked.db(), &asked.deed, line).await?;
    let center = view.as_ref().and_then(|view| view.standing.center);
    let surround = around(&asked, center.or(asked.deed.scope.center)).await?;
    // Only the person's own address is known; whoever asked for somebody else is written by hand.
    let own = view.as_ref().filter(|view| is_to(view, &letter.addressee));
    let identity = own.map(|view| &view.identity.value);
    let detail = |item: &String| match item.split_once('：') {
        Some((what, why)) => Detail::new(what, why),
        None => Detail::new("", item),
    };
    let paper = Letter {
        title: letter.title.to_owned(),
        date: letter.day,
        to_postcode: identity
            .and_then(|identity| identity.postcode)
            .map(|code| code.to_string())
            .unwrap_or_default(),
        to_address: identity
            .map(address)
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect(),
        to_name: letter.addressee,
        paragraphs: letter.paragraphs,
        details: letter.items.iter().map(detail).collect(),
        ..Letter::default()
    };
    Ok(shown(surround, Paper::Letter(paper), "letter").await?)
}

fn is_to(view: &DeskView, addressee: &str) -> bool {
    view.identity.value.name.to_string() == addressee
}
