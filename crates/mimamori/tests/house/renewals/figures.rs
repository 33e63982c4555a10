//! The figures of a year, kept in step with what they count.

use std::collections::BTreeMap;

use mimamori::ids::PersonId;
use mimamori::people::{self, Draft, Group, Identity, Living, Way};
use mimamori::renewals::{self, AskWay, Month, What};
use mimamori::scope::Role;

use super::{MARCH, minute, renewal};
use crate::desk;
use crate::hanako;
use crate::town::{Town, on_both};

/// The sums as they stand: what, center, cohort → how many.
type Sums = BTreeMap<(&'static str, i64, u8), i64>;

async fn kept(town: &Town) -> Sums {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let month = |code| Month::from_code(code).unwrap();
    let sums = renewals::list_tallies(&mut conn, &deed, month("2027-01"), month("2027-12"));
    let sums = sums.await.unwrap().into_iter();
    let one = sums.map(|(_, of)| ((of.what.code(), of.center, of.cohort.0), of.count));
    one.filter(|(_, count)| *count != 0).collect()
}

async fn counted_anew(town: &Town, people: &[PersonId]) -> Sums {
    let mut sums = Sums::new();
    for person in people {
        let counted = renewal(town, *person, 2027).await.counted;
        for what in What::ALL {
            let key = (what.code(), counted.center.unwrap_or(0), counted.cohort.0);
            *sums.entry(key).or_default() += counted.adds(*what);
        }
    }
    sums.retain(|_, count| *count != 0);
    sums
}

/// Somebody who lives with a spouse, at the other center.
async fn together(town: &Town) -> PersonId {
    let draft = Draft {
        identity: Identity {
            living: Living::Couple,
            ..hanako::identity()
        },
        center: Some(town.minami.other_center),
        ..hanako::draft()
    };
    let deed = town.deed().await;
    let person = people::register(town.db(), &deed, draft).await.unwrap();
    desk::tagged(town, person).await;
    person
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sums_are_what_they_would_be_if_counted_anew() {
    on_both(async |town| {
        let (hanako, _) = desk::hanako(&town).await;
        let all = [hanako, together(&town).await];
        town.at(MARCH);
        minute(&town).await;
        assert_eq!(kept(&town).await, counted_anew(&town, &all).await);
        let nurse = town.deed_of(Role::CenterStaff).await;
        renewals::ask_all(town.db(), &nurse, &all, 2027, AskWay::Postcard)
            .await
            .unwrap();
        super::renew(&town, hanako, Way::InPerson).await;
        super::renew(&town, all[1], Way::Phone).await;
        assert_eq!(kept(&town).await, counted_anew(&town, &all).await);
        renewals::reopen(town.db(), &nurse, hanako, 2027)
            .await
            .unwrap();
        let version = 1;
        let on = jiff::civil::date(2027, 3, 1);
        people::set_state(
            town.db(),
            &nurse,
            hanako,
            version,
            people::State::MovedAway,
            on,
        )
        .await
        .unwrap();
        minute(&town).await;
        let sums = kept(&town).await;
        assert_eq!(sums, counted_anew(&town, &all).await);
        let center = town.minami.center.0;
        assert!(
            sums.keys().all(|(_, of, _)| *of != center),
            "she left: {sums:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_year_shows_figures_and_no_names_to_the_town() {
    on_both(async |town| {
        let (hanako, _) = desk::hanako(&town).await;
        together(&town).await;
        town.at(MARCH);
        minute(&town).await;
        town.at("2027-05-06T10:00:00+09:00");
        super::renew(&town, hanako, Way::InPerson).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let page = admin.get("/renewals/year?year=2027").await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("ハナコ"));
        // 対象, お願い, 更新, 期限内 …: she came after her month.
        let row = |caption: &str, at: usize| {
            let css = format!("[aria-label='{caption}'] tbody tr:nth-child({at}) td");
            page.select(&css)
        };
        assert_eq!(row("月ごとの更新", 1)[..4], ["2", "1", "1", "0"]);
        assert_eq!(row("月ごとの更新", 13)[8..], ["0.0%", "0.0"]);
        let alone = "独居の方・75歳以上の方の更新（年度の合計）";
        assert_eq!(row(alone, 1)[..3], ["1", "1", "1"]);
        assert_eq!(row(alone, 2)[..3], ["2", "1", "1"]);
        assert_eq!(
            row("センターごとの更新（年度の合計）", 2)[..3],
            ["1", "0", "0"]
        );
        let page = admin.get("/renewals/year?year=2027&who=alone").await;
        let alone = page.select("[aria-label='月ごとの更新'] tbody tr:nth-child(1) td");
        assert_eq!(alone[..3], ["1", "1", "1"], "by month as well");
        let row = "[aria-label='センターごとの更新（年度の合計）'] tbody tr:nth-child(2) td";
        assert_eq!(page.select(row)[..3], ["0", "0", "0"]);
        assert_eq!(admin.get("/renewals").await.status, 403);
    })
    .await;
}

/// Somebody registers who never came to the center before: that is what the network is for.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_contact_at_registration_is_counted_once() {
    on_both(async |town| {
        desk::stock(&town, &town.minami).await;
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
            ("first", "yes"),
        ];
        let done = nurse.post("/people/new", &fields).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let id = done.location().trim_start_matches("/people/");
        let hanako: PersonId = id.split('?').next().unwrap().parse().unwrap();
        (fields[0], fields[3]) = (("family", "東山"), ("born_text", "S10.5.6"));
        fields.pop();
        assert_eq!(nurse.post("/people/new", &fields).await.status, 303);
        let first = async |year: &str, month: usize| {
            let admin = town.sign_in(Role::TownAdmin).await;
            let page = admin.get(&format!("/renewals/year?year={year}")).await;
            let css = format!("[aria-label='月ごとの更新'] tbody tr:nth-child({month}) td");
            page.select(&css)[7].clone()
        };
        assert_eq!(first("2026", 8).await, "1", "in November");
        let page = nurse.get(&format!("/renewals/{hanako}")).await.text();
        assert!(page.contains("はじめて会いました"), "{page}");
        desk::tagged(&town, hanako).await;
        town.at(MARCH);
        minute(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let walk = format!("/renewals/{hanako}/walk");
        nurse.post(&walk, &[("way", "in_person")]).await;
        for group in [Group::Identity, Group::Contacts] {
            super::walk::unchanged(&nurse, &format!("/renewals/{hanako}"), group).await;
        }
        let page = nurse.get(&walk).await.text();
        assert!(page.contains("支援が必要だと感じましたか"), "{page}");
        assert!(!page.contains("これがはじめてですか"), "asked once");
        assert_eq!(first("2027", 13).await, "0");
    })
    .await;
}
