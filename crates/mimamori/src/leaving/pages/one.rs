//! One person's plan: what happens when, what stays and why; agreeing and stopping.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::begin::{self, Typed};
use super::said::{self, Staff};
use super::{back, leaving_of, person_of};
use crate::audit::Fields;
use crate::clock::in_japan;
use crate::desk;
use crate::front::look::{
    self, Entry, Link, Problems, Step, StepState, Tone, Weight, record, section, steps,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::PersonId;
use crate::leaving::acts;
use crate::leaving::rules::{Leaving, State, kept, may_approve};
use crate::leaving::store;
use crate::networks;
use crate::people::{self, DeskView, Stop};

const TITLE: &str = "転出・死亡・とりやめ・消去";

/// The plan under way, or the form that begins one.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let person = person_of(&person)?;
    people::witness(&asked, person, Fields::IDENTITY).await?;
    let mut conn = asked.read().await?;
    let open = store::find_open(&mut conn, &asked.deed, person).await?;
    let view = people::find_for_desk(&mut conn, &asked.deed, person).await?;
    let view = view.ok_or(Problem::NotFound)?;
    let calling = desk::is_open_for(&mut conn, &asked.deed, person).await?;
    drop(conn);
    let body = match open {
        Some(leaving) => plan(&asked, &leaving, &view, calling).await?,
        None => {
            let typed = Typed {
                version: view.standing.version,
                ..Typed::default()
            };
            form(&asked, &view, &typed, &Problems::default()).await?
        }
    };
    Ok(asked.page(Place::People, TITLE, body)?)
}

/// The form again, after a refusal.
pub async fn form_page(
    asked: &Asked,
    person: PersonId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    people::witness(asked, person, Fields::IDENTITY).await?;
    let view = people::find_for_desk(&mut asked.read().await?, &asked.deed, person).await?;
    let view = view.ok_or(Problem::NotFound)?;
    let body = form(asked, &view, typed, problems).await?;
    Ok(asked.page(Place::People, TITLE, body)?)
}

async fn form(
    asked: &Asked,
    view: &DeskView,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let mut conn = asked.read().await?;
    let terms = store::list_terms(&mut conn, &asked.deed).await?;
    let before = store::list_for_person(&mut conn, &asked.deed, view.id).await?;
    Ok(html! {
        (who(view))
        (begin::form(view.id, typed, problems, &terms))
        @if !before.is_empty() { (ended(&before)) }
    })
}

fn who(view: &DeskView) -> Markup {
    html! {
        p { strong { (view.identity.value.name) " さん" } "（" (view.standing.state.word()) "）　"
            (look::text_link(Link::new("記録にもどる", &format!("/people/{}", view.id)))) }
    }
}

/// Those that were stopped.
fn ended(before: &[Leaving]) -> Markup {
    section(
        "これまでの手続き",
        html! {
            ul { @for one in before {
                li { (one.kind.word()) "（" (said::moment(one.asked_at)) "）：" (one.state.word())
                    @if let Some(at) = one.ended_at { "（" (said::moment(at)) "）" }
                    "　" (look::text_link(Link::new("お知らせを印刷する", &format!("/leaving/{}/letter", one.id)))) }
            } }
        },
    )
}

async fn plan(
    asked: &Asked,
    leaving: &Leaving,
    view: &DeskView,
    calling: bool,
) -> Result<Markup, Stop> {
    let staff = Staff::read(asked).await?;
    let mut conn = asked.read().await?;
    let term = store::find_term(&mut conn, &asked.deed, leaving.kind).await?;
    let town = networks::find_town(&mut conn, &asked.deed.scope).await?;
    let operator = town.ok_or(Problem::NotFound)?.operator;
    let today = in_japan(asked.deed.now).date();
    let letter = format!("/leaving/{}/letter", leaving.id);
    Ok(html! {
        (who(view))
        (way(leaving))
        @if calling {
            (look::notice(Tone::Notice, "照会が終わっていません", html! {
                p { "この方の照会が開いているあいだは、消去の日が来ても記録は消えません。" }
            }))
        }
        (section("予定", record(&facts(leaving, &staff, today, &term.reason))))
        (second(asked, leaving))
        (section("とりやめる", html! {
            p { "まちがいだったときや、続けることになったときは、元の登録にもどします。記録もタグの番号も、そのまま使えます。" }
            (look::act(Weight::Secondary, "とりやめて、登録にもどす", "", &format!("/leaving/{}/stop", leaving.id), &[]))
        }))
        (section("お知らせ", html! {
            p { "申し出た方にお渡しする紙です。大きな字で印刷できます。" }
            p { (look::text_link(Link::new("お知らせを開く", &letter))) }
        }))
        (section("消去のあとも残るもの", html! {
            dl { @for one in kept(operator) { dt { strong { (one.what) } } dd { (one.why) } } }
        }))
    })
}

