//! Deeds of the town's own: founding it, drawing areas, setting hours.

mod keys;

pub use keys::{begin_rotation, retire_key};

use db::{Conn, Db, Error};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;
use words::phone::Phone;

use super::rules::{Area, Center, NewTown, Organisation, SpecialDay, Text, Town, Week};
use super::store;
use super::vault::{Vault, VaultError};
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::{Deed, Dice};
use crate::ids::{CenterId, NetworkId, RowId};
use crate::scope::{NoRight, Right, Scope};

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Another town has this name in addresses.
    #[error("another town has this short name")]
    ShortTaken,
    /// Some areas belong to other centers: their lines.
    #[error("some areas belong to another center")]
    AreasTaken(Vec<Area>),
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// Not this town's, or not there.
    #[error("not there")]
    NotFound,
    /// The town's keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database; `Changed` where somebody saved first.
    #[error(transparent)]
    Db(#[from] Error),
}

/// Founds a town: its row, its first key, its first line of audit.
pub async fn found(
    db: &Db,
    vault: &Vault,
    network: NetworkId,
    now: Timestamp,
    dice: Dice,
    town: NewTown,
) -> Result<(), Refusal> {
    let vault = vault.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::find_town_by_short(conn, &town.short)
                .await?
                .is_some()
            {
                return Err(Refusal::ShortTaken);
            }
            let scope = Scope::program(network, "town add");
            store::insert_town(conn, &scope, now, &town).await?;
            let keys = vault
                .add_key(conn, network, 1, now, &mut dice.clone())
                .await?;
            let deed = Deed::new(scope, now, keys, dice, Arc::default());
            Ok(say(conn, &deed, Verb::TownChanged, "町を登録").await?)
        })
    })
    .await
}

/// Writes the audit line of a change to the town.
async fn say(
    conn: &mut Conn,
    deed: &Deed,
    verb: Verb,
    words: impl Into<String>,
) -> Result<(), Error> {
    audit::record(
        conn,
        deed,
        Line::new(verb, None, Fields::NOTHING).saying(words),
    )
    .await
}

/// Keeps the town's settings.
pub async fn change_town(db: &Db, deed: &Deed, town: Town) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::save_town(conn, &deed, &town).await?;
            Ok(say(conn, &deed, Verb::TownChanged, "町の設定を変更").await?)
        })
    })
    .await
}

/// What a center is called, where it is, how it is reached.
#[derive(Clone)]
pub struct CenterCard {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// Its own number by day.
    pub day_phone: Option<Phone>,
    /// Its own number at night.
    pub night_phone: Option<Phone>,
}

/// Adds a center, open on weekdays from 9 to 17 until its hours are set.
pub async fn add_center(db: &Db, deed: &Deed, card: CenterCard) -> Result<CenterId, Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    let id = CenterId(deed.new_id());
    db.write(move |conn| {
        Box::pin(async move {
            store::insert_center(conn, &deed, &with_card(id, card)).await?;
            keep_week(conn, &deed, id, Week::default()).await?;
            say(
                conn,
                &deed,
                Verb::TownChanged,
                format!("センターを追加 {id}"),
            )
            .await?;
            Ok(id)
        })
    })
    .await
}

fn with_card(id: CenterId, card: CenterCard) -> Center {
    Center {
        id,
        name: card.name,
        address: card.address,
        day_phone: card.day_phone,
        night_phone: card.night_phone,
        closed_at: None,
        version: 1,
    }
}

/// Changes a center's card; `version` is the one the form was made from.
pub async fn change_center(
    db: &Db,
    deed: &Deed,
    id: CenterId,
    version: i64,
    card: CenterCard,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = center(conn, &deed, id).await?;
            let closed_at = before.closed_at;
            let after = Center {
                version,
                closed_at,
                ..with_card(id, card)
            };
            store::save_center(conn, &deed, &after).await?;
            Ok(say(
                conn,
                &deed,
                Verb::TownChanged,
                format!("センターを変更 {id}"),
            )
            .await?)
        })
    })
    .await
}

/// Gives a center up, or takes it back; nobody new comes to it while it is given up.
pub async fn close_center(
    db: &Db,
    deed: &Deed,
    id: CenterId,
    closed: Closed,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = center(conn, &deed, id).await?;
            let closed_at = (closed == Closed::Yes).then(|| deed.at());
            store::save_center(
                conn,
                &deed,
                &Center {
                    closed_at,
                    ..before
                },
            )
            .await?;
            let words = format!("センターの{} {id}", closed.word());
            Ok(say(conn, &deed, Verb::TownChanged, words).await?)
        })
    })
    .await
}

/// Whether something is given up or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Given up.
    Yes,
    /// Taken back.
    No,
}

impl Closed {
    const fn word(self) -> &'static str {
        match self {
            Closed::Yes => "利用をやめる",
            Closed::No => "利用を再開",
        }
    }
}

/// The center, if it is this town's.
async fn center(conn: &mut Conn, deed: &Deed, id: CenterId) -> Result<Center, Refusal> {
    let found = store::find_center(conn, &deed.scope, id).await?;
    found.ok_or(Refusal::NotFound)
}

