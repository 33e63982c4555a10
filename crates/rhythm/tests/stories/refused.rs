use crate::hand::*;
use rhythm::*;

fn fault(spoil: impl Fn(&mut Facts)) -> Option<Fault> {
    let mut facts = town(1, 1);
    visit(&mut facts, 0, 0, |_| true);
    spoil(&mut facts);
    Book::read(&facts, TODAY).err()
}

#[test]
fn facts_that_do_not_hold_together_are_refused_with_the_reason() {
    let sign_up = |person, meeting| SignUp {
        person,
        meeting,
        given_back: false,
    };
    assert_eq!(fault(|_| {}), None);
    assert_eq!(
        fault(|f| f.people = u32::MAX),
        Some(Fault::TooManyPeople(5_000_000))
    );
    assert_eq!(
        fault(|f| f.courses = u32::MAX),
        Some(Fault::TooManyCourses(1_000_000))
    );
    assert_eq!(
        fault(|f| f.meetings[0].day = i32::MIN),
        Some(Fault::DayOutOfRange)
    );
    assert_eq!(
        fault(|f| f.meetings[0].day = -20_000),
        Some(Fault::DayOutOfRange)
    );
    assert_eq!(
        fault(|f| f.meetings.swap(3, 4)),
        Some(Fault::MeetingsOutOfOrder(4))
    );
    assert_eq!(
        fault(|f| f.meetings[2].course = 1),
        Some(Fault::NoSuchCourse(2))
    );
    assert_eq!(fault(|f| f.visits[0].person = 1), Some(Fault::NoSuchPerson));
    assert_eq!(
        fault(|f| f.visits[0].meeting = 9_999),
        Some(Fault::NoSuchMeeting)
    );
    assert_eq!(
        fault(|f| f.sign_ups.push(sign_up(7, 0))),
        Some(Fault::NoSuchPerson)
    );
    assert_eq!(
        fault(|f| f.sign_ups.push(sign_up(0, 9_999))),
        Some(Fault::NoSuchMeeting)
    );
    assert_eq!(
        fault(|f| f.consents[0].person = 1),
        Some(Fault::NoSuchPerson)
    );
    assert_eq!(
        fault(|f| f.gone.push(Gone { person: 1, from: 0 })),
        Some(Fault::NoSuchPerson)
    );
    let away = |person, first, last| Away {
        person,
        first,
        last,
    };
    assert_eq!(
        fault(|f| f.aways.push(away(1, 0, 1))),
        Some(Fault::NoSuchPerson)
    );
    assert_eq!(
        fault(|f| f.aways.push(away(0, 2, 1))),
        Some(Fault::AwayBackwards)
    );
    assert_eq!(fault(|f| f.aways.push(away(0, i32::MIN, i32::MAX))), None);
}

#[test]
fn thresholds_and_days_out_of_range_are_refused() {
    let facts = town(1, 1);
    let lists = |t: Thresholds, last| watch_with(&facts, &t, TODAY, last, 5);
    let usual = Thresholds::default;
    assert_eq!(lists(usual(), TODAY), Ok(vec![]));
    assert_eq!(lists(usual(), i32::MAX), Err(Fault::DayOutOfRange));
    let wrong = Thresholds {
        look_weeks: 0,
        ..usual()
    };
    assert_eq!(lists(wrong, TODAY), Err(Fault::Threshold("look_weeks")));
    let wrong = Thresholds {
        pause_days: f64::NAN,
        ..usual()
    };
    assert_eq!(lists(wrong, TODAY), Err(Fault::Threshold("pause_days")));
    for (together, name) in [
        (
            Thresholds {
                base_weeks: 20,
                least_base_weeks: 21,
                ..usual()
            },
            "least_base_weeks, more than base_weeks",
        ),
        (
            Thresholds {
                base_weeks: 12,
                least_visits: 85,
                ..usual()
            },
            "least_visits, more than one a day of base_weeks",
        ),
        (
            Thresholds {
                least_sum: 4.3,
                ..usual()
            },
            "least_sum, so high that nobody is ever listed",
        ),
    ] {
        assert_eq!(lists(together, TODAY), Err(Fault::Threshold(name)));
    }
    let book = Book::read(&facts, TODAY).unwrap();
    assert_eq!(book.look(&usual(), 9, TODAY), Outcome::TooLittleKnown);
    assert_eq!(book.look(&usual(), 0, i32::MAX), Outcome::TooLittleKnown);
    assert!(Book::read(&facts, i32::MIN).is_err());
}

#[test]
fn nothing_at_all_is_no_fault() {
    assert_eq!(watch(&Facts::default(), TODAY, TODAY, 5), []);
}

#[test]
fn consent_holds_by_day_and_by_signal() {
    let look = |consents: Vec<Consent>| {
        let mut facts = town(1, 1);
        visit(&mut facts, 0, 0, |day| day < TODAY - 56);
        facts.consents = consents;
        Book::read(&facts, TODAY)
            .unwrap()
            .look(&Thresholds::default(), 0, TODAY)
    };
    let less = Consent {
        person: 0,
        signal: Signal::Less,
        from: TODAY,
        until: None,
    };
    assert_eq!(look(vec![]), Outcome::NotAgreed);
    let Outcome::Change(finding) = look(vec![less]) else {
        panic!("agreed from today")
    };
    assert!(finding.lines.iter().all(|l| l.signal == Signal::Less));
    assert_eq!(
        look(vec![Consent {
            from: TODAY + 1,
            ..less
        }]),
        Outcome::NotAgreed
    );
    assert_eq!(
        look(vec![Consent {
            from: 0,
            until: Some(TODAY),
            ..less
        }]),
        Outcome::NotAgreed
    );
    let later = Consent {
        from: 0,
        until: Some(TODAY + 1),
        ..less
    };
    assert!(matches!(look(vec![later]), Outcome::Change(_)));
    let gap = Consent {
        signal: Signal::Gap,
        ..less
    };
    let Outcome::Change(finding) = look(vec![gap]) else {
        panic!("agreed to gaps")
    };
    assert!(finding.lines.iter().all(|l| l.signal == Signal::Gap));
}
