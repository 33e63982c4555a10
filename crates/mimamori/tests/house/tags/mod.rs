//! Stories of the tags room.

mod counter;
mod lookup;
mod older;
mod pages;
mod stock;

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::{PersonId, RowId, TagId};
use mimamori::people::{self, Draft, Identity, Living, Sex};
use mimamori::scope::Role;
use mimamori::tags::{self, LookUp, Mix, Order, Tag};
use words::date::PartialDate;
use words::name::PersonName;

use crate::town::Town;

/// Registers somebody of みなみ町 of whom only the name matters here.
async fn registered(town: &Town, family: &str, given: &str) -> PersonId {
    let identity = Identity {
        name: PersonName::new(family, given).unwrap(),
        family_kana: None,
        given_kana: None,
        sex: Sex::Female,
        born: PartialDate::parse("昭和13年4月2日").unwrap(),
        postcode: None,
        address: None,
        phones: Vec::new(),
        living: Living::Alone,
        old_number: None,
    };
    let draft = Draft::new(identity, date(2026, 11, 20));
    people::register(town.db(), &town.deed().await, draft)
        .await
        .unwrap()
}

/// Orders and makes numbers of みなみ町, each on one key holder and two sheets of stickers.
async fn stocked(town: &Town, count: i64) -> RowId {
    let deed = town.deed_of(Role::TownAdmin).await;
    let order = Order {
        count,
        mix: Mix([1, 0, 2, 0]),
        note: "見本".to_owned(),
    };
    let batch = tags::order_batch(town.db(), &deed, order).await.unwrap();
    tags::fill_batch(town.db(), &town.app.vault, &deed, batch)
        .await
        .unwrap();
    batch
}

/// ハナコ of みなみ町 with a tag out of the stock.
async fn hanako(town: &Town) -> (PersonId, TagId) {
    stocked(town, 3).await;
    let person = registered(town, "山田", "ハナ子").await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let tag = tags::bind_next(town.db(), &nurse, person).await.unwrap();
    (person, tag)
}

/// The tag as the nurse reads it.
async fn tag(town: &Town, id: TagId) -> Tag {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    tags::find(&mut conn, &nurse, id).await.unwrap().unwrap()
}

/// What the desk is told.
async fn look_up(town: &Town, deed: &Deed, typed: &str) -> LookUp {
    let mut conn = town.db().read().await.unwrap();
    tags::look_up(&mut conn, &town.app.vault, deed, typed)
        .await
        .unwrap()
}
