//! Cases: who finds what, who hands over what to whom, and what the second pair of eyes is for.

mod consents;
mod corrected;
mod documents;
mod following;
mod handing;
mod heads;
mod helped;
mod listed;
mod origins;
mod refused;
mod second;
mod wishes;

use axum::body::Body as Bytes;
use axum::http::{Request, header};
use jiff::civil::date;
use mimamori::cases::{
    self, Access, Body, Consent, EndReason, Given, NewCase, Offer, Purpose, Urgency, WhyTransfer,
};
use mimamori::deed::Deed;
use mimamori::ids::{CaseId, CenterId, PersonId, RowId, StaffId};
use mimamori::scope::{Actor, Role, Scope};
use mimamori::staff::{self, Card, Place, Stage};
use mimamori::{networks, people};
use seal::SecretToken;
use words::address::Address;

use crate::town::{Client, HERE, Network, Page, Town, password_hash};

/// What is said in the case of the stories; nobody else may read any of it.
pub const WORDS: [&str; 4] = [
    "隣の人から怒鳴り声",
    "畑にもう一度出たい",
    "毎週火曜に訪問する計画",
    "息子の借金",
];

/// Somebody at work, with a browser.
pub struct Someone {
    pub staff: StaffId,
    pub deed: Deed,
    pub client: Client,
}

/// A new account of a role in a center, signed in.
pub async fn someone(town: &Town, role: Role, center: CenterId, name: &str) -> Someone {
    let program = town.deed().await;
    let place = Place {
        role,
        center: Some(center),
        organisation: None,
    };
    let card = Card {
        name: name.to_owned(),
        email: format!("{}@more.example.jp", program.new_id()),
    };
    let invited = staff::invite(town.db(), &program, card, place)
        .await
        .unwrap();
    let (_, secret) = invited.token.split_once('.').unwrap();
    let secret = SecretToken::read(secret).unwrap();
    let hash = password_hash().to_owned();
    let id = staff::accept(town.db(), &program, &secret, name.to_owned(), hash)
        .await
        .unwrap();
    signed_in(town, id, role, center).await
}

/// Somebody of the town's first accounts.
pub async fn first(town: &Town, role: Role) -> Someone {
    signed_in(town, town.minami.staff(role), role, town.minami.center).await
}

async fn signed_in(town: &Town, staff: StaffId, role: Role, center: CenterId) -> Someone {
    let scope = Scope {
        network: town.minami.id,
        actor: Actor::Staff(staff),
        rights: role.rights(),
        center: Some(center),
        origin: HERE.to_owned(),
    };
    let deed = town.app.deed(scope).await.unwrap();
    let opened = staff::open_session(town.db(), &deed, staff, Stage::Full, "test".to_owned());
    let client = town.visitor();
    client.keep(&format!("mimamori={}", opened.await.unwrap().cookie));
    Someone {
        staff,
        deed,
        client,
    }
}

/// What is said at the beginning.
pub fn body() -> Body {
    Body {
        began: WORDS[0].to_owned(),
        aims: WORDS[1].to_owned(),
        plan: WORDS[2].to_owned(),
        risks: WORDS[3].to_owned(),
        ..Body::default()
    }
}

/// A case of somebody, begun by whoever the deed is.
pub async fn begin(town: &Town, deed: &Deed, person: PersonId, access: Access) -> CaseId {
    let new = NewCase {
        people: vec![person],
        center: deed.scope.center.unwrap(),
        lead: None,
        access,
        body: body(),
    };
    cases::open(town.db(), deed, new).await.unwrap()
}

/// A case of somebody who is not registered.
pub async fn of_nobody(town: &Town, deed: &Deed) -> CaseId {
    let new = NewCase {
        people: Vec::new(),
        center: deed.scope.center.unwrap(),
        lead: None,
        access: Access::Center,
        body: Body {
            about: "角の家の方".to_owned(),
            ..body()
        },
    };
    cases::open(town.db(), deed, new).await.unwrap()
}

