//! The form that begins it.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::{back, one, path, person_of};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Kind as Input, Link, Problems, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::leaving::acts;
use crate::leaving::rules::{Asker, AskerKind, KINDS, Kind, LEAST_DAYS, New, Term};
use crate::people::{self, Stop, one_line, paragraph};

/// The longest name or relation.
const MOST: usize = 60;
const MOST_NOTE: usize = 500;

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub kind: String,
    pub since: String,
    pub asker: String,
    pub relation: String,
    pub name: String,
    pub note: String,
    pub version: i64,
}

/// Begins it, or gives the form back.
pub async fn save(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let person = person_of(&person)?;
    people::admit(&asked, person).await?;
    let today = in_japan(asked.deed.now).date();
    let mut problems = Problems::default();
    let Some(new) = read(&typed, today, &mut problems) else {
        let page = one::form_page(&asked, person, &typed, &problems).await?;
        return Err(Problem::Refused(page).into());
    };
    let kind = new.kind;
    let done = acts::begin(asked.db(), &asked.deed, person, typed.version, new).await;
    let flash = done.map(|id| {
        let words = format!(
            "{}の手続きを始めました。番号は今から使えません。",
            kind.word()
        );
        Flash::done(&words).undo("元にもどす", &format!("/leaving/{id}/stop"))
    });
    back(&asked, person, flash)
}

fn read(typed: &Typed, today: Date, problems: &mut Problems) -> Option<New> {
    let kind = Kind::from_code(&typed.kind);
    if kind.is_none() {
        problems.add("kind", "どれか1つを選んでください。");
    }
    let since = since(&typed.since, today, problems);
    let who = AskerKind::from_code(&typed.asker);
    if who.is_none() {
        problems.add("asker", "だれからの申し出かを選んでください。");
    }
    let mut line = |name: &str, text: &str| match one_line(text, MOST) {
        Ok(line) => line,
        Err(problem) => {
            problems.add(name, problem.to_string());
            String::new()
        }
    };
    let (relation, name) = (line("relation", &typed.relation), line("name", &typed.name));
    let acts_for_them = matches!(who, Some(AskerKind::Proxy | AskerKind::Family));
    if acts_for_them && relation.is_empty() {
        problems.add(
            "relation",
            "続柄や立場を入れてください（例：長女、成年後見人）。",
        );
    }
    if acts_for_them && name.is_empty() {
        problems.add(
            "name",
            "申し出た方のお名前を入れてください。お知らせの宛名になります。",
        );
    }
    let note = paragraph(&typed.note, MOST_NOTE).unwrap_or_else(|problem| {
        problems.add("note", problem.to_string());
        String::new()
    });
    let asker = Asker {
        kind: who?,
        name,
        relation,
        note,
    };
    let new = New {
        kind: kind?,
        since: since?,
        asker,
    };
    problems.is_empty().then_some(new)
}

fn since(text: &str, today: Date, problems: &mut Problems) -> Option<Date> {
    if text.trim().is_empty() {
        return Some(today);
    }
    match words::date::parse_full(text) {
        Ok(day) if day <= today => Some(day),
        Ok(_) => {
            problems.add(
                "since",
                "日付が今日より先になっています。決まった日になってから入れてください。",
            );
            None
        }
        Err(problem) => {
            problems.add("since", problem.to_string());
            None
        }
    }
}

/// The form.
pub fn form(
    person: crate::ids::PersonId,
    typed: &Typed,
    problems: &Problems,
    terms: &[Term],
) -> Markup {
    html! {
        (look::notice(Tone::Notice, "始める前に", html! {
            p { "手続きを始めると、この方のタグの番号は照会で「登録なし」になります。記録はすぐには消えず、下の日数だけ待ちます。そのあいだは、ボタン1つで元にもどせます。" }
            p { "待つ日数がすぎ、別の職員が確かめると、記録は消去されます。消去した記録は、もどせません。" }
        }))
        (look::problem_summary(problems))
        (look::form(&path(person), html! {
            (look::hidden("version", &typed.version.to_string()))
            (kinds(typed, problems, terms))
            (look::field(&Field {
                hint: "空けておくと今日になります。例：R8.4.1、2026-04-01",
                ..plain("since", "その日付", &typed.since, Input::Short, problems)
            }))
            (askers(typed, problems))
            (look::field(&Field {
                hint: "例：長女、成年後見人、住民課",
                ..plain("relation", "続柄・立場", &typed.relation, Input::Text, problems)
            }))
            (look::field(&Field {
                hint: "お知らせの宛名になります。ご本人のときは空けておきます。",
                ..plain("name", "申し出た方のお名前", &typed.name, Input::Text, problems)
            }))
            (look::field(&Field {
                hint: "どのように確かめたか。例：本人確認書類（運転経歴証明書）、委任状、住民票の除票",
                ..plain("note", "確かめたこと", &typed.note, Input::Textarea, problems)
            }))
            (look::buttons("手続きを始める", Some(Link::new("やめる", &format!("/people/{person}")))))
        }))
    }
}

fn plain<'a>(
    name: &'a str,
    label: &'a str,
    value: &'a str,
    kind: Input,
    problems: &'a Problems,
) -> Field<'a> {
    Field {
        name,
        label,
        value,
        kind,
        problem: problems.of(name),
        ..Field::default()
    }
}

fn kinds(typed: &Typed, problems: &Problems, terms: &[Term]) -> Markup {
    let hints: Vec<String> = KINDS
        .iter()
        .map(|kind| {
            let term = terms.iter().find(|term| term.kind == *kind);
            let days = term.map_or(0, |term| term.days);
            let (label, least) = (kind.day_label(), days.min(LEAST_DAYS));
            format!(
                "{}。{label}から{days}日（手続きの日から少なくとも{least}日）待ちます。",
                kind.hint()
            )
        })
        .collect();
    let choices: Vec<Choice<'_>> = KINDS
        .iter()
        .zip(&hints)
        .map(|(kind, hint)| Choice {
            value: kind.code(),
            label: kind.word(),
            hint,
        })
        .collect();
    required(
        plain(
            "kind",
            "どの手続きですか",
            &typed.kind,
            Input::Text,
            problems,
        ),
        &choices,
    )
}

fn askers(typed: &Typed, problems: &Problems) -> Markup {
    let choices = AskerKind::CHOICES.map(|kind| Choice::new(kind.code(), kind.word()));
    required(
        plain(
            "asker",
            "だれからの申し出ですか",
            &typed.asker,
            Input::Text,
            problems,
        ),
        &choices,
    )
}

fn required(field: Field<'_>, choices: &[Choice<'_>]) -> Markup {
    let required = true;
    look::radios(&Field { required, ..field }, choices)
}
