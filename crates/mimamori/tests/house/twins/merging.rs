//! Merging, what leads where then, and undoing it after later changes.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::desk::{self, Ask};
use mimamori::ids::{InquiryId, PersonId, RowId, TagId};
use mimamori::people::import::{self, OldNumbers};
use mimamori::people::twins::{self, Pick, Picks, Piece, Refusal, Seen, Whose, Whoses};
use mimamori::people::{self, Confirmed, Consent, Face, Given, Known, Person, State, Way};
use mimamori::routes::BELONGINGS;
use mimamori::scope::Role;
use mimamori::tags::{self, LookUp, Mix, Order};
use mimamori::tasks;

use super::{again, register, walk};
use crate::hanako;
use crate::people::picture;
use crate::town::{Town, on_both};

async fn find(town: &Town, deed: &Deed, id: PersonId) -> Person {
    let mut conn = town.db().read().await.unwrap();
    people::find_as_it_is(&mut conn, deed, id)
        .await
        .unwrap()
        .unwrap()
}

pub async fn stock(town: &Town) {
    let admin = town.deed_of(Role::TownAdmin).await;
    let order = Order {
        count: 10,
        mix: Mix::KEY_HOLDER,
        note: String::new(),
    };
    let batch = tags::order_batch(town.db(), &admin, order).await.unwrap();
    let (db, vault) = (town.db(), &town.app.vault);
    tags::fill_batch(db, vault, &admin, batch).await.unwrap();
}

async fn tag(town: &Town, person: PersonId) -> (TagId, String) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let tag = tags::bind_next(town.db(), &nurse, person).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let found = tags::find(&mut conn, &nurse, tag).await.unwrap().unwrap();
    (tag, found.number.shown())
}

async fn leads_to(town: &Town, number: &str) -> PersonId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let found = tags::look_up_with_owner(&mut conn, &town.app.vault, &nurse, number).await;
    match found.unwrap() {
        (LookUp::Found { person, .. }, Some(view)) if view.id == person => person,
        _ => panic!("{number} leads to nobody"),
    }
}

async fn inquiry(town: &Town, person: PersonId) -> InquiryId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let id = InquiryId(nurse.new_id());
    desk::open_for(town.db(), &nurse, id, person, Ask::default())
        .await
        .unwrap();
    id
}

async fn person_of(town: &Town, inquiry: InquiryId) -> PersonId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    desk::find(&mut conn, &nurse, inquiry).await.unwrap().person
}

pub async fn merge(town: &Town, kept: PersonId, gone: PersonId, picks: Picks) -> RowId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let stamps = [
        twins::stamp(&find(town, &nurse, kept).await),
        twins::stamp(&find(town, &nurse, gone).await),
    ];
    let seen = Seen { kept, gone, stamps };
    let merged = twins::merge(town.db(), &nurse, seen, picks, BELONGINGS).await;
    merged.unwrap()
}

pub async fn part(town: &Town, id: RowId, kept: PersonId, said: Whoses) -> Result<(), Refusal> {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let seen = twins::stamp(&find(town, &nurse, kept).await);
    twins::part(town.db(), &nurse, id, seen, said, BELONGINGS)
        .await
        .map(drop)
}

/// Everything of a record that a merge or its undoing could touch, but versions.
fn same(a: &Person, b: &Person) -> bool {
    a.identity.value == b.identity.value
        && a.identity.confirmed == b.identity.confirmed
        && a.contacts.value == b.contacts.value
        && a.medical.value == b.medical.value
        && a.care.value == b.care.value
        && a.finder.value == b.finder.value
        && a.consent.value == b.consent.value
        && a.consent.confirmed == b.consent.confirmed
        && a.standing.state == b.standing.state
        && a.standing.state_on == b.standing.state_on
        && a.standing.center == b.standing.center
}

