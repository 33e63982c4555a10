//! From a notice to help that has arrived: measured, and told of nobody.

use mimamori::cases::{self, Access, Body, Step};
use mimamori::ids::CaseId;
use mimamori::paths::steps::{self, Base, Doing, New, Said};
use mimamori::scope::Role;

use super::{Someone, begin, first};
use crate::hanako;
use crate::notices::{HOME, areas, notice, told};
use crate::town::{Town, on_both};

/// The newest quarter that is over.
const HEAD: &str = "section table tbody tr:first-child td:last-child";

/// A case out of a notice that was told this minute.
async fn led(town: &Town, who: &Someone, place: &str) -> CaseId {
    let id = told(town, &["post"], place, "090-0111-0001").await;
    let version = notice(town, id).await.version;
    let body = Body {
        about: "角の家".to_owned(),
        ..Body::default()
    };
    let (upon, kept) = ((id, version), "お会いできた".to_owned());
    cases::open_from_notice(town.db(), &who.deed, upon, (body, Access::Named), kept)
        .await
        .unwrap()
}

/// A step of the case is done by its form, with or without the word that help has arrived.
async fn done(town: &Town, who: &Someone, case: CaseId, helped: bool) {
    let due = mimamori::clock::in_japan(who.deed.now).date();
    cases::add_step(town.db(), &who.deed, case, due, "配食を始める".to_owned())
        .await
        .unwrap();
    let mut conn = town.db().read().await.unwrap();
    let all = cases::list_entries::<Step>(&mut conn, &who.deed, case).await;
    let step = all.unwrap()[0].id;
    drop(conn);
    let name = format!("helped-{step}");
    let mut form = vec![("outcome", "届きました")];
    if helped {
        form.push((&name, "yes"));
    }
    let path = format!("/cases/{case}/steps/{step}/done");
    assert_eq!(who.client.post(&path, &form).await.status, 303);
}

/// What the page of figures says of the way to help of last autumn, to the center and to the town.
async fn shown(town: &Town) -> [String; 2] {
    let now = town.app.now().to_string();
    town.at("2027-01-12T10:00:00+09:00");
    let shown = read(town).await;
    town.at(&now);
    shown
}

async fn read(town: &Town) -> [String; 2] {
    let mut shown = Vec::new();
    for role in [Role::CenterStaff, Role::TownAdmin] {
        let page = town.sign_in(role).await.get("/notices/figures").await;
        assert_eq!(page.status, 200);
        shown.push(page.select(HEAD).pop().unwrap());
    }
    shown.try_into().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_from_a_notice_to_help_is_measured_and_hidden_where_few() {
    on_both(async |town| {
        areas(&town).await;
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let mut cases = Vec::new();
        for _ in 0..5 {
            cases.push(led(&town, &nurse, HOME).await);
        }
        // One that came of no notice counts nowhere.
        let other = begin(&town, &nurse.deed, person, Access::Center).await;
        cases::add_person(town.db(), &nurse.deed, cases[4], person)
            .await
            .unwrap();
        for (day, at) in [("21", 0), ("22", 1), ("23", 2), ("24", 3)] {
            town.at(&format!("2026-11-{day}T10:00:00+09:00"));
            let nurse = first(&town, Role::CenterStaff).await;
            done(&town, &nurse, cases[at], true).await;
            // The first time counts, and other steps don't.
            done(&town, &nurse, cases[0], true).await;
            done(&town, &nurse, cases[4], false).await;
            done(&town, &nurse, other, true).await;
        }
        let nurse = first(&town, Role::CenterStaff).await;
        let path = New {
            plan: Base::Alarm.plan(),
            began: "2026-11-24".parse().unwrap(),
            case: Some(cases[4]),
        };
        let path = steps::begin(town.db(), &nurse.deed, person, path)
            .await
            .unwrap();
        town.at("2026-11-29T10:00:00+09:00");
        let nurse = first(&town, Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        for at in 0.. {
            let now = steps::find(&mut conn, &nurse.deed, path).await.unwrap();
            if now.state == steps::State::Done {
                break;
            }
            let (today, version) = ("2026-11-29".parse().unwrap(), now.version);
            let doing = Doing { path, at, version };
            steps::done(town.db(), &nurse.deed, doing, today, Said::default())
                .await
                .unwrap();
        }
        drop(conn);
        assert_eq!(
            read(&town).await,
            ["5件未満"; 2],
            "from day to day nobody sees that one more was helped"
        );
        let before = shown(&town).await;
        for of in &before {
            assert!(of.starts_with("3日") && of.ends_with("（5件）"), "{of}");
        }
        // An undone path has brought nothing; but the difference would be one person's.
        let mut conn = town.db().read().await.unwrap();
        let now = steps::find(&mut conn, &nurse.deed, path).await.unwrap();
        drop(conn);
        let doing = Doing {
            path,
            at: 0,
            version: now.version,
        };
        steps::undo(town.db(), &nurse.deed, doing).await.unwrap();
        assert_eq!(shown(&town).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn help_for_four_is_not_told_and_a_fifth_told_late_changes_nothing() {
    on_both(async |town| {
        areas(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        for _ in 0..4 {
            let case = led(&town, &nurse, HOME).await;
            done(&town, &nurse, case, true).await;
        }
        assert_eq!(shown(&town).await, ["5件未満"; 2]);
        let case = led(&town, &nurse, HOME).await;
        done(&town, &nurse, case, true).await;
        assert_eq!(shown(&town).await, ["5件未満"; 2], "as it was first shown");
    })
    .await;
}
