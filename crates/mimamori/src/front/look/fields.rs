//! One field: its label above, its hint and its problem tied to it, its value as typed.

use maud::{Markup, html};

use super::forms::Problem;
use super::icons::Icon;

/// A field as it stands on the page. Fill what differs from `Field::default()`.
#[derive(Clone, Copy, Default)]
pub struct Field<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
    /// Given back exactly as typed.
    pub value: &'a str,
    pub problem: Option<Problem<'a>>,
    pub required: bool,
    pub kind: Kind,
    /// The page begins here; a problem comes before.
    pub focus: bool,
    /// The `autocomplete` word, such as `username`; empty where the browser shall remember nothing.
    pub autocomplete: &'a str,
}

/// What is typed into a field; it chooses the keyboard on a phone and the width.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    /// A few characters: a postcode, a count of rooms.
    Short,
    /// A whole line: an address.
    Long,
    /// Digits, without the spin buttons that change a figure by accident.
    Number,
    Tel,
    Email,
    Password,
    Search,
    Textarea,
}

impl Kind {
    const fn input(self) -> &'static str {
        match self {
            Self::Tel => "tel",
            Self::Email => "email",
            Self::Password => "password",
            Self::Search => "search",
            Self::Text | Self::Short | Self::Long | Self::Number | Self::Textarea => "text",
        }
    }

    const fn width(self) -> &'static str {
        match self {
            Self::Short | Self::Number => "short",
            Self::Tel => "medium",
            Self::Long | Self::Textarea => "long",
            Self::Text | Self::Email | Self::Password | Self::Search => "normal",
        }
    }
}

/// One answer to choose.
#[derive(Clone, Copy)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub label: &'a str,
    pub hint: &'a str,
}

impl<'a> Choice<'a> {
    #[must_use]
    pub const fn new(value: &'a str, label: &'a str) -> Self {
        let hint = "";
        Self { value, label, hint }
    }
}

/// The id of the field `name`, to link to it.
#[must_use]
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

/// A field to type into.
#[must_use]
pub fn field(f: &Field<'_>) -> Markup {
    framed(
        f,
        if f.kind == Kind::Textarea {
            textarea(f)
        } else {
            input(f)
        },
    )
}

fn input(f: &Field<'_>) -> Markup {
    let digits = (f.kind == Kind::Number).then_some("numeric");
    html! {
        input id=(field_id(f.name)) name=(f.name) type=(f.kind.input()) class=(f.kind.width())
            value=[shown_value(f)] inputmode=[digits] autocomplete=(autocomplete(f))
            required[f.required] autofocus[takes_focus(f)]
            aria-invalid=[invalid(f)] aria-describedby=[described_by(f)];
    }
}

/// A password is never sent back to the page.
fn shown_value<'a>(f: &Field<'a>) -> Option<&'a str> {
    (f.kind != Kind::Password && !f.value.is_empty()).then_some(f.value)
}

fn autocomplete<'a>(f: &Field<'a>) -> &'a str {
    if f.autocomplete.is_empty() {
        "off"
    } else {
        f.autocomplete
    }
}

fn textarea(f: &Field<'_>) -> Markup {
    html! {
        // A browser drops one line break right after the tag; this one is for it to drop.
        textarea id=(field_id(f.name)) name=(f.name) rows="4" class=(f.kind.width())
            autocomplete="off" required[f.required] autofocus[takes_focus(f)]
            aria-invalid=[invalid(f)] aria-describedby=[described_by(f)] { "\n" (f.value) }
    }
}

/// One choice out of many, from a list that unfolds. `f.value` is chosen.
#[must_use]
pub fn select(f: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    framed(
        f,
        html! {
            select id=(field_id(f.name)) name=(f.name) required[f.required] autofocus[takes_focus(f)]
                aria-invalid=[invalid(f)] aria-describedby=[described_by(f)] {
                @for c in choices {
                    option value=(c.value) selected[c.value == f.value] { (c.label) }
                }
            }
        },
    )
}

/// One choice out of a few, all in sight. `f.value` is chosen.
#[must_use]
pub fn radios(f: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    choose(f, "radio", choices, &[f.value])
}

/// Any number of choices. `ticked` holds the chosen values.
#[must_use]
pub fn checks(f: &Field<'_>, choices: &[Choice<'_>], ticked: &[&str]) -> Markup {
    choose(f, "checkbox", choices, ticked)
}

