//! 基本情報.

use serde::{Deserialize, Serialize};
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;
use words::postcode::Postcode;

use super::{Plain, Reader};
use crate::people::{Identity, Living, Sex};

/// Numbers a person may have: more than the form shows.
const MOST_PHONES: usize = 9;

/// Who somebody is.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityJson {
    family_name: String,
    given_name: String,
    #[serde(default)]
    family_kana: Option<String>,
    #[serde(default)]
    given_kana: Option<String>,
    sex: Sex,
    born: String,
    #[serde(default)]
    postcode: Option<String>,
    #[serde(default)]
    address: Option<String>,
    #[serde(default)]
    phones: Vec<String>,
    living: Living,
    #[serde(default)]
    roster_number: Option<String>,
}

impl Plain for IdentityJson {
    type Part = Identity;

    fn of(part: &Identity) -> IdentityJson {
        let kana = |kana: &Option<Reading>| kana.as_ref().map(|kana| kana.as_str().to_owned());
        IdentityJson {
            family_name: part.name.family().to_owned(),
            given_name: part.name.given().to_owned(),
            family_kana: kana(&part.family_kana),
            given_kana: kana(&part.given_kana),
            sex: part.sex,
            born: part.born.iso(),
            postcode: part.postcode.map(|code| code.to_string()),
            address: part.address.as_ref().map(|of| of.as_written().to_owned()),
            phones: part.phones.iter().map(Phone::to_string).collect(),
            living: part.living,
            roster_number: part.old_number.clone(),
        }
    }

    fn read(self, _before: &Identity, reader: &mut Reader) -> Option<Identity> {
        self.take(reader)
    }
}

impl IdentityJson {
    /// Who it says somebody is, new or known.
    pub fn take(self, reader: &mut Reader) -> Option<Identity> {
        let name = PersonName::new(&self.family_name, &self.given_name);
        let name = reader.take("family_name", name);
        let family_kana = reader.maybe("family_kana", self.family_kana.as_deref(), Reading::parse);
        let given_kana = reader.maybe("given_kana", self.given_kana.as_deref(), Reading::parse);
        let born = born(reader, &self.born);
        let postcode = reader.maybe("postcode", self.postcode.as_deref(), Postcode::parse);
        let address = reader.maybe("address", self.address.as_deref(), Address::parse);
        let phones = phones(reader, "phones", self.phones);
        let number = reader.line("roster_number", self.roster_number.as_deref(), 30);
        Some(Identity {
            name: name?,
            family_kana: family_kana?,
            given_kana: given_kana?,
            sex: self.sex,
            born: born?,
            postcode: postcode?,
            address: address?,
            phones: phones?,
            living: self.living,
            old_number: Some(number?).filter(|number| !number.is_empty()),
        })
    }
}

fn born(reader: &mut Reader, text: &str) -> Option<PartialDate> {
    let born = reader.take("born", PartialDate::parse(text))?;
    if born > PartialDate::from(reader.today) {
        reader.note(
            "born",
            "生年月日が今日より先です。元号と年を確かめてください。",
        );
        return None;
    }
    Some(born)
}

/// Numbers in the order to try.
pub(super) fn phones(reader: &mut Reader, name: &str, list: Vec<String>) -> Option<Vec<Phone>> {
    if list.len() > MOST_PHONES {
        reader.note(name, format!("電話番号は{MOST_PHONES}件までです。"));
        return None;
    }
    reader.within(name, |reader| {
        reader.each(list, |reader, text, at| {
            reader.take(at, Phone::parse(&text))
        })
    })
}
