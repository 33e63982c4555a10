//! The lowest floor: who acts, for which town, with which rights, from where.
//!
//! Only `front` (a request) and `cli` (a command) make a [`Scope`]. Every store
//! function takes it first, and every statement on a town's table filters by
//! its network, so another town's row is simply not found.

use std::fmt;
use std::net::IpAddr;

use crate::ids::{CenterId, NetworkId, StaffId};

/// What somebody may do. Few, named, and listed with their roles on the page
/// that answers "who may see this person?".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Right {
    /// Take a call at the desk: look up a number, open identity and contacts.
    Desk = 1 << 0,
    /// Open the medical part for an ambulance or a hospital.
    Medical = 1 << 1,
    /// Search people by name, birth date, phone or address.
    Search = 1 << 2,
    /// Read a whole record.
    ReadPeople = 1 << 3,
    /// Register people and change their records.
    EditPeople = 1 << 4,
    /// Bind, replace and void tags at the counter.
    BindTags = 1 << 5,
    /// Order batches of numbers and hand the list to a maker.
    OrderTags = 1 << 6,
    /// Bring in a roster.
    Import = 1 << 7,
    /// Take people out as a file.
    Export = 1 << 8,
    /// See and do the dated work of a center.
    Tasks = 1 << 9,
    /// Invite, change and suspend accounts.
    ManageStaff = 1 << 10,
    /// Change the town's centers, hours and settings.
    ManageTown = 1 << 11,
    /// Read who saw and did what.
    ReadAudit = 1 << 12,
    /// Look up one's own patient by number and a second thing.
    PartnerLookup = 1 << 13,
    /// Write down what somebody noticed, as it is told at the phone or on paper.
    TakeNotices = 1 << 14,
    /// Look into notices: accept, visit, decide what becomes of them.
    Triage = 1 << 15,
    /// Consultations, cases and the paths that lead to help.
    Support = 1 << 16,
    /// Lead a center: its load, what is overdue, second looks, unexplained views.
    Lead = 1 << 17,
    /// Hand a case over without the consent that it needs, with a reason.
    OverrideConsent = 1 << 18,
    /// Read figures of the town in which nobody is named.
    Figures = 1 << 19,
    /// Plan the Station's courses: make, change, move, call off.
    Courses = 1 << 20,
    /// Keep the Station's supporters: who they are, cards, fees, vouchers.
    Supporters = 1 << 21,
    /// Stand at the door of a course: write down who comes.
    Door = 1 << 22,
    /// Write down and read what was observed at the Station about somebody; see who comes less.
    Watch = 1 << 23,
}

/// Every right, in the order in which pages list them.
pub const RIGHTS: [Right; 24] = [
    Right::Desk,
    Right::Medical,
    Right::Search,
    Right::ReadPeople,
    Right::EditPeople,
    Right::BindTags,
    Right::OrderTags,
    Right::Import,
    Right::Export,
    Right::Tasks,
    Right::ManageStaff,
    Right::ManageTown,
    Right::ReadAudit,
    Right::PartnerLookup,
    Right::TakeNotices,
    Right::Triage,
    Right::Support,
    Right::Lead,
    Right::OverrideConsent,
    Right::Figures,
    Right::Courses,
    Right::Supporters,
    Right::Door,
    Right::Watch,
];

/// A set of [`Right`]s.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u32);

impl Rights {
    /// No right at all.
    pub const NONE: Rights = Rights(0);

    /// The set of exactly these rights.
    pub const fn of(rights: &[Right]) -> Rights {
        let (mut bits, mut at) = (0, 0);
        while at < rights.len() {
            bits |= rights[at] as u32;
            at += 1;
        }
        Rights(bits)
    }

    /// The rights that are in both sets.
    pub const fn and(self, other: Rights) -> Rights {
        Rights(self.0 & other.0)
    }

    /// The rights that are in either set.
    pub const fn or(self, other: Rights) -> Rights {
        Rights(self.0 | other.0)
    }

    /// Whether the right is in the set.
    pub const fn has(self, right: Right) -> bool {
        self.0 & right as u32 != 0
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(RIGHTS.iter().filter(|right| self.has(**right)))
            .finish()
    }
}

/// A network address as somebody is counted by it: whoever has a line at home has every IPv6 address of
/// its /64, and an IPv4 address in the clothes of an IPv6 one is the same.
pub fn counted_as(origin: &str) -> String {
    match origin.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => {
            let [one, two, three, four, ..] = ip.segments();
            format!("{one:x}:{two:x}:{three:x}:{four:x}::/64")
        }
        Ok(ip) => ip.to_string(),
        Err(_) => origin.to_owned(),
    }
}

/// The role of an account; its rights follow from it and from nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// 町の管理者: centers, accounts, numbers; sees no medical history.
    TownAdmin,
    /// センター長: what center staff do, and the lead of one center.
    CenterHead,
    /// センター職員: everything about the people of the town.
    CenterStaff,
    /// 夜間窓口: the desk and nothing else.
    NightDesk,
    /// 関係機関 (hospital, fire, police): look-up by number and a second thing.
    Partner,
    /// 監査: who saw what, without seeing it.
    Auditor,
    /// 受付のタブレット: a device at the door of the Station, nobody's own; who comes today and nothing else.
    Tablet,
}

