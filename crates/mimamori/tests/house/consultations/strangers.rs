//! Somebody who is not registered is corrected, is erased on their wish, and is not kept for ever.

use db::{Sql, args, sql};
use mimamori::consultations::{self, About, AgeBand, Alone, Card, Keeping, Refusal, Subject};
use mimamori::ids::{CaseId, ConsultationId};
use mimamori::jobs;
use mimamori::people::twins::{Picks, Whoses};
use mimamori::routes::EXPLAINS;
use mimamori::scope::Role;
use mimamori::tasks::{self, Whose};
use words::phone::Phone;

use super::{card, entry, heard, neighbour, take};
use crate::cases;
use crate::hanako;
use crate::leaving::erase;
use crate::town::{Town, on_both};
use crate::twins::merging::{merge, part};

async fn one(town: &Town, id: ConsultationId) -> consultations::Consultation {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    consultations::find(&mut conn, &deed, id).await.unwrap()
}

async fn many(town: &Town, statement: Sql) -> i64 {
    let mut conn = town.db().read().await.unwrap();
    let row = conn.one(statement, &args![town.minami.id]).await.unwrap();
    row.unwrap().int(0).unwrap()
}

const EMPTIED: Sql = sql("SELECT id FROM consultations WHERE network = $1 AND by = 0");

/// What is left of receptions that were erased: under new ids, since the old ones tell when.
async fn emptied(town: &Town) -> Vec<consultations::Consultation> {
    let mut conn = town.db().read().await.unwrap();
    let rows = conn.rows(EMPTIED, &args![town.minami.id]).await.unwrap();
    drop(conn);
    let mut all = Vec::new();
    for row in rows {
        all.push(one(town, ConsultationId(row.int(0).unwrap())).await);
    }
    all
}

