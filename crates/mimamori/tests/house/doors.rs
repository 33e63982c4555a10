//! The table of doors: every route × who asks × whose row. It is written by hand, apart from the
//! program's own list, so that a slip there shows here; a route without a line fails.
//!
//! To add a route, add one line to [`PAGES`], or of `/api/v1` to `doors/programs.rs`:
//!
//! ```text
//! ("GET", "/people/{person}", "C", OK),
//! ```
//!
//! The third field says who passes: `A` town administrator, `C` center staff and heads, `H` center heads alone, `N` night desk,
//! `P` partner, `U` auditor, `T` a tablet at the door; `*` everybody signed in; `half*` also between password and second
//! factor; `public` everybody; `api:` with such letters: programs of these roles, by their token
//! only. All others must get 403; somebody not signed in gets the log-in
//! page (303 for GET, 401 for POST). The fourth says which status codes somebody who passes may
//! get with an empty form; mostly `OK`. Where the path has an id, the same request with the
//! neighbour town's id must get 404. A new kind of `{id}` goes into `doors/filled.rs`, once.

mod board;
mod cases;
mod ended;
mod filled;
mod lead;
mod notices;
mod paths;
mod printing;
mod programs;
mod renewals;
mod station;
mod talk;
mod tried;

use std::sync::LazyLock;

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::desk;
use mimamori::ids::{
    CarrierId, CaseId, CenterId, InquiryId, NoticeId, PersonId, RowId, StaffId, TagId, TaskId,
};
use mimamori::leaving::{self, Asker};
use mimamori::papers;
use mimamori::people::twins::{self, Picks, Seen};
use mimamori::people::{self, Draft, import};
use mimamori::routes::BELONGINGS;
use mimamori::scope::Role;
use mimamori::staff::{self, Card, Place};
use mimamori::tags::{self, Mix, Order};
use mimamori::tasks::{self, Kind, NewTask, Words};

use crate::town::{Network, Town};
use crate::{exchange, hanako};

/// The page, a redirect, the form again, or (an empty form names no version) "saved before you".
const OK: &[u16] = &[200, 303, 409, 422];
const GONE: &[u16] = &[404];
/// A program's answer; an empty body lacks fields, a change without `If-Match` its version; another
/// program may have been here before.
const API: &[u16] = &[200, 201, 204, 412, 422, 428];
/// What has to come before was not done.
const NOT_YET: &[u16] = &[409];
/// Refused as typed: a form without the version it was made from.
const CHANGED: &[u16] = &[422];
/// An upload: the plain form sent here is none, which is told before any row is looked for.
const NO_FORM: &[u16] = &[400];

/// A number must not stand in an address.
const NO_NUMBER: &[u16] = &[405];
/// FHIR's searches are forms, not JSON.
const NO_SEARCH: &[u16] = &[415];

/// Every door.
static DOORS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    [
        PAGES,
        board::DOORS,
        lead::DOORS,
        notices::DOORS,
        paths::DOORS,
        programs::DOORS,
        renewals::DOORS,
        printing::DOORS,
        cases::DOORS,
        talk::DOORS,
        station::DOORS,
    ]
    .concat()
});

/// Method, path, who passes, what they get.
type Row = (&'static str, &'static str, &'static str, &'static [u16]);

