//! The few pictures, always beside words and hidden from screen readers.

use maud::{Markup, PreEscaped, Render};

/// One line drawing of 24 × 24, in the colour of the text beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Search,
    Phone,
    Check,
    Notice,
    Warning,
    Danger,
    Key,
    Print,
}

impl Render for Icon {
    fn render(&self) -> Markup {
        PreEscaped(self.svg().to_owned())
    }
}

impl Icon {
    const fn svg(self) -> &'static str {
        match self {
            Self::Search => include_str!("../../../assets/icons/search.svg"),
            Self::Phone => include_str!("../../../assets/icons/phone.svg"),
            Self::Check => include_str!("../../../assets/icons/check.svg"),
            Self::Notice => include_str!("../../../assets/icons/notice.svg"),
            Self::Warning => include_str!("../../../assets/icons/warning.svg"),
            Self::Danger => include_str!("../../../assets/icons/danger.svg"),
            Self::Key => include_str!("../../../assets/icons/key.svg"),
            Self::Print => include_str!("../../../assets/icons/print.svg"),
        }
    }
}
