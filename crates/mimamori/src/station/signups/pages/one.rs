//! One sign-up: how it stands and why, in words that can be read out.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::said::{self, Named};
use super::{day, told};
use crate::front::look::{self, Event, Weight, timeline};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses::{self, CourseDay, Side, Typed, sided};
use crate::station::signups::acts;
use crate::station::signups::rules::{Refusal, State, What, moment, reason};
use crate::station::signups::store;

async fn find(asked: &Asked, id: RowId) -> Result<(Named, CourseDay), Problem> {
    let mut conn = asked.read().await?;
    let one = store::find(&mut conn, &asked.deed, id).await?;
    let day = courses::find_day(&mut conn, &asked.deed, one.day).await?;
    drop(conn);
    let mut named = said::named(asked, vec![one]).await?;
    let named = named.pop().ok_or(Problem::NotFound)?;
    Ok((named, day))
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let (one, day) = find(&asked, id).await?;
    let what = said::day_line("申し込み", &day);
    said::witness(&asked, &what, std::iter::once(one.person)).await?;
    let mut conn = asked.read().await?;
    let stands = acts::standing(&mut conn, &asked.deed, &one.signup, &day).await?;
    drop(conn);
    let of = &one.signup;
    let open = !day.is_over(asked.deed.now) && of.state != State::Gone;
    let calls = open && of.state == State::Waiting && stands.ahead == 0 && stands.room.has_place();
    let body = html! {
        p { a href=(day::path(day.id)) { (said::day_words(&day)) } }
        p { strong { (one.name()) } " " (one.kana) "　"
            @if let Some(phone) = &one.phone { a href=(phone.tel_uri()) { (phone.to_string()) } } @else { "電話は聞いていません" } }
        @if let Some(id) = of.who.supporter() { p { a href={ "/station/supporters/" (id) } { "サポーターのページ" } } }
        @if !of.note.is_empty() { p { "メモ：" (of.note) } }
        p { (said::state(of)) " " (stands.words) }
        @if open { (deeds(&one, calls)) }
        (look::section("これまで", story(&one)))
    };
    sided(&asked, Side::SignUps, "申し込みの記録", body)
}

fn deeds(one: &Named, calls: bool) -> Markup {
    let of = &one.signup;
    let version = of.version.to_string();
    let path = format!("/station/signups/{}", of.id);
    let end = |weight, label, how: What| {
        let fields = [("version", version.as_str()), ("how", how.code())];
        look::act(weight, label, "", &format!("{path}/end"), &fields)
    };
    let take = || {
        let fields = [("version", version.as_str())];
        look::act(
            Weight::Primary,
            "席を受ける",
            "",
            &format!("{path}/take"),
            &fields,
        )
    };
    html! {
        div.buttons {
            @if of.state == State::Offered || calls {
                (take())
                (end(Weight::Secondary, "今回は見送る", What::Declined))
                (end(Weight::Secondary, "つながらない（次の方へ）", What::Unreached))
            } @else {
                (end(Weight::Danger, "申し込みを取り消す", What::Cancelled))
            }
        }
    }
}

fn story(one: &Named) -> Markup {
    let events: Vec<(String, &str, String)> = one
        .signup
        .story
        .iter()
        .rev()
        .map(|happened| {
            let by = match (happened.by, happened.own) {
                (Some(_), _) => "職員",
                (None, true) => "ご本人",
                (None, false) => "自動",
            };
            let what = format!("{}：{}", happened.what.word(), reason(happened));
            (moment(happened.at), by, what)
        })
        .collect();
    let events: Vec<Event<'_>> = events
        .iter()
        .map(|(at, by, what)| Event {
            when: html! { (at) },
            who: by,
            what: html! { (what) },
        })
        .collect();
    timeline(&events)
}

/// They take the place.
pub async fn take(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let of = (id, Typed(sent).version());
    let done = acts::take(asked.db(), &asked.deed, of).await;
    on(&asked, id, done, "参加になりました。")
}

/// It ends.
pub async fn end(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(sent);
    let how = What::from_code(typed.of("how")).unwrap_or(What::Cancelled);
    let done = acts::end(asked.db(), &asked.deed, (id, typed.version()), how).await;
    let words = "取り消しました。空いた席は、お待ちの方に順番にご案内します。";
    on(&asked, id, done, words)
}

fn on(
    asked: &Asked,
    id: RowId,
    done: Result<RowId, Refusal>,
    words: &str,
) -> Result<Response, Problem> {
    let path = format!("/station/signups/{id}");
    let flash = match done {
        Ok(_) => Flash::done(words),
        Err(Refusal::Changed) => return Err(Problem::changed(&path)),
        Err(refusal) => match told(&refusal) {
            Some(words) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect(&path, flash))
}
