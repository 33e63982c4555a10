//! What the head of a center sees of all cases, two of one person among them; and how cases are found
//! again.

use jiff::civil::date;
use mimamori::cases::{self, Access, Settings};
use mimamori::scope::Role;

use super::{WORDS, begin, close, find, first, of_nobody, open, someone};
use crate::hanako;
use crate::town::{Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_case_of_one_person_is_told_to_the_head_and_to_nobody_else() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let head = first(&town, Role::CenterHead).await;
        let hidden = begin(&town, &nurse.deed, person, Access::Named).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let path = format!("/people/{person}/cases");
        let before = colleague.client.get(&path).await.text();
        assert!(!before.contains("支援中の記録があります"));
        assert!(
            nurse
                .client
                .get(&path)
                .await
                .text()
                .contains("支援中の記録があります")
        );
        let second = begin(&town, &colleague.deed, person, Access::Center).await;
        let listed = async || {
            let page = head.client.get("/cases/load").await;
            let lines = page.select("section li");
            lines.iter().any(|line| line.contains(" と "))
        };
        assert!(listed().await);
        let center = head.client.get("/center").await.text();
        assert!(center.contains("同じ方の支援が2つあるもの"));
        let page = colleague.client.get("/cases/load").await;
        assert_eq!(page.status, 403);
        assert!(!tells_of(&town, &colleague.client.get(&path).await.text(), hidden).await);
        let number = find(&town, second).await.number;
        let link = cases::add_link(town.db(), &head.deed, hidden, number, "同じ方".to_owned());
        link.await.unwrap();
        assert!(!listed().await, "they are known to belong together");
    })
    .await;
}

async fn tells_of(town: &Town, page: &str, case: mimamori::ids::CaseId) -> bool {
    page.contains(&find(town, case).await.name()) || page.contains(&case.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_another_centers_case_the_head_hears_which_center_unless_it_is_for_named_people() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let head = first(&town, Role::CenterHead).await;
        begin(&town, &head.deed, person, Access::Center).await;
        let there = town.minami.other_center;
        let away = someone(&town, Role::CenterStaff, there, "北見 遠子").await;
        let named = begin(&town, &away.deed, person, Access::Named).await;
        let told = async || {
            let page = head.client.get("/cases/load").await.text();
            assert!(!tells_of(&town, &page, named).await);
            page.contains("でも、この方を支援しています")
        };
        assert!(!told().await);
        open(&town, &away.deed, there, person).await;
        assert!(told().await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_sees_the_load_of_each_professional_with_what_is_late_and_unreviewed() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let head = first(&town, Role::CenterHead).await;
        let asks = Settings {
            closing_second: true,
            ..Settings::default()
        };
        cases::change_settings(town.db(), &head.deed, asks)
            .await
            .unwrap();
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let due = date(2026, 11, 24);
        cases::add_step(town.db(), &nurse.deed, case, due, "訪問".to_owned())
            .await
            .unwrap();
        let closed = of_nobody(&town, &nurse.deed).await;
        close(&town, &nurse.deed, closed).await;
        town.at("2027-06-21T10:00:00+09:00");
        let head = first(&town, Role::CenterHead).await;
        let page = head.client.get("/cases/load").await;
        let row = &page.select("tbody tr")[0];
        let cells: Vec<String> = page.select("tbody tr:first-child td");
        let figures: Vec<&str> = cells[..4].iter().map(|cell| cell.trim()).collect();
        assert_eq!(figures, ["1", "1", "1", "1"], "{row}");
        assert!(
            row.contains("2026年11月20日") && row.contains("213日"),
            "{row}"
        );
        assert!(page.text().contains(&format!("/cases/{closed}")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_found_by_its_words_and_in_the_list_of_all_by_whoever_may_see_it() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let away = someone(
            &town,
            Role::CenterHead,
            town.minami.other_center,
            "北山 長子",
        )
        .await;
        let hidden = begin(&town, &nurse.deed, person, Access::Named).await;
        let shared = of_nobody(&town, &nurse.deed).await;
        close(&town, &nurse.deed, shared).await;
        for (who, sees) in [
            (&nurse, vec![hidden, shared]),
            (&colleague, vec![shared]),
            (&away, vec![]),
        ] {
            for words in [WORDS[1], "どなりごえ", "怒鳴り声"] {
                let page = who
                    .client
                    .post("/cases/search", &[("q", words)])
                    .await
                    .text();
                let listed = who.client.get("/cases?list=all").await.text();
                for case in [hidden, shared] {
                    let link = format!("/cases/{case}\"");
                    let said = words != "どなりごえ";
                    assert_eq!(
                        page.contains(&link),
                        said && sees.contains(&case),
                        "{words}"
                    );
                    assert_eq!(listed.contains(&link), sees.contains(&case));
                }
            }
        }
    })
    .await;
}
