//! From a notice and from a consultation to a case, and the links there and back.

use db::{args, sql};
use mimamori::cases::{self, Access, Origin, OriginKind};
use mimamori::consultations::{self, Subject};
use mimamori::ids::{CaseId, ConsultationId, NoticeId};
use mimamori::notices::{self, Ending, LookKind};
use mimamori::people::views::Look;
use mimamori::routes::EXPLAINS;
use mimamori::scope::Role;

use super::{Someone, find, first, someone};
use crate::consultations::{SAID, card, take};
use crate::hanako;
use crate::notices::{HOME, areas, notice, told};
use crate::town::{Page, Town, on_both};

const BEGAN: &str = "新聞の方から、郵便受けがあふれていると聞いた";

/// A notice about her home that is tied to her; its version.
async fn tied(town: &Town) -> (NoticeId, i64) {
    areas(town).await;
    let person = hanako::register(town).await;
    let id = told(town, &["post"], HOME, "090-0111-0001").await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    notices::tie(town.db(), &nurse, id, 1, person, "表札と同じ名前")
        .await
        .unwrap();
    (id, notice(town, id).await.version)
}

/// What the notice of a case for named people says: what whoever began it typed.
const KEPT: &str = "お会いできた。月に一度、前を通る";

fn fields<'a>(version: &'a str, access: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("version", version),
        ("began", BEGAN),
        ("access", access),
        ("kept", KEPT),
    ]
}

/// The case to which an answer leads.
fn case_of(page: &Page) -> CaseId {
    assert_eq!(page.status, 303, "{}", page.text());
    let id = page.location().strip_prefix("/cases/").unwrap();
    id.split('?').next().unwrap().parse().unwrap()
}

async fn begun(who: &Someone, id: NoticeId, version: i64, access: &str) -> CaseId {
    let path = format!("/notices/{id}/case");
    let version = version.to_string();
    case_of(&who.client.post(&path, &fields(&version, access)).await)
}

