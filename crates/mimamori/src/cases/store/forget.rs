//! A person is erased: their cases go with everything in them. A case that somebody else is in too
//! stays that person's, without the one who is erased; a referral's letter has no copy here.

use db::{Conn, Error, Sql, args, sql};

use super::people::{count_people, list_cases_of, token};
use crate::cases::rules::Refusal;
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId};

const TASKS: Sql = sql("SELECT task FROM case_entries
     WHERE network = $1 AND case_id = $2 AND task IS NOT NULL");

const PARTS: Sql = sql(
    "DELETE FROM case_document_parts WHERE network = $1 AND document IN
       (SELECT id FROM case_documents WHERE network = $1 AND case_id = $2)",
);

const DOCUMENTS: Sql = sql("DELETE FROM case_documents WHERE network = $1 AND case_id = $2");

const HANDOVERS: Sql = sql("DELETE FROM case_handovers WHERE network = $1 AND case_id = $2");

const ENTRIES: Sql = sql("DELETE FROM case_entries
     WHERE network = $1 AND (case_id = $2 OR other = $2)");

const PEOPLE: Sql = sql("DELETE FROM case_people WHERE network = $1 AND case_id = $2");

const CASE: Sql = sql("DELETE FROM cases WHERE network = $1 AND id = $2");

const ONE: Sql = sql("DELETE FROM case_people
     WHERE network = $1 AND case_id = $2 AND person = $3");

// The form of the erased person; whoever stays has none or writes one anew.
const BASICS: Sql = sql("DELETE FROM case_entries
     WHERE network = $1 AND case_id = $2 AND kind = 'basics'");

/// Erases a person's cases. Gives the tasks that were open for them.
pub async fn forget_in(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Vec<i64>, Refusal> {
    let mut tasks = Vec::new();
    for one in list_cases_of(conn, deed, person).await? {
        if count_people(conn, deed, one.case).await? > 1 {
            delete_person(conn, deed, one.case, person).await?;
            continue;
        }
        for row in conn.rows(TASKS, &args![deed.network(), one.case]).await? {
            tasks.push(row.int(0)?);
        }
        delete(conn, deed, one.case).await?;
    }
    Ok(tasks)
}

/// Takes an erased person out of a case that goes on with others.
async fn delete_person(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    person: PersonId,
) -> Result<(), Error> {
    let args = args![deed.network(), case, token(deed, person)];
    conn.exec(ONE, &args).await?;
    conn.exec(BASICS, &args![deed.network(), case]).await?;
    Ok(())
}

async fn delete(conn: &mut Conn, deed: &Deed, case: CaseId) -> Result<(), Error> {
    for statement in [PARTS, DOCUMENTS, HANDOVERS, ENTRIES, PEOPLE, CASE] {
        conn.exec(statement, &args![deed.network(), case]).await?;
    }
    Ok(())
}
