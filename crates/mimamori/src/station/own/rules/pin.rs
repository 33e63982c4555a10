//! The word of four digits.

use words::digits::fold;

use crate::station::supporters::Details;

/// So many wrong tries shut a page: of 9,000 and some words that can be chosen they meet the right one
/// once in 1,800.
pub const MOST_WRONG: i64 = 5;

/// The four digits, in any width.
pub fn read(typed: &str) -> Option<String> {
    let digits: String = fold(typed)
        .ok()?
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let four = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    four.then_some(digits)
}

/// Whether somebody who knows the supporter tries these first: a birthday of anybody, a year of birth,
/// a row of digits, the end of their telephone number.
pub fn easy(pin: &str, of: &Details) -> bool {
    let digits: Vec<i16> = pin.bytes().map(|digit| i16::from(digit) - 48).collect();
    let steps: Vec<i16> = digits.windows(2).map(|two| two[1] - two[0]).collect();
    let row = matches!(steps.first(), Some(-1..=1)) && steps.windows(2).all(|two| two[0] == two[1]);
    let pairs = pin.get(..2) == pin.get(2..);
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u8>().ok()).unwrap_or(0);
    let (first, last) = (number(pin.get(..2)), number(pin.get(2..)));
    let date = |month: u8, day: u8| (1..=12).contains(&month) && (1..=31).contains(&day);
    let year = matches!(first, 19 | 20);
    let phone = of
        .phone
        .as_ref()
        .is_some_and(|phone| phone.digits().ends_with(pin));
    row || pairs || year || phone || date(first, last) || date(last, first)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use words::phone::Phone;

    use super::*;

    #[test]
    fn four_digits_are_read_in_any_width() {
        assert_eq!(read("７４ 8２").as_deref(), Some("7482"));
        for wrong in ["", "748", "74829", "74a2", "七四八二九"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_others_try_first_is_not_taken() {
        let of = Details {
            phone: Phone::parse("090-0222-3374").ok(),
            ..Details::default()
        };
        for easy_one in [
            "0000", "1234", "9876", "1946", "2026", "0715", "1507", "8282", "3374",
        ] {
            assert!(easy(easy_one, &of), "{easy_one}");
        }
        for good in ["7482", "9035", "4471", "0052"] {
            assert!(!easy(good, &of), "{good}");
        }
        let many = (0..10_000)
            .filter(|pin| !easy(&format!("{pin:04}"), &of))
            .count();
        assert!(many > 9_000, "{many}");
    }
}
