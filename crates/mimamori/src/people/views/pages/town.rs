//! What the town's administrator reads of it: counts by center, nobody's name.

use std::collections::HashMap;

use maud::{Markup, html};

use crate::front::look::{self, Head, Tone};
use crate::front::{Asked, Problem};
use crate::ids::CenterId;
use crate::networks::{self, Side};
use crate::people::views::store::{self, Counts};
use crate::scope::Role;
use crate::staff::{self, Account, AccountState};

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let deed = &asked.deed;
    let mut conn = asked.read().await?;
    let centers = networks::list_centers(&mut conn, &deed.scope).await?;
    let accounts = staff::list_accounts(&mut conn, &deed.scope, &deed.keys).await?;
    let counts: HashMap<CenterId, Counts> =
        store::counts(&mut conn, deed).await?.into_iter().collect();
    drop(conn);
    let leads = |account: &&Account, center: CenterId| {
        let place = account.place;
        (place.role, place.center) == (Role::CenterHead, Some(center))
            && account.state == AccountState::Active
            && account.term.holds(deed.now)
    };
    let rows: Vec<Vec<Markup>> = centers
        .iter()
        .map(|center| {
            let heads = accounts.iter().filter(|one| leads(one, center.id)).count();
            let counts = counts.get(&center.id).copied().unwrap_or_default();
            row(&center.name, heads, counts)
        })
        .collect();
    let head = [
        Head::new("センター"),
        Head::new("センター長"),
        Head::figures("残り"),
        Head::figures("目的あり"),
        Head::figures("見張り"),
        Head::figures("答え待ち"),
        Head::figures("長の閲覧"),
    ];
    let body = html! {
        p { "この8週間に、理由の分からないまま残っている閲覧の数です。だれがだれを見たかは、そのセンターのセンター長だけが確かめます。" }
        p { "「目的あり」は目的を入れてひらいたもの、「見張り」は架空の方の記録をひらいたもの、「長の閲覧」はセンター長自身の閲覧で、どれも「残り」のうちの数です。" }
        p { "センター長がいないセンターと、センター長自身の閲覧は、ここで数を見て、監査の担当者と確かめてください。" }
        (look::table("センターごとの数", &head, &rows))
    };
    networks::settings_page(&asked, Side::Views, "閲覧の確認", body)
}

fn row(name: &str, heads: usize, counts: Counts) -> Vec<Markup> {
    let head = match heads {
        0 => look::chip(Tone::Warning, "いません"),
        of => html! { (of) "人" },
    };
    let figure = |number: i64| html! { (number) };
    vec![
        html! { (name) },
        head,
        figure(counts.all),
        figure(counts.purposes),
        figure(counts.canaries),
        figure(counts.asked),
        figure(counts.heads),
    ]
}
