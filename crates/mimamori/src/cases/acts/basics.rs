//! 利用者基本情報 is saved.

use db::Db;

use super::{note, seen};
use crate::cases::rules::{Basics, Refusal};
use crate::cases::store::{self, NewEntry};
use crate::deed::Deed;
use crate::ids::CaseId;

/// Saves the form upon the version that was shown; 0 for the first time.
pub async fn save_basics(
    db: &Db,
    deed: &Deed,
    id: CaseId,
    version: i64,
    basics: Basics,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            seen(conn, &deed, id).await?;
            let there = store::list_entries::<Basics>(conn, &deed, id).await?;
            match there.into_iter().next() {
                None if version == 0 => {
                    let new = NewEntry::new(&deed, basics);
                    store::insert_entry(conn, &deed, id, &new).await?;
                }
                Some(mut entry) if entry.version == version => {
                    entry.body = basics;
                    entry.staff = super::me(&deed);
                    store::save_entry(conn, &deed, &entry).await?;
                }
                _ => return Err(Refusal::Changed),
            }
            Ok(note(conn, &deed, id, "利用者基本情報の記録").await?)
        })
    })
    .await
}
