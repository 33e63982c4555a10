//! The one screen at the door: a box for a number, the list of those who signed up, a name,
//! whoever just comes by, and who is here. Everything on it works without scripts.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::{day_here, offline};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Kind, Problems, Tab, Tone, Weight, chip, tabs};
use crate::front::{Asked, Problem};
use crate::ids::{RowId, SupporterId};
use crate::people::clues;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay, Side, Typed, sided, text};
use crate::station::door::rules::{Attendance, Outcome, Part, Refusal, Roll, Tried};
use crate::station::door::store;
use crate::station::signups::{self, Signup};
use crate::station::supporters::{self, Supporter};

/// So long the last try stands on the screen, with the way to take it back.
const LAST_MS: i64 = 180_000;
/// More than sign up for any day of a town.
const MOST_LISTED: i64 = 1_000;

/// `?as=cook`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asking {
    r#as: String,
}

/// The address of the screen.
pub fn path(day: RowId, part: Part) -> String {
    match part {
        Part::Participant => format!("/station/days/{day}/door"),
        part => format!("/station/days/{day}/door?as={}", part.code()),
    }
}

/// The screen again, without a line of its own: what came of a try stands there.
pub fn again(day: RowId, part: Part) -> Response {
    axum::response::Redirect::to(&path(day, part)).into_response()
}

/// Somebody on a list, by name.
struct Named {
    name: String,
    kana: String,
}

impl Named {
    fn shown(&self) -> &str {
        match self.name.is_empty() {
            true => "名前なし",
            false => &self.name,
        }
    }
}

/// Everything that the screen shows.
struct Screen {
    day: CourseDay,
    part: Part,
    /// Who signed up, has not come yet as this, and how the sign-up stands.
    awaited: Vec<(Named, Signup)>,
    here: Vec<(Named, Attendance)>,
    signed: usize,
    roll: Roll,
    last: Option<(Tried, Option<(String, i64)>)>,
}

async fn name_of(
    conn: &mut db::Conn,
    asked: &Asked,
    supporter: Option<SupporterId>,
    signup: Option<&Signup>,
    own: &str,
) -> Result<Named, Refusal> {
    if let Some(id) = supporter {
        let one = supporters::find(conn, &asked.deed, id).await?;
        return Ok(Named {
            name: one.details.name,
            kana: one.details.kana,
        });
    }
    Ok(match signup.map(|one| &one.who) {
        Some(signups::Who::Guest(guest)) => Named {
            name: guest.name.clone(),
            kana: guest.kana.clone(),
        },
        _ => Named {
            name: own.to_owned(),
            kana: String::new(),
        },
    })
}

async fn screen(asked: &Asked, id: RowId, part: Part) -> Result<Screen, Refusal> {
    let deed = &asked.deed;
    let mut conn = asked.app.db.read().await?;
    let day = courses::find_day(&mut conn, deed, id).await?;
    let mut signed = Vec::new();
    for state in [
        signups::State::In,
        signups::State::Offered,
        signups::State::Waiting,
    ] {
        let some = signups::list_of_day(&mut conn, deed, id, state, MOST_LISTED).await?;
        signed.extend(some);
    }
    let all = store::list_here(&mut conn, deed, id).await?;
    let roll = store::roll_of(&mut conn, deed, id, all.len()).await?;
    let mut here = Vec::new();
    for one in all {
        let own = signed.iter().find(|signup| Some(signup.id) == one.signup);
        let gone = match (own, one.signup) {
            // They cancelled, and came all the same.
            (None, Some(id)) => Some(signups::find(&mut conn, deed, id).await?),
            _ => None,
        };
        let own = own.or(gone.as_ref());
        let named = name_of(&mut conn, asked, one.supporter, own, &one.name).await?;
        here.push((named, one));
    }
    let count = signed.len();
    let mut awaited = Vec::new();
    for one in signed {
        let came = here.iter().any(|(_, here)| {
            here.part == part
                && (here.signup == Some(one.id)
                    || here.supporter.is_some() && here.supporter == one.who.supporter())
        });
        // Whoever helps or teaches did not sign up for it; they are found by card or name.
        if !came && part == Part::Participant {
            let named = name_of(&mut conn, asked, one.who.supporter(), Some(&one), "").await?;
            awaited.push((named, one));
        }
    }
    awaited.sort_by(|(one, _), (other, _)| (&one.kana, &one.name).cmp(&(&other.kana, &other.name)));
    let since = deed.at() - LAST_MS;
    let last = store::last_try(&mut conn, deed, id, since).await?;
    let last = last.map(|tried| {
        let own = here
            .iter()
            .find(|(_, one)| Some(one.id) == tried.attendance);
        let named = own.map(|(named, one)| (named.shown().to_owned(), one.version));
        (tried, named)
    });
    Ok(Screen {
        day,
        part,
        awaited,
        here,
        signed: count,
        roll,
        last,
    })
}

