//! Pages of the tags room.

use mimamori::scope::Role;
use mimamori::tags::{self, LookUp, State};

use super::{hanako, look_up, registered, stocked, tag};
use crate::town::{Page, Town, on_both};

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_ordered_and_the_list_is_taken() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        assert!(
            admin
                .get("/tags")
                .await
                .text()
                .contains("まだ番号がありません")
        );
        let order = [
            ("count", "３０"),
            ("key_holder", "1"),
            ("sticker", "2"),
            ("note", "秋の分"),
        ];
        let ordered = admin.post("/tags/batches", &order).await;
        assert_eq!(ordered.status, 303);
        let batch = ordered.location().to_owned();
        while admin
            .get(&batch)
            .await
            .text()
            .contains("番号を作っています")
        {
            tokio::task::yield_now().await;
        }
        let file = admin
            .post(&format!("{batch}/list"), &[("encoding", "utf8")])
            .await;
        assert!(
            file.header("content-disposition")
                .starts_with("attachment; filename=\"tags-")
        );
        let text = file.text();
        assert_eq!(
            (text.lines().count(), text.matches("シール").count()),
            (91, 60)
        );
        let page = admin.get(&batch).await;
        assert!(
            page.text().contains("もう一度書き出すこともできます")
                && page.text().contains("秋の分")
        );
        assert_eq!(admin.get("/tags").await.select("td.figures")[0], "30");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_too_large_comes_back_as_typed() {
    on_both(async |town| {
        let admin = town.sign_in(Role::TownAdmin).await;
        let refused = admin
            .post("/tags/batches", &[("count", "20000"), ("key_holder", "1")])
            .await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attr("#f-count", "value").as_deref(), Some("20000"));
        assert!(refused.text().contains("f-count-problem"));
    })
    .await;
}

/// Where the undo line of a page posts to, followed from a redirect.
async fn undo_of(town: &Town, done: &Page, client: &crate::town::Client) -> String {
    assert_eq!(done.status, 303, "{}", town.app.now());
    let page = client.get(done.location()).await;
    page.attr(".flash form", "action").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_handed_over_lost_and_found_at_the_counter() {
    on_both(async |town| {
        let batch = stocked(&town, 3).await;
        let person = registered(&town, "山田", "ハナ子").await;
        let list = tags::take_list(town.db(), &town.deed().await, batch)
            .await
            .unwrap();
        let number = list[0].0.shown();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let counter = format!("/people/{person}/tags");
        let mut wrong = number.clone();
        let last = if wrong.pop() == Some('1') { '2' } else { '1' };
        wrong.push(last);
        let refused = nurse.post(&counter, &[("number", &wrong)]).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.attr("#f-number", "value"), Some(wrong));
        let bound = nurse.post(&counter, &[("number", &number)]).await;
        let one = bound.location().to_owned();
        assert!(undo_of(&town, &bound, &nurse).await.ends_with("/undoing"));
        assert!(nurse.get(&counter).await.select("tbody th")[0] == number);
        let lost = nurse
            .post(&format!("{one}/loss"), &[("remark-loss", "バスの中")])
            .await;
        let finding = undo_of(&town, &lost, &nurse).await;
        assert!(nurse.get(&one).await.text().contains("バスの中"));
        assert_eq!(nurse.post(&finding, &[]).await.status, 303);
        assert_eq!(
            nurse.get(&one).await.select(".record .chip")[0],
            State::Bound.word()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn void_is_asked_and_replacement_follows_the_person() {
    on_both(async |town| {
        let (person, id) = hanako(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let asked = nurse.get(&format!("/tags/{id}/void")).await;
        assert!(asked.text().contains("元にもどせません"));
        assert_eq!(tag(&town, id).await.state, State::Bound);
        let replaced = nurse
            .post(&format!("/tags/{id}/replacement"), &[("with", "next")])
            .await;
        assert_eq!(replaced.status, 303);
        let new: mimamori::ids::TagId = replaced
            .location()
            .rsplit('/')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(tag(&town, new).await.person, Some(person));
        assert_eq!(
            nurse.post(&format!("/tags/{id}/void"), &[]).await.status,
            303
        );
        let number = tag(&town, id).await.number.shown();
        let told = look_up(&town, &town.deed().await, &number).await;
        assert!(matches!(told, LookUp::NotInUse(known) if known.state == State::Void));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_towns_tag_is_not_found() {
    on_both(async |town| {
        let (person, id) = hanako(&town).await;
        let there = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        assert_eq!(there.get(&format!("/tags/{id}")).await.status, 404);
        assert_eq!(
            there.get(&format!("/people/{person}/tags")).await.status,
            404
        );
        assert_eq!(
            there.post(&format!("/tags/{id}/loss"), &[]).await.status,
            404
        );
        assert_eq!(tag(&town, id).await.state, State::Bound);
        let night = town.sign_in(Role::NightDesk).await;
        assert_eq!(night.get(&format!("/tags/{id}")).await.status, 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_is_printed_with_its_number_and_qr() {
    on_both(async |town| {
        let (_, id) = hanako(&town).await;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let added = nurse
            .post(&format!("/tags/{id}/carriers"), &[("kind", "magnet")])
            .await;
        assert_eq!(added.status, 303);
        let page = nurse.get(&format!("/tags/{id}")).await;
        let label = page.attr("td a[href$='/label']", "href").unwrap();
        let label = nurse.get(&label).await;
        assert_eq!(
            label.select(".label-number")[0],
            tag(&town, id).await.number.shown()
        );
        assert!(label.text().contains("<svg"));
    })
    .await;
}
