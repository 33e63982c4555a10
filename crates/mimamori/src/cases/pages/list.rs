//! Lists of cases.

use axum::extract::Query;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::gate::lines;
use super::parts::{day, lead};
use super::path;
use crate::audit;
use crate::audit::Fields;
use crate::cases::rules::{Access, Case, Refusal, State};
use crate::cases::store::{self, PAGE, Which};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Kind, Link, Pager, Tab, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::people::{self, Identity, Names};
use crate::scope::Right;

/// What is asked for: `?list=silent&page=2`.
#[derive(Deserialize)]
pub struct Part {
    #[serde(default)]
    list: String,
    page: Option<i64>,
}

fn word(which: Which) -> &'static str {
    match which {
        Which::Mine => "わたしの担当",
        Which::Center => "センターの支援",
        Which::Due => "予定の日が来た支援",
        Which::Silent => "連絡のない支援",
        Which::Closed => "終了した支援",
        Which::All => "すべての支援",
    }
}

/// One page of a list.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let which = Which::from_code(&part.list);
    let page = part.page.unwrap_or(1).clamp(1, 10_000);
    let mut conn = asked.read().await?;
    let deed = &asked.deed;
    let quiet = match deed.scope.center {
        Some(center) => {
            store::find_settings(&mut conn, deed, center)
                .await?
                .quiet_days
        }
        None => 0,
    };
    let listed = store::list(&mut conn, deed, which, page - 1, quiet).await?;
    let mut counts = Vec::new();
    for one in Which::ALL {
        counts.push(store::count(&mut conn, deed, one, quiet).await?);
    }
    let incoming = match deed.scope.center {
        Some(center) => store::list_incoming(&mut conn, deed, center).await?.len(),
        None => 0,
    };
    drop(conn);
    let table = table(&asked, &listed.cases, word(which)).await?;
    let body = html! {
        @if incoming > 0 { (look::notice(Tone::Warning, "引き継ぎの申し出が来ています", html! {
            p { (look::text_link(Link::new(&format!("{incoming}件の申し出を見る"), "/handovers"))) }
        })) }
        div.buttons {
            (look::button_link(Weight::Primary, Link::new("支援を始める", "/cases/new")))
            (look::button_link(Weight::Quiet, Link::new("引き継ぎ", "/handovers")))
            @if asked.may(Right::Lead) {
                (look::button_link(Weight::Quiet, Link::new("職員ごとのようす", "/cases/load")))
                (look::button_link(Weight::Quiet, Link::new("支援の決まり", "/cases/settings")))
            }
        }
        (search_form())
        (sides(which, &counts))
        (table)
        (pages(which, page, listed.more))
        (asked.export(match which {
            Which::All => "cases",
            Which::Closed => "cases&state=closed",
            Which::Mine | Which::Center | Which::Due | Which::Silent => "cases&state=open",
        }))
    };
    asked.page(Place::Cases, "支援", body)
}

/// The field that finds a case by its number or its person.
pub fn search_form() -> Markup {
    look::form(
        "/cases/search",
        html! {
            (look::field(&look::Field { name: "q", label: "支援をさがす",
                hint: "支援の番号、名前・フリガナ・電話・生年月日、または書いた言葉（2文字から）", kind: Kind::Search, ..look::Field::default() }))
            (look::buttons("さがす", None))
        },
    )
}

fn sides(which: Which, counts: &[i64]) -> Markup {
    let hrefs = Which::ALL.map(|one| format!("/cases?list={}", one.code()));
    let tabs: Vec<Tab<'_>> = Which::ALL
        .iter()
        .zip(&hrefs)
        .zip(counts)
        .map(|((one, href), count)| Tab {
            label: word(*one),
            href,
            count: u64::try_from(*count).ok(),
            current: *one == which,
        })
        .collect();
    look::tabs("支援の一覧", &tabs)
}

/// Cases as rows, after the lines of everybody who is named in them.
pub async fn table(asked: &Asked, cases: &[Case], caption: &str) -> Result<Markup, Problem> {
    if cases.is_empty() {
        return Ok(look::empty(
            "ここには、まだ支援がありません",
            "支援を始めると、ここに並びます。",
            None,
        ));
    }
    let mut conn = asked.read().await?;
    let (mut sights, mut abouts) = (Vec::new(), Vec::new());
    for case in cases {
        let whose = store::list_people(&mut conn, &asked.deed, case.id).await?;
        sights.extend(lines(case, &whose, Fields::IDENTITY));
        abouts.push(whose);
    }
    drop(conn);
    audit::witness_all(asked.db(), &asked.deed, sights).await?;
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let today = in_japan(asked.deed.now).date();
    let mut rows = Vec::new();
    for (case, whose) in cases.iter().zip(&abouts) {
        let mut about = Vec::new();
        for person in whose {
            about.extend(named(&mut conn, asked, *person, today).await?);
        }
        if about.is_empty() {
            about.push(case.body.about.clone());
        }
        rows.push(row(case, &about.join("、"), &names, today));
    }
    let head = ["支援", "どなた", "担当", "最後の連絡", "ようす"].map(Head::new);
    Ok(look::table(caption, &head, &rows))
}

async fn named(
    conn: &mut Conn,
    asked: &Asked,
    person: crate::ids::PersonId,
    today: Date,
) -> Result<Option<String>, Problem> {
    let identity = people::find_group::<Identity>(conn, &asked.deed, person).await;
    let identity = identity.map_err(Refusal::from)?;
    Ok(identity.map(|one| {
        let value = one.value;
        format!("{}（{}）", value.name, value.born.age_on(today))
    }))
}

fn row(case: &Case, about: &str, names: &Names, today: Date) -> Vec<Markup> {
    vec![
        html! { a href=(path(case.id)) { (case.name()) } },
        html! { (about) },
        lead(case, names),
        html! { (day(case.touched, today)) },
        html! {
            @match case.state {
                State::Open => (look::chip(Tone::Good, case.state.word())),
                State::Closed => (look::chip(Tone::Plain, case.state.word())),
            }
            @if case.access == Access::Named { " " (look::chip(Tone::Warning, "限定")) }
        },
    ]
}

fn pages(which: Which, page: i64, more: bool) -> Markup {
    let href = |page: i64| format!("/cases?list={}&page={page}", which.code());
    let (before, after) = (href(page - 1), href(page + 1));
    html! {
        @if page > 1 || more {
            (look::pager(&Pager {
                shown: &format!("{}件目から", (page - 1) * PAGE + 1),
                before: (page > 1).then_some(&*before),
                after: more.then_some(&*after),
            }))
        }
    }
}
