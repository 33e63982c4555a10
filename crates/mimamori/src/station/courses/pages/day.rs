//! One day: changed with those it takes along, moved, called off.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::series::around;
use super::typed::{Around, Typed};
use super::{Side, clash, on, rule, said, settled, sided, typed};
use crate::front::look::{self, Choice, Field, Kind, Link, Problems, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses::acts;
use crate::station::courses::rules::{
    Booking, CourseDay, Details, MOST_LINE, Move, Off, Reach, Reason, State, day_words,
};
use crate::station::courses::store;

/// The forms of the page, one of them refused perhaps.
#[derive(Default)]
struct Forms {
    change: Option<(Typed, Problems)>,
    shift: Option<(Typed, Problems)>,
    off: Option<(Typed, Problems)>,
    clashes: Markup,
}

async fn find(asked: &Asked, id: RowId) -> Result<CourseDay, Problem> {
    Ok(store::find_day(&mut asked.read().await?, &asked.deed, id).await?)
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let day = find(&asked, id).await?;
    let around = around(&asked).await?;
    show(&asked, &day, &around, Forms::default())
}

fn show(asked: &Asked, day: &CourseDay, around: &Around, forms: Forms) -> Result<Markup, Problem> {
    let base = format!("/station/days/{}", day.id);
    let version = day.version.to_string();
    let open = day.state == State::Planned && !day.is_over(asked.deed.now);
    let place = around
        .places
        .iter()
        .find(|place| Some(place.id) == day.details.place);
    let (change, shift) = (forms.change.is_some(), forms.shift.is_some());
    let body = html! {
        p { (said::date(day.day)) " " (day.details.hours.to_string()) "　" (place.map_or("会場は未定", |place| &place.word)) " " (said::state(day, asked.deed.now)) }
        (said::why(day))
        p { a href={ "/station/courses/" (day.series) } { "この講座の全部の回" } "　"
            a href={ "/station/days/" (day.id) "/signups" } { "申し込み" } "　"
            a href={ "/station/days/" (day.id) "/door" } { "受付" } }
        @match day.state {
            State::Off => (look::act(Weight::Primary, "行うことにもどす", "", &format!("{base}/on"), &[("version", &version)])),
            State::Ended => {},
            State::Planned => {
                @if open { (look::section("移す", move_form(day, around, &base, forms.shift, if shift { &forms.clashes } else { &NONE }))) }
                (look::section("中止にする", off_form(day, &base, forms.off)))
                @if open { (look::section("内容を変える", change_form(day, around, &base, forms.change, if change { &forms.clashes } else { &NONE }))) }
            }
        }
    };
    let title = format!("{} {}", day_words(day.day), day.details.title);
    sided(asked, Side::Month, &title, body)
}

static NONE: Markup = maud::PreEscaped(String::new());

fn move_form(
    day: &CourseDay,
    around: &Around,
    base: &str,
    sent: Option<(Typed, Problems)>,
    clashes: &Markup,
) -> Markup {
    let (typed, problems) = sent.unwrap_or_else(|| {
        let mut typed = typed::typed_from(&day.details);
        typed.put("day", day.day);
        (typed, Problems::default())
    });
    let field = |name, label, hint| Field {
        hint,
        ..typed::text(&typed, &problems, name, label)
    };
    html! {
        p { "日・時間・会場を変えると、案内に「変更」として、もとの日といっしょに出ます。" }
        (look::problem_summary(&problems))
        (look::form(&format!("{base}/moving"), html! {
            (look::hidden("version", &day.version.to_string()))
            (clashes)
            (look::field(&Field { kind: Kind::Short, required: true, ..field("day", "移す先の日", "例：2026-06-05、R8.6.5") }))
            (typed::when_and_where(&typed, around, &problems))
            (look::field(&Field { kind: Kind::Long, ..field("why", "理由", "案内に出ます。") }))
            (look::button(Weight::Secondary, "移す", "do", "move"))
        }))
    }
}

fn off_form(day: &CourseDay, base: &str, sent: Option<(Typed, Problems)>) -> Markup {
    let (typed, problems) = sent.unwrap_or_default();
    let reasons: Vec<Choice<'_>> = Reason::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let field = |name, label, hint| Field {
        hint,
        ..typed::text(&typed, &problems, name, label)
    };
    html! {
        p { "案内には「中止」として残ります。楽しみにしている方が、来てしまわないようにするためです。" }
        (look::problem_summary(&problems))
        (look::form(&format!("{base}/off"), html! {
            (look::hidden("version", &day.version.to_string()))
            (look::radios(&Field { required: true, ..field("reason", "理由", "") }, &reasons))
            (look::field(&Field { kind: Kind::Long, ..field("words", "くわしく", "案内に出ます。例：35度をこえる予報のため") }))
            (look::field(&Field { kind: Kind::Long, ..field("told", "どう知らせたか", "職員どうしの記録です。例：店先に掲示、役割の方に電話") }))
            (look::button(Weight::Danger, "中止にする", "do", "off"))
        }))
    }
}

