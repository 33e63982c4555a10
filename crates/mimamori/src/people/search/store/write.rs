//! Statements that write: what a person is found under, and the dictionary of forms.

use db::{Conn, Error, Row, Sql, Value, args, sql};

use super::read::filled;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::search::rules::PersonKeys;

const KNOWN_4: Sql =
    sql("SELECT form FROM name_forms WHERE network = $1 AND form IN ($2, $3, $4, $5)");
const KNOWN_64: Sql = sql("SELECT form FROM name_forms WHERE network = $1 AND form IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
       $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51,
       $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65)");
const INSERT_FORM: Sql = sql("INSERT INTO name_forms (network, form, kind, sealed)
     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
const INSERT_NEAR_4: Sql = sql("INSERT INTO name_near (network, near, form) VALUES
       ($1, $2, $3), ($1, $4, $5), ($1, $6, $7), ($1, $8, $9)
     ON CONFLICT DO NOTHING");
const INSERT_NEAR_16: Sql = sql("INSERT INTO name_near (network, near, form) VALUES
       ($1, $2, $3), ($1, $4, $5), ($1, $6, $7), ($1, $8, $9), ($1, $10, $11), ($1, $12, $13),
       ($1, $14, $15), ($1, $16, $17), ($1, $18, $19), ($1, $20, $21), ($1, $22, $23),
       ($1, $24, $25), ($1, $26, $27), ($1, $28, $29), ($1, $30, $31), ($1, $32, $33)
     ON CONFLICT DO NOTHING");

const INSERT_KEYS_4: Sql = sql("INSERT INTO search_keys (network, key, person, born) VALUES
       ($1, $2, $3, $4), ($1, $5, $6, $7), ($1, $8, $9, $10), ($1, $11, $12, $13)
     ON CONFLICT DO NOTHING");
const INSERT_KEYS_16: Sql = sql("INSERT INTO search_keys (network, key, person, born) VALUES
       ($1, $2, $3, $4), ($1, $5, $6, $7), ($1, $8, $9, $10), ($1, $11, $12, $13),
       ($1, $14, $15, $16), ($1, $17, $18, $19), ($1, $20, $21, $22), ($1, $23, $24, $25),
       ($1, $26, $27, $28), ($1, $29, $30, $31), ($1, $32, $33, $34), ($1, $35, $36, $37),
       ($1, $38, $39, $40), ($1, $41, $42, $43), ($1, $44, $45, $46), ($1, $47, $48, $49)
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

/// Writes every key of these people; one that stands already is left alone.
pub async fn put_keys(
    conn: &mut Conn,
    deed: &Deed,
    people: &[(PersonId, &PersonKeys)],
) -> Result<(), Error> {
    let mut rows: Vec<_> = people
        .iter()
        .flat_map(|(id, keys)| under(*id, keys))
        .collect();
    // In the order in which they stand: rows of many people then fall into one leaf of the index
    // after another, instead of each into a leaf of its own that has to be fetched again.
    rows.sort_unstable();
    let rows = rows
        .into_iter()
        .map(|(key, person, born)| args![key, person, born]);
    in_rows(
        conn,
        deed,
        &rows.collect::<Vec<_>>(),
        INSERT_KEYS_16,
        INSERT_KEYS_4,
    )
    .await?;
    for (person, keys) in people {
        let rest: Vec<i64> = keys.pairs.iter().chain(&keys.others).copied().collect();
        let (forms, rest) = (packed(&keys.forms), packed(&rest));
        let args = args![deed.network(), *person, keys.born, forms, rest];
        conn.exec_one(PUT_PERSON, &args).await?;
    }
    Ok(())
}

/// Rows of [`search_keys`](INSERT_KEYS_16): key, person, and beside a name the birth year.
fn under(person: PersonId, keys: &PersonKeys) -> impl Iterator<Item = (i64, i64, Option<i64>)> {
    let names = keys.forms.iter().chain(&keys.pairs);
    let names = names.map(move |key| (*key, person.0, Some(keys.born)));
    let others = keys.others.iter().map(move |key| (*key, person.0, None));
    names.chain(others)
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

/// Which of these forms are in the dictionary.
pub async fn list_known(conn: &mut Conn, deed: &Deed, forms: &[i64]) -> Result<Vec<i64>, Error> {
    let (places, statement) = match forms.len() {
        ..=4 => (4, KNOWN_4),
        _ => (64, KNOWN_64),
    };
    let mut known = Vec::new();
    for part in forms.chunks(places) {
        let mut args = vec![Value::from(deed.network())];
        args.extend(filled(part, places).map(Value::from));
        let rows = conn.rows(statement, &args).await?;
        let forms: Result<Vec<i64>, Error> = rows.iter().map(|row| row.int(0)).collect();
        known.extend(forms?);
    }
    Ok(known)
}

/// Adds a form to the dictionary.
pub async fn insert_form(
    conn: &mut Conn,
    deed: &Deed,
    form: i64,
    kind: &str,
    sealed: Vec<u8>,
) -> Result<(), Error> {
    let args = args![deed.network(), form, kind, sealed];
    conn.exec(INSERT_FORM, &args).await.map(drop)
}

/// Adds forms under what they are near to, as (near, form).
pub async fn insert_near(
    conn: &mut Conn,
    deed: &Deed,
    mut near: Vec<(i64, i64)>,
) -> Result<(), Error> {
    near.sort_unstable();
    let rows = near.into_iter().map(|(near, form)| args![near, form]);
    in_rows(
        conn,
        deed,
        &rows.collect::<Vec<_>>(),
        INSERT_NEAR_16,
        INSERT_NEAR_4,
    )
    .await
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

/// Inserts rows of the town, sixteen or four at once; of the last the places left over say the
/// last row again.
async fn in_rows<const N: usize>(
    conn: &mut Conn,
    deed: &Deed,
    rows: &[[Value; N]],
    sixteen: Sql,
    four: Sql,
) -> Result<(), Error> {
    let (whole, rest) = rows.as_chunks::<16>();
    for part in whole {
        insert_part(conn, deed, part, 16, sixteen).await?;
    }
    for part in rest.chunks(4) {
        insert_part(conn, deed, part, 4, four).await?;
    }
    Ok(())
}

async fn insert_part<const N: usize>(
    conn: &mut Conn,
    deed: &Deed,
    part: &[[Value; N]],
    places: usize,
    statement: Sql,
) -> Result<(), Error> {
    let again = part.last().into_iter().cycle();
    let mut args = Vec::with_capacity(1 + places * N);
    args.push(Value::from(deed.network()));
    args.extend(part.iter().chain(again).take(places).flatten().cloned());
    conn.exec(statement, &args).await.map(drop)
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
