//! The second factor: setting it up, giving it, replacing a lost one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::{Conn, Db};
use seal::{Place, SealError, TotpSecret, recovery};
use unicode_normalization::UnicodeNormalization;

use super::sessions;
use super::sign_in::{count, refuse_factor};
use super::{Opened, Refusal, account, say};
use crate::audit::Verb;
use crate::deed::Deed;
use crate::ids::StaffId;
use crate::staff::rules::{Session, Stage, TRIED, TryKind};
use crate::staff::store;

/// A new secret, sealed for its way through the form that confirms it: nobody can choose one.
pub fn offer_factor(deed: &Deed, session: &Session) -> (TotpSecret, String) {
    let secret = TotpSecret::new(&mut deed.dice.clone());
    let sealed = deed.keys.seal(
        &offer_place(session),
        secret.as_bytes(),
        &mut deed.dice.clone(),
    );
    (secret, URL_SAFE_NO_PAD.encode(sealed))
}

/// The secret of an offer that came back.
pub fn open_offer(deed: &Deed, session: &Session, offer: &str) -> Result<TotpSecret, Refusal> {
    let sealed = URL_SAFE_NO_PAD
        .decode(offer)
        .map_err(|_| SealError::Malformed)?;
    let plain = deed.keys.open(&offer_place(session), &sealed)?;
    Ok(TotpSecret::from_bytes(&plain)?)
}

/// Bound to the account's version, so that an offer ends with the next change.
fn offer_place(session: &Session) -> Place {
    Place {
        table: "staff",
        column: "offered_factor",
        row: session.staff.0,
        version: session.version,
    }
}

/// Recovery codes as they are shown, once.
pub type Codes = Vec<String>;

/// Keeps the offered secret once a code of it was given; the session becomes a full one.
///
/// # Errors
/// [`Refusal::WrongCode`]; [`Refusal::WrongState`] for half a log-in of an account that has a
/// second factor already: whoever has the password alone must not replace it.
pub async fn confirm_factor(
    db: &Db,
    deed: &Deed,
    session: &Session,
    offer: &str,
    code: &str,
    agent: String,
) -> Result<(Opened, Codes), Refusal> {
    let secret = open_offer(deed, session, offer)?;
    let step = secret.verify(&plain_digits(code), deed.now.as_second(), None);
    let step = step.ok_or(Refusal::WrongCode)?;
    let (deed, session) = (deed.clone(), session.clone());
    db.write(move |conn| {
        Box::pin(async move {
            let mut account = account(conn, &deed, session.staff).await?;
            if session.stage == Stage::Half && account.second_factor.is_some() {
                return Err(Refusal::WrongState);
            }
            account.second_factor = Some(secret.as_bytes().to_vec());
            store::save_account(conn, &deed, &account).await?;
            store::save_step(conn, &deed, account.id, step).await?;
            let codes = draw_codes(conn, &deed, account.id).await?;
            say(
                conn,
                &deed,
                Verb::StaffChanged,
                account.id,
                "二段階認証を設定",
            )
            .await?;
            Ok((upgrade(conn, &deed, &session, &agent).await?, codes))
        })
    })
    .await
}

/// Replaces the session by a full one with a new secret.
async fn upgrade(
    conn: &mut Conn,
    deed: &Deed,
    session: &Session,
    agent: &str,
) -> Result<Opened, Refusal> {
    store::remove_session(conn, deed, session.staff, session.hash).await?;
    sessions::begin(conn, deed, session.staff, Stage::Full, agent).await
}

async fn draw_codes(conn: &mut Conn, deed: &Deed, staff: StaffId) -> Result<Codes, Refusal> {
    store::remove_recovery_codes(conn, deed, staff).await?;
    let codes = recovery::new_codes(&mut deed.dice.clone());
    for code in &codes {
        store::insert_recovery_code(conn, deed, staff, recovery::hash(code)).await?;
    }
    Ok(codes.iter().map(|code| code.to_string()).collect())
}

/// Draws ten new recovery codes; the old ones stop working.
pub async fn new_recovery_codes(db: &Db, deed: &Deed, session: &Session) -> Result<Codes, Refusal> {
    let (deed, staff) = (deed.clone(), session.staff);
    db.write(move |conn| {
        Box::pin(async move {
            if account(conn, &deed, staff).await?.second_factor.is_none() {
                return Err(Refusal::WrongState);
            }
            say(conn, &deed, Verb::StaffChanged, staff, "予備コードを再発行").await?;
            draw_codes(conn, &deed, staff).await
        })
    })
    .await
}

/// Takes a code of the second factor, or a recovery code; the session becomes a full one.
pub async fn try_factor(
    db: &Db,
    deed: &Deed,
    session: &Session,
    code: &str,
    agent: String,
) -> Result<Opened, Refusal> {
    let (mine, of, typed) = (deed.clone(), session.clone(), code.to_owned());
    let key = deed
        .keys
        .token(TRIED, &format!("factor\n{}", session.staff));
    // Counted in a commit of its own: a refusal takes back what its transaction wrote.
    let counting = deed.clone();
    db.write(move |conn| {
        Box::pin(async move { count(conn, &counting, TryKind::Factor, key).await })
    })
    .await?;
    let tried: Result<Opened, Refusal> = db
        .write(move |conn| {
            Box::pin(async move {
                take_code(conn, &mine, &of, &typed).await?;
                store::settle_counter(conn, &mine, TryKind::Factor, key, 0, None).await?;
                upgrade(conn, &mine, &of, &agent).await
            })
        })
        .await;
    if matches!(tried, Err(Refusal::WrongCode)) {
        refuse_factor(db, deed, session.staff).await?;
    }
    tried
}

async fn take_code(
    conn: &mut Conn,
    deed: &Deed,
    session: &Session,
    typed: &str,
) -> Result<(), Refusal> {
    let account = account(conn, deed, session.staff).await?;
    let secret = account.second_factor.ok_or(Refusal::WrongState)?;
    let last = Some(account.second_factor_step);
    let secret = TotpSecret::from_bytes(&secret)?;
    if let Some(step) = secret.verify(&plain_digits(typed), deed.now.as_second(), last) {
        return Ok(store::save_step(conn, deed, account.id, step).await?);
    }
    let hash = recovery::hash(&typed.nfkc().collect::<String>());
    match store::use_recovery_code(conn, deed, account.id, hash).await? {
        true => Ok(say(
            conn,
            deed,
            Verb::StaffChanged,
            account.id,
            "予備コードを使用",
        )
        .await?),
        false => Err(Refusal::WrongCode),
    }
}

/// Six digits as typed on any keyboard.
fn plain_digits(typed: &str) -> String {
    words::digits::fold(typed).unwrap_or_default()
}
