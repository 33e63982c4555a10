//! Stories of the board.

mod drill;
mod family;
mod finder;
mod flood;
mod keeping;
mod proving;

use db::Engine;
use jiff::civil::date;
use mimamori::desk;
use mimamori::ids::{InquiryId, PersonId};
use mimamori::people::{self, Draft, Given, Mail};
use mimamori::scope::Role;
use mimamori::tags;

use crate::desk::{stock, tagged};
use crate::hanako;
use crate::mailserver::Server;
use crate::town::{Client, Page, Town};

/// Where mail of her son goes.
pub const SON: &str = "ichiro@example.jp";
/// Where mail of her friend would go, had she proved the address.
pub const FRIEND: &str = "haruko@example.jp";

/// ハナコ, whose family lets finders read notes, with a key holder.
pub struct Scene {
    pub person: PersonId,
    /// `/q/…`
    pub path: String,
}

/// A mail address that was agreed to.
pub fn mail(address: &str, proved: bool) -> Option<Mail> {
    Some(Mail {
        address: address.to_owned(),
        agreed_on: Some(date(2026, 4, 1)),
        proved_on: proved.then(|| date(2026, 4, 2)),
        drills_on: None,
    })
}

/// Her record: the son's address is proved, the friend's is not.
pub fn draft(town: &Town) -> Draft {
    let mut draft = Draft {
        center: Some(town.minami.center),
        ..hanako::draft()
    };
    draft.consent.board = Given::by_person(date(2025, 9, 10));
    draft.contacts.0[0].mail = mail(SON, true);
    draft.contacts.0[1].mail = mail(FRIEND, false);
    draft
}

/// Registers somebody and gives them a key holder out of the stock.
pub async fn carrying(town: &Town, draft: Draft) -> Scene {
    let person = people::register(town.db(), &town.deed().await, draft)
        .await
        .unwrap();
    let (tag, _) = tagged(town, person).await;
    let mut conn = town.db().read().await.unwrap();
    let carriers = tags::list_carriers(&mut conn, &town.deed().await, tag)
        .await
        .unwrap();
    Scene {
        person,
        path: carriers[0].address(""),
    }
}

/// What stands behind a number of the stock that is nobody's yet.
pub async fn nobodys(town: &Town) -> String {
    let admin = town.deed_of(Role::TownAdmin).await;
    let mut conn = town.db().read().await.unwrap();
    let batch = tags::list_batches(&mut conn, &admin).await.unwrap()[0].id;
    drop(conn);
    let list = tags::take_list(town.db(), &town.deed().await, batch).await;
    list.unwrap()[0].1.address("")
}

/// The named world with a mail server of another make.
pub async fn posting(engine: Engine) -> (Server, Town) {
    let server = Server::start();
    let post = server.way();
    (server, Town::build_posting(engine, post).await)
}

/// ハナコ with everything in order.
pub async fn scene(town: &Town) -> Scene {
    stock(town, &town.minami).await;
    carrying(town, draft(town)).await
}

/// Opens the page behind a QR and sends its form.
pub async fn write(finder: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = finder.get(path).await;
    assert_eq!(page.status, 200);
    send(finder, &page, path, fields).await
}

/// Sends the form of an opened page.
pub async fn send(finder: &Client, page: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
    let hidden = page.hidden(path);
    let own = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let all: Vec<(&str, &str)> = own.chain(fields.iter().copied()).collect();
    finder.post(path, &all).await
}

/// What a finder usually writes.
pub const WORDS: &[(&str, &str)] = &[
    ("place", "みなみ駅の北口"),
    ("how", "寒そうにしている"),
    ("phone", "090-0777-8888"),
    ("position", "35.58890,139.72720,30"),
];

/// Inquiries that are open at the desk.
pub async fn open_inquiries(town: &Town) -> Vec<desk::Inquiry> {
    let mut conn = town.db().read().await.unwrap();
    desk::list_open(&mut conn, &town.deed().await)
        .await
        .unwrap()
}

/// The page of the only open inquiry.
pub async fn only_inquiry(town: &Town) -> (InquiryId, String) {
    let open = open_inquiries(town).await;
    assert_eq!(open.len(), 1);
    (open[0].id, format!("/desk/inquiries/{}", open[0].id))
}

/// How many mails wait or were sent for an inquiry.
pub async fn mails(town: &Town, id: InquiryId) -> usize {
    let mut conn = town.db().read().await.unwrap();
    let states = desk::list_mail_states(&mut conn, &town.deed().await, id).await;
    states.unwrap().len()
}

/// Somebody of the center, signed in.
pub async fn nurse(town: &Town) -> Client {
    town.sign_in(Role::CenterStaff).await
}
