//! What a reader of QR codes writes, or somebody reads out: a card, or the number of a tag.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;

use super::day_here;
use super::screen::again;
use super::sent::coming;
use crate::front::{Asked, Problem};
use crate::ids::{RowId, SupporterId};
use crate::station::courses::Typed;
use crate::station::door::acts::{self, Coming, Who};
use crate::station::door::rules::{Outcome, Tried, Way};
use crate::station::supporters::{self, ByCard};
use crate::tags::{self, LookUp};

/// What the words lead to.
enum Led {
    To(SupporterId, Way),
    Nowhere(Outcome, Way),
}

async fn lead(asked: &Asked, text: &str) -> Result<Led, Problem> {
    let mut conn = asked.read().await?;
    let by_card = supporters::by_card(&mut conn, &asked.deed, text).await?;
    Ok(match by_card {
        ByCard::In(one) => Led::To(one.id, Way::Card),
        ByCard::NotIn(_) => Led::Nowhere(Outcome::NotIn, Way::Card),
        ByCard::Ended(..) => Led::Nowhere(Outcome::Ended, Way::Card),
        ByCard::Unknown => Led::Nowhere(Outcome::Unknown, Way::Card),
        ByCard::Misread(_) => by_tag(asked, &mut conn, text).await?,
    })
}

/// A tag leads to a supporter only where somebody said who of the register they are.
async fn by_tag(asked: &Asked, conn: &mut db::Conn, text: &str) -> Result<Led, Problem> {
    let found = tags::look_up(conn, &asked.app.vault, &asked.deed, text).await?;
    let person = match found {
        LookUp::Found { person, .. } => person,
        LookUp::Misread(_) => return Ok(Led::Nowhere(Outcome::Misread, Way::Card)),
        _ => return Ok(Led::Nowhere(Outcome::Unknown, Way::Tag)),
    };
    let today = crate::clock::in_japan(asked.deed.now).date();
    let all = supporters::list_of_person(conn, &asked.deed, person).await?;
    let here = all.iter().find(|one| one.terms.has(today));
    Ok(match (here, all.is_empty()) {
        (Some(one), _) => Led::To(one.id, Way::Tag),
        (None, true) => Led::Nowhere(Outcome::Unknown, Way::Tag),
        (None, false) => Led::Nowhere(Outcome::NotIn, Way::Tag),
    })
}

/// Takes in whoever it leads to, as of then.
pub async fn lead_to(
    asked: &Asked,
    text: &str,
    mut coming: Coming,
    at: Timestamp,
) -> Result<Tried, Problem> {
    let (db, deed) = (asked.db(), &asked.deed);
    Ok(match lead(asked, text).await? {
        Led::To(id, way) => {
            coming.way = way;
            acts::come_late(db, deed, coming, Who::Supporter(id), at).await?
        }
        Led::Nowhere(outcome, way) => {
            coming.way = way;
            acts::note(db, deed, coming, outcome).await?
        }
    })
}

/// Takes in whoever it leads to; what came of it stands on the screen.
pub async fn read(
    asked: Asked,
    Path(day): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(sent);
    day_here(&asked, day).await?;
    let coming = coming(&asked, day, &typed, Way::Card);
    let part = coming.part;
    if !typed.of("code").is_empty() {
        lead_to(&asked, typed.of("code"), coming, asked.deed.now).await?;
    }
    Ok(again(day, part))
}
