//! Numbers are made ahead.

use std::collections::HashSet;

use mimamori::scope::Role;
use mimamori::tags::{self, Mix, Order, Refusal, State};

use super::stocked;
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_made_in_pieces_and_every_number_is_its_own() {
    on_both(async |town| {
        let batch = stocked(&town, 600).await;
        let deed = town.deed_of(Role::TownAdmin).await;
        let list = tags::take_list(town.db(), &deed, batch).await.unwrap();
        let numbers: HashSet<String> = list.iter().map(|(number, _)| number.kept()).collect();
        let addresses: HashSet<&str> = list
            .iter()
            .map(|(_, carrier)| carrier.secret.as_str())
            .collect();
        assert_eq!((numbers.len(), addresses.len()), (600, 1_800));
        let mut conn = town.db().read().await.unwrap();
        let counts = tags::count_states(&mut conn, &deed.scope).await.unwrap();
        assert_eq!(counts[0], (State::Stock, 600));
        let batch = tags::find_batch(&mut conn, &deed, batch)
            .await
            .unwrap()
            .unwrap();
        assert!(batch.made == 600 && batch.taken_at.is_some() && batch.order.note == "見本");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_out_of_bounds_is_refused() {
    on_both(async |town| {
        let deed = town.deed_of(Role::TownAdmin).await;
        let order = Order {
            count: 10_001,
            mix: Mix::KEY_HOLDER,
            note: String::new(),
        };
        let refused = tags::order_batch(town.db(), &deed, order).await;
        assert!(matches!(refused, Err(Refusal::BadOrder)));
    })
    .await;
}
