#![allow(clippy::unwrap_used, clippy::expect_used)]
//! Days, changes, clashes, and what everybody may read.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::clock::midnight;
use crate::ids::RowId;

const SERIES: RowId = RowId(7);
const HALL: RowId = RowId(3);

fn now() -> Timestamp {
    midnight(date(2026, 6, 1))
}

fn details() -> Details {
    Details {
        title: "公園体操".to_owned(),
        reading: "コウエンタイソウ".to_owned(),
        hours: Hours {
            starts: 600,
            ends: 660,
        },
        place: Some(HALL),
        holds: Some(30),
        fee: 0,
        bring: "水筒、タオル".to_owned(),
        about: "いすに座ったままでもできます".to_owned(),
        by: By::Supporters,
        organisation: None,
        by_name: String::new(),
        who: Who::Anyone,
        entry: Entry::Open,
        shown: true,
        teacher: "山野 歩".to_owned(),
        teacher_shown: false,
        needs: vec![Need {
            role: Role::Helper,
            number: 2,
        }],
        note: "鍵は商店会から借りる".to_owned(),
    }
}

fn day(id: i64, on: Date) -> CourseDay {
    CourseDay::new(RowId(id), SERIES, on, details(), now())
}

fn hall() -> Place {
    Place {
        id: HALL,
        word: "第一児童公園".to_owned(),
        address: "みなみ町1丁目2番".to_owned(),
        access: "バス停から徒歩3分".to_owned(),
        holds: Some(60),
        open: true,
        version: 1,
    }
}

fn to(day: Date) -> Move {
    Move {
        day,
        hours: details().hours,
        place: Some(HALL),
        why: "会場の工事のため".to_owned(),
    }
}

#[test]
fn moved_and_moved_back_was_never_moved() {
    let mut one = day(1, date(2026, 6, 5));
    one.shift(to(date(2026, 6, 8)), now()).unwrap();
    let rain = Move {
        why: "雨のため".to_owned(),
        ..to(date(2026, 6, 9))
    };
    let silent = Move {
        why: String::new(),
        ..to(date(2026, 6, 10))
    };
    for again in [rain, silent, to(date(2026, 6, 11))] {
        one.shift(again, now()).unwrap();
    }
    let was = one.was.as_ref().unwrap();
    assert_eq!(was.day, date(2026, 6, 5), "the first, not the last");
    let why = "会場の工事のため、その後雨のため、その後会場の工事のため";
    assert_eq!(was.why, why, "no reason is lost");
    assert_eq!(one.planned_on, date(2026, 6, 5));
    one.shift(to(date(2026, 6, 5)), now()).unwrap();
    assert_eq!(one.was, None);
    assert!(matches!(
        one.shift(to(date(2026, 6, 5)), now()),
        Err(Refusal::NotMoved)
    ));
    assert!(matches!(
        one.shift(to(date(2026, 5, 31)), now()),
        Err(Refusal::TooEarly)
    ));
}

#[test]
fn what_is_over_or_off_is_not_moved_and_off_is_taken_back() {
    let mut one = day(1, date(2026, 6, 5));
    let off = Off {
        reason: Reason::Heat,
        words: String::new(),
        told: "掲示".to_owned(),
    };
    one.call_off(off.clone()).unwrap();
    assert!(matches!(one.call_off(off.clone()), Err(Refusal::IsOff)));
    assert!(matches!(
        one.shift(to(date(2026, 6, 8)), now()),
        Err(Refusal::IsOff)
    ));
    one.call_on().unwrap();
    assert_eq!((one.state, one.off.clone()), (State::Planned, None));
    let later = midnight(date(2026, 6, 6));
    assert!(matches!(
        one.shift(to(date(2026, 6, 8)), later),
        Err(Refusal::IsOver)
    ));
    one.call_off(off).unwrap();
    let at = |minute: i64| midnight(date(2026, 6, 5)) + jiff::SignedDuration::from_mins(minute);
    assert!(!one.is_over(at(659)) && one.is_over(at(660)));
}

