//! Somebody is referred among what was offered; the figures are held against chance; the public page
//! tells nothing small; another center finds nothing.

use jiff::civil::date;
use mimamori::ids::{PersonId, RowId};
use mimamori::networks::{self, Organisation, OrganisationKind};
use mimamori::paths::referrals::{self, Chooser, New, Offering, Refusal, Service};
use mimamori::people;
use mimamori::scope::Role;

use crate::hanako;
use crate::town::{Town, on_both};

/// An organisation for day care with so many places, a sponsor or not.
async fn day_care(town: &Town, name: &str, places: u32, sponsor: bool) -> RowId {
    let deed = town.deed().await;
    let organisation = Organisation {
        id: RowId(0),
        kind: OrganisationKind::Other,
        name: name.to_owned(),
        phones: Vec::new(),
        closed_at: None,
        version: 1,
    };
    let id = networks::add_organisation(town.db(), &deed, organisation);
    let organisation = id.await.unwrap();
    let offering = Offering {
        organisation,
        name: String::new(),
        since: sponsor.then_some(date(2026, 4, 1)),
        until: None,
        places: vec![(Service::Day, places)],
        version: 0,
    };
    referrals::keep_organisation(town.db(), &deed, offering)
        .await
        .unwrap();
    organisation
}

async fn refer(
    town: &Town,
    person: PersonId,
    chosen: RowId,
    offered: &[RowId],
) -> Result<RowId, Refusal> {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let new = New {
        service: Service::Day,
        chosen,
        offered: offered.to_vec(),
        on: date(2026, 11, 20),
        by: Chooser::Person,
        words: "家から近い".to_owned(),
    };
    referrals::refer(town.db(), &nurse, person, new).await
}

