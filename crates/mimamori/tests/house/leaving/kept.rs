//! Rosters kept to look back at, and papers kept to be fetched: an erasure takes what names the
//! person and leaves everybody else's.

use mimamori::ids::{PersonId, RowId};
use mimamori::papers;
use mimamori::people::import::{self, FileKind, Mode, Run};
use mimamori::scope::Role;
use mimamori::{erasure, people};

use super::erase;
use crate::desk::{stock, tagged};
use crate::hanako;
use crate::town::{Town, on_both};

/// Hers as she is registered, hers with a mistake in it, and two of others.
const MIXED: &str = "\
登録番号,氏名,フリガナ,性別,生年月日,住所,電話番号
00123,南野 ハナコ,ミナミノ ハナコ,女,S13.4.2,大田区大森北1-2-3,
00801,ｍｉｎａｍｉｎｏ,,女,昭和99年,大田区大森北1-2-3,０９０（０７９３）３５８４
00701,東山 トメ,ヒガシヤマ トメ,女,S10.5.6,大田区大森北9-8-7,03-0455-6677
00702,西川 ヨネ,ニシカワ ヨネ,女,昭和99年13月1日,大田区大森北9-8-8,03-0455-6678
";

/// Nobody of hers in it, but in its name.
const OTHERS: &str = "\
登録番号,氏名,フリガナ,性別,生年月日,住所,電話番号
00703,北沢 イネ,キタザワ イネ,女,S11.5.6,大田区大森北9-8-1,03-0455-6671
00704,西川 ヨネ,ニシカワ ヨネ,女,昭和99年13月1日,大田区大森北9-8-8,03-0455-6678
";

/// Her name in Latin letters, in three ways, a sister's and a namesake's of half the name; no other
/// word of hers, and nothing that can be taken.
const LATIN: &str = "\
登録番号,氏名,フリガナ,性別,生年月日,住所,電話番号
00811,MINAMINO Hanako,,女,昭和99年,大田区大森北9-8-1,03-0455-6601
00812,Hanako Minamino,,女,昭和99年,大田区大森北9-8-2,03-0455-6602
00813,MinaminoHanako,,女,昭和99年,大田区大森北9-8-3,03-0455-6603
00814,MINAMINO Yoshiko,,女,昭和99年,大田区大森北9-8-4,03-0455-6604
00815,Hanako KITAZAWA,,女,昭和99年,大田区大森北9-8-5,03-0455-6605
";

async fn taken(town: &Town, name: &str, roster: &str) -> RowId {
    let (db, deed) = (town.db(), town.deed().await);
    let file = roster.as_bytes().to_vec();
    let run = import::begin(db, &deed, name.to_owned(), file)
        .await
        .unwrap();
    let mapping = found(town, run).await.mapping;
    import::settle_columns(db, &deed, run, mapping)
        .await
        .unwrap();
    import::judge(db, &deed, run, erasure::ROSTERS)
        .await
        .unwrap();
    import::take(db, &deed, run, Mode::Good, erasure::ROSTERS)
        .await
        .unwrap();
    run
}

async fn found(town: &Town, run: RowId) -> Run {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let run = import::find_run(&mut conn, &deed, run).await;
    run.unwrap().unwrap()
}

