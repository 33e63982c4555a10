//! The versions of a town's data key.

use db::{Conn, Db, Error};

use super::{Refusal, say};
use crate::audit::Verb;
use crate::deed::Deed;
use crate::networks::store;
use crate::networks::vault::Vault;

/// Adds the next key where only one is live. Gives the current version and, where a rotation to it
/// has to be done or ended, the older one.
pub async fn begin_rotation(db: &Db, vault: &Vault, deed: &Deed) -> Result<(u32, u32), Refusal> {
    let (vault, deed) = (vault.clone(), deed.clone());
    db.write(move |conn| Box::pin(async move { begin(conn, &vault, &deed).await }))
        .await
}

async fn begin(conn: &mut Conn, vault: &Vault, deed: &Deed) -> Result<(u32, u32), Refusal> {
    let live = store::list_live_keys(conn, deed.network()).await?;
    match *live {
        [(older, _), (newest, _)] => Ok((older, newest)),
        [(older, _)] => {
            let next = store::find_newest_key(conn, deed).await? + 1;
            let dice = &mut deed.dice.clone();
            vault
                .add_key(conn, deed.network(), next, deed.now, dice)
                .await?;
            say(conn, deed, Verb::KeysChanged, format!("鍵の版{next}を追加")).await?;
            Ok((older, next))
        }
        _ => Err(Error::Shape("a town has one or two live keys".to_owned()).into()),
    }
}

/// Retires an older version: whoever still has a value that is sealed with it can't open it. The
/// deed's keys are those with which everything is sealed now.
pub async fn retire_key(db: &Db, vault: &Vault, deed: &Deed, version: u32) -> Result<(), Refusal> {
    let (own, of) = (deed.clone(), vault.clone());
    db.write(move |conn| {
        Box::pin(async move {
            store::retire_key(conn, &own, version).await?;
            let words = format!("鍵の版{version}を廃止");
            say(conn, &own, Verb::KeysChanged, words).await?;
            of.read(conn, own.network(), own.now).await?;
            Ok(())
        })
    })
    .await
}
