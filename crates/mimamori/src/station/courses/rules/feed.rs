//! The calendar for other calendars: iCalendar (RFC 5545, RFC 7986).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::shown::{Shown, Surround};

/// A line may have 75 octets, its break not counted (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;

/// Japan has had one time since 1951.
const ZONE: [&str; 9] = [
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Tokyo",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:JST",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The feed. A day that is called off stays in it as cancelled, so that nobody comes for nothing.
pub fn feed(around: &Surround, days: &[Shown]) -> String {
    let mut out = String::new();
    let name = text(&around.town);
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mimamori//courses//JA",
        "CALSCALE:GREGORIAN",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ] {
        put(&mut out, line);
    }
    put(&mut out, &format!("NAME:{name}"));
    put(&mut out, &format!("X-WR-CALNAME:{name}"));
    put(&mut out, "X-WR-TIMEZONE:Asia/Tokyo");
    ZONE.iter().for_each(|line| put(&mut out, line));
    for day in days {
        event(&mut out, around, day);
    }
    put(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, around: &Surround, day: &Shown) {
    let stamp = utc(day.changed_at);
    let title = match (&day.off, &day.moved) {
        (Some(_), _) => format!("【中止】{}", day.title),
        (None, Some(_)) => format!("【変更】{}", day.title),
        (None, None) => day.title.clone(),
    };
    let mut about: Vec<String> = day.off.iter().cloned().collect();
    about.extend(day.moved.iter().map(|(_, words)| words.clone()));
    about.extend(day.lines());
    let status = if day.off.is_some() {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{}@{}.mimamori", day.id, around.short));
    put(out, &format!("DTSTAMP:{stamp}"));
    put(out, &format!("LAST-MODIFIED:{stamp}"));
    put(out, &format!("SEQUENCE:{}", day.version - 1));
    put(
        out,
        &format!(
            "DTSTART;TZID=Asia/Tokyo:{}",
            local(day.day, day.hours.starts)
        ),
    );
    put(
        out,
        &format!("DTEND;TZID=Asia/Tokyo:{}", local(day.day, day.hours.ends)),
    );
    put(out, &format!("SUMMARY:{}", text(&title)));
    put(out, &format!("DESCRIPTION:{}", text(&about.join("\n"))));
    if let Some(place) = &day.place {
        let place = format!("{} {}", place.word, place.address);
        put(out, &format!("LOCATION:{}", text(place.trim())));
    }
    put(
        out,
        &format!("URL:{}?m={}", around.page, day.day.strftime("%Y-%m")),
    );
    put(out, &format!("STATUS:{status}"));
    put(out, "TRANSP:TRANSPARENT");
    put(out, "END:VEVENT");
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string()
}

/// Midnight at the end of a day is the beginning of the next.
fn local(day: Date, minute: u16) -> String {
    let (day, minute) = match minute {
        1440.. => (day.tomorrow().unwrap_or(day), 0),
        minute => (day, minute),
    };
    format!(
        "{}T{:02}{:02}00",
        day.strftime("%Y%m%d"),
        minute / 60,
        minute % 60
    )
}

/// A text value (RFC 5545, 3.3.11).
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One line, folded between characters.
fn put(out: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > MOST_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}