/// The screen of a day.
pub async fn page(
    asked: Asked,
    Path(id): Path<RowId>,
    Query(asking): Query<Asking>,
) -> Result<impl IntoResponse, Problem> {
    let part = Part::from_code(&asking.r#as).unwrap_or(Part::Participant);
    let (typed, problems) = (Typed::default(), Problems::default());
    let page = shown(&asked, id, part, &typed, &problems, html! {}).await?;
    Ok(([offline::CAMERA], page))
}

async fn shown(
    asked: &Asked,
    id: RowId,
    part: Part,
    typed: &Typed,
    problems: &Problems,
    found: Markup,
) -> Result<Markup, Problem> {
    day_here(asked, id).await?;
    let screen = screen(asked, id, part).await?;
    let day = &screen.day;
    // One line a sight: whose names stood there is known from the day's sign-ups and attendances.
    let words = format!(
        "受付の画面：{}　{}（{}人）",
        day.details.title,
        day.day,
        screen.awaited.len() + screen.here.len()
    );
    let line = Line::new(Verb::Saw, None, Fields::NOTHING).saying(words);
    audit::witness(asked.db(), &asked.deed, line).await?;
    let held = day.state == courses::State::Planned && day.day <= in_japan(asked.deed.now).date();
    let body = html! {
        p { strong { (day.details.title) } "　" (courses::day_words(day.day)) (day.details.hours.to_string()) "　"
            "来た方" strong { (screen.here.len()) } "人　申し込み" strong { (screen.signed) } "人　" (roll(screen.roll)) }
        (parts(day, part))
        (last(screen.last.as_ref()))
        (look::problem_summary(problems))
        @if held {
            (code_box(asked, day, part))
            (awaited(asked, &screen))
            (look::section("名前でさがす", search_box(day, part, typed, problems)))
            (found)
            (look::section("申し込みのない方", walk_in(asked, day, part, typed, problems)))
        } @else { p { (not_now(day)) } }
        (here(&screen, asked.deed.now))
        (ending(&screen, asked.deed.now))
        p {
            @if asked.may(Right::Supporters) { a href={ "/station/days/" (day.id) "/signups" } { "申し込みの一覧" } "　" }
            a href={ "/station/days/" (day.id) "/tries" } { "受付の操作の記録" } }
    };
    sided(asked, Side::Door, "受付", offline::around(day, body))
}

fn not_now(day: &CourseDay) -> &'static str {
    match day.state {
        courses::State::Planned => "この回はまだ先です。当日になると、ここで受付ができます。",
        courses::State::Off | courses::State::Ended => {
            "この回は中止です。行うときは、この回の内容で「行うことにもどす」を押してください。"
        }
    }
}

/// How the roll of a day stands, in one chip.
pub fn roll(roll: Roll) -> Markup {
    match roll {
        Roll::NotRecorded => chip(Tone::Plain, "まだ記録していません"),
        Roll::Begun => chip(Tone::Warning, "受付中"),
        Roll::Taken(_) => chip(Tone::Good, "受付を終えました"),
    }
}

/// As what the next ones come. Needed roles stand first.
fn parts(day: &CourseDay, part: Part) -> Markup {
    let all: Vec<(Part, String)> = Part::all().map(|one| (one, path(day.id, one))).collect();
    let sides: Vec<Tab<'_>> = all
        .iter()
        .map(|(one, href)| Tab {
            label: one.word(),
            href,
            count: None,
            current: *one == part,
        })
        .collect();
    tabs("来た方の役割", &sides)
}

