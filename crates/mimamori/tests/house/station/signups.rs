//! People sign up, wait, get a place that falls free, and are told why.

use db::sql;
use jiff::civil::date;
use mimamori::audit::Verb;
use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::courses::{self, Off, Plan, Reason};
use mimamori::station::signups::{self, Refusal, Signup, State, What, Who, Wish};
use mimamori::station::supporters;
use mimamori::tasks::{self, Whose};

use super::{day, details, fridays, held, joined, signed, sitting, tied, wish};
use crate::town::{Town, on_both};

async fn find(town: &Town, deed: &Deed, id: RowId) -> Signup {
    let mut conn = town.db().read().await.unwrap();
    signups::find(&mut conn, deed, id).await.unwrap()
}

async fn come(town: &Town, deed: &Deed, day: RowId, name: &str) -> RowId {
    let wish = wish(day, name, deed.new_id());
    signups::sign_up(town.db(), deed, wish).await.unwrap()
}

async fn cancel(town: &Town, deed: &Deed, id: RowId) {
    let version = find(town, deed, id).await.version;
    signups::end(town.db(), deed, (id, version), What::Cancelled)
        .await
        .unwrap();
}

/// How many lines of a verb there are.
async fn lines(town: &Town, verb: Verb) -> usize {
    let all = crate::desk::entries(town).await;
    all.iter().filter(|entry| entry.verb == Some(verb)).count()
}

/// What the center has to do, by title.
async fn work(town: &Town) -> Vec<String> {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let whose = Whose::Center(town.minami.center);
    let all = tasks::list(&mut conn, &nurse, whose).await.unwrap();
    all.into_iter().map(|task| task.words.title).collect()
}

/// What is said of a sign-up to whoever asks.
async fn said(town: &Town, id: RowId) -> String {
    let nurse = town.sign_in(Role::CenterStaff).await;
    nurse.get(&format!("/station/signups/{id}")).await.text()
}

/// The minute's round, at a time.
async fn round(town: &Town, at: &str) -> Deed {
    town.at(&format!("{at}:00+09:00"));
    let program = town.deed().await;
    signups::keep_up(town.db(), &program).await.unwrap();
    town.deed_of(Role::CenterStaff).await
}

