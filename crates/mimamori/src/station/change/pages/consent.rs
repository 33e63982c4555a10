//! To what a supporter agrees: read aloud at the counter, written down, taken back.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::told;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::SupporterId;
use crate::people::Names;
use crate::people::said::day;
use crate::scope::{Actor, Right};
use crate::station::change::rules::{Agreed, Consent, Refusal, Signal, Way, agreed};
use crate::station::change::{acts, store};
use crate::station::courses::{Side, Typed, sided, text};
use crate::station::supporters::{self, Supporter};

/// The supporter, after the line of the sight.
pub async fn enter(asked: &Asked, id: SupporterId) -> Result<Supporter, Problem> {
    let one = supporters::find(&mut asked.read().await?, &asked.deed, id).await?;
    if one.is_erased() {
        return Err(Problem::NotFound);
    }
    let line = Line::new(Verb::Saw, one.person, Fields::CONSENT);
    let line = line.saying(format!("サポーターの同意（{id}）"));
    audit::witness(asked.db(), &asked.deed, line).await?;
    Ok(one)
}

fn path(id: SupporterId) -> String {
    format!("/station/supporters/{id}/consents")
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    shown(&asked, id, &Typed::default(), &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    id: SupporterId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let one = enter(asked, id).await?;
    let today = in_japan(asked.deed.now).date();
    let mut conn = asked.read().await?;
    let all = store::list_of(&mut conn, &asked.deed, id).await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let holds = agreed(&all);
    let body = html! {
        (look::problem_summary(problems))
        (look::section("ご本人にお話しすること", html! {
            p { "いつもの来かたと、いまの来かたを比べて、変わったときに見守りの職員が気づけるようにします。比べるのは、ご本人のふだんとだけです。ほかの方とは比べません。" }
            p { "見るものは、1つずつ決められます。同意しなくても、講座への参加やサポーターの活動は何も変わりません。やめたくなったら、いつでも、ここですぐにやめられます。やめると、それまでの様子も見なくなります。" }
        }))
        (look::section("いまの同意", now(&all, &names)))
        @if one.terms.has(today) && holds.len() < Signal::ALL.len() {
            (look::section("新しく同意されたとき", agreeing(id, &holds, today, (typed, problems))))
        }
        @if !holds.is_empty() {
            (look::section("やめたいと言われたとき", taking_back(id, &holds, (typed, problems))))
        }
        @if all.iter().any(|consent| consent.until.is_some()) {
            (look::section("これまで", before(&all, &names)))
        }
        @if !holds.is_empty() && asked.may(Right::Watch) {
            p { (look::text_link(Link::new("来る様子を見る（同意のあるものだけ）", &format!("/station/supporters/{id}/rhythm")))) }
        }
        p { (look::text_link(Link::new("サポーターの画面にもどる", &format!("/station/supporters/{id}")))) }
    };
    let title = format!("{}さんの同意", one.details.name);
    sided(asked, Side::Supporters, &title, body)
}

fn now(all: &[Consent], names: &Names) -> Markup {
    let head = ["見るもの", "同意", "いつ・どのように"].map(Head::new);
    let row = |signal: &Signal| {
        let holds = all
            .iter()
            .find(|one| one.signal == *signal && one.until.is_none());
        let (tone, word) = match holds {
            Some(_) => (Tone::Good, "同意あり"),
            None => (Tone::Plain, "見ません"),
        };
        vec![
            html! { (signal.word()) },
            look::chip(tone, word),
            html! { @if let Some(one) = holds { (given(one, names)) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = Signal::ALL.iter().map(row).collect();
    look::table("見るものごとの同意", &head, &rows)
}

fn given(one: &Consent, names: &Names) -> Markup {
    let by = names.actor(Actor::Staff(one.words.by));
    html! {
        (day(one.since)) "　" (one.words.way.word()) "（" (by) "）"
        @if !one.words.note.is_empty() { div { (one.words.note) } }
    }
}

fn before(all: &[Consent], names: &Names) -> Markup {
    let head = ["見るもの", "同意された", "やめた"].map(Head::new);
    let ended = all.iter().filter_map(|one| Some((one, one.until?)));
    let rows: Vec<Vec<Markup>> = ended
        .map(|(one, until)| {
            let by = one.words.ended_by;
            let by = by.map_or("―", |by| names.actor(Actor::Staff(by)));
            vec![
                html! { (one.signal.word()) },
                given(one, names),
                html! { (day(until)) "（" (by) "）" },
            ]
        })
        .collect();
    look::table("これまでの同意", &head, &rows)
}

fn choices(of: impl Fn(Signal) -> bool) -> Vec<Choice<'static>> {
    let signals = Signal::ALL.iter().filter(|signal| of(**signal));
    signals
        .map(|signal| Choice::new(signal.code(), signal.word()))
        .collect()
}

fn agreeing(
    id: SupporterId,
    holds: &[Signal],
    today: Date,
    (typed, problems): (&Typed, &Problems),
) -> Markup {
    let ways: Vec<Choice<'_>> = Way::ALL
        .iter()
        .map(|way| Choice::new(way.code(), way.word()))
        .collect();
    let chosen = match typed.of("on") {
        "" => today.to_string(),
        on => on.to_owned(),
    };
    let field = |name, label| text(typed, problems, name, label);
    look::form(
        &path(id),
        html! {
            (look::checks(&field("signals", "ご本人が同意されたもの"), &choices(|signal| !holds.contains(&signal)), &typed.all("signals")))
            (look::radios(&Field { required: true, ..field("way", "どのように") }, &ways))
            (look::field(&Field { kind: Kind::Short, required: true, value: &chosen, hint: "例：2026-11-20、R8.11.20", ..field("on", "同意された日") }))
            (look::field(&Field { kind: Kind::Long, hint: "例：ご家族にも伝えてあるとのこと", ..field("note", "そのほか") }))
            (look::buttons("同意を記録する", None))
        },
    )
}

fn taking_back(
    id: SupporterId,
    holds: &[Signal],
    (typed, problems): (&Typed, &Problems),
) -> Markup {
    let field = text(typed, problems, "ended", "やめるもの");
    html! {
        p { "理由は聞かなくてかまいません。押すとすぐに見なくなります。" }
        (look::form(&format!("{}/taking-back", path(id)), html! {
            (look::checks(&field, &choices(|signal| holds.contains(&signal)), &typed.all("ended")))
            (look::button(Weight::Secondary, "やめる", "do", "take-back"))
        }))
    }
}

type Sent = Form<Vec<(String, String)>>;

fn signals(typed: &Typed, name: &str) -> Vec<Signal> {
    let named = typed.all(name).into_iter();
    named.filter_map(Signal::from_code).collect()
}

/// Writes down to what they agreed.
pub async fn agree(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let way = Way::from_code(typed.of("way"));
    if way.is_none() {
        problems.add("way", "どのように同意されたかを、えらんでください。");
    }
    let on = words::date::parse_full(typed.of("on"));
    let on = on.map_err(|problem| problems.add("on", problem.to_string()));
    if let (Some(way), Ok(on)) = (way, on) {
        let new = Agreed {
            signals: signals(&typed, "signals"),
            on,
            way,
            note: typed.of("note").to_owned(),
        };
        let done = acts::agree(asked.db(), &asked.deed, id, new).await;
        let field = match &done {
            Err(Refusal::Nothing) => "signals",
            Err(Refusal::Note(_)) => "note",
            _ => "on",
        };
        if let Some(page) = settled(
            &asked,
            id,
            done,
            ("同意を記録しました。", field),
            &mut problems,
        )? {
            return Ok(page);
        }
    }
    Err(Problem::Refused(
        shown(&asked, id, &typed, &problems).await?,
    ))
}

/// Takes back what was named.
pub async fn take_back(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let named = signals(&typed, "ended");
    let done = acts::take_back(asked.db(), &asked.deed, id, named).await;
    let said = "やめました。もう見ていません。";
    match settled(&asked, id, done, (said, "ended"), &mut problems)? {
        Some(page) => Ok(page),
        None => Err(Problem::Refused(
            shown(&asked, id, &typed, &problems).await?,
        )),
    }
}

fn settled(
    asked: &Asked,
    id: SupporterId,
    done: Result<(), Refusal>,
    (flash, field): (&str, &str),
    problems: &mut Problems,
) -> Result<Option<Response>, Problem> {
    match done {
        Ok(()) => Ok(Some(asked.redirect(&path(id), Flash::done(flash)))),
        Err(refusal) => match told(&refusal) {
            Some(words) => {
                problems.add(field, words);
                Ok(None)
            }
            None => Err(refusal.into()),
        },
    }
}
