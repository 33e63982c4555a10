//! A town's kinds of paths ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};

use super::shape;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::paths::steps::rules::{BUILT_IN, Base, Plan};

const LIST: Sql = sql("SELECT id, base, word, steps, open, version FROM path_plans
     WHERE network = $1 ORDER BY id LIMIT 200");

const INSERT: Sql = sql(
    "INSERT INTO path_plans (network, id, base, word, steps, open, version)
     VALUES ($1, $2, $3, $4, $5, 1, 1)",
);

const SAVE: Sql = sql(
    "UPDATE path_plans SET word = $3, steps = $4, open = $5, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $6",
);

fn plan(mut row: Row) -> Result<Plan, Error> {
    let steps = serde_json::from_str(&row.text(3)?);
    Ok(Plan {
        id: Some(RowId(row.int(0)?)),
        base: Base::from_code(&row.text(1)?),
        word: row.text(2)?,
        steps: steps.map_err(|_| shape("path_plans.steps"))?,
        open: row.int(4)? == 1,
        version: row.int(5)?,
    })
}

/// The town's own kinds, then those of the program that the town has not made its own of.
pub async fn list_plans(conn: &mut Conn, deed: &Deed) -> Result<Vec<Plan>, Error> {
    let rows = conn.rows(LIST, &args![deed.network()]).await?;
    let own: Result<Vec<Plan>, Error> = rows.into_iter().map(plan).collect();
    let mut all = own?;
    let taken = |base| all.iter().any(|own| own.open && own.base == Some(base));
    let ours: Vec<Plan> = BUILT_IN
        .into_iter()
        .filter(|base| !taken(*base))
        .map(Base::plan)
        .collect();
    all.splice(0..0, ours);
    Ok(all)
}

/// The kind with this code, as a new path would copy it.
pub async fn find_plan(conn: &mut Conn, deed: &Deed, code: &str) -> Result<Option<Plan>, Error> {
    let all = list_plans(conn, deed).await?;
    let found = all.into_iter().find(|plan| plan.code() == code);
    Ok(found)
}

fn steps(plan: &Plan) -> Result<String, Error> {
    serde_json::to_string(&plan.steps).map_err(|_| shape("path_plans.steps"))
}

/// Keeps a new kind of the town.
pub async fn insert_plan(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    plan: &Plan,
) -> Result<(), Error> {
    let base = plan.base.map_or("", Base::code);
    let args = args![deed.network(), id, base, &plan.word, steps(plan)?];
    conn.exec_one(INSERT, &args).await
}

/// Keeps a changed kind upon the version that was read; whether nobody saved first.
pub async fn save_plan(
    conn: &mut Conn,
    deed: &Deed,
    id: RowId,
    plan: &Plan,
) -> Result<bool, Error> {
    let args = args![
        deed.network(),
        id,
        &plan.word,
        steps(plan)?,
        i64::from(plan.open),
        plan.version
    ];
    Ok(conn.exec(SAVE, &args).await? == 1)
}
