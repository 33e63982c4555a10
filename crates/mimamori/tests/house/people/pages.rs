//! ハナコ's pages: forms as typed, two versions side by side, the purpose, the photo; and who may
//! not see her.

use axum::body::Body;
use axum::http::{Request, header};
use mimamori::ids::PersonId;
use mimamori::people::{self, Contacts, Draft, Group};
use mimamori::scope::Role;

use super::{find, lines, picture};
use crate::hanako;
use crate::town::{Client, Page, on_both};

/// The fields of a new person as a browser sends them.
pub fn form() -> Vec<(&'static str, &'static str)> {
    vec![
        ("do", "save"),
        ("family", "𠮷野"),
        ("given", "葛\u{e0100}"),
        ("family_kana", "よしの"),
        ("given_kana", "ｶﾂﾗ"),
        ("born_era", "showa"),
        ("born_year", "13"),
        ("born_month", "4"),
        ("born_day", ""),
        ("born_text", ""),
        ("sex", "unanswered"),
        ("postcode", "１４３００１６"),
        ("address", "大田区大森北１－２－３"),
        ("phone1", "０３（０１８８）７１９１"),
        ("phone2", ""),
        ("living", "alone"),
        ("old_number", ""),
        ("c1_name", "北川 春子"),
        ("c1_relation", "友人"),
        ("c1_phone1", "09003334444"),
        ("c1_told", "call_only"),
        ("c1_mail", "haruko@example.jp"),
        ("c1_agreed", "yes"),
        ("c2_name", ""),
        ("c2_phone1", ""),
        ("c2_told", "call_only"),
        ("identity", "given"),
        ("medical", "refused"),
        ("board", "not_asked"),
        ("how", "in_person"),
    ]
}

fn with(
    mut form: Vec<(&'static str, &'static str)>,
    name: &str,
    value: &'static str,
) -> Vec<(&'static str, &'static str)> {
    for field in &mut form {
        if field.0 == name {
            field.1 = value;
        }
    }
    form
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_as_typed_becomes_a_record() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let saved = nurse.post("/people/new", &form()).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let page = nurse.get(saved.location()).await;
        let text = page.text();
        for words in [
            "𠮷野 葛\u{e0100}さん",
            "ヨシノ カツラ",
            "1938年（昭和13年）4月",
            "143-0016",
            "03-0188-7191",
            "090-0333-4444",
            "同意しない（2026-11-20、本人）",
            "今日、対面で確認",
        ] {
            assert!(text.contains(words), "{words} is not on the page");
        }
        assert!(text.contains("緊急連絡先が足りません"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_comes_back_as_typed() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let typed = with(with(form(), "phone1", "03-018"), "born_month", "13");
        let page = nurse.post("/people/new", &typed).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.attr("#f-phone1", "value").as_deref(), Some("03-018"));
        assert_eq!(page.attr("#f-family", "value").as_deref(), Some("𠮷野"));
        assert_eq!(
            page.attr("#f-c1_name", "value").as_deref(),
            Some("北川 春子")
        );
        assert!(page.select("#f-phone1-problem")[0].contains("短い"));
        assert_eq!(page.select("#problems-title + ul li").len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_are_added_and_moved_without_script() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/people/{id}/contacts/edit");
        let page = nurse.get(&path).await;
        assert_eq!(
            page.attr("#f-c2_name", "value").as_deref(),
            Some("北川 春子")
        );
        let fields = filled(&page);
        let more = nurse.post(&path, &pressed(&fields, "add")).await;
        assert_eq!(
            (more.status, more.attr("#f-c3_name", "name").is_some()),
            (200, true)
        );
        let up = nurse.post(&path, &pressed(&fields, "up-2")).await;
        assert_eq!(up.attr("#f-c1_name", "value").as_deref(), Some("北川 春子"));
        let fields = filled(&up);
        let saved = nurse.post(&path, &pressed(&fields, "save")).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let deed = town.deed().await;
        let Contacts(contacts) = find(&town, &deed, id).await.contacts.value;
        assert_eq!(
            (&*contacts[0].name, &*contacts[1].name),
            ("北川 春子", "南野 一郎")
        );
    })
    .await;
}

/// Every field of the page's form with its value.
pub fn filled(page: &Page) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&page.text());
    let css = scraper::Selector::parse(
        ".sheet-form input:not([type=radio]):not([type=checkbox]), .sheet-form input[checked]",
    )
    .unwrap();
    let fields = html.select(&css).map(|input| input.value());
    let value = |name: Option<&str>| name.unwrap_or_default().to_owned();
    fields
        .map(|input| (value(input.attr("name")), value(input.attr("value"))))
        .collect()
}

