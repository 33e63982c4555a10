//! The exact interval of a share.

/// Each side of the interval of 95 % is missed so often.
const SIDE: f64 = 0.025;
/// Halvings after which nothing moves any more.
const HALVINGS: u32 = 60;

/// The interval of 95 % by Clopper and Pearson (Biometrika 1934;26:404–413) for `hits` of `all`: the
/// shares for which so many, or so few, hits are not rarer than one in forty.
pub fn interval(hits: u32, all: u32) -> (f64, f64) {
    let hits = hits.min(all);
    let low = match hits {
        0 => 0.0,
        _ => solve(|share| at_least(hits, all, share) < SIDE),
    };
    let high = match hits {
        hits if hits == all => 1.0,
        _ => solve(|share| 1.0 - at_least(hits + 1, all, share) > SIDE),
    };
    (low, high)
}

/// The share at which `below` turns from true to false.
fn solve(below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        match below(middle) {
            true => low = middle,
            false => high = middle,
        }
    }
    (low + high) / 2.0
}

/// How likely at least `hits` of `all` are, each with the same share; summed over the shorter side.
fn at_least(hits: u32, all: u32, share: f64) -> f64 {
    let (yes, no) = (share.ln(), (-share).ln_1p());
    let (mut choose, mut from, mut below) = (0.0_f64, 0.0, 0.0);
    for count in 0..=all {
        let (k, rest) = (f64::from(count), f64::from(all - count));
        let chance = (choose + k * yes + rest * no).exp();
        match count >= hits {
            true => from += chance,
            false => below += chance,
        }
        choose += rest.max(1.0).ln() - (k + 1.0).ln();
    }
    // The sums are 1 together but for rounding; the smaller one is the more exact.
    if from < below { from } else { 1.0 - below }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Table I of Newcombe, Stat Med 1998;17:857–872, method 5 (Clopper–Pearson), four digits.
    #[test]
    fn it_is_what_was_published() {
        for (hits, all, low, high) in [
            (81, 263, 0.2527, 0.3676),
            (15, 148, 0.0578, 0.1617),
            (0, 20, 0.0, 0.1684),
            (1, 29, 0.0009, 0.1776),
        ] {
            let (from, to) = interval(hits, all);
            assert!((from - low).abs() < 0.000_05, "{hits}/{all}: {from}");
            assert!((to - high).abs() < 0.000_05, "{hits}/{all}: {to}");
            // Turned round it is the same.
            let (least, most) = interval(all - hits, all);
            assert!((least - (1.0 - to)).abs() < 1e-9 && (most - (1.0 - from)).abs() < 1e-9);
        }
    }

    #[test]
    fn it_holds_at_the_ends_and_for_many() {
        assert_eq!(interval(0, 0), (0.0, 1.0));
        let (low, high) = interval(20, 20);
        assert!((low - 0.8316).abs() < 0.000_05);
        assert!((high - 1.0).abs() < 1e-9);
        let (low, high) = interval(5_000, 10_000);
        assert!((low - 0.4902).abs() < 0.000_1 && (high - 0.5098).abs() < 0.000_1);
    }
}
