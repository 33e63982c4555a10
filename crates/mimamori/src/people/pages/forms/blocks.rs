//! Blocks of fields that are added, removed and moved by buttons, without script: `c1_name`,
//! `c2_name`, … The button comes as `do=add`, `do=drop-2` or `do=up-2`.

use crate::people::pages::typed::Typed;

/// How many blocks a form has, whether filled or not.
pub fn count(typed: &Typed, prefix: &str) -> usize {
    let highest = (1..=20).rev().find(|at| {
        let start = format!("{prefix}{at}_");
        typed.0.iter().any(|(name, _)| name.starts_with(&start))
    });
    highest.unwrap_or(0)
}

/// The form after its button for blocks was pressed; `None` where another button was.
pub fn rearranged(typed: &Typed, prefix: &str, most: usize) -> Option<Typed> {
    let (deed, at) = match typed.get("do").split_once('-') {
        Some((deed, at)) => (deed, at.parse().ok()?),
        None => (typed.get("do"), 0),
    };
    let total = count(typed, prefix);
    let mut order: Vec<usize> = (1..=total).collect();
    match deed {
        "add" if total < most => order.push(total + 1),
        "add" => {}
        "drop" => order.retain(|block| *block != at),
        "up" if (2..=total).contains(&at) => order.swap(at - 1, at - 2),
        _ => return None,
    }
    Some(in_order(typed, prefix, &order))
}

fn in_order(typed: &Typed, prefix: &str, order: &[usize]) -> Typed {
    let outside = typed
        .0
        .iter()
        .filter(|(name, _)| block_of(name, prefix).is_none());
    let mut moved: Vec<(String, String)> = outside.cloned().collect();
    for (block, to) in order.iter().zip(1..) {
        moved.push((format!("{prefix}{to}_was"), String::new()));
        let fields = typed.0.iter().filter_map(|(name, value)| {
            let (at, field) = block_of(name, prefix)?;
            (at == *block).then(|| (format!("{prefix}{to}_{field}"), value.clone()))
        });
        let fields: Vec<_> = fields.collect();
        if !fields.is_empty() {
            moved.pop();
        }
        moved.extend(fields);
    }
    Typed(moved)
}

/// `c2_name` → (2, `name`).
fn block_of<'a>(name: &'a str, prefix: &str) -> Option<(usize, &'a str)> {
    let (at, field) = name.strip_prefix(prefix)?.split_once('_')?;
    Some((at.parse().ok()?, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(deed: &str) -> Typed {
        let mut typed = Typed::default();
        typed.put("version", "3");
        for (at, name) in [(1, "一郎"), (2, "二郎"), (3, "三郎")] {
            typed.put(format!("c{at}_name"), name);
        }
        typed.put("do", deed);
        typed
    }

    fn names(typed: &Typed) -> Vec<&str> {
        let total = count(typed, "c");
        (1..=total)
            .map(|at| typed.get(["c1_name", "c2_name", "c3_name", "c4_name"][at - 1]))
            .collect()
    }

    #[test]
    fn blocks_are_added_dropped_and_moved_without_losing_what_was_typed() {
        let after = |deed: &str| rearranged(&typed(deed), "c", 4);
        assert_eq!(after("add").map(|typed| names(&typed).len()), Some(4));
        assert!(after("drop-2").is_some_and(|typed| names(&typed) == ["一郎", "三郎"]));
        assert!(after("up-3").is_some_and(|typed| names(&typed) == ["一郎", "三郎", "二郎"]));
        assert!(after("up-1").is_none());
        assert!(after("save").is_none());
        assert!(after("drop-2").is_some_and(|typed| typed.get("version") == "3"));
    }

    #[test]
    fn no_more_than_the_most_are_added() {
        let three = rearranged(&typed("add"), "c", 3);
        assert!(three.is_some_and(|typed| names(&typed).len() == 3));
    }
}
