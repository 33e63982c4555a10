//! A hospital looks up its patient, and cannot guess.

use mimamori::audit::Verb;
use mimamori::desk::{self, PartnerAnswer, PartnerAsk, SecondThing};
use mimamori::ids::RowId;
use mimamori::networks::{self, Organisation, OrganisationKind};
use mimamori::people::Sex;
use mimamori::scope::Role;
use mimamori::staff::{self, Card, Place, Stage};
use mimamori::tasks::{self, Whose};

use crate::desk::{hanako, lines};
use crate::town::{Client, Town, on_both, password_hash};

/// An organisation of this kind in the town's directory.
pub async fn add_organisation(town: &Town, kind: OrganisationKind) -> RowId {
    let organisation = Organisation {
        id: RowId(0),
        kind,
        name: format!("みなみ{}", kind.word()),
        phones: Vec::new(),
        closed_at: None,
        version: 1,
    };
    let deed = town.deed().await;
    let added = networks::add_organisation(town.db(), &deed, organisation);
    added.await.unwrap()
}

/// Somebody of an organisation of this kind, signed in.
async fn somebody_of(town: &Town, kind: OrganisationKind) -> Client {
    let deed = town.deed().await;
    let place = Place {
        role: Role::Partner,
        center: None,
        organisation: Some(add_organisation(town, kind).await),
    };
    let card = Card {
        name: "外山 連".to_owned(),
        email: format!("{}@example.jp", kind.code()),
    };
    let invited = staff::invite(town.db(), &deed, card, place).await.unwrap();
    let (_, secret) = invited.token.split_once('.').unwrap();
    let secret = seal::SecretToken::read(secret).unwrap();
    let (name, hash) = ("外山 連".to_owned(), password_hash().to_owned());
    let id = staff::accept(town.db(), &deed, &secret, name, hash);
    let id = id.await.unwrap();
    let opened = staff::open_session(town.db(), &deed, id, Stage::Full, "test".to_owned());
    let client = town.visitor();
    client.keep(&format!("mimamori={}", opened.await.unwrap().cookie));
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_organisation_gets_its_own_tiers() {
    on_both(async |town| {
        let (person, number) = hanako(&town).await;
        let asked = [
            ("number", &*number),
            ("family", "みなみの"),
            ("name", "外山"),
        ];
        for (kind, hears_medical) in [
            (OrganisationKind::Hospital, true),
            (OrganisationKind::Fire, true),
            (OrganisationKind::Police, false),
        ] {
            let client = somebody_of(&town, kind).await;
            let answer = client.post("/partner/inquiries", &asked).await;
            assert_eq!(answer.status, 303, "{kind:?}");
            let page = client.get(answer.location()).await;
            let text = page.text();
            assert_eq!(page.select(".said")[0], "南野 ハナコ", "{kind:?}");
            assert_eq!(page.select(".call-name"), ["南野 一郎", "北川 春子"]);
            assert!(page.attr("a.dial", "href").unwrap().starts_with("tel:090"));
            for medical in ["ワルファリン", "心房細動", "医療情報", "みなみ診療所"]
            {
                assert_eq!(text.contains(medical), hears_medical, "{kind:?}: {medical}");
            }
            assert!(!text.contains("合鍵は大家"), "{kind:?}: the center's own");
            let stands = page.select("p.consent .chip");
            assert_eq!(stands.len(), if hears_medical { 2 } else { 1 });
            let sight = lines(&town).await.remove(0);
            assert_eq!(sight.1.contains("医療情報"), hears_medical, "{kind:?}");
            let desk = format!("/desk/people/{person}");
            let by_name = client.post(&desk, &[("caller", "ambulance")]).await;
            assert_eq!(by_name.status, 403, "no other way in");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_of_another_kind_looks_nobody_up() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let client = somebody_of(&town, OrganisationKind::Other).await;
        let asked = [
            ("number", &*number),
            ("family", "みなみの"),
            ("name", "外山"),
        ];
        let answer = client.post("/partner/inquiries", &asked).await;
        assert!(answer.status == 403 && !answer.text().contains("ハナコ"));
        let form = town
            .sign_in(Role::TownAdmin)
            .await
            .get("/staff/invite")
            .await;
        let offered = form.select("select[name=organisation] option");
        assert!(offered.contains(&"みなみ総合病院".to_owned()));
        assert!(!offered.contains(&"みなみその他".to_owned()), "{offered:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hospital_gets_its_tier_and_the_center_its_task() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let ward = town.sign_in(Role::Partner).await;
        let asked = [
            ("number", &*number),
            ("family", "みなみの"),
            ("name", "医東"),
        ];
        let answer = ward.post("/partner/inquiries", &asked).await;
        assert_eq!(answer.status, 303);
        let page = ward.get(answer.location()).await;
        assert_eq!(page.select(".said")[0], "南野 ハナコ");
        assert!(page.text().contains("ワルファリン") && page.text().contains("南野 一郎"));
        assert!(!page.text().contains("合鍵は大家"));
        let deed = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let list = tasks::list(&mut conn, &deed, Whose::Center(town.minami.center))
            .await
            .unwrap();
        assert!(list.len() == 1 && list[0].words.story.contains("みなみ総合病院"));
        town.pass(24 * 60 * 60);
        let ward = town.sign_in(Role::Partner).await;
        assert_eq!(
            ward.get(answer.location()).await.status,
            404,
            "for a day only"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_number_and_a_wrong_second_thing_look_the_same() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        let unknown = words::tag_number::TagNumber::from_body(987_654_321)
            .unwrap()
            .to_string();
        let ward = town.sign_in(Role::Partner).await;
        let mut pages = Vec::new();
        for (number, family) in [
            (&number, "北川"),
            (&unknown, "南野"),
            (&"123".to_owned(), "南野"),
        ] {
            let asked = [("number", &**number), ("family", family), ("name", "医東")];
            let page = ward.post("/partner/inquiries", &asked).await;
            pages.push((
                page.status,
                page.text().replace(&**number, "").replace(family, ""),
            ));
        }
        assert!(pages[0].0 == 200 && pages[0] == pages[1] && pages[1] == pages[2]);
        assert_eq!(lines(&town).await[0].0, Verb::LookedUpNobody);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_thing_is_a_name_or_about_when_born_and_the_sex() {
    on_both(async |town| {
        let (_, number) = hanako(&town).await;
        for (year, sex, fits) in [
            (1938, Sex::Female, true),
            (1941, Sex::Female, true),
            (1942, Sex::Female, false),
            (1938, Sex::Male, false),
        ] {
            let answer = guess(&town, &number, SecondThing::BornAndSex { year, sex }).await;
            assert_eq!(
                matches!(answer, PartnerAnswer::Found(_)),
                fits,
                "{year} {sex:?}"
            );
        }
    })
    .await;
}

async fn guess(town: &Town, number: &str, second: SecondThing) -> PartnerAnswer {
    let deed = town.deed_of(Role::Partner).await;
    let ask = PartnerAsk {
        typed: number.to_owned(),
        second,
        name: "医東".to_owned(),
    };
    desk::look_up_for_partner(town.db(), &town.app.vault, &deed, ask)
        .await
        .unwrap()
}

/// Even somebody who has the right number in hand tries second things in vain: after ten misses
/// the right one is refused too. Only the first tries reach the rule; the rest are turned away.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_guesses_yield_nobody() {
    let town = Town::build(db::Engine::Sqlite).await;
    let (_, number) = hanako(&town).await;
    let (mut missed, mut slowed) = (0, 0);
    for try_ in 0..10_000 {
        let family = if try_ % 100 == 50 {
            "南野".to_owned()
        } else {
            format!("姓{try_}")
        };
        match guess(&town, &number, SecondThing::Family(family)).await {
            PartnerAnswer::Found(_) => panic!("try {try_} found somebody"),
            PartnerAnswer::NoMatch => missed += 1,
            PartnerAnswer::Slowed(_) => slowed += 1,
        }
    }
    assert_eq!((missed, slowed), (10, 9_990));
    let told = lines(&town)
        .await
        .into_iter()
        .filter(|(verb, ..)| *verb == Verb::Slowed)
        .count();
    assert_eq!(told, 3, "account, address and town, each once");
    town.pass(24 * 60 * 60);
    let right = guess(&town, &number, SecondThing::Family("南野".to_owned())).await;
    assert!(
        matches!(right, PartnerAnswer::Found(_)),
        "a day later the door is open again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_through_the_page_are_slowed_too() {
    let town = Town::build(db::Engine::Sqlite).await;
    let (_, number) = hanako(&town).await;
    let ward = town.sign_in(Role::Partner).await;
    let asked = |family| [("number", &*number), ("family", family), ("name", "医東")];
    for _ in 0..10 {
        assert_eq!(
            ward.post("/partner/inquiries", &asked("北川")).await.status,
            200
        );
    }
    let page = ward.post("/partner/inquiries", &asked("南野")).await;
    assert!(page.status == 429 && page.text().contains("お電話ください"));
}
