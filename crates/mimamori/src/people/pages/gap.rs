//! What can't be confirmed by one press: a group in which nothing stands, or something that was never
//! asked.

use maud::{Markup, html};

use crate::people::rules::{Gap, Group, Heard};

/// Code and words of the button that confirms a group as it stands; none where something in it was
/// never asked.
pub fn said_of(group: Group, gap: &Gap) -> Option<(&'static str, &'static str)> {
    match gap {
        Gap::Nothing => Some((UNCHANGED, "変わりないことを確認した")),
        Gap::Empty => Some((NONE, none_words(group))),
        Gap::Unasked(_) => None,
    }
}

/// Codes of what was heard, in a form.
const UNCHANGED: &str = "unchanged";
const NONE: &str = "none";

/// What was heard, by its code.
pub fn heard_of(code: &str) -> Option<Heard> {
    match code {
        UNCHANGED => Some(Heard::Unchanged),
        NONE => Some(Heard::Nothing),
        _ => None,
    }
}

/// The answer that a group is empty, said aloud.
pub fn none_words(group: Group) -> &'static str {
    match group {
        Group::Contacts => "連絡先になる方はいない、とうかがった",
        _ => "書いておくことはない、とうかがった",
    }
}

/// What was never asked, where something was not.
pub fn unasked(gap: &Gap) -> Markup {
    html! {
        @if let Gap::Unasked(lines) = gap {
            p { "まだうかがっていません：" strong { (lines.join("・")) } "。うかがって記入すると、確認した日が付きます。" }
        }
    }
}