const PAGES: &[Row] = &[
    // front
    ("GET", "/assets/{name}", "public", GONE),
    ("GET", "/health", "public", OK),
    // networks
    ("GET", "/town", "A", OK),
    ("POST", "/town", "A", OK),
    ("GET", "/town/centers", "A", OK),
    ("POST", "/town/centers", "A", OK),
    ("GET", "/town/centers/{center}", "A", OK),
    ("POST", "/town/centers/{center}", "A", OK),
    ("POST", "/town/centers/{center}/close", "A", OK),
    ("POST", "/town/centers/{center}/reopen", "A", OK),
    ("GET", "/town/areas", "A", OK),
    ("POST", "/town/areas/settling", "A", OK),
    ("GET", "/town/centers/{center}/areas", "A", OK),
    ("POST", "/town/centers/{center}/areas", "A", OK),
    ("GET", "/town/centers/{center}/hours", "A", OK),
    ("POST", "/town/centers/{center}/hours", "A", OK),
    ("POST", "/town/centers/{center}/days", "A", OK),
    (
        "POST",
        "/town/centers/{center}/days/{day}/remove",
        "A",
        GONE,
    ),
    ("GET", "/town/organisations", "A", OK),
    ("POST", "/town/organisations", "A", OK),
    ("GET", "/town/organisations/{organisation}", "A", OK),
    ("POST", "/town/organisations/{organisation}", "A", OK),
    ("POST", "/town/organisations/{organisation}/close", "A", OK),
    ("POST", "/town/organisations/{organisation}/reopen", "A", OK),
    ("GET", "/town/texts", "A", OK),
    ("POST", "/town/texts/{text}", "A", OK),
    // staff
    ("GET", "/login", "public", OK),
    ("POST", "/login", "public", OK),
    ("GET", "/t/{short}", "public", OK),
    ("GET", "/login/code", "half*", OK),
    ("POST", "/login/code", "half*", OK),
    ("GET", "/login/factor", "half*", OK),
    ("POST", "/login/factor", "half*", OK),
    ("POST", "/logout", "half*", OK),
    ("GET", "/join/{token}", "public", OK),
    ("POST", "/join/{token}", "public", OK),
    ("GET", "/account", "*", OK),
    ("GET", "/account/password", "*", OK),
    ("POST", "/account/password", "*", OK),
    ("POST", "/account/codes", "*", OK),
    ("POST", "/account/sessions/others/end", "*", OK),
    ("POST", "/account/sessions/{session}/end", "*", GONE),
    ("GET", "/rights", "*", OK),
    ("GET", "/audit", "AU", OK),
    ("GET", "/staff", "A", OK),
    ("GET", "/staff/invite", "A", OK),
    ("POST", "/staff/invite", "A", OK),
    ("GET", "/staff/systems", "A", OK),
    ("POST", "/staff/systems", "A", OK),
    ("GET", "/staff/systems/{system}", "A", OK),
    ("POST", "/staff/systems/{system}", "A", OK),
    ("POST", "/staff/systems/{system}/stop", "A", OK),
    ("POST", "/staff/systems/{system}/start", "A", OK),
    ("POST", "/staff/systems/{system}/tokens", "A", OK),
    (
        "POST",
        "/staff/systems/{system}/tokens/{key}/revoke",
        "A",
        GONE,
    ),
    ("GET", "/staff/{staff}", "A", OK),
    ("POST", "/staff/{staff}/place", "A", OK),
    ("POST", "/staff/{staff}/invite", "A", OK),
    ("POST", "/staff/{staff}/suspend", "A", OK),
    ("POST", "/staff/{staff}/reactivate", "A", OK),
    ("POST", "/staff/{staff}/factor/reset", "A", OK),
    ("POST", "/staff/{staff}/sessions/{session}/end", "A", GONE),
    // people/import
    ("GET", "/people/import", "AC", OK),
    ("POST", "/people/import", "AC", NO_FORM),
    ("GET", "/people/import/{run}", "AC", OK),
    ("GET", "/people/import/{run}/columns", "AC", OK),
    ("POST", "/people/import/{run}/columns", "AC", OK),
    ("POST", "/people/import/{run}/choice", "AC", GONE),
    ("POST", "/people/import/{run}/take", "AC", OK),
    ("GET", "/people/import/{run}/refused", "AC", OK),
    ("POST", "/people/import/{run}/stop", "AC", OK),
    // leaving
    ("GET", "/leaving", "C", OK),
    ("GET", "/people/{person}/leaving", "C", OK),
    ("POST", "/people/{person}/leaving", "C", OK),
    ("GET", "/leaving/{leaving}/letter", "C", OK),
    ("POST", "/leaving/{leaving}/approval", "C", OK),
    ("POST", "/leaving/{leaving}/stop", "C", OK),
    ("GET", "/town/leaving", "A", OK),
    ("POST", "/town/leaving/{term}", "A", OK),
    // people
    ("GET", "/people", "C", OK),
    ("GET", "/people/new", "C", OK),
    ("POST", "/people/new", "C", OK),
    ("GET", "/people/{person}", "C", OK),
    ("GET", "/people/{person}/purpose", "C", OK),
    ("POST", "/people/{person}/purpose", "C", OK),
    ("GET", "/people/{person}/history", "C", OK),
    ("GET", "/people/{person}/sights", "C", OK),
    ("POST", "/people/{person}/confirm", "C", GONE),
    ("GET", "/people/{person}/state", "C", OK),
    ("POST", "/people/{person}/state", "C", OK),
    ("POST", "/people/{person}/state/{version}/undoing", "C", OK),
    ("POST", "/people/{person}/center", "C", OK),
    ("GET", "/people/{person}/photo", "C", OK),
    ("POST", "/people/{person}/photo", "C", NO_FORM),
    ("POST", "/people/{person}/photo/remove", "C", OK),
    ("GET", "/people/{person}/identity/edit", "C", OK),
    ("POST", "/people/{person}/identity/edit", "C", OK),
    ("GET", "/people/{person}/contacts/edit", "C", OK),
    ("POST", "/people/{person}/contacts/edit", "C", OK),
    ("GET", "/people/{person}/medical/edit", "C", OK),
    ("POST", "/people/{person}/medical/edit", "C", OK),
    ("GET", "/people/{person}/care/edit", "C", OK),
    ("POST", "/people/{person}/care/edit", "C", OK),
    ("GET", "/people/{person}/finder/edit", "C", OK),
    ("POST", "/people/{person}/finder/edit", "C", OK),
    ("GET", "/people/{person}/consent/edit", "C", OK),
    ("POST", "/people/{person}/consent/edit", "C", OK),
    ("GET", "/people/search", "CN", OK),
    ("POST", "/people/search", "CN", OK),
    // people/twins
    ("GET", "/twins", "C", OK),
    ("GET", "/people/{person}/twins", "C", OK),
    ("GET", "/twins/{person}/{other}", "C", OK),
    ("POST", "/twins/{person}/{other}/other", "C", OK),
    ("POST", "/twins/{person}/{other}/later", "C", OK),
    ("POST", "/twins/{person}/{other}/merging", "C", OK),
    ("GET", "/twins/merges/{merge}", "C", OK),
    ("POST", "/twins/merges/{merge}/undoing", "C", OK),
    // tasks
    ("GET", "/tasks/{task}", "CN", OK),
    ("POST", "/tasks/{task}/take", "CN", OK),
    ("POST", "/tasks/{task}/give-back", "CN", OK),
    ("POST", "/tasks/{task}/done", "CN", OK),
    ("POST", "/tasks/{task}/move", "CN", OK),
    ("POST", "/tasks/{task}/reopen", "CN", OK),
    // desk
    ("GET", "/", "*", OK),
    ("POST", "/find", "CN", OK),
    ("GET", "/desk", "CN", OK),
    ("GET", "/desk/waiting", "CN", OK),
    ("POST", "/desk/inquiries", "CN", OK),
    ("GET", "/desk/people/{person}", "CN", OK),
    ("POST", "/desk/people/{person}", "CN", OK),
    ("GET", "/desk/inquiries/{inquiry}", "CN", OK),
    ("POST", "/desk/inquiries/{inquiry}/caller", "CN", CHANGED),
    ("POST", "/desk/inquiries/{inquiry}/disclosures", "CN", GONE),
    (
        "POST",
        "/desk/inquiries/{inquiry}/calls/{contact}",
        "CN",
        GONE,
    ),
    (
        "POST",
        "/desk/inquiries/{inquiry}/mails/{contact}",
        "CN",
        OK,
    ),
    ("POST", "/desk/inquiries/{inquiry}/notes", "CN", OK),
    ("POST", "/desk/inquiries/{inquiry}/hand-over", "CN", OK),
    ("POST", "/desk/inquiries/{inquiry}/take", "CN", OK),
    ("POST", "/desk/inquiries/{inquiry}/ending", "CN", OK),
    ("GET", "/partner", "P", OK),
    ("POST", "/partner/inquiries", "P", OK),
    // An inquiry of the desk is not a partner's to see.
    ("GET", "/partner/inquiries/{inquiry}", "P", GONE),
    // exchange
    // exchange/fhir
    ("GET", "/fhir/metadata", "public", OK),
    ("GET", "/fhir/{kind}", "api:P", NO_NUMBER),
    ("POST", "/fhir/{kind}/_search", "api:P", NO_SEARCH),
    ("GET", "/fhir/{kind}/{inquiry}", "api:P", GONE),
    ("GET", "/fhir/Patient/{inquiry}/$summary", "api:P", GONE),
    ("POST", "/fhir/Patient/{inquiry}/$summary", "api:P", GONE),
    // tags
    ("GET", "/tags", "AC", OK),
    ("GET", "/tags/batches/new", "AC", OK),
    ("POST", "/tags/batches", "AC", OK),
    ("GET", "/tags/batches/{batch}", "AC", OK),
    ("POST", "/tags/batches/{batch}/filling", "AC", OK),
    ("POST", "/tags/batches/{batch}/list", "AC", OK),
    ("GET", "/people/{person}/tags", "C", OK),
    ("POST", "/people/{person}/tags", "C", OK),
    ("POST", "/people/{person}/tags/next", "C", OK),
    ("GET", "/people/{person}/tags/older", "C", OK),
    ("POST", "/people/{person}/tags/older", "C", OK),
    ("GET", "/tags/{tag}", "C", OK),
    ("POST", "/tags/{tag}/loss", "C", OK),
    ("POST", "/tags/{tag}/finding", "C", OK),
    ("GET", "/tags/{tag}/replacement", "C", OK),
    ("POST", "/tags/{tag}/replacement", "C", OK),
    ("POST", "/tags/{tag}/return", "C", OK),
    ("GET", "/tags/{tag}/void", "C", OK),
    ("POST", "/tags/{tag}/void", "C", OK),
    ("POST", "/tags/{tag}/undoing", "C", OK),
    // An empty form names no kind and no reason.
    ("POST", "/tags/{tag}/carriers", "C", GONE),
    ("POST", "/tags/{tag}/carriers/{carrier}/shutting", "C", GONE),
    ("POST", "/tags/{tag}/carriers/{carrier}/opening", "C", OK),
    ("GET", "/tags/{tag}/carriers/{carrier}/label", "C", OK),
];

