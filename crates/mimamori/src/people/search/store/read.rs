//! Statements that read: the dictionary of forms, people by key.
//!
//! A list of values has as many places as the statement; where there are fewer values the last one
//! is repeated, where there are more the statement runs again.

use std::collections::HashSet;

use db::{Conn, Error, Row, Sql, Value, args, sql};

use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::State;

const NEAR_16: Sql = sql("SELECT form FROM name_near WHERE network = $1 AND near IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)");
const NEAR_128: Sql = sql("SELECT form FROM name_near WHERE network = $1 AND near IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
       $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51,
       $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67,
       $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80, $81, $82, $83,
       $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99,
       $100, $101, $102, $103, $104, $105, $106, $107, $108, $109, $110, $111, $112, $113,
       $114, $115, $116, $117, $118, $119, $120, $121, $122, $123, $124, $125, $126, $127,
       $128, $129)");

const FORMS_16: Sql = sql("SELECT form, sealed,
       (SELECT COUNT(*) FROM search_keys s WHERE s.network = f.network AND s.key = f.form)
     FROM name_forms f WHERE f.network = $1 AND f.form IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)");
const FORMS_128: Sql = sql("SELECT form, sealed,
       (SELECT COUNT(*) FROM search_keys s WHERE s.network = f.network AND s.key = f.form)
     FROM name_forms f WHERE f.network = $1 AND f.form IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
       $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51,
       $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67,
       $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80, $81, $82, $83,
       $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99,
       $100, $101, $102, $103, $104, $105, $106, $107, $108, $109, $110, $111, $112, $113,
       $114, $115, $116, $117, $118, $119, $120, $121, $122, $123, $124, $125, $126, $127,
       $128, $129)");

const PEOPLE_16: Sql = sql(
    "SELECT key, person, born FROM search_keys WHERE network = $1 AND key IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
);
const PEOPLE_128: Sql = sql(
    "SELECT key, person, born FROM search_keys WHERE network = $1 AND key IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
       $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51,
       $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67,
       $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80, $81, $82, $83,
       $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99,
       $100, $101, $102, $103, $104, $105, $106, $107, $108, $109, $110, $111, $112, $113,
       $114, $115, $116, $117, $118, $119, $120, $121, $122, $123, $124, $125, $126, $127,
       $128, $129)",
);
const BORN_16: Sql = sql("SELECT key, person, born FROM search_keys
     WHERE network = $1 AND born IN ($2, $3, $4, $5, $6, $7) AND key IN
      ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)");
const BORN_128: Sql = sql("SELECT key, person, born FROM search_keys
     WHERE network = $1 AND born IN ($2, $3, $4, $5, $6, $7) AND key IN
      ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
       $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
       $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56,
       $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72,
       $73, $74, $75, $76, $77, $78, $79, $80, $81, $82, $83, $84, $85, $86, $87, $88,
       $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99, $100, $101, $102, $103,
       $104, $105, $106, $107, $108, $109, $110, $111, $112, $113, $114, $115, $116, $117,
       $118, $119, $120, $121, $122, $123, $124, $125, $126, $127, $128, $129, $130, $131,
       $132, $133, $134, $135)");

/// Whoever stands under one of each of two lists. The engine meets in the middle: asking for every
/// pair of two names of many forms is thousands of questions for the same people.
const BOTH_128: Sql = sql(
    "SELECT person FROM search_keys WHERE network = $1 AND key IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,
       $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53,
       $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70,
       $71, $72, $73, $74, $75, $76, $77, $78, $79, $80, $81, $82, $83, $84, $85, $86, $87,
       $88, $89, $90, $91, $92, $93, $94, $95, $96, $97, $98, $99, $100, $101, $102, $103,
       $104, $105, $106, $107, $108, $109, $110, $111, $112, $113, $114, $115, $116, $117,
       $118, $119, $120, $121, $122, $123, $124, $125, $126, $127, $128, $129)
     INTERSECT SELECT person FROM search_keys WHERE network = $1 AND key IN
      ($130, $131, $132, $133, $134, $135, $136, $137, $138, $139, $140, $141, $142, $143,
       $144, $145, $146, $147, $148, $149, $150, $151, $152, $153, $154, $155, $156, $157,
       $158, $159, $160, $161, $162, $163, $164, $165, $166, $167, $168, $169, $170, $171,
       $172, $173, $174, $175, $176, $177, $178, $179, $180, $181, $182, $183, $184, $185,
       $186, $187, $188, $189, $190, $191, $192, $193, $194, $195, $196, $197, $198, $199,
       $200, $201, $202, $203, $204, $205, $206, $207, $208, $209, $210, $211, $212, $213,
       $214, $215, $216, $217, $218, $219, $220, $221, $222, $223, $224, $225, $226, $227,
       $228, $229, $230, $231, $232, $233, $234, $235, $236, $237, $238, $239, $240, $241,
       $242, $243, $244, $245, $246, $247, $248, $249, $250, $251, $252, $253, $254, $255,
       $256, $257)",
);

const UNDER_ONE: Sql = sql("SELECT person FROM search_keys
     WHERE network = $1 AND (key = $2 OR key = $3) ORDER BY person DESC LIMIT $4");

const STATES_64: Sql = sql(
    "SELECT id, state, merged_into FROM people WHERE network = $1 AND id IN
      ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
       $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51,
       $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65)",
);

/// Birth year tokens a statement takes: three years under two live keys.
pub const YEARS: usize = 6;

/// A form as it is kept.
pub struct SealedForm {
    /// Its token.
    pub form: i64,
    /// The form itself.
    pub sealed: Vec<u8>,
    /// How many people have it.
    pub people: u32,
}

