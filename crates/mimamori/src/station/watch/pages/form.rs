//! The form of an observation: two taps and a sentence.

use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::front::look::{self, Choice, Field, Kind, Problems};
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::notices::{self, OBSERVED, Sign, find_sign};
use crate::station::courses::{self, Typed, text};
use crate::station::watch::rules::{About, New};

/// Courses of so many days are offered.
const LATELY: i64 = 7;

/// What the form is made with.
pub struct Around {
    /// The town's signs.
    pub signs: Vec<Sign>,
    /// Days of courses, the latest first: the day and what it was.
    lessons: Vec<(RowId, String)>,
}

impl Around {
    /// As of today.
    pub async fn read(asked: &Asked, today: Date) -> Result<Around, Problem> {
        let mut conn = asked.read().await?;
        let since = today.saturating_sub(LATELY.days());
        let days = courses::list_between(&mut conn, &asked.deed, since, today).await?;
        let lessons = days.iter().rev().map(|one| {
            let day = one.day.strftime("%-m月%-d日");
            (one.id, format!("{day} {}", one.details.title))
        });
        Ok(Around {
            lessons: lessons.collect(),
            signs: notices::list_signs(&mut conn, &asked.deed).await?,
        })
    }
}

/// Words of signs, joined.
pub fn sign_words(codes: &[String], signs: &[Sign]) -> String {
    let known = codes.iter().filter_map(|code| find_sign(signs, code));
    let words: Vec<&str> = known.map(|sign| sign.ja.as_str()).collect();
    words.join("／")
}

/// The form.
pub fn form(
    action: &str,
    around: &Around,
    today: Date,
    (typed, problems): (&Typed, &Problems),
) -> Markup {
    let signs = OBSERVED.iter();
    let signs = signs.filter_map(|code| find_sign(&around.signs, code));
    let signs: Vec<Choice<'_>> = signs
        .map(|sign| Choice::new(&sign.code, &sign.ja))
        .collect();
    let lessons: Vec<(String, &str)> = around
        .lessons
        .iter()
        .map(|(id, word)| (id.to_string(), word.as_str()))
        .collect();
    let none = Choice::new("", "講座ではない・わからない");
    let lessons = lessons.iter().map(|(id, word)| Choice::new(id, word));
    let lessons: Vec<Choice<'_>> = [none].into_iter().chain(lessons).collect();
    let chosen = match typed.of("day") {
        "" => today.to_string(),
        day => day.to_owned(),
    };
    let field = |name, label| text(typed, problems, name, label);
    look::form(
        action,
        html! {
            (look::checks(&field("signs", "気になったこと（いくつでも）"), &signs, &typed.all("signs")))
            (look::field(&Field { kind: Kind::Textarea,
                hint: "見たこと、聞いたことをそのまま。例：帰りに手すりを両手でつかんでいた。ご本人は「ひざが痛い」とのこと。",
                ..field("words", "ひとこと") }))
            div.pair {
                (look::field(&Field { kind: Kind::Short, value: &chosen, hint: "例：2026-11-20、R8.11.20", ..field("day", "見た日") }))
                (look::select(&field("lesson", "どの講座で"), &lessons))
            }
            (look::buttons("記録する", None))
        },
    )
}

/// What was typed.
pub fn read(about: About, typed: &Typed, today: Date, problems: &mut Problems) -> Option<New> {
    let day = match typed.of("day") {
        "" => Ok(today),
        day => words::date::parse_full(day),
    };
    let day = day.map_err(|problem| problems.add("day", problem.to_string()));
    let lesson = match typed.of("lesson") {
        "" => None,
        lesson => lesson.parse().ok(),
    };
    Some(New {
        about,
        day: day.ok()?,
        lesson,
        signs: typed.all("signs").into_iter().map(str::to_owned).collect(),
        words: typed.of("words").to_owned(),
    })
}
