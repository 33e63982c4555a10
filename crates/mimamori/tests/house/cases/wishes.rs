//! Forms that are given back as typed, cases of nobody registered, and what an erasure leaves of a
//! household.

use db::{args, sql};
use mimamori::cases::{self, Access, Contact, ContactWay, Purpose, Refusal, State};
use mimamori::ids::{CaseId, PersonId};
use mimamori::people;
use mimamori::scope::Role;
use mimamori::staff;
use mimamori::tasks::{self, Whose};
use words::name::PersonName;

use super::{Someone, begin, close, consent, find, first, moved, of_nobody, offer, someone};
use crate::hanako;
use crate::leaving::erase;
use crate::notices;
use crate::town::{Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_comes_back_as_typed_and_nothing_is_done() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let consent = consent(&town, &nurse, case, Purpose::Referral).await;
        let long = format!("続きがあるため{}", "あ".repeat(2_100));
        let path = format!("/cases/{case}/consents/{consent}/withdrawal");
        let field = format!("said_{consent}");
        let page = nurse.client.post(&path, &[(&field, &long)]).await;
        assert!(page.status == 422 && page.text().contains(&long));
        close(&town, &nurse.deed, case).await;
        for (why, typed) in [(long.as_str(), "続きがあるため"), ("", "なぜ再開するのか")]
        {
            let path = format!("/cases/{case}/reopening");
            let page = nurse.client.post(&path, &[("why", why)]).await;
            assert!(page.status == 422 && page.text().contains(typed));
        }
        assert_eq!(find(&town, case).await.state, State::Closed);
        let path = format!("/cases/{case}/reopening");
        let page = nurse
            .client
            .post(&path, &[("why", "また電話があった")])
            .await;
        assert_eq!(page.status, 303);
        assert_eq!(find(&town, case).await.state, State::Open);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_nobody_registered_goes_on_a_wish_and_by_the_head_only() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let head = first(&town, Role::CenterHead).await;
        let (case, hers) = (
            of_nobody(&town, &nurse.deed).await,
            begin(&town, &nurse.deed, person, Access::Center).await,
        );
        let due = jiff::civil::date(2026, 11, 25);
        cases::add_step(town.db(), &nurse.deed, case, due, "訪問".to_owned())
            .await
            .unwrap();
        let why = [("erase_why", "ご本人の希望")];
        let path = |case| format!("/cases/{case}/erasure");
        assert_eq!(nurse.client.post(&path(case), &why).await.status, 403);
        let form = head.client.get(&format!("/cases/{case}")).await;
        assert!(form.text().contains(&path(case)));
        let form = head.client.get(&format!("/cases/{hers}")).await;
        assert!(!form.text().contains(&path(hers)));
        let refused = cases::erase(town.db(), &head.deed, hers, "希望".to_owned()).await;
        assert!(matches!(refused, Err(Refusal::Registered)));
        let elsewhere = someone(
            &town,
            Role::CenterHead,
            town.minami.other_center,
            "北見 長子",
        );
        let elsewhere = elsewhere.await;
        assert_eq!(elsewhere.client.post(&path(case), &why).await.status, 404);
        let bare = head.client.post(&path(case), &[("erase_why", "")]).await;
        assert_eq!(bare.status, 422);
        assert_eq!(head.client.post(&path(case), &why).await.status, 303);
        let gone = head.client.get(&format!("/cases/{case}")).await;
        assert_eq!(gone.status, 404);
        let mut conn = town.db().read().await.unwrap();
        let deed = town.deed().await;
        let open = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
        assert!(
            open.iter()
                .all(|task| task.link != format!("/cases/{case}"))
        );
        find(&town, hers).await;
    })
    .await;
}

/// Her brother.
async fn ichiro(town: &Town) -> PersonId {
    let mut draft = hanako::draft();
    draft.identity.name = PersonName::new("南野", "一郎").unwrap();
    let deed = town.deed().await;
    people::register(town.db(), &deed, draft).await.unwrap()
}

