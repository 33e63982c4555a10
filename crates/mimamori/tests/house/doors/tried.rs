//! Every door of the table is tried.

use axum::body::Body;
use axum::http::{Request, header};
use mimamori::front::Speech;
use mimamori::scope::{ROLES, Role};
use mimamori::staff::{self, Stage};

use super::filled::fill;
use super::{DOORS, Ids, NO_FORM, Row};
use crate::exchange;
use crate::town::{Client, Page, Town};

fn letter(role: Role) -> char {
    match role {
        Role::TownAdmin => 'A',
        Role::CenterHead => 'H',
        Role::CenterStaff => 'C',
        Role::NightDesk => 'N',
        Role::Partner => 'P',
        Role::Auditor => 'U',
        Role::Tablet => 'T',
    }
}

/// A center's head passes wherever its staff do.
fn passes(who: &str, role: Role) -> bool {
    let named = |role| !is_api(who) && who.contains(letter(role));
    let as_staff = role == Role::CenterHead && named(Role::CenterStaff);
    who.contains('*') || who == "public" || named(role) || as_staff
}

pub(super) fn is_api(who: &str) -> bool {
    who.starts_with("api:")
}

pub(super) async fn knock(client: &Client, method: &str, path: &str, who: &str) -> Page {
    if is_api(who) {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        return client.send(request.body(Body::from("{}")).unwrap()).await;
    }
    match method {
        "GET" => client.get(path).await,
        _ => client.post(path, &[]).await,
    }
}

/// The log-in page instead of what was asked for; for a program, that there is no token.
pub(super) fn is_sign_in(method: &str, page: &Page, who: &str) -> bool {
    match method {
        _ if is_api(who) => {
            page.status == 401
                && page.header("www-authenticate") == "Bearer"
                && (page.header("content-type") == "application/problem+json"
                    || page
                        .header("content-type")
                        .starts_with("application/fhir+json"))
        }
        "GET" => page.status == 303 && page.location().starts_with("/login?back="),
        _ => page.status == 401,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_has_a_line_in_the_table() {
    let town = Town::build(db::Engine::Sqlite).await;
    let listed = |method, path| DOORS.iter().any(|row| (row.0, row.1) == (method, path));
    let missing: Vec<_> = town
        .doors
        .iter()
        .filter(|door| !listed(door.method, door.path))
        .collect();
    assert!(
        missing.is_empty(),
        "routes without a line in tests/house/doors.rs: {missing:#?}"
    );
    let there = |row: &&Row| {
        town.doors
            .iter()
            .any(|door| (door.method, door.path) == (row.0, row.1))
    };
    let stale: Vec<_> = DOORS.iter().filter(|row| !there(row)).collect();
    assert!(stale.is_empty(), "lines without a route: {stale:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_passes_without_signing_in() {
    let town = Town::build(db::Engine::Sqlite).await;
    let ids = Ids::of(&town, &town.minami).await;
    let deed = town.deed_of(Role::CenterStaff).await;
    let nurse = town.minami.staff(Role::CenterStaff);
    for (method, path, who, gives) in DOORS.iter() {
        let (path, _) = fill(path, &ids);
        let page = knock(&town.visitor(), method, &path, who).await;
        match *who {
            "public" => assert!(
                gives.contains(&page.status),
                "{method} {path}: {}",
                page.status
            ),
            _ => assert!(
                is_sign_in(method, &page, who),
                "{method} {path}: {}",
                page.status
            ),
        }
        let opened = staff::open_session(town.db(), &deed, nurse, Stage::Half, String::new())
            .await
            .unwrap();
        let half = town.visitor();
        half.keep(&format!("mimamori={}", opened.cookie));
        let page = knock(&half, method, &path, who).await;
        match *who {
            "public" | "half*" => assert!(
                gives.contains(&page.status),
                "half: {method} {path}: {}",
                page.status
            ),
            _ => assert!(
                is_sign_in(method, &page, who),
                "half: {method} {path}: {}",
                page.status
            ),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_passes_its_own_doors_only() {
    let town = Town::build(db::Engine::Sqlite).await;
    let ids = Ids::of(&town, &town.minami).await;
    for role in ROLES {
        for (method, path, who, gives) in DOORS.iter() {
            let client = town.sign_in(role).await;
            let (path, _) = fill(path, &ids);
            let status = knock(&client, method, &path, who).await.status;
            match passes(who, role) {
                true => assert!(
                    gives.contains(&status),
                    "{role:?}: {method} {path}: {status}"
                ),
                false if is_api(who) => assert_eq!(status, 401, "{role:?}: {method} {path}"),
                false => assert_eq!(status, 403, "{role:?}: {method} {path}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_towns_rows_are_not_there() {
    let town = Town::build(db::Engine::Sqlite).await;
    let theirs = Ids::of(&town, &town.kitami).await;
    for role in ROLES {
        for (method, path, who, gives) in DOORS.iter() {
            let (path, owned) = fill(path, &theirs);
            if owned && *gives != NO_FORM && *who != "public" && passes(who, role) {
                let client = town.sign_in(role).await;
                let status = knock(&client, method, &path, who).await.status;
                assert_eq!(status, 404, "{role:?}: {method} {path}");
            }
        }
    }
}

/// The roles that a program can have.
const SYSTEMS: [Role; 3] = [Role::CenterStaff, Role::NightDesk, Role::Partner];

#[tokio::test(flavor = "multi_thread")]
async fn a_program_passes_the_doors_of_its_role_only() {
    let town = Town::build(db::Engine::Sqlite).await;
    let ids = Ids::of(&town, &town.minami).await;
    let theirs = Ids::of(&town, &town.kitami).await;
    for role in SYSTEMS {
        let (_, client) = exchange::system(&town, &town.minami, role).await;
        for (method, path, who, gives) in DOORS.iter() {
            let (own, owned) = fill(path, &ids);
            let page = knock(&client, method, &own, who).await;
            match is_api(who) {
                true if who.contains(letter(role)) => assert!(
                    gives.contains(&page.status),
                    "{role:?}: {method} {path}: {} {}",
                    page.status,
                    page.text()
                ),
                true => assert_eq!(page.status, 403, "{role:?}: {method} {path}"),
                false if *who == "public" => {}
                false => assert!(is_sign_in(method, &page, who), "{role:?}: {method} {path}"),
            }
            if owned && is_api(who) && who.contains(letter(role)) {
                let (other, _) = fill(path, &theirs);
                let status = knock(&client, method, &other, who).await.status;
                assert!(
                    [404, 422, 428].contains(&status),
                    "{role:?}: {method} {path}: {status}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_says_which_doors_are_for_programs() {
    let town = Town::build(db::Engine::Sqlite).await;
    for door in &town.doors {
        let row = DOORS
            .iter()
            .find(|row| (row.0, row.1) == (door.method, door.path));
        let api = row.is_some_and(|row| is_api(row.2));
        assert_eq!(
            api,
            door.speech == Speech::Api,
            "{} {}",
            door.method,
            door.path
        );
    }
}
