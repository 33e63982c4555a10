//! How days are counted, and what a step needs.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::civil::date;

use super::*;

const NURSE: Option<StaffId> = Some(StaffId(1));

fn path(base: Base, began: Date) -> Path {
    let new = New {
        plan: base.plan(),
        began,
        case: None,
    };
    Path::begin(
        RowId(1),
        PersonId(2),
        &new,
        Timestamp::UNIX_EPOCH,
        StaffId(1),
    )
}

fn said(outcome: &str) -> Said {
    Said {
        outcome: outcome.to_owned(),
        ..Said::default()
    }
}

/// A certification that was applied for on April 1st and is ready for its notice.
fn judged() -> Path {
    let mut path = path(Base::Certification, date(2026, 3, 25));
    let day = date(2026, 4, 1);
    path.do_step(0, day, said("center"), (day, NURSE)).unwrap();
    for at in 1..5 {
        path.do_step(at, day, Said::default(), (day, NURSE))
            .unwrap();
    }
    path
}

#[test]
fn thirty_days_are_counted_from_the_application() {
    let mut path = path(Base::Certification, date(2026, 3, 25));
    assert_eq!(path.due(0), Some(date(2026, 4, 8)));
    assert_eq!(
        (path.due(1), path.due(5), path.notice_by()),
        (None, None, None)
    );
    let day = date(2026, 4, 1);
    let wrong = path.do_step(0, day, said("neighbour"), (day, NURSE));
    assert!(matches!(wrong, Err(Refusal::NoOutcome)));
    path.do_step(0, day, said("family"), (day, NURSE)).unwrap();
    assert_eq!(path.due(1), Some(date(2026, 4, 15)));
    assert_eq!(path.due(5), Some(date(2026, 5, 1)));
    assert_eq!(path.notice_by(), Some(date(2026, 5, 1)));
    // The interview and the doctor's opinion go on side by side: the earlier day comes first.
    path.put_off(1, date(2026, 4, 20), "入院中".to_owned(), day)
        .unwrap();
    assert_eq!(path.next_due(), Some((2, date(2026, 4, 15))));
    assert_eq!(path.current(), Some(1));
}

#[test]
fn a_late_notice_needs_its_reason_and_a_level_its_term() {
    let last = date(2026, 5, 1);
    let level = |words: &str, term| Said {
        outcome: "care_2".to_owned(),
        words: words.to_owned(),
        term,
    };
    let term = Some((date(2026, 4, 1), date(2027, 3, 31)));
    let mut path = judged();
    let none = path.do_step(5, last, level("", None), (last, NURSE));
    assert!(matches!(none, Err(Refusal::NoTerm)));
    let turned = Some((date(2027, 3, 31), date(2026, 4, 1)));
    let turned = path.do_step(5, last, level("", turned), (last, NURSE));
    assert!(matches!(turned, Err(Refusal::NoTerm)));
    let mut late = path.clone();
    path.do_step(5, last, level("", term), (last, NURSE))
        .unwrap();
    assert_eq!((path.state, path.ended), (State::Done, Some(last)));
    assert_eq!(path.renew_on, Some(date(2027, 1, 30)));
    let day = date(2026, 5, 2);
    let silent = late.do_step(5, day, level("", term), (day, NURSE));
    assert!(matches!(silent, Err(Refusal::NoReasonForDelay)));
    let mut put_off = late.clone();
    late.do_step(5, day, level("意見書が遅れたため", term), (day, NURSE))
        .unwrap();
    put_off
        .put_off(5, day, "意見書が遅れる".to_owned(), last)
        .unwrap();
    put_off
        .do_step(5, day, level("", term), (day, NURSE))
        .unwrap();
}

#[test]
fn not_eligible_has_no_term_and_nothing_to_renew() {
    let mut path = judged();
    let day = date(2026, 4, 20);
    path.do_step(5, day, said("not_eligible"), (day, NURSE))
        .unwrap();
    assert_eq!((path.state, path.renew_on), (State::Done, None));
    path.undo_step(5).unwrap();
    assert_eq!(
        (path.state, path.ended, path.current()),
        (State::Open, None, Some(5))
    );
}

