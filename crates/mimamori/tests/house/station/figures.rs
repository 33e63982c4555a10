//! Figures of the Station: who is counted once, what is not recorded, and what leaves the town.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use mimamori::consultations::Period;
use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::courses::Role as Duty;
use mimamori::station::door::{self, Coming, Part, Way, Who};
use mimamori::station::figures::{self, Counted, Refusal};
use mimamori::station::signups;
use mimamori::station::watch::{self, About};

use super::{days, held, joined, observed, said, sitting, wish};
use crate::hanako;
use crate::town::{Client, Network, Town, on_both};

const YEAR: Period = Period::Year(2026);

async fn come(town: &Town, deed: &Deed, day: RowId, part: Part, who: Who) -> RowId {
    let coming = Coming {
        day,
        part,
        way: Way::Tick,
        nonce: deed.new_id(),
    };
    let tried = door::come(town.db(), deed, coming, who).await.unwrap();
    tried.attendance.unwrap()
}

async fn guest(town: &Town, deed: &Deed, day: RowId, name: &str) -> RowId {
    let wish = wish(day, name, deed.new_id());
    let signup = signups::sign_up(town.db(), deed, wish).await.unwrap();
    come(town, deed, day, Part::Participant, Who::Signup(signup)).await
}

/// Gymnastics on one Friday of four whose roll was taken, calligraphy on two; the last attendance.
async fn december(town: &Town) -> RowId {
    let deed = town.deed_of(Role::CenterStaff).await;
    let gymnastics = held(town, &deed).await.days[0];
    let supporter = joined(town, &deed).await;
    let first = sitting(town, &deed, 5).await;
    let course = super::day(town, &deed, first).await.series;
    let second = days(town, &deed, course).await[1].id;
    town.at("2026-11-27T10:05:00+09:00");
    let deed = town.deed_of(Role::CenterStaff).await;
    for part in [Part::Participant, Part::Role(Duty::Helper)] {
        come(town, &deed, gymnastics, part, Who::Supporter(supporter)).await;
    }
    for _ in 0..5 {
        let who = Who::WalkIn("通りがかりの方".to_owned());
        come(town, &deed, gymnastics, Part::Participant, who).await;
    }
    door::end_roll(town.db(), &deed, gymnastics).await.unwrap();
    town.at("2026-12-04T13:40:00+09:00");
    let deed = town.deed_of(Role::CenterStaff).await;
    guest(town, &deed, first, "小川 みどり").await;
    guest(town, &deed, first, "谷 静子").await;
    town.at("2026-12-18T14:00:00+09:00");
    let deed = town.deed_of(Role::CenterStaff).await;
    guest(town, &deed, second, "小川 みどり").await
}

