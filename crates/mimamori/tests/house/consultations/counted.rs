//! The figures of a month, and what leaves the town.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use mimamori::consultations::{
    self, AgeBand, Alone, Card, Entry, Figures, New, Pair, Period, Side, Source, Subject, Topics,
    Way,
};
use mimamori::deed::Deed;
use mimamori::routes::EXPLAINS;
use mimamori::scope::Role;

use super::{card, entry, neighbour, take};
use crate::hanako;
use crate::town::{Client, Town, on_both};

const MONTH: Period = Period::Month(2026, 11);

async fn count(town: &Town, deed: &Deed) -> Figures {
    let mut conn = town.db().read().await.unwrap();
    let all = consultations::gather(&mut conn, &town.app.months, deed, MONTH, None)
        .await
        .unwrap();
    let all = all.concat();
    let topics = consultations::list_topics(&mut conn, deed).await.unwrap();
    let centers = [town.minami.center, town.minami.other_center];
    consultations::figures(&all, &centers, &topics)
}

#[tokio::test(flavor = "multi_thread")]
async fn receptions_and_people_are_counted_apart_across_centers() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (other, _) = neighbour(&town).await;
        for deed in [&nurse, &nurse, &other] {
            take(&town, deed, Subject::Registered(hanako)).await;
            // Nobody ties them, and still: one name with one phone is one.
            take(&town, deed, Subject::Stranger(Box::new(card()))).await;
        }
        let no_phone = Card {
            phone: None,
            address: String::new(),
            ..card()
        };
        take(&town, &other, Subject::Stranger(Box::new(no_phone))).await;
        take(&town, &nurse, Subject::Nameless(AgeBand::From90, Alone::No)).await;
        let struck = take(&town, &nurse, Subject::Nobody).await;
        consultations::strike(town.db(), &nurse, struck, 1, "まちがい")
            .await
            .unwrap();
        let figures = count(&town, &nurse).await;
        assert_eq!(
            figures.total,
            Pair {
                times: 8,
                people: 3
            }
        );
        assert_eq!(
            figures.columns,
            [
                Pair {
                    times: 5,
                    people: 2
                },
                Pair {
                    times: 3,
                    people: 3
                }
            ]
        );
        assert_eq!(figures.unnamed, 1);
        let age = &figures.tables[3];
        let row = |word: &str| age.totals[age.labels.iter().position(|one| one == word).unwrap()];
        assert_eq!(
            row("85〜89歳"),
            Pair {
                times: 3,
                people: 1
            },
            "she is 88 that day"
        );
        assert_eq!(
            row("90歳以上"),
            Pair {
                times: 1,
                people: 0
            }
        );
    })
    .await;
}

/// A month of a small town: many calls at one center, few at the other.
async fn busy(town: &Town, other: &Deed) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let other = town.app.deed(other.scope.clone()).await.unwrap();
    for (deed, way, topic, many) in [
        (&nurse, Way::Phone, 1, 14),
        (&nurse, Way::Counter, 2, 9),
        (&nurse, Way::Visit, 7, 2),
        (&other, Way::Phone, 1, 12),
        (&other, Way::Counter, 2, 11),
        (&other, Way::Visit, 7, 8),
    ] {
        calls(town, deed, (way, topic, many)).await;
    }
}

