//! What professionals observe: two taps and a sentence, seen by nobody else, adding up with notices.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::{PersonId, RowId};
use mimamori::notices;
use mimamori::people::twins::{self, Picks, Seen};
use mimamori::people::{self, Draft};
use mimamori::routes::{BELONGINGS, EXPLAINS};
use mimamori::scope::Role;
use mimamori::station::supporters;
use mimamori::station::watch::{self, About, New, Observation, Refusal, State};

use super::watched::{SENTENCE, new, observed};
use super::{held, joined, said, tied};
use crate::hanako;
use crate::leaving::erase;
use crate::town::{Town, on_both};

async fn about(town: &Town, deed: &Deed, about: About) -> Vec<Observation> {
    let mut conn = town.db().read().await.unwrap();
    watch::list_about(&mut conn, deed, about).await.unwrap()
}

async fn find(town: &Town, deed: &Deed, id: RowId) -> Observation {
    let mut conn = town.db().read().await.unwrap();
    watch::find(&mut conn, deed, id).await.unwrap()
}

/// Of the register, at the other center of the town.
async fn of_other_center(town: &Town) -> PersonId {
    let draft = Draft {
        center: Some(town.minami.other_center),
        ..hanako::draft()
    };
    let deed = town.deed().await;
    people::register(town.db(), &deed, draft).await.unwrap()
}

#[tokio::test]
async fn two_taps_are_kept_and_what_cant_wait_is_asked_about_at_once() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let lesson = held(&town, &deed).await.days[0];
        let id = joined(&town, &deed).await;
        let path = format!("/station/supporters/{id}/watch");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let kept = nurse.post(&path, &[("signs", "walking")]).await;
        assert_eq!((kept.status, kept.location()), (303, path.as_str()));
        let page = nurse.get(&path).await.text();
        assert!(page.contains("歩き方が変わった") && page.contains("中村 看子"));
        let lesson = lesson.to_string();
        let form = [
            ("signs", "bruises"),
            ("signs", "mood"),
            ("words", SENTENCE),
            ("day", "R8.11.19"),
            ("lesson", lesson.as_str()),
        ];
        let kept = nurse.post(&path, &form).await;
        let one = kept.location().to_owned();
        assert!(one.starts_with("/station/watch/"), "{one}");
        let page = nurse.get(&one).await;
        for words in [
            "すぐに確かめますか",
            SENTENCE,
            "11月19日",
            "あざやけががある",
        ] {
            assert!(page.text().contains(words), "{words}");
        }
        let list = nurse.get("/station/watch").await.text();
        assert!(list.contains("川村 澄江") && list.contains("確かめる"));
        // From then on the notice counts.
        let made = nurse
            .post(&format!("{one}/notice"), &[("version", "1")])
            .await;
        let notice = nurse.get(made.location()).await;
        for words in ["ステーションの見守り", "川村 澄江", SENTENCE] {
            assert!(notice.text().contains(words), "{words}");
        }
        let twice = nurse
            .post(&format!("{one}/notice"), &[("version", "2")])
            .await;
        assert_eq!(twice.status, 422);
        let lines = said(&town).await;
        for words in [
            "様子の記録を書いた",
            "サポーターの様子",
            "様子の記録から気づきを作った",
        ] {
            assert!(lines.contains(words), "{words}");
        }
        assert!(!lines.contains(SENTENCE));
    })
    .await;
}

