//! Stories of notices: told, looked into, added up, thanked for.

mod agreements;
mod climbing;
mod evidence;
mod mailing;
mod refused;
mod telling;
mod triage;

use ::words::address::Address;
use db::{args, sql};
use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::{CenterId, NoticeId, PersonId, RowId};
use mimamori::networks::{self, Area, AreaKind};
use mimamori::notices::{
    self, Agreement, NewNotice, Notice, Reach, Since, Sure, Teller, Trade, Way, Words,
};
use mimamori::people::{self, Draft};
use mimamori::scope::Role;

use crate::hanako;
use crate::town::{Client, Page, Town};

/// Where she lives.
pub const HOME: &str = "大田区大森北1-2-3 みなみ荘201";

/// Her home belongs to the みなみ center, 大森中 to the other one.
pub async fn areas(town: &Town) {
    let deed = town.deed().await;
    for (center, key) in [
        (town.minami.center, "大森北1丁目"),
        (town.minami.other_center, "大森中1丁目"),
    ] {
        draw(town, &deed, center, key).await;
    }
}

async fn draw(town: &Town, deed: &Deed, center: CenterId, key: &str) {
    let area = Area {
        kind: AreaKind::Block,
        key: key.to_owned(),
        center,
    };
    networks::draw_areas(town.db(), deed, center, vec![area])
        .await
        .unwrap();
}

/// What was told, of these signs at this place.
pub fn words(signs: &[&str], place: &str) -> Words {
    Words {
        signs: signs.iter().map(|sign| (*sign).to_owned()).collect(),
        words: String::new(),
        place: place.to_owned(),
        about: String::new(),
        sure: Sure::Seen,
        since: Since::Days,
        teller: Teller::default(),
        language: "ja".to_owned(),
    }
}

/// A notice told at the telephone.
pub fn by_phone(words: Words) -> NewNotice {
    NewNotice {
        way: Way::Phone,
        words,
        danger: false,
        agreement: None,
        origin: String::new(),
        hash: None,
        center: None,
        person: None,
        task: None,
    }
}

/// A notice at a center of any town.
pub async fn at(town: &Town, deed: &Deed, center: CenterId) -> NoticeId {
    let new = NewNotice {
        center: Some(center),
        ..by_phone(words(&["post"], HOME))
    };
    notices::tell(town.db(), deed, new).await.unwrap().id
}

/// An organisation of any town.
pub async fn agreement(town: &Town, deed: &Deed) -> RowId {
    let new = Agreement {
        id: RowId(0),
        name: "みなみ新聞販売所".to_owned(),
        trade: Trade::Newspaper,
        reach: Reach {
            person: "配田 進".to_owned(),
            ..Reach::default()
        },
        began_on: date(2026, 4, 1),
        ends_on: date(2027, 3, 31),
        trained_on: None,
        link_at: None,
        asked_for: None,
        closed_at: None,
        version: 1,
    };
    notices::add_agreement(town.db(), deed, new).await.unwrap()
}

/// Tells of these signs at this place, as somebody at the telephone whose number this is.
pub async fn told(town: &Town, signs: &[&str], place: &str, phone: &str) -> NoticeId {
    let mut words = words(signs, place);
    words.teller.phone = phone.to_owned();
    let nurse = town.deed_of(Role::CenterStaff).await;
    let received = notices::tell(town.db(), &nurse, by_phone(words)).await;
    received.unwrap().id
}

/// The notice, whoever may see it.
pub async fn notice(town: &Town, id: NoticeId) -> Notice {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    notices::find(&mut conn, &deed, id).await.unwrap()
}

/// Every notice of みなみ町, the oldest first.
pub async fn all(town: &Town) -> Vec<Notice> {
    let statement = sql("SELECT id FROM notices WHERE network = $1 ORDER BY id");
    let mut conn = town.db().read().await.unwrap();
    let rows = conn.rows(statement, &args![town.minami.id]).await.unwrap();
    drop(conn);
    let mut found = Vec::new();
    for row in rows {
        found.push(notice(town, NoticeId(row.int(0).unwrap())).await);
    }
    found
}

/// ハナコ, registered at the みなみ center.
pub async fn hanako(town: &Town) -> PersonId {
    hanako::register(town).await
}

/// Somebody else of the same town, at this place, at this center.
pub async fn somebody(town: &Town, place: &str, center: CenterId) -> PersonId {
    let mut draft = Draft {
        center: Some(center),
        ..hanako::draft()
    };
    draft.identity.name = ::words::name::PersonName::new("東山", "トメ").unwrap();
    draft.identity.address = Some(Address::parse(place).unwrap());
    let deed = town.deed().await;
    people::register(town.db(), &deed, draft).await.unwrap()
}

/// The town's form, filled in and sent by a visitor.
pub async fn send(visitor: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = visitor.get(path).await;
    let key = page.attr("input[name=key]", "value").unwrap();
    let mut all = vec![("key", key.as_str()), ("lang", "ja"), ("sure", "seen")];
    all.extend(fields);
    visitor.post(path, &all).await
}

/// The round of every minute.
pub async fn minute(town: &Town) {
    let deed = town.deed().await;
    notices::keep_up(town.db(), &deed).await.unwrap();
}