/// Gives a center exactly these areas; those of other centers are refused, all or nothing.
pub async fn draw_areas(
    db: &Db,
    deed: &Deed,
    id: CenterId,
    areas: Vec<Area>,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            center(conn, &deed, id).await?;
            store::remove_areas(conn, &deed, id).await?;
            let taken = taken_areas(conn, &deed, &areas).await?;
            if !taken.is_empty() {
                return Err(Refusal::AreasTaken(taken));
            }
            for area in &areas {
                store::insert_area(conn, &deed, area).await?;
            }
            let words = format!("担当区域を変更 {id}（{}件）", areas.len());
            Ok(say(conn, &deed, Verb::TownChanged, words).await?)
        })
    })
    .await
}

async fn taken_areas(conn: &mut Conn, deed: &Deed, areas: &[Area]) -> Result<Vec<Area>, Error> {
    let mut taken = Vec::new();
    for area in areas {
        taken.extend(store::find_area(conn, &deed.scope, area.kind, &area.key).await?);
    }
    Ok(taken)
}

/// Sets the usual week of a center.
pub async fn set_week(db: &Db, deed: &Deed, id: CenterId, week: Week) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            center(conn, &deed, id).await?;
            store::remove_hours(conn, &deed, id).await?;
            keep_week(conn, &deed, id, week).await?;
            Ok(say(
                conn,
                &deed,
                Verb::TownChanged,
                format!("開所時間を変更 {id}"),
            )
            .await?)
        })
    })
    .await
}

async fn keep_week(conn: &mut Conn, deed: &Deed, id: CenterId, week: Week) -> Result<(), Error> {
    for (weekday, span) in (1..).zip(week.0) {
        if let Some(span) = span {
            store::insert_hours(conn, deed, id, weekday, span).await?;
        }
    }
    Ok(())
}

/// Sets a day that differs from the usual week, instead of what was set for it before.
pub async fn set_day(db: &Db, deed: &Deed, id: CenterId, day: SpecialDay) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            center(conn, &deed, id).await?;
            store::remove_day(conn, &deed, id, day.day).await?;
            store::insert_day(conn, &deed, id, &day).await?;
            let words = format!("特別な日を設定 {id} {}", day.day);
            Ok(say(conn, &deed, Verb::TownChanged, words).await?)
        })
    })
    .await
}

/// Makes a day usual again.
pub async fn unset_day(db: &Db, deed: &Deed, id: CenterId, day: Date) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if store::remove_day(conn, &deed, id, day).await? == 0 {
                return Err(Refusal::NotFound);
            }
            let words = format!("特別な日を取り消し {id} {day}");
            Ok(say(conn, &deed, Verb::TownChanged, words).await?)
        })
    })
    .await
}

/// Adds an organisation to the directory; its id, version and state are set here.
pub async fn add_organisation(
    db: &Db,
    deed: &Deed,
    organisation: Organisation,
) -> Result<RowId, Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    let id = RowId(deed.new_id());
    db.write(move |conn| {
        Box::pin(async move {
            let organisation = Organisation { id, ..organisation };
            store::insert_organisation(conn, &deed, &organisation).await?;
            say(
                conn,
                &deed,
                Verb::TownChanged,
                format!("関係機関を追加 {id}"),
            )
            .await?;
            Ok(id)
        })
    })
    .await
}

/// Changes an organisation, takes it out of the directory or back into it.
pub async fn change_organisation(
    db: &Db,
    deed: &Deed,
    organisation: Organisation,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = store::find_organisation(conn, &deed.scope, organisation.id).await?;
            before.ok_or(Refusal::NotFound)?;
            store::save_organisation(conn, &deed, &organisation).await?;
            let words = format!("関係機関を変更 {}", organisation.id);
            Ok(say(conn, &deed, Verb::TownChanged, words).await?)
        })
    })
    .await
}

/// Keeps an organisation as a list brings it, within the caller's transaction: a new one, or one upon
/// the version that was read.
pub async fn bring_organisation_in(
    conn: &mut Conn,
    deed: &Deed,
    of: Organisation,
    is_new: bool,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    if is_new {
        store::insert_organisation(conn, deed, &of).await?;
    }
    if !is_new || of.closed_at.is_some() {
        store::save_organisation(conn, deed, &of).await?;
    }
    let words = format!("関係機関を一覧から取り込み {}", of.id);
    Ok(say(conn, deed, Verb::TownChanged, words).await?)
}

/// The same of a center; a new one has the usual hours.
pub async fn bring_center_in(
    conn: &mut Conn,
    deed: &Deed,
    of: Center,
    is_new: bool,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    if is_new {
        store::insert_center(conn, deed, &of).await?;
        keep_week(conn, deed, of.id, Week::default()).await?;
    }
    if !is_new || of.closed_at.is_some() {
        store::save_center(conn, deed, &of).await?;
    }
    let words = format!("センターを一覧から取り込み {}", of.id);
    Ok(say(conn, deed, Verb::TownChanged, words).await?)
}

/// Keeps the town's own words; empty words go back to the default. `version` is the one the
/// form was made from, 0 for the default.
pub async fn change_words(
    db: &Db,
    deed: &Deed,
    text: Text,
    words: String,
    version: i64,
) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            match (words.is_empty(), version) {
                (true, 0) => {}
                (true, _) => store::remove_words(conn, &deed, text, version).await?,
                (false, 0) => store::insert_words(conn, &deed, text, &words).await?,
                (false, _) => store::save_words(conn, &deed, text, &words, version).await?,
            }
            let line = format!("文面を変更 {}", text.code());
            Ok(say(conn, &deed, Verb::TownChanged, line).await?)
        })
    })
    .await
}
