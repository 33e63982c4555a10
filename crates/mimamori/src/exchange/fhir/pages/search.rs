//! Searches: a person by number and second thing, which opens an inquiry; the rest by patient.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;

use super::answer::{Fault, resource};
use super::read::moment;
use super::told::{Told, must_treat};
use crate::desk::{self, PartnerAnswer};
use crate::exchange::fhir::rules::{Kind, Wanted, found, patient_of};
use crate::front::Asked;

type Pairs = Vec<(String, String)>;

/// `GET /fhir/{kind}?patient=…`: an id of an inquiry tells nothing; a number in an address would.
pub async fn by_address(
    asked: Asked,
    Path(kind): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Fault> {
    match Kind::from_code(&kind) {
        Some(Kind::Patient) => Err(Fault::InAddress),
        kind => of_patient(&asked, kind, &pairs).await,
    }
}

/// `POST /fhir/{kind}/_search`.
pub async fn by_form(
    asked: Asked,
    Path(kind): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    match Kind::from_code(&kind) {
        Some(Kind::Patient) => person(&asked, &pairs).await,
        kind => of_patient(&asked, kind, &pairs).await,
    }
}

async fn person(asked: &Asked, pairs: &Pairs) -> Result<Response, Fault> {
    must_treat(asked).await?;
    let Wanted(ask) = Wanted::read(pairs).map_err(Fault::Question)?;
    let deed = &asked.deed;
    let answer = desk::look_up_for_partner(asked.db(), &asked.app.vault, deed, ask).await?;
    match answer {
        PartnerAnswer::Found(id) => {
            let told = Told::find(asked, id).await?;
            bundle(asked, &told, Kind::Patient).await
        }
        PartnerAnswer::NoMatch => Ok(resource(&found(None, moment(deed.now), Vec::new()))),
        PartnerAnswer::Slowed(until) => Err(Fault::Slowed(until, (until - deed.at()) / 1000)),
    }
}

async fn of_patient(asked: &Asked, kind: Option<Kind>, pairs: &Pairs) -> Result<Response, Fault> {
    let kind = kind.ok_or(Fault::NoKind)?;
    let id = patient_of(pairs).ok_or(Fault::NoPatient)?;
    let told = Told::find(asked, id).await?;
    bundle(asked, &told, kind).await
}

async fn bundle(asked: &Asked, told: &Told, kind: Kind) -> Result<Response, Fault> {
    let all = told.all(asked, kind).await?.into_iter();
    let all = all.map(|resource| (kind, resource)).collect();
    let at = moment(asked.deed.now);
    Ok(resource(&found(Some(&told.names), at, all)))
}
