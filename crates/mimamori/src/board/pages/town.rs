//! The town's side: how long words are kept, and practising.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::figures;
use crate::board::acts;
use crate::board::rules::{KEEP_DAYS, Refusal, Settings};
use crate::board::store;
use crate::clock::in_japan;
use crate::front::look::{self, Field, Kind, Problems, Tone, Weight, field};
use crate::front::{Asked, Flash, Problem};
use crate::networks::{self, Side};

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    keep_days: String,
    version: i64,
    numbers: String,
}

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let settings = store::find_settings(&mut asked.read().await?, &asked.deed).await?;
    let typed = Typed {
        keep_days: settings.keep_days.to_string(),
        version: settings.version,
        numbers: String::new(),
    };
    show(&asked, &typed, &Problems::default()).await
}

async fn show(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let drill = drill(asked, typed, problems).await?;
    let figures = figures::part(asked).await?;
    let body = html! {
        (look::problem_summary(problems))
        (look::section("知らせを残す日数", look::form("/town/board", html! {
            (look::hidden("version", &typed.version.to_string()))
            (field(&Field { name: "keep_days", label: "照会が終わってから消すまでの日数", value: &typed.keep_days, kind: Kind::Number,
                hint: "1日から1095日（3年）まで。見つけた方とご家族の言葉、位置、電話番号が消えます。件数は残ります。", problem: problems.of("keep_days"), ..Field::default() }))
            (look::buttons("保存する", None))
        })))
        (look::section("訓練", drill))
        (look::section("件数", figures))
    };
    networks::settings_page(asked, Side::Board, "QRの伝言板", body)
}

async fn drill(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let running = store::find_running(&mut conn, &asked.deed).await?;
    let Some(drill) = running else {
        return Ok(html! {
            p { "参加する方の番号を入れてはじめると、1日のあいだ、その方のQRコードからの知らせが【訓練】になります。訓練のメールは、訓練に参加すると答えた連絡先だけに届きます。1日たつと、訓練の知らせ・照会・メールはすべて消え、件数にも入りません。" }
            p { "訓練中に本当に困っている方がいたときは、ページの「訓練ではありません」を選ぶと、ふだんと同じに届きます。" }
            (look::form("/town/board/drill", html! {
                (field(&Field { name: "numbers", label: "参加する方のタグの番号", value: &typed.numbers, kind: Kind::Textarea,
                    hint: "1行に1つ。11けたの番号を入れてください。", problem: problems.of("numbers"), ..Field::default() }))
                div.buttons { button.button.secondary type="submit" { "訓練をはじめる" } }
            }))
        });
    };
    let people = store::list_taking_part(&mut conn, &asked.deed, drill.id).await?;
    let clock = |at| in_japan(at).strftime("%-m月%-d日 %H:%M").to_string();
    Ok(html! {
        (look::notice(Tone::Notice, "いま訓練中です", html! {
            p { (people.len()) "人が参加しています。" (clock(drill.started_at)) "にはじまり、" (clock(drill.ends_at)) "に自動で終わって消えます。" }
        }))
        (look::act(Weight::Secondary, "訓練を終えて消す", "", "/town/board/drill/end", &[]))
    })
}

async fn refused(asked: &Asked, typed: Typed, field: &str, words: &str) -> Problem {
    let mut problems = Problems::default();
    problems.add(field, words);
    let typed = match field {
        "keep_days" => typed,
        _ => {
            let settings = match asked.read().await {
                Ok(mut conn) => store::find_settings(&mut conn, &asked.deed).await,
                Err(problem) => return problem,
            };
            let settings = settings.unwrap_or_default();
            Typed {
                keep_days: settings.keep_days.to_string(),
                version: settings.version,
                ..typed
            }
        }
    };
    match show(asked, &typed, &problems).await {
        Ok(page) => Problem::Refused(page),
        Err(problem) => problem,
    }
}

/// Keeps the days.
pub async fn save(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let days = words::digits::fold(&typed.keep_days).ok();
    let days = days.and_then(|digits| digits.parse().ok());
    let settings = Settings {
        keep_days: days.unwrap_or(0),
        version: typed.version,
    };
    match acts::change_settings(asked.db(), &asked.deed, settings).await {
        Ok(()) => Ok(asked.redirect("/town/board", Flash::done("保存しました。"))),
        Err(Refusal::OutOfRange) => {
            let words = format!(
                "{}から{}までの数字を入れてください。",
                KEEP_DAYS.start(),
                KEEP_DAYS.end()
            );
            Err(refused(&asked, typed, "keep_days", &words).await)
        }
        Err(Refusal::Changed) => Err(Problem::changed("/town/board")),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Begins a drill.
pub async fn start(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let numbers = typed.numbers.lines().map(str::trim);
    let numbers: Vec<String> = numbers
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let done = acts::start_drill(asked.db(), &asked.app.vault, &asked.deed, &numbers).await;
    match done {
        Ok(Ok(people)) => {
            let words = format!("訓練をはじめました。参加は{people}人です。");
            Ok(asked.redirect("/town/board", Flash::done(&words)))
        }
        Ok(Err(nobodys)) => {
            let words = format!(
                "次の番号の方は見つかりません。確かめて直してください：{}",
                nobodys.join("、")
            );
            Err(refused(&asked, typed, "numbers", &words).await)
        }
        Err(Refusal::Nothing) => {
            let words = "参加する方の番号を1つは入れてください。";
            Err(refused(&asked, typed, "numbers", words).await)
        }
        Err(Refusal::DrillRuns) => {
            let words = "訓練はもうはじまっています。";
            Ok(asked.redirect("/town/board", Flash::not_done(words)))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Ends it before its day is over.
pub async fn end(asked: Asked) -> Result<Response, Problem> {
    let flash = match acts::end_drill(asked.db(), &asked.deed).await {
        Ok(()) => Flash::done("訓練を終え、訓練の知らせを消しました。"),
        Err(Refusal::NotFound) => Flash::not_done("訓練はもう終わっています。"),
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(asked.redirect("/town/board", flash))
}
