//! Searches: a person by number and second thing, which opens an inquiry; the rest by patient.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;

use super::answer::{Fault, resource};
use super::read::moment;
use super::told::{Told, must_treat};
use crate::desk::{self, PartnerAnswer};
use crate::exchange::fhir::rules::{Kind, Wanted, found, nobody, patient_of};
use crate::front::Asked;
use crate::ids::InquiryId;

type Pairs = Vec<(String, String)>;

/// `GET /fhir/{kind}?patient=…`: an id of an inquiry tells nothing; a number in an address would.
pub async fn by_address(
    asked: Asked,
    Path(kind): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Fault> {
    let kind = Kind::from_code(&kind).ok_or(Fault::NoKind)?;
    match (kind, patient_of(kind, &pairs)) {
        (kind, Some(id)) => of_patient(&asked, kind, id).await,
        (Kind::Patient, None) => Err(Fault::InAddress),
        (_, None) => Err(Fault::NoPatient),
    }
}

/// `POST /fhir/{kind}/_search`.
pub async fn by_form(
    asked: Asked,
    Path(kind): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    let kind = Kind::from_code(&kind).ok_or(Fault::NoKind)?;
    match (kind, patient_of(kind, &pairs)) {
        (kind, Some(id)) => of_patient(&asked, kind, id).await,
        (Kind::Patient, None) => person(&asked, &pairs).await,
        (_, None) => Err(Fault::NoPatient),
    }
}

async fn person(asked: &Asked, pairs: &Pairs) -> Result<Response, Fault> {
    must_treat(asked).await?;
    let Wanted(ask) = Wanted::read(pairs).map_err(Fault::Question)?;
    let deed = &asked.deed;
    let answer = desk::look_up_for_partner(asked.db(), &asked.app.vault, deed, ask).await?;
    match answer {
        PartnerAnswer::Found(id) => of_patient(asked, Kind::Patient, id).await,
        PartnerAnswer::NoMatch => Ok(resource(&nobody(moment(deed.now)))),
        PartnerAnswer::Slowed(until) => Err(Fault::Slowed(until, (until - deed.at()) / 1000)),
    }
}

async fn of_patient(asked: &Asked, kind: Kind, id: InquiryId) -> Result<Response, Fault> {
    let told = Told::find(asked, id).await?;
    let all = told.all(asked, kind).await?;
    let at = moment(asked.deed.now);
    Ok(resource(&found(&told.names, at, kind, all)))
}
