//! One day: changed with those it takes along, moved, called off.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::series::around;
use super::typed::{Around, Typed};
use super::{Side, clash, on, rule, said, settled, sided, typed};
use crate::front::look::{self, Choice, Field, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses::acts;
use crate::station::courses::rules::{
    Booking, CourseDay, Details, MOST_LINE, Move, Off, Reach, Reason, Refusal, State, bookings,
    day_words,
};
use crate::station::courses::store;

/// A form that comes back, with what has to be read before it is sent again.
struct Sent {
    typed: Typed,
    problems: Problems,
    above: Markup,
}

impl Sent {
    fn new(typed: Typed) -> Sent {
        Sent {
            typed,
            problems: Problems::default(),
            above: html! {},
        }
    }

    /// A form that nobody has filled yet, upon the day as it stands.
    fn of(day: &CourseDay, mut typed: Typed) -> Sent {
        typed.put("version", day.version);
        Sent::new(typed)
    }

    /// Somebody saved first: what stands now is shown, and the form goes on from there.
    fn go_on(&mut self, from: &CourseDay, above: Markup) {
        self.typed.renew(from.version);
        self.above = above;
    }

    fn version(&self) -> Markup {
        look::hidden("version", self.typed.of("version"))
    }

    fn field<'a>(&'a self, name: &'a str, label: &'a str, hint: &'a str) -> Field<'a> {
        Field {
            hint,
            ..typed::text(&self.typed, &self.problems, name, label)
        }
    }
}

/// The forms of the page, one of them refused perhaps.
#[derive(Default)]
struct Forms {
    change: Option<Sent>,
    shift: Option<Sent>,
    off: Option<Sent>,
    on: Option<Sent>,
}

async fn find(asked: &Asked, id: RowId) -> Result<CourseDay, Problem> {
    Ok(store::find_day(&mut asked.read().await?, &asked.deed, id).await?)
}

/// What the forms of a day are made with.
async fn around_of(asked: &Asked, day: &CourseDay) -> Result<Around, Problem> {
    Ok(Around {
        stays: day.details.place,
        ..around(asked).await?
    })
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let day = find(&asked, id).await?;
    let around = around_of(&asked, &day).await?;
    show(&asked, &day, &around, Forms::default())
}

fn show(asked: &Asked, day: &CourseDay, around: &Around, forms: Forms) -> Result<Markup, Problem> {
    let base = format!("/station/days/{}", day.id);
    let open = day.state == State::Planned && !day.is_over(asked.deed.now);
    let place = around.find(day.details.place);
    let body = html! {
        p { (said::date(day.day)) " " (day.details.hours.to_string()) "　" (place.map_or("会場は未定", |place| &place.word)) " " (said::state(day, asked.deed.now)) }
        (said::why(day))
        p { a href={ "/station/courses/" (day.series) } { "この講座の全部の回" } "　"
            a href={ "/station/days/" (day.id) "/signups" } { "申し込み" } "　"
            a href={ "/station/days/" (day.id) "/door" } { "受付" } }
        @match day.state {
            State::Off => (on_form(day, &base, forms.on)),
            State::Ended => {},
            State::Planned => {
                @if open { (look::section("日時・会場を変える", move_form(day, around, &base, forms.shift))) }
                (look::section("中止にする", off_form(day, &base, forms.off)))
                @if open { (look::section("内容を変える", change_form(day, around, &base, forms.change))) }
            }
        }
    };
    let title = format!("{} {}", day_words(day.day), day.details.title);
    sided(asked, Side::Month, &title, body)
}

fn on_form(day: &CourseDay, base: &str, sent: Option<Sent>) -> Markup {
    let sent = sent.unwrap_or_else(|| Sent::of(day, Typed::default()));
    html! {
        (look::problem_summary(&sent.problems))
        (look::form(&format!("{base}/on"), html! {
            (sent.version())
            (sent.above)
            (look::button(Weight::Primary, "中止を取り消す", "do", "on"))
        }))
    }
}

fn move_form(day: &CourseDay, around: &Around, base: &str, sent: Option<Sent>) -> Markup {
    let sent = sent.unwrap_or_else(|| {
        let mut typed = typed::typed_from(&day.details);
        typed.put("day", day.day);
        Sent::of(day, typed)
    });
    html! {
        p { "案内には「変更」として、もとの日時といっしょに出ます。" }
        (look::problem_summary(&sent.problems))
        (look::form(&format!("{base}/moving"), html! {
            (sent.version())
            (sent.above)
            (look::field(&Field { kind: Kind::Short, required: true, ..sent.field("day", "新しい日", "例：2026-06-05、R8.6.5") }))
            (typed::when_and_where(&sent.typed, around, &sent.problems))
            (look::field(&Field { kind: Kind::Long, ..sent.field("why", "理由", "案内に出ます。") }))
            (look::button(Weight::Secondary, "日時・会場を変える", "do", "move"))
        }))
    }
}

fn off_form(day: &CourseDay, base: &str, sent: Option<Sent>) -> Markup {
    let sent = sent.unwrap_or_else(|| Sent::of(day, Typed::default()));
    let reasons: Vec<Choice<'_>> = Reason::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    html! {
        p { "案内には「中止」として残ります。楽しみにしている方が、来てしまわないようにするためです。" }
        (look::problem_summary(&sent.problems))
        (look::form(&format!("{base}/off"), html! {
            (sent.version())
            (sent.above)
            (look::radios(&Field { required: true, ..sent.field("reason", "理由", "") }, &reasons))
            (look::field(&Field { kind: Kind::Long, ..sent.field("words", "くわしく", "案内に出ます。例：35度をこえる予報のため") }))
            (look::field(&Field { kind: Kind::Long, ..sent.field("told", "どう知らせたか", "職員どうしの記録です。例：店先に掲示、役割の方に電話") }))
            (look::button(Weight::Danger, "中止にする", "do", "off"))
        }))
    }
}

