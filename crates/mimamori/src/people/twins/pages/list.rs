//! The list of pairs, the likeliest first.

use std::collections::{BTreeSet, HashMap};

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Pager, Tab};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::pages::names::Names;
use crate::people::pages::said;
use crate::people::rules::{Identity, Refusal, Standing};
use crate::people::store as people;
use crate::people::twins::rules::{Pair, PairState, shown};
use crate::people::twins::store::pairs::{self, PAGE, Which};

/// What part is asked for: `?state=later&center=all&page=2`.
#[derive(Deserialize)]
pub struct Part {
    state: Option<String>,
    center: Option<String>,
    page: Option<u32>,
}

/// One page of pairs.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let state = part.state.as_deref().and_then(PairState::from_code);
    let all = part.center.as_deref() == Some("all");
    let which = Which {
        state: state.unwrap_or(PairState::Open),
        center: asked.deed.scope.center.filter(|_| !all),
    };
    let page = part.page.unwrap_or(1).max(1);
    let mut conn = asked.read().await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let total = pairs::count(&mut conn, &asked.deed, which).await?;
    let listed = pairs::list(&mut conn, &asked.deed, which, page - 1).await?;
    let ids: BTreeSet<PersonId> = listed
        .iter()
        .flat_map(|pair| [pair.one, pair.two])
        .collect();
    let sight = |id: &PersonId| Line::new(Verb::Saw, Some(*id), Fields::IDENTITY);
    let lines = ids
        .iter()
        .map(|id| sight(id).saying("同じ方かもしれない記録の一覧"));
    audit::witness_all(asked.db(), &asked.deed, lines.collect()).await?;
    let mut known = HashMap::new();
    for id in ids {
        let identity = people::find_group::<Identity>(&mut conn, &asked.deed, id).await?;
        let standing = people::find_standing(&mut conn, &asked.deed, id).await?;
        let both = identity.zip(standing).ok_or(Refusal::NotFound)?;
        known.insert(id, (both.0.value, both.1));
    }
    let body = html! {
        (views(&asked, which))
        @if listed.is_empty() { (nobody(which.state)) } @else {
            (table(&asked, &listed, &known, &names))
            (pager(which, page, total))
            (asked.export("twins"))
        }
    };
    asked.page(Place::People, "同じ方かもしれない記録", body)
}

fn views(asked: &Asked, which: Which) -> Markup {
    let center = if which.center.is_none() {
        "&center=all"
    } else {
        ""
    };
    let views = [
        (PairState::Open, "確かめる組"),
        (PairState::Later, "あとで見る組"),
        (PairState::Other, "別の人と確かめた組"),
    ];
    let hrefs = views.map(|(state, _)| format!("/twins?state={}{center}", state.code()));
    let tabs: Vec<Tab> = views
        .iter()
        .zip(&hrefs)
        .map(|((state, label), href)| Tab {
            label,
            href,
            count: None,
            current: *state == which.state,
        })
        .collect();
    let state = which.state.code();
    let (own, every) = (
        format!("/twins?state={state}"),
        format!("/twins?state={state}&center=all"),
    );
    let all = which.center.is_none();
    html! {
        (look::tabs("組の種類", &tabs))
        @if asked.deed.scope.center.is_some() {
            (look::tabs("表示", &[
                Tab { label: "自分のセンター", href: &own, count: None, current: !all },
                Tab { label: "町のすべて", href: &every, count: None, current: all },
            ]))
        }
    }
}

fn nobody(state: PairState) -> Markup {
    let words = match state {
        PairState::Open => {
            "新しい登録や変更があると、夜のあいだに全員とくらべて、同じ方かもしれない組がここに並びます。"
        }
        PairState::Later => "「あとで」とした組がここに並びます。",
        PairState::Other => {
            "「別の人」と確かめた組がここに並びます。記録が変わるまで、もう一度はおたずねしません。"
        }
    };
    look::empty("この種類の組はありません", words, None)
}

fn table(
    asked: &Asked,
    listed: &[Pair],
    known: &HashMap<PersonId, (Identity, Standing)>,
    names: &Names,
) -> Markup {
    let head = [
        Head::new("記録1"),
        Head::new("記録2"),
        Head::figures("合計"),
        Head::new("確かめる"),
    ];
    let rows: Vec<Vec<Markup>> = listed
        .iter()
        .map(|pair| {
            let who = |id: PersonId| html! {
                @if let Some((identity, standing)) = known.get(&id) {
                    (identity.name) br;
                    small { (said::born(&identity.born, in_japan(asked.deed.now).date())) " ・ " (names.center(standing.center)) }
                }
            };
            vec![
                who(pair.one),
                who(pair.two),
                html! { (shown(pair.score)) },
                html! {
                    a href={ "/twins/" (pair.one) "/" (pair.two) } { "見くらべる" }
                    @if !pair.words.reason.is_empty() { br; small { "前の理由：" (pair.words.reason) } }
                },
            ]
        })
        .collect();
    look::table("組の一覧", &head, &rows)
}

fn pager(which: Which, page: u32, total: i64) -> Markup {
    let first = i64::from(page - 1) * i64::from(PAGE) + 1;
    let last = (first + i64::from(PAGE) - 1).min(total);
    let center = if which.center.is_none() {
        "&center=all"
    } else {
        ""
    };
    let href = |page: u32| format!("/twins?state={}{center}&page={page}", which.state.code());
    let (before, after) = (href(page.saturating_sub(1)), href(page + 1));
    look::pager(&Pager {
        shown: &format!("{total}組中 {first}–{last}組目"),
        before: (page > 1).then_some(&*before),
        after: (last < total).then_some(&*after),
    })
}
