//! When a series falls: its rule, as people say it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::networks::{WEEKDAYS, holiday_name};
use crate::people::coded;

/// A set of small numbers: weekdays (0 Monday to 6), weeks (1 to 5, `LAST` for the last one), months, days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Marks(u32);

/// The last week of a month, among weeks.
pub const LAST: u32 = 6;

impl Marks {
    /// The set of these; numbers above 31 are none of a calendar's and fall out.
    pub fn of(numbers: impl IntoIterator<Item = u32>) -> Marks {
        let bit = |number: u32| 1_u32.checked_shl(number).unwrap_or_default();
        let numbers = numbers.into_iter().map(bit);
        Marks(numbers.fold(0, |all, bit| all | bit))
    }

    /// Whether the number is in it.
    pub fn has(self, number: u32) -> bool {
        number < 32 && self.0 & (1 << number) != 0
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The numbers, the smallest first.
    pub fn list(self) -> impl Iterator<Item = u32> {
        (0..32).filter(move |number| self.has(*number))
    }
}

/// How a series comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beat {
    /// On these weekdays of every so many weeks, counted from the week of the first day.
    Weeks {
        /// 1: every week; 2: every other.
        every: u8,
        /// Weekdays.
        on: Marks,
    },
    /// On these weekdays of these weeks of a month.
    MonthWeeks {
        /// The first to the fifth, or the last.
        weeks: Marks,
        /// Weekdays.
        on: Marks,
    },
    /// On these days of a month.
    MonthDays {
        /// 1 to 31.
        days: Marks,
    },
    /// On the days that are named, and on no other.
    Named,
}

coded! {
    /// What becomes of a day that is a public holiday.
    OnHoliday {
        /// It is left out.
        Skip "skip" "祝日は休み",
        /// It is held as ever.
        Hold "hold" "祝日も行う",
        /// It is held a week later.
        Later "later" "祝日のときは翌週",
    }
}

/// The rule of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// How it comes back.
    pub beat: Beat,
    /// Months without it.
    pub except: Marks,
    /// On public holidays.
    pub holidays: OnHoliday,
    /// Days besides.
    pub also: Vec<Date>,
    /// Days without it.
    pub but: Vec<Date>,
}

/// Days on which the Station is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The first.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// Why: 「年末年始」.
    pub word: String,
}

impl Closed {
    /// Whether the day is one of them.
    pub fn has(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// The days that a rule gives, and those that it would have given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Laid {
    /// In order, none twice.
    pub days: Vec<Date>,
    /// Left out, with the reason: the name of the holiday or of the closure.
    pub left: Vec<(Date, String)>,
}

/// How many days there are at most between two dates that a rule is laid over: two years.
const MOST_DAYS: usize = 740;

impl Beat {
    /// So many weeks lie between two of its weeks; nothing where no weeks are counted.
    pub const fn every(&self) -> Option<u8> {
        match self {
            Beat::Weeks { every, .. } => Some(*every),
            Beat::MonthWeeks { .. } | Beat::MonthDays { .. } | Beat::Named => None,
        }
    }
}

impl Rule {
    /// A rule with nothing besides its beat.
    pub fn new(beat: Beat) -> Rule {
        Rule {
            beat,
            except: Marks::default(),
            holidays: OnHoliday::Skip,
            also: Vec::new(),
            but: Vec::new(),
        }
    }

    /// Whether the beat falls on the day, before exceptions; weeks are counted from `begins`.
    fn beats(&self, begins: Date, day: Date) -> bool {
        let weekday = |on: Marks| on.has(weekday_of(day));
        match &self.beat {
            Beat::Weeks { every, on } => {
                let weeks = (monday_of(day) - monday_of(begins)).get_days() / 7;
                weekday(*on) && weeks % i32::from((*every).max(1)) == 0
            }
            Beat::MonthWeeks { weeks, on } => {
                let week = u32::from(day.day().unsigned_abs()).div_ceil(7);
                let last = day.day() + 7 > day.days_in_month();
                weekday(*on) && (weeks.has(week) || last && weeks.has(LAST))
            }
            Beat::MonthDays { days } => days.has(day.day().unsigned_abs().into()),
            Beat::Named => false,
        }
    }

