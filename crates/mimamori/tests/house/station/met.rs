//! Two people at one course, and what is asked before it is kept.

use jiff::civil::{Date, date};
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::courses::{
    self, Details, Off, Place, Plan, Reach, Reason, Refusal, State, Year,
};

use super::held::hall;
use super::{TEACHER, day, days, details, held, plan};
use crate::town::{Page, on_both};

/// The form of a day as a browser sends it.
fn form<'a>(place: &'a str, own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("reach", "one"),
        ("title", "公園体操"),
        ("starts", "10:00"),
        ("ends", "11:00"),
        ("place", place),
        ("holds", "30"),
        ("by", "supporters"),
        ("who", "anyone"),
        ("entry", "open"),
        ("shown", "yes"),
        ("teacher", TEACHER),
        ("need-helper", "2"),
    ];
    let others = usual
        .into_iter()
        .filter(|(name, _)| own.iter().all(|(of, _)| of != name));
    others.chain(own.iter().copied()).collect()
}

/// The version that a form of the page would be sent with.
fn version(page: &Page, action: &str) -> String {
    let hidden = page.hidden(action).into_iter();
    let mut versions = hidden.filter(|(name, _)| name == "version");
    versions.next().unwrap().1
}

#[tokio::test]
async fn a_form_that_another_overtook_shows_what_changed_before_it_may_be_sent_again() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let hall = held.hall.to_string();
        let path = format!("/station/days/{}", held.days[1]);
        let theirs = Details {
            title: "いす体操".to_owned(),
            ..details(held.hall)
        };
        courses::change(town.db(), &nurse, (held.days[1], 1), theirs, Reach::One)
            .await
            .unwrap();
        // Refused for something else, it still stands on what was seen.
        let late = form(&hall, &[("version", "1"), ("title", "")]);
        let back = client.post(&path, &late).await;
        assert_eq!((back.status, version(&back, &path)), (422, "1".to_owned()));
        let late = form(&hall, &[("version", "1"), ("fee", "300")]);
        let back = client.post(&path, &late).await;
        assert_eq!(back.status, 422);
        let rows = back.select("tbody tr");
        assert!(
            rows.iter()
                .any(|row| row.contains("いす体操") && row.contains("公園体操"))
        );
        assert!(
            rows.iter()
                .any(|row| row.contains("無料") && row.contains("300円"))
        );
        assert!(back.text().contains("value=\"300\""), "as typed");
        assert_eq!(
            day(&town, &nurse, held.days[1]).await.details.title,
            "いす体操"
        );
        assert_eq!(version(&back, &path), "2");
        let seen = form(&hall, &[("version", "2"), ("fee", "300")]);
        assert_eq!(client.post(&path, &seen).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn so_it_is_where_a_day_is_moved_or_called_off() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let hall = held.hall.to_string();
        let path = format!("/station/days/{}", held.days[1]);
        let theirs = Details {
            fee: 100,
            ..details(held.hall)
        };
        courses::change(town.db(), &nurse, (held.days[1], 1), theirs, Reach::One)
            .await
            .unwrap();
        for (part, fields) in [
            ("off", vec![("reason", "heat")]),
            ("moving", form(&hall, &[("day", "2026-12-07")])),
        ] {
            let action = format!("{path}/{part}");
            let late = [&[("version", "1")], &fields[..]].concat();
            let back = client.post(&action, &late).await;
            assert!(back.status == 422 && back.text().contains("ほかの職員が変えました"));
            assert_eq!(version(&back, &action), "2");
        }
        assert_eq!(day(&town, &nurse, held.days[1]).await.state, State::Planned);
    })
    .await;
}

