//! The roll of a day: people mark on paper that they are there, and `marks` reads the sheet back.
//! Where everything stands is [`marks::Layout`]'s; here is only what stands there.

use marks::layout::CODE;
use serde::Serialize;
use serde_json::{Value, json};

use crate::qr;

/// A roll, on as many sheets as it takes.
#[derive(Clone, Default)]
pub struct Roll {
    /// 「健康体操」
    pub title: String,
    /// 「2026年6月5日（金）10:00～11:30」
    pub when: String,
    /// Where; may be empty.
    pub place: String,
    /// What a mark in each column of boxes says: 「参加」「手伝い」.
    pub heads: Vec<String>,
    /// In their order.
    pub sheets: Vec<RollSheet>,
}

/// One sheet of a roll.
#[derive(Clone)]
pub struct RollSheet {
    /// What its QR says: at most [`marks::MOST_CODE`] signs, and nothing of the day or of people.
    pub code: String,
    /// How many rows, boxes and free lines it has.
    pub layout: marks::Layout,
    /// Who stands in the rows, from above.
    pub rows: Vec<RollRow>,
}

/// One row of a sheet.
#[derive(Clone, Default, Serialize)]
pub struct RollRow {
    /// Counted through all sheets, so that staff can say which row they mean.
    pub number: String,
    /// As written.
    pub name: String,
    /// フリガナ; may be empty.
    pub kana: String,
}

impl Roll {
    pub(crate) fn facts(&self) -> Value {
        let sheet = |sheet: &RollSheet| {
            json!({
                "drawing": sheet.layout.drawing(),
                "qr": qr::bare(&sheet.code, CODE.w),
                "rows": sheet.rows,
            })
        };
        json!({
            "title": self.title,
            "when": self.when,
            "place": self.place,
            "heads": self.heads,
            "sheets": self.sheets.iter().map(sheet).collect::<Vec<_>>(),
        })
    }
}
