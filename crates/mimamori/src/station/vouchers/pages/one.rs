//! What a supporter was given.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::{form_id, new, said, settled, way_back, yen};
use crate::audit::{self, Fields, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Weight};
use crate::front::{Asked, Problem};
use crate::ids::SupporterId;
use crate::people::said::day;
use crate::station::courses::{Role, Side, Typed, sided, text};
use crate::station::supporters::{self, Supporter};
use crate::station::vouchers::rules::{Line, Rules, balance};
use crate::station::vouchers::{acts, store};

/// The supporter, after the line of the sight.
async fn enter(asked: &Asked, id: SupporterId) -> Result<Supporter, Problem> {
    let one = supporters::find(&mut asked.read().await?, &asked.deed, id).await?;
    if one.is_erased() {
        return Err(Problem::NotFound);
    }
    let line = audit::Line::new(Verb::Saw, one.person, Fields::NOTHING);
    let line = line.saying(format!("サポーター（{id}）の商店街の券"));
    audit::witness(asked.db(), &asked.deed, line).await?;
    Ok(one)
}

fn path(id: SupporterId) -> String {
    format!("/station/supporters/{id}/vouchers")
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    let one = enter(&asked, id).await?;
    shown(&asked, &one, &Typed::default(), &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    one: &Supporter,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let lines = store::list_of_supporter(&mut conn, &asked.deed, one.id).await?;
    let rules = store::rules_of(&mut conn, &asked.deed).await?;
    drop(conn);
    let back = format!("/station/supporters/{}", one.id);
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (one.details.name) } "さんに渡した商店街の券" }
        p { "これまでに" strong { (balance(&lines)) "円" } }
        (look::section("渡す", form(asked, one.id, &rules, typed, problems)))
        @if !lines.is_empty() { (look::section("これまでに渡した券", table(&lines))) }
        p { (look::text_link(Link::new("サポーターの画面にもどる", &back))) }
        p { (look::text_link(Link::new("月ごとの券のまとめ", "/station/vouchers"))) }
    };
    sided(asked, Side::Supporters, "商店街の券", body)
}

fn form(
    asked: &Asked,
    id: SupporterId,
    rules: &Rules,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let today = in_japan(asked.deed.now).date().to_string();
    let on = match typed.of("day") {
        "" => today.as_str(),
        day => day,
    };
    let word = |role: &Role| match rules.get(role.code()) {
        Some(amount) => format!("{}（きまりは{amount}円）", role.word()),
        None => role.word().to_owned(),
    };
    let roles: Vec<(&str, String)> = Role::ALL
        .iter()
        .map(|role| (role.code(), word(role)))
        .collect();
    let roles: Vec<Choice<'_>> = roles
        .iter()
        .map(|(code, word)| Choice::new(code, word))
        .collect();
    let field = |name, label| text(typed, problems, name, label);
    look::form(
        &path(id),
        html! {
            (look::hidden("form", &form_id(asked, typed)))
            (look::field(&Field { kind: Kind::Short, value: on, ..field("day", "いつの分") }))
            (look::field(&Field { hint: "例：金曜の食堂", ..field("course", "どの講座") }))
            (look::select(&field("role", "役割"), &roles))
            (look::field(&Field { kind: Kind::Number, hint: "空けておくと、役割のきまりの額になります。", ..field("amount", "額（円）") }))
            (look::button(Weight::Primary, "渡した", "do", "give"))
        },
    )
}

fn table(lines: &[Line]) -> Markup {
    let head = ["いつの分", "内容", "額", ""].map(Head::new);
    let rows: Vec<Vec<Markup>> = lines
        .iter()
        .rev()
        .map(|line| {
            vec![
                html! { (day(line.day)) },
                said(line),
                html! { (yen(line)) },
                way_back(line, lines),
            ]
        })
        .collect();
    look::table("渡した券の一覧", &head, &rows)
}

/// Gives vouchers. Without an amount it is that of the role.
pub async fn give(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let one = enter(&asked, id).await?;
    let (mut typed, mut problems) = (Typed(sent), Problems::default());
    if typed.of("amount").is_empty() {
        let rules = store::rules_of(&mut asked.read().await?, &asked.deed).await?;
        let amount = rules.get(typed.of("role")).copied();
        typed.0.retain(|(name, _)| name != "amount");
        typed.put(
            "amount",
            amount.map(|amount| amount.to_string()).unwrap_or_default(),
        );
    }
    if let Some(new) = new(&typed, &mut problems) {
        let done = acts::give(asked.db(), &asked.deed, id, new).await;
        if let Some(page) = settled(&asked, &path(id), done, &mut problems)? {
            return Ok(page);
        }
    }
    Err(Problem::Refused(
        shown(&asked, &one, &typed, &problems).await?,
    ))
}
