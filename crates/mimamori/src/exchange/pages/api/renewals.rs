//! Renewals: the worklist of a month, one person's, and what a center's own program did about one.

use axum::Json;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::parts::{Body, Id, not_there};
use crate::audit::{self, Fields, Line, Verb};
use crate::exchange::rules::openapi::MOST_PAGE;
use crate::front::{Asked, Fault, Problem};
use crate::ids::{CenterId, PersonId, TaskId};
use crate::people::{self, Way};
use crate::renewals::{
    self, AskWay, Counts, Listed, Month, PAGE, Refusal, Renewal, State, Step, Which,
};

/// The longest account of what support somebody needs, as on the page.
const MOST_NEED: usize = 500;

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        match refusal {
            Refusal::NotFound => not_there(),
            Refusal::Over => {
                Fault::conflict("この年の更新は終わっているか、登録中の方ではありません。")
            }
            Refusal::NotWalked => Fault::conflict(
                "基本情報と緊急連絡先を確認してから終えてください。walk のあと、それぞれを confirmed をつけて書きます。",
            ),
            Refusal::Changed => db::Error::Changed.into(),
            Refusal::NoRight(refused) => refused.into(),
            Refusal::People(refusal) => refusal.into(),
            Refusal::Task(refusal) => refusal.into(),
            Refusal::Db(error) => error.into(),
            other => Problem::Broken(other.into()).into(),
        }
    }
}

/// A renewal.
#[derive(Serialize)]
pub struct RenewalJson {
    person: PersonId,
    month: String,
    state: State,
    asked_on: Option<Date>,
    asked_by: Option<AskWay>,
    step: Option<Step>,
    next_on: Option<Date>,
    task: Option<TaskId>,
    renewed_on: Option<Date>,
}

impl RenewalJson {
    fn of(renewal: &Renewal) -> RenewalJson {
        RenewalJson {
            person: renewal.person,
            month: renewal.month.code(),
            state: renewal.state,
            asked_on: renewal.asked_on,
            asked_by: renewal.way,
            step: renewal.step,
            next_on: renewal.next_on,
            task: renewal.task,
            renewed_on: renewal.renewed_on,
        }
    }
}

/// Which part of the worklist.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    month: String,
    #[serde(default)]
    center: Option<CenterId>,
    #[serde(default)]
    state: Option<State>,
    #[serde(default)]
    page: Option<u32>,
}

/// One page of a month's worklist.
#[derive(Serialize)]
pub struct Worklist {
    found: i64,
    page: u32,
    pages: i64,
    renewals: Vec<Due>,
}

/// Whose renewal it is.
#[derive(Serialize)]
struct Due {
    #[serde(flatten)]
    renewal: RenewalJson,
    name: String,
    kana: String,
    center: Option<CenterId>,
}

impl Due {
    fn of(listed: &Listed) -> Due {
        let identity = &listed.identity.value;
        Due {
            renewal: RenewalJson::of(&listed.renewal),
            name: identity.name.to_string(),
            kana: identity.kana(),
            center: listed.center,
        }
    }
}

/// A month's worklist, after the sight of everybody on the page is durable.
pub async fn list(asked: Asked, Body(part): Body<Part>) -> Result<Json<Worklist>, Fault> {
    let month = Month::from_code(&part.month).ok_or_else(|| {
        Fault::fields("読み取れない項目があります。errors を見て直してください。")
            .at("month", "「2026-04」のように、年と月を入れてください。")
    })?;
    let which = Which {
        month,
        center: part.center,
        state: part.state,
    };
    let page = part.page.unwrap_or(1);
    if !(1..=MOST_PAGE).contains(&page) {
        return Err(
            Fault::fields("読み取れない項目があります。errors を見て直してください。").at(
                "page",
                format!("ページの番号を、1から{MOST_PAGE}までで入れてください。"),
            ),
        );
    }
    let mut conn = asked.read().await?;
    let counts: Counts = renewals::count(&mut conn, &asked.deed, which).await?;
    let listed = renewals::list(&mut conn, &asked.deed, which, page - 1).await?;
    drop(conn);
    let sight = |one: &Listed| Line::new(Verb::Saw, Some(one.renewal.person), Fields::IDENTITY);
    let lines = listed.iter().map(sight).collect();
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    let found = counts.of(which.state);
    Ok(Json(Worklist {
        found,
        page,
        pages: (found + i64::from(PAGE) - 1) / i64::from(PAGE),
        renewals: listed.iter().map(Due::of).collect(),
    }))
}

/// A person's renewals, the newest year first.
#[derive(Serialize)]
pub struct RenewalList {
    renewals: Vec<RenewalJson>,
}

async fn shown(asked: &Asked, person: PersonId) -> Result<Response, Fault> {
    people::witness(asked, person, Fields::HISTORY).await?;
    let mut conn = asked.read().await?;
    let all = renewals::list_for_person(&mut conn, &asked.deed, person).await?;
    let renewals = all.iter().map(RenewalJson::of).collect();
    Ok(Json(RenewalList { renewals }).into_response())
}

/// One person's.
pub async fn read(asked: Asked, Id(person): Id<PersonId>) -> Result<Response, Fault> {
    shown(&asked, person).await
}

/// How somebody was asked, for the renewal of which year.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asking {
    year: i16,
    way: AskWay,
}

/// The person was asked.
pub async fn ask(
    asked: Asked,
    Id(person): Id<PersonId>,
    Body(asking): Body<Asking>,
) -> Result<Response, Fault> {
    people::admit(&asked, person).await?;
    let (db, deed) = (asked.db(), &asked.deed);
    let done = renewals::ask_all(db, deed, &[person], asking.year, asking.way).await?;
    match done.asked {
        0 => Err(Fault::conflict(
            "その年の更新は、まだ始まっていないか、もう終わっています。",
        )),
        _ => shown(&asked, person).await,
    }
}

/// How the record is gone through.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    way: Way,
}

/// The record is gone through from now on; what is confirmed from now counts for this renewal.
pub async fn walk(
    asked: Asked,
    Id(person): Id<PersonId>,
    Body(walk): Body<Walk>,
) -> Result<Response, Fault> {
    people::admit(&asked, person).await?;
    renewals::begin_walk(asked.db(), &asked.deed, person, walk.way).await?;
    shown(&asked, person).await
}

/// What was found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    #[serde(default)]
    need: Option<String>,
    #[serde(default)]
    first_contact: bool,
}

/// The record was gone through.
pub async fn finish(
    asked: Asked,
    Id(person): Id<PersonId>,
    Body(finding): Body<Finding>,
) -> Result<Response, Fault> {
    people::admit(&asked, person).await?;
    let need = finding.need.map(|need| {
        people::one_line(&need, MOST_NEED)
            .map_err(|bad| Fault::fields("need を直してください。").at("need", bad.to_string()))
    });
    let need = need.transpose()?.filter(|need| !need.is_empty());
    renewals::finish(asked.db(), &asked.deed, person, need, finding.first_contact).await?;
    shown(&asked, person).await
}
