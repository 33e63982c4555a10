//! A Friday at the door: ticked, read, found by name, just come by; and what is not recorded.

use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::courses;
use mimamori::station::door::{self, Coming, Outcome, Part, Roll, Way, Who};
use mimamori::station::signups::{self, Wish};
use mimamori::station::supporters;

use super::{joined, sitting, wish};
use crate::town::{Client, Page, Town, on_both};

/// A quarter of an hour before it begins.
const NOON: &str = "2026-12-04T13:15:00+09:00";
const BEGUN: &str = "2026-12-04T13:40:00+09:00";

struct Friday {
    day: RowId,
    signup: RowId,
    nurse: Client,
    deed: Deed,
}

async fn friday(town: &Town) -> Friday {
    let deed = town.deed_of(Role::CenterStaff).await;
    let day = sitting(town, &deed, 5).await;
    let wish = wish(day, "小川 みどり", 1);
    let signup = signups::sign_up(town.db(), &deed, wish).await.unwrap();
    town.at(NOON);
    Friday {
        day,
        signup,
        nurse: town.sign_in(Role::CenterStaff).await,
        deed: town.deed_of(Role::CenterStaff).await,
    }
}

impl Friday {
    fn path(&self) -> String {
        format!("/station/days/{}/door", self.day)
    }

    async fn screen(&self) -> Page {
        self.nurse.get(&self.path()).await
    }

    async fn here(&self, town: &Town) -> Vec<door::Attendance> {
        let mut conn = town.db().read().await.unwrap();
        door::list_here(&mut conn, &self.deed, self.day)
            .await
            .unwrap()
    }

    async fn roll(&self, town: &Town) -> Roll {
        let here = self.here(town).await.len();
        let mut conn = town.db().read().await.unwrap();
        door::roll_of(&mut conn, &self.deed, self.day, here)
            .await
            .unwrap()
    }

    async fn come(&self, town: &Town, nonce: i64, who: Who) -> Outcome {
        let coming = Coming {
            day: self.day,
            part: Part::Participant,
            way: Way::Tick,
            nonce,
        };
        let tried = door::come(town.db(), &self.deed, coming, who).await;
        tried.unwrap().outcome
    }
}

/// What a form of the screen sends, as it stands there.
fn fields(page: &Page, css: &str) -> Vec<(String, String)> {
    let one = |name: &str| {
        let css = format!("{css} input[name={name}]");
        page.attr(&css, "value")
            .map(|value| (name.to_owned(), value))
    };
    ["nonce", "as", "signup", "supporter", "version"]
        .into_iter()
        .filter_map(one)
        .collect()
}

async fn press(client: &Client, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    client.post(path, &fields).await
}

#[tokio::test]
async fn one_touch_takes_in_and_one_takes_back() {
    on_both(async |town| {
        let friday = friday(&town).await;
        let screen = friday.screen().await;
        assert!(screen.text().contains("まだ記録していません"));
        let form = fields(&screen, "form:has(input[name=signup])");
        for _ in 0..2 {
            // The second is the same touch, sent again.
            assert_eq!(
                press(&friday.nurse, &friday.path(), &form).await.status,
                303
            );
        }
        assert_eq!(friday.here(&town).await.len(), 1);
        let screen = friday.screen().await;
        assert!(
            screen
                .text()
                .contains("小川 みどり さん（参加）：受け付けました")
        );
        assert!(
            screen.select("input[name=signup]").is_empty(),
            "off the list"
        );
        let one = friday.here(&town).await.remove(0);
        assert_eq!((one.way, one.signup), (Way::Tick, Some(friday.signup)));
        let undo = format!("/station/attendances/{}/undo", one.id);
        friday.nurse.post(&undo, &[("version", "1")]).await;
        assert!(friday.here(&town).await.is_empty());
        let screen = friday.screen().await;
        assert_eq!(screen.select("form:has(input[name=signup])").len(), 1);
        assert_eq!(
            friday.come(&town, 5, Who::Signup(friday.signup)).await,
            Outcome::In
        );
        let again = friday.come(&town, 6, Who::Signup(friday.signup)).await;
        assert_eq!(again, Outcome::Already);
        let tries = format!("/station/days/{}/tries", friday.day);
        let tries = friday.nurse.get(&tries).await.text();
        for words in ["受付を取り消しました", "もう受け付けています"] {
            assert!(tries.contains(words), "{words}");
        }
        let mut conn = town.db().read().await.unwrap();
        let tries = door::count_tries(&mut conn, &friday.deed, friday.day).await;
        assert_eq!(tries.unwrap(), 4, "in, back, in, again");
    })
    .await;
}

