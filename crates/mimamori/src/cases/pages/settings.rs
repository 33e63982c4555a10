//! What the head of a center sets.

use axum::Form;
use axum::response::Response;
use maud::{Markup, html};

use super::back;
use super::typed::Typed;
use crate::cases::acts;
use crate::cases::rules::Settings;
use crate::cases::store;
use crate::front::look::{self, Choice, Kind, Link, Problems};
use crate::front::{Asked, Place, Problem};

/// The form.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let center = asked.deed.scope.center.ok_or(Problem::Forbidden)?;
    let mut conn = asked.read().await?;
    let settings = store::find_settings(&mut conn, &asked.deed, center).await?;
    drop(conn);
    let mut typed = Typed::default()
        .with("version", settings.version.to_string())
        .with("quiet", settings.quiet_days.to_string());
    for (on, value) in [
        (settings.plan_second, "plan"),
        (settings.closing_second, "closing"),
    ] {
        if on {
            typed.0.push(("second".to_owned(), value.to_owned()));
        }
    }
    sheet(&asked, &typed, &Problems::default())
}

fn sheet(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let choices = [
        Choice::new("plan", "計画を変えたとき"),
        Choice::new("closing", "支援を終了したとき"),
    ];
    let ticked: Vec<&str> = typed
        .0
        .iter()
        .filter(|(name, _)| name == "second")
        .map(|(_, value)| value.as_str())
        .collect();
    let second = typed.plain(
        (
            "second",
            "2人目の確認をお願いするのは",
            "書いた職員とは別の職員が確かめます。自分の分は確かめられません。",
        ),
        Kind::Text,
        problems,
    );
    let body = html! {
        (look::problem_summary(problems))
        (look::form("/cases/settings", html! {
            (look::hidden("version", typed.get("version")))
            (typed.field(("quiet", "連絡が何日ないと知らせますか", "支援ごとに、ちがう日数にもできます。"), Kind::Number, problems))
            (look::checks(&second, &choices, &ticked))
            (look::buttons("保存する", Some(Link::new("やめる", "/cases/load"))))
        }))
    };
    asked.page(Place::Cases, "支援の決まり", body)
}

/// Saves it, or gives the form back.
pub async fn save(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let quiet = typed.number("quiet", 366, &mut problems);
    let Some(quiet_days) = quiet.filter(|days| *days > 0) else {
        if problems.is_empty() {
            problems.add("quiet", "1から366までの数字で入れてください。");
        }
        return Err(Problem::Refused(sheet(&asked, &typed, &problems)?));
    };
    let second = |of: &str| {
        let mut all = typed.0.iter();
        all.any(|(name, value)| name == "second" && value == of)
    };
    let settings = Settings {
        quiet_days,
        plan_second: second("plan"),
        closing_second: second("closing"),
        version: typed.version(),
    };
    let done = acts::change_settings(asked.db(), &asked.deed, settings).await;
    back(&asked, "/cases/settings", done.map(|()| "保存しました。"))
}
