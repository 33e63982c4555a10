//! A date as people say it: era, year, month, day; or in one line, as read from a card.

use maud::{Markup, html};

use super::fields::{Field, field_id, group, takes_focus};

/// A date as typed so far. Sent as `{name}_era`, `_year`, `_month`, `_day` and `{name}_text`.
///
/// The frame is a [`Field`]; its `value` is the free text, which counts where it is filled.
#[derive(Clone, Copy, Default)]
pub struct DateParts<'a> {
    pub frame: Field<'a>,
    /// `showa`, `taisho`, `meiji`, `heisei`, `reiwa` or `ce` (the year as 西暦).
    pub era: &'a str,
    pub year: &'a str,
    pub month: &'a str,
    pub day: &'a str,
}

/// Eras a living person or a record can be born in, as sent and as shown.
const ERAS: [(&str, &str); 6] = [
    ("showa", "昭和"),
    ("taisho", "大正"),
    ("meiji", "明治"),
    ("heisei", "平成"),
    ("reiwa", "令和"),
    ("ce", "西暦"),
];

/// Split date fields, with a line for any other notation below.
#[must_use]
pub fn date_parts(d: &DateParts<'_>) -> Markup {
    let f = &d.frame;
    group(
        f,
        html! {
            div.date-parts {
                (era(d))
                (part(f.name, "year", "年", d.year))
                (part(f.name, "month", "月", d.month))
                (part(f.name, "day", "日", d.day))
            }
            div.date-text {
                label for={ (field_id(f.name)) "_text" } { "またはそのまま書く（例：S13.4.2、1938-04-02、昭和13年ごろ）" }
                input.normal id={ (field_id(f.name)) "_text" } type="text" name={ (f.name) "_text" }
                    value=(f.value) autocomplete="off";
            }
        },
    )
}

fn era(d: &DateParts<'_>) -> Markup {
    let f = &d.frame;
    html! {
        span.part {
            label for=(field_id(f.name)) { "元号" }
            select id=(field_id(f.name)) name={ (f.name) "_era" } autofocus[takes_focus(f)] {
                @for (value, label) in ERAS {
                    option value=(value) selected[value == d.era] { (label) }
                }
            }
        }
    }
}

fn part(name: &str, part: &str, label: &str, value: &str) -> Markup {
    let id = format!("{}_{part}", field_id(name));
    html! {
        span.part {
            input id=(id) type="text" name={ (name) "_" (part) } value=(value)
                inputmode="numeric" autocomplete="off";
            label for=(id) { (label) }
        }
    }
}
