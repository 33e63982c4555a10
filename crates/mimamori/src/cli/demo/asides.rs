//! What else a center meets: questionnaires of several years, referrals, a record that stands twice,
//! a look that the head asks about, a drill.

use super::Failure;
use super::stage::{Stage, unexpected};
use super::town::HELPERS;
use crate::board;
use crate::ids::{PersonId, RowId};
use crate::paths::checklists::{self, Answers, Sheet, Way};
use crate::paths::referrals::{self, Chooser, New, Offering, Service};
use crate::people::{self, Draft, Identity, twins};
use crate::staff;
use crate::tags;

pub(super) async fn add(stage: &Stage<'_>) -> Result<(), Failure> {
    questionnaires(stage).await?;
    refer(stage).await?;
    twice(stage, "00032", true).await?;
    twice(stage, "00036", false).await?;
    look(stage).await?;
    contractor(stage).await?;
    drill(stage).await
}

/// Three years of 吉川 清さん, a little worse each year; the last with a question left open.
async fn questionnaires(stage: &Stage<'_>) -> Result<(), Failure> {
    let person = stage.person("00013").await?;
    let rows = [
        (Sheet::Kihon, "1111122122201112212222222", 744),
        (Sheet::Kihon, "1111121121202112212222122", 380),
        (Sheet::Kihon, "1211111111202111212212120", 15),
        (Sheet::Kouki, "322121112211111", 15),
    ];
    for (sheet, row, ago) in rows {
        filled(stage, person, sheet, (row, ago)).await?;
    }
    Ok(())
}

async fn filled(
    stage: &Stage<'_>,
    person: PersonId,
    sheet: Sheet,
    (row, ago): (&str, i64),
) -> Result<(), Failure> {
    let (db, deed) = (
        &stage.app.db,
        stage.deed(stage.staff.nurse, (15, 11)).await?,
    );
    let begun = checklists::begin(db, &deed, person, sheet, Way::Paper).await;
    let id = begun.map_err(unexpected)?;
    let mut answers = Answers::default();
    for (number, digit) in (1u8..).zip(row.bytes()) {
        answers.choose(sheet, number, digit.saturating_sub(b'0'));
    }
    if sheet == Sheet::Kihon {
        (answers.height, answers.weight) = (Some(1_628), Some(541));
    }
    let saved = checklists::save(db, &deed, id, 1, stage.day(ago), answers).await;
    saved.map(drop).map_err(unexpected)
}

/// What the helpers of the town offer, and some who chose among them.
async fn refer(stage: &Stage<'_>) -> Result<(), Failure> {
    let db = &stage.app.db;
    let program = stage.program((150, 9)).await?;
    let mut offered = Vec::new();
    for ((name, _, service, places, sponsor), organisation) in
        HELPERS.into_iter().zip(&stage.places.helpers)
    {
        let offering = Offering {
            organisation: *organisation,
            name: name.to_owned(),
            since: sponsor.then(|| stage.day(400)),
            until: None,
            places: vec![(service, places)],
            version: 0,
        };
        let kept = referrals::keep_organisation(db, &program, offering).await;
        kept.map_err(unexpected)?;
        if service == Service::Manager {
            offered.push(*organisation);
        }
    }
    for (at, number) in (0..).zip(12..30) {
        let person = stage.person(&format!("{number:05}")).await?;
        let of_center = people::find_standing(&mut db.read().await?, &program, person).await;
        let center = of_center.map_err(unexpected)?.and_then(|of| of.center);
        if center != Some(stage.places.center) {
            continue;
        }
        let new = New {
            service: Service::Manager,
            chosen: chosen(&offered, at)?,
            offered: offered.clone(),
            on: stage.day(100 - 5 * at),
            by: Chooser::Person,
            words: String::new(),
        };
        let ago = 100 - 5 * at;
        let deed = stage.deed(stage.staff.nurse, (ago, 15)).await?;
        let made = referrals::refer(db, &deed, person, new).await;
        made.map_err(unexpected)?;
    }
    Ok(())
}

fn chosen(offered: &[RowId], at: i64) -> Result<RowId, Failure> {
    let at = usize::try_from(at * 5 % 7).unwrap_or_default() % offered.len().max(1);
    let of = offered.get(at).copied();
    of.ok_or_else(|| Failure::refused("demo: nobody offers"))
}

/// Somebody once more, as another hand wrote them down: 武田 節子さん, set aside, and one to be looked
/// at.
async fn twice(stage: &Stage<'_>, number: &str, later: bool) -> Result<(), Failure> {
    let (db, deed) = (
        &stage.app.db,
        stage.deed(stage.staff.colleague, (10, 10)).await?,
    );
    let first = stage.person(number).await?;
    let found = people::find_group::<Identity>(&mut db.read().await?, &deed, first).await;
    let known = found.map_err(unexpected)?;
    let known = known.ok_or_else(|| Failure::refused("demo: nobody"))?.value;
    let identity = Identity {
        phones: Vec::new(),
        old_number: None,
        ..known
    };
    let draft = Draft {
        center: Some(stage.places.center),
        ..Draft::new(identity, stage.day(10))
    };
    let second = people::register(db, &deed, draft).await;
    let second = second.map_err(unexpected)?;
    if !later {
        return Ok(());
    }
    let said = twins::say_later(db, &deed, (first, second)).await;
    said.map_err(unexpected)
}

/// A colleague opened the record of somebody of the other center, with a purpose.
async fn look(stage: &Stage<'_>) -> Result<(), Failure> {
    let person = stage.person("00004").await?;
    let deed = stage.deed(stage.staff.colleague, (1, 16)).await?;
    let why = "転居の相談の電話が、ご長女からあったため".to_owned();
    let opened = people::open_for(&stage.app.db, &deed, person, why).await;
    opened.map_err(unexpected)
}

async fn contractor(stage: &Stage<'_>) -> Result<(), Failure> {
    let deed = stage.program((140, 9)).await?;
    let name = "社会福祉法人 みなみ会（架空）".to_owned();
    let day = stage.day(400);
    let noted = staff::note_contractor(&stage.app.db, &deed, stage.places.center, name, day).await;
    noted.map_err(unexpected)
}

/// The finder's board can be practised with one tag until it erases itself after a day.
async fn drill(stage: &Stage<'_>) -> Result<(), Failure> {
    let (db, deed) = (&stage.app.db, stage.program((0, 23)).await?);
    let person = stage.person("00016").await?;
    let theirs = tags::list_for_person(&mut db.read().await?, &deed, person).await;
    if theirs.map_err(unexpected)?.is_empty() {
        let bound = tags::bind_next(db, &deed, person).await;
        bound.map_err(unexpected)?;
    }
    let theirs = tags::list_for_person(&mut db.read().await?, &deed, person).await;
    let theirs = theirs.map_err(unexpected)?;
    let tag = theirs.first();
    let number = tag
        .ok_or_else(|| Failure::refused("demo: no tag"))?
        .number
        .shown();
    let begun = board::start_drill(db, &stage.app.vault, &deed, &[number]).await;
    begun.map(drop).map_err(unexpected)
}