async fn calls(
    town: &Town,
    deed: &Deed,
    (way, topic, many): (Way, mimamori::consultations::TopicCode, usize),
) {
    for at in 0..many {
        let caller = Card {
            name: format!("相談 {way:?}{at}{}", deed.scope.center.unwrap()),
            kana: String::new(),
            ..card()
        };
        let entry = Entry {
            way,
            from: if at % 2 == 0 {
                Source::Person
            } else {
                Source::Family
            },
            topics: Topics::of([topic]),
            ..entry(town)
        };
        let new = New {
            subject: Subject::Stranger(Box::new(caller)),
            entry,
        };
        consultations::take(town.db(), deed, EXPLAINS, new)
            .await
            .unwrap();
    }
}

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::Float(number) => format!("{number}"),
        other => other.to_string(),
    };
    sheet
        .rows()
        .map(|row| row.iter().map(text).collect())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_the_town_hides_small_numbers_in_every_shape_of_it() {
    on_both(async |town| {
        let (other, _) = neighbour(&town).await;
        busy(&town, &other).await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let fields = |side| [("period", "2026-11"), ("side", side)];
        let inside = cells(
            &admin
                .post("/consultations/figures", &fields("inside"))
                .await
                .bytes,
        );
        let row = |of: &[Vec<String>]| of.iter().find(|row| row[0] == "訪問").unwrap().clone();
        // 合計, みなみ, きた: each 延件数 and 実人数.
        assert_eq!(row(&inside)[1..], ["10", "10", "2", "2", "8", "8"]);
        town.at("2026-12-10T09:00:00+09:00");
        let admin = town.sign_in(Role::TownAdmin).await;
        let outside = cells(
            &admin
                .post("/consultations/figures", &fields("outside"))
                .await
                .bytes,
        );
        let visits = row(&outside);
        let hidden = |at: usize| visits[at] == "＊";
        assert!(visits.len() == 7 && hidden(1) && hidden(2), "{visits:?}");
        assert!(
            !hidden(3) || !hidden(5),
            "the other center's or the sum stays: {visits:?}"
        );
        let small = outside.iter().skip(4).flat_map(|row| &row[1..]);
        let small: Vec<&String> = small
            .filter(|cell| matches!(cell.parse(), Ok(1..5)))
            .collect();
        assert!(small.is_empty(), "{small:?}");
        // A center's own paper shows what the town's shows of it, and no more.
        let nurse = town.sign_in(Role::CenterStaff).await;
        let own = cells(
            &nurse
                .post("/consultations/figures", &fields("outside"))
                .await
                .bytes,
        );
        assert_eq!(row(&own)[1..3], ["＊", "＊"]);
        let unchosen = [("period", "2026-11")];
        let unchosen = cells(&nurse.post("/consultations/figures", &unchosen).await.bytes);
        assert_eq!(unchosen, own, "what nobody chose is hidden");
        for side in ["inside", "outside"] {
            let paper = nurse.post("/papers/consultations", &fields(side)).await;
            assert_eq!(paper.status, 200);
            assert!(paper.bytes.starts_with(b"%PDF"));
        }
        let deed = town.deed_of(Role::CenterStaff).await;
        let one = consultations::report(
            town.db(),
            &town.app.months,
            &deed,
            MONTH,
            None,
            Side::Outside,
        )
        .await
        .unwrap();
        assert_eq!(one.sheets[0].head.len(), 3, "one center's column");
    })
    .await;
}

/// Early in December nothing of what runs leaves the town, nor of what may still be keyed; the page
/// offers nothing of it.
async fn incomplete_stays_in_the_town(town: &Town) {
    let admin = town.sign_in(Role::TownAdmin).await;
    for path in ["/consultations/figures", "/papers/consultations"] {
        for (period, day) in [
            ("2026-11", "2026年12月10日から出せます"),
            ("2026-12", "2027年1月10日から出せます"),
            ("2026", "2027年4月10日から出せます"),
            ("2027-04", "2027年5月10日から出せます"),
        ] {
            let refused = admin.post(path, &leaving(period)).await;
            assert_eq!(refused.status, 422, "{path} {period}");
            assert!(refused.text().contains(day), "{}", refused.text());
        }
    }
    let page = admin.get("/consultations/figures?period=2026").await;
    assert_eq!(page.select("input[value=outside]").len(), 0);
    assert!(
        page.text()
            .contains("2026年度の分がそろってから（4月10日から）")
    );
}

const fn leaving(period: &str) -> [(&str, &str); 2] {
    [("period", period), ("side", "outside")]
}

async fn book(admin: &Client, period: &str) -> Vec<Vec<String>> {
    let file = admin.post("/consultations/figures", &leaving(period)).await;
    assert_eq!(file.status, 200, "{period}");
    cells(&file.bytes)
}

