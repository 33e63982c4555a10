//! The desk's pages: the number, the answer, the inquiry, the partners' door, and the home page.

mod caller;
mod closing;
mod consent;
mod contacts;
mod counter;
mod deeds;
mod find;
mod home;
mod inquiry;
mod json;
mod nobody;
mod opened;
mod partner;
mod people;
mod said;
mod seen;
mod tiers;
mod waiting;

pub use json::{
    Answer, NobodyAnswer, found as answer_found, of_heard as answer_heard, of_seen as answer_seen,
};
pub use nobody::Nobody;
pub use partner::{Heard, hear, slowed as slowed_words};
pub use seen::{Seen, see, witness_lists};

use super::rules::Refusal;
use crate::front::{Access, Doors, Problem};
use crate::scope::Right;

const DESK: Access = Access::Needs(Right::Desk);
const PARTNER: Access = Access::Needs(Right::PartnerLookup);

/// The doors of the desk.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/", Access::SignedIn, home::page)
        .post(
            "/find",
            Access::NeedsAny(&[Right::Search, Right::Desk]),
            find::answer,
        )
        .get("/desk", DESK, counter::page)
        .get("/desk/waiting", DESK, waiting::page)
        .post("/desk/inquiries", DESK, opened::answer)
        .get("/desk/people/{person}", DESK, people::page)
        .post("/desk/people/{person}", DESK, people::open)
        .room(inquiry_doors)
        .get("/partner", PARTNER, partner::page)
        .post("/partner/inquiries", PARTNER, partner::ask)
        .get("/partner/inquiries/{inquiry}", PARTNER, partner::show)
}

fn inquiry_doors(doors: Doors) -> Doors {
    doors
        .get("/desk/inquiries/{inquiry}", DESK, inquiry::page)
        .post("/desk/inquiries/{inquiry}/caller", DESK, deeds::caller)
        .post("/desk/inquiries/{inquiry}/disclosures", DESK, deeds::tell)
        .post(
            "/desk/inquiries/{inquiry}/calls/{contact}",
            DESK,
            deeds::call,
        )
        .post(
            "/desk/inquiries/{inquiry}/mails/{contact}",
            DESK,
            deeds::mail,
        )
        .post("/desk/inquiries/{inquiry}/notes", DESK, deeds::note)
        .post(
            "/desk/inquiries/{inquiry}/hand-over",
            DESK,
            deeds::hand_over,
        )
        .post("/desk/inquiries/{inquiry}/take", DESK, deeds::take)
        .post("/desk/inquiries/{inquiry}/ending", DESK, deeds::close)
}

/// What a refusal is on a page that has no form for it.
fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotFound => Problem::NotFound,
        Refusal::NoRight(_) | Refusal::TierClosed | Refusal::Withdrawn => Problem::Forbidden,
        other => Problem::Broken(other.into()),
    }
}