#[test]
fn a_day_follows_its_series_but_where_it_was_changed_alone() {
    let old = details();
    let new = Details {
        title: "いす体操".to_owned(),
        fee: 100,
        hours: Hours {
            starts: 780,
            ends: 840,
        },
        teacher: "谷川 泳".to_owned(),
        teacher_shown: true,
        ..old.clone()
    };
    let mut plain = day(1, date(2026, 6, 5));
    assert!(plain.follow(&old, &new, &old));
    assert!(plain.details == new);
    let mut own = day(2, date(2026, 6, 12));
    own.details.fee = 500;
    own.details.teacher = "代わりの講師".to_owned();
    own.alone = true;
    assert!(own.follow(&old, &new, &old));
    assert_eq!(
        (own.details.fee, own.details.title.as_str()),
        (500, "いす体操")
    );
    assert_eq!(own.details.teacher, "代わりの講師");
    assert!(
        !own.details.teacher_shown,
        "the name of another was not said to be for everybody"
    );
    let mut moved = day(3, date(2026, 6, 19));
    moved
        .shift(
            Move {
                hours: Hours {
                    starts: 840,
                    ends: 900,
                },
                ..to(date(2026, 6, 22))
            },
            now(),
        )
        .unwrap();
    moved.follow(&old, &new, &old);
    assert_eq!(moved.details.hours.starts, 840);
    // To another day at the same time: whoever was told so comes at that time.
    let mut moved = day(4, date(2026, 6, 26));
    moved.shift(to(date(2026, 6, 29)), now()).unwrap();
    moved.follow(&old, &new, &old);
    assert_eq!(moved.details.hours, old.hours);
    // Who reads 「10:00 中止」 looks for what was to be at ten.
    let mut off = day(5, date(2026, 7, 3));
    off.call_off(Off {
        reason: Reason::Heat,
        words: String::new(),
        told: String::new(),
    })
    .unwrap();
    off.follow(&old, &new, &old);
    assert_eq!((off.details.hours, off.details.fee), (old.hours, 100));
}

#[test]
fn a_change_for_all_reaches_days_that_are_not_as_the_one_that_was_opened() {
    let series = details();
    // Opened is a day whose title and fee were its own; the title is changed for all.
    let opened = Details {
        title: "外で体操".to_owned(),
        fee: 300,
        ..series.clone()
    };
    let new = Details {
        title: "いす体操".to_owned(),
        ..opened.clone()
    };
    let mut plain = day(1, date(2026, 6, 5));
    assert!(plain.follow(&opened, &new, &series));
    let now = (plain.details.title.as_str(), plain.details.fee);
    assert_eq!(now, ("いす体操", 0));
    let mut own = day(2, date(2026, 6, 12));
    (own.alone, own.details.title) = (true, "健康測定".to_owned());
    assert!(!own.follow(&opened, &new, &series), "its title was its own");
}

fn weekly(every: u8, from: Date) -> Plan {
    Plan {
        from,
        until: date(2027, 3, 31),
        rule: Rule::new(Beat::Weeks {
            every,
            on: Marks::of([4]),
        }),
        details: details(),
    }
}

#[test]
fn every_other_week_stays_every_other_week_whatever_else_is_changed() {
    let plan = weekly(2, date(2026, 6, 5));
    let series = Series {
        id: SERIES,
        begins: plan.from,
        until: plan.until,
        ended_on: None,
        rule: plan.rule.clone(),
        details: plan.details.clone(),
        version: 1,
    };
    let days = |plan: &Plan| {
        let begins = series.counted_from(plan);
        plan.rule
            .lay(begins, plan.from, date(2026, 7, 10), &[])
            .days
    };
    let expected = [date(2026, 6, 19), date(2026, 7, 3)];
    let mut later = weekly(2, date(2026, 6, 8));
    assert_eq!(days(&later), expected);
    later.rule.holidays = OnHoliday::Hold;
    assert_eq!(days(&later), expected);
    let earlier = weekly(2, date(2026, 5, 18));
    let first: Vec<Date> = days(&earlier).into_iter().take(2).collect();
    assert_eq!(first, [date(2026, 5, 22), date(2026, 6, 5)]);
    // Another number of weeks begins anew.
    assert_eq!(days(&weekly(3, date(2026, 6, 8)))[0], date(2026, 6, 12));
}

