//! A list comes in again: choose the file, look at what would become of each row, take it in.

use axum::extract::{DefaultBodyLimit, Multipart, Path, Query};
use axum::handler::Handler;
use axum::response::{Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::clock::in_japan;
use crate::exchange::intake::{self, Looked, Outcome, Refusal, Seen, Way};
use crate::exchange::lists::List;
use crate::front::look::{self, Choice, Field, Head, Link, Problems, Tone, Weight};
use crate::front::{Access, Asked, Doors, Flash, Place, Problem, download};
use crate::ids::RowId;
use crate::scope::Right;

const NEEDS: Access = Access::Needs(Right::Import);
/// 2,000 rows are some 500 KB; a title, colours and a second sheet beside them a few MB.
const MOST_BYTES: usize = 8 * 1024 * 1024;

const PATH: &str = "/exports/intake";

/// The doors of bringing lists in.
pub fn doors(doors: Doors) -> Doors {
    let limit = DefaultBodyLimit::max(MOST_BYTES);
    doors
        .get("/exports/intake", NEEDS, page)
        .post("/exports/intake", NEEDS, bring.layer(limit))
        .get("/exports/intake/{brought}", NEEDS, show)
        .post("/exports/intake/{brought}/take", NEEDS, take)
        .post("/exports/intake/{brought}/stop", NEEDS, stop)
        .get("/exports/intake/{brought}/refused", NEEDS, refused)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            other => Problem::Broken(other.into()),
        }
    }
}

/// How a list comes in again, for the page that offers it.
pub fn way_words(list: List) -> &'static str {
    match list.way_back() {
        Way::Here => "もどせます",
        Way::Roster => "「名簿の取り込み」からもどせます",
        Way::Deeds => "もどせません（いつ・だれが・何をしたかの記録だからです）",
        Way::Made => "もどせません（画面で作るものだからです）",
    }
}

/// Whether the account may bring in some list.
pub fn is_open_to(asked: &Asked) -> bool {
    let rights = asked.deed.scope.rights;
    List::ALL.iter().any(|list| list.comes_in_for(rights))
}

/// Which list is chosen: `?list=tasks`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    list: String,
}

async fn page(asked: Asked, Query(wanted): Query<Wanted>) -> Result<Markup, Problem> {
    form_page(&asked, &wanted.list, &Problems::default())
}

fn form_page(asked: &Asked, list: &str, problems: &Problems) -> Result<Markup, Problem> {
    let rights = asked.deed.scope.rights;
    let mine = List::ALL.iter().filter(|list| list.comes_in_for(rights));
    let first = [Choice::new("", "選んでください")].into_iter();
    let lists = first.chain(mine.map(|list| Choice::new(list.code(), list.word())));
    let lists: Vec<Choice<'_>> = lists.collect();
    let body = html! {
        (look::problem_summary(problems))
        p { "書き出した一覧のファイルを、同じ見出しのまま取り込みます。すべての行を確かめ、次の画面で「取り込む」を押すまで、何も変わりません。" }
        (look::upload_form(PATH, html! {
            (look::select(&Field { name: "list", label: "どの一覧", value: list, required: true, problem: problems.of("list"), ..Field::default() }, &lists))
            (look::file(&Field {
                name: "file",
                label: "一覧のファイル",
                hint: "CSV（UTF-8・Shift_JIS）、Excel（.xlsx）、JSON。2,000行まで。",
                problem: problems.of("file"),
                required: true,
                ..Field::default()
            }, ".csv,.tsv,.txt,.xlsx,.json"))
            (look::buttons("読み込む", Some(Link::new("やめる", "/exports"))))
        }))
        p.hint { "登録者の一覧は、「名簿の取り込み」から取り込みます。照会・気づき・相談・支援・監査などの記録は、だれがいつ何をしたかをあとから作ることになるため、取り込めません。" }
    };
    asked.page(Place::Exports, "書き出した一覧を取り込む", body)
}

/// The list and the file's bytes; `None` where the body is no form or too large.
async fn received(mut parts: Multipart) -> Option<(String, Vec<u8>)> {
    let (mut list, mut file) = (String::new(), None);
    while let Some(part) = parts.next_field().await.ok()? {
        match part.name() {
            Some("list") => list = part.text().await.ok()?,
            Some("file") => file = Some(part.bytes().await.ok()?.to_vec()),
            _ => {}
        }
    }
    Some((list, file?))
}

async fn bring(asked: Asked, parts: Multipart) -> Result<Redirect, Problem> {
    let mut problems = Problems::default();
    let Some((code, file)) = received(parts).await else {
        let most = MOST_BYTES / 1024 / 1024;
        problems.add(
            "file",
            format!("ファイルを受け取れませんでした。{most}MBまでのファイルを選んでください。"),
        );
        return Err(Problem::Refused(form_page(&asked, "", &problems)?));
    };
    let rights = asked.deed.scope.rights;
    let list = List::from_code(&code).filter(|list| list.comes_in_for(rights));
    let Some(list) = list else {
        problems.add("list", "一覧を選んでください。");
        return Err(Problem::Refused(form_page(&asked, "", &problems)?));
    };
    match intake::bring(asked.db(), &asked.deed, list, file).await {
        Ok(id) => Ok(Redirect::to(&format!("{PATH}/{id}"))),
        Err(
            why @ (Refusal::Unreadable(_)
            | Refusal::NoHead(_)
            | Refusal::NoColumn(_)
            | Refusal::TooMany),
        ) => {
            problems.add("file", why.to_string());
            Err(Problem::Refused(form_page(&asked, &code, &problems)?))
        }
        Err(other) => Err(other.into()),
    }
}

