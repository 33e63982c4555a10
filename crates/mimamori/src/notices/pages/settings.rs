//! The town's limits, and its list of signs.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::list::points;
use super::{Side, sided};
use crate::front::look::{self, Field, Head, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::notices::acts;
use crate::notices::rules::{
    DANGER_MINUTES, KEEP_DAYS, LOOK_MINUTES, Refusal, Settings, Sign, TOWN_HOURS,
};
use crate::notices::store;

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    look_minutes: String,
    danger_minutes: String,
    town_hours: String,
    keep_days: String,
    version: i64,
}

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let settings = store::find_settings(&mut asked.read().await?, &asked.deed).await?;
    let typed = Typed {
        look_minutes: settings.look_minutes.to_string(),
        danger_minutes: settings.danger_minutes.to_string(),
        town_hours: settings.town_hours.to_string(),
        keep_days: settings.keep_days.to_string(),
        version: settings.version,
    };
    show(&asked, &typed, &Problems::default()).await
}

async fn show(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let signs = store::list_signs(&mut asked.read().await?, &asked.deed).await?;
    let number = |name, label, hint, value| {
        look::field(&Field {
            name,
            label,
            hint,
            value,
            problem: problems.of(name),
            kind: Kind::Number,
            ..Field::default()
        })
    };
    let rows: Vec<Vec<Markup>> = signs.iter().map(row).collect();
    let head = [
        Head::new("しるし"),
        Head::figures("重み"),
        Head::figures("半分になる日数"),
        Head::new("使い方"),
    ];
    let body = html! {
        (look::problem_summary(problems))
        (look::section("期限", look::form("/notices/settings", html! {
            (number("look_minutes", "最初の確認まで（分）", "0にすると「その日のうち」です。センターの閉まった後に届いたものは、次に開く日のうちになります。", &typed.look_minutes))
            (number("danger_minutes", "急ぎの気づきの最初の確認まで（分）", "昼も夜も休みの日も、届いたときから数えます。", &typed.danger_minutes))
            (number("town_hours", "センター長に知らせてから町に上がるまで（時間）", "急ぎの気づきは、上の分数がもう一度過ぎると町に上がります。", &typed.town_hours))
            (number("keep_days", "終わってから内容を消すまで（日）", "件数と時間の数字だけが残ります。", &typed.keep_days))
            (look::hidden("version", &typed.version.to_string()))
            (look::buttons("保存する", None))
        })))
        (look::section("しるし", html! {
            p { "フォームに出る「気づいたこと」の一覧です。重みは、並び順を決めるための目安です。" }
            (look::table("しるしの一覧", &head, &rows))
            p { (look::button_link(Weight::Secondary, Link::new("しるしを加える", "/notices/signs/new"))) }
        }))
        p { "お礼と、結果を知らせる文は「町の設定」の" a href="/town/texts" { "文面" } "で変えられます。" }
    };
    sided(asked, Side::Settings, "気づきの設定", body)
}

fn row(sign: &Sign) -> Vec<Markup> {
    vec![
        html! { a href={ "/notices/signs/" (sign.code) } { (sign.ja) } @if sign.danger { " " (look::chip(Tone::Danger, "急ぎ")) } },
        html! { (points(sign.weight)) },
        html! { (sign.half_life) },
        html! { @if sign.used { "フォームに出す" } @else { "出さない" } },
    ]
}

/// Digits of any width.
pub fn number(text: &str) -> Option<i64> {
    let digits = words::digits::fold(text.trim()).ok()?;
    digits.parse().ok()
}

/// Keeps the limits.
pub async fn save(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let fields = [
        ("look_minutes", &typed.look_minutes, LOOK_MINUTES),
        ("danger_minutes", &typed.danger_minutes, DANGER_MINUTES),
        ("town_hours", &typed.town_hours, TOWN_HOURS),
        ("keep_days", &typed.keep_days, KEEP_DAYS),
    ];
    let mut problems = Problems::default();
    let mut read = [0; 4];
    for (place, (name, text, most)) in read.iter_mut().zip(fields) {
        match number(text).filter(|value| most.contains(value)) {
            Some(value) => *place = value,
            None => {
                let (least, most) = (most.start(), most.end());
                problems.add(
                    name,
                    format!("{least}から{most}までの数字を入れてください。"),
                );
            }
        }
    }
    if !problems.is_empty() {
        return Err(Problem::Refused(show(&asked, &typed, &problems).await?));
    }
    let [look_minutes, danger_minutes, town_hours, keep_days] = read;
    let new = Settings {
        look_minutes,
        danger_minutes,
        town_hours,
        keep_days,
        version: typed.version,
    };
    match acts::change_settings(asked.db(), &asked.deed, new).await {
        Ok(()) => Ok(asked.redirect("/notices/settings", Flash::done("保存しました。"))),
        Err(Refusal::Changed) => Err(Problem::changed("/notices/settings")),
        Err(refusal) => Err(refusal.into()),
    }
}
