//! Chips, notices and banners. The words carry the meaning; colour and picture only repeat it.

use maud::{Markup, html};

use super::acts::Link;
use super::icons::Icon;

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Notice,
    Warning,
    Danger,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    pub(super) const fn icon(self) -> Icon {
        match self {
            Self::Good => Icon::Check,
            Self::Plain | Self::Notice => Icon::Notice,
            Self::Warning => Icon::Warning,
            Self::Danger => Icon::Danger,
        }
    }
}

/// A state in one or two words: 紛失, 期限切れ, 本日まで.
#[must_use]
pub fn chip(tone: Tone, text: &str) -> Markup {
    html! { span class={ "chip " (tone.class()) } { (text) } }
}

/// Something to know before going on, in its place on the page.
#[must_use]
pub fn notice(tone: Tone, title: &str, body: Markup) -> Markup {
    html! {
        section class={ "banner " (tone.class()) } aria-label=(title) {
            p.banner-title { (tone.icon()) (title) }
            div.banner-body { (body) }
        }
    }
}

/// The one thing that cannot wait, above everything else, with where to go.
#[must_use]
pub fn emergency(title: &str, text: &str, link: Link<'_>) -> Markup {
    html! {
        section.emergency aria-label="緊急のお知らせ" {
            p.emergency-title { (Icon::Danger) (title) }
            p { (text) }
            a.button.secondary href=(link.href) { (link.label) }
        }
    }
}

/// A time as one says it, 「今日 14:20」, with the full time behind it (`iso` for programs).
#[must_use]
pub fn moment(said: &str, full: &str, iso: &str) -> Markup {
    html! { time datetime=(iso) title=(full) { (said) } }
}