fn choose(f: &Field<'_>, kind: &str, choices: &[Choice<'_>], chosen: &[&str]) -> Markup {
    group(
        f,
        html! {
            div.choices {
                @for (i, c) in choices.iter().enumerate() {
                    @let id = if i == 0 { field_id(f.name) } else { format!("f-{}-{i}", f.name) };
                    label.choice for=(id) {
                        input id=(id) type=(kind) name=(f.name) value=(c.value)
                            checked[chosen.contains(&c.value)]
                            required[f.required && kind == "radio"]
                            autofocus[i == 0 && takes_focus(f)];
                        span { (c.label) @if !c.hint.is_empty() { small { (c.hint) } } }
                    }
                }
            }
        },
    )
}

/// A file to send; `accept` such as `.csv,.xlsx`.
#[must_use]
pub fn file(f: &Field<'_>, accept: &str) -> Markup {
    framed(
        f,
        html! {
            input id=(field_id(f.name)) name=(f.name) type="file" accept=(accept)
                required[f.required] autofocus[takes_focus(f)]
                aria-invalid=[invalid(f)] aria-describedby=[described_by(f)];
        },
    )
}

fn framed(f: &Field<'_>, control: Markup) -> Markup {
    html! {
        div.field.wrong[f.problem.is_some()] {
            label for=(field_id(f.name)) { (f.label) (must(f)) }
            (words(f))
            (control)
        }
    }
}

/// Several controls that answer one question.
pub(super) fn group(f: &Field<'_>, controls: Markup) -> Markup {
    html! {
        fieldset.field.wrong[f.problem.is_some()] aria-describedby=[described_by(f)] {
            legend { (f.label) (must(f)) }
            (words(f))
            (controls)
        }
    }
}

fn must(f: &Field<'_>) -> Markup {
    html! { @if f.required { " " span.must { "必須" } } }
}

fn words(f: &Field<'_>) -> Markup {
    html! {
        @if !f.hint.is_empty() { p.hint id={ (field_id(f.name)) "-hint" } { (f.hint) } }
        @if let Some(problem) = f.problem {
            p.problem id={ (field_id(f.name)) "-problem" } { (Icon::Danger) (problem.text) }
        }
    }
}

pub(super) fn takes_focus(f: &Field<'_>) -> bool {
    f.focus || f.problem.is_some_and(|problem| problem.first)
}

fn invalid(f: &Field<'_>) -> Option<&'static str> {
    f.problem.map(|_| "true")
}

fn described_by(f: &Field<'_>) -> Option<String> {
    let id = field_id(f.name);
    match (f.hint.is_empty(), f.problem.is_none()) {
        (true, true) => None,
        (false, true) => Some(format!("{id}-hint")),
        (true, false) => Some(format!("{id}-problem")),
        (false, false) => Some(format!("{id}-hint {id}-problem")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::forms::{Problems, problem_summary};
    use super::*;

    fn refused() -> Problems {
        let mut problems = Problems::default();
        problems.add("tel", "電話番号の数字が1つ足りないようです。");
        problems.add("zip", "郵便番号は7桁です。");
        problems
    }

    #[test]
    fn a_refused_field_comes_back_as_typed_with_its_words_tied_to_it() {
        let problems = refused();
        let problem = problems.of("tel");
        let shown = field(&Field {
            name: "tel",
            label: "電話",
            value: "03-0\"",
            problem,
            ..Field::default()
        });
        let shown = shown.into_string();
        assert!(shown.contains(r#"value="03-0&quot;""#));
        assert!(shown.contains(r#"aria-invalid="true" aria-describedby="f-tel-problem""#));
        assert!(shown.contains(r#"id="f-tel-problem""#));
    }

    #[test]
    fn only_the_first_problem_takes_the_focus() {
        let problems = refused();
        let focused = |name| {
            let problem = problems.of(name);
            let f = Field {
                name,
                problem,
                ..Field::default()
            };
            field(&f).into_string().contains("autofocus")
        };
        assert_eq!(["tel", "zip", "name"].map(focused), [true, false, false]);
    }

    #[test]
    fn the_summary_leads_to_each_field() {
        let summary = problem_summary(&refused()).into_string();
        assert!(summary.contains("2か所") && summary.contains(r##"href="#f-zip""##));
        assert_eq!(problem_summary(&Problems::default()).into_string(), "");
    }

    #[test]
    fn a_password_never_comes_back() {
        let f = Field {
            name: "pw",
            value: "himitsu",
            kind: Kind::Password,
            ..Field::default()
        };
        assert!(!field(&f).into_string().contains("himitsu"));
    }

    #[test]
    fn the_chosen_answer_stays_chosen() {
        let choices = [Choice::new("f", "女性"), Choice::new("m", "男性")];
        let f = Field {
            name: "sex",
            value: "m",
            ..Field::default()
        };
        assert!(
            radios(&f, &choices)
                .into_string()
                .contains(r#"value="m" checked"#)
        );
        assert!(
            select(&f, &choices)
                .into_string()
                .contains(r#"value="m" selected"#)
        );
    }
}
