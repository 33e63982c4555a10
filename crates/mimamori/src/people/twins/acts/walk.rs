//! The walk that keeps the list of pairs: over whoever was changed since it last came by.

use std::collections::BTreeSet;

use db::{Conn, Db};

use super::find::compared;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::Refusal;
use crate::people::twins::rules::{Kept, Pair, PairState, PairWords, compared as becomes};
use crate::people::twins::store;

/// A change is met when it is this old: a change carries the time at which its deed began, and a
/// roster that takes an hour to come in is one deed.
const SETTLED_MS: i64 = 3_600_000;

/// What one step of the walk did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Walked {
    /// People met.
    pub people: u64,
    /// People they were compared with.
    pub compared: u64,
    /// Pairs that were found, or asked about again.
    pub found: u64,
}

/// What is to be written of one pair.
struct Write {
    pair: (PersonId, PersonId),
    score: i32,
    kept: Kept,
}

/// Meets the next people, at most `most`, and keeps how far it is: it can stop anywhere, and two
/// servers that walk at once find the same. Nothing is met where nobody was changed.
pub async fn walk_some(db: &Db, deed: &Deed, most: u32) -> Result<Walked, Refusal> {
    let mut conn = db.read().await?;
    let mark = store::walk::mark(&mut conn, deed).await?;
    let until = deed.at() - SETTLED_MS;
    let met = store::walk::list_changed(&mut conn, deed, mark, until, most).await?;
    let Some(last) = met.last().copied() else {
        return Ok(Walked::default());
    };
    let mut walked = Walked {
        people: met.len() as u64,
        ..Walked::default()
    };
    let ids: BTreeSet<PersonId> = met.iter().map(|mark| PersonId(mark.person)).collect();
    let (mut writes, mut done) = (Vec::new(), BTreeSet::new());
    for (id, identity, contacts) in store::walk::list_compared(&mut conn, deed, &ids).await? {
        let others = compared(&mut conn, deed, Some(id), &identity, &contacts).await?;
        let known = store::pairs::list_of(&mut conn, deed, id).await?;
        // Two who are met in one step are compared once.
        done.insert(id);
        let others = others.into_iter().filter(|other| !done.contains(&other.id));
        for other in others {
            let pair = known.iter().find(|pair| has(pair, other.id));
            walked.compared += 1;
            let kept = becomes(pair, &other.likeness);
            walked.found += u64::from(is_new(pair, &kept));
            writes.push(Write {
                pair: (id, other.id),
                score: other.likeness.sum(),
                kept,
            });
        }
    }
    drop(conn);
    writes.retain(|write| write.kept != Kept::Same);
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            for write in &writes {
                keep(conn, &deed, write).await?;
            }
            store::walk::keep_mark(conn, &deed, last).await
        })
    })
    .await?;
    Ok(walked)
}

fn has(pair: &Pair, other: PersonId) -> bool {
    pair.one == other || pair.two == other
}

fn is_new(pair: Option<&Pair>, kept: &Kept) -> bool {
    let was_open = pair.is_some_and(|pair| pair.state == PairState::Open);
    matches!(kept, Kept::Put(PairState::Open, _)) && !was_open
}

async fn keep(conn: &mut Conn, deed: &Deed, write: &Write) -> Result<(), Refusal> {
    let (a, b) = write.pair;
    match &write.kept {
        Kept::Same => Ok(()),
        Kept::Dropped => store::pairs::remove(conn, deed, a, b).await,
        Kept::Put(state, words) => put(conn, deed, write, *state, words).await,
    }
}

/// What somebody said while the walk compared stays: the next change of either leads here again.
async fn put(
    conn: &mut Conn,
    deed: &Deed,
    write: &Write,
    state: PairState,
    words: &PairWords,
) -> Result<(), Refusal> {
    let (a, b) = write.pair;
    let now = store::pairs::find(conn, deed, a, b).await?;
    match now {
        Some(now) if now.words.levels == words.levels => Ok(()),
        _ => store::pairs::put(conn, deed, (a, b), state, write.score, words).await,
    }
}
