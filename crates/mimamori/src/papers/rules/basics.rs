//! 利用者基本情報: what the register knows, and what was written for the case.

use jiff::civil::Date;
use press::Basics;
use words::date::PartialDate;

use super::person::{address, born, contacts, phones};
use crate::cases::{self, Written};
use crate::people::{Certification, Identity, Known, Person, Sex};

/// What the person agrees to by signing, as the national form has it.
const CONSENT: &str = "地域包括支援センターが行う事業の実施に当たり、利用者の状況を把握する必要があるときは、要介護認定・要支援認定に係る調査内容、介護認定審査会による判定結果・意見、及び主治医意見書と同様に、利用者基本情報、支援・対応経過シート、アセスメントシート等の個人に関する記録を、居宅介護支援事業者、居宅サービス事業者、総合事業実施事業者、介護保険施設、主治医その他本事業の実施に必要な範囲で関係する者に提示することに同意します。";

/// Rows of 緊急連絡先 on the national form.
const MOST_CONTACTS: usize = 4;

/// The form of a case and its first person.
pub fn basics(person: &Person, written: &Written, today: Date) -> Basics {
    let identity = &person.identity.value;
    let kept = &written.basics;
    let care = &person.care.value;
    let level = match care.certification {
        Certification::Unconfirmed => "",
        level => level.word(),
    };
    let fields = kept.fields().into_iter().map(|(name, _, _, value)| {
        let value = match name {
            "certified" => beside(level, value),
            _ => value,
        };
        (name.to_owned(), value.to_owned())
    });
    let until = care.valid_until.filter(|_| !level.is_empty());
    let until = until.map(|day| format!("（{}まで）", PartialDate::from(day).both()));
    let mut illnesses: Vec<press::Illness> = kept.illnesses.iter().map(illness).collect();
    // What the register says where nobody wrote the table yet.
    if let (true, Known::Listed(text)) = (illnesses.is_empty(), &person.medical.value.illnesses) {
        let clinic = person.medical.value.clinics.first();
        illnesses.push(press::Illness {
            name: text.clone(),
            clinic: clinic.map_or(String::new(), |clinic| {
                format!("{} {}", clinic.institution, clinic.doctor)
            }),
            phone: clinic
                .and_then(|clinic| clinic.phone.as_ref())
                .map(|phone| phone.to_string())
                .unwrap_or_default(),
            ..press::Illness::default()
        });
    }
    Basics {
        case: written.case.name(),
        made_by: written.made_by.clone(),
        name: identity.name.to_string(),
        kana: identity.kana(),
        sex: sex(identity),
        born: born(identity, today),
        address: address(identity),
        phones: phones(&identity.phones),
        certification: format!("{level}{}", until.unwrap_or_default()),
        contacts: contacts(&person.contacts.value)
            .into_iter()
            .take(MOST_CONTACTS)
            .collect(),
        fields: fields.collect(),
        illnesses,
        consent: CONSENT.to_owned(),
    }
}

/// What was written beside the level: without the level, where it begins with it.
fn beside<'a>(level: &str, written: &'a str) -> &'a str {
    let rest = written.trim().strip_prefix(level).unwrap_or(written);
    rest.trim_start_matches(|c: char| c.is_whitespace() || "、。・，".contains(c))
}

fn sex(identity: &Identity) -> String {
    match identity.sex {
        Sex::Female => "女".to_owned(),
        Sex::Male => "男".to_owned(),
        Sex::Other | Sex::Unanswered => String::new(),
    }
}

fn illness(one: &cases::Illness) -> press::Illness {
    press::Illness {
        since: one.since.clone(),
        name: one.name.clone(),
        clinic: one.clinic.clone(),
        phone: one.phone.clone(),
        course: one.course.clone(),
        treatment: one.treatment.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn a_level_is_not_said_twice() {
        assert_eq!(beside("申請中", "申請中"), "");
        assert_eq!(beside("申請中", "申請中、11月20日に申請"), "11月20日に申請");
        assert_eq!(beside("要支援2", "前回 要支援2"), "前回 要支援2");
        assert_eq!(beside("", "2027年3月まで"), "2027年3月まで");
    }
}
