//! A list is taken out: which one, why, in which form.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Form;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Query;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use maud::{Markup, html};
use serde::Deserialize;
use tokio::sync::mpsc::{Receiver, channel};

use super::intake::{is_open_to, way_words};
use crate::clock::in_japan;
use crate::exchange::lists::{
    self, Asks, FEES, Format, List, MOST_ROWS_OF_EXCEL, Part, Stopped, Unwritable, Wish,
};
use crate::front::look::{
    self, Choice, Field, Head, Kind, Link, Problems, Tone, button, buttons, radios, select, table,
};
use crate::front::{Access, Asked, Place, Problem};
use crate::people::{self, LEAST_PURPOSE, MOST_PURPOSE, Names, State, Under, Which, one_line};
use crate::scope::Right;

/// Whoever may take out some list.
pub const ANY: Access = Access::NeedsAny(&[
    Right::Export,
    Right::ReadAudit,
    Right::ManageTown,
    Right::ManageStaff,
]);

/// Pieces that wait for a slow reader; each is some 100 KB.
const WAITING: usize = 4;

/// The form as typed, or as a list's own page leads to it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    list: String,
    month: String,
    center: String,
    state: String,
    fee: String,
    format: String,
    reason: String,
    /// `geta`: letters that Shift_JIS lacks become 〓, as the person chose.
    lost: String,
}

impl Typed {
    fn part(&self) -> lists::Typed<'_> {
        lists::Typed {
            month: &self.month,
            center: &self.center,
            state: &self.state,
            fee: &self.fee,
        }
    }

    /// The list that was chosen, where the account may take it out.
    fn list(&self, asked: &Asked) -> Option<List> {
        List::from_code(&self.list).filter(|list| list.is_for(asked.deed.scope.rights))
    }
}

/// Which list; once one is chosen, which part of it, and the rest of the form.
pub async fn page(asked: Asked, Query(typed): Query<Typed>) -> Result<Markup, Problem> {
    let typed = Typed {
        format: Format::Utf8.code().to_owned(),
        ..typed
    };
    match typed.list(&asked) {
        Some(list) => form_page(&asked, list, &typed, &Problems::default(), html! {}).await,
        None => choice_page(&asked, &Problems::default()),
    }
}

fn choice_page(asked: &Asked, problems: &Problems) -> Result<Markup, Problem> {
    let mine = List::ALL.iter();
    let mine = mine.filter(|list| list.is_for(asked.deed.scope.rights));
    let rows: Vec<Vec<Markup>> = mine
        .map(|list| {
            let href = format!("/exports?list={}", list.code());
            vec![
                html! { a href=(href) { (list.word()) } },
                html! { (way_words(*list)) },
            ]
        })
        .collect();
    let body = html! {
        (look::problem_summary(problems))
        p { "一覧をファイルにして持ち出します。どの一覧かを選んでください。ご自分の画面で見られる一覧だけが並びます。" }
        @if is_open_to(asked) { p { (look::text_link(Link::new("書き出した一覧を取り込む（もどす）", "/exports/intake"))) } }
        (table("書き出せる一覧", &["一覧", "取り込んでもどせるか"].map(Head::new), &rows))
    };
    asked.page(Place::Exports, "一覧の書き出し", body)
}

async fn form_page(
    asked: &Asked,
    list: List,
    typed: &Typed,
    problems: &Problems,
    above: Markup,
) -> Result<Markup, Problem> {
    let names = Names::read(&mut asked.read().await?, &asked.deed).await?;
    let formats = Format::ALL.map(|one| Choice::new(one.code(), one.word()));
    let body = html! {
        p { "登録者の載る一覧は、1人ずつ「書き出した」記録が残り、ご本人も見ることができます。" }
        @if list == List::People && !asked.may(Right::ReadPeople) {
            p { "いまの役割では、登録者の一覧に緊急連絡先・医療・介護・同意は入りません。" }
        }
        (look::problem_summary(problems))
        (above)
        (look::form("/exports", html! {
            (look::hidden("list", list.code()))
            @for one in list.asks() { (asks(*one, list, typed, problems, &names)) }
            (radios(&Field { name: "format", label: "ファイルの形", value: &typed.format, required: true, problem: problems.of("format"), ..Field::default() }, &formats))
            (look::field(&Field { name: "reason", label: "持ち出す目的", hint: &format!("{LEAST_PURPOSE}文字以上で。例：民生委員の訪問の準備、町の監査への提出"), kind: Kind::Long, value: &typed.reason, required: true, problem: problems.of("reason"), ..Field::default() }))
            p.hint { "ファイルには個人の情報がそのまま入ります。使い終わったら消し、メールに付けて送らないでください。" }
            (buttons("書き出す", Some(Link::new("ほかの一覧を選ぶ", "/exports"))))
        }))
    };
    let title = format!("書き出し：{}", list.word());
    asked.page(Place::Exports, &title, body)
}

