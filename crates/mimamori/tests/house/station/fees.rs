//! The yearly fee is paid once, waived with a reason, taken back with a reason; receipts have no gaps.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::SupporterId;
use mimamori::scope::Role;
use mimamori::station::courses::Year;
use mimamori::station::supporters::{self, Fee, FeeRules, Receipt, Refusal};

use super::{joined, known};
use crate::town::{Town, on_both};

fn this() -> Year {
    Year::of(date(2026, 11, 20))
}

async fn receipts(town: &Town, deed: &Deed, id: SupporterId) -> Vec<Receipt> {
    let mut conn = town.db().read().await.unwrap();
    supporters::receipts_of(&mut conn, deed, id).await.unwrap()
}

async fn fee(town: &Town, deed: &Deed, id: SupporterId) -> Fee {
    let mut conn = town.db().read().await.unwrap();
    let one = supporters::find(&mut conn, deed, id).await.unwrap();
    supporters::fee_of(&mut conn, deed, &one, this())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_fee_that_is_paid_twice_counts_once() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let fees = format!("/station/supporters/{id}/fees");
        let form = [("year", "2026"), ("amount", "２０００"), ("on", "R8.11.20")];
        assert_eq!(
            client.post(&format!("{fees}/payment"), &form).await.status,
            303
        );
        let twice = client.post(&format!("{fees}/payment"), &form).await;
        assert_eq!(twice.status, 422);
        assert!(twice.text().contains("もう受け取っているか"));
        let page = client.get(&fees).await.text();
        assert!(page.contains("2000円") && page.contains("2026-0001"));
        let list = client.get("/station/supporters?fee=paid").await.text();
        assert!(list.contains("納入ずみ"));
        let list = client.get("/station/supporters?fee=lapsed").await.text();
        assert!(!list.contains("川村"));
        // Years in which nobody owes anything, days that can't be, no money.
        let pay = |year: i16, amount, on| {
            let of = (id, Year::of(date(year, 4, 1)));
            supporters::pay(town.db(), &nurse, of, amount, on)
        };
        let today = date(2026, 11, 20);
        assert!(matches!(
            pay(2025, 2_000, today).await,
            Err(Refusal::NotInThen)
        ));
        assert!(matches!(pay(2027, 0, today).await, Err(Refusal::Amount)));
        let tomorrow = pay(2027, 2_000, date(2026, 11, 21)).await;
        assert!(matches!(tomorrow, Err(Refusal::NotPaidThen)));
        assert!(pay(2027, 2_000, today).await.is_ok(), "the next year ahead");
    })
    .await;
}

#[tokio::test]
async fn desks_that_take_money_at_once_leave_no_gap_and_take_none_twice() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut all = Vec::new();
        for _ in 0..4 {
            all.push(joined(&town, &nurse).await);
        }
        let pay = |id: SupporterId| {
            supporters::pay(town.db(), &nurse, (id, this()), 2_000, date(2026, 11, 20))
        };
        // Each is paid at two desks at the same moment.
        let [a, b, c, d] = all[..] else {
            unreachable!()
        };
        let done = tokio::join!(
            pay(a),
            pay(a),
            pay(b),
            pay(b),
            pay(c),
            pay(c),
            pay(d),
            pay(d)
        );
        let done = [
            done.0, done.1, done.2, done.3, done.4, done.5, done.6, done.7,
        ];
        for refused in done.iter().filter_map(|one| one.as_ref().err()) {
            assert!(matches!(refused, Refusal::PaidAlready), "{refused}");
        }
        let mut numbers: Vec<u32> = done.iter().flatten().map(|one| one.number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4]);
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_is_taken_back_with_a_reason_and_its_number_stays() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let id = joined(&town, &nurse).await;
        let (of, today) = ((id, this()), date(2026, 11, 20));
        supporters::pay(db, &nurse, of, 2_000, today).await.unwrap();
        let silent = supporters::reopen(db, &nurse, of, " ").await;
        assert!(matches!(silent, Err(Refusal::NoReason)));
        supporters::reopen(db, &nurse, of, "妹さんの分だった")
            .await
            .unwrap();
        let twice = supporters::reopen(db, &nurse, of, "もう一度").await;
        assert!(matches!(twice, Err(Refusal::NotPaid)));
        supporters::pay(db, &nurse, of, 2_000, today).await.unwrap();
        let all = receipts(&town, &nurse, id).await;
        let told: Vec<_> = all
            .iter()
            .map(|one| (one.number.number, one.undone.as_deref()))
            .collect();
        assert_eq!(told, [(1, Some("妹さんの分だった")), (2, None)]);
        // One that was taken back is not printed any more; the good one says when it is the second.
        let number = |at: usize| all[at].number;
        let gone = supporters::print_receipt(db, &nurse, id, number(0)).await;
        assert!(matches!(gone, Err(Refusal::NotFound)));
        for printed in 0..2 {
            let receipt = supporters::print_receipt(db, &nurse, id, number(1))
                .await
                .unwrap();
            assert_eq!(receipt.printed, printed);
        }
        let night = town.deed_of(Role::NightDesk).await;
        let refused = supporters::waive(db, &night, of, "入院").await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
    })
    .await;
}

#[tokio::test]
async fn the_rules_are_the_towns_and_the_heads_to_change() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let october = supporters::join(town.db(), &nurse, known(), date(2026, 10, 5)).await;
        let october = october.unwrap();
        let owed = fee(&town, &nurse, october).await.owed().unwrap();
        assert_eq!((owed.amount, owed.part), (1_000, true));
        let new = FeeRules {
            amount: 2_400,
            part_from: 11,
            ..FeeRules::default()
        };
        let refused = supporters::set_fee_rules(town.db(), &nurse, new).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
        let head = town.sign_in(Role::CenterHead).await;
        let form = [
            ("version", "0"),
            ("amount", "2400"),
            ("part_from", "11"),
            ("part_amount", "1200"),
            ("grace", "30"),
        ];
        let rules = "/station/supporters/rules";
        assert_eq!(head.post(rules, &form).await.status, 303);
        assert_eq!(head.post(rules, &form).await.status, 409);
        let bad = [
            ("version", "1"),
            ("amount", "多い"),
            ("part_from", "13"),
            ("grace", "400"),
        ];
        let bad = head.post(rules, &bad).await;
        assert_eq!(bad.status, 422);
        let owed = fee(&town, &nurse, october).await.owed().unwrap();
        assert_eq!((owed.amount, owed.part), (2_400, false));
        // Thirty days from the day on which she was written down.
        assert_eq!(owed.until, date(2026, 12, 20));
        let waiving = format!("/station/supporters/{october}/fees/waiving");
        let silent = head.post(&waiving, &[("waived", "2026")]).await;
        assert_eq!(silent.status, 422);
        let done = head
            .post(&waiving, &[("waived", "2026"), ("why", "長く入院")])
            .await;
        assert_eq!(done.status, 303);
        assert_eq!(fee(&town, &nurse, october).await.code(), "waived");
        let other = town.deed_at(&town.kitami, Role::CenterStaff).await;
        let of = (october, this());
        let elsewhere = supporters::reopen(town.db(), &other, of, "町がちがう").await;
        assert!(matches!(elsewhere, Err(Refusal::NotFound)));
    })
    .await;
}
