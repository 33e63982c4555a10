//! Figures of a period as they are read.

use db::Db;

use super::gather::{gather, noticed_in, yen_in};
use super::leaving::leave;
use crate::consultations::{Period, Sheet, Side};
use crate::deed::Deed;
use crate::scope::Right;
use crate::station::figures::rules::{
    By, Refusal, Row, figures, inside, inside_notes, outside, outside_notes,
};

/// Figures as they are read.
pub struct Report {
    /// 「ステーションの数字（2026年度）」
    pub title: String,
    /// How to read them.
    pub notes: Vec<String>,
    /// The tables.
    pub sheets: Vec<Sheet>,
    /// Month by month, for a picture; none of what leaves the town.
    pub months: Vec<Row>,
}

/// The figures of a period. What was noticed is of the own center, or of all for whoever has none.
pub async fn report(db: &Db, deed: &Deed, period: Period, side: Side) -> Result<Report, Refusal> {
    deed.scope.need(Right::Figures)?;
    let title = format!("ステーションの数字（{}）", period.words());
    if side == Side::Outside {
        let left = leave(db, deed, period).await?;
        let closed = left.closed_on.strftime("%Y年%-m月%-d日").to_string();
        return Ok(Report {
            title,
            notes: outside_notes(&left.given, &closed),
            sheets: outside(&left.given),
            months: Vec::new(),
        });
    }
    let mut conn = db.read().await?;
    let figures = figures(&gather(&mut conn, deed, period).await?);
    let noticed = noticed_in(&mut conn, deed, period, deed.scope.center).await?;
    let yen = yen_in(&mut conn, deed, period).await?;
    let months = figures.tables.iter().find(|(by, _)| *by == By::Month);
    Ok(Report {
        title,
        notes: inside_notes(&figures),
        sheets: inside(&figures, &noticed, yen),
        months: months.map_or(Vec::new(), |(_, rows)| rows.clone()),
    })
}
