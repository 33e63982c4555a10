//! The outbox ↔ rows.

use db::{Conn, Row, Sql, args, sql};
use seal::{Place, SealError};

use super::shape;
use crate::deed::Deed;
use crate::desk::rules::{Mail, MailState, Refusal};
use crate::ids::{InquiryId, RowId};

const INSERT: Sql = sql(
    "INSERT INTO desk_mails (network, id, inquiry, contact, state, next_at, tries, mail)
     VALUES ($1, $2, $3, $4, 'queued', $5, 0, $6)",
);

const LIST_DUE: Sql = sql("SELECT id, inquiry, contact, tries, mail FROM desk_mails
     WHERE network = $1 AND state = 'queued' AND next_at <= $2 ORDER BY next_at LIMIT 20");

const LIST_STATES: Sql = sql(
    "SELECT contact, state FROM desk_mails WHERE network = $1 AND inquiry = $2 ORDER BY contact, id",
);

const SAVE: Sql = sql(
    "UPDATE desk_mails SET state = $3, next_at = $4, tries = tries + 1
     WHERE network = $1 AND id = $2 AND state = 'queued' AND tries = $5",
);

/// A mail that waits to be sent.
#[derive(Clone)]
pub struct Queued {
    /// Its identity.
    pub id: RowId,
    /// The inquiry it belongs to.
    pub inquiry: InquiryId,
    /// How often it was tried.
    pub tries: i64,
    /// The mail.
    pub mail: Mail,
}

pub(super) fn place(id: RowId) -> Place {
    Place {
        table: "desk_mails",
        column: "mail",
        row: id.0,
        version: 0,
    }
}

/// Puts a mail out, to be sent at once.
pub async fn insert_mail(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
    contact: usize,
    mail: &Mail,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let plain = serde_json::to_vec(mail).map_err(|_| SealError::Malformed)?;
    let contact = i64::try_from(contact).map_err(|_| Refusal::NoContact)?;
    let sealed = deed.keys.seal(&place(id), &plain, &mut deed.dice.clone());
    let args = args![deed.network(), id, inquiry, contact, deed.at(), sealed];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// Mails to be tried now.
pub async fn list_due(conn: &mut Conn, deed: &Deed) -> Result<Vec<Queued>, Refusal> {
    let rows = conn
        .rows(LIST_DUE, &args![deed.network(), deed.at()])
        .await?;
    rows.into_iter().map(|row| queued(deed, row)).collect()
}

fn queued(deed: &Deed, mut row: Row) -> Result<Queued, Refusal> {
    let id = RowId(row.int(0)?);
    let plain = deed.keys.open(&place(id), &row.blob(4)?)?;
    Ok(Queued {
        id,
        inquiry: InquiryId(row.int(1)?),
        tries: row.int(3)?,
        mail: serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?,
    })
}

/// The contact and the state of every mail of an inquiry.
pub async fn list_mail_states(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
) -> Result<Vec<(usize, MailState)>, Refusal> {
    let rows = conn
        .rows(LIST_STATES, &args![deed.network(), inquiry])
        .await?;
    let states = rows.into_iter().map(|mut row| {
        let contact = usize::try_from(row.int(0)?).map_err(|_| shape("desk_mails.contact"))?;
        let state = MailState::from_code(&row.text(1)?).ok_or_else(|| shape("desk_mails.state"))?;
        Ok((contact, state))
    });
    states.collect()
}

/// Keeps what became of a try; whether nobody else kept it meanwhile.
pub async fn save_mail(
    conn: &mut Conn,
    deed: &Deed,
    queued: &Queued,
    state: MailState,
    next_at: i64,
) -> Result<bool, Refusal> {
    let args = args![
        deed.network(),
        queued.id,
        state.code(),
        next_at,
        queued.tries
    ];
    Ok(conn.exec(SAVE, &args).await? == 1)
}