#[tokio::test]
async fn a_name_a_number_and_whoever_just_comes_by() {
    on_both(async |town| {
        let friday = friday(&town).await;
        let supporter = joined(&town, &friday.deed).await;
        let code = format!("{}/code", friday.path());
        // She cooks today.
        let cooks = [
            ("supporter", supporter.to_string()),
            ("as", "cook".to_owned()),
        ];
        let cooks = cooks.map(|(name, value)| (name.to_owned(), value));
        press(&friday.nurse, &friday.path(), &cooks).await;
        let screen = friday.screen().await.text();
        assert!(
            screen.contains("川村 澄江 さん（調理）：受け付けました"),
            "{screen}"
        );
        let found = format!("{}/search", friday.path());
        let found = friday.nurse.post(&found, &[("seek", "川村")]).await;
        let form = fields(&found, "form:has(input[name=supporter])");
        press(&friday.nurse, &friday.path(), &form).await;
        let by: Vec<(Part, Way)> = friday
            .here(&town)
            .await
            .iter()
            .map(|one| (one.part, one.way))
            .collect();
        assert_eq!(
            by,
            [
                (Part::Role(courses::Role::Cook), Way::Name),
                (Part::Participant, Way::Name)
            ]
        );
        // What leads to nobody is kept with its reason.
        for (shown, words) in [
            ("1234567", "番号を読みちがえたようです"),
            ("12", "番号を読みちがえたようです"),
        ] {
            friday.nurse.post(&code, &[("code", shown)]).await;
            assert!(friday.screen().await.text().contains(words), "{shown}");
        }
        // Nobody asks a name of whoever does not wish to say it.
        for name in ["", "", "通りがかりの方"] {
            friday.nurse.post(&friday.path(), &[("name", name)]).await;
        }
        assert_eq!(friday.here(&town).await.len(), 5);
        assert!(friday.screen().await.text().contains("通りがかりの方"));
        let long = "あ".repeat(41);
        let back = friday.nurse.post(&friday.path(), &[("name", &long)]).await;
        assert_eq!(back.status, 422);
        assert!(back.text().contains(&long), "as typed");
        let mut conn = town.db().read().await.unwrap();
        let kept = conn
            .rows(db::sql("SELECT kept FROM attendances"), &[])
            .await;
        let bare = "通りがかり".as_bytes();
        for mut row in kept.unwrap() {
            let kept = row.blob(0).unwrap();
            assert!(!kept.windows(bare.len()).any(|some| some == bare));
        }
    })
    .await;
}

