//! 「センター長」: what waits for whoever leads a center, and who works there.

use db::Conn;
use jiff::Timestamp;
use maud::{Markup, html};

use crate::audit::{self, Fields, Filter, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Link, Tone};
use crate::front::{Asked, Place, Problem};
use crate::ids::{CenterId, PersonId, StaffId};
use crate::networks;
use crate::people::pages::said;
use crate::people::views::acts::{Waiting, leads};
use crate::people::views::store;
use crate::people::{self, Identity};
use crate::staff::{self, Account};
use crate::tasks::{self, Whose};

/// The page.
pub async fn page(asked: Asked, waits: &'static [Waiting]) -> Result<Markup, Problem> {
    let (center, me) = leads(&asked.deed)?;
    let deed = &asked.deed;
    let mut conn = asked.read().await?;
    let views = store::count_open(&mut conn, deed, center, me).await?;
    let overdue = overdue(&mut conn, &asked, center).await?;
    let mut lines = vec![
        ("理由の分からない閲覧（今週の確認）", "/center/views", views),
        ("期限を過ぎた「やること」", "/", overdue),
    ];
    for wait in waits {
        let count = (wait.count)(&mut conn, deed, center).await?;
        lines.push((wait.word, wait.href, count));
    }
    let accounts = staff::list_accounts_of(&mut conn, &deed.scope, &deed.keys, center).await?;
    let mut rows = Vec::new();
    for account in accounts.iter().filter(|one| !one.is_system()) {
        let seen = last_sign_in(&mut conn, &asked, account.id).await?;
        rows.push(row(account, seen, deed.now));
    }
    let canaries = store::list_canaries(&mut conn, deed, center).await?;
    let canaries = named(&asked, &mut conn, &canaries).await?;
    let found = networks::find_center(&mut conn, &deed.scope, center).await?;
    let name = found.map_or_else(String::new, |center| center.name);
    let body = html! {
        (look::section("待っていること", waiting(&lines)))
        (look::table("職員", &["名前", "役割", "最後のログイン"].map(Head::new), &rows))
        (look::section("見張りの記録", watched(&canaries)))
    };
    asked.page(Place::Center, &name, body)
}

fn waiting(lines: &[(&str, &str, i64)]) -> Markup {
    let entries: Vec<look::Entry<'_>> = lines
        .iter()
        .map(|(word, href, count)| {
            let tone = if *count > 0 {
                Tone::Warning
            } else {
                Tone::Good
            };
            let mut entry = look::Entry::new(word, look::chip(tone, &format!("{count}件")));
            entry.act = Some(Link::new("ひらく", href));
            entry
        })
        .collect();
    look::record(&entries)
}

/// Tasks of the center, and the town's, whose day is over.
async fn overdue(conn: &mut Conn, asked: &Asked, center: CenterId) -> Result<i64, Problem> {
    let today = in_japan(asked.deed.now).date();
    Ok(tasks::count_overdue(conn, &asked.deed, Whose::Center(center), today).await?)
}

async fn last_sign_in(
    conn: &mut Conn,
    asked: &Asked,
    staff: StaffId,
) -> Result<Option<Timestamp>, Problem> {
    let filter = Filter {
        whose: None,
        staff: Some(staff),
        verb: Some(Verb::SignedIn),
        before: None,
        limit: 1,
    };
    let lines = audit::list_entries(conn, &asked.deed.scope, filter).await?;
    Ok(lines.first().map(|line| line.at))
}

fn row(account: &Account, seen: Option<Timestamp>, now: Timestamp) -> Vec<Markup> {
    vec![
        html! { (account.card.name) },
        html! { (account.place.role.word()) },
        match seen {
            Some(at) => said::moment(at, now),
            None => look::chip(Tone::Plain, "まだありません"),
        },
    ]
}

/// The names of canaries, after their lines are durable.
async fn named(
    asked: &Asked,
    conn: &mut Conn,
    ids: &[PersonId],
) -> Result<Vec<(PersonId, String)>, Problem> {
    let line = |id: &PersonId| Line::new(Verb::AuditRead, Some(*id), Fields::IDENTITY);
    if !ids.is_empty() {
        let lines = ids.iter().map(line).collect();
        audit::witness_all(asked.db(), &asked.deed, lines).await?;
    }
    let mut named = Vec::new();
    for id in ids {
        let found = people::find_group::<Identity>(conn, &asked.deed, *id).await?;
        named.extend(found.map(|kept| (*id, kept.value.name.to_string())));
    }
    Ok(named)
}

fn watched(canaries: &[(PersonId, String)]) -> Markup {
    html! {
        p { "だれにもひらく理由のない、架空の方の記録です。だれかがひらくと、理由にかかわらず閲覧の確認のいちばん上に出ます。登録者の記録の画面で決めます。" }
        @if canaries.is_empty() { p { "まだありません。" } }
        @else { ul { @for (id, name) in canaries { li { a href={ "/people/" (id) } { (name) } } } } }
    }
}