/// The field for a part of a list.
fn asks(one: Asks, list: List, typed: &Typed, problems: &Problems, names: &Names) -> Markup {
    let chosen = |name, label, value, all: &[(&str, &str)]| {
        let first = [Choice::new("", "すべて")].into_iter();
        let rest = all.iter().map(|(code, word)| Choice::new(code, word));
        let choices: Vec<Choice<'_>> = first.chain(rest).collect();
        let field = Field {
            name,
            label,
            value,
            problem: problems.of(name),
            ..Field::default()
        };
        select(&field, &choices)
    };
    match one {
        Asks::Month => look::field(&Field {
            name: "month",
            label: "月",
            hint: "例：2026-04　空けると、すべての月",
            kind: Kind::Short,
            value: &typed.month,
            problem: problems.of("month"),
            ..Field::default()
        }),
        Asks::Center => {
            let center = if typed.center.is_empty() {
                "all"
            } else {
                &typed.center
            };
            names.center_select_with(center, Some(("none", "担当センターが決まっていない方")))
        }
        Asks::State => chosen("state", "状態", &typed.state, &list.states()),
        Asks::Fee => chosen("fee", "会費", &typed.fee, &FEES),
    }
}

/// What was asked for, or words beside the fields.
fn read(list: List, typed: &Typed) -> Result<(Wish, Format), Problems> {
    let mut problems = Problems::default();
    let part = Part::read(list, &typed.part());
    if let Err(field) = &part {
        let words = match *field {
            "month" => "「2026-04」のように、年と月を入れてください。",
            _ => "並んでいる中から選び直してください。",
        };
        problems.add(*field, words);
    }
    let format = Format::from_code(&typed.format);
    if format.is_none() {
        problems.add("format", "ファイルの形を選んでください。");
    }
    let reason = match one_line(&typed.reason, MOST_PURPOSE) {
        Ok(reason) if reason.chars().count() >= LEAST_PURPOSE => Some(reason),
        Ok(_) => {
            let words =
                format!("何のために持ち出すのかを、{LEAST_PURPOSE}文字以上で入れてください。");
            problems.add("reason", words);
            None
        }
        Err(bad) => {
            problems.add("reason", bad.to_string());
            None
        }
    };
    match (part, format, reason) {
        (Ok(part), Some(format), Some(reason)) => Ok((Wish { list, part, reason }, format)),
        _ => Err(problems),
    }
}

/// Sends the file; in Shift_JIS only after the person has seen what it can't hold.
pub async fn take(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let Some(list) = typed.list(&asked) else {
        let mut problems = Problems::default();
        problems.add("list", "一覧を選んでください。");
        return Err(Problem::Refused(choice_page(&asked, &problems)?));
    };
    let (wish, format) = match read(list, &typed) {
        Ok(read) => read,
        Err(problems) => {
            let page = form_page(&asked, list, &typed, &problems, html! {}).await?;
            return Err(Problem::Refused(page));
        }
    };
    if format == Format::Xlsx && list == List::People && rows(&asked).await? > MOST_ROWS_OF_EXCEL {
        let mut problems = Problems::default();
        let words = format!(
            "Excelの形は{MOST_ROWS_OF_EXCEL}人までです。CSV（UTF-8）を選んでください。Excelでも開けます。"
        );
        problems.add("format", words);
        let page = form_page(&asked, list, &typed, &problems, html! {}).await?;
        return Err(Problem::Refused(page));
    }
    if format == Format::Cp932 && typed.lost != "geta" {
        let found = lists::lost_letters(asked.db(), &asked.deed, &wish).await;
        let (lost, count) = found.map_err(problem)?;
        if count > 0 {
            let told = missing(&typed, &wish, &lost, count);
            let page = form_page(&asked, list, &typed, &Problems::default(), told).await?;
            return Ok(page.into_response());
        }
    }
    Ok(sent(&asked, wish, format))
}

