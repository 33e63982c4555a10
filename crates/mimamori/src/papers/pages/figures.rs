//! The figures of consultations on paper.

use axum::Form;
use axum::response::Response;
use press::{FigureTable, Figures, Paper};
use serde::Deserialize;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::{self, Period, Side, TOO_FEW};
use crate::front::{Asked, Problem};

/// Of when, whose, and where it goes.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    period: String,
    center: String,
    side: String,
}

/// The paper.
pub async fn consultations(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let this = Period::of(in_japan(asked.deed.now).date());
    let period = Period::from_code(&typed.period).unwrap_or(this);
    let center = match typed.center.as_str() {
        "" | "all" => None,
        chosen => Some(chosen.parse().map_err(|_| Problem::NotFound)?),
    };
    let side = Side::from_code(&typed.side);
    let report = consultations::report(
        asked.db(),
        &asked.app.months,
        &asked.deed,
        period,
        center,
        side,
    )
    .await?;
    let said = format!("{}・{}", report.title, side.mark());
    let line = Line::new(Verb::Printed, None, Fields::NOTHING).saying(said);
    audit::witness(asked.db(), &asked.deed, line).await?;
    let tables = report.sheets.into_iter().map(|sheet| FigureTable {
        title: sheet.title,
        head: sheet.head,
        rows: sheet.rows,
        none: TOO_FEW.to_owned(),
    });
    let paper = Paper::Figures(Figures {
        title: report.title,
        mark: side.mark().to_owned(),
        notes: report.notes,
        tables: tables.collect(),
    });
    let surround = around(&asked, asked.deed.scope.center).await?;
    shown(surround, paper, "consultations").await
}
