//! What everybody may read: the calendar of a month, the feed for other calendars, the list of events
//! for the municipality's open data. No name of anybody who takes part stands here.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::extract::{Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use csv::{Terminator, WriterBuilder};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use super::month::{self, Cell, Part};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::front::look::{self, Head, Link, PublicShell, Tone, chip};
use crate::front::{Problem, Visitor};
use crate::networks::Town;
use crate::station::courses::acts;
use crate::station::courses::rules::{self, Entry, Month, Shown, Surround};
use crate::station::courses::store;

/// Pages a minute from one address; many may share one. It only spares the database.
const A_MINUTE: i64 = 120;

/// How long a copy may stand in between: somebody who looks after rain was called off sees it soon.
const COPY: &str = "public, max-age=120";

/// From where everybody reads.
struct Stand {
    deed: Deed,
    town: Town,
    around: Surround,
}

impl Stand {
    async fn of(visitor: &Visitor, short: &str) -> Result<Stand, Problem> {
        admit(visitor)?;
        let (deed, town) = visitor.in_town(short).await?;
        let phone = town.day_phone.as_ref().map(ToString::to_string);
        let around = Surround {
            town: town.name.clone(),
            short: town.short.clone(),
            code: town.municipality_code.clone(),
            phone: phone.unwrap_or_default(),
            page: format!("{}/c/{}", visitor.app.config.public_url, town.short),
        };
        Ok(Stand { deed, town, around })
    }

    async fn shown(
        &self,
        visitor: &Visitor,
        from: Date,
        until: Date,
    ) -> Result<Vec<Shown>, Problem> {
        let mut conn = visitor.app.db.read().await?;
        Ok(acts::shown_between(&mut conn, &self.deed, from, until).await?)
    }

    /// What goes out as a file: the month before, so that a calendar keeps it, and all that is planned.
    async fn all(&self, visitor: &Visitor) -> Result<Vec<Shown>, Problem> {
        let month = Month::of(in_japan(visitor.now).date());
        let until = month.last().saturating_add(2.years());
        self.shown(visitor, month.before().first(), until).await
    }
}

fn admit(visitor: &Visitor) -> Result<(), Problem> {
    match visitor.count("courses") <= A_MINUTE {
        true => Ok(()),
        false => Err(Problem::Slowed(
            "1分ほど待ってから、もう一度開いてください。".to_owned(),
        )),
    }
}

/// The calendar of a month.
pub async fn page(
    visitor: Visitor,
    Path(short): Path<String>,
    Query(part): Query<Part>,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let today = in_japan(visitor.now).date();
    let month = part.month(today);
    let days = stand.shown(&visitor, month.first(), month.last()).await?;
    let mut conn = visitor.app.db.read().await?;
    let closures = store::list_closures(&mut conn, &stand.deed).await?;
    drop(conn);
    let body = html! {
        (month::months(&format!("/c/{short}"), month))
        @if days.is_empty() {
            (look::empty("この月の講座は、まだ決まっていません", "決まりしだい、ここに出ます。", None))
        } @else {
            (month::grid(month, &cells(&days), &closures))
            (lists(&days, today, &short))
        }
        @for one in closures.iter().filter(|one| one.is_of(month)) { p { (one.words()) } }
        @if let Some(phone) = &stand.town.day_phone {
            p { "お問い合わせ" }
            (look::dial(&phone.tel_uri(), &phone.to_string(), &stand.around.town))
        }
        p { a href={ "/c/" (short) "/signups" } { "申し込みを確かめる・取り消す" } }
        p { a href={ "/m/" (short) } { "サポーターの方：ご自分のページを開く" } }
        p { a href=(stand.around.webcal()) { "スマートフォンなどのカレンダーに登録する（変更や中止も届きます）" } }
        p { a href={ "/c/" (short) "/courses.ics" } { "カレンダーのファイルを受け取る" } }
    };
    let shell = PublicShell {
        network_name: &stand.around.town,
        languages: &[],
        refresh: None,
    };
    let page = look::public_page(&shell, &format!("{}の講座", month.words()), body);
    Ok(([(CACHE_CONTROL, COPY)], page).into_response())
}

/// What is still to come first: nobody reads a month of what is over to find out where to go.
fn lists(days: &[Shown], today: Date, short: &str) -> Markup {
    let (over, coming): (Vec<&Shown>, Vec<&Shown>) = days.iter().partition(|day| day.day < today);
    html! {
        @if !coming.is_empty() { (list(&coming, short, true)) }
        @if coming.is_empty() { (list(&over, short, false)) }
        @else if !over.is_empty() {
            details { summary { "終わった回（" (over.len()) "回）" } (list(&over, short, false)) }
        }
    }
}

fn cells(days: &[Shown]) -> Vec<Cell> {
    let cell = |day: &Shown| Cell {
        day: day.day,
        body: html! { a href={ "#d-" (day.id) } { (day.hours.start()) " " (day.title) } (mark(day)) },
    };
    days.iter().map(cell).collect()
}

fn mark(day: &Shown) -> Markup {
    html! {
        @if day.off.is_some() { " " (chip(Tone::Danger, "中止")) }
        @else if day.moved.is_some() { " " (chip(Tone::Warning, "変更")) }
    }
}

fn list(days: &[&Shown], short: &str, coming: bool) -> Markup {
    let head = ["日時", "講座", "会場", "案内"].map(Head::new);
    let rows: Vec<Vec<Markup>> = days.iter().map(|day| row(day, short, coming)).collect();
    look::table("講座の案内", &head, &rows)
}

fn row(day: &Shown, short: &str, coming: bool) -> Vec<Markup> {
    vec![
        html! { span id={ "d-" (day.id) } { (month::short(day.day)) } br; (day.hours.to_string()) },
        html! {
            strong { (day.title) } (mark(day))
            @if let Some(off) = &day.off { p { (off) } }
            @if let Some((_, moved)) = &day.moved { p { (moved) } }
        },
        html! {
            @match &day.place {
                Some(place) => {
                    (place.word)
                    @for line in [&place.address, &place.access] { @if !line.is_empty() { br; small { (line) } } }
                },
                None => "未定",
            }
        },
        html! {
            @for line in day.lines().iter().flat_map(|line| line.lines()) { p { (line) } }
            @if day.entry == Entry::SignUp && day.off.is_none() && coming {
                p { (look::text_link(Link::new("申し込む", &format!("/c/{short}/days/{}", day.id)))) }
            }
        },
    ]
}

/// The feed for other calendars.
pub async fn feed(
    visitor: Visitor,
    Path(short): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let text = rules::feed(&stand.around, &stand.all(&visitor).await?);
    let kind = "text/calendar; charset=utf-8";
    Ok(file(text, kind, "courses.ics", &headers))
}

/// The list of events.
pub async fn table(
    visitor: Visitor,
    Path(short): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let rows = rules::table(&stand.around, &stand.all(&visitor).await?);
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing into memory can't fail.
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    // The mark at the beginning tells Excel that it is UTF-8.
    Ok(file(
        format!("\u{feff}{text}"),
        "text/csv; charset=utf-8",
        "event.csv",
        &headers,
    ))
}

/// The file; nothing of it to whoever has it already: calendars ask every hour.
fn file(text: String, kind: &'static str, name: &str, asked: &HeaderMap) -> Response {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let standing = [(CACHE_CONTROL, COPY.to_owned()), (ETAG, tag.clone())];
    let known = asked
        .get(IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok());
    let mut known = known.unwrap_or_default().split(',').map(str::trim);
    if known.any(|one| one == "*" || one.trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, standing).into_response();
    }
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    (standing, headers, text).into_response()
}