fn changed() -> impl Strategy<Value = Details> {
    (
        0_u32..3,
        "[あ-う]{0,1}",
        0_u32..3,
        any::<bool>(),
        "[あ-う]{0,1}",
        any::<bool>(),
    )
        .prop_map(
            |(fee, title, holds, shown, teacher, teacher_shown)| Details {
                fee,
                title,
                holds: Some(holds),
                shown,
                teacher,
                teacher_shown,
                ..details()
            },
        )
}

proptest! {
    #[test]
    fn an_untouched_day_becomes_the_series_and_an_unchanged_series_changes_nothing(
        old in changed(), new in changed(), own in changed(),
    ) {
        prop_assert!(old.follow(&old, &new, &[]) == new && old.follow(&old, &new, &[&old]) == new);
        prop_assert!(own.follow(&old, &old, &[]) == own);
        let followed = own.follow(&old, &new, &[&old]);
        prop_assert_eq!(followed.fee, if own.fee == old.fee { new.fee } else { own.fee });
        // A name that was not to be told is told in no way that nobody chose.
        let whole = [&own, &new].map(|of| (of.teacher.clone(), of.teacher_shown));
        prop_assert!(whole.contains(&(followed.teacher, followed.teacher_shown)));
    }
}

#[test]
fn what_begins_when_another_ends_does_not_meet_it() {
    let hours = |starts, ends| Hours { starts, ends };
    let first = hours(600, 660);
    for (other, meets) in [
        (hours(660, 720), false),
        (hours(540, 600), false),
        (hours(659, 720), true),
    ] {
        assert_eq!((first.meet(other), other.meet(first)), (meets, meets));
    }
}

fn booking(series: i64, starts: u16, place: i64, teacher: &str) -> Booking {
    Booking {
        series: RowId(series),
        title: series.to_string(),
        day: date(2026, 6, 5),
        hours: Hours {
            starts,
            ends: starts + 60,
        },
        place: (place > 0).then_some(RowId(place)),
        teacher: teacher.to_owned(),
    }
}

#[test]
fn one_place_and_one_teacher_are_had_once() {
    let found = clashes(vec![
        booking(1, 600, 3, "山野 歩"),
        booking(2, 630, 3, ""),
        booking(3, 630, 4, "山野　歩"),
        booking(4, 660, 3, ""),
        booking(5, 630, 0, ""),
        booking(1, 630, 3, ""),
    ]);
    let pairs: Vec<(Both, i64, i64)> = found
        .iter()
        .map(|clash| (clash.both, clash.one.series.0, clash.other.series.0))
        .collect();
    assert_eq!(
        pairs,
        [
            (Both::Place, 1, 2),
            (Both::Teacher, 1, 3),
            (Both::Place, 1, 2),
            (Both::Place, 1, 4),
            (Both::Place, 2, 4),
        ]
    );
    let called_off = CourseDay {
        state: State::Off,
        ..day(1, date(2026, 6, 5))
    };
    assert_eq!(bookings(&[called_off]).count(), 0);
}

#[test]
fn months_and_years_are_those_of_a_calendar() {
    let june = Month::from_code("2026-06").unwrap();
    let weeks = june.weeks();
    assert_eq!(weeks[0][1], Some(date(2026, 6, 1)), "a Monday");
    assert_eq!((weeks.len(), weeks[4][2]), (5, Some(date(2026, 6, 30))));
    assert_eq!(june.weeks().into_iter().flatten().flatten().count(), 30);
    assert_eq!(
        (june.before().code(), june.next().code()),
        ("2026-05".to_owned(), "2026-07".to_owned())
    );
    // A month that begins on Sunday has no empty week before it.
    assert_eq!(Month::from_code("2026-02").unwrap().weeks().len(), 4);
    for bad in ["", "2026", "2026-13", "1-1", "9999-12", "2026-00"] {
        assert_eq!(Month::from_code(bad), None, "{bad}");
    }
    assert_eq!(Year::of(date(2027, 3, 31)), Year::of(date(2026, 4, 1)));
    assert_eq!(Year::of(date(2026, 4, 1)).next().first(), date(2027, 4, 1));
}

