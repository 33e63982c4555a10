//! A supporter's own page: who gets in, what stands there, and what somebody does on it.

use jiff::civil::date;
use mimamori::deed::Deed;
use mimamori::ids::{RowId, SupporterId};
use mimamori::scope::{Role, Scope};
use mimamori::station::change::{self, State as Answer};
use mimamori::station::own::{self, Place};
use mimamori::station::signups::{self, State, What};
use mimamori::station::supporters::{self, CardState, qr_text};

use tokio::task::JoinSet;

use super::signed::{sitting, wish};
use super::{equipped, given, joined, listed, said};
use crate::town::{Client, Page, Town, on_both};

/// What she chose.
const PIN: &str = "7482";

/// Her card, by number and as a reader writes it.
struct Hers {
    id: SupporterId,
    card: RowId,
    number: String,
    qr: String,
}

/// 川村さん has a card and a word.
async fn hers(town: &Town, nurse: &Deed) -> Hers {
    let id = joined(town, nurse).await;
    let (card, _) = equipped(town, nurse, id).await;
    own::set_pin(town.db(), nurse, id, PIN).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let secret = supporters::secret_of(&mut conn, nurse, card).await.unwrap();
    let cards = supporters::list_cards(&mut conn, nurse, id).await.unwrap();
    Hers {
        id,
        card,
        number: cards[0].number.to_string(),
        qr: qr_text("https://mimamori.example.jp", "minami", &secret),
    }
}

async fn try_at(client: &Client, at: &str, card: &str, pin: &str) -> Page {
    let sent = [("at", at), ("card", card), ("pin", pin)];
    client.post("/m/minami", &sent).await
}

/// She opens her page at home.
pub async fn at_home(town: &Town, nurse: &Deed, id: SupporterId) {
    own::set_pin(town.db(), nurse, id, PIN).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let cards = supporters::list_cards(&mut conn, nurse, id).await.unwrap();
    drop(conn);
    let passing = Scope::public(town.minami.id, String::new());
    let passing = town.app.deed(passing).await.unwrap();
    let shown = (cards[0].number.to_string(), PIN.to_owned());
    let visit = own::enter(town.db(), &passing, shown, Place::Home).await;
    assert!(visit.unwrap().is_some());
}

async fn opened(town: &Town, of: &Hers, at: &str) -> Client {
    let client = town.visitor();
    let entered = try_at(&client, at, &of.qr, PIN).await;
    assert_eq!(
        (entered.status, entered.location()),
        (303, "/m/minami/page")
    );
    client
}

/// Without the number of the form, which is another each time.
fn plain(page: &Page) -> (u16, String) {
    (page.status, page.text())
}

#[tokio::test]
async fn whoever_has_not_both_learns_nothing_whatever_they_hold() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let of = hers(&town, &nurse).await;
        let visitor = town.visitor();
        let word = visitor.post("/m/minami", &[("card", &of.qr)]).await;
        let nobodys = qr_text("https://x", "minami", "AAAAAAAAAAAAAAAAAAAAAA");
        let other = visitor.post("/m/minami", &[("card", &nobodys)]).await;
        assert_eq!(word.status, 200);
        assert_eq!(
            word.select("h1"),
            other.select("h1"),
            "the card alone says nothing"
        );
        // A wrong word, somebody else's card, no card at all, another town's: one answer.
        let wrong = plain(&try_at(&visitor, "home", &of.qr, "9035").await);
        assert_eq!(wrong.0, 422);
        for (card, pin) in [
            (nobodys.as_str(), PIN),
            ("481-2773", PIN),
            ("なにか", PIN),
            (&of.number, "12"),
        ] {
            assert_eq!(
                plain(&try_at(&visitor, "home", card, pin).await),
                wrong,
                "{card}"
            );
        }
        let kitami = visitor
            .post("/m/kitami", &[("card", &of.qr), ("pin", PIN)])
            .await;
        assert_eq!(kitami.status, 422);
        assert_eq!(visitor.get("/m/minami/page").await.status, 303);
        // Her own word opens it, at home by the number too.
        let home = try_at(&visitor, "home", &of.number, "７４８２").await;
        assert_eq!(home.status, 303);
        let page = visitor.get("/m/minami/page").await;
        assert!(page.text().contains("川村 澄江 さんのページ"));
        let lines = said(&town).await;
        assert!(
            lines.contains("ご本人が見た") && lines.contains("暗証番号がちがった"),
            "{lines}"
        );
        // Without a word there is no page, and a lost card has none.
        own::shut(town.db(), &nurse, of.id).await.unwrap();
        assert_eq!(
            visitor.get("/m/minami/page").await.status,
            303,
            "closed at once"
        );
        assert_eq!(
            plain(&try_at(&town.visitor(), "home", &of.qr, PIN).await),
            wrong
        );
    })
    .await;
}

