//! A reception, and what is done with it afterwards.

use mimamori::consultations::{self, Act, New, Refusal, State, Subject};
use mimamori::routes::EXPLAINS;
use mimamori::scope::Role;
use mimamori::tasks::{self, Whose};

use super::{SAID, card, entry, neighbour, take};
use crate::hanako;
use crate::town::{Page, Town, on_both};

/// What is typed at the counter, beside whom it is about.
const TYPED: &[(&str, &str)] = &[
    ("way", "phone"),
    ("from", "family"),
    ("topic", "1"),
    ("topic", "4"),
    ("urgency", "soon"),
    ("said", SAID),
    ("answer", "申請書を送る"),
    ("closing", "open"),
    ("next", "長女に電話する"),
    ("next_on", "2026-11-26"),
    ("minutes", "15"),
    ("day", "2026-11-20"),
    ("time", "09:50"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [more, TYPED].concat()
}

fn id_of(page: &Page) -> String {
    assert_eq!(page.status, 303, "{}", page.text());
    page.location().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reception_tells_nothing_of_another_centers_person_before_a_purpose_was_said() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let (_, other) = neighbour(&town).await;
        let begun = other
            .get(&format!("/consultations/new?person={person}"))
            .await;
        assert!(begun.status == 200 && !begun.text().contains("南野"));
        let id = person.to_string();
        let form = with(&[("person", &id)]);
        let refused = other.post("/consultations/new", &form).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(text.contains("目的を書いて開く") && text.contains(SAID) && !text.contains("南野"));
        let record = format!("/people/{person}");
        assert_eq!(other.get(&record).await.status, 303, "still shut");
        let purpose = [("reason", "転居の相談の電話")];
        let said = other.post(&format!("{record}/purpose"), &purpose).await;
        assert_eq!(said.status, 303);
        id_of(&other.post("/consultations/new", &form).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reception_about_hanako_is_one_form_and_leaves_a_task() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await.to_string();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let found = nurse
            .post(
                "/consultations/new",
                &with(&[("q", "みなみの はなこ"), ("do", "find")]),
            )
            .await;
        assert_eq!(found.status, 200);
        assert!(
            found.text().contains("南野 ハナコ") && found.text().contains(SAID),
            "as typed"
        );
        let press = format!("person:{hanako}");
        let chosen = nurse
            .post("/consultations/new", &with(&[("do", &press)]))
            .await;
        assert_eq!(
            chosen.attr("input[name=person]", "value").as_deref(),
            Some(&*hanako)
        );
        let taken = nurse
            .post("/consultations/new", &with(&[("person", &hanako)]))
            .await;
        let one = nurse
            .get(&format!("/consultations/{}", id_of(&taken)))
            .await;
        for words in [
            "南野 ハナコ",
            SAID,
            "長女に電話する",
            "介護保険、認知症",
            "85〜89歳・ひとり暮らし",
            "急ぐ",
        ] {
            assert!(one.text().contains(words), "{words}");
        }
        let deed = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let open = tasks::list(&mut conn, &deed, Whose::Center(town.minami.center))
            .await
            .unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].due.to_string(), "2026-11-26");
        assert!(!open[0].words.title.contains("南野"), "a task names nobody");
        let mine = nurse.get("/consultations?tab=mine").await;
        assert!(mine.text().contains("南野 ハナコ") && !mine.text().contains(SAID));
        let due = nurse.get("/consultations?tab=due").await;
        assert_eq!(due.select("tbody tr").len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse
            .post(
                "/consultations/new",
                &[("said", SAID), ("day", "2026-11-21"), ("time", "25:00")],
            )
            .await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains(SAID));
        for field in ["way", "from", "topic", "closing", "about", "time"] {
            assert_eq!(
                page.select(&format!("#f-{field}-problem")).len(),
                1,
                "{field}"
            );
        }
        let ahead: Vec<_> = with(&[("about", "nobody")])
            .into_iter()
            .map(|(name, value)| (name, if name == "day" { "2026-11-21" } else { value }))
            .collect();
        let page = nurse.post("/consultations/new", &ahead).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.select("#f-day-problem").len(), 1, "it is to come");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_texts_go_into_the_form_with_one_press() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let first = id_of(
            &nurse
                .post("/consultations/new", &with(&[("about", "nobody")]))
                .await,
        );
        let press = format!("answer:{first}");
        let page = nurse
            .post(
                "/consultations/new",
                &[("answer", "きのうの続き"), ("do", &press)],
            )
            .await;
        assert_eq!(
            page.select("textarea[name=answer]"),
            ["きのうの続き\n申請書を送る"]
        );
        let colleague = town.sign_in(Role::CenterHead).await;
        let page = colleague
            .post("/consultations/new", &[("do", &press)])
            .await;
        assert_eq!(
            page.select("textarea[name=answer]"),
            [""],
            "another's text is not at hand"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_keeps_what_was_there_and_an_older_form_is_refused() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = take(&town, &nurse, Subject::Nobody).await;
        let mut better = entry(&town);
        better.words.said = "火の元の心配は解決した".to_owned();
        consultations::correct(town.db(), &nurse, id, 1, better.clone())
            .await
            .unwrap();
        let older = consultations::correct(town.db(), &nurse, id, 1, better).await;
        assert!(matches!(older, Err(Refusal::Changed)));
        let page = town
            .sign_in(Role::CenterStaff)
            .await
            .get(&format!("/consultations/{id}"))
            .await;
        assert!(page.text().contains("火の元の心配は解決した"));
        assert!(
            page.select(".timeline").concat().contains(SAID),
            "what was there before"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_struck_out_stays_and_comes_back() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = take(&town, &nurse, Subject::Stranger(Box::new(card()))).await;
        let without = consultations::strike(town.db(), &nurse, id, 1, "  ").await;
        assert!(matches!(without, Err(Refusal::NoReason)));
        consultations::strike(town.db(), &nurse, id, 1, "2度入れた")
            .await
            .unwrap();
        let mut conn = town.db().read().await.unwrap();
        let one = consultations::find(&mut conn, &nurse, id).await.unwrap();
        assert!(one.state == State::Struck && one.words.said == SAID);
        let changed = consultations::correct(town.db(), &nurse, id, 2, entry(&town)).await;
        assert!(matches!(changed, Err(Refusal::IsStruck)));
        let stale = consultations::restore(town.db(), &nurse, id, 1).await;
        assert!(matches!(stale, Err(Refusal::Changed)));
        consultations::restore(town.db(), &nurse, id, 2)
            .await
            .unwrap();
        let one = consultations::find(&mut conn, &nurse, id).await.unwrap();
        assert!(one.state == State::Closed && one.words.struck.is_empty());
        let page = town
            .sign_in(Role::CenterStaff)
            .await
            .get(&format!("/consultations/{id}"))
            .await;
        let history = page.select(".timeline").concat();
        assert!(history.contains(Act::Struck.word()) && history.contains("2度入れた"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_follows_its_day() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let mut goes_on = entry(&town);
        goes_on.closed = false;
        goes_on.next_on = Some("2026-11-26".parse().unwrap());
        let new = New {
            subject: Subject::Nobody,
            entry: goes_on.clone(),
        };
        let id = consultations::take(town.db(), &nurse, EXPLAINS, new)
            .await
            .unwrap();
        goes_on.next_on = Some("2026-11-30".parse().unwrap());
        consultations::correct(town.db(), &nurse, id, 1, goes_on.clone())
            .await
            .unwrap();
        assert_eq!(due(&town).await, ["2026-11-30"]);
        goes_on.closed = true;
        consultations::correct(town.db(), &nurse, id, 2, goes_on)
            .await
            .unwrap();
        assert!(
            due(&town).await.is_empty(),
            "what is finished has no next step"
        );
    })
    .await;
}

async fn due(town: &Town) -> Vec<String> {
    let deed = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let open = tasks::list(&mut conn, &deed, Whose::Center(town.minami.center))
        .await
        .unwrap();
    open.iter().map(|task| task.due.to_string()).collect()
}
