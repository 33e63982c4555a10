//! Stories of towns, centers, areas and hours.

use jiff::civil::date;
use mimamori::networks::{self, Area, Refusal, Text};
use mimamori::scope::{Role, Scope};
use words::address::Address;
use words::postcode::Postcode;

use crate::town::{FRIDAY, Town, on_both};

async fn center_of(town: &Town, address: &str, postcode: &str) -> Option<mimamori::ids::CenterId> {
    let scope = Scope::program(town.minami.id, "test");
    let mut conn = town.db().read().await.unwrap();
    let address = Address::parse(address).ok();
    let postcode = Postcode::parse(postcode).ok();
    networks::center_for(&mut conn, &scope, address.as_ref(), postcode)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_leads_to_its_center() {
    on_both(async |town| {
        let deed = town.deed_of(Role::TownAdmin).await;
        let (south, north) = (town.minami.center, town.minami.other_center);
        let areas = |lines: &[&str], center| {
            lines
                .iter()
                .map(|line| Area::read(line, center).unwrap())
                .collect()
        };
        networks::draw_areas(
            town.db(),
            &deed,
            south,
            areas(&["入船1丁目", "入船2丁目", "143-0016"], south),
        )
        .await
        .unwrap();
        networks::draw_areas(town.db(), &deed, north, areas(&["入船", "浜町"], north))
            .await
            .unwrap();
        assert_eq!(
            center_of(&town, "大田区入船二丁目3番4号", "").await,
            Some(south)
        );
        assert_eq!(
            center_of(&town, "大田区入船3丁目1番2号", "143-0016").await,
            Some(north),
            "its town, before its postcode"
        );
        assert_eq!(
            center_of(&town, "大田区山手9丁目1番2号", "143-0016").await,
            Some(south)
        );
        assert_eq!(
            center_of(&town, "大田区山手9丁目1番2号", "100-0001").await,
            None
        );
        let taken =
            networks::draw_areas(town.db(), &deed, north, areas(&["入船1丁目"], north)).await;
        assert!(matches!(taken, Err(Refusal::AreasTaken(areas)) if areas[0].center == south));
        assert_eq!(
            center_of(&town, "浜町5", "").await,
            Some(north),
            "a refusal changes nothing"
        );
        networks::close_center(town.db(), &deed, north, networks::Closed::Yes)
            .await
            .unwrap();
        assert_eq!(
            center_of(&town, "浜町5", "").await,
            None,
            "nobody new comes to a center given up"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_to_call_follows_the_hours() {
    on_both(async |town| {
        let scope = Scope::program(town.minami.id, "test");
        let mut conn = town.db().read().await.unwrap();
        for (at, number, open) in [
            (FRIDAY, "03-0100-0001", true),
            ("2026-11-20T20:00:00+09:00", "03-0100-0002", false),
            ("2026-11-23T10:00:00+09:00", "03-0100-0002", false),
        ] {
            let now = networks::phone_now(&mut conn, &scope, None, at.parse().unwrap())
                .await
                .unwrap()
                .unwrap();
            assert_eq!(
                (now.phone.to_string().as_str(), now.open),
                (number, open),
                "{at}"
            );
        }
        let friday = date(2026, 11, 20);
        let next = networks::next_working_day(&mut conn, &scope, town.minami.center, friday)
            .await
            .unwrap();
        assert_eq!(
            next,
            date(2026, 11, 24),
            "after the weekend and the holiday"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_town_keeps_its_own_words_and_goes_back_to_the_default() {
    on_both(async |town| {
        let deed = town.deed_of(Role::TownAdmin).await;
        let text = Text::BasisLife;
        let words = async || {
            let mut conn = town.db().read().await.unwrap();
            networks::words_of(&mut conn, &deed.scope, text)
                .await
                .unwrap()
        };
        assert!(words().await.contains("第69条第2項第4号"));
        networks::change_words(town.db(), &deed, text, "町の条例".to_owned(), 0)
            .await
            .unwrap();
        assert_eq!(words().await, "町の条例");
        let late = networks::change_words(town.db(), &deed, text, "遅い".to_owned(), 9).await;
        assert!(matches!(late, Err(Refusal::Db(db::Error::Changed))));
        networks::change_words(town.db(), &deed, text, String::new(), 1)
            .await
            .unwrap();
        assert!(words().await.contains("第69条第2項第4号"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_administrator_changes_the_town() {
    on_both(async |town| {
        for role in [
            Role::CenterStaff,
            Role::NightDesk,
            Role::Partner,
            Role::Auditor,
        ] {
            let deed = town.deed_of(role).await;
            let drawn =
                networks::draw_areas(town.db(), &deed, town.minami.center, Vec::new()).await;
            assert!(matches!(drawn, Err(Refusal::NoRight(_))), "{role:?}");
        }
        let deed = town.deed_of(Role::TownAdmin).await;
        let theirs = networks::draw_areas(town.db(), &deed, town.kitami.center, Vec::new()).await;
        assert!(
            matches!(theirs, Err(Refusal::NotFound)),
            "another town's center"
        );
    })
    .await;
}