/// The second record as it is before: another drug, no consent to medical things, one that was
/// confirmed later.
fn second() -> people::Draft {
    let mut draft = again();
    draft.medical.drugs = Known::Listed("インスリン".to_owned());
    let refused = Given {
        answer: people::Answer::Refused,
        ..Given::by_person(date(2026, 4, 1))
    };
    draft.consent = Consent {
        identity: Given::by_person(date(2026, 4, 1)),
        medical: refused,
        board: Given::default(),
    };
    draft.confirmed = Some(Confirmed {
        on: date(2026, 4, 1),
        way: Way::InPerson,
        by: None,
    });
    draft
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_merge_everything_leads_to_the_one_record() {
    on_both(async |town| {
        stock(&town).await;
        let first = register(&town, hanako::draft()).await;
        let gone = register(&town, second()).await;
        let (_, number) = tag(&town, first).await;
        let (_, other_number) = tag(&town, gone).await;
        let call = inquiry(&town, gone).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let was = find(&town, &nurse, gone).await;
        merge(&town, first, gone, Picks::default()).await;

        assert_eq!(leads_to(&town, &number).await, first);
        assert_eq!(leads_to(&town, &other_number).await, first);
        assert_eq!(person_of(&town, call).await, first);
        let kept = find(&town, &nurse, first).await;
        assert!(kept.identity.value.name == hanako::identity().name);
        let drugs = kept.medical.value.drugs.words().to_owned();
        assert!(drugs.contains("ワルファリン") && drugs.contains("インスリン"));
        // The narrower answer until she is asked, and somebody is to ask her.
        assert!(kept.consent.value.identity.holds());
        assert!(!kept.consent.value.medical.holds());
        let mut conn = town.db().read().await.unwrap();
        let tasks = tasks::list_for_person(&mut conn, &nurse, first)
            .await
            .unwrap();
        assert!(
            tasks
                .iter()
                .any(|task| task.words.title.contains("同意を確かめる"))
        );
        drop(conn);
        // The other record is as it was.
        let still = find(&town, &nurse, gone).await;
        assert!(
            still.medical.value == was.medical.value && still.identity.value == was.identity.value
        );
        assert_eq!(still.standing.state, State::Merged);

        let browser = town.sign_in(Role::CenterStaff).await;
        let page = browser.get(&format!("/people/{gone}")).await;
        assert!(
            page.location().starts_with(&format!("/people/{first}")),
            "{}",
            page.status
        );
        for words in ["南野 花子", "90877"] {
            let page = browser.post("/people/search", &[("q", words)]).await.text();
            assert!(page.contains(&first.to_string()), "{words}");
            assert!(!page.contains(&gone.to_string()), "{words}");
        }
        let history = browser
            .get(&format!("/people/{first}/history"))
            .await
            .text();
        assert!(history.contains("記録の統合"));
        // What was seen of either is told to her.
        let sights = browser.get(&format!("/people/{first}/sights")).await.text();
        assert!(sights.matches("登録<").count() >= 2, "{sights}");
        let listed = browser.get("/people").await.text();
        assert!(!listed.contains(&gone.to_string()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_is_undone_in_full() {
    on_both(async |town| {
        stock(&town).await;
        let first = register(&town, hanako::draft()).await;
        let gone = register(&town, second()).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        for id in [first, gone] {
            let face = Face::read(&picture()).unwrap();
            people::set_photo(town.db(), &nurse, id, face)
                .await
                .unwrap();
        }
        let (_, number) = tag(&town, first).await;
        let (_, other_number) = tag(&town, gone).await;
        let call = inquiry(&town, gone).await;
        let before = [
            find(&town, &nurse, first).await,
            find(&town, &nurse, gone).await,
        ];
        let picks = Picks(
            Piece::ALL
                .iter()
                .map(|piece| (*piece, Pick::Gone))
                .collect(),
        );
        let id = merge(&town, first, gone, picks).await;
        assert!(find(&town, &nurse, first).await.identity.value.name == second().identity.name);

        part(&town, id, first, Whoses::default()).await.unwrap();
        let after = [
            find(&town, &nurse, first).await,
            find(&town, &nurse, gone).await,
        ];
        assert!(same(&before[0], &after[0]) && same(&before[1], &after[1]));
        assert!(after[0].photo.is_some() && after[1].photo == before[1].photo);
        assert_eq!(leads_to(&town, &number).await, first);
        assert_eq!(leads_to(&town, &other_number).await, gone);
        assert_eq!(person_of(&town, call).await, gone);
        let browser = town.sign_in(Role::CenterStaff).await;
        let page = browser
            .post("/people/search", &[("q", "南野 花子")])
            .await
            .text();
        assert!(page.contains(&gone.to_string()));
        // It was undone because they are two: nobody is asked at once.
        assert_eq!(walk(&town).await.found, 0);
        assert!(matches!(
            part(&town, id, first, Whoses::default()).await,
            Err(Refusal::Person(people::Refusal::NotFound))
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_later_goes_to_whom_somebody_says() {
    on_both(async |town| {
        stock(&town).await;
        let first = register(&town, hanako::draft()).await;
        let gone = register(&town, second()).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let before = [
            find(&town, &nurse, first).await,
            find(&town, &nurse, gone).await,
        ];
        let id = merge(&town, first, gone, Picks::default()).await;
        town.pass(60);
        // Later: her contacts change, a tag is handed over.
        let merged = find(&town, &nurse, first).await;
        let mut contacts = merged.contacts.value.clone();
        contacts.0[0].relation = "孫".to_owned();
        let version = merged.contacts.version;
        people::change_contacts(town.db(), &nurse, first, version, contacts.clone(), None)
            .await
            .unwrap();
        let (later, number) = tag(&town, first).await;
        let call = inquiry(&town, first).await;
        let mut conn = town.db().read().await.unwrap();
        let open = twins::list_open(&mut conn, &nurse, id, BELONGINGS)
            .await
            .unwrap();
        drop(conn);
        assert_eq!(open.changes, [Whose::Contacts]);
        let rows: Vec<_> = open
            .rows
            .iter()
            .map(|(table, held)| (*table, held.row))
            .collect();
        assert!(rows.contains(&("tags", later.0)) && rows.contains(&("inquiries", call.0)));
        let said = Whoses {
            changes: vec![(Whose::Contacts, Pick::Gone)],
            rows_of_gone: vec![("tags".to_owned(), later.0)],
        };
        part(&town, id, first, said).await.unwrap();
        let after = [
            find(&town, &nurse, first).await,
            find(&town, &nurse, gone).await,
        ];
        assert!(same(&before[0], &after[0]), "the first is as it was");
        assert!(after[1].contacts.value == contacts);
        assert!(after[1].medical.value == before[1].medical.value);
        assert_eq!(leads_to(&town, &number).await, gone);
        assert_eq!(person_of(&town, call).await, first);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_records_become_one_and_come_apart_newest_first() {
    on_both(async |town| {
        let [a, b, c] = [
            register(&town, hanako::draft()).await,
            register(&town, second()).await,
            register(&town, again()).await,
        ];
        let nurse = town.deed_of(Role::CenterStaff).await;
        let one = merge(&town, b, c, Picks::default()).await;
        let two = merge(&town, a, b, Picks::default()).await;
        let now = async |id| {
            let mut conn = town.db().read().await.unwrap();
            people::now_of(&mut conn, &nurse, id)
                .await
                .unwrap()
                .unwrap()
        };
        assert_eq!([now(a).await, now(b).await, now(c).await], [a, a, a]);
        assert!(matches!(
            part(&town, one, b, Whoses::default()).await,
            Err(Refusal::NotNewest)
        ));
        part(&town, two, a, Whoses::default()).await.unwrap();
        assert_eq!([now(a).await, now(b).await, now(c).await], [a, b, b]);
        part(&town, one, b, Whoses::default()).await.unwrap();
        assert_eq!([now(a).await, now(b).await, now(c).await], [a, b, c]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_into_a_merged_record_and_nothing_unseen_is_merged() {
    on_both(async |town| {
        let first = register(&town, hanako::draft()).await;
        let gone = register(&town, second()).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let stamps = [
            twins::stamp(&find(&town, &nurse, first).await),
            twins::stamp(&find(&town, &nurse, gone).await),
        ];
        let identity = hanako::identity();
        people::change_identity(town.db(), &nurse, gone, 1, identity.clone(), None)
            .await
            .unwrap();
        let seen = Seen {
            kept: first,
            gone,
            stamps,
        };
        let unseen = twins::merge(town.db(), &nurse, seen, Picks::default(), BELONGINGS).await;
        assert!(matches!(unseen, Err(Refusal::Changed)));
        merge(&town, first, gone, Picks::default()).await;
        let on = date(2026, 11, 20);
        let refused = [
            people::change_identity(town.db(), &nurse, gone, 2, identity, None).await,
            people::set_state(town.db(), &nurse, gone, 2, State::Died, on)
                .await
                .map(drop),
            people::remove_photo(town.db(), &nurse, gone).await,
        ];
        for refused in refused {
            assert!(matches!(refused, Err(people::Refusal::NotFound)));
        }
        // A call that began before leads on, and is gathered in the night.
        let stray = inquiry(&town, first).await;
        let text = db::sql("UPDATE inquiries SET person = $2 WHERE network = $1");
        let network = town.minami.id;
        let write = town.db().write(move |conn| {
            Box::pin(async move { conn.exec_one(text, &db::args![network, gone]).await })
        });
        write.await.unwrap();
        let browser = town.sign_in(Role::CenterStaff).await;
        assert_eq!(
            browser
                .get(&format!("/desk/inquiries/{stray}"))
                .await
                .status,
            200
        );
        let gathered = twins::gather_strays(town.db(), &nurse, BELONGINGS)
            .await
            .unwrap();
        assert_eq!(gathered, 1);
        assert_eq!(person_of(&town, stray).await, first);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_roster_knows_a_merged_record() {
    on_both(async |town| {
        let first = register(&town, hanako::draft()).await;
        let gone = register(&town, second()).await;
        merge(&town, first, gone, Picks::default()).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let roster = "登録番号,氏名,フリガナ,性別,生年月日,住所\n\
                      90877,南野 花子,ミナミノ ハナコ,女,S13.4.3,大田区大森北1-2-3\n";
        let run = import::begin(
            town.db(),
            &nurse,
            "a.csv".to_owned(),
            roster.as_bytes().to_vec(),
        );
        let run = run.await.unwrap();
        let mut conn = town.db().read().await.unwrap();
        let mapping = import::find_run(&mut conn, &nurse, run)
            .await
            .unwrap()
            .unwrap()
            .mapping;
        import::settle_columns(town.db(), &nurse, run, mapping)
            .await
            .unwrap();
        import::judge(town.db(), &nurse, run, OldNumbers::KEPT_ONLY)
            .await
            .unwrap();
        let rows = import::list_rows(&mut conn, &nurse, run, None, (10, 0))
            .await
            .unwrap();
        assert_eq!(rows[0].0.person, Some(first), "{}", rows[0].0.reason());
    })
    .await;
}
