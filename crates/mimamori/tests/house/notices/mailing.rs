//! Who told is thanked, and hears an outcome that gives nothing away.

use mimamori::notices::{self, Ending, Refusal};
use mimamori::scope::Role;

use super::{HOME, areas, by_phone, hanako, notice, send, words};
use crate::desk::written;
use crate::mailserver::Server;
use crate::town::{Town, on_both};

async fn post(town: &Town, server: &Server) -> usize {
    let deed = town.deed().await;
    notices::send_due(town.db(), &deed, &server.way())
        .await
        .unwrap()
}

/// Each tells something of her.
const TELLING: [&str; 16] = [
    "ハナコさんはお元気でした。",
    "ミナミノ様はお元気でした。",
    "みなみ荘の方はお元気でした。",
    "大森北1-2-3の方はお元気でした。",
    "1丁目2番3号の方はお元気でした。大森北1丁目2番3号です。",
    "昭和13年生まれの方です。",
    "4月2日がお誕生日の方です。",
    "88歳の女性はお元気でした。",
    "八十八才の方です。",
    "80代の方です。",
    "みなみ診療所にかかっておられます。",
    "高橋医師が診ています。",
    "心房細動のため入院されました。",
    "ワルファリンを飲んでいます。",
    "息子さんの090-0111-2222へ。",
    "南野 一郎さんが来られました。",
];