/// She is referred to day care.
pub async fn referred(town: &Town, person: PersonId) {
    let sun = day_care(town, "ひだまり", 10, true).await;
    refer(town, person, sun, &[sun]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_referral_is_kept_with_what_was_offered() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let (sun, moon) = (
            day_care(&town, "ひだまり", 20, true).await,
            day_care(&town, "つきかげ", 40, false).await,
        );
        let edit = format!("/town/referrals/{sun}");
        let wrong = [("version", "1"), ("day", "many"), ("until", "2026-01-01")];
        let refused = admin.post(&edit, &wrong).await.text();
        assert!(refused.contains("1から10000まで") && refused.contains("始まりの日より後"));
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = format!("/people/{hanako}/referrals");
        let wanted = [("step", "choose"), ("service", "day")];
        let form = nurse.post(&list, &wanted).await.text();
        assert!(form.contains("ひだまり") && form.contains("つきかげ"));
        assert!(!form.contains("みなみ総合病院"), "it offers no day care");
        let [sun, moon] = [sun, moon].map(|id| id.to_string());
        let mut fields = vec![
            ("service", "day"),
            ("offered", sun.as_str()),
            ("chosen", moon.as_str()),
            ("by", "person"),
            ("words", "家から近い"),
        ];
        let refused = nurse.post(&list, &fields).await;
        assert!(
            refused.text().contains("お見せした先の中から"),
            "{}",
            refused.text()
        );
        fields.push(("offered", moon.as_str()));
        assert_eq!(nurse.post(&list, &fields).await.status, 303);
        let page = nurse.get(&list).await.text();
        for words in ["つきかげ", "2か所から", "ご本人が選んだ", "家から近い"] {
            assert!(page.contains(words), "{words}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sponsors_are_held_against_chance_and_small_numbers_stay_in_the_town() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let sun = day_care(&town, "ひだまり", 10, true).await;
        let moon = day_care(&town, "つきかげ", 30, false).await;
        for _ in 0..18 {
            refer(&town, hanako, sun, &[sun, moon]).await.unwrap();
        }
        for _ in 0..4 {
            refer(&town, hanako, moon, &[sun, moon]).await.unwrap();
        }
        let head = town.sign_in(Role::CenterHead).await;
        let page = head.get("/referrals").await.text();
        // 18 of 22 where a quarter of the places would give 25 %.
        for words in [
            "22件",
            "18件",
            "81.8％（59.7～94.8）",
            "25.0％",
            "偶然より多く",
        ] {
            let words = words.replace("59.7～94.8）", "59.7％～94.8％）");
            assert!(page.contains(&words), "{words}: {page}");
        }
        assert!(!page.contains("南野"));
        // The year is not over, and then four are too few to be told.
        let visitor = town.visitor();
        let public = visitor.get("/t/minami/referrals").await.text();
        assert!(
            public.contains("お知らせできる数が、まだありません"),
            "{public}"
        );
        town.at("2027-04-01T10:00:00+09:00");
        let public = visitor.get("/t/minami/referrals").await.text();
        assert!(public.contains("のせていない種類があります") && !public.contains("22件"));
        let late = refer(&town, hanako, moon, &[sun, moon]).await.unwrap();
        let public = visitor.get("/t/minami/referrals").await.text();
        assert!(!public.contains("23件"), "worked out once a day");
        town.at("2027-04-02T10:00:00+09:00");
        let public = visitor.get("/t/minami/referrals").await.text();
        assert!(
            public.contains("23件") && public.contains("偶然より多く"),
            "{public}"
        );
        for name in ["ひだまり", "つきかげ", "南野"] {
            assert!(!public.contains(name), "{name}");
        }
        let nurse = town.sign_in(Role::CenterStaff).await;
        nurse.post(&format!("/referrals/{late}/voiding"), &[]).await;
        town.at("2027-04-03T10:00:00+09:00");
        assert!(
            !visitor
                .get("/t/minami/referrals")
                .await
                .text()
                .contains("23件")
        );
        assert_eq!(visitor.get("/t/nowhere/referrals").await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_shows_sponsors_alone_is_compared_and_says_why() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let sun = day_care(&town, "ひだまり", 10, true).await;
        day_care(&town, "つきかげ", 30, false).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = format!("/people/{hanako}/referrals");
        let sun_id = sun.to_string();
        let fields = [
            ("service", "day"),
            ("offered", sun_id.as_str()),
            ("chosen", sun_id.as_str()),
            ("by", "person"),
            ("words", " "),
        ];
        let refused = nurse.post(&list, &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("お見せしなかった先があります"));
        let head = town.sign_in(Role::CenterHead).await;
        for many in [1, 9] {
            for _ in 0..many {
                refer(&town, hanako, sun, &[sun]).await.unwrap();
            }
            let page = head.get("/referrals").await.text();
            assert!(page.contains("25.0％") && !page.contains("偶然の範囲内"));
            let found = if many == 1 {
                "まだ何ともいえません"
            } else {
                "偶然より多く"
            };
            assert!(page.contains(found), "{many}: {page}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_for_everybody_is_not_for_machines() {
    on_both(async |town| {
        let visitor = town.visitor();
        for _ in 0..60 {
            assert_eq!(visitor.get("/t/minami/referrals").await.status, 200);
        }
        assert_eq!(visitor.get("/t/minami/referrals").await.status, 429);
        town.at("2026-11-30T10:00:00+09:00");
        assert_eq!(visitor.get("/t/minami/referrals").await.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_offered_and_whom_another_center_has_is_refused() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let sun = day_care(&town, "ひだまり", 10, true).await;
        let hospital = town.minami.hospital;
        let not_there = refer(&town, hanako, hospital, &[sun, hospital]).await;
        assert!(matches!(not_there, Err(Refusal::NotOffered)));
        let theirs = refer(&town, hanako, sun, &[town.kitami.hospital, sun]).await;
        assert!(matches!(theirs, Err(Refusal::NotOffered)));
        let id = refer(&town, hanako, sun, &[sun]).await.unwrap();
        let deed = town.deed().await;
        let other = Some(town.minami.other_center);
        people::set_center(town.db(), &deed, hanako, 1, other)
            .await
            .unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = format!("/people/{hanako}/referrals");
        assert_eq!(nurse.get(&list).await.status, 404);
        assert_eq!(nurse.post(&list, &[("service", "day")]).await.status, 404);
        let void = nurse.post(&format!("/referrals/{id}/voiding"), &[]).await;
        assert_eq!(void.status, 404);
        assert!(matches!(
            refer(&town, hanako, sun, &[sun]).await,
            Err(Refusal::NotFound)
        ));
    })
    .await;
}
