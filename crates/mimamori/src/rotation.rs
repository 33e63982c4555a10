//! Rotation: everything of a town that is sealed or found by a token moves to the town's newest key.
//!
//! It stands above the rooms because it walks through all of them, a few rows a transaction. How
//! far it is, is kept in the transaction that goes so far: whoever is interrupted begins again and
//! goes on. When the walk has ended, everything is walked once more; only when that finds nothing
//! under the older key is the older key retired and overwritten (docs/decisions/0002).

use std::time::Duration;

use db::Conn;

use crate::app::App;
use crate::deed::{Deed, Moved, Unmoved};
use crate::ids::NetworkId;
use crate::networks::{self, BELIEVED, VaultError};
use crate::paths::{checklists, referrals, steps};
use crate::people::{import, search, twins, views};
use crate::routes::TIME_LIMIT;
use crate::station::{change, courses, door, rolls, signups, supporters, voices, vouchers, watch};
use crate::{
    audit, board, cases, consultations, desk, exchange, leaving, notices, papers, people, renewals,
    staff, tags, tasks,
};

/// So long after a new key is made, nobody writes with the older one any more: every server asks
/// for the keys anew within `BELIEVED`, clocks may differ by as much, and a request that began
/// with the older key has ended after `TIME_LIMIT`. Only an import may go on longer: see
/// [`Unrotated::Importing`].
pub const SETTLING: Duration = BELIEVED.saturating_mul(2).saturating_add(TIME_LIMIT);

/// An import that has written nothing for an hour has been given up.
const IMPORT_MS: i64 = 3_600_000;

/// Walks over everything after which the rotation asks what still writes with the older key.
const MOST_CHECKS: u32 = 5;

/// How often a step is tried that somebody else's saving came between.
const TRIES: u32 = 10;

