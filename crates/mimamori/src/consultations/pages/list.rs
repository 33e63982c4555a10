//! Lists of one's own center: today's, mine, all, what goes on, what is due.

use axum::extract::Query;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use maud::{Markup, html};
use serde::Deserialize;
use words::date::parse_full;

use super::said;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::rules::{Listed, Refusal};
use crate::consultations::store::{self, PAGE, Tab, Which};
use crate::front::look::{
    self, Field, Kind, Link, Pager, Weight, button_link, field, hidden, text_link,
};
use crate::front::{Asked, Place, Problem};
use crate::people::Names;

/// `?tab=open&from=2026-04-01&to=…&page=2`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    tab: String,
    from: String,
    to: String,
    page: Option<u32>,
}

const TABS: [(&str, &str); 5] = [
    ("today", "きょう"),
    ("mine", "自分の受付"),
    ("center", "センター"),
    ("open", "継続中"),
    ("due", "次の予定"),
];

/// Beyond every day that is asked for.
const ALWAYS: (Date, Date) = (date(2000, 1, 1), date(2199, 12, 31));

struct Asking {
    tab: &'static str,
    from: Date,
    to: Date,
}

impl Part {
    fn asking(&self, today: Date) -> Asking {
        let tab = TABS
            .iter()
            .find(|(code, _)| *code == self.tab)
            .unwrap_or(&TABS[0])
            .0;
        let (from, to) = match tab {
            "today" => (today, today),
            // What is due within a week, and everything that is overdue.
            "due" => (ALWAYS.0, today.saturating_add(7.days())),
            _ => ALWAYS,
        };
        let day = |text: &str| parse_full(text).ok().filter(|_| tab != "today");
        Asking {
            tab,
            from: day(&self.from).unwrap_or(from),
            to: day(&self.to).unwrap_or(to),
        }
    }
}

impl Asking {
    fn which(&self, asked: &Asked) -> Result<Which, Problem> {
        let center = asked.deed.scope.center.ok_or(Refusal::NoCenter)?;
        let me = asked.deed.scope.actor.account();
        let tab = match (self.tab, me) {
            ("mine", Some(me)) => Tab::Taken(me),
            ("open", _) => Tab::Open,
            ("due", _) => Tab::Due,
            _ => Tab::Center,
        };
        Ok(Which {
            center,
            tab,
            from: self.from,
            to: self.to,
        })
    }

    fn day(day: Date) -> String {
        match day == ALWAYS.0 || day == ALWAYS.1 {
            true => String::new(),
            false => day.to_string(),
        }
    }

    /// The month in which the days begin, and whether only what goes on is listed.
    fn export(&self) -> String {
        let month = match Asking::day(self.from).get(..7) {
            Some(month) => format!("&month={month}"),
            None => String::new(),
        };
        let open = matches!(self.tab, "open" | "due");
        format!(
            "consultations{month}{}",
            if open { "&state=open" } else { "" }
        )
    }

    fn href(&self, tab: &str, page: u32) -> String {
        let (from, to) = match self.tab == tab && tab != "today" && tab != "due" {
            true => (Asking::day(self.from), Asking::day(self.to)),
            false => (String::new(), String::new()),
        };
        format!("/consultations?tab={tab}&from={from}&to={to}&page={page}")
    }
}

/// One page of a list.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let asking = part.asking(today);
    let which = asking.which(&asked)?;
    let page = part.page.unwrap_or(1).clamp(1, 100_000);
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let topics = store::list_topics(&mut conn, &asked.deed).await?;
    let total = store::count(&mut conn, &asked.deed, which).await?;
    let listed = store::list(&mut conn, &asked.deed, which, page - 1).await?;
    let open = Asking {
        tab: "open",
        from: ALWAYS.0,
        to: ALWAYS.1,
    };
    let open = store::count(&mut conn, &asked.deed, open.which(&asked)?).await?;
    let due = Part {
        tab: "due".to_owned(),
        ..Part::default()
    }
    .asking(today);
    let due = store::count(&mut conn, &asked.deed, due.which(&asked)?).await?;
    drop(conn);
    witness(&asked, &listed, asking.tab).await?;
    let body = html! {
        p {
            (button_link(Weight::Primary, Link::new("相談を受け付ける", "/consultations/new"))) " "
            (text_link(Link::new("名前でさがす", "/consultations/search"))) "　"
            (text_link(Link::new("相談の数字", "/consultations/figures")))
        }
        (tabs(&asking, open, due))
        @if asking.tab != "today" && asking.tab != "due" { (days(&asking)) }
        @if listed.is_empty() {
            (look::empty("相談はありません", "この一覧に入る相談は、まだありません。", None))
        } @else {
            (said::table(("相談の一覧", asked.deed.now), &listed, &names, &topics))
            (pages(&asking, page, total))
            (asked.export(&asking.export()))
        }
    };
    asked.page(Place::Consultations, "相談", body)
}

/// A line for each person whose name is shown, before it is.
pub async fn witness(asked: &Asked, listed: &[Listed], what: &str) -> Result<(), Problem> {
    let people = listed.iter().filter_map(|one| one.person);
    let sight = |person| Line::new(Verb::Saw, Some(person), Fields::IDENTITY).saying("相談の一覧");
    let mut lines: Vec<Line> = people.map(sight).collect();
    let words = format!("相談の一覧（{what}・{}件）", listed.len());
    lines.push(Line::new(Verb::Saw, None, Fields::IDENTITY).saying(words));
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

fn tabs(asking: &Asking, open: i64, due: i64) -> Markup {
    let hrefs: Vec<String> = TABS.iter().map(|(code, _)| asking.href(code, 1)).collect();
    let tabs: Vec<look::Tab<'_>> = TABS
        .iter()
        .zip(&hrefs)
        .map(|((code, label), href)| look::Tab {
            label,
            href,
            count: match *code {
                "open" => u64::try_from(open).ok(),
                "due" => u64::try_from(due).ok(),
                _ => None,
            },
            current: *code == asking.tab,
        })
        .collect();
    look::tabs("どの相談", &tabs)
}

fn days(asking: &Asking) -> Markup {
    let day = |name, label, value: &str| {
        field(&Field {
            name,
            label,
            value,
            kind: Kind::Short,
            ..Field::default()
        })
    };
    look::filters(
        "/consultations",
        "しぼりこむ",
        html! {
            (hidden("tab", asking.tab))
            (day("from", "この日から", &Asking::day(asking.from)))
            (day("to", "この日まで", &Asking::day(asking.to)))
        },
    )
}

fn pages(asking: &Asking, page: u32, total: i64) -> Markup {
    let first = i64::from(page - 1) * i64::from(PAGE) + 1;
    let last = (first + i64::from(PAGE) - 1).min(total);
    let (before, after) = (
        asking.href(asking.tab, page - 1),
        asking.href(asking.tab, page + 1),
    );
    look::pager(&Pager {
        shown: &format!("{total}件中 {first}–{last}件目"),
        before: (page > 1).then_some(&*before),
        after: (last < total).then_some(&*after),
    })
}
