//! Where one is: the steps of a deed, the sides of a record.

use maud::{Markup, html};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Done,
    Now,
    Later,
}

/// One step of a deed. A finished one may be gone back to.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    pub label: &'a str,
    pub state: StepState,
    pub href: Option<&'a str>,
}

impl StepState {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Later => "later",
        }
    }
}

/// Numbered steps, the present one marked; `label` names the deed.
#[must_use]
pub fn steps(label: &str, steps: &[Step<'_>]) -> Markup {
    html! {
        nav.steps aria-label=(label) {
            ol { @for (i, step) in steps.iter().enumerate() { (one_step(i + 1, step)) } }
        }
    }
}

fn one_step(number: usize, step: &Step<'_>) -> Markup {
    let now = (step.state == StepState::Now).then_some("step");
    html! {
        li class=(step.state.class()) aria-current=[now] {
            span.step-number { (number) }
            span.step-words {
                @if let Some(href) = step.href { a href=(href) { (step.label) } } @else { (step.label) }
                @if step.state == StepState::Done { small { "済み" } }
                @if step.state == StepState::Now { small { "いまここ" } }
            }
        }
    }
}

/// One side of a record, with how many things lie there.
#[derive(Clone, Copy)]
pub struct Tab<'a> {
    pub label: &'a str,
    pub href: &'a str,
    pub count: Option<u64>,
    pub current: bool,
}

/// Sides of a record as links, so that each has its address.
#[must_use]
pub fn tabs(label: &str, tabs: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            ul { @for tab in tabs {
                li { a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = tab.count { span.count { (count) "件" } }
                } }
            } }
        }
    }
}
