//! Links and buttons: where one can go, what one can do.

use maud::{Markup, html};

/// Words that lead somewhere.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    pub label: &'a str,
    pub href: &'a str,
}

impl<'a> Link<'a> {
    #[must_use]
    pub const fn new(label: &'a str, href: &'a str) -> Self {
        Self { label, href }
    }
}

/// How loudly a button speaks. One `Primary` a page, at most one `Danger`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Primary,
    Secondary,
    Quiet,
    Danger,
}

impl Weight {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button secondary",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// A link in running text.
#[must_use]
pub fn text_link(link: Link<'_>) -> Markup {
    html! { a href=(link.href) { (link.label) } }
}

/// A link that looks like a button: it shows, it changes nothing.
#[must_use]
pub fn button_link(weight: Weight, link: Link<'_>) -> Markup {
    html! { a class=(weight.class()) href=(link.href) { (link.label) } }
}

/// A submit button that also sends `name=value`, for forms with several ways to end.
#[must_use]
pub fn button(weight: Weight, label: &str, name: &str, value: &str) -> Markup {
    html! { button class=(weight.class()) type="submit" name=(name) value=(value) { (label) } }
}

/// A deed of one click: a POST form that is nothing but its button and hidden fields.
///
/// Where several such buttons stand on one page, `about` says to a screen reader which row is meant.
#[must_use]
pub fn act(
    weight: Weight,
    label: &str,
    about: &str,
    action: &str,
    fields: &[(&str, &str)],
) -> Markup {
    html! {
        form.act method="post" action=(action) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button class=(weight.class()) type="submit" {
                (label)
                @if !about.is_empty() { span.unseen { "：" (about) } }
            }
        }
    }
}
