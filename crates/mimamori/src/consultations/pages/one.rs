//! One consultation: what was said, what was done with it, what stood there before.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::said;
use super::typed::beside;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::acts;
use crate::consultations::rules::{About, Change, Consultation, Refusal, State, Topic};
use crate::consultations::store;
use crate::front::look::{
    self, Entry, Event, Field, Kind, Link, Problems, Tone, Weight, button_link, field, form,
    hidden, notice, problem_summary, record, section, sheet, text_link, timeline,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::ConsultationId;
use crate::people::said as people_said;
use crate::people::{self, Identity, Names};
use crate::scope::Actor;

/// Why something is done.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    version: i64,
    reason: String,
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<ConsultationId>) -> Result<Markup, Problem> {
    shown(&asked, id, &Typed::default(), &Problems::default()).await
}

/// Whether this account took part in it: only the center that took it down changes it.
pub fn is_own(asked: &Asked, one: &Consultation) -> bool {
    asked.deed.scope.center == Some(one.center)
}

/// The consultation, after the line of its sight.
pub async fn enter(asked: &Asked, id: ConsultationId) -> Result<Consultation, Problem> {
    let one = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    // What is left counts in its month; whoever kept the address would still know of whom it was.
    if one.codes.about == About::Erased {
        return Err(Problem::NotFound);
    }
    let line = Line::new(Verb::Saw, one.person, Fields::CONSULTATIONS);
    let line = line.saying(format!("相談（{id}）"));
    audit::witness(asked.db(), &asked.deed, line).await?;
    Ok(one)
}

/// What the person of a consultation is called.
pub async fn name_of(asked: &Asked, one: &Consultation) -> Result<String, Problem> {
    let mut conn = asked.read().await?;
    if let Some(person) = one.person {
        let identity = people::find_group::<Identity>(&mut conn, &asked.deed, person).await?;
        return Ok(identity.map_or(String::new(), |one| one.value.name.to_string()));
    }
    match one.stranger {
        Some(stranger) => {
            let found = store::find_stranger(&mut conn, &asked.deed, stranger).await?;
            Ok(found.map_or(String::new(), |(one, _)| one.card.called().to_owned()))
        }
        None => Ok(String::new()),
    }
}

/// What the person of a consultation is called, or what stands for a name.
pub async fn called(asked: &Asked, one: &Consultation) -> Result<String, Problem> {
    let name = name_of(asked, one).await?;
    Ok(said::called(&name, one.codes.about).to_owned())
}

async fn shown(
    asked: &Asked,
    id: ConsultationId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let one = enter(asked, id).await?;
    let name = name_of(asked, &one).await?;
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let topics = store::list_topics(&mut conn, &asked.deed).await?;
    let changes = store::list_changes(&mut conn, &asked.deed, id).await?;
    drop(conn);
    let own = is_own(asked, &one);
    let led = (asked.app.above.consultation)(asked, id).await?;
    let body = html! {
        (problem_summary(problems))
        (led)
        @if one.state == State::Struck { (struck(&one, own)) }
        (sheet(
            html! {
                (facts(&one, &name, &names, &topics))
                (paragraphs("相談の内容", &one.words.said))
                (paragraphs("答えたこと・したこと", &one.words.answer))
                (history(&changes, &names, &topics, asked))
            },
            html! {
              @if one.state != State::Struck { div.buttons {
                (button_link(Weight::Secondary, Link::new("支援を始める", &format!("/consultations/{id}/case"))))
              } }
              @if own { (hands(&one, typed, problems)) } @else {
                p { "ほかのセンターが受けた相談です。この方の担当センターなので、読むことができます。" }
            } },
        ))
        p { (text_link(Link::new("相談の一覧へ", "/consultations"))) "　" (text_link(Link::new("つぎの相談を受け付ける", "/consultations/new"))) }
    };
    let day = in_japan(one.at)
        .strftime("%Y年%-m月%-d日の相談")
        .to_string();
    asked.page(Place::Consultations, &day, body)
}

