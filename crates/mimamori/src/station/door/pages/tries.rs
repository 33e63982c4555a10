//! Every try at a day and what came of it; without names, which stand on the screen.

use axum::extract::Path;
use maud::{Markup, html};

use super::{day_here, screen};
use crate::clock::in_japan;
use crate::front::look::{self, Head};
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::station::courses::{self, Side, sided};
use crate::station::door::rules::{Part, Tried};
use crate::station::door::store;

fn row(tried: &Tried) -> Vec<Markup> {
    vec![
        html! { (in_japan(tried.at).strftime("%-m月%-d日 %-H:%M:%S").to_string()) },
        html! { (tried.way.word()) },
        html! { (tried.part.word()) },
        html! { (tried.outcome.word()) },
    ]
}

/// The page.
pub async fn page(asked: Asked, Path(day): Path<RowId>) -> Result<Markup, Problem> {
    let day = day_here(&asked, day).await?;
    let mut conn = asked.read().await?;
    let tries = store::list_tries(&mut conn, &asked.deed, day.id).await?;
    drop(conn);
    let head = ["時刻", "方法", "役割", "結果"].map(Head::new);
    let rows: Vec<Vec<Markup>> = tries.iter().map(row).collect();
    let body = html! {
        p { a href=(screen::path(day.id, Part::Participant)) { (day.details.title) "　" (courses::day_words(day.day)) } }
        p { "カードの読み取りや番号の読み上げを含む、受付の操作の全部です。うまくいかなかったものも、理由といっしょに1年のあいだ残ります。" }
        @if rows.is_empty() {
            (look::empty("まだ操作はありません", "受付の画面で操作すると、ここに新しい順に並びます。", None))
        } @else { (look::table("受付の操作", &head, &rows)) }
    };
    sided(&asked, Side::Door, "受付の操作の記録", body)
}
