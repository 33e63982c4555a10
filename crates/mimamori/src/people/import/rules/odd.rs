//! Rows that are nobody: blank ones, sums, heads repeated by the printer, closing remarks.

use unicode_normalization::UnicodeNormalization;

use super::sheet::SheetRow;

const SUMS: [&str; 8] = ["合計", "総計", "小計", "累計", "総数", "人数", "件数", "計"];
const REMARKS: [&str; 6] = ["以上", "以下余白", "※", "注", "(注", "作成日"];
/// A sum stands in the first cells of a row that holds little else.
const FILLED_IN_A_SUM: usize = 4;

/// What the row is, in words, if it is nobody.
pub fn odd(row: &SheetRow, head: &SheetRow) -> Option<&'static str> {
    let filled: Vec<&str> = row
        .cells
        .iter()
        .filter(|cell| !cell.is_blank())
        .map(|cell| cell.text.as_str())
        .collect();
    let Some(first) = filled.first() else {
        return Some("空白の行");
    };
    let mut sums = filled.iter().take(2).map(|text| is_sum(&folded(text)));
    if filled.len() <= FILLED_IN_A_SUM && sums.any(|sum| sum) {
        return Some("合計の行");
    }
    let starts = || REMARKS.iter().any(|mark| folded(first).starts_with(mark));
    if filled.len() == 1 && starts() {
        return Some("注記の行");
    }
    repeats(row, head, filled.len()).then_some("見出しのくり返し")
}

fn folded(text: &str) -> String {
    letters(text).collect()
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkc().filter(|c| !c.is_whitespace())
}

fn is_sum(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_ascii_digit() || "名人件:,-=()【】[]".contains(c));
    SUMS.contains(&bare)
}

fn repeats(row: &SheetRow, head: &SheetRow, filled: usize) -> bool {
    let cells = row.cells.iter().zip(&head.cells);
    // Letter by letter, since nearly every cell differs from its heading in the first.
    let same = cells.filter(|(cell, heading)| {
        !cell.is_blank() && letters(&cell.text).eq(letters(&heading.text))
    });
    same.count() * 2 > filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::import::rules::sheet::Cell;

    fn row(text: &str) -> SheetRow {
        let cells = text.split(',').map(Cell::text).collect();
        SheetRow { number: 1, cells }
    }

    #[test]
    fn rows_that_are_nobody_are_told_apart() {
        let head = row("番号,氏名,住所");
        let kind = |text: &str| odd(&row(text), &head);
        assert_eq!(kind(",　,"), Some("空白の行"));
        assert_eq!(kind("合計,2000名,"), Some("合計の行"));
        assert_eq!(kind(",合　計：12名,"), Some("合計の行"));
        assert_eq!(kind("番号,氏 名,住所"), Some("見出しのくり返し"));
        assert_eq!(kind("※同意ずみの方のみ,,"), Some("注記の行"));
        assert_eq!(kind("1,計良 一,中央1"), None);
        assert_eq!(kind("12,,"), None);
    }
}
