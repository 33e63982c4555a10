//! A token is made by an administrator and opens what was granted, from where and as long as said.

use mimamori::audit::{self, Filter, Verb};
use mimamori::ids::StaffId;
use mimamori::scope::Role;

use super::{json, system};
use crate::town::{HERE, Town, on_both};

const ME: &str = "/api/v1/me";

/// Verbs and kinds of actor of the newest lines by an account.
async fn lines(town: &Town, by: StaffId) -> Vec<(Verb, String)> {
    let filter = Filter {
        whose: None,
        staff: Some(by),
        verb: None,
        before: None,
        limit: 50,
    };
    let scope = town.deed().await.scope;
    let mut conn = town.db().read().await.unwrap();
    let entries = audit::list_entries(&mut conn, &scope, filter)
        .await
        .unwrap();
    entries
        .into_iter()
        .map(|one| (one.verb.unwrap(), one.actor_kind))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_makes_a_token_that_is_shown_once() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let center = town.minami.center.to_string();
        let form = [
            ("name", "みなみケアソフト"),
            ("where", &*center),
            ("grants", "search"),
            ("grants", "people_read"),
            ("addresses", "192.0.2.0/24\n2001:db8::/32"),
            ("per_minute", "3"),
        ];
        let added = admin.post("/staff/systems", &form).await;
        assert_eq!(added.status, 303, "{}", added.text());
        let page = added.location().to_owned();
        let made = admin
            .post(&format!("{page}/tokens"), &[("days", "90")])
            .await;
        let token = made.select("code.secret").remove(0);
        assert!(!admin.get(&page).await.text().contains(&token));
        assert!(
            !admin
                .get("/staff")
                .await
                .text()
                .contains("みなみケアソフト")
        );

        let program = town.visitor();
        assert_eq!(program.get(ME).await.status, 401);
        program.bear(&token);
        let me = program.get(ME).await;
        assert_eq!(me.status, 200, "{}", me.text());
        assert_eq!(json(&me)["name"], "みなみケアソフト");
        assert_eq!(
            json(&me)["grants"],
            serde_json::json!(["search", "people_read"])
        );
        assert!(
            admin
                .get(&page)
                .await
                .text()
                .contains("2026年11月20日 10:00")
        );

        assert_eq!(program.get(ME).await.status, 200);
        assert_eq!(program.get(ME).await.status, 200);
        let slowed = program.get(ME).await;
        assert_eq!((slowed.status, slowed.header("retry-after")), (429, "60"));
        assert_eq!(json(&slowed)["code"], "slowed");
        town.pass(60);
        assert_eq!(program.get(ME).await.status, 200);

        let elsewhere = town.visitor_from("198.51.100.7");
        elsewhere.bear(&token);
        assert_eq!(elsewhere.get(ME).await.status, 403);
        let id: StaffId = page.rsplit('/').next().unwrap().parse().unwrap();
        let refused = (Verb::SignInRefused, "system".to_owned());
        assert_eq!(lines(&town, id).await, std::slice::from_ref(&refused));
        assert_eq!(elsewhere.get(ME).await.status, 403);
        assert_eq!(lines(&town, id).await.len(), 1, "told once an hour");

        town.pass(90 * 24 * 3600);
        let over = program.get(ME).await;
        assert_eq!(over.status, 401);
        assert!(json(&over)["detail"].as_str().unwrap().contains("期限"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_stopped_at_once_and_is_no_person() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let (id, program) = system(&town, &town.minami, Role::NightDesk).await;
        let page = format!("/staff/systems/{id}");
        assert_eq!(program.get(ME).await.status, 200);
        for path in ["/desk", "/", "/people/search"] {
            assert_eq!(program.get(path).await.status, 303, "{path}: a page");
        }
        for path in ["suspend", "reactivate", "invite", "factor/reset"] {
            let status = admin.post(&format!("/staff/{id}/{path}"), &[]).await.status;
            assert_eq!(status, 404, "{path}");
        }
        admin.post(&format!("{page}/stop"), &[]).await;
        assert_eq!(program.get(ME).await.status, 401);
        admin.post(&format!("{page}/start"), &[]).await;
        assert_eq!(program.get(ME).await.status, 200);

        let shown = admin.get(&page).await;
        let revoke = shown.attr("form[action$='/revoke']", "action").unwrap();
        assert_eq!(admin.post(&revoke, &[]).await.status, 303);
        assert_eq!(program.get(ME).await.status, 401);

        let beyond = [
            ("name", "夜間"),
            ("grants", "people_write"),
            ("per_minute", "10"),
            ("version", "3"),
        ];
        let refused = admin.post(&page, &beyond).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused
                .text()
                .contains("「登録する、記録を直す」は選べません")
        );
        assert_eq!(town.visitor_from(HERE).get(ME).await.status, 401);
    })
    .await;
}
