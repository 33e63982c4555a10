//! Whether somebody is registered, and where they belong.

use db::{Conn, Db};
use jiff::civil::Date;

use super::register::home_center;
use crate::audit::{self, Fields, Line, Verb};
use crate::deed::Deed;
use crate::ids::{CenterId, PersonId};
use crate::people::rules::{Difference, Item, Refusal, Standing, State, Theirs, differences};
use crate::people::store;
use crate::scope::Right;

/// Writes down that somebody moved away, died, withdrew, or is registered again.
pub async fn set_state(
    db: &Db,
    deed: &Deed,
    id: PersonId,
    version: i64,
    state: State,
    on: Date,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = standing(conn, &deed, id, version).await?;
            let after = Standing {
                state,
                state_on: (state != State::Registered).then_some(on),
                ..before.clone()
            };
            save(conn, &deed, id, &before, &after).await
        })
    })
    .await
}

/// Puts somebody under a center by hand, or with `None` under the one of their address again.
pub async fn set_center(
    db: &Db,
    deed: &Deed,
    id: PersonId,
    version: i64,
    center: Option<CenterId>,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let before = standing(conn, &deed, id, version).await?;
            let chosen = match center {
                Some(center) => Some(center),
                None => home_of(conn, &deed, id).await?,
            };
            let after = Standing {
                center: chosen,
                center_by_hand: center.is_some(),
                ..before.clone()
            };
            save(conn, &deed, id, &before, &after).await
        })
    })
    .await
}

async fn home_of(conn: &mut Conn, deed: &Deed, id: PersonId) -> Result<Option<CenterId>, Refusal> {
    let person = store::find_for_desk(conn, deed, id).await?;
    let identity = person.ok_or(Refusal::NotFound)?.identity;
    home_center(conn, deed, &identity.value).await
}

async fn standing(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    version: i64,
) -> Result<Standing, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let standing = store::find_standing(conn, deed, id).await?;
    let standing = standing.ok_or(Refusal::NotFound)?;
    match standing.version == version {
        true => Ok(standing),
        false => Err(changed(&standing)),
    }
}

async fn save(
    conn: &mut Conn,
    deed: &Deed,
    id: PersonId,
    before: &Standing,
    after: &Standing,
) -> Result<(), Refusal> {
    if before == after {
        return Ok(());
    }
    if !store::save_standing(conn, deed, id, after).await? {
        return Err(db::Error::Changed.into());
    }
    let told: Vec<Difference> = differences(&items(before), &items(after));
    store::changes::insert(conn, deed, id, "standing", &told).await?;
    let line =
        Line::new(Verb::Changed, Some(id), Fields::NOTHING).saying("登録の状態・担当センター");
    Ok(audit::record(conn, deed, line).await?)
}

/// State and center line by line; the center by its id, since its name may change.
fn items(standing: &Standing) -> Vec<Item> {
    let on = standing.state_on.map(|day| day.to_string());
    let center = standing.center.map(|center| center.to_string());
    let how = if standing.center_by_hand {
        "手で選んだ"
    } else {
        "住所から"
    };
    vec![
        Item::new("状態", standing.state.word()),
        Item::new("状態の日付", on.unwrap_or_default()),
        Item::new("担当センター", center.unwrap_or_default()),
        Item::new("担当センターの決め方", how),
    ]
}

fn changed(standing: &Standing) -> Refusal {
    let theirs = Theirs {
        version: standing.version,
        items: items(standing),
    };
    Refusal::Changed { theirs }
}
