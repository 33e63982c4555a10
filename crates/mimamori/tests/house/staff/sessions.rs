//! Sessions end; forms outlive them; pages are guarded.

use mimamori::scope::{RIGHTS, Role};
use mimamori::staff::{self, Card, Refusal};

use super::{knock, place};
use crate::town::{PASSWORD, Page, Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_idle_old_revoked_or_suspended() {
    on_both(async |town| {
        let over = |page: Page| page.location().starts_with("/login");
        let idle = town.sign_in(Role::Auditor).await;
        town.pass(29 * 60);
        assert!(!over(idle.get("/account").await));
        town.pass(29 * 60);
        assert!(!over(idle.get("/account").await), "used in between");
        town.pass(30 * 60);
        assert!(over(idle.get("/account").await));
        let old = town.sign_in(Role::Auditor).await;
        for _ in 0..25 {
            town.pass(28 * 60);
            old.get("/account").await;
        }
        town.pass(20 * 60);
        assert!(
            over(old.get("/account").await),
            "after twelve hours, used or not"
        );
        let (mine, other) = (
            town.sign_in(Role::Auditor).await,
            town.sign_in(Role::Auditor).await,
        );
        let page = mine.get("/account").await;
        let end = page
            .attr("form[action$='/end']:not([action*='others'])", "action")
            .unwrap();
        let done = mine.post(&end, &[]).await;
        assert_eq!(done.location(), "/account");
        assert!(
            mine.get("/account")
                .await
                .text()
                .contains("ログインを終了しました")
        );
        let before = mine.get("/account").await;
        assert!(
            !before.text().contains("ログインを終了しました"),
            "said once"
        );
        mine.post("/account/sessions/others/end", &[]).await;
        assert!(over(other.get("/account").await));
        let admin = town.sign_in(Role::TownAdmin).await;
        let one = format!("/staff/{}", town.minami.staff(Role::Auditor));
        assert_eq!(admin.post(&format!("{one}/suspend"), &[]).await.status, 303);
        assert!(over(mine.get("/account").await), "at once");
        let page = admin.get(&one).await;
        let undo = page.attr(".flash form", "action").unwrap();
        assert_eq!(admin.post(&undo, &[]).await.status, 303);
        assert_eq!(admin.get(&one).await.select(".flash p"), ["再開しました。"]);
        let out = town.sign_in(Role::Auditor).await;
        assert_eq!(out.post("/logout", &[]).await.location(), "/login");
        assert!(over(out.get("/account").await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_outlives_its_session() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        town.pass(31 * 60);
        let fields = [
            ("name", "ひがしセンター & \"港\""),
            ("address", "みなみ町2丁目"),
            ("day_phone", ""),
            ("password", "秘密の言葉"),
        ];
        let page = admin.post("/town/centers", &fields).await;
        assert_eq!(page.status, 401);
        assert!(page.text().contains("入力した内容は残っています"));
        assert!(
            !page.text().contains("秘密の言葉"),
            "a password is not kept"
        );
        let kept = page.attr("input[name=kept]", "value").unwrap();
        let (email, town_name) = (
            town.email(Role::TownAdmin),
            page.attr("option[selected]", "value").unwrap(),
        );
        let wrong = [
            ("town", "minami"),
            ("email", &email),
            ("password", "ちがいます"),
            ("kept", &kept),
        ];
        let again = admin.post("/login", &wrong).await;
        assert_eq!(
            again.attr("input[name=kept]", "value").as_ref(),
            Some(&kept),
            "kept through a wrong password"
        );
        let right = [
            ("town", town_name.as_str()),
            ("email", &email),
            ("password", PASSWORD),
            ("kept", &kept),
        ];
        let ready = admin.post("/login", &right).await;
        assert_eq!(ready.status, 200);
        let hidden = ready.hidden("/town/centers");
        let pairs: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(pairs, &fields[..3]);
        let sent = admin.post("/town/centers", &pairs).await;
        assert_eq!(sent.status, 303);
        assert!(
            admin
                .get("/town/centers")
                .await
                .text()
                .contains("ひがしセンター &amp; &quot;港&quot;")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        for site in ["cross-site", "same-site"] {
            let page = admin
                .post_from(site, "/town/centers", &[("name", "よそ")])
                .await;
            assert_eq!(page.status, 403, "{site}");
        }
        let request = axum::http::Request::post("/town/centers")
            .header("origin", "https://elsewhere.example.jp")
            .header("host", "mimamori.example.jp")
            .body(axum::body::Body::empty());
        assert_eq!(
            admin.send(request.unwrap()).await.status,
            403,
            "an older browser names its origin"
        );
        assert!(!admin.get("/town/centers").await.text().contains("よそ"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_cookies_are_guarded() {
    let town = Town::build(db::Engine::Sqlite).await;
    let client = town.visitor();
    let page = knock(&client, &town.email(Role::Auditor), PASSWORD).await;
    let cookie = page.header("set-cookie");
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"),
        "{cookie}"
    );
    let page = client.get("/account").await;
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert!(!page.header("content-security-policy").contains("unsafe"));
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.header(name), value);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_neither_shuts_out_himself_nor_the_last_one() {
    on_both(async |town| {
        let deed = town.deed_of(Role::TownAdmin).await;
        let myself = town.minami.staff(Role::TownAdmin);
        let refused = staff::suspend(town.db(), &deed, myself).await;
        assert!(matches!(refused, Err(Refusal::Yourself)));
        let program = town.deed().await;
        let last = staff::suspend(town.db(), &program, myself).await;
        assert!(matches!(last, Err(Refusal::LastAdmin)));
        let auditor = town.minami.staff(Role::Auditor);
        let late = staff::move_account(town.db(), &deed, auditor, 1, place(Role::NightDesk)).await;
        assert!(
            matches!(late, Err(Refusal::Db(db::Error::Changed))),
            "somebody saved first"
        );
        let lacking =
            staff::move_account(town.db(), &deed, auditor, 2, place(Role::CenterStaff)).await;
        assert!(matches!(lacking, Err(Refusal::PlaceNotWhole)));
        let theirs = staff::suspend(town.db(), &deed, town.kitami.staff(Role::Auditor)).await;
        assert!(matches!(theirs, Err(Refusal::NotFound)));
        let double = Card {
            name: "同じ 人".to_owned(),
            email: town.email(Role::Auditor).to_uppercase(),
        };
        let taken = staff::invite(town.db(), &deed, double, place(Role::Auditor)).await;
        assert!(matches!(taken, Err(Refusal::EmailTaken)));
        staff::move_account(town.db(), &deed, auditor, 2, place(Role::NightDesk))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_the_other_sessions() {
    on_both(async |town| {
        let (mine, other) = (
            town.sign_in(Role::Auditor).await,
            town.sign_in(Role::Auditor).await,
        );
        let new = "遠い灯台と青い湯のみとりんご";
        let fields = |password, again| {
            [
                ("password", password),
                ("new_password", new),
                ("new_password_again", again),
            ]
        };
        assert_eq!(
            mine.post("/account/password", &fields("ちがう", new))
                .await
                .status,
            422
        );
        assert_eq!(
            mine.post("/account/password", &fields(PASSWORD, "x"))
                .await
                .status,
            422
        );
        assert_eq!(
            mine.post("/account/password", &fields(PASSWORD, new))
                .await
                .status,
            303
        );
        assert_eq!(mine.get("/account").await.status, 200);
        assert!(other.get("/account").await.location().starts_with("/login"));
        assert_eq!(
            knock(&town.visitor(), &town.email(Role::Auditor), PASSWORD)
                .await
                .status,
            422
        );
        assert_eq!(
            knock(&town.visitor(), &town.email(Role::Auditor), new)
                .await
                .status,
            303
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rights_page_says_who_may_see_a_person() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await.get("/rights").await;
        assert_eq!(nurse.select("tbody tr").len(), RIGHTS.len());
        assert!(
            !nurse.text().contains("夜野 守"),
            "names are for those who manage or audit"
        );
        let auditor = town.sign_in(Role::Auditor).await.get("/rights").await;
        assert!(auditor.text().contains("夜野 守"));
        assert!(!auditor.text().contains("kitami"));
    })
    .await;
}