/// Everybody of the town, in any state.
async fn rows(asked: &Asked) -> Result<usize, Problem> {
    let mut conn = asked.read().await?;
    let mut all = 0;
    for state in State::ALL {
        let which = Which {
            under: Under::Town,
            state: *state,
        };
        all += people::count(&mut conn, &asked.deed, which).await?;
    }
    Ok(usize::try_from(all).unwrap_or(usize::MAX))
}

fn problem(stopped: Stopped) -> Problem {
    match stopped {
        Stopped::NoRight(_) => Problem::Forbidden,
        other => Problem::Broken(other.into()),
    }
}

/// Where the letters stand, and what can be done.
fn missing(typed: &Typed, wish: &Wish, lost: &[Unwritable], count: usize) -> Markup {
    let rows: Vec<Vec<Markup>> = lost
        .iter()
        .map(|one| {
            vec![
                html! { (one.row) "行目" },
                html! { (one.column) },
                html! { (one.letter) },
                html! { code { "U+" (format!("{:04X}", u32::from(one.letter))) } },
            ]
        })
        .collect();
    let again = html! {
        (look::hidden("list", wish.list.code()))
        (look::hidden("month", &typed.month))
        (look::hidden("center", &typed.center))
        (look::hidden("state", &typed.state))
        (look::hidden("fee", &typed.fee))
        (look::hidden("reason", &wish.reason))
    };
    html! {
        (look::notice(Tone::Warning, "Shift_JISにない文字があります", html! {
            p { (count) "か所あります。まだ書き出していません。そのまま残すには、UTF-8のCSVかExcelを選んでください。" }
            form.act method="post" action="/exports" {
                (again) (look::hidden("format", Format::Utf8.code()))
                button.button.primary type="submit" { "UTF-8で書き出す（文字はそのまま）" }
            }
            form.act method="post" action="/exports" {
                (again) (look::hidden("format", Format::Cp932.code()))
                (button(look::Weight::Secondary, "〓に置きかえてShift_JISで書き出す", "lost", "geta"))
            }
        }))
        (table("Shift_JISにない文字", &["行", "列", "文字", "番号"].map(Head::new), &rows))
        @if count > lost.len() { p { "ほかに" (count - lost.len()) "か所あります。" } }
    }
}

/// The file as it is made: the head of the answer goes at once, each piece after its audit lines.
fn sent(asked: &Asked, wish: Wish, format: Format) -> Response {
    let (to, from) = channel(WAITING);
    let (db, deed) = (asked.db().clone(), asked.deed.clone());
    let name = format!(
        "attachment; filename=\"{}-{}.{}\"",
        wish.list.code(),
        in_japan(deed.now).strftime("%Y%m%d"),
        format.ending()
    );
    let (broken, is_broken) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        match lists::file(&db, &deed, &wish, format, &to).await {
            Ok(_) => drop(broken),
            Err(error) => {
                tracing::error!(cause = %error, "a list broke off");
                let _ = broken.send(());
            }
        }
    });
    let body = Body::new(Flow {
        from,
        broken: is_broken,
    });
    let head = [
        (CONTENT_TYPE, format.content_type().to_owned()),
        (CONTENT_DISPOSITION, name),
    ];
    (head, body).into_response()
}

/// Pieces of a file on their way; a file that breaks off ends in an error, never in silence.
struct Flow {
    from: Receiver<Vec<u8>>,
    broken: tokio::sync::oneshot::Receiver<()>,
}

/// The file broke off.
#[derive(Debug, thiserror::Error)]
#[error("the list broke off")]
struct BrokeOff;

impl HttpBody for Flow {
    type Data = Bytes;
    type Error = BrokeOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokeOff>>> {
        match self.from.poll_recv(cx) {
            Poll::Ready(Some(piece)) => Poll::Ready(Some(Ok(Frame::data(piece.into())))),
            Poll::Ready(None) => Poll::Ready(match self.broken.try_recv() {
                Ok(()) => Some(Err(BrokeOff)),
                Err(_) => None,
            }),
            Poll::Pending => Poll::Pending,
        }
    }
}
