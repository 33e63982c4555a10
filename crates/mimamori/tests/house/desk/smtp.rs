//! The desk's mail through a mail server of another make, and read there by another mail reader.

use std::net::TcpListener;

use mimamori::desk::{self, MailState};
use mimamori::mail::{Guard, Post};
use mimamori::scope::Role;

use super::mail::{inquiry, states};
use crate::mailserver::Server;
use crate::town::on_both;

#[tokio::test(flavor = "multi_thread")]
async fn a_real_mail_server_takes_it_and_it_reads_as_it_was_written() {
    on_both(async |town| {
        let server = Server::start();
        let path = inquiry(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        night.post(&format!("{path}/mails/0"), &[]).await;
        let (from, post) = ("desk@minami.example.jp", server.way());
        let deed = town.deed().await;
        let sent = desk::send_due(town.db(), &deed, &post).await.unwrap();
        assert_eq!(sent, 1);
        assert_eq!(states(&town, &path).await, [(0, MailState::Sent)]);
        let mails = server.mails();
        assert_eq!(mails.len(), 1);
        let text = |name: &str| mails[0][name].as_str().unwrap().to_owned();
        assert_eq!(text("x-rcptto"), "ichiro@example.jp");
        assert_eq!(text("x-mailfrom"), from);
        assert_eq!(
            (text("to"), text("from")),
            (text("x-rcptto"), from.to_owned())
        );
        let subject = "【みなみ町見守りネットワーク】お電話のお願い";
        assert_eq!(text("subject"), subject);
        let body = text("body");
        for words in ["南野 一郎 様", "11月20日 10:00", "03-0100-0001"] {
            assert!(body.contains(words), "{words} is missing");
        }
        let id = path.rsplit('/').next().unwrap();
        for hidden in [
            "ハナコ",
            "ミナミノ",
            "心房細動",
            "ワルファリン",
            "大森",
            "みなみ荘",
            "北川",
            "救急",
            "夜野",
            "090-",
            "/desk/",
            "http",
            id,
        ] {
            let everywhere = [&body, &text("whole"), &text("subject")];
            let said = everywhere.iter().any(|part| part.contains(hidden));
            assert!(!said, "{hidden} travels through others' machines");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_server_answers_it_waits_and_goes_out_later() {
    let town = crate::town::Town::build(db::Engine::Sqlite).await;
    let server = Server::start();
    let path = inquiry(&town).await;
    let night = town.sign_in(Role::NightDesk).await;
    night.post(&format!("{path}/mails/0"), &[]).await;
    let none = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
    let way = |port| Post::through("127.0.0.1", port, Guard::Off, None, "desk@example.jp").unwrap();
    let send = async |post: &Post| {
        let deed = town.deed().await;
        desk::send_due(town.db(), &deed, post).await.unwrap()
    };
    assert_eq!(send(&way(none.unwrap().port())).await, 0);
    assert_eq!(states(&town, &path).await, [(0, MailState::Queued)]);
    town.pass(2 * 60);
    assert_eq!(send(&way(server.port)).await, 1);
    assert_eq!(server.mails().len(), 1);
}
