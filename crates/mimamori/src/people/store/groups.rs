//! Saving one group upon the version it was read with.

use db::{Conn, Sql, args, sql};

use super::people::{actor_number, group};
use super::sealed::close;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Group, Kept, Part, Refusal};

const FIND_IDENTITY: Sql =
    sql("SELECT identity_v, identity FROM people WHERE network = $1 AND id = $2");
const FIND_CONTACTS: Sql =
    sql("SELECT contacts_v, contacts FROM people WHERE network = $1 AND id = $2");
const FIND_MEDICAL: Sql =
    sql("SELECT medical_v, medical FROM people WHERE network = $1 AND id = $2");
const FIND_CARE: Sql = sql("SELECT care_v, care FROM people WHERE network = $1 AND id = $2");
const FIND_FINDER: Sql = sql("SELECT finder_v, finder FROM people WHERE network = $1 AND id = $2");
const FIND_CONSENT: Sql =
    sql("SELECT consent_v, consent FROM people WHERE network = $1 AND id = $2");

const SAVE_IDENTITY: Sql = sql(
    "UPDATE people SET identity = $3, identity_v = $4, updated_at = $5, updated_by = $6
     WHERE network = $1 AND id = $2 AND identity_v = $7",
);
const SAVE_CONTACTS: Sql = sql(
    "UPDATE people SET contacts = $3, contacts_v = $4, updated_at = $5, updated_by = $6
     WHERE network = $1 AND id = $2 AND contacts_v = $7",
);
const SAVE_MEDICAL: Sql = sql(
    "UPDATE people SET medical = $3, medical_v = $4, updated_at = $5, updated_by = $6
     WHERE network = $1 AND id = $2 AND medical_v = $7",
);
const SAVE_CARE: Sql = sql(
    "UPDATE people SET care = $3, care_v = $4, updated_at = $5, updated_by = $6
     WHERE network = $1 AND id = $2 AND care_v = $7",
);
const SAVE_FINDER: Sql = sql(
    "UPDATE people SET finder = $3, finder_v = $4, updated_at = $5, updated_by = $6
     WHERE network = $1 AND id = $2 AND finder_v = $7",
);
const SAVE_CONSENT: Sql = sql(
    "UPDATE people SET consent = $3, consent_v = $4, updated_at = $5, updated_by = $6
     WHERE network = $1 AND id = $2 AND consent_v = $7",
);

const fn find(group: Group) -> Sql {
    match group {
        Group::Identity => FIND_IDENTITY,
        Group::Contacts => FIND_CONTACTS,
        Group::Medical => FIND_MEDICAL,
        Group::Care => FIND_CARE,
        Group::Finder => FIND_FINDER,
        Group::Consent => FIND_CONSENT,
    }
}

const fn save(group: Group) -> Sql {
    match group {
        Group::Identity => SAVE_IDENTITY,
        Group::Contacts => SAVE_CONTACTS,
        Group::Medical => SAVE_MEDICAL,
        Group::Care => SAVE_CARE,
        Group::Finder => SAVE_FINDER,
        Group::Consent => SAVE_CONSENT,
    }
}

/// One group alone.
pub async fn find_group<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
) -> Result<Option<Kept<P>>, Refusal> {
    let row = conn.one(find(P::GROUP), &args![deed.network(), id]).await?;
    row.map(|mut row| group(deed, id, &mut row, 0)).transpose()
}

/// Saves the group; `false` where somebody else saved in between. `kept.version` is the new one.
pub async fn save_group<P: Part>(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    kept: &Kept<P>,
) -> Result<bool, Refusal> {
    let args = args![
        deed.network(),
        id,
        close(deed, id, kept)?,
        kept.version,
        deed.at(),
        actor_number(deed),
        kept.version - 1,
    ];
    Ok(conn.exec(save(P::GROUP), &args).await? == 1)
}
