//! Nobody who was erased comes back unasked: from an older copy, an old roster, the counter.

use mimamori::erasure;
use mimamori::ids::RowId;
use mimamori::leaving::{self, Erasure};
use mimamori::people::import::{self, Choice, Mode, Outcome};
use mimamori::scope::Role;
use serde_json::json;

use super::{erase, state};
use crate::exchange::{post, system};
use crate::hanako;
use crate::town::{Town, on_both};

const ROSTER: &str = "\
登録番号,氏名,フリガナ,性別,生年月日,住所
00123,南野 ハナコ,ミナミノ ハナコ,女,S13.4.2,大田区大森北1-2-3
00124,南野 ハナコ,ミナミノ ハナコ,女,S23.4.2,大田区大森西9-8-7
";

async fn judged(town: &Town) -> RowId {
    let deed = town.deed().await;
    let run = import::begin(
        town.db(),
        &deed,
        "a.csv".to_owned(),
        ROSTER.as_bytes().to_vec(),
    )
    .await
    .unwrap();
    let mapping = {
        let mut conn = town.db().read().await.unwrap();
        let found = import::find_run(&mut conn, &deed, run).await;
        found.unwrap().unwrap().mapping
    };
    import::settle_columns(town.db(), &deed, run, mapping)
        .await
        .unwrap();
    import::judge(town.db(), &deed, run, erasure::ROSTERS)
        .await
        .unwrap();
    run
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_roster_asks_before_it_brings_somebody_back() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        erase(&town, hanako).await;
        let run = judged(&town).await;
        let deed = town.deed().await;
        let rows = {
            let mut conn = town.db().read().await.unwrap();
            import::list_rows(&mut conn, &deed, run, None, (10, 0))
                .await
                .unwrap()
        };
        let outcomes: Vec<Outcome> = rows.iter().map(|(verdict, _)| verdict.outcome).collect();
        // Another birth date is another person.
        assert_eq!(
            outcomes,
            [Outcome::Duplicate, Outcome::Add],
            "{:?}",
            rows[0].0.reason()
        );
        assert!(rows[0].0.reason().contains("2026年12月4日に消去"));
        let all = import::take(town.db(), &deed, run, Mode::All, erasure::ROSTERS).await;
        assert!(all.is_err(), "it is asked first");
        import::choose(town.db(), &deed, run, rows[0].0.row, Choice::Add)
            .await
            .unwrap();
        let taken = import::take(town.db(), &deed, run, Mode::All, erasure::ROSTERS)
            .await
            .unwrap();
        assert_eq!(taken.written, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counter_is_warned_once() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        erase(&town, hanako).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let mut fields = vec![
            ("family", "南野"),
            ("given", "ハナコ"),
            ("sex", "female"),
            ("born_text", "S13.4.2"),
            ("living", "alone"),
            ("identity", "given"),
            ("medical", "not_asked"),
            ("board", "not_asked"),
        ];
        let page = nurse.post("/people/new", &fields).await;
        assert_eq!(page.status, 422, "{}", page.text());
        let words = "前に消去された方かもしれません";
        assert!(page.text().contains(words), "{}", page.text());
        fields.push(("again", "yes"));
        let page = nurse.post("/people/new", &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_is_told_before_it_brings_somebody_back() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        erase(&town, hanako).await;
        let (_, program) = system(&town, &town.minami, Role::CenterStaff).await;
        let mut new = json!({"identity": {
            "family_name": "南野", "given_name": "ハナコ", "sex": "female",
            "born": "1938-04-02", "living": "alone",
        }});
        let refused = post(&program, "/api/v1/people", new.clone()).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        assert!(refused.text().contains("2026-12-04に消去"));
        new["after_erasure"] = json!(true);
        let made = post(&program, "/api/v1/people", new).await;
        assert_eq!(made.status, 201, "{}", made.text());
    })
    .await;
}

/// Monday's copy, Wednesday's erasure, Friday's lost disk: the list that was kept elsewhere tells.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_from_before_is_told_by_the_list() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let deed = town.deed().await;
        // What a copy from before holds: her record, and no erasure.
        let listed = vec![Erasure {
            person: hanako,
            at: deed.at(),
            kind: leaving::Kind::Erasure,
            traces: vec![1, 2],
        }];
        let key = deed.keys.lasting();
        let text = leaving::to_list(deed.network(), key, &listed);
        assert!(!text.contains("ハナコ"));
        let told = erasure::from_text(&deed, &text).unwrap();
        assert!(erasure::from_text(&deed, &text.replace(" erasure ", " died ")).is_err());
        let anew = erasure::keep_in_step(&town.app, &deed, told.clone()).await;
        assert_eq!(anew.unwrap(), 1);
        assert_eq!(state(&town, hanako).await, None);
        let again = erasure::keep_in_step(&town.app, &deed, told).await;
        assert_eq!(again.unwrap(), 0);
    })
    .await;
}
