//! The town's list of contents.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use crate::consultations::acts;
use crate::consultations::rules::{
    Keeping, MOST_TOPIC_WORD, MOST_TOPICS, Refusal, Topic, TopicCode, YEARS,
};
use crate::consultations::store;
use crate::front::look::{
    self, Field, Kind, Problems, Tone, Weight, button, buttons, chip, form, hidden,
    problem_summary, section,
};
use crate::front::{Asked, Flash, Problem};
use crate::networks;

const PATH: &str = "/town/consultations";

/// A content as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    word: String,
    version: i64,
    /// `closed` or `open`; empty where only the word is corrected.
    standing: String,
    years: String,
}

/// The list.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    shown(&asked, &Typed::default(), &Problems::default()).await
}

async fn shown(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let topics = store::list_topics(&mut conn, &asked.deed).await?;
    let kept = store::find_keeping(&mut conn, &asked.deed).await?;
    drop(conn);
    let years = match typed.years.as_str() {
        "" => kept.years.to_string(),
        years => years.to_owned(),
    };
    let word = Field {
        name: "word",
        label: "加える内容",
        value: &typed.word,
        problem: problems.of("word"),
        required: true,
        ..Field::default()
    };
    let body = html! {
        (problem_summary(problems))
        p { "相談を受け付けるときに選ぶ内容です。使った内容は消えません。使わなくなったら閉じると、選べなくなり、これまでの数字はそのまま残ります。" }
        @for topic in &topics { (one(topic)) }
        (keeping(&years, kept.version, problems))
        (section("内容を加える", form(PATH, html! {
            (look::field(&word))
            p.hint { (MOST_TOPICS) "まで。閉じたものも数えます（いま" (topics.len()) "）。" }
            (buttons("加える", None))
        })))
    };
    networks::settings_page(asked, networks::Side::Consultations, "相談の内容", body)
}

fn one(topic: &Topic) -> Markup {
    let name = format!("word-{}", topic.code);
    let (label, standing) = match topic.closed {
        true => ("また使う", "open"),
        false => ("閉じる", "closed"),
    };
    html! {
        form.filters method="post" action={ (PATH) "/" (topic.code) } {
            (hidden("version", &topic.version.to_string()))
            div.field {
                label for=(name) { "内容" (topic.code) @if topic.closed { " " (chip(Tone::Warning, "閉じています")) } }
                input id=(name) name="word" type="text" class="normal" value=(topic.word) autocomplete="off";
            }
            (button(Weight::Secondary, "ことばを直す", "standing", if topic.closed { "closed" } else { "open" }))
            (button(Weight::Quiet, label, "standing", standing))
        }
    }
}

fn keeping(years: &str, version: i64, problems: &Problems) -> Markup {
    let field = Field {
        name: "years",
        label: "登録のない方の記録を残す年数",
        hint: "登録のない方の相談と支援は、最後の記録からこの年数が過ぎると、夜のうちに自動で消去されます。件数の数字は残ります。",
        value: years,
        problem: problems.of("years"),
        kind: Kind::Number,
        ..Field::default()
    };
    section(
        "残す年数",
        form(
            &format!("{PATH}/keeping"),
            html! {
                (hidden("version", &version.to_string()))
                (look::field(&field))
                (buttons("保存する", None))
            },
        ),
    )
}

/// For how many years.
pub async fn keep(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let digits = words::digits::fold(typed.years.trim()).unwrap_or_default();
    let new = Keeping {
        years: digits.parse().unwrap_or(0),
        version: typed.version,
    };
    match acts::change_keeping(asked.db(), &asked.deed, new).await {
        Ok(()) => Ok(asked.redirect(PATH, Flash::done("保存しました。"))),
        Err(Refusal::Changed) => Err(Problem::changed(PATH)),
        Err(Refusal::BadYears) => {
            let (least, most) = (YEARS.start(), YEARS.end());
            let mut problems = Problems::default();
            problems.add(
                "years",
                format!("{least}から{most}までの数字で入れてください。"),
            );
            Err(Problem::Refused(shown(&asked, &typed, &problems).await?))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// A new one.
pub async fn add(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let added = acts::add_topic(asked.db(), &asked.deed, &typed.word).await;
    answer(&asked, &typed, added, "加えました。").await
}

/// Its word corrected, closed or opened again.
pub async fn change(
    asked: Asked,
    Path(code): Path<TopicCode>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let closed = typed.standing == "closed";
    let (db, deed) = (asked.db(), &asked.deed);
    let changed = acts::change_topic(db, deed, code, typed.version, &typed.word, closed).await;
    let none = Typed::default();
    answer(&asked, &none, changed, "保存しました。").await
}

async fn answer(
    asked: &Asked,
    typed: &Typed,
    done: Result<TopicCode, Refusal>,
    said: &str,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let words = match done {
        Ok(_) => return Ok(asked.redirect(PATH, Flash::done(said))),
        Err(Refusal::BadTopic) => format!("ことばを、{MOST_TOPIC_WORD}字までで入れてください。"),
        Err(Refusal::TopicTwice) => {
            "同じことばの内容が、もうあります。閉じていれば「また使う」で使えます。".to_owned()
        }
        Err(Refusal::Changed) => return Err(Problem::changed(PATH)),
        Err(refusal) => return Err(refusal.into()),
    };
    problems.add("word", words);
    Err(Problem::Refused(shown(asked, typed, &problems).await?))
}
