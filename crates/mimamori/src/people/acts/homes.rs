//! How far the drawn areas reach: whom each line finds, whom none does, and giving those a center whom a
//! line finds by now.

use std::collections::HashMap;

use db::{Conn, Db};

use super::standing::{SET, keep};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::networks::{self, Hit, Lines};
use crate::people::rules::{Identity, Refusal};
use crate::people::store;
use crate::scope::Right;

/// Opened at a time, so that others are served in between.
const STEP: u32 = 500;

/// Given a center in one transaction.
const AT_ONCE: usize = 200;

/// Given a center in one go: 100 of them take about a second.
pub const MOST_SETTLED: usize = 2_000;

/// A place that fewer than so many unreached people share is not named: a line that somebody wrote
/// where the address belongs may be anything, also a name.
const LEAST_NAMED: i64 = 3;

/// Whom the lines of a town find.
pub struct Reach {
    /// The lines.
    pub lines: Lines,
    /// How many people each finds.
    pub found: HashMap<Hit, i64>,
    /// How many stand under no center and are found by no line.
    pub lost: i64,
    /// Where those live: 町丁目 that several share, the most first.
    pub places: Vec<(String, i64)>,
    /// Who stands under no center though a line finds them by now.
    pub waiting: Vec<PersonId>,
}

/// Goes through everybody who is registered; nothing of anybody leaves but the count.
pub async fn reach(conn: &mut Conn, deed: &Deed) -> Result<Reach, Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let mut reach = Reach {
        lines: networks::read_lines(conn, &deed.scope).await?,
        found: HashMap::new(),
        lost: 0,
        places: Vec::new(),
        waiting: Vec::new(),
    };
    let (mut places, mut after) = (HashMap::<String, i64>::new(), PersonId(0));
    loop {
        let homes = store::list_homes_after(conn, deed, after, STEP).await?;
        let Some(last) = homes.last() else { break };
        after = last.id;
        for home in &homes {
            match (find(&reach.lines, &home.identity), home.center) {
                (Some(hit), center) => {
                    *reach.found.entry(hit).or_default() += 1;
                    reach.waiting.extend(center.is_none().then_some(home.id));
                }
                (None, Some(_)) => {}
                (None, None) => {
                    reach.lost += 1;
                    let address = home.identity.address.as_ref();
                    let block = address.map(|address| address.town_block());
                    *places.entry(block.unwrap_or_default()).or_default() += 1;
                }
            }
        }
    }
    places.retain(|place, people| !place.is_empty() && *people >= LEAST_NAMED);
    reach.places = places.into_iter().collect();
    reach
        .places
        .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(reach)
}

fn find(lines: &Lines, identity: &Identity) -> Option<Hit> {
    lines.find(identity.address.as_ref(), identity.postcode)
}

/// Gives those a center whom a line finds by now and who have none; how many, at most so many at once.
pub async fn settle(db: &Db, deed: &Deed) -> Result<usize, Refusal> {
    let found = reach(&mut db.read().await?, deed).await?;
    let mut settled = 0;
    let waiting = found.waiting.get(..MOST_SETTLED).unwrap_or(&found.waiting);
    for some in waiting.chunks(AT_ONCE) {
        let (deed, some) = (deed.clone(), some.to_vec());
        settled += db
            .write(move |conn| Box::pin(async move { settle_in(conn, &deed, some).await }))
            .await?;
    }
    Ok(settled)
}

async fn settle_in(conn: &mut Conn, deed: &Deed, some: Vec<PersonId>) -> Result<usize, Refusal> {
    let lines = networks::read_lines(conn, &deed.scope).await?;
    let mut settled = 0;
    for id in some {
        // Somebody may have given them a center meanwhile, or erased them.
        let (Some(before), Some(identity)) = (
            store::find_standing(conn, deed, id).await?,
            store::find_group::<Identity>(conn, deed, id).await?,
        ) else {
            continue;
        };
        let identity = identity.value;
        let mut after = before.clone();
        after.center = lines.center_of(identity.address.as_ref(), identity.postcode);
        if before.center.is_none() && after.center.is_some() {
            let words = "担当区域から担当センターを決定";
            keep(conn, deed, id, (&before, &after), (SET, words)).await?;
            settled += 1;
        }
    }
    Ok(settled)
}
