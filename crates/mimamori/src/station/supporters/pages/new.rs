//! Joining, and changing what is known.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::one::enter;
use super::{form, path, said, settled, told};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Kind, Link, Problems, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::ids::SupporterId;
use crate::station::courses::{Side, Typed, sided, text};
use crate::station::supporters::acts;
use crate::station::supporters::rules::{Details, Supporter};

const NEW: &str = "/station/supporters/new";

/// The empty form.
pub async fn blank(asked: Asked) -> Result<Markup, Problem> {
    let mut typed = Typed::default();
    typed.put("from", in_japan(asked.deed.now).date());
    shown(&asked, &typed, &Problems::default(), &[])
}

fn shown(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    like: &[Supporter],
) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let body = html! {
        (look::problem_summary(problems))
        p { "登録者でない方も入会できます。登録者の方は、入会のあとで登録者の記録に結びつけられます。" }
        (look::form(NEW, html! {
            @if !like.is_empty() {
                (look::notice(Tone::Warning, "名前か電話が同じ方が、もういます", html! {
                    ul { @for one in like {
                        li { a href=(path(one.id)) { (one.details.name) } " " (one.details.kana) " " (said::standing(one, today)) }
                    } }
                    p { "前に退会した方は、その方のページの「ふたたび入会する」で入会します。" }
                }))
                (look::checks(&text(typed, problems, "anyway", "別の方のとき"), &[Choice::new("yes", "別の方だと確かめた")], &typed.all("anyway")))
            }
            (look::field(&Field { required: true, kind: Kind::Short, hint: "前から会員の方は、はじめに入会した日", ..text(typed, problems, "from", "入会の日") }))
            (form::fields(typed, problems))
            (look::buttons("入会を受け付ける", Some(Link::new("やめる", "/station/supporters"))))
        }))
    };
    sided(asked, Side::Supporters, "入会を受け付ける", body)
}

/// Keeps somebody new; whoever may be there already is shown first.
pub async fn join(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let today = in_japan(asked.deed.now).date();
    let from = words::date::parse_full(typed.of("from"))
        .map_err(|problem| problems.add("from", problem.to_string()));
    let mut like = Vec::new();
    if let (Some(details), Ok(from)) = (form::read(&typed, today, &mut problems), from) {
        if typed.of("anyway") != "yes" {
            like = look_for(&asked, &details).await?;
        }
        if like.is_empty() {
            match acts::join(asked.db(), &asked.deed, details, from).await {
                Ok(id) => {
                    let flash = Flash::done("入会を受け付けました。");
                    return Ok(asked.redirect(&path(id), flash));
                }
                Err(refusal) => match told(&refusal) {
                    Some(("day", words)) => problems.add("from", words),
                    Some((field, words)) => problems.add(field, words),
                    None => return Err(refusal.into()),
                },
            }
        } else {
            let words = "名前か電話が同じ方がいます。下で確かめてください。";
            problems.add("anyway", words);
        }
    }
    Err(Problem::Refused(shown(&asked, &typed, &problems, &like)?))
}

async fn look_for(asked: &Asked, details: &Details) -> Result<Vec<Supporter>, Problem> {
    let like = acts::like(&mut asked.read().await?, &asked.deed, details).await?;
    if !like.is_empty() {
        let words = format!("入会の受付で同じかもしれない方を見た（{}人）", like.len());
        let line = Line::new(Verb::Saw, None, Fields::NOTHING).saying(words);
        audit::witness(asked.db(), &asked.deed, line).await?;
    }
    Ok(like)
}

/// The form as it stands.
pub async fn edit(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    let one = enter(&asked, id).await?;
    let typed = form::typed_from(&one.details, one.version);
    edited(&asked, id, &typed, &Problems::default())
}

fn edited(
    asked: &Asked,
    id: SupporterId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let path = path(id);
    let body = html! {
        (look::problem_summary(problems))
        (look::form(&format!("{path}/edit"), html! {
            (look::hidden("version", typed.of("version")))
            (form::fields(typed, problems))
            (look::buttons("保存する", Some(Link::new("やめる", &path))))
        }))
    };
    sided(asked, Side::Supporters, "サポーターの内容を直す", body)
}

/// Saves upon the version that the form was made from.
pub async fn save(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    enter(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let today = in_japan(asked.deed.now).date();
    if let Some(details) = form::read(&typed, today, &mut problems) {
        let done = acts::change(asked.db(), &asked.deed, (id, typed.version()), details).await;
        if let Some(page) = settled(&asked, id, done, "保存しました。", &mut problems)? {
            return Ok(page);
        }
    }
    Err(Problem::Refused(edited(&asked, id, &typed, &problems)?))
}
