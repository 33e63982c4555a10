//! A center has a notice, looks into it, passes it on, ends it; what is late climbs.

use db::{args, sql};
use mimamori::ids::NoticeId;
use mimamori::notices::{self, Ending, LookKind, Refusal, State, StepKind};
use mimamori::scope::Role;
use mimamori::tasks::{self, Kind, Task, Whose};

use super::{HOME, areas, hanako, minute, notice, told};
use crate::town::{Town, on_both};

/// The open tasks of the town.
async fn open(town: &Town, kind: Kind) -> Vec<Task> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
    all.into_iter().filter(|task| task.kind == kind).collect()
}

/// Tasks are read by every center.
async fn names_nobody(town: &Town, id: NoticeId) {
    let task = open(town, Kind::Notice).await.remove(0);
    assert_eq!(task.center, Some(town.minami.center));
    assert_eq!(task.link, format!("/notices/{id}"));
    let words = format!("{}{}", task.words.title, task.words.story);
    for private in ["大森", "新聞", "みなみ荘"] {
        assert!(!words.contains(private), "{private}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_goes_from_the_task_to_the_look_to_its_end_and_back() {
    on_both(async |town| {
        areas(&town).await;
        let id = told(&town, &["post"], HOME, "").await;
        names_nobody(&town, id).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get(&format!("/notices/{id}")).await;
        assert!(page.text().contains("新聞や郵便物が何日もたまっている"));
        let accept = [("version", "1")];
        nurse
            .post(&format!("/notices/{id}/acceptance"), &accept)
            .await;
        assert_eq!(notice(&town, id).await.state, State::Accepted);
        let empty = [("version", "2"), ("kind", "visit"), ("words", " ")];
        let refused = nurse.post(&format!("/notices/{id}/looks"), &empty).await;
        assert_eq!(refused.status, 422);
        assert_eq!(
            refused.attr("input[name=kind][checked]", "value").unwrap(),
            "visit"
        );
        let visit = [
            ("version", "2"),
            ("kind", "visit"),
            ("words", "留守。新聞は3日分"),
        ];
        let looked = nurse.post(&format!("/notices/{id}/looks"), &visit).await;
        assert_eq!(looked.status, 303);
        let seen = notice(&town, id).await;
        assert!(seen.looked_at.is_some() && seen.visited_at.is_some());
        assert!(
            open(&town, Kind::Notice).await.is_empty(),
            "the task of the first look is done"
        );
        let late = [("version", "2"), ("kind", "phone"), ("words", "x")];
        assert_eq!(
            nurse
                .post(&format!("/notices/{id}/looks"), &late)
                .await
                .status,
            409
        );
        let end = [
            ("version", "3"),
            ("ending", "safe"),
            ("why", "旅行から帰られた"),
        ];
        nurse.post(&format!("/notices/{id}/ending"), &end).await;
        assert_eq!(notice(&town, id).await.ending, Some(Ending::Safe));
        assert!(
            nurse
                .get("/notices/ended")
                .await
                .text()
                .contains(&id.to_string())
        );
        nurse
            .post(&format!("/notices/{id}/reopening"), &[("version", "4")])
            .await;
        assert_eq!(notice(&town, id).await.state, State::Looked);
        let history = nurse
            .get(&format!("/notices/{id}"))
            .await
            .select(".timeline li");
        assert_eq!(history.len(), 4);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_passes_it_on_sees_it_no_more() {
    on_both(async |town| {
        areas(&town).await;
        let id = told(&town, &["lost"], "みなみ駅前", "").await;
        assert_eq!(
            notice(&town, id).await.center,
            None,
            "a street is no center's yet"
        );
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/notices/{id}");
        assert_eq!(nurse.get(&path).await.status, 200);
        let other = town.minami.other_center.to_string();
        let moving = [("version", "1"), ("center", other.as_str()), ("reason", "")];
        let refused = nurse.post(&format!("{path}/moving"), &moving).await;
        assert_eq!(refused.status, 422);
        let moving = [
            ("version", "1"),
            ("center", other.as_str()),
            ("reason", "きたの区域です"),
        ];
        let moved = nurse.post(&format!("{path}/moving"), &moving).await;
        assert_eq!(moved.location(), "/notices");
        assert_eq!(nurse.get(&path).await.status, 404);
        assert!(!nurse.get("/notices").await.text().contains(&id.to_string()));
        let task = open(&town, Kind::Notice).await;
        assert_eq!(
            (task.len(), task[0].center),
            (1, Some(town.minami.other_center))
        );
        let look = [("version", "2"), ("kind", "phone"), ("words", "x")];
        assert_eq!(
            nurse.post(&format!("{path}/looks"), &look).await.status,
            404
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_looked_into_climbs_to_the_head_and_then_to_the_town_once() {
    on_both(async |town| {
        areas(&town).await;
        let id = told(&town, &["collapsed"], HOME, "").await;
        minute(&town).await;
        assert!(open(&town, Kind::NoticeLate).await.is_empty(), "not yet");
        town.pass(2 * 3600 + 60);
        let deed = town.deed().await;
        let (one, other) = tokio::join!(
            notices::keep_up(town.db(), &deed),
            notices::keep_up(town.db(), &deed)
        );
        assert!(one.is_ok() || other.is_ok());
        minute(&town).await;
        assert_eq!(
            open(&town, Kind::NoticeLate).await.len(),
            1,
            "once, with two servers"
        );
        assert_eq!(notice(&town, id).await.climbed, 1);
        town.pass(2 * 3600);
        minute(&town).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        assert_eq!(notice(&town, id).await.climbed, 2);
        let page = admin.get("/notices/figures").await;
        let row = page
            .select("tbody tr")
            .into_iter()
            .find(|row| row.starts_with("みなみ地域"));
        assert!(row.is_some(), "the town sees which center is late");
        for private in ["大森", "みなみ荘", "倒れて", &id.to_string()] {
            assert!(!page.text().contains(private), "counts only: {private}");
        }
        let nurse = town.deed_of(Role::CenterStaff).await;
        let version = notice(&town, id).await.version;
        notices::look(town.db(), &nurse, id, version, LookKind::Phone, "出られた")
            .await
            .unwrap();
        let page = admin.get("/notices/figures").await;
        assert!(page.text().contains("遅れているものはありません"));
        let mut conn = town.db().read().await.unwrap();
        let steps = notices::list_steps(&mut conn, &nurse, id).await.unwrap();
        let kinds: Vec<StepKind> = steps.iter().map(|step| step.kind).collect();
        assert_eq!(kinds, [StepKind::Phone, StepKind::LateTown, StepKind::Late]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_tied_to_somebody_with_a_reason_and_untied_again() {
    on_both(async |town| {
        areas(&town).await;
        let person = hanako(&town).await;
        let id = told(&town, &["post"], HOME, "").await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get(&format!("/notices/{id}/person")).await;
        let choice = format!("/notices/{id}/person/{person}");
        assert!(page.text().contains(&choice), "who lives there is offered");
        assert!(nurse.get(&choice).await.text().contains("南野 ハナコ"));
        let refused = nurse
            .post(&choice, &[("version", "1"), ("reason", "")])
            .await;
        assert_eq!(refused.status, 422);
        let tie = [("version", "1"), ("reason", "表札と年格好が合う")];
        assert_eq!(nurse.post(&choice, &tie).await.status, 303);
        let tied = notice(&town, id).await;
        assert_eq!((tied.person, tied.known), (Some(person), Some(true)));
        assert_eq!(
            tied.household, tied.place,
            "her home is the house that was told of"
        );
        assert!(
            nurse
                .get(&format!("/notices/{id}"))
                .await
                .text()
                .contains("南野 ハナコ")
        );
        // She, or whoever reads it in her stead, does not learn there that somebody told.
        let sights = nurse.get(&format!("/people/{person}/sights")).await;
        assert_eq!(sights.status, 200);
        assert!(!sights.text().contains("登録者と結びました"));
        let untie = [("version", "2"), ("reason", "となりの部屋だった")];
        nurse.post(&format!("/notices/{id}/untying"), &untie).await;
        assert_eq!(notice(&town, id).await.person, None);
        let deed = town.deed_of(Role::CenterStaff).await;
        let stale = notices::tie(town.db(), &deed, id, 1, person, "x").await;
        assert!(matches!(stale, Err(Refusal::Changed)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_long_ago_is_erased_and_stays_a_figure() {
    on_both(async |town| {
        areas(&town).await;
        let id = told(&town, &["post"], HOME, "").await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        notices::end(town.db(), &nurse, id, 1, Ending::Watch, "見守り訪問へ")
            .await
            .unwrap();
        town.pass(1_095 * 86_400 + 60);
        minute(&town).await;
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        assert!(notices::find(&mut conn, &deed, id).await.is_err());
        let left = sql(
            "SELECT COUNT(*) FROM notices WHERE network = $1 AND id = $2 AND ending = 'watch'
             AND place = 0 AND source = 0",
        );
        let row = conn.one(left, &args![town.minami.id, id]).await.unwrap();
        assert_eq!(row.unwrap().int(0).unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_wish_the_head_erases_a_notice_of_nobody_registered() {
    on_both(async |town| {
        let id = told(&town, &["post"], super::HOME, "090-0111-2222").await;
        let head = town.sign_in(Role::CenterHead).await;
        let path = format!("/notices/{id}/erasure");
        let why = [("reason", "知らせた方から、消してほしいとの電話")];
        let open = head.post(&path, &why).await;
        assert!(open.status == 422 && open.text().contains("先に「終える」"));
        let deed = town.deed_of(Role::CenterHead).await;
        let ended = notices::end(town.db(), &deed, id, 1, Ending::Safe, "お元気だった").await;
        ended.unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(nurse.post(&path, &why).await.status, 403);
        let page = head.get(&format!("/notices/{id}")).await;
        assert!(page.text().contains(&path));
        assert_eq!(head.post(&path, &[("reason", "")]).await.status, 422);
        assert_eq!(head.post(&path, &why).await.status, 303);
        assert_eq!(head.get(&format!("/notices/{id}")).await.status, 404);
        assert!(!head.get("/notices/ended").await.text().contains("大森北"));
    })
    .await;
}
