//! A year of the Station on one sheet, for the meeting of those who support it.

use axum::Form;
use axum::response::Response;
use press::{Bar, Great, Paper, StationYear};
use serde::Deserialize;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::Period;
use crate::front::{Asked, Problem};
use crate::station::figures::{self, Block, Given, Named};

/// As many as the sheet has room for; the others stand in the file.
const MOST_PARTIES: usize = 6;
const MOST_COURSES: usize = 7;
const MOST_ROLES: usize = 6;
const MOST_WATCH: usize = 4;

/// Of which year.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    period: String,
}

/// The sheet: made only of what may leave the town.
pub async fn year(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let last = Period::of(in_japan(asked.deed.now).date()).year() - 1;
    let period = Period::from_code(&typed.period).unwrap_or(Period::Year(last));
    let left = figures::leave(asked.db(), &asked.deed, period).await?;
    let title = format!("{}　ステーションのあゆみ", period.words());
    let line = Line::new(Verb::Printed, None, Fields::NOTHING).saying(title.as_str());
    audit::witness(asked.db(), &asked.deed, line).await?;
    let closed = left.closed_on.strftime("%Y年%-m月%-d日").to_string();
    let paper = sheet(title, &left.given, &closed);
    let surround = around(&asked, asked.deed.scope.center).await?;
    shown(surround, Paper::StationYear(Box::new(paper)), "station").await
}

fn sheet(title: String, given: &Given, closed: &str) -> StationYear {
    let parties = given.parties.iter().map(|party| Named {
        label: party.label.clone(),
        number: party.visits(),
    });
    let parties: Vec<Named> = parties.filter(|party| party.number > 0).collect();
    let mut courses: Vec<&Block> = given.parties.iter().flat_map(|of| &of.blocks).collect();
    // What is counted together is no course that anybody knows.
    courses.retain(|block| block.is_course && block.visits > 0);
    courses.sort_by_key(|block| std::cmp::Reverse(block.visits));
    let courses = courses.into_iter().map(|block| Named {
        label: block.label.clone(),
        number: block.visits,
    });
    let courses: Vec<Named> = courses.collect();
    let months = given.months.iter().map(|month| Bar {
        label: month.label.clone(),
        words: thousands(month.number),
        number: month.number,
    });
    StationYear {
        title,
        great: great(given),
        months: months.collect(),
        parties: bars(&gathered(parties, MOST_PARTIES), "人"),
        courses: bars(&courses[..courses.len().min(MOST_COURSES)], "人"),
        roles: bars(&gathered(given.roles.clone(), MOST_ROLES), "回"),
        watch: bars(&gathered(given.watch.clone(), MOST_WATCH), "回"),
        noticed: noticed(given),
        notes: figures::outside_notes(given, closed),
    }
}

fn great(given: &Given) -> Vec<Great> {
    let of = |label: &str, number: Option<u64>, unit: String| {
        Some(Great {
            label: label.to_owned(),
            number: thousands(number?),
            unit,
        })
    };
    let people = || "人".to_owned();
    let courses = format!("回（{}講座）", thousands(given.courses));
    let all = [
        of("来た方（延べ）", Some(given.visits), people()),
        of("来た方（実人数）", given.people, people()),
        of("はじめて来た方", given.first, people()),
        of("開いた講座", Some(given.days), courses),
        of("役割を持ったサポーター", given.active, people()),
        of("渡した商店街の券", given.yen, "円".to_owned()),
    ];
    all.into_iter().flatten().collect()
}

/// The largest, and the others as one.
fn gathered(mut list: Vec<Named>, most: usize) -> Vec<Named> {
    if list.len() > most {
        list.sort_by_key(|one| std::cmp::Reverse(one.number));
        let rest = list.split_off(most - 1);
        list.push(Named {
            label: "そのほか".to_owned(),
            number: rest.iter().map(|one| one.number).sum(),
        });
    }
    list
}

fn bars(list: &[Named], unit: &str) -> Vec<Bar> {
    let bar = |one: &Named| Bar {
        label: one.label.clone(),
        words: format!("{}{unit}", thousands(one.number)),
        number: one.number,
    };
    list.iter().map(bar).collect()
}

/// From a notice to help; of what is hidden nothing is drawn.
fn noticed(given: &Given) -> Vec<Bar> {
    const WORDS: [&str; 4] = [
        "ステーションからの気づき",
        "はじめての知らせだった方",
        "支援が始まった",
        "必要な助けが届いた",
    ];
    let shown = WORDS.iter().zip(given.funnel);
    let shown = shown.filter_map(|(label, number)| {
        Some(Named {
            label: (*label).to_owned(),
            number: number?,
        })
    });
    bars(&shown.collect::<Vec<_>>(), "件")
}

/// 「4,812」.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}
