//! Somebody sends much.

use mimamori::desk::Came;
use mimamori::scope::Role;

use super::{
    WORDS, carrying, draft, mails, nobodys, nurse, only_inquiry, open_inquiries, scene, send, write,
};
use crate::desk::stock;
use crate::town::{Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn many_words_about_one_person_meet_in_one_inquiry_and_one_mail() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let flood = town.visitor_from("192.0.2.200");
        for _ in 0..20 {
            assert_eq!(write(&flood, &scene.path, WORDS).await.status, 303);
        }
        let back = write(&flood, &scene.path, &[("place", "いたずら")]).await;
        assert_eq!(back.status, 429);
        assert!(back.text().contains("いたずら"), "as typed");
        assert!(
            back.text().contains("tel:0301000001"),
            "the number stays in sight"
        );
        let (id, path) = only_inquiry(&town).await;
        assert_eq!(mails(&town, id).await, 1);
        // A true finder, elsewhere, gets through at once.
        let finder = town.visitor_from("192.0.2.201");
        let sent = write(&finder, &scene.path, &[("place", "本当の場所")]).await;
        assert_eq!(sent.status, 303);
        assert!(
            nurse(&town)
                .await
                .get(&path)
                .await
                .text()
                .contains("本当の場所")
        );
        // Nor does the flood that goes on make them wait for it.
        town.pass(61);
        assert_eq!(write(&flood, &scene.path, WORDS).await.status, 303);
        let again = write(&finder, &scene.path, &[("place", "まだここです")]).await;
        assert_eq!(again.status, 303);
        // Who is in already goes on without waiting.
        let more = format!("{}/more", sent.location().split('?').next().unwrap());
        let more = finder
            .post(&more, &[("how", "つづき"), ("lang", "ja")])
            .await;
        assert_eq!(more.status, 303);
        town.pass(600);
        write(&finder, &scene.path, &[("place", "また")]).await;
        assert_eq!(mails(&town, id).await, 2, "again after ten minutes");
    })
    .await;
}

/// The words of one form, sent back after ten minutes with more.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_back_with_more_words_reaches_the_family_once_like_any_further_words() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let finder = town.visitor();
        let page = finder.get(&scene.path).await;
        send(&finder, &page, &scene.path, WORDS).await;
        let (id, _) = only_inquiry(&town).await;
        assert_eq!(mails(&town, id).await, 1);
        town.pass(601);
        let more = [("place", "みなみ駅の北口"), ("how", "交番に着きました")];
        for _ in 0..3 {
            send(&finder, &page, &scene.path, &more).await;
        }
        assert_eq!(mails(&town, id).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_address_with_every_word_reaches_the_desk_and_stops_the_mail() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let from = async |at: i32, place: &str| {
            let one = town.visitor_from(&format!("192.0.2.{at}"));
            write(&one, &scene.path, &[("place", place)]).await
        };
        for at in 0..100 {
            assert_eq!(from(at, "いたずら").await.status, 303);
        }
        let (id, path) = only_inquiry(&town).await;
        assert_eq!(mails(&town, id).await, 1);
        town.pass(601);
        let last = from(200, "本当の場所").await;
        assert_eq!(last.status, 303);
        let desk = nurse(&town).await.get(&path).await.text();
        assert!(desk.contains("本当の場所"), "kept and seen");
        // Nor do further words of the same finder go round the hold.
        let more = format!("{}/more", last.location().split('?').next().unwrap());
        let one = town.visitor_from("192.0.2.200");
        let said = one.post(&more, &[("how", "つづき"), ("lang", "ja")]).await;
        assert_eq!(said.status, 303);
        assert_eq!(mails(&town, id).await, 1, "held");
        town.pass(3_600);
        from(201, "まだここです").await;
        assert_eq!(mails(&town, id).await, 2, "when it is quiet again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_about_numbers_of_nobody_are_bounded_for_the_town_from_wherever_they_come() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let path = nobodys(&town).await;
        let from = async |at: i32| {
            let one = town.visitor_from(&format!("192.0.2.{at}"));
            write(&one, &path, WORDS).await.status
        };
        for at in 0..60 {
            assert_eq!(from(at).await, 200);
        }
        assert_eq!(from(60).await, 429);
        town.pass(61);
        assert_eq!(from(60).await, 200, "one a minute");
    })
    .await;
}

/// Numbers enough for a flood.
async fn many(town: &Town, count: i64) {
    let deed = town.deed_of(Role::TownAdmin).await;
    let order = mimamori::tags::Order {
        count,
        mix: mimamori::tags::Mix([1, 0, 0, 0]),
        note: String::new(),
    };
    let batch = mimamori::tags::order_batch(town.db(), &deed, order)
        .await
        .unwrap();
    mimamori::tags::fill_batch(town.db(), &town.app.vault, &deed, batch)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn words_about_many_people_reach_the_desk_and_hold_the_mail_back() {
    on_both(async |town| {
        many(&town, 12).await;
        let flood = town.visitor_from("192.0.2.200");
        let mut held = Vec::new();
        for at in 0..12 {
            let scene = carrying(&town, draft(&town)).await;
            assert_eq!(write(&flood, &scene.path, WORDS).await.status, 303);
            let newest = open_inquiries(&town).await.pop().unwrap();
            assert_eq!(newest.came, Came::Qr);
            if mails(&town, newest.id).await == 0 {
                held.push((at, newest.id));
            }
        }
        assert_eq!(open_inquiries(&town).await.len(), 12, "each is at the desk");
        let places: Vec<i32> = held.iter().map(|(at, _)| *at).collect();
        assert_eq!(places, [10, 11]);
        let id = held[0].1;
        let path = format!("/desk/inquiries/{id}");
        let nurse = nurse(&town).await;
        assert!(
            nurse
                .get(&path)
                .await
                .text()
                .contains("メールを止めています")
        );
        nurse.post(&format!("{path}/board/mails"), &[]).await;
        assert_eq!(mails(&town, id).await, 1, "the desk lets it go");
        let other = town.visitor_from("192.0.2.201");
        many(&town, 1).await;
        let scene = carrying(&town, draft(&town)).await;
        write(&other, &scene.path, WORDS).await;
        let newest = open_inquiries(&town).await.pop().unwrap();
        assert_eq!(mails(&town, newest.id).await, 1, "others are not held back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn false_alarms_are_marked_and_counted() {
    on_both(async |town| {
        let scene = scene(&town).await;
        write(&town.visitor(), &scene.path, WORDS).await;
        let (_, path) = only_inquiry(&town).await;
        let nurse = nurse(&town).await;
        let first = async |client: &crate::town::Client| {
            client
                .get("/desk/board")
                .await
                .select("tbody tr:first-child td")
        };
        assert_eq!(first(&nurse).await, ["1", "0", "0", "0"]);
        let action = format!("{path}/board/false");
        nurse.post(&action, &[("is", "yes")]).await;
        assert!(
            nurse
                .get(&path)
                .await
                .text()
                .contains("まちがい・いたずらの印がついています")
        );
        assert_eq!(first(&nurse).await, ["1", "1", "0", "0"]);
        nurse.post(&action, &[("is", "no")]).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        assert_eq!(first(&admin).await, ["1", "0", "0", "0"]);
    })
    .await;
}
