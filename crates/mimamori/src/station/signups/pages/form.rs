//! Taking a sign-up: a supporter is found by name or telephone, somebody else is written down.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use words::phone::Phone;

use super::{day, said, told};
use crate::front::look::{self, Choice, Field, Kind, Problems, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::{RowId, SupporterId};
use crate::people::clues;
use crate::station::courses::{self, CourseDay, Entry, Typed, text};
use crate::station::signups::acts::{self, Wish};
use crate::station::signups::rules::{Guest, MOST_NAME, MOST_NOTE, Refusal, State, Who};
use crate::station::signups::store;
use crate::station::supporters::{self, Supporter};

/// A number for a form that is sent.
fn nonce(asked: &Asked) -> String {
    RowId(asked.deed.new_id()).to_string()
}

/// The empty form; nothing where nobody can sign up any more.
pub fn blank(asked: &Asked, day: &CourseDay) -> Markup {
    let mut typed = Typed::default();
    typed.put("nonce", nonce(asked));
    fields(asked, day, &typed, &Problems::default(), &[])
}

/// The form as it was sent, with whom the words in the box may mean.
pub async fn as_sent(
    asked: &Asked,
    day: &CourseDay,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let found = matching(asked, typed.of("seek")).await?;
    Ok(fields(asked, day, typed, problems, &found))
}

async fn matching(asked: &Asked, q: &str) -> Result<Vec<Supporter>, Problem> {
    let clues = clues::asked(q);
    let mut conn = asked.read().await?;
    let found = supporters::list_matching(&mut conn, &asked.deed, &clues).await?;
    drop(conn);
    let found: Vec<Supporter> = found.into_iter().map(|(one, _)| one).collect();
    if !q.is_empty() {
        let words = format!("申し込みの受付でサポーターをさがした（{}人）", found.len());
        said::witness(asked, &words, found.iter().map(|one| one.person)).await?;
    }
    Ok(found)
}

fn fields(
    asked: &Asked,
    day: &CourseDay,
    typed: &Typed,
    problems: &Problems,
    found: &[Supporter],
) -> Markup {
    if day.details.entry == Entry::Open {
        return html! { p { "この講座は申し込みがいりません。申し込みを受けるときは、この回の内容で「申し込みがいります」を選びます。" } };
    }
    if day.is_over(asked.deed.now) || day.state != courses::State::Planned {
        return html! { p { "この回の申し込みは、もう受けられません。" } };
    }
    let base = day::path(day.id);
    html! {
        (look::problem_summary(problems))
        (look::form(&format!("{base}/search"), html! {
            (look::field(&Field { kind: Kind::Search, hint: "名前（姓だけでも）、よみ、電話（下4けたでも）", ..text(typed, problems, "seek", "サポーターをさがす") }))
            (look::button(Weight::Secondary, "サポーターをさがす", "do", "find"))
        }))
        @if !typed.of("seek").is_empty() { (chosen(&base, typed, problems, found)) }
        @if day.details.who != courses::Who::Supporters { (guest(&base, typed, problems)) }
    }
}

fn chosen(base: &str, typed: &Typed, problems: &Problems, found: &[Supporter]) -> Markup {
    if found.is_empty() {
        return html! { p { "サポーターには見つかりませんでした。姓だけ、よみ、電話の下4けたでもさがせます。" } };
    }
    let labels: Vec<(String, String)> = found
        .iter()
        .map(|one| {
            let phone = one
                .details
                .phone
                .as_ref()
                .map(Phone::last4)
                .unwrap_or_default();
            let label = format!(
                "{}　{}　電話の下4けた {phone}",
                one.details.name, one.details.kana
            );
            (one.id.to_string(), label)
        })
        .collect();
    let choices: Vec<Choice<'_>> = labels
        .iter()
        .map(|(id, label)| Choice::new(id, label))
        .collect();
    look::form(
        base,
        html! {
            (look::hidden("nonce", typed.of("nonce")))
            (look::hidden("seek", typed.of("seek")))
            (look::radios(&Field { required: true, ..text(typed, problems, "supporter", "どの方ですか") }, &choices))
            (note(typed, problems))
            (look::button(Weight::Primary, "この方の申し込みを受ける", "do", "supporter"))
        },
    )
}

fn guest(base: &str, typed: &Typed, problems: &Problems) -> Markup {
    html! {
        details open[typed.of("do") == "guest"] {
            summary { "サポーターでない方の申し込みを受ける" }
            (look::form(base, html! {
                (look::hidden("nonce", typed.of("nonce")))
                (look::field(&Field { required: true, ..text(typed, problems, "name", "名前") }))
                (look::field(&Field { hint: "カタカナかひらがな", ..text(typed, problems, "kana", "よみ") }))
                (look::field(&Field { kind: Kind::Tel, hint: "中止や、空いた席をお知らせするためです。", ..text(typed, problems, "phone", "電話") }))
                (note(typed, problems))
                (look::button(Weight::Primary, "申し込みを受ける", "do", "guest"))
            }))
        }
    }
}

fn note(typed: &Typed, problems: &Problems) -> Markup {
    let field = Field {
        kind: Kind::Long,
        hint: "準備に要ること。例：車いすで来ます",
        ..text(typed, problems, "note", "メモ")
    };
    look::field(&field)
}

/// Whom the words may mean.
pub async fn search(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Markup, Problem> {
    let of = day::find(&asked, id).await?;
    let mut typed = Typed(sent);
    typed.put("nonce", nonce(&asked));
    let form = as_sent(&asked, &of, &typed, &Problems::default()).await?;
    day::show(&asked, &of, form).await
}

fn read(typed: &Typed, problems: &mut Problems) -> Option<Who> {
    if typed.of("do") == "supporter" || !typed.of("supporter").is_empty() {
        let id: Option<SupporterId> = typed.of("supporter").parse().ok();
        if id.is_none() {
            problems.add("supporter", "どの方かを選んでください。");
        }
        return id.map(Who::Supporter);
    }
    let name = typed.line("name", MOST_NAME, problems);
    if name.is_empty() && problems.of("name").is_none() {
        problems.add("name", "名前を入れてください。呼び名だけでもかまいません。");
    }
    let kana = words::kana::to_katakana(&typed.line("kana", MOST_NAME, problems));
    let phone = match typed.of("phone") {
        "" => None,
        typed => Phone::parse(typed)
            .map_err(|bad| problems.add("phone", bad.to_string()))
            .ok(),
    };
    let guest = Guest { name, kana, phone };
    problems.is_empty().then_some(Who::Guest(guest))
}

/// Takes a sign-up.
pub async fn send(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let of = day::find(&asked, id).await?;
    let (mut typed, mut problems) = (Typed(sent), Problems::default());
    let who = read(&typed, &mut problems);
    let note = typed.line("note", MOST_NOTE, &mut problems);
    let nonce = match typed.of("nonce").parse::<RowId>() {
        Ok(sent) => sent.0,
        Err(_) => {
            let fresh = asked.deed.new_id();
            typed.put("nonce", RowId(fresh));
            fresh
        }
    };
    if let (Some(who), true) = (who, problems.is_empty()) {
        let field = if who.supporter().is_some() {
            "supporter"
        } else {
            "name"
        };
        let wish = Wish {
            day: of.id,
            who,
            note,
            nonce,
        };
        match acts::sign_up(asked.db(), &asked.deed, wish).await {
            Ok(id) => return done(&asked, &of, id).await,
            Err(Refusal::Already(there)) => {
                let words = told(&Refusal::Already(there)).unwrap_or_default();
                let path = format!("/station/signups/{there}");
                return Ok(asked.redirect(&path, Flash::not_done(words)));
            }
            Err(refusal) => match told(&refusal) {
                Some(words) => problems.add(field, words),
                None => return Err(refusal.into()),
            },
        }
    }
    Err(day::refused(&asked, &of, &typed, &problems).await?)
}

async fn done(asked: &Asked, of: &CourseDay, id: RowId) -> Result<Response, Problem> {
    let new = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    let words = match new.state {
        State::In => "申し込みを受けました。参加できます。",
        _ => {
            "申し込みを受けました。定員まで埋まっているので、キャンセル待ちです。席が空いたらお電話することをお伝えください。"
        }
    };
    Ok(asked.redirect(&day::path(of.id), Flash::done(words)))
}
