//! After a change of contractor the old accounts find every door shut, with a session that was open
//! a second before, and before any timed job has run.

use mimamori::scope::Role;
use mimamori::staff::{self, Plan};

use super::filled::fill;
use super::tried::{is_api, is_sign_in, knock};
use super::{DOORS, Ids};
use crate::exchange;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_contractor_every_door_is_shut_at_midnight() {
    let town = Town::build(db::Engine::Sqlite).await;
    let ids = Ids::of(&town, &town.minami).await;
    let (_, program) = exchange::system(&town, &town.minami, Role::CenterStaff).await;
    let change = Plan {
        name: "社会福祉法人 みどり会".to_owned(),
        day: "2026-11-21".parse().unwrap(),
        stays: Vec::new(),
    };
    let admin = town.deed_of(Role::TownAdmin).await;
    staff::plan_change(town.db(), &admin, town.minami.center, change)
        .await
        .unwrap();
    town.at("2026-11-20T23:50:00+09:00");
    let nurse = town.sign_in(Role::CenterStaff).await;
    let head = town.sign_in(Role::CenterHead).await;
    town.at("2026-11-20T23:59:59.999+09:00");
    let person = format!("/people/{}", ids.person);
    assert_eq!(nurse.get(&person).await.status, 200);
    assert_eq!(head.get(&person).await.status, 200);
    assert_eq!(program.get("/api/v1/me").await.status, 200);
    town.at("2026-11-21T00:00:00+09:00");
    for (method, path, who, _) in DOORS.iter().filter(|row| row.2 != "public") {
        let (path, _) = fill(path, &ids);
        for client in [&nurse, &head] {
            let page = knock(client, method, &path, who).await;
            assert!(
                is_sign_in(method, &page, who),
                "{method} {path}: {}",
                page.status
            );
        }
        if is_api(who) {
            let page = knock(&program, method, &path, who).await;
            assert_eq!(page.status, 401, "{method} {path}");
        }
    }
    let night = town.sign_in(Role::NightDesk).await;
    assert_eq!(night.get("/desk").await.status, 200, "others go on");
}
