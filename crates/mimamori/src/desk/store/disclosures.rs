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
     SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT),
            CAST($5 AS BIGINT), CAST($6 AS BIGINT)
     WHERE NOT EXISTS (SELECT 1 FROM inquiries WHERE network = $1 AND id = $2
                         AND told_basis IS NOT NULL AND $3 = 'identity')
     ON CONFLICT DO NOTHING",
);

// The first tier, opened with the call, stands with the inquiry.
const LIST: Sql = sql(
    "SELECT 'identity' AS tier, told_basis AS basis, opened_at AS at,
            opened_by AS by
     FROM inquiries WHERE network = $1 AND id = $2 AND told_basis IS NOT NULL
     UNION ALL
     SELECT tier, basis, at, by FROM disclosures WHERE network = $1 AND inquiry = $2
     ORDER BY at, tier",
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
