//! Receipts ↔ rows: numbered within a year of work, without gaps.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::Place;

use super::fees::{date, shape, small, words, year};
use crate::deed::{Deed, Unmoved};
use crate::ids::SupporterId;
use crate::station::courses::Year;
use crate::station::supporters::rules::{Receipt, ReceiptNumber, Refusal};

const NEXT: Sql = sql("INSERT INTO supporter_receipt_counts (network, year, last)
     VALUES ($1, $2, 1)
     ON CONFLICT (network, year) DO UPDATE SET last = supporter_receipt_counts.last + 1");

const LAST: Sql = sql("SELECT last FROM supporter_receipt_counts WHERE network = $1 AND year = $2");

const INSERT_RECEIPT: Sql = sql("INSERT INTO supporter_receipts
       (network, year, number, supporter, fee_year, amount, paid_on, state, printed, kept)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'good', 0, $8)");

const RECEIPTS: Sql = sql(
    "SELECT year, number, fee_year, amount, paid_on, state, printed, kept
     FROM supporter_receipts WHERE network = $1 AND supporter = $2 ORDER BY year, number",
);

const UNDO_RECEIPT: Sql = sql("UPDATE supporter_receipts SET state = 'undone', kept = $4
     WHERE network = $1 AND year = $2 AND number = $3 AND state = 'good'");

const PRINTED: Sql = sql("UPDATE supporter_receipts SET printed = printed + 1
     WHERE network = $1 AND year = $2 AND number = $3");

const FORGET_RECEIPTS: Sql = sql("UPDATE supporter_receipts SET kept = $3
     WHERE network = $1 AND supporter = $2");

const RECEIPTS_OF: Sql = sql("SELECT year, number, kept FROM supporter_receipts
     WHERE network = $1 AND supporter = $2");

const RESEAL_RECEIPT: Sql = sql("UPDATE supporter_receipts SET kept = $4
     WHERE network = $1 AND year = $2 AND number = $3");

fn receipt_place(of: ReceiptNumber) -> Place {
    Place {
        table: "supporter_receipts",
        column: "kept",
        row: i64::from(of.number),
        version: of.year.number(),
    }
}

/// The next number of the year's receipts. It is written in the transaction that pays: of two desks at
/// once one waits for the other, and a payment that fails gives its number back.
pub async fn next_receipt(
    conn: &mut Conn,
    deed: &Deed,
    year: Year,
) -> Result<ReceiptNumber, Error> {
    let args = args![deed.network(), year.number()];
    conn.exec_one(NEXT, &args).await?;
    let last = conn.one(LAST, &args).await?;
    let last = last
        .ok_or_else(|| shape("supporter_receipt_counts"))?
        .int(0)?;
    Ok(ReceiptNumber {
        year,
        number: small(last, "supporter_receipt_counts.last")?,
    })
}

/// Keeps a receipt.
pub async fn insert_receipt(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
    new: &Receipt,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        new.number.year.number(),
        i64::from(new.number.number),
        of,
        new.fee_year.number(),
        i64::from(new.amount),
        new.paid_on.to_string(),
        Vec::<u8>::new()
    ];
    conn.exec_one(INSERT_RECEIPT, &args).await
}

fn receipt(deed: &Deed, mut row: Row) -> Result<Receipt, Refusal> {
    let number = ReceiptNumber {
        year: year(row.int(0)?)?,
        number: small(row.int(1)?, "supporter_receipts.number")?,
    };
    let why = words(deed, &receipt_place(number), &row.blob(7)?)?;
    Ok(Receipt {
        number,
        fee_year: year(row.int(2)?)?,
        amount: small(row.int(3)?, "supporter_receipts.amount")?,
        paid_on: date(&row.text(4)?)?,
        undone: (row.text(5)? == "undone").then_some(why),
        printed: small(row.int(6)?, "supporter_receipts.printed")?,
    })
}

/// Somebody's receipts, the first one first.
pub async fn receipts_of(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<Vec<Receipt>, Refusal> {
    let rows = conn.rows(RECEIPTS, &args![deed.network(), of]).await?;
    rows.into_iter().map(|row| receipt(deed, row)).collect()
}

/// The receipt is taken back, with the reason; its number is not given again.
pub async fn undo_receipt(
    conn: &mut Conn,
    deed: &Deed,
    of: ReceiptNumber,
    why: &str,
) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        of.year.number(),
        i64::from(of.number),
        deed.close(&receipt_place(of), &why)?
    ];
    Ok(conn.exec_one(UNDO_RECEIPT, &args).await?)
}

/// The receipt is printed once more.
pub async fn count_print(conn: &mut Conn, deed: &Deed, of: ReceiptNumber) -> Result<(), Error> {
    let args = args![deed.network(), of.year.number(), i64::from(of.number)];
    conn.exec_one(PRINTED, &args).await
}

/// The words go; what was paid stays.
pub(super) async fn forget_receipts(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<(), Error> {
    let args = args![deed.network(), of, Vec::<u8>::new()];
    conn.exec(FORGET_RECEIPTS, &args).await.map(drop)
}

/// Seals the words of somebody's receipts under the current key.
pub(super) async fn reseal_receipts(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(RECEIPTS_OF, &args![deed.network(), of]).await? {
        let number = ReceiptNumber {
            year: year(row.int(0)?)?,
            number: small(row.int(1)?, "supporter_receipts.number")?,
        };
        if let Some(fresh) = deed.resealed(&receipt_place(number), &row.blob(2)?)? {
            let args = args![
                deed.network(),
                number.year.number(),
                i64::from(number.number),
                fresh
            ];
            moved += conn.exec(RESEAL_RECEIPT, &args).await?;
        }
    }
    Ok(moved)
}
