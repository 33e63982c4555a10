//! What was observed lately.

use jiff::ToSpan as _;
use maud::{Markup, html};

use super::about::said;
use super::whom::name_of;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Tone};
use crate::front::{Asked, Problem};
use crate::notices;
use crate::people::Names;
use crate::people::said::day;
use crate::scope::Actor;
use crate::station::courses::{Side, sided};
use crate::station::watch::store;

/// So many days are listed.
const LATELY: i64 = 60;
/// So many at most.
const MOST: i64 = 200;

/// The list.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let since = in_japan(asked.deed.now)
        .date()
        .saturating_sub(LATELY.days());
    let mut conn = asked.read().await?;
    let list = store::list_lately(&mut conn, &asked.deed, since, MOST).await?;
    let signs = notices::list_signs(&mut conn, &asked.deed).await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let title = "様子の記録の一覧";
    let of_list = Line::new(Verb::Saw, None, Fields::NOTHING).saying(title);
    let registered = list.iter().filter_map(|one| one.person);
    let lines =
        registered.map(|person| Line::new(Verb::Saw, Some(person), Fields::NOTHING).saying(title));
    let lines: Vec<Line> = lines.chain([of_list]).collect();
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    let mut conn = asked.read().await?;
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for one in &list {
        let name = name_of(&mut conn, &asked, one.about).await?;
        rows.push(vec![
            html! { a href={ "/station/watch/" (one.id) } { (day(one.day)) span.unseen { "：" (name) } } },
            html! { a href=(super::whom::path(one.about)) { (name) } @if one.is_urgent() { " " (look::chip(Tone::Warning, "確かめる")) } },
            said(one, &signs),
            html! { (names.actor(Actor::Staff(one.by))) },
        ]);
    }
    drop(conn);
    let head = ["見た日", "だれのこと", "気になったこと", "書いた人"].map(Head::new);
    let body = html! {
        p { a href="/station/watch/week" { "来る様子の一覧（いつもと変わった方）" } }
        p { "ステーションで会った方の、歩き方、身なり、元気、聞こえなど、気になったことを書きとめます。"
            "書くときは、" a href="/station/supporters" { "サポーター" } "か" a href="/people" { "登録者" } "の画面から「様子を書く」を開いてください。" }
        @if rows.is_empty() {
            (look::empty("この60日に書かれた記録はありません", "小さな変化でも、重なると大事な手がかりになります。", None))
        } @else {
            p { "この60日の記録です。担当センターの登録者と、登録のないサポーターのものが並びます。" }
            (look::table("様子の記録", &head, &rows))
            (asked.export("observations"))
        }
    };
    sided(&asked, Side::Watch, "様子の記録", body)
}
