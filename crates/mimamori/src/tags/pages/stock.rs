//! What is in stock, and what was ordered.

use maud::{Markup, html};

use super::said;
use crate::front::look::{self, Head, Link, Weight};
use crate::front::{Asked, Place, Problem};
use crate::scope::Right;
use crate::tags::rules::Batch;
use crate::tags::store;

/// Counts by state, and the batches.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let counts = store::count_states(&mut conn, &asked.deed.scope).await?;
    let batches = store::list_batches(&mut conn, &asked.deed).await?;
    let rows: Vec<Vec<Markup>> = counts
        .into_iter()
        .map(|(state, count)| vec![said::state(state), html! { (said::count(count)) }])
        .collect();
    let body = html! {
        (look::section("いまの番号", html! {
            (look::table("番号の状態ごとの数", &[Head::new("状態"), Head::figures("番号の数")], &rows))
            @if asked.may(Right::BindTags) {
                p { "交付と、町が以前に配った番号の登録は、登録者のページの「タグ」からできます。" }
                p { (look::button_link(Weight::Secondary, Link::new("登録者をさがす", "/people/search"))) }
            }
        }))
        @if asked.may(Right::OrderTags) { (look::section("発行した番号", ordered(&asked, &batches))) }
    };
    asked.page(Place::Tags, "タグ", body)
}

fn ordered(asked: &Asked, batches: &[Batch]) -> Markup {
    let new = look::button_link(
        Weight::Primary,
        Link::new("番号を発行する", "/tags/batches/new"),
    );
    if batches.is_empty() {
        let text =
            "番号を先にまとめて発行し、製作会社に一覧を渡して、キーホルダーやシールを作ります。";
        return look::empty("まだ番号がありません", text, Some(new));
    }
    let head = [
        Head::new("発行"),
        Head::figures("番号の数"),
        Head::new("1つの番号につける品物"),
        Head::new("製作用の一覧"),
        Head::new("メモ"),
    ];
    let rows: Vec<Vec<Markup>> = batches.iter().map(|batch| row(asked, batch)).collect();
    html! {
        (new)
        (look::table("発行した番号、新しい順", &head, &rows))
    }
}

fn row(asked: &Asked, batch: &Batch) -> Vec<Markup> {
    let now = asked.deed.now;
    vec![
        html! { a href={ "/tags/batches/" (batch.id) } { (said::moment(batch.ordered_at, now)) } },
        html! {
            (said::count(batch.order.count))
            @if batch.is_in_making() { " " (look::chip(look::Tone::Notice, "作成中")) }
        },
        html! { (batch.order.mix.words()) },
        html! { @match batch.taken_at { Some(at) => { (said::moment(at, now)) "に書き出し" } None => "まだです" } },
        html! { (batch.order.note) },
    ]
}
