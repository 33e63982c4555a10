//! Sealing anew after the town's key was changed.

use db::{Conn, Sql, sql};

use super::{consents, lines};
use crate::deed::{Deed, Moved, Unmoved};
use crate::station::reseal::some;

const CONSENTS: Sql = sql("SELECT id, version, kept FROM rhythm_consents
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const CONSENT: Sql = sql("UPDATE rhythm_consents SET kept = $4
     WHERE network = $1 AND id = $2 AND version = $3");

const LINES: Sql = sql("SELECT id, version, kept FROM change_lines
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const LINE: Sql = sql("UPDATE change_lines SET kept = $4
     WHERE network = $1 AND id = $2 AND version = $3");

/// Seals the next consents under the current key.
pub async fn reseal_consents(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    some(conn, deed, after, (CONSENTS, CONSENT, consents::place)).await
}

/// Seals the next lines of lists under the current key.
pub async fn reseal_lines(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    some(conn, deed, after, (LINES, LINE, lines::place)).await
}