/// Ids of one town that doors are tried with.
struct Ids {
    center: CenterId,
    organisation: RowId,
    /// An account that nobody signs in with.
    staff: StaffId,
    /// Another program's account.
    system: StaffId,
    /// A case of the center, and one of the other center that is offered to it.
    case: CaseId,
    handover: RowId,
    person: PersonId,
    /// The same person, once more.
    other: PersonId,
    /// Two records of one person that became one.
    merge: RowId,
    inquiry: InquiryId,
    task: TaskId,
    /// A roster on its way in.
    run: RowId,
    /// Papers on their way out.
    print: RowId,
    batch: RowId,
    tag: TagId,
    carrier: CarrierId,
    leaving: RowId,
    paths: paths::Ids,
    view: RowId,
    notice: NoticeId,
    agreement: RowId,
    talk: talk::Ids,
    station: station::Ids,
}

impl Ids {
    async fn of(town: &Town, place: &Network) -> Ids {
        let deed = town.app.program_deed(place.id, "test").await.unwrap();
        let card = Card {
            name: "控え 員".to_owned(),
            email: "spare@example.jp".to_owned(),
        };
        let role = Place {
            role: Role::Auditor,
            center: None,
            organisation: None,
        };
        let spare = staff::invite(town.db(), &deed, card, role).await.unwrap();
        let draft = Draft {
            center: Some(place.center),
            ..hanako::draft()
        };
        let person = people::register(town.db(), &deed, draft).await.unwrap();
        let other = people::register(town.db(), &deed, hanako::draft())
            .await
            .unwrap();
        let gone = people::register(town.db(), &deed, hanako::draft())
            .await
            .unwrap();
        let merge = merged(town, &deed, person, gone).await;
        let night = town.deed_at(place, Role::NightDesk).await;
        let inquiry = desk::id_of(&night, "");
        let ask = desk::Ask::default();
        desk::open_for(town.db(), &night, inquiry, person, ask)
            .await
            .unwrap();
        let roster = "氏名,生年月日\n南野 花子,S13.3.7\n".as_bytes().to_vec();
        let run = import::begin(town.db(), &deed, "a.csv".to_owned(), roster);
        let run = run.await.unwrap();
        let (batch, tag, carrier) = bound(town, &deed, person).await;
        let print = papers::begin(town.db(), &deed, crate::papers::ledger(place.center));
        Ids {
            print: print.await.unwrap(),
            inquiry,
            task: task(town, &night).await,
            run,
            case: crate::cases::open(town, &deed, place.center, person).await,
            handover: crate::cases::offered(town, &deed, place, person).await,
            center: place.center,
            organisation: place.hospital,
            staff: spare.staff,
            system: exchange::system(town, place, Role::CenterStaff).await.0,
            person,
            other,
            merge,
            batch,
            tag,
            carrier,
            leaving: leaving(town, &deed, place).await,
            paths: paths::Ids::of(town, place).await,
            view: lead::view(town, place, other).await,
            notice: crate::notices::at(town, &deed, place.center).await,
            agreement: crate::notices::agreement(town, &deed).await,
            talk: talk::Ids::of(town, place).await,
            station: station::Ids::of(town, place).await,
        }
    }
}

