//! People: found, read, registered, changed. The same gates as on the pages: the right, the purpose
//! for another center's person, the audit line before the sight.

use std::mem::take;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::date::PartialDate;

use super::parts::{Body, Id, Version, etag, not_there, read_or};
use crate::clock::in_japan;
use crate::exchange::rules::{
    CareJson, ConsentJson, ContactsJson, FinderJson, IdentityJson, KeptJson, MedicalJson, Plain,
    Reader,
};
use crate::front::{Asked, Fault};
use crate::ids::{CenterId, PersonId};
use crate::leaving;
use crate::people::import;
use crate::people::search::{self, Filters, Found, Unfound};
use crate::people::twins;
use crate::people::{
    self, Confirmed, Draft, Group, Part, Person, Refusal, Standing, State, Stop, Way,
};
use crate::renewals;

/// The longest account of how two people were told apart, as on the page.
const MOST_REASON: usize = 200;

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        match refusal {
            Refusal::Changed { .. } => db::Error::Changed.into(),
            Refusal::Db(error) => error.into(),
            other => crate::front::Problem::from(other).into(),
        }
    }
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Fault {
        match stop {
            Stop::Problem(problem) => problem.into(),
            Stop::Merged(into) => Fault::not_found(format!(
                "この記録は、同じ方の記録 {into} にまとめられています。その番号で読んでください。"
            )),
            Stop::Purpose(_) | Stop::Again(_) => Fault::purpose(
                "ほかのセンターの登録者です。先に POST /api/v1/people/{person}/openings で目的を記録してください（60分間読めます）。",
            ),
        }
    }
}

fn today(asked: &Asked) -> Date {
    in_japan(asked.deed.now).date()
}

/// What is looked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    q: String,
    #[serde(default)]
    born: Option<String>,
    #[serde(default)]
    page: Option<usize>,
}

/// The longest text to look for.
const MOST_QUERY: usize = 200;

/// Who was found.
#[derive(Serialize)]
pub struct Hits {
    found: usize,
    page: usize,
    pages: usize,
    people: Vec<Hit>,
}

#[derive(Serialize)]
struct Hit {
    person: PersonId,
    state: State,
    name: String,
    kana: String,
    sex: people::Sex,
    born: String,
    address: Option<String>,
    center: Option<CenterId>,
    reasons: Vec<String>,
}

impl Hit {
    fn of(found: Found) -> Hit {
        let identity = found.identity;
        Hit {
            person: found.person,
            state: found.standing.state,
            name: identity.name.to_string(),
            kana: identity.kana(),
            sex: identity.sex,
            born: identity.born.iso(),
            address: identity.address.map(|of| of.as_written().to_owned()),
            center: found.standing.center,
            reasons: found.reasons,
        }
    }
}

/// Finds people; the search and each sight are lines of the audit.
pub async fn find(asked: Asked, Body(search): Body<Search>) -> Result<Json<Hits>, Fault> {
    let mut reader = Reader::new(today(&asked));
    let born = reader.maybe("born", search.born.as_deref(), PartialDate::parse);
    reader.line("q", Some(&search.q), MOST_QUERY);
    let born = read_or(born, reader)?;
    let mut conn = asked.read().await?;
    let hits = search::find(&mut conn, &asked.deed, &search.q, Filters { born }).await;
    drop(conn);
    let hits = hits.map_err(|unfound| match unfound {
        Unfound::Refusal(refusal) => refusal.into(),
        Unfound::Unread(unread) => {
            Fault::fields("さがす言葉を直してください。").at("q", unread.to_string())
        }
    })?;
    let typed = search::Typed {
        q: search.q,
        born: search.born.unwrap_or_default(),
        page: search.page.unwrap_or(1).to_string(),
    };
    let shown = search::show(&asked, &typed, &hits).await?;
    Ok(Json(Hits {
        found: hits.len(),
        page: shown.page,
        pages: shown.pages,
        people: shown.people.into_iter().map(Hit::of).collect(),
    }))
}

