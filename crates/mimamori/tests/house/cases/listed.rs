//! Nobody assigns or takes out of a list what they do not see.

use mimamori::cases::Access;
use mimamori::scope::Role;

use super::{begin, find, first, someone};
use crate::hanako;
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_assigns_a_case_that_their_lists_do_not_hold() {
    on_both(async |town| {
        let person = hanako::register(&town).await;
        let nurse = first(&town, Role::CenterStaff).await;
        let case = begin(&town, &nurse.deed, person, Access::Named).await;
        let (here, there) = (town.minami.center, town.minami.other_center);
        let mine = someone(&town, Role::CenterStaff, there, "北見 遠子").await;
        let strangers = [
            someone(&town, Role::CenterHead, there, "北山 長子").await,
            someone(&town, Role::CenterStaff, here, "近藤 同子").await,
        ];
        for who in &strangers {
            for to in [who.staff, mine.staff, nurse.staff] {
                let to = to.to_string();
                for version in ["1", "2"] {
                    let form = [("version", version), ("lead", to.as_str())];
                    let path = format!("/cases/{case}/assignment");
                    assert_eq!(who.client.post(&path, &form).await.status, 404);
                }
            }
        }
        // What the head of the other center reads of everybody's work does not count it.
        let load = strangers[0].client.get("/cases/load").await;
        assert_eq!(load.status, 200);
        assert!(load.text().contains("支援はまだありません"));
        assert_eq!(find(&town, case).await.lead, Some(nurse.staff));
    })
    .await;
}
