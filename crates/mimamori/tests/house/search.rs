//! Somebody calls about a name: as heard, as written, with whatever else is known.

use db::{Sql, args, sql};
use mimamori::deed::Deed;
use mimamori::ids::PersonId;
use mimamori::people::search::{self, Filters, Hit, Unfound};
use mimamori::people::{self, Contact, Contacts, Draft, Identity, MayBeTold, State};
use mimamori::scope::Role;
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;

use crate::hanako;
use crate::town::{Town, on_both};

/// Name, reading, birth date, last digits of the phone.
const PEOPLE: [[&str; 4]; 8] = [
    ["齋藤 キヨ", "サイトウ キヨ", "昭和10年5月5日", "1001"],
    ["渡邉 正子", "ワタナベ マサコ", "昭和13年3月7日", "1002"],
    ["髙橋 京子", "タカハシ キョウコ", "昭和13年8月1日", "1003"],
    ["山﨑 進", "ヤマザキ ススム", "昭和15年1月1日", "1004"],
    ["𠮷田 節子", "ヨシダ セツコ", "昭和17年2月2日", "1005"],
    ["太田 春江", "オオタ ハルエ", "昭和12年12月12日", "1006"],
    ["高橋 恭子", "タカハシ キョウコ", "昭和20年8月1日", "1007"],
    ["山田 花子", "ヤマダ ハナコ", "昭和9年9月9日", "1008"],
];

fn draft(row: &[&str; 4]) -> Draft {
    let (family, given) = row[0].split_once(' ').unwrap();
    let (family_kana, given_kana) = row[1].split_once(' ').unwrap();
    let identity = Identity {
        name: PersonName::new(family, given).unwrap(),
        family_kana: Reading::parse(family_kana).ok(),
        given_kana: Reading::parse(given_kana).ok(),
        born: PartialDate::parse(row[2]).unwrap(),
        address: Address::parse("大田区入船2丁目12番3号").ok(),
        phones: vec![Phone::parse(&format!("03-0100-{}", row[3])).unwrap()],
        old_number: None,
        ..hanako::identity()
    };
    let mut draft = Draft::new(identity, hanako::draft().registered_on);
    draft.contacts = Contacts(vec![Contact {
        name: "山田 一郎".to_owned(),
        relation: "長男".to_owned(),
        phones: vec![Phone::parse(&format!("090-0777-2{}", &row[3][1..])).unwrap()],
        address: None,
        may_be_told: MayBeTold::CallOnly,
        mail: None,
        confirmed: None,
    }]);
    draft
}

async fn register_all(town: &Town, deed: &Deed) -> Vec<PersonId> {
    let mut ids = Vec::new();
    for row in &PEOPLE {
        ids.push(people::register(town.db(), deed, draft(row)).await.unwrap());
    }
    ids
}

async fn ask(town: &Town, deed: &Deed, typed: &str) -> Vec<Hit> {
    let mut conn = town.db().read().await.unwrap();
    let found = search::find(&mut conn, deed, typed, Filters::default()).await;
    found.unwrap_or_else(|why| panic!("{typed}: {why}"))
}

/// The first that is found, by its place in [`PEOPLE`], and why.
async fn first(town: &Town, deed: &Deed, ids: &[PersonId], typed: &str) -> (usize, String) {
    let hits = ask(town, deed, typed).await;
    let hit = hits.first().unwrap_or_else(|| panic!("{typed}: nobody"));
    let place = ids.iter().position(|id| *id == hit.person).unwrap();
    (place, hit.reasons.join("、"))
}

async fn count(town: &Town, statement: Sql, person: i64) -> i64 {
    let mut conn = town.db().read().await.unwrap();
    let args = args![town.minami.id, person];
    conn.one(statement, &args)
        .await
        .unwrap()
        .unwrap()
        .int(0)
        .unwrap()
}

const FORMS: Sql = sql("SELECT COUNT(*) FROM name_forms WHERE network = $1 AND form <> $2");
const NEAR: Sql = sql("SELECT COUNT(*) FROM name_near WHERE network = $1 AND near <> $2");
const KEYS_OF: Sql = sql("SELECT COUNT(*) FROM search_keys WHERE network = $1 AND person = $2");

