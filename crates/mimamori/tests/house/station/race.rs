//! Many ask for a few places at the same moment.

use std::collections::HashSet;

use mimamori::scope::Role;
use mimamori::station::signups::{self, State};

use super::{sitting, wish};
use crate::town::on_both;

const PLACES: u32 = 30;
const TRIES: i64 = 200;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_ask_for_thirty_places_at_once() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let day = sitting(&town, &nurse, PLACES).await;
        let mut tries = tokio::task::JoinSet::new();
        for at in 0..TRIES {
            // Every fourth is sent twice.
            for _ in 0..if at % 4 == 0 { 2 } else { 1 } {
                let (db, deed) = (town.db().clone(), nurse.clone());
                let wish = wish(day, &format!("並木 {at}"), 1_000 + at);
                tries.spawn(async move { signups::sign_up(&db, &deed, wish).await.unwrap() });
            }
        }
        let told: HashSet<_> = tries.join_all().await.into_iter().collect();
        assert_eq!(told.len(), 200, "what was sent twice is one");
        let mut conn = town.db().read().await.unwrap();
        let mut of = async |state| {
            let all = signups::list_of_day(&mut conn, &nurse, day, state, 1_000).await;
            all.unwrap()
        };
        let (inside, waiting) = (of(State::In).await, of(State::Waiting).await);
        assert_eq!((inside.len(), waiting.len()), (30, 170));
        let last = inside.iter().map(|one| one.number).max();
        let first = waiting.iter().map(|one| one.number).min();
        assert!(last < first, "the order of arrival");
        let numbers: Vec<i64> = waiting.iter().map(|one| one.number).collect();
        assert!(numbers.is_sorted_by(|one, next| one < next));
        let there: HashSet<_> = inside.iter().chain(&waiting).map(|one| one.id).collect();
        assert_eq!(there, told, "nobody is lost");
    })
    .await;
}
