//! The days to come that people sign up for, and finding a sign-up by who made it.

use axum::Form;
use axum::response::Response;
use jiff::ToSpan as _;
use maud::{Markup, html};

use super::said::{self, Named};
use super::{day, told};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Kind, Problems, Tone, Weight, chip};
use crate::front::{Asked, Flash, Problem};
use crate::people::clues::{self, Clue};
use crate::station::courses::{self, CourseDay, Entry, Side, Typed, sided, text};
use crate::station::signups::acts;
use crate::station::signups::rules::{MOST_HOURS, Refusal, Room, State, Who, stands};
use crate::station::signups::store;
use crate::station::supporters;

/// Two months and a little: what stands on the wall.
const AHEAD: i64 = 70;
/// Of a day that is searched; more do not wait at any course of a town.
const MOST_SEARCHED: i64 = 400;
/// More than these nobody reads at a counter.
const MOST_FOUND: usize = 20;

struct Line {
    day: CourseDay,
    room: Room,
    untold: i64,
}

async fn lines(asked: &Asked) -> Result<Vec<Line>, Problem> {
    let today = in_japan(asked.deed.now).date();
    let mut conn = asked.read().await?;
    let until = today.saturating_add(AHEAD.days());
    let days = courses::list_between(&mut conn, &asked.deed, today, until).await?;
    let mut lines = Vec::new();
    for day in days {
        let room = store::room(&mut conn, &asked.deed, &day).await?;
        let anybody = room.inside + room.offered + room.waiting > 0;
        let open = day.details.entry == Entry::SignUp && day.state == courses::State::Planned;
        if !open && !anybody {
            continue;
        }
        let untold = store::count_untold(&mut conn, &asked.deed, day.id, &stands(&day)).await?;
        lines.push(Line { day, room, untold });
    }
    Ok(lines)
}

fn row(line: &Line) -> Vec<Markup> {
    let Line { day, room, untold } = line;
    vec![
        html! { (courses::day_words(day.day)) },
        html! { (day.details.hours.to_string()) },
        html! { a href=(day::path(day.id)) { (day.details.title) } },
        html! { (room.inside) @if let Some(holds) = room.holds { " / " (holds) } "人" },
        html! { @if room.waiting > 0 { (room.waiting) "人" } },
        html! {
            @if room.offered > 0 { (chip(Tone::Warning, "お返事待ち")) " " }
            @if day.state != courses::State::Planned { (chip(Tone::Danger, "中止")) " " }
            @if *untold > 0 { (chip(Tone::Warning, "未連絡あり")) " " }
            @if room.free() == Some(0) && room.offered == 0 { (chip(Tone::Plain, "満席")) }
        },
    ]
}

fn box_for(typed: &Typed) -> Markup {
    let none = Problems::default();
    look::form(
        "/station/signups/search",
        html! {
            (look::field(&Field { kind: Kind::Search, hint: "名前（姓だけでも）、よみ、電話（下4けたでも）", ..text(typed, &none, "seek", "申し込んだ方をさがす") }))
            (look::button(Weight::Secondary, "申し込みをさがす", "do", "find"))
        },
    )
}

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    shown(&asked, &Typed::default(), &Problems::default()).await
}

async fn shown(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let lines = lines(asked).await?;
    let hours = store::hours_of(&mut asked.read().await?, &asked.deed).await?;
    let head = ["日", "時間", "講座", "参加", "キャンセル待ち", "状態"].map(Head::new);
    let rows: Vec<Vec<Markup>> = lines.iter().map(row).collect();
    let mut now = Typed::default();
    now.put("hours", hours);
    let sent = if problems.is_empty() { &now } else { typed };
    let body = html! {
        (look::problem_summary(problems))
        (box_for(&Typed::default()))
        @if rows.is_empty() {
            (look::empty("申し込みのいる講座は、この先まだありません", "講座の内容で「申し込みがいります」を選ぶと、その回がここに並びます。", None))
        } @else { (look::table("これからの申し込み", &head, &rows)) (asked.export("signups")) }
        (look::section("空いた席のご案内", look::form("/station/signups/settings", html! {
            p { "席が空くと、いちばん早く申し込んだ方の席をおさえ、電話する仕事を「やること」に出します。お返事がないまま時間が過ぎると、次の方にまわります。夜8時から朝9時まではご案内しません。始まりが近いときは、待つ時間を短くします。" }
            (look::field(&Field { kind: Kind::Number, required: true, hint: "1から96まで", ..text(sent, problems, "hours", "お返事を待つ時間（時間）") }))
            (look::button(Weight::Secondary, "保存する", "do", "save"))
        })))
    };
    sided(asked, Side::SignUps, "申し込み", body)
}

/// Sets how many hours there are to answer.
pub async fn save(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let hours = typed
        .number("hours", MOST_HOURS, &mut problems)
        .unwrap_or(0);
    match acts::set_hours(asked.db(), &asked.deed, hours).await {
        Ok(()) => Ok(asked.redirect("/station/signups", Flash::done("保存しました。"))),
        Err(Refusal::Hours) => {
            if problems.is_empty() {
                problems.add("hours", told(&Refusal::Hours).unwrap_or_default());
            }
            Err(Problem::Refused(shown(&asked, &typed, &problems).await?))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Guests of the days to come are few: they are opened and compared, and stand under no token.
async fn matching(asked: &Asked, clues: &[Clue]) -> Result<Vec<(Named, CourseDay)>, Problem> {
    let mut found = Vec::new();
    let mut conn = asked.read().await?;
    let meant = supporters::list_matching(&mut conn, &asked.deed, clues).await?;
    let today = in_japan(asked.deed.now).date();
    for id in store::list_days(&mut conn, &asked.deed, today).await? {
        let day = courses::find_day(&mut conn, &asked.deed, id).await?;
        for state in [State::In, State::Offered, State::Waiting] {
            let all = store::list_of_day(&mut conn, &asked.deed, id, state, MOST_SEARCHED).await?;
            for one in all {
                let fits = match &one.who {
                    Who::Supporter(id) => meant.iter().any(|(other, _)| other.id == *id),
                    Who::Guest(guest) => {
                        let own = clues::of([&guest.name, &guest.kana], guest.phone.as_ref(), "");
                        clues.iter().any(|clue| own.contains(clue))
                    }
                };
                if fits && found.len() < MOST_FOUND {
                    found.push((one, day.clone()));
                }
            }
        }
    }
    drop(conn);
    let (signups, days): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let named = said::named(asked, signups).await?;
    Ok(named.into_iter().zip(days).collect())
}

/// The sign-ups to come of whom the words may mean.
pub async fn search(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Markup, Problem> {
    let typed = Typed(sent);
    let found = matching(&asked, &clues::asked(typed.of("seek"))).await?;
    let words = format!("申し込んだ方をさがした（{}件）", found.len());
    said::witness(&asked, &words, found.iter().map(|(one, _)| one.person)).await?;
    let body = html! {
        (box_for(&typed))
        @if found.is_empty() {
            p { "これからの講座には、申し込みが見つかりませんでした。姓だけ、よみ、電話の下4けたでもさがせます。" }
        }
        @for (one, day) in &found {
            p { (courses::day_words(day.day)) " " (day.details.title) "　"
                a href={ "/station/signups/" (one.signup.id) } { (one.name()) } " " (said::state(&one.signup)) }
        }
        p { a href="/station/signups" { "申し込みの一覧へ" } }
    };
    sided(&asked, Side::SignUps, "申し込んだ方をさがす", body)
}
