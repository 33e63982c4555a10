#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use icu_calendar::{Date as IcuDate, cal::Japanese};
use jiff::civil::date;
use proptest::prelude::*;

type Problem = DateProblem;

fn iso(text: &str) -> String {
    PartialDate::parse(text)
        .unwrap_or_else(|problem| panic!("{text}: {problem}"))
        .iso()
}

fn problem(text: &str) -> DateProblem {
    PartialDate::parse(text).expect_err(text)
}

#[test]
fn every_notation_of_real_rosters() {
    for (text, expected) in [
        ("S19.2.29", "1944-02-29"),
        ("s19-2-29", "1944-02-29"),
        ("S.19.2.29", "1944-02-29"),
        ("S190229", "1944-02-29"),
        ("Ｓ１９．２．２９", "1944-02-29"),
        ("昭20/10/16", "1945-10-16"),
        ("昭和９年３月７日", "1934-03-07"),
        ("昭和 9年 3月 7日生", "1934-03-07"),
        ("昭和九年三月七日", "1934-03-07"),
        ("昭和二十一年十二月三十一日", "1946-12-31"),
        ("一九三五年九月四日", "1935-09-04"),
        ("千九百三十五年九月四日", "1935-09-04"),
        ("㍼9年3月7日", "1934-03-07"),
        ("㍽14.1.16", "1925-01-16"),
        ("㍾45.7.30", "1912-07-30"),
        ("㍻29.1.30", "2017-01-30"),
        ("㋿4.12.1", "2022-12-01"),
        ("T14.1.16", "1925-01-16"),
        ("令6/10/14", "2024-10-14"),
        ("令和元年5月1日", "2019-05-01"),
        ("1959/10/25", "1959-10-25"),
        ("1935-09-04", "1935-09-04"),
        ("１９３５－０９－０４", "1935-09-04"),
        ("1935ー9ー4", "1935-09-04"),
        ("19350904", "1935-09-04"),
        ("西暦1935年9月4日", "1935-09-04"),
        ("1938年（昭和13年）3月7日", "1938-03-07"),
        ("昭和13年(1938)3月7日", "1938-03-07"),
    ] {
        assert_eq!(iso(text), expected, "{text}");
    }
}

#[test]
fn unknown_parts_stay_unknown() {
    for (text, expected) in [
        ("昭和10年不詳", "1935"),
        ("昭和10年月日不詳", "1935"),
        ("昭和10年不詳月不詳日", "1935"),
        ("昭和元年", "1926"),
        ("昭和10年3月", "1935-03"),
        ("昭和10年3月不詳", "1935-03"),
        ("昭和10年3月日不明", "1935-03"),
        ("S10.3.?", "1935-03"),
        ("1935-03-00", "1935-03"),
        ("19350000", "1935"),
        ("1935年頃", "1935~"),
        ("昭和10年3月ごろ", "1935-03~"),
        ("1935", "1935"),
    ] {
        assert_eq!(iso(text), expected, "{text}");
        assert_eq!(iso(expected), expected);
    }
}

#[test]
fn a_changeover_day_is_in_both_eras() {
    assert_eq!(iso("大正15.12.25"), iso("昭和1.12.25"));
    assert_eq!(iso("明治45.7.30"), iso("大正元年7月30日"));
    assert_eq!(problem("大正15.12.26"), problem("大正16年"));
    assert!(matches!(
        problem("昭和1.12.24"),
        Problem::BeforeEra { era: "昭和", .. }
    ));
    assert!(matches!(
        problem("昭和64年1月8日"),
        Problem::AfterEra { era: "昭和", .. }
    ));
    assert!(matches!(
        problem("平成元年1月7日"),
        Problem::BeforeEra { era: "平成", .. }
    ));
    assert!(matches!(
        problem("平成31年5月"),
        Problem::AfterEra { era: "平成", .. }
    ));
}

#[test]
fn impossible_dates_are_refused_with_what_is_wrong() {
    assert!(
        problem("昭和65年13月40日")
            .to_string()
            .contains("昭和は64年")
    );
    assert_eq!(problem("昭和13年13月1日"), Problem::NoSuchMonth(13));
    let february = problem("昭和13年2月30日");
    assert_eq!(
        february,
        Problem::NoSuchDay {
            year: 1938,
            month: 2,
            day: 30,
            last: 28
        }
    );
    assert!(february.to_string().contains("28日まで"));
    assert!(PartialDate::parse("S19.2.29").is_ok() && PartialDate::parse("S20.2.29").is_err());
    assert_eq!(problem("昭和0年"), Problem::YearZero { era: "昭和" });
    assert_eq!(problem("1872-12-31"), Problem::YearOutOfRange(1872));
    assert!(matches!(problem("明治5年"), Problem::BeforeEra { .. }));
    assert_eq!(problem(""), Problem::Empty);
    assert_eq!(problem("不詳"), Problem::NoYear);
    assert_eq!(problem("昭和"), Problem::NoYear);
    assert_eq!(problem("きのう"), Problem::Unreadable('き'));
    assert_eq!(problem("1938年（昭和14年）3月7日"), Problem::YearsDiffer);
    for shape in [
        "13/3/7",
        "1938/3/7/1",
        "1938//3",
        "1938月3年7",
        "193897",
        "S10.0.7",
    ] {
        assert_eq!(problem(shape), Problem::Shape, "{shape}");
    }
}

