//! One resource, and the summary.

use axum::extract::Path;
use axum::response::Response;
use db::Conn;
use jiff::Timestamp;

use super::answer::{Fault, resource};
use super::told::Told;
use crate::audit::Fields;
use crate::clock::in_japan;
use crate::exchange::fhir::rules::{House, Kind, Names, Sources, summary as document_of};
use crate::front::Asked;
use crate::ids::InquiryId;
use crate::networks::{self, Center, Town};

/// `GET /fhir/{kind}/{id}`.
pub async fn one(
    asked: Asked,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let kind = Kind::from_code(&kind).ok_or(Fault::NoKind)?;
    let (inquiry, at) = Names::read(kind, &id).ok_or(Fault::NotFound)?;
    let told = Told::find(&asked, inquiry).await?;
    let all = told.all(&asked, kind).await?.into_iter();
    let at = at.checked_sub(1).ok_or(Fault::NotFound)?;
    let mut rest = all.skip(at);
    Ok(resource(&rest.next().ok_or(Fault::NotFound)?))
}

/// What a summary shows.
const IN_SUMMARY: Fields = Fields::IDENTITY
    .and(Fields::CONTACTS)
    .and(Fields::MEDICAL)
    .and(Fields::FINDER)
    .and(Fields::TAGS);

/// `GET /fhir/Patient/{id}/$summary`.
pub async fn summary(asked: Asked, Path(id): Path<InquiryId>) -> Result<Response, Fault> {
    let told = Told::find(&asked, id).await?;
    told.witness(&asked, IN_SUMMARY, "$summary").await?;
    let conn = &mut asked.read().await?;
    let view = told.view(conn, &asked).await?;
    let medical = told.medical(conn, &asked).await?;
    let house = house(conn, &asked, &told).await?;
    // 48 bits: as many as a UUID has left beside the inquiry.
    let document = asked.deed.new_id() & 0xffff_ffff_ffff;
    Ok(resource(&document_of(Sources {
        inquiry: id,
        document: usize::try_from(document).unwrap_or_default(),
        at: moment(asked.deed.now),
        number: told.number(conn, &asked).await?,
        view: &view,
        medical: &medical,
        house: &house,
    })))
}

async fn house(conn: &mut Conn, asked: &Asked, told: &Told) -> Result<House, Fault> {
    let scope = &asked.deed.scope;
    let town = networks::find_town(conn, scope)
        .await?
        .ok_or(Fault::NotFound)?;
    let center = match told.inquiry.center {
        Some(center) => networks::find_center(conn, scope, center).await?,
        None => None,
    };
    Ok(keeper(town, center))
}

/// The person's center, with the town's phones where it has none of its own; else the town.
fn keeper(town: Town, center: Option<Center>) -> House {
    let (name, address, day, night) = match center {
        Some(center) => (
            center.name,
            center.address,
            center.day_phone,
            center.night_phone,
        ),
        None => (town.name, String::new(), None, None),
    };
    let phones = [day.or(town.day_phone), night.or(town.night_phone)];
    House {
        name,
        address,
        phones: phones.into_iter().flatten().collect(),
    }
}

/// An instant as FHIR writes it, with the hour of Japan.
pub fn moment(now: Timestamp) -> String {
    in_japan(now).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
