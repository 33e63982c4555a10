//! A hospital, a fire or a police station looks up by number and a second thing.

use db::{Conn, Db};
use seal::TokenKind;

use super::closing::close_in;
use super::telling::tell_in;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::desk::rules::{
    Caller, CallerKind, Came, Ending, Holder, Inquiry, Refusal, SecondThing, State, Tier, TryKind,
    Window,
};
use crate::desk::store;
use crate::ids::InquiryId;
use crate::networks::{self, Organisation, Vault};
use crate::people::{self, DeskView};
use crate::scope::{NoRight, Right};
use crate::staff;
use crate::tags::{self, LookUp};

/// Counts misses by network address.
const ADDRESS: TokenKind = TokenKind::new("desk.partner_address");

/// What a partner asks.
pub struct PartnerAsk {
    /// The number.
    pub typed: String,
    /// The second thing.
    pub second: SecondThing,
    /// Who asks, in the organisation.
    pub name: String,
}

/// The answer to a partner.
pub enum PartnerAnswer {
    /// An inquiry of their own, with their tiers open; the center has its task.
    Found(InquiryId),
    /// Nobody whom both things fit: never said which of the two was wrong.
    NoMatch,
    /// Too many misses; not answered before then, in milliseconds since 1970.
    Slowed(i64),
}

/// So long after it was opened a partner may read again what it was told.
const READ_FOR: i64 = 24 * 60 * 60;

/// An inquiry as its partner finds it.
pub enum OfPartner {
    /// What was told may be read.
    Open(Box<Inquiry>),
    /// No longer.
    Over,
}

/// An inquiry of this account; another's is not found.
pub async fn find_for_partner(
    conn: &mut Conn,
    deed: &Deed,
    id: InquiryId,
) -> Result<OfPartner, Refusal> {
    let inquiry = store::find(conn, deed, id).await?;
    if inquiry.opened_by.is_none() || inquiry.opened_by != store::who(deed) {
        return Err(Refusal::NotFound);
    }
    let age = deed.now.as_second() - inquiry.opened_at.as_second();
    Ok(match age < READ_FOR {
        true => OfPartner::Open(Box::new(inquiry)),
        false => OfPartner::Over,
    })
}

/// The caller that the account's organisation is; one that may look nobody up is refused.
pub async fn partner_kind(conn: &mut Conn, deed: &Deed) -> Result<CallerKind, Refusal> {
    let organisation = organisation(conn, deed).await?;
    Ok(CallerKind::of_partner(organisation.kind))
}

/// Looks somebody up for a partner. Every try is counted before it is answered.
pub async fn look_up_for_partner(
    db: &Db,
    vault: &Vault,
    deed: &Deed,
    ask: PartnerAsk,
) -> Result<PartnerAnswer, Refusal> {
    deed.scope.need(Right::PartnerLookup)?;
    let mut conn = db.read().await?;
    let organisation = organisation(&mut conn, deed).await?;
    let answer = tags::look_up(&mut conn, vault, deed, &ask.typed).await?;
    let found = fitting(&mut conn, deed, &answer, &ask.second).await?;
    drop(conn);
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if let Some(until) = held_back(conn, &deed).await? {
                return Ok(PartnerAnswer::Slowed(until));
            }
            match found {
                Some(view) => tell(conn, &deed, &organisation, &answer, view, ask).await,
                None => miss(conn, &deed, ask.typed).await,
            }
        })
    })
    .await
}

/// The organisation of the account; one that may look nobody up is refused, also where it was
/// another kind when the account was made.
async fn organisation(conn: &mut Conn, deed: &Deed) -> Result<Organisation, Refusal> {
    let me = store::who(deed).ok_or(NoRight)?;
    let account = staff::find_account(conn, &deed.scope, &deed.keys, me).await?;
    let id = account
        .and_then(|account| account.place.organisation)
        .ok_or(NoRight)?;
    let found = networks::find_organisation(conn, &deed.scope, id).await?;
    let may = found.filter(|of| of.closed_at.is_none() && of.kind.may_look_up());
    Ok(may.ok_or(NoRight)?)
}

/// The person, where the number is in use and the second thing fits.
async fn fitting(
    conn: &mut Conn,
    deed: &Deed,
    answer: &LookUp,
    second: &SecondThing,
) -> Result<Option<DeskView>, Refusal> {
    let LookUp::Found { person, .. } = answer else {
        return Ok(None);
    };
    let view = people::find_for_desk(conn, deed, *person).await?;
    Ok(view.filter(|view| {
        view.standing.state == people::State::Registered && second.fits(&view.identity.value)
    }))
}

