//! A questionnaire is answered on a tablet, told, or keyed in from paper; what came out is judged by
//! the national criteria; and a link, a tablet and another center open nothing more than they should.

use mimamori::ids::{PersonId, RowId};
use mimamori::paths::checklists::{self, Answers, Refusal, Sheet, State, Way};
use mimamori::people::{self, Draft};
use mimamori::scope::Role;

use crate::hanako;
use crate::town::{Client, Page, Town, on_both};

/// As typed from paper: only 11 counts; 12 is not measured yet and 25 is open.
const PAPER: &str = "11111 11122 10222 12212 22220";

async fn begin(town: &Town, person: PersonId, sheet: Sheet, way: Way) -> RowId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    checklists::begin(town.db(), &nurse, person, sheet, way)
        .await
        .unwrap()
}

async fn find(town: &Town, id: RowId) -> checklists::Checklist {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    checklists::find(&mut conn, &deed, id).await.unwrap()
}

/// Another person, of the other center.
async fn elsewhere(town: &Town) -> PersonId {
    let deed = town.deed().await;
    let draft = Draft {
        center: Some(town.minami.other_center),
        ..hanako::draft()
    };
    people::register(town.db(), &deed, draft).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_keyed_in_and_judged_as_far_as_it_tells() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = format!("/people/{hanako}/checklists");
        assert!(
            nurse
                .get(&list)
                .await
                .text()
                .contains("まだ回答がありません")
        );
        assert_eq!(nurse.post(&list, &[("sheet", "kihon")]).await.status, 422);
        let begun = nurse
            .post(&list, &[("sheet", "kihon"), ("way", "paper")])
            .await;
        let form = begun.location().to_owned();
        let short = nurse
            .post(
                &form,
                &[("version", "1"), ("row", "111"), ("height", "1.52")],
            )
            .await;
        assert_eq!(short.status, 422);
        for words in [
            "25けたで入れてください（いま3けた）",
            "身長を cm で",
            "value=\"111\"",
        ] {
            assert!(short.text().contains(words), "{words}: {}", short.text());
        }
        let fields = [
            ("version", "1"),
            ("row", PAPER),
            ("on", "R8.11.2"),
            ("weight", "48.5"),
        ];
        let saved = nurse.post(&form, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let page = nurse.get(saved.location()).await.text();
        for words in [
            "未回答があるため、まだ判定できません",
            "12番",
            "25問中23問に回答",
            "身長は未回答・48.5kg",
            "2026年（令和8年）11月2日",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        it_is_judged_anew(&nurse, &form).await;
    })
    .await;
}

/// Once 16 is answered "no", it is ⑤ whatever is open.
async fn it_is_judged_anew(nurse: &Client, form: &str) {
    let ahead = [("version", "2"), ("row", PAPER), ("on", "2027-01-01")];
    let ahead = nurse.post(form, &ahead).await;
    assert!(ahead.text().contains("今日より先"), "{}", ahead.text());
    let row = PAPER.replace("12212", "22212");
    let saved = nurse.post(form, &[("version", "2"), ("row", &row)]).await;
    let page = nurse.get(saved.location()).await.text();
    assert!(
        page.contains("事業対象者の基準に該当します") && page.contains("⑤"),
        "{page}"
    );
    // Somebody who still has the older form open does not write over it.
    let late = nurse.post(form, &[("version", "2"), ("row", PAPER)]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("答えが変わりました"));
}

#[tokio::test(flavor = "multi_thread")]
async fn years_stand_side_by_side_and_a_slip_counts_nowhere() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        for (row, on) in [
            ("1111111111111111", "2024-05-01"),
            ("2222222222222222", "2026-05-01"),
        ] {
            let id = begin(&town, hanako, Sheet::Kihon, Way::Told).await;
            let mut answers = Answers::default();
            for (number, digit) in (1u8..).zip(row.bytes()) {
                answers.choose(Sheet::Kihon, number, digit - b'0');
            }
            let day = on.parse().unwrap();
            checklists::save(town.db(), &deed, id, 1, day, answers)
                .await
                .unwrap();
        }
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = format!("/people/{hanako}/checklists");
        let page = nurse.get(&list).await;
        let picture = page.attr("svg[role=img]", "aria-label").unwrap();
        assert_eq!(picture, "日常生活関連動作：2024年5月 0点、2026年5月 5点");
        assert!(page.text().contains("▲ 前回より増"));
        let mut conn = town.db().read().await.unwrap();
        let all = checklists::list_for_person(&mut conn, &deed, hanako)
            .await
            .unwrap();
        drop(conn);
        let path = format!("/checklists/{}", all[0].id);
        assert!(nurse.get(&path).await.text().contains("▲ 悪化"));
        nurse
            .post(&format!("{path}/voiding"), &[("version", "2")])
            .await;
        assert_eq!(find(&town, all[0].id).await.state, State::Void);
        assert!(!nurse.get(&list).await.text().contains("▲ 前回より増"));
        let again = checklists::save(
            town.db(),
            &deed,
            all[0].id,
            3,
            all[0].on,
            Answers::default(),
        );
        assert!(matches!(again.await, Err(Refusal::IsVoid)));
    })
    .await;
}

