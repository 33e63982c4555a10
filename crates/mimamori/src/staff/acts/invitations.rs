//! An account begins with an invitation, and with nothing else.

use db::{Conn, Db};
use jiff::Timestamp;
use seal::SecretToken;

use super::{Refusal, account, person, say};
use crate::audit::Verb;
use crate::deed::Deed;
use crate::ids::StaffId;
use crate::scope::Right;
use crate::staff::rules::{Account, AccountState, Card, Invitation, Place, Term};
use crate::staff::store;

/// A new invitation. The token is shown once and kept nowhere.
pub struct Invited {
    /// The account that was begun.
    pub staff: StaffId,
    /// What stands in the link after `/join/`: `network.secret`.
    pub token: String,
}

/// Begins an account that waits for its owner.
pub async fn invite(db: &Db, deed: &Deed, card: Card, place: Place) -> Result<Invited, Refusal> {
    invite_for(db, deed, card, place, deed.now).await
}

/// The same for a place that holds from a moment on: with the next contractor of its center.
pub async fn invite_for(
    db: &Db,
    deed: &Deed,
    card: Card,
    place: Place,
    from: Timestamp,
) -> Result<Invited, Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    if !place.is_whole() {
        return Err(Refusal::PlaceNotWhole);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::find_by_login(conn, &deed, &card.email)
                .await?
                .is_some()
            {
                return Err(Refusal::EmailTaken);
            }
            let new = begun(StaffId(deed.new_id()), place, card, Term::from(from));
            store::insert_account(conn, &deed, &new).await?;
            say(conn, &deed, Verb::StaffChanged, new.id, "招待").await?;
            hand_out(conn, &deed, new.id).await
        })
    })
    .await
}

fn begun(id: StaffId, place: Place, card: Card, term: Term) -> Account {
    Account {
        id,
        place,
        state: AccountState::Invited,
        term,
        card,
        password: None,
        second_factor: None,
        second_factor_step: 0,
        version: 1,
    }
}

async fn hand_out(conn: &mut Conn, deed: &Deed, staff: StaffId) -> Result<Invited, Refusal> {
    let secret = SecretToken::new(&mut deed.dice.clone());
    let invitation = Invitation {
        hash: secret.hash(),
        staff,
    };
    store::insert_invitation(conn, deed, invitation).await?;
    let token = format!("{}.{}", deed.network(), secret.text());
    Ok(Invited { staff, token })
}

/// Makes a new link for an account that has not come yet; older links stop working.
pub async fn invite_again(db: &Db, deed: &Deed, staff: StaffId) -> Result<Invited, Refusal> {
    deed.scope.need(Right::ManageStaff)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if person(conn, &deed, staff).await?.state != AccountState::Invited {
                return Err(Refusal::WrongState);
            }
            store::remove_invitations(conn, &deed, staff).await?;
            say(conn, &deed, Verb::StaffChanged, staff, "再招待").await?;
            hand_out(conn, &deed, staff).await
        })
    })
    .await
}

/// The account that a link begins.
pub async fn find_invited(db: &Db, deed: &Deed, secret: &SecretToken) -> Result<Account, Refusal> {
    // Reading only; a link that is opened is not yet used.
    let mut conn = db.read().await?;
    Ok(invited(&mut conn, deed, secret.hash()).await?.1)
}

async fn invited(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<(Invitation, Account), Refusal> {
    let found = store::find_invitation(conn, deed, hash).await?;
    let invitation = found.ok_or(Refusal::InvitationOver)?;
    let account = account(conn, deed, invitation.staff).await?;
    match account.state {
        AccountState::Invited if !account.term.is_over(deed.now) => Ok((invitation, account)),
        _ => Err(Refusal::InvitationOver),
    }
}

/// Accepts the invitation: the account becomes active under this name and password hash.
pub async fn accept(
    db: &Db,
    deed: &Deed,
    secret: &SecretToken,
    name: String,
    password_hash: String,
) -> Result<StaffId, Refusal> {
    begin(db, deed, secret, Some((name, password_hash))).await
}

/// A tablet is set up: it has no password, so that nobody signs in as it from elsewhere.
pub async fn accept_tablet(db: &Db, deed: &Deed, secret: &SecretToken) -> Result<StaffId, Refusal> {
    begin(db, deed, secret, None).await
}

async fn begin(
    db: &Db,
    deed: &Deed,
    secret: &SecretToken,
    person: Option<(String, String)>,
) -> Result<StaffId, Refusal> {
    let (deed, hash) = (deed.clone(), secret.hash());
    db.write(move |conn| {
        Box::pin(async move {
            let (invitation, mut account) = invited(conn, &deed, hash).await?;
            if person.is_none() != account.is_tablet() {
                return Err(Refusal::WrongState);
            }
            store::use_invitation(conn, &deed, invitation).await?;
            if let Some((name, password_hash)) = person {
                account.card.name = name;
                account.password = Some(password_hash);
            }
            account.state = AccountState::Active;
            store::save_account(conn, &deed, &account).await?;
            let words = "招待を受けて開始";
            say(conn, &deed, Verb::StaffChanged, account.id, words).await?;
            Ok(account.id)
        })
    })
    .await
}
