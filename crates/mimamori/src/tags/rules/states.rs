//! From state to state: what may be done with a tag, and what it is afterwards.

use jiff::Timestamp;

use super::refusal::Refusal;
use super::tag::{Act, State, Tag};
use crate::clock::in_japan;
use crate::ids::{PersonId, TagId};

/// The tag in another state; its version is still the one that was read.
fn turned(tag: &Tag, state: State, now: Timestamp) -> Tag {
    Tag {
        state,
        since: now,
        ..tag.clone()
    }
}

/// Only a number that was never handed out is handed out.
pub fn bind(tag: &Tag, person: PersonId, now: Timestamp) -> Result<Tag, Refusal> {
    match (tag.state, tag.person) {
        (State::Stock, _) => Ok(Tag {
            person: Some(person),
            ..turned(tag, State::Bound, now)
        }),
        (State::Bound, Some(owner)) if owner == person => Err(Refusal::AlreadyTheirs(tag.id)),
        (state, _) => Err(Refusal::Not(state)),
    }
}

/// What somebody has can be lost.
pub fn lose(tag: &Tag, now: Timestamp) -> Result<Tag, Refusal> {
    match tag.state {
        State::Bound => Ok(turned(tag, State::Lost, now)),
        state => Err(Refusal::Not(state)),
    }
}

/// What was lost is found, and used as before.
pub fn find_again(tag: &Tag, now: Timestamp) -> Result<Tag, Refusal> {
    match tag.state {
        State::Lost => Ok(turned(tag, State::Bound, now)),
        state => Err(Refusal::Not(state)),
    }
}

/// Another number takes the place of one that somebody has or lost; gives whose it is.
pub fn replace(tag: &Tag, by: TagId, now: Timestamp) -> Result<(Tag, PersonId), Refusal> {
    match (tag.state, tag.person) {
        (State::Bound | State::Lost, Some(person)) => {
            let replaced_by = Some(by);
            Ok((
                Tag {
                    replaced_by,
                    ..turned(tag, State::Replaced, now)
                },
                person,
            ))
        }
        (state, _) => Err(Refusal::Not(state)),
    }
}

/// What somebody has, or had lost and found, is given back.
pub fn return_tag(tag: &Tag, now: Timestamp) -> Result<Tag, Refusal> {
    match tag.state {
        State::Bound | State::Lost => Ok(turned(tag, State::Returned, now)),
        state => Err(Refusal::Not(state)),
    }
}

/// Made void for good, from any state but void.
pub fn void(tag: &Tag, now: Timestamp) -> Result<Tag, Refusal> {
    match tag.state {
        State::Void => Err(Refusal::Not(State::Void)),
        _ => Ok(turned(tag, State::Void, now)),
    }
}

/// Takes the last act back where it was a binding or a return of the same day in Japan: a slip at
/// the counter. Later than that the number has been out of the house.
pub fn take_back(tag: &Tag, last: Option<Act>, now: Timestamp) -> Result<(Tag, Act), Refusal> {
    if in_japan(tag.since).date() != in_japan(now).date() {
        return Err(Refusal::TooLate);
    }
    match (tag.state, last) {
        (State::Bound, Some(Act::Bound)) => Ok((
            Tag {
                person: None,
                ..turned(tag, State::Stock, now)
            },
            Act::TakenBack,
        )),
        (State::Returned, Some(Act::Returned)) => {
            Ok((turned(tag, State::Bound, now), Act::ReturnTakenBack))
        }
        (state, _) => Err(Refusal::Not(state)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::number::Number;
    use super::super::tag::STATES;
    use super::*;

    const HANAKO: PersonId = PersonId(7);

    fn noon() -> Timestamp {
        "2026-11-22T12:00:00+09:00".parse().unwrap()
    }

    fn tag(state: State) -> Tag {
        Tag {
            id: TagId(1),
            number: Number::Older("12".to_owned()),
            state,
            since: noon(),
            person: (state != State::Stock).then_some(HANAKO),
            batch: None,
            replaced_by: None,
            version: 3,
        }
    }

    /// The states from which the act is refused.
    fn refused_from(act: impl Fn(&Tag) -> bool) -> Vec<State> {
        STATES
            .into_iter()
            .filter(|state| !act(&tag(*state)))
            .collect()
    }

    #[test]
    fn each_act_is_for_its_states_only() {
        use State::*;
        let now = noon();
        assert_eq!(
            refused_from(|tag| bind(tag, PersonId(8), now).is_ok()),
            [Bound, Lost, Replaced, Returned, Void]
        );
        assert_eq!(
            refused_from(|tag| lose(tag, now).is_ok()),
            [Stock, Lost, Replaced, Returned, Void]
        );
        assert_eq!(
            refused_from(|tag| find_again(tag, now).is_ok()),
            [Stock, Bound, Replaced, Returned, Void]
        );
        assert_eq!(
            refused_from(|tag| replace(tag, TagId(2), now).is_ok()),
            [Stock, Replaced, Returned, Void]
        );
        assert_eq!(
            refused_from(|tag| return_tag(tag, now).is_ok()),
            [Stock, Replaced, Returned, Void]
        );
        assert_eq!(refused_from(|tag| void(tag, now).is_ok()), [Void]);
    }

    #[test]
    fn whose_it_was_is_kept() {
        let (old, person) = replace(&tag(State::Lost), TagId(2), noon()).unwrap();
        assert_eq!(
            (old.person, old.replaced_by, person),
            (Some(HANAKO), Some(TagId(2)), HANAKO)
        );
        assert_eq!(
            void(&tag(State::Bound), noon()).unwrap().person,
            Some(HANAKO)
        );
    }

    #[test]
    fn a_second_binding_to_the_same_person_says_so() {
        let again = bind(&tag(State::Bound), HANAKO, noon());
        assert!(matches!(again, Err(Refusal::AlreadyTheirs(TagId(1)))));
    }

    #[test]
    fn a_binding_is_taken_back_on_its_day_only() {
        let bound = tag(State::Bound);
        let evening = "2026-11-22T23:59:00+09:00".parse().unwrap();
        let (stock, act) = take_back(&bound, Some(Act::Bound), evening).unwrap();
        assert_eq!(
            (stock.state, stock.person, act),
            (State::Stock, None, Act::TakenBack)
        );
        let midnight = "2026-11-23T00:00:00+09:00".parse().unwrap();
        assert!(matches!(
            take_back(&bound, Some(Act::Bound), midnight),
            Err(Refusal::TooLate)
        ));
        assert!(take_back(&bound, Some(Act::Found), evening).is_err());
        let (again, _) = take_back(&tag(State::Returned), Some(Act::Returned), evening).unwrap();
        assert_eq!((again.state, again.person), (State::Bound, Some(HANAKO)));
    }
}
