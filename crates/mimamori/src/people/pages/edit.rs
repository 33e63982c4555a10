//! One form a group; somebody else's save in between is shown beside one's own.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;

use super::forms::{Sheet, rearranged};
use super::gap::heard_of;
use super::gate::{self, Stop};
use super::names::Names;
use super::typed::{Reader, Typed, plain};
use super::{person_of, said};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::rules::{Group, Item, Kept, Refusal, Theirs, Way};
use crate::people::{acts, store};

/// A page that leads here and is returned to: its path, and how it confirms what is saved.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct From {
    back: String,
    how: String,
}

/// The form of a group, filled with what is kept.
pub async fn page<P: Sheet>(
    asked: Asked,
    Path(person): Path<String>,
    Query(from): Query<From>,
) -> Result<Markup, Stop> {
    let id = person_of(&person)?;
    let kept: Kept<P> = open(&asked, id).await?;
    let mut typed = Typed::default();
    kept.value.fill(&mut typed);
    typed.put("back", from.back);
    typed.put("how", from.how);
    typed.put("version", kept.version.to_string());
    sheet::<P>(&asked, id, &typed, &Problems::default(), Markup::default())
}

/// The group alone, seen and witnessed.
async fn open<P: Sheet>(asked: &Asked, id: PersonId) -> Result<Kept<P>, Stop> {
    gate::witness(asked, id, P::GROUP.fields()).await?;
    let mut conn = asked.read().await?;
    let kept = store::find_group(&mut conn, &asked.deed, id).await?;
    Ok(kept.ok_or(Refusal::NotFound)?)
}

