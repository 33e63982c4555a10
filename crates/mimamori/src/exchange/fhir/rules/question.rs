//! What a search asks for.

use words::date::PartialDate;

use super::names::{Kind, NUMBER, Names};
use crate::desk::{PartnerAsk, SecondThing};
use crate::ids::InquiryId;
use crate::people::Sex;

/// A parameter and its value, as they came.
pub type Pair = (String, String);

/// A search for a patient.
pub struct Wanted(pub PartnerAsk);

/// What a search for a patient lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No `identifier`.
    NoNumber,
    /// An `identifier` of somebody else's numbering.
    OtherSystem,
    /// Neither `family` nor both of `birthdate` and `gender`.
    NoSecond,
    /// No `requester`.
    NoRequester,
}

impl Fault {
    /// What it is and how to mend it.
    pub const fn words(self) -> &'static str {
        match self {
            Fault::NoNumber => {
                "identifier がありません。urn:mimamori:tag-number| に続けて、見守りタグの番号を入れてください。"
            }
            Fault::OtherSystem => {
                "identifier の system がちがいます。urn:mimamori:tag-number を使うか、system を付けずに番号だけを入れてください。"
            }
            Fault::NoSecond => {
                "本人を確かめるもう1つのことがありません。family（姓、漢字かカナ）か、birthdate（生まれた年）と gender（female か male）の両方を入れてください。"
            }
            Fault::NoRequester => {
                "requester がありません。照会する方のお名前を入れてください。だれが照会したかは、本人の記録に残ります。"
            }
        }
    }
}

impl Wanted {
    /// Reads the parameters of a search; what is not known here is passed over, as FHIR has it.
    pub fn read(pairs: &[Pair]) -> Result<Wanted, Fault> {
        let identifier = value(pairs, "identifier").ok_or(Fault::NoNumber)?;
        let number = match identifier.rsplit_once('|') {
            Some((system, number)) if of_ours(system) => number,
            Some(_) => return Err(Fault::OtherSystem),
            None => identifier,
        };
        if number.trim().is_empty() {
            return Err(Fault::NoNumber);
        }
        let name = value(pairs, "requester").ok_or(Fault::NoRequester)?;
        Ok(Wanted(PartnerAsk {
            typed: number.to_owned(),
            second: second(pairs).ok_or(Fault::NoSecond)?,
            name: name.to_owned(),
        }))
    }
}

fn of_ours(system: &str) -> bool {
    system.is_empty() || system == NUMBER || system.starts_with("urn:mimamori:older-number:")
}

/// The family name where it was given, else birth year and sex.
fn second(pairs: &[Pair]) -> Option<SecondThing> {
    if let Some(family) = value(pairs, "family") {
        return Some(SecondThing::Family(family.to_owned()));
    }
    let born = value(pairs, "birthdate")?;
    let born = PartialDate::parse(born.strip_prefix("eq").unwrap_or(born)).ok()?;
    let sex = value(pairs, "gender")?;
    let sex = Sex::from_code(sex.rsplit('|').next().unwrap_or_default());
    let sex = sex.filter(|sex| matches!(sex, Sex::Female | Sex::Male))?;
    Some(SecondThing::BornAndSex {
        year: born.year(),
        sex,
    })
}

/// The inquiry whose resources a search wants: `patient=Patient/ID`, or `subject`; `_id=ID` of the
/// patient alone.
pub fn patient_of(kind: Kind, pairs: &[Pair]) -> Option<InquiryId> {
    let whose = match kind {
        Kind::Patient => value(pairs, "_id")?,
        _ => value(pairs, "patient").or_else(|| value(pairs, "subject"))?,
    };
    let id = whose.rsplit('/').next().unwrap_or(whose);
    Names::read(Kind::Patient, id).map(|(inquiry, _)| inquiry)
}

/// The first value of a parameter, whatever modifier its name has; `None` where it is empty.
fn value<'a>(pairs: &'a [Pair], name: &str) -> Option<&'a str> {
    let of_name = |(key, _): &&Pair| key.split(':').next() == Some(name);
    let (_, value) = pairs.iter().find(of_name)?;
    Some(value.trim()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Wanted, Fault> {
        let pairs: Vec<Pair> = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        Wanted::read(&pairs)
    }

    #[test]
    fn a_number_a_second_thing_and_a_name_make_a_question() {
        let number = ("identifier", "urn:mimamori:tag-number|412 7735 0926");
        let name = ("requester", "医東");
        let Wanted(ask) = read(&[number, ("family:exact", "南野"), name]).unwrap();
        assert!(ask.typed == "412 7735 0926" && ask.name == "医東");
        assert!(matches!(ask.second, SecondThing::Family(family) if family == "南野"));
        let gender = ("gender", "http://hl7.org/fhir/administrative-gender|female");
        let Wanted(ask) = read(&[number, ("birthdate", "eq1938-04"), gender, name]).unwrap();
        assert!(matches!(
            ask.second,
            SecondThing::BornAndSex {
                year: 1938,
                sex: Sex::Female
            }
        ));
        for (pairs, fault) in [
            (&[("family", "南野"), name][..], Fault::NoNumber),
            (
                &[("identifier", "urn:x|1"), ("family", "南野"), name],
                Fault::OtherSystem,
            ),
            (&[number, name, ("birthdate", "1938")], Fault::NoSecond),
            (&[number, ("family", "南野")], Fault::NoRequester),
        ] {
            assert_eq!(read(pairs).err(), Some(fault));
        }
    }
}
