//! A certification is applied for and ends in the person's record; a guardianship stands still and is
//! found; a town makes a kind of its own; another center finds nothing.

use jiff::civil::date;
use mimamori::ids::{PersonId, RowId};
use mimamori::paths::steps::{self, Base, Doing, New, Path, Refusal, Said, State};
use mimamori::people::{self, Certification};
use mimamori::scope::Role;
use mimamori::tasks::{self, Kind, Task};

use crate::hanako;
use crate::town::{Town, on_both};

async fn begin(town: &Town, person: PersonId, base: Base) -> RowId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let new = New {
        plan: base.plan(),
        began: date(2026, 11, 20),
        case: None,
    };
    steps::begin(town.db(), &nurse, person, new).await.unwrap()
}

async fn find(town: &Town, id: RowId) -> Path {
    let deed = town.deed().await;
    steps::find(&mut town.db().read().await.unwrap(), &deed, id)
        .await
        .unwrap()
}

/// The tasks of paths about somebody that wait.
async fn waiting(town: &Town, person: PersonId) -> Vec<Task> {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = tasks::list_for_person(&mut conn, &deed, person)
        .await
        .unwrap();
    let of_paths = |task: &Task| task.kind == Kind::Path && task.state.waits();
    all.into_iter().filter(of_paths).collect()
}

async fn care(town: &Town, person: PersonId) -> people::Care {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let kept = people::find_care(&mut conn, &deed, person).await.unwrap();
    kept.unwrap().value
}

async fn do_step(town: &Town, id: RowId, at: usize, said: Said) -> Result<PersonId, Refusal> {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let path = find(town, id).await;
    let doing = Doing {
        path: id,
        at,
        version: path.version,
    };
    let today = nurse
        .now
        .to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(9)));
    steps::done(town.db(), &nurse, doing, today.date(), said).await
}

fn outcome(code: &str) -> Said {
    Said {
        outcome: code.to_owned(),
        ..Said::default()
    }
}

fn care_2() -> Said {
    Said {
        term: Some((date(2026, 11, 20), date(2027, 11, 30))),
        ..outcome("care_2")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certified_level_goes_into_the_record_and_is_renewed_once() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Base::Certification).await;
        let first = waiting(&town, hanako).await;
        assert_eq!(first.len(), 1);
        assert!(first[0].words.title == "つなぎの期限" && first[0].due == date(2026, 12, 4));
        do_step(&town, id, 0, outcome("center")).await.unwrap();
        let second = waiting(&town, hanako).await;
        assert_eq!(second.len(), 1);
        assert_ne!(first[0].id, second[0].id);
        // Every account with tasks reads these words: nobody's name, no kind and no step in them.
        let words = format!("{}{}", second[0].words.title, second[0].words.story);
        for told in ["南野", "ハナコ", "認定"] {
            assert!(!words.contains(told), "{words}");
        }
        let sights = town.sign_in(Role::CenterStaff).await;
        let sights = sights.get(&format!("/people/{hanako}/sights")).await;
        assert_eq!(sights.status, 200);
        assert!(
            !sights.text().contains("つなぎ「"),
            "not in the person's list"
        );
        // Whoever has a level keeps it until the new one is known.
        assert_eq!(
            care(&town, hanako).await.certification,
            Certification::Care1
        );
        for at in 1..5 {
            do_step(&town, id, at, Said::default()).await.unwrap();
        }
        let without = do_step(&town, id, 5, outcome("care_2")).await;
        assert!(matches!(without, Err(Refusal::NoTerm)));
        do_step(&town, id, 5, care_2()).await.unwrap();
        assert_eq!(find(&town, id).await.state, State::Done);
        assert!(waiting(&town, hanako).await.is_empty());
        let now = care(&town, hanako).await;
        assert_eq!(now.certification, Certification::Care2);
        assert_eq!(now.valid_until, Some(date(2027, 11, 30)));
        assert_eq!(now.remarks, "合鍵は大家", "the rest of the group stays");
        the_window_opens_once(&town, hanako).await;
        a_term_that_was_mended_is_asked_about_anew(&town, hanako, id).await;
    })
    .await;
}

/// 60 days before the end of the term, not a day sooner, and once however often the program looks.
async fn the_window_opens_once(town: &Town, hanako: PersonId) {
    for (at, expected) in [
        ("2027-09-30T23:59:00+09:00", 0),
        ("2027-10-01T00:01:00+09:00", 1),
        ("2027-10-02T00:01:00+09:00", 1),
    ] {
        town.at(at);
        for _ in 0..2 {
            steps::keep_up(town.db(), &town.deed().await).await.unwrap();
        }
        let tasks = waiting(town, hanako).await;
        assert_eq!(tasks.len(), expected, "{at}");
        assert!(
            tasks
                .iter()
                .all(|task| task.words.title.contains("更新申請の時期"))
        );
    }
}

