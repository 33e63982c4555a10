//! Lists of like things.

use maud::{Markup, html};

/// A column's head.
#[derive(Clone, Copy, Default)]
pub struct Head<'a> {
    pub label: &'a str,
    /// Figures stand right-aligned.
    pub figures: bool,
    pub sort: Option<Sort<'a>>,
}

/// How to sort by a column: the address that does it, and how it is now.
#[derive(Clone, Copy)]
pub struct Sort<'a> {
    pub href: &'a str,
    pub now: Sorted,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    No,
    Up,
    Down,
}

impl<'a> Head<'a> {
    #[must_use]
    pub const fn new(label: &'a str) -> Self {
        let (figures, sort) = (false, None);
        Self {
            label,
            figures,
            sort,
        }
    }

    #[must_use]
    pub const fn figures(label: &'a str) -> Self {
        let (figures, sort) = (true, None);
        Self {
            label,
            figures,
            sort,
        }
    }

    #[must_use]
    pub const fn sorted(self, href: &'a str, now: Sorted) -> Self {
        let sort = Some(Sort { href, now });
        Self { sort, ..self }
    }
}

impl Sorted {
    const fn aria(self) -> &'static str {
        match self {
            Self::No => "none",
            Self::Up => "ascending",
            Self::Down => "descending",
        }
    }

    const fn mark(self) -> &'static str {
        match self {
            Self::No => "↕",
            Self::Up => "↑",
            Self::Down => "↓",
        }
    }
}

/// Rows under a head. A row's first cell names it. On a phone each row becomes a small card, which
/// would hide from a screen reader that this is a table, were the roles not written out.
#[must_use]
pub fn table(caption: &str, head: &[Head<'_>], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table role="table" {
            caption { (caption) }
            thead role="rowgroup" { tr role="row" { @for h in head { (head_cell(h)) } } }
            tbody role="rowgroup" { @for row in rows { (body_row(head, row)) } }
        }
    }
}

fn head_cell(h: &Head<'_>) -> Markup {
    html! {
        th role="columnheader" scope="col" .figures[h.figures] .sortable[h.sort.is_some()]
            aria-sort=[h.sort.map(|sort| sort.now.aria())] {
            @if let Some(sort) = h.sort {
                a href=(sort.href) { (h.label) span.sort-mark aria-hidden="true" { (sort.now.mark()) } }
            } @else { (h.label) }
        }
    }
}

fn body_row(head: &[Head<'_>], row: &[Markup]) -> Markup {
    html! {
        tr role="row" {
            @for (i, (h, cell)) in head.iter().zip(row).enumerate() {
                @if i == 0 { th role="rowheader" scope="row" .figures[h.figures] data-label=(h.label) { (cell) } }
                @else { td role="cell" .figures[h.figures] data-label=(h.label) { (cell) } }
            }
        }
    }
}

/// For a table too wide to fold (an imported file's columns): scrolls by itself, also by keyboard.
#[must_use]
pub fn scroll_region(label: &str, table: Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (table) } }
}

/// What part of a long list is shown.
#[derive(Clone, Copy)]
pub struct Pager<'a> {
    /// `2,000人中 51–100人目`, as read.
    pub shown: &'a str,
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
}

/// The count, and the way to the pages before and after.
#[must_use]
pub fn pager(p: &Pager<'_>) -> Markup {
    html! {
        nav.pager aria-label="ページ送り" {
            span.pager-shown { (p.shown) }
            @if let Some(href) = p.before { a.button.quiet href=(href) rel="prev" { "← 前へ" } }
            @if let Some(href) = p.after { a.button.quiet href=(href) rel="next" { "次へ →" } }
        }
    }
}

/// What will be here, and the one button that starts it.
#[must_use]
pub fn empty(title: &str, text: &str, action: Option<Markup>) -> Markup {
    html! {
        div.empty {
            p.empty-title { (title) }
            p { (text) }
            @if let Some(action) = action { (action) }
        }
    }
}
