//! What the head of a center sees at a glance: who carries how much, what stands still, what waits
//! for a second pair of eyes.

use jiff::civil::Date;
use maud::{Markup, html};

use super::parts::{moment, who};
use super::path;
use crate::audit::{self, Fields, Line, Verb};
use crate::cases::store::{self, Load};
use crate::clock::{in_japan, instant};
use crate::front::look::{self, Head, Link};
use crate::front::{Asked, Place, Problem};
use crate::ids::{CaseId, CenterId};
use crate::people::Names;

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let center = asked.deed.scope.center.ok_or(Problem::Forbidden)?;
    let line = Line::new(Verb::Saw, None, Fields::NOTHING).saying("職員ごとの支援");
    audit::witness(asked.db(), &asked.deed, line).await?;
    let mut conn = asked.read().await?;
    let deed = &asked.deed;
    let settings = store::find_settings(&mut conn, deed, center).await?;
    let loads = store::list_load(&mut conn, deed, center, settings.quiet_days).await?;
    let unreviewed = store::list_unreviewed(&mut conn, deed, center).await?;
    let doubled = store::list_doubled(&mut conn, deed, center).await?;
    let elsewhere = store::list_elsewhere(&mut conn, deed, center).await?;
    let names = Names::read_all(&mut conn, deed).await?;
    drop(conn);
    let today = in_japan(deed.now).date();
    let head = [
        Head::new("担当"),
        Head::figures("支援中"),
        Head::figures("半年をこえた"),
        Head::figures("連絡のない"),
        Head::figures("遅れた予定"),
        Head::new("いちばん古い支援"),
    ];
    let rows: Vec<Vec<Markup>> = loads.iter().map(|load| row(load, &names, today)).collect();
    let body = html! {
        p { (names.center(Some(center))) "　" (look::text_link(Link::new("支援の一覧", "/cases?list=center")))
            "　" (look::text_link(Link::new("支援の決まり", "/cases/settings"))) }
        @if rows.is_empty() {
            (look::empty("支援はまだありません", "支援が始まると、担当ごとの数がここに並びます。", None))
        } @else { (look::table("担当ごとの支援", &head, &rows)) }
        (look::section("2人目の確認を待っているもの", html! {
            @if unreviewed.is_empty() { p { "ありません。" } }
            ul { @for (case, number, at) in &unreviewed {
                li { a href=(path(*case)) { "支援 第" (number) "号" } "　" (moment(instant(*at))) "から" }
            } }
        }))
        (same_person(&doubled, &elsewhere, &names))
    };
    asked.page(Place::Cases, "職員ごとのようす", body)
}

/// Whoever began the second may not be told of the first; the head is (docs/decisions/0030).
fn same_person(
    doubled: &[store::Pair],
    elsewhere: &[(CaseId, i64, CenterId)],
    names: &Names,
) -> Markup {
    let link =
        |case: CaseId, number: i64| html! { a href=(path(case)) { "支援 第" (number) "号" } };
    look::section(
        "同じ方の支援が2つあるもの",
        html! {
            @if doubled.is_empty() && elsewhere.is_empty() { p { "ありません。" } }
            @else { p { "あとから始めた職員は、前の支援を見られないことがあります。担当どうしをつなぐか、どちらかにまとめてください。支援を「関連する支援」として結ぶと、この一覧から消えます。" } }
            ul {
                @for [(one, first), (two, second)] in doubled {
                    li { (link(*one, *first)) " と " (link(*two, *second)) }
                }
                @for (case, number, center) in elsewhere {
                    li { (link(*case, *number)) "　" (names.center(Some(*center))) "でも、この方を支援しています。くわしいことは、そのセンターのセンター長に聞いてください。" }
                }
            }
        },
    )
}

fn row(load: &Load, names: &Names, today: Date) -> Vec<Markup> {
    let lead = match load.lead {
        Some(_) => who(names, load.lead),
        None => "担当が決まっていません".to_owned(),
    };
    let since = in_japan(instant(load.since)).date();
    let days = (today - since).get_days();
    vec![
        html! { (lead) },
        html! { (load.open) },
        html! { (load.old) },
        html! { (load.silent) },
        html! { (load.late) },
        html! { (since.strftime("%Y年%-m月%-d日").to_string()) "（" (days) "日）" },
    ]
}
