//! The days of the synthetic years: weekday, holiday, closure, weather.

use ::rhythm::Day;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use jpholiday::chrono::NaiveDate;
use jpholiday::jpholiday::JPHoliday;

use crate::chance::Chance;

const EPOCH: Date = date(1970, 1, 1);

pub fn day_of(date: Date) -> Day {
    (date - EPOCH).get_days()
}

pub fn date_of(day: Day) -> Date {
    EPOCH.saturating_add(day.days())
}

/// One day as the whole town lives it.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    pub date: Date,
    pub weekday: Weekday,
    /// The second Tuesday has 2.
    pub nth: i8,
    pub holiday: bool,
    /// お盆, 年末年始: no house is open.
    pub closed: bool,
    /// Too hot for whatever is out of doors.
    pub heat: bool,
    /// Nothing takes place.
    pub typhoon: bool,
    /// What of the usual comes on such a day: rain, snow, August, the days around New Year.
    pub pull: f64,
}

/// The days from `first` to `last`.
pub fn days(first: Day, last: Day, chance: &mut Chance) -> Vec<Today> {
    let holidays = JPHoliday::new();
    let mut hot = false;
    let mut typhoon_left = 0;
    (first..=last)
        .map(|day| {
            let date = date_of(day);
            let summer = (date.month() == 7 && date.day() >= 5)
                || date.month() == 8
                || (date.month() == 9 && date.day() <= 15);
            // Hot days come in runs: about 3 of 10 in summer.
            hot = summer && chance.happens(if hot { 0.65 } else { 0.15 });
            let season = matches!(date.month(), 8..=10);
            typhoon_left = match typhoon_left {
                0 if season && chance.happens(0.03) => chance.between(1, 2),
                0 => 0,
                left => left - 1,
            };
            Today {
                date,
                weekday: date.weekday(),
                nth: (date.day() - 1) / 7 + 1,
                holiday: is_holiday(&holidays, date),
                closed: is_closed(date),
                heat: hot,
                typhoon: typhoon_left > 0,
                pull: weather(date, chance) * ebb(date) * if hot { 0.88 } else { 1.0 },
            }
        })
        .collect()
}

fn is_holiday(holidays: &JPHoliday<'_>, date: Date) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    NaiveDate::from_ymd_opt(
        year.into(),
        month.unsigned_abs().into(),
        day.unsigned_abs().into(),
    )
    .is_some_and(|same| holidays.is_holiday(&same))
}

fn is_closed(date: Date) -> bool {
    matches!(
        (date.month(), date.day()),
        (8, 12..=16) | (12, 28..=31) | (1, 1..=4)
    )
}

/// Rain on three days of ten (a little fewer come), heavy rain on one of sixteen; snow twice a
/// winter, when half stay at home.
fn weather(date: Date, chance: &mut Chance) -> f64 {
    let snow = matches!(date.month(), 1 | 2) && chance.happens(0.035);
    let drawn = chance.unit();
    match () {
        () if snow => 0.5,
        () if drawn < 0.06 => 0.78,
        () if drawn < 0.30 => 0.93,
        () => 1.0,
    }
}

/// The town-wide ebb, beside what each person does.
fn ebb(date: Date) -> f64 {
    match (date.month(), date.day()) {
        (8, _) => 0.80,
        (12, 20..=31) | (1, 1..=12) => 0.78,
        (4, 27..=30) | (5, 1..=6) => 0.85,
        (7, 16..=31) | (9, 1..=7) => 0.92,
        _ => 1.0,
    }
}
