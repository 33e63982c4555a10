//! スミエ, the supporter that stories are told of.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::{PersonId, SupporterId};
use mimamori::routes::EXPLAINS;
use mimamori::station::courses::Role;
use mimamori::station::supporters::{self, Details, Reach};
use words::phone::Phone;

use crate::town::Town;

/// What is known of her.
pub fn known() -> Details {
    Details {
        name: "川村 澄江".to_owned(),
        kana: "カワムラ スミエ".to_owned(),
        phone: Phone::parse("090-0222-3344").ok(),
        mail: "sumie@example.jp".to_owned(),
        reach: vec![Reach::Phone, Reach::Here],
        reach_words: "夜は早く休むので、夕方まで".to_owned(),
        born: Some(1946),
        likes: "編み物と花の世話".to_owned(),
        can: vec![Role::Cook, Role::Clearing],
        can_words: "魚をさばける".to_owned(),
        note: "金曜の食堂をいっしょに始めた方".to_owned(),
    }
}

/// She joined in April.
pub async fn joined(town: &Town, deed: &Deed) -> SupporterId {
    let from = date(2026, 4, 10);
    let joined = supporters::join(town.db(), deed, known(), from).await;
    joined.unwrap()
}

/// She turns out to be this person of the register.
pub async fn tied(town: &Town, deed: &Deed, person: PersonId) -> SupporterId {
    let id = joined(town, deed).await;
    let reason = "生年月日をご本人に確かめた";
    let into = (person, EXPLAINS);
    supporters::tie(town.db(), deed, (id, 1), into, reason)
        .await
        .unwrap();
    id
}
