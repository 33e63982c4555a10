//! A tablet at the door: set up once, today and nothing else, sent later exactly once, ended at once.

use std::io::Cursor;

use axum::body::Body;
use axum::http::Request;
use image::{GrayImage, ImageFormat, Luma};
use jiff::Timestamp;
use mimamori::deed::Deed;
use mimamori::ids::{RowId, SupporterId};
use mimamori::scope::Role;
use mimamori::station::door::{self, Way};
use mimamori::station::supporters;
use qrcode::{Color, QrCode};

use super::signed::{sitting, today};
use super::{equipped, joined, said};
use crate::town::{Client, Page, Town, on_both};

/// An administrator makes the link; the tablet opens it.
async fn set_up(town: &Town) -> (Client, String) {
    let admin = town.sign_in(Role::TownAdmin).await;
    let center = town.minami.center.to_string();
    let new = [
        ("name", "2つ目のタブレット"),
        ("role", "tablet"),
        ("center", &center),
    ];
    let page = admin.post("/staff/invite", &new).await;
    let link = page.select("code.secret").remove(0);
    let path = link[link.find("/join/").unwrap()..].to_owned();
    let tablet = town.visitor();
    let asked = tablet.get(&path).await;
    assert!(
        asked.text().contains("この端末を受付に使う") && !asked.text().contains("パスワード</")
    );
    let begun = tablet.post(&path, &[]).await;
    assert_eq!(begun.location(), "/station/door");
    assert!(begun.header("set-cookie").contains("Max-Age=15552000"));
    (tablet, path)
}

#[tokio::test]
async fn a_tablet_is_set_up_once_stands_at_todays_doors_alone_and_is_ended_at_once() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (now, later) = (today(&town, &nurse).await, sitting(&town, &nurse, 2).await);
        let (tablet, link) = set_up(&town).await;
        assert_eq!(town.visitor().post(&link, &[]).await.status, 422, "once");
        // Days later nobody has signed in again.
        town.pass(3 * 24 * 3_600);
        assert_eq!(tablet.get("/station/door").await.status, 200);
        town.pass(-3 * 24 * 3_600);
        let page = tablet.get(&format!("/station/days/{now}/door")).await;
        assert_eq!(page.status, 200);
        assert!(
            !page.text().contains("/signups\"") && !page.text().contains("/station/supporters")
        );
        assert_eq!(
            tablet
                .get(&format!("/station/days/{later}/door"))
                .await
                .status,
            404
        );
        for closed in [
            "/station",
            "/station/supporters",
            "/station/signups",
            "/people",
            "/desk",
            "/staff",
        ] {
            assert_eq!(tablet.get(closed).await.status, 403, "{closed}");
        }
        let rolls = format!("/station/days/{now}/rolls");
        assert_eq!(tablet.get(&rolls).await.status, 403);
        assert_eq!(tablet.get("/").await.location(), "/station/door");
        let admin = town.sign_in(Role::TownAdmin).await;
        let list = admin.get("/staff").await;
        assert!(
            list.text().contains("2つ目のタブレット") && !list.text().contains("tablet.invalid")
        );
        let one = list.attr("a[href^='/staff/']:not([href='/staff/invite'])", "href");
        assert!(one.is_some());
        let id = tablet_id(&town, &admin).await;
        assert_eq!(admin.post(&format!("{id}/suspend"), &[]).await.status, 303);
        assert_eq!(
            tablet.get("/station/door").await.status,
            303,
            "to the log-in"
        );
    })
    .await;
}

async fn tablet_id(town: &Town, admin: &Client) -> String {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = mimamori::staff::list_accounts(&mut conn, &deed.scope, &deed.keys).await;
    drop(conn);
    let all = all.unwrap();
    let one = all
        .iter()
        .find(|one| one.card.name == "2つ目のタブレット")
        .unwrap();
    let path = format!("/staff/{}", one.id);
    assert!(admin.get(&path).await.text().contains("なし（端末）"));
    path
}

/// Somebody gets a card; what stands on it.
async fn number_of(town: &Town, nurse: &Deed, supporter: SupporterId) -> String {
    equipped(town, nurse, supporter).await;
    let mut conn = town.db().read().await.unwrap();
    let cards = supporters::list_cards(&mut conn, nurse, supporter).await;
    cards.unwrap()[0].number.to_string()
}

