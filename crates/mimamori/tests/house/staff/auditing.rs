//! The auditor reads who saw what, and sees nobody.

use mimamori::audit::{self, Fields, Line, Verb};
use mimamori::scope::Role;

use crate::hanako;
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn the_auditor_sees_who_saw_what_and_nobody() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        nurse.get(&format!("/people/{hanako}")).await;
        let auditor = town.sign_in(Role::Auditor).await;
        let page = auditor.get("/audit").await;
        assert_eq!(page.status, 200);
        let first = page.select("tbody tr:first-child").remove(0);
        assert!(
            first.contains("監物 見") && first.contains("記録の閲覧"),
            "{first}"
        );
        let text = page.text();
        assert!(text.contains("中村 看子") && text.contains(&hanako.to_string()));
        for word in ["南野", "ハナコ", "ミナミノ", "心房細動", "03-0188-7191"] {
            assert!(!text.contains(word), "{word}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_narrowed_by_account_act_and_person() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        nurse.get(&format!("/people/{hanako}")).await;
        let auditor = town.sign_in(Role::Auditor).await;
        let staff = town.minami.staff(Role::CenterStaff);
        let path = format!("/audit?staff={staff}&verb=saw&person={hanako}");
        let page = auditor.get(&path).await;
        let rows = page.select("tbody tr");
        assert!(!rows.is_empty());
        assert!(
            rows.iter()
                .all(|row| row.contains("閲覧") && row.contains("中村 看子"))
        );
        let page = auditor
            .get("/audit?person=0000000000000001&verb=&staff=")
            .await;
        assert_eq!(page.select("tbody tr").len(), 1, "only this reading itself");
        let page = auditor.get("/audit?person=hanako").await;
        assert_eq!(page.status, 422);
        assert_eq!(page.attr("#f-person", "value").as_deref(), Some("hanako"));
        assert!(page.text().contains("16けた"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_lines_a_page_and_the_state_of_the_seals() {
    on_both(async |town| {
        let deed = town.deed().await;
        for _ in 0..60 {
            let line = Line::new(Verb::Noted, None, Fields::NOTHING);
            audit::witness(town.db(), &deed, line).await.unwrap();
        }
        let auditor = town.sign_in(Role::Auditor).await;
        let page = auditor.get("/audit").await;
        assert!(page.text().contains("封はまだありません"));
        assert_eq!(page.select("tbody tr").len(), 50);
        let next = page.attr("a[rel=next]", "href").unwrap();
        assert!(auditor.get(&next).await.select("tbody tr").len() > 10);
        audit::seal_round(town.db(), &deed).await.unwrap();
        let page = auditor.get("/audit").await;
        assert!(page.text().contains("最後の封は1番"));
        assert!(
            page.text().contains("封を待つ記録は1行"),
            "this reading itself"
        );
    })
    .await;
}
