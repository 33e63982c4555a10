//! How many a center follows up, and the town's figures: changed after their effect on last year was seen.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};
use rhythm::{Alert, Effect};

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Kind, Link, Problems, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::people::said::day;
use crate::station::change::rules::{MOST_A_WEEK, Refusal, Settings, day_of, monday};
use crate::station::change::{Who, acts, store};
use crate::station::courses::{Side, Typed, sided, text};

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    show(&asked, &Typed::default(), &Problems::default(), html! {}).await
}

async fn show(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    effect: Markup,
) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let settings = store::find_settings(&mut conn, &asked.deed).await?;
    let numbers = store::list_numbers(&mut conn, &asked.deed).await?;
    drop(conn);
    let own = numbers
        .iter()
        .find(|(center, _)| Some(*center) == asked.deed.scope.center);
    let own = own.map_or(0, |(_, number)| *number).to_string();
    let number = match typed.of("number") {
        "" => own,
        number => number.to_owned(),
    };
    let body = html! {
        (look::problem_summary(problems))
        (look::section("このセンターの人数", html! {
            p { "週に何人まで、声をかけたり訪ねたりできるかを決めます。一覧はこの人数をこえません。0にすると、このセンターの一覧は作りません。" }
            (look::form("/station/watch/number", html! {
                (look::field(&Field { kind: Kind::Number, required: true, value: &number, ..text(typed, problems, "number", "週に見て回れる人数") }))
                (look::buttons("この人数にする", None))
            }))
        }))
        (effect)
        (look::section("町全体の目安", html! {
            p { "目安を変えると、町のすべてのセンターの一覧が変わります。先に「昨年で試す」を押して、だれが載り、だれが載らなくなるかを確かめてから変えてください。一覧への答えで目安が変わることはありません。" }
            (look::form("/station/watch/figures", fields(&settings, typed, problems)))
        }))
        p { (look::text_link(Link::new("来る様子の一覧へ", "/station/watch/week"))) }
    };
    sided(asked, Side::Watch, "一覧の人数と目安", body)
}

fn fields(settings: &Settings, typed: &Typed, problems: &Problems) -> Markup {
    let fields = Settings::SPANS.iter().zip(settings.values());
    html! {
        (look::hidden("version", &settings.version.to_string()))
        @for (span, value) in fields {
            @let value = match typed.of(span.name) { "" => value.to_string(), typed => typed.to_owned() };
            (look::field(&Field { kind: Kind::Number, required: true, hint: span.hint, value: &value, ..text(typed, problems, span.name, span.word) }))
        }
        div.buttons { (look::button(Weight::Primary, "昨年で試す", "do", "weigh")) }
    }
}

/// What was typed.
fn read(old: Settings, typed: &Typed, problems: &mut Problems) -> Option<Settings> {
    let mut values = old.values();
    for (value, span) in values.iter_mut().zip(&Settings::SPANS) {
        let read = typed.number(span.name, span.most, problems);
        match read.filter(|number| *number >= span.least) {
            Some(read) => *value = read,
            None if problems.of(span.name).is_none() => {
                let words = format!(
                    "{}から{}までの数字で入れてください。",
                    span.least, span.most
                );
                problems.add(span.name, words);
            }
            None => {}
        }
    }
    let old = Settings {
        version: typed.version(),
        ..old
    };
    old.with(values).ok().filter(|_| problems.is_empty())
}

/// Shows what other figures would have changed, or keeps them.
pub async fn save(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let mut conn = asked.read().await?;
    let old = store::find_settings(&mut conn, &asked.deed).await?;
    let Some(new) = read(old, &typed, &mut problems) else {
        drop(conn);
        let page = show(&asked, &typed, &problems, html! {}).await?;
        return Err(Problem::Refused(page));
    };
    if typed.of("do") == "keep" {
        drop(conn);
        return match acts::set(asked.db(), &asked.deed, new).await {
            Ok(()) => {
                let flash = Flash::done("目安を変えました。次の月曜の一覧からです。");
                Ok(asked.redirect("/station/watch/figures", flash))
            }
            Err(Refusal::Nothing) => {
                problems.add("strength", "どの目安も、いまと同じです。");
                let page = show(&asked, &typed, &problems, html! {}).await?;
                Err(Problem::Refused(page))
            }
            Err(refusal) => Err(refusal.into()),
        };
    }
    let week = monday(in_japan(asked.deed.now).date());
    let gathered = acts::gather(&mut conn, &asked.deed, week).await?;
    drop(conn);
    let (effect, people) = acts::weigh(asked.db(), &asked.deed, gathered, new).await?;
    let seen = Line::new(Verb::Saw, None, Fields::NOTHING);
    let seen = seen.saying("来る様子の一覧の目安を、昨年で試した");
    audit::witness(asked.db(), &asked.deed, seen).await?;
    let shown = shown(&effect, &people, &typed);
    let page = show(&asked, &typed, &problems, shown).await?;
    Ok(axum::response::IntoResponse::into_response(page))
}

fn shown(effect: &Effect, people: &[Who], typed: &Typed) -> Markup {
    let name = |alert: &Alert| {
        let who = people.get(alert.person as usize);
        who.map_or("―", |who| who.name.as_str())
    };
    let cell = |alert: &Alert| html! { (day(day_of(alert.day))) };
    let none = || html! { "載らない" };
    let lost = effect.lost.iter().map(|one| (name(one), cell(one), none()));
    let gained = effect
        .gained
        .iter()
        .map(|one| (name(one), none(), cell(one)));
    let moved = effect
        .moved
        .iter()
        .map(|one| (name(&one.old), cell(&one.old), cell(&one.new)));
    let rows: Vec<Vec<Markup>> = lost
        .chain(gained)
        .chain(moved)
        .map(|(name, old, new)| vec![html! { (name) }, old, new])
        .collect();
    let head = [
        "どなた",
        "いまの目安で初めて載る日",
        "新しい目安で初めて載る日",
    ]
    .map(Head::new);
    look::section(
        "昨年で試すと",
        html! {
            p { "この52週の一覧に載った延べ人数は、いまの目安で" (effect.old_lines) "人、新しい目安で" (effect.new_lines) "人です。"
                "同じ日に初めて載る方は" (effect.same) "人、新しい目安では載らない方が" (effect.lost.len()) "人、新しく載る方が" (effect.gained.len()) "人、日が変わる方が" (effect.moved.len()) "人です。" }
            @if !rows.is_empty() { (look::table("昨年の一覧の違い", &head, &rows)) }
            (look::form("/station/watch/figures", html! {
                (look::hidden("version", typed.of("version")))
                @for span in &Settings::SPANS { (look::hidden(span.name, typed.of(span.name))) }
                div.buttons { (look::button(Weight::Primary, "この目安に変える", "do", "keep")) }
            }))
        },
    )
}

/// Says how many the own center follows up.
pub async fn number(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let number = typed.number("number", MOST_A_WEEK, &mut problems);
    if let (Some(number), true) = (number, problems.is_empty()) {
        acts::set_number(asked.db(), &asked.deed, number).await?;
        let flash = Flash::done("人数を決めました。");
        return Ok(asked.redirect("/station/watch/figures", flash));
    }
    if problems.is_empty() {
        problems.add("number", "人数を数字で入れてください。");
    }
    let page = show(&asked, &typed, &problems, html! {}).await?;
    Err(Problem::Refused(page))
}
