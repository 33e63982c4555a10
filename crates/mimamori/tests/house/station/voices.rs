//! What people say after a course.

use jiff::civil::date;
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::courses::{self, Details, Hours, Off, Plan, Reason};
use mimamori::station::voices::{self, Mark};

use seal::SecretToken;

use super::{details, held, plan};
use crate::town::{Client, Page, Town, on_both};

/// While gymnastics are held for the second time.
const DURING: &str = "2026-12-04T10:20:00+09:00";

/// Somebody taps, and writes, about a course that is held on the story's first morning.
pub async fn spoken(town: &Town, hall: RowId, words: &str) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let now = Plan {
        from: date(2026, 11, 20),
        until: date(2026, 11, 20),
        details: Details {
            title: "朝の会".to_owned(),
            hours: Hours {
                starts: 0,
                ends: 1_439,
            },
            ..details(hall)
        },
        ..plan(hall)
    };
    let course = courses::plan(town.db(), &nurse, now).await.unwrap();
    let lesson = super::held::days(town, &nurse, course).await[0].id;
    let path = format!("/c/minami/voice/{lesson}");
    let visitor = town.visitor();
    let (key, _) = tap(&visitor, &path, "good").await;
    let said = [("key", key.as_str()), ("words", words)];
    let kept = visitor.post(&format!("{path}/words"), &said).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
}

async fn december(town: &Town) -> Vec<voices::Voice> {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let days = ("2026-12-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    voices::list_between(&mut conn, &nurse, days.0, days.1)
        .await
        .unwrap()
}

/// Opens the question and taps; the key of the form, and the answer.
async fn tap(visitor: &Client, path: &str, mark: &str) -> (String, Page) {
    let form = visitor.get(path).await;
    let key = form.attr("input[name=key]", "value").unwrap();
    let answer = visitor.post(path, &[("key", &key), ("mark", mark)]).await;
    (key, answer)
}

#[tokio::test]
async fn one_tap_counts_once_and_its_words_are_sealed_and_taken_out() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        town.at(DURING);
        let visitor = town.visitor();
        let list = visitor.get("/c/minami/voice").await;
        let path = list.attr(".answers a", "href").unwrap();
        assert!(path.ends_with(&held.days[1].to_string()), "{path}");
        let (key, thanks) = tap(&visitor, &path, "good").await;
        assert_eq!(thanks.status, 200);
        let again = visitor
            .post(&path, &[("key", &key), ("mark", "poor")])
            .await;
        assert_eq!(again.status, 200);
        tap(&visitor, &path, "fair").await;
        let words = [("key", key.as_str()), ("words", "楽しかった。音楽がよい")];
        let to = format!("{path}/words");
        assert_eq!(visitor.post(&to, &words).await.status, 200);
        // The same form sent again changes nothing, and other words don't replace it.
        assert_eq!(visitor.post(&to, &words).await.status, 200);
        let other = [("key", key.as_str()), ("words", "つまらない")];
        assert_eq!(visitor.post(&to, &other).await.status, 422);
        let all = december(&town).await;
        assert_eq!(all.len(), 2);
        let good = all.iter().find(|one| one.mark == Mark::Good).unwrap();
        assert_eq!(good.words, "楽しかった。音楽がよい");
        let mut conn = town.db().read().await.unwrap();
        let sealed = db::sql("SELECT words FROM course_voices WHERE words IS NOT NULL");
        let kept = conn.rows(sealed, &[]).await.unwrap()[0].blob(0).unwrap();
        assert!(!kept.windows(9).any(|nine| nine == "楽しか".as_bytes()));
        drop(conn);
        let staff = town.sign_in(Role::CenterStaff).await;
        let page = staff.get("/station/voices?m=2026-12").await;
        assert!(page.text().contains("音楽がよい"));
        let removal = format!("/station/voices/{}/removal", good.id);
        assert_eq!(staff.post(&removal, &[("m", "2026-12")]).await.status, 303);
        let page = staff.get("/station/voices?m=2026-12").await;
        assert!(!page.text().contains("音楽がよい"));
        assert_eq!(december(&town).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn nobody_speaks_of_a_course_that_is_hidden_called_off_or_not_now() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        let inside = Plan {
            details: Details {
                title: "運営会議".to_owned(),
                shown: false,
                ..details(held.hall)
            },
            ..plan(held.hall)
        };
        let inside = courses::plan(town.db(), &nurse, inside).await.unwrap();
        let hidden = super::held::days(&town, &nurse, inside).await[1].id;
        let rain = Off {
            reason: Reason::Weather,
            words: String::new(),
            told: String::new(),
        };
        let off = (held.days[2], 1);
        courses::call_off(town.db(), &nurse, off, rain)
            .await
            .unwrap();
        let visitor = town.visitor();
        let path = |id| format!("/c/minami/voice/{id}");
        let shut = async |id, at: &str| {
            town.at(at);
            let key = SecretToken::new_short(&mut nurse.dice.clone());
            let sent = [("key", key.text()), ("mark", "good")];
            let asked = visitor.get(&path(id)).await.status;
            assert_eq!(visitor.post(&path(id), &sent).await.status, 422, "{at}");
            assert_eq!(asked, 422, "{at}");
        };
        shut(held.days[1], "2026-12-04T09:59:00+09:00").await;
        shut(hidden, DURING).await;
        shut(held.days[1], "2026-12-06T00:00:00+09:00").await;
        shut(held.days[2], "2026-12-11T10:30:00+09:00").await;
        assert!(december(&town).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn words_that_are_too_long_come_back_as_typed() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let held = held(&town, &nurse).await;
        town.at(DURING);
        let visitor = town.visitor();
        let path = format!("/c/minami/voice/{}", held.days[1]);
        let (key, _) = tap(&visitor, &path, "poor").await;
        let long = "あ".repeat(voices::MOST_WORDS + 1);
        let to = format!("{path}/words");
        let back = visitor.post(&to, &[("key", &key), ("words", &long)]).await;
        assert_eq!(back.status, 422);
        assert!(back.text().contains(&long));
        let fits = "あ".repeat(voices::MOST_WORDS);
        let kept = visitor.post(&to, &[("key", &key), ("words", &fits)]).await;
        assert_eq!(kept.status, 200);
    })
    .await;
}
