//! At the counter: a person's tags, and another one for them.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{back, said, told};
use crate::audit::Fields;
use crate::front::look::{
    self, Field, Head, Link, Problems, Weight, buttons, field, form, problem_summary,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{PersonId, TagId};
use crate::people::{self, Stop};
use crate::tags::acts;
use crate::tags::rules::{Refusal, Tag};
use crate::tags::store;

/// The list and the form.
pub async fn page(asked: Asked, Path(person): Path<PersonId>) -> Result<Markup, Stop> {
    shown(&asked, person, "", &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    person: PersonId,
    typed: &str,
    problems: &Problems,
) -> Result<Markup, Stop> {
    people::witness(asked, person, Fields::TAGS).await?;
    let standing = people::find_standing(&mut asked.read().await?, &asked.deed, person).await?;
    let standing = standing.ok_or(Problem::NotFound)?;
    let tags = store::list_for_person(&mut asked.read().await?, &asked.deed, person).await?;
    let main = html! {
        (problem_summary(problems))
        (look::section("お持ちのタグ", theirs(asked, &tags)))
        @if standing.state == people::State::Registered {
            (look::section("タグをお渡しする", binding(person, typed, problems)))
        } @else {
            p { "登録中の方ではないため、新しいタグはお渡しできません。" }
        }
        p { (look::text_link(Link::new("登録者のページへもどる", &format!("/people/{person}")))) }
    };
    Ok(asked.page(Place::People, "この方のタグ", main)?)
}

fn theirs(asked: &Asked, tags: &[Tag]) -> Markup {
    if tags.is_empty() {
        return look::empty(
            "まだタグがありません",
            "下の欄から、お渡しするタグの番号を入れてください。",
            None,
        );
    }
    let head = [Head::new("番号"), Head::new("読み方"), Head::new("状態")];
    let rows: Vec<Vec<Markup>> = tags
        .iter()
        .map(|tag| {
            vec![
                html! { a href={ "/tags/" (tag.id) } { (tag.number.shown()) } },
                html! { (tag.number.spoken()) },
                html! { (said::state(tag.state)) " " (said::moment(tag.since, asked.deed.now)) "から" },
            ]
        })
        .collect();
    look::table("新しい順", &head, &rows)
}

fn binding(person: PersonId, typed: &str, problems: &Problems) -> Markup {
    let action = format!("/people/{person}/tags");
    let number = Field {
        name: "number",
        label: "お渡しするタグの番号",
        hint: "11けたの数字です。QRコードを読み取って入れることもできます。",
        value: typed,
        required: true,
        problem: problems.of("number"),
        ..Field::default()
    };
    html! {
        (form(&action, html! { (field(&number)) (buttons("この番号をお渡しする", None)) }))
        p { "品物がまだ手もとにないときは、在庫からつぎの番号を取り、ラベルを印刷できます。" }
        (look::act(Weight::Secondary, "在庫からつぎの番号を取る", "", &format!("{action}/next"), &[]))
        p { "町が以前に配った番号（11けたでないもの）をお持ちのときは、その番号もこの方の番号にできます。" }
        p { (look::text_link(Link::new("以前の番号をこの方の番号にする", &format!("{action}/older")))) }
    }
}

/// The number as typed.
#[derive(Deserialize)]
pub struct BindForm {
    #[serde(default)]
    pub number: String,
}

pub(super) fn handed(tag: TagId) -> Flash {
    Flash::done("お渡ししました。番号をいっしょに読み上げて、確かめてください。")
        .undo("元にもどす", &format!("/tags/{tag}/undoing"))
}

/// Binds the number that was typed or scanned.
pub async fn bind(
    asked: Asked,
    Path(person): Path<PersonId>,
    Form(typed): Form<BindForm>,
) -> Result<Response, Stop> {
    people::admit(&asked, person).await?;
    match acts::bind(asked.db(), &asked.deed, person, &typed.number).await {
        Ok(tag) => Ok(asked.redirect(&format!("/tags/{tag}"), handed(tag))),
        Err(refusal) => Err(again(&asked, person, &typed.number, refusal).await?.into()),
    }
}

async fn again(
    asked: &Asked,
    person: PersonId,
    typed: &str,
    refusal: Refusal,
) -> Result<Problem, Stop> {
    let Some(words) = told(&refusal) else {
        return Ok(refusal.into());
    };
    let mut problems = Problems::default();
    problems.add("number", words);
    Ok(Problem::Refused(
        shown(asked, person, typed, &problems).await?,
    ))
}

/// Binds the next number of the stock.
pub async fn bind_next(asked: Asked, Path(person): Path<PersonId>) -> Result<Response, Stop> {
    people::admit(&asked, person).await?;
    match acts::bind_next(asked.db(), &asked.deed, person).await {
        Ok(tag) => Ok(asked.redirect(&format!("/tags/{tag}"), handed(tag))),
        Err(refusal) => Ok(back(
            &asked,
            &format!("/people/{person}/tags"),
            Err(refusal),
        )?),
    }
}
