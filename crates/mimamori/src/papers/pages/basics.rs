//! 利用者基本情報 of a case, as the national form has it.

use axum::extract::Path;
use axum::response::Response;
use press::Paper;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases;
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::CaseId;
use crate::papers::rules::basics;
use crate::people;

/// The form, after the lines of its sight and its printing are durable.
pub async fn print(asked: Asked, Path(case): Path<CaseId>) -> Result<Response, Problem> {
    let written = cases::written(&asked, case).await?;
    let first = written.person.ok_or(Problem::NotFound)?;
    let fields = Fields::IDENTITY
        .and(Fields::CONTACTS)
        .and(Fields::CARE)
        .and(Fields::MEDICAL);
    // Of a case that is open to named people only, the line names the case and not the person.
    let whose = written.names_person.then_some(first);
    let line = Line::new(Verb::Printed, whose, fields).because(Why::Case(case));
    audit::witness(asked.db(), &asked.deed, line).await?;
    let mut conn = asked.read().await?;
    let person = people::find(&mut conn, &asked.deed, first).await?;
    let person = person.ok_or(Problem::NotFound)?;
    drop(conn);
    let surround = around(&asked, Some(written.case.center)).await?;
    let today = in_japan(asked.deed.now).date();
    let paper = Paper::Basics(Box::new(basics(&person, &written, today)));
    shown(surround, paper, "kihon").await
}
