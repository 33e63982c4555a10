//! The town's sign, and how far each center's printer is off.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::CenterId;
use crate::scope::Scope;

const FIND_SIGN: Sql = sql("SELECT png FROM paper_signs WHERE network = $1");

const PUT_SIGN: Sql = sql(
    "INSERT INTO paper_signs (network, png, set_at) VALUES ($1, $2, $3)
     ON CONFLICT (network) DO UPDATE SET png = excluded.png, set_at = excluded.set_at",
);

const REMOVE_SIGN: Sql = sql("DELETE FROM paper_signs WHERE network = $1");

const FIND_PRINTER: Sql = sql("SELECT layout, to_right, down FROM paper_printers
     WHERE network = $1 AND center = $2");

const PUT_PRINTER: Sql = sql(
    "INSERT INTO paper_printers (network, center, layout, to_right, down)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (network, center) DO UPDATE SET layout = excluded.layout,
       to_right = excluded.to_right, down = excluded.down",
);

/// The town's sign as PNG.
pub async fn find_sign(conn: &mut Conn, scope: &Scope) -> Result<Option<Vec<u8>>, Error> {
    let row = conn.one(FIND_SIGN, &args![scope.network]).await?;
    row.map(|mut row| row.blob(0)).transpose()
}

/// Keeps the sign in place of any other.
pub async fn put_sign(conn: &mut Conn, deed: &Deed, png: &[u8]) -> Result<(), Error> {
    conn.exec_one(PUT_SIGN, &args![deed.network(), png, deed.at()])
        .await
}

/// Removes the sign.
pub async fn remove_sign(conn: &mut Conn, deed: &Deed) -> Result<(), Error> {
    conn.exec(REMOVE_SIGN, &args![deed.network()])
        .await
        .map(drop)
}

/// How the printer of a center is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    /// Code of the layout that was used last.
    pub layout: String,
    /// How far to the right, in tenths of a millimetre.
    pub to_right: i64,
    /// How far down.
    pub down: i64,
}

/// The printer of a center, or of those without one.
pub async fn find_printer(
    conn: &mut Conn,
    scope: &Scope,
    center: Option<CenterId>,
) -> Result<Option<Printer>, Error> {
    let args = args![scope.network, center.map_or(0, |center| center.0)];
    let row = conn.one(FIND_PRINTER, &args).await?;
    row.map(|mut row| {
        Ok(Printer {
            layout: row.text(0)?,
            to_right: row.int(1)?,
            down: row.int(2)?,
        })
    })
    .transpose()
}

/// Keeps how a center's printer is used.
pub async fn put_printer(
    conn: &mut Conn,
    deed: &Deed,
    center: Option<CenterId>,
    printer: &Printer,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        center.map_or(0, |center| center.0),
        &printer.layout,
        printer.to_right,
        printer.down
    ];
    conn.exec_one(PUT_PRINTER, &args).await
}