fn last(last: Option<&(Tried, Option<(String, i64)>)>) -> Markup {
    let Some((tried, named)) = last else {
        return html! {};
    };
    let tone = match tried.outcome {
        Outcome::In => Tone::Good,
        Outcome::Already | Outcome::Undone => Tone::Notice,
        _ => Tone::Warning,
    };
    let title = match named {
        Some((name, _)) => format!(
            "{name} さん（{}）：{}",
            tried.part.word(),
            tried.outcome.word()
        ),
        None => tried.outcome.word().to_owned(),
    };
    look::notice(
        tone,
        &title,
        html! {
            @if let (Outcome::In, Some(id), Some((_, version))) = (tried.outcome, tried.attendance, named) {
                (look::act(Weight::Secondary, "取り消す", "", &format!("/station/attendances/{id}/undo"), &[("version", &version.to_string())]))
            } @else if let Some(words) = advice(tried.outcome) { p { (words) } }
        },
    )
}

fn advice(outcome: Outcome) -> Option<&'static str> {
    Some(match outcome {
        Outcome::Unknown => "名前でさがすか、「申し込みのない方」で受け付けてください。",
        Outcome::Misread => "番号を、もう一度読み上げてもらってください。",
        Outcome::Ended => {
            "紛失の届けがあったか、取りかえたカードです。名前で受け付けて、新しいカードを渡してください。"
        }
        Outcome::NotIn => "「申し込みのない方」として受け付けられます。",
        Outcome::NotHeld | Outcome::NotYet => "日と講座を確かめてください。",
        Outcome::TooMany => "いっぱいです。紙に書いて、町の管理者にご相談ください。",
        Outcome::In | Outcome::Already | Outcome::Undone => return None,
    })
}

fn nonce(asked: &Asked) -> String {
    RowId(asked.deed.new_id()).to_string()
}

fn code_box(asked: &Asked, day: &CourseDay, part: Part) -> Markup {
    let field = Field {
        name: "code",
        label: "カードのQRか番号、または見守りタグの番号",
        hint: "読み取り機で読むか、番号を打って確定キーを押すと、そのまま受け付けます。",
        focus: true,
        ..Field::default()
    };
    look::form(
        &format!("/station/days/{}/door/code", day.id),
        html! {
            (look::hidden("nonce", &nonce(asked)))
            (look::hidden("as", part.code()))
            (look::field(&field))
            (look::button(Weight::Secondary, "受け付ける", "do", "code"))
        },
    )
}

/// One touch a person.
fn touch(asked: &Asked, screen: &Screen, label: &str, who: (&str, &str)) -> Markup {
    let (nonce, part) = (nonce(asked), screen.part.code());
    let action = format!("/station/days/{}/door", screen.day.id);
    let fields = [("nonce", nonce.as_str()), ("as", part), who];
    look::act(Weight::Primary, label, "", &action, &fields)
}

fn awaited(asked: &Asked, screen: &Screen) -> Markup {
    let waits = |one: &Signup| one.state != signups::State::In;
    let row = |(named, one): &(Named, Signup)| {
        let id = one.id.to_string();
        touch(asked, screen, named.shown(), ("signup", &id))
    };
    let (waiting, inside): (Vec<_>, Vec<_>) =
        screen.awaited.iter().partition(|(_, one)| waits(one));
    html! {
        @if !inside.is_empty() {
            (look::section("申し込んだ方（名前を押すと受け付けます）", html! {
                div.buttons { @for one in &inside { (row(one)) } }
            }))
        }
        @if !waiting.is_empty() {
            (look::section("キャンセル待ち・お返事待ちの方", html! {
                p { "席の空きを確かめてから押してください。" }
                div.buttons { @for one in &waiting { (row(one)) } }
            }))
        }
    }
}

fn search_box(day: &CourseDay, part: Part, typed: &Typed, problems: &Problems) -> Markup {
    look::form(
        &format!("/station/days/{}/door/search", day.id),
        html! {
            (look::hidden("as", part.code()))
            (look::field(&Field { kind: Kind::Search, hint: "サポーターの名前（姓だけでも）、よみ、電話の下4けた", ..text(typed, problems, "seek", "名前") }))
            (look::button(Weight::Secondary, "名前でさがす", "do", "find"))
        },
    )
}

fn walk_in(
    asked: &Asked,
    day: &CourseDay,
    part: Part,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    look::form(
        &format!("/station/days/{}/door", day.id),
        html! {
            (look::hidden("nonce", &nonce(asked)))
            (look::hidden("as", part.code()))
            (look::field(&Field { hint: "聞かないときは空けておきます。人数に数えます。", ..text(typed, problems, "name", "名前") }))
            (look::button(Weight::Primary, "1人受け付ける", "do", "walk_in"))
        },
    )
}

