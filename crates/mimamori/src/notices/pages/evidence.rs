//! The sum of a notice and of those beside it, line by line: what is shown adds up.

use maud::{Markup, html};

use super::list::points;
use crate::front::look::{self, Head};
use crate::notices::rules::{Evidence, Notice, Sign, find_sign};

/// The table, and what it is for.
pub fn part(evidence: &Evidence, of: &Notice, all: &[Notice], signs: &[Sign]) -> Markup {
    let head = [
        Head::new("届いた日"),
        Head::new("気づいたこと"),
        Head::figures("いまの重み"),
        Head::figures("確かさ"),
        Head::figures("同じ人から"),
        Head::figures("足される分"),
    ];
    let mut rows: Vec<Vec<Markup>> = evidence
        .lines
        .iter()
        .map(|line| {
            let notice = all.iter().find(|one| one.id == line.notice);
            let words = notice.map(|notice| names(notice, signs)).unwrap_or_default();
            let day = line.on.strftime("%-m月%-d日").to_string();
            let here = line.notice == of.id;
            vec![
                html! { @if here { (day) "（この気づき）" } @else { a href={ "/notices/" (line.notice) } { (day) } } },
                html! { (words) @if line.safe { "（無事とわかったので4分の1）" } },
                html! { (points(line.signs)) },
                html! { "×" (points(line.sure)) },
                html! { @if line.share == 1000 { "―" } @else { "×" (share(line.share)) } },
                html! { strong { (points(line.tenths)) } },
            ]
        })
        .collect();
    let blank = || html! {};
    rows.push(vec![
        html! { "合計" },
        blank(),
        blank(),
        blank(),
        blank(),
        html! { strong { (points(evidence.tenths())) } },
    ]);
    look::section(
        "重なり",
        html! {
            p { "同じ方、同じ世帯、同じ場所についての気づきを足した目安です。日がたつと小さくなり、同じ人からの知らせは2件目から小さく数えます。順番を決めるためのもので、危険の度合いや、その方の状態を表すものではありません。" }
            (look::table("重なりの内訳", &head, &rows))
        },
    )
}

fn names(notice: &Notice, signs: &[Sign]) -> String {
    let known = notice
        .words
        .signs
        .iter()
        .filter_map(|code| find_sign(signs, code));
    let names: Vec<&str> = known.map(|sign| sign.ja.as_str()).collect();
    match names.is_empty() {
        true => "そのほか".to_owned(),
        false => names.join("／"),
    }
}

/// Thousandths as a figure.
fn share(thousandths: i64) -> String {
    if thousandths == 0 {
        return "0.001未満".to_owned();
    }
    let text = format!("0.{thousandths:03}");
    text.trim_end_matches('0').to_owned()
}
