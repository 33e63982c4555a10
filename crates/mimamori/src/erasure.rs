//! Erasure: everything of a person goes, in every room, in one transaction.
//!
//! It stands above the rooms because it walks through all of them. A room that keeps anything of a
//! person has one line in `forget_in`; `tests/house/leaving/tables.rs` reads the schema and fails
//! where a table is neither erased nor named with the reason why not.
//!
//! What was erased is also kept as a list beside the master key, outside of the database. A copy
//! from before, put back, meets that list when the program starts: [`keep_in_step`].

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use db::Conn;
use tokio::task::spawn_blocking;

use crate::app::App;
use crate::config::{Config, KeyPlace};
use crate::deed::Deed;
use crate::ids::{NetworkId, PersonId, RowId};
use crate::leaving::{self, Erasure, ListFault, Refusal};
use crate::networks::VaultError;
use crate::people::import::{self, OldNumbers};
use crate::people::twins;
use crate::station::{change, own, signups, supporters, watch};
use crate::{
    audit, board, cases, consultations, desk, exchange, notices, papers, paths, people, renewals,
    tags, tasks,
};

/// What the import of people is handed: whose numbers a roster's are, and who was erased.
pub const ROSTERS: OldNumbers = OldNumbers {
    erased: leaving::ERASED,
    ..tags::ROSTER_NUMBERS
};

/// A roster that somebody is at work on is kept so long at most; until then nobody is erased.
const ROSTER_MS: i64 = 24 * 3_600_000;

