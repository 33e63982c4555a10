//! みなみ町 of the demo: two centers with their areas, and three organisations.

use words::municipality::MunicipalityCode;
use words::phone::Phone;

use super::Failure;
use crate::app::App;
use crate::deed::Deed;
use crate::ids::{CenterId, NetworkId, RowId};
use crate::networks::{
    self, Area, CenterCard, NewTown, Operator, Organisation, OrganisationKind, Refusal,
    SecondFactor, Town,
};

/// What accounts and people of the demo are put into.
pub(super) struct Places {
    pub network: NetworkId,
    pub center: CenterId,
    pub hospital: RowId,
}

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
    let center = centers.first().copied();
    Ok(Places {
        network,
        center: center.ok_or_else(|| Failure::refused("demo: no center"))?,
        hospital,
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
        .filter_map(|block| Area::read(block, id).ok())
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

fn phone(text: &str) -> Option<Phone> {
    Phone::parse(text).ok()
}

fn unexpected(refusal: Refusal) -> Failure {
    Failure::refused(format!("demo: {refusal}"))
}
