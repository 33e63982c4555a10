//! Accounts ↔ rows.

use db::{Conn, Error, Row, Sql, args, sql};
use seal::{SealError, TownKeys};

use crate::deed::Deed;
use crate::ids::{CenterId, RowId, StaffId};
use crate::scope::{Role, Scope};
use crate::staff::rules::{
    Account, AccountState, LOGIN, Place, Term, card_place, factor_place, fold_email, login_name,
};

// The place ends with the first change of the center's contractor after it began, unless its account
// was named among those who stay.
macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "SELECT f.id, f.role, f.center, f.organisation, f.state, f.card, f.password,
                    f.second_factor, f.second_factor_step, f.version, f.placed_at,
                    (SELECT MIN(c.at) FROM center_contractors c
                     WHERE c.network = f.network AND c.center = f.center AND c.ends = 1
                       AND c.at > f.placed_at
                       AND NOT EXISTS (SELECT 1 FROM contractor_stays y
                           WHERE y.network = c.network AND y.center = c.center AND y.at = c.at
                             AND y.staff = f.id))
             FROM staff f ",
            $rest
        ))
    };
}

const FIND: Sql = select!("WHERE f.network = $1 AND f.id = $2");

// While keys are being rotated a row may still have the token of the older key.
const FIND_BY_LOGIN: Sql = select!("WHERE f.network = $1 AND f.login_token IN ($2, $3)");

const LIST: Sql = select!("WHERE f.network = $1 ORDER BY f.id");

const LIST_OF_CENTER: Sql = select!("WHERE f.network = $1 AND f.center = $2 ORDER BY f.id");

const COUNT_ADMINS: Sql = sql("SELECT COUNT(*) FROM staff
     WHERE network = $1 AND role = 'town_admin' AND state = 'active' AND id <> $2");

const INSERT: Sql = sql(
    "INSERT INTO staff (network, id, role, center, organisation, state, login_token, card, password,
                        second_factor, second_factor_step, version, made_at, placed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL, 0, 1, $9, $10)",
);

const SAVE: Sql = sql(
    "UPDATE staff SET role = $3, center = $4, organisation = $5, state = $6, login_token = $7,
            card = $8, password = $9, second_factor = $10, placed_at = $12, version = version + 1
     WHERE network = $1 AND id = $2 AND version = $11",
);

