//! The pairs of one person, and what was merged into the record.

use axum::extract::Path;
use maud::{Markup, html};

use crate::audit::Fields;
use crate::clock::instant;
use crate::front::look::{self, Entry, Link};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::pages::names::Names;
use crate::people::pages::said;
use crate::people::pages::{Stop, witness};
use crate::people::rules::{Identity, Refusal};
use crate::people::store as people;
use crate::people::twins::rules::{Merge, Pair, PairState, shown};
use crate::people::twins::store::{merges, pairs};
use crate::scope::Actor;

/// Pairs and merges of one record.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let id: PersonId = person.parse().map_err(|_| Problem::NotFound)?;
    witness(&asked, id, Fields::IDENTITY).await?;
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let own = people::find_group::<Identity>(&mut conn, &asked.deed, id).await?;
    let own = own.ok_or(Refusal::NotFound)?.value;
    let found = pairs::list_of(&mut conn, &asked.deed, id).await?;
    let merged = merges::list(&mut conn, &asked.deed, id).await?;
    let body = html! {
        p { (look::text_link(Link::new("記録にもどる", &format!("/people/{id}")))) }
        (look::section("同じ方かもしれない記録", pairs_of(id, &found)))
        (look::section("まとめた記録", merges_of(&asked, &merged, &names)))
    };
    let title = format!("{}さんの重複の確認", own.name);
    Ok(asked.page(Place::People, &title, body)?)
}

/// Who the other is stands on the page of the two, behind its own purpose and line.
fn pairs_of(id: PersonId, found: &[Pair]) -> Markup {
    html! {
        @if found.is_empty() {
            p { "いまはありません。記録が変わると、夜のあいだにもう一度くらべます。" }
        }
        @for pair in found {
            @let other = if pair.one == id { pair.two } else { pair.one };
            p {
                a href={ "/twins/" (id) "/" (other) } { "見くらべる" }
                " 合計 " (shown(pair.score)) "（" (pair.state.word()) "）"
                @if pair.state == PairState::Other && !pair.words.reason.is_empty() { "：" (pair.words.reason) }
            }
        }
    }
}

fn merges_of(asked: &Asked, merged: &[Merge], names: &Names) -> Markup {
    if merged.is_empty() {
        return html! { p { "この記録にまとめた記録はありません。" } };
    }
    let rows: Vec<(String, Markup)> = merged
        .iter()
        .enumerate()
        .map(|(at, merge)| {
            let by = names.actor(merge.by.map_or(Actor::Program, Actor::Staff));
            let undo = format!("/twins/merges/{}", merge.id);
            let told = html! {
                (said::moment(instant(merge.at), asked.deed.now)) "に" (by) "がまとめました。"
                @if at == 0 { " " (look::text_link(Link::new("元にもどす", &undo))) }
                @else { " 新しいほうを先にもどすと、こちらももどせます。" }
            };
            (format!("{}つ目", merged.len() - at), told)
        })
        .collect();
    let entries = rows
        .iter()
        .map(|(label, told)| Entry::new(label, told.clone()));
    look::record(&entries.collect::<Vec<_>>())
}
