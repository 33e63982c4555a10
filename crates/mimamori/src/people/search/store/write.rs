//! Statements that write: what a person is found under, and the dictionary of forms.

use db::{Conn, Error, Row, Sql, Value, args, sql};

use super::read::filled;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::search::rules::PersonKeys;

const KNOWN_4: Sql =
    sql("SELECT form FROM name_forms WHERE network = $1 AND form IN ($2, $3, $4, $5)");
const INSERT_FORM: Sql = sql("INSERT INTO name_forms (network, form, kind, sealed)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
const INSERT_NEAR_8: Sql = sql("INSERT INTO name_near (network, form, near) VALUES
       ($1, $2, $3), ($1, $2, $4), ($1, $2, $5), ($1, $2, $6),
       ($1, $2, $7), ($1, $2, $8), ($1, $2, $9), ($1, $2, $10)
     ON CONFLICT DO NOTHING");

const INSERT_NAMES_8: Sql = sql("INSERT INTO search_keys (network, person, born, key) VALUES
       ($1, $2, $3, $4), ($1, $2, $3, $5), ($1, $2, $3, $6), ($1, $2, $3, $7),
       ($1, $2, $3, $8), ($1, $2, $3, $9), ($1, $2, $3, $10), ($1, $2, $3, $11)
     ON CONFLICT DO NOTHING");
const INSERT_KEYS_8: Sql = sql("INSERT INTO search_keys (network, person, key) VALUES
       ($1, $2, $3), ($1, $2, $4), ($1, $2, $5), ($1, $2, $6),
       ($1, $2, $7), ($1, $2, $8), ($1, $2, $9), ($1, $2, $10)
     ON CONFLICT DO NOTHING");
const DELETE_KEYS_8: Sql = sql("DELETE FROM search_keys WHERE network = $1 AND person = $2
       AND key IN ($3, $4, $5, $6, $7, $8, $9, $10)");

const PUT_PERSON: Sql = sql(
    "INSERT INTO person_keys (network, person, born, forms, keys)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (network, person) DO UPDATE
       SET born = excluded.born, forms = excluded.forms, keys = excluded.keys",
);
const FIND_PERSON: Sql =
    sql("SELECT born, forms, keys FROM person_keys WHERE network = $1 AND person = $2");
const DELETE_PERSON: Sql = sql("DELETE FROM person_keys WHERE network = $1 AND person = $2");

const FIND_UNUSED: Sql = sql("SELECT kind, sealed FROM name_forms
     WHERE network = $1 AND form = $2 AND NOT EXISTS
       (SELECT 1 FROM search_keys WHERE network = $1 AND key = $2)");
const FORMS_AFTER: Sql = sql("SELECT form, sealed FROM name_forms
     WHERE network = $1 AND form > $2 ORDER BY form LIMIT 200");
const DELETE_FORM: Sql = sql("DELETE FROM name_forms WHERE network = $1 AND form = $2");
const DELETE_NEAR_8: Sql = sql("DELETE FROM name_near WHERE network = $1 AND form = $2
       AND near IN ($3, $4, $5, $6, $7, $8, $9, $10)");

/// What a person stood under; pairs come back among `others`.
pub async fn find_person_keys(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Option<PersonKeys>, Error> {
    let row = conn
        .one(FIND_PERSON, &args![deed.network(), person])
        .await?;
    let keys = |mut row: Row| {
        Ok(PersonKeys {
            born: row.int(0)?,
            forms: unpacked(&row.blob(1)?),
            pairs: vec![],
            others: unpacked(&row.blob(2)?),
        })
    };
    row.map(keys).transpose()
}

/// Writes every key of a person; one that stands already is left alone.
pub async fn put_person_keys(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    keys: &PersonKeys,
) -> Result<(), Error> {
    let names: Vec<i64> = keys.forms.iter().chain(&keys.pairs).copied().collect();
    in_eights(conn, deed, INSERT_NAMES_8, &[person.0, keys.born], &names).await?;
    in_eights(conn, deed, INSERT_KEYS_8, &[person.0], &keys.others).await?;
    let rest: Vec<i64> = keys.pairs.iter().chain(&keys.others).copied().collect();
    let (forms, rest) = (packed(&keys.forms), packed(&rest));
    let args = args![deed.network(), person, keys.born, forms, rest];
    conn.exec_one(PUT_PERSON, &args).await
}

/// Takes these keys back from a person.
pub async fn delete_keys(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    keys: &[i64],
) -> Result<(), Error> {
    in_eights(conn, deed, DELETE_KEYS_8, &[person.0], keys).await
}

/// Forgets what a person stood under.
pub async fn delete_person(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    conn.exec(DELETE_PERSON, &args![deed.network(), person])
        .await?;
    Ok(())
}

/// Which of at most four forms are in the dictionary.
pub async fn list_known(conn: &mut Conn, deed: &Deed, forms: &[i64]) -> Result<Vec<i64>, Error> {
    let mut args = vec![Value::from(deed.network())];
    args.extend(filled(forms, 4).map(Value::from));
    let rows = conn.rows(KNOWN_4, &args).await?;
    rows.iter().map(|row| row.int(0)).collect()
}

/// Adds a form to the dictionary, under everything it is near to.
pub async fn insert_form(
    conn: &mut Conn,
    deed: &Deed,
    form: i64,
    kind: &str,
    sealed: Vec<u8>,
    near: &[i64],
) -> Result<(), Error> {
    conn.exec(INSERT_FORM, &args![deed.network(), form, kind, sealed])
        .await?;
    in_eights(conn, deed, INSERT_NEAR_8, &[form], near).await
}

/// Kind and seal of the form, if it stands in the dictionary and nobody has it.
pub async fn find_unused(
    conn: &mut Conn,
    deed: &Deed,
    form: i64,
) -> Result<Option<(String, Vec<u8>)>, Error> {
    let row = conn.one(FIND_UNUSED, &args![deed.network(), form]).await?;
    row.map(|mut row| Ok((row.text(0)?, row.blob(1)?)))
        .transpose()
}

/// The next forms of the dictionary with their seals.
pub async fn list_forms_after(
    conn: &mut Conn,
    deed: &Deed,
    after: i64,
) -> Result<Vec<(i64, Vec<u8>)>, Error> {
    let rows = conn
        .rows(FORMS_AFTER, &args![deed.network(), after])
        .await?;
    rows.into_iter()
        .map(|mut row| Ok((row.int(0)?, row.blob(1)?)))
        .collect()
}

/// Takes a form out of the dictionary.
pub async fn delete_form(
    conn: &mut Conn,
    deed: &Deed,
    form: i64,
    near: &[i64],
) -> Result<(), Error> {
    conn.exec(DELETE_FORM, &args![deed.network(), form]).await?;
    in_eights(conn, deed, DELETE_NEAR_8, &[form], near).await
}

/// Runs a statement of eight places as often as the values need.
async fn in_eights(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    before: &[i64],
    values: &[i64],
) -> Result<(), Error> {
    for part in values.chunks(8) {
        let mut args = vec![Value::from(deed.network())];
        args.extend(before.iter().map(|value| Value::from(*value)));
        args.extend(filled(part, 8).map(Value::from));
        conn.exec(statement, &args).await?;
    }
    Ok(())
}

fn packed(keys: &[i64]) -> Vec<u8> {
    keys.iter().flat_map(|key| key.to_be_bytes()).collect()
}

fn unpacked(bytes: &[u8]) -> Vec<i64> {
    let keys = bytes.as_chunks::<8>().0.iter();
    keys.map(|key| i64::from_be_bytes(*key)).collect()
}
