//! What is refused, asked as a browser asks it.

use jiff::civil::date;
use mimamori::cases::{self, Access, Contact, ContactWay, Given, Purpose, Referral};
use mimamori::ids::CaseId;
use mimamori::scope::Role;

use super::{
    Someone, WORDS, begin, consent, find, first, knock, moved, offer, someone, tells, upload,
};
use crate::hanako;
use crate::town::{Town, on_both};

/// Everybody who has no business with a case that is open to named people only.
async fn strangers(town: &Town) -> Vec<(&'static str, Someone)> {
    let (here, there) = (town.minami.center, town.minami.other_center);
    vec![
        (
            "a colleague of the center",
            someone(town, Role::CenterStaff, here, "近藤 同子").await,
        ),
        (
            "somebody of another center",
            someone(town, Role::CenterStaff, there, "北見 遠子").await,
        ),
        (
            "the head of another center",
            someone(town, Role::CenterHead, there, "北山 長子").await,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_door_of_a_case_opens_to_whoever_guesses_its_address() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        cases::add_step(
            town.db(),
            &nurse.deed,
            case,
            date(2026, 11, 24),
            "訪問".to_owned(),
        )
        .await
        .unwrap();
        let before = find(&town, case).await.version;
        let doors: Vec<(&str, String)> = town
            .doors
            .iter()
            .filter(|door| door.path.contains("{case}"))
            .map(|door| {
                let path = door.path.replace("{case}", &case.to_string());
                (
                    door.method,
                    path.replace("{row}", "0000000000000001")
                        .replace("{person}", &person.to_string())
                        .replace("{contact}", "1"),
                )
            })
            .collect();
        assert!(doors.len() > 25, "only {} doors", doors.len());
        for (whose, who) in strangers(&town).await {
            for (method, path) in &doors {
                let page = knock(&who, method, path).await;
                assert_eq!(page.status, 404, "{whose}: {method} {path}");
                assert!(!tells(&page.text()), "{whose}: {method} {path}");
            }
        }
        assert_eq!(find(&town, case).await.version, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_a_case_are_read_by_nobody_else() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let path = format!("/cases/{case}/documents");
        let page = upload(&nurse, &path, "診断書.pdf", b"%PDF-1.7 secret").await;
        assert_eq!(page.status, 303);
        let href = nurse.client.get(&path).await;
        let href = href.attr("table a", "href").unwrap();
        assert_eq!(nurse.client.get(&href).await.status, 200);
        // Under one's own case, somebody else's file is not there either.
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let own = begin(&town, &colleague.deed, person, Access::Center).await;
        let file = href.rsplit('/').next().unwrap();
        for path in [href.clone(), format!("/cases/{own}/documents/{file}")] {
            let page = colleague.client.get(&path).await;
            assert_eq!(page.status, 404, "{path}");
            let removal = format!("{path}/removal");
            assert_eq!(colleague.client.post(&removal, &[]).await.status, 404);
        }
        assert_eq!(nurse.client.get(&href).await.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_brings_themselves_into_a_case() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        for (whose, who) in strangers(&town).await {
            let me = who.staff.to_string();
            let viewer = [
                ("viewer", me.as_str()),
                ("viewer_until", "2026-12-24"),
                ("viewer_reason", "見たい"),
            ];
            let path = format!("/cases/{case}/viewers");
            assert_eq!(who.client.post(&path, &viewer).await.status, 404, "{whose}");
            let lead = [("lead", me.as_str()), ("version", "1")];
            let path = format!("/cases/{case}/assignment");
            assert_eq!(who.client.post(&path, &lead).await.status, 404, "{whose}");
            let page = who.client.get(&format!("/cases/{case}")).await;
            assert_eq!(page.status, 404, "{whose}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_lets_somebody_of_the_center_in_until_its_day_and_nobody_else() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let across = someone(
            &town,
            Role::CenterStaff,
            town.minami.other_center,
            "北見 遠子",
        )
        .await;
        let until = date(2026, 12, 24);
        let named = cases::add_viewer(
            town.db(),
            &nurse.deed,
            case,
            (across.staff, until),
            "同行のため".to_owned(),
        );
        assert!(matches!(named.await, Err(cases::Refusal::NoSuchStaff)));
        // A name holds until its day and not longer.
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let named = cases::add_viewer(
            town.db(),
            &nurse.deed,
            case,
            (colleague.staff, date(2026, 11, 21)),
            "同行のため".to_owned(),
        );
        named.await.unwrap();
        let path = format!("/cases/{case}");
        assert_eq!(colleague.client.get(&path).await.status, 200);
        // Whoever is only named lets nobody else in.
        let me = colleague.staff.to_string();
        let wide = [
            ("viewer", me.as_str()),
            ("viewer_until", "2027-01-24"),
            ("viewer_reason", "続けて"),
        ];
        let page = colleague
            .client
            .post(&format!("{path}/viewers"), &wide)
            .await;
        assert_eq!(page.status, 403);
        town.at("2026-11-22T10:00:00+09:00");
        let later = super::signed_in(
            &town,
            colleague.staff,
            Role::CenterStaff,
            town.minami.center,
        );
        assert_eq!(later.await.client.get(&path).await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_counts_and_searches_know_of_nothing_unseen() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        cases::add_step(
            town.db(),
            &nurse.deed,
            case,
            date(2026, 11, 20),
            "訪問".to_owned(),
        )
        .await
        .unwrap();
        town.at("2027-03-20T10:00:00+09:00");
        let nurse = first(&town, Role::CenterStaff).await;
        let name = format!("支援 第{}号", find(&town, case).await.number);
        for (whose, who) in strangers(&town).await {
            for list in ["mine", "center", "due", "silent", "closed"] {
                let page = who.client.get(&format!("/cases?list={list}")).await;
                assert!(!page.text().contains(&name), "{whose}: {list}");
                assert!(
                    page.select(".count").iter().all(|count| count == "0件"),
                    "{whose}"
                );
            }
            for words in ["1", "第1号", "ミナミノ ハナコ", "03-0188-7191"] {
                let page = who.client.post("/cases/search", &[("q", words)]).await;
                let text = page.text();
                assert!(text.contains("見つかりませんでした"), "{whose}: {words}");
                assert!(
                    !text.contains(&name) && !text.contains("南野"),
                    "{whose}: {words}"
                );
            }
            let page = who.client.get("/handovers").await;
            assert!(!page.text().contains(&name), "{whose}");
        }
        // Those in charge and the head find it everywhere.
        let head = first(&town, Role::CenterHead).await;
        for (who, list) in [
            (&nurse, "mine"),
            (&nurse, "due"),
            (&head, "silent"),
            (&head, "center"),
        ] {
            let page = who.client.get(&format!("/cases?list={list}")).await;
            assert!(page.text().contains(&name), "{list}");
        }
        let page = nurse
            .client
            .post("/cases/search", &[("q", "ミナミノ ハナコ")])
            .await;
        assert!(page.text().contains(&name));
        // What the register says of her to a colleague does not speak of it.
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        for path in ["", "/sights", "/history", "/cases"] {
            let page = colleague
                .client
                .get(&format!("/people/{person}{path}"))
                .await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.text().contains(&name), "{path}");
            assert!(!page.text().contains("支援の記録"), "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_an_unseen_case_reads_like_one_to_none() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let unseen = begin(&town, &nurse.deed, person, Access::Named).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let own = begin(&town, &colleague.deed, person, Access::Center).await;
        let path = format!("/cases/{own}/links");
        let number = find(&town, unseen).await.number.to_string();
        let one = colleague
            .client
            .post(&path, &[("number", number.as_str())])
            .await;
        let none = colleague.client.post(&path, &[("number", "999999")]).await;
        assert_eq!((one.status, none.status), (422, 422));
        let problem = "p.problem";
        assert_eq!(one.select(problem), none.select(problem));
        assert!(!one.select(problem).is_empty());
        // Linked by the head, who sees both, it still is not there for the colleague.
        let head = first(&town, Role::CenterHead).await;
        let number = find(&town, unseen).await.number;
        cases::add_link(town.db(), &head.deed, own, number, "同じ世帯".to_owned())
            .await
            .unwrap();
        let name = format!("支援 第{number}号");
        for path in [format!("/cases/{own}"), format!("/cases/{own}/sharing")] {
            assert!(
                !colleague.client.get(&path).await.text().contains(&name),
                "{path}"
            );
            assert!(
                head.client.get(&path).await.text().contains(&name),
                "{path}"
            );
        }
    })
    .await;
}

/// What a receiver is told and what not, then what the sender still finds.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_transfer_an_old_link_and_an_open_page_lead_nowhere() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        wrote(&town, &nurse, case).await;
        cases::add_step(
            town.db(),
            &nurse.deed,
            case,
            date(2026, 11, 24),
            "訪問".to_owned(),
        )
        .await
        .unwrap();
        let across = someone(
            &town,
            Role::CenterStaff,
            town.minami.other_center,
            "北見 遠子",
        )
        .await;
        let to = town.minami.other_center;
        moved(&town, person, to).await;
        let offered = cases::offer(town.db(), &nurse.deed, case, offer(to))
            .await
            .unwrap();
        let summary = across.client.get(&format!("/handovers/{offered}")).await;
        is_a_summary(&summary.text());
        assert_eq!(
            across.client.get(&format!("/cases/{case}")).await.status,
            404
        );
        // The sender has the page open.
        let open = nurse.client.get(&format!("/cases/{case}/edit")).await;
        let fields = open.hidden(&format!("/cases/{case}/edit"));
        let taken = across
            .client
            .post(&format!("/handovers/{offered}/acceptance"), &[])
            .await;
        assert_eq!(taken.location(), format!("/cases/{case}"));
        assert!(tells(
            &across.client.get(&format!("/cases/{case}")).await.text()
        ));
        saves_no_more(&nurse, case, &fields).await;
        let head = first(&town, Role::CenterHead).await;
        for old in [&nurse, &head] {
            finds_nothing(&town, old, case).await;
            let recall = format!("/handovers/{offered}/recall");
            assert_eq!(old.client.post(&recall, &[]).await.status, 404);
            assert_eq!(
                old.client
                    .get(&format!("/handovers/{offered}"))
                    .await
                    .status,
                404
            );
        }
        assert_eq!(find(&town, case).await.body.plan, WORDS[2]);
    })
    .await;
}

/// Names, ages, wish and the sender's words; nothing else of the case or the record.
fn is_a_summary(text: &str) {
    assert!(text.contains("南野 ハナコ") && text.contains("88歳"));
    assert!(text.contains(WORDS[1]) && text.contains("転居されました"));
    for hidden in [
        WORDS[0],
        WORDS[2],
        WORDS[3],
        "夜は一人でさみしい",
        "みなみ荘",
        "03-0188-7191",
    ] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

/// What was typed on a page that was left open is not kept.
async fn saves_no_more(who: &Someone, case: CaseId, hidden: &[(String, String)]) {
    let fields = hidden.iter();
    let mut fields: Vec<(&str, &str)> = fields
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([("plan", "書きかえ"), ("access", "center"), ("began", "x")]);
    let path = format!("/cases/{case}/edit");
    assert_eq!(who.client.post(&path, &fields).await.status, 404);
}

async fn wrote(town: &Town, who: &Someone, case: CaseId) {
    let contact = Contact {
        on: date(2026, 11, 20),
        way: ContactWay::Visit,
        with: "ご本人".to_owned(),
        minutes: 40,
        words: "夜は一人でさみしい".to_owned(),
        before: Vec::new(),
    };
    cases::add_contact(town.db(), &who.deed, case, contact)
        .await
        .unwrap();
}

/// Every door, list, count and search, and the work of the day.
async fn finds_nothing(town: &Town, who: &Someone, case: CaseId) {
    let name = format!("支援 第{}号", find(town, case).await.number);
    for door in town
        .doors
        .iter()
        .filter(|door| door.path.contains("{case}"))
    {
        let path = door.path.replace("{case}", &case.to_string());
        let path = path
            .replace("{row}", "0000000000000001")
            .replace("{person}", "0000000000000001")
            .replace("{contact}", "1");
        let page = knock(who, door.method, &path).await;
        assert_eq!(page.status, 404, "{} {path}", door.method);
    }
    let mut paths: Vec<String> = ["mine", "center", "due", "silent", "closed"]
        .iter()
        .map(|list| format!("/cases?list={list}"))
        .collect();
    paths.extend(["/handovers".to_owned(), "/".to_owned()]);
    for path in paths {
        let page = who.client.get(&path).await;
        assert!(!page.text().contains(&name), "{path}");
    }
    let page = who
        .client
        .post("/cases/search", &[("q", "ミナミノ ハナコ")])
        .await;
    assert!(page.text().contains("見つかりませんでした"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_is_withdrawn_or_over_carries_nothing() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let referral = |consent, without: &str| Referral {
            organisation: Some(town.minami.hospital),
            to: String::new(),
            words: "認知症の相談をお願いしました".to_owned(),
            given: Given {
                consent,
                same: true,
                without: without.to_owned(),
            },
        };
        let refer = async |who: &Someone, referral| {
            cases::refer(town.db(), &who.deed, case, referral).await
        };
        let without = refer(&nurse, referral(None, "")).await;
        assert!(matches!(without, Err(cases::Refusal::NoConsent)));
        let consent = consent(&town, &nurse, case, Purpose::Referral).await;
        refer(&nurse, referral(Some(consent), "")).await.unwrap();
        let path = format!("/cases/{case}/consents/{consent}/withdrawal");
        let field = format!("said_{consent}");
        let said = [(field.as_str(), "やはりやめたい")];
        assert_eq!(nurse.client.post(&path, &said).await.status, 303);
        let after = refer(&nurse, referral(Some(consent), "")).await;
        assert!(matches!(after, Err(cases::Refusal::NoConsent)));
        // Without consent: not by anybody, and by the head not without a reason.
        let override_ = refer(&nurse, referral(None, "命を守るため")).await;
        assert!(matches!(override_, Err(cases::Refusal::NoRight(_))));
        let form = [
            ("organisation", town.minami.hospital.to_string()),
            ("refer_words", "伝えました".to_owned()),
            ("refer_without", "命を守るため".to_owned()),
        ];
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let page = nurse
            .client
            .post(&format!("/cases/{case}/referral"), &form)
            .await;
        assert_eq!(page.status, 422);
        let head = first(&town, Role::CenterHead).await;
        refer(&head, referral(None, "命を守るため")).await.unwrap();
        let deed = town.deed().await;
        let mut conn = town.db().read().await.unwrap();
        let rows = cases::list_handovers(&mut conn, &deed, case).await.unwrap();
        assert!(rows[0].overridden && rows[0].told.overridden == "命を守るため");
        assert_eq!(rows.iter().filter(|row| row.overridden).count(), 1);
    })
    .await;
}
