//! How resources are called, and how they name each other.
//!
//! An id is made of the inquiry and a place in its record, so that it ends with the inquiry and
//! is no handle on a person.

use crate::exchange::fhir::model::{Identifier, Reference};
use crate::ids::InquiryId;

/// The numbering of our tags, as the `system` of an identifier.
pub const NUMBER: &str = "urn:mimamori:tag-number";

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// A kind of resource that is served.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $name),* }

        impl Kind {
            /// The name in FHIR.
            pub const fn code(self) -> &'static str {
                match self { $(Kind::$name => stringify!($name)),* }
            }

            /// The kind of a name.
            pub fn from_code(code: &str) -> Option<Kind> {
                [$(Kind::$name),*].into_iter().find(|kind| kind.code() == code)
            }
        }
    };
}

kinds! {
    /// 本人
    Patient,
    /// 緊急連絡先
    RelatedPerson,
    /// 同意
    Consent,
    /// アレルギー
    AllergyIntolerance,
    /// 病歴
    Condition,
    /// 服薬
    MedicationStatement,
    /// センター・かかりつけ; in a summary only.
    Organization,
    /// The head of a summary; there only.
    Composition,
    /// A summary as a whole.
    Bundle,
}

/// Where a resource stands.
pub enum Where {
    /// On this server, whose FHIR address this is.
    Server(String),
    /// In a document, which holds without a server.
    Document,
}

/// The names of one inquiry's resources.
pub struct Names {
    /// Which.
    pub inquiry: InquiryId,
    /// Where they stand.
    pub place: Where,
}

impl Names {
    /// The id of the `at`th resource of its kind, counted from 1; of a patient there is one.
    pub fn id(&self, kind: Kind, at: usize) -> String {
        match kind {
            Kind::Patient => self.inquiry.to_string(),
            _ => format!("{}-{at}", self.inquiry),
        }
    }

    /// Another resource of the same inquiry.
    pub fn to(&self, kind: Kind, at: usize) -> Reference {
        let reference = match self.place {
            Where::Server(_) => format!("{}/{}", kind.code(), self.id(kind, at)),
            Where::Document => self.urn(kind, at),
        };
        Reference {
            reference,
            display: String::new(),
        }
    }

    /// The whole address of a resource.
    pub fn full_url(&self, kind: Kind, at: usize) -> String {
        match &self.place {
            Where::Server(base) => format!("{base}/{}/{}", kind.code(), self.id(kind, at)),
            Where::Document => self.urn(kind, at),
        }
    }

    /// The address at which all of a kind are found again.
    pub fn search(&self, kind: Kind) -> String {
        let by = match kind {
            Kind::Patient => "_id",
            _ => "patient",
        };
        match &self.place {
            Where::Server(base) => format!("{base}/{}?{by}={}", kind.code(), self.inquiry),
            Where::Document => String::new(),
        }
    }

    /// A UUID of version 8 (RFC 9562: of the maker's own making) out of the inquiry and the place.
    pub fn urn(&self, kind: Kind, at: usize) -> String {
        let hex = format!("{}{:02x}{at:012x}", self.inquiry, kind as u8);
        let (a, b, c, d, e) = (
            &hex[..8],
            &hex[8..12],
            &hex[12..15],
            &hex[15..18],
            &hex[18..30],
        );
        format!("urn:uuid:{a}-{b}-8{c}-8{d}-{e}")
    }

    /// The inquiry and the place out of an id of that kind.
    pub fn read(kind: Kind, id: &str) -> Option<(InquiryId, usize)> {
        match kind {
            Kind::Patient => Some((id.parse().ok()?, 1)),
            _ => {
                let (inquiry, text) = id.split_once('-')?;
                let at: usize = text.parse().ok()?;
                if at.to_string() != text {
                    return None;
                }
                Some((inquiry.parse().ok()?, at))
            }
        }
    }
}

/// A number on a tag; a town's older ones hold in that town only.
pub fn number_identifier(number: &crate::tags::Number, municipality: &str) -> Identifier {
    use crate::tags::Number;
    match number {
        Number::Ours(number) => Identifier {
            system: NUMBER.to_owned(),
            value: number.digits(),
        },
        Number::Older(text) => Identifier {
            system: format!("urn:mimamori:older-number:{municipality}"),
            value: text.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_id_leads_back_and_a_urn_is_a_uuid_of_its_own() {
        let inquiry = InquiryId(0x0123_4567_89ab_cdef);
        let names = Names {
            inquiry,
            place: Where::Document,
        };
        for kind in [Kind::Patient, Kind::RelatedPerson] {
            let id = names.id(kind, 3);
            let (of, at) = Names::read(kind, &id).unwrap();
            assert!(of == inquiry && (at == 3 || kind == Kind::Patient));
        }
        for bad in [
            "0123456789abcdef",
            "0123456789abcdef-",
            "0123456789abcdef-03",
            "x-1",
        ] {
            assert!(Names::read(Kind::Consent, bad).is_none(), "{bad}");
        }
        let urn = names.urn(Kind::Consent, 2);
        assert_eq!(urn, "urn:uuid:01234567-89ab-8cde-8f02-000000000002");
        assert!(urn != names.urn(Kind::Consent, 1) && urn != names.urn(Kind::Condition, 2));
    }
}
