//! Who acts in the demo's past months, and when.

use std::fmt::Display;

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp};
use words::phone::Phone;

use super::Failure;
use super::town::Places;
use crate::app::App;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId, StaffId};
use crate::people::find_by_old_number;
use crate::scope::{Actor, Role, Scope};

/// The accounts that act.
pub(super) struct Staff {
    pub nurse: StaffId,
    pub colleague: StaffId,
    pub head: StaffId,
    /// Of the other center.
    pub other: StaffId,
}

/// Where the demo's months are played: today is when it was made.
pub(super) struct Stage<'a> {
    pub app: &'a App,
    pub places: &'a Places,
    pub staff: &'a Staff,
    pub today: Date,
    now: Timestamp,
}

impl<'a> Stage<'a> {
    pub fn new(app: &'a App, places: &'a Places, staff: &'a Staff) -> Stage<'a> {
        let now = app.now();
        Stage {
            app,
            places,
            staff,
            today: in_japan(now).date(),
            now,
        }
    }

    /// The day so many days ago; days to come are below zero.
    pub fn day(&self, ago: i64) -> Date {
        self.today.saturating_sub(Span::new().days(ago))
    }

    /// So many days ago at this hour; never later than now.
    pub fn at(&self, ago: i64, hour: i8) -> Timestamp {
        let time: DateTime = self.day(ago).at(hour, 20, 0, 0);
        let instant = time.to_zoned(in_japan(self.now).time_zone().clone());
        instant.map_or(self.now, |instant| instant.timestamp().min(self.now))
    }

    /// A deed of somebody of a center.
    pub async fn deed(&self, who: StaffId, (ago, hour): (i64, i8)) -> Result<Deed, Failure> {
        let role = match who == self.staff.head {
            true => Role::CenterHead,
            false => Role::CenterStaff,
        };
        let scope = Scope {
            network: self.places.network,
            actor: Actor::Staff(who),
            rights: role.rights(),
            center: Some(self.center_of(who)),
            origin: "demo".to_owned(),
        };
        let mut deed = self.app.deed(scope).await?;
        deed.now = self.at(ago, hour);
        Ok(deed)
    }

    /// A deed of the program: what the town's administration or a public page would have done.
    pub async fn program(&self, (ago, hour): (i64, i8)) -> Result<Deed, Failure> {
        let mut deed = self.app.program_deed(self.places.network, "demo").await?;
        deed.now = self.at(ago, hour);
        Ok(deed)
    }

    fn center_of(&self, who: StaffId) -> CenterId {
        match who == self.staff.other {
            true => self.places.other_center,
            false => self.places.center,
        }
    }

    /// Whoever has this number on the bundled roster.
    pub async fn person(&self, number: &str) -> Result<PersonId, Failure> {
        let deed = self.program((0, 0)).await?;
        let mut conn = self.app.db.read().await?;
        let found = find_by_old_number(&mut conn, &deed, number).await;
        let found = found.map_err(unexpected)?.first().copied();
        found.ok_or_else(|| Failure::refused(format!("demo: nobody has {number}")))
    }
}

/// A number of the demo; none where it is no number.
pub(super) fn phone(text: &str) -> Option<Phone> {
    Phone::parse(text).ok()
}

/// What the demo does is never refused; where it is, it says what.
pub(super) fn unexpected(refusal: impl Display) -> Failure {
    Failure::refused(format!("demo: {refusal}"))
}
