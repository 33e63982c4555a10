//! What becomes of each row of a run.

use std::collections::HashMap;

use db::{Conn, Row, Sql, args, sql};
use seal::{Place, SealError};

use crate::deed::Deed;
use crate::ids::RowId;
use crate::people::import::rules::{Choice, Outcome, Refusal, Verdict};

const INSERT: Sql = sql(
    "INSERT INTO import_rows (network, run, number, outcome, choice, sealed)
     VALUES ($1, $2, $3, $4, $5, $6)",
);

const CLEAR: Sql = sql("DELETE FROM import_rows WHERE network = $1 AND run = $2");

const LIST: Sql = sql(
    "SELECT number, choice, sealed FROM import_rows WHERE network = $1 AND run = $2
     ORDER BY number LIMIT $3 OFFSET $4",
);

const LIST_OF_OUTCOME: Sql = sql(
    "SELECT number, choice, sealed FROM import_rows WHERE network = $1 AND run = $2 AND outcome = $3
     ORDER BY number LIMIT $4 OFFSET $5",
);

const COUNT: Sql = sql(
    "SELECT outcome, choice, COUNT(*) FROM import_rows WHERE network = $1 AND run = $2
     GROUP BY outcome, choice",
);

const OUTCOMES: Sql =
    sql("SELECT number, outcome FROM import_rows WHERE network = $1 AND run = $2 ORDER BY number");

const CHOICES: Sql = sql(
    "SELECT number, choice FROM import_rows WHERE network = $1 AND run = $2 AND choice <> 'open'
     ORDER BY number",
);

const CHOOSE: Sql = sql("UPDATE import_rows SET choice = $4
     WHERE network = $1 AND run = $2 AND number = $3 AND outcome = 'duplicate'");

pub(super) fn place(run: RowId, number: i64) -> Place {
    Place {
        table: "import_rows",
        column: "sealed",
        row: run.0,
        version: number,
    }
}

/// Keeps verdicts, each with what was chosen for it.
pub async fn insert_rows(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    rows: &[(Verdict, Choice)],
) -> Result<(), Refusal> {
    for (verdict, choice) in rows {
        let plain = serde_json::to_vec(verdict).map_err(|_| SealError::Malformed)?;
        let sealed = deed.keys.seal(
            &place(run, verdict.row.into()),
            &plain,
            &mut deed.dice.clone(),
        );
        let (outcome, choice) = (verdict.outcome.code(), choice.code());
        let args = args![
            deed.network(),
            run,
            i64::from(verdict.row),
            outcome,
            choice,
            sealed
        ];
        conn.exec_one(INSERT, &args).await?;
    }
    Ok(())
}

/// Drops every verdict of a run.
pub async fn clear_rows(conn: &mut Conn, deed: &Deed, run: RowId) -> Result<(), Refusal> {
    conn.exec(CLEAR, &args![deed.network(), run]).await?;
    Ok(())
}

/// One page of rows, of one outcome or of all.
pub async fn list_rows(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    outcome: Option<Outcome>,
    (most, skip): (u32, u32),
) -> Result<Vec<(Verdict, Choice)>, Refusal> {
    let network = deed.network();
    let rows = match outcome {
        None => conn.rows(LIST, &args![network, run, most, skip]).await?,
        Some(outcome) => {
            let args = args![network, run, outcome.code(), most, skip];
            conn.rows(LIST_OF_OUTCOME, &args).await?
        }
    };
    rows.into_iter().map(|row| open(deed, run, row)).collect()
}

fn open(deed: &Deed, run: RowId, mut row: Row) -> Result<(Verdict, Choice), Refusal> {
    let number = number_of(row.int(0)?)?;
    let plain = deed.keys.open(&place(run, number.into()), &row.blob(2)?)?;
    let verdict = serde_json::from_slice(&plain).map_err(|_| SealError::Malformed)?;
    Ok((verdict, choice_of(&row.text(1)?)?))
}

fn number_of(number: i64) -> Result<u32, Refusal> {
    u32::try_from(number).map_err(|_| shape("import_rows.number"))
}

fn choice_of(code: &str) -> Result<Choice, Refusal> {
    Choice::from_code(code).ok_or_else(|| shape("import_rows.choice"))
}

fn shape(what: &str) -> Refusal {
    db::Error::Shape(what.to_owned()).into()
}

/// How many rows there are of each outcome and choice.
pub async fn count_rows(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
) -> Result<Vec<(Outcome, Choice, u64)>, Refusal> {
    let rows = conn.rows(COUNT, &args![deed.network(), run]).await?;
    let counted = rows.into_iter().map(|mut row| {
        let outcome =
            Outcome::from_code(&row.text(0)?).ok_or_else(|| shape("import_rows.outcome"))?;
        let count = u64::try_from(row.int(2)?).unwrap_or(0);
        Ok((outcome, choice_of(&row.text(1)?)?, count))
    });
    counted.collect()
}

/// Row by row what was shown, for telling whether it still holds.
pub async fn list_outcomes(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
) -> Result<Vec<(u32, String)>, Refusal> {
    let rows = conn.rows(OUTCOMES, &args![deed.network(), run]).await?;
    rows.into_iter()
        .map(|mut row| Ok((number_of(row.int(0)?)?, row.text(1)?)))
        .collect()
}

/// What was chosen for probable duplicates.
pub async fn list_choices(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
) -> Result<HashMap<u32, Choice>, Refusal> {
    let rows = conn.rows(CHOICES, &args![deed.network(), run]).await?;
    rows.into_iter()
        .map(|mut row| Ok((number_of(row.int(0)?)?, choice_of(&row.text(1)?)?)))
        .collect()
}

/// Chooses for a probable duplicate; `false` where the row is none.
pub async fn choose(
    conn: &mut Conn,
    deed: &Deed,
    run: RowId,
    number: u32,
    choice: Choice,
) -> Result<bool, Refusal> {
    let args = args![deed.network(), run, i64::from(number), choice.code()];
    Ok(conn.exec(CHOOSE, &args).await? == 1)
}
