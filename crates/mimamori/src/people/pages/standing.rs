//! Moved away, died, withdrawn, registered again; and under which center.

use axum::Form;
use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};

use super::gate::{self, Stop};
use super::names::Names;
use super::person_of;
use super::typed::{Reader, Typed, plain};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Kind, Link, Problems, Tone};
use crate::front::{Asked, Place, Problem};
use crate::ids::{CenterId, PersonId};
use crate::people::acts;
use crate::people::rules::{Refusal, Standing, State};
use crate::people::store;

/// Both forms.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    let standing = standing(&asked, id).await?;
    let mut typed = Typed::default();
    typed.put("state", standing.state.code());
    sheet(
        &asked,
        id,
        &standing,
        &typed,
        &Problems::default(),
        Again::No,
    )
    .await
}

async fn standing(asked: &Asked, id: PersonId) -> Result<Standing, Stop> {
    let mut conn = asked.read().await?;
    let standing = store::find_standing(&mut conn, &asked.deed, id).await?;
    Ok(standing.ok_or(Refusal::NotFound)?)
}

/// Whether somebody saved in between.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    Yes,
    No,
}

/// Keeps the state.
pub async fn save_state(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    let today = in_japan(asked.deed.now).date();
    let mut reader = Reader::new(&typed);
    let state = reader.choice("state", State::from_code);
    let on = reader.date("on").unwrap_or(today);
    let (Some(state), true) = (state, reader.problems.is_empty()) else {
        let standing = standing(&asked, id).await?;
        let page = sheet(&asked, id, &standing, &typed, &reader.problems, Again::No).await?;
        return Err(Problem::Refused(page).into());
    };
    let version = typed.get("version").parse().unwrap_or(0);
    let done = acts::set_state(asked.db(), &asked.deed, id, version, state, on).await;
    answer(&asked, id, &typed, done).await
}

/// Keeps the center.
pub async fn save_center(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    let version = typed.get("version").parse().unwrap_or(0);
    let center = center_of(&asked, typed.get("center")).await?;
    let done = acts::set_center(asked.db(), &asked.deed, id, version, center).await;
    answer(&asked, id, &typed, done).await
}

/// The chosen center; empty is the one of the address.
async fn center_of(asked: &Asked, chosen: &str) -> Result<Option<CenterId>, Stop> {
    if chosen.is_empty() {
        return Ok(None);
    }
    let mut conn = asked.read().await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let center: CenterId = chosen.parse().map_err(|_| Problem::NotFound)?;
    let known = names.centers().iter().any(|(id, _)| *id == center);
    known
        .then_some(Some(center))
        .ok_or(Problem::NotFound.into())
}

async fn answer(
    asked: &Asked,
    id: PersonId,
    typed: &Typed,
    done: Result<(), Refusal>,
) -> Result<Redirect, Stop> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/people/{id}?done=saved"))),
        Err(Refusal::Changed { .. }) => {
            let standing = standing(asked, id).await?;
            let none = Problems::default();
            let page = sheet(asked, id, &standing, typed, &none, Again::Yes).await?;
            Err(Problem::Changed(page).into())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn sheet(
    asked: &Asked,
    id: PersonId,
    standing: &Standing,
    typed: &Typed,
    problems: &Problems,
    again: Again,
) -> Result<Markup, Stop> {
    let mut conn = asked.read().await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let body = html! {
        (look::problem_summary(problems))
        @if again == Again::Yes {
            (look::notice(Tone::Warning, "ほかの職員が先に保存しました", html! {
                p { "いまの状態は「" (standing.state.word()) "」、担当は「" (names.center(standing.center))
                    "」です。必要なら、もう一度選んで保存してください。" }
            }))
        }
        (state_form(id, standing, typed, problems))
        (center_form(id, standing, &names))
        p { (look::text_link(Link::new("記録にもどる", &format!("/people/{id}")))) }
    };
    Ok(asked.page(Place::People, "状態・担当センター", body)?)
}

fn state_form(id: PersonId, standing: &Standing, typed: &Typed, problems: &Problems) -> Markup {
    let choices: Vec<_> = State::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let on = Field {
        hint: "空けておくと今日になります。例：R8.4.1、2026-04-01",
        ..plain("on", "その日付", Kind::Short, typed, problems)
    };
    look::section(
        "状態",
        look::form(
            &format!("/people/{id}/state"),
            html! {
                p { "転出・死亡・辞退にすると、この方のタグの番号は照会で「登録なし」と表示されます。記録は残り、あとで登録中にもどせます。" }
                (look::hidden("version", &standing.version.to_string()))
                (look::radios(&plain("state", "状態", Kind::Text, typed, problems), &choices))
                (look::field(&on))
                (look::buttons("状態を保存する", None))
            },
        ),
    )
}

fn center_form(id: PersonId, standing: &Standing, names: &Names) -> Markup {
    let ids: Vec<String> = names
        .centers()
        .iter()
        .map(|(id, _)| id.to_string())
        .collect();
    let mut choices = vec![Choice::new("", "住所から決める")];
    let named = ids.iter().zip(names.centers());
    choices.extend(named.map(|(id, (_, name))| Choice::new(id, name)));
    let by_hand = standing.center.filter(|_| standing.center_by_hand);
    let chosen = by_hand.map_or(String::new(), |center| center.to_string());
    let center = Field {
        name: "center",
        label: "担当センター",
        value: &chosen,
        ..Field::default()
    };
    look::section(
        "担当センター",
        look::form(
            &format!("/people/{id}/center"),
            html! {
                p { "いまの担当は「" (names.center(standing.center)) "」です。" }
                (look::hidden("version", &standing.version.to_string()))
                (look::select(&center, &choices))
                (look::buttons("担当センターを保存する", None))
            },
        ),
    )
}
