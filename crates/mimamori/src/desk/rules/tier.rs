//! What is opened for a caller, step by step.

use jiff::Timestamp;

use super::caller::CallerKind;
use super::coded;
use crate::audit::Fields;
use crate::ids::StaffId;
use crate::networks::Text;
use crate::scope::{Right, Scope};

coded! {
    /// A tier; each is opened by its own act with its legal basis.
    Tier {
        /// Who it is, whom to call, how to speak to them.
        Identity "identity" "基本情報と緊急連絡先",
        /// What an ambulance or a hospital needs.
        Medical "medical" "医療情報",
        /// The rest, for center staff.
        Rest "rest" "介護・センターの記録",
    }
}

impl Tier {
    /// The groups of fields, as audit lines name them.
    pub const fn fields(self) -> Fields {
        match self {
            Tier::Identity => Fields::IDENTITY
                .and(Fields::CONTACTS)
                .and(Fields::FINDER)
                .and(Fields::CONSENT),
            Tier::Medical => Fields::MEDICAL,
            Tier::Rest => Fields::CARE,
        }
    }

    /// Whether this account may open it in an inquiry of such a caller.
    pub fn is_open_to(self, scope: &Scope, kind: Option<CallerKind>) -> bool {
        let rights = scope.rights;
        match self {
            Tier::Identity => rights.has(Right::Desk) || rights.has(Right::PartnerLookup),
            Tier::Medical => {
                let may = rights.has(Right::Medical) || rights.has(Right::PartnerLookup);
                may && kind.is_some_and(CallerKind::hears_medical)
            }
            Tier::Rest => rights.has(Right::ReadPeople),
        }
    }
}

/// A tier that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub tier: Tier,
    /// On what legal basis.
    pub basis: Text,
    /// When.
    pub at: Timestamp,
    /// By whom; `None` for the program.
    pub by: Option<StaffId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::NetworkId;
    use crate::scope::{Actor, Role};

    fn scope(role: Role) -> Scope {
        Scope {
            network: NetworkId(1),
            actor: Actor::Program,
            rights: role.rights(),
            center: None,
            origin: String::new(),
        }
    }

    #[test]
    fn each_tier_is_open_to_its_role_and_its_caller_only() {
        let (night, center) = (scope(Role::NightDesk), scope(Role::CenterStaff));
        let ambulance = Some(CallerKind::Ambulance);
        assert!(Tier::Medical.is_open_to(&night, ambulance));
        assert!(!Tier::Medical.is_open_to(&night, Some(CallerKind::Police)));
        assert!(!Tier::Medical.is_open_to(&center, None));
        assert!(!Tier::Medical.is_open_to(&scope(Role::TownAdmin), ambulance));
        assert!(!Tier::Rest.is_open_to(&night, ambulance));
        assert!(Tier::Rest.is_open_to(&center, None));
        assert!(!Tier::Identity.is_open_to(&scope(Role::Auditor), ambulance));
    }
}
