//! What a case shows of its paths: those of people whom one looks after, with the step that is due.

use maud::{Markup, html};

use super::said;
use crate::audit::Fields;
use crate::cases;
use crate::clock::in_japan;
use crate::front::look::{self, Link, Weight};
use crate::front::{Asked, Problem};
use crate::ids::{CaseId, PersonId};
use crate::paths::acts::is_own;
use crate::paths::steps::rules::Path;
use crate::paths::steps::store;
use crate::people::{self, Identity, Stop};

/// The paths that were begun out of a case that is open before somebody, and how another begins.
pub async fn of_case(asked: &Asked, id: CaseId) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let case = cases::find(&mut conn, &asked.deed, id).await?;
    let mut own = Vec::new();
    for person in cases::list_people(&mut conn, &asked.deed, id).await? {
        if is_own(&mut conn, &asked.deed, person).await? {
            own.push(person);
        }
    }
    let mut paths = store::list_for_case(&mut conn, &asked.deed, id).await?;
    drop(conn);
    // Another center's people, and who is not in the case any more.
    paths.retain(|path| own.contains(&path.person));
    for person in &own {
        if paths.iter().any(|path| path.person == *person) {
            match people::witness(asked, *person, Fields::CARE).await {
                Err(Stop::Problem(problem)) => return Err(problem),
                Err(_) => paths.retain(|path| path.person != *person),
                Ok(_) => {}
            }
        }
    }
    let begins = match case.state {
        cases::State::Open => begins(asked, id, &own).await?,
        cases::State::Closed => html! {},
    };
    Ok(html! {
        @if !paths.is_empty() || !own.is_empty() {
            (look::section("つなぎ", html! { (list(asked, &paths)) (begins) }))
        }
    })
}

fn list(asked: &Asked, paths: &[Path]) -> Markup {
    let today = in_japan(asked.deed.now).date();
    html! {
        @if paths.is_empty() { p { "要介護認定の申請など、ほかの機関の手続きを段階ごとに追うときに始めます。" } }
        @else { ul { @for path in paths { li {
            a href={ "/paths/" (path.id) } { (path.word) } "　" (said::seen(path.seen(today)))
            @let next = said::next(path);
            @if !next.is_empty() { br; small { "いまの段階：" (next) } }
        } } } }
    }
}

/// A button for each person; with their names where there are several.
async fn begins(asked: &Asked, case: CaseId, own: &[PersonId]) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let mut links = Vec::new();
    for person in own {
        let label = match own.len() {
            1 => "つなぎを始める".to_owned(),
            _ => {
                let identity = people::find_group::<Identity>(&mut conn, &asked.deed, *person);
                let name = identity.await?.map(|kept| kept.value.name.to_string());
                format!("つなぎを始める（{} さん）", name.unwrap_or_default())
            }
        };
        links.push((label, format!("/people/{person}/paths?case={case}")));
    }
    Ok(html! {
        @for (label, href) in &links { p { (look::button_link(Weight::Secondary, Link::new(label, href))) } }
    })
}
