//! What is known, since when, and what happened to it.

use maud::{Markup, html};

use super::acts::Link;
use super::signs::{Tone, chip};

/// When and how something was last confirmed, as said: 「14か月前に電話で確認」.
#[derive(Clone, Copy)]
pub struct Confirmed<'a> {
    pub text: &'a str,
    /// Long ago or never: ask again.
    pub stale: bool,
}

impl Confirmed<'_> {
    pub(super) fn chip(self) -> Markup {
        chip(
            if self.stale {
                Tone::Warning
            } else {
                Tone::Plain
            },
            self.text,
        )
    }
}

/// One line of a record.
pub struct Entry<'a> {
    pub label: &'a str,
    pub value: Markup,
    pub confirmed: Option<Confirmed<'a>>,
    pub act: Option<Link<'a>>,
}

impl<'a> Entry<'a> {
    #[must_use]
    pub const fn new(label: &'a str, value: Markup) -> Self {
        let (confirmed, act) = (None, None);
        Self {
            label,
            value,
            confirmed,
            act,
        }
    }
}

/// A record as label and value, line by line.
#[must_use]
pub fn record(entries: &[Entry<'_>]) -> Markup {
    html! {
        dl.record { @for entry in entries {
            div {
                dt { (entry.label) }
                dd {
                    div.record-value { (entry.value) }
                    @if let Some(confirmed) = entry.confirmed { (confirmed.chip()) }
                    @if let Some(link) = entry.act {
                        a.record-act href=(link.href) { (link.label) span.unseen { "：" (entry.label) } }
                    }
                }
            }
        } }
    }
}

/// Something that happened: when (as said), who did it, what.
pub struct Event<'a> {
    pub when: Markup,
    pub who: &'a str,
    pub what: Markup,
}

/// Events, newest first.
#[must_use]
pub fn timeline(events: &[Event<'_>]) -> Markup {
    html! {
        ol.timeline { @for event in events {
            li {
                div.timeline-when { (event.when) span { (event.who) } }
                div.timeline-what { (event.what) }
            }
        } }
    }
}