/// The counters of a partner's try.
fn counters(deed: &Deed) -> [(TryKind, i64); 3] {
    let account = store::who(deed).map_or(0, |staff| staff.0);
    let address = deed.keys.token(ADDRESS, &deed.scope.origin);
    [
        (TryKind::Account, account),
        (TryKind::Address, address),
        (TryKind::Town, 0),
    ]
}

/// Counts the try in all three; until when it is not answered, where one of them is full. The
/// town's counter holds nobody back who has not missed before today, so that one partner's
/// guessing does not shut out the others.
async fn held_back(conn: &mut Conn, deed: &Deed) -> Result<Option<i64>, Refusal> {
    let mut own = 0;
    let mut until = None;
    for (kind, key) in counters(deed) {
        let window = store::count_miss(conn, deed, kind, key).await?;
        if kind == TryKind::Account {
            own = window.misses;
        }
        if window.is_full(kind) && (kind != TryKind::Town || own > 1) {
            until = until.max(Some(window.ends_at(kind)));
            tell_auditors(conn, deed, kind, window).await?;
        }
    }
    Ok(until)
}

async fn tell_auditors(
    conn: &mut Conn,
    deed: &Deed,
    kind: TryKind,
    window: Window,
) -> Result<(), Refusal> {
    if window.just_filled(kind) {
        let line = Line::new(Verb::Slowed, None, Fields::NOTHING);
        audit::record(
            conn,
            deed,
            line.saying(format!("関係機関の照会: {}", kind.code())),
        )
        .await?;
    }
    Ok(())
}

async fn miss(conn: &mut Conn, deed: &Deed, typed: String) -> Result<PartnerAnswer, Refusal> {
    let line = Line::new(Verb::LookedUpNobody, None, Fields::NOTHING).saying(typed);
    audit::record(conn, deed, line).await?;
    Ok(PartnerAnswer::NoMatch)
}

/// Opens the inquiry with the partner's tiers, closes it, and gives the center its task.
async fn tell(
    conn: &mut Conn,
    deed: &Deed,
    organisation: &Organisation,
    answer: &LookUp,
    view: DeskView,
    ask: PartnerAsk,
) -> Result<PartnerAnswer, Refusal> {
    for (kind, key) in counters(deed) {
        store::forgive(conn, deed, kind, key).await?;
    }
    let inquiry = inquiry(deed, organisation, answer, &view, ask.name);
    let (id, kind) = (inquiry.id, CallerKind::of_partner(organisation.kind));
    store::insert(conn, deed, &inquiry, None).await?;
    let line = Line::new(Verb::LookedUp, Some(inquiry.person), Fields::TAGS);
    audit::record(conn, deed, line.because(Why::Inquiry(id))).await?;
    for tier in tiers(kind) {
        tell_in(conn, deed, &inquiry, *tier, kind.basis()).await?;
    }
    let ending = Ending {
        place: organisation.name.clone(),
        told: format!("{}が自分のアカウントで照会しました。", organisation.name),
        ..Ending::default()
    };
    close_in(conn, deed, inquiry, ending).await?;
    Ok(PartnerAnswer::Found(id))
}

/// What an organisation is told.
fn tiers(kind: CallerKind) -> &'static [Tier] {
    match kind {
        CallerKind::Ambulance | CallerKind::Hospital => &[Tier::Identity, Tier::Medical],
        CallerKind::Police | CallerKind::Passer | CallerKind::Family => &[Tier::Identity],
    }
}

fn inquiry(
    deed: &Deed,
    organisation: &Organisation,
    answer: &LookUp,
    view: &DeskView,
    name: String,
) -> Inquiry {
    Inquiry {
        id: InquiryId(deed.new_id()),
        opened_at: deed.now,
        opened_by: store::who(deed),
        person: view.id,
        tag: answer.tag(),
        center: view.standing.center,
        kind: Some(CallerKind::of_partner(organisation.kind)),
        came: Came::Call,
        state: State::Open,
        holder: Holder::Nobody,
        caller: Caller {
            listed: Some(organisation.id),
            organisation: organisation.name.clone(),
            name,
            ..Caller::default()
        },
        caller_version: 1,
        ending: None,
        ended_at: None,
        version: 1,
    }
}
