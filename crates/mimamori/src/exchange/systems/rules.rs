//! What a token says, what it is worth, and where it may come from.

use std::fmt;
use std::net::IpAddr;

use jiff::Timestamp;
use seal::SecretToken;

use crate::ids::{NetworkId, RowId, StaffId};
use crate::scope::{Right, Rights, Role};
use crate::staff::Session;

/// What every token begins with, so that one left in a file or a log is recognised.
const MARK: &str = "mimamori_";

/// How long a token may last, in days; the first is offered. None lasts for ever.
pub const TOKEN_DAYS: [i64; 3] = [365, 180, 90];

/// More requests a minute than this are nobody's everyday work.
pub const MOST_A_MINUTE: i64 = 6_000;

/// What an administrator may grant to a program, within its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The code kept in the database and shown in the description of the interface.
    pub code: &'static str,
    /// The right it gives.
    pub right: Right,
    /// The words on the page.
    pub words: &'static str,
}

const fn grant(code: &'static str, right: Right, words: &'static str) -> Grant {
    Grant { code, right, words }
}

impl Grant {
    /// Every grant, in the order in which pages list them.
    pub const ALL: [Grant; 9] = [
        grant(
            "lookup",
            Right::PartnerLookup,
            "番号ともう1つのことで照会する（関係機関）",
        ),
        grant("desk", Right::Desk, "番号で照会し、相手に伝える（窓口）"),
        grant("medical", Right::Medical, "救急隊・病院へ医療情報を伝える"),
        grant("search", Right::Search, "名前や生年月日で登録者をさがす"),
        grant("people_read", Right::ReadPeople, "登録者の記録を読む"),
        grant("people_write", Right::EditPeople, "登録する、記録を直す"),
        grant("tags", Right::BindTags, "タグを渡す、止める"),
        grant("tasks", Right::Tasks, "「やること」を見て、進める"),
        grant("export", Right::Export, "一覧を書き出す"),
    ];

    /// The grant of a code.
    pub fn from_code(code: &str) -> Option<Grant> {
        Grant::ALL.into_iter().find(|one| one.code == code)
    }
}

/// What a program was granted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grants(pub Vec<Grant>);

impl Grants {
    /// The grants of these codes; unknown ones give nothing.
    pub fn read<'a>(codes: impl Iterator<Item = &'a str>) -> Grants {
        Grants(codes.filter_map(Grant::from_code).collect())
    }

    /// One code a line.
    pub fn text(&self) -> String {
        let codes: Vec<&str> = self.0.iter().map(|one| one.code).collect();
        codes.join("\n")
    }

    /// The rights that are left of the role's.
    pub fn of(&self, role: Role) -> Rights {
        let rights: Vec<Right> = self.0.iter().map(|one| one.right).collect();
        role.rights().and(Rights::of(&rights))
    }

    /// The first grant that the role does not have.
    pub fn beyond(&self, role: Role) -> Option<Grant> {
        let missing = self.0.iter().find(|one| !role.rights().has(one.right));
        missing.copied()
    }
}

/// The networks a program may come from; none means any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Addresses(Vec<(IpAddr, u32)>);

impl Addresses {
    /// Reads `203.0.113.5`, `203.0.113.0/24`, `2001:db8::/32`, one a line; else the line that is none.
    pub fn read(text: &str) -> Result<Addresses, String> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let read: Result<Vec<_>, String> = lines
            .map(|line| net(line).ok_or_else(|| line.to_owned()))
            .collect();
        Ok(Addresses(read?))
    }

    /// One network a line.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .0
            .iter()
            .map(|(address, bits)| match *bits == width(*address) {
                true => address.to_string(),
                false => format!("{address}/{bits}"),
            })
            .collect();
        lines.join("\n")
    }

    /// Whether a request from here may pass.
    pub fn hold(&self, origin: &str) -> bool {
        let Ok(origin) = origin.parse::<IpAddr>() else {
            return self.0.is_empty();
        };
        let origin = origin.to_canonical();
        let within = |(address, bits): &(IpAddr, u32)| {
            width(*address) == width(origin) && high(*address, *bits) == high(origin, *bits)
        };
        self.0.is_empty() || self.0.iter().any(within)
    }
}

fn net(line: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = match line.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse().ok()?)),
        None => (line, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let bits = bits.unwrap_or(width(address));
    (bits <= width(address)).then_some((address, bits))
}

fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// The first bits of an address.
fn high(address: IpAddr, bits: u32) -> u128 {
    let (number, width) = match address {
        IpAddr::V4(four) => (u128::from(four.to_bits()), 32),
        IpAddr::V6(six) => (six.to_bits(), 128),
    };
    number.checked_shr(width - bits).unwrap_or(0)
}

/// What came in a request's `Authorization`: the town, without which the row can't be found, and
/// the hash of the secret.
#[derive(Clone)]
pub struct Bearer {
    /// The town.
    pub network: NetworkId,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
}