/// Saves the form, or gives it back: with one more block, with words beside fields, or beside what
/// somebody else saved.
pub async fn save<P: Sheet>(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, Stop> {
    let id = person_of(&person)?;
    let kept: Kept<P> = open(&asked, id).await?;
    if let Some(moved) = P::BLOCKS.and_then(|(prefix, most)| rearranged(&typed, prefix, most)) {
        let page = sheet::<P>(&asked, id, &moved, &Problems::default(), Markup::default())?;
        return Err(Stop::Again(page));
    }
    let mut reader = Reader::new(&typed);
    let read = P::read(&mut reader, &kept.value, in_japan(asked.deed.now).date());
    let new = match read {
        Some(new) if reader.problems.is_empty() => new,
        _ => {
            let page = sheet::<P>(&asked, id, &typed, &reader.problems, Markup::default())?;
            return Err(Problem::Refused(page).into());
        }
    };
    let version = typed.get("version").parse().unwrap_or(0);
    let how = Way::from_code(typed.get("how"));
    let mine = new.items();
    match acts::change(asked.db(), &asked.deed, id, version, new, how).await {
        Ok(()) => Ok(Redirect::to(&match way_back(&typed) {
            Some(back) => back.to_owned(),
            None => format!("/people/{id}?done=saved"),
        })),
        Err(Refusal::Changed { theirs }) => {
            let page = both::<P>(&asked, id, typed, &theirs, &mine).await?;
            Err(Problem::Changed(page).into())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// The page of this program that the form came from, if it is one.
fn way_back(typed: &Typed) -> Option<&str> {
    let back = typed.get("back");
    let here = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    here.then_some(back)
}

fn sheet<P: Sheet>(
    asked: &Asked,
    id: PersonId,
    typed: &Typed,
    problems: &Problems,
    above: Markup,
) -> Result<Markup, Stop> {
    let code = P::GROUP.code();
    let back = way_back(typed).map_or(format!("/people/{id}"), str::to_owned);
    let body = html! {
        (look::problem_summary(problems))
        (above)
        (look::form(&format!("/people/{id}/{code}/edit"), html! {
            (look::hidden("version", typed.get("version")))
            @if let Some(back) = way_back(typed) { (look::hidden("back", back)) }
            // Enter in a field presses a form's first button; it has to be this one.
            button.unseen type="submit" name="do" value="save" tabindex="-1" aria-hidden="true" { "保存する" }
            (P::fields(typed, problems))
            (how_field(typed, problems))
            (look::buttons("保存する", Some(Link::new("やめる", &back))))
        }))
    };
    let title = format!("{}を直す", P::GROUP.word());
    Ok(asked.page(Place::People, &title, body)?)
}

/// How what is saved was confirmed with the person.
pub fn how_field(typed: &Typed, problems: &Problems) -> Markup {
    let mut choices = vec![Choice::new("", "確認していない（書き写しただけ）")];
    let words = [
        "対面で確認した",
        "電話で確認した",
        "郵便で確認した",
        "訪問して確認した",
    ];
    let ways = Way::ALL.iter().zip(words);
    choices.extend(ways.map(|(way, word)| Choice::new(way.code(), word)));
    let field = Field {
        hint: "照会のときに「いつ、どうやって確かめた内容か」として読まれます。",
        ..plain(
            "how",
            "この内容を本人か家族に確認しましたか",
            Kind::Text,
            typed,
            problems,
        )
    };
    look::radios(&field, &choices)
}

/// Both versions side by side, and one's own form again upon the newer version.
async fn both<P: Sheet>(
    asked: &Asked,
    id: PersonId,
    mut typed: Typed,
    theirs: &Theirs,
    mine: &[Item],
) -> Result<Markup, Stop> {
    typed.put("version", theirs.version.to_string());
    let keep = format!("/people/{id}");
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let above = html! {
        (look::notice(Tone::Warning, "ほかの職員が先に保存しました", html! {
            p { (said::saved(theirs.saved, &names, asked.deed.now)) }
            p { "あなたの入力はまだ保存されていません。下の表で見くらべて、必要なら入力を直し、もう一度保存してください。" }
            p { (look::button_link(Weight::Secondary, Link::new("相手の内容のままにする", &keep))) }
        }))
        (versions(&theirs.items, mine))
        h2 { "あなたの入力" }
    };
    sheet::<P>(asked, id, &typed, &Problems::default(), above)
}

fn versions(theirs: &[Item], mine: &[Item]) -> Markup {
    let labels = theirs.iter().chain(
        mine.iter()
            .filter(|item| text(theirs, &item.label).is_none()),
    );
    let rows: Vec<Vec<Markup>> = labels
        .map(|item| {
            row(
                &item.label,
                text(theirs, &item.label),
                text(mine, &item.label),
            )
        })
        .collect();
    let head = [
        Head::new("項目"),
        Head::new("いま保存されている内容"),
        Head::new("あなたの入力"),
        Head::new("ちがい"),
    ];
    look::table("2つの内容の見くらべ", &head, &rows)
}

fn row(label: &str, theirs: Option<&str>, mine: Option<&str>) -> Vec<Markup> {
    let (theirs, mine) = (theirs.unwrap_or(""), mine.unwrap_or(""));
    let differs = theirs != mine;
    vec![
        html! { (label) },
        html! { @if theirs.is_empty() { "（なし）" } @else { (theirs) } },
        html! { @if mine.is_empty() { "（なし）" } @else { (mine) } },
        html! { @if differs { (look::chip(Tone::Warning, "ちがう")) } @else { "同じ" } },
    ]
}

fn text<'a>(items: &'a [Item], label: &str) -> Option<&'a str> {
    let found = items.iter().find(|item| item.label == label);
    found.map(|item| &*item.text)
}

/// Marks a group as confirmed today, unchanged.
pub async fn confirm(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    let group = Group::from_code(typed.get("group")).ok_or(Problem::NotFound)?;
    let way = Way::from_code(typed.get("way")).ok_or(Problem::NotFound)?;
    let version = typed.get("version").parse().unwrap_or(0);
    let heard = heard_of(typed.get("heard")).ok_or(Problem::NotFound)?;
    let of = (group, version);
    match acts::confirm(asked.db(), &asked.deed, id, of, heard, way).await {
        Ok(()) => Ok(Redirect::to(&format!("/people/{id}?done=confirmed"))),
        Err(Refusal::Changed { .. }) => Ok(Redirect::to(&format!("/people/{id}?done=look-again"))),
        Err(refusal) => Err(refusal.into()),
    }
}