#[tokio::test]
async fn so_it_is_of_a_whole_series_and_of_a_place() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let hall = held.hall.to_string();
        courses::change(
            town.db(),
            &nurse,
            (held.days[2], 1),
            details(held.hall),
            Reach::Coming,
        )
        .await
        .unwrap();
        let edit = format!("/station/courses/{}/edit", held.course);
        let all = [
            ("version", "1"),
            ("beat", "weeks"),
            ("every", "1"),
            ("on", "4"),
            ("from", "2026-11-27"),
            ("until", "2027-03-31"),
            ("bring", "帽子"),
        ];
        let back = client.post(&edit, &form(&hall, &all)).await;
        assert_eq!((back.status, version(&back, &edit)), (422, "2".to_owned()));
        assert!(
            back.select("tbody tr")
                .iter()
                .any(|row| row.contains("帽子"))
        );
        let place = format!("/station/places/{hall}");
        let named = [("version", "0"), ("word", "児童公園"), ("open", "yes")];
        let named = client.post(&place, &named).await;
        assert_eq!(named.status, 303, "an empty version is the first");
        let late = [("version", "1"), ("word", "公園"), ("open", "yes")];
        let back = client.post(&place, &late).await;
        assert_eq!((back.status, version(&back, &place)), (422, "2".to_owned()));
        assert!(
            back.select("tbody tr")
                .iter()
                .any(|row| row.contains("児童公園"))
        );
    })
    .await;
}

fn off() -> Off {
    Off {
        reason: Reason::Weather,
        words: String::new(),
        told: String::new(),
    }
}

#[tokio::test]
async fn what_is_held_after_all_is_asked_about_where_something_else_stands_there_now() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let (db, client) = (town.db(), town.sign_in(Role::CenterStaff).await);
        courses::call_off(db, &nurse, (held.days[0], 1), off())
            .await
            .unwrap();
        courses::end(db, &nurse, held.course, 1, date(2026, 12, 4))
            .await
            .unwrap();
        let other = Details {
            title: "英語".to_owned(),
            ..details(held.hall)
        };
        let other = Plan {
            details: other,
            ..plan(held.hall)
        };
        courses::plan(db, &nurse, other).await.unwrap();
        let on = format!("/station/days/{}/on", held.days[0]);
        let back = client.post(&on, &[("version", "2")]).await;
        assert!(back.status == 422 && back.text().contains("英語"));
        assert_eq!(day(&town, &nurse, held.days[0]).await.state, State::Off);
        let meant = [("version", "2"), ("anyway", "yes")];
        assert_eq!(client.post(&on, &meant).await.status, 303);
        assert_eq!(day(&town, &nurse, held.days[0]).await.state, State::Planned);
        let again = format!("/station/courses/{}/resuming", held.course);
        let back = client.post(&again, &[("version", "2")]).await;
        assert_eq!(back.status, 422);
        let rows = back.select("tbody tr");
        let english: Vec<_> = rows.iter().filter(|row| row.contains("英語")).collect();
        assert_eq!(english.len(), 1, "every Friday is one thing to settle");
        assert!(english[0].contains("12月11日（金）") && english[0].contains("ほか"));
        let meant = [("version", "2"), ("anyway", "yes")];
        assert_eq!(client.post(&again, &meant).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_held_after_the_last_day_of_a_series() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let db = town.db();
        courses::call_off(db, &nurse, (held.days[3], 1), off())
            .await
            .unwrap();
        courses::end(db, &nurse, held.course, 1, date(2026, 12, 4))
            .await
            .unwrap();
        let refused = courses::call_on(db, &nurse, (held.days[3], 2)).await;
        assert!(matches!(refused, Err(Refusal::HasEnded)));
        let late = courses::Move {
            day: date(2026, 12, 5),
            hours: details(held.hall).hours,
            place: Some(held.hall),
            why: String::new(),
        };
        let refused = courses::shift(db, &nurse, (held.days[0], 1), late).await;
        assert!(matches!(refused, Err(Refusal::HasEnded)));
        let client = town.sign_in(Role::CenterStaff).await;
        let on = format!("/station/days/{}/on", held.days[3]);
        client.post(&on, &[("version", "2")]).await;
        let page = client.get(&format!("/station/days/{}", held.days[3])).await;
        assert!(page.text().contains("その日より前に終了しています"));
    })
    .await;
}