/// Every role, in the order in which pages list them.
pub const ROLES: [Role; 7] = [
    Role::TownAdmin,
    Role::CenterHead,
    Role::CenterStaff,
    Role::NightDesk,
    Role::Partner,
    Role::Auditor,
    Role::Tablet,
];

impl Role {
    /// The rights of the role.
    pub const fn rights(self) -> Rights {
        use Right::*;
        match self {
            Role::TownAdmin => Rights::of(&[
                OrderTags,
                Import,
                Export,
                ManageStaff,
                ManageTown,
                ReadAudit,
                Figures,
            ]),
            Role::CenterHead => {
                let staff = Role::CenterStaff.rights();
                staff.or(Rights::of(&[Lead, OverrideConsent]))
            }
            Role::CenterStaff => Rights::of(&[
                Desk,
                Medical,
                Search,
                ReadPeople,
                EditPeople,
                BindTags,
                OrderTags,
                Import,
                Export,
                Tasks,
                TakeNotices,
                Triage,
                Support,
                Figures,
                Courses,
                Supporters,
                Door,
                Watch,
            ]),
            Role::NightDesk => Rights::of(&[Desk, Medical, Search, TakeNotices]),
            Role::Partner => Rights::of(&[PartnerLookup]),
            Role::Auditor => Rights::of(&[ReadAudit]),
            Role::Tablet => Rights::of(&[Door]),
        }
    }

    /// Whether its accounts work in one center.
    pub const fn is_of_center(self) -> bool {
        matches!(self, Role::CenterHead | Role::CenterStaff | Role::Tablet)
    }

    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Role::TownAdmin => "town_admin",
            Role::CenterHead => "center_head",
            Role::CenterStaff => "center_staff",
            Role::NightDesk => "night_desk",
            Role::Partner => "partner",
            Role::Auditor => "auditor",
            Role::Tablet => "tablet",
        }
    }

    /// 「センター職員」
    pub const fn word(self) -> &'static str {
        match self {
            Role::TownAdmin => "町の管理者",
            Role::CenterHead => "センター長",
            Role::CenterStaff => "センター職員",
            Role::NightDesk => "夜間窓口",
            Role::Partner => "関係機関",
            Role::Auditor => "監査",
            Role::Tablet => "受付のタブレット",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Role> {
        ROLES.into_iter().find(|role| role.code() == code)
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Somebody signed in.
    Staff(StaffId),
    /// Another program with a token of its own; its account stands beside those of people.
    System(StaffId),
    /// The program itself: a command line verb or a timed job.
    Program,
    /// A stranger on a public page.
    Public,
}

impl Actor {
    /// The account that acts, where it is a person's or another program's.
    pub const fn account(self) -> Option<StaffId> {
        match self {
            Actor::Staff(account) | Actor::System(account) => Some(account),
            Actor::Program | Actor::Public => None,
        }
    }
}

/// Who asks, for which town, with which rights, from where.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The only town whose rows this scope can reach.
    pub network: NetworkId,
    /// Who acts.
    pub actor: Actor,
    /// What the actor may do here.
    pub rights: Rights,
    /// The actor's own center, where there is one.
    pub center: Option<CenterId>,
    /// Network address of the request, or the name of the command.
    pub origin: String,
}

/// The scope lacks a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this account may not do that")]
pub struct NoRight;

impl Scope {
    /// The scope of a command line verb: every right, within one town.
    pub fn program(network: NetworkId, verb: &str) -> Scope {
        Scope {
            network,
            actor: Actor::Program,
            rights: Rights::of(&RIGHTS),
            center: None,
            origin: verb.to_owned(),
        }
    }

    /// The scope of a public page of one town: no right at all.
    pub fn public(network: NetworkId, origin: String) -> Scope {
        Scope {
            network,
            actor: Actor::Public,
            rights: Rights::NONE,
            center: None,
            origin,
        }
    }

    /// Refuses where the right is missing.
    pub fn need(&self, right: Right) -> Result<(), NoRight> {
        if self.rights.has(right) {
            Ok(())
        } else {
            Err(NoRight)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_desk_and_the_center_open_medical_parts() {
        let may: Vec<Role> = ROLES
            .into_iter()
            .filter(|role| role.rights().has(Right::Medical))
            .collect();
        assert_eq!(may, [Role::CenterHead, Role::CenterStaff, Role::NightDesk]);
    }

    #[test]
    fn a_line_at_home_counts_as_one_whatever_address_it_writes_from() {
        let one = counted_as("2001:db8:1:2:3:4:5:6");
        assert_eq!(one, counted_as("2001:db8:1:2:ffff::1"));
        assert_ne!(one, counted_as("2001:db8:1:3::1"));
        assert_eq!(counted_as("::ffff:192.0.2.7"), counted_as("192.0.2.7"));
        assert_ne!(counted_as("192.0.2.7"), counted_as("192.0.2.8"));
        assert_eq!(counted_as("unknown"), "unknown");
    }

    #[test]
    fn a_public_scope_has_no_right() {
        let scope = Scope::public(NetworkId(1), String::new());
        assert!(
            RIGHTS
                .iter()
                .all(|right| scope.need(*right) == Err(NoRight))
        );
    }
}
