//! Which pages staff open, how often, and with what.

use super::fill::{Filled, Worker};
use crate::chance::Chance;

/// A page with its share of the work.
pub struct Page {
    /// What the report calls it.
    pub name: &'static str,
    /// How often, beside the others.
    pub weight: usize,
    /// The request.
    pub ask: Ask,
}

/// What is sent.
pub enum Ask {
    /// A page whose address is always the same.
    Get(&'static str),
    /// A record's page: before and after the id of one of the worker's center.
    Of(Kind, &'static str, &'static str),
    /// A search for somebody of the town by family name.
    Search(&'static str),
}

/// What kind of record a page shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Person,
    Task,
    Consultation,
    Notice,
    Case,
}

/// A working day: most of it is the list of the day, records, and searching.
pub const PAGES: &[Page] = &[
    page("home", 12, Ask::Get("/")),
    page("task", 8, Ask::Of(Kind::Task, "/tasks/", "")),
    page("people", 4, Ask::Get("/people")),
    page("person", 20, Ask::Of(Kind::Person, "/people/", "")),
    page(
        "person: history",
        2,
        Ask::Of(Kind::Person, "/people/", "/history"),
    ),
    page(
        "person: sights",
        1,
        Ask::Of(Kind::Person, "/people/", "/sights"),
    ),
    page("search", 12, Ask::Search("/people/search")),
    page("consultations", 8, Ask::Get("/consultations")),
    page("consultations: new", 8, Ask::Get("/consultations/new")),
    page(
        "consultation",
        6,
        Ask::Of(Kind::Consultation, "/consultations/", ""),
    ),
    page(
        "person: consultations",
        5,
        Ask::Of(Kind::Person, "/people/", "/consultations"),
    ),
    page("figures", 1, Ask::Get("/consultations/figures")),
    page("notices", 6, Ask::Get("/notices")),
    page("notice", 4, Ask::Of(Kind::Notice, "/notices/", "")),
    page("notices: figures", 1, Ask::Get("/notices/figures")),
    page("cases: mine", 8, Ask::Get("/cases")),
    page("cases: the center's", 4, Ask::Get("/cases?list=center")),
    page("cases: silent", 2, Ask::Get("/cases?list=silent")),
    page("case", 12, Ask::Of(Kind::Case, "/cases/", "")),
    page(
        "case: sharing",
        1,
        Ask::Of(Kind::Case, "/cases/", "/sharing"),
    ),
    page(
        "person: cases",
        3,
        Ask::Of(Kind::Person, "/people/", "/cases"),
    ),
    page(
        "person: paths",
        2,
        Ask::Of(Kind::Person, "/people/", "/paths"),
    ),
    page(
        "person: checklists",
        2,
        Ask::Of(Kind::Person, "/people/", "/checklists"),
    ),
    page("desk", 5, Ask::Get("/desk")),
    page("renewals", 3, Ask::Get("/renewals")),
];

const fn page(name: &'static str, weight: usize, ask: Ask) -> Page {
    Page { name, weight, ask }
}

/// One of the pages, by weight.
pub fn choose(chance: &mut Chance) -> usize {
    let all: usize = PAGES.iter().map(|page| page.weight).sum();
    let mut at = chance.below(all);
    for (number, page) in PAGES.iter().enumerate() {
        if at < page.weight {
            return number;
        }
        at -= page.weight;
    }
    0
}

/// Writes the request of a page by this worker.
pub fn write(
    page: &Page,
    filled: &Filled,
    worker: &Worker,
    chance: &mut Chance,
    into: &mut Vec<u8>,
) {
    into.clear();
    let cookie = &worker.cookie;
    let request = match &page.ask {
        Ask::Get(path) => get(path, cookie),
        Ask::Of(kind, before, after) => {
            let ids = filled.ids(*kind, worker.center);
            let id = ids.get(chance.below(ids.len().max(1))).copied();
            get(
                &format!("{before}{:016x}{after}", id.unwrap_or_default()),
                cookie,
            )
        }
        Ask::Search(path) => {
            let name = chance.pick(&filled.families).map_or("", String::as_str);
            post(path, cookie, &format!("q={}", escaped(name)))
        }
    };
    into.extend_from_slice(request.as_bytes());
}

fn get(path: &str, cookie: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\naccept: text/html\r\n\r\n"
    )
}

fn post(path: &str, cookie: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\naccept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
