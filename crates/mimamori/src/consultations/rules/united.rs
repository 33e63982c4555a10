//! Who is one although two centers heard of them in different ways: whoever shares a mark.

use std::collections::HashMap;

use super::figures::Counted;

/// By what each is counted, where marks that belong together are one.
pub fn united(all: &[Counted]) -> impl Fn(i64) -> i64 + use<> {
    let mut above: HashMap<i64, i64> = HashMap::new();
    for one in all {
        // Whoever is counted by a record is not counted by what was heard of them before.
        if one.who == 0 || one.who != one.codes.who {
            continue;
        }
        for also in one.codes.also.into_iter().filter(|also| *also != 0) {
            let (low, high) = ends(&above, one.who, also);
            if low != high {
                above.insert(high, low);
            }
        }
    }
    move |who| first(&above, who)
}

fn ends(above: &HashMap<i64, i64>, a: i64, b: i64) -> (i64, i64) {
    let (a, b) = (first(above, a), first(above, b));
    (a.min(b), a.max(b))
}

/// Each leads to a smaller one, so that it ends.
fn first(above: &HashMap<i64, i64>, mut who: i64) -> i64 {
    while let Some(next) = above.get(&who) {
        who = *next;
    }
    who
}
