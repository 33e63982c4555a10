//! The days of today.

use maud::{Markup, html};

use super::screen::{path, roll};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Tone, chip};
use crate::front::{Asked, Problem};
use crate::station::courses::{self, Side, sided};
use crate::station::door::rules::Part;
use crate::station::door::store;

/// The days of today, one touch from each door.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let mut conn = asked.read().await?;
    let days = courses::list_between(&mut conn, &asked.deed, today, today).await?;
    let mut rows = Vec::new();
    for day in days {
        let count = store::list_here(&mut conn, &asked.deed, day.id)
            .await?
            .len();
        let taken = store::roll_of(&mut conn, &asked.deed, day.id, count).await?;
        rows.push(vec![
            html! { (day.details.hours.to_string()) },
            html! { a href=(path(day.id, Part::Participant)) { (day.details.title) } },
            html! { (count) "人" },
            html! { @if day.state == courses::State::Planned { (roll(taken)) } @else { (chip(Tone::Danger, "中止")) } },
        ]);
    }
    drop(conn);
    let head = ["時間", "講座", "来た方", "受付"].map(Head::new);
    let body = html! {
        @if rows.is_empty() {
            (look::empty("今日の講座はありません", "ほかの日の受付は、カレンダーで回を選び、申し込みの画面から開けます。", None))
        } @else { (look::table("今日の講座", &head, &rows)) }
    };
    sided(&asked, Side::Door, "今日の受付", body)
}
