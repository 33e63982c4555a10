//! The desk: large, in reading order, one press to call.

use maud::{Markup, html};

use super::icons::Icon;
use super::records::Confirmed;

/// A number in its groups, with how it is said below (empty where it is none): `["123", "4567", "8901"]`.
#[must_use]
pub fn big_number(groups: &[&str], spoken: &str) -> Markup {
    html! {
        div.big-number {
            p.digits { @for group in groups { span { (group) } } }
            @if !spoken.is_empty() { p.spoken { "読み：" (spoken) } }
        }
    }
}

/// One thing that may be said aloud to the caller.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub label: &'a str,
    pub text: &'a str,
    /// How it sounds, where the writing does not tell: the reading of a name.
    pub reading: &'a str,
    pub confirmed: Option<Confirmed<'a>>,
}

/// What may be read out, in the order to read it. `heading` says to whom: 「救急隊に伝えてよいこと」.
#[must_use]
pub fn read_aloud(heading: &str, lines: &[Said<'_>]) -> Markup {
    html! {
        section.read-aloud {
            h2 { (heading) }
            dl { @for line in lines {
                div {
                    dt { (line.label) }
                    dd {
                        @if !line.reading.is_empty() { span.reading { (line.reading) } }
                        span.said { (line.text) }
                        @if let Some(confirmed) = line.confirmed { (confirmed.chip()) }
                    }
                }
            } }
        }
    }
}

/// A number to call. `tel` is what the telephone dials, `shown` what is read.
#[derive(Clone, Copy)]
pub struct Phone<'a> {
    pub label: &'a str,
    pub tel: &'a str,
    pub shown: &'a str,
}

/// A call already made: 「14:22　出ませんでした（田中）」.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub when: &'a str,
    pub outcome: &'a str,
    pub who: &'a str,
}

/// One contact, to be called in this order.
#[derive(Clone, Copy)]
pub struct CallRow<'a> {
    pub order: u32,
    pub name: &'a str,
    pub reading: &'a str,
    pub relation: &'a str,
    pub phones: &'a [Phone<'a>],
    /// What this contact may be told; empty where nothing is limited.
    pub note: &'a str,
    pub confirmed: Option<Confirmed<'a>>,
    /// Where an outcome is posted, as `outcome=…`.
    pub action: &'a str,
    /// Value sent and words shown.
    pub outcomes: &'a [(&'a str, &'a str)],
    pub attempts: &'a [Attempt<'a>],
}

/// Contacts in calling order.
#[must_use]
pub fn call_list(rows: &[CallRow<'_>]) -> Markup {
    html! { ol.calls { @for row in rows { (call_row(row)) } } }
}

/// One `li` of [`call_list`].
#[must_use]
pub fn call_row(row: &CallRow<'_>) -> Markup {
    html! {
        li.call {
            span.call-order { (row.order) span.unseen { "番目" } }
            div.call-who {
                p.call-name { (row.name) @if !row.reading.is_empty() { span { (row.reading) } } }
                p { (row.relation) " " @if let Some(confirmed) = row.confirmed { (confirmed.chip()) } }
                @if !row.note.is_empty() { p.call-note { (row.note) } }
            }
            div.call-phones { @for phone in row.phones { (number(phone)) } }
            @if !row.attempts.is_empty() { (attempts(row.attempts)) }
            @if !row.outcomes.is_empty() { (outcomes(row)) }
        }
    }
}

fn number(phone: &Phone<'_>) -> Markup {
    html! {
        a.dial href={ "tel:" (phone.tel) } {
            (Icon::Phone) span.dial-number { (phone.shown) } span.dial-label { (phone.label) }
        }
    }
}

fn attempts(attempts: &[Attempt<'_>]) -> Markup {
    html! {
        ul.attempts { @for a in attempts {
            li { span { (a.when) } strong { (a.outcome) } span { (a.who) } }
        } }
    }
}

fn outcomes(row: &CallRow<'_>) -> Markup {
    html! {
        form.outcomes method="post" action=(row.action) {
            fieldset {
                legend { "かけた結果" span.unseen { "：" (row.name) } }
                @for (value, label) in row.outcomes {
                    button.button.quiet type="submit" name="outcome" value=(value) { (label) }
                }
            }
        }
    }
}

/// A number to press: the one big button of a page for strangers.
#[must_use]
pub fn dial(href: &str, shown: &str, label: &str) -> Markup {
    html! {
        p { a.dial href=(href) {
            (Icon::Phone) span.dial-number { (shown) } span.dial-label { (label) }
        } }
    }
}
