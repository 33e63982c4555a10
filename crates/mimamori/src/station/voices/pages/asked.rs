//! The question after a course: on the tablet at the Station, or on one's own telephone.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use seal::SecretToken;
use serde::Deserialize;

use crate::deed::Deed;
use crate::front::look::{self, Field, Kind, Link, Problems, PublicShell};
use crate::front::{Problem, Visitor};
use crate::ids::RowId;
use crate::networks::{self, Text};
use crate::station::courses::{Shown, weekday_word};
use crate::station::voices::acts;
use crate::station::voices::rules::{MOST_WORDS, Mark, Refusal};

/// Pages a minute from one address: a tablet at the door that a whole course passes.
const A_MINUTE: i64 = 120;

/// Whose courses.
struct Stand {
    deed: Deed,
    town: String,
    short: String,
}

impl Stand {
    async fn of(visitor: &Visitor, short: &str) -> Result<Stand, Problem> {
        if visitor.count("voices") > A_MINUTE {
            let words = "1分ほど待ってから、もう一度押してください。";
            return Err(Problem::Slowed(words.to_owned()));
        }
        let (deed, town) = visitor.in_town(short).await?;
        Ok(Stand {
            town: town.name,
            short: town.short,
            deed,
        })
    }

    async fn open(&self, visitor: &Visitor) -> Result<Vec<Shown>, Problem> {
        let mut conn = visitor.app.db.read().await?;
        Ok(acts::open_now(&mut conn, &self.deed).await?)
    }

    async fn lesson(&self, visitor: &Visitor, lesson: RowId) -> Result<Shown, Problem> {
        let open = self.open(visitor).await?;
        let found = open.into_iter().find(|day| day.id == lesson);
        found.ok_or_else(|| Refusal::NotNow.into())
    }

    fn all(&self) -> String {
        format!("/c/{}/voice", self.short)
    }

    fn page(&self, title: &str, body: Markup) -> Markup {
        let shell = PublicShell {
            network_name: &self.town,
            languages: &[],
            refresh: None,
        };
        look::public_page(&shell, title, body)
    }
}

/// What one may speak of now.
pub async fn list(visitor: Visitor, Path(short): Path<String>) -> Result<Markup, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let days = stand.open(&visitor).await?;
    let body = html! {
        @if days.is_empty() {
            (look::empty("いま感想をうかがっている講座はありません", "講座が始まってから、つぎの日の終わりまでうかがいます。", None))
        } @else {
            p { "参加した講座を押してください。お名前はうかがいません。" }
            div.answers { @for day in &days {
                a.dial href={ (stand.all()) "/" (day.id) } {
                    span.dial-number { (day.title) }
                    span.dial-label { (when(day)) }
                }
            } }
        }
        p { (look::text_link(Link::new("講座のカレンダー", &format!("/c/{short}")))) }
    };
    Ok(stand.page("講座の感想", body))
}

fn when(day: &Shown) -> String {
    let (month, date) = (day.day.month(), day.day.day());
    let starts = day.hours.start();
    format!("{month}月{date}日（{}）{starts}から", weekday_word(day.day))
}

/// The question.
pub async fn question(
    visitor: Visitor,
    Path((short, lesson)): Path<(String, RowId)>,
) -> Result<Markup, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let day = stand.lesson(&visitor, lesson).await?;
    let mut conn = visitor.app.db.read().await?;
    let words = networks::words_of(&mut conn, &stand.deed.scope, Text::CourseVoice).await?;
    drop(conn);
    let key = SecretToken::new_short(&mut stand.deed.dice.clone());
    let body = html! {
        p { (day.title) "　" (when(&day)) }
        form.answers method="post" action={ (stand.all()) "/" (lesson) } {
            (look::hidden("key", key.text()))
            @for mark in Mark::ALL {
                button.dial.no-print type="submit" name="mark" value=(mark.code()) {
                    span.dial-number { (mark.word()) }
                }
            }
        }
        p { "お名前はうかがいません。どなたが押したかも残りません。" }
        p { (look::text_link(Link::new("ほかの講座", &stand.all()))) }
    };
    Ok(stand.page(words.trim(), body))
}

/// A tap.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Tapped {
    key: String,
    mark: String,
    words: String,
}

/// Takes the tap, and asks for a few words more.
pub async fn give(
    visitor: Visitor,
    Path((short, lesson)): Path<(String, RowId)>,
    Form(tapped): Form<Tapped>,
) -> Result<Markup, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let read = SecretToken::read(&tapped.key).zip(Mark::from_code(&tapped.mark));
    let Some((key, mark)) = read else {
        return Err(Problem::refused(
            "答えが届きませんでした。前の画面にもどって、もう一度押してください。",
        ));
    };
    acts::give(&visitor.app.db, &stand.deed, (lesson, key.hash()), mark).await?;
    Ok(thanks(&stand, lesson, &tapped, None))
}

fn thanks(stand: &Stand, lesson: RowId, tapped: &Tapped, why: Option<&str>) -> Markup {
    let next = format!("{}/{lesson}", stand.all());
    let mut problems = Problems::default();
    if let Some(why) = why {
        problems.add("words", why);
    }
    let body = html! {
        p { "よろしければ、ひとことお書きください。お名前や、ほかの方のことは書かないでください。" }
        (look::form(&format!("{next}/words"), html! {
            (look::hidden("key", &tapped.key))
            (look::field(&Field {
                name: "words",
                label: "ひとこと",
                hint: "300字まで。書かなくてもかまいません。",
                kind: Kind::Textarea,
                value: &tapped.words,
                problem: problems.of("words"),
                ..Field::default()
            }))
            (look::buttons("送る", Some(Link::new("書かずに終わる", &next))))
        }))
    };
    stand.page("ありがとうございました", body)
}

/// Takes the words after a tap.
pub async fn add_words(
    visitor: Visitor,
    Path((short, lesson)): Path<(String, RowId)>,
    Form(tapped): Form<Tapped>,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let key = SecretToken::read(&tapped.key).ok_or(Refusal::NotFound)?;
    let words = tapped.words.trim().replace("\r\n", "\n");
    let said = acts::add_words(&visitor.app.db, &stand.deed, key.hash(), words).await;
    if matches!(said, Err(Refusal::TooLong)) {
        let why = format!("{MOST_WORDS}字までにしてください。");
        let page = thanks(&stand, lesson, &tapped, Some(&why));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    said?;
    let body = html! {
        p { "いただいた感想は、これからの講座の参考にします。" }
        div.answers { a.dial href={ (stand.all()) "/" (lesson) } { span.dial-number { "つぎの方へ" } } }
        p { (look::text_link(Link::new("講座のカレンダー", &format!("/c/{short}")))) }
    };
    Ok(stand.page("ありがとうございました", body).into_response())
}
