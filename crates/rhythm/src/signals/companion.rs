//! Who always came along no longer does.

use crate::book::Book;
use crate::facts::{Day, Signal, Visit};
use crate::finding::{Line, Numbers};
use crate::past::Past;
use crate::signals::shares::{Try, fall, line};
use crate::thresholds::Thresholds;

/// Through the door within so many minutes of each other.
const NEAR: u16 = 3;
/// So often near each other, and in so large a part of the meetings both came to: chance neighbours
/// at a full door are near each other about a third of the time.
const LEAST_NEAR: u32 = 6;
const LEAST_PART: f64 = 0.75;
/// So large a part of the own visits is made together.
const LEAST_TOGETHER: f64 = 0.7;
/// Away for longer than this is not a holiday: the companion has gone.
const HOLIDAY: i32 = 60;

/// Only of two who both agree to this signal; whoever died or moved away did not withdraw. Meetings while the companion was away for a short
/// time, told ahead, say nothing; meetings without the person say nothing here.
pub(crate) fn companion(
    book: &Book,
    past: &mut Past,
    thresholds: &Thresholds,
    day: Day,
) -> Option<Line> {
    let base = base_visits(book, past);
    let with = closest(book, past, base, day)?;
    let theirs = book.visits(with);
    let holidays: Vec<(Day, Day)> = book
        .aways(with)
        .iter()
        .filter(|a| a.last.saturating_sub(a.first) < HOLIDAY)
        .map(|a| (a.first, a.last))
        .collect();
    let last = theirs[..theirs.partition_point(|t| book.day_of(t.meeting) < day)].last()?;
    let last = book.day_of(last.meeting);
    let left = book.gone(with, day);
    let moved = book.aways(with).iter().any(|a| {
        (a.first..=a.last).contains(&(day - 1)) && a.last.saturating_sub(a.first) >= HOLIDAY
    });
    let tries: Vec<Try> = past
        .visits
        .iter()
        .filter_map(|v| {
            let on = book.day_of(v.meeting);
            let at = past.at(on)?;
            let yes = theirs
                .binary_search_by_key(&v.meeting, |t| t.meeting)
                .is_ok();
            let holiday = holidays
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&on));
            (yes || !holiday).then_some(Try { at, yes })
        })
        .collect();
    let pause = if left || moved {
        0.0
    } else {
        thresholds.pauses(f64::from(day - last))
    };
    let fall = fall(past, &tries, thresholds.chance(Signal::Companion) + pause)?;
    // Two who part, each with other courses, are not what this is about: the other has gone.
    let together = f64::from(fall.before.n) / f64::from(fall.before.of);
    if last >= past.day(fall.from) || together < LEAST_TOGETHER {
        return None;
    }
    let numbers = Numbers::Companion {
        with,
        before: fall.before,
        since: fall.since,
    };
    Some(line(past, Signal::Companion, &fall, numbers))
}

fn base_visits<'b>(book: &Book, past: &Past<'b>) -> &'b [Visit] {
    let at = |day: Day| {
        past.visits
            .partition_point(|v| book.day_of(v.meeting) < day)
    };
    &past.visits[at(past.day(past.base.start))..at(past.day(past.base.end))]
}

/// Who came through the door with this person most often, if it is more than chance.
fn closest(book: &Book, past: &mut Past, base: &[Visit], day: Day) -> Option<u32> {
    past.near.resize(book.people as usize, 0);
    let mut met: Vec<u32> = Vec::with_capacity(128);
    for visit in base {
        let Some(arrived) = visit.arrived else {
            continue;
        };
        let door = book.door(visit.meeting);
        let from = door.partition_point(|(at, _)| *at < arrived.saturating_sub(NEAR));
        let at = door[from..]
            .iter()
            .take_while(|(at, _)| *at <= arrived.saturating_add(NEAR));
        for (_, who) in at.filter(|(_, who)| *who != past.person) {
            let often = &mut past.near[*who as usize];
            if *often == 0 {
                met.push(*who);
            }
            *often = often.saturating_add(1);
        }
    }
    let often = met.iter().map(|who| {
        (
            u32::from(std::mem::take(&mut past.near[*who as usize])),
            *who,
        )
    });
    let mut often: Vec<(u32, u32)> = often.filter(|(n, _)| *n >= LEAST_NEAR).collect();
    often.sort_unstable_by(|a, b| b.cmp(a));
    let companion = often.into_iter().take(4).find(|(near, who)| {
        let theirs = book.visits(*who);
        let both = base.iter().filter(|v| {
            let at = theirs.binary_search_by_key(&v.meeting, |t| t.meeting);
            v.arrived.is_some() && at.is_ok_and(|at| theirs[at].arrived.is_some())
        });
        let both = both.count();
        f64::from(*near) >= LEAST_PART * both as f64
            && book.may_be_named(*who, Signal::Companion, day)
    });
    companion.map(|(_, who)| who)
}
