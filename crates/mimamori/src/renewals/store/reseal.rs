//! Sealing renewals anew, after the town's key was changed.

use db::{Conn, Sql, args, sql};

use super::history::words_place;
use super::renewals::counted_place;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::PersonId;

// People who have a renewal or a line of one: whoever has a line has a month.
const AFTER: Sql = sql("SELECT person FROM renewal_months
     WHERE network = $1 AND person > $2 ORDER BY person LIMIT 50");

const COUNTED: Sql = sql("SELECT year, version, counted FROM renewals
     WHERE network = $1 AND person = $2");

const RESEAL: Sql = sql("UPDATE renewals SET counted = $5
     WHERE network = $1 AND person = $2 AND year = $3 AND version = $4");

const WORDS: Sql = sql("SELECT id, words FROM renewal_acts WHERE network = $1 AND person = $2");

const RESEAL_WORDS: Sql = sql("UPDATE renewal_acts SET words = $4
     WHERE network = $1 AND person = $2 AND id = $3");

/// Seals what is kept of the next people's renewals under the current key.
pub async fn reseal_some(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let person = PersonId(row.int(0)?);
        moved.next = Some(person.0);
        moved.rows += counted(conn, deed, person).await? + words(conn, deed, person).await?;
    }
    Ok(moved)
}

async fn counted(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(COUNTED, &args![deed.network(), person]).await? {
        let (year, version) = (row.int(0)?, row.int(1)?);
        let place = counted_place(person, i16::try_from(year).unwrap_or(0), version);
        if let Some(fresh) = deed.resealed(&place, &row.blob(2)?)? {
            let args = args![deed.network(), person, year, version, fresh];
            // Nothing is moved where somebody saved in between: that save used the current key.
            moved += conn.exec(RESEAL, &args).await?;
        }
    }
    Ok(moved)
}

async fn words(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(WORDS, &args![deed.network(), person]).await? {
        let id = row.int(0)?;
        if let Some(fresh) = deed.resealed(&words_place(person, id), &row.blob(1)?)? {
            let args = args![deed.network(), person, id, fresh];
            moved += conn.exec(RESEAL_WORDS, &args).await?;
        }
    }
    Ok(moved)
}
