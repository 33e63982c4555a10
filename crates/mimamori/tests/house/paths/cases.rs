//! A path that was begun out of a case: there and back, for whoever may see both.

use db::{args, sql};
use mimamori::cases::{self, Access, EndReason};
use mimamori::ids::{CaseId, PersonId, RowId};
use mimamori::paths::steps::{self, Base, New, Refusal};
use mimamori::rotation::Rotation;
use mimamori::scope::Role;

use crate::cases::{Someone, begin, find, first, someone};
use crate::hanako;
use crate::town::{Town, on_both};
use crate::twins::merging::merge;
use crate::twins::{again, register};

fn new(case: CaseId) -> New {
    New {
        plan: Base::Certification.plan(),
        began: "2026-11-20".parse().unwrap(),
        case: Some(case),
    }
}

async fn path_of(town: &Town, who: &Someone, person: PersonId, case: CaseId) -> RowId {
    steps::begin(town.db(), &who.deed, person, new(case))
        .await
        .unwrap()
}

/// Whether the page of one leads to the other: of the case to the path, of the path to the case.
async fn leads(who: &Someone, case: CaseId, path: RowId) -> (Option<bool>, Option<bool>) {
    let (at_case, at_path) = (format!("/cases/{case}"), format!("/paths/{path}"));
    let page = who.client.get(&at_case).await;
    let there = (page.status == 200).then(|| page.text().contains(&at_path));
    let page = who.client.get(&at_path).await;
    let back = (page.status == 200).then(|| page.text().contains(&at_case));
    (there, back)
}

const BOTH: (Option<bool>, Option<bool>) = (Some(true), Some(true));

#[tokio::test(flavor = "multi_thread")]
async fn it_leads_to_the_case_and_the_case_lists_it_with_the_step_that_stands_still() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let page = nurse.client.get(&format!("/cases/{case}")).await;
        let href = format!("/people/{person}/paths?case={case}");
        assert!(page.text().contains(&href));
        let form = nurse.client.get(&href).await;
        assert!(form.text().contains("支援 第1号"));
        let typed = [
            ("plan", form.attr("input[name=plan]", "value").unwrap()),
            ("began", "2026-11-20".to_owned()),
            ("case", form.attr("input[name=case]", "value").unwrap()),
        ];
        let typed: Vec<(&str, &str)> = typed.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let begun = nurse
            .client
            .post(&format!("/people/{person}/paths"), &typed)
            .await;
        assert_eq!(begun.status, 303, "{}", begun.text());
        let path = begun.location().split('?').next().unwrap();
        let path: RowId = path.strip_prefix("/paths/").unwrap().parse().unwrap();
        assert_eq!(leads(&nurse, case, path).await, BOTH);
        // A colleague sees the path, as ever, and of the case nothing.
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        assert_eq!(leads(&colleague, case, path).await, (None, Some(false)));
        let page = colleague.client.get(&format!("/paths/{path}")).await;
        assert!(!page.text().contains("支援 第1号"));
        town.at("2026-12-14T10:00:00+09:00");
        let nurse = first(&town, Role::CenterStaff).await;
        let page = nurse.client.get(&format!("/cases/{case}")).await.text();
        assert!(
            page.contains("いまの段階：申請") && page.contains("10日遅れています"),
            "{page}"
        );
        // The row of the path does not say of which case it is.
        let statement = sql("SELECT support FROM paths WHERE network = $1 AND id = $2");
        let mut conn = town.db().read().await.unwrap();
        let row = conn.one(statement, &args![town.minami.id, path]).await;
        assert_ne!(row.unwrap().unwrap().int(0).unwrap(), case.0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn none_begins_out_of_a_case_unseen_somebody_elses_or_closed() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let other = register(&town, again()).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let unseen = steps::begin(town.db(), &colleague.deed, person, new(case)).await;
        assert!(matches!(unseen, Err(Refusal::NotFound)));
        let case_id = case.to_string();
        let typed = [("plan", "certification"), ("case", case_id.as_str())];
        let href = format!("/people/{person}/paths");
        assert_eq!(colleague.client.post(&href, &typed).await.status, 404);
        let page = colleague.client.get(&format!("{href}?case={case}")).await;
        assert_eq!(page.status, 404);
        let elses = steps::begin(town.db(), &nurse.deed, other, new(case)).await;
        assert!(matches!(elses, Err(Refusal::NotFound)));
        let version = find(&town, case).await.version;
        let why = (EndReason::Declined, "望まれない".to_owned());
        cases::close(town.db(), &nurse.deed, case, version, why)
            .await
            .unwrap();
        let page = nurse.client.post(&href, &typed).await;
        assert_eq!(page.status, 422);
        assert!(
            page.text().contains("この支援は終了しています"),
            "{}",
            page.text()
        );
        assert_eq!(count(&town).await, 0);
    })
    .await;
}

async fn count(town: &Town) -> i64 {
    let statement = sql("SELECT COUNT(*) FROM paths WHERE network = $1");
    let mut conn = town.db().read().await.unwrap();
    let row = conn.one(statement, &args![town.minami.id]).await.unwrap();
    row.unwrap().int(0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_goes_with_its_own_center() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let to = town.minami.other_center;
        let there = someone(&town, Role::CenterStaff, to, "北見 遠子").await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let path = path_of(&town, &nurse, person, case).await;
        // She moves: the path is the new center's at once, the case stays until it is handed over.
        crate::cases::moved(&town, person, to).await;
        assert_eq!(leads(&nurse, case, path).await, (Some(false), None));
        assert_eq!(leads(&there, case, path).await, (None, Some(false)));
        let offer = crate::cases::offer(to);
        let offer = cases::offer(town.db(), &nurse.deed, case, offer)
            .await
            .unwrap();
        cases::accept(town.db(), &there.deed, offer).await.unwrap();
        assert_eq!(leads(&nurse, case, path).await, (None, None));
        assert_eq!(leads(&there, case, path).await, BOTH);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_stay_together_through_a_merge_and_a_new_key_and_go_with_the_person() {
    on_both(async |town| {
        let gone = register(&town, again()).await;
        let kept = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, gone, Access::Center).await;
        let path = path_of(&town, &nurse, gone, case).await;
        merge(&town, kept, gone, Default::default()).await;
        assert_eq!(leads(&nurse, case, path).await, BOTH);
        let mut rotation = Rotation::begin(&town.app, town.minami.id).await.unwrap();
        while rotation.step().await.unwrap().is_some() {}
        let nurse = first(&town, Role::CenterStaff).await;
        assert_eq!(leads(&nurse, case, path).await, BOTH);
        // The case goes with its person; a path that was left would lead nowhere.
        let deed = town.deed().await;
        town.db()
            .write(move |conn| Box::pin(async move { cases::forget_in(conn, &deed, kept).await }))
            .await
            .unwrap();
        assert_eq!(leads(&nurse, case, path).await, (None, Some(false)));
        let deed = town.deed().await;
        town.db()
            .write(move |conn| {
                Box::pin(async move { mimamori::paths::forget_in(conn, &deed, kept).await })
            })
            .await
            .unwrap();
        assert_eq!(count(&town).await, 0);
    })
    .await;
}
