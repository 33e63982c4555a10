//! A number is read out and somebody is known.

use axum::body::Body;
use axum::http::Request;
use mimamori::audit::Verb;
use mimamori::scope::Role;

use super::{call, hanako, inquiry_of, lines};
use crate::town::{Client, Page, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_paramedic_hears_who_it_is_and_the_line_is_there_first() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        let page = call(&night, &number, "ambulance").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.select(".read-aloud h2"), ["救急隊に伝えてよいこと"]);
        let said = page.select(".said");
        assert_eq!(&said[..2], ["南野 ハナコ", "女・88歳"]);
        assert_eq!(page.select(".reading")[0], "ミナミノ ハナコ");
        assert!(page.text().contains("14か月前に電話で確認"));
        assert_eq!(page.select(".call-name"), ["南野 一郎", "北川 春子"]);
        assert!(page.attr("a.dial", "href").unwrap().starts_with("tel:090"));
        assert!(page.text().contains("第69条第2項第4号"));
        assert!(
            !page.text().contains("ワルファリン"),
            "medical parts have an act of their own"
        );
        let (verb, fields, why) = lines(&town).await.remove(0);
        assert_eq!(verb, Verb::LookedUp);
        assert!(fields.contains("基本情報・緊急連絡先") && why.ends_with(":basis.life"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_assistant_hears_no_name() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let page = call(&town.sign_in(Role::NightDesk).await, &number, "passer").await;
        assert!(
            page.select(".said")
                .iter()
                .all(|said| !said.contains("ハナコ"))
        );
        assert!(
            page.select(".said")
                .iter()
                .any(|said| said.contains("耳が遠い"))
        );
        assert!(
            page.select(".record-value")
                .iter()
                .any(|kept| kept.contains("ハナコ"))
        );
        assert!(lines(&town).await[0].2.ends_with(":basis.purpose"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_opens_one_inquiry() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        let key = night
            .get("/desk")
            .await
            .attr("[name=form_key]", "value")
            .unwrap();
        let form = [
            ("number", &*number),
            ("caller", "police"),
            ("form_key", &*key),
        ];
        let first = night.post("/desk/inquiries", &form).await;
        let again = night.post("/desk/inquiries", &form).await;
        assert_eq!((first.status, again.status), (200, 303));
        assert_eq!(again.location(), inquiry_of(&first));
        assert_eq!(night.get("/desk").await.select("tbody tr").len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_number_in_the_same_form_is_another_call() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let draft = mimamori::people::Draft::new(
            crate::hanako::identity(),
            jiff::civil::date(2026, 11, 20),
        );
        let other = mimamori::people::register(town.db(), &town.deed().await, draft)
            .await
            .unwrap();
        let (_, second) = super::tagged(&town, other).await;
        let night = town.sign_in(Role::NightDesk).await;
        for number in [number, second] {
            let form = [
                ("number", &*number),
                ("caller", "police"),
                ("form_key", "0123456789abcdef"),
            ];
            assert_eq!(night.post("/desk/inquiries", &form).await.status, 200);
        }
        assert_eq!(night.get("/desk").await.select("tbody tr").len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_it_is_known_who_calls_nothing_is_opened() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        let page = call(&night, &number, "").await;
        assert!(page.status == 200 && !page.text().contains("ハナコ"));
        let path = inquiry_of(&page);
        assert!(!night.get(&path).await.text().contains("ハナコ"));
        let caller = [
            ("version", "1"),
            ("caller", "ambulance"),
            ("name", "消防 太郎"),
        ];
        assert_eq!(
            night.post(&format!("{path}/caller"), &caller).await.status,
            303
        );
        let tell = [("tier", "identity"), ("basis", "basis.life")];
        assert_eq!(
            night
                .post(&format!("{path}/disclosures"), &tell)
                .await
                .status,
            303
        );
        assert_eq!(lines(&town).await[0].0, Verb::Disclosed);
        assert_eq!(night.get(&path).await.select(".said")[0], "南野 ハナコ");
    })
    .await;
}

async fn json(client: &Client, body: &str) -> Page {
    let request = Request::post("/desk/inquiries")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .body(Body::from(body.to_owned()));
    client.send(request.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_gets_the_same_as_json() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        let body = format!(r#"{{"number":"{number}","caller":"ambulance","form_key":"call 1"}}"#);
        let first: serde_json::Value =
            serde_json::from_slice(&json(&night, &body).await.bytes).unwrap();
        assert_eq!(first["result"], "found");
        assert_eq!(first["say"][0]["text"], "南野 ハナコ");
        assert_eq!(first["contacts"][0]["phones"][0], "090-0111-2222");
        let again: serde_json::Value =
            serde_json::from_slice(&json(&night, &body).await.bytes).unwrap();
        assert_eq!(first, again, "the same key is the same inquiry");
        let page = json(&night, r#"{"number":"123","caller":"ambulance"}"#).await;
        let nobody: serde_json::Value = serde_json::from_slice(&page.bytes).unwrap();
        assert!(
            page.status == 422 && nobody["result"] == "misread" && nobody["read_back"] == "123"
        );
    })
    .await;
}
