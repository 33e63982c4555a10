//! Opening hours, and the days that differ.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::centers::find;
use super::{Side, page};
use crate::front::look::{
    Choice, Field, Head, Kind, Link, Problems, Weight, act, buttons, empty, field, form,
    problem_summary, radios, section, table,
};
use crate::front::{Asked, Flash, Problem};
use crate::ids::CenterId;
use crate::networks::acts;
use crate::networks::rules::{Calendar, Center, Span, SpecialDay, WEEKDAYS, Week};
use crate::networks::store;

/// The fields of the week, in pairs: `opens1`, `closes1`, …
type WeekForm = Vec<(String, String)>;

/// The form of one day as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct DayForm {
    day: String,
    open: String,
    opens: String,
    closes: String,
    reason: String,
}

fn typed<'a>(form: &'a WeekForm, name: &str) -> &'a str {
    form.iter()
        .find(|(of, _)| of == name)
        .map_or("", |(_, value)| value)
}

fn as_form(week: &Week) -> WeekForm {
    let clock = |minute: i64| format!("{}:{:02}", minute / 60, minute % 60);
    (1..)
        .zip(week.0)
        .filter_map(|(number, span)| span.map(|span| (number, span)))
        .flat_map(|(number, span)| {
            [
                (format!("opens{number}"), clock(span.opens)),
                (format!("closes{number}"), clock(span.closes)),
            ]
        })
        .collect()
}

/// The page.
pub async fn show(asked: Asked, Path(center): Path<CenterId>) -> Result<Markup, Problem> {
    let center = find(&asked, center).await?;
    hours_page(
        &asked,
        &center,
        None,
        &DayForm::default(),
        &Problems::default(),
    )
    .await
}

async fn hours_page(
    asked: &Asked,
    center: &Center,
    week: Option<&WeekForm>,
    day: &DayForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let calendar =
        store::calendar_of(&mut asked.read().await?, &asked.deed.scope, center.id).await?;
    let base = format!("/town/centers/{}", center.id);
    let kept = as_form(&calendar.week);
    let body = html! {
        (problem_summary(problems))
        (section("ふだんの開所時間", html! {
            p { "「8:30」「17:15」のように入れます。休みの曜日は両方を空けてください。国民の祝日は自動で休みになります。" }
            (form(&format!("{base}/hours"), html! {
                (week_fields(week.unwrap_or(&kept), problems))
                (buttons("保存する", Some(Link::new("センターへもどる", &base))))
            }))
        }))
        (section("ふだんとちがう日", html! {
            (days_table(&calendar, &base))
            (form(&format!("{base}/days"), day_fields(day, problems)))
        }))
    };
    page(
        asked,
        Side::Centers,
        &format!("{}の開所時間", center.name),
        body,
    )
}

fn week_fields(form: &WeekForm, problems: &Problems) -> Markup {
    let time = |name: &str, label: &str| {
        field(&Field {
            name,
            label,
            value: typed(form, name),
            kind: Kind::Short,
            problem: problems.of(name),
            ..Field::default()
        })
    };
    html! {
        @for (number, weekday) in (1..).zip(WEEKDAYS) {
            fieldset.group {
                legend { (weekday) "曜日" }
                div.pair {
                    (time(&format!("opens{number}"), "開く時刻"))
                    (time(&format!("closes{number}"), "閉まる時刻"))
                }
            }
        }
    }
}

fn days_table(calendar: &Calendar, base: &str) -> Markup {
    if calendar.days.is_empty() {
        return empty(
            "ふだんとちがう日はありません",
            "年末年始や研修の休み、祝日に開ける日をここに加えます。",
            None,
        );
    }
    let rows: Vec<Vec<Markup>> = calendar
        .days
        .iter()
        .map(|special| {
            let hours = special
                .span
                .map_or("休み".to_owned(), |span| span.to_string());
            let day = special.day.strftime("%Y年%-m月%-d日").to_string();
            let action = format!("{base}/days/{}/remove", special.day);
            vec![
                html! { (day) },
                html! { (hours) },
                html! { (special.reason) },
                act(Weight::Quiet, "取り消す", &day, &action, &[]),
            ]
        })
        .collect();
    table(
        "ふだんとちがう日",
        &["日", "時間", "理由", ""].map(Head::new),
        &rows,
    )
}

