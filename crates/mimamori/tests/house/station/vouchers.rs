//! Vouchers: given once, however often a form is sent; handed in by shops; every month adds up.

use jiff::civil::{Date, date};
use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::courses::Role as Part;
use mimamori::station::vouchers::{self, Kind, New, Refusal, balance, report};

use super::joined;
use crate::desk::written;
use crate::town::{Town, on_both};

const TODAY: Date = date(2026, 11, 20);

fn new(deed: &Deed, amount: u32) -> New {
    New {
        id: RowId(deed.new_id()),
        day: TODAY,
        amount,
        course: "金曜の食堂".to_owned(),
        role: Some(Part::Cook),
    }
}

async fn open(town: &Town, deed: &Deed) -> i64 {
    let mut conn = town.db().read().await.unwrap();
    let from = date(2026, 11, 1);
    let lines = vouchers::list_between(&mut conn, deed, from, date(2026, 11, 30)).await;
    let before = vouchers::open_before(&mut conn, deed, from).await.unwrap();
    report(before, &lines.unwrap()).after
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_line() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let head = town.sign_in(Role::CenterHead).await;
        let rules = [("cook", "500"), ("teacher", "１０００")];
        assert_eq!(
            head.post("/station/vouchers/rules", &rules).await.status,
            303
        );
        let client = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/supporters/{id}/vouchers");
        let page = client.get(&path).await;
        assert!(page.text().contains("きまりは500円"));
        let form = page
            .hidden(&path)
            .into_iter()
            .find(|(name, _)| name == "form")
            .unwrap()
            .1;
        let sent = [
            ("form", form.as_str()),
            ("day", "R8.11.20"),
            ("course", "金曜の食堂"),
            ("role", "cook"),
        ];
        for _ in 0..2 {
            assert_eq!(client.post(&path, &sent).await.status, 303);
        }
        let page = client.get(&path).await.text();
        assert!(page.contains("500円") && page.contains("金曜の食堂"));
        assert_eq!(open(&town, &nurse).await, 500);
        let bad = [
            ("form", form.as_str()),
            ("day", "2027-01-01"),
            ("amount", "0"),
        ];
        let bad = client.post(&path, &bad).await;
        assert_eq!(bad.status, 422);
        assert_eq!(
            written(&town)
                .await
                .matches("商店街の券500円を渡した")
                .count(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn desks_that_give_at_once_lose_and_double_nothing() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let (one, two, three) = (new(&nurse, 500), new(&nurse, 300), new(&nurse, 200));
        // Three forms, each pressed twice at the same moment.
        let give = |new: &New| vouchers::give(town.db(), &nurse, id, new.clone());
        let done = tokio::join!(
            give(&one),
            give(&one),
            give(&two),
            give(&two),
            give(&three),
            give(&three)
        );
        let done = [done.0, done.1, done.2, done.3, done.4, done.5];
        let fresh = done
            .into_iter()
            .filter(|one| *one.as_ref().unwrap())
            .count();
        assert_eq!(fresh, 3);
        let mut conn = town.db().read().await.unwrap();
        let lines = vouchers::list_of_supporter(&mut conn, &nurse, id)
            .await
            .unwrap();
        assert_eq!((lines.len(), balance(&lines)), (3, 1_000));
    })
    .await;
}

#[tokio::test]
async fn what_shops_hand_in_and_what_is_open_is_what_was_given() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let id = joined(&town, &nurse).await;
        let shop = town.minami.hospital;
        let october = New {
            day: date(2026, 10, 9),
            ..new(&nurse, 700)
        };
        vouchers::give(db, &nurse, id, october).await.unwrap();
        let wrong = new(&nurse, 5_000);
        vouchers::give(db, &nurse, id, wrong.clone()).await.unwrap();
        vouchers::give(db, &nurse, id, new(&nurse, 500))
            .await
            .unwrap();
        vouchers::hand_in(db, &nurse, shop, new(&nurse, 400))
            .await
            .unwrap();
        let silent = vouchers::undo(db, &nurse, wrong.id, " ").await;
        assert!(matches!(silent, Err(Refusal::NoReason)));
        vouchers::undo(db, &nurse, wrong.id, "0が1つ多かった")
            .await
            .unwrap();
        let twice = vouchers::undo(db, &nurse, wrong.id, "もう一度").await;
        assert!(matches!(twice, Err(Refusal::Undone)));
        assert_eq!(open(&town, &nurse).await, 700 + 500 - 400);
        let client = town.sign_in(Role::CenterStaff).await;
        let page = client.get("/station/vouchers?m=2026-11").await.text();
        for words in [
            "前の月までに渡して",
            "みなみ総合病院",
            "川村 澄江",
            "0が1つ多かった",
        ] {
            assert!(page.contains(words), "{words}");
        }
        let file = client
            .post("/station/vouchers/file", &[("m", "2026-11")])
            .await;
        assert!(file.bytes.starts_with(b"PK"), "a workbook");
        let other = town.deed_at(&town.kitami, Role::CenterStaff).await;
        let elsewhere = vouchers::hand_in(db, &other, shop, new(&other, 100)).await;
        assert!(matches!(elsewhere, Err(Refusal::NotFound)));
        let night = town.deed_of(Role::NightDesk).await;
        let refused = vouchers::give(db, &night, id, new(&night, 100)).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
        let mut conn = db.read().await.unwrap();
        let lines = vouchers::list_of_supporter(&mut conn, &nurse, id)
            .await
            .unwrap();
        assert_eq!(
            lines
                .iter()
                .filter(|line| line.kind == Kind::Undone)
                .count(),
            1
        );
        assert_eq!(balance(&lines), 1_200);
    })
    .await;
}