fn row_of(of: &[Vec<String>], name: &str) -> Vec<String> {
    of.iter().find(|row| row[0] == name).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_the_town_is_over_and_a_year_shows_no_more_than_its_months() {
    on_both(async |town| {
        town.at("2026-10-05T10:00:00+09:00");
        let nurse = town.deed_of(Role::CenterStaff).await;
        for _ in 0..3 {
            take(&town, &nurse, Subject::Nobody).await;
        }
        town.at("2026-11-05T10:00:00+09:00");
        let (other, _) = neighbour(&town).await;
        busy(&town, &other).await;
        town.at("2026-12-05T10:00:00+09:00");
        busy(&town, &other).await;
        incomplete_stays_in_the_town(&town).await;
        town.at("2027-04-10T00:00:00+09:00");
        let admin = town.sign_in(Role::TownAdmin).await;
        let few = admin
            .post("/consultations/figures", &leaving("2026-10"))
            .await;
        assert_eq!(few.status, 422, "three in October");
        let year = book(&admin, "2026").await;
        let months = [book(&admin, "2026-11").await, book(&admin, "2026-12").await];
        let note = "入っていません：4月・5月・6月・7月・8月・9月・10月・1月・2月・3月";
        let said = year.iter().any(|row| row[0].ends_with(note));
        assert!(said, "three are not told from none: {year:?}");
        assert!(year.iter().flatten().all(|cell| !cell.ends_with(" 実人数")));
        let sum = row_of(&year, "相談");
        assert_eq!(sum[3], "112", "56 a month, and none of October's");
        let mut hidden = 0;
        for row in year
            .iter()
            .filter(|row| row.len() == 4 && !row[0].is_empty())
        {
            for (at, cell) in row
                .iter()
                .enumerate()
                .skip(1)
                .filter(|(_, cell)| !cell.is_empty())
            {
                let Ok(number) = cell.parse::<u64>() else {
                    hidden += usize::from(cell == "＊");
                    continue;
                };
                // A month has 実人数 beside each 延件数.
                let own = months
                    .iter()
                    .map(|of| row_of(of, &row[0])[2 * at - 1].clone());
                let sum: u64 = own.map(|cell| cell.parse::<u64>().unwrap()).sum();
                assert_eq!(number, sum, "{} {at}: only what the months show", row[0]);
            }
        }
        assert!(
            hidden >= 2,
            "two visits a month make four a year, and still a sign"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_that_left_the_town_stays_as_it_was_first_given() {
    on_both(async |town| {
        let (other, _) = neighbour(&town).await;
        busy(&town, &other).await;
        town.at("2026-12-10T09:00:00+09:00");
        let nurse = town.sign_in(Role::CenterStaff).await;
        book(&nurse, "2026-11").await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let first = book(&admin, "2026-11").await;
        // Keyed on the next day, as heard of in November; and the content is called anew.
        town.at("2026-12-11T09:00:00+09:00");
        let deed = town.deed_of(Role::CenterStaff).await;
        let at = mimamori::clock::instant(1_795_000_000_000);
        let late = New {
            subject: Subject::Nobody,
            entry: Entry { at, ..entry(&town) },
        };
        consultations::take(town.db(), &deed, EXPLAINS, late)
            .await
            .unwrap();
        let anew = [
            ("version", "0"),
            ("word", "介護のこと"),
            ("standing", "open"),
        ];
        let admin = town.sign_in(Role::TownAdmin).await;
        assert_eq!(admin.post("/town/consultations/1", &anew).await.status, 303);
        let again = book(&admin, "2026-11").await;
        let called = |row: &Vec<String>| match row[0].as_str() {
            "介護保険" => [&["介護のこと".to_owned()], &row[1..]].concat(),
            _ => row.clone(),
        };
        assert_eq!(again, first.iter().map(called).collect::<Vec<_>>());
        let closed = "2026年12月10日に締めた数です";
        assert!(again.iter().any(|row| row[0].starts_with(closed)));
        let inside = [("period", "2026-11"), ("side", "inside")];
        let inside = admin.post("/consultations/figures", &inside).await;
        assert_eq!(
            row_of(&cells(&inside.bytes), "相談")[1],
            "57",
            "within the town it counts"
        );
        let sum = row_of(&again, "相談");
        assert_eq!(sum[5], "56");
        // The year is made of what was given.
        town.at("2027-04-10T09:00:00+09:00");
        let admin = town.sign_in(Role::TownAdmin).await;
        assert_eq!(row_of(&book(&admin, "2026").await, "相談")[3], "56");
    })
    .await;
}

/// No center's first print closes a month for the others.
#[tokio::test(flavor = "multi_thread")]
async fn the_program_closes_a_month_on_the_tenth() {
    on_both(async |town| {
        let (other, _) = neighbour(&town).await;
        busy(&town, &other).await;
        let program = async || {
            let deed = town
                .app
                .program_deed(town.minami.id, "figures")
                .await
                .unwrap();
            consultations::close_last_month(town.db(), &town.app.months, &deed)
                .await
                .unwrap();
        };
        let late = async |day: &str| {
            town.at(day);
            let deed = town.deed_of(Role::CenterStaff).await;
            let at = mimamori::clock::instant(1_795_000_000_000);
            let late = New {
                subject: Subject::Nobody,
                entry: Entry { at, ..entry(&town) },
            };
            consultations::take(town.db(), &deed, EXPLAINS, late)
                .await
                .unwrap();
            program().await;
        };
        late("2026-12-09T23:00:00+09:00").await;
        late("2026-12-10T09:00:00+09:00").await;
        late("2026-12-11T09:00:00+09:00").await;
        let admin = town.sign_in(Role::TownAdmin).await;
        let paper = book(&admin, "2026-11").await;
        assert_eq!(
            row_of(&paper, "相談")[5],
            "58",
            "56, and what came by the tenth"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_centers_that_are_counted_together_do_not_bear_the_name_of_one() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (other, _) = neighbour(&town).await;
        calls(&town, &nurse, (Way::Visit, 7, 3)).await;
        calls(&town, &other, (Way::Phone, 1, 12)).await;
        town.at("2026-12-10T09:00:00+09:00");
        let nurse = town.deed_of(Role::CenterStaff).await;
        let title = async |side| {
            let report =
                consultations::report(town.db(), &town.app.months, &nurse, MONTH, None, side);
            report.await.unwrap().title
        };
        let (inside, outside) = (title(Side::Inside).await, title(Side::Outside).await);
        assert!(!inside.contains("きた地域"), "{inside}");
        assert!(
            outside.contains("みなみ地域") && outside.contains("きた地域"),
            "{outside}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_content_keeps_its_number_when_it_is_closed_or_called_anew() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let add = [("word", "ごみ屋敷")];
        assert_eq!(admin.post("/town/consultations", &add).await.status, 303);
        assert_eq!(
            admin.post("/town/consultations", &add).await.status,
            422,
            "twice"
        );
        let nurse = town.deed_of(Role::CenterStaff).await;
        let about = Entry {
            topics: Topics::of([15, 13]),
            ..entry(&town)
        };
        let new = New {
            subject: Subject::Nobody,
            entry: about,
        };
        consultations::take(town.db(), &nurse, EXPLAINS, new)
            .await
            .unwrap();
        let close = [("version", "0"), ("word", "苦情"), ("standing", "closed")];
        assert_eq!(
            admin.post("/town/consultations/13", &close).await.status,
            303
        );
        assert_eq!(
            admin.post("/town/consultations/13", &close).await.status,
            409
        );
        let again = [
            ("version", "1"),
            ("word", "住まいの片づけ"),
            ("standing", "open"),
        ];
        assert_eq!(
            admin.post("/town/consultations/15", &again).await.status,
            303
        );
        let form = town
            .sign_in(Role::CenterStaff)
            .await
            .get("/consultations/new")
            .await;
        let choices = form.select("input[name=topic] + span");
        assert!(choices.contains(&"住まいの片づけ".to_owned()));
        assert!(!choices.contains(&"苦情".to_owned()), "closed: {choices:?}");
        let figures = count(&town, &nurse).await;
        let topics = &figures.tables[2];
        let row =
            |word: &str| topics.totals[topics.labels.iter().position(|one| one == word).unwrap()];
        assert_eq!(row("苦情").times, 1, "what was counted stays");
        assert_eq!(row("住まいの片づけ").times, 1);
    })
    .await;
}