/// Somebody called on them, met whom, and wrote down what.
async fn visited(town: &Town, nurse: &Someone, case: CaseId, (with, words): (&str, &str)) {
    let contact = Contact {
        way: ContactWay::Visit,
        on: jiff::civil::date(2026, 11, 19),
        with: with.to_owned(),
        minutes: 0,
        words: words.to_owned(),
        before: Vec::new(),
    };
    cases::add_contact(town.db(), &nurse.deed, case, contact)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_taken_out_of_a_case_is_erased_from_what_was_written_there() {
    on_both(async |town| {
        let (hanako, ichiro) = (hanako::register(&town).await, ichiro(&town).await);
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, ichiro, Access::Center).await;
        cases::add_person(town.db(), &nurse.deed, case, hanako)
            .await
            .unwrap();
        visited(&town, &nurse, case, ("一郎さん", "ハナコさんは入院中")).await;
        cases::save_basics(town.db(), &nurse.deed, case, 0, cases::Basics::default())
            .await
            .unwrap();
        cases::remove_person(town.db(), &nurse.deed, case, hanako)
            .await
            .unwrap();
        erase(&town, hanako).await;
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let contacts = cases::list_entries::<Contact>(&mut conn, &deed, case).await;
        let words = contacts.unwrap().remove(0).body.words;
        assert_eq!(words, "（消去された方）さんは入院中");
        let his = cases::list_entries::<cases::Basics>(&mut conn, &deed, case).await;
        assert_eq!(his.unwrap().len(), 1, "his form stays");
        let left = sql("SELECT COUNT(*) FROM case_left WHERE network = $1");
        let left = conn.one(left, &args![town.minami.id]).await.unwrap();
        assert_eq!(left.unwrap().int(0).unwrap(), 0);
        assert_eq!(
            cases::list_people(&mut conn, &deed, case).await.unwrap(),
            [ichiro]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_are_taken_out_at_once_one_stays() {
    on_both(async |town| {
        let (hanako, ichiro) = (hanako::register(&town).await, ichiro(&town).await);
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, ichiro, Access::Center).await;
        cases::add_person(town.db(), &nurse.deed, case, hanako)
            .await
            .unwrap();
        let out = |person| cases::remove_person(town.db(), &nurse.deed, case, person);
        let (one, two) = tokio::join!(out(hanako), out(ichiro));
        assert!(one.is_ok() != two.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_keeps_its_case_without_the_name_of_who_was_erased() {
    on_both(async |town| {
        let (hanako, ichiro) = (hanako::register(&town).await, ichiro(&town).await);
        let deed = town.deed().await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, hanako, Access::Center).await;
        cases::add_person(town.db(), &nurse.deed, case, ichiro)
            .await
            .unwrap();
        let words = "ハナコさんは留守。一郎さんは元気だった";
        visited(&town, &nurse, case, ("南野ハナコさん", words)).await;
        // It was put right: what stood there before speaks of her, too.
        let mut conn = town.db().read().await.unwrap();
        let all = cases::list_entries::<Contact>(&mut conn, &deed, case).await;
        drop(conn);
        let one = all.unwrap().remove(0);
        let (upon, to) = ((one.id, one.version), one.body);
        cases::correct_contact(town.db(), &nurse.deed, case, upon, to)
            .await
            .unwrap();
        let notice = notices::told(&town, &["post"], notices::HOME, "090-0111-2222").await;
        mimamori::notices::tie(town.db(), &nurse.deed, notice, 1, hanako, "表札")
            .await
            .unwrap();
        // She moved, he goes with her, and the case is offered; then it is asked to hand it over anew.
        let to = town.minami.other_center;
        for person in [hanako, ichiro] {
            moved(&town, person, to).await;
        }
        let offered = cases::offer(town.db(), &nurse.deed, case, offer(to)).await;
        offered.unwrap();
        for person in [hanako, ichiro] {
            moved(&town, person, town.minami.center).await;
        }
        erase(&town, hanako).await;
        let mut conn = town.db().read().await.unwrap();
        let told = cases::list_handovers(&mut conn, &deed, case).await.unwrap();
        assert!(told[0].state == cases::HandoverState::CalledBack);
        assert_eq!(told[0].told.who, "（消去された方）、南野 一郎");
        assert_eq!(told[0].told.ages, "", "whose age was which");
        let contacts = cases::list_entries::<Contact>(&mut conn, &deed, case).await;
        let body = contacts.unwrap().remove(0).body;
        assert_eq!(body.with, "（消去された方）さん");
        let left = "（消去された方）さんは留守。一郎さんは元気だった";
        assert_eq!(body.words, left);
        assert_eq!(body.before[0].words, left);
        let open = tasks::list(&mut conn, &deed, Whose::All).await.unwrap();
        let links: Vec<&str> = open.iter().map(|task| task.link.as_str()).collect();
        assert_eq!(links, [format!("/cases/{case}")], "to read, and no more");
        assert_eq!(open[0].taken_by, Some(nurse.staff));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_is_at_work_can_be_put_in_charge() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let listed = async || {
            let page = nurse.client.get(&format!("/cases/{case}/sharing")).await;
            let ids = page.select("select[name=lead] option");
            ids.iter().any(|name| name.contains("近藤 同子"))
        };
        assert!(listed().await);
        staff::suspend(town.db(), &town.deed().await, colleague.staff)
            .await
            .unwrap();
        assert!(!listed().await);
        let version = find(&town, case).await.version.to_string();
        let lead = colleague.staff.to_string();
        let fields = [("version", version.as_str()), ("lead", lead.as_str())];
        let path = format!("/cases/{case}/assignment");
        let page = nurse.client.post(&path, &fields).await;
        assert_eq!(page.status, 303);
        let page = nurse.client.get(page.location()).await;
        assert!(page.text().contains("停止中の職員"));
        assert_eq!(find(&town, case).await.lead, Some(nurse.staff));
    })
    .await;
}
