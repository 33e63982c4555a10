//! The strip of a year as a small picture, drawn on the server; the same stands in a table below.

use maud::{Markup, html};

use crate::front::look::{self, Head};
use crate::station::change::rules::{Known, Strip};

/// A week and the room around it.
const STEP: usize = 5;
/// Height of one visit.
const VISIT: usize = 8;
/// More visits in a week than these are drawn as these.
const MOST: u32 = 5;
const FLOOR: usize = 5 * 8 + 4;

/// The picture and its table.
pub fn strip(of: &Strip, name: &str) -> Markup {
    let width = STEP * of.weeks.len();
    let months = of.months();
    let told: Vec<String> = months
        .iter()
        .map(|(month, came)| format!("{month} {came}回"))
        .collect();
    let told = format!("{name}さんが来た回数：{}", told.join("、"));
    let head = [Head::new("月"), Head::figures("来た回数")];
    let rows: Vec<Vec<Markup>> = months
        .iter()
        .map(|(month, came)| vec![html! { (month) }, html! { (came) }])
        .collect();
    html! {
        (look::scroll_region("この1年に来た回数（1目盛りが1週間）", html! {
            svg role="img" aria-label=(told) width=(width) height=(FLOOR + 20)
                viewBox={ "0 0 " (width) " " (FLOOR + 20) } fill="currentColor" font-size="12" {
                line x1="0" x2=(width) y1=(FLOOR) y2=(FLOOR) stroke="currentColor" {}
                @for at in 0..of.weeks.len() { (week(of, at)) }
            }
        }))
        small { "棒の高さは、その週に来た回数。下の点は前もって聞いた不在、短い線は休みや記録のない週。" }
        details { summary { "月ごとの回数を表で見る" } (look::table("月ごとの来た回数", &head, &rows)) }
    }
}

fn week(of: &Strip, at: usize) -> Markup {
    let (left, week) = (at * STEP, &of.weeks[at]);
    let height = week.came.min(MOST) as usize * VISIT;
    let begins = of.begins(at);
    let first_of_month = begins.day() <= 7;
    html! {
        @if week.came > 0 { rect x=(left + 1) y=(FLOOR - height) width=(STEP - 2) height=(height) {} }
        @else if week.known == Known::Away { circle cx=(left + STEP / 2) cy=(FLOOR - 4) r="2" {} }
        @else if week.known == Known::Nothing { line x1=(left + 2) x2=(left + STEP - 2) y1=(FLOOR - 3) y2=(FLOOR - 3) stroke="currentColor" {} }
        @if first_of_month && begins.month() % 2 == 0 { text x=(left) y=(FLOOR + 14) { (begins.month()) "月" } }
    }
}
