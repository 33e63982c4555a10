//! The record of who saw and did what, for the auditor: by account, kind of act and person.
//!
//! An auditor sees no personal data. A person is an id here, and the words of a line, which may
//! name people, stay sealed; the person's own list (`people`) opens them.

use axum::extract::Query;
use maud::{Markup, html};
use serde::Deserialize;

use super::{moment, why_words};
use crate::audit::{self, Entry, Fields, Filter, Line, SealState, VERBS, Verb};
use crate::front::look::{
    self, Choice, Field, Head, Kind, Pager, Problems, Tone, chip, filters, pager, problem_summary,
    section, select, table, text_link,
};
use crate::front::{Asked, Place, Problem};
use crate::ids::{PersonId, StaffId};
use crate::staff::rules::Account;
use crate::staff::store;

/// Lines on one page.
const LINES: i64 = 50;

/// More lines than this under no seal mean that the sealing stands still: a town's busiest minute
/// has a few hundred, and lines are sealed every two seconds.
const MANY_WAITING: i64 = 1_000;

/// What is asked for: `?staff=…&verb=…&person=…&before=…`; ids and codes only.
#[derive(Deserialize, Default)]
pub struct Asking {
    #[serde(default)]
    staff: String,
    #[serde(default)]
    verb: String,
    #[serde(default)]
    person: String,
    before: Option<i64>,
}

impl Asking {
    fn filter(&self) -> Result<Filter, Problems> {
        let person = self.person.trim();
        let whose: Option<PersonId> = person.parse().ok();
        if whose.is_none() && !person.is_empty() {
            let mut problems = Problems::default();
            let words = "登録者の番号は、記録のアドレスにある16けたの英数字です。";
            problems.add("person", words);
            return Err(problems);
        }
        Ok(Filter {
            whose,
            staff: self.staff.parse().ok(),
            verb: Verb::from_code(&self.verb),
            before: self.before,
            limit: LINES,
        })
    }

    fn is_narrowed(&self) -> bool {
        [&self.staff, &self.verb, &self.person]
            .iter()
            .any(|one| !one.trim().is_empty())
    }

    /// The same question from this line on.
    fn older(&self, before: i64) -> String {
        let (staff, verb, person) = (&self.staff, &self.verb, self.person.trim());
        format!("/audit?staff={staff}&verb={verb}&person={person}&before={before}")
    }
}

/// The list, newest first. Reading it is a line of its own.
pub async fn show(asked: Asked, Query(asking): Query<Asking>) -> Result<Markup, Problem> {
    let (scope, keys) = (&asked.deed.scope, &asked.deed.keys);
    let accounts = store::list_accounts(&mut asked.read().await?, scope, keys).await?;
    let filter = match asking.filter() {
        Ok(filter) => filter,
        Err(problems) => {
            let body = html! { (problem_summary(&problems)) (form(&asking, &accounts, &problems)) };
            return Err(Problem::Refused(asked.page(Place::Audit, "記録", body)?));
        }
    };
    let own = Line::new(Verb::AuditRead, filter.whose, Fields::HISTORY);
    audit::witness(asked.db(), &asked.deed, own).await?;
    let mut conn = asked.read().await?;
    let state = audit::seal_state(&mut conn, scope).await?;
    let entries = audit::list_entries(&mut conn, scope, filter).await?;
    let body = html! {
        p { "だれが、いつ、だれの何を、なぜ見たか、変えたかの記録です。この画面を開いたことも残ります。" }
        (section("封の状態", seals(&state)))
        (form(&asking, &accounts, &Problems::default()))
        (list(&asking, &entries, &accounts))
    };
    asked.page(Place::Audit, "記録", body)
}

