//! What was written, and whom it is about, is put right; what stood there before stays.

use jiff::civil::date;
use mimamori::cases::{self, Access, Basics, Contact, ContactWay, Refusal};
use mimamori::ids::{CaseId, PersonId, RowId};
use mimamori::scope::Role;

use super::{Someone, begin, find, first, moved, offer, someone};
use crate::hanako;
use crate::town::{Town, on_both};

fn visit(on: jiff::civil::Date) -> Contact {
    Contact {
        on,
        way: ContactWay::Visit,
        with: "ご本人".to_owned(),
        minutes: 40,
        words: "夜は一人でさみしい".to_owned(),
        before: Vec::new(),
    }
}

/// Writes it down; its row.
async fn met(town: &Town, who: &Someone, case: CaseId, contact: Contact) -> RowId {
    cases::add_contact(town.db(), &who.deed, case, contact)
        .await
        .unwrap();
    let mut conn = town.db().read().await.unwrap();
    let all = cases::list_entries::<Contact>(&mut conn, &who.deed, case).await;
    all.unwrap()[0].id
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_put_right_and_what_stood_there_stays() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let row = met(&town, &nurse, case, visit(date(2026, 11, 19))).await;
        let here = format!("/cases/{case}");
        let path = format!("{here}/contacts/{row}");
        let page = nurse.client.get(&here).await;
        assert!(page.text().contains(&path) && !page.text().contains("訂正されています"));
        let form = nurse.client.get(&path).await;
        assert!(form.text().contains("夜は一人でさみしい"));
        let version = form.attr("input[name=version]", "value").unwrap();
        let typed = |on: &'static str, version| {
            vec![
                ("version", version),
                ("way", "phone"),
                ("on", on),
                ("with", "長女"),
                ("words", "昼は一人でさみしい"),
            ]
        };
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        for who in [&colleague] {
            assert_eq!(who.client.get(&path).await.status, 404);
            let page = who.client.post(&path, &typed("2026-11-18", &version)).await;
            assert_eq!(page.status, 404);
        }
        let ahead = nurse
            .client
            .post(&path, &typed("2026-12-18", &version))
            .await;
        assert!(ahead.status == 422 && ahead.text().contains("日付が今日より先です"));
        assert!(
            ahead.text().contains("昼は一人でさみしい"),
            "as it was typed"
        );
        let right = typed("2026-11-18", &version);
        assert_eq!(nurse.client.post(&path, &right).await.status, 303);
        let late = nurse.client.post(&path, &right).await;
        assert_eq!(late.status, 409, "somebody saved first");
        let page = nurse.client.get(&here).await;
        let kept = page.select(".timeline").concat();
        for words in [
            "昼は一人でさみしい",
            "夜は一人でさみしい",
            "訂正されています",
            "40分",
        ] {
            assert!(kept.contains(words), "{words}");
        }
        // What is of another case is not put right under this one.
        let own = begin(&town, &colleague.deed, person, Access::Center).await;
        let there = format!("/cases/{own}/contacts/{row}");
        assert_eq!(colleague.client.get(&there).await.status, 404);
        let page = colleague.client.post(&there, &right).await;
        assert_eq!(page.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_day_keeps_no_case_from_falling_silent() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        town.at("2026-12-20T10:00:00+09:00");
        let nurse = first(&town, Role::CenterStaff).await;
        let row = met(&town, &nurse, case, visit(date(2026, 12, 20))).await;
        assert_eq!(find(&town, case).await.touched, date(2026, 12, 20));
        let right = visit(date(2026, 11, 25));
        cases::correct_contact(town.db(), &nurse.deed, case, (row, 1), right)
            .await
            .unwrap();
        assert_eq!(find(&town, case).await.touched, date(2026, 11, 25));
    })
    .await;
}

async fn people(town: &Town, case: CaseId) -> Vec<PersonId> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    cases::list_people(&mut conn, &deed, case).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_belong_in_a_case_is_taken_out_by_whoever_leads_it() {
    on_both(async |town| {
        let (hanako, other) = (hanako::register(&town).await, hanako::register(&town).await);
        let nurse = first(&town, Role::CenterStaff).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let case = begin(&town, &nurse.deed, hanako, Access::Center).await;
        let path = |person| format!("/cases/{case}/people/{person}/removal");
        let shown = async |who: &Someone, person| {
            let page = who.client.get(&format!("/cases/{case}/sharing")).await;
            page.text().contains(&path(person))
        };
        assert!(!shown(&nurse, hanako).await, "somebody stays");
        nurse.client.post(&path(hanako), &[]).await;
        assert_eq!(people(&town, case).await, [hanako]);
        cases::add_person(town.db(), &nurse.deed, case, other)
            .await
            .unwrap();
        assert!(!shown(&colleague, other).await);
        assert_eq!(colleague.client.post(&path(other), &[]).await.status, 403);
        // An offer tells of both.
        let to = town.minami.other_center;
        for person in [hanako, other] {
            moved(&town, person, to).await;
        }
        let offered = cases::offer(town.db(), &nurse.deed, case, offer(to)).await;
        assert!(shown(&nurse, other).await);
        assert_eq!(nurse.client.post(&path(other), &[]).await.status, 303);
        assert_eq!(people(&town, case).await, [hanako]);
        let late = cases::call_back(town.db(), &nurse.deed, offered.unwrap(), 2).await;
        assert!(
            matches!(late, Err(Refusal::NotWaiting)),
            "it was called back"
        );
        // The form 利用者基本情報 is of whoever is in it first.
        cases::add_person(town.db(), &nurse.deed, case, other)
            .await
            .unwrap();
        cases::save_basics(town.db(), &nurse.deed, case, 0, Basics::default())
            .await
            .unwrap();
        let theirs = cases::remove_person(town.db(), &nurse.deed, case, hanako).await;
        assert!(matches!(theirs, Err(Refusal::BasicsAreTheirs)));
        let head = first(&town, Role::CenterHead).await;
        assert_eq!(head.client.post(&path(other), &[]).await.status, 303);
        assert_eq!(people(&town, case).await, [hanako]);
    })
    .await;
}
