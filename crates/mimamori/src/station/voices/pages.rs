//! The question, in large type and without an account; and what was said, for those who plan.

mod asked;
mod heard;

use crate::front::{Access, Doors};
use crate::scope::Right;

/// The doors of voices.
pub fn doors(doors: Doors) -> Doors {
    let courses = Access::Needs(Right::Courses);
    doors
        .get("/c/{short}/voice", Access::Public, asked::list)
        .get("/c/{short}/voice/{lesson}", Access::Public, asked::question)
        .post("/c/{short}/voice/{lesson}", Access::Public, asked::give)
        .post(
            "/c/{short}/voice/{lesson}/words",
            Access::Public,
            asked::add_words,
        )
        .get("/station/voices", courses, heard::page)
        .post("/station/voices/{voice}/removal", courses, heard::take_out)
}
