//! ハナコ is registered, changed, moved; every change is kept and every sight witnessed.

mod areas;
mod pages;
mod standing;

use db::{Conn, args, sql};
use image::{DynamicImage, ImageFormat, RgbImage};
use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::PersonId;
use mimamori::people::{self, Face, Group, Identity, Known, Refusal, State, Way};
use mimamori::scope::Role;
use words::address::Address;

use crate::hanako;
use crate::town::{Town, on_both};

async fn conn(town: &Town) -> Conn {
    town.db().read().await.unwrap()
}

async fn find(town: &Town, deed: &Deed, id: PersonId) -> people::Person {
    let mut conn = conn(town).await;
    people::find(&mut conn, deed, id).await.unwrap().unwrap()
}

/// Who saw or did what with her: verbs and fields, oldest first.
async fn lines(town: &Town, id: PersonId) -> Vec<(String, i64)> {
    let text = sql(
        "SELECT verb, fields FROM audit_lines WHERE network = $1 AND whose = $2 ORDER BY ticket",
    );
    let rows = conn(town)
        .await
        .rows(text, &args![town.minami.id, id])
        .await
        .unwrap();
    rows.into_iter()
        .map(|mut row| (row.text(0).unwrap(), row.int(1).unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_registered_is_found_field_by_field() {
    on_both(async |town| {
        let (id, deed) = (hanako::register(&town).await, town.deed().await);
        let (person, draft) = (find(&town, &deed, id).await, hanako::draft());
        assert!(person.identity.value == draft.identity);
        assert!(person.contacts.value == draft.contacts);
        assert!(person.medical.value == draft.medical);
        assert!(person.care.value == draft.care);
        assert!(person.finder.value == draft.finder);
        assert!(person.consent.value == draft.consent);
        assert_eq!(person.identity.confirmed, draft.confirmed);
        assert_eq!(person.standing.state, State::Registered);
        assert_eq!(person.standing.registered_on, date(2025, 9, 10));
        assert_eq!(lines(&town, id).await[0].0, "registered");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_opens_only_what_it_tells() {
    on_both(async |town| {
        let (id, deed) = (hanako::register(&town).await, town.deed().await);
        let spoil = sql("UPDATE people SET medical = care, care = medical WHERE network = $1");
        let network = town.minami.id;
        let spoiled = town.db().write(move |conn| {
            Box::pin(async move { conn.exec_one(spoil, &args![network]).await })
        });
        spoiled.await.unwrap();
        let mut conn = conn(&town).await;
        let view = people::find_for_desk(&mut conn, &deed, id)
            .await
            .unwrap()
            .unwrap();
        assert!(view.contacts.value == hanako::draft().contacts);
        // The groups that changed places no longer open, and take nothing else with them.
        assert!(matches!(
            people::find_medical(&mut conn, &deed, id).await,
            Err(Refusal::Seal(_))
        ));
        assert!(matches!(
            people::find_care(&mut conn, &deed, id).await,
            Err(Refusal::Seal(_))
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_town_finds_nobody() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let theirs = town.app.program_deed(town.kitami.id, "test").await.unwrap();
        let mut conn = conn(&town).await;
        assert!(
            people::find(&mut conn, &theirs, id)
                .await
                .unwrap()
                .is_none()
        );
        let client = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        for path in [
            "",
            "/history",
            "/identity/edit",
            "/state",
            "/photo",
            "/purpose",
        ] {
            let page = client.get(&format!("/people/{id}{path}")).await;
            assert_eq!(page.status, 404, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_kept_with_who_when_from_and_to() {
    on_both(async |town| {
        let (id, deed) = (
            hanako::register(&town).await,
            town.deed_of(Role::CenterStaff).await,
        );
        let mut moved = hanako::identity();
        moved.address = Some(Address::parse("大田区中央2-12-18").unwrap());
        people::change_identity(town.db(), &deed, id, 1, moved, Some(Way::InPerson))
            .await
            .unwrap();
        let changes = people::list_changes(&mut conn(&town).await, &deed, id, 9)
            .await
            .unwrap();
        let told: Vec<_> = changes[0]
            .differences
            .iter()
            .map(|one| (&*one.field, &*one.from, &*one.to))
            .collect();
        assert_eq!(
            told[0],
            ("住所", "大田区大森北1-2-3 みなみ荘201", "大田区中央2-12-18")
        );
        assert_eq!(told[1], ("最終確認", "2025-09-10 電話", "2026-11-20 対面"));
        assert_eq!((changes.len(), changes[0].at), (1, town.app.now()));
        assert_eq!(
            lines(&town, id).await.last().unwrap(),
            &("changed".to_owned(), Group::Identity.fields().0)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_over_anothers_change_is_refused() {
    on_both(async |town| {
        let (id, deed) = (
            hanako::register(&town).await,
            town.deed_of(Role::CenterStaff).await,
        );
        let mut medical = hanako::draft().medical;
        medical.drugs = Known::None;
        people::change_medical(town.db(), &deed, id, 1, medical.clone(), None)
            .await
            .unwrap();
        medical.drugs = Known::Listed("アムロジピン".to_owned());
        let refused = people::change_medical(town.db(), &deed, id, 1, medical, None).await;
        let Err(Refusal::Changed { theirs }) = refused else {
            panic!("saved over somebody else's change");
        };
        assert_eq!(theirs.version, 2);
        assert!(
            theirs
                .items
                .iter()
                .any(|item| item.text == "なし（確認ずみ）" && item.label == "服薬")
        );
        // Another group was not touched and can be saved.
        let finder = hanako::draft().finder;
        people::change_finder(town.db(), &deed, id, 1, finder, Some(Way::Post))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_center_follows_the_address_unless_set_by_hand() {
    on_both(async |town| {
        let deed = town.deed().await;
        let area = |line: &str, center| mimamori::networks::Area::read(line, center).unwrap();
        let south = vec![area("大森北1丁目", town.minami.center)];
        mimamori::networks::draw_areas(town.db(), &deed, town.minami.center, south)
            .await
            .unwrap();
        let north = vec![area("中央2丁目", town.minami.other_center)];
        mimamori::networks::draw_areas(town.db(), &deed, town.minami.other_center, north)
            .await
            .unwrap();
        let id = people::register(town.db(), &deed, hanako::draft())
            .await
            .unwrap();
        assert_eq!(
            find(&town, &deed, id).await.standing.center,
            Some(town.minami.center)
        );
        let mut moved = hanako::identity();
        moved.address = Some(Address::parse("大田区中央2-12-18").unwrap());
        people::change_identity(town.db(), &deed, id, 1, moved, None)
            .await
            .unwrap();
        let standing = find(&town, &deed, id).await.standing;
        assert_eq!(standing.center, Some(town.minami.other_center));
        let south = Some(town.minami.center);
        people::set_center(town.db(), &deed, id, standing.version, south)
            .await
            .unwrap();
        people::change_identity(town.db(), &deed, id, 2, hanako::identity(), None)
            .await
            .unwrap();
        let standing = find(&town, &deed, id).await.standing;
        assert!(standing.center_by_hand && standing.center == south);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn resealing_keeps_every_word() {
    on_both(async |town| {
        let (id, deed) = (hanako::register(&town).await, town.deed().await);
        let face = Face::read(&picture()).unwrap();
        people::set_photo(town.db(), &deed, id, face).await.unwrap();
        let before = people::find_photo(&mut conn(&town).await, &deed, id)
            .await
            .unwrap();
        let again = deed.clone();
        let resealed = town
            .db()
            .write(move |conn| Box::pin(async move { people::reseal(conn, &again, id).await }));
        resealed.await.unwrap();
        assert!(find(&town, &deed, id).await.identity.value == hanako::identity());
        let mut conn = conn(&town).await;
        assert!(people::find_photo(&mut conn, &deed, id).await.unwrap() == before);
        assert_eq!(
            people::list_changes(&mut conn, &deed, id, 9)
                .await
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            people::find_by_old_number(&mut conn, &deed, "00123")
                .await
                .unwrap(),
            [id]
        );
    })
    .await;
}

pub fn picture() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture =
        DynamicImage::ImageRgb8(RgbImage::from_pixel(900, 1200, image::Rgb([200, 170, 150])));
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

#[test]
fn nothing_of_a_person_is_printed_by_debug() {
    let draft = hanako::draft();
    let identity: &Identity = &draft.identity;
    assert_eq!(
        format!("{identity:?} {:?} {:?}", draft.contacts, draft.medical),
        "Identity(…) Contacts(…) Medical(…)"
    );
}
