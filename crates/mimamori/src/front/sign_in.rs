//! The log-in form: here and not in a room, because the guard answers with it too.

use maud::{Markup, html};
use serde::Deserialize;

use super::kept::KEPT;
use super::look::{
    Choice, Field, Kind, Problems, PublicShell, buttons, field, form, hidden, problem_summary,
    public_page, select,
};
use crate::networks::TownCard;

/// The form as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// Short name of the town; may be empty where there is only one.
    pub town: String,
    /// Mail address.
    pub email: String,
    /// Password; never sent back.
    pub password: String,
    /// Path to go on with.
    pub back: String,
    /// A form to go on with; see [`super::Kept`].
    pub kept: String,
}

/// The log-in page. With several towns it asks which; `above` stands over the form.
pub fn sign_in_page(
    towns: &[TownCard],
    typed: &SignInForm,
    problems: &Problems,
    above: Option<Markup>,
) -> Markup {
    let shell = PublicShell {
        network_name: shown_name(towns, &typed.town),
        languages: &[],
        ..PublicShell::default()
    };
    let body = html! {
        (above.unwrap_or_default())
        (problem_summary(problems))
        (form("/login", html! {
            @if towns.len() > 1 { (town_choice(towns, typed, problems)) }
            (field(&Field { name: "email", label: "メールアドレス", value: &typed.email, required: true,
                kind: Kind::Email, autocomplete: "username", problem: problems.of("email"), ..Field::default() }))
            (field(&Field { name: "password", label: "パスワード", required: true, kind: Kind::Password,
                autocomplete: "current-password", problem: problems.of("password"), ..Field::default() }))
            (hidden("back", &typed.back))
            @if !typed.kept.is_empty() { (hidden(KEPT, &typed.kept)) }
            (buttons("ログイン", None))
        }))
        p { "はじめての方は、町の管理者から届いた招待のリンクを開いてください。" }
        p { "パスワードを忘れたときは、町の管理者にご相談ください。" }
    };
    public_page(&shell, "ログイン", body)
}

fn shown_name<'a>(towns: &'a [TownCard], short: &str) -> &'a str {
    let chosen = towns.iter().find(|town| town.short == short);
    let only = towns.first().filter(|_| towns.len() == 1);
    chosen
        .or(only)
        .map_or("見守りネットワーク", |town| &town.name)
}

fn town_choice(towns: &[TownCard], typed: &SignInForm, problems: &Problems) -> Markup {
    let none = Choice::new("", "選んでください");
    let towns = towns
        .iter()
        .map(|town| Choice::new(&town.short, &town.name));
    let choices: Vec<Choice<'_>> = [none].into_iter().chain(towns).collect();
    let frame = Field {
        name: "town",
        label: "町",
        value: &typed.town,
        required: true,
        problem: problems.of("town"),
        ..Field::default()
    };
    select(&frame, &choices)
}
