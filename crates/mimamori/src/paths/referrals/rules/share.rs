//! The share of sponsors among those chosen, against what chance would give.

use super::interval::interval;
use super::referral::{Made, Service};

/// Fewer than this are told to nobody outside.
pub const LEAST: u32 = 5;
/// Of fewer than this nobody says that they are like chance.
const ENOUGH: u32 = 10;

/// How what was chosen stands to chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Chance lies within the interval.
    Within,
    /// Sponsors were chosen more often.
    More,
    /// Sponsors were chosen less often.
    Less,
    /// Neither can be said: even if all had gone to sponsors, it might be chance.
    TooFew,
    /// Nobody had a choice between sponsors and others.
    NoChoice,
}

impl Compared {
    /// As it is written.
    pub const fn word(self) -> &'static str {
        match self {
            Compared::Within => "偶然の範囲内です",
            Compared::More => "支援団体が、偶然より多く選ばれています",
            Compared::Less => "支援団体が、偶然より少なく選ばれています",
            Compared::TooFew => "件数が少なく、まだ何ともいえません",
            Compared::NoChoice => {
                "くらべられません（支援団体とほかの団体の両方から選べた紹介がありません）"
            }
        }
    }
}

/// One service's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Of which service.
    pub service: Service,
    /// Referrals altogether.
    pub all: u32,
    /// Those for which sponsors and others had places.
    pub with_choice: u32,
    /// Those of them that went to a sponsor.
    pub sponsors: u32,
    /// The share that chance would give, from 0 to 1.
    pub expected: f64,
    /// The interval of 95 % around the share that was found.
    pub interval: (f64, f64),
}

impl Share {
    /// The share that was found.
    pub fn found(&self) -> f64 {
        f64::from(self.sponsors) / f64::from(self.with_choice.max(1))
    }

    /// Where the interval would begin if all had gone to sponsors.
    fn lowest(&self) -> f64 {
        interval(self.with_choice, self.with_choice).0
    }

    /// How it stands to chance.
    pub fn compared(&self) -> Compared {
        let (low, high) = self.interval;
        match self.expected {
            _ if self.with_choice == 0 => Compared::NoChoice,
            expected if expected < low => Compared::More,
            expected if expected > high => Compared::Less,
            expected if self.with_choice < ENOUGH || expected >= self.lowest() => Compared::TooFew,
            _ => Compared::Within,
        }
    }
}

/// The figures of each service that somebody was referred for. Where only sponsors, or no sponsors,
/// offered it there was nothing to choose: such referrals are counted and not compared.
pub fn compare(made: &[Made]) -> Vec<Share> {
    let of = |service: Service| made.iter().filter(move |one| one.service == service);
    let share = |service: Service| {
        let all = of(service).count() as u32;
        let choice = |one: &&Made| one.sponsor_places > 0 && one.sponsor_places < one.places;
        let with_choice = of(service).filter(choice).count() as u32;
        let sponsors = of(service).filter(choice).filter(|one| one.sponsor).count() as u32;
        let chance = |one: &Made| f64::from(one.sponsor_places) / f64::from(one.places);
        let sum: f64 = of(service).filter(choice).map(chance).sum();
        Share {
            service,
            all,
            with_choice,
            sponsors,
            expected: sum / f64::from(with_choice.max(1)),
            interval: interval(sponsors, with_choice),
        }
    };
    let shares = Service::ALL.iter().copied().map(share);
    shares.filter(|share| share.all > 0).collect()
}

/// Whether a service's figures may leave the town: neither those that went to sponsors nor the
/// others are fewer than five, nor those without a choice, which would follow by subtraction.
pub fn may_be_told(share: &Share) -> bool {
    let others = share.with_choice - share.sponsors;
    let without = share.all - share.with_choice;
    share.sponsors >= LEAST && others >= LEAST && (without == 0 || without >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(sponsor: bool, sponsor_places: u32, places: u32) -> Made {
        Made {
            service: Service::Day,
            sponsor,
            places,
            sponsor_places,
        }
    }

    #[test]
    fn what_chance_would_give_follows_from_what_was_offered() {
        // 30 of 40 went to sponsors who had a third of the places.
        let mut all = vec![made(true, 10, 30); 30];
        all.extend(vec![made(false, 10, 30); 10]);
        // Nothing to choose: counted, not compared.
        all.extend(vec![made(true, 30, 30); 7]);
        let shares = compare(&all);
        let share = &shares[0];
        assert_eq!((share.all, share.with_choice, share.sponsors), (47, 40, 30));
        assert!((share.expected - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(share.compared(), Compared::More);
        assert!(may_be_told(share));
        let few = compare(&all[..34]);
        assert!(!may_be_told(&few[0]), "four others");
    }

    #[test]
    fn a_share_like_chance_is_within_and_none_is_not_compared() {
        let mut all = vec![made(true, 15, 30); 12];
        all.extend(vec![made(false, 15, 30); 10]);
        assert_eq!(compare(&all)[0].compared(), Compared::Within);
        assert_eq!(
            compare(&[made(false, 0, 30)])[0].compared(),
            Compared::NoChoice
        );
        // One, or three of seven: that may be chance, or anything.
        assert_eq!(
            compare(&[made(true, 15, 30)])[0].compared(),
            Compared::TooFew
        );
        assert_eq!(compare(&all[9..16])[0].compared(), Compared::TooFew);
        // Where sponsors have nearly all places, even all of twelve is nothing.
        let most = vec![made(true, 28, 30); 12];
        assert_eq!(compare(&most)[0].compared(), Compared::TooFew);
        let less = vec![made(false, 20, 30); 20];
        assert_eq!(compare(&less)[0].compared(), Compared::Less);
        assert_eq!(compare(&[]), []);
    }
}
