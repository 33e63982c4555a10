#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use proptest::prelude::*;

type Problem = TagNumberProblem;

fn number(body: u32) -> TagNumber {
    TagNumber::from_body(body).unwrap()
}

/// Every text that differs from `digits` in one place.
fn wrong_digits(digits: &str) -> impl Iterator<Item = String> {
    (0..LENGTH).flat_map(move |at| {
        ('0'..='9')
            .filter(move |c| !digits[at..].starts_with(*c))
            .map(move |c| format!("{}{c}{}", &digits[..at], &digits[at + 1..]))
    })
}

/// Every text made by swapping two different neighbours of `digits`.
fn swaps(digits: &str) -> impl Iterator<Item = String> {
    let bytes = digits.as_bytes();
    (1..LENGTH)
        .filter(|at| bytes[at - 1] != bytes[*at])
        .map(move |at| {
            let mut swapped: Vec<char> = digits.chars().collect();
            swapped.swap(at - 1, at);
            swapped.into_iter().collect()
        })
}

fn all_slips_are_refused(number: TagNumber) {
    let digits = number.digits();
    assert_eq!(TagNumber::parse(&digits), Ok(number));
    for slip in wrong_digits(&digits).chain(swaps(&digits)) {
        assert!(TagNumber::parse(&slip).is_err());
    }
}

/// The whole proof: an accepted number leaves 1 when divided by 97, and no
/// slip in any of the eleven places changes it by a multiple of 97.
#[test]
fn no_single_slip_keeps_the_remainder() {
    for place in 0..11 {
        for difference in 1..=9_u64 {
            assert_ne!(difference * 10_u64.pow(place) % 97, 0);
        }
    }
    for place in 0..10 {
        for difference in 1..=9_u64 {
            let swap = difference * 10_u64.pow(place + 1) - difference * 10_u64.pow(place);
            assert_ne!(swap % 97, 0);
        }
    }
}

#[test]
fn every_remainder_of_a_body_is_tried() {
    for body in 100_000_000..100_000_097 {
        let number = number(body);
        assert_eq!(number.0 % 97, 1);
        all_slips_are_refused(number);
    }
}

proptest! {
    #[test]
    fn slips_in_random_numbers_are_refused(body in 100_000_000_u32..1_000_000_000) {
        prop_assert_eq!(number(body).0 % 97, 1);
        all_slips_are_refused(number(body));
    }

    #[test]
    fn what_is_spoken_or_printed_is_read_back(body in 100_000_000_u32..1_000_000_000) {
        let number = number(body);
        prop_assert_eq!(TagNumber::parse(&number.spoken()), Ok(number));
        prop_assert_eq!(TagNumber::parse(&number.to_string()), Ok(number));
    }

    #[test]
    fn whatever_is_typed_never_panics(text in ".{0,20}") {
        let _ = TagNumber::parse(&text);
    }
}

#[test]
fn check_digits_known_from_the_standard() {
    // The example of ISO/IEC 7064 for MOD 97-10: 794 carries 44.
    assert_eq!(check(794), 44);
}

#[test]
fn each_problem_is_told_apart() {
    let good = number(123_456_789).digits();
    assert!(matches!(
        TagNumber::parse("123-4567"),
        Err(Problem::TooShort { .. })
    ));
    assert!(matches!(
        TagNumber::parse(&format!("{good}0")),
        Err(Problem::TooLong { .. })
    ));
    assert!(matches!(
        TagNumber::parse("01234567890"),
        Err(Problem::LeadingZero { .. })
    ));
    let wrong = format!("2{}", &good[1..]);
    assert_eq!(
        TagNumber::parse(&wrong),
        Err(Problem::Misread { typed: wrong })
    );
    let unreadable = TagNumber::parse("１２x3").unwrap_err();
    assert!(matches!(
        unreadable,
        Problem::Unreadable { character: 'x', .. }
    ));
    assert_eq!(unreadable.typed(), "123");
}

#[test]
fn only_one_of_two_congruent_endings_is_right() {
    for body in 100_000_000..100_000_097 {
        let right = number(body).digits();
        let also_one = |ending: &u64| (u64::from(body) * 100 + ending) % 97 == 1;
        for ending in (0..100).filter(also_one) {
            let text = format!("{body}{ending:02}");
            assert_eq!(TagNumber::parse(&text).is_ok(), text == right);
        }
    }
}

#[test]
fn bodies_have_nine_digits() {
    assert_eq!(TagNumber::from_body(99_999_999), None);
    assert_eq!(TagNumber::from_body(1_000_000_000), None);
}

#[test]
fn groups_are_those_of_the_tag() {
    assert_eq!(grouped("12345678901"), "123-4567-8901");
    assert_eq!(grouped("12345"), "123-45");
    assert_eq!(grouped("123456789012"), "123-4567-8901-2");
    assert_eq!(grouped(""), "");
}

#[test]
fn speech_avoids_words_that_sound_alike() {
    let spoken = number(107_498_652).spoken();
    assert!(spoken.starts_with("いち ゼロ なな、よん きゅう はち ろく、ご に "));
}

#[test]
fn debug_hides_the_number() {
    let number = number(123_456_789);
    let problem = TagNumber::parse("123").unwrap_err();
    for shown in [
        format!("{number:?}"),
        format!("{problem:?}"),
        problem.to_string(),
    ] {
        assert!(!shown.contains("123"), "{shown}");
    }
}
