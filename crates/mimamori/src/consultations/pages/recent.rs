//! The last five texts of whoever is at the counter: one press puts one into the form.

use maud::{Markup, html};

use super::typed::Typed;
use crate::audit::{self, Fields, Line, Verb};
use crate::consultations::rules::{Consultation, Refusal};
use crate::consultations::store;
use crate::front::{Asked, Problem};
use crate::ids::ConsultationId;

/// How many are at hand.
const MOST: u32 = 5;
/// Characters of a text on its button.
const SHOWN: usize = 24;

/// The last consultations of this account at its center, after the line of the sight.
pub async fn read(asked: &Asked) -> Result<Vec<Consultation>, Problem> {
    let center = asked.deed.scope.center.ok_or(Refusal::NoCenter)?;
    let Some(me) = asked.deed.scope.actor.account() else {
        return Ok(Vec::new());
    };
    let mut conn = asked.read().await?;
    let ids = store::list_recent(&mut conn, &asked.deed, center, me, MOST).await?;
    let mut recent = Vec::new();
    for id in ids {
        recent.push(store::find(&mut conn, &asked.deed, id).await?);
    }
    drop(conn);
    let line = |one: &Consultation| {
        let said = format!("自分の直前の文（{}）", one.id);
        Line::new(Verb::Saw, one.person, Fields::CONSULTATIONS).saying(said)
    };
    let lines: Vec<Line> = recent.iter().map(line).collect();
    if !lines.is_empty() {
        audit::witness_all(asked.db(), &asked.deed, lines).await?;
    }
    Ok(recent)
}

fn text_of<'a>(one: &'a Consultation, field: &str) -> &'a str {
    match field {
        "said" => &one.words.said,
        _ => &one.words.answer,
    }
}

/// A button for each text of a field.
pub fn buttons(recent: &[Consultation], field: &str) -> Markup {
    let mut texts: Vec<(ConsultationId, &str)> = Vec::new();
    for one in recent {
        let text = text_of(one, field);
        if !text.is_empty() && texts.iter().all(|(_, other)| *other != text) {
            texts.push((one.id, text));
        }
    }
    html! {
        @if !texts.is_empty() {
            details {
                summary { "最近書いた文を使う（" (texts.len()) "）" }
                div.buttons { @for (id, text) in texts {
                    button.button.quiet type="submit" name="do" value={ (field) ":" (id) } { (beginning(text)) }
                } }
            }
        }
    }
}

fn beginning(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.chars().count() > SHOWN || text.lines().count() > 1 {
        true => line.chars().take(SHOWN).chain(['…']).collect(),
        false => line.to_owned(),
    }
}

/// Puts the text into the form.
pub fn insert(recent: &[Consultation], typed: &mut Typed, field: &str, id: &str) {
    let found = recent.iter().find(|one| one.id.to_string() == id);
    if let Some(one) = found {
        typed.append(field, text_of(one, field));
    }
}
