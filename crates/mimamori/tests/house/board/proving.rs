//! A contact proves an address.

use mimamori::people::{self, Contacts};

use super::{FRIEND, SON, nurse, posting, scene};
use crate::town::{Town, on_both};

async fn contacts(town: &Town, person: mimamori::ids::PersonId) -> people::Kept<Contacts> {
    let mut conn = town.db().read().await.unwrap();
    let found = people::find_group::<Contacts>(&mut conn, &town.deed().await, person).await;
    found.unwrap().unwrap()
}

async fn proved(town: &Town, person: mimamori::ids::PersonId, at: usize) -> bool {
    let kept = contacts(town, person).await;
    let mail = kept.value.0[at].mail.clone().unwrap();
    mail.proved_on.is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_proved_by_whoever_reads_its_mail_and_a_new_one_anew() {
    for engine in db::testing::ENGINES {
        let (server, town) = posting(engine).await;
        let scene = scene(&town).await;
        let page = format!("/people/{}/mail", scene.person);
        let nurse = nurse(&town).await;
        let before = nurse.get(&page).await.text();
        assert!(before.contains("アドレスが未確認（メールは出ません）"));
        nurse.post(&format!("{page}/1/test"), &[]).await;
        assert!(nurse.get(&page).await.text().contains("返事を待っています"));
        let mails = server.mails();
        assert_eq!(mails[0]["x-rcptto"], FRIEND);
        let body = mails[0]["body"].as_str().unwrap();
        assert!(!body.contains("ハナコ") && !body.contains("南野"));
        let link = body.lines().find(|line| line.contains("/proof/")).unwrap();
        let path = &link[link.find("/proof/").unwrap()..];
        let friend = town.visitor();
        let asked = friend.get(path).await;
        assert_eq!(asked.status, 200);
        assert!(!proved(&town, scene.person, 1).await, "machines open links");
        let done = friend.post(path, &[]).await;
        assert!(done.text().contains("確認できました"));
        assert!(proved(&town, scene.person, 1).await);
        assert_eq!(friend.post(path, &[]).await.status, 404, "once");
        let history = nurse
            .get(&format!("/people/{}/history", scene.person))
            .await;
        assert!(history.text().contains("メールの確認"));
        assert!(nurse.get(&page).await.text().contains("に確認ずみ"));
        change_address(&town, scene.person).await;
        assert!(!proved(&town, scene.person, 1).await);
    }
}

/// Another address for the friend, through the form that staff use.
async fn change_address(town: &Town, person: mimamori::ids::PersonId) {
    let nurse = nurse(town).await;
    let path = format!("/people/{person}/contacts/edit");
    let version = contacts(town, person).await.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("do", "save"),
        ("how", ""),
        ("c1_was", "1"),
        ("c1_name", "南野 一郎"),
        ("c1_phone1", "090-0111-2222"),
        ("c1_told", "where_and_how"),
        ("c1_mail", SON),
        ("c1_agreed", "yes"),
        ("c2_was", "2"),
        ("c2_name", "北川 春子"),
        ("c2_phone1", "090-0333-4444"),
        ("c2_told", "where_and_how"),
        ("c2_mail", "haru@example.jp"),
        ("c2_agreed", "yes"),
    ];
    let saved = nurse.post(&path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(proved(town, person, 0).await, "the son's stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_or_foreign_proof_proves_nothing() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let deed = town.deed_of(mimamori::scope::Role::CenterStaff).await;
        let ask = async || {
            let mail = mimamori::board::ask_proof(town.db(), &deed, scene.person, 1, "").await;
            let body = mail.unwrap().body;
            let at = body.find("/proof/").unwrap();
            body[at..].lines().next().unwrap().to_owned()
        };
        let older = ask().await;
        let path = ask().await;
        let friend = town.visitor();
        assert_eq!(
            friend.post(&older, &[]).await.status,
            404,
            "a newer one was sent"
        );
        town.pass(7 * 24 * 3600);
        assert_eq!(friend.get(&path).await.status, 404);
        assert_eq!(friend.post(&path, &[]).await.status, 404);
        assert!(!proved(&town, scene.person, 1).await);
        let (_, secret) = path.split_once('.').unwrap();
        let theirs = format!("/proof/{}.{secret}", town.kitami.id);
        assert_eq!(friend.get(&theirs).await.status, 404);
    })
    .await;
}
