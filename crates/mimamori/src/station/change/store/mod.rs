//! Consents, lists and figures ↔ rows.

mod came;
mod consents;
mod forget;
mod lines;
mod reseal;
mod settings;

pub use came::{Came, list_came, list_centers, list_places};
pub use consents::{Open, insert, list_all, list_of, save};
pub use forget::{forget_in, forget_supporter_in};
pub use lines::{
    drop_line, find_line, insert_line, list_lines_of, list_listed, list_week, list_weeks, put_week,
    save_line,
};
pub use reseal::{reseal_consents, reseal_lines};
pub use settings::{find_settings, list_numbers, put_number, put_settings};

use db::Error;
use jiff::civil::Date;

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

fn date(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| shape("a day of the change"))
}
