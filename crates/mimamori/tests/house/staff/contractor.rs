//! Another organisation takes a center over.

use mimamori::jobs;
use mimamori::scope::Role;
use mimamori::staff::{self, Card, Place};
use mimamori::tasks::{self, Kind, NewTask, Words};

use super::{NEW, knock};
use crate::town::{PASSWORD, Page, Town, on_both};

const FIRST_DAY: &str = "2026-11-21";
const EVE: &str = "2026-11-20T23:59:00+09:00";
const MIDNIGHT: &str = "2026-11-21T00:00:00+09:00";

fn over(page: &Page) -> bool {
    page.location().starts_with("/login")
}

fn operator(town: &Town) -> String {
    format!("/town/centers/{}/operator", town.minami.center)
}

/// The administrator plans the change on the page; these stay.
async fn plan(town: &Town, stays: &[String]) -> Page {
    let admin = town.sign_in(Role::TownAdmin).await;
    let mut fields = vec![("name", "社会福祉法人 みどり会"), ("day", FIRST_DAY)];
    fields.extend(stays.iter().map(|id| ("stays", id.as_str())));
    let page = admin
        .post(&format!("{}/changes", operator(town)), &fields)
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
    admin.get(&operator(town)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn at_midnight_the_old_staff_find_nothing_and_read_why() {
    on_both(async |town| {
        let page = plan(&town, &[]).await;
        assert!(page.text().contains("2026年11月21日の午前0時に交代します"));
        assert!(
            page.text().contains("中村 看子"),
            "whose account ends is named"
        );
        town.at(EVE);
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(
            nurse.get("/people").await.status,
            200,
            "until the day has come"
        );
        town.at(MIDNIGHT);
        assert!(over(&nurse.get("/people").await), "no job has run");
        let again = knock(&town.visitor(), &town.email(Role::CenterStaff), PASSWORD).await;
        assert_eq!(again.status, 422);
        assert!(
            again.text().contains("2026年11月20日で終わりました"),
            "{}",
            again.text()
        );
        let wrong = knock(
            &town.visitor(),
            &town.email(Role::CenterStaff),
            "ちがいます",
        )
        .await;
        assert!(
            !wrong.text().contains("終わりました"),
            "said to nobody without the password"
        );
        jobs::contractors_of_all(&town.app).await.unwrap();
        assert!(over(&nurse.get("/people").await), "nor afterwards");
        let admin = town.sign_in(Role::TownAdmin).await;
        let list = admin.get("/staff").await;
        assert!(list.text().contains("終わりました"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stays_goes_on_and_a_change_can_be_called_off() {
    on_both(async |town| {
        let nurse_id = town.minami.staff(Role::CenterStaff).to_string();
        plan(&town, std::slice::from_ref(&nurse_id)).await;
        town.at(EVE);
        let (nurse, head) = (
            town.sign_in(Role::CenterStaff).await,
            town.sign_in(Role::CenterHead).await,
        );
        town.at(MIDNIGHT);
        assert_eq!(nurse.get("/people").await.status, 200);
        assert!(over(&head.get("/people").await));
        jobs::contractors_of_all(&town.app).await.unwrap();
        assert_eq!(
            nurse.get("/people").await.status,
            200,
            "the job leaves her alone"
        );
    })
    .await;
    on_both(async |town| {
        plan(&town, &[]).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let change = format!("{}/changes/{FIRST_DAY}", operator(&town));
        let nurse_id = town.minami.staff(Role::CenterStaff).to_string();
        let stale = [("version", "7"), ("stays", nurse_id.as_str())];
        assert_eq!(
            admin.post(&format!("{change}/stays"), &stale).await.status,
            409
        );
        assert_eq!(
            admin.post(&format!("{change}/cancel"), &[]).await.status,
            303
        );
        town.at(EVE);
        let nurse = town.sign_in(Role::CenterStaff).await;
        town.at(MIDNIGHT);
        assert_eq!(nurse.get("/people").await.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_staff_come_in_from_their_first_day_on() {
    on_both(async |town| {
        plan(&town, &[]).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let center = town.minami.center.to_string();
        let from = format!("{center}.{FIRST_DAY}");
        let mut fields = vec![
            ("name", "新山 来子"),
            ("email", "new@minami.example.jp"),
            ("role", "center_staff"),
            ("center", center.as_str()),
            ("from", "0000000000000001.2026-11-21"),
        ];
        let refused = admin.post("/staff/invite", &fields).await;
        assert_eq!(refused.status, 422, "another center's day");
        fields[4].1 = &from;
        let sent = admin.post("/staff/invite", &fields).await;
        assert_eq!(sent.status, 200, "{}", sent.text());
        let link = sent.select("code.secret")[0].clone();
        let link = &link[link.find("/join/").unwrap()..];
        let early = town.visitor().post(link, NEW).await;
        assert!(
            early.text().contains("11月21日から使えます"),
            "{}",
            early.text()
        );
        let knocked = knock(&town.visitor(), "new@minami.example.jp", NEW[1].1).await;
        assert!(knocked.text().contains("11月21日から使えます"));
        town.at(MIDNIGHT);
        let knocked = knock(&town.visitor(), "new@minami.example.jp", NEW[1].1).await;
        assert_eq!(knocked.status, 200, "goes on to the second factor");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_old_staff_held_goes_back_and_invitations_die() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let new = NewTask {
            center: Some(town.minami.center),
            person: None,
            kind: Kind::Other,
            due: FIRST_DAY.parse().unwrap(),
            words: Words {
                title: "様子を見にいく".to_owned(),
                story: String::new(),
            },
            link: String::new(),
        };
        let deed = nurse.clone();
        let task = town
            .db()
            .write(move |conn| Box::pin(async move { tasks::open_in(conn, &deed, new).await }))
            .await
            .unwrap();
        tasks::take(town.db(), &nurse, task, None).await.unwrap();
        let admin = town.deed_of(Role::TownAdmin).await;
        let card = Card {
            name: "新山 来子".to_owned(),
            email: "new@minami.example.jp".to_owned(),
        };
        let place = Place {
            role: Role::CenterStaff,
            center: Some(town.minami.center),
            organisation: None,
        };
        let invited = staff::invite(town.db(), &admin, card, place).await.unwrap();
        let link = format!("/join/{}", invited.token);
        plan(&town, &[]).await;
        assert_eq!(town.visitor().get(&link).await.status, 200);
        town.at(MIDNIGHT);
        assert_eq!(
            town.visitor().post(&link, NEW).await.status,
            422,
            "no job has run"
        );
        jobs::contractors_of_all(&town.app).await.unwrap();
        let mut conn = town.db().read().await.unwrap();
        let kept = tasks::find(&mut conn, &town.deed().await, task)
            .await
            .unwrap();
        assert_eq!(kept.taken_by, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_makes_no_sense_comes_back_as_typed() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let base = operator(&town);
        for (name, day, field) in [
            ("", FIRST_DAY, "name"),
            ("みどり会", "2026-11-20", "day"),
            ("みどり会", "2030-01-01", "day"),
            ("みどり会", "あした", "day"),
        ] {
            let fields = [("name", name), ("day", day)];
            let page = admin.post(&format!("{base}/changes"), &fields).await;
            assert_eq!(page.status, 422, "{name} {day}");
            assert!(
                !page.select(&format!("#f-{field}-problem")).is_empty(),
                "{name} {day}"
            );
            assert_eq!(page.attr("#f-day", "value").as_deref(), Some(day));
        }
        let now = [
            ("now_name", "社会福祉法人 みなみ会"),
            ("now_day", "2024-04-01"),
        ];
        assert_eq!(admin.post(&base, &now).await.status, 303);
        assert_eq!(
            admin.post(&base, &now).await.status,
            422,
            "the day is taken"
        );
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(
            nurse.get("/people").await.status,
            200,
            "writing down ends nobody"
        );
    })
    .await;
}
