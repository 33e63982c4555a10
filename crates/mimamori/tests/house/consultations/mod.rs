//! Stories of consultations.

mod counted;
mod found;
mod refused;
mod strangers;
mod taken;

use mimamori::consultations::{
    self, AgeBand, Alone, Card, Entry, New, Source, Subject, Topics, Urgency, Way, Words,
};
use mimamori::deed::Deed;
use mimamori::ids::{CenterId, ConsultationId, RowId, StaffId};
use mimamori::people;
use mimamori::routes::EXPLAINS;
use mimamori::scope::{Actor, Role, Scope};
use mimamori::staff::{self, Place, Stage};
use seal::SecretToken;
use words::phone::Phone;

use crate::town::{Client, Network, Town, password_hash};

/// What was said, with a word by which it can be looked for.
pub const SAID: &str = "夜中に何度も起きて、火の元が心配とのこと";

/// A reception that is finished with itself.
pub fn entry(town: &Town) -> Entry {
    Entry {
        at: town.app.now(),
        way: Way::Phone,
        from: Source::Family,
        topics: Topics::of([1, 4]),
        urgency: Urgency::Usual,
        minutes: Some(15),
        closed: true,
        next_on: None,
        words: Words {
            said: SAID.to_owned(),
            answer: "申請の手順を説明した".to_owned(),
            ..Words::default()
        },
    }
}

/// Somebody who is not registered.
pub fn card() -> Card {
    Card {
        name: "渡邊 しづ".to_owned(),
        kana: "ワタナベ シズ".to_owned(),
        phone: Phone::parse("03-0988-1234").ok(),
        address: "品川区ゆたか町2丁目9番3号".to_owned(),
        age: AgeBand::From80,
        alone: Alone::Yes,
    }
}

/// A purpose is said where the person is another center's.
pub async fn take(town: &Town, deed: &Deed, subject: Subject) -> ConsultationId {
    if let Subject::Registered(person) = subject {
        let mut conn = town.db().read().await.unwrap();
        let standing = people::find_standing(&mut conn, deed, person).await;
        drop(conn);
        if standing.unwrap().unwrap().asks_purpose(deed.scope.center) {
            let why = "ご家族からの相談の受付のため";
            people::open_for(town.db(), deed, person, why.to_owned())
                .await
                .unwrap();
        }
    }
    let new = New {
        subject,
        entry: entry(town),
    };
    consultations::take(town.db(), deed, EXPLAINS, new)
        .await
        .unwrap()
}

/// A consultation of a town's center, and whom it is about.
pub async fn heard(town: &Town, place: &Network) -> (ConsultationId, RowId) {
    let deed = town.deed_at(place, Role::CenterStaff).await;
    let id = take(town, &deed, Subject::Stranger(Box::new(card()))).await;
    let mut conn = town.db().read().await.unwrap();
    let one = consultations::find(&mut conn, &deed, id).await.unwrap();
    (id, one.stranger.unwrap())
}

/// A colleague of the town's other center: what they may do, and a browser of theirs.
pub async fn neighbour(town: &Town) -> (Deed, Client) {
    let center = town.minami.other_center;
    let card = staff::Card {
        name: "北野 隣".to_owned(),
        email: "kitano@minami.example.jp".to_owned(),
    };
    let place = Place {
        role: Role::CenterStaff,
        center: Some(center),
        organisation: None,
    };
    let program = town.deed().await;
    let invited = staff::invite(town.db(), &program, card, place)
        .await
        .unwrap();
    let (_, secret) = invited.token.split_once('.').unwrap();
    let secret = SecretToken::read(secret).unwrap();
    let (name, hash) = ("北野 隣".to_owned(), password_hash().to_owned());
    let account = staff::accept(town.db(), &program, &secret, name, hash)
        .await
        .unwrap();
    let deed = town
        .app
        .deed(scope_of(town, account, center))
        .await
        .unwrap();
    let opened = staff::open_session(town.db(), &deed, account, Stage::Full, "test".to_owned());
    let client = town.visitor();
    client.keep(&format!("mimamori={}", opened.await.unwrap().cookie));
    (deed, client)
}

fn scope_of(town: &Town, account: StaffId, center: CenterId) -> Scope {
    Scope {
        network: town.minami.id,
        actor: Actor::Staff(account),
        rights: Role::CenterStaff.rights(),
        center: Some(center),
        origin: "test".to_owned(),
    }
}