/// The address behind the QR that the nurse is shown.
async fn handed(nurse: &Client, id: RowId, version: &str) -> String {
    let page = nurse
        .post(
            &format!("/checklists/{id}/handing"),
            &[("version", version)],
        )
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    let address = page.select("code.secret").remove(0);
    address[address.find("/answer/").unwrap()..].to_owned()
}

async fn press(tablet: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    tablet.post(path, fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_answers_one_questionnaire_until_it_is_sent() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Sheet::Kouki, Way::Tablet).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = handed(&nurse, id, "1").await;
        let tablet = town.visitor();
        let first = tablet.get(&path).await;
        assert_eq!(first.status, 200);
        assert!(first.text().contains("南野 さん"), "{}", first.text());
        for secret in ["ハナコ", "0188", "大田区", "心房細動"] {
            assert!(!first.text().contains(secret), "{secret}");
        }
        let next = press(&tablet, &path, &[("q", "1"), ("choice", "4")]).await;
        assert_eq!(next.location(), format!("{path}?q=2"));
        press(&tablet, &path, &[("q", "2"), ("choice", "0")]).await;
        // What the question does not offer is no answer; a question there is none of is not there.
        press(&tablet, &path, &[("q", "3"), ("choice", "9")]).await;
        assert_eq!(
            press(&tablet, &path, &[("q", "16"), ("choice", "1")])
                .await
                .status,
            404
        );
        let end = tablet.get(&format!("{path}?q=16")).await.text();
        assert!(end.contains("15問中1問に回答"), "{end}");
        let thanks = press(&tablet, &path, &[("done", "yes")]).await;
        assert!(thanks.text().contains("ありがとうございました"));
        let one = find(&town, id).await;
        assert_eq!(
            (one.state, one.answered(), one.way),
            (State::Done, 1, Way::Tablet)
        );
        // Sent is sent: the link shows nothing and takes nothing any more.
        for page in [
            tablet.get(&path).await,
            press(&tablet, &path, &[("q", "2"), ("choice", "1")]).await,
        ] {
            assert_eq!(page.status, 404);
            assert!(!page.text().contains("南野"));
        }
        assert_eq!(find(&town, id).await.answered(), 1);
        assert_lines(&nurse, hanako).await;
    })
    .await;
}