/// Closes it.
pub async fn close(town: &Town, deed: &Deed, case: CaseId) {
    let version = find(town, case).await.version;
    let how = (EndReason::Settled, "落ち着いた".to_owned());
    cases::close(town.db(), deed, case, version, how)
        .await
        .unwrap();
}

/// A case of a center without anybody in charge, for the table of doors.
pub async fn open(town: &Town, deed: &Deed, center: CenterId, person: PersonId) -> CaseId {
    let new = NewCase {
        people: vec![person],
        center,
        lead: None,
        access: Access::Center,
        body: body(),
    };
    cases::open(town.db(), deed, new).await.unwrap()
}

/// A case of the other center that is offered to the first.
pub async fn offered(town: &Town, deed: &Deed, place: &Network, person: PersonId) -> RowId {
    let case = open(town, deed, place.other_center, person).await;
    let offer = Offer {
        given: Given {
            without: "ご本人と連絡がとれず、見守りを止められない".to_owned(),
            ..Given::default()
        },
        ..offer(place.center)
    };
    cases::offer(town.db(), deed, case, offer).await.unwrap()
}

/// She lives in another center's area by now, and belongs to it by her address.
pub async fn moved(town: &Town, person: PersonId, to: CenterId) {
    let deed = town.deed().await;
    let street = match to == town.minami.center {
        true => "中央1丁目",
        false => "中央2丁目",
    };
    let area = vec![networks::Area::read(street, to).unwrap()];
    networks::draw_areas(town.db(), &deed, to, area)
        .await
        .unwrap();
    let mut conn = town.db().read().await.unwrap();
    let now = people::find(&mut conn, &deed, person).await;
    let now = now.unwrap().unwrap();
    drop(conn);
    let mut identity = now.identity.value;
    identity.address = Some(Address::parse(&format!("大田区{street}12番18号")).unwrap());
    people::change_identity(
        town.db(),
        &deed,
        person,
        now.identity.version,
        identity,
        None,
    )
    .await
    .unwrap();
    put_under(town, person, None).await;
}

/// Somebody puts her under a center by hand, or with `None` under the one of her address again.
pub async fn put_under(town: &Town, person: PersonId, to: Option<CenterId>) {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let standing = people::find_standing(&mut conn, &deed, person).await;
    let version = standing.unwrap().unwrap().version;
    drop(conn);
    people::set_center(town.db(), &deed, person, version, to)
        .await
        .unwrap();
}

/// An offer because she moved; it needs no consent once she did.
pub fn offer(to: CenterId) -> Offer {
    Offer {
        to,
        why: WhyTransfer::Moved,
        urgency: Urgency::Soon,
        words: "転居されました。お願いします。".to_owned(),
        given: Given::default(),
    }
}

/// The case as the program sees it.
pub async fn find(town: &Town, case: CaseId) -> cases::Case {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    cases::find(&mut conn, &deed, case).await.unwrap()
}

/// Whether a page tells anything of the case.
pub fn tells(text: &str) -> bool {
    WORDS.iter().any(|words| text.contains(words))
}

/// Asks a door as its page does; the door of files with a file.
pub async fn knock(who: &Someone, method: &str, path: &str) -> Page {
    match method {
        "GET" => who.client.get(path).await,
        _ if path.ends_with("/documents") => upload(who, path, "a.txt", b"a").await,
        _ => who.client.post(path, &[("version", "1")]).await,
    }
}

/// Sends a file.
pub async fn upload(who: &Someone, path: &str, name: &str, bytes: &[u8]) -> Page {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Bytes::from(body));
    who.client.send(request.unwrap()).await
}

/// A consent given today.
pub async fn consent(town: &Town, who: &Someone, case: CaseId, purpose: Purpose) -> RowId {
    let consent = Consent {
        purpose,
        receiver: None,
        to: "みなみ総合病院".to_owned(),
        by: "ご本人、書面".to_owned(),
        given_on: date(2026, 11, 20),
        words: "病歴".to_owned(),
        withdrawn: None,
    };
    cases::add_consent(town.db(), &who.deed, case, None, consent)
        .await
        .unwrap()
}