fn around() -> Surround {
    Surround {
        town: "みなみ町見守りネットワーク".to_owned(),
        short: "minami".to_owned(),
        code: "131113".to_owned(),
        phone: "03-0123-4567".to_owned(),
        page: "https://mimamori.example.jp/c/minami".to_owned(),
    }
}

#[test]
fn nobody_reads_a_teacher_a_note_or_a_course_that_are_not_for_everybody() {
    let one = shown(&day(1, date(2026, 6, 5)), &[hall()], &[], date(2026, 6, 1)).unwrap();
    let all = format!(
        "{}{:?}{:?}",
        feed(&around(), std::slice::from_ref(&one)),
        table(&around(), std::slice::from_ref(&one)),
        one.lines()
    );
    for secret in ["山野", "鍵は"] {
        assert!(!all.contains(secret), "{secret}");
    }
    let mut told = day(1, date(2026, 6, 5));
    told.details.teacher_shown = true;
    let on = |today| shown(&told, &[hall()], &[], today).unwrap().teacher;
    assert_eq!(on(date(2026, 6, 5)), "山野 歩");
    assert_eq!(on(date(2026, 6, 6)), "", "nobody needs it any more");
    let mut inside = day(1, date(2026, 6, 5));
    inside.details.shown = false;
    assert!(shown(&inside, &[hall()], &[], date(2026, 6, 1)).is_none());
    let ended = CourseDay {
        state: State::Ended,
        ..day(1, date(2026, 6, 5))
    };
    assert!(shown(&ended, &[hall()], &[], date(2026, 6, 1)).is_none());
}

#[test]
fn the_feed_folds_at_75_octets_and_says_what_is_called_off_or_moved() {
    let mut off = day(1, date(2026, 6, 5));
    off.details.about = "a;b,c\\d\n二行目".repeat(20);
    off.call_off(Off {
        reason: Reason::Heat,
        words: "35度の予報".to_owned(),
        told: "全員に電話".to_owned(),
    })
    .unwrap();
    let mut moved = day(2, date(2026, 6, 12));
    moved.shift(to(date(2026, 6, 15)), now()).unwrap();
    let days: Vec<Shown> = [&off, &moved]
        .into_iter()
        .filter_map(|day| shown(day, &[hall()], &[], date(2026, 6, 1)))
        .collect();
    let text = feed(&around(), &days);
    assert!(
        text.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n'))
    );
    let whole = text.replace("\r\n ", "");
    for wanted in [
        "SUMMARY:【中止】公園体操",
        "STATUS:CANCELLED",
        "DTSTART;TZID=Asia/Tokyo:20260615T100000",
        "DTEND;TZID=Asia/Tokyo:20260615T110000",
        "6月12日（金） 10:00から変わりました（会場の工事のため）",
        "a\\;b\\,c\\\\d\\n二行目",
        "UID:0000000000000001@minami.mimamori",
    ] {
        assert!(whole.contains(wanted), "{wanted}\n{whole}");
    }
    assert!(!whole.contains("全員に電話"));
    // A feed that is subscribed to is no invitation: METHOD asks for an ORGANIZER (RFC 5546, 3.2.1).
    assert!(!whole.contains("METHOD:"));
    let webcal = "webcal://mimamori.example.jp/c/minami/courses.ics";
    assert_eq!(around().webcal(), webcal);
}

#[test]
fn the_file_has_the_columns_of_the_form() {
    let one = shown(&day(1, date(2026, 6, 5)), &[hall()], &[], date(2026, 6, 1)).unwrap();
    let rows = table(&around(), &[one]);
    let cell = |name: &str| {
        let at = rows[0].iter().position(|column| column == name).unwrap();
        rows[1][at].as_str()
    };
    assert_eq!(rows[0].len(), rows[1].len());
    assert_eq!(cell("都道府県名"), "東京都");
    assert_eq!(
        (cell("開始日"), cell("開始時間"), cell("終了時間")),
        ("2026-06-05", "10:00", "11:00")
    );
    assert_eq!(
        (cell("料金(基本)"), cell("定員"), cell("参加申込方法")),
        ("0", "30", "申込不要")
    );
    assert_eq!(cell("主催者"), "サポーター");
}