/// A whole record.
#[derive(Serialize)]
pub struct Record {
    person: PersonId,
    state: State,
    state_on: Option<Date>,
    center: Option<CenterId>,
    registered_on: Date,
    identity: KeptJson<IdentityJson>,
    contacts: KeptJson<ContactsJson>,
    medical: KeptJson<MedicalJson>,
    care: KeptJson<CareJson>,
    finder: KeptJson<FinderJson>,
    consent: KeptJson<ConsentJson>,
}

impl Record {
    fn of(person: &Person) -> Record {
        let Standing {
            state,
            state_on,
            center,
            registered_on,
            ..
        } = person.standing;
        Record {
            person: person.id,
            state,
            state_on,
            center,
            registered_on,
            identity: KeptJson::of(&person.identity),
            contacts: KeptJson::of(&person.contacts),
            medical: KeptJson::of(&person.medical),
            care: KeptJson::of(&person.care),
            finder: KeptJson::of(&person.finder),
            consent: KeptJson::of(&person.consent),
        }
    }
}

/// Reads a whole record.
pub async fn read(asked: Asked, Id(id): Id<PersonId>) -> Result<Json<Record>, Fault> {
    let person = people::enter(&asked, id, Group::all_fields()).await?;
    Ok(Json(Record::of(&person)))
}

/// Reads one group; its version is the `ETag` that a change must name.
pub async fn read_group<T: Plain + Serialize>(
    asked: Asked,
    Id(id): Id<PersonId>,
) -> Result<Response, Fault> {
    people::witness(&asked, id, T::Part::GROUP.fields()).await?;
    shown::<T>(&asked, id).await
}

async fn shown<T: Plain + Serialize>(asked: &Asked, id: PersonId) -> Result<Response, Fault> {
    let mut conn = asked.read().await?;
    let kept = people::find_group::<T::Part>(&mut conn, &asked.deed, id).await?;
    let kept = kept.ok_or_else(not_there)?;
    Ok((etag(kept.version), Json(KeptJson::<T>::of(&kept))).into_response())
}

/// A group as another program wants it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewGroup<T> {
    value: T,
    #[serde(default)]
    confirmed: Option<Way>,
}

/// Changes one group upon the version that was read.
pub async fn write_group<T: Plain + Serialize>(
    asked: Asked,
    Id(id): Id<PersonId>,
    Version(version): Version,
    Body(new): Body<NewGroup<T>>,
) -> Result<Response, Fault> {
    people::admit(&asked, id).await?;
    let mut conn = asked.read().await?;
    let kept = people::find_group::<T::Part>(&mut conn, &asked.deed, id).await?;
    let before = kept.ok_or_else(not_there)?;
    drop(conn);
    let mut reader = Reader::new(today(&asked));
    let value = reader.within("value", |reader| new.value.read(&before.value, reader));
    let value = read_or(value, reader)?;
    people::change(asked.db(), &asked.deed, id, version, value, new.confirmed).await?;
    shown::<T>(&asked, id).await
}

/// Somebody to be registered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    identity: IdentityJson,
    #[serde(default)]
    contacts: Option<ContactsJson>,
    #[serde(default)]
    medical: Option<MedicalJson>,
    #[serde(default)]
    care: Option<CareJson>,
    #[serde(default)]
    finder: Option<FinderJson>,
    #[serde(default)]
    consent: Option<ConsentJson>,
    #[serde(default)]
    confirmed: Option<Way>,
    /// Of whom it is known that they are somebody else, and why.
    #[serde(default)]
    apart: Vec<PersonId>,
    #[serde(default)]
    apart_reason: Option<String>,
    /// Somebody like this was erased and wants to be registered again.
    #[serde(default)]
    after_erasure: bool,
    /// The center meets the person for the first time ever.
    #[serde(default)]
    first_contact: bool,
}

/// Who was registered.
#[derive(Serialize)]
pub struct Registered {
    person: PersonId,
}