#[tokio::test]
async fn what_a_tablet_sends_later_counts_for_when_it_was_and_once() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let day = today(&town, &nurse).await;
        let supporter = joined(&town, &nurse).await;
        let number = number_of(&town, &nurse, supporter).await;
        let tablet = town.sign_in(Role::Tablet).await;
        let then: Timestamp = "2026-11-20T09:12:00+09:00".parse().unwrap();
        let at = then.as_millisecond().to_string();
        let path = format!("/station/days/{day}/door/late");
        let came = [
            ("nonce", "0000000000000011"),
            ("as", "participant"),
            ("code", &number),
            ("at", &at),
        ];
        for _ in 0..3 {
            let answer = tablet.post(&path, &came).await;
            assert_eq!(
                (answer.status, answer.text().contains(r#""outcome":"in""#)),
                (200, true)
            );
        }
        // Another press for the same person, and a card that is none: told, not lost.
        let again = [("nonce", "0000000000000012"), came[1], came[2], came[3]];
        assert!(
            tablet
                .post(&path, &again)
                .await
                .text()
                .contains(r#""outcome":"already""#)
        );
        let none = [
            ("nonce", "0000000000000013"),
            came[1],
            ("code", "481-2773"),
            came[3],
        ];
        let told = tablet.post(&path, &none).await.text();
        assert!(!told.contains(r#""outcome":"in""#), "{told}");
        // A clock that is ahead is not believed.
        let ahead = (then.as_millisecond() + 9_000_000_000).to_string();
        let walk = [
            ("nonce", "0000000000000014"),
            came[1],
            ("name", "通りがかりの方"),
            ("at", &*ahead),
        ];
        assert_eq!(tablet.post(&path, &walk).await.status, 200);
        let mut conn = town.db().read().await.unwrap();
        let here = door::list_here(&mut conn, &nurse, day).await.unwrap();
        drop(conn);
        assert_eq!(here.len(), 2);
        let hers = here
            .iter()
            .find(|one| one.supporter == Some(supporter))
            .unwrap();
        assert_eq!((hers.at, hers.way), (then, Way::Card));
        let other = here.iter().find(|one| one.supporter.is_none()).unwrap();
        assert_eq!(other.at, town.app.now());
        assert!(said(&town).await.contains("つながらないあいだの分"));
        let gone = format!("/station/days/{}/door/late", RowId(nurse.new_id()));
        assert_eq!(tablet.post(&gone, &came).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_page_that_a_tablet_keeps_holds_nobodys_name() {
    let town = Town::build(db::Engine::Sqlite).await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    super::came(&town, &nurse).await;
    let tablet = town.sign_in(Role::Tablet).await;
    let shell = tablet.get("/station/door/offline").await;
    let anybodys = town.visitor().get("/station/door/offline").await;
    assert_eq!(shell.text(), anybodys.text());
}

/// A card as a camera sees it: turned, soft, darker to one side.
fn frame(text: &str, turned: f64, soft: f32) -> Vec<u8> {
    let code = QrCode::new(text).unwrap();
    let (side, colors) = (code.width(), code.to_colors());
    let dots = 290.0 / (side as f64 + 8.0);
    let (sin, cos) = turned.to_radians().sin_cos();
    let seen = |x: u32, y: u32| {
        let (x, y) = (f64::from(x), f64::from(y));
        let (dx, dy) = (x - 320.0, y - 240.0);
        let column = (dx * cos + dy * sin) / dots + side as f64 / 2.0;
        let row = (dy * cos - dx * sin) / dots + side as f64 / 2.0;
        let within = |at: f64, quiet: f64| at >= -quiet && at < side as f64 + quiet;
        let shade = 1.0 - x / 1_600.0;
        let light = match (
            within(column, 0.0) && within(row, 0.0),
            within(column, 4.0) && within(row, 4.0),
        ) {
            (true, _) if colors[row as usize * side + column as usize] == Color::Dark => 45.0,
            (_, true) => 215.0,
            (_, false) => 120.0,
        };
        Luma([(light * shade) as u8])
    };
    let picture = GrayImage::from_fn(640, 480, seen);
    let picture = image::imageops::blur(&picture, soft);
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

async fn sent(client: &Client, path: &str, frame: Vec<u8>) -> Page {
    let request = Request::post(path).header("sec-fetch-site", "same-origin");
    client.send(request.body(Body::from(frame)).unwrap()).await
}

#[tokio::test]
async fn a_frame_of_the_camera_is_read_at_a_door_and_nowhere_else() {
    let town = Town::build(db::Engine::Sqlite).await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let day = today(&town, &nurse).await;
    let text = "https://mimamori.minami-machi.example.jp/k/minami#AbCdEfGhIjKlMnOpQrStUv";
    let tablet = town.sign_in(Role::Tablet).await;
    let path = format!("/station/days/{day}/door/frame");
    let mut read = 0;
    for turned in [0.0, 7.0, 20.0, 45.0, 90.0, 180.0, 250.0] {
        for soft in [0.1, 1.0, 2.0] {
            let answer = sent(&tablet, &path, frame(text, turned, soft)).await;
            assert_eq!(answer.status, 200);
            let said: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
            match said["text"].as_str().unwrap() {
                "" => {}
                said => {
                    assert_eq!(said, text, "{turned} {soft}");
                    read += 1;
                }
            }
        }
    }
    assert!(read >= 18, "{read} of 21");
    for nothing in [Vec::new(), b"no picture".to_vec(), vec![0xff; 600_000]] {
        let answer = sent(&tablet, &path, nothing).await;
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, r#"{"text":""}"#)
        );
    }
    let night = town.sign_in(Role::NightDesk).await;
    assert_eq!(sent(&night, &path, frame(text, 0.0, 0.1)).await.status, 403);
    let page = tablet.get(&format!("/station/days/{day}/door")).await;
    assert!(
        page.header("permissions-policy")
            .starts_with("camera=(self)")
    );
    let other = tablet.get("/station/door").await;
    assert!(other.header("permissions-policy").starts_with("camera=()"));
}
