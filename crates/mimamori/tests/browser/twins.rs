//! Somebody written down twice: found in the night, looked at side by side, one record.

use mimamori::ids::PersonId;
use mimamori::people::{self, Draft, Identity, twins};
use mimamori::scope::Role;
use words::date::PartialDate;
use words::name::PersonName;

use crate::driver::{Browser, Scripts};
use crate::hanako;
use crate::server::Served;
use crate::town::Town;

/// ハナコ again, as another hand wrote her down, with a slip in the birth date.
fn again() -> Draft {
    let mut draft = hanako::draft();
    draft.identity = Identity {
        name: PersonName::new("南野", "花子").unwrap(),
        born: PartialDate::parse("昭和13年4月3日").unwrap(),
        ..hanako::identity()
    };
    draft
}

async fn register(town: &Town, draft: Draft) -> PersonId {
    let deed = town.deed_of(Role::CenterStaff).await;
    let draft = Draft {
        center: Some(town.minami.center),
        ..draft
    };
    people::register(town.db(), &deed, draft).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_records_are_looked_at_side_by_side_and_become_one() {
    let served = Served::start().await;
    let town = &served.town;
    register(town, hanako::draft()).await;
    register(town, again()).await;
    // What the server does at night, once the change is an hour old.
    town.pass(4_000);
    let deed = town.deed_of(Role::CenterStaff).await;
    let walked = twins::walk_some(town.db(), &deed, 100).await.unwrap();
    assert_eq!(walked.found, 1);
    let browser = Browser::open(&served.address, Scripts::On, "twins").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go("/twins").await;
    browser.look("twins-list").await;
    browser.click("main table a").await;
    browser.says("2つの記録を見くらべる").await;
    browser.look("twins-pair").await;
    browser.press("1つの記録にまとめる").await;
    browser.says("まとめました").await;
    browser.look("twins-merged").await;
    browser.go("/twins").await;
    browser.says("この種類の組はありません").await;
}
