//! What holds, without a database and without a clock.

mod reading;
mod refusal;
mod sheet;

pub use reading::{BoxRead, LineRead, Reading, Says};
pub use refusal::Refusal;
pub use sheet::{FREE, MOST_ROWS, Order, ROWS, Row, Sheet, State, columns};