fn id_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

async fn show(asked: Asked, Path(brought): Path<String>) -> Result<Markup, Problem> {
    let id = id_of(&brought)?;
    let looked = intake::look(asked.db(), &asked.deed, id).await?;
    let at = in_japan(looked.at).strftime("%-m月%-d日 %H:%M").to_string();
    let total: usize = looked.counts.iter().sum();
    let left = total - looked.counts[Outcome::Same as usize] - looked.rows.len();
    let body = html! {
        p { strong { (looked.list.word()) } "（" (at) "に受け取り、" (total) "行）" }
        (counts(&looked))
        (decide(&looked, id))
        @if !looked.rows.is_empty() { (rows(&looked.rows)) }
        @if left > 0 { p { "ほかに" (left) "行あります。" } }
        (look::act(Weight::Quiet, "中止してファイルを消す", "", &format!("{PATH}/{id}/stop"), &[]))
    };
    asked.page(Place::Exports, "取り込む行を確かめる", body)
}

fn counts(looked: &Looked) -> Markup {
    let head = [Head::new("どうなるか"), Head::figures("行")];
    let rows = Outcome::ALL.map(|one| {
        vec![
            look::chip(tone(one), one.word()),
            html! { (looked.counts[one as usize]) },
        ]
    });
    look::table("行の数", &head, &rows)
}

fn decide(looked: &Looked, id: RowId) -> Markup {
    let of = |outcome| looked.counts[outcome as usize];
    let (refused, to_do) = (of(Outcome::Refused), of(Outcome::Add) + of(Outcome::Change));
    let path = |last: &str| format!("{PATH}/{id}/{last}");
    html! {
        @if refused > 0 {
            (look::notice(Tone::Warning, "取り込めない行があります", html! {
                p { (refused) "行が取り込めません。ファイルを直してもう一度選んでください。1行でも残っているあいだは、何も取り込みません。" }
                p { (look::button_link(Weight::Secondary, Link::new("取り込めない行を、理由をつけてファイルで受け取る", &path("refused")))) }
            }))
        } @else if to_do == 0 {
            (look::notice(Tone::Good, "取り込むものはありません", html! { p { "すべての行が、すでにこの町の記録のとおりです。" } }))
        } @else {
            (look::notice(Tone::Good, "このまま取り込めます", html! {
                p { (to_do) "行を書き込みます。だれがいつ取り込んだかが、1つずつ記録に残ります。" }
                (look::act(Weight::Primary, "取り込む", "", &path("take"), &[]))
            }))
        }
    }
}

const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Add => Tone::Good,
        Outcome::Change => Tone::Notice,
        Outcome::Same => Tone::Plain,
        Outcome::Refused => Tone::Danger,
    }
}

fn rows(all: &[Seen]) -> Markup {
    let head = [
        Head::figures("行"),
        Head::new("内容"),
        Head::new("どうなるか"),
        Head::new("ところと理由"),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|one| {
            vec![
                html! { (one.row) },
                html! { (one.title) },
                look::chip(tone(one.outcome), one.outcome.word()),
                why(one),
            ]
        })
        .collect();
    look::table("加わる・変わる・取り込めない行", &head, &rows)
}

/// Each reason beside its cell, each change from what to what.
fn why(one: &Seen) -> Markup {
    let blank = |text: &str| match text {
        "" => "（空）".to_owned(),
        text => text.to_owned(),
    };
    html! {
        @for fault in &one.faults {
            p { strong { (fault.heading) } "「" (blank(&fault.cell)) "」　" (fault.words) }
        }
        @for told in &one.told {
            p { strong { (told.heading) } "　" (blank(&told.from)) " → " (blank(&told.to)) }
        }
    }
}

async fn take(asked: Asked, Path(brought): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&brought)?;
    match intake::take(asked.db(), &asked.deed, id).await {
        Ok((list, added, changed)) => {
            let words = format!(
                "{}を取り込みました。加わったもの{added}件、変わったもの{changed}件です。",
                list.word()
            );
            Ok(asked.redirect("/exports", Flash::done(&words)))
        }
        Err(why @ Refusal::NotAll(_)) => {
            let words = Flash::not_done(&why.to_string());
            Ok(asked.redirect(&format!("{PATH}/{id}"), words))
        }
        Err(other) => Err(other.into()),
    }
}

async fn stop(asked: Asked, Path(brought): Path<String>) -> Result<Response, Problem> {
    intake::give_up(asked.db(), &asked.deed, id_of(&brought)?).await?;
    let words = Flash::done("中止し、ファイルを消しました。何も取り込んでいません。");
    Ok(asked.redirect(PATH, words))
}

async fn refused(asked: Asked, Path(brought): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&brought)?;
    let (list, file, ending) = intake::refused(asked.db(), &asked.deed, id).await?;
    let name = format!("{}-refused.{ending}", list.code());
    Ok(download(&name, file))
}
