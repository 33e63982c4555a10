//! Lines of vouchers ↔ rows.

use db::{Conn, Error, Row, Sql, Value, args, sql};
use jiff::civil::Date;
use seal::Place;
use serde::{Deserialize, Serialize};

use super::rules::{Kind, Line, Refusal, Rules};
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::{RowId, StaffId, SupporterId};
use crate::station::courses::Role;

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT id, kind, day, supporter, shop, undoes, amount, by, kept
             FROM voucher_lines WHERE network = $1 ",
            $rest
        ))
    };
}

const FIND: Sql = select!("AND id = $2");

const BETWEEN: Sql = select!("AND day >= $2 AND day <= $3 ORDER BY day, id");

const OF_SUPPORTER: Sql = select!("AND supporter = $2 ORDER BY id");

const INSERT: Sql = sql(
    "INSERT INTO voucher_lines (network, id, kind, day, supporter, shop, undoes, amount, by, kept)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
);

// A sum of large numbers is another type in PostgreSQL.
const BEFORE: Sql = sql("SELECT CAST(COALESCE(SUM(CASE
       WHEN kind = 'given' THEN amount
       WHEN kind = 'handed_in' THEN -amount
       WHEN shop IS NULL THEN -amount
       ELSE amount END), 0) AS BIGINT)
     FROM voucher_lines WHERE network = $1 AND day < $2");

// What was taken back counts under the day of what it takes back.
const GIVEN: Sql = sql(
    "SELECT CAST(COALESCE(SUM(CASE WHEN kind = 'given' THEN amount
         WHEN kind = 'undone' AND shop IS NULL THEN -amount ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN kind = 'handed_in' THEN amount
         WHEN kind = 'undone' AND shop IS NOT NULL THEN -amount ELSE 0 END), 0) AS BIGINT),
       COUNT(DISTINCT CASE WHEN kind = 'given' THEN supporter END)
     FROM voucher_lines WHERE network = $1 AND day >= $2 AND day <= $3",
);

const RULES: Sql = sql("SELECT role, amount FROM voucher_rules WHERE network = $1 ORDER BY role");

const FORGET_RULES: Sql = sql("DELETE FROM voucher_rules WHERE network = $1");

const PUT_RULE: Sql = sql("INSERT INTO voucher_rules (network, role, amount) VALUES ($1, $2, $3)");