impl Bearer {
    /// Reads a token; `None` where it can't be one, so that no look-up is needed.
    pub fn read(text: &str) -> Option<Bearer> {
        let (network, secret) = text.strip_prefix(MARK)?.split_once('.')?;
        Some(Bearer {
            network: network.parse().ok()?,
            hash: SecretToken::read(secret)?.hash(),
        })
    }

    /// The text to hand out.
    pub fn write(network: NetworkId, secret: &SecretToken) -> String {
        format!("{MARK}{network}.{}", secret.text())
    }
}

/// A program of the town.
#[derive(Clone)]
pub struct System {
    /// Its account.
    pub id: StaffId,
    /// What it was granted.
    pub grants: Grants,
    /// Where it may come from.
    pub addresses: Addresses,
    /// Requests a minute.
    pub per_minute: i64,
    /// Grows with every change.
    pub version: i64,
}

/// A token in the list of a program's tokens.
#[derive(Clone)]
pub struct Token {
    /// Its identity.
    pub id: RowId,
    /// The first letters of the secret.
    pub hint: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it stops working.
    pub ends_at: Timestamp,
    /// Last used; refreshed once a minute at most.
    pub seen_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// A token that was found, with the program it belongs to.
#[derive(Clone)]
pub struct Entered {
    /// The token's identity.
    pub token: RowId,
    /// The program as the rest of the house sees somebody signed in.
    pub session: Session,
    /// What is left of its role's rights.
    pub rights: Rights,
    /// Where it may come from.
    pub addresses: Addresses,
    /// Requests a minute.
    pub per_minute: i64,
    /// Whether its account is stopped.
    pub suspended: bool,
    /// When the token stops working.
    pub ends_at: Timestamp,
    /// Whether the token was taken back.
    pub revoked: bool,
    /// Last used.
    pub seen_at: Option<Timestamp>,
}

/// Why a token that exists does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Its time is over.
    Ended,
    /// It was taken back.
    Revoked,
    /// The program is stopped.
    Suspended,
    /// It came from an address that is not listed.
    Elsewhere,
}

impl Entered {
    /// Whether the token opens now, from here.
    pub fn may_enter(&self, now: Timestamp, origin: &str) -> Result<(), Stopped> {
        if self.revoked {
            Err(Stopped::Revoked)
        } else if self.suspended || !self.session.term.holds(now) {
            Err(Stopped::Suspended)
        } else if now >= self.ends_at {
            Err(Stopped::Ended)
        } else if !self.addresses.hold(origin) {
            Err(Stopped::Elsewhere)
        } else {
            Ok(())
        }
    }

    /// Whether the last use is old enough to be written again.
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        let seen = self.seen_at.map_or(0, Timestamp::as_second);
        now.as_second() - seen >= 60
    }
}

impl fmt::Debug for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entered({})", self.session.staff)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn addresses_hold_single_ones_and_networks() {
        let read = Addresses::read("203.0.113.5\n198.51.100.0/24\n\n 2001:db8::/32 ").unwrap();
        for inside in ["203.0.113.5", "198.51.100.77", "2001:db8:1::9"] {
            assert!(read.hold(inside), "{inside}");
        }
        for outside in ["203.0.113.6", "198.51.101.1", "2001:db9::1", "unknown"] {
            assert!(!read.hold(outside), "{outside}");
        }
        assert!(read.hold("::ffff:203.0.113.5"));
        assert!(Addresses::default().hold("unknown"));
        assert!(Addresses::read("0.0.0.0/0").unwrap().hold("192.0.2.1"));
        assert_eq!(Addresses::read("みなみ").unwrap_err(), "みなみ");
        assert!(Addresses::read("203.0.113.0/33").is_err());
        assert_eq!(read.text().lines().count(), 3);
    }

    #[test]
    fn a_grant_never_exceeds_its_role() {
        let grants = Grants::read(["people_write", "desk", "nonsense"].into_iter());
        assert!(grants.of(Role::CenterStaff).has(Right::EditPeople));
        assert!(!grants.of(Role::CenterStaff).has(Right::Medical));
        assert!(!grants.of(Role::NightDesk).has(Right::EditPeople));
        assert_eq!(
            grants.beyond(Role::NightDesk).unwrap().right,
            Right::EditPeople
        );
        assert_eq!(Grants::read(grants.text().lines()), grants);
    }

    #[test]
    fn a_token_is_read_back_and_nothing_else_is() {
        let secret = SecretToken::new(&mut seal::TestChance::new(1));
        let text = Bearer::write(NetworkId(7), &secret);
        let read = Bearer::read(&text).unwrap();
        assert_eq!((read.network, read.hash), (NetworkId(7), secret.hash()));
        for other in ["", "mimamori_", &text[..40], secret.text()] {
            assert!(Bearer::read(other).is_none());
        }
    }
}
