//! The same by the pages: reasons that add up, both purposes, every sight a line.

use mimamori::audit::{self, Filter};
use mimamori::ids::PersonId;
use mimamori::people::twins::{PairState, Picks};
use mimamori::people::{self, Draft};
use mimamori::scope::Role;
use scraper::{Html, Selector};

use super::{again, merging, pair, register, walk};
use crate::hanako;
use crate::town::{Page, Town, on_both};

/// The weights of the table in tenths, and the sum under them.
fn weights(page: &Page) -> (Vec<i32>, i32) {
    let page = Html::parse_document(&page.text());
    let cells = Selector::parse("table:first-of-type td.figures").unwrap();
    let mut found: Vec<i32> = page
        .select(&cells)
        .map(|cell| {
            let text: String = cell.text().collect();
            let text = text.replace('＋', "").replace('−', "-");
            (text.parse::<f64>().unwrap() * 10.0).round() as i32
        })
        .collect();
    let sum = found.pop().unwrap();
    (found, sum)
}

async fn lines_of(town: &Town, id: PersonId) -> usize {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let filter = Filter {
        whose: Some(id),
        staff: None,
        verb: None,
        before: None,
        limit: 100,
    };
    let lines = audit::list_entries(&mut conn, &deed.scope, filter).await;
    lines.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_is_looked_at_merged_and_parted_by_its_pages() {
    on_both(async |town| {
        let first = register(&town, hanako::draft()).await;
        let second = register(&town, again()).await;
        walk(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert!(nurse.get("/people").await.text().contains("（1組）"));
        let list = nurse.get("/twins").await.text();
        let there = format!("/twins/{first}/{second}");
        assert!(list.contains(&there));
        let lines = [lines_of(&town, first).await, lines_of(&town, second).await];
        let page = nurse.get(&there).await;
        assert_eq!(page.status, 200);
        assert_eq!(lines_of(&town, first).await, lines[0] + 1);
        assert_eq!(lines_of(&town, second).await, lines[1] + 1);
        let (weights, sum) = weights(&page);
        assert_eq!(weights.iter().sum::<i32>(), sum);
        assert!(page.text().contains("同じ世帯の別の方でもそろう分"));

        let mut form = page.hidden(&format!("{there}/merging"));
        form.push(("born".to_owned(), "gone".to_owned()));
        let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (&**a, &**b)).collect();
        let done = nurse.post(&format!("{there}/merging"), &form).await;
        assert_eq!(done.location(), format!("/people/{first}"));
        let record = nurse.get(&format!("/people/{first}")).await.text();
        assert!(record.contains("4月3日") && record.contains("1つにまとめました"));

        let twins = nurse.get(&format!("/people/{first}/twins")).await;
        let undo = twins.attr("dd a[href^='/twins/merges/']", "href").unwrap();
        let page = nurse.get(&undo).await;
        assert!(page.text().contains("そのまま元にもどせます"));
        let form = page.hidden(&format!("{undo}/undoing"));
        let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (&**a, &**b)).collect();
        let done = nurse.post(&format!("{undo}/undoing"), &form).await;
        assert_eq!(done.location(), there);
        let again = nurse.get(&there).await.text();
        assert!(again.contains("統合を取り消した"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_centers_person_takes_a_purpose_on_every_page() {
    on_both(async |town| {
        let first = register(&town, hanako::draft()).await;
        let deed = town.deed().await;
        let theirs = Draft {
            center: Some(town.minami.other_center),
            ..again()
        };
        let second = people::register(town.db(), &deed, theirs).await.unwrap();
        walk(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let there = format!("/twins/{first}/{second}");
        let ask = format!("/people/{second}/purpose");
        let lines = lines_of(&town, first).await;
        assert_eq!(nurse.get(&there).await.location(), ask);
        assert_eq!(lines_of(&town, first).await, lines, "neither is shown");
        for act in ["other", "later", "merging"] {
            let page = nurse.post(&format!("{there}/{act}"), &[]).await;
            assert_eq!(page.location(), ask, "{act}");
        }
        assert_eq!(
            pair(&town, first, second).await.unwrap().state,
            PairState::Open
        );
        nurse.post(&ask, &[("reason", "重複の確認のため")]).await;
        assert_eq!(nurse.get(&there).await.status, 200);
        let page = nurse.post(&format!("{there}/later"), &[]).await;
        assert_eq!(page.location(), "/twins");
        assert!(
            nurse
                .get("/twins?state=later")
                .await
                .text()
                .contains(&there)
        );
    })
    .await;
}

const FORM: &[(&str, &str)] = &[
    ("do", "save"),
    ("family", "南野"),
    ("given", "花子"),
    ("family_kana", "みなみの"),
    ("given_kana", "はなこ"),
    ("sex", "female"),
    ("born_text", "S13.4.2"),
    ("address", "大田区大森北1-2-3"),
    ("phone1", "03-0188-7191"),
    ("living", "alone"),
    ("identity", "not_asked"),
    ("medical", "not_asked"),
    ("board", "not_asked"),
];

#[tokio::test(flavor = "multi_thread")]
async fn whoever_registers_is_asked_and_the_answer_is_remembered() {
    on_both(async |town| {
        let first = register(&town, hanako::draft()).await;
        walk(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let lines = lines_of(&town, first).await;
        let page = nurse.post("/people/new", FORM).await;
        assert_eq!(page.status, 422, "{}", page.text());
        assert!(page.text().contains("この方ではありませんか"));
        assert!(page.text().contains("生年月日が同じ"));
        assert_eq!(lines_of(&town, first).await, lines + 1);
        let id = first.to_string();
        let said = [("apart", &*id), ("apart_reason", "いとこの花子さん")];
        let form = [FORM, &said[..]].concat();
        let done = nurse.post("/people/new", &form).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let new = done.location().strip_prefix("/people/").unwrap();
        let new: PersonId = new.split('?').next().unwrap().parse().unwrap();
        let kept = pair(&town, first, new).await.unwrap();
        assert_eq!(kept.state, PairState::Other);
        assert_eq!(kept.words.reason, "いとこの花子さん");
        assert_eq!(walk(&town).await.found, 0, "nobody is asked again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_towns_merge_is_not_there() {
    let town = Town::build(db::Engine::Sqlite).await;
    let first = register(&town, hanako::draft()).await;
    let gone = register(&town, again()).await;
    let merge = merging::merge(&town, first, gone, Picks::default()).await;
    let theirs = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
    for path in [
        format!("/twins/merges/{merge}"),
        format!("/twins/{first}/{gone}"),
        format!("/people/{first}/twins"),
    ] {
        assert_eq!(theirs.get(&path).await.status, 404, "{path}");
    }
    let page = theirs
        .post(&format!("/twins/merges/{merge}/undoing"), &[])
        .await;
    assert_eq!(page.status, 404);
}