fn facts(one: &Consultation, name: &str, names: &Names, topics: &[Topic]) -> Markup {
    let at = in_japan(one.at)
        .strftime("%Y年%-m月%-d日 %H:%M")
        .to_string();
    let by = one.by.map_or("", |staff| names.actor(Actor::Staff(staff)));
    let codes = &one.codes;
    let called = said::called(name, codes.about);
    let whom = html! {
        @match (one.person, one.stranger) {
            (Some(person), _) => { a href={ "/people/" (person) } { (called) } "　" a href={ "/people/" (person) "/consultations" } { "これまでの相談" } },
            (None, Some(stranger)) => { (called) "（登録なし）　" a href={ "/consultations/of/" (stranger) } { "これまでの相談" } },
            (None, None) => (called),
        }
    };
    let next = html! {
        (one.words.next)
        @if let Some(day) = one.next_on { "（" (people_said::day(day)) "まで）" }
        @if let Some(task) = one.task { @if one.next_on.is_some() { " " a href={ "/tasks/" (task) } { "やること" } } }
    };
    let minutes = codes
        .minutes
        .map_or(String::new(), |many| format!("・{many}分"));
    record(&[
        Entry::new("だれのこと", whom),
        Entry::new(
            "受付",
            html! { (at) "・" (by) "（" (names.center(Some(one.center))) "）" },
        ),
        Entry::new("方法", html! { (codes.way.word()) (minutes) }),
        Entry::new(
            "だれから",
            html! { (codes.from.word()) " " (one.words.asker) },
        ),
        Entry::new(
            "内容",
            html! { (said::topics(codes.topics, topics)) " " (said::urgency_chip(codes.urgency)) },
        ),
        Entry::new(
            "その日の年齢・世帯",
            html! { (codes.age.word()) "・" (codes.alone.word()) },
        ),
        Entry::new("状態", said::state_chip(one.state)),
        Entry::new("次にすること", next),
    ])
}

fn paragraphs(title: &str, text: &str) -> Markup {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    html! { @if !text.is_empty() { (section(title, html! { @for line in lines { p { (line) } } })) } }
}

fn struck(one: &Consultation, own: bool) -> Markup {
    let action = restoring(one.id, one.version);
    notice(
        Tone::Warning,
        "この相談は取り消されています",
        html! {
            p { "理由：" (one.words.struck) "。数字には入りません。" }
            @if own { (look::act(Weight::Secondary, "取り消しをもどす", "", &action, &[])) }
        },
    )
}

fn hands(one: &Consultation, typed: &Typed, problems: &Problems) -> Markup {
    let path = format!("/consultations/{}", one.id);
    let link = |label, end: &str| {
        button_link(Weight::Secondary, Link::new(label, &format!("{path}{end}")))
    };
    html! {
        @if one.state != State::Struck {
            div.buttons {
                (link("訂正する・つづきを書く", "/edit"))
                @if one.stranger.is_some() && one.person.is_none() { (link("登録者に結びつける", "/tie")) }
            }
            @if one.stranger.is_some() && one.person.is_some() { (untying(one, typed, problems)) }
            (section("まちがえて入れたとき", form(&format!("{path}/striking"), html! {
                (hidden("version", &one.version.to_string()))
                (reason(typed, problems, "例：同じ相談を2度入れた"))
                div.buttons { (look::button(Weight::Quiet, "取り消す（消えずに残ります）", "do", "strike")) }
            })))
        }
    }
}

fn reason(typed: &Typed, problems: &Problems, hint: &str) -> Markup {
    field(&Field {
        name: "reason",
        label: "理由",
        hint,
        value: &typed.reason,
        problem: problems.of("reason"),
        required: true,
        kind: Kind::Long,
        ..Field::default()
    })
}

