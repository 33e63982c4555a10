//! Finding people by whatever was typed.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use db::Conn;
use words::address::Address;
use words::search::Query;

use super::named::by_name;
use crate::deed::Deed;
use crate::ids::PersonId;
use crate::people::rules::{Identity, Refusal, State};
use crate::people::search::rules::{Filters, Key, Question, Unread};
use crate::people::search::store::{self, Stands};
use crate::people::store as records;

/// The most people a search gives.
pub const MOST: usize = 50;
/// Pairs of names whose people are read.
const PAIRS: usize = 1_000;
/// People read under one phone, date, postcode or place.
const MOST_UNDER: u32 = 400;

/// Somebody who was found, and why.
pub struct Hit {
    /// Who.
    pub person: PersonId,
    /// In words to be shown: 「名のよみが1音ちがい」「電話の下4けたが一致」.
    pub reasons: Vec<String>,
    /// Registered, or no longer.
    pub state: State,
}

/// Why nothing was looked for or found.
#[derive(Debug, thiserror::Error)]
pub enum Unfound {
    /// What was typed says too little; in words for whoever typed it.
    #[error(transparent)]
    Unread(#[from] Unread),
    /// The store.
    #[error(transparent)]
    Refusal(#[from] Refusal),
}

impl From<db::Error> for Unfound {
    fn from(error: db::Error) -> Unfound {
        Unfound::Refusal(error.into())
    }
}

/// At most [`MOST`] people, likeliest first. Where a name was typed, whoever has it or one near it;
/// a birth date, phone or address beside it puts those first to whom it belongs, and hides nobody
/// but people of other birth years (± 1).
pub async fn find(
    conn: &mut Conn,
    deed: &Deed,
    typed: &str,
    filters: Filters,
) -> Result<Vec<Hit>, Unfound> {
    let question = Question::read(typed, filters)?;
    let clues = clues(conn, deed, &question).await?;
    let (mut likely, doubt) = match named(conn, deed, &question).await {
        Err(Unfound::Unread(unread)) => (vec![], Some(unread)),
        named => (named?, question.doubt),
    };
    if likely.is_empty() {
        likely = unnamed(&clues);
    }
    if let Some(doubt) = doubt.filter(|_| likely.is_empty()) {
        return Err(doubt.into());
    }
    for one in &mut likely {
        let fit = clues
            .iter()
            .filter(|clue| clue.people.contains(&one.person));
        one.reasons.extend(fit.map(|clue| clue.words.to_owned()));
        one.fitting = clues
            .iter()
            .filter(|clue| clue.people.contains(&one.person))
            .count();
    }
    likely.sort_by_key(|one| usize::MAX - one.fitting);
    likely.truncate(MOST);
    Ok(shown(conn, deed, likely).await?)
}

/// People to whom one thing that was typed belongs.
struct Clue {
    words: &'static str,
    people: HashSet<PersonId>,
    /// In the order in which they were read.
    order: Vec<PersonId>,
}

struct Likely {
    person: PersonId,
    reasons: Vec<String>,
    fitting: usize,
}

impl Likely {
    fn new(person: PersonId, reasons: Vec<String>) -> Likely {
        Likely {
            person,
            reasons,
            fitting: 0,
        }
    }
}

async fn named(conn: &mut Conn, deed: &Deed, question: &Question) -> Result<Vec<Likely>, Unfound> {
    let Some(name) = &question.name else {
        return Ok(vec![]);
    };
    let year = question.born.map(|born| born.year());
    let query = Query::parse(name, year).map_err(Unread::from)?;
    let named = by_name(conn, deed, query, PAIRS).await?;
    let mut hits = named.search.rank(&named.pairs, named.found);
    // Of equals the newest registration comes first, and always in the same order.
    for equals in hits.chunk_by_mut(|a, b| (a.cost, a.pair) == (b.cost, b.pair)) {
        equals.sort_by_key(|hit| Reverse(hit.person));
    }
    // Sorting by what else fits comes after: far more than are shown may be needed for that.
    hits.truncate(MOST * 20);
    let likely = hits.into_iter().map(|hit| {
        let mut reasons: Vec<String> = hit.reasons.iter().map(|why| why.words()).collect();
        if reasons.is_empty() {
            reasons.push("お名前が一致".to_owned());
        }
        Likely::new(hit.person, reasons)
    });
    Ok(likely.collect())
}

/// Where no name was typed: everybody to whom anything belongs.
fn unnamed(clues: &[Clue]) -> Vec<Likely> {
    let mut seen = HashSet::new();
    let all = clues.iter().flat_map(|clue| &clue.order);
    let new = all.filter(|person| seen.insert(**person));
    new.map(|person| Likely::new(*person, vec![])).collect()
}

async fn clues(conn: &mut Conn, deed: &Deed, question: &Question) -> Result<Vec<Clue>, Unfound> {
    let day = question.born.and_then(|born| born.full());
    let keys = [
        (
            "生年月日が一致",
            day.map(|day| Key::BirthDate(day.to_string())),
        ),
        ("電話番号が一致", question.phone.clone().map(Key::Phone)),
        (
            "電話の下4けたが一致",
            question.phone_end.clone().map(Key::PhoneEnd),
        ),
        (
            "郵便番号が一致",
            question.postcode.clone().map(Key::Postcode),
        ),
    ];
    let mut clues = Vec::new();
    for (words, key) in keys {
        if let Some(key) = key {
            clues.push(clue(words, under(conn, deed, &key).await?));
        }
    }
    if let Some(address) = &question.address {
        clues.push(clue("住所が一致", living_at(conn, deed, address).await?));
    }
    if let Some(word) = &question.word {
        let numbered = records::find_by_old_number(conn, deed, word).await?;
        clues.push(clue("名簿の登録番号が一致", numbered));
        if let Some(place) = question
            .name
            .as_ref()
            .and_then(|name| Address::parse(name).ok())
        {
            clues.push(clue("住所が一致", living_at(conn, deed, &place).await?));
        }
    }
    Ok(clues)
}

fn clue(words: &'static str, order: Vec<PersonId>) -> Clue {
    Clue {
        words,
        people: order.iter().copied().collect(),
        order,
    }
}

async fn under(conn: &mut Conn, deed: &Deed, key: &Key) -> Result<Vec<PersonId>, Unfound> {
    let tokens = key.tokens(&deed.keys);
    Ok(store::list_under(conn, deed, &tokens, MOST_UNDER).await?)
}

/// Who lives there. The narrowest part that many share is looked up; where more was typed, the
/// addresses are opened and compared.
async fn living_at(
    conn: &mut Conn,
    deed: &Deed,
    address: &Address,
) -> Result<Vec<PersonId>, Unfound> {
    let Some(part) = address.shared_parts().pop() else {
        return Ok(vec![]);
    };
    let asked = address.key();
    let there = under(conn, deed, &Key::Place(part.clone())).await?;
    if asked.ends_with(&part) {
        return Ok(there);
    }
    let mut living = Vec::new();
    for person in there {
        let identity = records::find_group::<Identity>(conn, deed, person).await?;
        let known = identity.and_then(|kept| kept.value.address);
        if known.is_some_and(|known| leads_to(&known.key(), &asked)) {
            living.push(person);
        }
    }
    Ok(living)
}

/// Whether the address begins with what was asked for, with or without its municipality, and no
/// digit follows: 2-1 is not 2-12.
fn leads_to(known: &str, asked: &str) -> bool {
    let after = known.split_once(asked).map(|(_, after)| after);
    after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_digit()))
}

