//! What can be done with a notice: the forms beside it, and where they go.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::one::{Seen, see, show};
use crate::front::look::{self, Choice, Field, Kind, Link, Problems, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::NoticeId;
use crate::notices::acts;
use crate::notices::rules::{Ending, LookKind, Refusal, State};
use crate::scope::Right;

/// The forms as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    version: i64,
    center: String,
    reason: String,
    kind: String,
    words: String,
    place: String,
    ending: String,
    why: String,
}

/// A refused form: as typed, with what to mend.
#[derive(Default)]
pub struct Again {
    typed: Typed,
    /// By field.
    pub problems: Problems,
}

/// The forms beside a notice.
pub fn forms(asked: &Asked, seen: &Seen, again: &Again) -> Markup {
    let notice = &seen.notice;
    let base = format!("/notices/{}", notice.id);
    let version = notice.version.to_string();
    if !notice.state.is_open() {
        return html! {
            (ended(seen, &base))
            @if asked.may(Right::Lead) && notice.person.is_none() { (erasing(&base, again)) }
        };
    }
    html! {
        @if notice.state == State::New {
            (look::section("引き受ける", html! {
                p { "引き受けると、このセンターの気づきになります。" }
                (look::act(Weight::Primary, "このセンターで引き受ける", "", &format!("{base}/acceptance"), &[("version", &version)]))
            }))
        }
        (look::section("確かめた", look_form(&base, &version, again)))
        (look::section("支援につなぐ", html! {
            p { "続けて支えることになったら、支援を始めます。気づきは、それで終わりになります。" }
            p { (look::button_link(Weight::Secondary, Link::new("支援を始める", &format!("{base}/case")))) }
        }))
        (look::section("終える", end_form(&base, &version, again)))
        (look::section("場所を直す", place_form(seen, &base, &version, again)))
        (look::section("ほかのセンターへ回す", move_form(seen, &base, &version, again)))
    }
}

fn ended(seen: &Seen, base: &str) -> Markup {
    let teller = &seen.notice.words.teller;
    look::section(
        "知らせた方へ",
        html! {
            @if !teller.wants { p { "結果の連絡は望まれていません。" } }
            @else if seen.notice.told_at.is_some() { p { "結果を知らせました。" } }
            @else { p { (look::button_link(Weight::Primary, Link::new("結果を知らせる", &format!("{base}/outcome")))) } }
        },
    )
}

fn erasing(base: &str, again: &Again) -> Markup {
    let hint = "例：知らせた方から、消してほしいとのお申し出";
    look::section(
        "消去の希望があったとき",
        html! {
            p { "登録のない方のことは、ここで消せます。知らせた方・場所・内容・対応がすべて消え、件数だけが残ります。もとにはもどせません。" }
            (look::form(&format!("{base}/erasure"), html! {
                (look::field(&text("reason", "理由", hint, &again.typed.reason, again)))
                (look::buttons("この気づきを消去する", None))
            }))
        },
    )
}

fn text<'a>(
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    value: &'a str,
    again: &'a Again,
) -> Field<'a> {
    Field {
        name,
        label,
        hint,
        value,
        kind: Kind::Textarea,
        problem: again.problems.of(name),
        ..Field::default()
    }
}

fn look_form(base: &str, version: &str, again: &Again) -> Markup {
    let kinds: Vec<Choice<'_>> = LookKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.word()))
        .collect();
    let chosen = match again.typed.kind.as_str() {
        "" => LookKind::Phone.code(),
        kind => kind,
    };
    let kind = Field {
        name: "kind",
        label: "確かめ方",
        value: chosen,
        ..Field::default()
    };
    look::form(
        &format!("{base}/looks"),
        html! {
            (look::hidden("version", version))
            (look::radios(&kind, &kinds))
            (look::field(&text("words", "わかったこと", "", &again.typed.words, again)))
            div.buttons { button.button.secondary type="submit" { "記録する" } }
        },
    )
}

fn end_form(base: &str, version: &str, again: &Again) -> Markup {
    // A case begins on its own page, in the room above.
    let endings: Vec<Choice<'_>> = Ending::ALL
        .iter()
        .filter(|ending| **ending != Ending::Case)
        .map(|ending| Choice::new(ending.code(), ending.word()))
        .collect();
    let ending = Field {
        name: "ending",
        label: "どうなりましたか",
        value: &again.typed.ending,
        problem: again.problems.of("ending"),
        ..Field::default()
    };
    look::form(
        &format!("{base}/ending"),
        html! {
            (look::hidden("version", version))
            (look::radios(&ending, &endings))
            (look::field(&text("why", "そう決めた理由", "", &again.typed.why, again)))
            div.buttons { button.button.secondary type="submit" { "終える" } }
        },
    )
}

fn place_form(seen: &Seen, base: &str, version: &str, again: &Again) -> Markup {
    let value = match again.typed.place.as_str() {
        "" => seen.notice.words.place.as_str(),
        place => place,
    };
    let hint = "番地まで入れると、同じ家についての気づきと重なります。";
    look::form(
        &format!("{base}/place"),
        html! {
            (look::hidden("version", version))
            (look::field(&Field { kind: Kind::Long, ..text("place", "場所", hint, value, again) }))
            div.buttons { button.button.secondary type="submit" { "直す" } }
        },
    )
}

