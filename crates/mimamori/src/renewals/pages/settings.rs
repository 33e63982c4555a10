//! What the town sets: the steps upon silence, and their days.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};
use std::ops::RangeInclusive;

use crate::front::look::{Field, Kind, Problems, buttons, field, form, hidden, problem_summary};
use crate::front::{Asked, Flash, Problem};
use crate::networks::{self, Side};
use crate::renewals::acts;
use crate::renewals::rules::{DAYS, MOST_TOGETHER, QUIET_MONTHS, Settings};
use crate::renewals::store;

/// Fields of the steps, in their order: name, label.
const STEPS: [(&str, &str); 4] = [
    ("postcard", "2回目のはがき（お願いした日から何日後）"),
    ("phone", "本人への電話（前の段階から何日後）"),
    ("contacts", "緊急連絡先への電話（前の段階から何日後）"),
    ("visit", "訪問（前の段階から何日後）"),
];

type Typed = Vec<(String, String)>;

fn of<'a>(typed: &'a Typed, name: &str) -> &'a str {
    let found = typed.iter().find(|(field, _)| field == name);
    found.map_or("", |(_, value)| value)
}

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let settings = store::find_settings(&mut asked.read().await?, &asked.deed).await?;
    let steps = STEPS.iter().zip(settings.days);
    let mut typed: Typed = steps
        .map(|((name, _), days)| {
            let days = days.map_or(String::new(), |days| days.to_string());
            ((*name).to_owned(), days)
        })
        .collect();
    typed.push(("silent".to_owned(), settings.silent_days.to_string()));
    typed.push(("quiet".to_owned(), settings.quiet_months.to_string()));
    typed.push(("version".to_owned(), settings.version.to_string()));
    shown(&asked, &typed, &Problems::default())
}

fn shown(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let number = |name, label, hint| {
        field(&Field {
            name,
            label,
            hint,
            value: of(typed, name),
            problem: problems.of(name),
            kind: Kind::Number,
            ..Field::default()
        })
    };
    let body = html! {
        (problem_summary(problems))
        p { "更新のお願いに返事がないとき、次の段階が担当センターの「やること」になります。空にした段階はとばします。" }
        (form("/town/renewals", html! {
            @for (name, label) in STEPS { (number(name, label, "1から180まで。とばすときは空にします。")) }
            (number("silent", "安否確認（最後の段階から何日後）", "どの段階にも返事がなかった方の、ご無事を確かめる「やること」ができます。1から180まで。"))
            (number("quiet", "登録してからお願いするまでの月数", "登録したばかりの方には、つぎの年からお願いします。0から11まで。"))
            (hidden("version", of(typed, "version")))
            (buttons("保存する", None))
        }))
        p { "すでに決まっている次の段階の日は変わりません。" }
    };
    networks::settings_page(asked, Side::Renewals, "更新の進め方", body)
}

/// Keeps the settings.
pub async fn save(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let (settings, problems) = read(&typed);
    if !problems.is_empty() {
        return Err(Problem::Refused(shown(&asked, &typed, &problems)?));
    }
    match acts::change_settings(asked.db(), &asked.deed, settings).await {
        Err(super::Refusal::Changed) => Err(Problem::changed("/town/renewals")),
        done => {
            done?;
            Ok(asked.redirect("/town/renewals", Flash::done("保存しました。")))
        }
    }
}

fn read(typed: &Typed) -> (Settings, Problems) {
    let mut problems = Problems::default();
    let mut number = |name: &'static str, range: RangeInclusive<i64>| {
        let text = of(typed, name);
        let read = words::digits::fold(text).ok();
        let read = read.and_then(|digits| digits.parse().ok());
        let read = read.filter(|number| range.contains(number));
        if read.is_none() {
            let (least, most) = (range.start(), range.end());
            problems.add(
                name,
                format!("{least}から{most}までの数字を入れてください。"),
            );
        }
        read.unwrap_or_default()
    };
    let days = STEPS.map(|(name, _)| match of(typed, name).trim() {
        "" => None,
        _ => Some(number(name, DAYS)),
    });
    let settings = Settings {
        days,
        silent_days: number("silent", DAYS),
        quiet_months: number("quiet", QUIET_MONTHS),
        version: of(typed, "version").parse().unwrap_or(0),
    };
    if problems.is_empty() && settings.together() > MOST_TOGETHER {
        problems.add("silent", format!("日数の合計が{}日です。合わせて{MOST_TOGETHER}日までにしてください。長いと、安否確認の前につぎの年の更新が始まります。", settings.together()));
    }
    (settings, problems)
}
