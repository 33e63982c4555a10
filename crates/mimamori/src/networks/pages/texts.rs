//! Words a town may change.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::{Side, page};
use crate::front::look::{
    Field, Kind, Problems, buttons, field, form, hidden, problem_summary, section,
};
use crate::front::{Asked, Flash, Problem};
use crate::networks::acts;
use crate::networks::rules::{Operator, TEXTS, Text};
use crate::networks::store::{self, Words};

/// The texts, each with its own form.
pub async fn show(asked: Asked) -> Result<Markup, Problem> {
    texts_page(&asked, None, &Problems::default()).await
}

async fn texts_page(
    asked: &Asked,
    typed: Option<(Text, &str)>,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let town = store::find_town(&mut conn, &asked.deed.scope).await?;
    let operator = town.ok_or(Problem::NotFound)?.operator;
    let mut parts = Vec::new();
    for text in TEXTS {
        let mut words = store::find_words(&mut conn, &asked.deed.scope, text, operator).await?;
        if let Some((_, again)) = typed.filter(|(of, _)| *of == text) {
            words.words = again.to_owned();
        }
        parts.push(one(text, &words, operator, problems));
    }
    drop(conn);
    let body = html! {
        p { "条文などの文面を、町の要綱に合わせて直せます。空にして保存すると、はじめの文面にもどります。" }
        (problem_summary(problems))
        @for part in &parts { (part) }
    };
    page(asked, Side::Texts, "文面", body)
}

fn one(text: Text, words: &Words, operator: Operator, problems: &Problems) -> Markup {
    let name = text.code();
    let hint = match words.version {
        0 => "はじめの文面です。".to_owned(),
        _ => format!("はじめの文面：{}", text.default_words(operator)),
    };
    section(
        text.title(),
        html! {
            (form(&format!("/town/texts/{name}"), html! {
                (words_field(name, &hint, &words.words, problems))
                (hidden("version", &words.version.to_string()))
                (buttons("保存する", None))
            }))
        },
    )
}

fn words_field(name: &str, hint: &str, value: &str, problems: &Problems) -> Markup {
    field(&Field {
        name,
        label: "文面",
        hint,
        value,
        kind: Kind::Textarea,
        problem: problems.of(name),
        ..Field::default()
    })
}

/// Keeps the words.
pub async fn save(
    asked: Asked,
    Path(text): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let text = Text::from_code(&text).ok_or(Problem::NotFound)?;
    let of = |name: &str| {
        fields
            .iter()
            .find(|(of, _)| of == name)
            .map_or("", |(_, value)| value)
    };
    let words = of(text.code()).trim().to_owned();
    let version: i64 = of("version").parse().unwrap_or_default();
    if words.chars().count() > 1_000 {
        let mut problems = Problems::default();
        problems.add(text.code(), "1,000文字までで入れてください。");
        let page = texts_page(&asked, Some((text, &words)), &problems).await?;
        return Err(Problem::Refused(page));
    }
    let default = version == 0 && is_default(&asked, text, &words).await?;
    let words = if default { String::new() } else { words };
    acts::change_words(asked.db(), &asked.deed, text, words, version).await?;
    Ok(asked.redirect("/town/texts", Flash::done("保存しました。")))
}

/// Whether these are the default words, sent back as they were: they stay the default.
async fn is_default(asked: &Asked, text: Text, words: &str) -> Result<bool, Problem> {
    let holds = store::words_of(&mut asked.read().await?, &asked.deed.scope, text).await?;
    Ok(holds == words)
}
