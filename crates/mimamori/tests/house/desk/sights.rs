//! Lists of the day and of calls are sights, too: a line for each person in them.

use mimamori::audit::{self, Filter, Verb};
use mimamori::ids::PersonId;
use mimamori::people::{self, Draft};
use mimamori::scope::Role;

use super::{call, hanako, inquiry_of, tagged};
use crate::hanako as people_of;
use crate::town::{Town, on_both};

/// Who looked at this person: what they saw it for, and what was said, the newest first.
async fn sights(town: &Town, person: PersonId) -> Vec<(String, String)> {
    let deed = town.deed_of(Role::Auditor).await;
    let mut conn = town.db().read().await.unwrap();
    let filter = Filter {
        whose: Some(person),
        staff: None,
        verb: Some(Verb::Saw),
        before: None,
        limit: 100,
    };
    let entries = audit::list_entries(&mut conn, &deed.scope, filter)
        .await
        .unwrap();
    let line = |entry: &audit::Entry| {
        let said = audit::open_detail(&deed.keys, entry).unwrap();
        let (kind, _) = entry.why.split_once(':').unwrap();
        (kind.to_owned(), said)
    };
    entries.iter().map(line).collect()
}

fn line(why: &str, said: &str) -> (String, String) {
    (why.to_owned(), said.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stands_in_a_list_finds_the_sight_in_their_own_list() {
    on_both(async |town| {
        let (person, number) = hanako(&town).await;
        let draft = Draft {
            center: Some(town.minami.center),
            ..people_of::draft()
        };
        let other = people::register(town.db(), &town.deed().await, draft).await;
        let (_, second) = tagged(&town, other.unwrap()).await;
        let night = town.sign_in(Role::NightDesk).await;
        let path = inquiry_of(&call(&night, &number, "family").await);
        assert!(sights(&town, person).await.is_empty());
        night.get("/desk").await;
        assert_eq!(sights(&town, person).await, [line("inquiry", "照会の一覧")]);
        call(&night, "12345678901", "").await;
        assert_eq!(sights(&town, person).await.len(), 2, "below an answer, too");
        let over = [("to", "role:center_staff"), ("words", "")];
        night.post(&format!("{path}/hand-over"), &over).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        nurse.get("/").await;
        let seen = sights(&town, person).await;
        assert_eq!((seen.len(), &seen[0]), (3, &line("inquiry", "照会の一覧")));
        let end = [("version", "2"), ("unknown", "yes")];
        let ended = nurse.post(&format!("{path}/ending"), &end).await;
        assert_eq!(ended.status, 303);
        let home = nurse.get("/").await;
        assert!(home.text().contains("南野 ハナコ さんの様子を確かめる"));
        let seen = sights(&town, person).await;
        assert_eq!((seen.len(), &seen[0]), (4, &line("task", "やることの一覧")));
        let own = nurse.get(&format!("/people/{person}/sights")).await.text();
        assert!(own.contains("やることの一覧") && own.contains("照会の一覧"));
        let before = sights(&town, person).await.len();
        call(&night, &second, "family").await;
        assert_eq!(
            sights(&town, person).await.len(),
            before,
            "another's call is none of hers"
        );
    })
    .await;
}
