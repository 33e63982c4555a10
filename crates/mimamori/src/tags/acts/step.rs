//! What every deed with a tag has in common: load it, save it, write history and audit.

use db::Conn;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{CarrierId, TagId};
use crate::tags::rules::{Act, Refusal, Tag};
use crate::tags::store;

/// The tag, if it is this town's.
pub async fn load(conn: &mut Conn, deed: &Deed, id: TagId) -> Result<Tag, Refusal> {
    store::find(conn, deed, id).await?.ok_or(Refusal::NotFound)
}

/// Writes what was done with a tag: a line of its history and one of the audit.
pub async fn tell(
    conn: &mut Conn,
    deed: &Deed,
    tag: &Tag,
    act: Act,
    carrier: Option<CarrierId>,
    remark: &str,
) -> Result<(), Refusal> {
    store::insert_act(conn, deed, tag.id, act, carrier, remark).await?;
    let verb = if act == Act::Bound {
        Verb::TagBound
    } else {
        Verb::TagChanged
    };
    let words = format!("{} {}", act.word(), tag.id);
    let line = Line::new(verb, tag.person, Fields::TAGS).saying(words);
    Ok(audit::record(conn, deed, line).await?)
}
