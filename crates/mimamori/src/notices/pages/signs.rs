//! One sign of the town's list.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::list::points;
use super::settings::number;
use super::{Side, sided};
use crate::front::look::{self, Choice, Field, Kind, Link, Problems};
use crate::front::{Asked, Flash, Problem};
use crate::notices::acts;
use crate::notices::rules::{HALF_LIVES, Refusal, Sign, WEIGHTS, find_sign};
use crate::notices::store;

/// What stands in the address for a sign to be.
const NEW: &str = "new";

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    ja: String,
    easy: String,
    en: String,
    weight: String,
    half_life: String,
    danger: String,
    used: String,
    version: i64,
}

/// The page.
pub async fn page(asked: Asked, Path(code): Path<String>) -> Result<Markup, Problem> {
    let typed = match code.as_str() {
        NEW => Typed {
            weight: "3.0".to_owned(),
            half_life: "30".to_owned(),
            used: "yes".to_owned(),
            ..Typed::default()
        },
        code => typed_of(&of(&asked, code).await?),
    };
    show(&asked, &code, &typed, &Problems::default())
}

async fn of(asked: &Asked, code: &str) -> Result<Sign, Problem> {
    let signs = store::list_signs(&mut asked.read().await?, &asked.deed).await?;
    find_sign(&signs, code).cloned().ok_or(Problem::NotFound)
}

fn typed_of(sign: &Sign) -> Typed {
    let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
    Typed {
        ja: sign.ja.clone(),
        easy: sign.easy.clone(),
        en: sign.en.clone(),
        weight: points(sign.weight),
        half_life: sign.half_life.to_string(),
        danger: yes(sign.danger),
        used: yes(sign.used),
        version: sign.version,
    }
}

fn show(asked: &Asked, code: &str, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let of = |name, label, hint, value, kind| Field {
        name,
        label,
        hint,
        value,
        kind,
        problem: problems.of(name),
        ..Field::default()
    };
    let same = "空にすると、日本語と同じ文になります。";
    let body = html! {
        (look::problem_summary(problems))
        (look::form(&format!("/notices/signs/{code}"), html! {
            (look::field(&of("ja", "しるし（日本語）", "", &typed.ja, Kind::Long)))
            (look::field(&of("easy", "やさしい日本語", same, &typed.easy, Kind::Long)))
            (look::field(&of("en", "英語", same, &typed.en, Kind::Long)))
            (look::field(&of("weight", "重み", "0.1から10.0まで。2は「念のため」、5は「その日のうちに見たい」、10は「命にかかわる」くらいです。", &typed.weight, Kind::Short)))
            (look::field(&of("half_life", "半分になる日数", "1から365まで。", &typed.half_life, Kind::Number)))
            (look::checks(&of("danger", "急ぎ", "", "", Kind::Text), &[Choice::new("yes", "選ばれたら、119番・110番を先に案内する")], &[&typed.danger]))
            (look::checks(&of("used", "フォーム", "", "", Kind::Text), &[Choice::new("yes", "フォームに出す")], &[&typed.used]))
            (look::hidden("version", &typed.version.to_string()))
            (look::buttons("保存する", Some(Link::new("設定にもどる", "/notices/settings"))))
        }))
    };
    sided(asked, Side::Settings, "気づきのしるし", body)
}

/// `3`, `3.5` or `３．５` in tenths.
fn tenths(text: &str) -> Option<i64> {
    let text = text.trim().replace('．', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
    let (whole, part) = (number(whole)?, number(part)?);
    (0..10)
        .contains(&part)
        .then_some(whole.checked_mul(10)? + part)
}

/// Keeps it.
pub async fn save(
    asked: Asked,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let weight = tenths(&typed.weight).filter(|value| WEIGHTS.contains(value));
    if weight.is_none() {
        problems.add("weight", "0.1から10.0までの数字を入れてください。");
    }
    let half_life = number(&typed.half_life).filter(|value| HALF_LIVES.contains(value));
    if half_life.is_none() {
        problems.add("half_life", "1から365までの数字を入れてください。");
    }
    let (Some(weight), Some(half_life)) = (weight, half_life) else {
        return Err(Problem::Refused(show(&asked, &code, &typed, &problems)?));
    };
    let sign = Sign {
        code: if code == NEW {
            String::new()
        } else {
            code.clone()
        },
        ja: typed.ja.clone(),
        easy: typed.easy.clone(),
        en: typed.en.clone(),
        weight,
        half_life,
        danger: typed.danger == "yes",
        used: typed.used == "yes",
        version: typed.version,
    };
    let (field, words) = match acts::change_sign(asked.db(), &asked.deed, sign).await {
        Ok(()) => return Ok(asked.redirect("/notices/settings", Flash::done("保存しました。"))),
        Err(Refusal::NoWords) => ("ja", "しるしの文を入れてください。".to_owned()),
        Err(Refusal::Text(field, bad)) => (field, bad.to_string()),
        Err(Refusal::Changed) => return Err(Problem::changed("/notices/settings")),
        Err(refusal) => return Err(refusal.into()),
    };
    problems.add(field, words);
    Err(Problem::Refused(show(&asked, &code, &typed, &problems)?))
}
