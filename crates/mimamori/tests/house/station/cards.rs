//! Cards lead to whose they are, and to nobody when they are lost; times away are told ahead.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::SupporterId;
use mimamori::scope::Role;
use mimamori::station::supporters::{
    self, Away, AwayKind, ByCard, Card, CardState, Refusal, qr_text,
};

use super::{equipped, joined};
use crate::town::{Town, on_both};

async fn cards(town: &Town, deed: &Deed, id: SupporterId) -> Vec<Card> {
    let mut conn = town.db().read().await.unwrap();
    supporters::list_cards(&mut conn, deed, id).await.unwrap()
}

async fn shown(town: &Town, deed: &Deed, text: &str) -> ByCard {
    let mut conn = town.db().read().await.unwrap();
    supporters::by_card(&mut conn, deed, text).await.unwrap()
}

async fn version(town: &Town, deed: &Deed, id: SupporterId) -> i64 {
    let mut conn = town.db().read().await.unwrap();
    supporters::find(&mut conn, deed, id).await.unwrap().version
}

async fn qr(town: &Town, deed: &Deed, card: &Card) -> String {
    let mut conn = town.db().read().await.unwrap();
    let secret = supporters::secret_of(&mut conn, deed, card.id).await;
    qr_text("https://mimamori.example.jp", "minami", &secret.unwrap())
}

#[tokio::test]
async fn a_card_leads_to_whose_it_is_by_number_and_by_qr() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        equipped(&town, &nurse, id).await;
        let card = cards(&town, &nurse, id).await.remove(0);
        let (number, qr) = (card.number.to_string(), qr(&town, &nurse, &card).await);
        for text in [&number, &number.replace('-', ""), &format!("{qr}\r\n")] {
            let found = shown(&town, &nurse, text).await;
            assert!(matches!(found, ByCard::In(one) if one.id == id), "{text}");
        }
        let digits = number.replace('-', "");
        let swapped: String = digits.chars().rev().collect();
        for wrong in [&digits[..6], &swapped] {
            let found = shown(&town, &nurse, wrong).await;
            assert!(
                matches!(found, ByCard::Misread(_) | ByCard::Unknown),
                "{wrong}"
            );
        }
        // It is nobody's in another town.
        let other = town.deed_at(&town.kitami, Role::CenterStaff).await;
        for text in [&number, &qr] {
            assert!(matches!(shown(&town, &other, text).await, ByCard::Unknown));
        }
        // Whoever has left is told apart from whoever is in.
        let last = date(2026, 11, 19);
        let upon = (id, version(&town, &nurse, id).await);
        supporters::leave(town.db(), &nurse, upon, last)
            .await
            .unwrap();
        assert!(matches!(
            shown(&town, &nurse, &number).await,
            ByCard::NotIn(_)
        ));
        let client = town.sign_in(Role::CenterStaff).await;
        let found = client
            .post("/station/supporters/search", &[("q", &number)])
            .await;
        assert!(found.text().contains("川村 澄江"));
        assert!(found.text().contains("いまは入会していません"));
    })
    .await;
}

#[tokio::test]
async fn a_lost_card_leads_nowhere_and_one_is_in_use_at_most() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let id = joined(&town, &nurse).await;
        let first = supporters::give_card(db, &nurse, (id, 1)).await.unwrap();
        let old = supporters::give_card(db, &nurse, (id, 1)).await;
        assert!(
            matches!(old, Err(Refusal::Changed)),
            "the other desk was first"
        );
        let two = supporters::give_card(db, &nurse, (id, 2)).await;
        assert!(matches!(two, Err(Refusal::HasCard)));
        let number = cards(&town, &nurse, id).await[0].number.to_string();
        supporters::renew_card(db, &nurse, (id, 2), first, CardState::Lost)
            .await
            .unwrap();
        let found = shown(&town, &nurse, &number).await;
        assert!(matches!(found, ByCard::Ended(_, CardState::Lost)));
        let all = cards(&town, &nurse, id).await;
        let in_use: Vec<&Card> = all
            .iter()
            .filter(|one| one.state == CardState::InUse)
            .collect();
        assert_eq!((all.len(), in_use.len()), (2, 1));
        // The old one is found again, and is not a second one beside the new.
        let again = supporters::settle_card(db, &nurse, (id, 4), first, CardState::InUse).await;
        assert!(matches!(again, Err(Refusal::HasCard)));
        supporters::settle_card(db, &nurse, (id, 4), in_use[0].id, CardState::Void)
            .await
            .unwrap();
        supporters::settle_card(db, &nurse, (id, 5), first, CardState::InUse)
            .await
            .unwrap();
        assert!(matches!(shown(&town, &nurse, &number).await, ByCard::In(_)));
        let void =
            supporters::settle_card(db, &nurse, (id, 6), in_use[0].id, CardState::InUse).await;
        assert!(matches!(void, Err(Refusal::StandsSo)));
    })
    .await;
}

