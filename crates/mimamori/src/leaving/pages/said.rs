//! Days and people as the pages of this room say them.

use jiff::Timestamp;
use jiff::civil::Date;
use words::date::PartialDate;

use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::StaffId;
use crate::staff;

/// 「2026年（令和8年）4月1日」.
pub fn day(day: Date) -> String {
    PartialDate::from(day).both()
}

/// 「2026年4月1日 14:20」.
pub fn moment(at: Timestamp) -> String {
    in_japan(at).strftime("%Y年%-m月%-d日 %-H:%M").to_string()
}

/// 「あと14日」「きょう」「3日すぎています」.
pub fn left(due: Date, today: Date) -> String {
    match (due - today).get_days() {
        0 => "きょう".to_owned(),
        days @ 1.. => format!("あと{days}日"),
        days => format!("{}日すぎています", -days),
    }
}

/// The names of accounts.
pub struct Staff(Vec<(StaffId, String)>);

impl Staff {
    /// All of the town.
    pub async fn read(asked: &Asked) -> Result<Staff, Problem> {
        let mut conn = asked.read().await?;
        let accounts = staff::list_accounts(&mut conn, &asked.deed.scope, &asked.deed.keys).await?;
        let named = accounts.into_iter().map(|one| (one.id, one.card.name));
        Ok(Staff(named.collect()))
    }

    /// One of them.
    pub fn name(&self, staff: Option<StaffId>) -> &str {
        let Some(staff) = staff else {
            return "プログラム";
        };
        let found = self.0.iter().find(|(id, _)| *id == staff);
        found.map_or("職員", |(_, name)| name)
    }
}
