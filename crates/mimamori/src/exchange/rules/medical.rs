//! 医療情報.

use serde::{Deserialize, Serialize};
use words::phone::Phone;

use super::{Plain, Reader};
use crate::people::{Clinic, Known, MOST_CLINICS, Medical};

/// The most characters of illnesses, drugs and allergies, as on the form.
const MOST_WORDS: usize = 1000;

/// What an ambulance or a hospital needs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MedicalJson {
    #[serde(default)]
    clinics: Vec<ClinicJson>,
    #[serde(default)]
    illnesses: KnownJson,
    #[serde(default)]
    drugs: KnownJson,
    #[serde(default)]
    allergies: KnownJson,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClinicJson {
    institution: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    doctor: String,
    #[serde(default)]
    phone: Option<String>,
}

/// Listed, none, none on a roster, not asked: four different things.
#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
enum KnownJson {
    Listed { text: String },
    None {},
    NoneInRoster {},
    NotConfirmed {},
}

impl Default for KnownJson {
    fn default() -> KnownJson {
        KnownJson::NotConfirmed {}
    }
}

impl KnownJson {
    fn of(known: &Known) -> KnownJson {
        match known {
            Known::Listed(text) => KnownJson::Listed { text: text.clone() },
            Known::None => KnownJson::None {},
            Known::NoneInRoster => KnownJson::NoneInRoster {},
            Known::NotConfirmed => KnownJson::NotConfirmed {},
        }
    }

    fn take(self, name: &str, reader: &mut Reader) -> Option<Known> {
        let text = match self {
            KnownJson::Listed { text } => text,
            KnownJson::None {} => return Some(Known::None),
            KnownJson::NoneInRoster {} => return Some(Known::NoneInRoster),
            KnownJson::NotConfirmed {} => return Some(Known::NotConfirmed),
        };
        reader.within(name, |reader| {
            let text = reader.paragraph("text", Some(&text), MOST_WORDS)?;
            if text.is_empty() {
                reader.note(
                    "text",
                    "内容を入れてください。ないときは state を none にします。",
                );
                return None;
            }
            Some(Known::Listed(text))
        })
    }
}

impl Plain for MedicalJson {
    type Part = Medical;

    fn of(part: &Medical) -> MedicalJson {
        let clinic = |one: &Clinic| ClinicJson {
            institution: one.institution.clone(),
            department: one.department.clone(),
            doctor: one.doctor.clone(),
            phone: one.phone.as_ref().map(Phone::to_string),
        };
        MedicalJson {
            clinics: part.clinics.iter().map(clinic).collect(),
            illnesses: KnownJson::of(&part.illnesses),
            drugs: KnownJson::of(&part.drugs),
            allergies: KnownJson::of(&part.allergies),
        }
    }

    fn read(self, _before: &Medical, reader: &mut Reader) -> Option<Medical> {
        if self.clinics.len() > MOST_CLINICS {
            reader.note("clinics", format!("かかりつけは{MOST_CLINICS}件までです。"));
        }
        let clinics = reader.within("clinics", |reader| {
            reader.each(self.clinics, |reader, one, at| {
                reader.within(at, |reader| one.take(reader))
            })
        });
        let illnesses = self.illnesses.take("illnesses", reader);
        let drugs = self.drugs.take("drugs", reader);
        let allergies = self.allergies.take("allergies", reader);
        Some(Medical {
            clinics: clinics?,
            illnesses: illnesses?,
            drugs: drugs?,
            allergies: allergies?,
        })
    }
}

impl ClinicJson {
    fn take(self, reader: &mut Reader) -> Option<Clinic> {
        let institution = reader.line("institution", Some(&self.institution), 80);
        let department = reader.line("department", Some(&self.department), 40);
        let doctor = reader.line("doctor", Some(&self.doctor), 40);
        let phone = reader.maybe("phone", self.phone.as_deref(), Phone::parse);
        let institution = institution?;
        if institution.is_empty() {
            reader.note("institution", "医療機関の名前を入れてください。");
            return None;
        }
        Some(Clinic {
            institution,
            department: department?,
            doctor: doctor?,
            phone: phone?,
        })
    }
}
