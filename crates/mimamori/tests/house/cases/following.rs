//! What happens elsewhere: a move, a task that is done, two records that become one, an erasure.

use std::collections::HashMap;

use jiff::civil::date;
use mimamori::cases::{self, Access, EntryState, Step};
use mimamori::ids::CaseId;
use mimamori::jobs;
use mimamori::people;
use mimamori::people::twins::{self, Picks, Seen};
use mimamori::routes::BELONGINGS;
use mimamori::scope::Role;
use mimamori::tasks::{self, Task, Whose};

use super::{begin, find, first, moved, offer, someone};
use crate::hanako;
use crate::leaving::erase;
use crate::town::{Town, on_both};

async fn job(town: &Town) {
    jobs::cases_of_all(&town.app, &mut HashMap::new())
        .await
        .unwrap();
}

async fn work(town: &Town, link: &str) -> Vec<Task> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
    all.into_iter().filter(|task| task.link == link).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_moves_does_not_take_the_case_along_unasked() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let link = format!("/cases/{case}/sharing");
        job(&town).await;
        assert_eq!(work(&town, &link).await.len(), 0);
        let to = town.minami.other_center;
        moved(&town, person, to).await;
        let page = nurse.client.get(&format!("/cases/{case}")).await;
        assert!(page.text().contains("担当センターが変わりました"));
        job(&town).await;
        job(&town).await;
        assert_eq!(work(&town, &link).await.len(), 1);
        assert_eq!(find(&town, case).await.center, town.minami.center);
        cases::offer(town.db(), &nurse.deed, case, offer(to))
            .await
            .unwrap();
        job(&town).await;
        assert_eq!(work(&town, &link).await.len(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_done_with_its_task_but_not_by_somebody_who_does_not_see_it() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let (due, link) = (date(2026, 11, 25), format!("/cases/{case}"));
        cases::add_step(town.db(), &nurse.deed, case, due, "訪問".to_owned())
            .await
            .unwrap();
        let to = town.minami.other_center;
        let across = someone(&town, Role::CenterStaff, to, "北見 遠子").await;
        let finish = async |deed| {
            let task = work(&town, &link).await.remove(0);
            tasks::finish(town.db(), deed, task.id, task.version, "行ってきました")
                .await
                .unwrap();
            job(&town).await;
        };
        finish(&across.deed).await;
        assert_eq!(step(&town, case).await.0, EntryState::Waiting);
        finish(&nurse.deed).await;
        let (state, outcome) = step(&town, case).await;
        assert_eq!(state, EntryState::Done);
        assert_eq!(outcome, "行ってきました");
        assert_eq!(work(&town, &link).await.len(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_step_that_is_due_first_stands_first() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        for (due, words) in [
            (date(2026, 12, 9), "受診の付きそい"),
            (date(2026, 12, 2), "見積もりの電話"),
            (date(2026, 12, 5), "配食の下見"),
        ] {
            cases::add_step(town.db(), &nurse.deed, case, due, words.to_owned())
                .await
                .unwrap();
        }
        let page = nurse.client.get(&format!("/cases/{case}")).await.text();
        let place = |words: &str| page.find(words).unwrap();
        assert!(place("見積もりの電話") < place("配食の下見"));
        assert!(place("配食の下見") < place("受診の付きそい"));
    })
    .await;
}

async fn step(town: &Town, case: CaseId) -> (EntryState, String) {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let steps = cases::list_entries::<Step>(&mut conn, &deed, case).await;
    let step = steps.unwrap().remove(0);
    (step.state, step.body.outcome)
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_follow_the_record_that_stays() {
    on_both(async |town| {
        let kept = hanako::register(&town).await;
        let gone = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, gone, Access::Named).await;
        let mut stamps = Vec::new();
        let mut conn = town.db().read().await.unwrap();
        for id in [kept, gone] {
            let person = people::find(&mut conn, &nurse.deed, id).await.unwrap();
            stamps.push(twins::stamp(&person.unwrap()));
        }
        let stamps = stamps.try_into().unwrap();
        let seen = Seen { kept, gone, stamps };
        twins::merge(town.db(), &nurse.deed, seen, Picks::default(), BELONGINGS)
            .await
            .unwrap();
        let theirs = cases::list_people(&mut conn, &nurse.deed, case).await;
        assert_eq!(theirs.unwrap(), [kept]);
        let found = cases::list_for_person(&mut conn, &nurse.deed, kept).await;
        assert_eq!(found.unwrap()[0].id, case);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_persons_cases_are_gone_and_a_household_keeps_the_others() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let wife = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let own = begin(&town, &nurse.deed, hanako, Access::Center).await;
        let both = begin(&town, &nurse.deed, hanako, Access::Center).await;
        cases::add_person(town.db(), &nurse.deed, both, wife)
            .await
            .unwrap();
        let due = date(2026, 11, 25);
        cases::add_step(town.db(), &nurse.deed, own, due, "訪問".to_owned())
            .await
            .unwrap();
        erase(&town, hanako).await;
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let found = cases::find(&mut conn, &deed, own).await;
        assert!(matches!(found, Err(cases::Refusal::NotFound)));
        let left = cases::list_people(&mut conn, &deed, both).await.unwrap();
        assert_eq!(left, [wife]);
        assert_eq!(work(&town, &format!("/cases/{own}")).await.len(), 0);
    })
    .await;
}
