//! A town practises.

use db::sql;
use mimamori::board;
use mimamori::desk::Came;
use mimamori::ids::{InquiryId, PersonId};
use mimamori::scope::Role;

use super::{
    FRIEND, WORDS, carrying, draft, mail, mails, nurse, only_inquiry, open_inquiries, write,
};
use crate::desk::{lines, stock};
use crate::exchange::{json, system};
use crate::town::{Town, on_both};

/// The number of somebody, as it stands on the key holder.
async fn number(town: &Town, person: PersonId) -> String {
    let mut conn = town.db().read().await.unwrap();
    let tags = mimamori::tags::list_for_person(&mut conn, &town.deed().await, person).await;
    tags.unwrap()[0].number.shown()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drill_says_so_reaches_who_takes_part_and_is_gone_after_a_day() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let mut both = draft(&town);
        both.contacts.0[1].mail = mail(FRIEND, true);
        let practising = carrying(&town, both).await;
        let other = carrying(&town, draft(&town)).await;
        let nurse = nurse(&town).await;
        let takes_part = format!("/people/{}/mail/0/drills", practising.person);
        nurse.post(&takes_part, &[("takes_part", "yes")]).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let wrong = admin.post("/town/board/drill", &[("numbers", "123")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("確かめて直してください：123"));
        let numbers = number(&town, practising.person).await;
        let started = admin
            .post("/town/board/drill", &[("numbers", &numbers)])
            .await;
        assert_eq!(started.status, 303);
        assert!(
            admin
                .get("/town/board")
                .await
                .text()
                .contains("いま訓練中です")
        );
        let finder = town.visitor();
        assert!(
            finder
                .get(&practising.path)
                .await
                .text()
                .contains("【訓練】")
        );
        assert!(!finder.get(&other.path).await.text().contains("【訓練】"));
        let sent = write(&finder, &practising.path, WORDS).await;
        assert!(
            finder
                .get(sent.location())
                .await
                .text()
                .contains("【訓練】")
        );
        let (id, path) = only_inquiry(&town).await;
        assert_eq!(open_inquiries(&town).await[0].came, Came::Drill);
        assert_eq!(
            mails(&town, id).await,
            1,
            "the friend did not agree to practise"
        );
        for page in ["/", "/desk", path.as_str()] {
            assert!(nurse.get(page).await.text().contains("【訓練】"), "{page}");
        }
        told_in_a_drill(&town, id, &path, practising.person).await;
        really(&town, &practising.path).await;
        end(&town, &path).await;
    })
    .await;
}

/// A program hears that it is a drill, and the person reads it beside every line.
async fn told_in_a_drill(town: &Town, id: InquiryId, path: &str, person: PersonId) {
    let (_, program) = system(town, &town.minami, Role::CenterStaff).await;
    let heard = program.get(&format!("/api/v1/desk/inquiries/{id}")).await;
    assert_eq!(json(&heard)["came"], "drill");
    let nurse = nurse(town).await;
    nurse.post(&format!("{path}/take"), &[]).await;
    let tell = [("tier", "identity"), ("basis", "basis.purpose")];
    let told = nurse.post(&format!("{path}/disclosures"), &tell).await;
    assert_eq!(told.status, 303, "{}", told.text());
    let rows = nurse.get(&format!("/people/{person}/sights")).await;
    let told = rows.select("tbody tr");
    let told: Vec<&String> = told.iter().filter(|row| row.contains("開示")).collect();
    assert!(!told.is_empty(), "{}", rows.text());
    assert!(told.iter().all(|row| row.contains("【訓練】")), "{told:?}");
}

/// Somebody is really in trouble on the day of the drill.
async fn really(town: &Town, path: &str) {
    let words = [("place", "川べり"), ("real", "yes")];
    write(&town.visitor(), path, &words).await;
    let open = open_inquiries(town).await;
    let real = open.iter().find(|one| one.came == Came::Qr).unwrap();
    assert_eq!(mails(town, real.id).await, 2, "everybody is told");
}

/// Its end leaves no work behind, and after a day nothing at all but the audit.
async fn end(town: &Town, path: &str) {
    let nurse = nurse(town).await;
    nurse.post(&format!("{path}/take"), &[]).await;
    let open = open_inquiries(town).await;
    let drill = open.iter().find(|one| one.came == Came::Drill).unwrap();
    let ending = [
        ("version", &*drill.version.to_string()),
        ("ending_place", "体育館"),
        ("told", "なし"),
    ];
    assert_eq!(
        nurse.post(&format!("{path}/ending"), &ending).await.status,
        303
    );
    assert!(!nurse.get("/").await.text().contains("さんの様子を確かめる"));
    let figures = nurse
        .get("/desk/board")
        .await
        .select("tbody tr:first-child td");
    assert_eq!(figures[0], "1", "the real one is counted, practice is not");
    town.pass(24 * 3600);
    board::sweep(town.db(), &town.deed().await).await.unwrap();
    let nurse = super::nurse(town).await;
    assert_eq!(nurse.get(path).await.status, 404);
    let mut conn = town.db().read().await.unwrap();
    for left in [
        sql("SELECT COUNT(*) FROM board_drills WHERE network = $1"),
        sql("SELECT COUNT(*) FROM board_drill_people WHERE network = $1"),
        sql("SELECT COUNT(*) FROM board_finds WHERE network = $1 AND drill IS NOT NULL"),
        sql("SELECT COUNT(*) FROM inquiries WHERE network = $1 AND came = 'drill'"),
    ] {
        let row = conn.one(left, &db::args![town.minami.id]).await.unwrap();
        assert_eq!(row.unwrap().int(0).unwrap(), 0);
    }
    drop(conn);
    assert!(
        lines(town).await.len() > 10,
        "the audit keeps that there was one"
    );
}
