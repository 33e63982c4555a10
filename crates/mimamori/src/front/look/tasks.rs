//! Dated work, most urgent first, each line with its next act.

use maud::{Markup, html};

use super::acts::{Link, Weight, act, button_link};
use super::signs::{Tone, chip};

/// One thing to do.
pub struct TaskCard<'a> {
    /// How urgent, in colour and in words: `本日まで`, `3日過ぎています`.
    pub tone: Tone,
    pub due: &'a str,
    pub title: &'a str,
    pub href: &'a str,
    /// Whom or what it is about.
    pub about: &'a str,
    /// Why it is there, in one line.
    pub note: &'a str,
    pub act: TaskAct<'a>,
}

/// The next act: a page to open, or a deed done at once.
#[derive(Clone, Copy)]
pub enum TaskAct<'a> {
    Open(Link<'a>),
    Post { label: &'a str, action: &'a str },
}

/// The list of the day. An empty list is the page's affair (`empty`).
#[must_use]
pub fn task_list(cards: &[TaskCard<'_>]) -> Markup {
    html! { ol.tasks { @for card in cards { li class=(card.tone.class()) { (one(card)) } } } }
}

fn one(card: &TaskCard<'_>) -> Markup {
    html! {
        div.task-due { (chip(card.tone, card.due)) }
        div.task-words {
            a.task-title href=(card.href) { (card.title) }
            @if !card.about.is_empty() { p.task-about { (card.about) } }
            @if !card.note.is_empty() { p.task-note { (card.note) } }
        }
        div.task-act {
            @match card.act {
                TaskAct::Open(link) => (button_link(Weight::Secondary, link)),
                TaskAct::Post { label, action } => (act(Weight::Secondary, label, card.about, action, &[])),
            }
        }
    }
}
