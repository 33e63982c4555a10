//! A second pair of eyes on plans and closures.

use mimamori::cases::{
    self, Access, Changes, EndReason, EntryState, Refusal, Review, Settings, State,
};
use mimamori::ids::{CaseId, RowId};
use mimamori::scope::Role;

use super::{begin, body, find, first, someone};
use crate::hanako;
use crate::town::{Town, on_both};

async fn asks_twice(town: &Town) {
    let head = first(town, Role::CenterHead).await;
    let settings = Settings {
        plan_second: true,
        closing_second: true,
        ..Settings::default()
    };
    cases::change_settings(town.db(), &head.deed, settings)
        .await
        .unwrap();
}

async fn reviews(town: &Town, case: CaseId) -> Vec<(RowId, EntryState)> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = cases::list_entries::<Review>(&mut conn, &deed, case).await;
    all.unwrap().iter().map(|one| (one.id, one.state)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_agrees_to_their_own_plan() {
    on_both(async |town| {
        asks_twice(&town).await;
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let said = body();
        let changes = |plan: &str| Changes {
            about: String::new(),
            began: said.began.clone(),
            aims: said.aims.clone(),
            plan: plan.to_owned(),
            risks: said.risks.clone(),
            access: Access::Center,
            quiet_days: None,
        };
        cases::change(town.db(), &nurse.deed, case, 1, changes("毎日電話"))
            .await
            .unwrap();
        let waiting = reviews(&town, case).await;
        assert_eq!(waiting.len(), 1);
        let path = format!("/cases/{case}/reviews/{}", waiting[0].0);
        let own = nurse.client.post(&path, &[("agrees", "yes")]).await;
        assert_eq!(own.status, 303);
        assert_eq!(reviews(&town, case).await[0].1, EntryState::Waiting);
        // The form is not even offered to whoever asked.
        let page = nurse.client.get(&format!("/cases/{case}")).await;
        assert!(!page.text().contains(&path));
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let page = colleague.client.get(&format!("/cases/{case}")).await;
        assert!(page.text().contains(&path));
        colleague.client.post(&path, &[("agrees", "yes")]).await;
        assert_eq!(reviews(&town, case).await[0].1, EntryState::Approved);
        // A plan that is changed again is looked at again.
        let version = find(&town, case).await.version;
        cases::change(
            town.db(),
            &colleague.deed,
            case,
            version,
            changes("週に1度"),
        )
        .await
        .unwrap();
        assert_eq!(reviews(&town, case).await[0].1, EntryState::Waiting);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_agrees_to_their_own_closure_and_one_given_back_is_none() {
    on_both(async |town| {
        asks_twice(&town).await;
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let close = async || {
            let version = find(&town, case).await.version;
            let how = (EndReason::Settled, "畑に出られるようになった".to_owned());
            cases::close(town.db(), &nurse.deed, case, version, how)
                .await
                .unwrap();
            reviews(&town, case).await[0].0
        };
        let review = close().await;
        assert_eq!(find(&town, case).await.state, State::Closed);
        let own = cases::decide(town.db(), &nurse.deed, (case, review), true, String::new());
        assert!(matches!(own.await, Err(Refusal::SamePerson)));
        let head = first(&town, Role::CenterHead).await;
        let page = head.client.get("/cases/load").await;
        assert!(page.text().contains(&format!("/cases/{case}")));
        let words = "薬のことが書かれていません".to_owned();
        cases::decide(town.db(), &head.deed, (case, review), false, words)
            .await
            .unwrap();
        assert_eq!(find(&town, case).await.state, State::Open);
        let review = close().await;
        cases::decide(town.db(), &head.deed, (case, review), true, String::new())
            .await
            .unwrap();
        let case = find(&town, case).await;
        assert_eq!(case.state, State::Closed);
        assert_eq!(case.body.endings.len(), 2);
    })
    .await;
}
