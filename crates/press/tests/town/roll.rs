//! The roll of a Friday: 52 people on two sheets.

use press::{Roll, RollRow, RollSheet};

/// What the sheets' codes say.
pub const CODES: [&str; 2] = ["R7K2M9Q4T6W8X3Z5", "R7K2M9Q4T6W8X3Z6"];

pub fn roll() -> Roll {
    let names = [
        ("南野 花子", "ミナミノ ハナコ"),
        ("𠮷野 髙﨑", "ヨシノ タカサキ"),
        (
            "西園寺宮 久美子 エリザベート",
            "サイオンジノミヤ クミコ エリザベート",
        ),
        ("林 実", "ハヤシ ミノル"),
    ];
    let row = |at: usize| {
        let (name, kana) = names[at % names.len()];
        RollRow {
            number: (at + 1).to_string(),
            name: name.to_owned(),
            kana: kana.to_owned(),
        }
    };
    let sheet = |at: usize, rows: usize, free: usize| {
        let layout = marks::Layout::new(rows, 3, free).ok()?;
        Some(RollSheet {
            code: CODES[at].to_owned(),
            layout,
            rows: (at * 40..at * 40 + rows).map(row).collect(),
        })
    };
    Roll {
        title: "金曜食堂と健康体操".to_owned(),
        when: "2026年6月5日（金）11:00～13:00".to_owned(),
        place: "みなみ町ステーション".to_owned(),
        heads: ["参加", "手伝い", "先生"].map(str::to_owned).to_vec(),
        sheets: [sheet(0, 40, 0), sheet(1, 12, 4)]
            .into_iter()
            .flatten()
            .collect(),
    }
}
