//! Why somebody is on the list: one sentence for whoever reads it at the counter.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use rhythm::{Line, Numbers, Role, Share};

const EPOCH: Date = date(1970, 1, 1);

/// The day that the crate's number stands for.
pub fn day_of(day: rhythm::Day) -> Date {
    EPOCH.saturating_add(i64::from(day).days())
}

/// The crate's number of a day.
pub fn number_of(day: Date) -> rhythm::Day {
    (day - EPOCH).get_days()
}

fn said(day: rhythm::Day) -> String {
    day_of(day).strftime("%-m月%-d日").to_string()
}

/// 「3」, 「2.5」 of what is small, and whole numbers of what is not.
fn about(number: f64) -> String {
    match number < 3.0 {
        true => format!("{number:.1}").trim_end_matches(".0").to_owned(),
        false => format!("{number:.0}"),
    }
}

/// How often it happened, before and since.
fn shares(before: Share, since: Share) -> String {
    format!(
        "前は{}回のうち{}回、それからは{}回のうち{}回です",
        before.of, before.n, since.of, since.n
    )
}

const fn without(share: Share) -> Share {
    Share {
        of: share.of,
        n: share.of.saturating_sub(share.n),
    }
}

/// The sentence of a line of the list of `day`. It names nobody: whether a companion is named, both have
/// to agree to on the day it is read.
pub fn sentence(line: &Line, day: rhythm::Day) -> String {
    let since = said(line.onset);
    match line.numbers {
        Numbers::Less {
            came,
            expected,
            usual_a_month,
        } => {
            let weeks = ((day - line.onset) / 7).max(1);
            let (usual, expected) = (about(usual_a_month), about(expected));
            let came = match came {
                0 => "1回も来ていません".to_owned(),
                came => format!("{came}回でした"),
            };
            format!(
                "ふだんは月に{usual}回ほど来ていましたが、{since}ごろからの{weeks}週間は、{expected}回ほどのところ{came}。"
            )
        }
        Numbers::Gap {
            last_visit,
            missed,
            longest_before,
            usual_a_month,
        } => format!(
            "ふだんは月に{}回ほど来ていましたが、{}を最後に、{}回分ほどあいています（この1年でいちばん長くあいたのは{}回分）。",
            about(usual_a_month),
            said(last_visit),
            about(missed),
            about(longest_before)
        ),
        Numbers::Role {
            role,
            before,
            since: after,
        } => {
            let role = match role {
                Role::Teacher => "教える側",
                Role::Helper => "手伝う側",
                Role::Participant => "参加",
            };
            format!(
                "{since}ごろから、{role}で来ることが少なくなりました。{}。",
                shares(before, after)
            )
        }
        Numbers::Companion { since: after, .. } => format!(
            "{since}ごろから、いつもの連れの方が見えません。ご本人は、ひとりで{}回来ています。",
            without(after).n
        ),
        Numbers::Leaving {
            before,
            since: after,
            ..
        } => format!(
            "{since}ごろから、いつもより15分以上早く帰るようになりました。{}。",
            shares(before, after)
        ),
        Numbers::SignUps {
            before,
            since: after,
        } => format!(
            "{since}ごろから、申し込んで来ないことがふえました。来なかったのは、{}。",
            shares(without(before), without(after))
        ),
    }
}

#[cfg(test)]
mod tests {
    use rhythm::Signal;

    use super::*;

    fn line(numbers: Numbers) -> Line {
        Line {
            signal: Signal::Less,
            onset: number_of(date(2026, 9, 20)),
            evidence: 4.0,
            counted: 4.0,
            numbers,
        }
    }

    const BEFORE: Share = Share { of: 30, n: 24 };
    const SINCE: Share = Share { of: 8, n: 1 };

    #[test]
    fn every_reason_is_one_sentence_without_a_sum() {
        let day = number_of(date(2026, 11, 23));
        let last = number_of(date(2026, 9, 18));
        let (before, since) = (BEFORE, SINCE);
        let usual_a_month = 4.2;
        for (numbers, words) in [
            (
                Numbers::Less {
                    came: 3,
                    expected: 8.6,
                    usual_a_month,
                },
                "ふだんは月に4回ほど来ていましたが、9月20日ごろからの9週間は、9回ほどのところ3回でした。",
            ),
            (
                Numbers::Gap {
                    last_visit: last,
                    missed: 8.2,
                    longest_before: 2.5,
                    usual_a_month,
                },
                "ふだんは月に4回ほど来ていましたが、9月18日を最後に、8回分ほどあいています（この1年でいちばん長くあいたのは2.5回分）。",
            ),
            (
                Numbers::Role {
                    role: Role::Teacher,
                    before,
                    since,
                },
                "9月20日ごろから、教える側で来ることが少なくなりました。前は30回のうち24回、それからは8回のうち1回です。",
            ),
            (
                Numbers::Companion {
                    with: 1,
                    before,
                    since,
                },
                "9月20日ごろから、いつもの連れの方が見えません。ご本人は、ひとりで7回来ています。",
            ),
            (
                Numbers::Leaving {
                    usual_minutes_before_end: 0,
                    before: Share { of: 30, n: 1 },
                    since: Share { of: 8, n: 6 },
                },
                "9月20日ごろから、いつもより15分以上早く帰るようになりました。前は30回のうち1回、それからは8回のうち6回です。",
            ),
            (
                Numbers::SignUps { before, since },
                "9月20日ごろから、申し込んで来ないことがふえました。来なかったのは、前は30回のうち6回、それからは8回のうち7回です。",
            ),
        ] {
            assert_eq!(sentence(&line(numbers), day), words);
        }
    }

    #[test]
    fn days_are_counted_as_the_crate_counts_them() {
        for day in [EPOCH, date(2026, 11, 23), date(1969, 12, 31)] {
            assert_eq!(day_of(number_of(day)), day);
        }
        assert_eq!(number_of(date(1970, 1, 2)), 1);
    }
}
