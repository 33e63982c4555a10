#![allow(clippy::unwrap_used, clippy::expect_used)]
//! Rules against what people mean by them.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TUESDAY: u32 = 1;
const FRIDAY: u32 = 4;
const SATURDAY: u32 = 5;

/// The year that begins in April 2026.
fn year(rule: &Rule, closed: &[Closed]) -> Laid {
    rule.lay(
        date(2026, 4, 1),
        date(2026, 4, 1),
        date(2027, 3, 31),
        closed,
    )
}

fn month_weeks(weeks: &[u32], on: u32) -> Rule {
    Rule::new(Beat::MonthWeeks {
        weeks: Marks::of(weeks.iter().copied()),
        on: Marks::of([on]),
    })
}

fn every(weeks: u8, on: u32) -> Rule {
    Rule::new(Beat::Weeks {
        every: weeks,
        on: Marks::of([on]),
    })
}

#[test]
fn every_friday_is_every_friday_but_holidays() {
    let laid = year(&every(1, FRIDAY), &[]);
    assert_eq!(laid.days.len(), 51);
    assert_eq!(laid.left, [(date(2027, 1, 1), "元日".to_owned())]);
    assert_eq!(laid.days[0], date(2026, 4, 3));
    let monday = year(&every(1, 0), &[]);
    let left: Vec<Date> = monday.left.iter().map(|(day, _)| *day).collect();
    let holidays = [
        (2026, 5, 4),
        (2026, 7, 20),
        (2026, 9, 21),
        (2026, 10, 12),
        (2026, 11, 23),
        (2027, 1, 11),
        (2027, 3, 22),
    ];
    assert_eq!(left, holidays.map(|(y, m, d)| date(y, m, d)));
    assert_eq!(monday.left[4].1, "勤労感謝の日");
    let held = Rule {
        holidays: OnHoliday::Hold,
        ..every(1, 0)
    };
    assert_eq!(year(&held, &[]).days.len(), monday.days.len() + 7);
}

#[test]
fn second_and_fourth_tuesdays() {
    let laid = year(&month_weeks(&[2, 4], TUESDAY), &[]);
    assert_eq!(
        &laid.days[..4],
        &[
            date(2026, 4, 14),
            date(2026, 4, 28),
            date(2026, 5, 12),
            date(2026, 5, 26)
        ]
    );
    // 22 September is a holiday because it lies between two others.
    let left: Vec<&str> = laid.left.iter().map(|(_, word)| word.as_str()).collect();
    assert_eq!(left, ["山の日", "国民の休日", "天皇誕生日"]);
    assert_eq!(laid.days.len(), 21);
}

#[test]
fn second_saturday_except_august() {
    let rule = Rule {
        except: Marks::of([8]),
        ..month_weeks(&[2], SATURDAY)
    };
    let laid = year(&rule, &[]);
    assert_eq!(laid.days.len(), 11);
    assert!(laid.days.iter().all(|day| day.month() != 8));
    assert_eq!(rule.words(), "第2土曜（8月を除く）");
}

#[test]
fn the_last_friday_of_a_month_is_the_fourth_or_the_fifth() {
    let laid = year(&month_weeks(&[LAST], FRIDAY), &[]);
    assert_eq!(&laid.days[..2], &[date(2026, 4, 24), date(2026, 5, 29)]);
    assert_eq!(laid.days.len(), 12);
}

#[test]
fn a_holiday_puts_it_off_by_a_week_also_into_the_next_month_or_year() {
    let rule = Rule {
        holidays: OnHoliday::Later,
        ..month_weeks(&[4], 0)
    };
    let laid = rule.lay(date(2026, 4, 1), date(2026, 11, 1), date(2026, 11, 30), &[]);
    assert_eq!(laid.days, [date(2026, 11, 30)]);
    // What is put off out of the span is the next span's.
    let first = rule.lay(date(2026, 4, 1), date(2026, 11, 1), date(2026, 11, 29), &[]);
    let second = rule.lay(
        date(2026, 4, 1),
        date(2026, 11, 30),
        date(2026, 12, 20),
        &[],
    );
    assert_eq!(
        (first.days.len(), second.days),
        (0, vec![date(2026, 11, 30)])
    );
}

#[test]
fn closures_are_left_out_with_their_name_and_named_days_are_held() {
    let closed = Closed {
        from: date(2026, 12, 28),
        until: date(2027, 1, 4),
        word: "年末年始".to_owned(),
    };
    let rule = Rule {
        also: vec![date(2026, 11, 23), date(2026, 12, 30)],
        but: vec![date(2026, 4, 10)],
        ..every(1, FRIDAY)
    };
    let laid = year(&rule, &[closed]);
    assert!(
        laid.days.contains(&date(2026, 11, 23)),
        "somebody chose the holiday"
    );
    assert!(!laid.days.contains(&date(2026, 4, 10)));
    let left: Vec<Date> = laid.left.iter().map(|(day, _)| *day).collect();
    assert_eq!(left, [date(2026, 12, 30), date(2027, 1, 1)]);
}