pub fn pressed<'a>(fields: &'a [(String, String)], deed: &'a str) -> Vec<(&'a str, &'a str)> {
    let fields = fields.iter().map(|(name, value)| (&**name, &**value));
    fields.chain([("do", deed)]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn both_versions_are_shown_side_by_side() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/people/{id}/finder/edit");
        let first = [
            ("version", "1"),
            ("notes", "杖をついています。"),
            ("how", ""),
        ];
        assert_eq!(nurse.post(&path, &first).await.status, 303);
        let second = [
            ("version", "1"),
            ("notes", "左の耳が聞こえます。"),
            ("how", ""),
        ];
        let page = nurse.post(&path, &second).await;
        assert_eq!(page.status, 409);
        let cells = page.select("table tbody tr > *");
        assert_eq!(
            cells,
            [
                "発見した方へ",
                "杖をついています。",
                "左の耳が聞こえます。",
                "ちがう"
            ]
        );
        assert_eq!(page.select("textarea"), ["左の耳が聞こえます。"]);
        let again = [
            ("version", "2"),
            ("notes", "左の耳が聞こえます。杖です。"),
            ("how", ""),
        ];
        assert_eq!(nurse.post(&path, &again).await.status, 303);
        let history = nurse.get(&format!("/people/{id}/history")).await;
        let text = history.text();
        assert!(text.contains("中村 看子") && text.contains("杖をついています。"));
        assert_eq!(history.select("ol.timeline > li").len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sight_is_witnessed_with_its_groups() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(nurse.get(&format!("/people/{id}")).await.status, 200);
        assert_eq!(
            nurse
                .get(&format!("/people/{id}/medical/edit"))
                .await
                .status,
            200
        );
        let seen = lines(&town, id).await;
        assert_eq!(seen[1].0, "saw");
        assert_eq!(seen[1].1 & Group::all_fields().0, Group::all_fields().0);
        assert_eq!(seen[2], ("saw".to_owned(), Group::Medical.fields().0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_person_opens_only_for_a_purpose() {
    on_both(async |town| {
        let draft = Draft {
            center: Some(town.minami.other_center),
            ..hanako::draft()
        };
        let deed = town.deed().await;
        let id = people::register(town.db(), &deed, draft).await.unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let purpose = format!("/people/{id}/purpose");
        for path in ["", "/history", "/medical/edit", "/state", "/photo"] {
            let page = nurse.get(&format!("/people/{id}{path}")).await;
            assert_eq!((page.status, page.location()), (303, &*purpose), "{path}");
        }
        let blind = [("version", "1"), ("notes", "x"), ("how", "")];
        let page = nurse
            .post(&format!("/people/{id}/finder/edit"), &blind)
            .await;
        assert_eq!(page.location(), purpose);
        let asks = nurse.get(&purpose).await;
        assert!(asks.text().contains("きた地域包括支援センター"));
        assert!(
            !asks.text().contains("ハナコ"),
            "the name is shown before the purpose"
        );
        assert_eq!(nurse.post(&purpose, &[("reason", "見")]).await.status, 422);
        let said = nurse
            .post(&purpose, &[("reason", "転居の相談の電話があった")])
            .await;
        assert_eq!(said.location(), format!("/people/{id}"));
        assert_eq!(nurse.get(said.location()).await.status, 200);
        town.pass(people::OPEN_MINUTES * 60);
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(
            nurse.get(&format!("/people/{id}")).await.location(),
            purpose
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_center_opens_a_record() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        for role in [
            Role::NightDesk,
            Role::TownAdmin,
            Role::Partner,
            Role::Auditor,
        ] {
            let client = town.sign_in(role).await;
            for path in ["/people".to_owned(), format!("/people/{id}")] {
                assert_eq!(client.get(&path).await.status, 403, "{role:?} {path}");
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_moved_away_is_told_so_and_listed_apart() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(nurse.get("/people").await.text().contains("南野 ハナコ"));
        let fields = [
            ("version", "1"),
            ("state", "moved_away"),
            ("on", "令和8年10月1日"),
        ];
        let saved = nurse.post(&format!("/people/{id}/state"), &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let stale = nurse.post(&format!("/people/{id}/state"), &fields).await;
        assert_eq!(stale.status, 409);
        let text = nurse.get(&format!("/people/{id}")).await.text();
        assert!(text.contains("転出（2026年（令和8年）10月1日）"));
        assert!(!nurse.get("/people").await.text().contains("南野 ハナコ"));
        let moved = nurse.get("/people?state=moved_away").await;
        assert!(moved.text().contains("1人中 1–1人目"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_unchanged_renews_the_stamp() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(
            nurse
                .get(&format!("/people/{id}"))
                .await
                .text()
                .contains("最終確認 14か月前に電話で確認")
        );
        let fields = [
            ("group", "contacts"),
            ("version", "1"),
            ("heard", "unchanged"),
            ("way", "in_person"),
        ];
        let done = nurse.post(&format!("/people/{id}/confirm"), &fields).await;
        assert_eq!(done.location(), format!("/people/{id}?done=confirmed"));
        assert!(
            nurse
                .get(&format!("/people/{id}"))
                .await
                .text()
                .contains("最終確認 今日、対面で確認")
        );
        let late = nurse.post(&format!("/people/{id}/confirm"), &fields).await;
        assert_eq!(late.location(), format!("/people/{id}?done=look-again"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_taken_in_shown_and_removed() {
    on_both(async |town| {
        let id = hanako::register(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(upload(&nurse, id, &picture()).await.status, 303);
        let source = nurse
            .get(&format!("/people/{id}"))
            .await
            .attr("img.face", "src");
        assert!(source.is_some_and(|source| source.starts_with("data:image/jpeg;base64,")));
        let bad = upload(&nurse, id, b"GIF89a").await;
        assert_eq!(bad.status, 422);
        assert!(bad.select("#f-photo-problem")[0].contains("JPEG"));
        let large = upload(&nurse, id, &vec![0; people::MOST_BYTES + 1]).await;
        assert!(large.select("#f-photo-problem")[0].contains("8 MB"));
        let removed = nurse.post(&format!("/people/{id}/photo/remove"), &[]).await;
        assert_eq!(removed.status, 303);
        assert!(
            nurse
                .get(&format!("/people/{id}"))
                .await
                .attr("img.face", "src")
                .is_none()
        );
    })
    .await;
}

pub async fn upload(client: &Client, id: PersonId, file: &[u8]) -> Page {
    let mut body =
        b"--cut\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n".to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--cut--\r\n");
    let request = Request::post(format!("/people/{id}/photo"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
        .body(Body::from(body));
    client.send(request.unwrap()).await
}