/// Why an erasure was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Unerased {
    /// A room refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The list beside the key, or one that was handed in, can't be trusted.
    #[error(transparent)]
    List(#[from] ListFault),
    /// The list beside the key can't be read or written.
    #[error("the list of erasures: {0}")]
    File(#[from] io::Error),
    /// The keys of a town.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Erases everything of the person, room by room. Those above come first: their rows point down.
async fn forget_in(conn: &mut Conn, deed: &Deed, person: PersonId) -> Result<(), Refusal> {
    exchange::forget_files_in(conn, deed).await?;
    board::forget_in(conn, deed, person).await?;
    let tags = tags::list_for_person(conn, deed, person).await?;
    papers::forget_in(conn, deed, person, &tags).await?;
    renewals::forget_in(conn, deed, person).await?;
    signups::forget_in(conn, deed, person).await?;
    // While it is known who they are as a supporter.
    watch::forget_in(conn, deed, person).await?;
    change::forget_in(conn, deed, person).await?;
    own::forget_in(conn, deed, person).await?;
    supporters::forget_in(conn, deed, person).await?;
    paths::forget_in(conn, deed, person).await?;
    notices::forget_in(conn, deed, person).await?;
    consultations::forget_in(conn, deed, person).await?;
    cases::forget_in(conn, deed, person).await?;
    desk::forget_in(conn, deed, person).await?;
    tags::forget_in(conn, deed, person).await?;
    tasks::forget_in(conn, deed, person).await?;
    twins::forget_in(conn, deed, person).await?;
    people::forget_in(conn, deed, person).await?;
    Ok(audit::forget_in(conn, deed, person).await?)
}

/// Erases the records that were merged into the person's, each with a line of its own in the list:
/// in a copy from before the merge they stand by themselves, and a roster may have their names.
async fn forget_merged_in(conn: &mut Conn, deed: &Deed, of: &Erasure) -> Result<(), Refusal> {
    for record in people::list_merged_into(conn, deed, of.person).await? {
        let erasure = Erasure {
            person: record,
            traces: leaving::traces_in(conn, deed, record).await?,
            ..of.clone()
        };
        forget_in(conn, deed, record).await?;
        leaving::note_in(conn, deed, &erasure).await?;
    }
    Ok(())
}

/// Erases every record of the town whose day has come; how many there were.
pub async fn carry_out_due(app: &App, deed: &Deed) -> Result<usize, Unerased> {
    let today = crate::clock::in_japan(deed.now).date();
    let due = leaving::list_due(&mut app.db.read().await?, deed, today).await?;
    let (mut erased, mut failed) = (0, None);
    for leaving in due {
        // One record that does not open keeps nobody else from being erased.
        match carry_out(app, deed, leaving.id, leaving.person).await {
            Ok(done) => erased += usize::from(done),
            Err(refusal) => failed = failed.or(Some(refusal)),
        }
    }
    if erased > 0 {
        app.db.scrub().await?;
        keep_in_step(app, deed, Vec::new()).await?;
    }
    failed.map_or(Ok(erased), |refusal| Err(refusal.into()))
}

/// Erases one record, unless a call about the person or a roster is open: then it waits.
async fn carry_out(app: &App, deed: &Deed, id: RowId, person: PersonId) -> Result<bool, Refusal> {
    import::forget(&app.db, deed, person).await?;
    let deed = deed.clone();
    app.db
        .write(move |conn| {
            Box::pin(async move {
                let Some(leaving) = leaving::take_due_in(conn, &deed, id).await? else {
                    return Ok(false);
                };
                let person = leaving.person;
                let since = deed.at() - ROSTER_MS;
                if desk::is_open_for(conn, &deed, person).await?
                    || import::is_begun(conn, &deed, since).await?
                {
                    return Ok(false);
                }
                let erasure = Erasure {
                    person,
                    at: deed.at(),
                    kind: leaving.kind,
                    traces: leaving::traces_in(conn, &deed, person).await?,
                };
                forget_merged_in(conn, &deed, &erasure).await?;
                forget_in(conn, &deed, person).await?;
                import::forget_since(conn, &deed, deed.at()).await?;
                leaving::end_in(conn, &deed, leaving).await?;
                leaving::note_in(conn, &deed, &erasure).await?;
                Ok(true)
            })
        })
        .await
}

/// Brings the database and the list beside the master key into step: what the list, or `more`,
/// knows and the database does not is erased anew, since the database is a copy from before; what
/// the list lacks is added. Gives how many were erased anew.
pub async fn keep_in_step(app: &App, deed: &Deed, more: Vec<Erasure>) -> Result<usize, Unerased> {
    let path = list_path(&app.config, deed.network());
    let kept = match &path {
        Some(path) => read(path.clone()).await?,
        None => String::new(),
    };
    let mut told = more;
    told.extend(from_text(deed, &kept)?);
    let mut conn = app.db.read().await?;
    let known = leaving::list_erasures(&mut conn, deed).await?;
    drop(conn);
    let mut seen: HashSet<PersonId> = known.iter().map(|one| one.person).collect();
    told.retain(|one| seen.insert(one.person));
    let anew = told.len();
    for erasure in told {
        erase_anew(app, deed, erasure).await?;
    }
    if anew > 0 {
        app.db.scrub().await?;
    }
    if let Some(path) = path {
        let all = leaving::list_erasures(&mut app.db.read().await?, deed).await?;
        let text = leaving::to_list(deed.network(), deed.keys.lasting(), &all);
        if text != kept && !(all.is_empty() && kept.is_empty()) {
            spawn_blocking(move || put(&path, &text))
                .await
                .map_err(io::Error::other)??;
        }
    }
    Ok(anew)
}

/// The erasures of a list; none where it is another town's, or empty.
pub fn from_text(deed: &Deed, text: &str) -> Result<Vec<Erasure>, ListFault> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let list = leaving::from_list(deed.network(), deed.keys.lasting(), text)?;
    Ok(list.unwrap_or_default())
}

async fn erase_anew(app: &App, deed: &Deed, erasure: Erasure) -> Result<(), Refusal> {
    let deed = deed.clone();
    app.db
        .write(move |conn| {
            Box::pin(async move {
                forget_in(conn, &deed, erasure.person).await?;
                import::forget_all(conn, &deed).await?;
                Ok(leaving::note_in(conn, &deed, &erasure).await?)
            })
        })
        .await
}

async fn read(path: PathBuf) -> Result<String, io::Error> {
    let text = spawn_blocking(move || fs::read_to_string(path)).await;
    match text.map_err(io::Error::other)? {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        text => text,
    }
}

/// Written beside, made durable, then put in place.
fn put(path: &Path, text: &str) -> Result<(), io::Error> {
    let beside = path.with_extension("new");
    let mut options = File::options();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

/// Where a town's list of erasures is kept: beside the master key's file. With the key in the
/// environment there is no such place, and backups alone carry it.
pub fn list_path(config: &Config, town: NetworkId) -> Option<PathBuf> {
    match &config.key {
        KeyPlace::File(file) => {
            let folder = file.parent().unwrap_or(Path::new("."));
            Some(folder.join(format!("erasures-{town}.list")))
        }
        KeyPlace::Environment(_) => None,
    }
}
