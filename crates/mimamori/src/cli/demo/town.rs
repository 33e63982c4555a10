//! みなみ町 of the demo: two centers with their areas, and organisations.

use super::Failure;
use super::stage::{phone, unexpected};
use crate::app::App;
use crate::deed::Deed;
use crate::ids::{CenterId, NetworkId, RowId};
use crate::networks::{
    self, Area, CenterCard, NewTown, Operator, Organisation, OrganisationKind, SecondFactor, Town,
};
use crate::paths::referrals::Service;
use words::municipality::MunicipalityCode;

/// What accounts and people of the demo are put into.
pub(super) struct Places {
    pub network: NetworkId,
    pub center: CenterId,
    pub other_center: CenterId,
    pub hospital: RowId,
    pub helpers: Vec<RowId>,
}

/// Who helps: name, telephone, with what, for how many, and whether a sponsor of the network.
pub(super) const HELPERS: [(&str, &str, Service, u32, bool); 4] = [
    (
        "潮見台ケアプランセンター",
        "03-0100-0301",
        Service::Manager,
        40,
        true,
    ),
    (
        "ケアプラン若草",
        "03-0100-0302",
        Service::Manager,
        60,
        false,
    ),
    (
        "居宅介護支援はまかぜ",
        "03-0100-0303",
        Service::Manager,
        35,
        false,
    ),
    (
        "デイサービスみなみ",
        "03-0100-0304",
        Service::Day,
        30,
        false,
    ),
];

/// Each center with the places of the bundled roster that it looks after.
const CENTERS: [(&str, &str, &[&str]); 2] = [
    (
        "みなみ地域包括支援センター",
        "みなみ町潮見台1-1-1",
        &["潮見台", "若草", "汐入", "浜通り", "松ヶ丘"],
    ),
    (
        "きた地域包括支援センター",
        "みなみ町北谷1-1-1",
        &["本町", "川端", "桜坂", "北谷", "三ツ橋"],
    ),
];

/// Founds the town with the second factor left to choice: a demo has no telephone at hand.
pub(super) async fn found(app: &App) -> Result<Places, Failure> {
    let network = app.new_network_id();
    let new = NewTown {
        short: "minami".to_owned(),
        name: "みなみ町見守りネットワーク".to_owned(),
        municipality_code: MunicipalityCode::from_five(13_111)
            .ok_or_else(|| Failure::refused("demo: municipality code"))?,
        operator: Operator::Public,
        day_phone: phone("03-0100-0001"),
        night_phone: phone("03-0100-0002"),
    };
    let founded = networks::found(
        &app.db,
        &app.vault,
        network,
        app.now(),
        app.dice.clone(),
        new,
    );
    founded.await.map_err(unexpected)?;
    let deed = app.program_deed(network, "demo").await?;
    ease_factor(app, &deed).await?;
    let mut centers = Vec::new();
    for (name, address, blocks) in CENTERS {
        centers.push(center(app, &deed, name, address, blocks).await?);
    }
    let hospital = organisation(
        app,
        &deed,
        OrganisationKind::Hospital,
        "みなみ町中央病院",
        "03-0100-0119",
    )
    .await?;
    organisation(
        app,
        &deed,
        OrganisationKind::Fire,
        "みなみ消防署",
        "03-0100-0120",
    )
    .await?;
    organisation(
        app,
        &deed,
        OrganisationKind::Police,
        "みなみ警察署",
        "03-0100-0110",
    )
    .await?;
    let mut helpers = Vec::new();
    for (name, number, ..) in HELPERS {
        helpers.push(organisation(app, &deed, OrganisationKind::Other, name, number).await?);
    }
    let [center, other_center] = centers[..] else {
        return Err(Failure::refused("demo: no center"));
    };
    Ok(Places {
        network,
        center,
        other_center,
        hospital,
        helpers,
    })
}

async fn ease_factor(app: &App, deed: &Deed) -> Result<(), Failure> {
    let found = networks::find_town(&mut app.db.read().await?, &deed.scope).await?;
    let town = found.ok_or_else(|| Failure::refused("demo: no town"))?;
    let eased = Town {
        second_factor: SecondFactor::Voluntary,
        ..town
    };
    networks::change_town(&app.db, deed, eased)
        .await
        .map_err(unexpected)
}

async fn center(
    app: &App,
    deed: &Deed,
    name: &str,
    address: &str,
    blocks: &[&str],
) -> Result<CenterId, Failure> {
    let card = CenterCard {
        name: name.to_owned(),
        address: address.to_owned(),
        day_phone: None,
        night_phone: None,
    };
    let id = networks::add_center(&app.db, deed, card)
        .await
        .map_err(unexpected)?;
    let areas = blocks
        .iter()
        .filter_map(|block| Area::read(&format!("みなみ町{block}"), id).ok())
        .collect();
    networks::draw_areas(&app.db, deed, id, areas)
        .await
        .map_err(unexpected)?;
    Ok(id)
}

async fn organisation(
    app: &App,
    deed: &Deed,
    kind: OrganisationKind,
    name: &str,
    number: &str,
) -> Result<RowId, Failure> {
    let new = Organisation {
        id: RowId(0),
        kind,
        name: name.to_owned(),
        phones: phone(number).into_iter().collect(),
        closed_at: None,
        version: 1,
    };
    networks::add_organisation(&app.db, deed, new)
        .await
        .map_err(unexpected)
}
