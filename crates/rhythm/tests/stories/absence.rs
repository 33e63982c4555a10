use crate::hand::*;
use rhythm::*;

/// Weekly for two years, then eight weeks of nothing.
const STOP: Day = TODAY - 56;

fn stopped() -> Facts {
    let mut facts = town(1, 1);
    visit(&mut facts, 0, 0, |day| day < STOP);
    facts
}

#[test]
fn whoever_came_weekly_and_stops_is_listed_with_the_first_missed_day() {
    let facts = stopped();
    let finding = change(&facts, 0).unwrap();
    assert_eq!(finding.lines[0].onset, STOP);
    assert!(finding.sum > 3.0, "{finding:?}");
    let gap = line(&facts, 0, Signal::Gap).unwrap();
    let Numbers::Gap {
        last_visit,
        missed,
        longest_before,
        usual_a_month,
    } = gap.numbers
    else {
        panic!("{gap:?}")
    };
    assert_eq!(last_visit, STOP - 7);
    assert!((7.2..8.1).contains(&missed), "{missed}");
    assert_eq!(longest_before, 0.0);
    assert!((4.2..4.4).contains(&usual_a_month), "{usual_a_month}");
    assert!(listed(&facts, 0));
}

#[test]
fn as_always_is_no_change() {
    let mut facts = town(1, 1);
    visit(&mut facts, 0, 0, |_| true);
    assert!(!listed(&facts, 0));
    assert_eq!(change(&facts, 0), None);
}

#[test]
fn away_told_ahead_is_taken_out() {
    let mut facts = stopped();
    facts.aways.push(Away {
        person: 0,
        first: STOP,
        last: TODAY + 30,
    });
    assert_eq!(change(&facts, 0), None);
    // Somebody else's absence explains nothing.
    facts.aways[0].person = 1;
    facts.people = 2;
    assert!(listed(&facts, 0));
}

#[test]
fn back_from_the_hospital_and_not_seen_is_listed_from_then_on() {
    let mut facts = stopped();
    facts.aways.push(Away {
        person: 0,
        first: STOP,
        last: STOP + 10,
    });
    assert_eq!(line(&facts, 0, Signal::Gap).unwrap().onset, STOP + 14);
}

#[test]
fn whoever_is_seen_again_is_no_longer_away() {
    let mut facts = town(1, 1);
    let away = |day: Day| (TODAY - 140..TODAY - 112).contains(&day);
    visit(&mut facts, 0, 0, |day| !away(day) && day < STOP);
    facts.aways.push(Away {
        person: 0,
        first: TODAY - 140,
        last: TODAY + 30,
    });
    assert_eq!(line(&facts, 0, Signal::Gap).unwrap().onset, STOP);
    // Who tells it at the door on the first day has not come back.
    facts.aways[0].first = STOP - 7;
    assert_eq!(change(&facts, 0), None);
}

#[test]
fn courses_called_off_are_taken_out() {
    let mut facts = stopped();
    since_stop(&mut facts, |meeting| meeting.roll = Roll::CalledOff);
    assert_eq!(change(&facts, 0), None);
}

#[test]
fn no_roll_is_never_absent() {
    let mut facts = stopped();
    since_stop(&mut facts, |meeting| meeting.roll = Roll::NotRecorded);
    assert_eq!(change(&facts, 0), None);
}

#[test]
fn a_closed_house_is_taken_out() {
    let mut facts = stopped();
    facts.meetings.retain(|meeting| meeting.day < STOP);
    assert_eq!(change(&facts, 0), None);
}

fn since_stop(facts: &mut Facts, deed: impl Fn(&mut Meeting)) {
    facts
        .meetings
        .iter_mut()
        .filter(|meeting| meeting.day >= STOP)
        .for_each(deed);
}

/// Four weeks of which three are missed; the others stay away, too, or do not.
fn ebb(others_stay_away: bool) -> Facts {
    let mut facts = town(121, 1);
    visit(&mut facts, 0, 0, |day| day < TODAY - 35);
    for person in 1..121 {
        visit(&mut facts, person, 0, |day| {
            !others_stay_away || day < TODAY - 35 || person % 12 == 0
        });
    }
    facts
}

#[test]
fn the_towns_ebb_is_taken_out() {
    assert!(listed(&ebb(false), 0));
    let facts = ebb(true);
    assert!(!listed(&facts, 0));
    let book = Book::read(&facts, TODAY).unwrap();
    assert!(book.tide().on(TODAY - 60) > 0.95);
    assert!(book.tide().on(TODAY - 20) < 0.35);
    assert_eq!(book.tide().on(TODAY + 4_000), 1.0);
}

