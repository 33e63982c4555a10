//! A month's courses in large type, for the wall and for the shops of the street. Nothing stands on it
//! that everybody may not read anyway.

use axum::Form;
use axum::response::Response;
use press::{Courses, Lesson, Paper};
use serde::Deserialize;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::station::courses::{self, Closure, Month, Shown, fee_words, weekday_word};

/// Which month, on which sheet.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    m: String,
    sheet: String,
}

/// The paper.
pub async fn month(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let this = Month::of(in_japan(asked.deed.now).date());
    let month = Month::from_code(&typed.m).unwrap_or(this);
    let mut conn = asked.read().await?;
    let days = courses::shown_between(&mut conn, &asked.deed, month.first(), month.last()).await?;
    let closures = courses::list_closures(&mut conn, &asked.deed).await?;
    drop(conn);
    let title = format!("{}の講座", month.words());
    let line = Line::new(Verb::Printed, None, Fields::NOTHING).saying(title.clone());
    audit::witness(asked.db(), &asked.deed, line).await?;
    let notes = closures.iter().filter(|one| one.is_of(month));
    let paper = Paper::Courses(Courses {
        title,
        large: typed.sheet == "a3",
        notes: notes.map(Closure::words).collect(),
        lessons: days.iter().map(lesson).collect(),
    });
    let mut surround = around(&asked, asked.deed.scope.center).await?;
    // Who printed what hangs on a wall is nobody's business who reads it there.
    surround.printed_by = String::new();
    shown(surround, paper, "courses").await
}

fn lesson(day: &Shown) -> Lesson {
    let mut about = vec![fee_words(day.fee)];
    if !day.bring.is_empty() {
        about.push(format!("持ち物：{}", day.bring));
    }
    if !day.teacher.is_empty() {
        about.push(format!("講師：{}", day.teacher));
    }
    about.push(day.who.word().to_owned());
    about.push(day.entry.word().to_owned());
    let (mark, why) = match (&day.off, &day.moved) {
        (Some(off), _) => ("中止", off.clone()),
        (None, Some((_, moved))) => ("変更", moved.clone()),
        (None, None) => ("", String::new()),
    };
    Lesson {
        day: day.day.day().to_string(),
        weekday: weekday_word(day.day).to_owned(),
        hours: day.hours.to_string(),
        title: day.title.clone(),
        place: day
            .place
            .as_ref()
            .map_or("未定".to_owned(), |place| place.word.clone()),
        about,
        mark: mark.to_owned(),
        why,
    }
}
