//! One notice: what was told, what it adds up to, what was done, and what can be done.

use axum::extract::Path;
use maud::{Markup, html};

use super::{Side, deeds, evidence, sided};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::desk::MailState;
use crate::front::look::{self, Entry, Event, Link, Tone, Weight};
use crate::front::{Asked, Problem};
use crate::ids::NoticeId;
use crate::notices::rules::{Agreement, Notice, Observed, Sign, Step, add_up, find_sign};
use crate::notices::store;
use crate::people::said::moment;
use crate::people::{self, Identity, Names, Stop};
use crate::scope::Actor;

/// Everything its page shows.
pub struct Seen {
    /// The notice.
    pub notice: Notice,
    pub signs: Vec<Sign>,
    pub names: Names,
    /// The name of the person, where it may be shown.
    pub name: Option<String>,
    agreement: Option<Agreement>,
    beside: Vec<Notice>,
    /// What was observed about the person.
    observed: Vec<Observed>,
    steps: Vec<Step>,
    mails: Vec<MailState>,
    /// What came of it in the rooms above.
    led: Markup,
}

/// The line of the sight of a notice, durable before it is shown; with the person's name where they
/// may be named without a purpose, or for the purpose that was said.
pub async fn witness(asked: &Asked, notice: &Notice) -> Result<bool, Problem> {
    let (named, reason) = match notice.person {
        None => (false, String::new()),
        Some(person) => match people::admit(asked, person).await {
            Ok(reason) => (true, reason),
            Err(Stop::Problem(problem)) => return Err(problem),
            Err(_) => (false, String::new()),
        },
    };
    let fields = match named {
        true => Fields::IDENTITY,
        false => Fields::NOTHING,
    };
    let line = Line::new(Verb::Saw, notice.person, fields).saying(format!("気づき {reason}"));
    audit::witness(asked.db(), &asked.deed, line).await?;
    Ok(named)
}

/// The notice with all that its page shows, after its line is durable.
pub async fn see(asked: &Asked, id: NoticeId) -> Result<Seen, Problem> {
    let deed = &asked.deed;
    let notice = store::find(&mut asked.read().await?, deed, id).await?;
    let named = witness(asked, &notice).await?;
    let mut conn = asked.read().await?;
    let agreement = match notice.agreement {
        Some(id) => Some(store::find_agreement(&mut conn, deed, id).await?),
        None => None,
    };
    let name = match notice.person.filter(|_| named) {
        Some(person) => people::find_group::<Identity>(&mut conn, deed, person).await?,
        None => None,
    };
    let mut observed = evidence::seen(asked, &mut conn).await?;
    observed.retain(|one| Some(one.person) == notice.person);
    Ok(Seen {
        observed,
        signs: store::list_signs(&mut conn, deed).await?,
        names: Names::read_all(&mut conn, deed).await?,
        name: name.map(|kept| kept.value.name.to_string()),
        agreement,
        beside: store::list_beside(&mut conn, deed, &notice).await?,
        steps: store::list_steps(&mut conn, deed, id).await?,
        mails: store::list_mail_states(&mut conn, deed, id).await?,
        led: (asked.app.above.notice)(asked, id).await?,
        notice,
    })
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<NoticeId>) -> Result<Markup, Problem> {
    let seen = see(&asked, id).await?;
    show(&asked, &seen, &deeds::Again::default())
}

/// The page, with a refused form as typed.
pub fn show(asked: &Asked, seen: &Seen, again: &deeds::Again) -> Result<Markup, Problem> {
    let (notice, now) = (&seen.notice, asked.deed.now);
    let refs: Vec<&Notice> = seen.beside.iter().collect();
    let observed: Vec<&Observed> = seen.observed.iter().collect();
    let sum = add_up(&refs, &observed, &seen.signs, now);
    let main = html! {
        (look::problem_summary(&again.problems))
        (banner(notice, now))
        (seen.led)
        (told(seen, now))
        (evidence::part(&sum, Some(notice), (&seen.beside, &seen.observed), &seen.signs))
        (look::section("これまでの対応", history(seen, now)))
    };
    let body = look::sheet(main, deeds::forms(asked, seen, again));
    sided(asked, Side::Open, "気づき", body)
}

