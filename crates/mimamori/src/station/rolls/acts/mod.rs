//! What is done with a roll: one function a deed.

mod drawing;
mod keeping;
mod reading;

pub use drawing::{Drawn, Whom, draw_up};
pub use keeping::forget_old;
pub use reading::{Confirmed, confirm, take_in};

use crate::station::courses::CourseDay;

fn words(day: &CourseDay, page: i64, done: &str) -> String {
    let title = &day.details.title;
    format!("「{title}」{}　紙の出席表{page}枚目：{done}", day.day)
}