#[tokio::test]
async fn five_wrong_words_shut_it_however_many_try_at_once() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let of = hers(&town, &nurse).await;
        let passing = Scope::public(town.minami.id, String::new());
        let thief = town.app.deed(passing).await.unwrap();
        let mut tries = JoinSet::new();
        for at in 0..40 {
            let (db, thief) = (town.db().clone(), thief.clone());
            let shown = (of.qr.clone(), format!("{:04}", 4470 + at));
            tries.spawn(async move { own::enter(&db, &thief, shown, Place::Home).await });
        }
        for tried in tries.join_all().await {
            assert!(tried.unwrap().is_none());
        }
        let mut conn = town.db().read().await.unwrap();
        let stands = own::stands(&mut conn, &nurse, of.id)
            .await
            .unwrap()
            .unwrap();
        drop(conn);
        assert_eq!((stands.wrong, stands.is_shut()), (5, true));
        let right = try_at(&town.visitor(), "home", &of.qr, PIN).await;
        assert_eq!(right.status, 422, "also for the right one");
        assert!(said(&town).await.contains("開かないようにした"));
        let counter = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/supporters/{}/own", of.id);
        assert!(counter.get(&path).await.text().contains("閉じています"));
        let easy = counter
            .post(&path, &[("pin", "1234"), ("again", "1234")])
            .await;
        assert!(easy.status == 422 && easy.text().contains("当てられやすい"));
        let set = counter
            .post(&path, &[("pin", "9035"), ("again", "9035")])
            .await;
        assert_eq!(set.status, 303);
        assert_eq!(
            try_at(&town.visitor(), "home", &of.qr, "9035").await.status,
            303
        );
    })
    .await;
}

#[tokio::test]
async fn numbers_that_are_tried_at_random_stop_and_a_qr_goes_on() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let of = hers(&town, &nurse).await;
        for at in 0..60 {
            let thief = town.visitor_from(&format!("198.51.100.{at}"));
            assert_eq!(try_at(&thief, "home", "481-2773", "4471").await.status, 422);
        }
        let next = town.visitor_from("203.0.113.9");
        assert_eq!(try_at(&next, "home", &of.number, PIN).await.status, 429);
        assert_eq!(try_at(&next, "home", &of.qr, PIN).await.status, 303);
        town.pass(3_600);
        let later = town.visitor_from("203.0.113.10");
        assert_eq!(try_at(&later, "home", &of.number, PIN).await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn a_tablet_goes_back_after_a_minute_and_a_lost_card_closes_what_it_opened() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let of = hers(&town, &nurse).await;
        let tablet = opened(&town, &of, "tablet").await;
        let page = tablet.get("/m/minami/page").await;
        assert_eq!(page.header("refresh"), "60; url=/m/minami/tablet");
        assert_eq!(page.header("cache-control"), "no-store");
        town.pass(50);
        assert_eq!(tablet.get("/m/minami/page").await.status, 200);
        town.pass(66);
        assert_eq!(tablet.get("/m/minami/page").await.status, 303);
        // The first page takes the cookie away; whoever comes next is nobody yet.
        let tablet = opened(&town, &of, "tablet").await;
        tablet.get("/m/minami/tablet").await;
        assert_eq!(tablet.get("/m/minami/page").await.status, 303);
        let home = opened(&town, &of, "home").await;
        let page = home.get("/m/minami/page").await;
        assert_eq!(page.header("refresh"), "600; url=/m/minami");
        assert!(page.text().contains("前にこのページが開かれたのは"));
        let mut conn = town.db().read().await.unwrap();
        let version = supporters::find(&mut conn, &nurse, of.id)
            .await
            .unwrap()
            .version;
        drop(conn);
        let lost = ((of.id, version), of.card);
        supporters::renew_card(town.db(), &nurse, lost.0, lost.1, CardState::Lost)
            .await
            .unwrap();
        assert_eq!(home.get("/m/minami/page").await.status, 303);
        assert_eq!(
            try_at(&town.visitor(), "home", &of.qr, PIN).await.status,
            422
        );
    })
    .await;
}

/// She takes the place that she was offered; the address of her sign-up.
async fn took(home: &Client) -> String {
    let page = home.get("/m/minami/page").await;
    assert!(page.text().contains("席が空きました：やさしい書道"));
    let path = page.attr("form[action*='/signups/']", "action").unwrap();
    let version = page
        .attr("form[action*='/signups/'] input[name=version]", "value")
        .unwrap();
    let took = home
        .post(&path, &[("version", &version), ("how", "took")])
        .await;
    assert_eq!(took.location(), "/m/minami/page?said=in");
    let stale = home
        .post(&path, &[("version", &version), ("how", "took")])
        .await;
    assert_eq!(stale.location(), "/m/minami/page?said=changed");
    path
}

