//! Files of a case: what their bytes say, sealed, and only as downloads.

use db::{args, sql};
use mimamori::cases::Access;
use mimamori::scope::Role;

use super::{begin, first, upload};
use crate::hanako;
use crate::people::picture;
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_leaves_as_a_download_whatever_it_says_it_is() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let path = format!("/cases/{case}/documents");
        let page = "<script>alert('みなみ')</script>".as_bytes();
        assert_eq!(upload(&nurse, &path, "面談.html", page).await.status, 303);
        let href = nurse
            .client
            .get(&path)
            .await
            .attr("table a", "href")
            .unwrap();
        let taken = nurse.client.get(&href).await;
        assert_eq!(taken.bytes, page);
        assert_eq!(taken.header("content-type"), "application/octet-stream");
        assert_eq!(taken.header("x-content-type-options"), "nosniff");
        let disposition = taken.header("content-disposition");
        assert!(disposition.starts_with("attachment;") && disposition.contains("txt"));
        assert!(taken.header("cache-control").contains("no-store"));
        // Programs and what is unknown come back with words.
        for bytes in [&b"MZ\x90\0\x03\0\0\0"[..], b"\xd0\xcf\x11\xe0old", b""] {
            let refused = upload(&nurse, &path, "申請書.pdf", bytes).await;
            assert_eq!(refused.status, 422);
            assert!(!refused.select("p.problem").is_empty());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_encoded_anew_and_every_part_is_sealed() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let path = format!("/cases/{case}/documents");
        let mut photo = picture();
        photo.extend_from_slice(b"GPS 35.58N and a secret");
        assert_eq!(upload(&nurse, &path, "居間.png", &photo).await.status, 303);
        let href = nurse
            .client
            .get(&path)
            .await
            .attr("table a", "href")
            .unwrap();
        let taken = nurse.client.get(&href).await.bytes;
        assert!(taken.starts_with(b"\xff\xd8\xff"));
        assert!(!taken.windows(6).any(|six| six == b"secret"));
        // A file of several parts comes back whole; none of it can be read in the database.
        let long: String = "見守りの記録。".repeat(120_000);
        let long = &long.as_bytes()[..2_520_000];
        assert_eq!(upload(&nurse, &path, "長い.txt", long).await.status, 303);
        let href = nurse
            .client
            .get(&path)
            .await
            .attr("table a", "href")
            .unwrap();
        assert_eq!(nurse.client.get(&href).await.bytes, long);
        let mut conn = town.db().read().await.unwrap();
        let parts = sql("SELECT bytes FROM case_document_parts WHERE network = $1");
        let rows = conn.rows(parts, &args![town.minami.id]).await.unwrap();
        assert!(rows.len() >= 4);
        for mut row in rows {
            let sealed = row.blob(0).unwrap();
            let plain = "見守り".as_bytes();
            assert!(!sealed.windows(plain.len()).any(|at| at == plain));
        }
        let heads = sql("SELECT head FROM case_documents WHERE network = $1");
        for mut row in conn.rows(heads, &args![town.minami.id]).await.unwrap() {
            let sealed = row.blob(0).unwrap();
            assert!(!sealed.windows(6).any(|at| at == "居間".as_bytes()));
        }
    })
    .await;
}
