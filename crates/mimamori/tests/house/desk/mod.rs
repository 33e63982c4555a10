//! Stories of the desk.

mod consent;
mod counter;
mod inquiry;
mod mail;
mod nobody;
mod sights;
mod smtp;

use mimamori::audit::{self, Filter, Verb};
use mimamori::ids::{PersonId, TagId};
use mimamori::scope::Role;
use mimamori::tags::{self, Mix, Order};

use crate::hanako;
use crate::town::{Client, Network, Page, Town};

/// Numbers in stock at this town.
pub async fn stock(town: &Town, place: &Network) {
    let deed = town.deed_at(place, Role::TownAdmin).await;
    let order = Order {
        count: 3,
        mix: Mix([1, 0, 0, 0]),
        note: String::new(),
    };
    let batch = tags::order_batch(town.db(), &deed, order).await.unwrap();
    tags::fill_batch(town.db(), &town.app.vault, &deed, batch)
        .await
        .unwrap();
}

/// A tag of the stock in somebody's hands, and its number as it stands on it.
pub async fn tagged(town: &Town, person: PersonId) -> (TagId, String) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let tag = tags::bind_next(town.db(), &nurse, person).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let found = tags::find(&mut conn, &nurse, tag).await.unwrap().unwrap();
    (tag, found.number.shown())
}

/// ハナコ with a tag on her keys.
pub async fn hanako(town: &Town) -> (PersonId, String) {
    stock(town, &town.minami).await;
    let person = hanako::register(town).await;
    (person, tagged(town, person).await.1)
}

/// Every audit line, the newest first.
pub async fn entries(town: &Town) -> Vec<audit::Entry> {
    let deed = town.deed_of(Role::Auditor).await;
    let mut conn = town.db().read().await.unwrap();
    let all = Filter {
        whose: None,
        staff: None,
        verb: None,
        before: None,
        limit: 50_000,
    };
    audit::list_entries(&mut conn, &deed.scope, all)
        .await
        .unwrap()
}

/// The words of every audit line.
pub async fn written(town: &Town) -> String {
    let deed = town.deed_of(Role::Auditor).await;
    let entries = entries(town).await;
    let words = entries.iter();
    let words = words.map(|one| audit::open_detail(&deed.keys, one).unwrap());
    words.collect::<Vec<_>>().join("\n")
}

/// What was done since, the newest first: verb, groups of fields in words, reason.
pub async fn lines(town: &Town) -> Vec<(Verb, String, String)> {
    let line = |one: audit::Entry| (one.verb.unwrap(), one.fields.to_string(), one.why);
    entries(town).await.into_iter().map(line).collect()
}

/// Sends a number to the counter.
async fn call(client: &Client, number: &str, caller: &str) -> Page {
    client
        .post("/desk/inquiries", &[("number", number), ("caller", caller)])
        .await
}

/// The page of the inquiry that an answer leads to.
fn inquiry_of(page: &Page) -> String {
    let found = page.attr("main a[href^='/desk/inquiries/']", "href");
    found.expect("the answer leads to its inquiry")
}