/// One record of two.
async fn merged(town: &Town, deed: &Deed, kept: PersonId, gone: PersonId) -> RowId {
    let mut conn = town.db().read().await.unwrap();
    let mut stamps = Vec::new();
    for id in [kept, gone] {
        let person = people::find(&mut conn, deed, id).await.unwrap().unwrap();
        stamps.push(twins::stamp(&person));
    }
    let stamps = stamps.try_into().unwrap();
    let seen = Seen { kept, gone, stamps };
    let merge = twins::merge(town.db(), deed, seen, Picks::default(), BELONGINGS);
    merge.await.unwrap()
}

/// A task of the whole town, which the night desk sees too.
async fn task(town: &Town, deed: &Deed) -> TaskId {
    let new = NewTask {
        center: None,
        person: None,
        kind: Kind::Other,
        due: date(2026, 11, 24),
        words: Words {
            title: "電池".to_owned(),
            story: String::new(),
        },
        link: String::new(),
    };
    let deed = deed.clone();
    let opened = town
        .db()
        .write(move |conn| Box::pin(async move { tasks::open_in(conn, &deed, new).await }));
    opened.await.unwrap()
}

/// Somebody else who withdrew.
async fn leaving(town: &Town, deed: &Deed, place: &Network) -> RowId {
    let draft = Draft {
        center: Some(place.center),
        ..hanako::draft()
    };
    let person = people::register(town.db(), deed, draft).await.unwrap();
    let new = leaving::New {
        kind: leaving::Kind::Withdrawn,
        since: date(2026, 11, 20),
        asker: Asker::unknown(),
    };
    let begun = leaving::begin(town.db(), deed, person, 1, new).await;
    begun.unwrap()
}

/// A batch with enough stock, and a number of it in somebody's hands.
async fn bound(town: &Town, deed: &Deed, person: PersonId) -> (RowId, TagId, CarrierId) {
    let order = Order {
        count: 20,
        mix: Mix::KEY_HOLDER,
        note: String::new(),
    };
    let batch = tags::order_batch(town.db(), deed, order).await.unwrap();
    tags::fill_batch(town.db(), &town.app.vault, deed, batch)
        .await
        .unwrap();
    let tag = tags::bind_next(town.db(), deed, person).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let carriers = tags::list_carriers(&mut conn, deed, tag).await.unwrap();
    (batch, tag, carriers[0].id)
}