#[tokio::test(flavor = "multi_thread")]
async fn thanks_go_out_at_once_and_the_outcome_names_nobody() {
    on_both(async |town| {
        areas(&town).await;
        let person = hanako(&town).await;
        let server = Server::start();
        let told = [
            ("signs", "post"),
            ("place", HOME),
            ("about", "2階のハナコさん"),
            ("mail", "neighbour@example.jp"),
            ("wants", "yes"),
        ];
        let visitor = town.visitor();
        assert_eq!(send(&visitor, "/n/minami", &told).await.status, 200);
        assert_eq!(post(&town, &server).await, 1);
        assert_eq!(post(&town, &server).await, 0, "once");
        let id = super::all(&town).await[0].id;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        let path = format!("/notices/{id}/outcome");
        assert_eq!(nurse.get(&path).await.status, 422, "not before the end");
        notices::tie(town.db(), &deed, id, 1, person, "表札")
            .await
            .unwrap();
        notices::end(town.db(), &deed, id, 2, Ending::Safe, "お元気でした")
            .await
            .unwrap();
        let page = nurse.get(&path).await;
        let prepared = page.select("textarea").remove(0);
        assert!(prepared.contains("ご無事であることがわかりました"));
        let version = notice(&town, id).await.version.to_string();
        for telling in TELLING {
            let fields = [("version", version.as_str()), ("words", telling)];
            let refused = nurse.post(&path, &fields).await;
            assert_eq!(refused.status, 422, "{telling}");
            assert_eq!(refused.select("textarea"), [telling], "as typed");
        }
        assert_eq!(post(&town, &server).await, 0, "nothing left");
        let fields = [("version", version.as_str()), ("words", prepared.as_str())];
        assert_eq!(nurse.post(&path, &fields).await.status, 303);
        assert_eq!(post(&town, &server).await, 1);
        let mails = server.mails();
        for mail in &mails {
            assert_eq!(mail["x-rcptto"].as_str().unwrap(), "neighbour@example.jp");
            let whole = mail["body"].as_str().unwrap();
            for private in [
                "ハナコ",
                "南野",
                "大森",
                "みなみ荘",
                "新聞",
                "ポスト",
                &id.to_string(),
            ] {
                assert!(!whole.contains(private), "{private}");
            }
        }
        assert_eq!(mails.len(), 2);
        let again = notices::tell_outcome(town.db(), &deed, id, 4, "もう一度").await;
        assert!(matches!(again, Err(Refusal::NobodyWaits)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_somebody_who_is_not_registered_neither_the_house_nor_what_was_said_goes_out() {
    on_both(async |town| {
        let mut told = words(&["unseen"], "大森北1-5-6");
        told.about = "川上さん、犬を飼っている".to_owned();
        told.teller.mail = "shop@example.jp".to_owned();
        told.teller.wants = true;
        let deed = town.deed_of(Role::CenterStaff).await;
        let id = notices::tell(town.db(), &deed, by_phone(told))
            .await
            .unwrap()
            .id;
        notices::end(town.db(), &deed, id, 1, Ending::Other, "保健所へ")
            .await
            .unwrap();
        for telling in ["川上さんは無事です。", "大森北1丁目5番6号へ行きました。"]
        {
            let refused = notices::tell_outcome(town.db(), &deed, id, 2, telling).await;
            assert!(matches!(refused, Err(Refusal::Tells(_))), "{telling}");
        }
        let fine = "お知らせをありがとうございました。担当へ引き継ぎました。";
        notices::tell_outcome(town.db(), &deed, id, 2, fine)
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_a_number_is_told_at_the_telephone() {
    on_both(async |town| {
        let mut told = words(&["unseen"], HOME);
        told.teller.phone = "090-0444-5555".to_owned();
        told.teller.wants = true;
        let deed = town.deed_of(Role::CenterStaff).await;
        let id = notices::tell(town.db(), &deed, by_phone(told))
            .await
            .unwrap()
            .id;
        notices::end(town.db(), &deed, id, 1, Ending::Watch, "月に1度訪ねる")
            .await
            .unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get(&format!("/notices/{id}/outcome")).await;
        assert!(page.text().contains("090-0444-5555"));
        let version = [("version", "2")];
        let path = format!("/notices/{id}/outcome/phone");
        assert_eq!(nurse.post(&path, &version).await.status, 303);
        assert!(notice(&town, id).await.told_at.is_some());
        assert_eq!(nurse.post(&path, &version).await.status, 409);
        let back = notices::reopen(town.db(), &deed, id, 3).await;
        assert!(
            matches!(back, Err(Refusal::IsOpen)),
            "what was told can't be taken back"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_thanked_three_times_a_day_whoever_writes_it_into_the_form() {
    on_both(async |town| {
        let server = Server::start();
        let told = async |at: u8, mail: &str| {
            let visitor = town.visitor_from(&format!("203.0.113.{at}"));
            let fields = [("signs", "post"), ("mail", mail)];
            assert_eq!(send(&visitor, "/n/minami", &fields).await.status, 200);
        };
        for at in 1..6 {
            told(at, "Victim@example.jp").await;
        }
        told(6, "victim+6@example.jp").await;
        assert_eq!(post(&town, &server).await, 3);
        told(7, "neighbour@example.jp").await;
        assert_eq!(post(&town, &server).await, 1, "others are thanked");
        town.pass(86_400 + 60);
        told(8, "victim@example.jp").await;
        assert_eq!(post(&town, &server).await, 1, "on another day");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_compared_with_for_who_may_open_it_and_each_answer_is_kept() {
    on_both(async |town| {
        areas(&town).await;
        let person = super::somebody(&town, "大森中1-5-5", town.minami.other_center).await;
        let told = [
            ("signs", "post"),
            ("place", HOME),
            ("mail", "neighbour@example.jp"),
            ("wants", "yes"),
        ];
        send(&town.visitor(), "/n/minami", &told).await;
        let id = super::all(&town).await[0].id;
        let deed = town.deed().await;
        let tied = notices::tie(town.db(), &deed, id, 1, person, "名札").await;
        tied.unwrap();
        let ended = notices::end(town.db(), &deed, id, 2, Ending::Safe, "お元気").await;
        ended.unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/notices/{id}/outcome");
        let purpose = format!("/people/{person}/purpose");
        let guess = [("version", "3"), ("words", "高血圧の方です。")];
        assert_eq!(nurse.get(&path).await.location(), purpose);
        assert_eq!(nurse.post(&path, &guess).await.location(), purpose);
        let said = [("reason", "結果の連絡のため")];
        nurse.post(&purpose, &said).await;
        assert_eq!(nurse.get(&path).await.status, 200);
        let guess = [("version", "3"), ("words", "トメさんはお元気でした。")];
        assert_eq!(nurse.post(&path, &guess).await.status, 422);
        assert!(
            written(&town)
                .await
                .contains("結果の文を送りませんでした（ご本人のお名前）")
        );
    })
    .await;
}