/// Why a rotation did not end.
#[derive(Debug, thiserror::Error)]
pub enum Unrotated {
    /// A row that does not open: in which part, after which row.
    #[error("a row of '{0}' after {1} does not open: {2}")]
    Row(&'static str, i64, seal::SealError),
    /// A roster is being taken in, perhaps with the older key.
    #[error("a roster is being taken in")]
    Importing,
    /// Something goes on writing with the older key.
    #[error("something still writes with the older key")]
    StillWritten,
    /// The town's keys.
    #[error(transparent)]
    Keys(#[from] networks::Refusal),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<VaultError> for Unrotated {
    fn from(error: VaultError) -> Unrotated {
        Unrotated::Keys(error.into())
    }
}

/// What is walked, in this order: what people are found under leaves its older keys behind only
/// when everybody has moved, and the audit goes last since every step before may add a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Staff,
    People,
    Openings,
    Views,
    Twins,
    Merges,
    Forms,
    Imports,
    Batches,
    Tags,
    Tasks,
    Desk,
    Notices,
    Checklists,
    Consultations,
    Strangers,
    Cases,
    Paths,
    Referrals,
    CourseSeries,
    CourseDays,
    CourseVoices,
    Supporters,
    SignUps,
    Attendances,
    Observations,
    RhythmConsents,
    ChangeLines,
    Vouchers,
    RollSheets,
    ListFiles,
    Renewals,
    Leaving,
    Board,
    Papers,
    Audit,
}

const PARTS: [(Part, &str); 36] = [
    (Part::Staff, "staff"),
    (Part::People, "people"),
    (Part::Openings, "openings"),
    (Part::Views, "views"),
    (Part::Twins, "twins"),
    (Part::Merges, "merges"),
    (Part::Forms, "forms"),
    (Part::Imports, "imports"),
    (Part::Batches, "batches"),
    (Part::Tags, "tags"),
    (Part::Tasks, "tasks"),
    (Part::Desk, "desk"),
    (Part::Notices, "notices"),
    (Part::Checklists, "checklists"),
    (Part::Consultations, "consultations"),
    (Part::Strangers, "strangers"),
    (Part::Cases, "cases"),
    (Part::Paths, "paths"),
    (Part::Referrals, "referrals"),
    (Part::CourseSeries, "course series"),
    (Part::CourseDays, "course days"),
    (Part::CourseVoices, "course voices"),
    (Part::Supporters, "supporters"),
    (Part::SignUps, "sign-ups"),
    (Part::Attendances, "attendances"),
    (Part::Observations, "observations"),
    (Part::RhythmConsents, "rhythm consents"),
    (Part::ChangeLines, "change lines"),
    (Part::Vouchers, "vouchers"),
    (Part::RollSheets, "roll sheets"),
    (Part::ListFiles, "list files"),
    (Part::Renewals, "renewals"),
    (Part::Leaving, "leaving"),
    (Part::Board, "board"),
    (Part::Papers, "papers"),
    (Part::Audit, "audit"),
];

/// What is kept as the part once every part was walked.
const CHECK: &str = "check";

impl Part {
    async fn step(self, conn: &mut Conn, deed: &Deed, after: i64) -> Result<Moved, Unmoved> {
        match self {
            Part::Staff => staff::reseal_some(conn, deed, after).await,
            Part::People => people::reseal_some(conn, deed, after).await,
            Part::Openings => people::reseal_openings(conn, deed).await,
            Part::Views => views::reseal_some(conn, deed, after).await,
            Part::Twins => twins::reseal_some(conn, deed, after).await,
            Part::Merges => twins::reseal_merges(conn, deed, after).await,
            Part::Forms => search::forget_older(conn, deed, after).await,
            Part::Imports => import::reseal_some(conn, deed, after).await,
            Part::Batches => tags::reseal_batches(conn, deed, after).await,
            Part::Tags => tags::reseal_some(conn, deed, after).await,
            Part::Tasks => tasks::reseal_some(conn, deed, after).await,
            Part::Desk => desk::reseal_some(conn, deed, after).await,
            Part::Notices => notices::reseal_some(conn, deed, after).await,
            Part::Checklists => checklists::reseal_some(conn, deed, after).await,
            Part::Consultations => consultations::reseal_some(conn, deed, after).await,
            Part::Strangers => consultations::reseal_strangers(conn, deed, after).await,
            Part::Cases => cases::reseal_some(conn, deed, after).await,
            Part::Paths => steps::reseal_some(conn, deed, after).await,
            Part::Referrals => referrals::reseal_some(conn, deed, after).await,
            Part::CourseSeries => courses::reseal_series(conn, deed, after).await,
            Part::CourseDays => courses::reseal_days(conn, deed, after).await,
            Part::CourseVoices => voices::reseal(conn, deed, after).await,
            Part::Supporters => supporters::reseal_supporters(conn, deed, after).await,
            Part::SignUps => signups::reseal_signups(conn, deed, after).await,
            Part::Attendances => door::reseal_attendances(conn, deed, after).await,
            Part::Observations => watch::reseal_some(conn, deed, after).await,
            Part::RhythmConsents => change::reseal_consents(conn, deed, after).await,
            Part::ChangeLines => change::reseal_lines(conn, deed, after).await,
            Part::Vouchers => vouchers::reseal(conn, deed, after).await,
            Part::RollSheets => rolls::reseal_sheets(conn, deed, after).await,
            Part::ListFiles => exchange::reseal_files(conn, deed, after).await,
            Part::Renewals => renewals::reseal_some(conn, deed, after).await,
            Part::Leaving => leaving::reseal_some(conn, deed, after).await,
            Part::Board => board::reseal_some(conn, deed, after).await,
            Part::Papers => papers::reseal_some(conn, deed, after).await,
            Part::Audit => audit::reseal_some(conn, deed, after).await,
        }
    }
}

/// A rotation on its way.
pub struct Rotation {
    app: App,
    network: NetworkId,
    older: u32,
    newest: u32,
    /// Into [`PARTS`]; beyond its end everything was walked.
    part: usize,
    after: i64,
    check: Option<Check>,
}

/// A walk over everything that looks for what is left.
struct Check {
    number: u32,
    found: u64,
}

impl Rotation {
    /// Adds the next key to the town, or goes on where an earlier rotation stopped. Wait
    /// [`SETTLING`] before the first step.
    pub async fn begin(app: &App, network: NetworkId) -> Result<Rotation, Unrotated> {
        let deed = deed(app, network).await?;
        let (older, newest) = networks::begin_rotation(&app.db, &app.vault, &deed).await?;
        let mut conn = app.db.read().await?;
        app.vault.read(&mut conn, network, app.now()).await?;
        let (part, after) = match networks::find_move(&mut conn, &deed, newest).await? {
            Some((code, after)) => (position(&code), after),
            None => (0, 0),
        };
        Ok(Rotation {
            app: app.clone(),
            network,
            older,
            newest,
            part,
            after,
            check: None,
        })
    }

