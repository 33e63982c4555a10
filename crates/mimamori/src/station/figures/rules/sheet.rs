//! Figures laid out as tables of words, the same for the page and the workbook.

use super::counted::{Counted, Figures, Turns};
use super::leaving::{Given, Named, Yen};
use super::noticed::{FEWEST, Noticed};
use crate::consultations::Sheet;
use crate::station::courses::Role;

/// What stands for a number that is hidden.
const HIDDEN: &str = "＊";

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn sheet(title: &str, head: &[&str], rows: Vec<Vec<String>>) -> Sheet {
    Sheet {
        title: title.to_owned(),
        head: words(head),
        rows,
    }
}

fn pair(label: &str, number: impl ToString) -> Vec<String> {
    vec![label.to_owned(), number.to_string()]
}

fn line(label: &str, of: &Counted) -> Vec<String> {
    let numbers = [of.days, of.open, of.visits, of.people, of.first];
    std::iter::once(label.to_owned())
        .chain(numbers.map(|number| number.to_string()))
        .collect()
}

const COUNTED: [&str; 6] = ["", "開いた回", "うち記録なし", "延べ", "実人数", "はじめて"];

/// Every number, within the town; empty tables are left out.
pub fn inside(figures: &Figures, noticed: &Noticed, yen: Yen) -> Vec<Sheet> {
    let mut sheets = vec![sheet(
        "全体",
        &COUNTED,
        vec![line("すべての講座", &figures.total)],
    )];
    sheets.extend(figures.tables.iter().map(|(by, rows)| {
        let rows = rows.iter().map(|row| line(&row.label, &row.counted));
        sheet(by.word(), &COUNTED, rows.collect())
    }));
    let turns = |label: &str, of: &Turns| {
        vec![
            label.to_owned(),
            of.times.to_string(),
            of.people.to_string(),
        ]
    };
    let helpers = figures
        .roles
        .iter()
        .filter(|(role, _)| *role != Role::Watch);
    let helpers = helpers.map(|(role, of)| turns(role.word(), of));
    sheets.push(sheet(
        "サポーターの役割",
        &["", "延べ", "実人数"],
        helpers.collect(),
    ));
    let watch = figures.watch.iter().map(|(by, of)| turns(by, of));
    sheets.push(sheet(
        "見守りの専門職が立った回数（主催ごと）",
        &["", "延べ", "実人数"],
        watch.collect(),
    ));
    sheets.push(sheet(
        "商店街の券（円）",
        &["", "円"],
        match yen {
            Yen {
                given: 0,
                handed_in: 0,
                open: 0,
                ..
            } => Vec::new(),
            yen => vec![
                pair("渡した", yen.given),
                pair("お店から戻った", yen.handed_in),
                pair("まだ戻っていない（期間の終わり）", yen.open),
            ],
        },
    ));
    sheets.push(sheet("気づいたこと", &["", "件数"], seen(noticed)));
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

fn seen(noticed: &Noticed) -> Vec<Vec<String>> {
    let mut rows = vec![
        pair("様子の記録", noticed.observed),
        pair("　記録のあった方（人）", noticed.observed_people),
    ];
    for (answer, number) in &noticed.listed {
        rows.push(pair(&format!("来る様子の一覧：{answer}"), number));
    }
    rows.push(pair("ステーションからの気づき", noticed.notices));
    rows.push(pair("　その方について、はじめての知らせ", noticed.first));
    rows
}

/// How to read what stands within the town.
pub fn inside_notes(figures: &Figures) -> Vec<String> {
    let mut notes = vec![
        "延べは参加で来た回数、実人数は同じ方を1人と数えた人数です。サポーターの方は会員の記録で、申し込みの方は名前と電話で、同じ方とわかります。".to_owned(),
        "「はじめて」は、その方がステーションにはじめて来た回のところに数えています。".to_owned(),
        "「記録なし」は、受付の記録がない回です。来た方がいなかったという意味ではありません。".to_owned(),
    ];
    if figures.nameless > 0 {
        notes.push(format!(
            "名前のわからない方（その場で来た方、申し込みから1年をすぎた方）の{}回は、延べにだけ入っています。",
            figures.nameless
        ));
    }
    if figures.begun > 0 {
        notes.push(format!(
            "受付を終えていない回が{}回あります。来た方がまだ入っていないことがあります。",
            figures.begun
        ));
    }
    if figures.off > 0 {
        notes.push(format!("中止になった{}回は入っていません。", figures.off));
    }
    notes
}

fn hidden(number: Option<u64>) -> String {
    number.map_or(HIDDEN.to_owned(), |number| number.to_string())
}

fn named(list: &[Named]) -> Vec<Vec<String>> {
    list.iter()
        .map(|one| pair(&one.label, one.number))
        .collect()
}

/// What may leave the town; empty tables are left out.
pub fn outside(given: &Given) -> Vec<Sheet> {
    let whole = vec![
        pair("講座", given.courses),
        pair("開いた回", given.days),
        pair("　うち記録なし", given.open),
        pair("中止の回", given.off),
        pair("来た方（延べ）", given.visits),
        pair("　うち名前のわからない方", hidden(given.nameless)),
        pair("来た方（実人数）", hidden(given.people)),
        pair("　うちはじめての方", hidden(given.first)),
        pair("役割のあったサポーター（実人数）", hidden(given.active)),
        pair("渡した商店街の券（円）", hidden(given.yen)),
    ];
    let parties = given.parties.iter().flat_map(|party| {
        let line = |label: &str, course: &str, days: u64, visits: u64| {
            vec![
                label.to_owned(),
                course.to_owned(),
                days.to_string(),
                visits.to_string(),
            ]
        };
        let whole = line(&party.label, "", party.days(), party.visits());
        let blocks = party
            .blocks
            .iter()
            .map(|block| line("", &block.label, block.days, block.visits));
        std::iter::once(whole).chain(blocks).collect::<Vec<_>>()
    });
    let [notices, first, cases, helped] = given.funnel.map(hidden);
    let seen = vec![
        pair("様子の記録", hidden(given.observed)),
        pair("ステーションからの気づき", notices),
        pair("　その方について、はじめての知らせ", first),
        pair("　　支援が始まった", cases),
        pair("　　　必要な助けが届いた", helped),
    ];
    let mut sheets = vec![
        sheet("全体", &["", "数"], whole),
        sheet(
            "主催と講座",
            &["主催", "講座", "開いた回", "延べ"],
            parties.collect(),
        ),
        sheet("月ごとの延べ", &["", "延べ"], named(&given.months)),
        sheet("役割（延べ）", &["", "延べ"], named(&given.roles)),
        sheet(
            "見守りの専門職が立った回数（主催ごと）",
            &["", "延べ"],
            named(&given.watch),
        ),
        sheet("気づいたこと", &["", "件数"], seen),
    ];
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// How to read what leaves the town. closed: on which day it was.
pub fn outside_notes(given: &Given, closed: &str) -> Vec<String> {
    let mut notes = vec![
        format!("{closed}に締めた数です。その後に入力・訂正した分は入っていません。"),
        format!("{HIDDEN} は、{FEWEST}未満の数と、引き算で{FEWEST}未満の数がわかる数です。来た方が{FEWEST}人に満たない講座・主催・役割は、「ほか」にまとめています。"),
        "延べは参加で来た回数、実人数は同じ方を1人と数えた人数です。名前のわからない方は、延べにだけ入っています。".to_owned(),
        "「記録なし」は、受付の記録がない回です。来た方がいなかったという意味ではありません。".to_owned(),
    ];
    if given.months.is_empty() {
        notes.push(
            "月ごとの数は、講座ごとの数との差から少ない数がわかるため、載せていません。".to_owned(),
        );
    }
    notes
}
