//! The person answers alone, one question a screen, in large type. The address opens this one
//! questionnaire and nothing else; nobody is signed in on the tablet.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::one::{admitted, open};
use super::{on, said, told};
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::front::look::{self, Field, Kind as Input, Link, Problems, PublicShell, Tone, Weight};
use crate::front::{Asked, Flash, Place, Problem, Visitor, no_session_cookie};
use crate::networks;
use crate::paths::checklists::acts;
use crate::paths::checklists::rules::{Checklist, LINK_MINUTES, Question, Refusal, height, weight};
use crate::people::{self, Stop};
use crate::staff;

/// How a tablet is handed over.
#[derive(Deserialize)]
pub struct Handing {
    #[serde(default)]
    version: i64,
    /// `here` where the machine itself is handed over.
    #[serde(default)]
    device: String,
}

/// Hands a link out: as a QR for another tablet, or on this machine, which is signed out first.
pub async fn hand(
    asked: Asked,
    Path(id): Path<String>,
    Form(handing): Form<Handing>,
) -> Result<Response, Stop> {
    let one = admitted(&asked, &id).await?;
    let back = format!("/checklists/{}", one.id);
    let handed = match acts::hand(asked.db(), &asked.deed, one.id, handing.version).await {
        Ok(handed) => handed,
        Err(refusal) => return on(&asked, &back, Err(refusal)),
    };
    if handing.device == "here" {
        return Ok(hand_here(&asked, &handed.token).await?);
    }
    let (one, view) = open(&asked, one.id).await?;
    let address = format!("{}/answer/{}", asked.app.config.public_url, handed.token);
    let version = one.version.to_string();
    let body = html! {
        p { strong { (view.identity.value.name) " さん" } "（" (one.sheet.word()) "）" }
        (look::section("別のタブレットで答える", html! {
            p { "タブレットのカメラで、このQRコードを読み取ってください。" (LINK_MINUTES) "分のあいだ、この質問票だけに使えます。" }
            div.qr { (look::qr(&address, "タブレットで読み取るQRコード").unwrap_or_default()) }
            p { code.secret { (address) } }
        }))
        (look::section("いま見ているこの端末で答える", html! {
            p { "この端末をそのままお渡しするときは、ここから始めます。先にログアウトするので、ほかのページは開けなくなります。" }
            (look::act(Weight::Secondary, "ログアウトして、この端末をわたす", "", &format!("{back}/handing"), &[("version", &version), ("device", "here")]))
        }))
        p { (look::text_link(Link::new("回答の画面へもどる", &back))) }
    };
    Ok(asked
        .page(Place::People, "タブレットをわたす", body)?
        .into_response())
}

async fn hand_here(asked: &Asked, token: &str) -> Result<Response, Problem> {
    staff::sign_out(asked.db(), &asked.deed, &asked.session).await?;
    let headers = [(SET_COOKIE, no_session_cookie())];
    Ok((headers, Redirect::to(&format!("/answer/{token}"))).into_response())
}

/// When the link that was shown is over.
#[derive(Deserialize)]
pub struct Until {
    until: Option<Timestamp>,
}

/// Takes the link back.
pub async fn withdraw(
    asked: Asked,
    Path(id): Path<String>,
    Form(link): Form<Until>,
) -> Result<Response, Stop> {
    let one = admitted(&asked, &id).await?;
    let done = acts::withdraw(asked.db(), &asked.deed, one.id, link.until).await;
    let flash = done.map(|_| Flash::done("リンクを止めました。答えた分は残っています。"));
    on(&asked, &format!("/checklists/{}", one.id), flash)
}

/// Which question; none is the beginning, one beyond the last the end.
#[derive(Deserialize)]
pub struct Wanted {
    q: Option<u8>,
}

/// A screen of the tablet.
pub async fn page(
    visitor: Visitor,
    Path(token): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let Some((deed, hash)) = visitor.behind(&token).await? else {
        return Ok(over());
    };
    let one = acts::open_link(&mut visitor.app.db.read().await?, &deed, hash).await;
    let one = match one {
        Ok(one) => one,
        Err(Refusal::LinkIsOver) => return Ok(over()),
        Err(refusal) => return Err(refusal.into()),
    };
    let fields = Fields::IDENTITY.and(Fields::CARE);
    let line = Line::new(Verb::Saw, Some(one.person), fields).saying("タブレットでの回答");
    audit::witness(&visitor.app.db, &deed, line).await?;
    let screen = Screen {
        token: &token,
        one: &one,
    };
    let body = match wanted.q {
        None => screen.beginning(&family(&visitor, &deed, &one).await?),
        Some(number) => match one.sheet.question(number) {
            Some(question) => screen.question(question, None, &Problems::default()),
            None => screen.end(),
        },
    };
    framed(&visitor, &deed, one.sheet.word(), body).await
}