#[tokio::test]
async fn a_place_that_falls_free_goes_to_who_waits_longest_and_the_reason_is_kept() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let day = sitting(&town, &nurse, 1).await;
        let first = come(&town, &nurse, day, "青木 一").await;
        let second = come(&town, &nurse, day, "石田 二").await;
        let third = come(&town, &nurse, day, "上田 三").await;
        assert_eq!(find(&town, &nurse, first).await.state, State::In);
        assert_eq!(find(&town, &nurse, second).await.state, State::Waiting);
        let said = async |id: RowId| said(&town, id).await;
        assert!(said(second).await.contains("次が順番です"));
        assert!(said(third).await.contains("前に1人の方がお待ちです"));
        assert!(
            said(third)
                .await
                .contains("定員（1人）まで埋まっていたので")
        );
        cancel(&town, &nurse, first).await;
        let offered = find(&town, &nurse, second).await;
        assert_eq!(offered.state, State::Offered);
        assert!(said(second).await.contains("11月21日 10:00までにお返事"));
        assert_eq!(
            work(&town).await,
            ["空いた席のご案内：やさしい書道（12月4日）"]
        );
        // Whoever comes now does not pass those who wait.
        let fourth = come(&town, &nurse, day, "江口 四").await;
        assert_eq!(find(&town, &nurse, fourth).await.state, State::Waiting);
        // Nobody answers: the next one is asked, and the first one reads why.
        let nurse = round(&town, "2026-11-21T09:59").await;
        assert_eq!(find(&town, &nurse, second).await.state, State::Offered);
        let nurse = round(&town, "2026-11-21T10:00").await;
        assert_eq!(find(&town, &nurse, second).await.state, State::Gone);
        assert!(
            said(second)
                .await
                .contains("11月21日 10:00までにお返事がなかったので")
        );
        let third = find(&town, &nurse, third).await;
        assert_eq!(third.state, State::Offered);
        signups::take(town.db(), &nurse, (third.id, third.version))
            .await
            .unwrap();
        assert_eq!(find(&town, &nurse, third.id).await.state, State::In);
        let again = signups::take(town.db(), &nurse, (third.id, third.version)).await;
        assert!(matches!(again, Err(Refusal::Changed)));
        round(&town, "2026-11-21T10:01").await;
        assert!(work(&town).await.is_empty(), "the calls are made");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_offered_a_place_at_night_and_near_the_beginning_somebody_calls() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let day = sitting(&town, &nurse, 1).await;
        let first = come(&town, &nurse, day, "青木 一").await;
        let second = come(&town, &nurse, day, "石田 二").await;
        let third = come(&town, &nurse, day, "上田 三").await;
        let nurse = round(&town, "2026-12-02T21:00").await;
        cancel(&town, &nurse, first).await;
        let nurse = round(&town, "2026-12-03T08:59").await;
        assert_eq!(find(&town, &nurse, second).await.state, State::Waiting);
        assert!(said(&town, second).await.contains("朝9時から夜8時まで"));
        let nurse = round(&town, "2026-12-03T09:00").await;
        assert_eq!(find(&town, &nurse, second).await.state, State::Offered);
        // The last hours: whoever waits is called in their order.
        let nurse = round(&town, "2026-12-04T11:00").await;
        assert_eq!(find(&town, &nurse, second).await.state, State::Gone);
        assert_eq!(find(&town, &nurse, third).await.state, State::Waiting);
        let words = said(&town, third).await;
        assert!(words.contains("職員が順に電話しています"), "{words}");
        let late = come(&town, &nurse, day, "江口 四").await;
        let refused = signups::take(town.db(), &nurse, (late, 1)).await;
        assert!(
            matches!(refused, Err(Refusal::NotTheirTurn)),
            "third came before"
        );
        signups::take(town.db(), &nurse, (third, 1)).await.unwrap();
        let later = come(&town, &nurse, day, "小野 五").await;
        let refused = signups::take(town.db(), &nurse, (later, 1)).await;
        assert!(matches!(refused, Err(Refusal::NotTheirTurn)));
        town.at("2026-12-04T15:00:00+09:00");
        let nurse = town.deed_of(Role::CenterStaff).await;
        let over = signups::sign_up(town.db(), &nurse, wish(day, "加藤 六", 6)).await;
        assert!(matches!(over, Err(Refusal::IsOver)));
        let over = signups::end(town.db(), &nurse, (later, 1), What::Cancelled).await;
        assert!(matches!(over, Err(Refusal::IsOver)));
    })
    .await;
}

#[tokio::test]
async fn nobody_stands_twice_and_a_form_sent_twice_is_kept_once() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let day = sitting(&town, &nurse, 5).await;
        let supporter = joined(&town, &nurse).await;
        let wished = |nonce| Wish {
            day,
            who: Who::Supporter(supporter),
            note: String::new(),
            nonce,
        };
        let once = signups::sign_up(town.db(), &nurse, wished(7))
            .await
            .unwrap();
        let twice = signups::sign_up(town.db(), &nurse, wished(7))
            .await
            .unwrap();
        assert_eq!(once, twice);
        let again = signups::sign_up(town.db(), &nurse, wished(8)).await;
        assert!(matches!(again, Err(Refusal::Already(there)) if there == once));
        let guest = come(&town, &nurse, day, "小川 みどり").await;
        let again = signups::sign_up(town.db(), &nurse, wish(day, "小川　みどり", 9)).await;
        assert!(matches!(again, Err(Refusal::Already(there)) if there == guest));
        // Whoever cancelled may come after all, at the end.
        cancel(&town, &nurse, once).await;
        let back = signups::sign_up(town.db(), &nurse, wished(10))
            .await
            .unwrap();
        assert!(find(&town, &nurse, back).await.number > find(&town, &nurse, guest).await.number);
        // Whoever has left by then is no supporter on that day.
        let leaves = date(2026, 11, 30);
        supporters::leave(town.db(), &nurse, (supporter, 1), leaves)
            .await
            .unwrap();
        cancel(&town, &nurse, back).await;
        let left = signups::sign_up(town.db(), &nurse, wished(11)).await;
        assert!(matches!(left, Err(Refusal::NotIn)));
        let held = held(&town, &nurse).await;
        let open = signups::sign_up(town.db(), &nurse, wish(held.days[0], "青木 一", 12)).await;
        assert!(matches!(open, Err(Refusal::NotNeeded)));
    })
    .await;
}