#[tokio::test]
async fn somebody_signs_up_calls_off_and_answers_for_themselves_alone() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let of = hers(&town, &nurse).await;
        given(&town, &nurse, of.id).await;
        let day = sitting(&town, &nurse, 1).await;
        let theirs = signups::sign_up(db, &nurse, wish(day, "小川 みどり", 7))
            .await
            .unwrap();
        let home = opened(&town, &of, "home").await;
        let page = home.get("/m/minami/page").await;
        assert!(page.text().contains("満席（0人がお待ちです）") && page.text().contains("500円分"));
        let path = page.attr("form[action*='/days/']", "action").unwrap();
        assert!(path.ends_with(&day.to_string()), "{path}");
        let nonce = page.attr("input[name=nonce]", "value").unwrap();
        for _ in 0..2 {
            let sent = home.post(&path, &[("nonce", &nonce)]).await;
            assert_eq!(sent.location(), "/m/minami/page?said=waiting");
        }
        let again = home.post(&path, &[]).await;
        assert_eq!(again.location(), "/m/minami/page?said=already");
        let page = home.get("/m/minami/page").await;
        assert!(page.text().contains("次が順番です"), "{}", page.text());
        // Nobody else's is theirs to end.
        let other = format!("/m/minami/signups/{theirs}");
        let sent = home
            .post(&other, &[("version", "1"), ("how", "cancelled")])
            .await;
        assert_eq!(sent.status, 404);
        signups::end(db, &nurse, (theirs, 1), What::Cancelled)
            .await
            .unwrap();
        let path = took(&home).await;
        let mut conn = db.read().await.unwrap();
        let all = signups::list_of_supporter(&mut conn, &nurse, of.id)
            .await
            .unwrap();
        drop(conn);
        assert_eq!(all[0].state, State::In);
        let what: Vec<(What, bool)> = all[0].story.iter().map(|one| (one.what, one.own)).collect();
        assert_eq!(
            what,
            [
                (What::Waits, true),
                (What::Offered, false),
                (What::Took, true)
            ]
        );
        let staff = town.sign_in(Role::CenterStaff).await;
        let told = staff.get(&format!("/station/signups/{}", all[0].id)).await;
        assert!(told.text().contains("ご本人"));
        let version = all[0].version.to_string();
        let gone = home
            .post(&path, &[("version", &version), ("how", "cancelled")])
            .await;
        assert_eq!(gone.location(), "/m/minami/page?said=gone");
        // What is not for everybody to read is not signed up for here.
        let hidden = home
            .post(&format!("/m/minami/days/{}", RowId(nurse.new_id())), &[])
            .await;
        assert_eq!(hidden.status, 404);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_erased_or_leaves_has_no_page() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let of = hers(&town, &nurse).await;
        let home = opened(&town, &of, "home").await;
        let counter = town.sign_in(Role::CenterHead).await;
        let path = format!("/station/supporters/{}/erasure", of.id);
        assert_eq!(
            counter.post(&path, &[("why", "ご本人の希望")]).await.status,
            303
        );
        assert_eq!(home.get("/m/minami/page").await.status, 303);
        for table in ["own_pins", "own_visits"] {
            let text = format!("SELECT COUNT(*) FROM {table}");
            let count = db::sql(Box::leak(text.into_boxed_str()));
            let row = db.read().await.unwrap().one(count, &[]).await.unwrap();
            assert_eq!(row.unwrap().int(0).unwrap(), 0, "{table}");
        }
        let mut conn = db.read().await.unwrap();
        let other = joined(&town, &nurse).await;
        let version = supporters::find(&mut conn, &nurse, other)
            .await
            .unwrap()
            .version;
        drop(conn);
        let card = supporters::give_card(db, &nurse, (other, version)).await;
        card.unwrap();
        own::set_pin(db, &nurse, other, PIN).await.unwrap();
        let until = date(2026, 11, 19);
        supporters::leave(db, &nurse, (other, version + 1), until)
            .await
            .unwrap();
        let refused = own::set_pin(db, &nurse, other, PIN).await;
        assert!(matches!(refused, Err(own::Refusal::NoCard)));
    })
    .await;
}

#[tokio::test]
async fn what_was_done_is_told_and_no_suspicion() {
    on_both(async |town| {
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let of = hers(&town, &nurse).await;
        let home = opened(&town, &of, "home").await;
        let page = home.get("/m/minami/page").await;
        assert!(page.text().contains("何も見ていません"));
        let line = listed(&town, &town.minami, of.id).await;
        let page = home.get("/m/minami/page").await.text();
        assert!(page.contains("どのくらい来ているか") && page.contains("11月20日から"));
        assert!(
            !page.contains("センターの職員がしたこと"),
            "nobody has looked yet"
        );
        let mut told = Vec::new();
        for (version, state) in (1..).zip([Answer::Eye, Answer::Observed, Answer::Noticed]) {
            change::answer(db, &nurse, (line, version), state)
                .await
                .unwrap();
            let page = home.get("/m/minami/page").await;
            told.push(page.select("main ul li").concat());
        }
        assert!(told[0].contains("お声をかける"), "{}", told[0]);
        assert!(told.iter().all(|one| *one == told[0]));
        // On paper the same, after a line of its own.
        let counter = town.sign_in(Role::CenterStaff).await;
        let sheet = counter
            .post(&format!("/papers/supporters/{}/own", of.id), &[])
            .await;
        assert_eq!(sheet.status, 200);
        assert!(sheet.bytes.starts_with(b"%PDF"));
        assert!(said(&town).await.contains("ご本人のページを紙で"));
    })
    .await;
}
