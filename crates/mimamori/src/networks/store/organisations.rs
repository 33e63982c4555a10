//! The directory of organisations ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use words::phone::Phone;

use crate::deed::Deed;
use crate::ids::RowId;
use crate::networks::rules::{Organisation, OrganisationKind};
use crate::scope::Scope;

const LIST: Sql = sql("SELECT id, kind, name, phones, closed_at, version
     FROM organisations WHERE network = $1 ORDER BY kind, name, id");

const FIND: Sql = sql("SELECT id, kind, name, phones, closed_at, version
     FROM organisations WHERE network = $1 AND id = $2");

const INSERT: Sql = sql(
    "INSERT INTO organisations (network, id, kind, name, phones, closed_at, version)
     VALUES ($1, $2, $3, $4, $5, NULL, 1)",
);

const SAVE: Sql = sql(
    "UPDATE organisations SET kind = $3, name = $4, phones = $5, closed_at = $6,
            version = version + 1
     WHERE network = $1 AND id = $2 AND version = $7",
);

/// Every organisation of the town by kind and name, also those taken out.
pub async fn list_organisations(
    conn: &mut Conn,
    scope: &Scope,
) -> Result<Vec<Organisation>, Error> {
    let rows = conn.rows(LIST, &args![scope.network]).await?;
    rows.into_iter().map(organisation).collect()
}

/// The organisation, if it is this town's.
pub async fn find_organisation(
    conn: &mut Conn,
    scope: &Scope,
    id: RowId,
) -> Result<Option<Organisation>, Error> {
    let row = conn.one(FIND, &args![scope.network, id]).await?;
    row.map(organisation).transpose()
}

fn organisation(mut row: Row) -> Result<Organisation, Error> {
    let kind = OrganisationKind::from_code(&row.text(1)?);
    let phones = row.text(3)?;
    let phones: Result<Vec<Phone>, _> = phones.lines().map(Phone::parse).collect();
    Ok(Organisation {
        id: RowId(row.int(0)?),
        kind: kind.ok_or_else(|| Error::Shape("organisations.kind".to_owned()))?,
        name: row.text(2)?,
        phones: phones.map_err(|_| Error::Shape("organisations.phones".to_owned()))?,
        closed_at: row.maybe_int(4)?,
        version: row.int(5)?,
    })
}

/// One number a line.
fn phone_lines(organisation: &Organisation) -> String {
    let lines: Vec<String> = organisation.phones.iter().map(Phone::to_string).collect();
    lines.join("\n")
}

/// Keeps a new organisation.
pub(crate) async fn insert_organisation(
    conn: &mut Conn,
    deed: &Deed,
    organisation: &Organisation,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        organisation.id,
        organisation.kind.code(),
        &organisation.name,
        phone_lines(organisation)
    ];
    conn.exec_one(INSERT, &args).await
}

/// Keeps a changed organisation; `Changed` where somebody saved first.
pub(crate) async fn save_organisation(
    conn: &mut Conn,
    deed: &Deed,
    organisation: &Organisation,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        organisation.id,
        organisation.kind.code(),
        &organisation.name,
        phone_lines(organisation),
        organisation.closed_at,
        organisation.version
    ];
    conn.exec_one(SAVE, &args).await
}
