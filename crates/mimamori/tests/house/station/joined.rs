//! スミエ, the supporter that stories are told of.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::{PersonId, RowId, SupporterId};
use mimamori::routes::EXPLAINS;
use mimamori::station::courses::{Role, Year};
use mimamori::station::supporters::{self, Away, AwayKind, Details, Reach};
use mimamori::station::vouchers::{self, New};
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
        name_on_card: false,
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
    equipped(town, deed, id).await;
    id
}

/// She has a card, and will be with her daughter in August.
pub async fn equipped(town: &Town, deed: &Deed, id: SupporterId) -> (RowId, RowId) {
    let mut conn = town.db().read().await.unwrap();
    let one = supporters::find(&mut conn, deed, id).await.unwrap();
    drop(conn);
    let card = supporters::give_card(town.db(), deed, (id, one.version)).await;
    let away = Away {
        from: date(2027, 8, 1),
        until: Some(date(2027, 8, 31)),
        kind: AwayKind::Family,
        words: "長女のところで孫の世話".to_owned(),
    };
    let away = supporters::tell_away(town.db(), deed, id, away).await;
    (card.unwrap(), away.unwrap())
}

/// This year's fee was paid by mistake and taken back, and is waived.
pub async fn waived(town: &Town, deed: &Deed, id: SupporterId) {
    let (db, of) = (town.db(), (id, Year::of(date(2026, 11, 20))));
    supporters::pay(db, deed, of, 2_000, date(2026, 11, 20))
        .await
        .unwrap();
    supporters::reopen(db, deed, of, "妹さんの分だった")
        .await
        .unwrap();
    supporters::waive(db, deed, of, "春から長く入院された")
        .await
        .unwrap();
}

/// She was given vouchers for cooking.
pub async fn given(town: &Town, deed: &Deed, id: SupporterId) -> RowId {
    let new = New {
        id: RowId(deed.new_id()),
        day: date(2026, 11, 20),
        amount: 500,
        course: "大鍋で煮物をした日".to_owned(),
        role: Some(Role::Cook),
    };
    let line = new.id;
    assert!(vouchers::give(town.db(), deed, id, new).await.unwrap());
    line
}