/// A record that was merged into another leads to that one, once.
async fn shown(conn: &mut Conn, deed: &Deed, likely: Vec<Likely>) -> Result<Vec<Hit>, Refusal> {
    let people: Vec<PersonId> = likely.iter().map(|one| one.person).collect();
    let mut stands = store::list_states(conn, deed, &people).await?;
    let into: Vec<PersonId> = stands.iter().filter_map(|one| one.merged_into).collect();
    stands.extend(store::list_states(conn, deed, &into).await?);
    let stands: HashMap<PersonId, Stands> = stands.into_iter().map(|one| (one.id, one)).collect();
    let (mut hits, mut met) = (Vec::new(), HashSet::new());
    for mut one in likely {
        let Some(mut found) = stands.get(&one.person) else {
            continue;
        };
        if let Some(now) = found.merged_into.and_then(|into| stands.get(&into)) {
            one.reasons.push("まとめた記録の内容で一致".to_owned());
            found = now;
        }
        if met.insert(found.id) {
            hits.push(Hit {
                person: found.id,
                reasons: one.reasons,
                state: found.state,
            });
        }
    }
    Ok(hits)
}

#[cfg(test)]
mod tests {
    use super::leads_to;

    #[test]
    fn an_address_leads_to_its_houses_only() {
        assert!(leads_to("南市みなみ町2-1-5", "みなみ町2-1"));
        assert!(leads_to("南市みなみ町2-1", "南市みなみ町2-1"));
        assert!(!leads_to("南市みなみ町2-12", "みなみ町2-1"));
        assert!(!leads_to("南市きた町2-1", "みなみ町2-1"));
    }
}
