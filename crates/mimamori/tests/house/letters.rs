//! Stories of what is handed to others on paper: the letter of a referral, the poster in a window.

use mimamori::audit::Fields;
use mimamori::cases::{self, Access, Given, Purpose, Referral};
use mimamori::ids::{CaseId, RowId};
use mimamori::people;
use mimamori::scope::Role;

use crate::cases::{Someone, begin, consent, first, someone};
use crate::hanako;
use crate::papers::{printed, printed_at_all, words_on};
use crate::town::{Town, on_both};
use words::date::PartialDate;
use words::name::PersonName;

/// A referral to the hospital; its letter.
async fn refer(town: &Town, who: &Someone, case: CaseId, given: Given) -> String {
    let referral = Referral {
        organisation: Some(town.minami.hospital),
        to: String::new(),
        words: "もの忘れの相談をお願いします。".to_owned(),
        given,
    };
    let id: RowId = cases::refer(town.db(), &who.deed, case, referral)
        .await
        .unwrap();
    format!("/papers/handovers/{id}")
}

const REASON: &str = "命を守るため";

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_is_asked_by_a_letter_that_says_what_was_agreed_to_and_no_more() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let consent = consent(&town, &nurse, case, Purpose::Referral).await;
        let given = Given {
            consent: Some(consent),
            ..Given::default()
        };
        let letter = refer(&town, &nurse, case, given).await;
        let page = nurse.client.get(&format!("/cases/{case}/sharing")).await;
        assert!(page.text().contains(&letter), "{}", page.text());
        // Her son came into the case after she had agreed.
        let mut draft = hanako::draft();
        draft.identity.name = PersonName::new("南野", "一郎").unwrap();
        let deed = town.deed().await;
        let son = people::register(town.db(), &deed, draft).await.unwrap();
        // So did somebody of her name; and hers was put right since.
        let mut draft = hanako::draft();
        draft.identity.born = PartialDate::parse("昭和25年1月1日").unwrap();
        let namesake = people::register(town.db(), &deed, draft).await.unwrap();
        for new in [son, namesake] {
            cases::add_person(town.db(), &nurse.deed, case, new)
                .await
                .unwrap();
        }
        let mut identity = hanako::identity();
        identity.name = PersonName::new("南野", "はな子").unwrap();
        people::change_identity(town.db(), &deed, person, 1, identity, None)
            .await
            .unwrap();
        let paper = words_on(&nurse.client.post(&letter, &[]).await);
        for words in [
            "連携・紹介のお願い",
            "みなみ総合病院",
            "南野 はな子",
            "もの忘れの相談",
            "同意をいただいています",
            "お引き受け",
        ] {
            assert!(paper.contains(words), "{words} in {paper}");
        }
        for words in [
            "怒鳴り声",
            "大森北",
            "ワルファリン",
            "03-0188-7191",
            "南野 一郎",
            "昭和25年",
        ] {
            assert!(!paper.contains(words), "{words} in {paper}");
        }
        assert_eq!(printed(&town, person).await, [Fields::IDENTITY]);
        assert!(printed(&town, son).await.is_empty());
        // Another center, by a guessed address; then nobody, once she has changed her mind.
        let there = town.minami.other_center;
        let away = someone(&town, Role::CenterHead, there, "北山 長子").await;
        assert_eq!(away.client.post(&letter, &[]).await.status, 404);
        cases::withdraw_consent(town.db(), &nurse.deed, case, consent, "やめたい".to_owned())
            .await
            .unwrap();
        let after = nurse.client.post(&letter, &[]).await;
        assert_eq!(after.status, 422);
        assert!(after.text().contains("有効な同意がありません"));
        assert_eq!(printed(&town, person).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_a_letter_says_so_and_not_why_and_a_named_case_is_in_nobodys_list() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let head = first(&town, Role::CenterHead).await;
        let case = begin(&town, &head.deed, person, Access::Named).await;
        let given = Given {
            without: REASON.to_owned(),
            ..Given::default()
        };
        let letter = refer(&town, &head, case, given).await;
        let paper = words_on(&head.client.post(&letter, &[]).await);
        assert!(
            paper.contains("法令の定めにより") && !paper.contains(REASON),
            "{paper}"
        );
        assert!(printed(&town, person).await.is_empty());
        let lines = printed_at_all(&town, None).await;
        assert_eq!(lines, [Fields::IDENTITY], "of the case");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_poster_leads_to_the_form_and_says_whom_to_call() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        for page in ["/notices/poster", "/papers"] {
            let page = nurse.get(page).await;
            assert!(page.text().contains("/papers/poster"), "{}", page.text());
        }
        let paper = words_on(&nurse.post("/papers/poster", &[]).await);
        let paper: String = paper.split_whitespace().collect();
        for words in [
            "/n/minami",
            "119",
            "新聞や郵便物が何日もたまっている",
            "心配なことを教えてください",
            "Telluswhatworriesyou",
        ] {
            assert!(paper.contains(words), "{words} in {paper}");
        }
        assert!(!paper.contains("佐藤"), "nobody who printed it");
    })
    .await;
}
