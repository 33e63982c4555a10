//! Places, closures, series and their days ↔ rows.

mod days;
mod places;
mod reseal;
mod series;

pub use days::{drop_day, find_day, insert_day, list_between, list_of_series, pin_day, save_day};
pub use places::{
    insert_closure, insert_place, list_closures, list_places, remove_closure, save_place,
};
pub use reseal::{reseal_days, reseal_series};
pub use series::{find_series, insert_series, list_series, save_series};

use db::Error;
use jiff::civil::Date;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

fn date(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| shape("a date of courses"))
}
