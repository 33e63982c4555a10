//! Erasing whose a number was.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;

// A number of ours says nothing of anybody. It stays, void for good, so that it is never drawn
// again and whoever reads it out is told that it is void.
const RETIRE: Sql = sql(
    "UPDATE tags SET state = 'void', since = $3, person = NULL, version = version + 1
     WHERE network = $1 AND person = $2 AND kind = 'ours'",
);

const SHUT: Sql = sql("UPDATE carriers SET shut_at = $3, shut_why = 'with_number'
     WHERE network = $1 AND shut_at IS NULL
       AND tag IN (SELECT id FROM tags WHERE network = $1 AND person = $2)");

const REMARKS: Sql = sql("UPDATE tag_acts SET remark = $3 WHERE network = $1
     AND tag IN (SELECT id FROM tags WHERE network = $1 AND person = $2)");

// An older number is this person's in some old roster, so it goes with everything about it.
const OLDER_ADDRESSES: Sql = sql("DELETE FROM carrier_towns WHERE network = $1 AND carrier IN
       (SELECT c.id FROM carriers c JOIN tags t ON t.network = c.network AND t.id = c.tag
        WHERE c.network = $1 AND t.person = $2 AND t.kind = 'older')");

const OLDER_CARRIERS: Sql = sql("DELETE FROM carriers WHERE network = $1
     AND tag IN (SELECT id FROM tags WHERE network = $1 AND person = $2 AND kind = 'older')");

const OLDER_ACTS: Sql = sql("DELETE FROM tag_acts WHERE network = $1
     AND tag IN (SELECT id FROM tags WHERE network = $1 AND person = $2 AND kind = 'older')");

const OLDER: Sql = sql("DELETE FROM tags WHERE network = $1 AND person = $2 AND kind = 'older'");

/// Takes the person off every number: ours become void for good, older ones go.
pub async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Error> {
    for statement in [OLDER_ADDRESSES, OLDER_CARRIERS, OLDER_ACTS, OLDER] {
        conn.exec(statement, &args![deed.network(), person]).await?;
    }
    let nothing = Vec::<u8>::new();
    conn.exec(REMARKS, &args![deed.network(), person, nothing])
        .await?;
    for statement in [SHUT, RETIRE] {
        conn.exec(statement, &args![deed.network(), person, deed.at()])
            .await?;
    }
    Ok(())
}