const CARDS: Sql = sql("SELECT COUNT(*) FROM consultation_strangers WHERE network = $1");
const KEYS: Sql = sql("SELECT COUNT(*) FROM consultation_keys WHERE network = $1");

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_name_is_put_right_and_what_stood_there_stays() {
    on_both(async |town| {
        let (id, stranger) = heard(&town, &town.minami).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/consultations/of/{stranger}");
        let page = nurse.get(&path).await;
        assert!(page.text().contains(&format!("/consultations/{id}/tie")));
        let form = nurse.get(&format!("{path}/card")).await;
        let version = form.attr("input[name=version]", "value").unwrap();
        let typed = |name: &'static str, version| {
            vec![
                ("name", name),
                ("phone", "03-0988-9999"),
                ("age", "85"),
                ("alone", "yes"),
                ("version", version),
            ]
        };
        let empty = nurse
            .post(&format!("{path}/card"), &[("version", "1")])
            .await;
        assert_eq!(empty.status, 422);
        let saved = nurse
            .post(&format!("{path}/card"), &typed("渡邊 しず子", &version))
            .await;
        assert_eq!(saved.status, 303);
        let late = nurse
            .post(&format!("{path}/card"), &typed("渡邊 静", &version))
            .await;
        assert_eq!(late.status, 409, "somebody saved first");
        let now = one(&town, id).await;
        assert_eq!(now.codes.age, AgeBand::From85);
        let page = nurse.get(&format!("/consultations/{id}")).await.text();
        assert!(page.contains("渡邊 しず子"));
        assert!(page.contains("名前・連絡先の訂正") && page.contains("03-0988-1234"));
        // Found under what is right, and counted with others who were put down so.
        let search = async |typed| {
            let fields = [("q", typed), ("do", "find")];
            let page = nurse.post("/consultations/new", &fields).await;
            page.select("tbody tr").len()
        };
        assert_eq!(search("03-0988-9999").await, 1);
        assert_eq!(search("03-0988-1234").await, 0);
        let again = Card {
            name: "渡邊 しず子".to_owned(),
            kana: String::new(),
            phone: Phone::parse("03-0988-9999").ok(),
            address: String::new(),
            age: AgeBand::From85,
            alone: Alone::Yes,
        };
        let deed = town.deed_of(Role::CenterStaff).await;
        let second = take(&town, &deed, Subject::Stranger(Box::new(again))).await;
        assert_eq!(one(&town, second).await.codes.who, now.codes.who);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_their_wish_the_head_erases_them_and_the_figures_stay() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let mut new = consultations::New {
            subject: Subject::Stranger(Box::new(card())),
            entry: entry(&town),
        };
        new.entry.closed = false;
        new.entry.next_on = Some("2026-11-24".parse().unwrap());
        let id = consultations::take(town.db(), &deed, EXPLAINS, new)
            .await
            .unwrap();
        let stranger = one(&town, id).await.stranger.unwrap();
        let path = format!("/consultations/of/{stranger}/erasure");
        let why = [("reason", "ご本人から、消してほしいとの電話")];
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(nurse.post(&path, &why).await.status, 403);
        let (_, other) = neighbour(&town).await;
        assert_eq!(other.post(&path, &why).await.status, 403);
        let head = town.sign_in(Role::CenterHead).await;
        let bare = head.post(&path, &[("reason", " ")]).await;
        assert!(bare.status == 422 && bare.text().contains("渡邊 しづ"));
        assert_eq!(head.post(&path, &why).await.status, 303);
        assert_eq!(head.post(&path, &why).await.status, 404);
        let left = emptied(&town).await.remove(0);
        assert_ne!(left.id, id, "it would tell the millisecond");
        assert_eq!((left.stranger, left.by), (None, None));
        assert!(left.words == consultations::Words::default());
        assert_eq!(left.codes.about, About::Erased);
        assert_eq!(left.codes.topics, entry(&town).topics);
        let path = format!("/consultations/{id}");
        assert_eq!(head.get(&path).await.status, 404, "by an old address");
        let list = head.get("/consultations?tab=center").await;
        assert!(list.status == 200 && !list.text().contains(&path));
        assert_eq!(many(&town, CARDS).await, 0);
        assert_eq!(many(&town, KEYS).await, 0);
        let program = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let open = tasks::list(&mut conn, &program, Whose::All).await.unwrap();
        assert!(open.is_empty(), "a task would lead nowhere");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_tied_to_a_record_is_erased_by_the_record_only() {
    on_both(async |town| {
        let (id, stranger) = heard(&town, &town.minami).await;
        let person = hanako::register(&town).await;
        let deed = town.deed_of(Role::CenterHead).await;
        consultations::tie(town.db(), &deed, (id, 1), (person, EXPLAINS), "同じ電話")
            .await
            .unwrap();
        let erased = consultations::erase_stranger(town.db(), &deed, stranger, "希望").await;
        assert!(matches!(erased, Err(Refusal::Registered)));
        assert_eq!(many(&town, CARDS).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_stands_with_two_records_goes_with_the_last_of_them() {
    on_both(async |town| {
        let (id, stranger) = heard(&town, &town.minami).await;
        let kept = hanako::register(&town).await;
        let gone = hanako::register(&town).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        consultations::tie(town.db(), &deed, (id, 1), (gone, EXPLAINS), "同じ電話")
            .await
            .unwrap();
        let one_again = merge(&town, kept, gone, Picks::default()).await;
        let later = take(&town, &deed, Subject::Known(stranger)).await;
        // Two again: what was heard before goes back, what was heard since stays.
        part(&town, one_again, kept, Whoses::default())
            .await
            .unwrap();
        assert_eq!(one(&town, id).await.person, Some(gone));
        assert_eq!(one(&town, later).await.person, Some(kept));
        erase(&town, gone).await;
        let [left] = &emptied(&town).await[..] else {
            panic!("one is left")
        };
        assert_eq!(left.stranger, None);
        assert_eq!(one(&town, later).await.stranger, Some(stranger));
        assert_eq!(many(&town, CARDS).await, 1);
    })
    .await;
}

const DAMAGE: Sql = sql("UPDATE consultations SET codes = $2 WHERE network = $1");
const SAID: Sql = sql("SELECT COUNT(*) FROM consultations WHERE network = $1 AND by <> 0");

#[tokio::test(flavor = "multi_thread")]
async fn a_town_whose_rows_are_damaged_keeps_no_other_town_from_forgetting() {
    // Whichever comes first.
    for minami_is_damaged in [true, false] {
        on_both(async |town| {
            let mut places = [&town.minami, &town.kitami];
            if !minami_is_damaged {
                places.reverse();
            }
            let [damaged, whole] = places.map(|place| place.id);
            for place in places {
                heard(&town, place).await;
            }
            let nothing = Vec::<u8>::new();
            town.db()
                .write(move |conn| {
                    Box::pin(async move { conn.exec(DAMAGE, &args![damaged, nothing]).await })
                })
                .await
                .unwrap();
            town.at("2031-11-22T02:00:00+09:00");
            let failed = jobs::forget_old(&town.app, &mut None).await.unwrap_err();
            let failed = failed.to_string();
            assert!(failed.contains(&damaged.to_string()) && !failed.contains(&whole.to_string()));
            let mut conn = town.db().read().await.unwrap();
            for (place, left) in [(damaged, 1), (whole, 0)] {
                let row = conn.one(SAID, &args![place]).await.unwrap();
                assert_eq!(row.unwrap().int(0).unwrap(), left);
            }
        })
        .await;
    }
}

/// The night of a day.
async fn night(town: &Town, day: &str) {
    town.at(&format!("{day}T02:00:00+09:00"));
    jobs::forget_old(&town.app, &mut None).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_long_enough_goes_at_night_and_what_goes_on_stays() {
    on_both(async |town| {
        let (old, _) = heard(&town, &town.minami).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        let nameless = Subject::Nameless(AgeBand::From80, Alone::Yes);
        let nameless = take(&town, &deed, nameless).await;
        let person = hanako::register(&town).await;
        let registered = take(&town, &deed, Subject::Registered(person)).await;
        let mut open = consultations::New {
            subject: Subject::Stranger(Box::new(Card {
                name: "東山 トメ".to_owned(),
                ..card()
            })),
            entry: entry(&town),
        };
        open.entry.closed = false;
        let open = consultations::take(town.db(), &deed, EXPLAINS, open)
            .await
            .unwrap();
        let case = cases::of_nobody(&town, &deed).await;
        cases::close(&town, &deed, case).await;

        town.at("2031-11-18T12:00:00+09:00");
        jobs::forget_old(&town.app, &mut None).await.unwrap();
        night(&town, "2031-11-18").await;
        assert!(!one(&town, old).await.words.said.is_empty());
        assert!(is_there(&town, case).await);

        night(&town, "2031-11-22").await;
        let left = emptied(&town).await;
        assert!(
            left.iter()
                .all(|one| one.words == consultations::Words::default())
        );
        assert!(left.iter().all(|one| ![old, nameless].contains(&one.id)));
        let about = left.iter().map(|one| one.codes.about);
        let nameless = about.filter(|about| *about == About::Nameless).count();
        assert_eq!((left.len(), nameless), (2, 1));
        assert!(!is_there(&town, case).await);
        for id in [registered, open] {
            assert!(!one(&town, id).await.words.said.is_empty());
        }
        assert_eq!(many(&town, CARDS).await, 1, "of the one that goes on");
    })
    .await;
}

async fn is_there(town: &Town, case: CaseId) -> bool {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    mimamori::cases::find(&mut conn, &deed, case).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_town_says_for_how_long() {
    on_both(async |town| {
        let (old, _) = heard(&town, &town.minami).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let path = "/town/consultations/keeping";
        for years in ["", "0", "31", "x"] {
            let refused = admin
                .post(path, &[("years", years), ("version", "0")])
                .await;
            assert_eq!(refused.status, 422, "{years}");
        }
        let set = async |years, version| {
            let admin = town.sign_in(Role::TownAdmin).await;
            let fields = [("years", years), ("version", version)];
            admin.post(path, &fields).await.status
        };
        assert_eq!(set("１０", "0").await, 303);
        assert_eq!(set("3", "0").await, 409);
        night(&town, "2031-12-01").await;
        assert!(!one(&town, old).await.words.said.is_empty());
        let nurse = town.deed_of(Role::CenterStaff).await;
        let three = Keeping {
            years: 3,
            version: 1,
        };
        let by_nurse = consultations::change_keeping(town.db(), &nurse, three).await;
        assert!(matches!(by_nurse, Err(Refusal::NoRight(_))));
        assert_eq!(set("3", "1").await, 303);
        night(&town, "2031-12-01").await;
        assert_eq!(emptied(&town).await.len(), 1);
    })
    .await;
}
