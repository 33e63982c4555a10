//! Whom a notice is about: candidates at its place, a search, and the reason.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use words::address::Address;

use super::one::witness;
use super::{Side, sided};
use crate::audit::Fields;
use crate::front::look::{self, Field, Kind, Link, Problems, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::ids::{NoticeId, PersonId};
use crate::notices::acts;
use crate::notices::rules::{Notice, Refusal, house_of};
use crate::notices::store;
use crate::people::search::{self, Filters, Unfound};
use crate::people::{self, Stop};

/// The forms as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    version: i64,
    reason: String,
    q: String,
    page: String,
}

async fn of(asked: &Asked, id: NoticeId) -> Result<Notice, Problem> {
    let notice = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    witness(asked, &notice).await?;
    Ok(notice)
}

/// Who lives at the place, where it is known.
pub async fn page(asked: Asked, Path(id): Path<NoticeId>) -> Result<Markup, Problem> {
    let notice = of(&asked, id).await?;
    let place = house_to_search(&notice.words.place);
    show(
        &asked,
        &notice,
        place,
        String::new(),
        &Typed::default(),
        &Problems::default(),
    )
    .await
}

/// Town and numbers of a place: the search knows the house without its building.
fn house_to_search(place: &str) -> String {
    let address = Address::parse(place)
        .ok()
        .filter(|_| house_of(place).is_some());
    address.map_or(String::new(), |address| {
        let (town, blocks) = address.town_and_blocks();
        format!("{town}{}", blocks.join("-"))
    })
}

/// Looks for somebody by name, kana, telephone or address.
pub async fn search_for(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Markup, Problem> {
    let notice = of(&asked, id).await?;
    let (q, page) = (typed.q.clone(), typed.page.clone());
    show(&asked, &notice, q, page, &typed, &Problems::default()).await
}

async fn show(
    asked: &Asked,
    notice: &Notice,
    q: String,
    page: String,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let base = format!("/notices/{}", notice.id);
    let action = format!("{base}/person");
    let found = match q.trim().is_empty() {
        true => html! {},
        false => found(asked, &action, &q, page).await?,
    };
    let body = html! {
        (look::problem_summary(problems))
        @if notice.person.is_some() { (look::section("いまの結びつきを外す", untie_form(notice, &base, typed, problems))) }
        p { "どなたのことかがわかったら、登録者と結びます。同じ方についての気づきと重なり、あとから経過をたどれます。登録のない方のことなら、結ばずに進めてください。" }
        (look::form(&action, html! {
            (look::field(&Field { name: "q", label: "名前・電話番号・住所", value: &q, kind: Kind::Search, ..Field::default() }))
            div.buttons { button.button.secondary type="submit" { "探す" } a.button.quiet href=(base) { "気づきにもどる" } }
        }))
        (found)
    };
    sided(asked, Side::Open, "登録者と結ぶ", body)
}

async fn found(asked: &Asked, action: &str, q: &str, page: String) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let hits = search::find(&mut conn, &asked.deed, q, Filters::default()).await;
    drop(conn);
    let typed = search::Typed {
        q: q.to_owned(),
        page,
        ..search::Typed::default()
    };
    match hits {
        Ok(hits) => {
            let link = |person| Some(format!("{action}/{person}"));
            search::results(asked, action, &typed, &hits, link).await
        }
        Err(Unfound::Unread(unread)) => Ok(look::notice(
            Tone::Warning,
            "読み取れませんでした",
            html! { p { (unread) } },
        )),
        Err(Unfound::Refusal(refusal)) => Err(refusal.into()),
    }
}

fn reason<'a>(label: &'a str, typed: &'a Typed, problems: &'a Problems) -> Field<'a> {
    Field {
        name: "reason",
        label,
        value: &typed.reason,
        kind: Kind::Textarea,
        problem: problems.of("reason"),
        ..Field::default()
    }
}

fn untie_form(notice: &Notice, base: &str, typed: &Typed, problems: &Problems) -> Markup {
    look::form(
        &format!("{base}/untying"),
        html! {
            (look::hidden("version", &notice.version.to_string()))
            (look::field(&reason("外す理由", typed, problems)))
            div.buttons { button.button.secondary type="submit" { "外す" } }
        },
    )
}

/// The person, for the stated purpose where it is another center's, and why it is about them.
pub async fn confirm(
    asked: Asked,
    Path((id, person)): Path<(NoticeId, PersonId)>,
) -> Result<Markup, Stop> {
    confirming(&asked, id, person, &Typed::default(), &Problems::default()).await
}

async fn confirming(
    asked: &Asked,
    id: NoticeId,
    person: PersonId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let notice = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let person = people::enter(asked, person, Fields::IDENTITY).await?;
    let identity = &person.identity.value;
    let address = identity.address.as_ref();
    let base = format!("/notices/{id}/person");
    let body = html! {
        (look::problem_summary(problems))
        (look::record(&[
            look::Entry::new("氏名", html! { (identity.name) "　" (identity.kana()) }),
            look::Entry::new("住所", html! { (address.map_or(String::new(), |address| address.to_string())) }),
            look::Entry::new("気づきの場所", html! { (notice.words.place) }),
            look::Entry::new("気づきで聞いた方", html! { (notice.words.about) }),
        ]))
        (look::form(&format!("{base}/{}", person.id), html! {
            (look::hidden("version", &notice.version.to_string()))
            (look::field(&reason("この方のことと考える理由", typed, problems)))
            (look::buttons("この方と結ぶ", Some(Link::new("選び直す", &base))))
        }))
    };
    Ok(sided(asked, Side::Open, "登録者と結ぶ", body)?)
}

/// Ties it.
pub async fn tie(
    asked: Asked,
    Path((id, person)): Path<(NoticeId, PersonId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    people::admit(&asked, person).await?;
    let (db, deed) = (asked.db(), &asked.deed);
    match acts::tie(db, deed, id, typed.version, person, &typed.reason).await {
        Ok(()) => {
            let flash = Flash::done("登録者と結びました。");
            Ok(asked.redirect(&format!("/notices/{id}"), flash))
        }
        Err(refusal) => {
            let problems = problems(refusal, id)?;
            let page = confirming(&asked, id, person, &typed, &problems).await?;
            Err(Problem::Refused(page).into())
        }
    }
}

/// Unties it.
pub async fn untie(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::untie(asked.db(), &asked.deed, id, typed.version, &typed.reason).await {
        Ok(()) => {
            let flash = Flash::done("登録者との結びつきを外しました。");
            Ok(asked.redirect(&format!("/notices/{id}"), flash))
        }
        Err(refusal) => {
            let problems = problems(refusal, id)?;
            let notice = of(&asked, id).await?;
            let page = show(
                &asked,
                &notice,
                String::new(),
                String::new(),
                &typed,
                &problems,
            );
            Err(Problem::Refused(page.await?))
        }
    }
}

/// What stands beside the reason, where words mend it.
fn problems(refusal: Refusal, id: NoticeId) -> Result<Problems, Problem> {
    let words = match refusal {
        Refusal::NoWords => "理由をひとことで入れてください。".to_owned(),
        Refusal::Text(_, bad) => bad.to_string(),
        Refusal::Changed => return Err(Problem::changed(&format!("/notices/{id}"))),
        other => return Err(other.into()),
    };
    let mut problems = Problems::default();
    problems.add("reason", words);
    Ok(problems)
}