#[test]
fn one_persons_absence_makes_no_ebb() {
    assert!(Book::read(&stopped(), TODAY).unwrap().tide().on(TODAY - 20) > 0.95);
}

#[test]
fn moving_from_one_course_to_another_is_no_decline() {
    let mut facts = town(1, 2);
    visit(&mut facts, 0, 0, |day| day < STOP);
    assert!(listed(&facts, 0));
    visit(&mut facts, 0, 1, |day| day >= STOP);
    assert!(!listed(&facts, 0));
}

#[test]
fn a_course_that_ended_is_nobodys_decline() {
    let mut facts = town(1, 2);
    visit(&mut facts, 0, 0, |day| day < STOP);
    facts
        .meetings
        .retain(|meeting| meeting.course == 1 || meeting.day < STOP);
    facts.visits.clear();
    visit(&mut facts, 0, 0, |_| true);
    assert!(!listed(&facts, 0));
}

#[test]
fn a_pause_at_this_time_of_last_year_is_a_season() {
    // The same five weeks of pause, once in the season of today's absence and once elsewhere.
    let paused_before = |weeks_earlier: Day| {
        let mut facts = town(1, 1);
        let first = STOP - 7 * weeks_earlier;
        let comes = |day: Day| day < STOP && !(first..first + 35).contains(&day);
        visit(&mut facts, 0, 0, comes);
        (
            line(&facts, 0, Signal::Gap).map_or(0.0, |l| l.evidence),
            listed(&facts, 0),
        )
    };
    let (in_this_season, there) = paused_before(51);
    let (in_another, there_then) = paused_before(30);
    assert!(
        in_this_season + 1.0 < in_another,
        "{in_this_season} {in_another}"
    );
    assert!(!there && there_then);
}

#[test]
fn who_often_pauses_is_believed_to_pause() {
    let steady = change(&stopped(), 0).unwrap().sum;
    let mut facts = town(1, 1);
    visit(&mut facts, 0, 0, |day| day < STOP && day % 98 < 49);
    let in_bouts = change(&facts, 0).map_or(0.0, |f| f.sum);
    assert!(in_bouts < steady - 2.0, "{in_bouts} {steady}");
}

#[test]
fn pauses_of_all_years_are_the_own_ones() {
    let gap = |comes: &dyn Fn(Day) -> bool| {
        let mut facts = town(1, 1);
        visit(&mut facts, 0, 0, |day| day < STOP && comes(day));
        line(&facts, 0, Signal::Gap).unwrap()
    };
    // All of it before the year that is compared.
    let steady = gap(&|_| true).evidence;
    let paused = gap(&|day| !(70..126).contains(&day));
    assert!(paused.evidence < steady - 1.0, "{paused:?} {steady}");
    let Numbers::Gap { longest_before, .. } = paused.numbers else {
        panic!("{paused:?}")
    };
    assert!((5.0..8.1).contains(&longest_before), "{longest_before}");
    // Whoever came every fourth week at first did not pause between.
    let grew = gap(&|day| day >= 238 || day % 28 == 0).evidence;
    assert!(grew > steady - 0.3, "{grew} {steady}");
}

#[test]
fn after_eight_weeks_a_longer_absence_says_no_more() {
    let gap = |weeks: Day| {
        let mut facts = town(1, 1);
        visit(&mut facts, 0, 0, |day| day < TODAY - 7 * weeks);
        line(&facts, 0, Signal::Gap).unwrap().evidence
    };
    assert!(gap(4) < gap(8) && gap(8) <= gap(10));
    assert!((gap(10) - gap(17)).abs() < 0.11, "{} {}", gap(10), gap(17));
}

#[test]
fn time_told_away_and_a_closed_house_are_no_half_year_of_absence() {
    let mut facts = town(1, 1);
    let closed = |day: Day| (TODAY - 263..STOP).contains(&day);
    visit(&mut facts, 0, 0, |day| day < TODAY - 263);
    let gone = change(&facts, 0);
    assert_eq!(gone, None, "nothing explains it: long gone");
    let mut told = facts.clone();
    told.aways.push(Away {
        person: 0,
        first: TODAY - 263,
        last: STOP - 1,
    });
    assert_eq!(change(&told, 0).unwrap().lines[0].onset, STOP);
    // Four weeks away, again and again, with a week at home between.
    let mut often = facts.clone();
    often.aways.extend((0..6).map(|time| Away {
        person: 0,
        first: TODAY - 263 + 35 * time,
        last: TODAY - 263 + 35 * time + 27,
    }));
    assert!(change(&often, 0).is_some());
    facts.meetings.iter_mut().for_each(|m| {
        if closed(m.day) {
            m.roll = Roll::CalledOff;
        }
    });
    assert_eq!(change(&facts, 0).unwrap().lines[0].onset, STOP);
}

