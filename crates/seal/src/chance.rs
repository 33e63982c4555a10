//! Randomness as an argument, so that a test repeats what it saw.

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

/// Where random bytes come from.
pub trait Chance: Send {
    /// Fills `bytes` with random bytes.
    fn fill(&mut self, bytes: &mut [u8]);

    /// An even draw from `0..n`; 0 when `n` is 0.
    fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        // Draws from the last, incomplete run of n values would favour the small ones.
        let uneven = (u64::MAX % n + 1) % n;
        loop {
            let drawn = draw(self);
            if drawn <= u64::MAX - uneven {
                return drawn % n;
            }
        }
    }
}

fn draw(chance: &mut (impl Chance + ?Sized)) -> u64 {
    let mut bytes = [0; 8];
    chance.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>(chance: &mut dyn Chance) -> [u8; N] {
    let mut bytes = [0; N];
    chance.fill(&mut bytes);
    bytes
}

/// The operating system's randomness, stretched by a generator of the thread that reseeds itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsChance;

impl Chance for OsChance {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where chance comes from the machine"
    )]
    fn fill(&mut self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// The same bytes for the same seed. For tests and invented towns only: never for a real key.
#[derive(Debug)]
pub struct TestChance(StdRng);

impl TestChance {
    /// A sequence that depends on nothing but `seed`.
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }
}

impl Chance for TestChance {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_another_seed_differs() {
        let draw = |seed| bytes::<32>(&mut TestChance::new(seed));
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn the_machine_does_not_repeat_itself() {
        assert_ne!(bytes::<32>(&mut OsChance), bytes::<32>(&mut OsChance));
    }

    #[test]
    fn below_reaches_every_value_about_equally() {
        let mut chance = TestChance::new(3);
        let mut seen = [0_u32; 7];
        for _ in 0..7_000 {
            let drawn = usize::try_from(chance.below(7)).unwrap_or(usize::MAX);
            seen[drawn] += 1;
        }
        assert!(seen.iter().all(|n| (850..1_150).contains(n)), "{seen:?}");
        assert_eq!(chance.below(1), 0);
        assert_eq!(chance.below(0), 0);
    }

    /// Gives the largest draw first, then 5.
    struct LargestFirst(bool);

    impl Chance for LargestFirst {
        fn fill(&mut self, bytes: &mut [u8]) {
            let drawn = if self.0 { 5_u64 } else { u64::MAX };
            self.0 = true;
            bytes.copy_from_slice(&drawn.to_le_bytes());
        }
    }

    #[test]
    fn below_draws_again_where_the_last_run_is_incomplete() {
        assert_eq!(LargestFirst(false).below(10), 5);
        assert_eq!(LargestFirst(false).below(16), 15);
    }
}
