//! The outbox of notices ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::Place;

use super::{close, open, place, shape};
use crate::deed::Deed;
use crate::desk::{Mail, MailState};
use crate::ids::{NoticeId, RowId};
use crate::notices::rules::Refusal;

const INSERT: Sql = sql(
    "INSERT INTO notice_mails (network, id, notice, state, next_at, tries, mail, recipient)
     VALUES ($1, $2, $3, 'queued', $4, 0, $5, $6)",
);

const LATELY: Sql = sql("SELECT COUNT(*) FROM notice_mails
     WHERE network = $1 AND recipient = $2 AND next_at > $3");

const DUE: Sql = sql("SELECT id, tries, mail FROM notice_mails
     WHERE network = $1 AND state = 'queued' AND next_at <= $2 ORDER BY next_at LIMIT 20");

const STATES: Sql =
    sql("SELECT state FROM notice_mails WHERE network = $1 AND notice = $2 ORDER BY id");

const SAVE: Sql = sql(
    "UPDATE notice_mails SET state = $3, next_at = $4, tries = tries + 1
     WHERE network = $1 AND id = $2 AND state = 'queued' AND tries = $5",
);

/// A mail that waits to be sent.
#[derive(Clone)]
pub struct Queued {
    /// Its identity.
    pub id: RowId,
    /// How often it was tried.
    pub tries: i64,
    /// The mail.
    pub mail: Mail,
}

pub(super) const fn mail_place(id: RowId) -> Place {
    place("notice_mails", "mail", id.0)
}

/// Puts a mail out, to be sent at once.
pub async fn insert_mail(
    conn: &mut Conn,
    deed: &Deed,
    notice: NoticeId,
    mail: &Mail,
) -> Result<(), Refusal> {
    let id = RowId(deed.new_id());
    let sealed = close(deed, &mail_place(id), mail)?;
    let to = recipient(deed, &mail.to);
    let args = args![deed.network(), id, notice, deed.at(), sealed, to];
    Ok(conn.exec_one(INSERT, &args).await?)
}

/// 「name+anything@」 is read in the mailbox of 「name@」.
fn recipient(deed: &Deed, address: &str) -> i64 {
    let folded = address.to_lowercase();
    let (local, domain) = folded.rsplit_once('@').unwrap_or((&folded, ""));
    let local = local.split('+').next().unwrap_or(local);
    deed.lasting_token(&[b"notice mail", format!("{local}@{domain}").as_bytes()])
}

/// How many mails an address got of this room since an instant.
pub async fn count_mails_to(
    conn: &mut Conn,
    deed: &Deed,
    address: &str,
    since: i64,
) -> Result<i64, Error> {
    let args = args![deed.network(), recipient(deed, address), since];
    let row = conn.one(LATELY, &args).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Mails to be tried now.
pub async fn list_due(conn: &mut Conn, deed: &Deed) -> Result<Vec<Queued>, Refusal> {
    let rows = conn.rows(DUE, &args![deed.network(), deed.at()]).await?;
    rows.into_iter().map(|row| queued(deed, row)).collect()
}

fn queued(deed: &Deed, mut row: Row) -> Result<Queued, Refusal> {
    let id = RowId(row.int(0)?);
    Ok(Queued {
        id,
        tries: row.int(1)?,
        mail: open(deed, &mail_place(id), &row.blob(2)?)?,
    })
}

/// The state of each mail of a notice, the first first.
pub async fn list_mail_states(
    conn: &mut Conn,
    deed: &Deed,
    notice: NoticeId,
) -> Result<Vec<MailState>, Error> {
    let rows = conn.rows(STATES, &args![deed.network(), notice]).await?;
    let states = rows.into_iter().map(|mut row| {
        MailState::from_code(&row.text(0)?).ok_or_else(|| shape("notice_mails.state"))
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
) -> Result<bool, Error> {
    let (code, tries) = (state.code(), queued.tries);
    let args = args![deed.network(), queued.id, code, next_at, tries];
    Ok(conn.exec(SAVE, &args).await? == 1)
}
