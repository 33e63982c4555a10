//! One view: every sight of it, what was said, and the head's two answers.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::beside;
use super::list::{name_of, ranked, state, tone, when, witness};
use crate::audit::{self, Entry, Filter};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Kind, Link, Problems, Weight, field};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::pages::Names;
use crate::people::views::acts::{self, leads};
use crate::people::views::rules::{MOST_SAID, Odd, Refusal, State, View};
use crate::people::views::store;
use crate::scope::Actor;

/// Lines of the audit that are shown with a view.
const MOST_LINES: i64 = 50;

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    version: i64,
    sights: i64,
    question: String,
    on: String,
}

/// The view, if this head may judge it.
async fn find(asked: &Asked, id: RowId) -> Result<View, Problem> {
    let (center, me) = leads(&asked.deed)?;
    let view = store::find(&mut asked.read().await?, &asked.deed, center, id).await?;
    match view.staff == me {
        true => Err(Problem::NotFound),
        false => Ok(view),
    }
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    shown(&asked, id, "", &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    id: RowId,
    typed: &str,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let view = find(asked, id).await?;
    witness(asked, &[view.person]).await?;
    let (center, me) = leads(&asked.deed)?;
    let mut conn = asked.read().await?;
    let all = ranked(&mut conn, asked, center, me).await?;
    let found = all.into_iter().find(|one| one.view.id == view.id);
    let odd = found.map(|one| one.odd).unwrap_or_default();
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let person = name_of(&mut conn, asked, view.person).await?;
    let filter = Filter {
        whose: Some(view.person),
        staff: Some(view.staff),
        verb: None,
        before: None,
        limit: MOST_LINES,
    };
    let lines = audit::list_entries(&mut conn, &asked.deed.scope, filter).await?;
    drop(conn);
    let staff = names.actor(Actor::Staff(view.staff));
    let body = html! {
        p { (look::text_link(Link::new("一覧にもどる", "/center/views"))) }
        (look::problem_summary(problems))
        (look::sheet(
            html! { (facts(&view, staff, &person, &odd)) (sights(asked, &view, &lines)?) },
            html! { (ends(&view, staff, typed, problems)) },
        ))
    };
    asked.page(Place::Center, &format!("{staff}の閲覧"), body)
}

fn facts(view: &View, staff: &str, person: &str, odd: &[Odd]) -> Markup {
    let mut entries = vec![
        look::Entry::new("職員", html! { (staff) }),
        look::Entry::new("登録者", html! { (person) "さん" }),
        look::Entry::new("いつ", html! { (when(view)) }),
        look::Entry::new(
            "状態",
            html! { @if view.state == State::Open { (view.state.word()) } @else { (state(view)) } },
        ),
    ];
    if !odd.is_empty() {
        let chips = html! { @for one in odd { (look::chip(tone(*one), &one.words())) " " } };
        entries.push(look::Entry::new("気になる点", chips));
    }
    let said = [
        ("入れた目的", &view.purpose),
        ("たずねたこと", &view.words.question),
        ("答え", &view.words.answer),
    ];
    for (label, text) in said.into_iter().filter(|(_, text)| !text.is_empty()) {
        let paragraphs = html! { @for line in text.lines() { p { (line) } } };
        entries.push(look::Entry::new(label, paragraphs));
    }
    look::record(&entries)
}

/// What this account did with this record in the week, as the audit has it.
fn sights(asked: &Asked, view: &View, lines: &[Entry]) -> Result<Markup, Problem> {
    let mut rows = Vec::new();
    for line in lines.iter().filter(|line| line.at >= view.first_at) {
        let said = audit::open_detail(&asked.deed.keys, line)?;
        rows.push(vec![
            html! { (in_japan(line.at).strftime("%-m月%-d日 %-H:%M").to_string()) },
            html! { (line.verb.map_or("そのほか", |verb| verb.word())) },
            html! { (line.fields.to_string()) },
            html! { (said) },
        ]);
    }
    let head = ["いつ", "何を", "どこを", "理由・目的"].map(Head::new);
    Ok(look::table("この記録にしたこと", &head, &rows))
}

fn ends(view: &View, staff: &str, typed: &str, problems: &Problems) -> Markup {
    let (version, sights) = (view.version.to_string(), view.sights.to_string());
    let read = [("version", version.as_str()), ("sights", &sights)];
    let base = format!("/center/views/{}", view.id);
    let hint = format!("{MOST_SAID}字まで。本人だけが読みます。例：この日は何の用件でしたか。");
    html! {
        @if view.state != State::Understood {
            (look::section("心あたりがある", look::act(Weight::Primary, "わかりました", "", &format!("{base}/understood"), &read)))
        }
        @if view.state == State::Asked {
            p { (staff) "の答えを待っています。" }
        } @else {
            (look::section("本人にたずねる", look::form(&format!("{base}/question"), html! {
                (look::hidden("version", &version))
                (field(&Field { name: "question", label: "たずねること", hint: &hint, value: typed,
                    problem: problems.of("question"), required: true, kind: Kind::Textarea, ..Field::default() }))
                div.buttons { button.button.secondary type="submit" { "たずねる" } }
            })))
        }
    }
}

/// The head knows why.
pub async fn understand(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let read = (typed.version, typed.sights);
    let flash = match acts::understand(asked.db(), &asked.deed, id, read).await {
        Ok(()) => Flash::done("確認しました。"),
        Err(Refusal::Changed) => {
            Flash::not_done("そのあとに閲覧や答えがありました。もう一度お確かめください。")
        }
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(asked.redirect("/center/views", flash))
}

/// The head asks.
pub async fn ask(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let done = acts::ask(asked.db(), &asked.deed, id, typed.version, &typed.question).await;
    match done {
        Ok(()) => Ok(asked.redirect(
            "/center/views",
            Flash::done("たずねました。答えがあると、一覧の上に出ます。"),
        )),
        Err(refusal) => {
            // Whose view it is not, learns nothing from what was typed.
            find(&asked, id).await?;
            let problems = beside("question", refusal)?;
            let page = shown(&asked, id, &typed.question, &problems).await?;
            Err(Problem::Refused(page))
        }
    }
}

/// A record becomes a canary, or is none any more.
pub async fn canary(
    asked: Asked,
    Path(person): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let on = typed.on == "yes";
    acts::set_canary(asked.db(), &asked.deed, person, on).await?;
    let words = match on {
        true => "見張りの記録にしました。だれかがひらくと、閲覧の確認に出ます。",
        false => "見張りの記録ではなくなりました。",
    };
    Ok(asked.redirect(&format!("/people/{person}"), Flash::done(words)))
}
