//! Our own lists as JSON: an array of objects, each field a text under its heading.

use serde_json::{Map, Value};

use super::read::{Known, MOST_COLUMNS, MOST_ROWS, Unreadable, lay_out};
use super::sheet::{Cell, Encoding, Layout, Sheet, SheetRow};

/// Whether a file begins as one.
pub(super) fn is_list(file: &[u8]) -> bool {
    let mut letters = file.iter().filter(|byte| !byte.is_ascii_whitespace());
    letters.next() == Some(&b'[') && matches!(letters.next(), Some(b'{' | b']'))
}

/// Reads the list; the rows that can't be taken go back as CSV, which staff can mend.
pub(super) fn read(file: &[u8], known: Known<'_>) -> Result<Sheet, Unreadable> {
    let objects: Vec<Map<String, Value>> =
        serde_json::from_slice(file).map_err(|_| Unreadable::BrokenJson)?;
    if objects.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    let mut head: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(Map::keys) {
        if !head.contains(name) {
            head.push(name.clone());
        }
        if head.len() > MOST_COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
    }
    // serde_json sorts names; the state of our own lists stands last.
    head.sort_by_key(|name| name == super::headings::STATE_HEADING);
    let row = |number, cells: Vec<String>| SheetRow {
        number,
        cells: cells.into_iter().map(Cell::text).collect(),
    };
    let cells = objects.iter().map(|one| {
        let texts = head.iter().map(|name| text(one.get(name)));
        texts.collect::<Vec<String>>()
    });
    let below = (2..).zip(cells).map(|(number, cells)| row(number, cells));
    let below: Vec<SheetRow> = below.collect();
    let all = [row(1, head.clone())].into_iter().chain(below).collect();
    let layout = Layout::Text {
        encoding: Encoding::Utf8 { bom: true },
        separator: b',',
    };
    lay_out(layout, all, known)
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
