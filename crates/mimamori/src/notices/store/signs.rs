//! The town's list of signs ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use crate::deed::Deed;
use crate::notices::rules::{Refusal, Sign, merged};

const LIST: Sql = sql(
    "SELECT code, ja, easy, en, weight, half_life, danger, used, version
     FROM notice_signs WHERE network = $1 ORDER BY code",
);

const PUT: Sql = sql(
    "INSERT INTO notice_signs (network, code, ja, easy, en, weight, half_life, danger, used, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
     ON CONFLICT (network, code) DO UPDATE SET ja = excluded.ja, easy = excluded.easy,
       en = excluded.en, weight = excluded.weight, half_life = excluded.half_life,
       danger = excluded.danger, used = excluded.used, version = notice_signs.version + 1
     WHERE notice_signs.version = $10",
);

/// The town's list, in the order of its forms, also what is not used any more.
pub async fn list_signs(conn: &mut Conn, deed: &Deed) -> Result<Vec<Sign>, Error> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    let own: Result<Vec<Sign>, Error> = rows.into_iter().map(sign).collect();
    Ok(merged(own?))
}

fn sign(mut row: Row) -> Result<Sign, Error> {
    Ok(Sign {
        code: row.text(0)?,
        ja: row.text(1)?,
        easy: row.text(2)?,
        en: row.text(3)?,
        weight: row.int(4)?,
        half_life: row.int(5)?,
        danger: row.int(6)? != 0,
        used: row.int(7)? != 0,
        version: row.int(8)?,
    })
}

/// Keeps a sign upon the version that was read; 0 where the town had not changed it.
pub async fn put_sign(conn: &mut Conn, deed: &Deed, sign: &Sign) -> Result<(), Refusal> {
    let args = args![
        deed.network(),
        sign.code.as_str(),
        sign.ja.as_str(),
        sign.easy.as_str(),
        sign.en.as_str(),
        sign.weight,
        sign.half_life,
        i64::from(sign.danger),
        i64::from(sign.used),
        sign.version
    ];
    match conn.exec(PUT, &args).await? {
        1 => Ok(()),
        _ => Err(Refusal::Changed),
    }
}