#[test]
fn every_other_week_goes_on_over_the_turn_of_the_year() {
    let rule = Rule {
        holidays: OnHoliday::Hold,
        ..every(2, FRIDAY)
    };
    let begins = date(2026, 4, 3);
    let first = rule.lay(begins, begins, date(2027, 3, 31), &[]);
    let next = rule.lay(begins, date(2027, 4, 1), date(2028, 3, 31), &[]);
    let all: Vec<Date> = first.days.into_iter().chain(next.days).collect();
    assert!(all.windows(2).all(|two| (two[1] - two[0]).get_days() == 14));
}

#[test]
fn every_other_week_is_a_week_of_the_calendar_wherever_in_it_the_series_begins() {
    let rule = Rule::new(Beat::Weeks {
        every: 2,
        on: Marks::of([0, FRIDAY]),
    });
    let wednesday = date(2026, 6, 3);
    let laid = rule.lay(wednesday, wednesday, date(2026, 6, 30), &[]);
    assert_eq!(laid.days, [5, 15, 19, 29].map(|day| date(2026, 6, day)));
}

#[test]
fn rules_are_said_as_people_say_them() {
    assert_eq!(every(1, FRIDAY).words(), "毎週金曜");
    assert_eq!(every(2, 2).words(), "隔週水曜");
    assert_eq!(month_weeks(&[2, 4], TUESDAY).words(), "第2・第4火曜");
    assert_eq!(month_weeks(&[LAST], SATURDAY).words(), "最終土曜");
    let days = Rule::new(Beat::MonthDays {
        days: Marks::of([1, 15]),
    });
    assert_eq!(days.words(), "毎月1日・15日");
    assert_eq!(
        Rule::new(Beat::Weeks {
            every: 1,
            on: Marks::of(0..7)
        })
        .words(),
        "毎日"
    );
    assert_eq!(Rule::new(Beat::Named).words(), "決めた日だけ");
}

fn rules() -> impl Strategy<Value = Rule> {
    let beat = prop_oneof![
        (1_u8..5, 1_u32..128).prop_map(|(every, on)| Beat::Weeks {
            every,
            on: Marks(on)
        }),
        (1_u32..64, 1_u32..128).prop_map(|(weeks, on)| Beat::MonthWeeks {
            weeks: Marks(weeks << 1),
            on: Marks(on)
        }),
        any::<u32>().prop_map(|days| Beat::MonthDays {
            days: Marks(days & !1)
        }),
    ];
    (beat, 0_u32..4096, 0_usize..3).prop_map(|(beat, except, holiday)| Rule {
        except: Marks(except << 1),
        holidays: OnHoliday::ALL[holiday],
        ..Rule::new(beat)
    })
}

proptest! {
    #[test]
    fn days_lie_in_their_span_in_order_and_a_span_in_two_parts_gives_the_same(
        rule in rules(), cut in 1_i64..700,
    ) {
        let (from, until) = (date(2026, 4, 1), date(2028, 3, 31));
        let between = from.checked_add(cut.days()).unwrap();
        let whole = rule.lay(from, from, until, &[]);
        prop_assert!(whole.days.windows(2).all(|two| two[0] < two[1]));
        prop_assert!(whole.days.iter().all(|day| from <= *day && *day <= until));
        let mut parts = rule.lay(from, from, between, &[]);
        parts.days.extend(rule.lay(from, between.checked_add(1.day()).unwrap(), until, &[]).days);
        prop_assert_eq!(parts.days, whole.days);
    }

    #[test]
    fn no_holiday_unless_it_is_wished_and_no_excepted_month_but_by_delay(rule in rules()) {
        let laid = rule.lay(date(2026, 4, 1), date(2026, 4, 1), date(2027, 3, 31), &[]);
        for day in &laid.days {
            let holiday = holiday_name(*day).is_some();
            prop_assert!(!holiday || rule.holidays == OnHoliday::Hold);
            let excepted = rule.except.has(day.month().unsigned_abs().into());
            prop_assert!(!excepted || rule.holidays == OnHoliday::Later);
        }
    }

    /// The same months, told another way: counting from the first of the month.
    #[test]
    fn the_second_of_a_weekday_is_the_second_that_is_counted(weekday in 0_u32..7, nth in 1_usize..6) {
        let rule = Rule {
            holidays: OnHoliday::Hold,
            ..month_weeks(&[u32::try_from(nth).unwrap()], weekday)
        };
        let mut counted = Vec::new();
        for month in 1..=12 {
            let first = date(2026, month, 1);
            let days = first.series(1.day()).take_while(|day| day.month() == month);
            counted.extend(days.filter(|day| weekday_of(*day) == weekday).nth(nth - 1));
        }
        let laid = rule.lay(date(2026, 1, 1), date(2026, 1, 1), date(2026, 12, 31), &[]);
        prop_assert_eq!(laid.days, counted);
    }
}