fn here(screen: &Screen, now: Timestamp) -> Markup {
    if screen.here.is_empty() {
        return html! {};
    }
    let head = ["時刻", "名前", "役割", "方法", ""].map(Head::new);
    let over = screen.day.is_over(now);
    let row = |(named, one): &(Named, Attendance)| {
        let version = one.version.to_string();
        let fields = [("version", version.as_str())];
        let base = format!("/station/attendances/{}", one.id);
        vec![
            html! { (in_japan(one.at).strftime("%-H:%M").to_string()) },
            html! { (named.shown()) " " small { (named.kana) } },
            html! { (one.part.word()) },
            html! { (one.way.word()) },
            html! {
                @if let Some(at) = one.left_at { (in_japan(at).strftime("%-H:%M").to_string()) "に早く帰りました " }
                @else if !over { (look::act(Weight::Quiet, "早く帰った", named.shown(), &format!("{base}/left"), &fields)) }
                (look::act(Weight::Quiet, "取り消す", named.shown(), &format!("{base}/undo"), &fields))
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = screen.here.iter().rev().map(row).collect();
    look::table("来た方（新しい順）", &head, &rows)
}

fn ending(screen: &Screen, now: Timestamp) -> Markup {
    let day = &screen.day;
    if day.state != courses::State::Planned || signups::begins(day) > now {
        return html! {};
    }
    let base = format!("/station/days/{}/door", day.id);
    look::section(
        "受付を終える",
        match screen.roll {
            Roll::Taken(at) => html! {
                p { (in_japan(at).strftime("%-m月%-d日 %-H:%M").to_string()) "に終えました。書かれていない方は、来なかった方です。" }
                (look::act(Weight::Secondary, "また受付を開く", "", &format!("{base}/reopen"), &[]))
            },
            Roll::NotRecorded | Roll::Begun => html! {
                p { "来た方を全部書いたら押します。押すまでは「記録していません」のままで、だれも休んだことにはなりません。" }
                (look::act(Weight::Primary, "来た方はこれで全部", "", &format!("{base}/end"), &[]))
            },
        },
    )
}

/// The screen with a walk-in's name that can't be kept, as typed.
pub async fn refused(
    asked: &Asked,
    id: RowId,
    typed: &Typed,
    words: &str,
) -> Result<Response, Problem> {
    let part = Part::from_code(typed.of("as")).unwrap_or(Part::Participant);
    let mut problems = Problems::default();
    problems.add("name", words);
    let page = shown(asked, id, part, typed, &problems, html! {}).await?;
    Err(Problem::Refused(page))
}

/// Supporters whom the words may mean, each one touch away.
pub async fn search(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Markup, Problem> {
    let typed = Typed(sent);
    let part = Part::from_code(typed.of("as")).unwrap_or(Part::Participant);
    let day = day_here(&asked, id).await?;
    let clues = clues::asked(typed.of("seek"));
    let found = supporters::list_matching(&mut asked.read().await?, &asked.deed, &clues).await?;
    let found: Vec<Supporter> = found.into_iter().map(|(one, _)| one).collect();
    let mut lines = vec![
        Line::new(Verb::Saw, None, Fields::NOTHING)
            .saying(format!("受付でサポーターをさがした（{}人）", found.len())),
    ];
    lines.extend(found.iter().filter_map(|one| one.person).map(|person| {
        Line::new(Verb::Saw, Some(person), Fields::NOTHING).saying("受付でさがした")
    }));
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    let action = format!("/station/days/{}/door", day.id);
    let markup = html! {
        @if found.is_empty() { p { "見つかりませんでした。よみ、電話の下4けたでもさがせます。" } }
        div.buttons { @for one in &found {
            @let phone = one.details.phone.as_ref().map(|phone| phone.last4()).unwrap_or_default();
            @let label = format!("{}　{} {phone}", one.details.name, one.details.kana);
            (look::act(Weight::Primary, &label, "", &action, &[("nonce", &nonce(&asked)), ("as", part.code()), ("supporter", &one.id.to_string())]))
        } }
    };
    shown(&asked, id, part, &typed, &Problems::default(), markup).await
}
