//! Files of a case are taken in, and removed.

use db::Db;

use super::{note, seen};
use crate::cases::rules::{DocumentHead, Refusal};
use crate::cases::store;
use crate::deed::Deed;
use crate::ids::{CaseId, RowId};

/// The most files of a case.
const MOST: usize = 200;

/// Keeps a file that was read by the rules.
pub async fn keep_document(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    head: DocumentHead,
    bytes: Vec<u8>,
) -> Result<RowId, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            if store::list_documents(conn, &deed, id).await?.len() >= MOST {
                return Err(Refusal::TooMany);
            }
            let kept = store::insert_document(conn, &deed, id, &head, &bytes).await?;
            note(conn, &deed, id, "書類を加えました").await?;
            Ok(kept)
        })
    })
    .await
}

/// Removes a file.
pub async fn remove_document(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    document: RowId,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            // Only one of this case.
            store::find_document(conn, &deed, id, document).await?;
            store::remove_document(conn, &deed, document).await?;
            Ok(note(conn, &deed, id, "書類を消しました").await?)
        })
    })
    .await
}