#[tokio::test]
async fn what_nobody_took_to_its_end_is_not_recorded() {
    on_both(async |town| {
        let friday = friday(&town).await;
        let path = friday.path();
        let end = format!("{path}/end");
        assert_eq!(friday.roll(&town).await, Roll::NotRecorded);
        // Before it begins nobody knows who does not come.
        friday.nurse.post(&end, &[]).await;
        assert_eq!(friday.roll(&town).await, Roll::NotRecorded);
        town.at(BEGUN);
        let friday = Friday {
            deed: town.deed_of(Role::CenterStaff).await,
            ..friday
        };
        friday.come(&town, 3, Who::WalkIn(String::new())).await;
        assert_eq!(friday.roll(&town).await, Roll::Begun);
        friday.nurse.post(&end, &[]).await;
        assert!(matches!(friday.roll(&town).await, Roll::Taken(_)));
        assert!(friday.screen().await.text().contains("受付を終えました"));
        friday.nurse.post(&format!("{path}/reopen"), &[]).await;
        assert_eq!(friday.roll(&town).await, Roll::Begun);
        let one = friday.here(&town).await.remove(0);
        let left = format!("/station/attendances/{}/left", one.id);
        friday.nurse.post(&left, &[("version", "1")]).await;
        assert!(
            friday
                .screen()
                .await
                .text()
                .contains("13:40に早く帰りました")
        );
        assert!(
            friday
                .nurse
                .get("/station/door")
                .await
                .text()
                .contains("やさしい書道")
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_comes_before_the_day_and_nobody_to_one_that_is_off() {
    on_both(async |town| {
        let friday = friday(&town).await;
        town.at("2026-12-03T13:00:00+09:00");
        let early = Friday {
            deed: town.deed_of(Role::CenterStaff).await,
            ..friday
        };
        let outcome = early.come(&town, 3, Who::Signup(early.signup)).await;
        assert_eq!(outcome, Outcome::NotYet);
        assert!(early.screen().await.text().contains("この回はまだ先です"));
        let of = super::day(&town, &early.deed, early.day).await;
        let off = courses::Off {
            reason: courses::Reason::Heat,
            words: String::new(),
            told: String::new(),
        };
        courses::call_off(town.db(), &early.deed, (early.day, of.version), off)
            .await
            .unwrap();
        let outcome = early.come(&town, 4, Who::Signup(early.signup)).await;
        assert_eq!(outcome, Outcome::NotHeld);
        assert!(early.here(&town).await.is_empty());
        // A sign-up for another day is not there.
        let wish = Wish {
            nonce: 9,
            ..wish(sitting(&town, &early.deed, 5).await, "青木 一", 9)
        };
        let other = signups::sign_up(town.db(), &early.deed, wish)
            .await
            .unwrap();
        town.at(NOON);
        let now = town.deed_of(Role::CenterStaff).await;
        courses::call_on(town.db(), &now, (early.day, of.version + 1))
            .await
            .unwrap();
        let coming = Coming {
            day: early.day,
            part: Part::Participant,
            way: Way::Tick,
            nonce: 10,
        };
        let refused = door::come(town.db(), &now, coming, Who::Signup(other)).await;
        assert!(matches!(refused, Err(door::Refusal::NotFound)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_touch_that_is_sent_many_times_at_once_is_kept_once() {
    on_both(async |town| {
        let friday = friday(&town).await;
        let mut tries = tokio::task::JoinSet::new();
        for at in 0..40 {
            let (db, deed, day) = (town.db().clone(), friday.deed.clone(), friday.day);
            let who = Who::Signup(friday.signup);
            let coming = Coming {
                day,
                part: Part::Participant,
                way: Way::Tick,
                nonce: 100 + at % 4,
            };
            tries.spawn(async move {
                let tried = door::come(&db, &deed, coming, who).await;
                (at % 4, tried.unwrap().outcome)
            });
        }
        let all = tries.join_all().await;
        let inside: Vec<i64> = all
            .iter()
            .filter(|(_, outcome)| *outcome == Outcome::In)
            .map(|(nonce, _)| *nonce)
            .collect();
        assert_eq!(
            inside.len(),
            10,
            "one number and its repetitions: {inside:?}"
        );
        assert!(inside.iter().all(|nonce| *nonce == inside[0]));
        assert_eq!(friday.here(&town).await.len(), 1);
        let mut conn = town.db().read().await.unwrap();
        let tries = door::count_tries(&mut conn, &friday.deed, friday.day).await;
        assert_eq!(tries.unwrap(), 4);
    })
    .await;
}

#[tokio::test]
async fn names_of_who_just_came_by_and_tries_are_kept_a_year() {
    on_both(async |town| {
        let friday = friday(&town).await;
        friday
            .come(&town, 3, Who::WalkIn("通りがかりの方".to_owned()))
            .await;
        for (at, known, tries) in [
            ("2027-12-05T12:00:00+09:00", "通りがかりの方", 1),
            ("2027-12-06T03:00:00+09:00", "", 0),
        ] {
            town.at(at);
            door::forget_old(town.db(), &town.deed().await)
                .await
                .unwrap();
            let here = friday.here(&town).await;
            assert_eq!((here.len(), here[0].name.as_str()), (1, known));
            let mut conn = town.db().read().await.unwrap();
            let count = door::count_tries(&mut conn, &friday.deed, friday.day).await;
            assert_eq!(count.unwrap(), tries);
        }
    })
    .await;
}

#[tokio::test]
async fn a_card_leads_to_its_supporter_until_it_is_lost() {
    on_both(async |town| {
        let friday = friday(&town).await;
        let supporter = joined(&town, &friday.deed).await;
        let (card, _) = super::equipped(&town, &friday.deed, supporter).await;
        let mut conn = town.db().read().await.unwrap();
        let cards = supporters::list_cards(&mut conn, &friday.deed, supporter).await;
        let secret = supporters::secret_of(&mut conn, &friday.deed, card).await;
        let one = supporters::find(&mut conn, &friday.deed, supporter).await;
        drop(conn);
        let (number, secret) = (cards.unwrap()[0].number.to_string(), secret.unwrap());
        let qr = supporters::qr_text("https://mimamori.example.jp", "minami", &secret);
        let code = format!("{}/code", friday.path());
        for (shown, part) in [(&number, "cook"), (&qr, "participant")] {
            let shown = [("code", shown.as_str()), ("as", part)];
            assert_eq!(friday.nurse.post(&code, &shown).await.status, 303);
        }
        let ways: Vec<Way> = friday.here(&town).await.iter().map(|one| one.way).collect();
        assert_eq!(ways, [Way::Card, Way::Card]);
        let of = (supporter, one.unwrap().version);
        let lost = supporters::CardState::Lost;
        supporters::settle_card(town.db(), &friday.deed, of, card, lost)
            .await
            .unwrap();
        friday.nurse.post(&code, &[("code", &number)]).await;
        let screen = friday.screen().await.text();
        assert!(screen.contains("使えなくなったカードです"), "{screen}");
        assert_eq!(friday.here(&town).await.len(), 2);
    })
    .await;
}
