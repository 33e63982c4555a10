//! A number leads to nobody, and it is said why.

use mimamori::audit::Verb;
use mimamori::people::{self, State};
use mimamori::scope::Role;
use mimamori::tags;

use super::{call, hanako, inquiry_of, lines, stock, tagged};
use crate::hanako as people_of;
use crate::town::{Town, on_both};

async fn answer(town: &Town, number: &str) -> String {
    let night = town.sign_in(Role::NightDesk).await;
    call(&night, number, "ambulance")
        .await
        .select("main .banner-title")
        .concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misread_number_is_read_back_and_leads_to_nobody() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let last = number.chars().last().unwrap();
        let wrong = format!(
            "{}{}",
            &number[..number.len() - 1],
            if last == '1' { '2' } else { '1' }
        );
        let page = call(&town.sign_in(Role::NightDesk).await, &wrong, "ambulance").await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("もう一度読み上げてもらってください"));
        assert_eq!(page.select(".digits span").join("-"), wrong);
        assert_eq!(page.attr("#f-number", "value").unwrap(), wrong, "as typed");
        assert!(!page.text().contains("ハナコ"));
        assert_eq!(lines(&town).await[0].0, Verb::LookedUpNobody);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_replaced_returned_void_and_unknown_are_told_apart() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let person = people_of::register(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (lost, number) = tagged(&town, person).await;
        tags::lose(town.db(), &nurse, lost, String::new())
            .await
            .unwrap();
        assert!(answer(&town, &number).await.contains("紛失の届け"));
        tags::find_again(town.db(), &nurse, lost).await.unwrap();
        tags::return_tag(town.db(), &nurse, lost, String::new())
            .await
            .unwrap();
        assert!(answer(&town, &number).await.contains("返却された番号"));
        tags::void(town.db(), &nurse, lost, String::new())
            .await
            .unwrap();
        assert!(answer(&town, &number).await.contains("無効にした番号"));
        let unknown = words::tag_number::TagNumber::from_body(987_654_321).unwrap();
        assert!(
            answer(&town, &unknown.to_string())
                .await
                .contains("登録がありません")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_tag_leads_to_its_owner_only_when_asked_outright() {
    on_both(async |town| {
        let (person, number) = hanako(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let tag = tags::list_for_person(&mut conn, &nurse, person)
            .await
            .unwrap()[0]
            .id;
        drop(conn);
        tags::lose(town.db(), &nurse, tag, String::new())
            .await
            .unwrap();
        let night = town.sign_in(Role::NightDesk).await;
        assert!(
            !call(&night, &number, "police")
                .await
                .text()
                .contains("ハナコ")
        );
        let asked = [
            ("number", &*number),
            ("caller", "police"),
            ("owner_too", "yes"),
        ];
        let page = night.post("/desk/inquiries", &asked).await;
        assert_eq!(page.select(".said")[0], "南野 ハナコ");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_towns_number_leads_to_that_towns_telephone() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let there = town.sign_in_at(&town.kitami, Role::NightDesk).await;
        let page = call(&there, &number, "ambulance").await;
        assert!(page.select(".banner-title").concat().contains("みなみ町"));
        assert!(page.text().contains("03-0100-000") && !page.text().contains("ハナコ"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_withdrew_is_not_opened_at_the_desk() {
    on_both(async |town| {
        let (person, number) = hanako(&town).await;
        let deed = town.deed().await;
        let on = jiff::civil::date(2026, 11, 19);
        people::set_state(town.db(), &deed, person, 1, State::Withdrawn, on)
            .await
            .unwrap();
        let night = town.sign_in(Role::NightDesk).await;
        let page = call(&night, &number, "ambulance").await;
        assert!(page.text().contains("登録を辞退") && !page.text().contains("ハナコ"));
        let tell = [("tier", "identity"), ("basis", "basis.life")];
        let told = night
            .post(&format!("{}/disclosures", inquiry_of(&page)), &tell)
            .await;
        assert_eq!(told.status, 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_numbers_of_nobody_are_told_to_the_auditors() {
    let town = Town::build(db::Engine::Sqlite).await;
    let night = town.sign_in(Role::NightDesk).await;
    for _ in 0..32 {
        call(&night, "12345678901", "ambulance").await;
    }
    let slowed = lines(&town)
        .await
        .into_iter()
        .filter(|(verb, ..)| *verb == Verb::Slowed);
    assert_eq!(
        slowed.count(),
        1,
        "told once an hour, and the desk is never stopped"
    );
}
