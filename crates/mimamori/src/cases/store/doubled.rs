//! Open cases about the same person: what the head of a center is told of, since whoever began the
//! second may not know of the first.

use db::{Conn, Error, Sql, args, sql};

use crate::deed::Deed;
use crate::ids::{CaseId, CenterId};

// Two that are linked are known to belong together.
macro_rules! pairs {
    ($columns:literal, $rest:literal) => {
        sql(concat!(
            "SELECT ",
            $columns,
            " FROM cases a
             JOIN case_people p ON p.network = a.network AND p.case_id = a.id
             JOIN case_people q ON q.network = p.network AND q.person = p.person
               AND q.case_id <> p.case_id
             JOIN cases b ON b.network = q.network AND b.id = q.case_id
             WHERE a.network = $1 AND a.center = $2 AND a.state = 'open' AND b.state = 'open'
               AND ",
            $rest
        ))
    };
}

const HERE: Sql = pairs!(
    "DISTINCT a.id, a.number, b.id, b.number",
    "b.center = $2 AND b.id > a.id AND NOT EXISTS (SELECT 1 FROM case_entries l
       WHERE l.network = a.network AND l.case_id = a.id AND l.kind = 'link' AND l.state = 'on'
         AND l.other = b.id)
     ORDER BY a.id, b.id LIMIT 100"
);

// Of a case that is for named people another center hears nothing.
const ELSEWHERE: Sql = pairs!(
    "DISTINCT a.id, a.number, b.center",
    "b.center <> $2 AND b.access = 'center' ORDER BY a.id, b.center LIMIT 100"
);

/// Two cases of a center about one person: their ids and numbers.
pub type Pair = [(CaseId, i64); 2];

/// Pairs within a center that nobody has linked.
pub async fn list_doubled(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Vec<Pair>, Error> {
    let rows = conn.rows(HERE, &args![deed.network(), center]).await?;
    let one = |row: db::Row| {
        let first = (CaseId(row.int(0)?), row.int(1)?);
        Ok([first, (CaseId(row.int(2)?), row.int(3)?)])
    };
    rows.into_iter().map(one).collect()
}

/// Cases of a center about somebody whom another center supports, too: id, number, which center.
pub async fn list_elsewhere(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<Vec<(CaseId, i64, CenterId)>, Error> {
    let rows = conn.rows(ELSEWHERE, &args![deed.network(), center]).await?;
    let one = |row: db::Row| Ok((CaseId(row.int(0)?), row.int(1)?, CenterId(row.int(2)?)));
    rows.into_iter().map(one).collect()
}