/// Somebody under a key, with the token of the birth year where the key is a name.
pub struct Under {
    /// The key.
    pub key: i64,
    /// Who stands under it.
    pub person: PersonId,
    /// Token of the birth year.
    pub born: Option<i64>,
}

/// The forms near any of the tokens, each once, in the order of their tokens.
pub async fn list_near(conn: &mut Conn, deed: &Deed, near: &[i64]) -> Result<Vec<i64>, Error> {
    let rows = rows(conn, deed, &[], near, NEAR_16, NEAR_128).await?;
    let forms: Result<HashSet<i64>, Error> = rows.iter().map(|row| row.int(0)).collect();
    let mut forms: Vec<i64> = forms?.into_iter().collect();
    forms.sort_unstable();
    Ok(forms)
}

/// The forms of these tokens, still sealed.
pub async fn list_forms(
    conn: &mut Conn,
    deed: &Deed,
    forms: &[i64],
) -> Result<Vec<SealedForm>, Error> {
    let rows = rows(conn, deed, &[], forms, FORMS_16, FORMS_128).await?;
    rows.into_iter().map(sealed_form).collect()
}

fn sealed_form(mut row: Row) -> Result<SealedForm, Error> {
    Ok(SealedForm {
        form: row.int(0)?,
        sealed: row.blob(1)?,
        people: u32::try_from(row.int(2)?).unwrap_or(u32::MAX),
    })
}

/// Everybody under any of the keys; with `years`, only who was born in one of them.
pub async fn list_people(
    conn: &mut Conn,
    deed: &Deed,
    keys: &[i64],
    years: Option<[i64; YEARS]>,
) -> Result<Vec<Under>, Error> {
    let rows = match years {
        Some(years) => rows(conn, deed, &years, keys, BORN_16, BORN_128).await?,
        None => rows(conn, deed, &[], keys, PEOPLE_16, PEOPLE_128).await?,
    };
    let under = |row: &Row| {
        Ok(Under {
            key: row.int(0)?,
            person: PersonId(row.int(1)?),
            born: row.maybe_int(2)?,
        })
    };
    rows.iter().map(under).collect()
}

/// Everybody under a key of each list.
pub async fn list_under_both(
    conn: &mut Conn,
    deed: &Deed,
    ones: &[i64],
    others: &[i64],
) -> Result<HashSet<PersonId>, Error> {
    let mut all = HashSet::new();
    for one in ones.chunks(MANY) {
        for other in others.chunks(MANY) {
            let mut args = vec![Value::from(deed.network())];
            args.extend(filled(one, MANY).map(Value::from));
            args.extend(filled(other, MANY).map(Value::from));
            for row in conn.rows(BOTH_128, &args).await? {
                all.insert(PersonId(row.int(0)?));
            }
        }
    }
    Ok(all)
}

/// At most `most` people under a key, whose tokens under the live town keys are given; the newest.
pub async fn list_under(
    conn: &mut Conn,
    deed: &Deed,
    tokens: &[i64],
    most: u32,
) -> Result<Vec<PersonId>, Error> {
    let Some(newest) = tokens.first().copied() else {
        return Ok(vec![]);
    };
    let older = tokens.get(1).copied().unwrap_or(newest);
    let args = args![deed.network(), newest, older, most];
    let rows = conn.rows(UNDER_ONE, &args).await?;
    rows.iter().map(|row| Ok(PersonId(row.int(0)?))).collect()
}

/// Whether somebody is registered or no longer.
pub struct Stands {
    /// The record.
    pub id: PersonId,
    /// Its state.
    pub state: State,
    /// The record that it was merged into.
    pub merged_into: Option<PersonId>,
}

/// Whether each of these people is registered or no longer.
pub async fn list_states(
    conn: &mut Conn,
    deed: &Deed,
    people: &[PersonId],
) -> Result<Vec<Stands>, Error> {
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let rows = in_parts(conn, deed, &[], &ids, STATES_64, 64).await?;
    let state = |mut row: Row| {
        let state = State::from_code(&row.text(1)?);
        let state = state.ok_or_else(|| Error::Shape("people.state".to_owned()))?;
        Ok(Stands {
            id: PersonId(row.int(0)?),
            state,
            merged_into: row.maybe_int(2)?.map(PersonId),
        })
    };
    rows.into_iter().map(state).collect()
}

const FEW: usize = 16;
const MANY: usize = 128;

async fn rows(
    conn: &mut Conn,
    deed: &Deed,
    before: &[i64],
    values: &[i64],
    few: Sql,
    many: Sql,
) -> Result<Vec<Row>, Error> {
    match values.len() {
        ..=FEW => in_parts(conn, deed, before, values, few, FEW).await,
        _ => in_parts(conn, deed, before, values, many, MANY).await,
    }
}

async fn in_parts(
    conn: &mut Conn,
    deed: &Deed,
    before: &[i64],
    values: &[i64],
    statement: Sql,
    places: usize,
) -> Result<Vec<Row>, Error> {
    let mut all = Vec::new();
    for part in values.chunks(places) {
        let mut args = vec![Value::from(deed.network())];
        args.extend(before.iter().map(|value| Value::from(*value)));
        args.extend(filled(part, places).map(Value::from));
        all.extend(conn.rows(statement, &args).await?);
    }
    Ok(all)
}

/// The values, and the last again until every place is taken.
pub fn filled(part: &[i64], places: usize) -> impl Iterator<Item = i64> + '_ {
    let last = part.last().copied().unwrap_or_default();
    part.iter()
        .copied()
        .chain(std::iter::repeat(last))
        .take(places)
}
