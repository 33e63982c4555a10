//! From a row to what it says of a person: each cell read by its field, each refusal beside its
//! cell. A blank cell says nothing, so that it never erases what is known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::WrittenName;
use words::phone::Phone;
use words::postcode::Postcode;

use super::field::{CLINICS, CONTACTS, ClinicPart, ContactPart, Field};
use super::own;
use super::sheet::{Cell, SheetRow};
use super::values::{self, LONGEST_LINE, Mend};
use crate::ids::PersonId;
use crate::people::rules::{
    Certification, Clinic, Confirmed, Given, Known, Living, Mail, MayBeTold, Sex, Tier, redacted,
};

/// Why a cell can't be taken, in words that say how to mend it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The cell's heading; empty where the whole row is meant.
    pub heading: String,
    /// What the cell holds.
    pub cell: String,
    /// The words.
    pub words: String,
}

/// A contact as a row gives it.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryContact {
    /// As written.
    pub name: String,
    /// 続柄
    pub relation: String,
    /// In the row's order.
    pub phones: Vec<Phone>,
    /// 住所
    pub address: Option<Address>,
    /// 伝えてよいこと
    pub may_be_told: Option<MayBeTold>,
    /// メール
    pub mail: Option<String>,
    /// メールの同意
    pub agreed_on: Option<Date>,
    /// 最終確認
    pub confirmed: Option<Confirmed>,
}

/// What a row says; `None` and empty are blank cells or columns that are not there.
#[derive(Clone)]
pub struct Entry {
    /// The person's id in the town that the list came from.
    pub id: Option<PersonId>,
    pub name: WrittenName,
    pub family_kana: Option<Reading>,
    pub given_kana: Option<Reading>,
    /// A reading without a space, still to be split.
    pub whole_kana: Option<Reading>,
    pub old_number: Option<String>,
    pub sex: Option<Sex>,
    pub born: PartialDate,
    pub postcode: Option<Postcode>,
    pub address: Option<Address>,
    pub phones: Vec<Phone>,
    pub living: Option<Living>,
    pub contacts: Vec<EntryContact>,
    pub clinics: Vec<Clinic>,
    pub illnesses: Option<Known>,
    pub drugs: Option<Known>,
    pub allergies: Option<Known>,
    pub certification: Option<Certification>,
    pub insurer: String,
    pub valid_until: Option<Date>,
    pub manager_name: String,
    pub manager_office: String,
    pub manager_phone: Option<Phone>,
    pub registered_on: Option<Date>,
    pub remarks: String,
    pub notes: String,
    pub finder: String,
    /// 同意, in the order of the tiers.
    pub consent: [Option<Given>; 3],
}

redacted!(Fault, EntryContact, Entry);

/// Where each column goes, by column.
pub type Mapping = Vec<Option<Field>>;

/// The column of a field.
pub fn column_of(mapping: &[Option<Field>], field: Field) -> Option<usize> {
    mapping.iter().position(|one| *one == Some(field))
}

/// Reads cells by field and gathers what can't be read.
struct Reader<'a> {
    head: &'a SheetRow,
    row: &'a SheetRow,
    mapping: &'a [Option<Field>],
    faults: Vec<Fault>,
}

/// Reads a row.
///
/// # Errors
/// Every fault of the row, not only the first.
pub fn read_row(
    head: &SheetRow,
    row: &SheetRow,
    mapping: &[Option<Field>],
    today: Date,
) -> Result<Entry, Vec<Fault>> {
    let mut reader = Reader {
        head,
        row,
        mapping,
        faults: Vec::new(),
    };
    let entry = reader.entry(today);
    match (entry, reader.faults) {
        (Some(entry), faults) if faults.is_empty() => Ok(entry),
        (_, faults) => Err(faults),
    }
}

