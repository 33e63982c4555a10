//! The door without network: a page without names that the tablet keeps, the script beside it, and the way
//! by which it sends later what it could not.

use axum::Form;
use axum::Json;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::response::IntoResponse;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::code::lead_to;
use super::day_here;
use super::sent::{coming, who};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Link, PublicShell, Weight};
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay, Typed};
use crate::station::door::acts;
use crate::station::door::rules::{Part, Way};

const SCRIPT: &str = include_str!("../../../../assets/door.js");

const MANIFEST: &str = r##"{"name":"講座の受付","short_name":"受付","lang":"ja","start_url":"/station/door","scope":"/station/","display":"standalone","background_color":"#ffffff","theme_color":"#ffffff"}"##;

/// The script, which is the service worker too: so it stands where what it looks after stands.
pub async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)
}

/// By which a tablet installs the door.
pub async fn manifest() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/manifest+json")], MANIFEST)
}

/// The page that stands in for the door while there is no network; it holds nobody's name.
pub async fn page() -> Markup {
    let parts: Vec<Choice<'_>> = Part::all()
        .map(|part| Choice::new(part.code(), part.word()))
        .collect();
    let field = |name, label, hint| Field {
        name,
        label,
        hint,
        ..Field::default()
    };
    let body = html! {
        div role="status" { (look::notice(look::Tone::Warning, "いまはインターネットにつながっていません", html! {
            p { "受付は続けられます。この端末にしまっておき、つながったときに自動で送ります。画面を閉じずに、そのままお使いください。" }
        })) }
        p { strong data-title="" {} }
        (look::select(&field("as", "来た方の役割", ""), &parts))
        form.sheet-form method="post" data-to="/code" autocomplete="off" {
            (look::field(&Field { focus: true, ..field("code", "カードのQRか番号、または見守りタグの番号", "名前は、送ったあとにわかります。") }))
            (look::button(Weight::Secondary, "受け付ける", "do", "code"))
        }
        (look::section("申し込んだ方（名前を押すと受け付けます）", html! { div.buttons data-names="" {} }))
        (look::section("申し込みのない方", html! {
            form.sheet-form method="post" data-to="" autocomplete="off" {
                (look::field(&field("name", "名前", "聞かないときは空けておきます。")))
                (look::button(Weight::Primary, "1人受け付ける", "do", "walk_in"))
            }
        }))
        (look::section("この端末にしまってある受付", html! {
            p { "まだ送っていない方：" strong data-count="" {} }
            ol data-waiting="" {}
        }))
        p { (look::text_link(Link::new("つながったか確かめる", ""))) }
        div hidden data-offline="" {}
        script src="/station/door.js" defer {}
    };
    let shell = PublicShell {
        network_name: "講座の受付",
        ..PublicShell::default()
    };
    look::public_page(&shell, "受付", body)
}

/// What the door's page tells the script, around everything on it.
pub fn around(day: &CourseDay, body: Markup) -> Markup {
    html! {
        (body)
        div hidden data-door=(day.id) data-day=(day.day) data-title={ (day.details.title) " " (day.details.hours.to_string()) } {}
        script src="/station/door.js" defer {}
    }
}

/// The camera is asked for on the door's page alone.
pub const CAMERA: (HeaderName, &str) = (
    HeaderName::from_static("permissions-policy"),
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
);

/// Frames that are read at a time: each takes a core for a moment.
static TWO: Semaphore = Semaphore::const_new(2);

/// What a frame of the camera shows.
#[derive(Serialize)]
pub struct Glance {
    text: String,
}

/// Reads the QR in a frame of the camera, for browsers that can't. The frame is not kept.
pub async fn frame(
    asked: Asked,
    Path(id): Path<RowId>,
    frame: Bytes,
) -> Result<Json<Glance>, Problem> {
    day_here(&asked, id).await?;
    let turn = TWO.acquire().await;
    let _turn = turn.map_err(|error| Problem::Broken(error.into()))?;
    let work = spawn_blocking(move || marks::glance(&frame));
    let text = work.await.map_err(|error| Problem::Broken(error.into()))?;
    Ok(Json(Glance {
        text: text.unwrap_or_default(),
    }))
}

/// What came of something that was sent later.
#[derive(Serialize)]
pub struct Came {
    outcome: &'static str,
    word: &'static str,
}

/// Something that could not be sent when it happened: when that was stands in it. What comes twice is
/// kept once, by the number of its form.
pub async fn late(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Json<Came>, Problem> {
    let typed = Typed(sent);
    let day = courses::find_day(&mut asked.read().await?, &asked.deed, id).await?;
    let yesterday = in_japan(asked.deed.now).date().yesterday();
    if !asked.may(Right::Supporters) && yesterday.is_ok_and(|yesterday| day.day < yesterday) {
        return Err(Problem::NotFound);
    }
    let at = typed.of("at").parse().ok();
    let at = at.and_then(|at| Timestamp::from_millisecond(at).ok());
    let at = at.unwrap_or(asked.deed.now);
    let tried = match typed.of("code") {
        "" => {
            let (who, way) = who(&typed).map_err(|words| Problem::refused(&words))?;
            let coming = coming(&asked, id, &typed, way);
            acts::come_late(asked.db(), &asked.deed, coming, who, at).await?
        }
        code => {
            let coming = coming(&asked, id, &typed, Way::Card);
            lead_to(&asked, code, coming, at).await?
        }
    };
    Ok(Json(Came {
        outcome: tried.outcome.code(),
        word: tried.outcome.word(),
    }))
}