#[tokio::test]
async fn whoever_signed_up_is_called_when_the_day_is_called_off_and_lost_by_no_plan() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = sitting(&town, &nurse, 5).await;
        let one = come(&town, &nurse, id, "青木 一").await;
        let other = come(&town, &nurse, id, "石田 二").await;
        round(&town, "2026-11-20T10:05").await;
        assert!(work(&town).await.is_empty());
        let of = day(&town, &nurse, id).await;
        let off = Off {
            reason: Reason::Weather,
            words: String::new(),
            told: String::new(),
        };
        courses::call_off(town.db(), &nurse, (id, of.version), off)
            .await
            .unwrap();
        let refused = signups::sign_up(town.db(), &nurse, wish(id, "上田 三", 3)).await;
        assert!(matches!(refused, Err(Refusal::IsOff)));
        for _ in 0..2 {
            round(&town, "2026-11-20T10:06").await;
            assert_eq!(work(&town).await, ["中止の連絡：やさしい書道（12月4日）"]);
        }
        let page = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/days/{id}/signups");
        let list = page.get(&path).await;
        assert_eq!(list.select("input[name=told]").len(), 2);
        let told = format!("{path}/told");
        page.post(&told, &[("told", &one.to_string())]).await;
        let list = page.get(&path).await;
        assert_eq!(list.select("input[name=told]").len(), 1);
        page.post(&told, &[("told", &other.to_string())]).await;
        round(&town, "2026-11-20T10:07").await;
        assert!(work(&town).await.is_empty());
        // It is held after all: they have to know that too.
        let of = day(&town, &nurse, id).await;
        courses::call_on(town.db(), &nurse, (id, of.version))
            .await
            .unwrap();
        round(&town, "2026-11-20T10:08").await;
        assert_eq!(work(&town).await, ["変更の連絡：やさしい書道（12月4日）"]);
        // The series falls on other days now: what people signed up for is called off, not lost.
        let new = Plan {
            from: date(2026, 11, 21),
            until: date(2027, 3, 31),
            rule: fridays(),
            details: details(of.details.place.unwrap()),
        };
        let mut moved = new;
        moved.rule.but = vec![date(2026, 12, 4)];
        courses::replan(town.db(), &nurse, (of.series, 1), moved, false)
            .await
            .unwrap();
        assert_eq!(day(&town, &nurse, id).await.state, courses::State::Off);
        assert_eq!(find(&town, &nurse, one).await.state, State::In);
    })
    .await;
}