#[test]
fn a_slow_fade_is_less_before_it_is_a_gap() {
    let mut facts = town(1, 3);
    for course in 0..3 {
        // Every week, then every third week of each course.
        visit(&mut facts, 0, course, |day| {
            day < TODAY - 84 || (day / 7) as u32 % 3 == course
        });
    }
    let less = line(&facts, 0, Signal::Less).unwrap();
    assert!(less.evidence > 2.0, "{less:?}");
    assert!((TODAY - 98..=TODAY - 63).contains(&less.onset), "{less:?}");
    let Numbers::Less { came, expected, .. } = less.numbers else {
        panic!("{less:?}")
    };
    assert!(f64::from(came) < 0.5 * expected, "{less:?}");
    assert_eq!(line(&facts, 0, Signal::Gap), None);
}

#[test]
fn whoever_is_back_counts_less() {
    let mut facts = town(1, 2);
    for course in 0..2 {
        visit(&mut facts, 0, course, |day| {
            !(TODAY - 84..TODAY - 28).contains(&day)
        });
    }
    let back = line(&facts, 0, Signal::Less).map_or(0.0, |l| l.evidence);
    facts.visits.clear();
    for course in 0..2 {
        visit(&mut facts, 0, course, |day| {
            !(TODAY - 56..TODAY).contains(&day)
        });
    }
    let gone = line(&facts, 0, Signal::Less).unwrap().evidence;
    assert!(back + 1.5 < gone, "{back} {gone}");
}

#[test]
fn too_little_known_and_long_gone_are_no_findings() {
    let look = |comes: fn(Day) -> bool| {
        let mut facts = town(1, 1);
        visit(&mut facts, 0, 0, comes);
        Book::read(&facts, TODAY)
            .unwrap()
            .look(&Thresholds::default(), 0, TODAY)
    };
    assert_eq!(look(|_| false), Outcome::TooLittleKnown);
    // Ten weeks, then nothing: too short to have a usual.
    assert_eq!(
        look(|day| (TODAY - 98..TODAY - 28).contains(&day)),
        Outcome::TooLittleKnown
    );
    // Five visits in a year.
    assert_eq!(
        look(|day| day % 70 == 0 && day < TODAY - 126),
        Outcome::TooLittleKnown
    );
    assert_eq!(
        look(|day| day < TODAY - 190),
        Outcome::LongGone {
            last_visit: TODAY - 196
        }
    );
    assert!(matches!(look(|day| day < TODAY - 120), Outcome::Change(_)));
}

#[test]
fn a_card_read_where_nobody_called_the_roll_is_no_usual() {
    let mut facts = town(1, 1);
    // Ten visits, five of them on days without a roll.
    visit(&mut facts, 0, 0, |day| {
        (TODAY - 210..TODAY - 140).contains(&day)
    });
    let look = |facts: &Facts| {
        Book::read(facts, TODAY).unwrap().look(
            &Thresholds {
                look_weeks: 4,
                ..Thresholds::default()
            },
            0,
            TODAY,
        )
    };
    assert_ne!(look(&facts), Outcome::TooLittleKnown);
    for meeting in facts.meetings.iter_mut().filter(|m| m.day / 7 % 2 == 0) {
        meeting.roll = Roll::NotRecorded;
    }
    assert_eq!(look(&facts), Outcome::TooLittleKnown);
}

#[test]
fn one_absence_is_counted_once_and_the_lines_add_up() {
    let finding = change(&stopped(), 0).unwrap();
    let counted: Vec<f64> = finding.lines.iter().map(|l| l.counted).collect();
    assert_eq!(finding.lines.len(), 2);
    // Eight weeks old: 0.1 for each thirty days.
    assert_eq!(finding.old, 0.2);
    assert!((counted[0] - finding.old - finding.sum).abs() < 1e-9);
    assert_eq!(counted[1], 0.0);
}
