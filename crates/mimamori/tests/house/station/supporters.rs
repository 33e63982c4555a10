//! Supporters join, are found, leave, come back; whom of the register they are is said, never guessed.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::{PersonId, SupporterId};
use mimamori::people::twins::{self, Picks, Seen};
use mimamori::people::{self, Draft};
use mimamori::routes::{BELONGINGS, EXPLAINS};
use mimamori::scope::Role;
use mimamori::station::supporters::{self, Details, Refusal, Standing, Supporter};

use super::{joined, known, tied};
use crate::desk::written;
use crate::hanako;
use crate::town::{Town, on_both};

async fn find(town: &Town, deed: &Deed, id: SupporterId) -> Supporter {
    let mut conn = town.db().read().await.unwrap();
    supporters::find(&mut conn, deed, id).await.unwrap()
}

/// A form of somebody who joins.
const FORM: &[(&str, &str)] = &[
    ("from", "R8.4.10"),
    ("name", "川村 澄江"),
    ("kana", "かわむら すみえ"),
    ("phone", "０９０－０２２２－３３４４"),
    ("reach", "phone"),
    ("reach", "here"),
    ("born", "昭和21"),
    ("can", "cook"),
    ("likes", "編み物"),
];

#[tokio::test]
async fn somebody_joins_and_is_found_by_name_and_by_phone() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = nurse.get("/station/supporters").await;
        assert!(list.text().contains("サポーターはまだいません"));
        let kept = nurse.post("/station/supporters/new", FORM).await;
        assert_eq!(kept.status, 303, "{}", kept.text());
        let page = nurse.get(kept.location()).await;
        for words in [
            "川村 澄江",
            "カワムラ スミエ",
            "調理",
            "1946年（昭和21年）",
            "編み物",
        ] {
            assert!(page.text().contains(words), "{words}");
        }
        for q in ["川村", "かわむら すみえ", "090-0222-3344", "3344"] {
            let found = nurse.post("/station/supporters/search", &[("q", q)]).await;
            assert!(found.text().contains("川村 澄江"), "{q}");
        }
        let found = nurse
            .post("/station/supporters/search", &[("q", "佐藤")])
            .await;
        assert!(found.text().contains("見つかりませんでした"));
        // Twice is met before it is kept; and kept where somebody made sure.
        let twice = nurse.post("/station/supporters/new", FORM).await;
        assert_eq!(twice.status, 422);
        assert!(twice.text().contains("もういます"));
        assert!(
            twice
                .text()
                .contains("value=\"０９０－０２２２－３３４４\""),
            "as typed"
        );
        let sure = [FORM, &[("anyway", "yes")]].concat();
        assert_eq!(
            nurse.post("/station/supporters/new", &sure).await.status,
            303
        );
        let list = nurse.get("/station/supporters").await;
        assert_eq!(list.text().matches("カワムラ スミエ").count(), 2);
        let lines = written(&town).await;
        for words in [
            "入会（2026-04-10）",
            "サポーターの一覧（2人）",
            "サポーターをさがした（1人）",
        ] {
            assert!(lines.contains(words), "{words}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_that_can_not_be_comes_back_with_words() {
    on_both(async |town| {
        let nurse = town.sign_in(Role::CenterStaff).await;
        let long = "あ".repeat(41);
        let form = [
            ("from", "2026-13-01"),
            ("kana", &long),
            ("phone", "03-12"),
            ("mail", "sumie"),
            ("born", "昭和99"),
            ("likes", "歌"),
        ];
        let page = nurse.post("/station/supporters/new", &form).await;
        assert_eq!(page.status, 422);
        let text = page.text();
        for words in [
            "名前を入れてください",
            "40字まで",
            "メールアドレスの形",
            "歌</textarea>",
        ] {
            assert!(text.contains(words), "{words}");
        }
        assert!(text.contains("6か所"), "each of them");
        let far = [FORM, &[("from", "2030-01-01")]].concat();
        let far: Vec<_> = far.into_iter().skip(1).collect();
        let page = nurse.post("/station/supporters/new", &far).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("1年先まで"));
    })
    .await;
}

#[tokio::test]
async fn somebody_leaves_and_comes_back_as_the_same_supporter() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let db = town.db();
        let last = date(2026, 10, 31);
        supporters::leave(db, &nurse, (id, 1), last).await.unwrap();
        let old = supporters::leave(db, &nurse, (id, 1), last).await;
        assert!(matches!(old, Err(Refusal::Changed)));
        let today = date(2026, 11, 20);
        let one = find(&town, &nurse, id).await;
        assert_eq!(one.terms.standing(today), Some(Standing::Out(last)));
        let client = town.sign_in(Role::CenterStaff).await;
        let here = client.get("/station/supporters").await;
        assert!(!here.text().contains("川村"));
        let gone = client.get("/station/supporters?show=out").await;
        assert!(gone.text().contains("川村"));
        let back = format!("/station/supporters/{id}/return");
        let early = client
            .post(&back, &[("version", "2"), ("day", "2026-10-31")])
            .await;
        assert_eq!(early.status, 422);
        assert!(early.text().contains("この日にはできません"));
        let done = client
            .post(&back, &[("version", "2"), ("day", "R8.11.20")])
            .await;
        assert_eq!(done.status, 303);
        let page = client
            .get(&format!("/station/supporters/{id}"))
            .await
            .text();
        assert!(page.contains("2026年（令和8年）4月10日から2026年（令和8年）10月31日まで"));
        assert!(page.contains("入会中"));
        // Nobody of another town, and nobody without the right.
        let other = town.deed_at(&town.kitami, Role::CenterStaff).await;
        let refused = supporters::stay(db, &other, (id, 3)).await;
        assert!(matches!(refused, Err(Refusal::NotFound)));
        let night = town.deed_of(Role::NightDesk).await;
        let refused = supporters::change(db, &night, (id, 3), known()).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
    })
    .await;
}

