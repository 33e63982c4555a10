//! What is done with renewals; each deed with its audit line in one transaction.

mod asking;
mod bringing;
mod climbing;
mod following;
mod meeting;
mod opening;
mod settings;
mod step;
mod walking;

pub use asking::{Asked, ask_all, tried, unask_all};
pub use bringing::bring_in;
pub use meeting::MET;
pub use opening::open_early;
pub use settings::change_settings;
pub use walking::{begin_walk, finish, reopen};

use db::Db;

use super::rules::Refusal;
use crate::deed::Deed;

/// Takes up whatever happened elsewhere since the last time, and lets silence climb. Several
/// servers may do it at once; what one has done the other finds done, or tries again later.
pub async fn keep_up(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    opening::follow_months(db, deed).await?;
    opening::open_months(db, deed).await?;
    following::follow_people(db, deed).await?;
    following::follow_tasks(db, deed).await?;
    walking::end_walked(db, deed).await?;
    climbing::climb(db, deed).await
}
