//! What other rooms ask: is it open, which number, which day.

use db::{Conn, Error};
use jiff::Timestamp;
use jiff::civil::Date;
use words::phone::Phone;

use super::{calendar_of, find_center, find_town, list_centers};
use crate::ids::CenterId;
use crate::networks::rules::Center;
use crate::scope::Scope;

/// The number to call at a moment.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNow {
    /// The number.
    pub phone: Phone,
    /// Whether a center is open, so that it is the number by day.
    pub open: bool,
}

/// Whether somebody is at the counter of this center, or, without one, of any center of the town.
pub async fn is_open(
    conn: &mut Conn,
    scope: &Scope,
    center: Option<CenterId>,
    at: Timestamp,
) -> Result<bool, Error> {
    let centers = match center {
        Some(center) => vec![center],
        None => working_centers(conn, scope).await?,
    };
    for center in centers {
        if calendar_of(conn, scope, center).await?.is_open(at) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn working_centers(conn: &mut Conn, scope: &Scope) -> Result<Vec<CenterId>, Error> {
    let centers = list_centers(conn, scope).await?.into_iter();
    Ok(centers
        .filter(|center| center.closed_at.is_none())
        .map(|center| center.id)
        .collect())
}

/// The number to call now: by day the center's or the town's, else theirs for the night. Where
/// one of the two is missing the other stands in; `None` where the town has no number at all.
pub async fn phone_now(
    conn: &mut Conn,
    scope: &Scope,
    center: Option<CenterId>,
    at: Timestamp,
) -> Result<Option<PhoneNow>, Error> {
    let open = is_open(conn, scope, center, at).await?;
    let own = match center {
        Some(center) => find_center(conn, scope, center).await?,
        None => None,
    };
    let town = find_town(conn, scope).await?;
    let (town_day, town_night) =
        town.map_or((None, None), |town| (town.day_phone, town.night_phone));
    let (own_day, own_night) =
        own.map_or((None, None), |own: Center| (own.day_phone, own.night_phone));
    let (day, night) = (own_day.or(town_day), own_night.or(town_night));
    let phone = if open { day.or(night) } else { night.or(day) };
    Ok(phone.map(|phone| PhoneNow { phone, open }))
}

/// The first day after `from` on which the center works.
pub async fn next_working_day(
    conn: &mut Conn,
    scope: &Scope,
    center: CenterId,
    from: Date,
) -> Result<Date, Error> {
    Ok(calendar_of(conn, scope, center)
        .await?
        .next_working_day(from))
}