    fn falls(&self, begins: Date, day: Date) -> bool {
        let month = u32::from(day.month().unsigned_abs());
        let beats = self.beats(begins, day) && !self.except.has(month);
        day >= begins && !self.but.contains(&day) && (beats || self.also.contains(&day))
    }

    /// The days from `from` to `until`, both included. A day that is named besides is held on a
    /// holiday too: somebody chose it.
    pub fn lay(&self, begins: Date, from: Date, until: Date, closed: &[Closed]) -> Laid {
        let mut laid = Laid::default();
        let closure = |day| closed.iter().find(|one| one.has(day));
        // A week before: what a holiday puts off may fall into the span.
        let Ok(early) = from.checked_sub(1.week()) else {
            return laid;
        };
        for day in early
            .series(1.day())
            .take(MOST_DAYS)
            .take_while(|day| *day <= until)
        {
            if !self.falls(begins, day) {
                continue;
            }
            let inside = day >= from;
            let holiday = holiday_name(day).filter(|_| !self.also.contains(&day));
            match (closure(day), holiday, self.holidays) {
                (Some(closed), ..) if inside => laid.left.push((day, closed.word.clone())),
                (Some(_), ..) => {}
                (None, Some(word), OnHoliday::Skip) if inside => laid.left.push((day, word)),
                (None, Some(_), OnHoliday::Skip) => {}
                (None, Some(word), OnHoliday::Later) => {
                    let later = day.checked_add(1.week()).ok();
                    let later = later.filter(|day| holiday_name(*day).is_none());
                    match later.filter(|day| closure(*day).is_none()) {
                        Some(later) if from <= later && later <= until => laid.days.push(later),
                        Some(_) => {}
                        None if inside => laid.left.push((day, word)),
                        None => {}
                    }
                }
                _ if inside => laid.days.push(day),
                _ => {}
            }
        }
        laid.days.sort_unstable();
        laid.days.dedup();
        laid
    }

    /// 「第2・第4火曜（8月を除く）」.
    pub fn words(&self) -> String {
        let mut words = match &self.beat {
            Beat::Weeks { every: 0 | 1, on } if (0..7).all(|day| on.has(day)) => "毎日".to_owned(),
            Beat::Weeks { every: 0 | 1, on } => format!("毎週{}", weekdays(*on)),
            Beat::Weeks { every: 2, on } => format!("隔週{}", weekdays(*on)),
            Beat::Weeks { every, on } => format!("{every}週ごとの{}", weekdays(*on)),
            Beat::MonthWeeks { weeks, on } => {
                let weeks: Vec<String> = weeks.list().map(week_word).collect();
                format!("{}{}", weeks.join("・"), weekdays(*on))
            }
            Beat::MonthDays { days } => {
                let days: Vec<String> = days.list().map(|day| format!("{day}日")).collect();
                format!("毎月{}", days.join("・"))
            }
            Beat::Named => "決めた日だけ".to_owned(),
        };
        if !self.except.is_empty() {
            let months: Vec<String> = self
                .except
                .list()
                .map(|month| format!("{month}月"))
                .collect();
            words.push_str(&format!("（{}を除く）", months.join("・")));
        }
        words
    }
}

/// 0 Monday to 6 Sunday.
pub fn weekday_of(day: Date) -> u32 {
    u32::from(day.weekday().to_monday_zero_offset().unsigned_abs())
}

fn monday_of(day: Date) -> Date {
    let back = i64::from(weekday_of(day));
    day.checked_sub(back.days()).unwrap_or(day)
}

/// 「火」 of a day.
pub fn weekday_word(day: Date) -> &'static str {
    usize::try_from(weekday_of(day))
        .ok()
        .and_then(|at| WEEKDAYS.get(at))
        .unwrap_or(&"")
}

fn weekdays(on: Marks) -> String {
    let on: Vec<&str> = (0..)
        .zip(WEEKDAYS)
        .filter(|(at, _)| on.has(*at))
        .map(|(_, word)| word)
        .collect();
    match on.len() {
        7 => "日".to_owned(),
        _ => format!("{}曜", on.join("・")),
    }
}

/// 「第2」「最終」.
pub fn week_word(week: u32) -> String {
    match week {
        LAST => "最終".to_owned(),
        week => format!("第{week}"),
    }
}

#[cfg(test)]
mod tests;