fn untying(one: &Consultation, typed: &Typed, problems: &Problems) -> Markup {
    section(
        "結びつけた登録者がちがうとき",
        form(
            &format!("/consultations/{}/untie", one.id),
            html! {
                (hidden("version", &one.version.to_string()))
                (reason(typed, problems, "例：同じ名前の別の方だった"))
                div.buttons { (look::button(Weight::Quiet, "結びつきをはずす", "do", "untie")) }
            },
        ),
    )
}

fn history(changes: &[Change], names: &Names, topics: &[Topic], asked: &Asked) -> Markup {
    let events: Vec<Event<'_>> = changes
        .iter()
        .map(|change| Event {
            when: people_said::moment(change.at, asked.deed.now),
            who: change
                .by
                .map_or("", |staff| names.actor(Actor::Staff(staff))),
            what: was(change, topics),
        })
        .collect();
    html! { @if !events.is_empty() { (section("変更の履歴", timeline(&events))) } }
}

/// What was done, and what stood there before.
fn was(change: &Change, topics: &[Topic]) -> Markup {
    let before = &change.before;
    let codes = &before.codes;
    html! {
        (change.act.word())
        @if !before.reason.is_empty() { p { "理由：" (before.reason) } }
        details {
            summary { "その前の内容" }
            @if let Some(card) = &before.card {
                p { (card.called()) " " (card.kana) " " (card.address) " "
                    (card.phone.as_ref().map_or(String::new(), ToString::to_string)) " " (card.age.word()) "・" (card.alone.word()) }
            }
            p { (codes.way.word()) "・" (codes.from.word()) "・" (said::topics(codes.topics, topics)) "・" (codes.urgency.word()) }
            @for (label, text) in [("相談の内容", &before.words.said), ("答えたこと・したこと", &before.words.answer), ("次にすること", &before.words.next)] {
                @if !text.is_empty() { p { (label) "：" (text) } }
            }
        }
    }
}

/// Struck out, with the reason.
pub async fn strike(
    asked: Asked,
    Path(id): Path<ConsultationId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let struck = acts::strike(asked.db(), &asked.deed, id, typed.version, &typed.reason).await;
    let flash = Flash::done("取り消しました。").undo(
        "元にもどす",
        &restoring(id, typed.version.saturating_add(1)),
    );
    answer(&asked, id, &typed, struck, flash).await
}

/// Where a striking out is taken back, upon the version that it made: the button of the line on the
/// next page sends no fields.
fn restoring(id: ConsultationId, version: i64) -> String {
    format!("/consultations/{id}/restoring?version={version}")
}

/// The striking out taken back.
pub async fn restore(
    asked: Asked,
    Path(id): Path<ConsultationId>,
    Query(upon): Query<Typed>,
) -> Result<Response, Problem> {
    let restored = acts::restore(asked.db(), &asked.deed, id, upon.version).await;
    let flash = Flash::done("取り消しをもどしました。次の予定があれば、入れなおしてください。");
    answer(&asked, id, &Typed::default(), restored, flash).await
}

/// The tie taken back.
pub async fn untie(
    asked: Asked,
    Path(id): Path<ConsultationId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let upon = (id, typed.version);
    let untied = acts::untie(asked.db(), &asked.deed, upon, &typed.reason).await;
    answer(
        &asked,
        id,
        &typed,
        untied,
        Flash::done("結びつきをはずしました。"),
    )
    .await
}

async fn answer(
    asked: &Asked,
    id: ConsultationId,
    typed: &Typed,
    done: Result<(), Refusal>,
    flash: Flash,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    match done {
        Ok(()) => return Ok(asked.redirect(&format!("/consultations/{id}"), flash)),
        Err(Refusal::Changed) => return Err(Problem::changed(&format!("/consultations/{id}"))),
        Err(refusal) => beside(refusal, &mut problems)?,
    }
    Err(Problem::Refused(shown(asked, id, typed, &problems).await?))
}
