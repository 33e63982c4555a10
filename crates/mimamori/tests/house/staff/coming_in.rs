//! Invited, signed in, slowed.

use mimamori::networks::{self, SecondFactor};
use mimamori::scope::Role;
use mimamori::staff::{self, Refusal};
use seal::SecretToken;

use super::{NEW, code_at, invited, knock, set_up};
use crate::town::{PASSWORD, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_works_once() {
    on_both(async |town| {
        let link = invited(&town).await;
        let visitor = town.visitor();
        let page = visitor.get(&link).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("new@minami.example.jp"));
        for (field, value) in [
            ("password", "短い"),
            ("password", "password1234"),
            ("name", ""),
            ("password_again", "x"),
        ] {
            let mut fields = NEW.to_vec();
            fields
                .iter_mut()
                .find(|(name, _)| *name == field)
                .unwrap()
                .1 = value;
            let refused = visitor.post(&link, &fields).await;
            assert_eq!(refused.status, 422, "{field} {value}");
            assert!(
                !refused.select(&format!("#f-{field}-problem")).is_empty(),
                "{field} {value}"
            );
        }
        let accepted = visitor.post(&link, NEW).await;
        assert_eq!(
            accepted.status, 200,
            "a night desk goes on to the second factor"
        );
        assert!(visitor.cookie("mimamori").is_some());
        assert!(
            visitor
                .get("/account")
                .await
                .location()
                .starts_with("/login"),
            "half a log-in opens nothing"
        );
        assert_eq!(set_up(&town, &visitor).await.1.len(), 10);
        assert_eq!(visitor.get("/account").await.status, 200);
        assert_eq!(town.visitor().get(&link).await.status, 422, "used");
        assert_eq!(town.visitor().post(&link, NEW).await.status, 422, "used");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_ends_after_three_days_or_by_a_newer_one() {
    on_both(async |town| {
        let link = invited(&town).await;
        town.pass(72 * 3600 - 1);
        assert_eq!(town.visitor().get(&link).await.status, 200);
        town.pass(1);
        assert_eq!(town.visitor().get(&link).await.status, 422);
        let admin = town.sign_in(Role::TownAdmin).await;
        let deed = town.deed().await;
        let secret = SecretToken::read(link.split_once('.').unwrap().1).unwrap();
        let over = staff::find_invited(town.db(), &deed, &secret).await;
        assert!(matches!(over, Err(Refusal::InvitationOver)));
        let list = admin.get("/staff").await;
        let one = list.attr("tr:last-child th a", "href").unwrap();
        let again = admin.post(&format!("{one}/invite"), &[]).await;
        let first = again.select("code.secret")[0].clone();
        let again = admin.post(&format!("{one}/invite"), &[]).await;
        let second = again.select("code.secret")[0].clone();
        let path = |link: &str| link[link.find("/join/").unwrap()..].to_owned();
        assert_eq!(
            town.visitor().get(&path(&first)).await.status,
            422,
            "a newer link ends the older"
        );
        assert_eq!(town.visitor().get(&path(&second)).await.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once_and_a_recovery_code_too() {
    on_both(async |town| {
        let (link, visitor) = (invited(&town).await, town.visitor());
        visitor.post(&link, NEW).await;
        let (secret, codes) = set_up(&town, &visitor).await;
        let sign_in = async || {
            let client = town.visitor();
            let page = knock(&client, "new@minami.example.jp", NEW[1].1).await;
            assert_eq!(page.select("h1"), ["二段階認証"]);
            client
        };
        let code = code_at(&secret, town.app.now().as_second());
        let client = sign_in().await;
        assert_eq!(
            client.post("/login/code", &[("code", &code)]).await.status,
            422,
            "used at the set-up"
        );
        assert_eq!(
            client.get("/login/factor").await.location(),
            "/login/code",
            "the password alone replaces nothing"
        );
        town.pass(60);
        let code = code_at(&secret, town.app.now().as_second());
        let half = client.cookie("mimamori");
        assert_eq!(
            client
                .post("/login/code", &[("code", &code)])
                .await
                .location(),
            "/"
        );
        assert_ne!(
            client.cookie("mimamori"),
            half,
            "a new secret for the full session"
        );
        assert_eq!(client.get("/account").await.status, 200);
        let client = sign_in().await;
        assert_eq!(
            client.post("/login/code", &[("code", &code)]).await.status,
            422,
            "used"
        );
        let small = codes[0].to_lowercase().replace('-', " ");
        assert_eq!(
            client.post("/login/code", &[("code", &small)]).await.status,
            303
        );
        let client = sign_in().await;
        assert_eq!(
            client
                .post("/login/code", &[("code", &codes[0])])
                .await
                .status,
            422,
            "used"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_are_slowed() {
    on_both(async |town| {
        let (link, visitor) = (invited(&town).await, town.visitor());
        visitor.post(&link, NEW).await;
        let (secret, _) = set_up(&town, &visitor).await;
        town.pass(60);
        let client = town.visitor();
        knock(&client, "new@minami.example.jp", NEW[1].1).await;
        for _ in 0..5 {
            client.post("/login/code", &[("code", "000000")]).await;
        }
        let code = code_at(&secret, town.app.now().as_second());
        let slowed = client.post("/login/code", &[("code", &code)]).await;
        assert!(slowed.text().contains("15秒"), "even the right one waits");
        town.pass(15);
        let code = code_at(&secret, town.app.now().as_second());
        assert_eq!(
            client.post("/login/code", &[("code", &code)]).await.status,
            303
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_town_may_turn_the_second_factor_off() {
    on_both(async |town| {
        let client = town.visitor();
        knock(&client, &town.email(Role::CenterStaff), PASSWORD).await;
        assert!(
            client
                .get("/account")
                .await
                .location()
                .starts_with("/login")
        );
        let auditor = town.visitor();
        assert_eq!(
            knock(&auditor, &town.email(Role::Auditor), PASSWORD)
                .await
                .location(),
            "/",
            "sees nothing medical"
        );
        let deed = town.deed_of(Role::TownAdmin).await;
        let found = networks::find_town(&mut town.db().read().await.unwrap(), &deed.scope).await;
        let settings = found.unwrap().unwrap();
        let off = networks::Town {
            second_factor: SecondFactor::Voluntary,
            ..settings
        };
        networks::change_town(town.db(), &deed, off).await.unwrap();
        let client = town.visitor();
        assert_eq!(
            knock(&client, &town.email(Role::CenterStaff), PASSWORD)
                .await
                .location(),
            "/"
        );
        assert_eq!(client.get("/account").await.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_let_in_learns_nothing() {
    on_both(async |town| {
        let deed = town.deed_of(Role::TownAdmin).await;
        staff::suspend(town.db(), &deed, town.minami.staff(Role::NightDesk))
            .await
            .unwrap();
        let mut told = Vec::new();
        for (email, password) in [
            (town.email(Role::Auditor), "ちがうパスワードです"),
            ("nobody@minami.example.jp".to_owned(), PASSWORD),
            (town.email(Role::NightDesk), PASSWORD),
            ("auditor@kitami.example.jp".to_owned(), PASSWORD),
        ] {
            let page = knock(&town.visitor(), &email, password).await;
            told.push((page.status, page.select(".problem")));
            assert!(
                !page.text().contains(password),
                "a password is never sent back"
            );
        }
        assert!(told.iter().all(|page| *page == told[0]), "{told:?}");
        assert_eq!(told[0].0, 422);
        let no_town = town
            .visitor()
            .post("/login", &[("email", "a@b.jp"), ("password", PASSWORD)])
            .await;
        assert!(
            !no_town.select("#f-town-problem").is_empty(),
            "with two towns it asks which"
        );
        assert_eq!(town.visitor().get("/t/minami").await.status, 200);
        assert_eq!(town.visitor().get("/t/nowhere").await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_and_locks_nobody_else_out() {
    on_both(async |town| {
        let (auditor, admin) = (town.email(Role::Auditor), town.email(Role::TownAdmin));
        let center = town.visitor_from("192.0.2.10");
        assert_eq!(
            knock(&center, &auditor, PASSWORD).await.status,
            303,
            "known from here"
        );
        let elsewhere = town.visitor_from("198.51.100.7");
        for _ in 0..5 {
            assert_eq!(
                knock(&elsewhere, &auditor, "ちがうパスワード").await.status,
                422
            );
        }
        let slowed = knock(&elsewhere, &auditor, PASSWORD).await;
        assert_eq!(slowed.status, 429, "even the right one waits there");
        for other in ["198.51.100.8", "198.51.100.9"] {
            for _ in 0..3 {
                knock(&town.visitor_from(other), &auditor, "ちがうパスワード").await;
            }
        }
        let far = town.visitor_from("203.0.113.5");
        assert_eq!(
            knock(&far, &auditor, PASSWORD).await.status,
            429,
            "the account is slow from new addresses"
        );
        assert_eq!(
            knock(&center, &auditor, PASSWORD).await.status,
            303,
            "and not from where it is known"
        );
        assert_eq!(
            knock(&far, &admin, PASSWORD).await.status,
            303,
            "other accounts are not touched"
        );
        town.pass(15 * 60);
        assert_eq!(
            knock(&far, &auditor, PASSWORD).await.status,
            303,
            "nobody waits longer than that"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_day_of_tasks_begins_at_the_own_work() {
    on_both(async |town| {
        for (role, place) in [(Role::TownAdmin, "/town"), (Role::Auditor, "/audit")] {
            let page = town.sign_in(role).await.get("/").await;
            assert_eq!((page.status, page.location()), (303, place));
        }
    })
    .await;
}
