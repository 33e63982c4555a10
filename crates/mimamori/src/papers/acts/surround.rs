//! What stands around a paper, and setting it.

use db::Conn;
use press::{Line, Paper, Printed, Surround};
use tokio::sync::Semaphore;
use words::phone::Phone;

use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::CenterId;
use crate::networks;
use crate::papers::rules::Refusal;
use crate::papers::store;

/// One paper is set at a time: 250 postcards take some 120 MB and a processor for a while.
static ONE: Semaphore = Semaphore::const_new(1);

/// Sets a paper, away from those who wait for the network.
pub async fn set(surround: Surround, paper: Paper) -> Result<Printed, Refusal> {
    let _turn = ONE.acquire().await.map_err(|_| Refusal::Interrupted)?;
    let work = tokio::task::spawn_blocking(move || press::print(&surround, &paper));
    Ok(work.await.map_err(|_| Refusal::Interrupted)??)
}

/// The town with its sign, and the center that hands the paper out.
pub async fn surround_of(
    conn: &mut Conn,
    deed: &Deed,
    center: Option<CenterId>,
    printed_by: &str,
) -> Result<Surround, Refusal> {
    let town = networks::find_town(conn, &deed.scope).await?;
    let town = town.ok_or(Refusal::NotFound)?;
    let center = match center {
        Some(id) => networks::find_center(conn, &deed.scope, id).await?,
        None => None,
    };
    let own = center.as_ref();
    let day = own.and_then(|own| own.day_phone.clone()).or(town.day_phone);
    let night = own
        .and_then(|own| own.night_phone.clone())
        .or(town.night_phone);
    let phone = |label: &str, phone: Option<Phone>| Some(Line::new(label, phone?.to_string()));
    let phones = [phone("昼", day), phone("夜間・休日", night)];
    Ok(Surround {
        town: town.name,
        center: own.map(|own| own.name.clone()).unwrap_or_default(),
        address: own.map(|own| own.address.clone()).unwrap_or_default(),
        phones: phones.into_iter().flatten().collect(),
        printed_on: in_japan(deed.now).strftime("%Y年%-m月%-d日").to_string(),
        printed_by: printed_by.to_owned(),
        logo: store::find_sign(conn, &deed.scope).await?,
    })
}