#[test]
fn what_is_late_and_what_stands_still_is_seen() {
    let began = date(2026, 4, 1);
    let mut path = path(Base::Guardianship, began);
    assert_eq!(path.seen(began), Seen::Due(30));
    assert_eq!(path.seen(date(2026, 5, 1)), Seen::Due(0));
    assert_eq!(path.seen(date(2026, 5, 2)), Seen::Late(1));
    path.put_off(
        0,
        date(2026, 12, 1),
        "ご家族の返事待ち".to_owned(),
        date(2026, 5, 2),
    )
    .unwrap();
    assert_eq!(path.seen(date(2026, 5, 3)), Seen::Due(212));
    assert_eq!(path.seen(date(2026, 6, 2)), Seen::Still(31));
    path.stop("施設に入られた".to_owned(), date(2026, 6, 3))
        .unwrap();
    assert_eq!(
        (path.seen(date(2027, 1, 1)), path.next_due()),
        (Seen::Over, None)
    );
    let again = path.do_step(0, began, Said::default(), (began, NURSE));
    assert!(matches!(again, Err(Refusal::IsOver)));
}

#[test]
fn the_day_of_the_written_contract_is_the_first_of_eight() {
    let (paper, today) = (date(2026, 4, 1), date(2026, 4, 6));
    let mut path = path(Base::Fraud, today);
    let cooling = |path: &Path| {
        let at = path.steps.iter().position(|of| of.plan.code == "cooling");
        path.due(at.unwrap())
    };
    assert_eq!(cooling(&path), None);
    assert_eq!(path.next_due(), Some((0, today)), "asked for at once");
    path.do_step(0, paper, Said::default(), (today, NURSE))
        .unwrap();
    assert_eq!(cooling(&path), Some(date(2026, 4, 8)));
    let early = path.do_step(1, paper, Said::default(), (today, NURSE));
    assert!(matches!(early, Err(Refusal::TooEarly)));
}

#[test]
fn a_dismissed_petition_ends_the_path_and_may_be_undone() {
    let day = date(2026, 4, 1);
    let mut path = path(Base::Guardianship, day);
    let at = |path: &Path, code: &str| path.steps.iter().position(|of| of.plan.code == code);
    assert!(at(&path, "sheet") < at(&path, "certificate"));
    let judgement = at(&path, "judgement").unwrap();
    path.do_step(judgement, day, said("dismissed"), (day, NURSE))
        .unwrap();
    assert_eq!((path.state, path.ended), (State::Done, Some(day)));
    assert_eq!(path.next_due(), None);
    path.undo_step(judgement).unwrap();
    assert_eq!((path.state, path.ended), (State::Open, None));
}

#[test]
fn a_delay_that_was_over_before_is_no_reason_for_a_late_notice() {
    let mut path = judged();
    let (told, day) = (date(2026, 4, 10), date(2026, 5, 2));
    path.put_off(5, date(2026, 4, 20), "調査員の都合".to_owned(), told)
        .unwrap();
    let level = Said {
        term: Some((told, date(2027, 3, 31))),
        ..said("care_2")
    };
    let late = path.do_step(5, day, level, (day, NURSE));
    assert!(matches!(late, Err(Refusal::NoReasonForDelay)));
}

#[test]
fn days_ahead_before_the_beginning_and_without_a_reason_are_refused() {
    let (began, today) = (date(2026, 4, 1), date(2026, 4, 10));
    let mut path = path(Base::Alarm, began);
    let mut on = |day| path.do_step(0, day, Said::default(), (today, NURSE));
    assert!(matches!(on(date(2026, 4, 11)), Err(Refusal::Ahead)));
    assert!(matches!(on(date(2026, 3, 31)), Err(Refusal::TooEarly)));
    let none = path.skip_step(0, String::new(), (today, NURSE));
    assert!(matches!(none, Err(Refusal::NoWords)));
    let past = path.put_off(0, date(2026, 4, 9), "a".to_owned(), today);
    assert!(matches!(past, Err(Refusal::TooEarly)));
    assert!(matches!(
        path.skip_step(9, "a".to_owned(), (today, NURSE)),
        Err(Refusal::NotFound)
    ));
    path.skip_step(0, "前に確かめてある".to_owned(), (today, NURSE))
        .unwrap();
    assert_eq!(
        path.due(1),
        Some(date(2026, 4, 24)),
        "counted from the day it was skipped"
    );
}
