//! Moved away, died, withdrawn, registered again; and under which center.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::gate::{self, Stop};
use super::names::Names;
use super::typed::{Reader, Typed, plain};
use super::{person_of, said};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Tone};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{CenterId, PersonId};
use crate::people::acts;
use crate::people::rules::{Refusal, Saved, Standing, State};
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

/// Whether somebody saved in between, and who.
#[derive(Clone, Copy)]
enum Again {
    Yes(Option<Saved>),
    No,
}

/// Keeps the state.
pub async fn save_state(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
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
    let way_back = match &done {
        Ok(now) if *now != version => format!("/people/{id}/state/{now}/undoing"),
        _ => String::new(),
    };
    answer(&asked, id, &typed, done.map(|_| way_back)).await
}

/// Takes a change of state back, a slip at the counter.
pub async fn undo_state(
    asked: Asked,
    Path((person, version)): Path<(String, i64)>,
) -> Result<Response, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    let flash = match acts::undo_state(asked.db(), &asked.deed, id, version).await {
        Ok(()) => Flash::done("登録の状態を元にもどしました。"),
        Err(Refusal::Changed { .. }) => Flash::not_done(
            "そのあとに記録が変わったので、元にもどしていません。いまの内容を見て、必要なら状態を変えてください。",
        ),
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(asked.redirect(&format!("/people/{id}"), flash))
}

/// Keeps the center.
pub async fn save_center(
    asked: Asked,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    let version = typed.get("version").parse().unwrap_or(0);
    let center = center_of(&asked, typed.get("center")).await?;
    let done = acts::set_center(asked.db(), &asked.deed, id, version, center).await;
    answer(&asked, id, &typed, done.map(|()| String::new())).await
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

/// Back to the record; with a way back where there is one.
async fn answer(
    asked: &Asked,
    id: PersonId,
    typed: &Typed,
    done: Result<String, Refusal>,
) -> Result<Response, Stop> {
    match done {
        Ok(way_back) => {
            let flash = Flash::done("登録の状態・担当センターを保存しました。");
            let flash = match way_back.as_str() {
                "" => flash,
                way_back => flash.undo("元にもどす", way_back),
            };
            Ok(asked.redirect(&format!("/people/{id}"), flash))
        }
        Err(Refusal::Changed { theirs }) => {
            let standing = standing(asked, id).await?;
            let none = Problems::default();
            let again = Again::Yes(theirs.saved);
            let page = sheet(asked, id, &standing, typed, &none, again).await?;
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
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let body = html! {
        (look::problem_summary(problems))
        @if let Again::Yes(saved) = again {
            (look::notice(Tone::Warning, "ほかの職員が先に保存しました", html! {
                p { (said::saved(saved, &names, asked.deed.now)) }
                p { "あなたの入力はまだ保存されていません。下の表で見くらべて、必要なら、もう一度選んで保存してください。" }
            }))
            (both(standing, typed, &names))
        }
        (state_form(id, standing, typed, problems))
        (center_form(id, standing, typed, &names))
        p { (look::text_link(Link::new("記録にもどる", &format!("/people/{id}")))) }
    };
    Ok(asked.page(Place::People, "状態・担当センター", body)?)
}

/// What stands there now beside what was typed.
fn both(standing: &Standing, typed: &Typed, names: &Names) -> Markup {
    let mut rows = Vec::new();
    let mut row = |label: &str, theirs: &str, mine: &str| {
        let cells = [label, theirs, mine];
        rows.push(cells.map(|text| html! { (text) }).to_vec());
    };
    if let Some(state) = State::from_code(typed.get("state")) {
        let on = standing.state_on.map_or(String::new(), said::day);
        row("状態", standing.state.word(), state.word());
        row("その日付", &on, typed.get("on"));
    } else {
        let mine = match typed.get("center").parse().ok() {
            Some(center) => names.center(Some(center)),
            None => FROM_ADDRESS,
        };
        row("担当センター", names.center(standing.center), mine);
    }
    let head = ["項目", "いま保存されている内容", "あなたの入力"].map(Head::new);
    look::table("2つの内容の見くらべ", &head, &rows)
}

/// The choice of no center by hand.
const FROM_ADDRESS: &str = "住所から決める";

fn state_form(id: PersonId, standing: &Standing, typed: &Typed, problems: &Problems) -> Markup {
    let choices: Vec<_> = State::SET
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
                p { "転出・死亡・辞退の申し出を受けたときは、" (look::text_link(Link::new("転出・死亡・とりやめ・消去", &format!("/people/{id}/leaving")))) "から手続きしてください。だれからの申し出かが残り、お渡しするお知らせも作れます。" }
                p { "ここで状態だけを変えても、同じように進みます：この方のタグの番号は照会で「登録なし」になり、町の決めた日数のあと、別の職員が確かめると、記録は消去されます。それまでは登録中にもどせます。保存したすぐあとなら、次の画面の「元にもどす」で取り消せます。" }
                (look::hidden("version", &standing.version.to_string()))
                (look::radios(&plain("state", "状態", Kind::Text, typed, problems), &choices))
                (look::field(&on))
                (look::buttons("状態を保存する", None))
            },
        ),
    )
}

fn center_form(id: PersonId, standing: &Standing, typed: &Typed, names: &Names) -> Markup {
    let ids: Vec<String> = names
        .centers()
        .iter()
        .map(|(id, _)| id.to_string())
        .collect();
    let mut choices = vec![Choice::new("", FROM_ADDRESS)];
    let named = ids.iter().zip(names.centers());
    choices.extend(named.map(|(id, (_, name))| Choice::new(id, name)));
    let by_hand = standing.center.filter(|_| standing.center_by_hand);
    let kept = by_hand.map_or(String::new(), |center| center.to_string());
    let again = typed.0.iter().find(|(name, _)| name == "center");
    let chosen = again.map_or(kept, |(_, center)| center.clone());
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
