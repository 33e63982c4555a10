//! Stories of the drawn areas: whom they reach, and that nobody is lost without a word.

use mimamori::ids::PersonId;
use mimamori::people;
use mimamori::scope::Role;
use words::address::Address;

use super::find;
use crate::hanako;
use crate::town::{Client, Town, on_both};

async fn lives_at(town: &Town, address: &str) -> PersonId {
    let mut draft = hanako::draft();
    draft.identity.address = Some(Address::parse(address).unwrap());
    draft.identity.postcode = None;
    let deed = town.deed().await;
    people::register(town.db(), &deed, draft).await.unwrap()
}

async fn draw(town: &Town, admin: &Client, lines: &str) {
    let path = format!("/town/centers/{}/areas", town.minami.center);
    let page = admin.post(&path, &[("lines", lines)]).await;
    assert_eq!(page.status, 303);
    assert_eq!(page.header("location"), "/town/areas");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_says_whom_it_reaches_and_whoever_is_reached_by_none_is_found() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        draw(&town, &admin, "大森北1丁目\n大森西").await;
        let near = lives_at(&town, "大田区大森北町1-2-3").await;
        for number in 1..=3 {
            lives_at(&town, &format!("大田区山手2-3-{number}")).await;
        }
        let odd = lives_at(&town, "佐藤ヨシ方").await;
        let deed = town.deed().await;
        let center = async |id| find(&town, &deed, id).await.standing.center;
        let south = Some(town.minami.center);
        assert_eq!(center(near).await, south, "written with 町");
        let page = admin.get("/town/areas").await;
        for words in [
            "当てはまる方",
            "4人います",
            "山手2丁目　3人",
            "そのほか　1人",
        ] {
            assert!(page.text().contains(words), "{words} in {}", page.text());
        }
        assert!(!page.text().contains("佐藤ヨシ"), "nobody is named");
        let rows = page.select("tbody tr");
        assert!(
            rows.iter()
                .any(|row| row.starts_with("大森北1丁目") && row.contains("1人")),
            "{rows:?}"
        );
        assert!(
            rows.iter()
                .any(|row| row.starts_with("大森西") && row.contains("0人")),
            "{rows:?}"
        );
        let nurse = town.sign_in(Role::CenterStaff).await;
        let listed = nurse.get("/people?center=none").await;
        assert!(listed.text().contains("4人中"), "{}", listed.text());
        // The line is added: who is there already is put under the center on a word, and only they.
        draw(&town, &admin, "大森北1丁目\n大森西\n山手").await;
        let page = admin.get("/town/areas").await;
        assert!(
            page.text().contains("これから決められる方が3人"),
            "{}",
            page.text()
        );
        assert_eq!(admin.post("/town/areas/settling", &[]).await.status, 303);
        let page = admin.get("/town/areas").await;
        assert!(page.text().contains("3人の担当センターを決めました"));
        assert!(!page.text().contains("これから決められる方"));
        assert_eq!(center(odd).await, None);
        let listed = nurse.get("/people?center=none").await;
        assert!(listed.text().contains("1人中"), "{}", listed.text());
    })
    .await;
}
