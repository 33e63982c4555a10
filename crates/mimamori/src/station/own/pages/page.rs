//! The page itself, in large type.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Stand, visit_of};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::front::look::{self, Head, Tone, Weight, chip};
use crate::front::{Problem, Visitor};
use crate::ids::RowId;
use crate::people::said::day as day_word;
use crate::station::change::Signal;
use crate::station::courses::{Typed, day_words, fee_words};
use crate::station::own::acts::{self, Mine, Next, Picture};
use crate::station::own::rules::{Place, Refusal, Visit, done_words, places_words};
use crate::station::signups::{self, State, What};

/// `?said=in`: what was just done.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asking {
    said: String,
}

/// Back to where it begins, once the visit is over.
fn over(stand: &Stand) -> Response {
    Redirect::to(&stand.start(Place::Home)).into_response()
}

/// The page, after its line.
pub async fn page(
    visitor: Visitor,
    Path(short): Path<String>,
    Query(asking): Query<Asking>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let Some(hash) = visit_of(&headers) else {
        return Ok(over(&stand));
    };
    let visit = match acts::see(&visitor.app.db, &stand.deed, hash).await {
        Ok(visit) => visit,
        Err(Refusal::Over) => return Ok(over(&stand)),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut conn = visitor.app.db.read().await?;
    let picture = acts::picture(&mut conn, &stand.deed, &visit.supporter).await?;
    drop(conn);
    let body = html! {
        (said(&asking.said))
        (ending(&stand, visit.place))
        (offers(&stand, &picture.mine))
        (look::section("申し込んだ講座", mine(&stand, &picture.mine)))
        (look::section("これから申し込める講座", next(&stand, &picture.next)))
        (look::section("申し込みのいらない講座", open(&picture.next)))
        (look::section("商店街の券", html! { p { "これまでにお渡しした券は、合わせて " strong { (picture.vouchers) "円分" } " です。" } }))
        (look::section("見守りについて", watched(&picture)))
        p { (before(&visit)) }
        (ending(&stand, visit.place))
    };
    let title = format!("{} さんのページ", visit.supporter.details.name);
    let back = [stand.goes_back(visit.place)];
    Ok((back, stand.page(&title, body)).into_response())
}

fn said(code: &str) -> Markup {
    let (tone, words) = match code {
        "in" => (Tone::Good, "参加できます。申し込みを受け付けました。"),
        "waiting" => (
            Tone::Notice,
            "キャンセル待ちになりました。席が空いたら、順番にご案内します。",
        ),
        "gone" => (
            Tone::Good,
            "取り消しました。お知らせくださり、ありがとうございます。",
        ),
        "already" => (Tone::Notice, "この講座には、もう申し込んであります。"),
        "changed" => (
            Tone::Warning,
            "そのあいだに、申し込みの様子が変わりました。下の一覧をもう一度ごらんください。",
        ),
        "over" => (
            Tone::Warning,
            "この講座は、いまは受け付けていません。窓口でお尋ねください。",
        ),
        _ => return html! {},
    };
    html! { div role="status" { (look::notice(tone, words, html! {})) } }
}

fn ending(stand: &Stand, place: Place) -> Markup {
    let path = format!("/m/{}/leaving", stand.town.short);
    html! {
        div.buttons.no-print {
            (look::act(Weight::Primary, "終わる", "", &path, &[("at", place.code())]))
            @if place == Place::Tablet { p { "さわらないでいると、1分で最初の画面にもどります。" } }
        }
    }
}

fn answering(stand: &Stand, of: &Mine, weight: Weight, label: &str, how: What) -> Markup {
    let path = format!("/m/{}/signups/{}", stand.town.short, of.signup.id);
    let version = of.signup.version.to_string();
    let fields = [("version", version.as_str()), ("how", how.code())];
    look::act(weight, label, &of.day.details.title, &path, &fields)
}

fn when(of: &Mine) -> String {
    format!("{} {}", day_words(of.day.day), of.day.details.hours)
}

/// What waits for an answer stands first.
fn offers(stand: &Stand, all: &[Mine]) -> Markup {
    let offered = all.iter().filter(|one| one.signup.state == State::Offered);
    html! { @for one in offered {
        (look::notice(Tone::Warning, &format!("席が空きました：{}", one.day.details.title), html! {
            p { (when(one)) "　" (one.place) }
            p { (one.words) }
            div.buttons {
                (answering(stand, one, Weight::Primary, "参加する", What::Took))
                (answering(stand, one, Weight::Secondary, "今回は見送る", What::Declined))
            }
        }))
    } }
}

fn mine(stand: &Stand, all: &[Mine]) -> Markup {
    let head = ["日時", "講座", "様子"].map(Head::new);
    let rows: Vec<Vec<Markup>> = all.iter().map(|one| my_row(stand, one)).collect();
    html! {
        @if rows.is_empty() { p { "いまはありません。" } }
        @else { (look::table("早い日から順に", &head, &rows)) }
    }
}

fn my_row(stand: &Stand, one: &Mine) -> Vec<Markup> {
    let tone = match one.signup.state {
        State::In => Tone::Good,
        State::Offered => Tone::Warning,
        State::Waiting | State::Gone => Tone::Plain,
    };
    vec![
        html! { (day_words(one.day.day)) br; (one.day.details.hours.to_string()) },
        html! { strong { (one.day.details.title) } @if !one.place.is_empty() { br; (one.place) } },
        html! {
            (chip(tone, one.signup.state.word())) p { (one.words) }
            @if matches!(one.signup.state, State::In | State::Waiting) { details {
                summary { "取り消す" }
                p { "取り消すと、席は次の方にまわります。" }
                (answering(stand, one, Weight::Danger, "取り消す", What::Cancelled))
            } }
        },
    ]
}

fn next(stand: &Stand, all: &[Next]) -> Markup {
    let head = ["日時", "講座", "空き"].map(Head::new);
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .filter_map(|one| Some((one, one.room?)))
        .map(|(one, room)| {
            let path = format!("/m/{}/days/{}", stand.town.short, one.day.id);
            let nonce = RowId(stand.deed.new_id()).to_string();
            let wait = room.next() == State::Waiting;
            let label = if wait {
                "キャンセル待ちに申し込む"
            } else {
                "申し込む"
            };
            let fields = [("nonce", nonce.as_str())];
            vec![
                html! { (day_words(one.day.day)) br; (one.day.hours.to_string()) },
                course(one),
                html! {
                    p { (places_words(&room)) }
                    (look::act(Weight::Secondary, label, &one.day.title, &path, &fields))
                },
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { p { "いまはありません。" } }
        @else { (look::table("早い日から順に", &head, &rows)) }
    }
}

fn course(of: &Next) -> Markup {
    html! {
        strong { (of.day.title) }
        @if let Some(place) = &of.day.place { br; (place.word) }
        br; "参加費：" (fee_words(of.day.fee))
        @if !of.day.bring.is_empty() { br; "持ち物：" (of.day.bring) }
    }
}

fn open(all: &[Next]) -> Markup {
    let head = ["日時", "講座"].map(Head::new);
    let open = all.iter().filter(|one| one.room.is_none());
    let rows: Vec<Vec<Markup>> = open
        .map(|one| {
            let when = html! { (day_words(one.day.day)) br; (one.day.hours.to_string()) };
            vec![when, course(one)]
        })
        .collect();
    html! {
        @if rows.is_empty() { p { "この2週間はありません。" } }
        @else { (look::table("そのままお越しください", &head, &rows)) }
    }
}

fn watched(of: &Picture) -> Markup {
    html! {
        @if of.agreed.is_empty() { p { "来る様子を見守ることには、同意されていません。何も見ていません。" } }
        @else {
            p { "見守りの職員が見ることに同意されたもの：" }
            ul { @for (signal, since) in &of.agreed { li { (signal.word()) "（" (day_word(*since)) "から）" } } }
        }
        p { "やめたいときや、新しくお願いしたいときは、窓口でお申し出ください。その場で変えられます。" }
        @if !of.done.is_empty() {
            p { "センターの職員がしたこと：" }
            ul { @for (week, state) in &of.done { @if let Some(words) = done_words(*state) {
                li { (day_word(*week)) "からの週に、来られる様子を見ました。" (words) }
            } } }
        }
        @if !of.agreed.is_empty() && of.agreed.len() < Signal::ALL.len() { p { "そのほかのものは、見ていません。" } }
    }
}

fn before(visit: &Visit) -> String {
    match visit.before_at {
        None => "このページを開いたのは、今回が初めてです。".to_owned(),
        Some(at) => format!(
            "前にこのページが開かれたのは {} です。心当たりがないときは、窓口でお話しください。",
            in_japan(at).strftime("%Y年%-m月%-d日 %-H:%M")
        ),
    }
}

/// Back to the page, with what came of it.
fn on(stand: &Stand, done: Result<State, Refusal>) -> Result<Response, Problem> {
    let said = match done {
        Ok(state) => state.code(),
        Err(Refusal::Over) => return Ok(over(stand)),
        Err(Refusal::SignUps(refusal)) => match refusal {
            signups::Refusal::Already(_) => "already",
            signups::Refusal::Changed
            | signups::Refusal::NotTheirTurn
            | signups::Refusal::Ended => "changed",
            signups::Refusal::IsOff
            | signups::Refusal::IsOver
            | signups::Refusal::NotNeeded
            | signups::Refusal::NotIn
            | signups::Refusal::TooMany => "over",
            other => return Err(other.into()),
        },
        Err(refusal) => return Err(refusal.into()),
    };
    let page = format!("/m/{}/page?said={said}", stand.town.short);
    Ok(Redirect::to(&page).into_response())
}

type Sent = Form<Vec<(String, String)>>;

/// They sign up.
pub async fn sign_up(
    visitor: Visitor,
    Path((short, lesson)): Path<(String, RowId)>,
    headers: HeaderMap,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let Some(hash) = visit_of(&headers) else {
        return Ok(over(&stand));
    };
    let nonce = nonce_of(&stand.deed, &Typed(sent));
    let done = acts::sign_up(&visitor.app.db, &stand.deed, hash, (lesson, nonce)).await;
    on(&stand, done)
}

fn nonce_of(deed: &Deed, typed: &Typed) -> i64 {
    let nonce = typed.of("nonce").parse::<RowId>();
    nonce.map_or_else(|_| deed.new_id(), |nonce| nonce.0)
}

/// They call off, or answer.
pub async fn answer(
    visitor: Visitor,
    Path((short, signup)): Path<(String, RowId)>,
    headers: HeaderMap,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let Some(hash) = visit_of(&headers) else {
        return Ok(over(&stand));
    };
    let typed = Typed(sent);
    let how = What::from_code(typed.of("how")).unwrap_or(What::Cancelled);
    let of = (signup, typed.version());
    on(
        &stand,
        acts::answer(&visitor.app.db, &stand.deed, hash, of, how).await,
    )
}
