//! Which part of a list is taken out: as its page shows it, or all of it.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::list::List;
use crate::ids::CenterId;
use crate::people::Under;
use crate::{cases, people, renewals};

/// Before and after every day of a list.
const ALWAYS: (Date, Date) = (date(1900, 1, 1), date(2199, 12, 31));

/// The choice of those who stand under no center, as it stands in an address.
const NOBODY: &str = "none";

/// What can be said of a list to take out a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// A month.
    Month,
    /// A center.
    Center,
    /// A state.
    State,
    /// How somebody stands with the fee.
    Fee,
}

/// As typed, or as it stands in the address of a link from the list's page.
#[derive(Debug, Default, Clone)]
pub struct Typed<'a> {
    /// `2026-04`
    pub month: &'a str,
    /// `all`, `none` or an id.
    pub center: &'a str,
    /// A code.
    pub state: &'a str,
    /// A code.
    pub fee: &'a str,
}

/// Which part; everything where nothing is said.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The first day of a month.
    pub month: Option<Date>,
    /// Under whom.
    pub center: Option<Under>,
    /// In which state, by its code; empty for any.
    pub state: &'static str,
    /// With which fee, by its code; empty for any.
    pub fee: &'static str,
}

const OPEN_OR_ENDED: [(&str, &str); 2] = [("open", "まだのもの"), ("ended", "終わったもの")];

const OF_SUPPORTERS: [(&str, &str); 2] = [("in", "入会中の方"), ("out", "退会した方")];

/// Codes of the fee, as the list of supporters has them.
pub const FEES: [(&str, &str); 5] = [
    ("due", "これから納める方"),
    ("grace", "猶予中の方"),
    ("lapsed", "期限切れの方"),
    ("paid", "納入ずみの方"),
    ("waived", "免除の方"),
];

impl List {
    /// What can be said of it.
    pub const fn asks(self) -> &'static [Asks] {
        match self {
            List::People => &[Asks::Center, Asks::State],
            List::Renewals => &[Asks::Month, Asks::Center, Asks::State],
            List::Consultations | List::Inquiries => &[Asks::Month, Asks::State],
            List::Tasks | List::Notices | List::Cases | List::Paths => &[Asks::State],
            List::Supporters => &[Asks::State, Asks::Fee],
            List::Days
            | List::Signups
            | List::Attendances
            | List::Vouchers
            | List::Voices
            | List::Observations => &[Asks::Month],
            _ => &[],
        }
    }

    /// Codes and words of its states.
    pub fn states(self) -> Vec<(&'static str, &'static str)> {
        match self {
            List::People => people::State::SET
                .iter()
                .map(|one| (one.code(), one.word()))
                .collect(),
            List::Renewals => renewals::State::ALL
                .iter()
                .map(|one| (one.code(), one.word()))
                .collect(),
            List::Cases => cases::State::ALL
                .iter()
                .map(|one| (one.code(), one.word()))
                .collect(),
            List::Supporters => OF_SUPPORTERS.to_vec(),
            _ => OPEN_OR_ENDED.to_vec(),
        }
    }
}

/// The code as it stands in the program, where it is one of these.
fn known(typed: &str, all: &[(&'static str, &'static str)]) -> Option<&'static str> {
    let found = all.iter().find(|(code, _)| *code == typed);
    found.map(|(code, _)| *code)
}

impl Part {
    /// The part of a list that was asked for; the name of the field that can't be read. What the list
    /// does not ask is refused: who believes to take a part must not be given everything.
    pub fn read(list: List, typed: &Typed<'_>) -> Result<Part, &'static str> {
        let asks = |one| list.asks().contains(&one);
        let month = match typed.month {
            "" => None,
            text if asks(Asks::Month) => {
                let first = format!("{text}-01").parse();
                Some(first.map_err(|_| "month")?)
            }
            _ => return Err("month"),
        };
        let center = match typed.center {
            "" | "all" => None,
            _ if !asks(Asks::Center) => return Err("center"),
            NOBODY => Some(Under::Nobody),
            id => Some(Under::Center(CenterId(
                id.parse::<CenterId>().map_err(|_| "center")?.0,
            ))),
        };
        let state = match typed.state {
            "" | "all" => "",
            code if asks(Asks::State) => known(code, &list.states()).ok_or("state")?,
            _ => return Err("state"),
        };
        let fee = match typed.fee {
            "" => "",
            code if asks(Asks::Fee) => known(code, &FEES).ok_or("fee")?,
            _ => return Err("fee"),
        };
        Ok(Part {
            month,
            center,
            state,
            fee,
        })
    }

    /// The first and the last day.
    pub fn days(&self) -> (Date, Date) {
        match self.month {
            Some(first) => {
                let next = first.saturating_add(1.month());
                (first, next.saturating_sub(1.day()))
            }
            None => ALWAYS,
        }
    }

    /// Whether something of this day belongs to it.
    pub fn has_day(&self, day: Date) -> bool {
        let (first, last) = self.days();
        (first..=last).contains(&day)
    }

    /// Whether somebody under this center belongs to it.
    pub fn has_center(&self, center: Option<CenterId>) -> bool {
        match self.center {
            None | Some(Under::Town) => true,
            Some(Under::Center(wanted)) => center == Some(wanted),
            Some(Under::Nobody) => center.is_none(),
        }
    }

    /// Whether something in the state of this code belongs to it.
    pub fn has_state(&self, code: &str) -> bool {
        self.state.is_empty() || self.state == code
    }

    /// The same of what is open or has ended.
    pub fn has_open(&self, open: bool) -> bool {
        self.has_state(if open { "open" } else { "ended" })
    }

    /// For the audit, by codes and ids: 「2026-04 waiting」; empty where it is everything.
    pub fn words(&self) -> String {
        let month = self.month.map(|first| first.strftime("%Y-%m").to_string());
        let center = self.center.map(|under| match under {
            Under::Town => String::new(),
            Under::Center(id) => id.to_string(),
            Under::Nobody => NOBODY.to_owned(),
        });
        let codes = [self.state, self.fee].map(str::to_owned);
        let all = month.into_iter().chain(center).chain(codes);
        let said: Vec<String> = all.filter(|one| !one.is_empty()).collect();
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_part_that_a_list_does_not_know_is_refused_and_never_everything() {
        let typed = |month, state| Typed {
            month,
            state,
            ..Typed::default()
        };
        let part = Part::read(List::Renewals, &typed("2026-02", "waiting")).unwrap();
        assert_eq!(part.days(), (date(2026, 2, 1), date(2026, 2, 28)));
        assert_eq!(part.words(), "2026-02 waiting");
        assert!(part.has_state("waiting") && !part.has_state("asked"));
        assert_eq!(
            Part::read(List::Renewals, &typed("2026-2月", "")),
            Err("month")
        );
        assert_eq!(Part::read(List::Renewals, &typed("", "open")), Err("state"));
        assert_eq!(
            Part::read(List::Centers, &typed("2026-02", "")),
            Err("month")
        );
        assert_eq!(
            Part::read(List::Centers, &typed("", "all")),
            Ok(Part::default())
        );
    }
}
