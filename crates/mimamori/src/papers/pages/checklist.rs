//! A questionnaire with its answers, in the shape of the form.

use axum::extract::Path;
use axum::response::Response;
use press::{Line as Detail, Paper, Question, Questionnaire};

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::front::Asked;
use crate::ids::RowId;
use crate::paths::checklists::{self, Checklist, Sheet};
use crate::people::{DeskView, Stop};

/// The paper, after the lines of its sight and its printing are durable.
pub async fn print(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Stop> {
    let (one, view) = checklists::open(&asked, id).await?;
    let fields = Fields::IDENTITY.and(Fields::CARE);
    let line = Line::new(Verb::Printed, Some(one.person), fields).saying(one.sheet.word());
    audit::witness(asked.db(), &asked.deed, line).await?;
    let surround = around(&asked, view.standing.center.or(asked.deed.scope.center)).await?;
    let paper = Paper::Questionnaire(Box::new(questionnaire(&one, &view)));
    Ok(shown(surround, paper, "checklist").await?)
}

fn questionnaire(one: &Checklist, view: &DeskView) -> Questionnaire {
    let identity = &view.identity.value;
    let (results, notes) = checklists::told_on_paper(one);
    Questionnaire {
        title: one.sheet.word().to_owned(),
        name: identity.name.to_string(),
        kana: identity.kana(),
        born: identity.born.both(),
        on: checklists::day(one.on),
        way: one.way.word().to_owned(),
        mark: checklists::mark(one.sheet).to_owned(),
        questions: questions(one),
        results: results
            .into_iter()
            .map(|(label, text)| Detail::new(label, text))
            .collect(),
        notes,
    }
}

fn questions(one: &Checklist) -> Vec<Question> {
    let sheet: Sheet = one.sheet;
    sheet
        .questions()
        .iter()
        .map(|question| Question {
            number: question.number.to_string(),
            text: question.text.to_owned(),
            choices: question
                .choices
                .iter()
                .map(|choice| choice.word.to_owned())
                .collect(),
            chosen: one
                .answers
                .chosen(question.number)
                .and_then(|at| usize::from(at).checked_sub(1)),
            measured: checklists::measured_on_paper(one, question),
            counts: one
                .answers
                .weight(sheet, question.number)
                .is_some_and(|weight| weight > 0),
        })
        .collect()
}
