//! One observation: what was seen, what came of it, and what can be done.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::form::sign_words;
use super::told;
use super::whom::{Whom, enter, leads};
use crate::front::look::{self, Entry, Field, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::notices;
use crate::people::said::day;
use crate::people::{Names, Stop};
use crate::scope::{Actor, Right};
use crate::station::courses::{Side, Typed, sided, text};
use crate::station::watch::rules::{Observation, State};
use crate::station::watch::{acts, store};

/// The observation and whom it is about, after the line of the sight.
async fn see(asked: &Asked, id: RowId) -> Result<(Observation, Whom), Stop> {
    let one = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let whom = enter(asked, one.about).await?;
    Ok((one, whom))
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Stop> {
    let (one, whom) = see(&asked, id).await?;
    show(
        &asked,
        (&one, &whom),
        &Typed::default(),
        &Problems::default(),
    )
    .await
}

async fn show(
    asked: &Asked,
    (one, whom): (&Observation, &Whom),
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let mut conn = asked.read().await?;
    let signs = notices::list_signs(&mut conn, &asked.deed).await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let mut entries = vec![
        Entry::new(
            "どなたのこと",
            html! { a href=(whom.path()) { (whom.name) } },
        ),
        Entry::new("見た日", html! { (day(one.day)) }),
        Entry::new(
            "気になったこと",
            html! { (sign_words(&one.words.signs, &signs)) @for line in one.words.words.lines() { div { (line) } } },
        ),
        Entry::new("講座", html! { (one.words.course) }),
        Entry::new("書いた人", html! { (names.actor(Actor::Staff(one.by))) }),
    ];
    if one.state == State::TakenBack {
        let why = html! { @for line in one.words.taken_back.lines() { div { (line) } } };
        entries.push(Entry::new("取り消した理由", why));
    }
    let body = html! {
        (look::problem_summary(problems))
        (standing(asked, one))
        (look::record(&entries))
        (look::section("ここからできること", leads(asked, whom).await?))
        @if one.state == State::Stands { (taking_back(one, typed, problems)) }
        p { (look::text_link(Link::new("この方の様子へもどる", &whom.path()))) }
    };
    Ok(sided(asked, Side::Watch, "様子の記録", body)?)
}

/// Whether somebody is to look into it, or does already.
fn standing(asked: &Asked, one: &Observation) -> Markup {
    let version = one.version.to_string();
    let action = format!("/station/watch/{}/notice", one.id);
    let make = |weight| {
        look::act(
            weight,
            "気づきとして受け付ける",
            "",
            &action,
            &[("version", &version)],
        )
    };
    html! {
        @if one.state == State::TakenBack {
            (look::notice(Tone::Plain, "取り消した記録です", html! { p { "気づきの重なりには数えません。" } }))
        } @else if let Some(notice) = one.notice {
            (look::notice(Tone::Notice, "気づきとして受け付けました", html! { p { a href={ "/notices/" (notice) } { "気づきを開く" } } }))
        } @else if one.is_urgent() {
            (look::notice(Tone::Warning, "すぐに確かめますか", html! {
                p { "あざやけがは、転倒や虐待の始まりのことがあります。気づきとして受け付けると、町の決めた時間のうちに担当のセンターが確かめます。いま危ないときは、先に119番・110番へ。" }
                (make(Weight::Primary))
            }))
        } @else if asked.may(Right::TakeNotices) {
            p { "センターで確かめたほうがよいときは、気づきとして受け付けます。" }
            (make(Weight::Secondary))
        }
    }
}

fn taking_back(one: &Observation, typed: &Typed, problems: &Problems) -> Markup {
    let reason = Field {
        kind: Kind::Long,
        required: true,
        hint: "例：別の方のことだった",
        ..text(typed, problems, "reason", "理由")
    };
    html! {
        details open[problems.of("reason").is_some()] {
            summary { "この記録を取り消す" }
            p { "記録は理由といっしょに残り、重なりには数えなくなります。" }
            (look::form(&format!("/station/watch/{}/taking-back", one.id), html! {
                (look::hidden("version", &one.version.to_string()))
                (look::field(&reason))
                (look::button(Weight::Quiet, "取り消す", "do", "take-back"))
            }))
        }
    }
}

type Sent = Form<Vec<(String, String)>>;

/// Takes it back.
pub async fn take_back(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Sent,
) -> Result<Response, Stop> {
    let (one, whom) = see(&asked, id).await?;
    let typed = Typed(sent);
    let of = (id, typed.version());
    match acts::take_back(asked.db(), &asked.deed, of, typed.of("reason")).await {
        Ok(()) => Ok(asked.redirect(&whom.path(), Flash::done("取り消しました。"))),
        Err(refusal) => {
            let (field, words) = told(&refusal).ok_or(refusal)?;
            let mut problems = Problems::default();
            problems.add(field, words);
            let page = show(&asked, (&one, &whom), &typed, &problems).await?;
            Err(Problem::Refused(page).into())
        }
    }
}

/// Makes a notice of it.
pub async fn notice(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Sent,
) -> Result<Response, Stop> {
    see(&asked, id).await?;
    let of = (id, Typed(sent).version());
    let notice = acts::make_notice(asked.db(), &asked.deed, of).await?;
    let flash = Flash::done("気づきとして受け付けました。");
    Ok(asked.redirect(&format!("/notices/{notice}"), flash))
}
