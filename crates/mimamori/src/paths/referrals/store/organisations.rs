//! What organisations offer ↔ rows.

use std::collections::BTreeMap;

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;

use super::shape;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::networks;
use crate::paths::referrals::rules::{Offering, Service};

const LIST: Sql = sql(
    "SELECT organisation, since, until, places, version FROM referral_organisations
     WHERE network = $1",
);

const INSERT: Sql = sql(
    "INSERT INTO referral_organisations (network, organisation, since, until, places, version)
     VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT DO NOTHING",
);

const SAVE: Sql = sql(
    "UPDATE referral_organisations SET since = $3, until = $4, places = $5, version = version + 1
     WHERE network = $1 AND organisation = $2 AND version = $6",
);

/// What was said of an organisation, without its name.
fn said(mut row: Row) -> Result<(RowId, Offering), Error> {
    let organisation = RowId(row.int(0)?);
    let day = |text: Option<String>| -> Result<Option<Date>, Error> {
        let read = text.map(|text| text.parse()).transpose();
        read.map_err(|_| shape("a date of referral_organisations"))
    };
    let places: BTreeMap<String, u32> =
        serde_json::from_str(&row.text(3)?).map_err(|_| shape("referral_organisations.places"))?;
    let places = places.into_iter();
    let places = places.filter_map(|(code, count)| Some((Service::from_code(&code)?, count)));
    let offering = Offering {
        organisation,
        name: String::new(),
        since: day(row.maybe_text(1)?)?,
        until: day(row.maybe_text(2)?)?,
        places: places.collect(),
        version: row.int(4)?,
    };
    Ok((organisation, offering))
}

/// Every organisation of the directory that is not closed, with what it offers.
pub async fn list_organisations(conn: &mut Conn, deed: &Deed) -> Result<Vec<Offering>, Error> {
    let mut known = BTreeMap::new();
    for row in conn.rows(LIST, &args![deed.network()]).await? {
        let (id, offering) = said(row)?;
        known.insert(id, offering);
    }
    let all = networks::list_organisations(conn, &deed.scope).await?;
    let open = all.into_iter().filter(|one| one.closed_at.is_none());
    Ok(open
        .map(|one| {
            let said = known.remove(&one.id);
            let offering = said.unwrap_or(Offering {
                organisation: one.id,
                name: String::new(),
                since: None,
                until: None,
                places: Vec::new(),
                version: 0,
            });
            Offering {
                name: one.name,
                ..offering
            }
        })
        .collect())
}

/// Keeps what an organisation offers upon the version that was read; whether nobody saved first.
pub async fn save_organisation(
    conn: &mut Conn,
    deed: &Deed,
    offering: &Offering,
) -> Result<bool, Error> {
    let places: BTreeMap<&str, u32> = offering
        .places
        .iter()
        .map(|(service, count)| (service.code(), *count))
        .collect();
    let places = serde_json::to_string(&places);
    let places = places.map_err(|_| shape("referral_organisations.places"))?;
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let (since, until) = (day(offering.since), day(offering.until));
    let rows = match offering.version {
        0 => {
            let args = args![deed.network(), offering.organisation, since, until, places];
            conn.exec(INSERT, &args).await?
        }
        version => {
            let args = args![
                deed.network(),
                offering.organisation,
                since,
                until,
                places,
                version
            ];
            conn.exec(SAVE, &args).await?
        }
    };
    Ok(rows == 1)
}
