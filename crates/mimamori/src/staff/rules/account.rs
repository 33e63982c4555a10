//! Accounts and the invitations that begin them.

use std::fmt;

use jiff::Timestamp;
use seal::TokenKind;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::term::Term;
use crate::ids::{CenterId, RowId, StaffId};
use crate::networks::SecondFactor;
use crate::scope::{Right, Role};

/// Finds an account by its folded mail address.
pub(in crate::staff) const LOGIN: TokenKind = TokenKind::new("staff.login");
/// Counts what was tried at the door.
pub(in crate::staff) const TRIED: TokenKind = TokenKind::new("staff.tried");

/// An invitation works for three days, so that one sent on a Friday works on Monday.
pub const INVITATION_HOURS: i64 = 72;

/// Who an account is; sealed in the account's row.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Name as colleagues know it.
    pub name: String,
    /// Mail address: the log-in name. Another program has none, and so nobody signs in as one.
    pub email: String,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card(…)")
    }
}

/// Whether an account may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Invited and not yet come.
    Invited,
    /// May come in.
    Active,
    /// May not come in until it is made active again.
    Suspended,
}

impl AccountState {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            AccountState::Invited => "invited",
            AccountState::Active => "active",
            AccountState::Suspended => "suspended",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<AccountState> {
        [
            AccountState::Invited,
            AccountState::Active,
            AccountState::Suspended,
        ]
        .into_iter()
        .find(|state| state.code() == code)
    }
}

/// Where an account works: its role, and its center or organisation where the role has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What it may do.
    pub role: Role,
    /// Its center; center staff have one.
    pub center: Option<CenterId>,
    /// Its organisation; partners have one.
    pub organisation: Option<RowId>,
}

impl Place {
    /// Whether the role has the center or the organisation it needs, and no other.
    pub fn is_whole(&self) -> bool {
        match self.role {
            role if role.is_of_center() => self.center.is_some() && self.organisation.is_none(),
            Role::Partner => self.center.is_none() && self.organisation.is_some(),
            _ => self.center.is_none() && self.organisation.is_none(),
        }
    }
}

/// An account, its sealed fields opened.
#[derive(Clone)]
pub struct Account {
    /// Its identity.
    pub id: StaffId,
    /// Where it works.
    pub place: Place,
    /// Whether it may come in.
    pub state: AccountState,
    /// From when until when its place holds.
    pub term: Term,
    /// Name and mail address.
    pub card: Card,
    /// argon2id hash of the password; `None` before the invitation is accepted.
    pub password: Option<String>,
    /// Secret of the second factor, where one is set up.
    pub second_factor: Option<Vec<u8>>,
    /// The last step of the second factor that was used.
    pub second_factor_step: i64,
    /// Grows with every change; what is sealed is bound to it.
    pub version: i64,
}

impl Account {
    /// Whether it is another program's: it comes in by its tokens only.
    pub fn is_system(&self) -> bool {
        self.card.email.is_empty()
    }

    /// Whether it is a device's at the door of the Station: nobody's own.
    pub fn is_tablet(&self) -> bool {
        self.place.role == Role::Tablet
    }

    /// Whether somebody can be given work with it now: a person, not suspended, within its term, with
    /// the right that the work needs.
    pub fn works(&self, right: Right, now: Timestamp) -> bool {
        let comes_in = self.state == AccountState::Active && self.term.holds(now);
        comes_in && !self.is_system() && self.place.role.rights().has(right)
    }

    /// Whether this account must have a second factor in a town with this rule.
    pub fn must_have_factor(&self, rule: SecondFactor) -> bool {
        let rights = self.place.role.rights();
        let sees_medical = rights.has(Right::Medical) || rights.has(Right::PartnerLookup);
        sees_medical && rule == SecondFactor::Compulsory
    }
}

/// An invitation that can still be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation {
    /// Hash of its secret.
    pub hash: [u8; 32],
    /// The account it begins.
    pub staff: StaffId,
}

/// The mail address as it is looked for: any width, any case.
pub fn fold_email(email: &str) -> String {
    email.trim().nfkc().collect::<String>().to_lowercase()
}

/// The text an account is found by at the log-in; a program's is one that nobody can type there.
pub(in crate::staff) fn login_name(id: StaffId, card: &Card) -> String {
    match card.email.is_empty() {
        true => format!("\n{id}"),
        false => fold_email(&card.email),
    }
}

/// Where the card of an account is sealed.
pub(in crate::staff) fn card_place(staff: StaffId, version: i64) -> seal::Place {
    seal::Place {
        table: "staff",
        column: "card",
        row: staff.0,
        version,
    }
}

/// Where the secret of the second factor is sealed.
pub(in crate::staff) fn factor_place(staff: StaffId, version: i64) -> seal::Place {
    seal::Place {
        table: "staff",
        column: "second_factor",
        row: staff.0,
        version,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::ROLES;

    fn account(role: Role) -> Account {
        Account {
            id: StaffId(1),
            place: Place {
                role,
                center: None,
                organisation: None,
            },
            state: AccountState::Active,
            term: Term::of(0, None),
            card: Card {
                name: String::new(),
                email: String::new(),
            },
            password: None,
            second_factor: None,
            second_factor_step: 0,
            version: 1,
        }
    }

    #[test]
    fn who_sees_medical_parts_needs_a_second_factor_unless_the_town_says_no() {
        let must = |rule| {
            ROLES
                .into_iter()
                .filter(move |role| account(*role).must_have_factor(rule))
        };
        let strict: Vec<Role> = must(SecondFactor::Compulsory).collect();
        let seeing = [
            Role::CenterHead,
            Role::CenterStaff,
            Role::NightDesk,
            Role::Partner,
        ];
        assert_eq!(strict, seeing);
        assert_eq!(must(SecondFactor::Voluntary).count(), 0);
    }

    #[test]
    fn a_place_is_whole_with_what_its_role_needs() {
        let place = |role, center: Option<i64>, organisation: Option<i64>| Place {
            role,
            center: center.map(CenterId),
            organisation: organisation.map(RowId),
        };
        assert!(place(Role::CenterStaff, Some(1), None).is_whole());
        assert!(!place(Role::CenterStaff, None, None).is_whole());
        assert!(!place(Role::CenterHead, None, None).is_whole());
        assert!(place(Role::Partner, None, Some(1)).is_whole());
        assert!(!place(Role::Partner, Some(1), Some(1)).is_whole());
        assert!(place(Role::Auditor, None, None).is_whole());
        assert!(!place(Role::NightDesk, Some(1), None).is_whole());
    }

    #[test]
    fn an_address_is_found_in_any_width_and_case() {
        assert_eq!(fold_email(" Sato@Example.JP "), "sato@example.jp");
        assert_eq!(fold_email("ｓａｔｏ＠example.jp"), "sato@example.jp");
    }

    #[test]
    fn a_card_hides_itself() {
        let card = Card {
            name: "佐藤".to_owned(),
            email: String::new(),
        };
        assert_eq!(format!("{card:?}"), "Card(…)");
    }
}
