//! The town's limits and its list of signs.

use db::Db;

use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::notices::rules::{
    HALF_LIVES, MOST_LABEL, MOST_SIGNS, Refusal, Settings, Sign, WEIGHTS, find_sign, is_of_rooms,
};
use crate::notices::store;
use crate::people::one_line;
use crate::scope::Right;

/// Keeps the limits upon the version that was seen.
pub async fn change_settings(db: &Db, deed: &Deed, new: Settings) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let new = new.checked()?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::put_settings(conn, &deed, &new).await?;
            let words = format!(
                "気づき：最初の確認{}分、急ぎ{}分、町へ{}時間、残す日数{}日",
                new.look_minutes, new.danger_minutes, new.town_hours, new.keep_days
            );
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
            Ok(audit::record(conn, &deed, line.saying(words)).await?)
        })
    })
    .await
}

/// Keeps a sign of the list upon the version that was seen; without a code it is a new one.
pub async fn change_sign(db: &Db, deed: &Deed, sign: Sign) -> Result<(), Refusal> {
    deed.scope.need(Right::ManageTown)?;
    let mut sign = checked(sign)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let all = store::list_signs(conn, &deed).await?;
            let words = match sign.code.as_str() {
                "" if all.len() >= MOST_SIGNS => return Err(Refusal::TooMany),
                "" => {
                    sign.code = format!("own-{:016x}", deed.new_id());
                    format!("気づきのしるしを加えた：{}", sign.ja)
                }
                code => {
                    find_sign(&all, code).ok_or(Refusal::NotFound)?;
                    // What other rooms tell is never offered on a form.
                    sign.used &= !is_of_rooms(code);
                    format!("気づきのしるしを変えた：{}", sign.ja)
                }
            };
            store::put_sign(conn, &deed, &sign).await?;
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
            Ok(audit::record(conn, &deed, line.saying(words)).await?)
        })
    })
    .await
}

fn checked(mut sign: Sign) -> Result<Sign, Refusal> {
    let label = |text: &str, field| {
        let text = one_line(text, MOST_LABEL).map_err(|bad| Refusal::Text(field, bad))?;
        match text.is_empty() {
            true => Err(Refusal::NoWords),
            false => Ok(text),
        }
    };
    sign.ja = label(&sign.ja, "ja")?;
    // Whoever leaves a language out lets its readers have the Japanese.
    for (field, text) in [("easy", &mut sign.easy), ("en", &mut sign.en)] {
        *text = match text.trim().is_empty() {
            true => sign.ja.clone(),
            false => label(text, field)?,
        };
    }
    match (
        WEIGHTS.contains(&sign.weight),
        HALF_LIVES.contains(&sign.half_life),
    ) {
        (false, _) => Err(Refusal::OutOfRange("weight")),
        (true, false) => Err(Refusal::OutOfRange("half_life")),
        (true, true) => Ok(sign),
    }
}
