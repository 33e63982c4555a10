//! Who calls.

use serde::{Deserialize, Serialize};

use super::coded;
use crate::ids::RowId;
use crate::networks::{OrganisationKind, Text};

coded! {
    /// What kind of caller it is; the legal basis and what may be said follow from it.
    CallerKind {
        /// 救急隊
        Ambulance "ambulance" "救急隊",
        /// 病院
        Hospital "hospital" "病院・診療所",
        /// 警察
        Police "police" "警察",
        /// お店・通りがかりの方
        Passer "passer" "お店・通りがかりの方",
        /// 家族
        Family "family" "家族・知人",
    }
}

coded! {
    /// How it was made sure who calls.
    Verified {
        /// 知っている番号に折り返した
        CalledBack "called_back" "届け出の番号に折り返した",
        /// 声でわかる相手
        KnownVoice "known_voice" "ふだん話している相手",
        /// 目の前にいる
        InPerson "in_person" "目の前にいる",
        /// 確かめていない
        No "no" "確かめていない",
    }
}

impl CallerKind {
    /// The legal basis that usually holds for this caller; the desk may choose another.
    ///
    /// Ambulance and hospital: life is in danger (APPI 69(2)(iv), 27(1)(ii)). Police: a duty laid
    /// down by law (69(2)(iii), 27(1)(iv)). To anybody else nothing about the person is said; the
    /// desk itself reads the record within its purpose, to call the family.
    pub const fn basis(self) -> Text {
        match self {
            CallerKind::Ambulance | CallerKind::Hospital => Text::BasisLife,
            CallerKind::Police => Text::BasisDuty,
            CallerKind::Passer | CallerKind::Family => Text::BasisPurpose,
        }
    }

    /// Whether medical things may be told to this caller at all.
    pub const fn hears_medical(self) -> bool {
        matches!(self, CallerKind::Ambulance | CallerKind::Hospital)
    }

    /// Whether name and address may be told to this caller.
    pub const fn hears_identity(self) -> bool {
        matches!(
            self,
            CallerKind::Ambulance | CallerKind::Hospital | CallerKind::Police
        )
    }

    /// The organisations of the directory from which such callers come.
    pub const fn organisations(self) -> &'static [OrganisationKind] {
        match self {
            CallerKind::Ambulance => &[OrganisationKind::Fire],
            CallerKind::Hospital => &[OrganisationKind::Hospital],
            CallerKind::Police => &[OrganisationKind::Police],
            CallerKind::Passer | CallerKind::Family => &[OrganisationKind::Other],
        }
    }

    /// The caller that an organisation's own account is.
    pub const fn of_partner(kind: OrganisationKind) -> CallerKind {
        match kind {
            OrganisationKind::Hospital => CallerKind::Hospital,
            OrganisationKind::Fire => CallerKind::Ambulance,
            OrganisationKind::Police => CallerKind::Police,
            OrganisationKind::Other => CallerKind::Passer,
        }
    }
}

/// What the caller said about themselves and the place; sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caller {
    /// The organisation, where it is one of the town's directory.
    pub listed: Option<RowId>,
    /// Its name, as chosen or typed.
    pub organisation: String,
    /// 氏名
    pub name: String,
    /// 折り返しの番号, as typed.
    pub call_back: String,
    /// いまいる場所
    pub place: String,
    /// 何があったか
    pub happened: String,
    /// Code of [`Verified`]; empty while it was not asked.
    pub verified: String,
}

impl Caller {
    /// How it was made sure who calls; `None` while it was not asked.
    pub fn verified(&self) -> Option<Verified> {
        Verified::from_code(&self.verified)
    }

    /// Organisation and name, as far as known.
    pub fn who(&self) -> String {
        let parts = [self.organisation.as_str(), self.name.as_str()];
        let known = parts.into_iter().filter(|part| !part.is_empty());
        known.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ambulance_and_hospital_hear_medical_things() {
        let hear: Vec<_> = CallerKind::ALL
            .iter()
            .filter(|kind| kind.hears_medical())
            .collect();
        assert_eq!(hear, [&CallerKind::Ambulance, &CallerKind::Hospital]);
    }

    #[test]
    fn a_passer_by_never_hears_a_name() {
        assert!(!CallerKind::Passer.hears_identity());
        assert_eq!(CallerKind::Passer.basis(), Text::BasisPurpose);
    }
}