/// The family name, so that two tablets are not mixed up; no more of the person.
async fn family(visitor: &Visitor, deed: &Deed, one: &Checklist) -> Result<String, Problem> {
    let mut conn = visitor.app.db.read().await?;
    let view = people::find_for_desk(&mut conn, deed, one.person).await?;
    let view = view.ok_or(Problem::NotFound)?;
    Ok(view.identity.value.name.family().to_owned())
}

/// What was pressed or typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    q: u8,
    choice: u8,
    height: String,
    weight: String,
    done: String,
}

/// Takes an answer in and leads to the next question, or ends it.
pub async fn answer(
    visitor: Visitor,
    Path(token): Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Problem> {
    let Some((deed, hash)) = visitor.behind(&token).await? else {
        return Ok(over());
    };
    let one = acts::open_link(&mut visitor.app.db.read().await?, &deed, hash).await;
    let done = match one {
        Err(refusal) => Err(refusal),
        Ok(_) if pressed.done == "yes" => match acts::finish(&visitor.app.db, &deed, hash).await {
            Ok(()) => return thanks(&visitor, &deed).await,
            Err(refusal) => Err(refusal),
        },
        Ok(one) => {
            let number = pressed.q;
            let question = one.sheet.question(number).ok_or(Problem::NotFound)?;
            let measured = question.is_measured();
            let read = (height(&pressed.height), weight(&pressed.weight));
            if measured && (read.0.is_err() || read.1.is_err()) {
                return again(&visitor, &deed, &token, &one, &pressed).await;
            }
            let write = move |answers: &mut crate::paths::checklists::rules::Answers| {
                if measured {
                    answers.height = read.0.unwrap_or_default();
                    answers.weight = read.1.unwrap_or_default();
                } else {
                    answers.choose(one.sheet, number, pressed.choice);
                }
            };
            acts::answer(&visitor.app.db, &deed, hash, write).await
        }
    };
    match done {
        Ok(()) => {
            let next = format!("/answer/{token}?q={}", pressed.q.saturating_add(1));
            Ok(Redirect::to(&next).into_response())
        }
        Err(Refusal::LinkIsOver) => Ok(over()),
        Err(refusal) if told(&refusal).is_some() => {
            Ok(Redirect::to(&format!("/answer/{token}")).into_response())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// The measures again, as typed.
async fn again(
    visitor: &Visitor,
    deed: &Deed,
    token: &str,
    one: &Checklist,
    pressed: &Pressed,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    if let Err(problem) = height(&pressed.height) {
        problems.add("height", problem.to_string());
    }
    if let Err(problem) = weight(&pressed.weight) {
        problems.add("weight", problem.to_string());
    }
    let question = one.sheet.question(pressed.q).ok_or(Problem::NotFound)?;
    let screen = Screen { token, one };
    let body = screen.question(
        question,
        Some((&pressed.height, &pressed.weight)),
        &problems,
    );
    let page = framed(visitor, deed, one.sheet.word(), body).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What the screens of one tablet share.
struct Screen<'a> {
    token: &'a str,
    one: &'a Checklist,
}

impl Screen<'_> {
    fn action(&self) -> String {
        format!("/answer/{}", self.token)
    }

    fn href(&self, number: u8) -> String {
        format!("/answer/{}?q={number}", self.token)
    }

    fn beginning(&self, family: &str) -> Markup {
        let questions = self.one.sheet.questions();
        let first = questions
            .iter()
            .find(|of| self.one.answers.weight(self.one.sheet, of.number).is_none());
        let first = self.href(first.map_or(1, |of| of.number));
        html! {
            p { strong { (family) " さん" } "の質問票です。ちがう方は、職員にお知らせください。" }
            p { "質問は" (questions.len()) "あります。1つずつ出ますので、あてはまるものを押してください。" }
            p { "答えたくない質問は、とばしてかまいません。わからないときは、職員におたずねください。" }
            p { a.dial href=(first) { span.dial-number { @if self.one.answered() > 0 { "つづきから" } @else { "はじめる" } } } }
        }
    }

    fn question(
        &self,
        question: &Question,
        typed: Option<(&str, &str)>,
        problems: &Problems,
    ) -> Markup {
        let (number, of) = (question.number, self.one.sheet.questions().len());
        html! {
            p { (number) "問目（全部で" (of) "問）" }
            h2 { @if question.is_measured() { "身長と体重を教えてください" } @else { (question.text) } }
            (look::problem_summary(problems))
            @if question.is_measured() { (self.measures(number, typed, problems)) } @else { (self.choices(question)) }
            div.buttons {
                @if number > 1 { a.button.quiet href=(self.href(number - 1)) { "← 前の質問へ" } }
            }
        }
    }

    fn choices(&self, question: &Question) -> Markup {
        let chosen = self.one.answers.chosen(question.number);
        html! {
            form.answers.no-print method="post" action=(self.action()) {
                (look::hidden("q", &question.number.to_string()))
                @for (choice, at) in question.choices.iter().zip(1u8..) {
                    button.dial.no-print type="submit" name="choice" value=(at) {
                        span.dial-number { (choice.word) }
                        @if chosen == Some(at) { span.dial-label { "✓ いまの答え" } }
                    }
                }
                button class="button quiet" type="submit" name="choice" value="0" { "この質問をとばす" }
            }
        }
    }

    fn measures(&self, number: u8, typed: Option<(&str, &str)>, problems: &Problems) -> Markup {
        let of = |measure: Option<u32>| measure.map(said::tenths).unwrap_or_default();
        let (tall, heavy) = (of(self.one.answers.height), of(self.one.answers.weight));
        let (tall, heavy) = typed.unwrap_or((&tall, &heavy));
        let field = |name, label, value| Field {
            name,
            label,
            value,
            kind: Input::Number,
            hint: "わからないときは、空けたままで次へ進めます。",
            problem: problems.of(name),
            ..Field::default()
        };
        look::form(
            &self.action(),
            html! {
                (look::hidden("q", &number.to_string()))
                (look::field(&field("height", "身長（センチ）", tall)))
                (look::field(&field("weight", "体重（キロ）", heavy)))
                (look::buttons("次へ", None))
            },
        )
    }

    fn end(&self) -> Markup {
        let open: Vec<u8> = self
            .one
            .sheet
            .questions()
            .iter()
            .map(|of| of.number)
            .filter(|number| self.one.answers.weight(self.one.sheet, *number).is_none())
            .collect();
        html! {
            p { "質問はこれで終わりです。" (said::answered(self.one)) "いただきました。" }
            @if !open.is_empty() {
                p { "答えていない質問があります。答えるときは番号を押してください。このまま送ることもできます。" }
                div.buttons { @for number in &open { a.button.secondary href=(self.href(*number)) { (number) "番" } } }
            }
            (look::act(Weight::Primary, "答えを送る", "", &self.action(), &[("done", "yes")]))
            div.buttons { a.button.quiet href=(self.href(1)) { "← はじめから見なおす" } }
        }
    }
}

async fn thanks(visitor: &Visitor, deed: &Deed) -> Result<Response, Problem> {
    let body = look::notice(
        Tone::Good,
        "ありがとうございました",
        html! { p { "答えを送りました。このタブレットを職員にお返しください。" } },
    );
    framed(visitor, deed, "おわりました", body).await
}

async fn framed(
    visitor: &Visitor,
    deed: &Deed,
    title: &str,
    body: Markup,
) -> Result<Response, Problem> {
    let town = networks::find_town(&mut visitor.app.db.read().await?, &deed.scope).await?;
    let name = town.map(|town| town.name).unwrap_or_default();
    let shell = PublicShell {
        network_name: &name,
        ..PublicShell::default()
    };
    Ok(look::public_page(&shell, title, body).into_response())
}

/// The link is none, has ended, or was used; which of these is not said.
fn over() -> Response {
    let shell = PublicShell {
        network_name: "見守りネットワーク",
        ..PublicShell::default()
    };
    let body = html! { p { "答え終わったか、時間（" (LINK_MINUTES) "分）が過ぎました。職員にお知らせください。" } };
    let page = look::public_page(&shell, "このページは使えません", body);
    (StatusCode::NOT_FOUND, page).into_response()
}
