//! What shows that a database put back is whole: counts, the audit, one record and its number.

use std::collections::HashMap;

use seal::Chance;

use super::super::failure::Failure;
use super::super::say;
use crate::app::App;
use crate::audit::{self, Line, Verb};
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::networks::TownCard;
use crate::people::{self, Group};
use crate::tags::{self, LookUp, State};

/// Tables that an operator knows, with their words.
const KNOWN: [(&str, &str); 6] = [
    ("people", "登録者"),
    ("tags", "タグ"),
    ("inquiries", "照会"),
    ("tasks", "やること"),
    ("staff", "職員"),
    ("audit_lines", "監査記録"),
];

/// One of so many people is drawn for the look-up.
const DRAWN: u32 = 2_000;

/// Says how many rows there are.
pub async fn counts(app: &App) -> Result<(), Failure> {
    let mut counts: HashMap<String, i64> = app.db.count_rows().await?.into_iter().collect();
    let known = KNOWN.map(|(table, word)| {
        let count = counts.remove(table).unwrap_or_default();
        format!("{word} {count}")
    });
    let (tables, rows) = (counts.len(), counts.values().sum::<i64>());
    say::answer(&format!(
        "件数：{}、そのほか{tables}の表に{rows}行。",
        known.join("、")
    ));
    Ok(())
}

/// Checks a town's audit, and opens a record and looks its number up as the desk does.
pub async fn of_town(app: &App, deed: &Deed, town: &TownCard) -> Result<(), Failure> {
    let mut conn = app.db.read().await?;
    let report = audit::verify(&mut conn, &deed.scope, &deed.keys, None, &mut |_| {}).await?;
    drop(conn);
    if report.fault.is_some() {
        return Err(Failure::Unverified(format!(
            "戻しましたが、{}の監査記録が正しくありません。`mimamori audit verify --town {}` で、最初におかしい1行がわかります。",
            town.name, town.short
        )));
    }
    let lines = report.sealed + report.unsealed;
    let looked_up = look_up(app, deed, town).await?;
    say::answer(&format!(
        "{}：監査記録 {lines}行は正しく保たれています。{looked_up}",
        town.name
    ));
    Ok(())
}

async fn look_up(app: &App, deed: &Deed, town: &TownCard) -> Result<&'static str, Failure> {
    let unopened = || {
        Failure::Unverified(format!(
            "戻しましたが、{}の登録者の記録を開けません。マスター鍵を確かめてください。",
            town.name
        ))
    };
    let Some(person) = drawn(app, deed).await? else {
        return Ok("登録者はまだいません。");
    };
    let line = Line::new(Verb::Saw, Some(person), Group::all_fields()).saying("復元の確認");
    audit::witness(&app.db, deed, line).await?;
    let mut conn = app.db.read().await?;
    let record = people::find(&mut conn, deed, person).await;
    record.ok().flatten().ok_or_else(unopened)?;
    let tags = tags::list_for_person(&mut conn, deed, person).await;
    let tags = tags.map_err(|_| unopened())?;
    let Some(tag) = tags.iter().find(|tag| tag.state == State::Bound) else {
        return Ok("1人の記録を鍵で開けました。");
    };
    let number = tag.number.shown();
    match tags::look_up(&mut conn, &app.vault, deed, &number).await {
        Ok(LookUp::Found { person: found, .. }) if found == person => {
            Ok("1人の記録を鍵で開け、番号の照会でその方が見つかりました。")
        }
        // Of somebody who left, the number says so.
        Ok(LookUp::NotInUse(_)) => Ok("1人の記録を鍵で開けました。"),
        _ => Err(unopened()),
    }
}

/// Somebody by chance.
async fn drawn(app: &App, deed: &Deed) -> Result<Option<PersonId>, Failure> {
    let mut conn = app.db.read().await?;
    let ids = people::list_ids_after(&mut conn, deed, PersonId(0), DRAWN).await;
    let ids = ids.map_err(|_| Failure::refused("登録者の一覧を読めません。"))?;
    let mut bytes = [0; 8];
    deed.dice.clone().fill(&mut bytes);
    let at = u64::from_le_bytes(bytes) % (ids.len().max(1) as u64);
    Ok(ids.get(usize::try_from(at).unwrap_or_default()).copied())
}
