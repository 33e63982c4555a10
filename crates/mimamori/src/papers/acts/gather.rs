//! Whom a run is for, and what stands on the papers of one part.

use db::{Conn, Db};
use press::{Entry, Paper};

use crate::audit::{Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{PersonId, TagId};
use crate::papers::rules::{Job, Ledger, Postcards, Refusal, Stickers, What, entry, postcard};
use crate::people::{self, Identity};
use crate::renewals::{self, Month, Which};
use crate::tags::{self, CarrierKind};

/// Tags looked at in one read.
const SHARE: u32 = 500;

/// For whom, in the order in which they are printed.
pub async fn items(db: &Db, deed: &Deed, job: &Job) -> Result<Vec<String>, Refusal> {
    match &job.what {
        What::Postcards(postcards) => {
            let which = Which {
                month: Month::from_code(&postcards.month).ok_or(Refusal::Nobody)?,
                center: job.center,
                state: renewals::State::from_code(&postcards.state),
            };
            let ids = renewals::list_ids(&mut db.read().await?, deed, which).await?;
            Ok(ids.iter().map(PersonId::to_string).collect())
        }
        What::Ledger(_) => numbers(&mut db.read().await?, deed, job).await,
        What::Stickers(stickers) => faces(db, deed, job, stickers).await,
    }
}

/// Every number in somebody's hands, in the order of the numbers.
async fn numbers(conn: &mut Conn, deed: &Deed, job: &Job) -> Result<Vec<String>, Refusal> {
    let (mut found, mut after) = (Vec::new(), TagId(0));
    loop {
        let tags = tags::list_owned_after(conn, deed, after, SHARE).await?;
        let Some(last) = tags.last() else { break };
        after = last.id;
        for tag in tags {
            let Some(person) = tag.person else { continue };
            let standing = people::find_standing(conn, deed, person).await?;
            let theirs = standing.is_some_and(|standing| {
                let center = job.center.is_none() || standing.center == job.center;
                center && standing.state == people::State::Registered
            });
            if theirs {
                found.push((tag.number.folded(), tag.id.to_string()));
            }
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// One face for each open carrier of the kind, as `number address`.
async fn faces(
    db: &Db,
    deed: &Deed,
    job: &Job,
    stickers: &Stickers,
) -> Result<Vec<String>, Refusal> {
    let kind = CarrierKind::from_code(&stickers.carrier).ok_or(Refusal::Nobody)?;
    let list = tags::take_list(db, deed, stickers.batch).await?;
    let wanted = list
        .iter()
        .filter(|(_, carrier)| carrier.kind == kind && carrier.shut.is_none());
    let faces = wanted.map(|(number, carrier)| {
        format!("{} {}", number.shown(), carrier.address(&job.public_url))
    });
    Ok(faces.collect())
}

/// What one part prints: the paper, a line for each person on it, and who is left out.
pub struct Gathered {
    pub paper: Paper,
    pub lines: Vec<Line>,
    pub lost: Vec<String>,
}

/// Gathers the facts of one part.
pub async fn gather(
    conn: &mut Conn,
    deed: &Deed,
    job: &Job,
    (number, items): (i64, &[String]),
) -> Result<Gathered, Refusal> {
    match &job.what {
        What::Postcards(what) => cards(conn, deed, job, what, (number, items)).await,
        What::Ledger(what) => ledger(conn, deed, job, what, (number, items)).await,
        What::Stickers(what) => Ok(sheets(what, number, items)),
    }
}

async fn cards(
    conn: &mut Conn,
    deed: &Deed,
    job: &Job,
    what: &Postcards,
    (number, items): (i64, &[String]),
) -> Result<Gathered, Refusal> {
    let (mut cards, mut lines, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        let id: PersonId = item.parse().map_err(|_| Refusal::NotFound)?;
        let standing = people::find_standing(conn, deed, id).await?;
        let found = people::find_group::<Identity>(conn, deed, id).await?;
        let (Some(standing), Some(identity)) = (standing, found) else {
            continue;
        };
        if standing.state != people::State::Registered {
            continue;
        }
        lines.push(line(job, id, Fields::IDENTITY));
        let reference = format!("{}-{number}-{:03}", what.month.replace('-', ""), at + 1);
        match postcard(id, &identity.value, reference, &job.public_url) {
            Some(card) => cards.push(card),
            None => lost.push(format!(
                "{} 様：住所の登録がないため、はがきはありません。",
                identity.value.name
            )),
        }
    }
    Ok(Gathered {
        paper: Paper::Postcards(what.paper(cards)),
        lines,
        lost,
    })
}

async fn ledger(
    conn: &mut Conn,
    deed: &Deed,
    job: &Job,
    what: &Ledger,
    (number, items): (i64, &[String]),
) -> Result<Gathered, Refusal> {
    let today = in_japan(deed.now).date();
    let (mut entries, mut lines): (Vec<Entry>, _) = (Vec::new(), Vec::new());
    for item in items {
        let id: TagId = item.parse().map_err(|_| Refusal::NotFound)?;
        let Some(tag) = tags::find(conn, deed, id).await? else {
            continue;
        };
        let Some(person) = tag.person else { continue };
        let Some(view) = people::find_for_desk(conn, deed, person).await? else {
            continue;
        };
        let medical = match what.medical && view.consent.value.medical.holds() {
            true => people::find_medical(conn, deed, person).await?,
            false => None,
        };
        let mut fields = Fields::IDENTITY
            .and(Fields::CONTACTS)
            .and(Fields::FINDER)
            .and(Fields::TAGS);
        if medical.is_some() {
            fields = fields.and(Fields::MEDICAL);
        }
        lines.push(line(job, person, fields));
        let medical = medical.map(|kept| kept.value);
        entries.push(entry(&tag, &view, medical.as_ref(), today));
    }
    Ok(Gathered {
        paper: Paper::Ledger(job.ledger(number, today, entries)),
        lines,
        lost: Vec::new(),
    })
}

/// Nobody's yet: numbers of the stock name nobody, and the list taken for them has its line.
fn sheets(what: &Stickers, number: i64, items: &[String]) -> Gathered {
    Gathered {
        paper: Paper::Stickers(what.paper(number == 1, items)),
        lines: Vec::new(),
        lost: Vec::new(),
    }
}

fn line(job: &Job, person: PersonId, fields: Fields) -> Line {
    let why = match job.purpose.is_empty() {
        true => job.kind().word().to_owned(),
        false => format!("{} 目的: {}", job.kind().word(), job.purpose),
    };
    Line::new(Verb::Printed, Some(person), fields).saying(why)
}