#[tokio::test]
async fn a_refused_form_comes_back_as_typed() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &deed).await;
        let path = format!("/station/supporters/{id}/watch");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let empty = nurse.post(&path, &[]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.text().contains("1つ以上えらぶか"));
        let long = "あ".repeat(401);
        let form = [
            ("signs", "mood"),
            ("words", long.as_str()),
            ("day", "R8.11.19"),
            ("lesson", "0000000000000007"),
        ];
        let page = nurse.post(&path, &form).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("400字") && page.text().contains(&long));
        assert!(page.text().contains("R8.11.19"));
        assert_eq!(page.select("input[value=mood][checked]").len(), 1);
        let short: Vec<_> = form
            .iter()
            .map(|(name, value)| (*name, if *name == "words" { "" } else { *value }))
            .collect();
        let gone = nurse.post(&path, &short).await;
        assert!(gone.text().contains("講座の回はなくなりました"));
        for day in ["2026-11-21", "2026-09-01", "きのう"] {
            let page = nurse.post(&path, &[("signs", "mood"), ("day", day)]).await;
            assert_eq!(page.status, 422, "{day}");
        }
        assert!(about(&town, &deed, About::Supporter(id)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_finds_it_who_does_not_watch() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let hanako = hanako::register(&town).await;
        let id = tied(&town, &deed, hanako).await;
        let seen = observed(&town, &deed, About::Supporter(id), &["mood"]).await;
        let pages = [
            "/station/watch".to_owned(),
            format!("/station/watch/{seen}"),
            format!("/station/supporters/{id}/watch"),
            format!("/people/{hanako}/watch"),
        ];
        for role in [
            Role::NightDesk,
            Role::Partner,
            Role::TownAdmin,
            Role::Auditor,
        ] {
            let client = town.sign_in(role).await;
            for page in &pages {
                assert_eq!(client.get(page).await.status, 403, "{page}");
            }
            let deed = town.deed_of(role).await;
            let new = new(&deed, About::Supporter(id), &["mood"]);
            let refused = watch::note(town.db(), &deed, new, EXPLAINS).await;
            assert!(matches!(refused, Err(Refusal::NoRight(_))));
        }
        let kitami = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        assert!(!kitami.get(&pages[0]).await.text().contains("川村"));
        for page in &pages[1..] {
            assert_eq!(kitami.get(page).await.status, 404, "{page}");
        }
        // What the public and the rest of the Station read says nothing of it.
        for page in ["/c/minami", "/c/minami/courses.ics", "/c/minami/event.csv"] {
            let text = town.visitor().get(page).await.text();
            assert!(!text.contains(SENTENCE), "{page}");
        }
        // Nor does the list of who looked at the record.
        let nurse = town.sign_in(Role::CenterStaff).await;
        nurse.get(&pages[2]).await;
        let sights = nurse.get(&format!("/people/{hanako}/sights")).await.text();
        for words in [SENTENCE, "元気がない"] {
            assert!(!sights.contains(words), "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn about_another_centers_person_the_purpose_is_said_first_also_of_a_supporter() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let theirs = of_other_center(&town).await;
        let purpose = "ステーションで声をかけられたため".to_owned();
        people::open_for(town.db(), &nurse, theirs, purpose)
            .await
            .unwrap();
        let id = tied(&town, &nurse, theirs).await;
        let seen = observed(&town, &nurse, About::Supporter(id), &["mood"]).await;
        watch::take_back(town.db(), &nurse, (seen, 1), "別の方")
            .await
            .unwrap();
        // Who had nothing to do with her says for what first.
        let client = town.sign_in(Role::CenterHead).await;
        for page in [
            format!("/station/watch/{seen}"),
            format!("/station/supporters/{id}/watch"),
            format!("/people/{theirs}/watch"),
        ] {
            let asked = client.get(&page).await;
            assert_eq!(
                asked.location(),
                format!("/people/{theirs}/purpose"),
                "{page}"
            );
        }
        let list = client.get("/station/watch").await.text();
        assert!(!list.contains("川村"));
        let nurse = town.deed_of(Role::CenterHead).await;
        for about in [About::Supporter(id), About::Person(theirs)] {
            let new = new(&nurse, about, &["mood"]);
            let refused = watch::note(town.db(), &nurse, new, EXPLAINS).await;
            assert!(matches!(
                refused,
                Err(Refusal::People(people::Refusal::NoPurpose))
            ));
        }
        let posted = client
            .post(
                &format!("/station/watch/{seen}/notice"),
                &[("version", "1")],
            )
            .await;
        assert_eq!(posted.location(), format!("/people/{theirs}/purpose"));
    })
    .await;
}

/// What a notice's page says it adds up to.
async fn sum(town: &Town, notice: mimamori::ids::NoticeId) -> (String, usize) {
    let nurse = town.sign_in(Role::CenterStaff).await;
    let page = nurse.get(&format!("/notices/{notice}")).await;
    let sums = page.select("tbody tr td:nth-child(6) strong");
    (sums.last().unwrap().clone(), sums.len() - 1)
}

#[tokio::test]
async fn what_was_observed_adds_up_with_what_was_told_and_counts_once() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let person = hanako::register(&town).await;
        let id = tied(&town, &deed, person).await;
        let told = notices::NewNotice {
            person: Some(person),
            ..crate::notices::by_phone(crate::notices::words(&["unseen"], ""))
        };
        let notice = notices::tell(town.db(), &deed, told).await.unwrap().id;
        assert_eq!(sum(&town, notice).await, ("5.0".to_owned(), 1));
        // As a supporter and as registered: the same person.
        let one = observed(&town, &deed, About::Supporter(id), &["walking"]).await;
        let head = town.deed_of(Role::CenterHead).await;
        let other = observed(&town, &head, About::Person(person), &["mood"]).await;
        // Of the morning, so that a part of a day has passed.
        let (both, lines) = sum(&town, notice).await;
        assert_eq!((both.as_str(), lines), ("11.0", 3));
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = nurse.get("/notices").await;
        assert!(list.text().contains("11.0"), "the list says the same");
        let page = nurse.get(&format!("/people/{person}/watch")).await.text();
        assert!(page.contains("11.0") && page.contains("歩き方"), "{page}");
        // Taken back it counts nowhere, and stays readable.
        watch::take_back(town.db(), &head, (other, 1), "となりの方")
            .await
            .unwrap();
        assert_eq!(sum(&town, notice).await, ("8.0".to_owned(), 2));
        let page = nurse.get(&format!("/station/watch/{other}")).await.text();
        assert!(page.contains("となりの方") && page.contains("取り消した記録"));
        // Made a notice, it counts as that and not twice.
        let made = watch::make_notice(town.db(), &deed, (one, 1))
            .await
            .unwrap();
        let (again, lines) = sum(&town, made).await;
        assert_eq!((again.as_str(), lines), ("8.0", 2));
        let refused = watch::make_notice(town.db(), &deed, (one, 2)).await;
        assert!(matches!(refused, Err(Refusal::IsNotice)));
    })
    .await;
}

