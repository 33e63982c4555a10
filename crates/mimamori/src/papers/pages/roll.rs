//! The roll of a day on paper.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use press::{Paper, Roll, RollRow, RollSheet};
use serde::Deserialize;

use super::{around, shown};
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::station::courses::{self, CourseDay};
use crate::station::door::Part;
use crate::station::rolls::{self, Drawn, Whom};

/// Who stands on it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    whom: String,
}

/// The paper. Its sheets are new each time; those printed before are still read.
pub async fn print(
    asked: Asked,
    Path(day): Path<RowId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let whom = Whom::from_code(&typed.whom).unwrap_or(Whom::SignedUp);
    let (day, drawn) = rolls::draw_up(asked.db(), &asked.deed, day, whom).await?;
    let mut conn = asked.read().await?;
    let places = courses::list_places(&mut conn, &asked.deed).await?;
    drop(conn);
    let place = places
        .into_iter()
        .find(|place| Some(place.id) == day.details.place);
    let paper = Paper::Roll(Roll {
        title: day.details.title.clone(),
        when: when(&day),
        place: place.map(|place| place.word).unwrap_or_default(),
        heads: heads(&drawn),
        sheets: drawn.into_iter().filter_map(sheet).collect(),
    });
    shown(
        around(&asked, asked.deed.scope.center).await?,
        paper,
        "roll",
    )
    .await
}

fn when(day: &CourseDay) -> String {
    let year = day.day.year();
    format!(
        "{year}年{}　{}",
        courses::day_words(day.day),
        day.details.hours
    )
}

fn heads(drawn: &[Drawn]) -> Vec<String> {
    let parts = drawn.first().map(|one| &one.sheet.order);
    let count = parts.map_or(0, |order| order.parts.len());
    let word = |column: usize| parts?.part(column).map(Part::word);
    (0..count).filter_map(word).map(str::to_owned).collect()
}

fn sheet(drawn: Drawn) -> Option<RollSheet> {
    let (of, first) = (drawn.sheet, drawn.names);
    let row = |(at, (name, kana)): (usize, (String, String))| RollRow {
        number: (of.order.first + at).to_string(),
        name,
        kana,
    };
    Some(RollSheet {
        code: of.code(),
        layout: of.order.layout()?,
        rows: first.into_iter().enumerate().map(row).collect(),
    })
}