#[tokio::test]
async fn a_year_goes_on_from_where_the_days_end_and_never_back() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let short = Plan {
            until: date(2026, 12, 18),
            ..plan(held.hall)
        };
        let short = courses::plan(town.db(), &nurse, short).await.unwrap();
        let first = async |year: Date| {
            let nurse = town.deed_of(Role::CenterStaff).await;
            let mut conn = town.db().read().await.unwrap();
            let all = courses::propose(&mut conn, &nurse, Year::of(year)).await;
            let all = all.unwrap().list.into_iter();
            let mut own = all.filter(|one| one.series.id == short);
            own.next().map(|one| one.laid.days[0])
        };
        assert_eq!(first(date(2027, 4, 1)).await, Some(date(2026, 12, 25)));
        // Planned late, it begins today.
        town.at("2027-02-10T09:00:00+09:00");
        assert_eq!(first(date(2027, 3, 1)).await, Some(date(2027, 2, 12)));
        assert_eq!(first(date(2027, 4, 1)).await, Some(date(2027, 2, 12)));
    })
    .await;
}

#[tokio::test]
async fn a_place_that_is_not_used_or_too_small_is_not_taken() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/days/{}", held.days[1]);
        let other = hall(&town, &nurse, "旧集会所").await;
        let keep = async |open: bool, holds: u32, version: i64| {
            let place = Place {
                id: other,
                word: "旧集会所".to_owned(),
                address: String::new(),
                access: String::new(),
                holds: Some(holds),
                open,
                version,
            };
            courses::keep_place(town.db(), &nurse, place).await.unwrap();
        };
        let place: String = RowId::to_string(&other);
        let sent = form(&place, &[("version", "1")]);
        keep(false, 60, 1).await;
        let back = client.post(&path, &sent).await;
        assert!(back.status == 422 && back.text().contains("いまは使わないことになっています"));
        keep(true, 20, 2).await;
        let back = client.post(&path, &sent).await;
        assert!(
            back.status == 422
                && back
                    .text()
                    .contains("定員30人は、この会場に入れる人数（20人）")
        );
        let moved = form(&place, &[("version", "1"), ("day", "2026-12-07")]);
        let back = client.post(&format!("{path}/moving"), &moved).await;
        assert_eq!(back.status, 422);
        keep(true, 40, 3).await;
        assert_eq!(client.post(&path, &sent).await.status, 303);
        // What is there already stays there.
        keep(false, 40, 4).await;
        let stays = form(&place, &[("version", "2"), ("fee", "100")]);
        assert_eq!(client.post(&path, &stays).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn whether_a_name_may_be_told_is_asked_anew_of_another_teacher() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let hall = held.hall.to_string();
        let path = format!("/station/days/{}", held.days[1]);
        let told = form(&hall, &[("version", "1"), ("teacher_shown", "yes")]);
        assert_eq!(client.post(&path, &told).await.status, 303);
        // The substitute's form comes with the tick that was the other's.
        let hidden = client.get(&path).await.hidden(&path);
        let of = |name: &str| hidden.iter().find(|(of, _)| of == name).unwrap().1.clone();
        let (version, before) = (of("version"), of("ticked_for"));
        let other = [
            ("version", version.as_str()),
            ("teacher", "谷川 泳"),
            ("teacher_shown", "yes"),
        ];
        let sent = [&form(&hall, &other)[..], &[("ticked_for", before.as_str())]].concat();
        let back = client.post(&path, &sent).await;
        assert!(back.status == 422 && back.text().contains("講師が変わったので、印を外しました"));
        assert_eq!(back.attr("[name=teacher_shown][checked]", "value"), None);
        let public = town.visitor().get("/c/minami?m=2026-12").await.text();
        assert!(public.contains(TEACHER) && !public.contains("谷川"));
        // Asked, and ticked by hand.
        assert_eq!(client.post(&path, &form(&hall, &other)).await.status, 303);
        let public = town.visitor().get("/c/minami?m=2026-12").await.text();
        assert!(public.contains("谷川 泳"));
        // The day after, the name is gone.
        town.at("2026-12-05T09:00:00+09:00");
        let public = town.visitor().get("/c/minami?m=2026-12").await.text();
        assert!(public.contains("4日（金）") && !public.contains("谷川"));
        assert_eq!(
            days(&town, &nurse, held.course).await[1].details.teacher,
            "谷川 泳"
        );
    })
    .await;
}
