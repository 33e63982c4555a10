//! What comes from behind a QR: the room above takes a finder's words in and opens an inquiry here.

use db::{Conn, Error};

use super::noting::add;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::desk::rules::{
    Caller, CallerKind, Came, Holder, Inquiry, Mail, Refusal, Said, State, Step, StepKind,
};
use crate::desk::store;
use crate::ids::{InquiryId, PersonId, TagId};
use crate::networks;
use crate::scope::Role;

/// Opens an inquiry that nobody has yet: offered to the center while it is open, else to the night
/// desk. Nothing about the person is told by it; the finder's words stay in the room above, which
/// erases them.
///
/// # Errors
/// [`Refusal::NotFound`] for nobody of this town.
pub async fn open_from_qr_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    tag: TagId,
    came: Came,
) -> Result<InquiryId, Refusal> {
    let center = super::person(conn, deed, person).await?.standing.center;
    let open = networks::is_open(conn, &deed.scope, center, deed.now).await?;
    let role = if open {
        Role::CenterStaff
    } else {
        Role::NightDesk
    };
    let inquiry = Inquiry {
        id: InquiryId(deed.new_id()),
        opened_at: deed.now,
        opened_by: store::who(deed),
        person,
        tag: Some(tag),
        center,
        kind: Some(CallerKind::Passer),
        came,
        state: State::Open,
        holder: Holder::OfferedRole(role),
        caller: Caller::default(),
        caller_version: 1,
        ending: None,
        ended_at: None,
        version: 1,
    };
    store::insert(conn, deed, &inquiry, None).await?;
    let line = Line::new(Verb::Noted, Some(person), Fields::NOTHING)
        .because(Why::Inquiry(inquiry.id))
        .saying(came.word());
    audit::record(conn, deed, line).await?;
    Ok(inquiry.id)
}

/// Puts out a mail to the contact at this place of the calling order; `said` is what the history
/// says of it.
pub async fn post_in(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: &Inquiry,
    contact: usize,
    said: Said,
    mail: &Mail,
) -> Result<(), Refusal> {
    store::insert_mail(conn, deed, inquiry.id, contact, mail).await?;
    let step = Step {
        contact: Some(contact),
        ..super::step(deed, StepKind::Mail, said)
    };
    add(conn, deed, inquiry, &step, Verb::Mailed).await
}

/// Forgets an inquiry of a drill; of any other kind nothing goes.
pub async fn forget_drill_in(conn: &mut Conn, deed: &Deed, id: InquiryId) -> Result<(), Error> {
    store::forget_drill(conn, deed, id).await
}