async fn how_many(town: &Town) -> i64 {
    let statement = sql("SELECT COUNT(*) FROM cases WHERE network = $1");
    let mut conn = town.db().read().await.unwrap();
    let row = conn.one(statement, &args![town.minami.id]).await.unwrap();
    row.unwrap().int(0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_becomes_a_case_and_each_leads_to_the_other() {
    on_both(async |town| {
        let (id, version) = tied(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let form = nurse.client.get(&format!("/notices/{id}/case")).await;
        assert_eq!(form.status, 200);
        assert!(form.text().contains("南野 ハナコ"));
        assert!(
            form.select("textarea[name=began]")[0].contains("の気づき（電話）"),
            "what was told stands in the form"
        );
        let case = begun(&nurse, id, version, "center").await;
        let page = nurse.client.get(&format!("/cases/{case}")).await.text();
        assert!(page.contains("南野 ハナコ") && page.contains(BEGAN));
        assert!(page.contains(&format!("/notices/{id}")));
        let ended = notice(&town, id).await;
        assert_eq!(ended.ending, Some(Ending::Case));
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let page = colleague.client.get(&format!("/notices/{id}")).await;
        assert!(page.text().contains(&format!("/cases/{case}")));
        // The row alone does not say from which notice it came.
        let statement = sql("SELECT origin FROM cases WHERE network = $1 AND id = $2");
        let mut conn = town.db().read().await.unwrap();
        let row = conn.one(statement, &args![town.minami.id, case]).await;
        assert_ne!(row.unwrap().unwrap().int(0).unwrap(), id.0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_for_named_people_is_not_told_of_at_its_notice() {
    on_both(async |town| {
        let (id, version) = tied(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        // Words that nobody types would tell of it as well as any.
        let version_of = version.to_string();
        let silent = &fields(&version_of, "named")[..3];
        let path = format!("/notices/{id}/case");
        let page = nurse.client.post(&path, silent).await;
        assert!(page.status == 422 && page.text().contains("気づきに残す言葉を書いて"));
        let case = begun(&nurse, id, version, "named").await;
        let path = format!("/notices/{id}");
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        for page in [&path, "/notices/ended"] {
            let text = colleague.client.get(page).await.text();
            assert!(text.contains("見守りを続ける"), "{page}: {text}");
            for word in ["支援につなぐ", "支援を始めました", BEGAN, "第1号"] {
                assert!(!text.contains(word), "{page}: {word}");
            }
            assert!(!text.contains(&case.to_string()), "{page}");
        }
        let text = colleague.client.get(&path).await.text();
        assert!(text.contains(KEPT) && !text.contains("引き続き確かめます"));
        assert_eq!(
            colleague.client.get(&format!("/cases/{case}")).await.status,
            404
        );
        let head = first(&town, Role::CenterHead).await;
        for who in [&nurse, &head] {
            let text = who.client.get(&path).await.text();
            assert!(text.contains(&format!("/cases/{case}")));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_becomes_a_case_once_upon_what_was_seen_and_about_somebody() {
    on_both(async |town| {
        areas(&town).await;
        let id = told(&town, &["post"], "", "090-0111-0001").await;
        let nurse = first(&town, Role::CenterStaff).await;
        let path = format!("/notices/{id}/case");
        let version = notice(&town, id).await.version.to_string();
        // About nobody and no place.
        let page = nurse.client.post(&path, &fields(&version, "center")).await;
        assert_eq!(page.status, 422);
        assert!(
            page.text()
                .contains("だれの、またはどの場所の支援かを入れてください")
        );
        assert!(page.text().contains(BEGAN), "as it was typed");
        // Somebody looked meanwhile.
        notices::look(town.db(), &nurse.deed, id, 1, LookKind::Phone, "出ない")
            .await
            .unwrap();
        let mut about = fields(&version, "center").to_vec();
        about.push(("about", "2丁目の角の家の方"));
        let page = nurse.client.post(&path, &about).await;
        assert_eq!(page.status, 409);
        assert!(page.text().contains(BEGAN) && page.text().contains("2丁目の角の家の方"));
        assert_eq!(how_many(&town).await, 0);
        // The form that came back holds what stands now.
        let version = page.attr("input[name=version]", "value").unwrap();
        about[0] = ("version", version.as_str());
        let case = case_of(&nurse.client.post(&path, &about).await);
        assert_eq!(find(&town, case).await.body.about, "2丁目の角の家の方");
        // It has ended.
        let page = nurse.client.post(&path, &about).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("終わりを取り消す"), "{}", page.text());
        assert_eq!(how_many(&town).await, 1);
        // As a case it ends only where one begins.
        let other = told(&town, &["post"], HOME, "090-0111-0002").await;
        let by_hand = [("version", "1"), ("ending", "case"), ("why", "x")];
        let page = nurse
            .client
            .post(&format!("/notices/{other}/ending"), &by_hand)
            .await;
        assert_eq!(page.status, 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_notice_and_consultation_become_nobodys_case() {
    on_both(async |town| {
        let (id, version) = tied(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let heard = take(&town, &nurse.deed, Subject::Stranger(Box::new(card()))).await;
        let version = version.to_string();
        for role in [Role::CenterStaff, Role::CenterHead] {
            let there = someone(&town, role, town.minami.other_center, "北見 遠子").await;
            for path in [
                format!("/notices/{id}/case"),
                format!("/consultations/{heard}/case"),
            ] {
                assert_eq!(there.client.get(&path).await.status, 404, "{path}");
                let page = there.client.post(&path, &fields(&version, "center")).await;
                assert_eq!(page.status, 404, "{path}");
                assert!(!page.text().contains("南野") && !page.text().contains("渡邊"));
            }
        }
        assert_eq!(how_many(&town).await, 0);
        assert!(notice(&town, id).await.ending.is_none());
    })
    .await;
}

async fn consultation(town: &Town, id: ConsultationId) -> consultations::Consultation {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    consultations::find(&mut conn, &deed, id).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_becomes_a_case_and_is_finished_by_its_own_center() {
    on_both(async |town| {
        let nurse = first(&town, Role::CenterStaff).await;
        let open = consultations::Entry {
            closed: false,
            next_on: Some("2026-11-27".parse().unwrap()),
            ..crate::consultations::entry(&town)
        };
        let new = consultations::New {
            subject: Subject::Stranger(Box::new(card())),
            entry: open,
        };
        let id = consultations::take(town.db(), &nurse.deed, EXPLAINS, new)
            .await
            .unwrap();
        let path = format!("/consultations/{id}/case");
        let form = nurse.client.get(&path).await;
        assert!(form.select("textarea[name=began]")[0].contains(SAID));
        let about = form.attr("input[name=about]", "value").unwrap();
        assert!(about.contains("渡邊 しづ"));
        let mut typed = fields("1", "named").to_vec();
        typed.push(("about", &about));
        let case = case_of(&nurse.client.post(&path, &typed).await);
        // Pressed twice, it leads to the one that began.
        assert_eq!(case_of(&nurse.client.post(&path, &typed).await), case);
        assert_eq!(how_many(&town).await, 1);
        let after = consultation(&town, id).await;
        assert_eq!(after.state, consultations::State::Closed);
        assert_eq!(
            (after.next_on, after.task),
            (None, None),
            "its task is done"
        );
        let page = nurse.client.get(&format!("/cases/{case}")).await.text();
        assert!(page.contains(&format!("/consultations/{id}")));
        let page = nurse
            .client
            .get(&format!("/consultations/{id}"))
            .await
            .text();
        assert!(page.contains(&format!("/cases/{case}")));
        // A colleague reads that it is finished, by a correction like any, and of no case.
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let page = colleague
            .client
            .get(&format!("/consultations/{id}"))
            .await
            .text();
        assert!(page.contains("終結") && !page.contains(&case.to_string()));
        assert!(page.contains("訂正") && !page.contains("終結にした"));
        // What was struck out becomes none.
        let struck = take(&town, &nurse.deed, Subject::Stranger(Box::new(card()))).await;
        consultations::strike(town.db(), &nurse.deed, struck, 1, "2度入れた")
            .await
            .unwrap();
        let path = format!("/consultations/{struck}/case");
        assert!(
            nurse
                .client
                .get(&path)
                .await
                .text()
                .contains("取り消されています")
        );
        assert_eq!(nurse.client.post(&path, &typed).await.status, 422);
        assert_eq!(how_many(&town).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_persons_own_center_begins_a_case_with_what_another_center_heard() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let there = someone(
            &town,
            Role::CenterStaff,
            town.minami.other_center,
            "北見 遠子",
        )
        .await;
        let id = take(&town, &there.deed, Subject::Registered(person)).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let path = format!("/consultations/{id}/case");
        // Pressed twice at once; no change of what the other center keeps tells the two apart.
        let typed = fields("1", "center");
        let (one, two) = tokio::join!(
            nurse.client.post(&path, &typed),
            nurse.client.post(&path, &typed)
        );
        let case = case_of(&one);
        assert_eq!(case_of(&two), case);
        assert_eq!(how_many(&town).await, 1);
        assert_eq!(
            consultation(&town, id).await.version,
            1,
            "it stays as it was taken down"
        );
        // Who took it sees no case, and does not read that there is one.
        let page = there.client.get(&format!("/consultations/{id}")).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains(&case.to_string()) && !page.text().contains("始まった支援"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_transfer_neither_side_leads_to_the_other() {
    on_both(async |town| {
        let (id, version) = tied(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begun(&nurse, id, version, "center").await;
        let there = someone(
            &town,
            Role::CenterHead,
            town.minami.other_center,
            "北山 長子",
        )
        .await;
        let mut conn = town.db().read().await.unwrap();
        let people = cases::list_people(&mut conn, &nurse.deed, case).await;
        drop(conn);
        super::moved(&town, people.unwrap()[0], town.minami.other_center).await;
        let offer = super::offer(town.minami.other_center);
        let offer = cases::offer(town.db(), &nurse.deed, case, offer)
            .await
            .unwrap();
        cases::accept(town.db(), &there.deed, offer).await.unwrap();
        let page = nurse.client.get(&format!("/notices/{id}")).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains(&case.to_string()));
        let page = there.client.get(&format!("/cases/{case}")).await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains(&id.to_string()));
        let kept = find(&town, case).await.body.origin;
        let kept = kept.map(|Origin { kind, id }| (kind, id.0));
        assert_eq!(kept, Some((OriginKind::Notice, id.0)));
        assert_eq!(find(&town, case).await.access, Access::Center);
    })
    .await;
}

/// What the head of the center reads of notices that are late.
async fn late(town: &Town) -> String {
    let head = town.sign_in(Role::CenterHead).await;
    let lines = head.get("/center").await.select("dl.record > div");
    let of_notices = |line: &String| line.starts_with("最初の確認が遅れている気づき");
    lines.into_iter().find(of_notices).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn work_at_a_notice_explains_a_look_and_what_is_late_waits_for_the_head() {
    on_both(async |town| {
        let (id, _) = tied(&town).await;
        let person = notice(&town, id).await.person.unwrap();
        let nurse = first(&town, Role::CenterStaff).await;
        let colleague = someone(&town, Role::CenterStaff, town.minami.center, "近藤 同子").await;
        let explained = async |who: &Someone, since: i64| {
            let look = Look {
                person,
                staff: who.staff,
                since,
            };
            let mut conn = town.db().read().await.unwrap();
            notices::explains(&mut conn, &who.deed, look).await.unwrap()
        };
        let now = nurse.deed.at();
        assert!(explained(&nurse, now).await);
        assert!(!explained(&colleague, now).await, "it is not their work");
        assert!(late(&town).await.contains("0件"));
        town.at("2026-11-27T10:00:00+09:00");
        assert!(late(&town).await.contains("1件"));
        let nurse = first(&town, Role::CenterStaff).await;
        notices::end(town.db(), &nurse.deed, id, 2, Ending::Safe, "旅行だった")
            .await
            .unwrap();
        let now = nurse.deed.at();
        assert!(explained(&nurse, now - 1).await, "it ended just now");
        assert!(
            !explained(&nurse, now).await,
            "what ended before is no reason any more"
        );
    })
    .await;
}