/// Registers somebody. As at the counter it is asked first where somebody like this is registered,
/// or was erased.
pub async fn register(asked: Asked, Body(mut new): Body<NewPerson>) -> Result<Response, Fault> {
    let mut reader = Reader::new(today(&asked));
    let reason = reader.line("apart_reason", new.apart_reason.as_deref(), MOST_REASON);
    let (apart, after_erasure) = (take(&mut new.apart), new.after_erasure);
    let met = new.first_contact.then_some(renewals::MET);
    let draft = draft(new, &asked, &mut reader);
    let (draft, reason) = read_or(draft.zip(reason), reader)?;
    if !after_erasure {
        refuse_erased(&asked, &draft).await?;
    }
    let apart = told_apart(&asked, &draft, &apart).await?;
    let person = twins::register_apart(asked.db(), &asked.deed, draft, apart, reason, met).await?;
    let location = [(LOCATION, format!("/api/v1/people/{person}"))];
    Ok((StatusCode::CREATED, location, Json(Registered { person })).into_response())
}

async fn refuse_erased(asked: &Asked, draft: &Draft) -> Result<(), Fault> {
    let traces = [import::traces(&draft.identity)];
    let found = (leaving::ERASED)(&mut asked.read().await?, &asked.deed, &traces).await?;
    let Some(on) = found.into_iter().flatten().next() else {
        return Ok(());
    };
    Err(Fault::conflict(format!(
        "氏名（またはフリガナ）と生年月日が同じ方の記録が、{on}に消去されています。ご本人があらためて登録を望んでいることを確かめてから、after_erasure を true にして送ってください。"
    )))
}

/// Of everybody alike it has to be said that they are somebody else.
async fn told_apart(
    asked: &Asked,
    draft: &Draft,
    apart: &[PersonId],
) -> Result<Vec<PersonId>, Fault> {
    let (identity, contacts) = (&draft.identity, &draft.contacts);
    let likely = twins::see_likely(asked.db(), &asked.deed, identity, contacts).await?;
    let mut fault = Fault::conflict(
        "よく似た方が、すでに登録されています。同じ方なら、その記録を変えてください。別の方だと確かめたときは、その方の番号（ID）を apart に入れて送ってください。",
    );
    for one in likely.iter().filter(|one| !apart.contains(&one.id)) {
        let reasons = one.likeness.reasons().join("・");
        fault = fault.at("apart", format!("{}：{reasons}", one.id));
    }
    match fault.errors.is_empty() {
        true => Ok(likely.iter().map(|one| one.id).collect()),
        false => Err(fault),
    }
}

fn draft(new: NewPerson, asked: &Asked, reader: &mut Reader) -> Option<Draft> {
    let identity = reader.within("identity", |reader| new.identity.take(reader));
    let contacts = part("contacts", new.contacts, reader);
    let medical = part("medical", new.medical, reader);
    let care = part("care", new.care, reader);
    let finder = part("finder", new.finder, reader);
    let consent = part("consent", new.consent, reader);
    let on = today(asked);
    let by = asked.deed.scope.actor.account();
    Some(Draft {
        contacts: contacts?,
        medical: medical?,
        care: care?,
        finder: finder?,
        consent: consent?,
        confirmed: new.confirmed.map(|way| Confirmed { on, way, by }),
        ..Draft::new(identity?, on)
    })
}

/// A group of somebody new; what is left out was not asked.
fn part<T: Plain>(name: &str, new: Option<T>, reader: &mut Reader) -> Option<T::Part>
where
    T::Part: Default,
{
    match new {
        None => Some(T::Part::default()),
        Some(new) => reader.within(name, |reader| new.read(&T::Part::default(), reader)),
    }
}

/// Why another center's record is opened.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    purpose: String,
}

/// Keeps the purpose; the record opens for an hour.
pub async fn open(
    asked: Asked,
    Id(id): Id<PersonId>,
    Body(opening): Body<Opening>,
) -> Result<StatusCode, Fault> {
    let mut reader = Reader::new(today(&asked));
    let purpose = reader.line("purpose", Some(&opening.purpose), people::MOST_PURPOSE);
    let letters = purpose.as_ref().map(|purpose| purpose.chars().count());
    if letters.is_some_and(|letters| letters < people::LEAST_PURPOSE) {
        reader.note(
            "purpose",
            "目的を4文字以上で入れてください。例：転居の相談の電話があった",
        );
    }
    let purpose = read_or(purpose, reader)?;
    people::open_for(asked.db(), &asked.deed, id, purpose).await?;
    Ok(StatusCode::NO_CONTENT)
}
