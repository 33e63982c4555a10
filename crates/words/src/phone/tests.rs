#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> String {
    Phone::parse(text).unwrap().to_string()
}

#[test]
fn any_notation_is_the_same_number() {
    for text in [
        "09007933584",
        "090-0793-3584",
        "090(0793)3584",
        "０９０－０７９３－３５８４",
        "０９０（０７９３）３５８４",
        "(090) 0793 3584",
        "+81-90-0793-3584",
        "+81 (0)90 0793 3584",
        "〇九〇ー〇七九三ー三五八四",
        "090の0793の3584",
    ] {
        assert_eq!(shown(text), "090-0793-3584", "{text}");
    }
    for text in [
        "0301887191",
        "03-0188-7191",
        "+81301887191",
        "03（0188）7191",
        "℡03-0188-7191",
    ] {
        assert_eq!(shown(text), "03-0188-7191", "{text}");
    }
}

#[test]
fn grouping_follows_prefix_then_writer() {
    assert_eq!(shown("0120000123"), "0120-000-123");
    assert_eq!(shown("08000001234"), "0800-000-1234");
    assert_eq!(shown("0570-000-123"), "0570-000-123");
    assert_eq!(shown("0276(00)1234"), "0276-00-1234");
    assert_eq!(shown("09969-0-1234"), "09969-0-1234");
    assert_eq!(shown("0450001234"), "045-000-1234");
    assert_eq!(shown("090-07933-584"), "090-0793-3584");
}

#[test]
fn an_extension_is_kept() {
    for text in [
        "03-0188-7191 内線12",
        "03-0188-7191（内線１２）",
        "03-0188-7191(内)12",
    ] {
        let phone = Phone::parse(text).unwrap();
        assert_eq!(phone.to_string(), "03-0188-7191 内線12", "{text}");
        assert_eq!(phone.extension(), Some("12"));
        assert_eq!(phone.tel_uri(), "tel:0301887191;ext=12");
    }
}

#[test]
fn parts_are_given_out() {
    let phone = Phone::parse("03(0188)7191").unwrap();
    assert_eq!(phone.digits(), "0301887191");
    assert_eq!(phone.last4(), "7191");
    assert_eq!(phone.tel_uri(), "tel:0301887191");
    assert_eq!(phone, Phone::parse("0301-88-7191").unwrap());
}

#[test]
fn refusals_say_what_is_wrong() {
    use PhoneProblem as Problem;
    let problem = |text| Phone::parse(text).unwrap_err();
    assert_eq!(
        problem("12345"),
        Problem::TooShort {
            typed: 5,
            expected: 10
        }
    );
    assert_eq!(
        problem("090-0793-358"),
        Problem::TooShort {
            typed: 10,
            expected: 11
        }
    );
    assert_eq!(
        problem("03-0188-71910"),
        Problem::TooLong {
            typed: 11,
            expected: 10
        }
    );
    assert_eq!(problem("1301887191"), Problem::NoAreaCode);
    assert_eq!(problem("+1 202 000 0000"), Problem::Foreign);
    assert_eq!(problem("なし"), Problem::Unreadable('な'));
    assert_eq!(problem(" - "), Problem::Empty);
    assert!(problem("12345").to_string().contains("5けた"));
}

#[test]
fn debug_hides_the_number() {
    assert!(!format!("{:?}", Phone::parse("0301887191").unwrap()).contains("0188"));
}

proptest! {
    #[test]
    fn what_is_shown_is_read_back(text in "0[1-9][0-9]{8,9}") {
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert_eq!(phone.digits(), text);
            prop_assert_eq!(shown(&phone.to_string()), phone.to_string());
        }
    }

    #[test]
    fn whatever_is_typed_never_panics(text in "[0-9０-９()+内線 -]{0,16}|.{0,12}") {
        let _ = Phone::parse(&text);
    }
}