#[tokio::test]
async fn at_the_counter_a_supporter_is_found_and_a_guest_written_down() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = sitting(&town, &nurse, 1).await;
        joined(&town, &nurse).await;
        let page = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/days/{id}/signups");
        let found = page
            .post(&format!("{path}/search"), &[("seek", "川村")])
            .await;
        let supporter = found.attr("input[name=supporter]", "value").unwrap();
        let nonce = found.attr("input[name=nonce]", "value").unwrap();
        let form = [
            ("supporter", supporter.as_str()),
            ("nonce", &nonce),
            ("note", "左利き"),
        ];
        for _ in 0..2 {
            let kept = page.post(&path, &form).await;
            assert_eq!(kept.status, 303, "{}", kept.text());
        }
        assert_eq!(lines(&town, Verb::SignedUp).await, 1, "kept once");
        let list = page.get(&path).await;
        assert_eq!(list.text().matches("カワムラ スミエ").count(), 1);
        assert!(list.text().contains("左利き") && list.text().contains("090-0222-3344"));
        let refused = page
            .post(
                &path,
                &[
                    ("do", "guest"),
                    ("name", ""),
                    ("phone", "03-12"),
                    ("note", "つえ"),
                ],
            )
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("value=\"つえ\""), "as typed");
        let form = [
            ("do", "guest"),
            ("name", "小川 みどり"),
            ("kana", "おがわ みどり"),
            ("phone", "090-0555-6677"),
        ];
        assert_eq!(page.post(&path, &form).await.status, 303);
        assert!(page.get(&path).await.text().contains("オガワ ミドリ"));
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_is_found_by_who_made_it_and_the_time_to_answer_is_set() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = sitting(&town, &nurse, 2).await;
        let supporter = joined(&town, &nurse).await;
        let own = Wish {
            day: id,
            who: Who::Supporter(supporter),
            note: String::new(),
            nonce: 1,
        };
        signups::sign_up(town.db(), &nurse, own).await.unwrap();
        come(&town, &nurse, id, "小川 みどり").await;
        let page = town.sign_in(Role::CenterStaff).await;
        for q in ["小川", "6677", "川村"] {
            let found = page.post("/station/signups/search", &[("seek", q)]).await;
            assert!(found.text().contains("12月4日（金）"), "{q}");
        }
        let list = page.get("/station/signups").await;
        assert!(list.text().contains("満席"));
        let refused = page
            .post("/station/signups/settings", &[("hours", "97")])
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("value=\"97\""));
        assert_eq!(
            page.post("/station/signups/settings", &[("hours", "6")])
                .await
                .status,
            303
        );
        assert_eq!(lines(&town, Verb::Saw).await, 3, "each search");
    })
    .await;
}

#[tokio::test]
async fn a_guest_is_sealed_and_forgotten_after_a_year_and_a_note_goes_with_the_person() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let kept = async || {
            let mut conn = town.db().read().await.unwrap();
            let rows = conn.rows(sql("SELECT kept FROM signups"), &[]).await;
            let rows = rows.unwrap().into_iter();
            rows.map(|mut row| row.blob(0).unwrap()).collect::<Vec<_>>()
        };
        let id = signed(&town, &nurse).await;
        let sealed = kept().await;
        let bare = "小川".as_bytes();
        assert!(
            !sealed
                .iter()
                .any(|one| one.windows(bare.len()).any(|six| six == bare))
        );
        for (at, known) in [
            ("2027-12-05T03:00:00+09:00", "小川 みどり"),
            ("2027-12-06T03:00:00+09:00", ""),
        ] {
            town.at(at);
            let program = town.deed().await;
            signups::forget_guests(town.db(), &program).await.unwrap();
            let one = find(&town, &program, id).await;
            let Who::Guest(guest) = &one.who else {
                panic!("a guest")
            };
            assert_eq!(guest.name, known);
            assert_eq!(one.note.is_empty(), known.is_empty());
        }
        let hanako = crate::hanako::register(&town).await;
        let supporter = tied(&town, &nurse, hanako).await;
        let day = find(&town, &nurse, id).await.day;
        town.at("2026-11-21T10:00:00+09:00");
        let nurse = town.deed_of(Role::CenterStaff).await;
        let wish = Wish {
            day,
            who: Who::Supporter(supporter),
            note: "左利き".to_owned(),
            nonce: 9,
        };
        let own = signups::sign_up(town.db(), &nurse, wish).await.unwrap();
        let deed = nurse.clone();
        town.db()
            .write(move |conn| {
                Box::pin(async move { signups::forget_in(conn, &deed, hanako).await })
            })
            .await
            .unwrap();
        assert_eq!(find(&town, &nurse, own).await.note, "");
    })
    .await;
}
