//! No answer climbs, by steps and days of the town's.

use mimamori::ids::PersonId;
use mimamori::notices;
use mimamori::renewals::{self, AskWay, Settings, State, Step};
use mimamori::scope::Role;
use mimamori::tasks::{self, Kind, Task};

use super::{MARCH, ask, count, days, minute, renewal};
use crate::desk;
use crate::town::{Town, on_both};

/// The open tasks about somebody.
async fn open(town: &Town, person: PersonId) -> Vec<Task> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = tasks::list_for_person(&mut conn, &deed, person).await;
    let waits = all.unwrap().into_iter().filter(|task| task.state.waits());
    waits.collect()
}

/// Somebody at the center marks the only open task as done, on the task's own page.
async fn done(town: &Town, person: PersonId, outcome: &str) {
    let task = open(town, person).await.remove(0);
    let nurse = town.deed_of(Role::CenterStaff).await;
    tasks::finish(town.db(), &nurse, task.id, task.version, outcome)
        .await
        .unwrap();
    minute(town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_climbs_from_postcard_to_safety_one_task_a_step() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        minute(&town).await;
        ask(&town, person, AskWay::Postcard).await;
        days(&town, 20).await;
        assert!(open(&town, person).await.is_empty(), "not yet");
        days(&town, 1).await;
        let task = open(&town, person).await.remove(0);
        assert_eq!(task.kind, Kind::Renewal);
        assert_eq!(
            task.words.title,
            "南野 ハナコ さんに2回目の更新のはがきを出す"
        );
        assert_eq!(task.link, format!("/renewals/{person}"));
        minute(&town).await;
        assert_eq!(open(&town, person).await.len(), 1, "one task a step");
        // The second postcard is printed with many others.
        ask(&town, person, AskWay::Postcard).await;
        assert!(open(&town, person).await.is_empty());
        days(&town, 14).await;
        assert_eq!(renewal(&town, person, 2027).await.step, Some(Step::Phone));
        let nurse = town.deed_of(Role::CenterStaff).await;
        renewals::tried(town.db(), &nurse, person, "2回かけて留守".to_owned())
            .await
            .unwrap();
        days(&town, 7).await;
        assert_eq!(
            renewal(&town, person, 2027).await.step,
            Some(Step::Contacts)
        );
        done(&town, person, "長男も連絡がとれないとのこと").await;
        days(&town, 7).await;
        assert_eq!(renewal(&town, person, 2027).await.step, Some(Step::Visit));
        done(&town, person, "留守。新聞がたまっている").await;
        assert_eq!(renewal(&town, person, 2027).await.state, State::Asked);
        days(&town, 7).await;
        let silent = renewal(&town, person, 2027).await;
        assert_eq!(
            (silent.state, silent.step),
            (State::NoAnswer, Some(Step::Safety))
        );
        let task = open(&town, person).await.remove(0);
        assert_eq!(task.kind, Kind::SafetyCheck);
        assert_eq!(task.words.title, "南野 ハナコ さんの安否を確かめる");
        let told = {
            let deed = town.deed_of(Role::CenterStaff).await;
            let mut conn = town.db().read().await.unwrap();
            let told = notices::list_for_person(&mut conn, &deed, person).await;
            told.unwrap()
        };
        assert_eq!((told.len(), told[0].way), (1, notices::Way::Room));
        assert_eq!(told[0].task, Some(task.id), "one task for both");
        // Found at last.
        super::renew(&town, person, mimamori::people::Way::Visit).await;
        assert!(open(&town, person).await.is_empty());
        assert_eq!(renewal(&town, person, 2027).await.state, State::Confirmed);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_met_next_year_is_looked_for_no_longer() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        let admin = town.deed_of(Role::TownAdmin).await;
        let settings = Settings {
            days: [None; 4],
            ..Settings::default()
        };
        renewals::change_settings(town.db(), &admin, settings)
            .await
            .unwrap();
        town.at(MARCH);
        minute(&town).await;
        ask(&town, person, AskWay::Postcard).await;
        days(&town, 7).await;
        assert_eq!(open(&town, person).await.remove(0).kind, Kind::SafetyCheck);
        town.at("2028-04-03T10:00:00+09:00");
        minute(&town).await;
        super::renew(&town, person, mimamori::people::Way::InPerson).await;
        assert!(open(&town, person).await.is_empty());
        let silent = renewal(&town, person, 2027).await;
        assert_eq!((silent.state, silent.task), (State::NoAnswer, None));
        assert_eq!(renewal(&town, person, 2028).await.state, State::Confirmed);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_at_once_open_one_task() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        let deed = town.deed().await;
        let twice = || async {
            let (one, other) = tokio::join!(
                renewals::keep_up(town.db(), &deed),
                renewals::keep_up(town.db(), &deed)
            );
            assert!(one.is_ok() || other.is_ok(), "one of the two gets through");
        };
        twice().await;
        assert_eq!(count(&town, "2027-04", None).await, 1);
        ask(&town, person, AskWay::Postcard).await;
        town.pass(21 * 24 * 3600);
        let deed = town.deed().await;
        let (one, other) = tokio::join!(
            renewals::keep_up(town.db(), &deed),
            renewals::keep_up(town.db(), &deed)
        );
        assert!(one.is_ok() || other.is_ok(), "one of the two gets through");
        minute(&town).await;
        assert_eq!(open(&town, person).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_town_sets_steps_and_days() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let page = admin.get("/town/renewals").await;
        assert_eq!(page.attr("#f-postcard", "value").unwrap(), "21");
        let form = |phone, version| {
            [
                ("postcard", ""),
                ("phone", phone),
                ("contacts", ""),
                ("visit", ""),
                ("silent", "５"),
                ("quiet", "3"),
                ("version", version),
            ]
        };
        let refused = admin.post("/town/renewals", &form("0", "0")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("1から180まで"));
        assert_eq!(
            admin.post("/town/renewals", &form("3", "0")).await.status,
            303
        );
        assert_eq!(
            admin.post("/town/renewals", &form("4", "0")).await.status,
            409,
            "somebody saved in between"
        );
        town.at(MARCH);
        minute(&town).await;
        ask(&town, person, AskWay::Counter).await;
        days(&town, 3).await;
        assert_eq!(renewal(&town, person, 2027).await.step, Some(Step::Phone));
        done(&town, person, "留守").await;
        days(&town, 5).await;
        assert_eq!(open(&town, person).await.remove(0).kind, Kind::SafetyCheck);
    })
    .await;
}
