//! A face photo.

use db::{Conn, Db};

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Difference, Face, Refusal, State};
use crate::people::store;
use crate::scope::Right;

/// Keeps the photo in place of any other.
pub async fn set_photo(db: &Db, deed: &Deed, id: PersonId, face: Face) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = before(conn, &deed, id).await?;
            let version = deed.new_id();
            store::photos::put(conn, &deed, id, version, face.jpeg()).await?;
            keep(conn, &deed, id, before, "あり（新しい写真）").await
        })
    })
    .await
}

/// Removes the photo for good.
pub async fn remove_photo(db: &Db, deed: &Deed, id: PersonId) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = before(conn, &deed, id).await?;
            store::photos::remove(conn, &deed, id).await?;
            keep(conn, &deed, id, before, "").await
        })
    })
    .await
}

/// What stood there: 「あり」 or nothing.
async fn before(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<&'static str, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let standing = store::find_standing(conn, deed, id).await?;
    let standing = standing.filter(|of| of.state != State::Merged);
    standing.ok_or(Refusal::NotFound)?;
    let photo = store::photos::find(conn, deed, id).await?;
    Ok(photo.map_or("", |_| "あり"))
}

async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    from: &str,
    to: &str,
) -> Result<(), Refusal> {
    let told = [Difference {
        field: "顔写真".to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    }];
    store::changes::insert(conn, deed, id, "photo", &told).await?;
    let line = Line::new(Verb::Changed, Some(id), Fields::PHOTO);
    Ok(audit::record(conn, deed, line).await?)
}
