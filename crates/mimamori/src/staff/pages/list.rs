//! All accounts of the town.

use std::collections::HashMap;

use jiff::Timestamp;
use maud::{Markup, html};

use super::state_chip;
use crate::front::look::{Head, Link, Weight, button_link, table, text_link};
use crate::front::{Asked, Place, Problem};
use crate::networks;
use crate::staff::rules::Account;
use crate::staff::store;

/// Names of centers and organisations, by their number.
pub(super) type Names = HashMap<i64, String>;

/// The names that accounts are shown with.
pub(super) async fn names(asked: &Asked) -> Result<Names, Problem> {
    let mut conn = asked.read().await?;
    let centers = networks::list_centers(&mut conn, &asked.deed.scope).await?;
    let organisations = networks::list_organisations(&mut conn, &asked.deed.scope).await?;
    let centers = centers.into_iter().map(|center| (center.id.0, center.name));
    Ok(centers
        .chain(organisations.into_iter().map(|of| (of.id.0, of.name)))
        .collect())
}

/// Where an account works, in words.
pub(super) fn work_place(account: &Account, names: &Names) -> String {
    let center = account.place.center.map(|center| center.0);
    let id = center.or(account.place.organisation.map(|of| of.0));
    id.and_then(|id| names.get(&id).cloned())
        .unwrap_or_default()
}

/// The list.
pub async fn show(asked: Asked) -> Result<Markup, Problem> {
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let mut accounts = store::list_accounts(&mut asked.read().await?, scope, keys).await?;
    accounts.retain(|account| !account.is_system());
    let names = names(&asked).await?;
    let rows: Vec<Vec<Markup>> = accounts
        .iter()
        .map(|account| row(account, &names, asked.deed.now))
        .collect();
    let head = [
        "名前",
        "役割",
        "所属",
        "メールアドレス",
        "二段階認証",
        "状態",
    ]
    .map(Head::new);
    let body = html! {
        p {
            (button_link(Weight::Primary, Link::new("職員を招待する", "/staff/invite"))) " "
            (text_link(Link::new("役割ごとにできること", "/rights")))
        }
        p { (accounts.len()) "人 " (text_link(Link::new("外部システム（トークンで接続）", "/staff/systems"))) }
        (table("職員", &head, &rows))
        (asked.export("staff"))
    };
    asked.page(Place::Staff, "職員", body)
}

fn row(account: &Account, names: &Names, now: Timestamp) -> Vec<Markup> {
    let factor = if account.second_factor.is_some() {
        "設定済み"
    } else {
        "なし"
    };
    vec![
        html! { (text_link(Link::new(&account.card.name, &format!("/staff/{}", account.id)))) },
        html! { (account.place.role.word()) },
        html! { (work_place(account, names)) },
        html! { @if !account.is_tablet() { (account.card.email) } },
        html! { (factor) },
        state_chip(account, now),
    ]
}
