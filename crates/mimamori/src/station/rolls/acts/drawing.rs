//! A roll is drawn up: its sheets get their codes, and who stands where is kept.

use db::{Conn, Db};

use super::words;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, RowId};
use crate::people::coded;
use crate::scope::Right;
use crate::station::courses::{self, CourseDay};
use crate::station::door::Part;
use crate::station::rolls::rules::{
    FREE, MOST_ROWS, Order, ROWS, Refusal, Row, Sheet, State, columns,
};
use crate::station::rolls::store;
use crate::station::{signups, supporters};

coded! {
    /// Who stands on a roll.
    Whom {
        /// Whoever signed up.
        SignedUp "signed_up" "申し込んだ方",
        /// Every supporter, for a day to which one comes without signing up.
        Supporters "supporters" "サポーター全員",
    }
}

/// A sheet with the names for its rows, to be printed.
pub struct Drawn {
    /// The sheet.
    pub sheet: Sheet,
    /// Name and reading, from above.
    pub names: Vec<(String, String)>,
}

/// Somebody for a row.
struct Listed {
    row: Row,
    name: String,
    kana: String,
    person: Option<PersonId>,
}

/// Draws up a roll of a day. That names are printed is said before they are.
pub async fn draw_up(
    db: &Db,
    deed: &Deed,
    day: RowId,
    whom: Whom,
) -> Result<(CourseDay, Vec<Drawn>), Refusal> {
    deed.scope.need(Right::Door)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let day = courses::find_day(conn, &deed, day).await?;
            let all = listed(conn, &deed, &day, whom).await?;
            match all.len() {
                0 => return Err(Refusal::Nobody),
                some if some > MOST_ROWS => return Err(Refusal::TooMany),
                _ => courses::pin_day(conn, &deed, day.id).await?,
            }
            let mut drawn = Vec::new();
            for (at, some) in all.chunks(ROWS).enumerate() {
                drawn.push(sheet(conn, &deed, &day, at, some).await?);
            }
            let said = words(&day, drawn.len() as i64, "印刷");
            let line = Line::new(Verb::Printed, None, Fields::NOTHING).saying(said);
            audit::record(conn, &deed, line).await?;
            for person in all.iter().filter_map(|one| one.person) {
                let line = Line::new(Verb::Printed, Some(person), Fields::NOTHING);
                audit::record(conn, &deed, line.saying("講座の紙の出席表")).await?;
            }
            Ok((day, drawn))
        })
    })
    .await
}

async fn sheet(
    conn: &mut Conn,
    deed: &Deed,
    day: &CourseDay,
    at: usize,
    some: &[Listed],
) -> Result<Drawn, Refusal> {
    let parts = columns(day).into_iter().map(Part::code);
    let sheet = Sheet {
        id: RowId(deed.new_id()),
        day: day.id,
        page: at as i64 + 1,
        state: State::Printed,
        at: deed.now,
        order: Order {
            rows: some.iter().map(|one| one.row).collect(),
            parts: parts.map(str::to_owned).collect(),
            free: FREE,
            first: at * ROWS + 1,
        },
        reading: None,
        version: 1,
    };
    store::insert(conn, deed, &sheet).await?;
    let names = some.iter().map(|one| (one.name.clone(), one.kana.clone()));
    Ok(Drawn {
        names: names.collect(),
        sheet,
    })
}

async fn listed(
    conn: &mut Conn,
    deed: &Deed,
    day: &CourseDay,
    whom: Whom,
) -> Result<Vec<Listed>, Refusal> {
    let mut all = Vec::new();
    match whom {
        Whom::SignedUp => {
            let most = MOST_ROWS as i64 + 1;
            let state = signups::State::In;
            for one in signups::list_of_day(conn, deed, day.id, state, most).await? {
                all.push(signed_up(conn, deed, one).await?);
            }
        }
        Whom::Supporters => {
            let today = in_japan(deed.now).date();
            let standing = supporters::list(conn, deed).await?.into_iter();
            all.extend(
                standing
                    .filter(|one| one.terms.has(today))
                    .map(|one| Listed {
                        row: Row {
                            signup: None,
                            supporter: Some(one.id),
                        },
                        name: one.details.name,
                        kana: one.details.kana,
                        person: one.person,
                    }),
            );
        }
    }
    all.sort_by(|one, other| (&one.kana, &one.name).cmp(&(&other.kana, &other.name)));
    Ok(all)
}

async fn signed_up(conn: &mut Conn, deed: &Deed, one: signups::Signup) -> Result<Listed, Refusal> {
    let row = Row {
        signup: Some(one.id),
        supporter: one.who.supporter(),
    };
    Ok(match one.who {
        signups::Who::Guest(guest) => Listed {
            row,
            name: guest.name,
            kana: guest.kana,
            person: None,
        },
        signups::Who::Supporter(id) => {
            let own = supporters::find(conn, deed, id).await?;
            Listed {
                row,
                name: own.details.name,
                kana: own.details.kana,
                person: own.person,
            }
        }
    })
}