#[tokio::test]
async fn two_desks_at_once_give_one_card() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let give = || supporters::give_card(town.db(), &nurse, (id, 1));
        let (one, two, three) = tokio::join!(give(), give(), give());
        let given = [one, two, three].iter().filter(|one| one.is_ok()).count();
        assert_eq!((given, cards(&town, &nurse, id).await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_with_a_card_learns_where_to_bring_it_and_nothing_else() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        equipped(&town, &nurse, id).await;
        let page = town.visitor().get("/k/minami").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("カードを拾われた方へ"));
        assert!(!page.text().contains("川村"));
        assert_eq!(town.visitor().get("/k/nowhere").await.status, 404);
        let card = cards(&town, &nurse, id).await.remove(0);
        let qr = qr(&town, &nurse, &card).await;
        assert!(
            qr.starts_with("https://mimamori.example.jp/k/minami#"),
            "no secret is sent"
        );
    })
    .await;
}

#[tokio::test]
async fn times_away_are_told_ahead_and_do_not_meet() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let client = town.sign_in(Role::CenterStaff).await;
        let aways = format!("/station/supporters/{id}/aways");
        let form = [
            ("away_from", "R8.11.18"),
            ("away_kind", "hospital"),
            ("away_words", "ひざの手術"),
        ];
        let done = client.post(&aways, &form).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let list = client.get("/station/supporters").await.text();
        assert!(list.contains("お休み中：入院"));
        let page = client
            .get(&format!("/station/supporters/{id}"))
            .await
            .text();
        assert!(page.contains("いつまでかは未定") && page.contains("ひざの手術"));
        let august = Away {
            from: date(2027, 8, 1),
            until: None,
            kind: AwayKind::Family,
            words: String::new(),
        };
        let meets = supporters::tell_away(town.db(), &nurse, id, august.clone()).await;
        assert!(matches!(meets, Err(Refusal::Meets(_))));
        let refused = client
            .post(
                &aways,
                &[("away_from", "2027-08-01"), ("away_kind", "family")],
            )
            .await;
        assert_eq!(refused.status, 422);
        assert!(
            refused
                .text()
                .contains("前に聞いたお休み（2026年11月18日～")
        );
        // She comes home earlier than anybody knew; then August is free.
        let kept = {
            let mut conn = town.db().read().await.unwrap();
            supporters::list_aways(&mut conn, &nurse, id)
                .await
                .unwrap()
                .remove(0)
        };
        let change = format!("{aways}/{}", kept.id);
        let until = format!("until-{}", kept.id);
        let home = [("version", "1"), (until.as_str(), "2026-11-19")];
        assert_eq!(client.post(&change, &home).await.status, 303);
        assert_eq!(
            client.post(&change, &home).await.status,
            409,
            "somebody saved first"
        );
        let list = client.get("/station/supporters").await.text();
        assert!(!list.contains("お休み中"));
        supporters::tell_away(town.db(), &nurse, id, august)
            .await
            .unwrap();
        let gone = client.post(&format!("{change}/remove"), &[]).await;
        assert_eq!(gone.status, 303);
    })
    .await;
}
