//! What is done at the desk.

mod closing;
mod finding;
mod holding;
mod mailing;
mod noting;
mod opening;
mod partner;
mod telling;
mod twins;

pub use closing::close;
pub use finding::{forget_drill_in, open_from_qr_in, post_in};
pub use holding::{To, give_back_all_in, hand_over, take};
pub use mailing::{queue_mail, send_due};
pub use noting::{note, note_call, save_caller};
pub use opening::{Ask, Found, Opened, id_of, open, open_for};
pub use partner::{
    OfPartner, PartnerAnswer, PartnerAsk, find_for_partner, look_up_for_partner, partner_kind,
};
pub use telling::tell;
pub use twins::BELONGING;

use db::Conn;

use super::rules::{Refusal, Said, Step, StepKind};
use super::store;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people;

/// A step of this deed.
fn step(deed: &Deed, kind: StepKind, said: Said) -> Step {
    Step::new(RowId(deed.new_id()), deed.now, store::who(deed), kind, said)
}

/// The person of an inquiry.
async fn person(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<people::DeskView, Refusal> {
    let view = people::find_for_desk(conn, deed, id).await?;
    view.ok_or(Refusal::NotFound)
}