const SAVE_STEP: Sql = sql("UPDATE staff SET second_factor_step = $3
     WHERE network = $1 AND id = $2 AND second_factor_step < $3");

/// The account, if it is this town's.
pub async fn find_account(
    conn: &mut Conn,
    scope: &Scope,
    keys: &TownKeys,
    id: StaffId,
) -> Result<Option<Account>, Error> {
    let row = conn.one(FIND, &args![scope.network, id]).await?;
    row.map(|row| account(row, keys)).transpose()
}

/// The account with this mail address.
pub(in crate::staff) async fn find_by_login(
    conn: &mut Conn,
    deed: &Deed,
    email: &str,
) -> Result<Option<Account>, Error> {
    let tokens = deed.keys.tokens(LOGIN, &fold_email(email));
    let newest = tokens.first().copied().unwrap_or_default();
    let oldest = tokens.last().copied().unwrap_or_default();
    let row = conn
        .one(FIND_BY_LOGIN, &args![deed.network(), newest, oldest])
        .await?;
    row.map(|row| account(row, &deed.keys)).transpose()
}

/// Every account of the town, the oldest first.
pub async fn list_accounts(
    conn: &mut Conn,
    scope: &Scope,
    keys: &TownKeys,
) -> Result<Vec<Account>, Error> {
    let rows = conn.rows(LIST, &args![scope.network]).await?;
    rows.into_iter().map(|row| account(row, keys)).collect()
}

/// Active administrators of the town besides this account.
pub(in crate::staff) async fn count_admins(
    conn: &mut Conn,
    deed: &Deed,
    besides: StaffId,
) -> Result<i64, Error> {
    let row = conn
        .one(COUNT_ADMINS, &args![deed.network(), besides])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Every account of a center, also of programs, the oldest first.
pub async fn list_accounts_of(
    conn: &mut Conn,
    scope: &Scope,
    keys: &TownKeys,
    center: CenterId,
) -> Result<Vec<Account>, Error> {
    let rows = conn
        .rows(LIST_OF_CENTER, &args![scope.network, center])
        .await?;
    rows.into_iter().map(|row| account(row, keys)).collect()
}

fn account(mut row: Row, keys: &TownKeys) -> Result<Account, Error> {
    let (id, version) = (StaffId(row.int(0)?), row.int(9)?);
    let card = keys
        .open(&card_place(id, version), &row.blob(5)?)
        .map_err(broken)?;
    let factor = row.maybe_blob(7)?;
    let factor = factor.map(|sealed| keys.open(&factor_place(id, version), &sealed));
    Ok(Account {
        id,
        place: Place {
            role: Role::from_code(&row.text(1)?)
                .ok_or_else(|| Error::Shape("staff.role".to_owned()))?,
            center: row.maybe_int(2)?.map(CenterId),
            organisation: row.maybe_int(3)?.map(RowId),
        },
        state: AccountState::from_code(&row.text(4)?)
            .ok_or_else(|| Error::Shape("staff.state".to_owned()))?,
        term: Term::of(row.int(10)?, row.maybe_int(11)?),
        card: serde_json::from_slice(&card).map_err(|_| broken(SealError::Malformed))?,
        password: row.maybe_text(6)?,
        second_factor: factor
            .transpose()
            .map_err(broken)?
            .map(|secret| secret.to_vec()),
        second_factor_step: row.int(8)?,
        version,
    })
}

/// A sealed field of an account that does not open is a broken row.
fn broken(error: SealError) -> Error {
    Error::Shape(format!("staff: {error}"))
}

fn seal_card(deed: &Deed, account: &Account, version: i64) -> Result<Vec<u8>, Error> {
    let plain = serde_json::to_vec(&account.card).map_err(|_| broken(SealError::Malformed))?;
    Ok(deed.keys.seal(
        &card_place(account.id, version),
        &plain,
        &mut deed.dice.clone(),
    ))
}

/// Keeps a new account, without password and second factor.
pub(in crate::staff) async fn insert_account(
    conn: &mut Conn,
    deed: &Deed,
    account: &Account,
) -> Result<(), Error> {
    let args = args![
        deed.network(),
        account.id,
        account.place.role.code(),
        account.place.center,
        account.place.organisation,
        account.state.code(),
        deed.keys
            .token(LOGIN, &login_name(account.id, &account.card)),
        seal_card(deed, account, 1)?,
        deed.at(),
        account.term.begins_at.as_millisecond()
    ];
    conn.exec_one(INSERT, &args).await
}

/// Keeps a changed account under its next version; `Changed` where somebody saved first.
pub(in crate::staff) async fn save_account(
    conn: &mut Conn,
    deed: &Deed,
    account: &Account,
) -> Result<(), Error> {
    let next = account.version + 1;
    let factor = account.second_factor.as_ref().map(|secret| {
        deed.keys.seal(
            &factor_place(account.id, next),
            secret,
            &mut deed.dice.clone(),
        )
    });
    let args = args![
        deed.network(),
        account.id,
        account.place.role.code(),
        account.place.center,
        account.place.organisation,
        account.state.code(),
        deed.keys
            .token(LOGIN, &login_name(account.id, &account.card)),
        seal_card(deed, account, next)?,
        account.password.as_ref(),
        factor,
        account.version,
        account.term.begins_at.as_millisecond()
    ];
    conn.exec_one(SAVE, &args).await
}

/// Notes the step of the second factor that was just used; `Changed` where it was used before.
pub(in crate::staff) async fn save_step(
    conn: &mut Conn,
    deed: &Deed,
    staff: StaffId,
    step: i64,
) -> Result<(), Error> {
    conn.exec_one(SAVE_STEP, &args![deed.network(), staff, step])
        .await
}