fn seals(state: &SealState) -> Markup {
    html! {
        p {
            @match state.newest {
                Some((number, at)) => { "最後の封は" (number) "番、" (moment(at)) "です。" }
                None => { "封はまだありません。" }
            }
            "封を待つ記録は" (state.waiting) "行です。 "
            @if state.waiting > MANY_WAITING {
                (chip(Tone::Danger, "封が止まっているようです"))
            } @else {
                (chip(Tone::Good, "封は進んでいます"))
            }
        }
        p {
            "書き換えや削除がないことは、サーバーで " code { "mimamori audit verify" }
            " を実行して確かめます。正しくないときは、最初におかしい1行を示します。"
        }
    }
}

fn form(asking: &Asking, accounts: &[Account], problems: &Problems) -> Markup {
    let ids: Vec<String> = accounts.iter().map(|one| one.id.to_string()).collect();
    let named = ids.iter().zip(accounts);
    let all = || Choice::new("", "すべて");
    let staff: Vec<_> = [all()]
        .into_iter()
        .chain(named.map(|(id, one)| Choice::new(id, &one.card.name)))
        .collect();
    let verbs = VERBS.iter().map(|one| Choice::new(one.code(), one.word()));
    let verbs: Vec<_> = [all()].into_iter().chain(verbs).collect();
    let field = |name, label, value| Field {
        name,
        label,
        value,
        problem: problems.of(name),
        ..Field::default()
    };
    let person = Field {
        hint: "名前では探せません。記録のアドレスにある16けたの英数字です。",
        kind: Kind::Search,
        ..field("person", "登録者の番号", &asking.person)
    };
    let body = html! {
        (select(&field("staff", "だれが", &asking.staff), &staff))
        (select(&field("verb", "何をしたか", &asking.verb), &verbs))
        (look::field(&person))
    };
    filters("/audit", "しぼりこむ", body)
}

fn list(asking: &Asking, entries: &[Entry], accounts: &[Account]) -> Markup {
    if entries.is_empty() {
        let text = "条件を変えると、ほかの記録が見られます。";
        return look::empty("あてはまる記録はありません", text, None);
    }
    let head = [
        "いつ",
        "だれが",
        "何をしたか",
        "だれの記録",
        "なぜ",
        "どこから",
    ]
    .map(Head::new);
    let rows: Vec<Vec<Markup>> = entries.iter().map(|one| row(one, accounts)).collect();
    let older = entries.last().filter(|_| entries.len() as i64 == LINES);
    let older = older.map(|last| asking.older(last.ticket));
    let first = (asking.before.is_some() || asking.is_narrowed()).then_some("/audit");
    let shown = format!("{}行", entries.len());
    html! {
        (table("記録（新しい順）", &head, &rows))
        @if let Some(first) = first {
            p { (text_link(look::Link::new("すべての新しい記録にもどる", first))) }
        }
        (pager(&Pager { shown: &shown, before: None, after: older.as_deref() }))
        p { "くわしい言葉は封をしたままにしてあります。ご本人の求めがあれば、センターの「わたしの情報を見た人の一覧」で読めます。" }
    }
}

fn row(entry: &Entry, accounts: &[Account]) -> Vec<Markup> {
    vec![
        moment(entry.at),
        html! { (who(entry, accounts)) },
        html! { div {
            (entry.verb.map_or("そのほか", Verb::word))
            @if entry.fields != Fields::NOTHING { br; small { (entry.fields) } }
        } },
        whose(entry.whose),
        html! { (why_words(&entry.why)) },
        html! { (entry.origin) },
    ]
}

fn who(entry: &Entry, accounts: &[Account]) -> String {
    let name = |id: StaffId| {
        let known = accounts.iter().find(|one| one.id == id);
        known.map_or("職員", |one| &one.card.name).to_owned()
    };
    match entry.staff {
        Some(id) => name(id),
        None if entry.actor_kind == "public" => "公開ページ".to_owned(),
        None => "プログラム".to_owned(),
    }
}

/// The person as an id, leading to everything about them.
fn whose(person: Option<PersonId>) -> Markup {
    let Some(id) = person else {
        return html! { "―" };
    };
    let (id, href) = (id.to_string(), format!("/audit?person={id}"));
    html! { a href=(href) { code { (id) } } }
}
