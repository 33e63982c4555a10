//! What was opened ↔ rows.

use db::{Conn, Error, Sql, args, sql};

use super::{kept, shape, staff_of, who};
use crate::clock::instant;
use crate::deed::Deed;
use crate::desk::rules::{Tier, Told};
use crate::ids::InquiryId;
use crate::networks::Text;

const INSERT: Sql = sql(
    "INSERT INTO disclosures (network, inquiry, tier, basis, at, by)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
);

const LIST: Sql = sql(
    "SELECT tier, basis, at, by FROM disclosures WHERE network = $1 AND inquiry = $2 ORDER BY at, tier",
);

/// Keeps that a tier was opened; whether it was closed until now.
pub async fn insert_told(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
    tier: Tier,
    basis: Text,
) -> Result<bool, Error> {
    let args = args![
        deed.network(),
        inquiry,
        tier.code(),
        basis.code(),
        deed.at(),
        kept(who(deed))
    ];
    Ok(conn.exec(INSERT, &args).await? == 1)
}

/// What was opened, the oldest first.
pub async fn list_told(
    conn: &mut Conn,
    deed: &Deed,
    inquiry: InquiryId,
) -> Result<Vec<Told>, Error> {
    let rows = conn.rows(LIST, &args![deed.network(), inquiry]).await?;
    let told = rows.into_iter().map(|mut row| {
        let tier = Tier::from_code(&row.text(0)?).ok_or_else(|| shape("disclosures.tier"))?;
        let basis = Text::from_code(&row.text(1)?).ok_or_else(|| shape("disclosures.basis"))?;
        Ok(Told {
            tier,
            basis,
            at: instant(row.int(2)?),
            by: staff_of(row.int(3)?),
        })
    });
    told.collect()
}
