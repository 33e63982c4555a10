//! きょうのやること: what nobody has first, then dated work, most urgent first.

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use maud::{Markup, html};
use serde::Deserialize;

use super::counter;
use super::problem;
use super::said::{clock, kind_word};
use super::seen::witness_lists;
use crate::clock::in_japan;
use crate::desk::rules::{Came, Inquiry};
use crate::desk::store;
use crate::front::look::{self, Emergency, Link, Tab, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::people::views;
use crate::scope::Right;
use crate::tasks::{self, Task, Whose};

/// Which tasks are shown; it stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    all: Option<String>,
}

/// Where everybody else begins.
fn elsewhere(asked: &Asked) -> Option<&'static str> {
    if asked.may(Right::Tasks) || asked.may(Right::Desk) {
        return None;
    }
    let places = [
        (Right::PartnerLookup, "/partner"),
        (Right::ManageTown, "/town"),
        (Right::ReadAudit, "/audit"),
        (Right::Door, "/station/door"),
    ];
    let place = places.into_iter().find(|(right, _)| asked.may(*right));
    Some(place.map_or("/account", |(_, place)| place))
}

pub async fn page(asked: Asked, Query(shown): Query<Shown>) -> Result<Response, Problem> {
    if let Some(place) = elsewhere(&asked) {
        return Ok(Redirect::to(place).into_response());
    }
    let all = shown.all.is_some();
    let whose = Whose::of(&asked.deed.scope, all);
    let mut conn = asked.read().await?;
    let list = tasks::list(&mut conn, &asked.deed, whose)
        .await
        .map_err(|refusal| problem(refusal.into()))?;
    let count = tasks::count_open(&mut conn, &asked.deed, whose).await?;
    let waiting = waiting(&asked, &mut conn).await?;
    let questions = match asked.deed.scope.actor.account() {
        Some(me) => views::count_asked_of(&mut conn, &asked.deed, me).await?,
        None => 0,
    };
    drop(conn);
    witness_lists(&asked, &list, &[&waiting]).await?;
    let mut conn = asked.read().await?;
    let desk = html! { @if !waiting.is_empty() {
        (look::section("まだだれも担当していない照会", counter::table(&asked, &mut conn, "担当待ちの照会", &waiting).await?))
    } };
    drop(conn);
    let mut shell = asked.shell(Place::Today)?;
    shell.emergency = emergency(&asked, &waiting);
    let body =
        html! { (question(questions)) (desk) (tabs(&asked, all)) (day(&asked, &list, count)) };
    Ok(look::page(&shell, "きょうのやること", body).into_response())
}

async fn waiting(asked: &Asked, conn: &mut Conn) -> Result<Vec<Inquiry>, Problem> {
    if !asked.may(Right::Desk) {
        return Ok(Vec::new());
    }
    let mut open = store::list_open(conn, &asked.deed).await.map_err(problem)?;
    open.retain(Inquiry::waits_for_somebody);
    Ok(open)
}

fn emergency(asked: &Asked, waiting: &[Inquiry]) -> Option<Emergency> {
    let first = waiting.first()?;
    Some(Emergency {
        title: format!("担当のいない照会が{}件あります", waiting.len()),
        text: format!(
            "{}から、{}。受け取った人が担当になります。",
            clock(first.opened_at, asked.deed.now),
            match first.came {
                Came::Call => kind_word(first.kind),
                Came::Qr | Came::Drill => first.came.word(),
            }
        ),
        link_label: "ひらいて受け取る".to_owned(),
        href: counter::path(first.id),
    })
}

/// The head of the center asks about a view.
fn question(questions: i64) -> Markup {
    html! {
        @if questions > 0 {
            (look::notice(Tone::Notice, "センター長からのおたずね", html! {
                p { "記録の閲覧について、おたずねが" (questions) "件あります。" a href="/views" { "ひらいて答える" } }
            }))
        }
    }
}

/// One's own center, or everything; the night desk has no choice.
fn tabs(asked: &Asked, all: bool) -> Markup {
    html! {
        @if asked.may(Right::Tasks) && asked.deed.scope.center.is_some() {
            (look::tabs("表示", &[
                Tab { label: "自分のセンター", href: "/", count: None, current: !all },
                Tab { label: "町のすべて", href: "/?all=1", count: None, current: all },
            ]))
        }
    }
}

fn day(asked: &Asked, list: &[Task], count: i64) -> Markup {
    let today = in_japan(asked.deed.now).date();
    if list.is_empty() {
        let desk = asked
            .may(Right::Desk)
            .then(|| look::button_link(Weight::Primary, Link::new("照会窓口へ", "/desk")));
        return look::empty(
            "いま、やることはありません",
            "照会が終わると、担当センターの次の開所日に「様子を確かめる」がここに並びます。急ぐものが上です。",
            desk,
        );
    }
    html! {
        p { (count) "件" @if i64::try_from(list.len()).is_ok_and(|shown| shown < count) { "（急ぐ順に" (list.len()) "件を表示）" } }
        (tasks::cards(list, today))
        @if asked.may(Right::Tasks) { (asked.export("tasks&state=open")) }
    }
}
