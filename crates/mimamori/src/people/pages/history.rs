//! Who changed what, when, from what to what.

use axum::extract::Path;
use jiff::Timestamp;
use maud::{Markup, html};

use super::gate::{self, Stop};
use super::names::Names;
use super::{person_of, said};
use crate::audit::Fields;
use crate::front::look::{self, Event, Link};
use crate::front::{Asked, Place};
use crate::ids::CenterId;
use crate::people::rules::{Change, Difference, Group};
use crate::people::store;

/// So many changes are shown; nobody's record has come near it.
const MOST: u32 = 500;

/// Every change of a record.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let id = person_of(&person)?;
    let fields = Group::all_fields().and(Fields::HISTORY);
    gate::witness(&asked, id, fields).await?;
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let mut changes = store::changes::list(&mut conn, &asked.deed, id, MOST).await?;
    let merged = store::list_merged_into(&mut conn, &asked.deed, id).await?;
    for record in &merged {
        let theirs = store::changes::list(&mut conn, &asked.deed, *record, MOST).await?;
        changes.extend(theirs);
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.id));
    let back = format!("/people/{id}");
    let body = html! {
        p { (look::text_link(Link::new("記録にもどる", &back))) }
        @if !merged.is_empty() { p { "まとめた記録の履歴も、いっしょに新しい順に並べています。" } }
        (events(&changes, &names, asked.deed.now))
    };
    Ok(asked.page(Place::People, "変更の履歴", body)?)
}

/// Changes as a timeline.
pub fn events(changes: &[Change], names: &Names, now: Timestamp) -> Markup {
    if changes.is_empty() {
        return html! { p { "登録してから変更はありません。" } };
    }
    let events: Vec<Event<'_>> = changes
        .iter()
        .map(|change| Event {
            when: said::moment(change.at, now),
            who: names.actor(change.by),
            what: what(change, names),
        })
        .collect();
    look::timeline(&events)
}

fn what(change: &Change, names: &Names) -> Markup {
    html! {
        p { strong { (word(change)) } }
        dl.changes { @for one in &change.differences {
            dt { (one.field) }
            dd { (side(one, &one.from, names)) " → " (side(one, &one.to, names)) }
        } }
    }
}

fn word(change: &Change) -> &'static str {
    match &*change.what {
        "standing" => "登録の状態・担当センター",
        "standing_undone" => "登録の状態の取り消し",
        "photo" => "顔写真",
        "merged" => "記録の統合",
        "parted" => "統合の取り消し",
        group => Group::from_code(group).map_or("記録", Group::word),
    }
}

/// The newest changes beside the record: what was touched, not from what to what.
pub fn recent(changes: &[Change], names: &Names, now: Timestamp) -> Markup {
    if changes.is_empty() {
        return html! { p { "登録してから変更はありません。" } };
    }
    let events: Vec<Event<'_>> = changes
        .iter()
        .map(|change| Event {
            when: said::moment(change.at, now),
            who: names.actor(change.by),
            what: html! { (word(change)) "（" (change.differences.len()) "項目）" },
        })
        .collect();
    look::timeline(&events)
}

/// A center is kept by its id, which is read as its name.
fn side(one: &Difference, text: &str, names: &Names) -> Markup {
    let center = (one.field == "担当センター").then(|| text.parse::<CenterId>().ok());
    match center.flatten() {
        Some(center) => html! { (names.center(Some(center))) },
        None if text.is_empty() => html! { span.none { "（なし）" } },
        None => html! { (text) },
    }
}
