//! The paths of a center's people: what is late, what stands still, what is due next.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;

use super::said;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Tab, table, tabs};
use crate::front::{Asked, Place, Problem};
use crate::paths::steps::rules::{Path, Refusal, Seen, State};
use crate::paths::steps::store;
use crate::people::{self, DeskView};

/// More are not listed; the count says so.
const MOST: i64 = 200;

/// Which of them.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    show: String,
}

/// The list.
pub async fn page(asked: Asked, Query(wanted): Query<Wanted>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let done = wanted.show == "done";
    let stuck = wanted.show == "late";
    let state = if done { State::Done } else { State::Open };
    let mut paths = match asked.deed.scope.center {
        Some(center) => {
            let mut conn = asked.read().await?;
            store::list_of_center(&mut conn, &asked.deed, center, state, MOST).await?
        }
        None => Vec::new(),
    };
    let full = paths.len() as i64 == MOST;
    if stuck {
        paths.retain(|path| matches!(path.seen(today), Seen::Late(_) | Seen::Still(_)));
    }
    let fields = Fields::IDENTITY.and(Fields::CARE);
    let sight =
        |path: &Path| Line::new(Verb::Saw, Some(path.person), fields).saying("つなぎの一覧");
    audit::witness_all(asked.db(), &asked.deed, paths.iter().map(sight).collect()).await?;
    let rows = rows(&asked, &paths).await?;
    let tab = |label, show: &str, href| Tab {
        label,
        href,
        count: None,
        current: wanted.show == show || (show.is_empty() && !done && !stuck),
    };
    let head = ["お名前", "つなぎ", "次の段階", "期限"].map(Head::new);
    let body = html! {
        (tabs("つなぎの一覧", &[
            tab("進んでいる", "", "/paths"),
            tab("遅れ・停滞", "late", "/paths?show=late"),
            tab("完了", "done", "/paths?show=done"),
        ]))
        @if rows.is_empty() {
            (look::empty("ここに出るつなぎはありません", "要介護認定や成年後見などの手続きは、それぞれの方の記録の「つなぎ」から始めます。始めると、期限の近い順にここに並びます。", None))
        } @else {
            p { (rows.len()) "件" @if full { "（期限の近い順に" (MOST) "件まで）" } }
            (table("つなぎ", &head, &rows))
            (asked.export(if done { "paths&state=ended" } else { "paths&state=open" }))
        }
    };
    asked.page(Place::Paths, "つなぎ", body)
}

async fn rows(asked: &Asked, paths: &[Path]) -> Result<Vec<Vec<Markup>>, Problem> {
    let mut conn = asked.read().await?;
    let mut rows = Vec::new();
    for path in paths {
        let view = people::find_for_desk(&mut conn, &asked.deed, path.person).await;
        let view = view.map_err(Refusal::People)?;
        rows.extend(view.map(|view| row(asked, path, &view)));
    }
    Ok(rows)
}

fn row(asked: &Asked, path: &Path, view: &DeskView) -> Vec<Markup> {
    let today = in_japan(asked.deed.now).date();
    vec![
        html! { a href={ "/paths/" (path.id) } { (view.identity.value.name) } },
        html! { (path.word) },
        html! { (said::next(path)) },
        html! {
            @if let Some((_, due)) = path.next_due() { (said::day(due)) " " }
            @if let Some(ended) = path.ended { (said::day(ended)) " " }
            (said::seen(path.seen(today)))
        },
    ]
}
