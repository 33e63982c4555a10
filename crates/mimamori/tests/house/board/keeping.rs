//! What was said is erased when the town's time has passed.

use db::sql;
use mimamori::board;
use mimamori::scope::Role;

use super::{WORDS, nurse, only_inquiry, scene, write};
use crate::town::{Town, on_both};

async fn count(town: &Town, statement: db::Sql) -> i64 {
    let mut conn = town.db().read().await.unwrap();
    let row = conn.one(statement, &db::args![town.minami.id]).await;
    row.unwrap().unwrap().int(0).unwrap()
}

const MESSAGES: db::Sql = sql("SELECT COUNT(*) FROM board_messages WHERE network = $1");
const LINKS: db::Sql = sql("SELECT COUNT(*) FROM board_links WHERE network = $1");

#[tokio::test(flavor = "multi_thread")]
async fn words_go_so_many_days_after_the_end_and_figures_stay() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        for wrong in ["0", "1096", "九十"] {
            let fields = [("keep_days", wrong), ("version", "0")];
            let back = admin.post("/town/board", &fields).await;
            assert_eq!(back.status, 422, "{wrong}");
            assert_eq!(back.attr("#f-keep_days", "value").as_deref(), Some(wrong));
        }
        let fields = [("keep_days", "３０"), ("version", "0")];
        assert_eq!(admin.post("/town/board", &fields).await.status, 303);
        assert_eq!(admin.post("/town/board", &fields).await.status, 409);
        let scene = scene(&town).await;
        let finder = town.visitor();
        let sent = write(&finder, &scene.path, WORDS).await;
        let (_, path) = only_inquiry(&town).await;
        let sweep = async || board::sweep(town.db(), &town.deed().await).await.unwrap();
        town.pass(60 * 24 * 3600);
        sweep().await;
        assert_eq!(count(&town, MESSAGES).await, 1, "it has not ended");
        let nurse = nurse(&town).await;
        nurse.post(&format!("{path}/take"), &[]).await;
        let version = super::open_inquiries(&town).await[0].version.to_string();
        let ending = [
            ("version", &*version),
            ("ending_place", "自宅"),
            ("told", "なし"),
        ];
        nurse.post(&format!("{path}/ending"), &ending).await;
        town.pass(30 * 24 * 3600 - 60);
        sweep().await;
        assert_eq!(count(&town, MESSAGES).await, 1);
        town.pass(120);
        sweep().await;
        assert_eq!(
            (count(&town, MESSAGES).await, count(&town, LINKS).await),
            (0, 0)
        );
        assert_eq!(finder.get(sent.location()).await.status, 404);
        let nurse = super::nurse(&town).await;
        assert!(
            nurse
                .get(&path)
                .await
                .text()
                .contains("期限が過ぎたため消しました")
        );
        let months = nurse
            .get("/desk/board")
            .await
            .select("tbody tr td:nth-child(2)");
        let total: i64 = months
            .iter()
            .map(|month| month.parse::<i64>().unwrap())
            .sum();
        assert_eq!(total, 1);
    })
    .await;
}