/// Somebody of the register who is called as the supporter is.
async fn registered(town: &Town, deed: &Deed, center: mimamori::ids::CenterId) -> PersonId {
    let draft = Draft {
        center: Some(center),
        ..hanako::draft()
    };
    people::register(town.db(), deed, draft).await.unwrap()
}

/// A supporter who is called as somebody of the other center's register is; her purpose is said.
async fn called_alike(town: &Town, nurse: &Deed) -> (SupporterId, PersonId) {
    let admin = town.deed().await;
    let theirs = registered(town, &admin, town.minami.other_center).await;
    let named = Details {
        name: hanako::identity().name.to_string(),
        ..known()
    };
    let from = date(2026, 4, 1);
    let id = supporters::join(town.db(), nurse, named, from).await;
    (id.unwrap(), theirs)
}

#[tokio::test]
async fn whom_of_the_register_they_are_is_said_and_never_guessed() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (id, theirs) = called_alike(&town, &nurse).await;
        assert_eq!(
            find(&town, &nurse, id).await.person,
            None,
            "a name is no proof"
        );
        let client = town.sign_in(Role::CenterStaff).await;
        let tie = format!("/station/supporters/{id}/tie");
        let chosen = format!("person:{theirs}");
        let form = [
            ("version", "1"),
            ("q", "ハナコ"),
            ("reason", "保険証で確かめた"),
            ("do", &chosen),
        ];
        // Another center's record wants its purpose first.
        let asked = client.post(&tie, &form).await;
        assert_eq!(asked.location(), format!("/people/{theirs}/purpose"));
        people::open_for(
            town.db(),
            &nurse,
            theirs,
            "ご本人がサポーターとして来られたため".to_owned(),
        )
        .await
        .unwrap();
        let found = client
            .post(&tie, &[("q", "ミナミノ ハナコ"), ("do", "find")])
            .await;
        assert!(found.text().contains(&chosen));
        let unsaid = client
            .post(&tie, &[("version", "1"), ("do", &chosen)])
            .await;
        assert_eq!(unsaid.status, 422);
        assert!(unsaid.text().contains("理由を書いてください"));
        assert_eq!(client.post(&tie, &form).await.status, 303);
        let page = client
            .get(&format!("/station/supporters/{id}"))
            .await
            .text();
        assert!(page.contains("保険証で確かめた"));
        // Whoever asks who looked at the record reads it.
        let sights = client.get(&format!("/people/{theirs}/sights")).await.text();
        assert!(sights.contains("サポーター"));
    })
    .await;
}

#[tokio::test]
async fn one_record_is_one_supporters_and_a_tie_is_taken_back() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let person = registered(&town, &nurse, town.minami.center).await;
        let id = tied(&town, &nurse, person).await;
        let second = joined(&town, &nurse).await;
        let into = (person, EXPLAINS);
        let twice = supporters::tie(town.db(), &nurse, (second, 1), into, "同じ住所").await;
        assert!(matches!(twice, Err(Refusal::Another)));
        let client = town.sign_in(Role::CenterStaff).await;
        let untie = format!("/station/supporters/{id}/untie");
        let version = find(&town, &nurse, id).await.version.to_string();
        let unsaid = client.post(&untie, &[("version", &version)]).await;
        assert_eq!(unsaid.status, 422);
        assert!(unsaid.text().contains("理由を書いてください"));
        let sure = [("version", version.as_str()), ("reason", "妹さんだった")];
        assert_eq!(client.post(&untie, &sure).await.status, 303);
        assert_eq!(find(&town, &nurse, id).await.person, None);
    })
    .await;
}

#[tokio::test]
async fn a_supporter_passes_to_the_record_that_stays() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let kept = registered(&town, &nurse, town.minami.center).await;
        let gone = registered(&town, &nurse, town.minami.center).await;
        let id = tied(&town, &nurse, gone).await;
        let mut conn = town.db().read().await.unwrap();
        let mut stamps = Vec::new();
        for id in [kept, gone] {
            let person = people::find(&mut conn, &nurse, id).await.unwrap().unwrap();
            stamps.push(twins::stamp(&person));
        }
        drop(conn);
        let stamps = stamps.try_into().unwrap();
        let seen = Seen { kept, gone, stamps };
        twins::merge(town.db(), &nurse, seen, Picks::default(), BELONGINGS)
            .await
            .unwrap();
        assert_eq!(find(&town, &nurse, id).await.person, Some(kept));
    })
    .await;
}

#[tokio::test]
async fn what_is_known_is_erased_on_the_own_wish_by_the_head_alone() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let refused = supporters::erase(town.db(), &nurse, (id, "お申し出"), &[]).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
        let head = town.sign_in(Role::CenterHead).await;
        let erasure = format!("/station/supporters/{id}/erasure");
        let unsaid = head.post(&erasure, &[]).await;
        assert_eq!(unsaid.status, 422);
        let done = head.post(&erasure, &[("why", "ご本人のお申し出")]).await;
        assert_eq!(done.status, 303);
        assert_eq!(
            head.get(&format!("/station/supporters/{id}")).await.status,
            404
        );
        let found = head
            .post("/station/supporters/search", &[("q", "3344")])
            .await;
        assert!(!found.text().contains("川村"));
        let refused = supporters::change(town.db(), &nurse, (id, 2), known()).await;
        assert!(matches!(refused, Err(Refusal::NotFound)));
        let left = find(&town, &nurse, id).await;
        assert!(left.details == Details::default() && left.terms.0.is_empty());
    })
    .await;
}
