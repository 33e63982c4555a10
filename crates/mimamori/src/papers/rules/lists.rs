//! Papers of many people: postcards, the ledger, a worklist.

use jiff::civil::Date;
use press::{Entry, Line, Postcard, Work};

use super::person::{address, born, contacts, medical, phones, postcode};
use crate::ids::PersonId;
use crate::people::{DeskView, Identity, Medical};
use crate::tags::{State, Tag};

/// A postcard; nothing where no address is known. Whoever opens the code must sign in: what is
/// printed openly says no more than the address does.
pub fn postcard(
    id: PersonId,
    identity: &Identity,
    reference: String,
    public_url: &str,
) -> Option<Postcard> {
    let written = address(identity);
    let lines: Vec<String> = written
        .split([' ', '　'])
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    (!lines.is_empty()).then(|| Postcard {
        postcode: postcode(identity),
        address: lines,
        name: identity.name.to_string(),
        reference,
        link: format!("{public_url}/renewals/{id}"),
    })
}

/// One number of the ledger, with medical facts where they may be in it.
pub fn entry(tag: &Tag, view: &DeskView, facts: Option<&Medical>, today: Date) -> Entry {
    let identity = &view.identity.value;
    let mut notes = Vec::new();
    if !view.finder.value.notes.is_empty() {
        notes.push(Line::new("発見時の注意", &view.finder.value.notes));
    }
    let known = facts.map(medical).unwrap_or_default();
    notes.extend(known.into_iter().filter(|line| !line.text.is_empty()));
    let about = [
        identity.sex.word(),
        &born(identity, today),
        identity.living.word(),
    ]
    .join("　");
    Entry {
        number: tag.number.shown(),
        mark: match tag.state {
            State::Lost => "紛失届あり".to_owned(),
            _ => String::new(),
        },
        name: identity.name.to_string(),
        kana: identity.kana(),
        about,
        address: address(identity),
        phones: phones(&identity.phones),
        contacts: contacts(&view.contacts.value),
        notes,
    }
}

/// One line of a worklist.
pub fn work(identity: &Identity, state: &str, today: Date) -> Work {
    Work {
        name: identity.name.to_string(),
        kana: identity.kana(),
        born: born(identity, today),
        address: address(identity),
        phone: phones(&identity.phones)
            .into_iter()
            .next()
            .unwrap_or_default(),
        state: state.to_owned(),
    }
}
