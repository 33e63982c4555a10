//! Who it is.

use jiff::civil::Date;
use maud::html;
use words::address::Address as Written;
use words::date::PartialDate;
use words::phone::Phone;

use super::JAPANESE;
use super::names::{Kind, Names};
use super::narrative::{confirmed, lines, narrative};
use crate::exchange::fhir::model::{
    Address, ContactPoint, Extension, HumanName, Identifier, Meta, Narrative, Patient,
};
use crate::people::{DeskView, Identity, Sex, State};

/// JP Core asks for an identifier; without one the profile is not claimed.
const PROFILE: &str = "http://jpfhir.jp/fhir/core/StructureDefinition/JP_Patient";

/// Written in kanji (`IDE`) or as it is read (`SYL`), as JP Core has it.
const REPRESENTATION: &str = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

/// The person of an inquiry.
pub fn patient(names: &Names, number: Option<Identifier>, view: &DeskView) -> Patient {
    let identity = &view.identity.value;
    let (is_dead, died_on) = died(view.standing.state, view.standing.state_on);
    Patient {
        id: names.id(Kind::Patient, 1),
        meta: Meta {
            profile: number.iter().map(|_| PROFILE).collect(),
        },
        language: JAPANESE,
        text: words(view),
        identifier: number.into_iter().collect(),
        active: view.standing.state == State::Registered,
        name: both_names(identity),
        telecom: telecom(&identity.phones, "home", 1),
        gender: gender(identity.sex),
        birth_date: birth_date(identity.born),
        deceased_boolean: is_dead,
        deceased_date_time: died_on,
        address: address(
            identity.address.as_ref(),
            identity.postcode.map(|code| code.to_string()),
        ),
        contact: Vec::new(),
        general_practitioner: Vec::new(),
        managing_organization: None,
    }
}

fn words(view: &DeskView) -> Narrative {
    let identity = &view.identity.value;
    let phones: Vec<String> = identity.phones.iter().map(ToString::to_string).collect();
    let postcode = identity.postcode.map(|code| format!("〒{code} "));
    let address = identity.address.as_ref().map_or("", Written::as_written);
    narrative(html! {
        p { (identity.name.to_string()) @if !identity.kana().is_empty() { "（" (identity.kana()) "）" } }
        (lines(&[
            ("性別", identity.sex.word().to_owned()),
            ("生年月日", identity.born.both()),
            ("住所", format!("{}{address}", postcode.unwrap_or_default())),
            ("電話", phones.join("、")),
            ("世帯", identity.living.word().to_owned()),
            ("登録の状態", view.standing.state.word().to_owned()),
            ("接するときの注意", view.finder.value.notes.clone()),
        ]))
        p { (confirmed(view.identity.confirmed)) }
    })
}

/// `deceased[x]`: the day where it is known, else only that.
fn died(state: State, on: Option<Date>) -> (Option<bool>, Option<String>) {
    match (state, on) {
        (State::Died, Some(day)) => (None, Some(day.to_string())),
        (State::Died, None) => (Some(true), None),
        _ => (None, None),
    }
}

fn both_names(identity: &Identity) -> Vec<HumanName> {
    let whole = &identity.name;
    let (family, given) = (whole.family().to_owned(), whole.given().to_owned());
    let written = name("IDE", whole.to_string(), family, given);
    let kana = |part: &Option<words::kana::Reading>| {
        part.as_ref()
            .map_or(String::new(), |kana| kana.as_str().to_owned())
    };
    let read = name(
        "SYL",
        identity.kana(),
        kana(&identity.family_kana),
        kana(&identity.given_kana),
    );
    [written, read]
        .into_iter()
        .filter(|name| !name.text.is_empty())
        .collect()
}

fn name(representation: &'static str, text: String, family: String, given: String) -> HumanName {
    HumanName {
        extension: vec![Extension::code(REPRESENTATION, representation)],
        usage: "official",
        text,
        family,
        given: vec![given],
    }
}

/// 無回答 is not "other": nobody knows.
const fn gender(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Other => "other",
        Sex::Unanswered => "unknown",
    }
}

/// As exact as it is known. 「頃」 has no sign in FHIR: then only the year is said; the narrative
/// has it in full.
fn birth_date(born: PartialDate) -> String {
    match born.is_about() {
        true => format!("{:04}", born.year()),
        false => born.iso(),
    }
}

/// Phones in the order in which to call them, from `rank` on.
pub(super) fn telecom(phones: &[Phone], usage: &'static str, rank: usize) -> Vec<ContactPoint> {
    let ranked = phones.iter().zip(rank..);
    let point = |(phone, rank): (&Phone, usize)| ContactPoint {
        system: "phone",
        value: phone.to_string(),
        usage: if is_mobile(phone) { "mobile" } else { usage },
        rank,
    };
    ranked.map(point).collect()
}

fn is_mobile(phone: &Phone) -> bool {
    let digits = phone.digits();
    digits.len() == 11
        && ["070", "080", "090"]
            .iter()
            .any(|head| digits.starts_with(head))
}

/// JP Core: the whole in `text`, without the postcode; `line` without spaces.
pub(super) fn address(written: Option<&Written>, postcode: Option<String>) -> Vec<Address> {
    let text = written.map_or(String::new(), |address| address.as_written().to_owned());
    let postal_code = postcode.unwrap_or_default();
    if text.is_empty() && postal_code.is_empty() {
        return Vec::new();
    }
    vec![Address {
        usage: "home",
        line: text.split_whitespace().map(str::to_owned).collect(),
        text,
        postal_code,
        country: "JP",
    }]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_birth_date_is_as_exact_as_it_is_known() {
        for (said, sent) in [
            ("昭和13年4月2日", "1938-04-02"),
            ("昭和13年4月", "1938-04"),
            ("昭和13年", "1938"),
            ("昭和13年4月頃", "1938"),
        ] {
            assert_eq!(birth_date(PartialDate::parse(said).unwrap()), sent);
        }
    }
}
