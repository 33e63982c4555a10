//! Undoing a merge: what comes back by itself, and what somebody has to say.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::merge_of;
use super::shown::lines;
use crate::audit::Fields;
use crate::front::look::{self, Choice, Field, Link, Tone};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::RowId;
use crate::people::pages::typed::Typed;
use crate::people::pages::{Stop, admit, witness};
use crate::people::rules::{Group, Person, Refusal as PersonRefusal};
use crate::people::twins::acts::{self, Belonging, Held, Open};
use crate::people::twins::rules::{Pick, Refusal, Whose, Whoses};
use crate::people::twins::store::merges;

/// The page that asks.
pub async fn page(
    asked: Asked,
    Path(merge): Path<String>,
    belongings: &'static [Belonging],
) -> Result<Markup, Stop> {
    let open = open(&asked, merge_of(&merge)?, belongings).await?;
    let id = open.merge.id;
    let back = format!("/people/{}/twins", open.now.id);
    let body = html! {
        p { "「" (open.now.identity.value.name) "」さんの記録と、まとめる前の「" (open.gone.identity.value.name)
            "」さんの記録に、もどします。まとめたときに移したタグ・照会・やることは、それぞれの記録にもどります。" }
        (look::form(&format!("/twins/merges/{id}/undoing"), html! {
            (look::hidden("seen", &acts::stamp(&open.now)))
            @if open.changes.is_empty() && open.rows.is_empty() {
                p { "まとめたあとに変わったことはありません。そのまま元にもどせます。" }
            } @else {
                (look::notice(Tone::Notice, "まとめたあとに変わったことがあります", html! {
                    p { "どちらの方のことかは、記録からはわかりません。1つずつ選んでください。" }
                }))
                @for what in &open.changes { (change(&open, *what)) }
                @for (table, held) in &open.rows { (row(&open, table, held)) }
            }
            (look::buttons("元の2つの記録にもどす", Some(Link::new("やめる", &back))))
        }))
    };
    Ok(asked.page(Place::People, "統合を元にもどす", body)?)
}

/// What is open, once it is known whose records these are and the sight is durable.
async fn open(asked: &Asked, id: RowId, belongings: &'static [Belonging]) -> Result<Open, Stop> {
    let mut conn = asked.read().await?;
    let merge = merges::find(&mut conn, &asked.deed, id).await?;
    let kept = merge.ok_or(PersonRefusal::NotFound)?.kept;
    let fields = Group::all_fields().and(Fields::HISTORY).and(Fields::TAGS);
    witness(asked, kept, fields).await?;
    Ok(acts::list_open(&mut conn, &asked.deed, id, belongings).await?)
}

fn names(open: &Open) -> [String; 2] {
    let name = |person: &Person| person.identity.value.name.to_string();
    let (kept, gone) = (name(&open.now), name(&open.gone));
    match kept == gone {
        true => [
            format!("{kept}さん（残した記録）"),
            format!("{gone}さん（まとめた記録）"),
        ],
        false => [format!("{kept}さん"), format!("{gone}さん")],
    }
}

fn change(open: &Open, what: Whose) -> Markup {
    let [kept, gone] = names(open).map(|name| format!("{name}のこと"));
    let choices = [
        Choice::new(Pick::Kept.code(), &kept),
        Choice::new(Pick::Gone.code(), &gone),
        Choice::new(Pick::Both.code(), "両方の方のこと"),
    ];
    let hint = now_is(&open.now, what);
    look::radios(
        &Field {
            name: what.code(),
            label: what.word(),
            hint: &hint,
            value: Pick::Kept.code(),
            ..Field::default()
        },
        &choices,
    )
}

/// What stands there now.
fn now_is(now: &Person, what: Whose) -> String {
    let text = match what {
        Whose::Identity => lines(&now.identity.value),
        Whose::Contacts => lines(&now.contacts.value),
        Whose::Medical => lines(&now.medical.value),
        Whose::Care => lines(&now.care.value),
        Whose::Finder => lines(&now.finder.value),
        Whose::Consent => lines(&now.consent.value),
        Whose::Photo => match now.photo {
            Some(_) => "新しい写真".to_owned(),
            None => "写真を消した".to_owned(),
        },
    };
    format!("いまの内容：{text}")
}

fn row(open: &Open, table: &str, held: &Held) -> Markup {
    let [kept, gone] = names(open);
    let choices = [
        Choice::new(Pick::Kept.code(), &kept),
        Choice::new(Pick::Gone.code(), &gone),
    ];
    look::radios(
        &Field {
            name: &field_of(table, held.row),
            label: &format!("{}は、どちらの方のものですか", held.words),
            value: Pick::Kept.code(),
            ..Field::default()
        },
        &choices,
    )
}

fn field_of(table: &str, row: i64) -> String {
    format!("{table}-{row:016x}")
}

/// Undoes it as was said.
pub async fn part(
    asked: Asked,
    Path(merge): Path<String>,
    Form(typed): Form<Typed>,
    belongings: &'static [Belonging],
) -> Result<Response, Stop> {
    let id = merge_of(&merge)?;
    let open = open(&asked, id, belongings).await?;
    admit(&asked, open.now.id).await?;
    let said = |name: &str| Pick::from_code(typed.get(name));
    let changes = open.changes.iter();
    let rows = open.rows.iter();
    let rows = rows.filter(|(table, held)| said(&field_of(table, held.row)) == Some(Pick::Gone));
    let said = Whoses {
        changes: changes
            .filter_map(|what| Some((*what, said(what.code())?)))
            .collect(),
        rows_of_gone: rows
            .map(|(table, held)| ((*table).to_owned(), held.row))
            .collect(),
    };
    let seen = typed.get("seen").to_owned();
    match acts::part(asked.db(), &asked.deed, id, seen, said, belongings).await {
        Ok(parted) => {
            let words = "元の2つの記録にもどしました。";
            let there = format!("/twins/{}/{}", parted.kept, parted.gone);
            Ok(asked.redirect(&there, Flash::done(words)))
        }
        Err(Refusal::Changed) => Err(Problem::changed(&format!("/twins/merges/{id}")).into()),
        Err(refusal) => Err(refusal.into()),
    }
}