    /// The version that everything is sealed with in the end.
    pub fn newest(&self) -> u32 {
        self.newest
    }

    /// Seals the next rows anew, in one transaction that also keeps how far this is. Gives how many
    /// there were; nothing when a whole walk has found none.
    pub async fn step(&mut self) -> Result<Option<u64>, Unrotated> {
        let Some((part, code)) = PARTS.get(self.part).copied() else {
            return self.next_check().await;
        };
        let moved = self.try_step(part, code).await?;
        (self.part, self.after) = beyond(self.part, &moved);
        if let Some(check) = &mut self.check {
            check.found += moved.rows;
        }
        Ok(Some(moved.rows))
    }

    async fn try_step(&self, part: Part, code: &'static str) -> Result<Moved, Unrotated> {
        let mut tries = 1;
        loop {
            let deed = deed(&self.app, self.network).await?;
            match self.one_step(part, deed).await {
                Err(Unmoved::Db(db::Error::Changed)) if tries < TRIES => tries += 1,
                Err(Unmoved::Db(error)) => return Err(error.into()),
                Err(Unmoved::Seal(why)) => return Err(Unrotated::Row(code, self.after, why)),
                Ok(moved) => return Ok(moved),
            }
        }
    }

    async fn one_step(&self, part: Part, deed: Deed) -> Result<Moved, Unmoved> {
        let (here, after, newest) = (self.part, self.after, self.newest);
        let keeps = self.check.is_none();
        let write = self.app.db.write(move |conn| {
            Box::pin(async move {
                let moved = part.step(conn, &deed, after).await?;
                if keeps {
                    let (part, after) = beyond(here, &moved);
                    networks::put_move(conn, &deed, newest, code_at(part), after).await?;
                }
                Ok(moved)
            })
        });
        write.await
    }

    /// Begins the next walk over everything, unless the last one found nothing.
    async fn next_check(&mut self) -> Result<Option<u64>, Unrotated> {
        let number = match &self.check {
            Some(Check { found: 0, .. }) => return Ok(None),
            Some(check) if check.number == MOST_CHECKS => return Err(Unrotated::StillWritten),
            Some(check) => check.number + 1,
            None => 1,
        };
        self.refuse_imports().await?;
        (self.part, self.after) = (0, 0);
        self.check = Some(Check { number, found: 0 });
        Ok(Some(0))
    }

    async fn refuse_imports(&self) -> Result<(), Unrotated> {
        let deed = deed(&self.app, self.network).await?;
        let mut conn = self.app.db.read().await?;
        match import::count_taking(&mut conn, &deed, deed.at() - IMPORT_MS).await? {
            0 => Ok(()),
            _ => Err(Unrotated::Importing),
        }
    }

    /// Retires the older key, after [`step`](Self::step) has found nothing more. Gives its version.
    pub async fn retire(self) -> Result<u32, Unrotated> {
        let Some(Check { found: 0, .. }) = self.check else {
            return Err(Unrotated::StillWritten);
        };
        let deed = deed(&self.app, self.network).await?;
        let (db, vault) = (&self.app.db, &self.app.vault);
        let made = networks::key_made_at(&mut db.read().await?, &deed, self.newest).await?;
        staff::forget_tries(db, &deed, made).await?;
        networks::retire_key(db, vault, &deed, self.older).await?;
        Ok(self.older)
    }
}

async fn deed(app: &App, network: NetworkId) -> Result<Deed, VaultError> {
    app.program_deed(network, "keys rotate").await
}

/// Where the walk is after a step: in the same part, or at the beginning of the next.
fn beyond(part: usize, moved: &Moved) -> (usize, i64) {
    match moved.next {
        Some(after) => (part, after),
        None => (part + 1, 0),
    }
}

fn code_at(part: usize) -> &'static str {
    PARTS.get(part).map_or(CHECK, |(_, code)| code)
}

fn position(code: &str) -> usize {
    let found = PARTS.iter().position(|(_, of)| *of == code);
    found.unwrap_or(PARTS.len())
}
