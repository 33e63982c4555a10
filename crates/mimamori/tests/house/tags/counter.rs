//! At the counter: binding, losing, finding, replacing, taking back.

use mimamori::audit::{self, Filter, Verb};
use mimamori::ids::PersonId;
use mimamori::people;
use mimamori::scope::Role;
use mimamori::tags::{self, CarrierKind, LookUp, Refusal, Replacement, ShutWhy, State};

use super::{hanako, look_up, registered, stocked, tag};
use crate::town::{Town, on_both};

/// The verbs that the audit has about a person, the newest first.
async fn lines_about(town: &Town, person: PersonId) -> Vec<Verb> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let filter = Filter {
        whose: Some(person),
        staff: None,
        verb: None,
        before: None,
        limit: 20,
    };
    let entries = audit::list_entries(&mut conn, &deed.scope, filter)
        .await
        .unwrap();
    entries.into_iter().filter_map(|entry| entry.verb).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_typed_or_its_qr_is_scanned() {
    on_both(async |town| {
        let batch = stocked(&town, 2).await;
        let person = registered(&town, "山田", "ハナ子").await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let list = tags::take_list(town.db(), &nurse, batch).await.unwrap();
        assert_eq!(list.len(), 6);
        let typed = tags::bind(town.db(), &nurse, person, &list[0].0.shown())
            .await
            .unwrap();
        let scanned = list[4].1.address("https://mimamori.example.jp");
        let by_qr = tags::bind(town.db(), &nurse, person, &scanned)
            .await
            .unwrap();
        assert_ne!(typed, by_qr);
        let mut conn = town.db().read().await.unwrap();
        let theirs = tags::list_for_person(&mut conn, &nurse, person)
            .await
            .unwrap();
        assert_eq!(
            theirs.iter().map(|tag| tag.id).collect::<Vec<_>>(),
            [by_qr, typed]
        );
        assert_eq!(
            lines_about(&town, person).await[..2],
            [Verb::TagBound, Verb::TagBound]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_bound_says_why() {
    on_both(async |town| {
        let (hanako, id) = hanako(&town).await;
        let other = registered(&town, "鈴木", "ウメ").await;
        let (nurse, night) = (
            town.deed_of(Role::CenterStaff).await,
            town.deed_of(Role::NightDesk).await,
        );
        let number = tag(&town, id).await.number.shown();
        let bind = async |person, text: &str| tags::bind(town.db(), &nurse, person, text).await;
        assert!(matches!(
            bind(other, &number).await,
            Err(Refusal::Not(State::Bound))
        ));
        assert!(
            matches!(bind(hanako, &number).await, Err(Refusal::AlreadyTheirs(tag)) if tag == id)
        );
        assert!(matches!(
            bind(other, "123-4567-8901").await,
            Err(Refusal::Misread(_))
        ));
        let refused = tags::bind_next(town.db(), &night, other).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
        let before = people_state(&town, other).await;
        people::set_state(
            town.db(),
            &nurse,
            other,
            before,
            people::State::MovedAway,
            jiff::civil::date(2026, 11, 20),
        )
        .await
        .unwrap();
        let refused = tags::bind_next(town.db(), &nurse, other).await;
        assert!(matches!(refused, Err(Refusal::NotRegistered)));
    })
    .await;
}

async fn people_state(town: &Town, person: PersonId) -> i64 {
    let deed = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    people::find_standing(&mut conn, &deed, person)
        .await
        .unwrap()
        .unwrap()
        .version
}

#[tokio::test(flavor = "multi_thread")]
async fn hanako_loses_her_tag_and_finds_it_again() {
    on_both(async |town| {
        let (person, id) = hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        tags::lose(town.db(), &nurse, id, "バスの中".to_owned())
            .await
            .unwrap();
        assert_eq!(tag(&town, id).await.state, State::Lost);
        let twice = tags::lose(town.db(), &nurse, id, String::new()).await;
        assert!(matches!(twice, Err(Refusal::Not(State::Lost))));
        tags::find_again(town.db(), &nurse, id).await.unwrap();
        let number = tag(&town, id).await.number.shown();
        assert!(look_up(&town, &nurse, &number).await == LookUp::Found { tag: id, person });
        assert_eq!(
            lines_about(&town, person).await[..3],
            [Verb::TagChanged, Verb::TagChanged, Verb::TagBound]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_is_taken_back_on_the_same_day() {
    on_both(async |town| {
        let (person, id) = hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        tags::take_back(town.db(), &nurse, id).await.unwrap();
        let back = tag(&town, id).await;
        assert_eq!((back.state, back.person), (State::Stock, None));
        let number = back.number.shown();
        tags::bind(town.db(), &nurse, person, &number)
            .await
            .unwrap();
        town.at("2026-11-21T09:00:00+09:00");
        let tomorrow = town.deed_of(Role::CenterStaff).await;
        let refused = tags::take_back(town.db(), &tomorrow, id).await;
        assert!(matches!(refused, Err(Refusal::TooLate)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_number_is_never_used_again() {
    on_both(async |town| {
        let (person, old) = hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let number = tag(&town, old).await.number.shown();
        let new = tags::replace(town.db(), &nurse, old, Replacement::Next, String::new())
            .await
            .unwrap();
        assert_eq!(tag(&town, new).await.person, Some(person));
        let again = tags::bind(town.db(), &nurse, person, &number).await;
        assert!(matches!(again, Err(Refusal::Not(State::Replaced))));
        let mut conn = town.db().read().await.unwrap();
        let carriers = tags::list_carriers(&mut conn, &nurse, old).await.unwrap();
        assert!(
            carriers
                .iter()
                .all(|carrier| matches!(carrier.shut, Some((_, ShutWhy::WithNumber))))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_qr_is_shut_and_the_others_stay() {
    on_both(async |town| {
        let (_, id) = hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let added = tags::add_carrier(town.db(), &nurse, id, CarrierKind::Magnet)
            .await
            .unwrap();
        tags::shut_carrier(town.db(), &nurse, id, added, ShutWhy::Broken)
            .await
            .unwrap();
        let mut conn = town.db().read().await.unwrap();
        let carriers = tags::list_carriers(&mut conn, &nurse, id).await.unwrap();
        let shut: Vec<_> = carriers
            .iter()
            .filter(|carrier| carrier.shut.is_some())
            .collect();
        assert_eq!((carriers.len(), shut.len(), shut[0].id), (4, 1, added));
        let twice = tags::shut_carrier(town.db(), &nurse, id, added, ShutWhy::Lost).await;
        assert!(matches!(twice, Err(Refusal::Db(db::Error::Changed))));
        tags::open_carrier(town.db(), &nurse, id, added)
            .await
            .unwrap();
        let carriers = tags::list_carriers(&mut conn, &nurse, id).await.unwrap();
        assert!(carriers.iter().all(|carrier| carrier.shut.is_none()));
    })
    .await;
}
