//! From the answer to the follow-up of the next working day.

use mimamori::audit::Verb;
use mimamori::desk::{self, Tier};
use mimamori::scope::Role;
use mimamori::tasks::{self, Whose};

use super::{call, hanako, inquiry_of, lines};
use crate::town::{Client, Town, on_both};

/// An open inquiry of an ambulance.
async fn open(town: &Town, client: &Client) -> String {
    let (_, number) = hanako(town).await;
    inquiry_of(&call(client, &number, "ambulance").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn medical_parts_have_their_own_act_and_are_for_ambulance_and_hospital() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let (_, number) = hanako(&town).await;
        let tell = [("tier", "medical"), ("basis", "basis.life")];
        let police = inquiry_of(&call(&night, &number, "police").await);
        assert_eq!(
            night
                .post(&format!("{police}/disclosures"), &tell)
                .await
                .status,
            403
        );
        let path = inquiry_of(&call(&night, &number, "ambulance").await);
        assert!(!night.get(&path).await.text().contains("ワルファリン"));
        assert_eq!(
            night
                .post(&format!("{path}/disclosures"), &tell)
                .await
                .status,
            303
        );
        let (verb, fields, why) = lines(&town).await.remove(0);
        assert!(verb == Verb::Disclosed && fields == "医療情報" && why.ends_with(":basis.life"));
        let page = night.get(&path).await;
        assert!(page.text().contains("ワルファリン") && page.text().contains("なし（確認ずみ）"));
        let (verb, fields, _) = lines(&town).await.remove(0);
        assert!(
            verb == Verb::Saw && fields.contains("医療情報"),
            "a sight is witnessed"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rest_is_for_center_staff() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let path = open(&town, &night).await;
        let tell = [("tier", "rest"), ("basis", "basis.purpose")];
        assert_eq!(
            night
                .post(&format!("{path}/disclosures"), &tell)
                .await
                .status,
            403
        );
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(
            nurse
                .post(&format!("{path}/disclosures"), &tell)
                .await
                .status,
            303
        );
        assert!(nurse.get(&path).await.text().contains("合鍵は大家"));
        assert!(!night.get(&path).await.text().contains("合鍵は大家"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_call_is_kept_with_its_outcome() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let path = open(&town, &night).await;
        for (contact, outcome) in [("0", "no_answer"), ("0", "busy"), ("1", "spoke")] {
            let sent = night
                .post(&format!("{path}/calls/{contact}"), &[("outcome", outcome)])
                .await;
            assert_eq!(sent.status, 303);
        }
        let page = night.get(&path).await;
        assert_eq!(
            page.select(".attempts strong"),
            ["留守・出ない", "話し中", "出た・話した"]
        );
        assert_eq!(
            night
                .post(&format!("{path}/calls/7"), &[("outcome", "spoke")])
                .await
                .status,
            303
        );
        assert_eq!(
            night.get(&path).await.select(".attempts strong").len(),
            3,
            "no such contact"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_shows_as_nobodys_until_somebody_takes_it() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let path = open(&town, &night).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(nurse.get("/").await.select(".emergency").is_empty());
        let over = [("to", "role:center_staff"), ("words", "留守電ずみ")];
        assert_eq!(
            night.post(&format!("{path}/hand-over"), &over).await.status,
            303
        );
        let home = nurse.get("/").await;
        assert!(
            home.select(".emergency")
                .concat()
                .contains("担当のいない照会が1件")
        );
        assert_eq!(home.attr(".emergency a", "href").unwrap(), path);
        assert_eq!(nurse.post(&format!("{path}/take"), &[]).await.status, 303);
        assert!(nurse.get("/").await.select(".emergency").is_empty());
        let page = nurse.get(&path).await;
        assert!(page.text().contains("留守電ずみ") && page.text().contains("中村 看子"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_handed_over_by_name() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let path = open(&town, &night).await;
        let to = town.minami.staff(Role::CenterStaff).to_string();
        night
            .post(&format!("{path}/hand-over"), &[("to", &to), ("words", "")])
            .await;
        assert!(
            night
                .get(&path)
                .await
                .text()
                .contains("中村 看子さんへ引き継ぎ待ち")
        );
        let stranger = town.kitami.staff(Role::CenterStaff).to_string();
        night
            .post(
                &format!("{path}/hand-over"),
                &[("to", &stranger), ("words", "")],
            )
            .await;
        assert!(
            night
                .get(&path)
                .await
                .text()
                .contains("中村 看子さんへ引き継ぎ待ち")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_says_where_she_is_and_the_center_visits_on_its_next_working_day() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let path = open(&town, &night).await;
        night
            .post(&format!("{path}/calls/0"), &[("outcome", "spoke")])
            .await;
        let version = night
            .get(&path)
            .await
            .attr("#ending [name=version]", "value")
            .unwrap();
        let end = |place| {
            [
                ("version", version.clone()),
                ("ending_place", place),
                ("told", "救急隊に名前".to_owned()),
            ]
        };
        let sent = |fields: [(&'static str, String); 3]| {
            let (night, path) = (&night, format!("{path}/ending"));
            async move {
                let fields = fields
                    .each_ref()
                    .map(|(name, value)| (*name, value.as_str()));
                night.post(&path, &fields).await
            }
        };
        let open = sent(end(String::new())).await;
        assert_eq!(open.status, 422, "not without the place");
        assert!(open.text().contains("救急隊に名前"), "as typed");
        assert_eq!(sent(end("みなみ総合病院".to_owned())).await.status, 303);
        let deed = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let list = tasks::list(&mut conn, &deed, Whose::Center(town.minami.center))
            .await
            .unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!(
            list[0].due.to_string(),
            "2026-11-24",
            "Friday; Monday is a holiday"
        );
        let story = &list[0].words.story;
        for part in [
            "みなみ総合病院",
            "救急隊に名前",
            "基本情報と緊急連絡先",
            "南野 一郎：出た・話した",
            "夜野 守",
        ] {
            assert!(story.contains(part), "{part} is not in the story");
        }
        let home = town.sign_in(Role::CenterStaff).await.get("/").await;
        assert_eq!(
            home.select(".task-title"),
            ["南野 ハナコ さんの様子を確かめる"]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_knows_where_is_an_answer_too_and_notes_go_on() {
    on_both(async |town| {
        let night = town.sign_in(Role::NightDesk).await;
        let path = open(&town, &night).await;
        let end = [("version", "1"), ("unknown", "yes")];
        assert_eq!(
            night.post(&format!("{path}/ending"), &end).await.status,
            303
        );
        assert!(night.get(&path).await.text().contains("わからない"));
        assert_eq!(
            night
                .post(&format!("{path}/notes"), &[("note", "朝に電話あり")])
                .await
                .status,
            303
        );
        assert!(night.get(&path).await.text().contains("朝に電話あり"));
        let late = [("tier", "medical"), ("basis", "basis.life")];
        night.post(&format!("{path}/disclosures"), &late).await;
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        let mut conn = town.db().read().await.unwrap();
        let told = desk::list_told(&mut conn, &town.deed().await, id)
            .await
            .unwrap();
        assert!(
            told.iter().all(|told| told.tier == Tier::Identity),
            "nothing is opened after the end"
        );
    })
    .await;
}
