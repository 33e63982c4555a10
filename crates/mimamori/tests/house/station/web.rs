//! Whoever has no card signs up on the web, and finds it again by a number.

use mimamori::scope::Role;
use mimamori::station::signups::{self, What};

use super::said;
use super::signed::{sitting, wish};
use crate::town::{Client, Page, on_both};

const HERS: [(&str, &str); 2] = [("name", "小川 みどり"), ("phone", "090-0555-6677")];

async fn sign_up(client: &Client, path: &str) -> Page {
    let form = client.get(path).await;
    let nonce = form.attr("input[name=nonce]", "value").unwrap();
    let mut sent = vec![("nonce", nonce.as_str())];
    sent.extend(HERS);
    let first = client.post(path, &sent).await;
    // The same form sent again is the same sign-up, with the same number.
    let again = client.post(path, &sent).await;
    assert_eq!(code(&first), code(&again));
    first
}

fn code(page: &Page) -> String {
    page.select("strong.digits").remove(0)
}

#[tokio::test]
async fn somebody_without_a_card_signs_up_once_a_form_and_calls_off_by_the_number() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let day = sitting(&town, &nurse, 1).await;
        let path = format!("/c/minami/days/{day}");
        let visitor = town.visitor();
        let calendar = visitor.get("/c/minami?m=2026-12").await;
        assert!(calendar.text().contains(&path));
        let empty = visitor.post(&path, &[("nonce", "0000000000000001")]).await;
        assert_eq!((empty.status, empty.select(".problem").len()), (422, 2));
        let first = sign_up(&visitor, &path).await;
        assert!(first.text().contains("参加できます"), "{}", first.text());
        let second = sign_up(&visitor, &path).await;
        assert!(second.text().contains("次が順番です"), "{}", second.text());
        let mut conn = db.read().await.unwrap();
        let course = mimamori::station::courses::find_day(&mut conn, &nurse, day)
            .await
            .unwrap();
        let room = signups::room(&mut conn, &nurse, &course).await.unwrap();
        drop(conn);
        assert_eq!((room.inside, room.waiting), (1, 1));
        // The counter sees that the two may be one, and who wrote them.
        let counter = town.sign_in(Role::CenterStaff).await;
        let list = counter.get(&format!("/station/days/{day}/signups")).await;
        assert_eq!(list.text().matches("同じ名前と電話がほかにも").count(), 2);
        // By the number it is seen without a name, and ends.
        let typed = [("code", &*code(&first))];
        let seen = visitor.post("/c/minami/signups", &typed).await;
        assert!(seen.text().contains("やさしい書道") && !seen.text().contains("小川"));
        let path = "/c/minami/signups/answer";
        let version = seen.attr("input[name=version]", "value").unwrap();
        let ends = [typed[0], ("version", &*version), ("how", "cancelled")];
        assert!(
            visitor
                .post(path, &ends)
                .await
                .text()
                .contains("承りました")
        );
        assert!(
            visitor
                .post(path, &ends)
                .await
                .text()
                .contains("様子が変わりました")
        );
        // The place goes to the other, who takes it by her number.
        let typed = [("code", &*code(&second))];
        let seen = visitor.post("/c/minami/signups", &typed).await;
        let version = seen.attr("input[name=version]", "value").unwrap();
        let takes = [typed[0], ("version", &*version), ("how", "took")];
        let took = visitor.post(path, &takes).await;
        assert!(took.text().contains("参加できます"), "{}", took.text());
        assert!(!said(&town).await.contains("小川"), "no name in lines");
    })
    .await;
}

#[tokio::test]
async fn whoever_types_anothers_name_learns_nothing_of_where_they_go() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let day = sitting(&town, &nurse, 2).await;
        let path = format!("/c/minami/days/{day}");
        let theirs = signups::sign_up(db, &nurse, wish(day, "小川 みどり", 7)).await;
        let theirs = theirs.unwrap();
        let stranger = town.visitor_from("203.0.113.9");
        let answer = sign_up(&stranger, &path).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains("参加できます"), "as for anybody");
        let mut conn = db.read().await.unwrap();
        let one = signups::find(&mut conn, &nurse, theirs).await.unwrap();
        drop(conn);
        assert_eq!(one.version, 1, "hers is untouched");
        signups::end(db, &nurse, (theirs, 1), What::Cancelled)
            .await
            .unwrap();
        // Numbers are not tried through, and another town's are none.
        let other = [("code", &*code(&answer))];
        assert_eq!(stranger.post("/c/kitami/signups", &other).await.status, 422);
        for _ in 0..9 {
            let tried = stranger
                .post("/c/minami/signups", &[("code", "123-456-7890")])
                .await;
            assert_eq!(tried.status, 422);
        }
        let more = stranger
            .post("/c/minami/signups", &[("code", "123-456-7890")])
            .await;
        assert_eq!(more.status, 429);
    })
    .await;
}

#[tokio::test]
async fn what_has_begun_is_off_or_is_not_for_everybody_takes_nobody_from_the_web() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let day = sitting(&town, &nurse, 2).await;
        let path = format!("/c/minami/days/{day}");
        let visitor = town.visitor();
        let form = visitor.get(&path).await;
        let nonce = form.attr("input[name=nonce]", "value").unwrap();
        town.at("2026-12-04T13:30:00+09:00");
        assert!(visitor.get(&path).await.text().contains("もう始まっている"));
        let late = [("nonce", nonce.as_str()), HERS[0], HERS[1]];
        assert_eq!(visitor.post(&path, &late).await.status, 422);
        let open = super::held(&town, &nurse).await;
        let none = format!("/c/minami/days/{}", open.days[2]);
        assert_eq!(visitor.get(&none).await.status, 404, "one just comes");
        let other = format!("/c/kitami/days/{day}");
        assert_eq!(visitor.get(&other).await.status, 404);
    })
    .await;
}