#[test]
fn other_dates_must_be_whole() {
    assert_eq!(parse_full("平成29年9月16日"), Ok(date(2017, 9, 16)));
    assert_eq!(parse_full("平成29年9月"), Err(Problem::Incomplete));
}

#[test]
fn words_for_staff() {
    let shown = |text: &str| PartialDate::parse(text).unwrap().both();
    assert_eq!(shown("S13.3.7"), "1938年（昭和13年）3月7日");
    assert_eq!(shown("S13.3"), "1938年（昭和13年）3月");
    assert_eq!(shown("1935年頃"), "1935年（昭和10年）ごろ");
    assert_eq!(shown("1926"), "1926年（大正15年・昭和元年）");
    assert_eq!(shown("大正15.12.25"), "1926年（昭和元年）12月25日");
    assert_eq!(
        PartialDate::parse("R1.5.1").unwrap().era(),
        "令和元年5月1日"
    );
}

#[test]
fn an_age_that_is_not_known_to_the_day_has_a_least_and_a_most() {
    let ages = |text: &str| {
        PartialDate::parse(text)
            .unwrap()
            .ages_on(date(2026, 11, 20))
    };
    assert_eq!(ages("S26.11.20"), (75, 75));
    assert_eq!(ages("S26.11.21"), (74, 74));
    assert_eq!(ages("昭和26年"), (74, 75));
    assert_eq!(ages("昭和26年10月"), (75, 75));
    assert_eq!(ages("昭和26年頃"), (73, 76));
}

#[test]
fn ages() {
    let age = |text: &str, today| PartialDate::parse(text).unwrap().age_on(today);
    assert_eq!(age("1938-03-07", date(2026, 3, 6)), Age::Exact(87));
    assert_eq!(age("1938-03-07", date(2026, 3, 7)), Age::Exact(88));
    assert_eq!(age("1944-02-29", date(2026, 2, 28)), Age::Exact(81));
    assert_eq!(age("1944-02-29", date(2026, 3, 1)), Age::Exact(82));
    assert_eq!(age("1938-03", date(2026, 4, 1)), Age::Exact(88));
    assert_eq!(age("1938-03", date(2026, 3, 15)), Age::About(88));
    assert_eq!(age("1938", date(2026, 12, 30)), Age::About(88));
    assert_eq!(age("1938年頃", date(2026, 12, 31)), Age::About(88));
    assert_eq!(age("2026-05-01", date(2026, 4, 1)), Age::Exact(0));
    assert_eq!(Age::About(88).to_string(), "88歳くらい");
}

#[test]
fn how_long_ago() {
    let ago = |confirmed| ago_words(confirmed, date(2026, 3, 31));
    assert_eq!(ago(date(2026, 4, 1)), "先の日付");
    assert_eq!(ago(date(2026, 3, 31)), "今日");
    assert_eq!(ago(date(2026, 3, 30)), "昨日");
    assert_eq!(ago(date(2026, 3, 28)), "3日前");
    assert_eq!(ago(date(2026, 3, 1)), "30日前");
    assert_eq!(ago(date(2026, 2, 28)), "1か月前");
    assert_eq!(ago(date(2025, 1, 31)), "14か月前");
    assert_eq!(ago(date(2024, 4, 1)), "23か月前");
    assert_eq!(ago(date(2024, 3, 31)), "2年前");
    assert_eq!(ago(date(2021, 4, 1)), "4年前");
}

#[test]
fn debug_hides_the_date() {
    assert!(!format!("{:?}", PartialDate::parse("1938-03-07").unwrap()).contains("1938"));
}

proptest! {
    #[test]
    fn eras_are_those_of_icu(year in 1873_i16..=2100, ordinal in 1_i16..=365) {
        let day = date(year, 1, 1).with().day_of_year(ordinal).build().unwrap();
        let (month, dom) = (u8::try_from(day.month()).unwrap(), u8::try_from(day.day()).unwrap());
        let icu = IcuDate::try_new_iso(i32::from(year), month, dom).unwrap().to_calendar(Japanese::new());
        let era_year = icu.year().era().unwrap();
        let name = match era_year.era.as_str() {
            "meiji" => "明治",
            "taisho" => "大正",
            "showa" => "昭和",
            "heisei" => "平成",
            "reiwa" => "令和",
            other => panic!("{other}"),
        };
        let text = format!("{name}{}年{month}月{dom}日", era_year.year);
        prop_assert_eq!(parse_full(&text), Ok(day));
        let shown = PartialDate::from(day).era();
        prop_assert_eq!(shown.replace("元年", "1年"), text);
    }

    #[test]
    fn what_is_shown_is_read_back(year in 1873_i16..=2100, month in 0_i8..=12, day in 0_i8..=28, about: bool) {
        let month = (month > 0).then_some(month);
        let day = month.and((day > 0).then_some(day));
        let date = PartialDate { year, month, day, about };
        prop_assert!(PartialDate::parse(&date.iso()) == Ok(date));
        prop_assert!(PartialDate::parse(&date.both().replace("大正15年・", "")) == Ok(date) || date.both().contains('・'));
    }

    #[test]
    fn whatever_is_typed_never_panics(text in "[SHTR昭和元年月日/.0-9（）-]{0,14}|.{0,12}") {
        let _ = PartialDate::parse(&text);
    }
}