fn day_fields(day: &DayForm, problems: &Problems) -> Markup {
    let text = |name, label, hint, value, kind| {
        field(&Field {
            name,
            label,
            hint,
            value,
            kind,
            problem: problems.of(name),
            ..Field::default()
        })
    };
    let open = if day.open.is_empty() { "no" } else { &day.open };
    html! {
        (text("day", "日", "「2026-12-29」のように入れます。", &day.day, Kind::Text))
        (radios(&Field { name: "open", label: "その日は", value: open, problem: problems.of("open"), ..Field::default() },
            &[Choice::new("no", "休み"), Choice::new("yes", "開ける")]))
        (text("opens", "開く時刻", "開けるときだけ。", &day.opens, Kind::Short))
        (text("closes", "閉まる時刻", "開けるときだけ。", &day.closes, Kind::Short))
        (text("reason", "理由", "「年末年始」など。", &day.reason, Kind::Text))
        (buttons("この日を加える", None))
    }
}

/// Keeps the usual week.
pub async fn save(
    asked: Asked,
    Path(center): Path<CenterId>,
    Form(typed): Form<WeekForm>,
) -> Result<Response, Problem> {
    let center = find(&asked, center).await?;
    let (week, problems) = parse_week(&typed);
    if !problems.is_empty() {
        let page = hours_page(
            &asked,
            &center,
            Some(&typed),
            &DayForm::default(),
            &problems,
        )
        .await?;
        return Err(Problem::Refused(page));
    }
    acts::set_week(asked.db(), &asked.deed, center.id, week).await?;
    Ok(back(&asked, center.id, "開所時間を保存しました。"))
}

fn parse_week(form: &WeekForm) -> (Week, Problems) {
    let (mut week, mut problems) = (Week([None; 7]), Problems::default());
    for (number, slot) in (1..).zip(week.0.iter_mut()) {
        let name = format!("opens{number}");
        let (opens, closes) = (
            typed(form, &name).trim(),
            typed(form, &format!("closes{number}")).trim(),
        );
        if opens.is_empty() && closes.is_empty() {
            continue;
        }
        *slot = Span::parse(opens, closes);
        if slot.is_none() {
            problems.add(name, TIMES);
        }
    }
    (week, problems)
}

const TIMES: &str =
    "「8:30」から「17:15」のように、開く時刻と、それより後の閉まる時刻を入れてください。";

/// Keeps a day that differs.
pub async fn set_day(
    asked: Asked,
    Path(center): Path<CenterId>,
    Form(typed): Form<DayForm>,
) -> Result<Response, Problem> {
    let center = find(&asked, center).await?;
    let (day, problems) = parse_day(&typed);
    let Some(day) = day.filter(|_| problems.is_empty()) else {
        let page = hours_page(&asked, &center, None, &typed, &problems).await?;
        return Err(Problem::Refused(page));
    };
    acts::set_day(asked.db(), &asked.deed, center.id, day).await?;
    Ok(back(&asked, center.id, "ふだんとちがう日を保存しました。"))
}

fn parse_day(typed: &DayForm) -> (Option<SpecialDay>, Problems) {
    let mut problems = Problems::default();
    let day = typed.day.trim().parse::<Date>().ok();
    if day.is_none() {
        problems.add("day", "日を「2026-12-29」のように入れてください。");
    }
    let open = typed.open == "yes";
    let span = Span::parse(&typed.opens, &typed.closes).filter(|_| open);
    if open && span.is_none() {
        problems.add("opens", TIMES);
    }
    let reason = typed.reason.trim();
    if reason.is_empty() {
        problems.add("reason", "理由を入れてください。照会の窓口にも出ます。");
    }
    (
        day.map(|day| SpecialDay {
            day,
            span,
            reason: reason.to_owned(),
        }),
        problems,
    )
}

/// Makes a day usual again.
pub async fn unset_day(
    asked: Asked,
    Path((center, day)): Path<(CenterId, String)>,
) -> Result<Response, Problem> {
    let day: Date = day.parse().map_err(|_| Problem::NotFound)?;
    acts::unset_day(asked.db(), &asked.deed, center, day).await?;
    Ok(back(&asked, center, "ふだんどおりにもどしました。"))
}

fn back(asked: &Asked, center: CenterId, words: &str) -> Response {
    asked.redirect(&format!("/town/centers/{center}/hours"), Flash::done(words))
}
