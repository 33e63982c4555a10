//! What is done at the door: one function a deed.

mod coming;
mod keeping;
mod standing;

pub use coming::{Coming, Who, come, come_in, come_late, note};
pub use keeping::forget_old;
pub use standing::{end_in, end_roll, leave, reopen_roll, undo};

use db::Conn;

use super::rules::{Attendance, Refusal};
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::station::courses::CourseDay;
use crate::station::supporters;

async fn say(
    conn: &mut Conn,
    deed: &Deed,
    day: &CourseDay,
    of: &Attendance,
    done: &str,
) -> Result<(), Refusal> {
    let person = match of.supporter {
        Some(id) => supporters::find(conn, deed, id).await?.person,
        None => None,
    };
    let words = format!(
        "「{}」{}　{}：{done}",
        day.details.title,
        day.day,
        of.part.word()
    );
    let line = Line::new(Verb::CheckedIn, person, Fields::NOTHING).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}