impl Reader<'_> {
    fn entry(&mut self, today: Date) -> Option<Entry> {
        let name = self.name();
        let (family_kana, given_kana, whole_kana) = self.kana();
        let born = self.needed(
            Field::Born,
            "生年月日がありません。年だけでもわかれば「昭和13年不詳」のように入れてください。",
            |cell| values::born(cell, today),
        );
        let contacts = (1..=CONTACTS).filter_map(|at| self.contact(at)).collect();
        let clinics = (1..=CLINICS).filter_map(|at| self.clinic(at)).collect();
        let entry = Entry {
            id: self.read(Field::Id, own::person),
            name: name?,
            family_kana,
            given_kana,
            whole_kana,
            old_number: self.read(Field::OldNumber, values::old_number),
            sex: self.read(Field::Sex, |cell| values::sex(&cell.text)),
            born: born?,
            postcode: self.read(Field::Postcode, values::postcode),
            address: self.address(),
            phones: self.phones(&[Field::Phone, Field::OtherPhone]),
            living: self.read(Field::Living, |cell| values::living(&cell.text)),
            contacts,
            clinics,
            illnesses: self.read(Field::Illnesses, |cell| values::known(&cell.text)),
            drugs: self.read(Field::Drugs, |cell| values::known(&cell.text)),
            allergies: self.read(Field::Allergies, |cell| values::known(&cell.text)),
            certification: self.read(Field::Certification, |cell| {
                values::certification(&cell.text)
            }),
            insurer: self.line(Field::Insurer),
            valid_until: self.read(Field::ValidUntil, values::day),
            manager_name: self.line(Field::ManagerName),
            manager_office: self.line(Field::ManagerOffice),
            manager_phone: self.phones(&[Field::ManagerPhone]).into_iter().next(),
            registered_on: self.read(Field::RegisteredOn, values::day),
            remarks: self.text(Field::Remarks),
            notes: self.text(Field::Notes),
            finder: self.text(Field::Finder),
            consent: [Tier::Identity, Tier::Medical, Tier::Board]
                .map(|tier| self.read(Field::Consent(tier), |cell| own::given(&cell.text))),
        };
        Some(entry)
    }

    /// The cell of a field, unless it is blank.
    fn cell(&self, field: Field) -> Option<&Cell> {
        let column = column_of(self.mapping, field)?;
        self.row.cells.get(column).filter(|cell| !cell.is_blank())
    }

    fn fault(&mut self, field: Field, words: impl Into<String>) {
        let column = column_of(self.mapping, field);
        let text = |row: &SheetRow| {
            let cell = column.and_then(|at| row.cells.get(at));
            cell.map(|cell| cell.text.trim().to_owned())
                .unwrap_or_default()
        };
        let (heading, cell) = (text(self.head), text(self.row));
        let heading = if heading.is_empty() {
            field.word()
        } else {
            heading
        };
        self.faults.push(Fault {
            heading,
            cell,
            words: words.into(),
        });
    }

    fn read<T>(&mut self, field: Field, read: impl Fn(&Cell) -> Result<T, Mend>) -> Option<T> {
        match read(self.cell(field)?) {
            Ok(value) => Some(value),
            Err(words) => {
                self.fault(field, words);
                None
            }
        }
    }

    fn needed<T>(
        &mut self,
        field: Field,
        missing: &str,
        read: impl Fn(&Cell) -> Result<T, Mend>,
    ) -> Option<T> {
        if self.cell(field).is_none() {
            self.fault(field, missing);
            return None;
        }
        self.read(field, read)
    }

    fn line(&mut self, field: Field) -> String {
        let line = self.read(field, |cell| values::line(&cell.text, LONGEST_LINE));
        line.unwrap_or_default()
    }

    fn text(&mut self, field: Field) -> String {
        self.read(field, |cell| values::text(&cell.text))
            .unwrap_or_default()
    }

    /// One column, or family and given name in two.
    fn name(&mut self) -> Option<WrittenName> {
        let words = |bad: words::name::NameProblem| bad.to_string();
        if column_of(self.mapping, Field::Name).is_some() {
            let missing = "氏名がありません。氏名を入れてください。";
            return self.needed(Field::Name, missing, |cell| {
                WrittenName::parse(&cell.text).map_err(words)
            });
        }
        let given = self
            .cell(Field::Given)
            .map(|cell| cell.text.clone())
            .unwrap_or_default();
        let missing = "姓がありません。姓と名を分けて入れてください。";
        self.needed(Field::Family, missing, |cell| {
            let name = words::name::PersonName::new(&cell.text, &given);
            name.map(WrittenName::Split).map_err(words)
        })
    }

    /// Family, given, and a reading that no space parts.
    fn kana(&mut self) -> (Option<Reading>, Option<Reading>, Option<Reading>) {
        let part = |cell: &Cell| Reading::parse(&cell.text).map_err(|bad| bad.to_string());
        let family = self.read(Field::FamilyKana, part);
        let given = self.read(Field::GivenKana, part);
        match self.read(Field::Kana, |cell| values::kana(&cell.text)) {
            Some((family, Some(given))) => (Some(family), Some(given), None),
            Some((whole, None)) => (family, given, Some(whole)),
            None => (family, given, None),
        }
    }

    fn address(&mut self) -> Option<Address> {
        let building = self
            .cell(Field::Building)
            .map(|cell| cell.text.clone())
            .unwrap_or_default();
        self.read(Field::Address, |cell| {
            values::address(&cell.text, &building)
        })
    }

    /// The phones of several columns, none twice.
    fn phones(&mut self, fields: &[Field]) -> Vec<Phone> {
        let mut all: Vec<Phone> = Vec::new();
        for field in fields {
            for phone in self.read(*field, values::phones).unwrap_or_default() {
                if !all.contains(&phone) {
                    all.push(phone);
                }
            }
        }
        all
    }

    fn contact(&mut self, at: u8) -> Option<EntryContact> {
        let field = |part| Field::Contact(at, part);
        let contact = EntryContact {
            name: self.line(field(ContactPart::Name)),
            relation: self.line(field(ContactPart::Relation)),
            phones: self.phones(&[field(ContactPart::Phone)]),
            address: self.read(field(ContactPart::Address), |cell| {
                values::address(&cell.text, "")
            }),
            may_be_told: self.read(field(ContactPart::MayBeTold), |cell| {
                own::may_be_told(&cell.text)
            }),
            mail: self.read(field(ContactPart::Mail), |cell| {
                Mail::read_address(&cell.text)
            }),
            agreed_on: self.read(field(ContactPart::Agreed), values::day),
            confirmed: self.read(field(ContactPart::Confirmed), |cell| {
                own::confirmed(&cell.text)
            }),
        };
        let blank =
            contact.name.is_empty() && contact.phones.is_empty() && contact.address.is_none();
        if blank {
            return None;
        }
        if contact.name.is_empty() {
            self.fault(
                field(ContactPart::Name),
                format!("緊急連絡先{at}の氏名がありません。氏名を入れるか、電話も消してください。"),
            );
        }
        Some(contact)
    }

    fn clinic(&mut self, at: u8) -> Option<Clinic> {
        let field = |part| Field::Clinic(at, part);
        let clinic = Clinic {
            institution: self.line(field(ClinicPart::Institution)),
            department: self.line(field(ClinicPart::Department)),
            doctor: self.line(field(ClinicPart::Doctor)),
            phone: self.phones(&[field(ClinicPart::Phone)]).into_iter().next(),
        };
        let texts = [&clinic.institution, &clinic.department, &clinic.doctor];
        let blank = texts.iter().all(|text| text.is_empty()) && clinic.phone.is_none();
        (!blank).then_some(clinic)
    }
}
