//! Who supporters are, when two records of the register become one or one two.

use db::Conn;

use super::rows::{list_of_person, set_person};
use crate::deed::Deed;
use crate::ids::{PersonId, SupporterId};
use crate::people::twins::Handing;
use crate::station::supporters::rules::Refusal;

/// Passes supporters from one record to the other: all, or these of them. Gives those that it passed.
pub async fn hand_over(
    conn: &mut Conn,
    deed: &Deed,
    Handing { from, to, rows }: Handing<'_>,
) -> Result<Vec<i64>, Refusal> {
    let mut passed = Vec::new();
    for one in list_of_person(conn, deed, from).await? {
        if rows.is_none_or(|rows| rows.contains(&one.id.0)) {
            set_person(conn, deed, &one, Some(to)).await?;
            passed.push(one.id.0);
        }
    }
    Ok(passed)
}

/// Supporters of a person who joined since, the newest first.
pub async fn list_since(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    since: i64,
) -> Result<Vec<SupporterId>, Refusal> {
    let all = list_of_person(conn, deed, person).await?;
    let later = all.iter().rev().map(|one| one.id);
    Ok(later.filter(|id| id.0 > since).collect())
}
