//! Agreement organisations: their link, their term, their numbers.

use mimamori::notices::{self, Ending, Way};
use mimamori::scope::Role;
use mimamori::tasks::{self, Kind, Whose};

use super::{HOME, all, areas, minute, send};
use crate::papers::words_on;
use crate::town::{Client, Page, Town, on_both};

const NEW: &[(&str, &str)] = &[
    ("name", "みなみ新聞販売所"),
    ("trade", "newspaper"),
    ("began_on", "2026-01-10"),
    ("ends_on", "令和9年3月1日"),
    ("person", "配田 進"),
    ("phone", "03-0555-0001"),
];

async fn added(admin: &Client) -> String {
    let saved = admin.post("/notices/agreements", NEW).await;
    assert_eq!(saved.status, 303);
    saved.location().to_owned()
}

/// The path of the link that is shown once.
async fn link(admin: &Client, path: &str, version: &str) -> String {
    let page = admin
        .post(&format!("{path}/link"), &[("version", version)])
        .await;
    assert!(page.text().contains("<svg"), "with its QR");
    let link = page.select("code").remove(0);
    link[link.find("/n/o/").unwrap()..].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_tells_by_a_link_of_its_own_and_sees_nothing() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let path = added(&admin).await;
        let first = link(&admin, &path, "1").await;
        let carrier = town.visitor_from("203.0.113.20");
        let page = carrier.get(&first).await;
        assert!(page.text().contains("みなみ新聞販売所") && page.text().contains("tel:119"));
        for _ in 0..8 {
            let told = [("signs", "post"), ("place", HOME)];
            assert_eq!(send(&carrier, &first, &told).await.status, 200);
        }
        let told = all(&town).await;
        assert!(told.iter().all(|one| one.way == Way::Link && !one.flood));
        assert!(
            told.iter().all(|one| one.source == told[0].source),
            "one source"
        );
        for hidden in ["大森", "みなみ荘", &told[0].id.to_string(), "配田"] {
            assert!(
                !carrier.get(&first).await.text().contains(hidden),
                "{hidden}"
            );
        }
        let secret = first.rsplit('/').next().unwrap();
        assert!(
            !admin.get(&path).await.text().contains(secret),
            "shown once"
        );
        assert!(admin.get(&path).await.text().contains("8件"));
        let letter = [("year", "2026")];
        let id = path.rsplit('/').next().unwrap();
        let letter = admin
            .post(&format!("/papers/agreements/{id}"), &letter)
            .await;
        assert!(on_one_line(&letter).contains("8件のお知らせ"));
        let second = link(&admin, &path, "2").await;
        assert_eq!(
            carrier.get(&first).await.status,
            404,
            "the one before is dead"
        );
        assert_eq!(carrier.post(&first, &[("signs", "post")]).await.status, 404);
        assert_eq!(carrier.get(&second).await.status, 200);
        admin
            .post(&format!("{path}/close"), &[("version", "3")])
            .await;
        assert_eq!(carrier.get(&second).await.status, 404, "it has ended");
        assert_eq!(all(&town).await.len(), 8);
    })
    .await;
}

/// The words of a paper, wherever its lines end.
fn on_one_line(paper: &Page) -> String {
    words_on(paper).split_whitespace().collect()
}

async fn renewals(town: &Town) -> usize {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
    all.iter()
        .filter(|task| task.kind == Kind::Agreement)
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_is_asked_for_sixty_days_before_its_end_and_once() {
    on_both(async |town| {
        let path = added(&town.sign_in(Role::CenterHead).await).await;
        town.at("2026-12-30T10:00:00+09:00");
        minute(&town).await;
        assert_eq!(renewals(&town).await, 0);
        town.at("2026-12-31T10:00:00+09:00");
        minute(&town).await;
        minute(&town).await;
        assert_eq!(renewals(&town).await, 1);
        let head = town.sign_in(Role::CenterHead).await;
        head.post(&format!("{path}/renewal"), &[("version", "1")])
            .await;
        assert!(head.get(&path).await.text().contains("2028-03-01"));
        minute(&town).await;
        assert_eq!(renewals(&town).await, 1, "the new term is far away");
        let refused = head
            .post(
                "/notices/agreements",
                &[("name", "x"), ("ends_on", "あした")],
            )
            .await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attr("#f-ends_on", "value").unwrap(), "あした");
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(nurse.get(&path).await.status, 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_yearly_letter_tells_the_carrier_nothing_of_the_neighbour() {
    on_both(async |town| {
        areas(&town).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let path = added(&admin).await;
        let first = link(&admin, &path, "1").await;
        let carrier = town.visitor_from("203.0.113.20");
        for place in [
            HOME,
            "大森中1-4-4",
            "大森中1-4-5",
            "大森中1-4-6",
            "大森中1-4-7",
        ] {
            send(&carrier, &first, &[("signs", "post"), ("place", place)]).await;
        }
        let deed = town.deed().await;
        let id = all(&town).await[0].id;
        let ended = notices::end(town.db(), &deed, id, 1, Ending::Other, "保健所へ").await;
        ended.unwrap();
        let paper = format!("/papers/agreements/{}", path.rsplit('/').next().unwrap());
        let year = [("year", "2026")];
        let letter = on_one_line(&admin.post(&paper, &year).await);
        for words in ["5件のお知らせ", "確かめています", "配田進様"] {
            assert!(letter.contains(words), "{words} in {letter}");
        }
        for words in [
            "ほかの機関",
            "手助けにつなげ",
            "1件のお知らせ",
            "確かめました",
        ] {
            assert!(!letter.contains(words), "{words} in {letter}");
        }
        // A head counts the own center's only, and fewer than five are no number outside.
        let head = town.sign_in(Role::CenterHead).await;
        let page = head.get(&path).await.text();
        assert!(
            page.contains("ほかの機関へつなぐ：1件") && !page.contains("5件"),
            "{page}"
        );
        let letter = on_one_line(&head.post(&paper, &year).await);
        assert!(
            letter.contains("当センターにお知らせをいただきました"),
            "{letter}"
        );
        assert!(letter.contains("確かめました"), "{letter}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_outlives_its_term_by_thirty_days() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let path = added(&admin).await;
        let first = link(&admin, &path, "1").await;
        let carrier = town.visitor_from("203.0.113.20");
        town.at("2027-03-31T10:00:00+09:00");
        assert_eq!(carrier.get(&first).await.status, 200);
        town.at("2027-04-01T10:00:00+09:00");
        let over = carrier.get(&first).await;
        assert!(over.status == 404 && over.text().contains("協定の期間が終わったか"));
        assert!(!over.text().contains("みなみ新聞販売所"), "whose it was");
        let words = [("signs", "post"), ("place", HOME)];
        let told = carrier.post(&first, &words).await;
        assert!(told.status == 404 && told.text().contains("tel:119"));
        assert_eq!(told.attr("#f-place", "value").unwrap(), HOME, "as typed");
        assert_eq!(told.attr("form", "action").unwrap(), "/n/minami");
        assert_eq!(all(&town).await.len(), 0);
        send(&carrier, "/n/minami", &words).await;
        assert_eq!(all(&town).await.len(), 1, "from the page that it led to");
        let admin = town.sign_in(Role::TownAdmin).await;
        let version = [("version", "2")];
        admin.post(&format!("{path}/renewal"), &version).await;
        assert_eq!(carrier.get(&first).await.status, 200, "renewed");
    })
    .await;
}