fn move_form(seen: &Seen, base: &str, version: &str, again: &Again) -> Markup {
    let others = seen.names.centers().iter();
    let others: Vec<(String, &str)> = others
        .filter(|(id, _)| Some(*id) != seen.notice.center)
        .map(|(id, name)| (id.to_string(), name.as_str()))
        .collect();
    let mut choices = vec![Choice::new("", "選んでください")];
    choices.extend(others.iter().map(|(id, name)| Choice::new(id, name)));
    let center = Field {
        name: "center",
        label: "回す先",
        value: &again.typed.center,
        problem: again.problems.of("center"),
        ..Field::default()
    };
    let hint = "回すと、このセンターからは見えなくなります。";
    look::form(
        &format!("{base}/moving"),
        html! {
            (look::hidden("version", version))
            (look::select(&center, &choices))
            (look::field(&text("reason", "回す理由", hint, &again.typed.reason, again)))
            div.buttons { button.button.secondary type="submit" { "回す" } }
        },
    )
}

/// The page again, where words can mend it.
async fn refused(
    asked: &Asked,
    id: NoticeId,
    typed: Typed,
    field: &'static str,
    refusal: Refusal,
) -> Problem {
    let words = match &refusal {
        Refusal::NoWords => {
            "入力してください。あとで見た人にわかるように、ひとことで結構です。".to_owned()
        }
        Refusal::Text(_, bad) => bad.to_string(),
        Refusal::Changed => return Problem::changed(&format!("/notices/{id}")),
        _ => return refusal.into(),
    };
    let mut problems = Problems::default();
    problems.add(field, words);
    again(asked, id, typed, problems).await
}

async fn again(asked: &Asked, id: NoticeId, typed: Typed, problems: Problems) -> Problem {
    let again = Again { typed, problems };
    match see(asked, id)
        .await
        .and_then(|seen| show(asked, &seen, &again))
    {
        Ok(page) => Problem::Refused(page),
        Err(problem) => problem,
    }
}

fn back(asked: &Asked, id: NoticeId, words: &str) -> Response {
    asked.redirect(&format!("/notices/{id}"), Flash::done(words))
}

/// The center has it.
pub async fn accept(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::accept(asked.db(), &asked.deed, id, typed.version).await {
        Ok(()) => Ok(back(&asked, id, "引き受けました。")),
        Err(Refusal::Changed) => Err(Problem::changed(&format!("/notices/{id}"))),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Passes it on.
pub async fn move_to(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let Ok(center) = typed.center.parse() else {
        let mut problems = Problems::default();
        problems.add("center", "回す先のセンターを選んでください。");
        return Err(again(&asked, id, typed, problems).await);
    };
    let (db, deed) = (asked.db(), &asked.deed);
    match acts::move_to(db, deed, id, typed.version, center, &typed.reason).await {
        Ok(()) => Ok(asked.redirect("/notices", Flash::done("ほかのセンターへ回しました。"))),
        Err(refusal) => Err(refused(&asked, id, typed, "reason", refusal).await),
    }
}

/// Somebody looked.
pub async fn look(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let kind = LookKind::from_code(&typed.kind).unwrap_or(LookKind::Phone);
    let (db, deed) = (asked.db(), &asked.deed);
    match acts::look(db, deed, id, typed.version, kind, &typed.words).await {
        Ok(()) => Ok(back(&asked, id, "確かめたことを記録しました。")),
        Err(refusal) => Err(refused(&asked, id, typed, "words", refusal).await),
    }
}

/// Writes the place down better.
pub async fn place(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::place(asked.db(), &asked.deed, id, typed.version, &typed.place).await {
        Ok(()) => Ok(back(&asked, id, "場所を直しました。")),
        Err(refusal) => Err(refused(&asked, id, typed, "place", refusal).await),
    }
}

/// Ends it.
pub async fn end(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    // As a case only where one begins.
    let ending = Ending::from_code(&typed.ending).filter(|ending| *ending != Ending::Case);
    let Some(ending) = ending else {
        let mut problems = Problems::default();
        problems.add("ending", "どうなったかを選んでください。");
        return Err(again(&asked, id, typed, problems).await);
    };
    let (db, deed) = (asked.db(), &asked.deed);
    match acts::end(db, deed, id, typed.version, ending, &typed.why).await {
        Ok(()) => Ok(back(&asked, id, "終えました。")),
        Err(refusal) => Err(refused(&asked, id, typed, "why", refusal).await),
    }
}

/// Takes the end back.
pub async fn reopen(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::reopen(asked.db(), &asked.deed, id, typed.version).await {
        Ok(()) => Ok(back(&asked, id, "終わりを取り消しました。")),
        Err(Refusal::Changed) => Err(Problem::changed(&format!("/notices/{id}"))),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Erases it, on somebody's wish.
pub async fn erase(
    asked: Asked,
    Path(id): Path<NoticeId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    match acts::erase(asked.db(), &asked.deed, id, &typed.reason).await {
        Ok(()) => Ok(asked.redirect("/notices/ended", Flash::done("気づきを消去しました。"))),
        Err(refusal) => Err(refused(&asked, id, typed, "reason", refusal).await),
    }
}