const KEYS: Sql = sql("SELECT key, born FROM search_keys
     WHERE network = $1 AND person = $2 ORDER BY key");
const KEPT: Sql = sql("SELECT born, forms, keys FROM person_keys
     WHERE network = $1 AND person = $2");

/// Everything under which somebody stands.
async fn stands_under(town: &Town, person: PersonId) -> (Vec<(i64, Option<i64>)>, Vec<Vec<u8>>) {
    let mut conn = town.db().read().await.unwrap();
    let args = args![town.minami.id, person];
    let rows = conn.rows(KEYS, &args).await.unwrap();
    let keys = rows
        .iter()
        .map(|row| (row.int(0).unwrap(), row.maybe_int(1).unwrap()));
    let mut kept = conn.one(KEPT, &args).await.unwrap().unwrap();
    let born = kept.int(0).unwrap().to_be_bytes().to_vec();
    let kept = vec![born, kept.blob(1).unwrap(), kept.blob(2).unwrap()];
    (keys.collect(), kept)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_with_many_stands_where_who_comes_alone_stands() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let drafts: Vec<Draft> = PEOPLE.iter().map(draft).collect();
        let ready = people::make_all_ready(&deed, &drafts).unwrap();
        let together: Vec<PersonId> = ready.iter().map(people::Ready::id).collect();
        assert!(together.is_sorted(), "in the order of the drafts");
        let own = deed.clone();
        town.db()
            .write(move |conn| {
                Box::pin(async move { people::register_all_in(conn, &own, ready).await })
            })
            .await
            .unwrap();
        let learnt = (count(&town, FORMS, 0).await, count(&town, NEAR, 0).await);
        let alone = register_all(&town, &deed).await;
        for (one, other) in together.iter().zip(&alone) {
            assert!(stands_under(&town, *one).await == stands_under(&town, *other).await);
            let mut conn = town.db().read().await.unwrap();
            let home = people::find_standing(&mut conn, &deed, *one).await.unwrap();
            let their = people::find_standing(&mut conn, &deed, *other).await;
            assert!(home.unwrap().center == their.unwrap().unwrap().center);
        }
        let after = (count(&town, FORMS, 0).await, count(&town, NEAR, 0).await);
        assert_eq!(after, learnt, "no form was left to learn");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_in_any_writing_leads_to_its_person() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let ids = register_all(&town, &deed).await;
        for (typed, place, why) in [
            ("斎藤 キヨ", 0, "姓が異体字"),
            ("齊藤キヨ", 0, "姓が異体字"),
            ("渡辺 正子", 1, "姓が異体字"),
            ("渡邊正子", 1, "姓が異体字"),
            ("髙橋 京子", 2, "お名前が一致"),
            ("山崎進", 3, "姓が異体字"),
            ("吉田 節子", 4, "姓が異体字"),
            ("ﾖｼﾀﾞ ｾﾂｺ", 4, "お名前が一致"),
            ("よしだせつこ", 4, "お名前が一致"),
            ("YOSHIDA SETSUKO", 4, "お名前が一致"),
            ("yosida setuko", 4, "お名前が一致"),
            ("オオダ ハルエ", 5, "姓の濁点ちがい"),
            ("ヤマダ ハカコ", 7, "名のよみが1音ちがい"),
            ("ハナコ ヤマダ", 7, "姓と名が逆"),
            ("やまだ", 7, "お名前が一致"),
        ] {
            let found = first(&town, &deed, &ids, typed).await;
            assert_eq!(found, (place, why.to_owned()), "{typed}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_else_is_known_finds_and_orders() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let ids = register_all(&town, &deed).await;
        for (typed, place, why) in [
            ("たかはし 昭和13", 2, "お名前が一致"),
            ("タカハシキョウコ 1945", 6, "お名前が一致"),
            ("昭和13年3月7日", 1, "生年月日が一致"),
            ("1938/3/7", 1, "生年月日が一致"),
            ("1007", 6, "電話の下4けたが一致"),
            ("2005", 4, "電話の下4けたが一致"),
            ("03-0100-1004", 3, "電話番号が一致"),
            ("090 0777 2001", 0, "電話番号が一致"),
            ("たかはし 1007", 6, "お名前が一致、電話の下4けたが一致"),
        ] {
            let found = first(&town, &deed, &ids, typed).await;
            assert_eq!(found, (place, why.to_owned()), "{typed}");
        }
        let with_year = ask(&town, &deed, "たかはし きょうこ S13").await;
        assert_eq!(with_year.len(), 1, "the other was born in another year");
        for (typed, all) in [
            ("入船2-12", 8),
            ("入船2丁目12番3号", 8),
            ("入船2-12-4", 0),
            ("143-0016", 8),
            ("入船", 8),
        ] {
            assert_eq!(ask(&town, &deed, typed).await.len(), all, "{typed}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_says_too_little_says_so_and_others_towns_are_not_there() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let id = hanako::register(&town).await;
        let mut conn = town.db().read().await.unwrap();
        for typed in ["", "12", "昭和13年", "！？"] {
            let found = search::find(&mut conn, &deed, typed, Filters::default()).await;
            assert!(
                matches!(found, Err(Unfound::Unread(_))) || typed == "！？",
                "{typed}"
            );
        }
        assert_eq!(
            ask(&town, &deed, "00123").await[0].person,
            id,
            "a roster's own number"
        );
        let theirs = town.deed_at(&town.kitami, Role::CenterStaff).await;
        assert!(ask(&town, &theirs, "南野 ハナコ").await.is_empty());
        assert!(ask(&town, &theirs, "7191").await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_leaves_no_key_behind() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let id = hanako::register(&town).await;
        let before = (count(&town, FORMS, 0).await, count(&town, NEAR, 0).await);
        let keys = count(&town, KEYS_OF, id.0).await;
        let identity = Identity {
            name: PersonName::new("北山", "桜").unwrap(),
            family_kana: Reading::parse("キタヤマ").ok(),
            given_kana: Reading::parse("サクラ").ok(),
            born: PartialDate::parse("昭和14年4月2日").unwrap(),
            ..hanako::identity()
        };
        let now = |identity| people::change_identity(town.db(), &deed, id, 1, identity, None);
        now(identity).await.unwrap();
        assert!(ask(&town, &deed, "ミナミノ ハナコ").await.is_empty());
        assert_eq!(ask(&town, &deed, "きたやま さくら 1939").await.len(), 1);
        assert_eq!(count(&town, FORMS, 0).await, 4, "the old name is gone");
        let back = people::change_identity(town.db(), &deed, id, 2, hanako::identity(), None);
        back.await.unwrap();
        assert_eq!(
            (count(&town, FORMS, 0).await, count(&town, NEAR, 0).await),
            before
        );
        assert_eq!(count(&town, KEYS_OF, id.0).await, keys);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_leaves_nothing_and_takes_nobody_else() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let ids = register_all(&town, &deed).await;
        let gone = ids[2];
        let erase = deed.clone();
        town.db()
            .write(move |conn| {
                Box::pin(async move { search::unindex_person(conn, &erase, gone).await })
            })
            .await
            .unwrap();
        assert_eq!(count(&town, KEYS_OF, gone.0).await, 0);
        let hits = ask(&town, &deed, "タカハシ キョウコ").await;
        assert_eq!(hits.len(), 1, "her namesake is still there");
        assert_eq!(hits[0].person, ids[6]);
        assert_eq!(hits[0].state, State::Registered);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_finds_the_old_and_the_new() {
    on_both(async |town| {
        let old = town.deed_of(Role::CenterStaff).await;
        let ids = register_all(&town, &old).await;
        let (vault, deed) = (town.app.vault.clone(), old.clone());
        let add = town.db().write(move |conn| {
            Box::pin(async move {
                let chance = &mut deed.dice.clone();
                vault
                    .add_key(conn, deed.network(), 2, deed.now, chance)
                    .await
            })
        });
        let mut both = old.clone();
        both.keys = add.await.unwrap();
        assert_eq!(
            first(&town, &both, &ids, "ヤマダ ハカコ 1934").await.0,
            7,
            "under the old key"
        );
        let before = (count(&town, FORMS, 0).await, count(&town, NEAR, 0).await);
        for id in &ids {
            let (deed, id) = (both.clone(), *id);
            let moved = town
                .db()
                .write(move |conn| Box::pin(async move { people::reseal(conn, &deed, id).await }));
            moved.await.unwrap();
            assert_eq!(first(&town, &both, &ids, "ヤマダ ハカコ 1934").await.0, 7);
        }
        assert_eq!(
            (count(&town, FORMS, 0).await, count(&town, NEAR, 0).await),
            before,
            "none is left under the old"
        );
        assert_eq!(first(&town, &both, &ids, "1008").await.0, 7);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_person_on_the_page_is_a_line_of_the_audit() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let ids = register_all(&town, &deed).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse
            .post("/people/search", &[("q", "たかはし きょうこ")])
            .await;
        assert_eq!(page.status, 200);
        let links: Vec<String> = page.select("tbody a");
        assert_eq!(links, ["高橋 恭子", "髙橋 京子"]);
        let href = page.attr("tbody a", "href").unwrap();
        assert_eq!(href, format!("/people/{}", ids[6]));
        assert_eq!(seen(&town).await, 3, "the search and two people");
        let night = town.sign_in(Role::NightDesk).await;
        let page = night
            .post("/people/search", &[("q", "やまだ"), ("born", "S9")])
            .await;
        assert!(page.text().contains("山田 花子") && page.select("tbody a").is_empty());
        assert_eq!(seen(&town).await, 5);
    })
    .await;
}

async fn seen(town: &Town) -> i64 {
    let lines = sql("SELECT COUNT(*) FROM audit_lines
        WHERE network = $1 AND verb = 'searched' AND ticket <> $2");
    count(town, lines, 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_how_to_mend_what_was_typed() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        assert_eq!(nurse.get("/people/search").await.status, 200);
        let page = nurse
            .post("/people/search", &[("q", "山田"), ("born", "13月")])
            .await;
        assert_eq!(page.status, 422);
        assert_eq!(
            page.attr("main input[name=q]", "value").as_deref(),
            Some("山田")
        );
        let page = nurse.post("/people/search", &[("q", "12")]).await;
        assert!(page.status == 422 && page.text().contains("下4けたから"));
        let page = nurse.post("/people/search", &[("q", "山田 花子")]).await;
        assert!(page.status == 200 && page.text().contains("見つかりませんでした"));
        let auditor = town.sign_in(Role::Auditor).await;
        assert_eq!(
            auditor
                .post("/people/search", &[("q", "山田")])
                .await
                .status,
            403
        );
    })
    .await;
}
