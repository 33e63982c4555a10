//! How long records wait in this town, and why.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::told;
use crate::front::look::{
    Field, Kind as Input, Problems, buttons, field, form, hidden, problem_summary, section,
};
use crate::front::{Asked, Flash, Problem};
use crate::leaving::acts;
use crate::leaving::rules::{Kind, LONGEST, Term};
use crate::leaving::store;
use crate::networks::{self, Side};
use crate::people::paragraph;

const MOST_REASON: usize = 300;

/// One kind's form as typed.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Typed {
    days: String,
    reason: String,
    version: i64,
}

/// The terms, each with its own form.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    sheet(&asked, None, &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    typed: Option<(Kind, &Typed)>,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let terms = store::list_terms(&mut conn, &asked.deed).await?;
    let town = networks::find_town(&mut conn, &asked.deed.scope).await?;
    let operator = town.ok_or(Problem::NotFound)?.operator;
    drop(conn);
    let body = html! {
        p { "登録を終えた方の記録を、消去するまで何日残すかを決めます。理由の文は、申し出た方へのお知らせに印刷されます。変えても、もう始まっている手続きの日は変わりません。" }
        p { "根拠：" (Term::law(operator)) "。町の個人情報保護の条例や文書管理規程に別の定めがあるときは、それに合わせてください。" }
        (problem_summary(problems))
        @for term in &terms {
            @let again = typed.filter(|(kind, _)| *kind == term.kind).map(|(_, typed)| typed);
            (one(term, again, problems))
        }
    };
    networks::settings_page(asked, Side::Leaving, "記録を残す日数", body)
}

fn one(term: &Term, again: Option<&Typed>, problems: &Problems) -> Markup {
    let code = term.kind.code();
    let (days_name, reason_name) = (format!("{code}-days"), format!("{code}-reason"));
    let days = again.map_or(term.days.to_string(), |typed| typed.days.clone());
    let reason = again.map_or(&term.reason, |typed| &typed.reason);
    section(
        term.kind.word(),
        form(
            &format!("/town/leaving/{code}"),
            html! {
                (field(&Field { name: &days_name, label: "残す日数", value: &days, kind: Input::Number,
                    problem: problems.of(&days_name), required: true, ..Field::default() }))
                (field(&Field { name: &reason_name, label: "その理由", value: reason, kind: Input::Textarea,
                    problem: problems.of(&reason_name), required: true, ..Field::default() }))
                (hidden("version", &term.version.to_string()))
                (buttons("保存する", None))
            },
        ),
    )
}

/// Keeps a term.
pub async fn save(
    asked: Asked,
    Path(kind): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let kind = Kind::from_code(&kind).ok_or(Problem::NotFound)?;
    let of = |name: &str| {
        let found = fields.iter().find(|(of, _)| of == name);
        found.map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let (days_name, reason_name) = (
        format!("{}-days", kind.code()),
        format!("{}-reason", kind.code()),
    );
    let typed = Typed {
        days: of(&days_name),
        reason: of(&reason_name),
        version: of("version").parse().unwrap_or_default(),
    };
    let mut problems = Problems::default();
    let days = typed
        .days
        .parse()
        .ok()
        .filter(|days| (1..=LONGEST).contains(days));
    if days.is_none() {
        problems.add(
            &days_name,
            format!("1から{LONGEST}までの日数を、数字で入れてください。"),
        );
    }
    let reason = paragraph(&typed.reason, MOST_REASON).unwrap_or_default();
    if reason.is_empty() {
        problems.add(
            &reason_name,
            format!("お知らせに印刷する理由を、{MOST_REASON}文字までで入れてください。"),
        );
    }
    let Some(days) = days.filter(|_| problems.is_empty()) else {
        return Err(Problem::Refused(
            sheet(&asked, Some((kind, &typed)), &problems).await?,
        ));
    };
    let term = Term {
        kind,
        days,
        reason,
        version: typed.version,
    };
    let flash = match acts::change_term(asked.db(), &asked.deed, term).await {
        Ok(()) => Flash::done("保存しました。"),
        Err(refusal) => match told(&refusal) {
            Some(words) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect("/town/leaving", flash))
}
