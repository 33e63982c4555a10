//! Changing the figures of the list by a deliberate act: the effect on last year first.

use db::Db;
use jiff::ToSpan as _;
use rhythm::Effect;
use tokio::task::spawn_blocking;

use super::facts::{Gathered, Who};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::CenterId;
use crate::scope::Right;
use crate::station::change::rules::{MOST_A_WEEK, Refusal, Settings, monday, number_of};
use crate::station::change::store;

/// What other figures would have changed on the lists of the last year, and whom its numbers stand for.
pub async fn weigh(
    db: &Db,
    deed: &Deed,
    gathered: Gathered,
    new: Settings,
) -> Result<(Effect, Vec<Who>), Refusal> {
    deed.scope.need(Right::Lead)?;
    let mut conn = db.read().await?;
    let old = store::find_settings(&mut conn, deed).await?.thresholds();
    let numbers = store::list_numbers(&mut conn, deed).await?;
    drop(conn);
    let a_week: u32 = numbers.iter().map(|(_, number)| number).sum();
    let last = monday(in_japan(deed.now).date());
    let first = last.saturating_sub(51.weeks());
    let (first, last) = (number_of(first), number_of(last));
    let work = spawn_blocking(move || {
        let (facts, new) = (&gathered.facts, new.thresholds());
        let effect = rhythm::effect(facts, &old, &new, first, last, a_week as usize)?;
        Ok::<_, Refusal>((effect, gathered.people))
    });
    work.await.map_err(|_| Refusal::GivenUp)?
}

/// Keeps new figures, after their effect was shown.
pub async fn set(db: &Db, deed: &Deed, new: Settings) -> Result<(), Refusal> {
    deed.scope.need(Right::Lead)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let old = store::find_settings(conn, &deed).await?;
            if old.version != new.version {
                return Err(Refusal::Changed);
            }
            let changed = Settings::SPANS
                .iter()
                .zip(old.values().into_iter().zip(new.values()));
            let changed = changed.filter(|(_, (old, new))| old != new);
            let words: Vec<String> = changed
                .map(|(span, (old, new))| format!("{} {old}→{new}", span.word))
                .collect();
            if words.is_empty() {
                return Err(Refusal::Nothing);
            }
            store::put_settings(conn, &deed, &new).await?;
            let words = format!("来る様子の一覧の目安：{}", words.join("、"));
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING).saying(words);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}

/// Says how many a week the own center follows up.
pub async fn set_number(db: &Db, deed: &Deed, number: u32) -> Result<(), Refusal> {
    deed.scope.need(Right::Lead)?;
    let center: CenterId = deed.scope.center.ok_or(Refusal::NotFound)?;
    if number > MOST_A_WEEK {
        return Err(Refusal::Number("number"));
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::put_number(conn, &deed, center, number).await?;
            let words = format!("来る様子の一覧の人数：週に{number}人まで");
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING).saying(words);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
