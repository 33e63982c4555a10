//! Whose month is when, and who is on the list.

use jiff::civil::date;
use mimamori::people::{self, Identity};
use mimamori::renewals::{self, AskWay, State, Why};
use mimamori::scope::Role;
use mimamori::tags;
use words::date::PartialDate;

use super::{MARCH, count, minute, renewal};
use crate::desk;
use crate::hanako;
use crate::town::{Town, on_both};

async fn born(town: &Town, person: mimamori::ids::PersonId, version: i64, born: &str) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let identity = Identity {
        born: PartialDate::parse(born).unwrap(),
        ..hanako::identity()
    };
    people::change_identity(town.db(), &nurse, person, version, identity, None)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_month_follows_the_birth_date_and_what_was_opened_follows_it() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        minute(&town).await;
        assert_eq!(count(&town, "2027-04", None).await, 1);
        assert_eq!(renewal(&town, person, 2027).await.state, State::Waiting);
        born(&town, person, 1, "昭和13年3月2日").await;
        minute(&town).await;
        assert_eq!(count(&town, "2027-04", None).await, 0);
        assert_eq!(count(&town, "2027-03", None).await, 1);
        born(&town, person, 2, "昭和13年").await;
        minute(&town).await;
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let month = renewals::find_month(&mut conn, &deed, person)
            .await
            .unwrap();
        assert_eq!(month, Some((9, Why::Registered)), "registered in September");
        drop(conn);
        assert_eq!(count(&town, "2027-03", None).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_holders_registered_some_months_ago_are_asked_and_again_each_year() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        let untagged = hanako::register(&town).await;
        let late = people::Draft {
            center: Some(town.minami.center),
            registered_on: date(2027, 1, 15),
            ..hanako::draft()
        };
        let deed = town.deed().await;
        let late = people::register(town.db(), &deed, late).await.unwrap();
        desk::tagged(&town, late).await;
        town.at(MARCH);
        minute(&town).await;
        assert_eq!(count(&town, "2027-04", None).await, 1, "{person} alone");
        desk::tagged(&town, untagged).await;
        minute(&town).await;
        assert_eq!(count(&town, "2027-04", None).await, 2);
        super::renew(&town, person, people::Way::InPerson).await;
        town.at("2028-03-02T10:00:00+09:00");
        minute(&town).await;
        assert_eq!(count(&town, "2028-04", Some(State::Waiting)).await, 3);
        let before = renewal(&town, person, 2027).await;
        assert_eq!(before.state, State::Confirmed, "last year's outcome stays");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_the_register_drops_out_and_a_slip_is_mended() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        minute(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        super::ask(&town, person, AskWay::Postcard).await;
        super::days(&town, 21).await;
        let task = renewal(&town, person, 2027).await.task;
        let on = date(2027, 3, 1);
        let version = people::set_state(town.db(), &nurse, person, 1, people::State::Died, on);
        let version = version.await.unwrap();
        minute(&town).await;
        let gone = renewal(&town, person, 2027).await;
        assert_eq!((gone.state, gone.task), (State::Died, None));
        let mut conn = town.db().read().await.unwrap();
        let task = mimamori::tasks::find(&mut conn, &nurse, task.unwrap()).await;
        assert!(!task.unwrap().state.waits(), "nobody calls her any more");
        drop(conn);
        let asked = renewals::ask_all(town.db(), &nurse, &[person], 2027, AskWay::Phone).await;
        assert_eq!(asked.unwrap().left, 1);
        people::undo_state(town.db(), &nurse, person, version)
            .await
            .unwrap();
        minute(&town).await;
        assert_eq!(renewal(&town, person, 2027).await.state, State::Asked);
    })
    .await;
}

/// The tag is given back, though the person stays registered; a lost one is theirs still.
#[tokio::test(flavor = "multi_thread")]
async fn who_gave_every_tag_back_is_asked_no_more_until_there_is_a_tag_again() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let tag = tags::list_for_person(&mut conn, &nurse, person).await;
        let tag = tag.unwrap()[0].id;
        drop(conn);
        tags::lose(town.db(), &nurse, tag, String::new())
            .await
            .unwrap();
        town.at(MARCH);
        minute(&town).await;
        assert_eq!(renewal(&town, person, 2027).await.state, State::Waiting);
        super::ask(&town, person, AskWay::Postcard).await;
        super::days(&town, 21).await;
        let task = renewal(&town, person, 2027).await.task.unwrap();
        tags::return_tag(town.db(), &nurse, tag, String::new())
            .await
            .unwrap();
        minute(&town).await;
        let over = renewal(&town, person, 2027).await;
        assert_eq!((over.state, over.task), (State::Returned, None));
        assert!(!over.counted.due, "nobody is to renew");
        let mut conn = town.db().read().await.unwrap();
        let task = mimamori::tasks::find(&mut conn, &nurse, task).await;
        assert!(!task.unwrap().state.waits(), "nobody calls her any more");
        drop(conn);
        let page = town.sign_in(Role::CenterStaff).await;
        let page = page.get(&format!("/renewals/{person}")).await.text();
        assert!(page.contains("タグはすべて返却されています"), "{page}");
        desk::tagged(&town, person).await;
        minute(&town).await;
        assert_eq!(renewal(&town, person, 2027).await.state, State::Asked);
    })
    .await;
}

/// A record is gone through before the first tag is handed out: that goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_walk_before_the_first_tag_is_not_cut_short() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        town.at(MARCH);
        let nurse = town.deed_of(Role::CenterStaff).await;
        let begun = renewals::begin_walk(town.db(), &nurse, person, people::Way::InPerson).await;
        assert_eq!(begun.unwrap().state, State::Asked);
        minute(&town).await;
        assert_eq!(renewal(&town, person, 2027).await.state, State::Asked);
    })
    .await;
}
