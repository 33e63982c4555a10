//! The rules of the fee, and years that are paid or waived ↔ rows.

use std::collections::HashMap;

use db::{Conn, Error, Row, Sql, args, sql};
use jiff::civil::Date;
use seal::Place;

use crate::deed::{Deed, Unmoved};
use crate::ids::SupporterId;
use crate::station::courses::Year;
use crate::station::supporters::rules::{FeeRules, ReceiptNumber, Refusal, Settled, Years};

const RULES: Sql = sql("SELECT amount, part_from, part_amount, grace, version
     FROM supporter_settings WHERE network = $1");

const INSERT_RULES: Sql = sql(
    "INSERT INTO supporter_settings (network, amount, part_from, part_amount, grace, version)
     VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (network) DO NOTHING",
);

const SAVE_RULES: Sql = sql("UPDATE supporter_settings
     SET amount = $2, part_from = $3, part_amount = $4, grace = $5, version = version + 1
     WHERE network = $1 AND version = $6");

const OF_SUPPORTER: Sql = sql(
    "SELECT supporter, year, state, amount, paid_on, receipt_year, receipt, kept
     FROM supporter_years WHERE network = $1 AND supporter = $2",
);

const OF_ALL: Sql = sql(
    "SELECT supporter, year, state, amount, paid_on, receipt_year, receipt, kept
     FROM supporter_years WHERE network = $1 AND year >= $2",
);

const INSERT: Sql = sql("INSERT INTO supporter_years
       (network, supporter, year, state, amount, paid_on, receipt_year, receipt, kept)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING");

const REMOVE: Sql = sql("DELETE FROM supporter_years
     WHERE network = $1 AND supporter = $2 AND year = $3");

const FORGET_YEARS: Sql = sql("UPDATE supporter_years SET kept = $3
     WHERE network = $1 AND supporter = $2");

const RESEAL_YEAR: Sql = sql("UPDATE supporter_years SET kept = $4
     WHERE network = $1 AND supporter = $2 AND year = $3");

pub(super) fn shape(what: &str) -> Error {
    Error::Shape(what.to_owned())
}

/// A row of a year is written once and its words never change.
fn year_place(of: SupporterId, year: i64) -> Place {
    Place {
        table: "supporter_years",
        column: "kept",
        row: of.0,
        version: year,
    }
}

pub(super) fn small(number: i64, what: &str) -> Result<u32, Error> {
    u32::try_from(number).map_err(|_| shape(what))
}

pub(super) fn date(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| shape("a date of fees"))
}

pub(super) fn year(number: i64) -> Result<Year, Error> {
    Year::from_code(&number.to_string()).ok_or_else(|| shape("a year of fees"))
}

/// The town's rules; the program's own where it set none.
pub async fn fee_rules(conn: &mut Conn, deed: &Deed) -> Result<FeeRules, Error> {
    let Some(row) = conn.one(RULES, &args![deed.network()]).await? else {
        return Ok(FeeRules::default());
    };
    Ok(FeeRules {
        amount: small(row.int(0)?, "supporter_settings.amount")?,
        part_from: u8::try_from(row.int(1)?).map_err(|_| shape("supporter_settings.part_from"))?,
        part_amount: small(row.int(2)?, "supporter_settings.part_amount")?,
        grace: small(row.int(3)?, "supporter_settings.grace")?,
        version: row.int(4)?,
    })
}

/// Keeps the rules upon the version that was read.
pub async fn put_fee_rules(conn: &mut Conn, deed: &Deed, new: &FeeRules) -> Result<(), Refusal> {
    let numbers = [
        i64::from(new.amount),
        i64::from(new.part_from),
        i64::from(new.part_amount),
        i64::from(new.grace),
    ];
    let [amount, from, part, grace] = numbers;
    let network = deed.network();
    let kept = match new.version {
        0 => {
            conn.exec(INSERT_RULES, &args![network, amount, from, part, grace])
                .await?
        }
        version => {
            let args = args![network, amount, from, part, grace, version];
            conn.exec(SAVE_RULES, &args).await?
        }
    };
    match kept {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}

fn settled(deed: &Deed, mut row: Row) -> Result<(SupporterId, Year, Settled), Refusal> {
    let (of, number) = (SupporterId(row.int(0)?), row.int(1)?);
    let settled = match &*row.text(2)? {
        "paid" => Settled::Paid {
            amount: small(row.int(3)?, "supporter_years.amount")?,
            on: date(&row.text(4)?)?,
            receipt: ReceiptNumber {
                year: year(row.int(5)?)?,
                number: small(row.int(6)?, "supporter_years.receipt")?,
            },
        },
        _ => Settled::Waived {
            why: words(deed, &year_place(of, number), &row.blob(7)?)?,
        },
    };
    Ok((of, year(number)?, settled))
}

/// Words that may have been erased.
pub(super) fn words(deed: &Deed, place: &Place, sealed: &[u8]) -> Result<String, Refusal> {
    match sealed.is_empty() {
        true => Ok(String::new()),
        false => Ok(deed.open(place, sealed)?),
    }
}

/// Somebody's years that are settled.
pub async fn years_of(conn: &mut Conn, deed: &Deed, of: SupporterId) -> Result<Years, Refusal> {
    let rows = conn.rows(OF_SUPPORTER, &args![deed.network(), of]).await?;
    let all = rows.into_iter().map(|row| {
        let (_, year, settled) = settled(deed, row)?;
        Ok((year, settled))
    });
    all.collect()
}

/// Everybody's, from a year on.
pub async fn years_of_all(
    conn: &mut Conn,
    deed: &Deed,
    from: Year,
) -> Result<HashMap<SupporterId, Years>, Refusal> {
    let rows = conn
        .rows(OF_ALL, &args![deed.network(), from.number()])
        .await?;
    let mut all: HashMap<SupporterId, Years> = HashMap::new();
    for row in rows {
        let (of, year, settled) = settled(deed, row)?;
        all.entry(of).or_default().insert(year, settled);
    }
    Ok(all)
}

/// Keeps a year as settled, unless it is.
pub async fn insert_year(
    conn: &mut Conn,
    deed: &Deed,
    (of, year): (SupporterId, Year),
    settled: &Settled,
) -> Result<(), Refusal> {
    let (network, number) = (deed.network(), year.number());
    let args = match settled {
        Settled::Paid {
            amount,
            on,
            receipt,
        } => args![
            network,
            of,
            number,
            "paid",
            i64::from(*amount),
            Some(on.to_string()),
            Some(receipt.year.number()),
            Some(i64::from(receipt.number)),
            Vec::<u8>::new()
        ],
        Settled::Waived { why } => args![
            network,
            of,
            number,
            "waived",
            0_i64,
            None::<String>,
            None::<i64>,
            None::<i64>,
            deed.close(&year_place(of, number), why)?
        ],
    };
    match conn.exec(INSERT, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::PaidAlready),
    }
}

/// The year is open again; whether it was settled.
pub async fn remove_year(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
    year: Year,
) -> Result<bool, Error> {
    let args = args![deed.network(), of, year.number()];
    Ok(conn.exec(REMOVE, &args).await? == 1)
}

/// The words go; what was paid stays.
pub(super) async fn forget_years(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<(), Error> {
    let args = args![deed.network(), of, Vec::<u8>::new()];
    conn.exec(FORGET_YEARS, &args).await.map(drop)
}

/// Seals the words of somebody's years under the current key.
pub(super) async fn reseal_years(
    conn: &mut Conn,
    deed: &Deed,
    of: SupporterId,
) -> Result<u64, Unmoved> {
    let mut moved = 0;
    for mut row in conn.rows(OF_SUPPORTER, &args![deed.network(), of]).await? {
        let year = row.int(1)?;
        if let Some(fresh) = deed.resealed(&year_place(of, year), &row.blob(7)?)? {
            let args = args![deed.network(), of, year, fresh];
            moved += conn.exec(RESEAL_YEAR, &args).await?;
        }
    }
    Ok(moved)
}
