//! Whoever wished for mail is told of a change by mail, once; the others are called.

use db::testing::ENGINES;
use mimamori::mail::Post;
use mimamori::scope::Role;
use mimamori::station::courses::{self, Off, Reason};
use mimamori::station::signups::{self, What, Who, Wish};
use mimamori::station::supporters::{self, Details, Reach};

use super::joined::known;
use super::signed::{sitting, wish};
use super::{day, joined, said};
use crate::board::posting;

#[tokio::test]
async fn who_wished_for_mail_is_told_once_and_the_others_are_called() {
    for engine in ENGINES {
        let (server, town) = posting(engine).await;
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let supporter = joined(&town, &nurse).await;
        let mails = Details {
            reach: vec![Reach::Mail],
            ..known()
        };
        supporters::change(db, &nurse, (supporter, 1), mails)
            .await
            .unwrap();
        let lesson = sitting(&town, &nurse, 9).await;
        let hers = Wish {
            who: Who::Supporter(supporter),
            ..wish(lesson, "", 7)
        };
        let hers = signups::sign_up(db, &nurse, hers).await.unwrap();
        signups::sign_up(db, &nurse, wish(lesson, "小川 みどり", 8))
            .await
            .unwrap();
        let program = town.deed().await;
        let round = async || {
            signups::mail_changes(db, &program, &town.app.post)
                .await
                .unwrap();
            signups::keep_up(db, &program).await.unwrap();
        };
        round().await;
        assert!(server.mails().is_empty(), "nothing has changed");
        let off = Off {
            reason: Reason::Weather,
            words: "大雨の予報".to_owned(),
            told: String::new(),
        };
        let version = day(&town, &nurse, lesson).await.version;
        courses::call_off(db, &nurse, (lesson, version), off)
            .await
            .unwrap();
        // Two servers, and a second round.
        tokio::join!(round(), round());
        round().await;
        let mails = server.mails();
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!(mail["to"], "sumie@example.jp");
        let body = mail["body"].as_str().unwrap();
        assert!(
            body.contains("やさしい書道") && body.contains("12月4日（金）13:30からの回は、中止")
        );
        assert!(!mail["whole"].as_str().unwrap().contains("川村"), "no name");
        let mut conn = db.read().await.unwrap();
        let told = signups::find(&mut conn, &nurse, hers).await.unwrap();
        drop(conn);
        assert_eq!(told.story.last().unwrap().what, What::Mailed);
        // The guest has no address: one piece of work, for one.
        let counter = town.sign_in(Role::CenterStaff).await;
        let list = counter
            .get(&format!("/station/days/{lesson}/signups"))
            .await;
        assert!(list.text().contains("変更・中止を未連絡"));
        let work = counter.get("/").await;
        assert!(work.text().contains("中止の連絡：やさしい書道"));
        assert!(said(&town).await.contains("変更・中止のメール"));
    }
}

#[tokio::test]
async fn a_mail_that_cannot_leave_leaves_them_to_be_called() {
    for engine in ENGINES {
        let (server, mut town) = posting(engine).await;
        // Nobody answers there.
        town.app.post = server.way();
        drop(server);
        let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
        let supporter = joined(&town, &nurse).await;
        let mails = Details {
            reach: vec![Reach::Mail],
            ..known()
        };
        supporters::change(db, &nurse, (supporter, 1), mails)
            .await
            .unwrap();
        let lesson = sitting(&town, &nurse, 9).await;
        let hers = Wish {
            who: Who::Supporter(supporter),
            ..wish(lesson, "", 7)
        };
        let hers = signups::sign_up(db, &nurse, hers).await.unwrap();
        let off = Off {
            reason: Reason::Weather,
            words: String::new(),
            told: String::new(),
        };
        let version = day(&town, &nurse, lesson).await.version;
        courses::call_off(db, &nurse, (lesson, version), off)
            .await
            .unwrap();
        let program = town.deed().await;
        for _ in 0..2 {
            signups::mail_changes(db, &program, &town.app.post)
                .await
                .unwrap();
            signups::keep_up(db, &program).await.unwrap();
        }
        signups::mail_changes(db, &program, &Post::default())
            .await
            .unwrap();
        let mut conn = db.read().await.unwrap();
        let one = signups::find(&mut conn, &nurse, hers).await.unwrap();
        drop(conn);
        assert_eq!(one.story.last().unwrap().what, What::In);
        let counter = town.sign_in(Role::CenterStaff).await;
        assert!(
            counter
                .get("/")
                .await
                .text()
                .contains("中止の連絡：やさしい書道")
        );
    }
}
