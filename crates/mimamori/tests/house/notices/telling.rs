//! Somebody tells: by the town's form, by an organisation's link, at the telephone.

use mimamori::notices::{self, Refusal, State, Way};
use mimamori::scope::Role;

use super::{HOME, all, areas, by_phone, hanako, send, told, words};
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_tells_without_an_account_and_learns_nothing() {
    on_both(async |town| {
        areas(&town).await;
        hanako(&town).await;
        let visitor = town.visitor();
        let page = visitor.get("/n/minami").await;
        assert_eq!(page.status, 200);
        let first = page.select("main section").remove(0);
        assert!(
            first.contains("119") && first.contains("110"),
            "danger comes first"
        );
        assert!(page.text().contains("tel:119"));
        for language in ["ja-simple", "en"] {
            let page = visitor.get(&format!("/n/minami?lang={language}")).await;
            assert!(page.text().contains(&format!("lang=\"{language}\"")));
        }
        let known = [
            ("signs", "post"),
            ("place", HOME),
            ("about", "1人暮らしの方"),
        ];
        let one = send(&visitor, "/n/minami", &known).await;
        let unknown = [("signs", "post"), ("place", "大森中1-9-9"), ("about", "")];
        let other = send(&visitor, "/n/minami", &unknown).await;
        assert_eq!((one.status, other.status), (200, 200));
        assert!(one.text() == other.text(), "the answer tells nobody apart");
        for private in ["ハナコ", "南野", "みなみ荘", "みなみ地域包括"] {
            assert!(!one.text().contains(private), "{private}");
        }
        let told = all(&town).await;
        assert_eq!(told.len(), 2);
        assert_eq!((told[0].way, told[0].state), (Way::Web, State::New));
        assert_eq!(told[0].center, Some(town.minami.center));
        assert_eq!(told[1].center, Some(town.minami.other_center));
        assert!(
            told.iter()
                .all(|one| one.task.is_some() && one.person.is_none())
        );
        assert_eq!(visitor.get("/n/nowhere").await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_says_call_before_it_thanks() {
    on_both(async |town| {
        let visitor = town.visitor();
        for fields in [
            [("signs", "collapsed"), ("place", "駅前")],
            [("now", "yes"), ("words", "動きません")],
        ] {
            let page = send(&visitor, "/n/minami", &fields).await;
            assert_eq!(
                page.select("h1"),
                ["命にかかわるときは、先に119番・110番へ"]
            );
            let main = page.select("main").remove(0);
            assert!(main.find("119").unwrap() < main.find("ありがとう").unwrap());
        }
        let calm = send(&visitor, "/n/minami", &[("signs", "post")]).await;
        assert_eq!(calm.select("h1"), ["お知らせをありがとうございました"]);
        let told = all(&town).await;
        assert_eq!(
            [told[0].danger, told[1].danger, told[2].danger],
            [true, true, false]
        );
        let minutes = told[0].due_at.as_second() - told[0].received_at.as_second();
        assert_eq!(minutes, 2 * 3600, "two hours");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_comes_back_as_typed_and_one_sent_twice_is_one_notice() {
    on_both(async |town| {
        let visitor = town.visitor();
        let page = visitor.get("/n/minami").await;
        let key = page.attr("input[name=key]", "value").unwrap();
        let mut fields = vec![
            ("key", key.as_str()),
            ("lang", "ja"),
            ("place", "大森北1-2-3"),
        ];
        let refused = visitor.post("/n/minami", &fields).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attr("#f-place", "value").unwrap(), "大森北1-2-3");
        fields.extend([("words", "明かりが3日つきっぱなし"), ("wants", "yes")]);
        let refused = visitor.post("/n/minami", &fields).await;
        assert!(refused.text().contains("電話番号かメールアドレス"));
        fields.push(("phone", "090-0000-1111"));
        assert_eq!(visitor.post("/n/minami", &fields).await.status, 200);
        assert_eq!(visitor.post("/n/minami", &fields).await.status, 200);
        let told = all(&town).await;
        assert_eq!(told.len(), 1, "one key, one notice");
        assert_eq!(told[0].words.words, "明かりが3日つきっぱなし");
        assert_eq!(town.visitor().post("/n/minami", &[]).await.status, 422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_to_a_form_that_was_sent_is_not_lost() {
    on_both(async |town| {
        let visitor = town.visitor();
        let page = visitor.get("/n/minami").await;
        let key = page.attr("input[name=key]", "value").unwrap();
        let mut fields = vec![("key", key.as_str()), ("signs", "post"), ("place", HOME)];
        assert_eq!(visitor.post("/n/minami", &fields).await.status, 200);
        // Back, and something is added; each is pressed twice.
        for added in [("words", "返事がありません"), ("now", "yes")] {
            fields.push(added);
            for _ in 0..2 {
                assert_eq!(visitor.post("/n/minami", &fields).await.status, 200);
            }
        }
        let told = all(&town).await;
        assert_eq!(told.len(), 3);
        assert_eq!(told[1].words.words, "返事がありません");
        let danger: Vec<bool> = told.iter().map(|one| one.danger).collect();
        assert_eq!(danger, [false, false, true]);
        assert!(told[2].task.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_at_home_is_one_source_whatever_address_it_takes() {
    on_both(async |town| {
        for at in 0..7 {
            let visitor = town.visitor_from(&format!("[2001:db8:1:2::{at}]"));
            let page = send(&visitor, "/n/minami", &[("words", "大変だ")]).await;
            assert_eq!(page.status, if at < 6 { 200 } else { 429 });
        }
        let neighbour = town.visitor_from("[2001:db8:1:3::1]");
        let page = send(&neighbour, "/n/minami", &[("words", "大変だ")]).await;
        assert_eq!(page.status, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_sent_a_thousand_times_is_kept_once() {
    on_both(async |town| {
        let mut fields = vec![("signs", "post"); 1000];
        fields.push(("place", "大森北1-2-3"));
        let page = send(&town.visitor(), "/n/minami", &fields).await;
        assert_eq!(page.status, 200);
        assert_eq!(all(&town).await[0].words.signs, ["post"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_flood_from_one_address_waits_stands_behind_and_shuts_nobody_out() {
    on_both(async |town| {
        let flooder = town.visitor_from("198.51.100.7");
        for _ in 0..6 {
            let page = send(&flooder, "/n/minami", &[("words", "大変だ")]).await;
            assert_eq!(page.status, 200);
        }
        let page = send(&flooder, "/n/minami", &[("words", "大変だ")]).await;
        assert_eq!(page.status, 429, "one a minute from now on");
        assert_eq!(page.select("textarea"), ["大変だ"], "as typed");
        town.pass(61);
        let page = send(&flooder, "/n/minami", &[("words", "大変だ")]).await;
        assert_eq!(page.status, 200);
        let neighbour = town.visitor_from("203.0.113.9");
        let page = send(&neighbour, "/n/minami", &[("signs", "post")]).await;
        assert_eq!(page.status, 200, "others are not shut out");
        let told = all(&town).await;
        assert_eq!(told.len(), 8);
        assert!(
            told[6].flood && told[6].task.is_none(),
            "no task of its own"
        );
        assert!(!told[7].flood && told[7].task.is_some());
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = nurse.get("/notices").await.select("tbody th");
        assert_eq!(list.len(), 8);
        let links = nurse.get("/notices").await.text();
        let at = |id: mimamori::ids::NoticeId| links.find(&id.to_string()).unwrap();
        assert!(at(told[7].id) < at(told[6].id), "what floods stands behind");
        // Danger waits for nobody: at once without a task of its own, a minute later with one.
        for _ in 0..2 {
            let danger = [("now", "yes"), ("words", "倒れている")];
            assert_eq!(send(&flooder, "/n/minami", &danger).await.status, 200);
            town.pass(61);
        }
        let told = all(&town).await;
        let tasks = [8, 9].map(|at: usize| told[at].task.is_some());
        assert!(told[8].danger && told[9].danger && told[9].flood);
        assert_eq!(tasks, [false, true]);
        let list = nurse.get("/notices").await.text();
        let at = |id: mimamori::ids::NoticeId| list.find(&id.to_string()).unwrap();
        assert!(at(told[9].id) < at(told[7].id), "danger stands first");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_write_down_what_they_hear_with_the_script_before_them() {
    on_both(async |town| {
        areas(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        let page = night.get("/notices/new").await;
        assert!(
            page.text().contains("呼びかけに返事はありますか"),
            "what to ask stands there"
        );
        assert_eq!(night.get("/notices").await.location(), "/notices/new");
        let fields = [
            ("way", "phone"),
            ("signs", "unseen"),
            ("place", HOME),
            ("sure", "heard"),
        ];
        let saved = night.post("/notices/new", &fields).await;
        assert_eq!((saved.status, saved.location()), (303, "/notices/new"));
        let refused = night.post("/notices/new", &[("way", "fax")]).await;
        assert_eq!(refused.status, 422);
        let nurse = town.sign_in(Role::CenterStaff).await;
        let card = [
            ("way", "paper"),
            ("words", "となりの家が暗い"),
            ("name", "町会 太郎"),
        ];
        let saved = nurse.post("/notices/new", &card).await;
        let seen = nurse.get(saved.location()).await;
        assert!(seen.text().contains("となりの家が暗い") && seen.text().contains("町会 太郎"));
        let told = all(&town).await;
        assert_eq!([told[0].way, told[1].way], [Way::Phone, Way::Paper]);
        let admin = town.deed_of(Role::TownAdmin).await;
        let refused = notices::tell(town.db(), &admin, by_phone(words(&["post"], ""))).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
        // What other rooms tell is no choice of a form.
        let silent = by_phone(words(&["silent"], ""));
        let nurse = town.deed_of(Role::CenterStaff).await;
        assert!(notices::tell(town.db(), &nurse, silent).await.is_err());
        told_again(&town).await;
    })
    .await;
}

/// The same caller is one source, also when the number is written otherwise.
async fn told_again(town: &crate::town::Town) {
    let one = told(town, &["post"], HOME, "090-0333-4444").await;
    let two = told(town, &["post"], HOME, "０９０ー０３３３ー４４４４").await;
    let sources = [
        super::notice(town, one).await,
        super::notice(town, two).await,
    ];
    assert_eq!(sources[0].source, sources[1].source);
}
