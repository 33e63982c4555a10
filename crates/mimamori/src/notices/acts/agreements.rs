//! Agreement organisations: taken in, changed, renewed, ended, and their links.

use db::{Conn, Db};
use seal::SecretToken;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::notices::rules::{Agreement, Refusal};
use crate::notices::store;
use crate::scope::Right;

/// The town's administrators and heads of centers see to agreements.
fn need(deed: &Deed) -> Result<(), Refusal> {
    let scope = &deed.scope;
    Ok(scope
        .need(Right::ManageTown)
        .or_else(|_| scope.need(Right::Lead))?)
}

async fn record(conn: &mut Conn, deed: &Deed, of: &Agreement, what: &str) -> Result<(), Refusal> {
    let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
    let words = format!("見守り協定「{}」：{what}", of.name);
    Ok(audit::record(conn, deed, line.saying(words)).await?)
}

/// Takes an organisation in.
pub async fn add_agreement(db: &Db, deed: &Deed, new: Agreement) -> Result<RowId, Refusal> {
    need(deed)?;
    let mut new = new.checked()?;
    new.id = RowId(deed.new_id());
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::insert_agreement(conn, &deed, &new).await?;
            record(conn, &deed, &new, "加えた").await?;
            Ok(new.id)
        })
    })
    .await
}

/// Keeps an organisation as a list brings it, within the caller's transaction: a new one, or one upon
/// the version that was read. It has no link before somebody makes one.
pub async fn bring_agreement_in(
    conn: &mut Conn,
    deed: &Deed,
    of: Agreement,
    is_new: bool,
) -> Result<(), Refusal> {
    need(deed)?;
    let of = of.checked()?;
    if is_new {
        store::insert_agreement(conn, deed, &of).await?;
    }
    if !is_new || of.closed_at.is_some() {
        store::save_agreement(conn, deed, &of).await?;
    }
    record(conn, deed, &of, "一覧から取り込んだ").await
}

/// Loads, asks the rule, saves, keeps the line.
async fn change(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    what: &'static str,
    rule: impl FnOnce(Agreement) -> Result<Agreement, Refusal> + Send + 'static,
) -> Result<(), Refusal> {
    need(deed)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = store::find_agreement(conn, &deed, id).await?;
            if before.version != version {
                return Err(Refusal::Changed);
            }
            let after = rule(before)?;
            store::save_agreement(conn, &deed, &after).await?;
            record(conn, &deed, &after, what).await
        })
    })
    .await
}

/// Keeps what was typed, upon the version that was seen.
pub async fn change_agreement(db: &Db, deed: &Deed, new: Agreement) -> Result<(), Refusal> {
    let new = new.checked()?;
    let (id, version) = (new.id, new.version);
    change(db, deed, id, version, "変えた", move |before| {
        Ok(Agreement {
            closed_at: before.closed_at,
            ..new
        })
    })
    .await
}

/// A year more.
pub async fn renew_agreement(db: &Db, deed: &Deed, id: RowId, version: i64) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    change(db, deed, id, version, "更新した", move |before| {
        Ok(before.renewed(today))
    })
    .await
}

/// It has ended, or goes on after all. Its link leads nowhere while it has ended.
pub async fn end_agreement(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    ends: bool,
) -> Result<(), Refusal> {
    let closed_at = ends.then(|| deed.at());
    let what = if ends {
        "終えた"
    } else {
        "元にもどした"
    };
    change(db, deed, id, version, what, move |before| {
        Ok(Agreement {
            closed_at,
            ..before
        })
    })
    .await
}

/// Makes a new link, which is shown once; the one before leads nowhere from now on.
pub async fn make_link(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
) -> Result<SecretToken, Refusal> {
    let secret = SecretToken::new(&mut deed.dice.clone());
    put_link(db, deed, id, version, Some(secret.hash())).await?;
    Ok(secret)
}

/// Shuts the link off.
pub async fn close_link(db: &Db, deed: &Deed, id: RowId, version: i64) -> Result<(), Refusal> {
    put_link(db, deed, id, version, None).await
}

async fn put_link(
    db: &Db,
    deed: &Deed,
    id: RowId,
    version: i64,
    hash: Option<[u8; 32]>,
) -> Result<(), Refusal> {
    need(deed)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let of = store::find_agreement(conn, &deed, id).await?;
            if of.version != version {
                return Err(Refusal::Changed);
            }
            store::save_link(conn, &deed, &of, hash).await?;
            let what = hash.map_or("リンクを止めた", |_| "リンクを作った");
            record(conn, &deed, &of, what).await
        })
    })
    .await
}
