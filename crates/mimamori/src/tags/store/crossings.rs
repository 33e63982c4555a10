//! The two reads that go beyond one town: docs/decisions/0010-crossings.md.

use db::{Conn, Error, Sql, args, sql};
use seal::MacKey;
use words::tag_number::TagNumber;

use crate::deed::Deed;
use crate::ids::{CarrierId, NetworkId};
use crate::networks::Vault;

const INSERT_NUMBER: Sql = sql(
    "INSERT INTO tag_towns (number_token, network) VALUES ($1, $2) ON CONFLICT (number_token) DO NOTHING",
);

const FIND_NUMBER: Sql = sql("SELECT network FROM tag_towns WHERE number_token = $1");

const INSERT_ADDRESS: Sql =
    sql("INSERT INTO carrier_towns (address_hash, network, carrier) VALUES ($1, $2, $3)");

const FIND_ADDRESS: Sql = sql("SELECT network, carrier FROM carrier_towns WHERE address_hash = $1");

/// The key under which numbers of all towns become tokens; it belongs to the installation, so it
/// does not change when a town changes its own.
pub struct Crossings(MacKey);

impl Crossings {
    /// The key, derived from the master key.
    pub fn new(vault: &Vault) -> Crossings {
        Crossings(vault.app_key("tag numbers of all towns"))
    }

    fn token(&self, number: TagNumber) -> i64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0.mac(&[number.digits().as_bytes()]);
        i64::from_be_bytes([a, b, c, d, e, f, g, h]) & i64::MAX
    }
}

/// Claims the number for the town; false where a town, this or another, has it already.
pub async fn insert_number_town(
    conn: &mut Conn,
    deed: &Deed,
    crossings: &Crossings,
    number: TagNumber,
) -> Result<bool, Error> {
    let args = args![crossings.token(number), deed.network()];
    Ok(conn.exec(INSERT_NUMBER, &args).await? == 1)
}

/// The town that made the number.
pub async fn find_number_town(
    conn: &mut Conn,
    crossings: &Crossings,
    number: TagNumber,
) -> Result<Option<NetworkId>, Error> {
    let row = conn
        .one(FIND_NUMBER, &args![crossings.token(number)])
        .await?;
    row.map(|row| row.int(0).map(NetworkId)).transpose()
}

/// Leads the address of a new carrier to its town.
pub async fn insert_carrier_town(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
    carrier: CarrierId,
) -> Result<(), Error> {
    conn.exec_one(INSERT_ADDRESS, &args![hash, deed.network(), carrier])
        .await
}

/// The town and the carrier of an address.
pub async fn find_carrier_town(
    conn: &mut Conn,
    hash: [u8; 32],
) -> Result<Option<(NetworkId, CarrierId)>, Error> {
    let row = conn.one(FIND_ADDRESS, &args![hash]).await?;
    row.map(|row| Ok((NetworkId(row.int(0)?), CarrierId(row.int(1)?))))
        .transpose()
}
