//! Two records of one person: found, looked at, merged, and two again.

pub mod merging;
mod pages;
mod schema;

use std::collections::HashMap;

use mimamori::deed::Deed;
use mimamori::ids::PersonId;
use mimamori::jobs;
use mimamori::people::twins::{self, PairState, Walked, pairs};
use mimamori::people::{self, Draft, Identity, Sex, Way};
use mimamori::scope::Role;
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;

use crate::hanako;
use crate::town::{Town, on_both};

/// ハナコ again, as another hand wrote her down: 花子 with her reading, no building, a slip in the
/// birth date, her old phone.
pub fn again() -> Draft {
    let mut draft = hanako::draft();
    draft.identity = Identity {
        name: PersonName::new("南野", "花子").unwrap(),
        given_kana: Some(Reading::parse("ハナコ").unwrap()),
        born: PartialDate::parse("昭和13年4月3日").unwrap(),
        address: Some(Address::parse("大田区大森北1丁目2番3号").unwrap()),
        phones: vec![Phone::parse("03-0188-7191").unwrap()],
        old_number: Some("90877".to_owned()),
        ..hanako::identity()
    };
    draft.contacts.0.truncate(1);
    draft
}

/// Her sister, born the same day, who lives with her.
pub fn sister() -> Draft {
    let mut draft = hanako::draft();
    draft.identity = Identity {
        name: PersonName::new("南野", "月子").unwrap(),
        given_kana: Some(Reading::parse("ツキコ").unwrap()),
        old_number: None,
        ..hanako::identity()
    };
    draft
}

pub async fn register(town: &Town, draft: Draft) -> PersonId {
    let deed = town.deed().await;
    let draft = Draft {
        center: Some(town.minami.center),
        ..draft
    };
    people::register(town.db(), &deed, draft).await.unwrap()
}

/// More than an hour passes, and everybody who was changed is compared.
pub async fn walk(town: &Town) -> Walked {
    town.pass(4_000);
    let deed = town.deed().await;
    twins::walk_some(town.db(), &deed, 100).await.unwrap()
}

pub async fn pair(town: &Town, a: PersonId, b: PersonId) -> Option<twins::Pair> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    pairs::find(&mut conn, &deed, a, b).await.unwrap()
}

async fn likely(town: &Town, deed: &Deed, draft: &Draft) -> Vec<PersonId> {
    let found = twins::see_likely(town.db(), deed, &draft.identity, &draft.contacts).await;
    found.unwrap().into_iter().map(|one| one.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_written_down_twice_is_found_and_a_twin_sister_is_not() {
    on_both(async |town| {
        let first = register(&town, hanako::draft()).await;
        let sister = register(&town, sister()).await;
        let second = register(&town, again()).await;
        let walked = walk(&town).await;
        assert_eq!((walked.people, walked.found), (3, 1));
        let found = pair(&town, second, first).await.unwrap();
        assert_eq!((found.one, found.two), (first, second));
        assert_eq!((found.state, found.by), (PairState::Open, None));
        assert!(found.score >= twins::REVIEW, "{}", found.score);
        assert!(pair(&town, first, sister).await.is_none());
        // Nobody was changed: nobody is met again.
        assert_eq!(walk(&town).await, Walked::default());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_alone_ask_nobody() {
    on_both(async |town| {
        register(&town, hanako::draft()).await;
        let mut namesake = hanako::draft();
        namesake.identity.born = PartialDate::parse("昭和21年9月27日").unwrap();
        namesake.identity.address = None;
        namesake.identity.phones.clear();
        namesake.contacts.0.clear();
        namesake.identity.old_number = None;
        let deed = town.deed().await;
        assert!(likely(&town, &deed, &namesake).await.is_empty());
        namesake.identity.sex = Sex::Unanswered;
        namesake.identity.born = PartialDate::parse("昭和13年").unwrap();
        assert!(likely(&town, &deed, &namesake).await.is_empty());
        assert_eq!(likely(&town, &deed, &again()).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_apart_is_asked_about_again_only_after_a_change() {
    on_both(async |town| {
        let first = register(&town, hanako::draft()).await;
        let second = register(&town, again()).await;
        walk(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let why = "姉の花子さんと確かめた".to_owned();
        twins::say_other(town.db(), &nurse, (second, first), why)
            .await
            .unwrap();
        // A confirmation changes the record and compares nothing otherwise.
        let identity = (people::Group::Identity, 1);
        let same = people::Heard::Unchanged;
        people::confirm(town.db(), &nurse, first, identity, same, Way::Phone)
            .await
            .unwrap();
        assert_eq!(walk(&town).await.found, 0);
        assert_eq!(
            pair(&town, first, second).await.unwrap().state,
            PairState::Other
        );
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut moved = again().identity;
        moved.born = hanako::identity().born;
        people::change_identity(town.db(), &nurse, second, 1, moved, None)
            .await
            .unwrap();
        assert_eq!(walk(&town).await.found, 1);
        let asked = pair(&town, first, second).await.unwrap();
        assert_eq!(asked.state, PairState::Open);
        assert_eq!(asked.words.reason, "姉の花子さんと確かめた");
        // And when nothing is alike any more, the pair is gone.
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut other = sister().identity;
        other.born = PartialDate::parse("昭和5年1月8日").unwrap();
        people::change_identity(town.db(), &nurse, second, 2, other, None)
            .await
            .unwrap();
        let walked = walk(&town).await;
        assert_eq!(walked.people, 1);
        assert!(pair(&town, first, second).await.is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_running_program_compares_by_itself() {
    let town = Town::build(db::Engine::Sqlite).await;
    let first = register(&town, hanako::draft()).await;
    let second = register(&town, again()).await;
    town.at("2026-11-21T02:30:00+09:00");
    jobs::find_twins(&town.app, &mut HashMap::new())
        .await
        .unwrap();
    assert!(pair(&town, first, second).await.is_some());
}
