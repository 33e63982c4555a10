//! Whose case it is: somebody registered is added, or taken out again.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::gate::{Opened, admit};
use super::sharing::refused;
use super::typed::Typed;
use super::{back, path};
use crate::cases::acts;
use crate::cases::rules::State;
use crate::front::look::{self, Kind, Problems, Weight};
use crate::front::{Asked, Problem};
use crate::ids::PersonId;
use crate::people::{self, Stop};

/// Who is in it, and the form for one more: the household, or whom a place turned out to be about.
pub fn household(opened: &Opened, leads: bool, (typed, problems): (&Typed, &Problems)) -> Markup {
    let case = &opened.case;
    let root = format!("{}/people", path(case.id));
    // Somebody or something stays.
    let spare = opened.people.len() > 1 || !case.body.about.is_empty();
    look::section(
        "対象の方",
        html! {
            @for one in &opened.people {
                @let name = one.identity.value.name.to_string();
                p {
                    (name) " さん"
                    @if leads && spare { " " (look::act(Weight::Quiet, "外す", &name, &format!("{root}/{}/removal", one.id), &[])) }
                }
            }
            @if case.state == State::Open { (look::form(&root, html! {
                (typed.field(("person", "加える方のページのアドレス", "同じ世帯の方や、場所の支援でだれかわかったときに。その方のページを開き、上のアドレスを貼りつけます。"), Kind::Long, problems))
                (look::buttons("加える", None))
            })) }
        },
    )
}

/// Adds somebody registered, by the address of their record.
pub async fn add(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let case = admit(&asked, &case).await?;
    let text = typed.get("person").trim();
    let id = text.rsplit('/').next().unwrap_or_default();
    let Ok(person) = id.parse() else {
        let mut problems = Problems::default();
        problems.add(
            "person",
            "登録者のページを開き、上のアドレスを貼りつけてください。",
        );
        return Err(refused(&asked, case.id, &typed, &problems).await.into());
    };
    people::admit(&asked, person).await?;
    let done = acts::add_person(asked.db(), &asked.deed, case.id, person).await;
    Ok(back(&asked, &path(case.id), done.map(|()| "加えました。"))?)
}

/// Takes somebody out who does not belong in it.
pub async fn remove(
    asked: Asked,
    Path((case, person)): Path<(String, PersonId)>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let done = acts::remove_person(asked.db(), &asked.deed, case.id, person).await;
    let to = format!("{}/sharing", path(case.id));
    let words = "対象から外しました。書いた経過は残っています。";
    back(&asked, &to, done.map(|()| words))
}
