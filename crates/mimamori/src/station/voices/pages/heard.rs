//! What was said in a month, course by course, and the way to the question.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::clock::in_japan;
use crate::front::look::{self, Head, Link, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::networks;
use crate::station::courses::{self, CourseDay, Month, Part, weekday_word};
use crate::station::voices::acts;
use crate::station::voices::rules::{Mark, Refusal, Voice};
use crate::station::voices::store;

const HERE: &str = "/station/voices";

/// A month's voices.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let month = part.month(in_japan(asked.deed.now).date());
    let (first, last) = (month.first(), month.last());
    let mut conn = asked.read().await?;
    let days = courses::list_between(&mut conn, &asked.deed, first, last).await?;
    let mut voices = BTreeMap::<i64, Vec<Voice>>::new();
    for voice in store::list_between(&mut conn, &asked.deed, first, last).await? {
        voices.entry(voice.lesson.0).or_default().push(voice);
    }
    let town = networks::find_town(&mut conn, &asked.deed.scope).await?;
    drop(conn);
    let short = town.map(|town| town.short).unwrap_or_default();
    let with: Vec<(&CourseDay, &[Voice])> = days
        .iter()
        .filter_map(|day| Some((day, voices.get(&day.id.0)?.as_slice())))
        .collect();
    let body = html! {
        (courses::months(HERE, month))
        @if with.is_empty() {
            (look::empty("この月の感想は、まだありません", "講座のあとに、下のQRコードかタブレットからうかがいます。", None))
        } @else {
            (counts(&with))
            (words(&with, month))
        }
        (way(&format!("{}/c/{short}/voice", asked.app.config.public_url)))
    };
    let title = format!("{}の感想", month.words());
    courses::sided(&asked, courses::Side::Voices, &title, body)
}

fn counts(with: &[(&CourseDay, &[Voice])]) -> Markup {
    let head = [
        Head::new("日"),
        Head::new("講座"),
        Head::figures(Mark::Good.word()),
        Head::figures(Mark::Fair.word()),
        Head::figures(Mark::Poor.word()),
        Head::figures("ひとこと"),
    ];
    let rows: Vec<Vec<Markup>> = with
        .iter()
        .map(|(day, voices)| {
            let of = |mark| voices.iter().filter(|voice| voice.mark == mark).count();
            let wrote = voices
                .iter()
                .filter(|voice| !voice.words.is_empty())
                .count();
            vec![
                html! { (short(day.day)) },
                html! { (day.details.title) },
                html! { (of(Mark::Good)) },
                html! { (of(Mark::Fair)) },
                html! { (of(Mark::Poor)) },
                html! { (wrote) },
            ]
        })
        .collect();
    look::table("講座ごとの感想の数", &head, &rows)
}

fn short(day: Date) -> String {
    format!("{}月{}日（{}）", day.month(), day.day(), weekday_word(day))
}

fn words(with: &[(&CourseDay, &[Voice])], month: Month) -> Markup {
    let head = ["講座", "感想", "ひとこと", ""].map(Head::new);
    let rows: Vec<Vec<Markup>> = with
        .iter()
        .flat_map(|(day, voices)| voices.iter().map(move |voice| (day, voice)))
        .filter(|(_, voice)| !voice.words.is_empty())
        .map(|(day, voice)| {
            let path = format!("{HERE}/{}/removal", voice.id);
            let about = format!("{}のひとこと", day.details.title);
            vec![
                html! { (short(day.day)) br; (day.details.title) },
                html! { (voice.mark.word()) },
                html! { @for line in voice.words.lines() { p { (line) } } },
                look::act(
                    Weight::Quiet,
                    "消す",
                    &about,
                    &path,
                    &[("m", &month.code())],
                ),
            ]
        })
        .collect();
    html! { @if !rows.is_empty() { (look::section("ひとこと", html! {
        p { "どなたかのことが書かれているひとことは、消してください。押していただいた感想の数は変わりません。" }
        (look::table("書いていただいたひとこと", &head, &rows))
    })) } }
}

/// How people come to the question.
fn way(address: &str) -> Markup {
    look::section(
        "感想をうかがう",
        html! {
            p { "この画面を印刷して貼るか、タブレットで下のページを開いておきます。講座が始まってから、つぎの日の終わりまで答えられます。お名前も時刻も残りません。" }
            @if let Some(qr) = look::qr(address, "講座の感想のページ") { (qr) }
            p { (look::text_link(Link::new(address, address))) }
        },
    )
}

/// Takes words out.
pub async fn take_out(
    asked: Asked,
    Path(voice): Path<RowId>,
    Form(back): Form<Part>,
) -> Result<Response, Problem> {
    let month = back.month(in_japan(asked.deed.now).date());
    acts::take_out(asked.db(), &asked.deed, voice).await?;
    let to = format!("{HERE}?m={}", month.code());
    Ok(asked.redirect(&to, Flash::done("ひとことを消しました。")))
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::NotNow => Problem::refused(
                "いまは、この講座の感想をうかがっていません。講座が始まってから、つぎの日の終わりまでうかがいます。",
            ),
            Refusal::TooMany => Problem::refused(
                "この講座の感想は、もういっぱいになりました。ありがとうございました。",
            ),
            Refusal::Said => {
                Problem::refused("ひとことは、もういただいています。ありがとうございました。")
            }
            Refusal::TooLong => Problem::refused("300字までにしてください。"),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
        }
    }
}
