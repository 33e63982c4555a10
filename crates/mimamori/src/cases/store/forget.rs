//! Somebody is erased: their cases go with everything in them. A case that somebody else is in too
//! stays that one's, without the erased person's form and without their name in what was written.
//! A case of nobody registered goes by itself: on wish, or a time after its end.

use db::{Conn, Error, Sql, args, sql};
use seal::Place;
use serde_json::Value;

use super::people::{count_people, forget_left, list_cases_of, list_left, remove_person};
use super::reseal::{
    DOCUMENTS as HEADS, ENTRIES as BODIES, HANDOVERS as TOLD, PlaceOf, SAVE_ENTRY, SAVE_HANDOVER,
    SAVE_HEAD,
};
use super::{close, documents, entries, find_as_program, handovers, open, save};
use crate::cases::rules::{Forgotten, Refusal};
use crate::deed::Deed;
use crate::ids::{CaseId, PersonId, RowId};

const PARTS: Sql = sql(
    "DELETE FROM case_document_parts WHERE network = $1 AND document IN
       (SELECT id FROM case_documents WHERE network = $1 AND case_id = $2)",
);

const DOCUMENTS: Sql = sql("DELETE FROM case_documents WHERE network = $1 AND case_id = $2");

const HANDOVERS: Sql = sql("DELETE FROM case_handovers WHERE network = $1 AND case_id = $2");

const ENTRIES: Sql = sql("DELETE FROM case_entries
     WHERE network = $1 AND (case_id = $2 OR other = $2)");

const PEOPLE: Sql = sql("DELETE FROM case_people WHERE network = $1 AND case_id = $2");

const LEFT: Sql = sql("DELETE FROM case_left WHERE network = $1 AND case_id = $2");

const CASE: Sql = sql("DELETE FROM cases WHERE network = $1 AND id = $2");

// The form of the erased person; whoever stays has none or writes one anew.
const BASICS: Sql = sql("DELETE FROM case_entries
     WHERE network = $1 AND case_id = $2 AND kind = 'basics'");

const OFFERS: Sql = sql("SELECT id FROM case_handovers WHERE network = $1 AND case_id = $2");

const OF_NOBODY: Sql = sql("SELECT c.id FROM cases c
     WHERE c.network = $1 AND c.state = 'closed' AND c.closed_at < $2
       AND NOT EXISTS (SELECT 1 FROM case_people p
         WHERE p.network = c.network AND p.case_id = c.id)
     ORDER BY c.id LIMIT 50");

/// The cases that tell of somebody.
#[derive(Default)]
pub struct Told {
    /// Theirs alone.
    pub alone: Vec<CaseId>,
    /// That go on with others.
    pub shared: Vec<CaseId>,
    /// That they were taken out of.
    pub left: Vec<CaseId>,
}

/// Which cases tell of somebody who is erased.
pub async fn list_forgotten(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Told, Refusal> {
    let mut told = Told::default();
    for one in list_cases_of(conn, deed, person).await? {
        match count_people(conn, deed, one.case).await? > 1 {
            true => told.shared.push(one.case),
            false => told.alone.push(one.case),
        }
    }
    let left = list_left(conn, deed, person).await?;
    let is_in = |case: &CaseId| told.shared.contains(case) || told.alone.contains(case);
    told.left = left.into_iter().filter(|case| !is_in(case)).collect();
    Ok(told)
}

/// Closed cases of nobody registered that ended before an instant.
pub async fn list_of_nobody_before(
    conn: &mut Conn,
    deed: &Deed,
    before: i64,
) -> Result<Vec<CaseId>, Error> {
    let rows = conn.rows(OF_NOBODY, &args![deed.network(), before]).await?;
    rows.iter().map(|row| Ok(CaseId(row.int(0)?))).collect()
}

/// Takes an erased person out of a case that goes on with others. Their names still stand in it.
pub async fn forget_person(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    person: PersonId,
) -> Result<(), Refusal> {
    remove_person(conn, deed, case, person).await?;
    conn.exec(BASICS, &args![deed.network(), case]).await?;
    Ok(())
}

/// Takes the names of an erased person out of everything that was written in a case.
pub async fn forget_names(
    conn: &mut Conn,
    deed: &Deed,
    case: CaseId,
    person: PersonId,
    names: &Forgotten,
) -> Result<(), Refusal> {
    forget_left(conn, deed, case, person).await?;
    let mut one = find_as_program(conn, deed, case).await?;
    let mut body = serde_json::to_value(&one.body).map_err(|_| super::shape("cases.body"))?;
    if names.strike(&mut body) {
        one.body = serde_json::from_value(body).map_err(|_| super::shape("cases.body"))?;
        // With a new version: a form that is open with the name in it is refused.
        save(conn, deed, &one).await?;
    }
    let rows: [(Sql, Sql, PlaceOf); 2] = [
        (BODIES, SAVE_ENTRY, entries::place),
        (TOLD, SAVE_HANDOVER, handovers::place),
    ];
    for (read, keep, place) in rows {
        for mut row in conn.rows(read, &args![deed.network(), case]).await? {
            let (id, version) = (RowId(row.int(0)?), row.int(1)?);
            let sealed = row.blob(2)?;
            if let Some(sealed) = without(deed, &place(id, version), &sealed, (person, names))? {
                let args = args![deed.network(), id, version, sealed];
                conn.exec_one(keep, &args).await?;
            }
        }
    }
    for mut row in conn.rows(HEADS, &args![deed.network(), case]).await? {
        let id = RowId(row.int(0)?);
        let (place, sealed) = (documents::head_place(id), row.blob(1)?);
        if let Some(sealed) = without(deed, &place, &sealed, (person, names))? {
            conn.exec_one(SAVE_HEAD, &args![deed.network(), id, sealed])
                .await?;
        }
    }
    Ok(())
}

/// The value sealed anew without the names and the id, where they stood in it.
fn without(
    deed: &Deed,
    place: &Place,
    sealed: &[u8],
    (person, names): (PersonId, &Forgotten),
) -> Result<Option<Vec<u8>>, Refusal> {
    let mut value: Value = open(deed, place, sealed)?;
    // Which age was whose is not said beside them: whoever reads the rest of a hand-over needs none.
    let ages = value.get_mut("ages").filter(|ages| **ages != "");
    let aged = ages.map(|ages| *ages = "".into()).is_some();
    let people = value.get_mut("people").and_then(Value::as_array_mut);
    let listed = people.is_some_and(|people| {
        let many = people.len();
        people.retain(|one| *one != person.to_string());
        people.len() < many
    });
    match names.strike(&mut value) || aged || listed {
        true => Ok(Some(close(deed, place, &value)?)),
        false => Ok(None),
    }
}

/// Deletes a case with everything in it. Gives the addresses to which tasks may lead.
pub async fn delete(conn: &mut Conn, deed: &Deed, case: CaseId) -> Result<Vec<String>, Error> {
    let mut links = vec![format!("/cases/{case}"), format!("/cases/{case}/sharing")];
    for row in conn.rows(OFFERS, &args![deed.network(), case]).await? {
        links.push(format!("/handovers/{}", RowId(row.int(0)?)));
    }
    for statement in [PARTS, DOCUMENTS, HANDOVERS, ENTRIES, PEOPLE, LEFT, CASE] {
        conn.exec(statement, &args![deed.network(), case]).await?;
    }
    Ok(links)
}
