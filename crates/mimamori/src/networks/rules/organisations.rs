//! The directory of hospitals, fire and police stations a town works with.

use words::phone::Phone;

use crate::ids::RowId;

/// What an organisation is; decides which tier it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganisationKind {
    /// 病院・診療所
    Hospital,
    /// 消防・救急
    Fire,
    /// 警察
    Police,
    /// その他
    Other,
}

/// Every kind, in the order in which pages list them.
pub const ORGANISATION_KINDS: [OrganisationKind; 4] = [
    OrganisationKind::Hospital,
    OrganisationKind::Fire,
    OrganisationKind::Police,
    OrganisationKind::Other,
];

impl OrganisationKind {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            OrganisationKind::Hospital => "hospital",
            OrganisationKind::Fire => "fire",
            OrganisationKind::Police => "police",
            OrganisationKind::Other => "other",
        }
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            OrganisationKind::Hospital => "病院・診療所",
            OrganisationKind::Fire => "消防・救急",
            OrganisationKind::Police => "警察",
            OrganisationKind::Other => "その他",
        }
    }

    /// Whether its own accounts may look somebody up: whoever comes to help does, nobody else.
    pub const fn may_look_up(self) -> bool {
        match self {
            OrganisationKind::Hospital | OrganisationKind::Fire | OrganisationKind::Police => true,
            OrganisationKind::Other => false,
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<OrganisationKind> {
        ORGANISATION_KINDS
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// An organisation of the directory.
#[derive(Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its identity.
    pub id: RowId,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// Numbers on which it is called back to be sure who calls.
    pub phones: Vec<Phone>,
    /// Milliseconds since 1970 at which it was taken out of the directory.
    pub closed_at: Option<i64>,
    /// Grows with every change.
    pub version: i64,
}
