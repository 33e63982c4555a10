//! Stories of accounts: invited, signed in, slowed, ended.

use mimamori::networks::{self, SecondFactor};
use mimamori::scope::Role;
use mimamori::staff::{self, Card, Place, Refusal};
use seal::SecretToken;

use crate::town::{Client, PASSWORD, Page, Town, on_both};

fn place(role: Role) -> Place {
    Place {
        role,
        center: None,
        organisation: None,
    }
}

/// Invites a night desk and gives the path of the link.
async fn invited(town: &Town) -> String {
    let deed = town.deed_of(Role::TownAdmin).await;
    let card = Card {
        name: "新山 来子".to_owned(),
        email: "new@minami.example.jp".to_owned(),
    };
    let invited = staff::invite(town.db(), &deed, card, place(Role::NightDesk))
        .await
        .unwrap();
    format!("/join/{}", invited.token)
}

const NEW: &[(&str, &str)] = &[
    ("name", "新山 来子"),
    ("password", "青い湯のみと遠い灯台とりんご"),
    ("password_again", "青い湯のみと遠い灯台とりんご"),
];

/// Signs in with address and password.
async fn knock(client: &Client, email: &str, password: &str) -> Page {
    let fields = [("town", "minami"), ("email", email), ("password", password)];
    client.post("/login", &fields).await
}

/// The six digits that an authenticator would show for the secret on the page.
fn code_of(town: &Town, page: &Page) -> String {
    let shown: String = page.select("code.secret")[0].split_whitespace().collect();
    code_at(&shown, town.app.now().as_second())
}

fn code_at(base32: &str, second: i64) -> String {
    let mut bits = 0_u64;
    let (mut count, mut bytes) = (0, Vec::new());
    for letter in base32.bytes() {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .iter()
            .position(|b| *b == letter)
            .unwrap();
        bits = bits << 5 | value as u64;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255) as u8);
        }
    }
    let secret = totp_rs::Secret::new_stack(bytes.try_into().unwrap());
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .with_step_duration(30);
    totp.build_noncompliant()
        .generate(second as u64)
        .to_string()
}

/// Sets up the second factor on a half session; the secret and the recovery codes.
async fn set_up(town: &Town, client: &Client) -> (String, Vec<String>) {
    let page = client.get("/login/factor").await;
    let code = code_of(town, &page);
    let secret: String = page.select("code.secret")[0].split_whitespace().collect();
    let offer = page.attr("input[name=offer]", "value").unwrap();
    let wrong = client
        .post("/login/factor", &[("offer", &offer), ("code", "000000")])
        .await;
    assert_eq!(wrong.status, 422);
    let done = client
        .post("/login/factor", &[("offer", &offer), ("code", &code)])
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    (secret, done.select("ol.codes code"))
}

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
        assert_eq!(nurse.select("tbody tr").len(), 14);
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
