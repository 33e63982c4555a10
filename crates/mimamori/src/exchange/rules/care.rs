//! 介護・センターの記録, and what a finder should know.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::phone::Phone;

use super::{Plain, Reader};
use crate::people::{Care, Certification, Finder};

/// What the center knows for its own work.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareJson {
    certification: Certification,
    #[serde(default)]
    insurer: String,
    #[serde(default)]
    valid_until: Option<Date>,
    #[serde(default)]
    manager_name: String,
    #[serde(default)]
    manager_office: String,
    #[serde(default)]
    manager_phone: Option<String>,
    #[serde(default)]
    notes: String,
    #[serde(default)]
    remarks: String,
}

impl Plain for CareJson {
    type Part = Care;

    fn of(part: &Care) -> CareJson {
        CareJson {
            certification: part.certification,
            insurer: part.insurer.clone(),
            valid_until: part.valid_until,
            manager_name: part.manager_name.clone(),
            manager_office: part.manager_office.clone(),
            manager_phone: part.manager_phone.as_ref().map(Phone::to_string),
            notes: part.notes.clone(),
            remarks: part.remarks.clone(),
        }
    }

    fn read(self, _before: &Care, reader: &mut Reader) -> Option<Care> {
        let insurer = self.insurer.trim().to_owned();
        let six = insurer.len() == 6 && insurer.bytes().all(|b| b.is_ascii_digit());
        if !insurer.is_empty() && !six {
            reader.note("insurer", "保険者番号は半角の数字6けたです。");
        }
        let manager_name = reader.line("manager_name", Some(&self.manager_name), 60);
        let manager_office = reader.line("manager_office", Some(&self.manager_office), 80);
        let phone = reader.maybe("manager_phone", self.manager_phone.as_deref(), Phone::parse);
        let notes = reader.paragraph("notes", Some(&self.notes), 2000);
        let remarks = reader.paragraph("remarks", Some(&self.remarks), 2000);
        Some(Care {
            certification: self.certification,
            insurer,
            valid_until: self.valid_until,
            manager_name: manager_name?,
            manager_office: manager_office?,
            manager_phone: phone?,
            notes: notes?,
            remarks: remarks?,
        })
    }
}

/// What a finder may read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinderJson {
    #[serde(default)]
    notes: String,
}

impl Plain for FinderJson {
    type Part = Finder;

    fn of(part: &Finder) -> FinderJson {
        FinderJson {
            notes: part.notes.clone(),
        }
    }

    fn read(self, _before: &Finder, reader: &mut Reader) -> Option<Finder> {
        let notes = reader.paragraph("notes", Some(&self.notes), 400)?;
        Some(Finder { notes })
    }
}
