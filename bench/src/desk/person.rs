//! Invented people as the register keeps them, from the rows of an invented roster.

use anyhow::{Context, Result};
use mimamori::people::{
    Clinic, Contact, Contacts, Draft, Identity, Known, Living, MayBeTold, Medical, Sex,
};
use words::address::Address;
use words::date::{PartialDate, parse_full};
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;
use words::postcode::Postcode;

/// A row of the roster as a record to be.
pub fn draft(cells: &[String]) -> Result<Draft> {
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    let (family, given) = cell(1).split_once('　').context("name")?;
    let (family_kana, given_kana) = cell(2).split_once(' ').context("reading")?;
    let identity = Identity {
        name: PersonName::new(family, given)?,
        family_kana: Some(Reading::parse(family_kana)?),
        given_kana: Some(Reading::parse(given_kana)?),
        sex: if cell(3) == "女" {
            Sex::Female
        } else {
            Sex::Male
        },
        born: PartialDate::parse(cell(4))?,
        postcode: Some(Postcode::parse(cell(5))?),
        address: Some(Address::parse(cell(6))?),
        phones: vec![Phone::parse(cell(7))?],
        living: Living::Alone,
        old_number: None,
    };
    let mut draft = Draft::new(identity, parse_full(cell(22))?);
    draft.contacts = Contacts(vec![contact(&cells[9..12])?]);
    if !cell(12).is_empty() {
        draft.contacts.0.push(contact(&cells[12..15])?);
    }
    draft.medical = medical(&cells[15..21])?;
    Ok(draft)
}

fn contact(cells: &[String]) -> Result<Contact> {
    Ok(Contact {
        name: cells[0].clone(),
        relation: cells[1].clone(),
        phones: vec![Phone::parse(&cells[2])?],
        address: None,
        may_be_told: MayBeTold::WhereAndHow,
        mail: None,
        confirmed: None,
    })
}

fn medical(cells: &[String]) -> Result<Medical> {
    let known = |text: &String| match text.as_str() {
        "" => Known::NotConfirmed,
        text => Known::Listed(text.to_owned()),
    };
    Ok(Medical {
        clinics: vec![Clinic {
            institution: cells[0].clone(),
            department: cells[1].clone(),
            doctor: cells[2].clone(),
            phone: Some(Phone::parse(&cells[3])?),
        }],
        illnesses: known(&cells[4]),
        drugs: known(&cells[5]),
        allergies: Known::NotConfirmed,
    })
}
