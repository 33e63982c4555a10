//! The walk through the record, as the counter does it.

use mimamori::audit::Verb;
use mimamori::people::{self, Group, Way};
use mimamori::renewals::{self, AskWay, State};
use mimamori::scope::Role;

use super::{MARCH, minute, renewal};
use crate::desk;
use crate::town::{Client, on_both};

/// Presses 変更なし of a group, as it stands on the page.
pub async fn unchanged(nurse: &Client, path: &str, group: Group) {
    let walk = nurse.get(&format!("{path}/walk")).await;
    let css = format!("#g-{} form input", group.code());
    let page = scraper::Html::parse_document(&walk.text());
    let css = scraper::Selector::parse(&css).unwrap();
    let fields: Vec<(String, String)> = page
        .select(&css)
        .map(|input| {
            let attr = |name| input.value().attr(name).unwrap_or_default().to_owned();
            (attr("name"), attr("value"))
        })
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(fields.len(), 4, "{}", group.code());
    let done = nurse.post(&format!("{path}/groups"), &fields).await;
    assert_eq!(done.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn group_by_group_half_today_and_the_rest_tomorrow() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        minute(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/renewals/{person}");
        assert_eq!(nurse.get(&format!("{path}/walk")).await.location(), path);
        let begun = nurse
            .post(&format!("{path}/walk"), &[("way", "visit")])
            .await;
        assert_eq!(begun.location(), format!("{path}/walk"));
        let walk = nurse.get(&format!("{path}/walk")).await;
        assert_eq!(walk.select("[accesskey]").len(), Group::ALL.len());
        assert_eq!(walk.attr("[autofocus]", "accesskey").unwrap(), "1");
        assert!(walk.text().contains("17か月前に電話で確認"));
        unchanged(&nurse, &path, Group::Identity).await;
        let early = nurse.post(&format!("{path}/ending"), &[]).await;
        assert_eq!(early.status, 422, "whom to call was not asked yet");
        town.pass(24 * 3600);
        let nurse = town.sign_in(Role::CenterStaff).await;
        let walk = nurse.get(&format!("{path}/walk")).await;
        assert_eq!(walk.attr("button[autofocus]", "accesskey").unwrap(), "2");
        assert!(walk.text().contains("昨日、訪問で確認（中村 看子）"));
        // The son has another number: the form leads back to the walk.
        let edit = walk.attr("#g-contacts a.button", "href").unwrap();
        let form = nurse.get(&edit).await;
        let action = format!("/people/{person}/contacts/edit");
        assert!(
            form.hidden(&action)
                .contains(&("back".into(), format!("{path}/walk")))
        );
        assert_eq!(
            form.attr("input[name=how][checked]", "value").unwrap(),
            "visit"
        );
        let deed = town.deed_of(Role::CenterStaff).await;
        let mut contacts = crate::hanako::draft().contacts;
        contacts.0[0].phones = vec![words::phone::Phone::parse("090-0999-8888").unwrap()];
        people::change_contacts(town.db(), &deed, person, 1, contacts, Some(Way::Visit))
            .await
            .unwrap();
        let refused = nurse
            .post(&format!("{path}/ending"), &[("need", "yes")])
            .await;
        assert_eq!(refused.status, 422, "what does she need?");
        assert!(refused.text().contains("まだ確認していない項目"));
        let ending = [
            ("need", "yes"),
            ("words", "配食をすすめる"),
            ("first", "yes"),
        ];
        let ended = nurse.post(&format!("{path}/ending"), &ending).await;
        assert_eq!(ended.location(), path);
        let renewed = renewal(&town, person, 2027).await;
        assert_eq!(renewed.state, State::Changed);
        let counted = renewed.counted;
        assert_eq!((counted.changes, counted.on_time), (1, true));
        assert!(counted.need && counted.first && counted.cohort.alone());
        let home = nurse.get("/?all=1").await;
        assert!(home.text().contains("南野 ハナコ さんを支援につなぐ"));
        let record = nurse.get(&format!("/people/{person}")).await;
        assert!(record.text().contains("今日、訪問で確認（中村 看子）"));
        assert!(
            record.text().contains("17か月前に電話で確認"),
            "医療 was not asked"
        );
    })
    .await;
}

