//! The pages of the import, as a browser meets them.

use axum::body::Body;
use axum::http::{Request, header};
use mimamori::scope::Role;

use super::{ROSTER, everybody};
use crate::town::{Client, Page, Town, on_both};

async fn upload(client: &Client, name: &str, file: &[u8]) -> Page {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post("/people/import")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    client.send(request).await
}

/// The columns as the page chose them, sent back unchanged.
async fn settle(client: &Client, columns: &str) -> Page {
    let page = client.get(columns).await;
    assert_eq!(page.status, 200);
    let count = page.select("select").len();
    let mut fields = Vec::new();
    for at in 0..count {
        let chosen = page.attr(&format!("select[name=c{at}] option[selected]"), "value");
        fields.push((format!("c{at}"), chosen.unwrap_or_default()));
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    client.post(columns, &fields).await
}

async fn judged(client: &Client) -> String {
    let sent = upload(client, "名簿.csv", ROSTER).await;
    assert_eq!(sent.status, 303);
    let columns = sent.location().to_owned();
    let settled = settle(client, &columns).await;
    assert_eq!(settled.status, 303);
    settled.location().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_goes_from_file_to_people_by_its_pages() {
    on_both(async |town: Town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let run = judged(&nurse).await;
        let page = nurse.get(&run).await;
        assert!(
            page.text()
                .contains("取り込めない行が5行、重複のおそれで未定の行が2行")
        );
        assert!(page.text().contains("「昭和65年13月40日」"));
        let refused = nurse.get(&format!("{run}?of=refused")).await;
        assert_eq!(refused.select("tbody tr").len(), 5);

        let stopped = nurse.post(&format!("{run}/take"), &[("mode", "all")]).await;
        assert_eq!(stopped.location(), run);
        assert!(everybody(&town).await.is_empty());

        let chosen = [("row", "8"), ("choice", "skip"), ("of", "duplicate")];
        nurse.post(&format!("{run}/choice"), &chosen).await;
        let duplicates = nurse.get(&format!("{run}?of=duplicate")).await;
        assert_eq!(duplicates.select("td p strong"), ["取り込まない", "未定"]);

        nurse
            .post(&format!("{run}/take"), &[("mode", "good")])
            .await;
        assert_eq!(everybody(&town).await.len(), 5);
        let result = nurse.get(&run).await;
        assert!(result.text().contains("5人を登録または変更しました"));
        let file = nurse.get(&format!("{run}/refused")).await;
        assert!(file.header("content-disposition").ends_with(".csv\""));
        assert!(
            nurse
                .get("/people/import")
                .await
                .text()
                .contains("名簿.csv")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_roster_comes_back_with_words() {
    on_both(async |town: Town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = upload(&nurse, "old.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains(".xlsx"));
        let page = upload(&nurse, "a.csv", b"").await;
        assert_eq!(page.status, 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_is_given_up_without_a_trace_and_is_another_towns_nothing() {
    on_both(async |town: Town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let run = judged(&nurse).await;
        let neighbour = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        assert_eq!(neighbour.get(&run).await.status, 404);
        assert_eq!(
            neighbour
                .post(&format!("{run}/take"), &[("mode", "good")])
                .await
                .status,
            404
        );
        let auditor = town.sign_in(Role::Auditor).await;
        assert_eq!(auditor.get(&run).await.status, 403);

        nurse.post(&format!("{run}/stop"), &[]).await;
        assert!(
            nurse
                .get(&run)
                .await
                .text()
                .contains("登録は変わっていません")
        );
        assert!(everybody(&town).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_read_records_is_not_told_what_stands_in_them() {
    on_both(async |town: Town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let run = judged(&nurse).await;
        nurse
            .post(&format!("{run}/take"), &[("mode", "good")])
            .await;
        let file = super::edited("糖尿病", "高血圧");
        let admin = town.sign_in(Role::TownAdmin).await;
        let sent = upload(&admin, "名簿.csv", &file).await;
        let run = settle(&admin, sent.location()).await.location().to_owned();
        let page = admin.get(&format!("{run}?of=change")).await;
        assert!(page.text().contains("高血圧"));
        assert!(!page.text().contains("糖尿病"));
        assert!(
            nurse
                .get(&format!("{run}?of=change"))
                .await
                .text()
                .contains("糖尿病")
        );
    })
    .await;
}
