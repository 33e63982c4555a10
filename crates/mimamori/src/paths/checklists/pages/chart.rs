//! Years side by side as small pictures, drawn on the server; the same stands in a table below.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::paths::checklists::rules::{Checklist, DOMAINS, Domain, Score, scores};

/// A bar and the room around it.
const STEP: usize = 44;
/// Height of one point.
const POINT: usize = 14;

/// The points of each part over the years, the oldest first.
pub fn bars(years: &[&Checklist]) -> Markup {
    let all: Vec<_> = years
        .iter()
        .map(|one| (one.on, scores(&one.answers)))
        .collect();
    // One scale and one floor for all parts: beside each other they can be compared.
    let most = all
        .iter()
        .flat_map(|(_, scores)| scores.iter().map(|(_, score)| usize::from(score.of)))
        .max()
        .unwrap_or(1);
    html! {
        div.pictures { @for (at, domain) in DOMAINS.iter().enumerate() {
            @let of: Vec<(Date, &Score)> = all.iter().map(|(on, scores)| (*on, &scores[at].1)).collect();
            (picture(domain, &of, most))
        } }
    }
}

fn picture(domain: &Domain, years: &[(Date, &Score)], most: usize) -> Markup {
    let (width, floor) = (STEP * years.len().max(2) + 8, most * POINT + 22);
    html! {
        figure.picture {
            figcaption { (domain.word) @if grew(years) { " " strong { "▲ 前回より増" } } }
            svg role="img" aria-label=(told(domain, years)) width=(width) height=(floor + 22)
                viewBox={ "0 0 " (width) " " (floor + 22) } fill="currentColor" font-size="13" text-anchor="middle" {
                line x1="0" x2=(width) y1=(floor) y2=(floor) stroke="currentColor" {}
                @for (at, (on, score)) in years.iter().enumerate() { (bar(at, floor, *on, score)) }
            }
        }
    }
}

/// Filled where everything was answered, an outline where something is open.
fn bar(at: usize, floor: usize, on: Date, score: &Score) -> Markup {
    let (left, height) = (at * STEP + 12, usize::from(score.points) * POINT);
    let middle = left + STEP / 2 - 8;
    let open = !score.open.is_empty();
    html! {
        rect x=(left) y=(floor - height) width=(STEP - 16) height=(height) stroke="currentColor"
            fill=[open.then_some("none")] stroke-dasharray=[open.then_some("3 2")] {}
        text x=(middle) y=(floor - height - 5) { (score.points) @if open { "＋?" } }
        text x=(middle) y=(floor + 16) { (year(on)) }
    }
}

/// 「R8」 would need a legend; the last two digits of the year and the month do not.
fn year(on: Date) -> String {
    format!("{:02}.{}", on.year().rem_euclid(100), on.month())
}

/// Whether the last is complete and more than the one before, complete as well.
fn grew(years: &[(Date, &Score)]) -> bool {
    matches!(years, [.., (_, before), (_, last)]
        if before.open.is_empty() && last.open.is_empty() && last.points > before.points)
}

fn told(domain: &Domain, years: &[(Date, &Score)]) -> String {
    let one = |(on, score): &(Date, &Score)| {
        let open = if score.open.is_empty() {
            ""
        } else {
            "（未回答あり）"
        };
        format!("{}年{}月 {}点{open}", on.year(), on.month(), score.points)
    };
    let years: Vec<String> = years.iter().map(one).collect();
    format!("{}：{}", domain.word, years.join("、"))
}
