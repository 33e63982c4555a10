//! A case is begun: for somebody registered, or first for a place or somebody unknown.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::edit::access;
use super::list::table;
use super::path;
use super::typed::Typed;
use crate::cases::acts;
use crate::cases::rules::{Access, Body, NewCase, Refusal, State};
use crate::cases::store;
use crate::front::look::{self, Kind, Link, Problems, Tone};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::PersonId;
use crate::people::{self, DeskView, Stop};

const MOST: usize = 4_000;

/// The form for a place or somebody who is not registered.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let typed = Typed::default().with("access", Access::Center.code());
    place(&asked, &typed, &Problems::default())
}

fn place(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let body = html! {
        (look::problem_summary(problems))
        p { "登録のある方は、先に" (look::text_link(Link::new("登録者をさがして", "/people/search")))
            "、その方のページの「支援」から始めてください。ここでは、まだだれかわからない方や、場所の支援を始めます。" }
        (look::form("/cases/new", html! {
            (typed.field(("about", "だれの、またはどの場所の支援ですか", "例：みなみ町2丁目の角の家の方、名前のわからない80歳くらいの女性"), Kind::Long, problems))
            (fields(typed, problems))
            (look::buttons("支援を始める", Some(Link::new("やめる", "/cases"))))
        }))
    };
    asked.page(Place::Cases, "支援を始める", body)
}

pub(super) fn fields(typed: &Typed, problems: &Problems) -> Markup {
    html! {
        (typed.field(("began", "はじまり", "だれから、何を聞いて始めるか"), Kind::Textarea, problems))
        (typed.field(("aims", "ご本人の望むこと", "わかっていれば、ご本人の言葉のまま"), Kind::Textarea, problems))
        (access(typed, problems))
    }
}

pub(super) fn read(typed: &Typed, problems: &mut Problems) -> (Body, Access) {
    let body = Body {
        about: typed.line("about", 200, problems),
        began: typed.must(
            "began",
            MOST,
            "だれから何を聞いて始めるのか、ひとこと書いてください。",
            problems,
        ),
        aims: typed.words("aims", MOST, problems),
        ..Body::default()
    };
    let access = typed.choice("access", Access::from_code, problems);
    (body, access.unwrap_or(Access::Named))
}

async fn begin(
    asked: &Asked,
    people: Vec<PersonId>,
    (body, access): (Body, Access),
) -> Result<Response, Problem> {
    let center = asked.deed.scope.center.ok_or(Problem::Forbidden)?;
    let new = NewCase {
        people,
        center,
        lead: None,
        access,
        body,
    };
    let id = acts::open(asked.db(), &asked.deed, new).await?;
    let flash = Flash::done("支援を始めました。担当はあなたです。");
    Ok(asked.redirect(&path(id), flash))
}

/// Begins it, or gives the form back.
pub async fn save(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let new = read(&typed, &mut problems);
    if new.0.about.is_empty() && problems.of("about").is_none() {
        problems.add("about", "だれの、またはどの場所の支援かを入れてください。");
    }
    match problems.is_empty() {
        true => begin(&asked, Vec::new(), new).await,
        false => Err(Problem::Refused(place(&asked, &typed, &problems)?)),
    }
}

/// A person's cases that may be seen, and the form for one more.
pub async fn of_person(asked: Asked, Path(person): Path<PersonId>) -> Result<Markup, Stop> {
    let typed = Typed::default().with("access", Access::Center.code());
    theirs(&asked, person, &typed, &Problems::default()).await
}

async fn theirs(
    asked: &Asked,
    id: PersonId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    people::witness(asked, id, crate::audit::Fields::IDENTITY).await?;
    let mut conn = asked.read().await?;
    let view: Option<DeskView> = people::find_for_desk(&mut conn, &asked.deed, id)
        .await
        .map_err(Refusal::from)?;
    let view = view.ok_or(Problem::NotFound)?;
    let cases = store::list_for_person(&mut conn, &asked.deed, view.id).await?;
    drop(conn);
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (view.identity.value.name) " さん" } "　"
            (look::text_link(Link::new("記録にもどる", &format!("/people/{id}")))) }
        @if cases.iter().any(|case| case.state == State::Open) {
            (look::notice(Tone::Warning, "この方には、支援中の記録があります", html! {
                p { "つづきは、下の支援に書いてください。新しく始めるのは、別の困りごとのときだけにします。" }
            }))
        }
        @if !cases.is_empty() { (table(asked, &cases, "この方の支援").await?) }
        (look::section("支援を始める", look::form(&format!("/people/{id}/cases"), html! {
            // Always the same: what a colleague may not see is not said by leaving it out either.
            p { "ここに出ていない支援が、この方にあることもあります。同じ方の支援が2つあれば、センター長の画面に出ます。" }
            (fields(typed, problems))
            (look::buttons("支援を始める", Some(Link::new("やめる", &format!("/people/{id}")))))
        })))
    };
    Ok(asked.page(Place::Cases, "この方の支援", body)?)
}

/// Begins a case of somebody registered.
pub async fn save_for(
    asked: Asked,
    Path(person): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    people::admit(&asked, person).await?;
    let mut problems = Problems::default();
    let new = read(&typed, &mut problems);
    match problems.is_empty() {
        true => Ok(begin(&asked, vec![person], new).await?),
        false => {
            let page = theirs(&asked, person, &typed, &problems).await?;
            Err(Problem::Refused(page).into())
        }
    }
}