#[tokio::test]
async fn another_center_adds_up_nothing_of_it() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let theirs = of_other_center(&town).await;
        let purpose = "ステーションで声をかけられたため".to_owned();
        people::open_for(town.db(), &nurse, theirs, purpose)
            .await
            .unwrap();
        observed(&town, &nurse, About::Person(theirs), &["walking"]).await;
        // A notice of the own center about their person.
        let told = notices::NewNotice {
            person: Some(theirs),
            center: Some(town.minami.center),
            ..crate::notices::by_phone(crate::notices::words(&["unseen"], ""))
        };
        let notice = notices::tell(town.db(), &nurse, told).await.unwrap().id;
        assert_eq!(sum(&town, notice).await, ("5.0".to_owned(), 1));
    })
    .await;
}

#[tokio::test]
async fn it_passes_to_the_record_that_stays_and_goes_with_who_is_erased() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (kept, gone) = (hanako::register(&town).await, hanako::register(&town).await);
        let one = observed(&town, &nurse, About::Person(gone), &["walking"]).await;
        let id = tied(&town, &nurse, gone).await;
        let other = observed(&town, &nurse, About::Supporter(id), &["mood"]).await;
        let mut conn = town.db().read().await.unwrap();
        let mut stamps = Vec::new();
        for id in [kept, gone] {
            let person = people::find(&mut conn, &nurse, id).await.unwrap().unwrap();
            stamps.push(twins::stamp(&person));
        }
        drop(conn);
        let stamps = stamps.try_into().unwrap();
        let seen = Seen { kept, gone, stamps };
        twins::merge(town.db(), &nurse, seen, Picks::default(), BELONGINGS)
            .await
            .unwrap();
        let passed = about(&town, &nurse, About::Person(kept)).await;
        let ids: Vec<RowId> = passed.iter().map(|one| one.id).collect();
        assert_eq!(ids, [other, one]);
        assert!(passed.iter().all(|one| one.person == Some(kept)));
        assert!(about(&town, &nurse, About::Person(gone)).await.is_empty());
        // A tie that was wrong takes nothing along.
        let version = supporter(&town, &nurse, id).await;
        supporters::untie(town.db(), &nurse, (id, version), "妹さんだった")
            .await
            .unwrap();
        assert_eq!(about(&town, &nurse, About::Person(kept)).await.len(), 1);
        assert_eq!(find(&town, &nurse, other).await.person, None);
        let again = (id, version + 1);
        supporters::tie(town.db(), &nurse, again, (kept, EXPLAINS), "やはりご本人")
            .await
            .unwrap();
        erase(&town, kept).await;
        let mut conn = town.db().read().await.unwrap();
        for id in [one, other] {
            let found = watch::find(&mut conn, &nurse, id).await;
            assert!(matches!(found, Err(Refusal::NotFound)));
        }
    })
    .await;
}

async fn supporter(town: &Town, deed: &Deed, id: mimamori::ids::SupporterId) -> i64 {
    let mut conn = town.db().read().await.unwrap();
    supporters::find(&mut conn, deed, id).await.unwrap().version
}

#[tokio::test]
async fn only_who_wrote_it_or_the_head_takes_it_back() {
    on_both(async |town| {
        let head = town.deed_of(Role::CenterHead).await;
        let person = hanako::register(&town).await;
        let id = observed(&town, &head, About::Person(person), &["mood"]).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let taking = format!("/station/watch/{id}/taking-back");
        let form = [("version", "1"), ("reason", "となりの方")];
        let refused = nurse.post(&taking, &form).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("書いた人かセンター長"));
        assert!(refused.text().contains("となりの方"), "as typed");
        let client = town.sign_in(Role::CenterHead).await;
        let unsaid = client.post(&taking, &[("version", "1")]).await;
        assert_eq!(unsaid.status, 422);
        assert_eq!(client.post(&taking, &form).await.status, 303);
        assert_eq!(find(&town, &head, id).await.state, State::TakenBack);
        // What lies too long ago is no observation.
        let old = New {
            day: date(2026, 8, 1),
            ..new(&head, About::Person(person), &["mood"])
        };
        let refused = watch::note(town.db(), &head, old, EXPLAINS).await;
        assert!(matches!(refused, Err(Refusal::NotThen)));
    })
    .await;
}