/// Every sight and deed of the tablet has its line.
async fn assert_lines(nurse: &Client, person: PersonId) {
    let sights = nurse.get(&format!("/people/{person}/sights")).await.text();
    for words in [
        "タブレットでの回答",
        "後期高齢者の質問票：ご本人が回答を送った",
    ] {
        assert!(sights.contains(words), "{words}: {sights}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_over_after_an_hour_when_withdrawn_and_when_another_is_handed_out() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Sheet::Kihon, Way::Tablet).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let tablet = town.visitor();
        let first = handed(&nurse, id, "1").await;
        let second = handed(&nurse, id, "2").await;
        assert_eq!(
            tablet.get(&first).await.status,
            404,
            "another was handed out"
        );
        assert_eq!(tablet.get(&second).await.status, 200);
        // Only this one: a changed letter of the secret opens nothing.
        let wrong = format!("{}x", &second[..second.len() - 1]);
        assert_eq!(tablet.get(&wrong).await.status, 404);
        town.pass(checklists::LINK_MINUTES * 60 - 1);
        assert_eq!(tablet.get(&second).await.status, 200);
        town.pass(1);
        assert_eq!(tablet.get(&second).await.status, 404, "after an hour");
        let answer = press(&tablet, &second, &[("q", "1"), ("choice", "1")]).await;
        assert_eq!(answer.status, 404);
        let nurse = town.sign_in(Role::CenterStaff).await;
        let third = handed(&nurse, id, "3").await;
        assert_eq!(tablet.get(&third).await.status, 200);
        // A page that showed an earlier link does not stop this one.
        let path = format!("/checklists/{id}/withdrawal");
        let until = nurse.get(&format!("/checklists/{id}")).await.hidden(&path);
        let until = until[0].1.clone();
        town.pass(60);
        let fourth = handed(&nurse, id, "4").await;
        nurse.post(&path, &[("until", &until)]).await;
        assert_eq!(tablet.get(&fourth).await.status, 200, "another link");
        let until = nurse.get(&format!("/checklists/{id}")).await.hidden(&path);
        nurse.post(&path, &[("until", &until[0].1)]).await;
        assert_eq!(tablet.get(&fourth).await.status, 404, "withdrawn");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_is_handed_over_is_signed_out_first() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Sheet::Kihon, Way::Tablet).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let cookie = nurse.cookie("mimamori").unwrap();
        let fields = [("version", "1"), ("device", "here")];
        let handed = nurse
            .post(&format!("/checklists/{id}/handing"), &fields)
            .await;
        let path = handed.location().to_owned();
        assert_eq!(nurse.get(&path).await.status, 200);
        // The cookie is gone from the machine, and worth nothing where somebody kept it.
        assert_eq!(nurse.cookie("mimamori"), None);
        nurse.keep(&format!("mimamori={cookie}"));
        for page in [
            "/",
            "/people",
            &format!("/people/{hanako}"),
            &format!("/checklists/{id}"),
        ] {
            let away = nurse.get(page).await;
            assert_eq!(away.status, 303, "{page}");
            assert!(away.location().starts_with("/login"), "{page}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_center_holds_is_not_found() {
    on_both(async |town| {
        let theirs = elsewhere(&town).await;
        let hanako = hanako::register(&town).await;
        let own = begin(&town, hanako, Sheet::Kihon, Way::Told).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let deed = town.deed_of(Role::CenterStaff).await;
        let begun = checklists::begin(town.db(), &deed, theirs, Sheet::Kihon, Way::Told).await;
        assert!(matches!(begun, Err(Refusal::NotFound)));
        let list = format!("/people/{theirs}/checklists");
        assert_eq!(nurse.get(&list).await.status, 404);
        let fields = [("sheet", "kihon"), ("way", "told")];
        assert_eq!(nurse.post(&list, &fields).await.status, 404);
        // She moves to the other center's area: from that moment nobody here finds it any more.
        let path = format!("/checklists/{own}");
        assert_eq!(nurse.get(&path).await.status, 200);
        let all = town.deed().await;
        let other = Some(town.minami.other_center);
        people::set_center(town.db(), &all, hanako, 1, other)
            .await
            .unwrap();
        assert_eq!(nurse.get(&path).await.status, 404);
        assert_eq!(nurse.get(&format!("{path}/answers")).await.status, 404);
        for deed in ["answers", "handing", "withdrawal", "voiding"] {
            let page = nurse
                .post(&format!("{path}/{deed}"), &[("version", "1")])
                .await;
            assert_eq!(page.status, 404, "{deed}");
        }
        assert_eq!(nurse.post(&format!("/papers{path}"), &[]).await.status, 404);
        let direct = checklists::put_void(town.db(), &deed, own, 1).await;
        assert!(matches!(direct, Err(Refusal::NotFound)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_filled_form_is_printed_with_a_line() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let id = begin(&town, hanako, Sheet::Kihon, Way::Paper).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.post(&format!("/papers/checklists/{id}"), &[]).await;
        assert_eq!(page.header("content-type"), "application/pdf");
        assert!(page.bytes.starts_with(b"%PDF"));
        let sights = nurse.get(&format!("/people/{hanako}/sights")).await.text();
        assert!(sights.contains("印刷"), "{sights}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_questionnaire_under_way_is_why_its_nurse_opens_the_record() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let sights = format!("/people/{hanako}/sights");
        let reason = "つなぎ・チェックリスト";
        nurse.get(&format!("/people/{hanako}")).await;
        assert!(!nurse.get(&sights).await.text().contains(reason));
        begin(&town, hanako, Sheet::Kihon, Way::Told).await;
        // Longer than what was worked on lately explains by itself.
        town.at("2026-12-01T10:00:00+09:00");
        let nurse = town.sign_in(Role::CenterStaff).await;
        nurse.get(&format!("/people/{hanako}")).await;
        let told = nurse.get(&sights).await.text();
        assert!(told.contains(reason), "{told}");
    })
    .await;
}
