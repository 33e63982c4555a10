//! Weak notices add up, a flood does not, and the page explains the sum.

use mimamori::notices::{self, Ending};
use mimamori::scope::Role;

use super::{HOME, areas, hanako, notice, send, told};
use crate::town::on_both;

/// The sums of the triage list, from the top.
fn sums(page: &crate::town::Page) -> Vec<String> {
    page.select("tbody td:nth-child(4) strong")
}

#[tokio::test(flavor = "multi_thread")]
async fn three_weak_signs_in_a_fortnight_stand_above_one_old_strong_one_and_a_flood_below() {
    on_both(async |town| {
        areas(&town).await;
        let strong = told(&town, &["smell"], "大森北1-7-7", "03-0111-0001").await;
        town.pass(2 * 86_400);
        let flooder = town.visitor_from("198.51.100.7");
        for _ in 0..6 {
            send(
                &flooder,
                "/n/minami",
                &[("signs", "shopping"), ("place", "大森北1-8-8")],
            )
            .await;
        }
        town.pass(86_400);
        let mut weak = Vec::new();
        for (sign, phone) in [
            ("shopping", "03-0111-0002"),
            ("confused", "03-0111-0003"),
            ("changed", "03-0111-0004"),
        ] {
            weak.push(told(&town, &[sign], HOME, phone).await);
            town.pass(3 * 86_400);
        }
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get("/notices").await;
        let (at, text) = (|id: mimamori::ids::NoticeId| id.to_string(), page.text());
        let place = |id| text.find(&at(id)).unwrap();
        let flood = super::all(&town).await[1].id;
        assert!(
            weak.iter().all(|one| place(*one) < place(strong)),
            "{:?}",
            sums(&page)
        );
        assert!(place(strong) < place(flood), "{:?}", sums(&page));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sum_is_the_sum_of_its_lines_across_place_and_person() {
    on_both(async |town| {
        areas(&town).await;
        let person = hanako(&town).await;
        let one = told(
            &town,
            &["post"],
            "大森北１丁目２番３号　みなみ荘２０１",
            "03-0111-0001",
        )
        .await;
        town.pass(86_400);
        let two = told(&town, &["lost"], "みなみ駅前", "03-0111-0002").await;
        let three = told(&town, &["lights", "laundry"], HOME, "03-0111-0003").await;
        let slip = told(&town, &["bruises"], HOME, "03-0111-0004").await;
        let deed = town.deed_of(Role::CenterStaff).await;
        notices::tie(town.db(), &deed, two, 1, person, "ご本人が名のられた")
            .await
            .unwrap();
        notices::end(town.db(), &deed, slip, 1, Ending::Mistaken, "別の家")
            .await
            .unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        for id in [one, two, three] {
            let page = nurse.get(&format!("/notices/{id}")).await;
            let shown: Vec<i64> = page
                .select("table tbody td:last-child strong")
                .iter()
                .map(|text| text.replace('.', "").parse().unwrap())
                .collect();
            let (sum, lines) = shown.split_last().unwrap();
            assert_eq!(lines.len(), 3, "the slip does not count");
            assert_eq!(lines.iter().sum::<i64>(), *sum);
        }
        assert_eq!(notice(&town, two).await.place, 0, "a street is no house");
    })
    .await;
}
