//! Which of a row's contacts or clinics is which of those that are known.

/// The most that is the same besides the name.
pub const MOST: u8 = 3;

/// For each new one its known one, each of which is taken once. By the name alone a pair is made only
/// where as many bear it on either side, in their order: of two namesakes nobody is overwritten by a
/// guess, and what is not paired is another one. `alike`: nothing for another name, else how much more
/// than the name is the same, up to `MOST`.
pub fn pairs<N, O>(
    new: &[N],
    old: &[O],
    alike: impl Fn(&N, &O) -> Option<u8>,
) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    for wanted in (1..=MOST).rev() {
        for (at, one) in new.iter().enumerate() {
            if found[at].is_none() {
                let is = |other: &usize| alike(one, &old[*other]) == Some(wanted);
                found[at] = free(&found, old.len()).into_iter().find(is);
            }
        }
    }
    let (left, rest) = (found.clone(), free(&found, old.len()));
    for at in (0..new.len()).filter(|at| left[*at].is_none()) {
        let bears = |other: &usize| alike(&new[at], &old[*other]).is_some();
        let namesakes: Vec<usize> = rest.iter().copied().filter(bears).collect();
        let Some(first) = namesakes.first() else {
            continue;
        };
        let is_rival =
            |one: &usize| left[*one].is_none() && alike(&new[*one], &old[*first]).is_some();
        let before = (0..at).filter(is_rival).count();
        if (0..new.len()).filter(is_rival).count() == namesakes.len() {
            found[at] = namesakes.get(before).copied();
        }
    }
    found
}

fn free(found: &[Option<usize>], known: usize) -> Vec<usize> {
    (0..known)
        .filter(|at| !found.contains(&Some(*at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, and what tells namesakes apart.
    type One = (&'static str, &'static str);

    fn of(new: &[One], old: &[One]) -> Vec<Option<usize>> {
        pairs(new, old, |new, old| {
            let more = new.1 == old.1 && !new.1.is_empty();
            (new.0 == old.0).then_some(u8::from(more))
        })
    }

    #[test]
    fn namesakes_are_told_apart_and_none_is_taken_twice() {
        let old = [("清", "弟"), ("清", "長男"), ("勇", "")];
        assert_eq!(of(&old, &old), [Some(0), Some(1), Some(2)]);
        assert_eq!(of(&[("清", "長男")], &old), [Some(1)]);
        // Which of the two is meant can't be told.
        assert_eq!(of(&[("清", "孫")], &old), [None]);
        assert_eq!(of(&[("清", ""), ("清", "")], &old), [Some(0), Some(1)]);
        // The one who is known takes nobody's place.
        assert_eq!(of(&[("清", "長男"), ("清", "")], &old), [Some(1), Some(0)]);
        assert_eq!(of(&[("勇", "姪"), ("勇", "甥")], &old), [None, None]);
        assert_eq!(of(&[("勇", "姪")], &old), [Some(2)]);
        assert_eq!(of(&[("薫", "")], &old), [None]);
    }
}