/// The numbers of the rows that are kept, and whether the refused rows' file is.
async fn kept(town: &Town, run: RowId) -> (Vec<u32>, bool) {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let rows = import::list_rows(&mut conn, &deed, run, None, (10, 0)).await;
    let rows = rows.unwrap().iter().map(|(row, _)| row.row).collect();
    let file = import::find_file(&mut conn, &deed, run, FileKind::Refused).await;
    (rows, file.unwrap().is_some())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_past_imports_only_what_names_the_person_goes() {
    on_both(async |town| {
        let hanako = hanako::register(&town).await;
        let mixed = taken(&town, "四月.csv", MIXED).await;
        let others = taken(&town, "南野ハナコさんほか.csv", OTHERS).await;
        assert_eq!(kept(&town, mixed).await, (vec![2, 3, 4, 5], true));
        assert_eq!(kept(&town, others).await, (vec![2, 3], true));
        let latin = taken(&town, "passports.csv", LATIN).await;
        assert_eq!(kept(&town, latin).await, (vec![2, 3, 4, 5, 6], true));
        erase(&town, hanako).await;
        // Of the row that could not be read half a name is kept, and no telephone: the file that holds
        // the telephone says whose it is. With it goes the whole file.
        assert_eq!(kept(&town, mixed).await, (vec![4, 5], false));
        assert_eq!(kept(&town, latin).await, (vec![5, 6], false));
        assert_eq!(kept(&town, others).await, (vec![2, 3], true));
        let names = [mixed, others].map(async |run| found(&town, run).await.name);
        let [mixed, others] = names;
        assert_eq!((&*mixed.await, &*others.await), ("四月.csv", ""));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_old_goes_though_nobody_brings_in_another() {
    on_both(async |town| {
        let deed = town.deed().await;
        let file = MIXED.as_bytes().to_vec();
        let left = import::begin(town.db(), &deed, "a.csv".to_owned(), file).await;
        let (left, done) = (left.unwrap(), taken(&town, "b.csv", OTHERS).await);
        let given = async || {
            let mut conn = town.db().read().await.unwrap();
            let file = import::find_file(&mut conn, &deed, left, FileKind::Given).await;
            file.unwrap().is_some()
        };
        town.pass(23 * 3600);
        import::forget_old(town.db(), &town.deed().await)
            .await
            .unwrap();
        assert!(given().await);
        town.pass(2 * 3600);
        import::forget_old(town.db(), &town.deed().await)
            .await
            .unwrap();
        assert!(!given().await);
        assert_eq!(kept(&town, done).await, (vec![2, 3], true));
        town.pass(30 * 24 * 3600);
        import::forget_old(town.db(), &town.deed().await)
            .await
            .unwrap();
        assert_eq!(kept(&town, done).await, (vec![], false));
    })
    .await;
}

async fn ledger(town: &Town) -> RowId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let run = papers::begin(town.db(), &nurse, crate::papers::ledger(town.minami.center));
    run.await.unwrap()
}

async fn is_kept(town: &Town, run: RowId) -> bool {
    let mut conn = town.db().read().await.unwrap();
    let deed = town.deed().await;
    let run = papers::find_run(&mut conn, &deed, run).await;
    run.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_papers_only_those_on_which_the_person_stands_go_and_all_go_in_time() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        tagged(&town, other(&town).await).await;
        town.at("2026-12-03T10:00:00+09:00");
        let without = ledger(&town).await;
        town.at("2026-11-20T10:00:00+09:00");
        let hanako = hanako::register(&town).await;
        tagged(&town, hanako).await;
        town.at("2026-12-03T10:00:00+09:00");
        let with = ledger(&town).await;
        town.at("2026-11-20T10:00:00+09:00");
        erase(&town, hanako).await;
        assert!(!is_kept(&town, with).await);
        assert!(is_kept(&town, without).await);
        papers::forget_old(town.db(), &town.deed().await)
            .await
            .unwrap();
        assert!(is_kept(&town, without).await);
        town.pass(7 * 24 * 3600);
        papers::forget_old(town.db(), &town.deed().await)
            .await
            .unwrap();
        assert!(!is_kept(&town, without).await);
    })
    .await;
}

/// Somebody of another name.
async fn other(town: &Town) -> PersonId {
    let mut draft = people::Draft {
        center: Some(town.minami.center),
        ..hanako::draft()
    };
    draft.identity.name = words::name::PersonName::new("東山", "トメ").unwrap();
    draft.identity.born = words::date::PartialDate::parse("S10.5.6").unwrap();
    let registered = people::register(town.db(), &town.deed().await, draft).await;
    registered.unwrap()
}
