//! What a hand-over stands on: where the person lives by now, or a consent to whoever receives it.

use mimamori::cases::{self, Access, Refusal};
use mimamori::ids::{CaseId, RowId};
use mimamori::networks::{self, Organisation, OrganisationKind};
use mimamori::scope::Role;

use super::{Someone, begin, find, first, moved, offer, put_under, someone};
use crate::hanako;
use crate::town::{Page, Town, on_both};

async fn clinic(town: &Town) -> RowId {
    let new = Organisation {
        id: RowId(0),
        kind: OrganisationKind::Hospital,
        name: "きたクリニック".to_owned(),
        phones: Vec::new(),
        closed_at: None,
        version: 1,
    };
    networks::add_organisation(town.db(), &town.deed().await, new)
        .await
        .unwrap()
}

async fn handed(town: &Town, case: CaseId) -> usize {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let all = cases::list_handovers(&mut conn, &deed, case).await;
    all.unwrap().len()
}

/// Writes a consent to a referral down; its id.
async fn agreed(town: &Town, who: &Someone, case: CaseId, (place, to): (&str, &str)) -> String {
    let form = [
        ("purpose", "referral"),
        ("consent_place", place),
        ("consent_to", to),
        ("consent_by", "ご本人、書面"),
        ("given_on", "2026-11-20"),
    ];
    let path = format!("/cases/{case}/consents");
    let page = who.client.post(&path, &form).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let mut conn = town.db().read().await.unwrap();
    let all = cases::list_entries::<cases::Consent>(&mut conn, &who.deed, case).await;
    all.unwrap()[0].id.to_string()
}

async fn refer(who: &Someone, case: CaseId, (to, consent, same): (RowId, &str, &str)) -> Page {
    let to = to.to_string();
    let form = [
        ("organisation", to.as_str()),
        ("refer_words", "もの忘れの相談をお願いしました"),
        ("refer_consent", consent),
        ("refer_same", same),
    ];
    let path = format!("/cases/{case}/referral");
    who.client.post(&path, &form).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticked_reason_moves_nobody() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let to = town.minami.other_center;
        let across = someone(&town, Role::CenterStaff, to, "北見 遠子").await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let center = to.to_string();
        let path = format!("/cases/{case}/transfer");
        for (why, by_hand) in [("moved", None), ("areas", None), ("moved", Some(to))] {
            if by_hand.is_some() {
                put_under(&town, person, by_hand).await;
            }
            let form = [
                ("center", center.as_str()),
                ("why_transfer", why),
                ("urgency", "soon"),
                ("transfer_words", "お願いします。"),
            ];
            let page = nurse.client.post(&path, &form).await;
            assert_eq!(page.status, 422, "{why}");
            assert!(
                page.text()
                    .contains("まだ引き継ぎ先の担当区域ではありません")
            );
            assert!(page.text().contains("お願いします。"), "what was typed");
        }
        assert_eq!(handed(&town, case).await, 0);
        // Of a household, one who stayed is asked.
        let stays = hanako::register(&town).await;
        cases::add_person(town.db(), &nurse.deed, case, stays)
            .await
            .unwrap();
        moved(&town, person, to).await;
        let half = cases::offer(town.db(), &nurse.deed, case, offer(to)).await;
        assert!(matches!(half, Err(Refusal::NotMoved)));
        moved(&town, stays, to).await;
        let one = cases::offer(town.db(), &nurse.deed, case, offer(to)).await;
        let one = one.unwrap();
        // They came back before anybody took it.
        moved(&town, person, town.minami.center).await;
        let path = format!("/handovers/{one}/acceptance");
        across.client.post(&path, &[]).await;
        assert_eq!(find(&town, case).await.center, town.minami.center);
        moved(&town, person, to).await;
        across.client.post(&path, &[]).await;
        assert_eq!(find(&town, case).await.center, to);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_to_one_place_carries_nothing_to_another() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Center).await;
        let (hospital, clinic) = (town.minami.hospital, clinic(&town).await);
        let place = format!("organisation:{hospital}");
        let consent = agreed(&town, &nurse, case, (&place, "")).await;
        let page = refer(&nurse, case, (clinic, &consent, "")).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("ほかの相手に伝えるためのもの"));
        assert_eq!(handed(&town, case).await, 0);
        let page = refer(&nurse, case, (hospital, &consent, "")).await;
        assert_eq!(page.status, 303, "{}", page.text());
        // Where only words name the receiver, somebody says that it is the same, of these two.
        let consent = agreed(&town, &nurse, case, ("", "駅前の大きな病院")).await;
        let page = refer(&nurse, case, (clinic, &consent, "")).await;
        assert_eq!(page.status, 422);
        let asked = page.select("label.choice").join("\n");
        assert!(asked.contains("駅前の大きな病院") && asked.contains("きたクリニック"));
        let tick = page.attr("input[name=refer_same]", "value").unwrap();
        assert_eq!(page.attr("input[name=refer_same]", "checked"), None);
        let page = refer(&nurse, case, (hospital, &consent, &tick)).await;
        assert_eq!(page.status, 422, "the tick was for another place");
        assert_eq!(handed(&town, case).await, 1);
        let page = refer(&nurse, case, (clinic, &consent, &tick)).await;
        assert_eq!(page.status, 303, "{}", page.text());
        assert_eq!(handed(&town, case).await, 2);
        // By the same name it needs no asking.
        let consent = agreed(&town, &nurse, case, ("", "きたクリニック")).await;
        let page = refer(&nurse, case, (clinic, &consent, "")).await;
        assert_eq!(page.status, 303);
    })
    .await;
}