fn banner(notice: &Notice, now: jiff::Timestamp) -> Markup {
    let due = jiff::Timestamp::from_millisecond(notice.due_at.as_millisecond() - 1);
    let due = in_japan(due.unwrap_or(notice.due_at))
        .strftime("%-m月%-d日 %-H:%M")
        .to_string();
    html! {
        @if notice.danger && notice.state.is_open() {
            (look::notice(Tone::Danger, "急ぎの気づきです", html! {
                p { "119番・110番への通報がすんでいるかを、先に確かめてください。" }
            }))
        }
        @if notice.is_late(now) {
            (look::notice(Tone::Danger, "最初の確認の期限を過ぎています", html! { p { (due) "までの予定でした。" } }))
        } @else if notice.waits_for_look() {
            (look::notice(Tone::Notice, &format!("最初の確認は {due} まで"), html! {}))
        }
    }
}

fn told(seen: &Seen, now: jiff::Timestamp) -> Markup {
    let (notice, words) = (&seen.notice, &seen.notice.words);
    let signs = words
        .signs
        .iter()
        .filter_map(|code| find_sign(&seen.signs, code));
    let or_none = |text: &str| match text {
        "" => html! { "―" },
        text => html! { @for line in text.lines() { div { (line) } } },
    };
    let way = match &seen.agreement {
        Some(agreement) => format!("{}（{}）", notice.way.word(), agreement.name),
        None => notice.way.word().to_owned(),
    };
    let mut entries = vec![
        Entry::new(
            "気づいたこと",
            html! { ul { @for sign in signs { li { (sign.ja) } } } (or_none(&words.words)) },
        ),
        Entry::new("場所", or_none(&words.place)),
        Entry::new("どなたのこと", or_none(&words.about)),
        Entry::new("いつから", html! { (words.since.word()) }),
        Entry::new("確かさ", html! { (words.sure.word()) }),
        Entry::new(
            "届いたとき",
            html! { (moment(notice.received_at, now)) "　" (way) },
        ),
        Entry::new("知らせた方", teller(seen)),
        Entry::new("担当", html! { (seen.names.center(notice.center)) }),
    ];
    entries.push(Entry::new("登録者", person(seen)));
    look::section("届いた気づき", look::record(&entries))
}

fn teller(seen: &Seen) -> Markup {
    let teller = &seen.notice.words.teller;
    let parts = [&teller.name, &teller.phone, &teller.mail];
    let given = parts.iter().any(|part| !part.is_empty());
    html! {
        @if given { @for part in parts { @if !part.is_empty() { div { (part) } } } }
        @else { "名のっていません" }
        @if teller.wants { div { (look::chip(Tone::Notice, "結果を知りたい")) } }
        @for state in &seen.mails { div { "メール：" (state.word()) } }
    }
}

fn person(seen: &Seen) -> Markup {
    let id = seen.notice.id;
    html! {
        @match (seen.notice.person, &seen.name) {
            (Some(person), Some(name)) => { a href={ "/people/" (person) } { (name) } }
            (Some(person), None) => { a href={ "/people/" (person) } { "ほかのセンターの登録者（目的を入れて開く）" } }
            (None, _) => "まだ結んでいません",
        }
        @if seen.notice.state.is_open() {
            div { (look::text_link(Link::new("登録者と結ぶ・外す", &format!("/notices/{id}/person")))) }
        }
    }
}

fn history(seen: &Seen, now: jiff::Timestamp) -> Markup {
    let events: Vec<Event<'_>> = seen
        .steps
        .iter()
        .map(|step| Event {
            when: moment(step.at, now),
            who: step
                .by
                .map_or("自動", |staff| seen.names.actor(Actor::Staff(staff))),
            what: html! {
                strong { (step.kind.word()) }
                @for line in step.words.lines() { p { (line) } }
            },
        })
        .collect();
    html! {
        @if events.is_empty() { p { "まだ何もしていません。" } } @else { (look::timeline(&events)) }
        @if !seen.notice.state.is_open() && seen.notice.told_at.is_none() {
            (look::act(Weight::Quiet, "終わりを取り消す", "", &format!("/notices/{}/reopening", seen.notice.id),
                &[("version", &seen.notice.version.to_string())]))
        }
    }
}
