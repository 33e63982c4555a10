//! Dates and ages as staff read them.

use std::fmt;

use jiff::Unit;
use jiff::civil::Date;

use super::PartialDate;
use super::era::eras_between;

/// An age in completed years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    Exact(i16),
    /// The birthday of that year is unknown, or the year itself a guess: the
    /// age reached in that year at the latest.
    About(i16),
}

impl Age {
    pub fn years(self) -> i16 {
        match self {
            Self::Exact(years) | Self::About(years) => years,
        }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(years) => write!(f, "{years}歳"),
            Self::About(years) => write!(f, "{years}歳くらい"),
        }
    }
}

impl PartialDate {
    /// `1938年（昭和13年）3月7日`, `1938年（昭和13年）3月`, `1938年（昭和13年）`,
    /// with 頃 followed by ごろ.
    pub fn both(&self) -> String {
        format!("{}年（{}）{}", self.year, self.era_year(), self.rest())
    }

    /// `昭和13年3月7日`. A year that two eras share is given in both:
    /// `大正15年・昭和元年`.
    pub fn era(&self) -> String {
        format!("{}{}", self.era_year(), self.rest())
    }

    fn era_year(&self) -> String {
        let (from, to) = self.span();
        let years = eras_between(from, to);
        let words: Vec<_> = years.iter().map(|era| era.year_words(self.year)).collect();
        words.join("・")
    }

    fn rest(&self) -> String {
        let month = self
            .month
            .map(|month| format!("{month}月"))
            .unwrap_or_default();
        let day = self.day.map(|day| format!("{day}日")).unwrap_or_default();
        let about = if self.about { "ごろ" } else { "" };
        month + &day + about
    }

    /// The age on `today`; 0 before birth. Somebody born on 29 February is a
    /// year older on 1 March of a common year.
    pub fn age_on(&self, today: Date) -> Age {
        let (first, last) = self.span();
        let (oldest, youngest) = (completed_years(first, today), completed_years(last, today));
        match oldest == youngest && !self.about {
            true => Age::Exact(oldest),
            false => Age::About(oldest),
        }
    }

    /// The least and the most that the age may be on `today`: for counting by bands, where the
    /// oldest would be counted on the wrong side of a border. 頃 is a year up or down.
    pub fn ages_on(&self, today: Date) -> (i16, i16) {
        let (first, last) = self.span();
        let about = i16::from(self.about);
        let youngest = completed_years(last, today) - about;
        (youngest.max(0), completed_years(first, today) + about)
    }
}

fn completed_years(born: Date, today: Date) -> i16 {
    let had_birthday = (born.month(), born.day()) <= (today.month(), today.day());
    (today.year() - born.year() - i16::from(!had_birthday)).max(0)
}

/// How long before `today` something was confirmed: 今日, 昨日, `3日前`,
/// `14か月前` up to two years, then `2年前`.
pub fn ago_words(confirmed: Date, today: Date) -> String {
    let days = (today - confirmed).get_days();
    match (days, whole_months(confirmed, today)) {
        (..0, _) => "先の日付".to_owned(),
        (0, _) => "今日".to_owned(),
        (1, _) => "昨日".to_owned(),
        (_, 0) => format!("{days}日前"),
        (_, months @ 1..24) => format!("{months}か月前"),
        (_, months) => format!("{}年前", months / 12),
    }
}

fn whole_months(from: Date, to: Date) -> i32 {
    from.until((Unit::Month, to))
        .map_or(0, |span| span.get_months())
}
