//! Everybody who is leaving, the first due first.

use maud::{Markup, html};

use super::{path, said};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Link, Tone, chip, table};
use crate::front::{Asked, Place, Problem};
use crate::leaving::rules::{Leaving, State};
use crate::leaving::store;
use crate::people::{self, DeskView};

/// More are not listed; the count says so.
const MOST: i64 = 200;

/// The list.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let open = store::list_open(&mut conn, &asked.deed, MOST).await?;
    let erased = store::count_erasures(&mut conn, &asked.deed).await?;
    drop(conn);
    let sight = |one: &Leaving| {
        Line::new(Verb::Saw, Some(one.person), Fields::IDENTITY).saying("転出・消去の予定の一覧")
    };
    audit::witness_all(asked.db(), &asked.deed, open.iter().map(sight).collect()).await?;
    let mut conn = asked.read().await?;
    let mut rows = Vec::new();
    for leaving in &open {
        let view = people::find_for_desk(&mut conn, &asked.deed, leaving.person).await?;
        rows.extend(view.map(|view| row(&asked, leaving, &view)));
    }
    let head = ["お名前", "手続き", "消去の日", "いま"].map(Head::new);
    let body = html! {
        p { "転出・死亡・とりやめ・消去の手続きは、それぞれの方の記録の「転出・死亡・とりやめ・消去」から始めます。" }
        @if rows.is_empty() {
            (look::empty("いま、進んでいる手続きはありません", "手続きが始まると、消去の日が近い順にここに並びます。", None))
        } @else {
            p { (rows.len()) "件" @if open.len() as i64 == MOST { "（消去の日が近い順に" (MOST) "件まで）" } }
            (table("進んでいる手続き", &head, &rows))
            (asked.export("leavings"))
        }
        p { "これまでに消去した記録：" (erased) "件" }
        p { (look::text_link(Link::new("登録者の一覧にもどる", "/people"))) }
    };
    asked.page(Place::People, "転出・消去の予定", body)
}

fn row(asked: &Asked, leaving: &Leaving, view: &DeskView) -> Vec<Markup> {
    let today = in_japan(asked.deed.now).date();
    let tone = match leaving.state {
        State::Waiting if leaving.due <= today => Tone::Warning,
        _ => Tone::Plain,
    };
    vec![
        html! { a href=(path(leaving.person)) { (view.identity.value.name) } },
        html! { (leaving.kind.word()) },
        html! { (said::day(leaving.due)) br; small { (said::left(leaving.due, today)) } },
        chip(tone, leaving.state.word()),
    ]
}
