//! Cells that only our own lists have: written there and read back here, so that nothing is lost on
//! the way out and in.

use jiff::civil::Date;

use super::sheet::Cell;
use super::values::Mend;
use crate::ids::PersonId;
use crate::people::rules::{Answer, AnsweredBy, Confirmed, Given, MayBeTold, Way};

/// Between the parts of an answer.
const BETWEEN: char = '、';
const PROXY: &str = "代理 ";
const WITHDRAWN: &str = "撤回 ";

/// An answer about consent: 「同意あり、2026-04-01、代理 南野 一郎（長男）、撤回 2026-05-02」; blank
/// where nobody was asked.
pub fn consent_cell(given: &Given) -> String {
    if *given == Given::default() {
        return String::new();
    }
    let mut parts = vec![given.answer.word().to_owned()];
    parts.extend(given.on.map(|day| day.to_string()));
    if let AnsweredBy::Proxy { name, relation } = &given.by {
        parts.push(format!("{PROXY}{name}（{relation}）"));
    }
    parts.extend(given.withdrawn_on.map(|day| format!("{WITHDRAWN}{day}")));
    parts.join(&BETWEEN.to_string())
}

/// The same read back.
pub fn given(cell: &str) -> Result<Given, Mend> {
    let mut parts = cell.trim().split(BETWEEN).map(str::trim);
    let word = parts.next().unwrap_or_default();
    let found = Answer::ALL.iter().find(|answer| answer.word() == word);
    let mut given = Given {
        answer: *found.ok_or("「同意あり」「同意しない」「未確認」のどれかで始めてください。")?,
        ..Given::default()
    };
    for part in parts {
        if let Some(proxy) = part.strip_prefix(PROXY) {
            let (name, relation) = proxy.split_once('（').unwrap_or((proxy, ""));
            given.by = AnsweredBy::Proxy {
                name: name.trim().to_owned(),
                relation: relation.trim_end_matches('）').to_owned(),
            };
        } else if let Some(day) = part.strip_prefix(WITHDRAWN) {
            given.withdrawn_on = Some(read_day(day)?);
        } else {
            given.on = Some(read_day(part)?);
        }
    }
    Ok(given)
}

fn read_day(text: &str) -> Result<Date, Mend> {
    words::date::parse_full(text).map_err(|bad| bad.to_string())
}

/// 「2026-04-01 電話」
pub fn confirmed(cell: &str) -> Result<Confirmed, Mend> {
    let mend = || "「2026-04-01 電話」のように、日と方法（対面・電話・郵便）を入れてください。";
    let (day, word) = cell
        .trim()
        .split_once(char::is_whitespace)
        .ok_or_else(mend)?;
    let way = Way::ALL.iter().find(|way| way.word() == word.trim());
    Ok(Confirmed {
        on: read_day(day)?,
        way: *way.ok_or_else(mend)?,
        by: None,
    })
}

/// 登録者のID
pub fn person(cell: &Cell) -> Result<PersonId, Mend> {
    let read = cell.text.trim().parse();
    read.map_err(|_| "書き出したときの16けたのIDか、空にしてください。".to_owned())
}

/// 伝えてよいこと
pub fn may_be_told(cell: &str) -> Result<MayBeTold, Mend> {
    let found = MayBeTold::ALL.iter().find(|one| one.word() == cell.trim());
    Ok(*found.ok_or("「連絡のみ」「居場所と状態」「医療のことも」のどれかにしてください。")?)
}

/// What a spreadsheet takes for a formula begins with one of these.
const BEGINS_FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell of a CSV with an apostrophe before what a spreadsheet would take for a formula.
pub fn guarded(cell: &str) -> String {
    match is_guarded(cell) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// The cell without that apostrophe.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => rest,
        _ => cell,
    }
}

fn is_guarded(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(BEGINS_FORMULAS)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use jiff::civil::date;

    use super::*;

    #[test]
    fn answers_come_back_as_they_went_out() {
        let proxy = AnsweredBy::Proxy {
            name: "南野 一郎".to_owned(),
            relation: "長男".to_owned(),
        };
        let mut answer = Given::by_person(date(2026, 4, 1));
        for by in [AnsweredBy::Person, proxy] {
            answer.by = by;
            for withdrawn_on in [None, Some(date(2026, 5, 2))] {
                answer.withdrawn_on = withdrawn_on;
                let cell = consent_cell(&answer);
                assert!(given(&cell).unwrap() == answer, "{cell}");
            }
        }
        assert!(given("はい").is_err());
        assert!(confirmed("2026-04-01 電話").unwrap().way == Way::Phone);
        assert!(confirmed("電話").is_err());
    }

    #[test]
    fn guards_come_off_and_nothing_else_does() {
        for cell in [
            "=1+1",
            "'=1",
            "-5",
            "+81 3",
            "@x",
            "南野",
            "'90年代",
            "",
            "''-",
        ] {
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        assert_eq!(guarded("南野"), "南野");
        assert_eq!(unguarded("'90年代"), "'90年代");
    }
}
