//! Name, phones, law, sessions, second factor.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Side, line, optional_phone, page, phone_words};
use crate::front::look::{
    Choice, Field, Kind, Problems, buttons, field, form, hidden, problem_summary, radios,
};
use crate::front::{Asked, Flash, Problem};
use crate::networks::acts;
use crate::networks::rules::{IDLE_MINUTES, Operator, SecondFactor, Town};
use crate::networks::store;

/// The form as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct TownForm {
    name: String,
    day_phone: String,
    night_phone: String,
    operator: String,
    idle_minutes: String,
    second_factor: String,
    version: i64,
}

async fn town(asked: &Asked) -> Result<Town, Problem> {
    let found = store::find_town(&mut asked.read().await?, &asked.deed.scope).await?;
    found.ok_or(Problem::NotFound)
}

/// The page.
pub async fn show(asked: Asked) -> Result<Markup, Problem> {
    let town = town(&asked).await?;
    let typed = TownForm {
        name: town.name.clone(),
        day_phone: phone_words(town.day_phone.as_ref()),
        night_phone: phone_words(town.night_phone.as_ref()),
        operator: town.operator.code().to_owned(),
        idle_minutes: town.idle_minutes.to_string(),
        second_factor: town.second_factor.code().to_owned(),
        version: town.version,
    };
    form_page(&asked, &town, &typed, &Problems::default())
}

fn form_page(
    asked: &Asked,
    town: &Town,
    typed: &TownForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let text = |name, label, hint, value, kind| {
        field(&Field {
            name,
            label,
            hint,
            value,
            kind,
            required: name == "name",
            problem: problems.of(name),
            ..Field::default()
        })
    };
    let body = html! {
        (problem_summary(problems))
        (form("/town", html! {
            (text("name", "ネットワークの名前", "ログインやQRコードのページに出ます。", &typed.name, Kind::Text))
            (text("day_phone", "昼の電話番号", "センターごとの番号があれば、そちらが先です。", &typed.day_phone, Kind::Tel))
            (text("night_phone", "夜間・休日の電話番号", "", &typed.night_phone, Kind::Tel))
            (radios(&Field { name: "operator", label: "運営", value: &typed.operator, required: true,
                hint: "情報を伝えるときに示す法律の条文が変わります。", problem: problems.of("operator"), ..Field::default() }, &OPERATORS))
            (text("idle_minutes", "操作がないとログアウトするまでの分数", "5分から240分まで。", &typed.idle_minutes, Kind::Number))
            (radios(&Field { name: "second_factor", label: "二段階認証", value: &typed.second_factor, required: true,
                problem: problems.of("second_factor"), ..Field::default() }, &FACTORS))
            (hidden("version", &typed.version.to_string()))
            (buttons("保存する", None))
        }))
        p { "団体コード：" (town.municipality_code) "　ログインのアドレス：/t/" (town.short) }
    };
    page(asked, Side::Town, "町の設定", body)
}

const OPERATORS: [Choice<'static>; 2] = [
    Choice {
        value: "public",
        label: "区・市町村など",
        hint: "個人情報保護法 第5章（第69条）",
    },
    Choice {
        value: "private",
        label: "民間（受託した病院など）",
        hint: "個人情報保護法 第4章（第27条）",
    },
];

const FACTORS: [Choice<'static>; 2] = [
    Choice {
        value: "compulsory",
        label: "医療情報を見る人に必ず求める",
        hint: "おすすめです。",
    },
    Choice {
        value: "voluntary",
        label: "求めない（設定した人だけ）",
        hint: "パスワードだけで医療情報が見られます。",
    },
];

/// Keeps the settings.
pub async fn save(asked: Asked, Form(typed): Form<TownForm>) -> Result<Response, Problem> {
    let before = town(&asked).await?;
    let (after, problems) = parse(before.clone(), &typed);
    if !problems.is_empty() {
        return Err(Problem::Refused(form_page(
            &asked, &before, &typed, &problems,
        )?));
    }
    acts::change_town(asked.db(), &asked.deed, after).await?;
    Ok(asked.redirect("/town", Flash::done("保存しました。")))
}

fn parse(before: Town, typed: &TownForm) -> (Town, Problems) {
    let mut problems = Problems::default();
    let name = line("name", &typed.name, &mut problems);
    let day_phone = optional_phone("day_phone", &typed.day_phone, &mut problems);
    let night_phone = optional_phone("night_phone", &typed.night_phone, &mut problems);
    let operator = Operator::from_code(&typed.operator);
    if operator.is_none() {
        problems.add("operator", "どちらかを選んでください。");
    }
    let minutes = words::digits::fold(&typed.idle_minutes)
        .ok()
        .and_then(|digits| digits.parse().ok());
    let minutes = minutes.filter(|minutes| IDLE_MINUTES.contains(minutes));
    if minutes.is_none() {
        problems.add("idle_minutes", "5から240までの数字を入れてください。");
    }
    let town = Town {
        name,
        day_phone,
        night_phone,
        operator: operator.unwrap_or(before.operator),
        idle_minutes: minutes.unwrap_or(before.idle_minutes),
        second_factor: SecondFactor::from_code(&typed.second_factor),
        version: typed.version,
        ..before
    };
    (town, problems)
}
