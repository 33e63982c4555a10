//! What happens in an inquiry is written down.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::desk::rules::{CallOutcome, Caller, CallerKind, Inquiry, Refusal, Said, Step, StepKind};
use crate::desk::store;
use crate::ids::InquiryId;
use crate::scope::Right;

/// The most characters of a note.
const MOST_WORDS: usize = 2000;

/// Keeps what is known of the caller, upon the version that was seen.
pub async fn save_caller(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    version: i64,
    kind: Option<CallerKind>,
    caller: Caller,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Desk)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let inquiry = store::find(conn, &deed, id).await?;
            inquiry.must_be_open()?;
            store::save_caller(conn, &deed, id, version, kind, &caller).await?;
            let step = super::step(&deed, StepKind::Caller, Said::default());
            add(conn, &deed, &inquiry, &step, Verb::Noted).await
        })
    })
    .await
}

/// Keeps a note; also after the inquiry was closed.
pub async fn note(db: &Db, deed: &Deed, id: InquiryId, words: &str) -> Result<(), Refusal> {
    deed.scope.need(Right::Desk)?;
    let words = said(words)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let inquiry = store::find(conn, &deed, id).await?;
            let step = super::step(
                &deed,
                StepKind::Note,
                Said {
                    words,
                    ..Said::default()
                },
            );
            add(conn, &deed, &inquiry, &step, Verb::Noted).await
        })
    })
    .await
}

/// Keeps that the contact at this place of the calling order was called, and what came of it.
pub async fn note_call(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    contact: usize,
    outcome: CallOutcome,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Desk)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let inquiry = store::find(conn, &deed, id).await?;
            let view = super::person(conn, &deed, inquiry.person).await?;
            let called = view
                .contacts
                .value
                .0
                .get(contact)
                .ok_or(Refusal::NoContact)?;
            let said = Said {
                name: called.name.clone(),
                ..Said::default()
            };
            let step = Step {
                contact: Some(contact),
                outcome: outcome.code().to_owned(),
                ..super::step(&deed, StepKind::Call, said)
            };
            add(conn, &deed, &inquiry, &step, Verb::Called).await
        })
    })
    .await
}

/// Keeps a step and its line.
pub(super) async fn add(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: &Inquiry,
    step: &Step,
    verb: Verb,
) -> Result<(), Refusal> {
    store::insert_step(conn, deed, inquiry.id, step).await?;
    let line = Line::new(verb, Some(inquiry.person), Fields::NOTHING);
    let line = line.because(Why::Inquiry(inquiry.id));
    Ok(audit::record(conn, deed, inquiry.came.mark(line)).await?)
}

/// Words that must not be missing, trimmed.
pub(super) fn said(words: &str) -> Result<String, Refusal> {
    match words.trim() {
        "" => Err(Refusal::NoWords),
        words if words.chars().count() > MOST_WORDS => Err(Refusal::TooLong),
        words => Ok(words.to_owned()),
    }
}
