//! Who looked at somebody: the list a person may ask for, printed in large letters.

use std::cmp::Reverse;

use axum::extract::{Path, Query};
use db::Conn;
use maud::{Markup, html};
use seal::SealError;
use serde::Deserialize;

use super::gate::{self, Stop};
use super::names::Names;
use super::person_of;
use crate::audit::{self, Entry, Fields, Filter, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::front::look::{self, Head, Link};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::rules::Refusal;
use crate::people::store;
use crate::scope::Actor;
use crate::staff;

/// Lines on one page of the list.
const LINES: i64 = 50;

/// Where the list goes on.
#[derive(Deserialize)]
pub struct Older {
    before: Option<i64>,
}

/// The list of one person, newest first. Reading it is a line of its own.
pub async fn page(
    asked: Asked,
    Path(person): Path<String>,
    Query(older): Query<Older>,
) -> Result<Markup, Stop> {
    let id = person_of(&person)?;
    let own = Line::new(
        Verb::AuditRead,
        Some(id),
        Fields::IDENTITY.and(Fields::HISTORY),
    );
    gate::witness_line(&asked, id, own).await?;
    let mut conn = asked.read().await?;
    let person = store::find(&mut conn, &asked.deed, id)
        .await?
        .ok_or(Refusal::NotFound)?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let entries = list_sights(&mut conn, &asked.deed, id, older.before, LINES).await?;
    let body = html! {
        p.no-print {
            (look::text_link(Link::new("記録にもどる", &format!("/people/{id}"))))
            "　" (look::text_link(Link::new("渡せる手紙にする（PDF）", &format!("/people/{id}/papers"))))
        }
        div.letter {
            p.letter-name { (person.identity.value.name) " 様" }
            p { "あなたの登録情報を、いつ、だれが、何のために見たか、変えたかの一覧です（新しい順）。" }
            (list(&asked.deed, &entries, &names)?)
            p { "心あたりのないものや、おたずねになりたいことがありましたら、センターの職員にお申し出ください。" }
        }
        (onward(id, &entries))
    };
    Ok(asked.page(Place::People, "わたしの情報を見た人の一覧", body)?)
}

/// The newest lines before a ticket, of the record and of those that were merged into it.
pub async fn list_sights(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<Entry>, db::Error> {
    let mut all = Vec::new();
    let mut records = store::list_merged_into(conn, deed, id).await?;
    records.push(id);
    for record in records {
        let filter = Filter {
            whose: Some(record),
            staff: None,
            verb: None,
            before,
            limit: most,
        };
        all.extend(audit::list_entries(conn, &deed.scope, filter).await?);
    }
    all.sort_by_key(|entry| Reverse(entry.ticket));
    all.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(all)
}

fn list(deed: &Deed, entries: &[Entry], names: &Names) -> Result<Markup, Problem> {
    if entries.is_empty() {
        return Ok(html! { p { "記録はまだありません。" } });
    }
    let head = ["いつ", "だれが", "何をしたか", "なぜ"].map(Head::new);
    let mut rows = Vec::new();
    for entry in entries {
        let told = told_of(deed, entry, names)?;
        rows.push(vec![
            html! { (told.day) br; (told.time) },
            html! { (told.who) },
            html! { (told.verb) @if !told.fields.is_empty() { br; small { (told.fields) } } },
            html! { (told.why) @if !told.said.is_empty() { br; small { (told.said) } } },
        ]);
    }
    Ok(look::table("見た人・変えた人", &head, &rows))
}

/// A line as the person it is about reads it.
pub struct Told {
    /// 「2026年11月20日」: an old reader should not have to know 「3日前」 from when.
    pub day: String,
    /// 「14時05分」
    pub time: String,
    /// Who.
    pub who: String,
    /// What was done.
    pub verb: &'static str,
    /// With which groups of fields; may be empty.
    pub fields: String,
    /// Why.
    pub why: String,
    /// What was said with it; may be empty.
    pub said: String,
}

/// The words of a line for the person it is about.
pub fn told_of(deed: &Deed, entry: &Entry, names: &Names) -> Result<Told, SealError> {
    let at = in_japan(entry.at);
    let said = audit::open_detail(&deed.keys, entry)?;
    Ok(Told {
        day: at.strftime("%Y年%-m月%-d日").to_string(),
        time: at.strftime("%-H時%M分").to_string(),
        who: who(entry, names),
        verb: entry.verb.map_or("そのほか", Verb::word),
        fields: entry.fields.to_string(),
        why: staff::why_words(&entry.why).to_string(),
        said: without_id(&said).to_owned(),
    })
}

/// What was said, without the id of a tag or an account at its end, which tells a resident nothing.
fn without_id(said: &str) -> &str {
    match said.rsplit_once(' ') {
        Some((words, id)) if id.len() == 16 && id.bytes().all(|b| b.is_ascii_hexdigit()) => words,
        _ => said,
    }
}

fn who(entry: &Entry, names: &Names) -> String {
    let actor = match entry.staff {
        Some(staff) => Actor::Staff(staff),
        None if entry.actor_kind == "public" => Actor::Public,
        None => Actor::Program,
    };
    names.actor(actor).to_owned()
}

/// The link to older lines, while there may be some.
fn onward(id: PersonId, entries: &[Entry]) -> Markup {
    let last = entries.last().filter(|_| entries.len() as i64 == LINES);
    html! {
        @if let Some(last) = last {
            p.no-print { (look::text_link(Link::new("もっと前を見る", &format!("/people/{id}/sights?before={}", last.ticket)))) }
        }
    }
}
