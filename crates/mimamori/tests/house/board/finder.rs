//! Somebody stands before a QR.

use mimamori::audit::Verb;
use mimamori::desk::{Came, Holder};
use mimamori::people;
use mimamori::scope::Role;
use mimamori::tags::{self, ShutWhy};
use mimamori::tasks::{self, Whose};

use super::{
    Scene, WORDS, carrying, draft, mails, nobodys, nurse, only_inquiry, open_inquiries, scene,
    send, write,
};
use crate::desk::{lines, stock};
use crate::hanako;
use crate::town::{Page, Town, on_both};

/// The page without what may differ: the secret of the QR and the key of the form.
fn without_secrets(page: &Page, path: &str) -> String {
    let key = page.attr("input[name=key]", "value").unwrap();
    page.text().replace(path, "/q/…").replace(&key, "…")
}

async fn tag_of(town: &Town, scene: &Scene) -> tags::Tag {
    let mut conn = town.db().read().await.unwrap();
    let deed = town.deed().await;
    let list = tags::list_for_person(&mut conn, &deed, scene.person).await;
    list.unwrap().remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_nobody_apart() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let hanako = carrying(&town, draft(&town)).await;
        let mut other = draft(&town);
        other.center = Some(town.minami.other_center);
        other.identity.name = words::name::PersonName::new("東山", "トメ").unwrap();
        other.identity.sex = people::Sex::Male;
        other.contacts.0.clear();
        let other = carrying(&town, other).await;
        let finder = town.visitor();
        let (one, two) = (
            finder.get(&hanako.path).await,
            finder.get(&other.path).await,
        );
        assert!(one.text().contains("耳が遠いので、正面からゆっくり"));
        let told = |page, scene: &Scene| without_secrets(page, &scene.path);
        assert!(told(&one, &hanako) == told(&two, &other));
        let number = tag_of(&town, &hanako).await.number.shown();
        for private in [
            "南野",
            "ハナコ",
            "ミナミノ",
            "大森",
            "一郎",
            "0188",
            "0111",
            "心房細動",
            &number,
            &number.replace('-', ""),
            &hanako.person.to_string(),
        ] {
            assert!(!one.text().contains(private), "{private}");
        }
        assert!(one.text().contains("tel:0301000001") && one.text().contains("tel:119"));
        let policy = one.header("permissions-policy");
        assert!(policy.contains("geolocation=(self)") && policy.contains("camera=()"));
        let elsewhere = finder.get("/login").await;
        assert!(
            elsewhere
                .header("permissions-policy")
                .contains("geolocation=()")
        );
        town.at("2026-11-20T20:00:00+09:00");
        assert!(
            finder
                .get(&hanako.path)
                .await
                .text()
                .contains("tel:0301000002")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_qr_shut_off_or_lost_reads_like_one_whose_family_wrote_nothing() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let mut quiet = draft(&town);
        quiet.finder.notes = String::new();
        let quiet = carrying(&town, quiet).await;
        let hanako = carrying(&town, draft(&town)).await;
        let (finder, nurse) = (town.visitor(), town.deed_of(Role::CenterStaff).await);
        let tag = tag_of(&town, &hanako).await.id;
        let mut conn = town.db().read().await.unwrap();
        let carrier = tags::list_carriers(&mut conn, &nurse, tag).await.unwrap()[0].id;
        drop(conn);
        tags::shut_carrier(town.db(), &nurse, tag, carrier, ShutWhy::Broken)
            .await
            .unwrap();
        let shut = finder.get(&hanako.path).await;
        let page = finder.get(&quiet.path).await;
        let same = without_secrets(&shut, &hanako.path) == without_secrets(&page, &quiet.path);
        assert!(same && !shut.text().contains("耳が遠い"));
        tags::open_carrier(town.db(), &nurse, tag, carrier)
            .await
            .unwrap();
        tags::lose(town.db(), &nurse, tag, String::new())
            .await
            .unwrap();
        let lost = finder.get(&hanako.path).await;
        assert!(without_secrets(&lost, &hanako.path) == without_secrets(&page, &quiet.path));
        write(&finder, &hanako.path, WORDS).await;
        let (id, path) = only_inquiry(&town).await;
        assert_eq!(
            mails(&town, id).await,
            0,
            "the thing was found, not the person"
        );
        let seen = super::nurse(&town).await.get(&path).await.text();
        assert!(seen.contains("いま使われていない番号") && seen.contains("みなみ駅の北口"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_that_tell_who_it_is_are_held_back_and_staff_are_told() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let mut draft = draft(&town);
        draft.finder.notes = "はなこは耳が遠いです。一郎（090-0111-2222）へ。".to_owned();
        let scene = carrying(&town, draft).await;
        assert!(
            !town
                .visitor()
                .get(&scene.path)
                .await
                .text()
                .contains("耳が遠い")
        );
        let record = nurse(&town)
            .await
            .get(&format!("/people/{}", scene.person))
            .await
            .text();
        assert!(record.contains("QRコードのページに出していません"));
        assert!(record.contains("ご本人のお名前、緊急連絡先のお名前、電話番号"));
        let mut silent = hanako::draft();
        silent.finder.notes = "甘いものが好きです".to_owned();
        let silent = carrying(&town, silent).await;
        assert!(
            !town
                .visitor()
                .get(&silent.path)
                .await
                .text()
                .contains("甘いもの")
        );
        let record = nurse(&town)
            .await
            .get(&format!("/people/{}", silent.person))
            .await
            .text();
        assert!(record.contains("同意がないため"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_notifies_nobody_and_a_word_is_at_the_desk_at_once() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let finder = town.visitor();
        let page = finder.get(&scene.path).await;
        assert_eq!(open_inquiries(&town).await.len(), 0);
        let sent = send(&finder, &page, &scene.path, WORDS).await;
        assert_eq!(sent.status, 303);
        let again = send(&finder, &page, &scene.path, WORDS).await;
        assert_eq!(again.location(), sent.location(), "sent twice, it is one");
        let open = open_inquiries(&town).await;
        assert_eq!((open.len(), open[0].came), (1, Came::Qr));
        assert_eq!(open[0].holder, Holder::OfferedRole(Role::CenterStaff));
        let nurse = nurse(&town).await;
        let home = nurse.get("/").await.text();
        assert!(home.contains("担当のいない照会が1件") && home.contains("QRから届いた知らせ"));
        assert!(
            nurse
                .get("/desk")
                .await
                .text()
                .contains("QRから届いた知らせ")
        );
        let (_, path) = only_inquiry(&town).await;
        let seen = nurse.get(&path).await;
        for said in [
            "みなみ駅の北口",
            "寒そう",
            "090-0777-8888",
            "35.58890,139.72720",
            "約30m",
        ] {
            assert!(seen.text().contains(said), "{said}");
        }
        let map = seen.attr("a[href^='geo:']", "href");
        assert_eq!(map.as_deref(), Some("geo:35.58890,139.72720"));
        assert!(!seen.text().contains("南野 一郎"), "no tier is open yet");
        assert!(seen.text().contains("メールで知らせられる方：1人"));
        let answered = [
            ("finder", &*seen.attr("[name=finder]", "value").unwrap()),
            ("words-0", "いま向かいます。0300001111"),
        ];
        nurse
            .post(&format!("{path}/board/answers"), &answered)
            .await;
        let read = finder.get(sent.location()).await;
        assert!(read.text().contains("いま向かいます") && !read.text().contains("0300001111"));
        assert!(
            read.text()
                .contains("http-equiv=\"refresh\" content=\"20\"")
        );
        assert!(!read.text().contains("中村"), "who answers is not named");
        let saw = lines(&town).await;
        assert!(saw.iter().filter(|(verb, ..)| *verb == Verb::Noted).count() >= 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_it_goes_to_the_night_desk() {
    on_both(async |town| {
        let scene = scene(&town).await;
        town.at("2026-11-20T23:30:00+09:00");
        write(&town.visitor(), &scene.path, WORDS).await;
        let open = open_inquiries(&town).await;
        assert_eq!(open[0].holder, Holder::OfferedRole(Role::NightDesk));
        let night = town.sign_in(Role::NightDesk).await;
        assert!(night.get("/").await.text().contains("QRから届いた知らせ"));
        let (_, path) = only_inquiry(&town).await;
        assert!(night.get(&path).await.text().contains("みなみ駅の北口"));
        let there = town.sign_in_at(&town.kitami, Role::NightDesk).await;
        assert_eq!(there.get(&path).await.status, 404);
        let fields = [("is", "yes")];
        let marked = there.post(&format!("{path}/board/false"), &fields).await;
        assert_eq!(marked.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_said_is_asked_for_in_the_finders_language() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let finder = town.visitor();
        let long = "あ".repeat(501);
        for (fields, said) in [
            (
                &[("place", " "), ("phone", "090-0777-8888")],
                "where you are",
            ),
            (&[("place", "x"), ("how", long.as_str())], "too long"),
        ] {
            let path = format!("{}?lang=en", scene.path);
            let page = finder.get(&path).await;
            let back = send(&finder, &page, &scene.path, fields).await;
            assert_eq!(back.status, 422);
            assert!(back.text().contains(said), "{said}");
            assert_eq!(back.attr("html", "lang").as_deref(), Some("en"));
            assert!(back.text().contains(fields[1].1), "as typed");
        }
        assert_eq!(open_inquiries(&town).await.len(), 0);
        for language in ["ja-simple", "zh-Hans", "ko", "vi"] {
            let page = finder.get(&format!("{}?lang={language}", scene.path)).await;
            assert_eq!(page.attr("html", "lang").as_deref(), Some(language));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_back_with_more_words_loses_none() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let finder = town.visitor();
        let page = finder.get(&scene.path).await;
        for how in [
            "座りこんでいる",
            "座りこんでいる",
            "立てない。救急車をよんだ",
        ] {
            let words = [("place", "駅"), ("how", how)];
            let sent = send(&finder, &page, &scene.path, &words).await;
            assert_eq!(sent.status, 303);
        }
        let (_, path) = only_inquiry(&town).await;
        let shown = nurse(&town).await.get(&path).await.text();
        assert_eq!(shown.matches("座りこんでいる").count(), 1, "pressed twice");
        assert!(shown.contains("救急車をよんだ"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_nobody_is_not_lost() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let path = nobodys(&town).await;
        let finder = town.visitor_from("192.0.2.200");
        let page = finder.get(&path).await;
        let key = page.attr("input[name=key]", "value").unwrap();
        let form = [("key", key.as_str()), ("lang", "ja"), ("place", "駅前の道")];
        for _ in 0..2 {
            let sent = finder.post(&path, &form).await;
            assert_eq!(sent.status, 200);
            assert!(!sent.text().contains("家族"), "there is none to tell");
        }
        assert_eq!(open_inquiries(&town).await.len(), 0);
        let strays = async || {
            let deed = town.deed().await;
            let mut conn = town.db().read().await.unwrap();
            let all = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
            let stories = all.into_iter().map(|task| task.words.story);
            stories.collect::<Vec<String>>()
        };
        assert_eq!(strays().await.len(), 1, "pressed twice it is one");
        // Back on the page, with something to add.
        let more = [form[0], form[1], form[2], ("how", "箱ごと落ちていました")];
        for _ in 0..2 {
            assert_eq!(finder.post(&path, &more).await.status, 200);
        }
        let stories = strays().await;
        assert_eq!(stories.len(), 2, "what was added is not lost");
        for words in ["箱ごと落ちていました", "知らせの続きです"] {
            assert!(stories.iter().any(|story| story.contains(words)), "{words}");
        }
        for _ in 0..4 {
            assert_eq!(write(&finder, &path, WORDS).await.status, 200);
        }
        let back = write(&finder, &path, WORDS).await;
        assert!(back.status == 429 && back.text().contains("tel:"));
        assert_eq!(strays().await.len(), 6);
        let other = town.visitor_from("192.0.2.201");
        assert_eq!(write(&other, &path, WORDS).await.status, 200);
        town.pass(86_400 + 60);
        let deed = town.deed().await;
        mimamori::board::sweep(town.db(), &deed).await.unwrap();
        let kept = db::sql("SELECT COUNT(*) FROM board_strays WHERE network = $1");
        let mut conn = town.db().read().await.unwrap();
        let row = conn.one(kept, &db::args![town.minami.id]).await.unwrap();
        assert_eq!(
            row.unwrap().int(0).unwrap(),
            0,
            "of addresses nothing stays"
        );
        drop(conn);
        let night = town.sign_in(Role::NightDesk).await;
        assert!(night.get("/").await.text().contains("持ち主のいない番号"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_leads_nowhere_says_what_to_do_and_is_slowed() {
    on_both(async |town| {
        let finder = town.visitor();
        let page = finder.get("/q/AbCdEfGhIjKlMnOpQrStUv").await;
        assert_eq!(page.status, 404);
        let text = page.text();
        assert!(text.contains("tel:119") && text.contains("tel:110"));
        assert!(text.contains("書いてある番号をはじめから順に"));
        let english = page.select("div[lang=en]").concat();
        assert!(english.contains("read out the number printed on it"));
        assert!(!text.contains("みなみ町") && !text.contains("きたみ町"));
        let asked = ["/q/x", "/q/AbCdEfGhIjKlMnOpQrStUw?lang=en"];
        for address in asked {
            let other = finder.get(address).await;
            assert_eq!(
                (other.status, other.text() == text),
                (404, true),
                "{address}"
            );
        }
        for _ in 0..60 {
            finder.get("/q/x").await;
        }
        let slowed = finder.get("/q/x").await;
        assert!(slowed.status == 429 && slowed.text().contains("tel:119"));
        assert_eq!(
            town.visitor_from("192.0.2.77").get("/q/x").await.status,
            404
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_town_says_in_its_own_words_why_to_call() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let (path, finder) = (scene.path, town.visitor());
        let default = "見守りネットワークにお電話ください";
        assert!(finder.get(&path).await.text().contains(default));
        let admin = town.sign_in(Role::TownAdmin).await;
        assert!(admin.get("/town/texts").await.text().contains(default));
        let save = async |words: &str, version: &str| {
            let fields = [("finder.page", words), ("version", version)];
            admin.post("/town/texts/finder.page", &fields).await.status
        };
        assert_eq!(save("役場の窓口へ。\n<夜も>出ます。", "0").await, 303);
        let page = finder.get(&path).await;
        let said = page.select("main p");
        for line in ["役場の窓口へ。", "<夜も>出ます。"] {
            assert!(said.iter().any(|said| said == line), "{said:?}");
        }
        assert!(!page.text().contains(default));
        let english = finder.get(&format!("{path}?lang=en")).await.text();
        assert!(english.contains("watch-over network") && !english.contains("役場"));
        assert_eq!(save("", "1").await, 303);
        assert!(finder.get(&path).await.text().contains(default));
    })
    .await;
}
