//! Accounts of other programs: they have no log-in name and no password. Which tokens they come in
//! with, and which of their role's rights they have, is kept above this room.

use db::Conn;

use super::{Refusal, account, say};
use crate::audit::Verb;
use crate::deed::Deed;
use crate::ids::StaffId;
use crate::scope::Right;
use crate::staff::rules::{Account, AccountState, Card, Place, Term};
use crate::staff::store;

/// Begins the account of another program within the caller's transaction.
pub async fn begin_system_in(
    conn: &mut Conn,
    deed: &Deed,
    name: String,
    place: Place,
) -> Result<StaffId, Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    if !place.is_whole() {
        return Err(Refusal::PlaceNotWhole);
    }
    let new = Account {
        id: StaffId(deed.new_id()),
        place,
        state: AccountState::Active,
        term: Term::from(deed.now),
        card: Card {
            name,
            email: String::new(),
        },
        password: None,
        second_factor: None,
        second_factor_step: 0,
        version: 1,
    };
    store::insert_account(conn, deed, &new).await?;
    say(conn, deed, Verb::StaffChanged, new.id, "外部システムを追加").await?;
    Ok(new.id)
}

/// Renames, stops or starts the account of another program within the caller's transaction.
pub async fn change_system_in(
    conn: &mut Conn,
    deed: &Deed,
    id: StaffId,
    name: String,
    works: bool,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let mut account = account(conn, deed, id).await?;
    if !account.is_system() {
        return Err(Refusal::NotFound);
    }
    let state = match works {
        true => AccountState::Active,
        false => AccountState::Suspended,
    };
    if account.card.name == name && account.state == state {
        return Ok(());
    }
    (account.card.name, account.state) = (name, state);
    store::save_account(conn, deed, &account).await?;
    let words = match works {
        true => "外部システムを変更",
        false => "外部システムを停止",
    };
    Ok(say(conn, deed, Verb::StaffChanged, id, words).await?)
}
