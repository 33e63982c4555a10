//! 「なし」 on a roster is not yet the person's own answer.

use mimamori::people::import::Mode;
use mimamori::people::{self, Known, Way};
use mimamori::scope::Role;

use super::{ROSTER, judged, person, take};
use crate::town::{Client, Town, on_both};

const IN_ROSTER: &str = "なし（名簿の記載。本人への確認はまだ）";
const ASKED: &str = "なし（確認ずみ）";

/// What the desk reads aloud to an ambulance of somebody's medical things.
async fn aloud(client: &Client, id: &str) -> Vec<String> {
    let path = format!("/desk/people/{id}");
    let page = client.post(&path, &[("caller", "ambulance")]).await;
    let inquiry = page
        .attr("main a[href^='/desk/inquiries/']", "href")
        .unwrap();
    let tell = [("tier", "medical"), ("basis", "basis.life")];
    client.post(&format!("{inquiry}/disclosures"), &tell).await;
    client.get(&inquiry).await.select(".said")
}

async fn drugs(town: &Town) -> Known {
    person(town, "00001").await.unwrap().medical.value.drugs
}

async fn brought_in(town: &Town) {
    let run = judged(town, ROSTER).await;
    take(town, run, Mode::Good).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rosters_none_is_read_aloud_as_the_rosters_until_somebody_asks() {
    on_both(async |town| {
        brought_in(&town).await;
        let id = person(&town, "00001").await.unwrap().id.to_string();
        let nurse = town.sign_in(Role::CenterStaff).await;
        let record = nurse.get(&format!("/people/{id}")).await.text();
        assert!(record.contains(IN_ROSTER) && !record.contains(ASKED));
        let said = aloud(&nurse, &id).await;
        assert!(said.iter().any(|said| said == IN_ROSTER), "{said:?}");
        assert!(!said.iter().any(|said| said == ASKED), "{said:?}");
        let asked = [
            ("group", "medical"),
            ("version", "1"),
            ("heard", "unchanged"),
            ("way", "phone"),
        ];
        // Allergies were never asked, so that nothing can be "unchanged" yet.
        let refused = nurse.post(&format!("/people/{id}/confirm"), &asked).await;
        assert_eq!(refused.status, 422);
        let mut medical = person(&town, "00001").await.unwrap().medical;
        medical.value.allergies = Known::Listed("卵".to_owned());
        let deed = town.deed_of(Role::CenterStaff).await;
        let (whole, way) = (id.parse().unwrap(), Some(Way::Phone));
        people::change_medical(town.db(), &deed, whole, 1, medical.value, way)
            .await
            .unwrap();
        assert!(aloud(&nurse, &id).await.iter().any(|said| said == ASKED));
        let history = nurse.get(&format!("/people/{id}/history")).await.text();
        assert!(history.contains(IN_ROSTER) && history.contains(ASKED));
        brought_in(&town).await;
        assert!(
            drugs(&town).await == Known::None,
            "the roster does not take the answer back"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_another_field_confirms_nothing() {
    on_both(async |town| {
        brought_in(&town).await;
        let id = person(&town, "00001").await.unwrap().id;
        let nurse = town.sign_in(Role::CenterStaff).await;
        let path = format!("/people/{id}/medical/edit");
        let form = nurse.get(&path).await;
        let ticked = form.attr("[name=drugs][checked]", "value");
        assert_eq!(ticked.as_deref(), Some("none_in_roster"));
        let offered = form.select("[name=allergies]").len();
        assert_eq!(offered, 3, "nobody chooses anew what only a roster says");
        let copied = |how, version| {
            [
                ("version", version),
                ("illnesses", "listed"),
                ("illnesses_text", "糖尿病、白内障"),
                ("drugs", "none_in_roster"),
                ("allergies", "not_confirmed"),
                ("how", how),
            ]
        };
        assert_eq!(nurse.post(&path, &copied("", "1")).await.status, 303);
        assert!(drugs(&town).await == Known::NoneInRoster);
        let asked = copied("in_person", "2");
        assert_eq!(nurse.post(&path, &asked).await.status, 303);
        assert!(drugs(&town).await == Known::None);
    })
    .await;
}