fn change_form(
    day: &CourseDay,
    around: &Around,
    base: &str,
    sent: Option<(Typed, Problems)>,
    clashes: &Markup,
) -> Markup {
    let (typed, problems) = sent.unwrap_or_else(|| {
        let mut typed = typed::typed_from(&day.details);
        typed.put("reach", Reach::One.code());
        (typed, Problems::default())
    });
    let reaches: Vec<Choice<'_>> = Reach::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let reach = Field {
        name: "reach",
        label: "どの回を変えますか",
        hint: "終わった回は変わりません。",
        value: typed.of("reach"),
        problem: problems.of("reach"),
        required: true,
        ..Field::default()
    };
    html! {
        (look::problem_summary(&problems))
        (look::form(base, html! {
            (look::hidden("version", &day.version.to_string()))
            (clashes)
            (look::radios(&reach, &reaches))
            (typed::fields(&typed, around, &problems, typed::when_and_where(&typed, around, &problems)))
            (look::buttons("保存する", Some(Link::new("カレンダーへもどる", "/station"))))
        }))
    }
}

/// What clashes were the day as it is wished.
async fn clashes(
    asked: &Asked,
    around: &Around,
    typed: &Typed,
    wished: Vec<Booking>,
) -> Result<Markup, Problem> {
    if clash::is_meant(typed) {
        return Ok(html! {});
    }
    let own = wished.first().map(|one| one.series);
    let mut conn = asked.read().await?;
    let found = acts::clashes_with(&mut conn, &asked.deed, own, wished).await?;
    match found.is_empty() {
        true => Ok(html! {}),
        false => Ok(clash::question(&found, &around.places)),
    }
}

const MEANT: &str = "重なりを確かめて、よければ「重なりを承知で保存する」に印をつけてください。";

/// The days that a change would touch, as they would be.
async fn touched(
    asked: &Asked,
    day: &CourseDay,
    new: &Details,
    reach: Reach,
) -> Result<Vec<Booking>, Problem> {
    let from = match reach {
        Reach::Coming => jiff::civil::Date::MIN,
        Reach::One | Reach::Following => day.planned_on,
    };
    let mut conn = asked.read().await?;
    let mut days = store::list_of_series(&mut conn, &asked.deed, day.series, from).await?;
    days.retain(|other| {
        !other.is_over(asked.deed.now) && (reach != Reach::One || other.id == day.id)
    });
    for other in &mut days {
        other.follow(&day.details, new);
    }
    Ok(crate::station::courses::rules::bookings(&days).collect())
}

fn path(id: RowId) -> String {
    format!("/station/days/{id}")
}