const AFTER: Sql = sql("SELECT id, kept FROM voucher_lines
     WHERE network = $1 AND id > $2 ORDER BY id LIMIT 100");

const RESEAL: Sql = sql("UPDATE voucher_lines SET kept = $3 WHERE network = $1 AND id = $2");

/// What is sealed of a line.
#[derive(Serialize, Deserialize, Default)]
struct Kept {
    course: String,
    role: Option<Role>,
    words: String,
}

/// A line never changes, so its seal belongs to version 0 of its row.
fn place(id: RowId) -> Place {
    Place {
        table: "voucher_lines",
        column: "kept",
        row: id.0,
        version: 0,
    }
}

fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

fn line(deed: &Deed, mut row: Row) -> Result<Line, Refusal> {
    let id = RowId(row.int(0)?);
    let sealed = row.blob(8)?;
    // The words go with whoever is erased.
    let kept: Kept = match sealed.is_empty() {
        true => Kept::default(),
        false => deed.open(&place(id), &sealed)?,
    };
    let by = row.int(7)?;
    Ok(Line {
        id,
        kind: Kind::from_code(&row.text(1)?).ok_or_else(|| shape("voucher_lines.kind"))?,
        day: row
            .text(2)?
            .parse()
            .map_err(|_| shape("voucher_lines.day"))?,
        supporter: row.maybe_int(3)?.map(SupporterId),
        shop: row.maybe_int(4)?.map(RowId),
        undoes: row.maybe_int(5)?.map(RowId),
        amount: u32::try_from(row.int(6)?).map_err(|_| shape("voucher_lines.amount"))?,
        by: (by != 0).then_some(StaffId(by)),
        course: kept.course,
        role: kept.role,
        words: kept.words,
    })
}

async fn listed(
    conn: &mut Conn,
    deed: &Deed,
    statement: Sql,
    args: &[Value],
) -> Result<Vec<Line>, Refusal> {
    let rows = conn.rows(statement, args).await?;
    rows.into_iter().map(|row| line(deed, row)).collect()
}

/// The line, if it is this town's.
pub async fn find(conn: &mut Conn, deed: &Deed, id: RowId) -> Result<Line, Refusal> {
    let row = conn.one(FIND, &args![deed.network(), id]).await?;
    line(deed, row.ok_or(Refusal::NotFound)?)
}

/// The lines of these days, both included.
pub async fn list_between(
    conn: &mut Conn,
    deed: &Deed,
    from: Date,
    until: Date,
) -> Result<Vec<Line>, Refusal> {
    let args = args![deed.network(), from.to_string(), until.to_string()];
    listed(conn, deed, BETWEEN, &args).await
}

/// What was given to somebody, and taken back of it.
pub async fn list_of_supporter(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<Vec<Line>, Refusal> {
    listed(conn, deed, OF_SUPPORTER, &args![deed.network(), of]).await
}

/// Yen that had been given and not handed in before a day.
pub async fn open_before(conn: &mut Conn, deed: &Deed, day: Date) -> Result<i64, Error> {
    let args = args![deed.network(), day.to_string()];
    conn.one(BEFORE, &args)
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

/// Yen given and yen handed in on these days, both included, and to how many supporters.
pub async fn sums_between(
    conn: &mut Conn,
    deed: &Deed,
    from: Date,
    until: Date,
) -> Result<(i64, i64, i64), Error> {
    let args = args![deed.network(), from.to_string(), until.to_string()];
    match conn.one(GIVEN, &args).await? {
        Some(row) => Ok((row.int(0)?, row.int(1)?, row.int(2)?)),
        None => Ok((0, 0, 0)),
    }
}

/// Keeps a line; whether it was not there yet.
pub async fn insert(conn: &mut Conn, deed: &Deed, new: &Line) -> Result<bool, Refusal> {
    let kept = Kept {
        course: new.course.clone(),
        role: new.role,
        words: new.words.clone(),
    };
    let args = args![
        deed.network(),
        new.id,
        new.kind.code(),
        new.day.to_string(),
        new.supporter,
        new.shop,
        new.undoes,
        i64::from(new.amount),
        new.by.map_or(0, |by| by.0),
        deed.close(&place(new.id), &kept)?
    ];
    Ok(conn.exec(INSERT, &args).await? == 1)
}

/// What the town gives for each role.
pub async fn rules_of(conn: &mut Conn, deed: &Deed) -> Result<Rules, Error> {
    let mut rules = Rules::new();
    for mut row in conn.rows(RULES, &args![deed.network()]).await? {
        let role = Role::from_code(&row.text(0)?).ok_or_else(|| shape("voucher_rules.role"))?;
        let amount = u32::try_from(row.int(1)?).map_err(|_| shape("voucher_rules.amount"))?;
        rules.insert(role.code(), amount);
    }
    Ok(rules)
}

/// Keeps it anew.
pub async fn put_rules(conn: &mut Conn, deed: &Deed, new: &Rules) -> Result<(), Error> {
    conn.exec(FORGET_RULES, &args![deed.network()]).await?;
    for (role, amount) in new {
        let args = args![deed.network(), *role, i64::from(*amount)];
        conn.exec_one(PUT_RULE, &args).await?;
    }
    Ok(())
}

/// Seals the next lines under the current key.
pub async fn reseal(conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
    let mut moved = Moved::default();
    for mut row in conn.rows(AFTER, &args![deed.network(), after]).await? {
        let id = RowId(row.int(0)?);
        moved.next = Some(id.0);
        if let Some(fresh) = deed.resealed(&place(id), &row.blob(1)?)? {
            moved.rows += conn.exec(RESEAL, &args![deed.network(), id, fresh]).await?;
        }
    }
    Ok(moved)
}