/// The notice was misread: undone, and written down with another term.
async fn a_term_that_was_mended_is_asked_about_anew(town: &Town, hanako: PersonId, id: RowId) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let version = find(town, id).await.version;
    let doing = Doing {
        path: id,
        at: 5,
        version,
    };
    steps::undo(town.db(), &nurse, doing).await.unwrap();
    let mended = Said {
        term: Some((date(2026, 11, 20), date(2027, 11, 15))),
        words: "通知書を読みちがえたため".to_owned(),
        ..outcome("care_2")
    };
    do_step(town, id, 5, mended).await.unwrap();
    steps::keep_up(town.db(), &town.deed().await).await.unwrap();
    let tasks = waiting(town, hanako).await;
    let of_term = |words: &str| tasks.iter().any(|task| task.words.story.contains(words));
    assert!(of_term("2027年11月15日"), "{}", tasks.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_is_asked_for_when_another_application_was_given_up() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Base::Certification).await;
        do_step(&town, id, 0, outcome("center")).await.unwrap();
        // The notice came although nobody wrote down the steps between: the path stays open.
        do_step(&town, id, 5, care_2()).await.unwrap();
        assert_eq!(find(&town, id).await.state, State::Open);
        let other = begin(&town, hanako, Base::Certification).await;
        town.at("2027-10-01T10:00:00+09:00");
        let asked = async || {
            steps::keep_up(town.db(), &town.deed().await).await.unwrap();
            let tasks = waiting(&town, hanako).await;
            let asks = |task: &&Task| task.words.title.contains("更新申請の時期");
            tasks.iter().filter(asks).count()
        };
        assert_eq!(asked().await, 0, "another application is under way");
        let nurse = town.deed_of(Role::CenterStaff).await;
        let doing = Doing {
            path: other,
            at: 0,
            version: 1,
        };
        let why = "取り下げられた".to_owned();
        steps::stop(town.db(), &nurse, doing, why).await.unwrap();
        assert_eq!(asked().await, 1);
        assert_eq!(asked().await, 1, "once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_days_later_the_notice_needs_its_reason() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Base::Certification).await;
        do_step(&town, id, 0, outcome("family")).await.unwrap();
        for at in 1..5 {
            do_step(&town, id, at, Said::default()).await.unwrap();
        }
        town.at("2026-12-21T10:00:00+09:00");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/paths/{id}");
        let page = nurse.get(&path).await.text();
        assert!(page.contains("申請から31日目です"), "{page}");
        let version = find(&town, id).await.version.to_string();
        let mut fields = vec![
            ("version", version.as_str()),
            ("act", "done"),
            ("outcome-6", "care_2"),
            ("first-6", "R8.11.20"),
            ("last-6", "R9.11.30"),
        ];
        let step = format!("{path}/steps/6");
        let refused = nurse.post(&step, &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("遅れた理由を入れてください"));
        assert!(refused.text().contains("R9.11.30"), "as typed");
        fields.push(("words-6", "主治医意見書が遅れたため"));
        assert_eq!(nurse.post(&step, &fields).await.status, 303);
        let page = nurse.get(&path).await.text();
        for words in [
            "要介護2",
            "主治医意見書が遅れたため",
            "介護情報に入れました",
        ] {
            assert!(page.contains(words), "{words}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_found_and_put_off_skipped_undone_and_stopped() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Base::Guardianship).await;
        town.at("2026-12-25T10:00:00+09:00");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let late = nurse.get("/paths?show=late").await.text();
        assert!(
            late.contains("南野 ハナコ") && late.contains("5日遅れています"),
            "{late}"
        );
        let path = format!("/paths/{id}");
        let step = format!("{path}/steps/1");
        let silent = [("version", "1"), ("act", "delay"), ("on-1", "2027-01-20")];
        let refused = nurse.post(&step, &silent).await;
        assert!(refused.text().contains("理由を入れてください"));
        let told = [
            ("version", "1"),
            ("act", "delay"),
            ("on-1", "2027-01-20"),
            ("words-1", "長女の帰国を待つ"),
        ];
        assert_eq!(nurse.post(&step, &told).await.status, 303);
        assert!(!nurse.get("/paths?show=late").await.text().contains("南野"));
        assert_eq!(waiting(&town, hanako).await[0].due, date(2027, 1, 20));
        // Somebody who still has the older page open does not write over it.
        assert_eq!(nurse.post(&step, &told).await.status, 422);
        let skip = [
            ("version", "2"),
            ("act", "skip"),
            ("words-1", "病院で確認ずみ"),
        ];
        assert_eq!(nurse.post(&step, &skip).await.status, 303);
        nurse
            .post(&format!("{step}/undoing"), &[("version", "3")])
            .await;
        assert!(find(&town, id).await.steps[0].waits());
        nurse
            .post(&format!("{path}/stop"), &[("version", "4"), ("words", "")])
            .await;
        assert_eq!(find(&town, id).await.state, State::Open);
        let stop = [("version", "4"), ("words", "ご家族の意向")];
        nurse.post(&format!("{path}/stop"), &stop).await;
        assert_eq!(find(&town, id).await.state, State::Stopped);
        assert!(waiting(&town, hanako).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_town_makes_a_kind_without_code_and_paths_under_way_keep_their_steps() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let form = "/town/paths/new";
        let empty = admin.post(form, &[("word", "ごみ出し支援")]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.text().contains("段階を1つ以上"));
        let mut fields = vec![
            ("word", "ごみ出し支援"),
            ("version", "0"),
            ("word-0", "訪問して確認"),
            ("who-0", "center"),
            ("days-0", "７"),
            ("counted-0", "start"),
            ("word-2", "回収の開始"),
            ("who-2", "town"),
            ("days-2", "x"),
            ("counted-2", "previous"),
        ];
        assert!(
            admin
                .post(form, &fields)
                .await
                .text()
                .contains("日数を、数字で")
        );
        fields[8] = ("days-2", "14");
        assert_eq!(admin.post(form, &fields).await.status, 303);
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let plans = steps::list_plans(&mut conn, &deed).await.unwrap();
        drop(conn);
        let plan = plans
            .iter()
            .find(|plan| plan.word == "ごみ出し支援")
            .unwrap();
        let hanako = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let begun = [("plan", plan.code()), ("began", String::new())];
        let begun = begun
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let list = format!("/people/{hanako}/paths");
        let path = nurse.post(&list, &begun).await.location().to_owned();
        fields[2] = ("word-0", "電話で確認");
        fields[1] = ("version", "1");
        let edit = format!("/town/paths/{}", plan.id.unwrap());
        assert_eq!(admin.post(&edit, &fields).await.status, 303);
        let old = nurse.get(&path).await.text();
        assert!(old.contains("訪問して確認") && !old.contains("電話で確認"));
        let path = nurse.post(&list, &begun).await.location().to_owned();
        assert!(nurse.get(&path).await.text().contains("電話で確認"));
        assert_eq!(admin.post(&edit, &fields).await.status, 422, "saved before");
        admin.post(&format!("{edit}/close"), &[]).await;
        assert_eq!(
            nurse.post(&list, &begun).await.status,
            422,
            "not used any more"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_follows_its_person_to_the_new_center_and_the_old_one_finds_nothing() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Base::Abuse).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/paths/{id}");
        assert_eq!(nurse.get(&path).await.status, 200);
        assert!(nurse.get("/paths").await.text().contains("南野 ハナコ"));
        let other = Some(town.minami.other_center);
        let deed = town.deed().await;
        people::set_center(town.db(), &deed, hanako, 1, other)
            .await
            .unwrap();
        steps::keep_up(town.db(), &town.deed().await).await.unwrap();
        assert_eq!(nurse.get(&path).await.status, 404);
        assert!(!nurse.get("/paths").await.text().contains("南野"));
        assert_eq!(
            nurse.get(&format!("/people/{hanako}/paths")).await.status,
            404
        );
        for deed in ["steps/1", "steps/1/undoing", "stop"] {
            let fields = [("version", "1"), ("words", "x"), ("act", "done")];
            let page = nurse.post(&format!("{path}/{deed}"), &fields).await;
            assert_eq!(page.status, 404, "{deed}");
        }
        let own = town.deed_of(Role::CenterStaff).await;
        let doing = Doing {
            path: id,
            at: 0,
            version: 2,
        };
        let direct = steps::stop(town.db(), &own, doing, "x".to_owned()).await;
        assert!(matches!(direct, Err(Refusal::NotFound)));
        let tasks = waiting(&town, hanako).await;
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].center, other, "the task went along");
    })
    .await;
}
