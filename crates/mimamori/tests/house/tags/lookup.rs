//! A number is read over the telephone.

use mimamori::deed::Deed;
use mimamori::ids::PersonId;
use mimamori::scope::Role;
use mimamori::tags::{self, Known, LookUp, Number, Refusal, Replacement, State};
use words::tag_number::{TagNumber, TagNumberProblem};

use super::{hanako, look_up, registered, tag};
use crate::town::{Town, on_both};

async fn kitami_desk(town: &Town) -> Deed {
    town.deed_at(&town.kitami, Role::NightDesk).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_finds_its_person_however_it_is_typed() {
    on_both(async |town| {
        let (person, id) = hanako(&town).await;
        let desk = town.deed_of(Role::NightDesk).await;
        let number = tag(&town, id).await.number;
        let digits = number.kept();
        let wide: String = digits
            .chars()
            .map(|c| char::from_u32(c as u32 + 0xfee0).unwrap())
            .collect();
        for typed in [number.shown(), digits, wide, number.spoken()] {
            let found = look_up(&town, &desk, &typed).await;
            assert!(found == LookUp::Found { tag: id, person });
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misread_number_finds_nobody_and_is_read_back() {
    on_both(async |town| {
        let (_, id) = hanako(&town).await;
        let desk = town.deed_of(Role::NightDesk).await;
        let digits = tag(&town, id).await.number.kept();
        for at in 0..digits.len() {
            let mut wrong = digits.clone().into_bytes();
            wrong[at] = b'1' + (wrong[at] - b'0') % 9;
            let wrong = String::from_utf8(wrong).unwrap();
            let told = look_up(&town, &desk, &wrong).await;
            assert!(told == LookUp::Misread(TagNumberProblem::Misread { typed: wrong }));
        }
        let short = look_up(&town, &desk, &digits[..10]).await;
        assert!(matches!(
            short,
            LookUp::Misread(TagNumberProblem::TooShort { .. })
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_finds_nobody_in_use_says_why() {
    on_both(async |town| {
        let (person, id) = hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let number = tag(&town, id).await.number.shown();
        let told = async |typed: &str| match look_up(&town, &nurse, typed).await {
            LookUp::NotInUse(Known {
                state,
                person,
                replaced_by,
                ..
            }) => (state, person, replaced_by),
            _ => panic!("the number should be known and not in use"),
        };
        tags::lose(town.db(), &nurse, id, String::new())
            .await
            .unwrap();
        assert_eq!(told(&number).await, (State::Lost, Some(person), None));
        let new = tags::replace(town.db(), &nurse, id, Replacement::Next, String::new())
            .await
            .unwrap();
        assert_eq!(
            told(&number).await,
            (State::Replaced, Some(person), Some(new))
        );
        let new_number = tag(&town, new).await.number.shown();
        tags::return_tag(town.db(), &nurse, new, String::new())
            .await
            .unwrap();
        assert_eq!(
            told(&new_number).await,
            (State::Returned, Some(person), None)
        );
        tags::void(town.db(), &nurse, new, String::new())
            .await
            .unwrap();
        assert_eq!(told(&new_number).await, (State::Void, Some(person), None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_known_and_a_number_of_nobody_is_not() {
    on_both(async |town| {
        let (_, bound) = hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let batch = tag(&town, bound).await.batch.unwrap();
        let list = tags::take_list(town.db(), &nurse, batch).await.unwrap();
        let last = list.last().unwrap().0.shown();
        let told = look_up(&town, &nurse, &last).await;
        assert!(matches!(
            told,
            LookUp::NotInUse(Known {
                state: State::Stock,
                person: None,
                ..
            })
        ));
        let nobodys = TagNumber::from_body(999_999_999).unwrap().to_string();
        assert!(look_up(&town, &nurse, &nobodys).await == LookUp::Unknown);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_town_hears_only_whom_to_call() {
    on_both(async |town| {
        let (_, id) = hanako(&town).await;
        let number = tag(&town, id).await.number.shown();
        let there = kitami_desk(&town).await;
        let LookUp::OtherTown { name, phone } = look_up(&town, &there, &number).await else {
            panic!("the number should be another town's");
        };
        assert_eq!(name, "みなみ町見守りネットワーク");
        let by_day = phone.unwrap();
        assert!(by_day.open && by_day.phone.to_string() == "03-0100-0001");
        town.at("2026-11-20T23:00:00+09:00");
        let there = kitami_desk(&town).await;
        let LookUp::OtherTown { phone, .. } = look_up(&town, &there, &number).await else {
            panic!("the number should be another town's at night");
        };
        assert_eq!(phone.unwrap().phone.to_string(), "03-0100-0002");
        let mut conn = town.db().read().await.unwrap();
        assert!(tags::find(&mut conn, &there, id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_number_is_found_within_its_town_only() {
    on_both(async |town| {
        let person = registered(&town, "佐藤", "トメ").await;
        let other = registered(&town, "鈴木", "ウメ").await;
        let older = Number::older("緑Ａ－０１２").unwrap();
        let id = bind_in(&town, person, &older).await.unwrap();
        let desk = town.deed_of(Role::NightDesk).await;
        for typed in ["緑Ａ－０１２", "緑a012", " 緑 A-012 "] {
            assert!(look_up(&town, &desk, typed).await == LookUp::Found { tag: id, person });
        }
        let there = kitami_desk(&town).await;
        assert!(matches!(
            look_up(&town, &there, "緑A012").await,
            LookUp::Misread(_)
        ));
        let again = bind_in(&town, person, &older).await;
        assert!(matches!(again, Err(Refusal::AlreadyTheirs(tag)) if tag == id));
        let taken = bind_in(&town, other, &older).await;
        assert!(matches!(taken, Err(Refusal::Taken(owner)) if owner == person));
    })
    .await;
}

/// As an import does it.
async fn bind_in(
    town: &Town,
    person: PersonId,
    number: &Number,
) -> Result<mimamori::ids::TagId, Refusal> {
    let (deed, number) = (town.deed_of(Role::TownAdmin).await, number.clone());
    let work = town.db().write(move |conn| {
        Box::pin(async move { tags::bind_in(conn, &deed, person, &number).await })
    });
    work.await
}