/// Where it is on the way.
fn way(leaving: &Leaving) -> Markup {
    let approved = leaving.state == State::Approved;
    let step = |label, state| Step {
        label,
        state,
        href: None,
    };
    let second = if approved {
        StepState::Done
    } else {
        StepState::Now
    };
    let waits = if approved {
        StepState::Now
    } else {
        StepState::Later
    };
    steps(
        "手続きの流れ",
        &[
            step("手続きを始める", StepState::Done),
            step("別の職員が確かめる", second),
            step("日を待つ", waits),
            step("消去", StepState::Later),
        ],
    )
}

fn facts<'a>(leaving: &Leaving, staff: &Staff, today: Date, reason: &str) -> Vec<Entry<'a>> {
    let asker = leaving.asker.as_ref();
    let mut facts = vec![
        Entry::new("手続き", html! { (leaving.kind.word()) }),
        Entry::new(
            leaving.kind.day_label(),
            html! { (said::day(leaving.since)) },
        ),
        Entry::new(
            "申し出た方",
            html! { @if let Some(asker) = asker { (asker.said())
            @if !asker.note.is_empty() { br; small { (asker.note) } } } },
        ),
        Entry::new(
            "手続きをした職員",
            html! { (staff.name(leaving.asked_by)) "（" (said::moment(leaving.asked_at)) "）" },
        ),
        Entry::new(
            "消去の日",
            html! { strong { (said::day(leaving.due)) } " 以降（" (said::left(leaving.due, today)) "）" br;
            (leaving.kind.day_label()) "の" ((leaving.due - leaving.since).get_days()) "日後です。" br; small { (reason) } },
        ),
    ];
    let second = match leaving.approved {
        Some((at, by)) => html! { (staff.name(Some(by))) "（" (said::moment(at)) "）" },
        None => html! { "まだです" },
    };
    facts.push(Entry::new("2人目の確認", second));
    facts
}

fn second(asked: &Asked, leaving: &Leaving) -> Markup {
    if leaving.state != State::Waiting {
        return html! {};
    }
    let action = format!("/leaving/{}/approval", leaving.id);
    section(
        "別の職員が確かめる",
        match may_approve(leaving, asked.deed.scope.actor) {
            Ok(_) => html! {
                p { "取りちがえがないこと、申し出が確かなことを見て、押してください。消去の日に記録が消え、もどせなくなります。その日までは、とりやめられます。" }
                (look::form(&action, html! {
                    (look::hidden("version", &leaving.version.to_string()))
                    (look::buttons("確かめました。消去してよい", None))
                }))
            },
            Err(_) => html! {
                p { "手続きをした職員とは別の職員が、このページを開いて確かめます。確かめるまで、記録は消えません。" }
            },
        },
    )
}

/// The version that was shown.
#[derive(Deserialize)]
pub struct Shown {
    #[serde(default)]
    version: i64,
}

/// A second person agrees.
pub async fn approve(
    asked: Asked,
    Path(leaving): Path<String>,
    Form(shown): Form<Shown>,
) -> Result<Response, Stop> {
    let id = leaving_of(&leaving)?;
    let person = admitted(&asked, &leaving).await?;
    let done = acts::approve(asked.db(), &asked.deed, id, shown.version).await;
    let flash = Flash::done("2人目の確認を記録しました。消去の日まで、とりやめることができます。");
    back(&asked, person, done.map(|_| flash))
}

/// It is stopped.
pub async fn stop(asked: Asked, Path(leaving): Path<String>) -> Result<Response, Stop> {
    let id = leaving_of(&leaving)?;
    let person = admitted(&asked, &leaving).await?;
    let done = acts::stop(asked.db(), &asked.deed, id).await;
    let flash = Flash::done("手続きをとりやめ、登録にもどしました。");
    back(&asked, person, done.map(|_| flash))
}

/// Whose it is, once the record may be opened; an erased one is opened by nobody.
async fn admitted(asked: &Asked, leaving: &str) -> Result<PersonId, Stop> {
    let id = leaving_of(leaving)?;
    let found = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    people::admit(asked, found.person).await?;
    Ok(found.person)
}
