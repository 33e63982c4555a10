//! What the person said to a tier stands beside it, and never stands in the way.

use axum::body::Body;
use axum::http::Request;
use jiff::civil::date;
use mimamori::audit::Fields;
use mimamori::networks::{self, Operator, Town as Settings};
use mimamori::people::{self, Answer, AnsweredBy, Consent, Draft, Given};
use mimamori::scope::Role;

use super::{call, inquiry_of, lines, stock, tagged};
use crate::hanako;
use crate::town::{Client, Page, Town, on_both};

fn withdrawn() -> Given {
    Given {
        withdrawn_on: Some(date(2026, 5, 2)),
        ..Given::by_person(date(2025, 9, 10))
    }
}

/// The number of ハナコ, who said this.
async fn who_said(town: &Town, consent: Consent) -> String {
    stock(town, &town.minami).await;
    let draft = Draft {
        center: Some(town.minami.center),
        consent,
        ..hanako::draft()
    };
    let person = people::register(town.db(), &town.deed().await, draft).await;
    tagged(town, person.unwrap()).await.1
}

fn medical(given: Given) -> Consent {
    Consent {
        medical: given,
        ..hanako::draft().consent
    }
}

/// The bases that the form of a tier offers: the first, and the one that is chosen.
fn offered(page: &Page, tier: &str) -> (String, String) {
    let option = |which| {
        let css = format!("select[name=basis-{tier}] option{which}");
        page.attr(&css, "value").unwrap()
    };
    (option(":first-child"), option("[selected]"))
}

#[tokio::test(flavor = "multi_thread")]
async fn where_consent_was_taken_back_the_law_is_offered_first_and_nothing_is_barred() {
    on_both(async |town| {
        let number = who_said(&town, medical(withdrawn())).await;
        let night = town.sign_in(Role::NightDesk).await;
        // Even where the desk chose consent for the first tier.
        let asked = [
            ("number", &*number),
            ("caller", "ambulance"),
            ("basis", "basis.consent"),
        ];
        let page = night.post("/desk/inquiries", &asked).await;
        let text = page.text();
        for words in [
            "同意は撤回ずみ",
            "2026年（令和8年）5月2日に撤回",
            "2025年（令和7年）9月10日に本人が同意",
            "同意がなくても伝えられます",
        ] {
            assert!(text.contains(words), "{words}");
        }
        let law = ("basis.life".to_owned(), "basis.life".to_owned());
        assert_eq!(offered(&page, "medical"), law);
        let path = inquiry_of(&page);
        assert_eq!(offered(&night.get(&path).await, "medical"), law);
        let tell = [("tier", "medical"), ("basis-medical", "basis.life")];
        let opened = night.post(&format!("{path}/disclosures"), &tell).await;
        assert_eq!(opened.status, 303, "it is shown, and forbids nothing");
        let page = night.get(&path).await;
        assert!(page.text().contains("ワルファリン"));
        let stands = page.select("p.consent .chip");
        assert_eq!(stands, ["同意あり", "同意は撤回ずみ"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_is_told_apart_and_consent_comes_first_where_it_covers() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let refused = Given {
            answer: Answer::Refused,
            ..Given::by_person(date(2025, 9, 10))
        };
        let given = Given::by_person(date(2025, 9, 10));
        for (answer, chip, first) in [
            (given, "同意あり", "basis.consent"),
            (refused, "同意していない", "basis.life"),
            (Given::default(), "同意は聞いていない", "basis.life"),
        ] {
            let number = who_said(&town, medical(answer)).await;
            let page = call(&night, &number, "hospital").await;
            assert_eq!(page.select("p.consent .chip"), ["同意あり", chip]);
            assert_eq!(offered(&page, "medical").0, first);
            let page = night.get(&inquiry_of(&page)).await;
            assert_eq!(page.select("p.consent .chip"), ["同意あり", chip]);
            assert_eq!(offered(&page, "medical").1, first);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_operator_is_offered_its_own_article() {
    on_both(async |town| {
        let admin = town.deed_of(Role::TownAdmin).await;
        let mut conn = town.db().read().await.unwrap();
        let before = networks::find_town(&mut conn, &admin.scope).await.unwrap();
        drop(conn);
        let private = Settings {
            operator: Operator::Private,
            ..before.unwrap()
        };
        networks::change_town(town.db(), &admin, private)
            .await
            .unwrap();
        let number = who_said(&town, medical(withdrawn())).await;
        let night = town.sign_in(Role::NightDesk).await;
        let page = call(&night, &number, "ambulance").await;
        let chosen = page.select("select[name=basis-medical] option[selected]");
        assert!(chosen[0].contains("第27条第1項第2号"), "{chosen:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_is_named_once_the_contacts_are_open_and_the_sight_is_witnessed() {
    on_both(async |town| {
        let by = AnsweredBy::Proxy {
            name: "北川 夏子".to_owned(),
            relation: "長女".to_owned(),
        };
        let answer = Given {
            by,
            ..Given::by_person(date(2025, 9, 10))
        };
        let consent = Consent {
            identity: answer,
            ..Consent::default()
        };
        let number = who_said(&town, consent).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = inquiry_of(&call(&nurse, &number, "").await);
        let caller = [("version", "1"), ("caller", "police")];
        nurse.post(&format!("{path}/caller"), &caller).await;
        let closed = nurse.get(&path).await;
        assert!(closed.text().contains("代理の方（長女）") && !closed.text().contains("夏子"));
        let (_, fields, _) = lines(&town).await.remove(0);
        assert!(fields.contains(&Fields::CONSENT.to_string()), "{fields}");
        let tell = [("tier", "identity"), ("basis-identity", "basis.duty")];
        nurse.post(&format!("{path}/disclosures"), &tell).await;
        let open = nurse.get(&path).await;
        assert!(open.text().contains("代理の方（長女 北川 夏子さん）"));
        let stands = open.select("p.consent .chip");
        assert_eq!(
            stands,
            ["同意あり", "同意は聞いていない"],
            "and the rest, which nobody is asked for"
        );
    })
    .await;
}

async fn json(client: &Client, number: &str, caller: &str) -> serde_json::Value {
    let body = format!(r#"{{"number":"{number}","caller":"{caller}"}}"#);
    let request = Request::post("/desk/inquiries")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .body(Body::from(body));
    let page = client.send(request.unwrap()).await;
    serde_json::from_slice(&page.bytes).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_is_told_the_same() {
    on_both(async |town| {
        let number = who_said(&town, medical(withdrawn())).await;
        let night = town.sign_in(Role::NightDesk).await;
        let answer = json(&night, &number, "ambulance").await;
        let (identity, medical) = (&answer["consent"][0], &answer["consent"][1]);
        assert_eq!(identity["tier"], "identity");
        assert_eq!(identity["answer"], "given");
        assert_eq!(identity["on"], "2025-09-10");
        assert_eq!(identity["by"], "person");
        assert_eq!(medical["answer"], "withdrawn");
        assert_eq!(medical["withdrawn_on"], "2026-05-02");
        assert_eq!(medical["first_basis"], "basis.life");
        let police = json(&night, &number, "police").await;
        assert_eq!(police["consent"].as_array().unwrap().len(), 1);
        let unknown = json(&night, &number, "").await;
        assert_eq!(unknown["consent"].as_array().unwrap().len(), 0);
    })
    .await;
}
