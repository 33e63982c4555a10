//! The town's sign, and how a center's printer is used.

use db::Db;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::papers::rules::{Refusal, Sign};
use crate::papers::store::{self, Printer};
use crate::scope::Right;

/// Keeps the sign in place of any other.
pub async fn set_sign(db: &Db, deed: &Deed, sign: Sign) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let (deed, png) = (deed.clone(), sign.into_png());
    db.write(move |conn| {
        Box::pin(async move {
            store::put_sign(conn, &deed, &png).await?;
            Ok(audit::record(conn, &deed, line("町のマークを登録")).await?)
        })
    })
    .await
}

/// Removes the sign.
pub async fn remove_sign(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::remove_sign(conn, &deed).await?;
            Ok(audit::record(conn, &deed, line("町のマークを削除")).await?)
        })
    })
    .await
}

fn line(words: &str) -> Line {
    Line::new(Verb::TownChanged, None, Fields::NOTHING).saying(words)
}

/// Keeps how the printer of one's own center is used, for the next sheet.
pub async fn keep_printer(db: &Db, deed: &Deed, printer: Printer) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let center = deed.scope.center;
            Ok(store::put_printer(conn, &deed, center, &printer).await?)
        })
    })
    .await
}
