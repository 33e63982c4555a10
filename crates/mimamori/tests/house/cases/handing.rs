//! A case is given away, called back, refused; a receiver decides once.

use jiff::civil::date;
use mimamori::cases::{self, Access, Given, Offer, Purpose, Refusal, WhyTransfer};
use mimamori::scope::Role;
use mimamori::tasks::{self, Whose};

use super::{Someone, begin, consent, find, first, moved, offer, someone};
use crate::hanako;
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_called_back_until_it_is_answered_and_refused_with_words() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let to = town.minami.other_center;
        let across = someone(&town, Role::CenterStaff, to, "北見 遠子").await;
        moved(&town, person, to).await;
        let one = cases::offer(town.db(), &nurse.deed, case, offer(to))
            .await
            .unwrap();
        let twice = cases::offer(town.db(), &nurse.deed, case, offer(to)).await;
        assert!(matches!(twice, Err(Refusal::Offered)));
        let stale = cases::call_back(town.db(), &nurse.deed, one, 2).await;
        assert!(matches!(stale, Err(Refusal::Changed)));
        cases::call_back(town.db(), &nurse.deed, one, 1)
            .await
            .unwrap();
        let path = format!("/handovers/{one}");
        assert_eq!(across.client.get(&path).await.status, 404);
        let late = cases::accept(town.db(), &across.deed, one).await;
        assert!(matches!(late, Err(Refusal::NotFound)));
        let two = cases::offer(town.db(), &nurse.deed, case, offer(to))
            .await
            .unwrap();
        let path = format!("/handovers/{two}");
        let empty = across
            .client
            .post(&format!("{path}/refusal"), &[("why", " ")])
            .await;
        assert_eq!(empty.status, 422);
        let why = [("why", "同じ方をもう担当しています")];
        assert_eq!(
            across
                .client
                .post(&format!("{path}/refusal"), &why)
                .await
                .status,
            303
        );
        assert_eq!(across.client.get(&path).await.status, 404);
        let page = nurse.client.get(&format!("/cases/{case}/sharing")).await;
        assert!(page.text().contains("同じ方をもう担当しています"));
        assert_eq!(find(&town, case).await.center, town.minami.center);
        let late = cases::call_back(town.db(), &nurse.deed, two, 2).await;
        assert!(matches!(late, Err(Refusal::NotWaiting)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_for_no_reason_of_the_area_stands_on_consent_until_it_is_taken() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let to = town.minami.other_center;
        let across = someone(&town, Role::CenterStaff, to, "北見 遠子").await;
        let wanted = |consent| Offer {
            why: WhyTransfer::Other,
            given: Given {
                consent,
                same: true,
                without: String::new(),
            },
            ..offer(to)
        };
        let none = cases::offer(town.db(), &nurse.deed, case, wanted(None)).await;
        assert!(matches!(none, Err(Refusal::NoConsent)));
        let other = consent(&town, &nurse, case, Purpose::Referral).await;
        let other = cases::offer(town.db(), &nurse.deed, case, wanted(Some(other))).await;
        assert!(matches!(other, Err(Refusal::NoConsent)));
        let given = consent(&town, &nurse, case, Purpose::Transfer).await;
        let offered = cases::offer(town.db(), &nurse.deed, case, wanted(Some(given)));
        let offered = offered.await.unwrap();
        cases::withdraw_consent(town.db(), &nurse.deed, case, given, "やめたい".to_owned())
            .await
            .unwrap();
        let taken = cases::accept(town.db(), &across.deed, offered).await;
        assert!(matches!(taken, Err(Refusal::NotFound)));
        assert_eq!(find(&town, case).await.center, town.minami.center);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_work_of_a_case_goes_to_whoever_is_in_charge() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let due = jiff::civil::date(2026, 11, 25);
        cases::add_step(town.db(), &nurse.deed, case, due, "訪問".to_owned())
            .await
            .unwrap();
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let version = find(&town, case).await.version;
        let form = [
            ("version", version.to_string()),
            ("lead", colleague.staff.to_string()),
        ];
        let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let path = format!("/cases/{case}/assignment");
        assert_eq!(nurse.client.post(&path, &form).await.status, 303);
        // Upon an older version it is not done.
        let again = nurse.client.post(&path, &form).await;
        assert_eq!(again.status, 303);
        let work = async |center| {
            let deed = town.deed().await;
            let mut conn = town.db().read().await.unwrap();
            let all = tasks::list(&mut conn, &deed, Whose::Center(center)).await;
            let ours = all.unwrap().into_iter();
            let mut ours = ours.filter(|task| task.link == format!("/cases/{case}"));
            ours.next().map(|task| (task.taken_by, task.words.title))
        };
        let (taken, title) = work(town.minami.center).await.unwrap();
        assert_eq!(taken, Some(colleague.staff));
        assert!(!title.contains("訪問") && !title.contains("南野"));
        let to = town.minami.other_center;
        let across = someone(&town, Role::CenterStaff, to, "北見 遠子").await;
        moved(&town, person, to).await;
        let offered = cases::offer(town.db(), &colleague.deed, case, offer(to))
            .await
            .unwrap();
        cases::accept(town.db(), &across.deed, offered)
            .await
            .unwrap();
        assert_eq!(work(town.minami.center).await, None);
        assert_eq!(work(to).await.unwrap().0, Some(across.staff));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_only_named_neither_takes_a_case_over_nor_gives_it_away() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let named = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let until = (named.staff, date(2026, 12, 24));
        cases::add_viewer(town.db(), &nurse.deed, case, until, "同行".to_owned())
            .await
            .unwrap();
        let version = find(&town, case).await.version;
        let lead = (named.staff, None);
        let taken = cases::assign(town.db(), &named.deed, case, version, lead).await;
        assert!(matches!(taken, Err(Refusal::NoRight(_))));
        let to = town.minami.other_center;
        let given = cases::offer(town.db(), &named.deed, case, offer(to)).await;
        assert!(matches!(given, Err(Refusal::NoRight(_))));
        assert_eq!(find(&town, case).await.version, version);
        // Nor are they shown the forms.
        let forms = async |who: &Someone| {
            let page = who.client.get(&format!("/cases/{case}/sharing")).await;
            ["assignment", "transfer", "referral"].map(|form| {
                let action = format!("/cases/{case}/{form}");
                page.text().contains(&action)
            })
        };
        assert_eq!(forms(&named).await, [false; 3]);
        assert_eq!(forms(&nurse).await, [true; 3]);
        // Nor is a colleague's case taken from them where all of the center read it.
        let open = begin(&town, &nurse.deed, person, Access::Center).await;
        let version = find(&town, open).await.version;
        let taken = cases::assign(town.db(), &named.deed, open, version, lead).await;
        assert!(matches!(taken, Err(Refusal::NoRight(_))));
        let head = first(&town, Role::CenterHead).await;
        cases::assign(town.db(), &head.deed, open, version, lead)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_for_those_named_is_received_by_the_head_alone() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let to = town.minami.other_center;
        let across = someone(&town, Role::CenterStaff, to, "北見 遠子").await;
        let head = someone(&town, Role::CenterHead, to, "北山 長子").await;
        moved(&town, person, to).await;
        let one = cases::offer(town.db(), &nurse.deed, case, offer(to))
            .await
            .unwrap();
        let path = format!("/handovers/{one}");
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let open = tasks::list(&mut conn, &deed, Whose::Center(to)).await;
        drop(conn);
        let asks: Vec<_> = open.unwrap().into_iter().map(|one| one.taken_by).collect();
        assert_eq!(asks, [Some(head.staff)]);
        assert_eq!(across.client.get(&path).await.status, 404);
        let list = across.client.get("/handovers").await;
        assert!(!list.text().contains("南野") && !list.text().contains(&path));
        let taken = cases::accept(town.db(), &across.deed, one).await;
        assert!(matches!(taken, Err(Refusal::NotFound)));
        let why = "別の方です".to_owned();
        let declined = cases::decline(town.db(), &across.deed, one, why).await;
        assert!(matches!(declined, Err(Refusal::NotFound)));
        assert_eq!(head.client.get(&path).await.status, 200);
        cases::accept(town.db(), &head.deed, one).await.unwrap();
        assert_eq!(find(&town, case).await.lead, Some(head.staff));
    })
    .await;
}
