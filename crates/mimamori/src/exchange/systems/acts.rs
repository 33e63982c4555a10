//! A program is let in, changed, stopped; its tokens are made and taken back.

use db::{Conn, Db};
use seal::SecretToken;

use super::rules::{Addresses, Bearer, Grants, MOST_A_MINUTE, System, TOKEN_DAYS};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{RowId, StaffId};
use crate::scope::{NoRight, Right, Role};
use crate::staff::{self, Place};

/// Letters of the secret that stay readable: enough to tell two tokens apart, too few to guess by.
const HINT: usize = 4;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What an administrator says of a program.
#[derive(Clone)]
pub struct NewSystem {
    /// What it is called; people read it in the audit.
    pub name: String,
    /// What it may do within its role.
    pub grants: Grants,
    /// Where it may come from.
    pub addresses: Addresses,
    /// Requests a minute.
    pub per_minute: i64,
}

/// Why a deed was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The role does not have what was granted.
    #[error("a grant is beyond the role: {0}")]
    Beyond(&'static str),
    /// Too many requests a minute, or none.
    #[error("requests a minute out of bounds")]
    Rate,
    /// A token lasts for one of a few spans.
    #[error("no such span")]
    Span,
    /// Not this town's, or not there.
    #[error("not there")]
    NotFound,
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The account.
    #[error(transparent)]
    Staff(#[from] staff::Refusal),
    /// The database; `Changed` where somebody saved first.
    #[error(transparent)]
    Db(#[from] db::Error),
}

fn check(new: &NewSystem, place: &Place) -> Result<(), Refusal> {
    if !matches!(
        place.role,
        Role::Partner | Role::CenterStaff | Role::NightDesk
    ) {
        return Err(Refusal::Beyond("役割"));
    }
    if let Some(grant) = new.grants.beyond(place.role) {
        return Err(Refusal::Beyond(grant.words));
    }
    match (1..=MOST_A_MINUTE).contains(&new.per_minute) {
        true => Ok(()),
        false => Err(Refusal::Rate),
    }
}

/// Lets a program in; it has no token yet.
pub async fn add_system(
    db: &Db,
    deed: &Deed,
    place: Place,
    new: NewSystem,
) -> Result<StaffId, Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    check(&new, &place)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let id = staff::begin_system_in(conn, &deed, new.name, place).await?;
            let system = System {
                id,
                grants: new.grants,
                addresses: new.addresses,
                per_minute: new.per_minute,
                version: 1,
            };
            store::insert_system(conn, &deed, &system).await?;
            Ok(id)
        })
    })
    .await
}

/// Changes what a program may do, or stops it (`works: false`) and starts it again.
pub async fn change_system(
    db: &Db,
    deed: &Deed,
    id: StaffId,
    version: i64,
    new: NewSystem,
    works: bool,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let account = staff::find_account(conn, &deed.scope, &deed.keys, id).await?;
            check(&new, &account.ok_or(Refusal::NotFound)?.place)?;
            let found = store::find_system(conn, &deed.scope, id).await?;
            let before = found.ok_or(Refusal::NotFound)?;
            let after = System {
                grants: new.grants,
                addresses: new.addresses,
                per_minute: new.per_minute,
                version,
                ..before.clone()
            };
            store::save_system(conn, &deed, &after).await?;
            staff::change_system_in(conn, &deed, id, new.name, works).await?;
            let words = format!(
                "外部システムの許可: {}",
                after.grants.text().replace('\n', " ")
            );
            match after.grants == before.grants && after.addresses == before.addresses {
                true => Ok(()),
                false => say(conn, &deed, id, &words).await,
            }
        })
    })
    .await
}

async fn say(conn: &mut Conn, deed: &Deed, id: StaffId, words: &str) -> Result<(), Refusal> {
    let line = Line::new(Verb::StaffChanged, None, Fields::NOTHING);
    Ok(audit::record(conn, deed, line.saying(format!("{words} {id}"))).await?)
}

/// Makes a token that works for so many days. It is shown once and kept nowhere.
pub async fn make_token(
    db: &Db,
    deed: &Deed,
    system: StaffId,
    days: i64,
) -> Result<String, Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    if !TOKEN_DAYS.contains(&days) {
        return Err(Refusal::Span);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let found = store::find_system(conn, &deed.scope, system).await?;
            found.ok_or(Refusal::NotFound)?;
            let secret = SecretToken::new(&mut deed.dice.clone());
            let hint: String = secret.text().chars().take(HINT).collect();
            let ends_at = deed.at() + days * DAY_MS;
            store::insert_token(conn, &deed, system, secret.hash(), &hint, ends_at).await?;
            say(conn, &deed, system, "トークンを発行").await?;
            Ok(Bearer::write(deed.network(), &secret))
        })
    })
    .await
}

/// Takes a token back at once.
pub async fn revoke_token(
    db: &Db,
    deed: &Deed,
    system: StaffId,
    token: RowId,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::revoke(conn, &deed, system, token).await? == 0 {
                return Err(Refusal::NotFound);
            }
            say(conn, &deed, system, "トークンを停止").await
        })
    })
    .await
}