fn change_form(day: &CourseDay, around: &Around, base: &str, sent: Option<Sent>) -> Markup {
    let sent = sent.unwrap_or_else(|| {
        let mut typed = typed::typed_from(&day.details);
        typed.put("reach", Reach::One.code());
        Sent::of(day, typed)
    });
    let (typed, problems) = (&sent.typed, &sent.problems);
    let reaches: Vec<Choice<'_>> = Reach::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let reach = Field {
        required: true,
        ..sent.field("reach", "どの回を変えますか", "終わった回は変わりません。")
    };
    html! {
        (look::problem_summary(problems))
        (look::form(base, html! {
            (sent.version())
            (sent.above)
            (look::radios(&reach, &reaches))
            (typed::fields(typed, around, problems, typed::when_and_where(typed, around, problems)))
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
    Ok(clash::question(&found, &around.places))
}

/// The days that a change would touch, as they would be.
async fn touched(
    asked: &Asked,
    day: &CourseDay,
    new: &Details,
    reach: Reach,
) -> Result<Vec<Booking>, Problem> {
    if reach == Reach::One {
        let details = new.clone();
        return Ok(vec![Booking::from(&CourseDay {
            details,
            ..day.clone()
        })]);
    }
    let from = match reach {
        Reach::Coming => jiff::civil::Date::MIN,
        Reach::One | Reach::Following => day.planned_on,
    };
    let mut conn = asked.read().await?;
    let series = store::find_series(&mut conn, &asked.deed, day.series).await?;
    let mut days = store::list_of_series(&mut conn, &asked.deed, day.series, from).await?;
    days.retain(|other| !other.is_over(asked.deed.now));
    for other in &mut days {
        other.follow(&day.details, new, &series.details);
    }
    Ok(bookings(&days).collect())
}

fn path(id: RowId) -> String {
    format!("/station/days/{id}")
}

/// What is said above a form where the page shows all that may have changed.
fn look_above() -> Markup {
    look::notice(
        Tone::Warning,
        "そのあいだに、ほかの職員が変えました",
        html! { p { "いまの日時・会場・状態は、この画面の上のとおりです。" } },
    )
}

/// Keeps what changed.
pub async fn save(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut day = find(&asked, id).await?;
    let around = around_of(&asked, &day).await?;
    let mut sent = Sent::new(Typed(sent));
    let reach = Reach::from_code(sent.typed.of("reach"));
    if reach.is_none() {
        let words = "どの回を変えるかを選んでください。";
        sent.problems.add("reach", words);
    }
    let new = typed::read(&mut sent.typed, &around, &mut sent.problems);
    if let Some((new, reach)) = new.zip(reach) {
        let wished = touched(&asked, &day, &new, reach).await?;
        sent.above = clashes(&asked, &around, &sent.typed, wished).await?;
        if sent.above.0.is_empty() {
            let of = (id, sent.typed.version());
            let typed_facts = said::facts(&new, &around);
            let done = acts::change(asked.db(), &asked.deed, of, new, reach).await;
            let meanwhile = matches!(done, Err(Refusal::Changed));
            let path = path(id);
            let on = (path.as_str(), Flash::done("保存しました。"));
            if let Some(page) = settled(&asked, on, done, ("reach", &mut sent.problems))? {
                return Ok(page);
            }
            if meanwhile {
                day = find(&asked, id).await?;
                let now = said::facts(&day.details, &around);
                sent.go_on(&day, said::apart(&now, &typed_facts));
            }
        } else {
            sent.problems.add("anyway", clash::MEANT);
        }
    }
    let forms = Forms {
        change: Some(sent),
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
    let mut day = find(&asked, id).await?;
    let around = around_of(&asked, &day).await?;
    let mut sent = Sent::new(Typed(sent));
    let to = read_move(&sent.typed, &day, &around, &mut sent.problems);
    if let Some(to) = to {
        let wished = Booking {
            day: to.day,
            hours: to.hours,
            place: to.place,
            ..Booking::from(&day)
        };
        sent.above = clashes(&asked, &around, &sent.typed, vec![wished]).await?;
        if sent.above.0.is_empty() {
            let of = (id, sent.typed.version());
            let done = acts::shift(asked.db(), &asked.deed, of, to).await;
            let meanwhile = matches!(done, Err(Refusal::Changed));
            let flash = Flash::done(match day.details.shown {
                true => "日時・会場を変えました。案内には「変更」と出ます。",
                false => "日時・会場を変えました。",
            });
            let path = path(id);
            let on = (path.as_str(), flash);
            if let Some(page) = settled(&asked, on, done, ("day", &mut sent.problems))? {
                return Ok(page);
            }
            if meanwhile {
                day = find(&asked, id).await?;
                sent.go_on(&day, look_above());
            }
        } else {
            sent.problems.add("anyway", clash::MEANT);
        }
    }
    let forms = Forms {
        shift: Some(sent),
        ..Forms::default()
    };
    Err(Problem::Refused(show(&asked, &day, &around, forms)?))
}

fn read_move(
    typed: &Typed,
    day: &CourseDay,
    around: &Around,
    problems: &mut Problems,
) -> Option<Move> {
    let to = rule::day(typed, "day", problems);
    let hours = typed.hours(problems);
    let place = typed.place(around, day.details.holds, problems);
    let why = typed.line("why", MOST_LINE, problems);
    let (Some(day), Some(hours), true) = (to, hours, problems.is_empty()) else {
        return None;
    };
    Some(Move {
        day,
        hours,
        place,
        why,
    })
}

/// Calls the day off.
pub async fn call_off(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut day = find(&asked, id).await?;
    let mut sent = Sent::new(Typed(sent));
    let reason = Reason::from_code(sent.typed.of("reason"));
    if reason.is_none() {
        sent.problems.add("reason", "理由を選んでください。");
    }
    let words = sent.typed.line("words", MOST_LINE, &mut sent.problems);
    let told = sent.typed.line("told", MOST_LINE, &mut sent.problems);
    if let (Some(reason), true) = (reason, sent.problems.is_empty()) {
        let off = Off {
            reason,
            words,
            told,
        };
        let of = (id, sent.typed.version());
        let done = acts::call_off(asked.db(), &asked.deed, of, off).await;
        let meanwhile = matches!(done, Err(Refusal::Changed));
        let flash = Flash::done(match day.details.shown {
            true => {
                "中止にしました。案内にも「中止」と出ています。役割の方と、電話で申し込んだ方への連絡を忘れずに。"
            }
            false => {
                "中止にしました。案内にのせていない講座なので、来る予定の方への連絡を忘れずに。"
            }
        });
        let path = path(id);
        let on = (path.as_str(), flash);
        if let Some(page) = settled(&asked, on, done, ("reason", &mut sent.problems))? {
            return Ok(page);
        }
        if meanwhile {
            day = find(&asked, id).await?;
            sent.go_on(&day, look_above());
        }
    }
    let around = around_of(&asked, &day).await?;
    let forms = Forms {
        off: Some(sent),
        ..Forms::default()
    };
    Err(Problem::Refused(show(&asked, &day, &around, forms)?))
}

/// It is held all the same; what would clash by now is asked about first.
pub async fn call_on(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let day = find(&asked, id).await?;
    let around = around_of(&asked, &day).await?;
    let mut sent = Sent::new(Typed(sent));
    if day.state == State::Off && !day.is_over(asked.deed.now) {
        let wished = vec![Booking::from(&day)];
        sent.above = clashes(&asked, &around, &sent.typed, wished).await?;
    }
    if !sent.above.0.is_empty() {
        sent.problems.add("anyway", clash::MEANT);
        let forms = Forms {
            on: Some(sent),
            ..Forms::default()
        };
        return Err(Problem::Refused(show(&asked, &day, &around, forms)?));
    }
    let done = acts::call_on(asked.db(), &asked.deed, (id, sent.typed.version())).await;
    let flash = Flash::done("中止を取り消しました。予定どおり行います。");
    on(&asked, &path(id), done, flash)
}
