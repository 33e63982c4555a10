//! Pages of the board: for a finder, for a contact, and what it adds at the desk, beside a person's
//! contacts and in the town's settings.

mod beside;
mod contacts;
mod family;
mod figures;
mod finder;
mod form;
mod proving;
mod said;
mod thread;
mod town;
mod unread;
mod words;

pub use self::beside::beside;
use crate::front::{Access, Doors};
use crate::scope::Right;

const DESK: Access = Access::Needs(Right::Desk);
const EDIT: Access = Access::Needs(Right::EditPeople);
const TOWN: Access = Access::Needs(Right::ManageTown);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let open = Access::Public;
    doors
        .get("/q/{secret}", open, finder::page)
        .post("/q/{secret}", open, finder::send)
        .get("/found/{token}", open, thread::page)
        .get("/found/{token}/more", open, thread::more)
        .post("/found/{token}/more", open, thread::send_more)
        .get("/family/{token}", open, family::page)
        .post("/family/{token}", open, family::answer)
        .get("/proof/{token}", open, proving::page)
        .post("/proof/{token}", open, proving::prove)
        .post(
            "/desk/inquiries/{inquiry}/board/answers",
            DESK,
            beside::answer,
        )
        .post("/desk/inquiries/{inquiry}/board/mails", DESK, beside::mail)
        .post("/desk/inquiries/{inquiry}/board/false", DESK, beside::mark)
        .get(
            "/desk/board",
            Access::NeedsAny(&[Right::Desk, Right::ManageTown]),
            figures::page,
        )
        .get("/people/{person}/mail", EDIT, contacts::page)
        .post("/people/{person}/mail/{contact}/test", EDIT, contacts::test)
        .post(
            "/people/{person}/mail/{contact}/drills",
            EDIT,
            contacts::drills,
        )
        .get("/town/board", TOWN, town::page)
        .post("/town/board", TOWN, town::save)
        .post("/town/board/drill", TOWN, town::start)
        .post("/town/board/drill/end", TOWN, town::end)
}
