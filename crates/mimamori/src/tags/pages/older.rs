//! A town's older number, bound to its person by hand.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::counter::{BindForm, handed};
use super::told;
use crate::audit::Fields;
use crate::front::look::{self, Field, Link, Problems, buttons, field, form, problem_summary};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::{self, Stop};
use crate::tags::acts;

/// The form.
pub async fn page(asked: Asked, Path(person): Path<PersonId>) -> Result<Markup, Stop> {
    people::witness(&asked, person, Fields::TAGS).await?;
    shown(&asked, person, "", &Problems::default())
}

fn shown(
    asked: &Asked,
    person: PersonId,
    typed: &str,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let back = format!("/people/{person}/tags");
    let number = Field {
        name: "number",
        label: "以前の番号",
        hint: "お持ちの品物に書いてあるとおりに、32文字まで。例：A-0123、緑12",
        value: typed,
        required: true,
        problem: problems.of("number"),
        ..Field::default()
    };
    let body = html! {
        (problem_summary(problems))
        p { "町が以前に配った番号を、この方の番号にします。新しい番号とならんで、この町の照会窓口で使えます。" }
        p { "照会のときは、空白・ハイフン、全角・半角、大文字・小文字のちがいがあっても見つかります。" }
        (form(&format!("{back}/older"), html! {
            (field(&number))
            (buttons("この方の番号にする", Some(Link::new("やめる", &back))))
        }))
        p { (look::text_link(Link::new("この方のタグへもどる", &back))) }
    };
    Ok(asked.page(Place::People, "以前の番号", body)?)
}

/// Binds it, or says why not.
pub async fn bind(
    asked: Asked,
    Path(person): Path<PersonId>,
    Form(typed): Form<BindForm>,
) -> Result<Response, Stop> {
    people::admit(&asked, person).await?;
    let refusal = match acts::bind_older(asked.db(), &asked.deed, person, &typed.number).await {
        Ok(tag) => return Ok(asked.redirect(&format!("/tags/{tag}"), handed(tag))),
        Err(refusal) => refusal,
    };
    let Some(words) = told(&refusal) else {
        return Err(refusal.into());
    };
    let mut problems = Problems::default();
    problems.add("number", words);
    let page = shown(&asked, person, &typed.number, &problems)?;
    Err(Problem::Refused(page).into())
}