/// Keeps what changed.
pub async fn save(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let day = find(&asked, id).await?;
    let around = around(&asked).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let reach = Reach::from_code(typed.of("reach"));
    if reach.is_none() {
        problems.add("reach", "どの回を変えるかを選んでください。");
    }
    let new = typed::read(&typed, &around, &mut problems);
    let mut question = html! {};
    if let Some((new, reach)) = new.zip(reach) {
        let wished = touched(&asked, &day, &new, reach).await?;
        question = clashes(&asked, &around, &typed, wished).await?;
        if question.0.is_empty() {
            let of = (id, typed.version());
            let done = acts::change(asked.db(), &asked.deed, of, new, reach).await;
            let path = path(id);
            let on = (path.as_str(), Flash::done("保存しました。"));
            if let Some(page) = settled(&asked, on, done, ("reach", &mut problems))? {
                return Ok(page);
            }
        } else {
            problems.add("anyway", MEANT);
        }
    }
    let forms = Forms {
        change: Some((typed, problems)),
        clashes: question,
        ..Forms::default()
    };
    Err(Problem::Refused(show(&asked, &day, &around, forms)?))
}

/// Moves the day.
pub async fn shift(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let day = find(&asked, id).await?;
    let around = around(&asked).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let to = rule::day(&typed, "day", &mut problems);
    let hours = typed.hours(&mut problems);
    let why = typed.line("why", MOST_LINE, &mut problems);
    let mut question = html! {};
    if let (Some(to), Some(hours), true) = (to, hours, problems.is_empty()) {
        let place = typed.place(&around.places);
        let wished = Booking {
            day: to,
            hours,
            place,
            ..Booking::from(&day)
        };
        question = clashes(&asked, &around, &typed, vec![wished]).await?;
        if question.0.is_empty() {
            let to = Move {
                day: to,
                hours,
                place,
                why,
            };
            let of = (id, typed.version());
            let done = acts::shift(asked.db(), &asked.deed, of, to).await;
            let flash = Flash::done("移しました。案内には「変更」と出ます。");
            let path = path(id);
            let on = (path.as_str(), flash);
            if let Some(page) = settled(&asked, on, done, ("day", &mut problems))? {
                return Ok(page);
            }
        } else {
            problems.add("anyway", MEANT);
        }
    }
    let forms = Forms {
        shift: Some((typed, problems)),
        clashes: question,
        ..Forms::default()
    };
    Err(Problem::Refused(show(&asked, &day, &around, forms)?))
}

/// Calls the day off.
pub async fn call_off(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let day = find(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let reason = Reason::from_code(typed.of("reason"));
    if reason.is_none() {
        problems.add("reason", "理由を選んでください。");
    }
    let words = typed.line("words", MOST_LINE, &mut problems);
    let told_how = typed.line("told", MOST_LINE, &mut problems);
    if let (Some(reason), true) = (reason, problems.is_empty()) {
        let off = Off {
            reason,
            words,
            told: told_how,
        };
        let of = (id, typed.version());
        let done = acts::call_off(asked.db(), &asked.deed, of, off).await;
        let flash = Flash::done(
            "中止にしました。案内にも「中止」と出ています。役割の方と、電話で申し込んだ方への連絡を忘れずに。",
        );
        let path = path(id);
        let on = (path.as_str(), flash);
        if let Some(page) = settled(&asked, on, done, ("reason", &mut problems))? {
            return Ok(page);
        }
    }
    let around = around(&asked).await?;
    let forms = Forms {
        off: Some((typed, problems)),
        ..Forms::default()
    };
    Err(Problem::Refused(show(&asked, &day, &around, forms)?))
}

/// It is held all the same.
pub async fn call_on(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    find(&asked, id).await?;
    let of = (id, Typed(sent).version());
    let done = acts::call_on(asked.db(), &asked.deed, of).await;
    on(
        &asked,
        &format!("/station/days/{id}"),
        done,
        Flash::done("行うことにもどしました。"),
    )
}
