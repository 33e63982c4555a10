//! Everything that can be printed without opening somebody's record.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};
use press::{Change, Paper};
use serde::Deserialize;

use super::{around, layouts, shown};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Link, Weight};
use crate::front::{Asked, Place, Problem};
use crate::networks::Text;
use crate::papers::rules::{Run, blank_application};
use crate::papers::store;
use crate::scope::{Actor, Right};

/// Runs shown below.
const RUNS: u32 = 50;

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let runs = store::list_runs(&mut asked.read().await?, &asked.deed, RUNS).await?;
    let mine = |run: &Run| run.staff.map(Actor::Staff) == Some(asked.deed.scope.actor);
    let runs: Vec<Run> = runs.into_iter().filter(mine).collect();
    let to = |label, href| look::button_link(Weight::Secondary, Link::new(label, href));
    let body = html! {
        @if !runs.is_empty() { (look::section("用意した印刷物", listed(&runs))) }
        (look::section("用紙（記入用）", html! {
            p { "何も入っていない用紙です。登録者の内容を入れたものは、その方のページの「書類を印刷する」から。" }
            div.buttons {
                (look::act(Weight::Secondary, "申請書兼同意書（PDF）", "", "/papers/blank", &[("paper", "application")]))
                (look::act(Weight::Secondary, "変更・廃止届（PDF）", "", "/papers/blank", &[("paper", "change")]))
            }
        }))
        @if asked.may(Right::Triage) || asked.may(Right::ManageTown) {
            (look::section("貼り出すもの", html! {
                p { "町の方が気づいたことを知らせるフォームのポスターです。QRコードと、センターの電話番号が入ります。" }
                (look::act(Weight::Secondary, "気づきのポスター（A4・PDF）", "", "/papers/poster", &[]))
            }))
        }
        @if asked.may(Right::ReadPeople) {
            (look::section("まとめて印刷する", html! {
                div.buttons {
                    (to("更新のはがき", "/papers/postcards"))
                    (to("更新の一覧（紙）", "/papers/worklist"))
                    (to("夜間台帳", "/papers/ledger"))
                }
            }))
        }
        @if asked.may(Right::OrderTags) {
            (look::section("シールの位置合わせ", look::form("/papers/outlines", html! {
                p { "ふつうの紙に枠だけを刷り、ラベル用紙に重ねて、ずれを確かめます。シールは、タグのページか、発行した番号のページから印刷します。" }
                (layouts(""))
                (look::buttons("枠を開く（PDF）", None))
            })))
        }
        @if asked.may(Right::ManageTown) {
            (look::section("町のマークと文面", html! {
                p { (look::text_link(Link::new("町のマークを入れる", "/papers/sign"))) }
                p { (look::text_link(Link::new("書類の文面を直す", "/town/texts"))) }
            }))
        }
    };
    asked.page(Place::Papers, "印刷物", body)
}

fn listed(runs: &[Run]) -> Markup {
    let head = ["印刷物", "用意した時", "できた数"].map(Head::new);
    let rows: Vec<Vec<Markup>> = runs
        .iter()
        .map(|run| {
            let at = in_japan(run.at).strftime("%-m月%-d日 %H:%M").to_string();
            vec![
                html! { a href={ "/papers/runs/" (run.id) } { (run.kind.word()) } },
                html! { (at) },
                html! { (run.done) " / " (run.total) },
            ]
        })
        .collect();
    look::table("7日のあいだ、ここに残ります", &head, &rows)
}

/// Which form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Blank {
    paper: String,
}

/// A form that says nothing of anybody.
pub async fn blank(asked: Asked, Form(typed): Form<Blank>) -> Result<Response, Problem> {
    let paper = match typed.paper.as_str() {
        "application" => {
            let words = asked.words(Text::PaperConsent).await?;
            Paper::Application(Box::new(blank_application(words)))
        }
        "change" => Paper::Change(Change::default()),
        _ => return Err(Problem::NotFound),
    };
    let mut surround = around(&asked, asked.deed.scope.center).await?;
    surround.printed_by = String::new();
    shown(surround, paper, &typed.paper).await
}
