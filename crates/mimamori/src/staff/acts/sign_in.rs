//! Address and password, slowed when they fail.
//!
//! A try is counted before the password is looked at and given back when it was right, so that
//! many tries at the same moment are no way around the limits.

use db::{Conn, Db};
use seal::password::{self, Verified};
use tokio::sync::Semaphore;

use super::sessions::{self, as_staff};
use super::{Opened, Refusal, account, say};
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::StaffId;
use crate::networks;
use crate::scope::counted_as;
use crate::staff::rules::{
    Account, AccountState, Counter, Stage, TRIED, TryKind, delay, fold_email,
};
use crate::staff::store;

/// How many passwords are worked on at the same time: each takes 19 MiB and a core.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Milliseconds for which an address stays known for an account.
const KNOWN: i64 = 90 * 24 * 60 * 60 * 1000;

/// Opens a session for the right address and password: a full one, or half a one where a second
/// factor is to be given or must be set up.
///
/// # Errors
/// [`Refusal::NotLetIn`] for a wrong address, a wrong password and an account that may not come
/// in, all alike; [`Refusal::Slowed`] after too many.
pub async fn try_password(
    db: &Db,
    deed: &Deed,
    email: String,
    password: String,
    agent: String,
) -> Result<Opened, Refusal> {
    let tries = Tries::of(deed, &email);
    let found = admit(db, deed, email, tries).await?;
    let active = found.filter(|account| account.state == AccountState::Active);
    let stored = active.as_ref().and_then(|account| account.password.clone());
    let verified = verify(stored, password).await?;
    match active.filter(|_| verified.is_right()) {
        Some(account) => let_in(db, deed, account, tries, agent).await,
        None => refuse(db, deed).await,
    }
}

/// The counters that one try touches.
#[derive(Clone, Copy)]
struct Tries {
    account: i64,
    address: i64,
    pair: i64,
}

impl Tries {
    fn of(deed: &Deed, email: &str) -> Tries {
        let (email, origin) = (fold_email(email), counted_as(&deed.scope.origin));
        let token = |text: String| deed.keys.token(TRIED, &text);
        Tries {
            account: token(format!("account\n{email}")),
            address: token(format!("address\n{origin}")),
            pair: token(format!("pair\n{email}\n{origin}")),
        }
    }

    /// Who came in from this address before answers for this pair alone, so that nobody else's
    /// failures, here or elsewhere, keep them out.
    fn weighed(self, pair: &Counter, at: i64) -> Vec<(TryKind, i64)> {
        let known = pair.known_at.is_some_and(|known| at - known < KNOWN);
        match known {
            true => vec![(TryKind::Pair, self.pair)],
            false => vec![
                (TryKind::Pair, self.pair),
                (TryKind::Account, self.account),
                (TryKind::Address, self.address),
            ],
        }
    }
}

/// Counts the try, or refuses it; gives the account of the address, if there is one.
async fn admit(
    db: &Db,
    deed: &Deed,
    email: String,
    tries: Tries,
) -> Result<Option<Account>, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let pair = store::find_counter(conn, &deed, TryKind::Pair, tries.pair).await?;
            for (kind, key) in tries.weighed(&pair, deed.at()) {
                count(conn, &deed, kind, key).await?;
            }
            Ok(store::find_by_login(conn, &deed, &email).await?)
        })
    })
    .await
}

/// Counts one try of a kind, or refuses it while there is a wait.
pub(super) async fn count(
    conn: &mut Conn,
    deed: &Deed,
    kind: TryKind,
    key: i64,
) -> Result<(), Refusal> {
    let counter = store::find_counter(conn, deed, kind, key).await?;
    let wait = delay(kind, &counter, deed.at());
    if wait > 0 {
        return Err(Refusal::Slowed(wait));
    }
    match store::raise_counter(conn, deed, kind, key, &counter).await? {
        true => Ok(()),
        // Somebody tried the same at the same moment.
        false => Err(Refusal::Slowed(1)),
    }
}

async fn let_in(
    db: &Db,
    deed: &Deed,
    account: Account,
    tries: Tries,
    agent: String,
) -> Result<Opened, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            give_back(conn, &deed, tries).await?;
            let rule = networks::find_town(conn, &deed.scope).await?;
            let rule = rule.ok_or(Refusal::NotFound)?.second_factor;
            let half = account.second_factor.is_some() || account.must_have_factor(rule);
            let stage = if half { Stage::Half } else { Stage::Full };
            sessions::begin(conn, &deed, account.id, stage, &agent).await
        })
    })
    .await
}

/// A right password forgives its own counters; of the address's count only this try is taken back.
async fn give_back(conn: &mut Conn, deed: &Deed, tries: Tries) -> Result<(), Refusal> {
    let at = deed.at();
    let pair = store::find_counter(conn, deed, TryKind::Pair, tries.pair).await?;
    for (kind, key) in tries.weighed(&pair, at) {
        let counter = store::find_counter(conn, deed, kind, key).await?;
        let (failures, known_at) = match kind {
            TryKind::Address => ((counter.failures - 1).max(0), None),
            TryKind::Pair => (0, Some(at)),
            TryKind::Account | TryKind::Factor => (0, None),
        };
        store::settle_counter(conn, deed, kind, key, failures, known_at).await?;
    }
    Ok(())
}

async fn refuse(db: &Db, deed: &Deed) -> Result<Opened, Refusal> {
    let line =
        Line::new(Verb::SignInRefused, None, Fields::NOTHING).saying("メールアドレスかパスワード");
    audit::witness(db, deed, line).await?;
    Err(Refusal::NotLetIn)
}

/// Tries a password off the request threads; without a stored one it takes as long.
async fn verify(stored: Option<String>, password: String) -> Result<Verified, Refusal> {
    let turn = TURNS.acquire().await;
    let work = tokio::task::spawn_blocking(move || match stored {
        Some(stored) => password::verify(&stored, &password),
        None => password::verify_nothing(&password),
    });
    let verified = work.await.unwrap_or(Err(password::NotHashed));
    drop(turn);
    Ok(verified?)
}

/// Hashes a password off the request threads.
pub async fn hash_password(deed: &Deed, password: String) -> Result<String, Refusal> {
    let mut dice = deed.dice.clone();
    let turn = TURNS.acquire().await;
    let work = tokio::task::spawn_blocking(move || password::hash(&password, &mut dice));
    let hashed = work.await.unwrap_or(Err(password::NotHashed));
    drop(turn);
    Ok(hashed?)
}

/// Whether this is the account's own password, asked again before something grave.
pub async fn verify_own_password(
    db: &Db,
    deed: &Deed,
    staff: StaffId,
    password: String,
) -> Result<(), Refusal> {
    let tried = deed.clone();
    let key = deed.keys.token(TRIED, &format!("factor\n{staff}"));
    let stored = db
        .write(move |conn| {
            Box::pin(async move {
                count(conn, &tried, TryKind::Factor, key).await?;
                Ok::<_, Refusal>(account(conn, &tried, staff).await?.password)
            })
        })
        .await?;
    if !verify(stored, password).await?.is_right() {
        return Err(Refusal::NotLetIn);
    }
    let deed = as_staff(deed, staff);
    db.write(move |conn| {
        Box::pin(async move {
            Ok(store::settle_counter(conn, &deed, TryKind::Factor, key, 0, None).await?)
        })
    })
    .await
}

/// Writes the line of a refused second factor.
pub(super) async fn refuse_factor(db: &Db, deed: &Deed, staff: StaffId) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            Ok(say(conn, &deed, Verb::SignInRefused, staff, "二段階認証").await?)
        })
    })
    .await
}