/// What a press of the walk would send, with other words.
fn press<'a>(group: &'a str, heard: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("group", group),
        ("version", "1"),
        ("way", "phone"),
        ("heard", heard),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_asked_is_asked_instead_of_unchanged() {
    on_both(async |town| {
        let deed = town.deed().await;
        let mut draft = crate::hanako::draft();
        draft.contacts = people::Contacts::default();
        draft.center = Some(town.minami.center);
        let person = people::register(town.db(), &deed, draft).await.unwrap();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/renewals/{person}");
        let phone = [("way", "phone")];
        nurse.post(&format!("{path}/walk"), &phone).await;
        let walk = nurse.get(&format!("{path}/walk")).await;
        let text = walk.text();
        let open = walk.select("#g-consent p strong");
        assert!(
            open.contains(&"発見時の注意を公開ページに出す".to_owned()),
            "{open:?}"
        );
        assert!(text.contains("連絡先になる方はいない、とうかがった"));
        let form = walk.attr("#g-consent a.button", "href").unwrap();
        assert!(form.starts_with(&format!("/people/{person}/consent/edit?how=phone")));
        assert!(walk.select("#g-consent button").is_empty());
        // Nor by a form that was made up, nor from the record.
        for (group, heard, status) in [
            ("consent", "unchanged", 422),
            ("consent", "none", 422),
            ("contacts", "unchanged", 422),
            ("identity", "none", 422),
            ("identity", "nothing", 404),
            ("contacts", "none", 303),
        ] {
            let fields = press(group, heard);
            let done = nurse.post(&format!("{path}/groups"), &fields).await;
            assert_eq!(done.status, status, "{group} {heard}");
        }
        let record = format!("/people/{person}");
        let done = nurse
            .post(&format!("{record}/confirm"), &press("consent", "unchanged"))
            .await;
        assert_eq!(done.status, 422);
        let mut conn = town.db().read().await.unwrap();
        let kept = people::find(&mut conn, &deed, person).await.unwrap();
        drop(conn);
        let kept = kept.unwrap();
        let today = mimamori::clock::in_japan(deed.now).date();
        let on = |group| kept.group(group).confirmed.unwrap().on;
        assert!(on(Group::Contacts) == today && on(Group::Consent) < today);
        let page = nurse.get(&record).await.text();
        assert!(page.contains("書いておくことはない") || page.contains("変わりない"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_gone_through_to_the_end_is_not_silent() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        minute(&town).await;
        super::ask(&town, person, AskWay::Postcard).await;
        super::days(&town, 20).await;
        super::walk_through(&town, person, Way::Phone).await;
        town.pass(3_500);
        minute(&town).await;
        assert_eq!(
            renewal(&town, person, 2027).await.state,
            State::Asked,
            "the page may still be open"
        );
        // The last button was never pressed, and the second postcard's day comes.
        town.pass(200);
        minute(&town).await;
        super::days(&town, 2).await;
        let ended = renewal(&town, person, 2027).await;
        assert_eq!(ended.state, State::Confirmed);
        assert_eq!(ended.renewed_on.unwrap().to_string(), "2027-03-22");
        assert!(ended.counted.on_time && ended.task.is_none());
        let home = town.sign_in(Role::CenterStaff).await.get("/?all=1").await;
        assert!(!home.text().contains("2回目の更新のはがき"));
        // Half of a walk is no answer.
        let (other, _) = desk::hanako(&town).await;
        minute(&town).await;
        super::ask(&town, other, AskWay::Postcard).await;
        let nurse = town.deed_of(Role::CenterStaff).await;
        renewals::begin_walk(town.db(), &nurse, other, Way::Phone)
            .await
            .unwrap();
        let same = people::Heard::Unchanged;
        let identity = (Group::Identity, 1);
        people::confirm(town.db(), &nurse, other, identity, same, Way::Phone)
            .await
            .unwrap();
        super::days(&town, 21).await;
        let climbs = renewal(&town, other, 2027).await;
        assert!(climbs.state == State::Asked && climbs.task.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_leads_back_into_this_program_only() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        for back in ["//example.com/", "https://example.com/", "/\\example.com"] {
            let path = format!("/people/{person}/finder/edit");
            let form = [
                ("back", back),
                ("version", "1"),
                ("notes", "x"),
                ("how", ""),
            ];
            let saved = nurse.post(&path, &form).await;
            assert!(
                saved.status != 303 || saved.location().starts_with("/people/"),
                "{back}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_witnessed_and_many_are_asked_at_once() {
    on_both(async |town| {
        let (person, _) = desk::hanako(&town).await;
        town.at(MARCH);
        minute(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let list = nurse.get("/renewals?month=2027-04").await;
        assert!(
            list.text().contains("南野 ハナコ"),
            "{} {}",
            list.status,
            list.text()
        );
        let saw = |(verb, fields, _): &(Verb, String, String)| {
            *verb == Verb::Saw && fields.contains("基本情報")
        };
        assert_eq!(
            desk::lines(&town)
                .await
                .iter()
                .filter(|line| saw(line))
                .count(),
            2
        );
        let ask = [
            ("month", "2027-04"),
            ("center", "all"),
            ("way", "postcard"),
            ("whom", "waiting"),
        ];
        let asked = nurse.post("/renewals/asking", &ask).await;
        assert_eq!(asked.status, 303);
        let list = nurse.get("/renewals?month=2027-04&state=asked").await;
        assert!(list.text().contains("3月2日 はがき"), "{}", list.text());
        let lines = desk::lines(&town).await;
        assert_eq!(
            lines
                .iter()
                .filter(|(verb, ..)| *verb == Verb::Renewal)
                .count(),
            1
        );
        assert_eq!(renewal(&town, person, 2027).await.state, State::Asked);
        let undoing = list.attr(".flash form", "action").unwrap();
        let other = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        assert_eq!(other.post(&undoing, &[]).await.status, 303);
        assert_eq!(renewal(&town, person, 2027).await.state, State::Asked);
        assert_eq!(nurse.post(&undoing, &[]).await.status, 303);
        assert_eq!(renewal(&town, person, 2027).await.state, State::Waiting);
    })
    .await;
}
