//! A sheet comes back: what was read is kept until somebody confirms the whole of it.

use db::{Conn, Db};

use super::words;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses;
use crate::station::door::{self, Coming, Outcome, Part, Way, Who};
use crate::station::rolls::rules::{Reading, Refusal, Sheet, State};
use crate::station::rolls::store;

/// What somebody confirms of a sheet.
#[derive(Clone)]
pub struct Confirmed {
    /// Row and column of every box that counts as marked.
    pub marked: Vec<(usize, usize)>,
    /// Names that stand on free lines.
    pub others: Vec<String>,
    /// Everybody who came is written down now.
    pub ends: bool,
}

/// Keeps what was read of a sheet; a second photo takes the first one's place.
pub async fn take_in(db: &Db, deed: &Deed, sheet: RowId, reading: Reading) -> Result<(), Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut sheet = store::find(conn, &deed, sheet).await?;
            if sheet.state == State::Taken {
                return Err(Refusal::Taken);
            }
            sheet.state = State::Read;
            sheet.at = deed.now;
            sheet.reading = Some(reading);
            store::save(conn, &deed, &sheet).await?;
            say(conn, &deed, &sheet, "読み取り").await
        })
    })
    .await
}

/// Takes down who came, once; gives the day and how many were written down anew.
pub async fn confirm(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
    confirmed: Confirmed,
) -> Result<(RowId, usize), Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut sheet = store::find(conn, &deed, id).await?;
            match (sheet.state, &sheet.reading) {
                (State::Taken, _) => return Err(Refusal::Taken),
                (_, None) => return Err(Refusal::Unread),
                _ if sheet.version != version => return Err(Refusal::Changed),
                _ => {}
            }
            let new = write_down(conn, &deed, &sheet, &confirmed).await?;
            if confirmed.ends {
                let day = courses::find_day(conn, &deed, sheet.day).await?;
                door::end_in(conn, &deed, &day).await?;
            }
            sheet.state = State::Taken;
            sheet.at = deed.now;
            sheet.reading = None;
            store::save(conn, &deed, &sheet).await?;
            say(conn, &deed, &sheet, "確認して記録").await?;
            Ok((sheet.day, new))
        })
    })
    .await
}

async fn write_down(
    conn: &mut Conn,
    deed: &Deed,
    sheet: &Sheet,
    confirmed: &Confirmed,
) -> Result<usize, Refusal> {
    let mut all = Vec::new();
    for (row, column) in &confirmed.marked {
        let of = sheet.order.rows.get(*row).ok_or(Refusal::NotFound)?;
        let part = sheet.order.part(*column).ok_or(Refusal::NotFound)?;
        let who = match (of.signup, of.supporter) {
            (Some(signup), _) => Who::Signup(signup),
            (None, Some(supporter)) => Who::Supporter(supporter),
            (None, None) => return Err(Refusal::NotFound),
        };
        all.push((part, who));
    }
    let others = confirmed.others.iter().cloned();
    all.extend(others.map(|name| (Part::Participant, Who::WalkIn(name))));
    let mut new = 0;
    for (part, who) in all {
        let coming = Coming {
            day: sheet.day,
            part,
            way: Way::Paper,
            nonce: deed.new_id(),
        };
        match door::come_in(conn, deed, coming, who).await?.outcome {
            Outcome::In => new += 1,
            Outcome::Already => {}
            Outcome::TooMany => return Err(Refusal::TooMany),
            _ => return Err(Refusal::NotHeld),
        }
    }
    Ok(new)
}

async fn say(conn: &mut Conn, deed: &Deed, sheet: &Sheet, done: &str) -> Result<(), Refusal> {
    let day = courses::find_day(conn, deed, sheet.day).await?;
    let line = Line::new(Verb::CheckedIn, None, Fields::NOTHING);
    Ok(audit::record(conn, deed, line.saying(words(&day, sheet.page, done))).await?)
}
