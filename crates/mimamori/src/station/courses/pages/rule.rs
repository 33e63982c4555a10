//! The rule of a series: as typed, as shown, as read.

use jiff::civil::Date;
use maud::{Markup, html};

use super::typed::{self, Typed};
use crate::front::look::{self, Choice, Field, Kind, Problems};
use crate::networks::WEEKDAYS;
use crate::station::courses::rules::{Beat, LAST, Marks, OnHoliday, Rule, week_word};

/// More days than anybody names one by one.
const MOST_NAMED: usize = 100;

/// How a series comes back, as forms name it.
const BEATS: [(&str, &str, &str); 4] = [
    ("weeks", "毎週、または何週かおき", "例：毎週金曜"),
    ("month_weeks", "毎月の第何週", "例：第2・第4火曜、最終土曜"),
    ("month_days", "毎月の決まった日", "例：1日と15日"),
    ("named", "決めた日だけ", "1回だけの講座もこれで作ります"),
];

/// The form of a rule.
pub fn put(rule: &Rule, typed: &mut Typed) {
    let all = |typed: &mut Typed, name: &str, marks: Marks| {
        marks.list().for_each(|number| typed.put(name, number));
    };
    let beat = match &rule.beat {
        Beat::Weeks { every, on } => {
            typed.put("every", every);
            all(typed, "on", *on);
            "weeks"
        }
        Beat::MonthWeeks { weeks, on } => {
            all(typed, "weeks", *weeks);
            all(typed, "on", *on);
            "month_weeks"
        }
        Beat::MonthDays { days } => {
            let days: Vec<String> = days.list().map(|day| day.to_string()).collect();
            typed.put("days", days.join("、"));
            "month_days"
        }
        Beat::Named => "named",
    };
    typed.put("beat", beat);
    all(typed, "except", rule.except);
    typed.put("holidays", rule.holidays.code());
    let lines = |days: &[Date]| -> String {
        let days: Vec<String> = days.iter().map(Date::to_string).collect();
        days.join("\n")
    };
    typed.put("also", lines(&rule.also));
    typed.put("but", lines(&rule.but));
}

/// The fields of a rule.
pub fn fields(typed: &Typed, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field {
        hint,
        ..typed::text(typed, problems, name, label)
    };
    let beats = BEATS.map(|(value, label, hint)| Choice { value, label, hint });
    let numbers: Vec<String> = (0..=12).map(|number: u32| number.to_string()).collect();
    let pick = |from: usize, words: &'static [&'static str]| -> Vec<Choice<'_>> {
        numbers[from..]
            .iter()
            .zip(words)
            .map(|(number, word)| Choice::new(number, word))
            .collect()
    };
    let weeks: Vec<String> = (1..=LAST).map(week_word).collect();
    let weeks: Vec<Choice<'_>> = numbers[1..]
        .iter()
        .zip(&weeks)
        .map(|(n, word)| Choice::new(n, word))
        .collect();
    let holidays: Vec<Choice<'_>> = OnHoliday::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    html! {
        (look::radios(&Field { required: true, ..field("beat", "くり返し", "") }, &beats))
        (look::checks(&field("on", "曜日", "「毎週」「第何週」のとき"), &pick(0, &WEEKDAYS), &typed.all("on")))
        (look::select(&field("every", "何週おき", "「毎週」のとき"), &pick(1, &["毎週", "隔週（1週おき）", "3週ごと", "4週ごと"])))
        (look::checks(&field("weeks", "第何週", "「第何週」のとき"), &weeks, &typed.all("weeks")))
        (look::field(&Field { kind: Kind::Short, ..field("days", "何日", "「決まった日」のとき。例：1、15") }))
        (look::checks(&field("except", "休みの月", ""),
            &pick(1, &["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"]), &typed.all("except")))
        (look::radios(&field("holidays", "国民の祝日", ""), &holidays))
        (look::field(&Field { kind: Kind::Textarea, ..field("also", "ほかに行う日", "1行に1日ずつ。例：2026-06-05、R8.6.5。祝日でも行います。") }))
        (look::field(&Field { kind: Kind::Textarea, ..field("but", "休みにする日", "1行に1日ずつ") }))
    }
}

/// Reads a day; nothing, with words beside the field, where it is none.
pub fn day(typed: &Typed, name: &str, problems: &mut Problems) -> Option<Date> {
    words::date::parse_full(typed.of(name))
        .map_err(|problem| problems.add(name, problem.to_string()))
        .ok()
}

fn days(typed: &Typed, name: &str, problems: &mut Problems) -> Vec<Date> {
    let lines = typed
        .of(name)
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let mut days = Vec::new();
    for line in lines {
        match words::date::parse_full(line) {
            Ok(day) => days.push(day),
            Err(problem) => {
                problems.add(name, format!("「{line}」：{problem}"));
                break;
            }
        }
    }
    if days.len() > MOST_NAMED {
        problems.add(name, format!("{MOST_NAMED}日までにしてください。"));
    }
    days
}

fn marks(typed: &Typed, name: &str, least: u32, most: u32) -> Marks {
    let numbers = typed
        .all(name)
        .into_iter()
        .filter_map(|text| text.parse().ok());
    Marks::of(numbers.filter(|number| (least..=most).contains(number)))
}

/// Reads a rule.
pub fn read(typed: &Typed, problems: &mut Problems) -> Option<Rule> {
    let on = marks(typed, "on", 0, 6);
    let weekday = |problems: &mut Problems| {
        if on.is_empty() {
            problems.add("on", "曜日を1つ以上選んでください。");
        }
    };
    let beat = match typed.of("beat") {
        "weeks" => {
            weekday(problems);
            let every = typed.of("every").parse().unwrap_or(1);
            Beat::Weeks {
                every: u8::clamp(every, 1, 4),
                on,
            }
        }
        "month_weeks" => {
            weekday(problems);
            let weeks = marks(typed, "weeks", 1, LAST);
            if weeks.is_empty() {
                problems.add("weeks", "第何週かを1つ以上選んでください。");
            }
            Beat::MonthWeeks { weeks, on }
        }
        "month_days" => Beat::MonthDays {
            days: month_days(typed, problems),
        },
        "named" => Beat::Named,
        _ => {
            problems.add("beat", "くり返しを選んでください。");
            Beat::Named
        }
    };
    let rule = Rule {
        beat,
        except: marks(typed, "except", 1, 12),
        holidays: OnHoliday::from_code(typed.of("holidays")).unwrap_or(OnHoliday::Skip),
        also: days(typed, "also", problems),
        but: days(typed, "but", problems),
    };
    if rule.beat == Beat::Named && rule.also.is_empty() && problems.is_empty() {
        problems.add("also", "行う日を、1行に1日ずつ入れてください。");
    }
    problems.is_empty().then_some(rule)
}

fn month_days(typed: &Typed, problems: &mut Problems) -> Marks {
    let parts = typed.of("days").split(['、', ',', '，', '・', ' ', '　']);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let read = |part: &&str| {
        let digits = words::digits::fold(part.trim_end_matches('日')).ok()?;
        digits
            .parse::<u32>()
            .ok()
            .filter(|day| (1..=31).contains(day))
    };
    let days: Vec<u32> = parts.iter().filter_map(read).collect();
    if days.is_empty() || days.len() != parts.len() {
        problems.add("days", "1から31までの日を「1、15」のように入れてください。");
    }
    Marks::of(days)
}
