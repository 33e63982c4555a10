//! Long work that shows itself, and may be left and found again.

use maud::{Markup, html};

/// How far a long work is. The page asks again by `Shell::refresh`, not by script.
#[derive(Clone, Copy)]
pub struct Progress<'a> {
    pub title: &'a str,
    pub done: u64,
    /// `None` while it is not known how much there is.
    pub total: Option<u64>,
    /// 「毎秒 2,140行」; empty where not yet known.
    pub rate: &'a str,
    /// 「あと 約12秒」; empty where not known or finished.
    pub left: &'a str,
    /// What came of it so far: 「追加」「1,204件」.
    pub counts: &'a [(&'a str, &'a str)],
}

#[must_use]
pub fn progress(p: &Progress<'_>) -> Markup {
    let value = p.total.map(|_| p.done);
    html! {
        section.progress {
            h2 #progress-title { (p.title) }
            progress aria-labelledby="progress-title" value=[value] max=[p.total] {}
            p.progress-line {
                strong { (grouped(p.done)) @if let Some(total) = p.total { " / " (grouped(total)) } }
                @if !p.rate.is_empty() { span { (p.rate) } }
                @if !p.left.is_empty() { span { (p.left) } }
            }
            dl.counts { @for (label, count) in p.counts { div { dt { (label) } dd { (count) } } } }
        }
    }
}

/// 1204 → 「1,204」.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let text: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    text.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_groups_of_three() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_204), "1,204");
        assert_eq!(grouped(2_000_000), "2,000,000");
    }
}
