//! What the town gives for each role.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};

use crate::front::look::{self, Entry, Field, Kind, Link, Problems};
use crate::front::{Asked, Flash, Problem};
use crate::scope::Right;
use crate::station::courses::{Role, Side, Typed, sided, text};
use crate::station::vouchers::rules::{MOST_AMOUNT, Rules};
use crate::station::vouchers::{acts, store};

const PATH: &str = "/station/vouchers/rules";

/// The amounts.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let rules = store::rules_of(&mut asked.read().await?, &asked.deed).await?;
    let mut typed = Typed::default();
    for (role, amount) in &rules {
        typed.put(role, amount);
    }
    shown(&asked, &rules, &typed, &Problems::default())
}

fn shown(
    asked: &Asked,
    rules: &Rules,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let of = |role: &Role| {
        rules
            .get(role.code())
            .map_or("なし".to_owned(), |yen| format!("{yen}円"))
    };
    let entries: Vec<Entry<'_>> = Role::ALL
        .iter()
        .map(|role| Entry::new(role.word(), html! { (of(role)) }))
        .collect();
    let body = html! {
        (look::problem_summary(problems))
        p { "講座のお手伝いに渡す、商店街の券の額です。空けておいた役割には、きまりの額がありません。変えても、もう渡した分は変わりません。" }
        @if asked.may(Right::Lead) {
            (look::form(PATH, html! {
                @for role in Role::ALL {
                    (look::field(&Field { kind: Kind::Number, ..text(typed, problems, role.code(), role.word()) }))
                }
                (look::buttons("保存する", Some(Link::new("やめる", "/station/vouchers"))))
            }))
        } @else {
            (look::record(&entries))
            p { "変えるのはセンター長です。" }
        }
    };
    sided(asked, Side::Supporters, "商店街の券のきまり", body)
}

/// Changes them.
pub async fn save(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    asked.need(Right::Lead)?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let mut new = Rules::new();
    for role in Role::ALL {
        if let Some(amount) = typed.number(role.code(), MOST_AMOUNT, &mut problems) {
            new.insert(role.code(), amount);
        }
    }
    if problems.is_empty() {
        acts::set_rules(asked.db(), &asked.deed, new).await?;
        return Ok(asked.redirect(PATH, Flash::done("保存しました。")));
    }
    let rules = store::rules_of(&mut asked.read().await?, &asked.deed).await?;
    Err(Problem::Refused(shown(&asked, &rules, &typed, &problems)?))
}
