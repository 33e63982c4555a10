//! Forms: what was refused and why, groups of fields, the buttons at the end.

use maud::{Markup, html};

use super::acts::Link;
use super::fields::field_id;
use super::icons::Icon;

/// What is wrong with a form, by field name, in the order of the form.
#[derive(Default)]
pub struct Problems(Vec<(String, String)>);

/// One field's problem. The first of a form takes the focus.
#[derive(Clone, Copy)]
pub struct Problem<'a> {
    pub text: &'a str,
    pub first: bool,
}

impl Problems {
    /// `text` says how to mend it, without blame.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.push((name.into(), text.into()));
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What to say beside the field `name`.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<Problem<'_>> {
        let at = self.0.iter().position(|(field, _)| field == name)?;
        let text = &self.0[at].1;
        Some(Problem {
            text,
            first: at == 0,
        })
    }
}

/// Every problem of the form above it, each leading to its field. Nothing where there is none.
#[must_use]
pub fn problem_summary(problems: &Problems) -> Markup {
    html! {
        @if !problems.is_empty() {
            section.banner.danger role="alert" aria-labelledby="problems-title" {
                h2 #problems-title { (Icon::Danger) (problems.0.len()) "か所、ご確認ください" }
                ul { @for (name, text) in &problems.0 {
                    li { a href={ "#" (field_id(name)) } { (text) } }
                } }
            }
        }
    }
}

/// A form that does something. Browsers' own bubbles are off: our words stand beside the field.
#[must_use]
pub fn form(action: &str, body: Markup) -> Markup {
    html! { form.sheet-form method="post" action=(action) autocomplete="off" novalidate { (body) } }
}

/// A form that takes files.
#[must_use]
pub fn upload_form(action: &str, body: Markup) -> Markup {
    html! {
        form.sheet-form method="post" action=(action) enctype="multipart/form-data" novalidate {
            (body)
        }
    }
}

/// A form that only narrows what is shown; its choices live in the address, so never for names.
#[must_use]
pub fn filters(action: &str, label: &str, body: Markup) -> Markup {
    html! {
        form.filters role="search" aria-label=(label) method="get" action=(action) {
            (body)
            button.button.secondary type="submit" { (label) }
        }
    }
}

/// Fields that belong together, with a heading.
#[must_use]
pub fn fieldset(legend: &str, body: Markup) -> Markup {
    html! { fieldset.group { legend { (legend) } (body) } }
}

/// The end of a form: its one deed, and the way out.
#[must_use]
pub fn buttons(primary: &str, secondary: Option<Link<'_>>) -> Markup {
    html! {
        div.buttons {
            button.button.primary type="submit" { (primary) }
            @if let Some(link) = secondary { a.button.quiet href=(link.href) { (link.label) } }
        }
    }
}

#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}
