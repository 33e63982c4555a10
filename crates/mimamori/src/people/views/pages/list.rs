//! 「閲覧の確認」: what nothing explains, the oddest first, sized for ten minutes a week.

use std::collections::{HashMap, HashSet};

use db::Conn;
use maud::{Markup, html};

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Head, Link, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::{CenterId, PersonId, RowId, StaffId};
use crate::people::pages::Names;
use crate::people::views::acts::leads;
use crate::people::views::rules::{Odd, SHOWN, State, View, odd, rank};
use crate::people::views::store;
use crate::people::{self, Identity};
use crate::scope::Actor;
use crate::staff;

/// Family names are compared for so many of the newest views; common ones are mostly chance.
const COMPARED: usize = 200;

/// A view with what is odd about it.
pub struct Ranked {
    pub view: View,
    pub odd: Vec<Odd>,
}

/// What waits for the head, in the order of reading.
pub async fn ranked(
    conn: &mut Conn,
    asked: &Asked,
    center: CenterId,
    me: StaffId,
) -> Result<Vec<Ranked>, Problem> {
    let views = store::list_for(conn, &asked.deed, center, me).await?;
    let same = same_names(conn, asked, &views).await?;
    let odds = odd(&views, &same);
    let mut all: Vec<Ranked> = views
        .into_iter()
        .zip(odds)
        .map(|(view, odd)| Ranked { view, odd })
        .collect();
    all.sort_by_key(|one| std::cmp::Reverse(rank(one.view.state, &one.odd)));
    Ok(all)
}

/// The views in which who looked and whom bear one family name.
async fn same_names(
    conn: &mut Conn,
    asked: &Asked,
    views: &[View],
) -> Result<HashSet<RowId>, Problem> {
    let deed = &asked.deed;
    let accounts = staff::list_accounts(conn, &deed.scope, &deed.keys).await?;
    let family = |name: &str| {
        name.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let accounts: HashMap<StaffId, String> = accounts
        .iter()
        .map(|one| (one.id, family(&one.card.name)))
        .collect();
    let mut same = HashSet::new();
    for view in views.iter().take(COMPARED) {
        let found = people::find_group::<Identity>(conn, deed, view.person).await?;
        let theirs = found.map(|kept| kept.value.name.family().to_owned());
        let own = accounts.get(&view.staff).filter(|name| !name.is_empty());
        if theirs.is_some() && theirs.as_ref() == own {
            same.insert(view.id);
        }
    }
    Ok(same)
}

/// The list.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let (center, me) = leads(&asked.deed)?;
    let mut conn = asked.read().await?;
    let all = ranked(&mut conn, &asked, center, me).await?;
    drop(conn);
    let shown = &all[..all.len().min(SHOWN)];
    let people: Vec<PersonId> = shown.iter().map(|one| one.view.person).collect();
    witness(&asked, &people).await?;
    let mut conn = asked.read().await?;
    let staff = Names::read_all(&mut conn, &asked.deed).await?;
    let mut rows = Vec::new();
    for one in shown {
        let person = name_of(&mut conn, &asked, one.view.person).await?;
        rows.push(row(one, staff.actor(Actor::Staff(one.view.staff)), &person));
    }
    let head = ["職員", "登録者", "いつ", "気になる点", "確認"].map(Head::new);
    let body = html! {
        p { (look::text_link(Link::new("センター長のページにもどる", "/center"))) }
        p { "「やること」・照会・支援などから理由の分かる閲覧は、ここには出ません。出ているものも、多くは窓口での立ち話や電話のつづきです。心あたりを確かめるつもりで見てください。" }
        @if rows.is_empty() { (look::empty("確かめるものはありません", "理由の分からない閲覧があると、ここに並びます。", None)) }
        @else {
            p { "全部で" (all.len()) "件" @if all.len() > shown.len() { "（気になる点の多い順に" (shown.len()) "件を表示。確かめると次が出ます）" } }
            (look::table("閲覧の確認", &head, &rows))
        }
    };
    asked.page(Place::Center, "閲覧の確認", body)
}

/// A line for each person whose name is shown.
pub async fn witness(asked: &Asked, people: &[PersonId]) -> Result<(), Problem> {
    let line = |id: &PersonId| Line::new(Verb::AuditRead, Some(*id), Fields::IDENTITY);
    let lines: Vec<Line> = people.iter().map(line).collect();
    if lines.is_empty() {
        return Ok(());
    }
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

/// A person's name; of a record that is gone, nothing.
pub async fn name_of(conn: &mut Conn, asked: &Asked, id: PersonId) -> Result<String, Problem> {
    let found = people::find_group::<Identity>(conn, &asked.deed, id).await?;
    Ok(found.map_or_else(String::new, |kept| kept.value.name.to_string()))
}

fn row(one: &Ranked, staff: &str, person: &str) -> Vec<Markup> {
    let view = &one.view;
    let page = format!("/center/views/{}", view.id);
    let about = format!("{staff}、{person}さん");
    let (version, sights) = (view.version.to_string(), view.sights.to_string());
    let read = [("version", version.as_str()), ("sights", &sights)];
    vec![
        html! { (staff) },
        html! { (person) "さん" },
        html! { (when(view)) },
        html! {
            (state(view))
            @for odd in &one.odd { " " (look::chip(tone(*odd), &odd.words())) }
            @if view.purposes > 0 { p { "目的：" (view.purpose) } }
        },
        html! {
            div.buttons {
                (look::act(Weight::Secondary, "わかりました", &about, &format!("{page}/understood"), &read))
                a.button.quiet href=(page) { "くわしく・たずねる" span.unseen { "：" (about) } }
            }
        },
    ]
}

/// 「11月20日 14:05から3回」
pub fn when(view: &View) -> String {
    let first = in_japan(view.first_at)
        .strftime("%-m月%-d日 %-H:%M")
        .to_string();
    match view.sights {
        1 => first,
        times => format!("{first}から{times}回"),
    }
}

/// Where it stands, once it is more than unread.
pub fn state(view: &View) -> Markup {
    let tone = match view.state {
        State::Answered => Tone::Good,
        State::Asked | State::Understood => Tone::Notice,
        State::Open => return html! {},
    };
    look::chip(tone, view.state.word())
}

pub fn tone(odd: Odd) -> Tone {
    match odd {
        Odd::Canary => Tone::Danger,
        Odd::Crowd(_) | Odd::Closed(_) => Tone::Warning,
        Odd::SameName | Odd::Often(_) | Odd::Row(_) => Tone::Plain,
    }
}
