//! Who is worth comparing with somebody: by the tokens that stand there already, so that nobody
//! else's record is opened.

use std::collections::BTreeSet;

use db::Conn;
use words::search::{Kind, stored_keys};

use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Identity, Refusal};
use crate::people::search::rules::{Key, form_tokens, forms, near_tokens};
use crate::people::search::store::{self, YEARS};

/// Under one phone or one date so many are read: a home for the aged has one phone for all.
const MOST_UNDER: u32 = 400;

/// Records that share with this one the birth date, a phone, both halves of the name (written alike
/// or sounding alike), or the given name with the birth year within one. Two records of one person
/// that share none of these have nothing by which anybody would know them for one.
pub async fn list_beside(
    conn: &mut Conn,
    deed: &Deed,
    identity: &Identity,
) -> Result<BTreeSet<PersonId>, Refusal> {
    let mut found = BTreeSet::new();
    let day = identity
        .born
        .full()
        .map(|day| Key::BirthDate(day.to_string()));
    let phones = identity
        .phones
        .iter()
        .map(|phone| Key::Phone(phone.digits()));
    for key in day.into_iter().chain(phones) {
        let tokens = key.tokens(&deed.keys);
        found.extend(store::list_under(conn, deed, &tokens, MOST_UNDER).await?);
    }
    let forms = forms(identity);
    let [families, givens] = [
        near_forms(conn, deed, &forms, true).await?,
        near_forms(conn, deed, &forms, false).await?,
    ];
    let families: Vec<i64> = families.into_iter().collect();
    let givens: Vec<i64> = givens.into_iter().collect();
    found.extend(store::list_under_both(conn, deed, &families, &givens).await?);
    let years = years(deed, identity.born.year());
    let given = store::list_people(conn, deed, &givens, Some(years)).await?;
    found.extend(given.into_iter().map(|under| under.person));
    Ok(found)
}

/// The tokens of the forms of one half: as written, and those of the same sound or the same kanji
/// but for 異体字.
async fn near_forms(
    conn: &mut Conn,
    deed: &Deed,
    forms: &[(Kind, String)],
    family: bool,
) -> Result<BTreeSet<i64>, Refusal> {
    let is_family = |kind: Kind| matches!(kind, Kind::FamilyKana | Kind::FamilyKanji);
    let (mut tokens, mut near) = (BTreeSet::new(), Vec::new());
    for (kind, text) in forms.iter().filter(|(kind, _)| is_family(*kind) == family) {
        tokens.extend(form_tokens(&deed.keys, *kind, text));
        // The first key stands for the whole half, the others for it without one sound.
        let exact = stored_keys(*kind, text).into_iter().take(1);
        near.extend(near_tokens(&deed.keys, *kind, &exact.collect::<Vec<_>>()));
    }
    tokens.extend(store::list_near(conn, deed, &near).await?);
    Ok(tokens)
}

/// The tokens of the birth year and of the years beside it, under at most two live keys.
fn years(deed: &Deed, year: i16) -> [i64; YEARS] {
    let near = [year - 1, year, year + 1];
    let tokens = near.iter().flat_map(|year| {
        let live = Key::BirthYear(*year).tokens(&deed.keys);
        let newest = live.first().copied().unwrap_or_default();
        [newest, live.get(1).copied().unwrap_or(newest)]
    });
    let mut all = [0; YEARS];
    for (place, token) in all.iter_mut().zip(tokens) {
        *place = token;
    }
    all
}