async fn counted(town: &Town, place: &Network) -> figures::Figures {
    let deed = town.deed_at(place, Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let facts = figures::gather(&mut conn, &deed, YEAR).await.unwrap();
    figures::figures(&facts)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_again_is_counted_once_and_an_empty_roll_is_not_nobody() {
    on_both(async |town| {
        december(&town).await;
        let of = counted(&town, &town.minami).await;
        let total = Counted {
            days: 6,
            open: 3,
            visits: 9,
            people: 3,
            first: 3,
        };
        assert_eq!(of.total, total);
        assert_eq!((of.courses, of.begun, of.nameless, of.active), (2, 2, 5, 1));
        // In the new year she is no first-timer any more, and nor is whoever signed up.
        town.at("2027-04-02T10:05:00+09:00");
        let deed = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let facts = figures::gather(&mut conn, &deed, Period::Year(2027)).await;
        assert_eq!(facts.unwrap().before.len(), 3);
        drop(conn);
        let other = counted(&town, &town.kitami).await;
        assert_eq!(other.total, Counted::default(), "another town's");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get("/station/figures?period=2026").await;
        assert_eq!(page.status, 200);
        let page = page.text();
        for words in [
            "公園体操",
            "やさしい書道",
            "うち記録なし",
            "の5回は、延べにだけ",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let month = nurse.get("/station/figures?period=2026-11").await.text();
        assert!(month.contains("公園体操") && !month.contains("やさしい書道"));
    })
    .await;
}

fn cells(book: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    let rows = sheet.rows().map(|row| row.iter().map(text).collect());
    rows.collect()
}

async fn book(of: &Client, side: &str) -> Vec<Vec<String>> {
    let fields = [("period", "2026"), ("side", side)];
    let file = of.post("/station/figures", &fields).await;
    assert_eq!(file.status, 200, "{}", file.text());
    cells(&file.bytes)
}

fn number(of: &[Vec<String>], label: &str) -> String {
    let row = of
        .iter()
        .find(|row| row[0].trim_start_matches('　') == label);
    row.unwrap_or_else(|| panic!("{label}: {of:?}"))[1].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_leaves_when_it_is_over_and_stays_as_it_left() {
    on_both(async |town| {
        let last = december(&town).await;
        town.at("2027-04-09T10:00:00+09:00");
        let admin = town.sign_in(Role::TownAdmin).await;
        for path in ["/station/figures", "/papers/station"] {
            for (period, why) in [
                ("2026", "2027年4月10日から出せます"),
                ("2026-12", "年度の数字だけ"),
            ] {
                let fields = [("period", period), ("side", "outside")];
                let refused = admin.post(path, &fields).await;
                assert_eq!(refused.status, 422, "{path} {period}");
                assert!(refused.text().contains(why), "{}", refused.text());
            }
        }
        town.at("2027-04-10T10:00:00+09:00");
        let admin = town.sign_in(Role::TownAdmin).await;
        let given = book(&admin, "outside").await;
        assert_eq!(number(&given, "来た方（延べ）"), "9");
        assert_eq!(number(&given, "来た方（実人数）"), "＊", "three people");
        let courses = given.iter().find(|row| row[1] == "ほか2講座").unwrap();
        assert_eq!(
            courses[2..4],
            ["19", "9"],
            "two who paint are not shown alone"
        );
        let words = given.concat().concat();
        assert!(!words.contains("やさしい書道") && !words.contains("小川"));
        // Somebody corrects the roll: within the town it is right, what left stays.
        let nurse = town.deed_of(Role::CenterStaff).await;
        door::undo(town.db(), &nurse, (last, 1)).await.unwrap();
        let mut later = book(&admin, "outside").await;
        assert_eq!(later, given);
        later = book(&admin, "inside").await;
        let all = later.iter().find(|row| row[0] == "すべての講座").unwrap();
        assert_eq!(all[3], "8");
        let paper = admin.post("/papers/station", &[("period", "2026")]).await;
        assert_eq!(paper.status, 200);
        assert!(paper.bytes.starts_with(b"%PDF"));
        assert_eq!(said(&town).await.matches("締めた（2026年度）").count(), 1);
        let other = town.deed_at(&town.kitami, Role::TownAdmin).await;
        let left = figures::leave(town.db(), &other, YEAR).await;
        assert!(matches!(left, Err(Refusal::TooFew)), "another town's year");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_noticed_here_first_is_counted_and_what_came_of_few_is_not_told() {
    on_both(async |town| {
        december(&town).await;
        let hanako = hanako::register(&town).await;
        for _ in 0..2 {
            let nurse = town.deed_of(Role::CenterStaff).await;
            let seen = observed(&town, &nurse, About::Person(hanako), &["walking"]).await;
            watch::make_notice(town.db(), &nurse, (seen, 1))
                .await
                .unwrap();
            town.pass(60);
        }
        let client = town.sign_in(Role::CenterStaff).await;
        let inside = book(&client, "inside").await;
        assert_eq!(number(&inside, "様子の記録"), "2");
        assert_eq!(number(&inside, "ステーションからの気づき"), "2");
        let first = "その方について、はじめての知らせ";
        assert_eq!(number(&inside, first), "1", "the second is not the first");
        assert!(!inside.concat().concat().contains("支援が始まった"));
        town.at("2027-04-10T10:00:00+09:00");
        let client = town.sign_in(Role::CenterStaff).await;
        let given = book(&client, "outside").await;
        for label in ["様子の記録", first, "支援が始まった", "必要な助けが届いた"]
        {
            assert_eq!(number(&given, label), "＊", "{label}");
        }
    })
    .await;
}
