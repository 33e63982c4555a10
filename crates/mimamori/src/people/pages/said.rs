//! Times, ages and eras as one says them.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use words::date::PartialDate;
use words::phone::Phone;

use super::names::Names;
use crate::clock::in_japan;
use crate::front::look;
use crate::people::rules::Saved;

/// 「今日 14:20」「3日前」, with the full time behind it.
pub fn moment(at: Timestamp, now: Timestamp) -> Markup {
    let (at, today) = (in_japan(at), in_japan(now).date());
    let ago = words::date::ago_words(at.date(), today);
    let said = match (today - at.date()).get_days() {
        0 | 1 => format!("{ago} {}", at.strftime("%-H:%M")),
        _ => ago,
    };
    let full = at.strftime("%Y年%-m月%-d日 %-H:%M").to_string();
    let iso = at.strftime("%Y-%m-%dT%H:%M:%S+09:00").to_string();
    look::moment(&said, &full, &iso)
}

/// 「中村 看子が今日 10:02に保存しました。」
pub fn saved(saved: Option<Saved>, names: &Names, now: Timestamp) -> Markup {
    html! {
        @match saved {
            Some(saved) => { strong { (names.actor(saved.by)) } "が" (moment(saved.at, now)) "に保存しました。" }
            None => "ほかの職員が、変わりないことを記録しました。",
        }
    }
}

/// 「1938年（昭和13年）4月2日・88歳」.
pub fn born(born: &PartialDate, today: Date) -> Markup {
    html! { (born.both()) " ・ " strong { (born.age_on(today)) } }
}

/// 「2026年（令和8年）4月1日」.
pub fn day(day: Date) -> String {
    PartialDate::from(day).both()
}

/// A number to be called by a touch.
pub fn phone(phone: &Phone) -> Markup {
    html! { a.tel href=(phone.tel_uri()) { (phone) } }
}
