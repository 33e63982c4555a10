//! Mail to a contact who agreed to it, through a real SMTP server on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use jiff::civil::date;
use mimamori::desk::{self, MailState};
use mimamori::mail::{Guard, Post};
use mimamori::people::{self, Draft, Mail};
use mimamori::scope::Role;

use super::{call, inquiry_of, stock, tagged};
use crate::hanako;
use crate::town::{Town, on_both};

/// A server that speaks SMTP (RFC 5321) and hands on what it was given; refuses where told to.
fn server(takes: bool) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (give, got) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mail = serve(stream.unwrap(), takes);
            if give.send(mail).is_err() {
                return;
            }
        }
    });
    (port, got)
}

fn serve(mut stream: TcpStream, takes: bool) -> String {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let (mut mail, mut in_data) = (String::new(), false);
    stream.write_all(b"220 here\r\n").unwrap();
    for line in lines.map_while(Result::ok) {
        mail.push_str(&line);
        mail.push('\n');
        let answer: &[u8] = match (in_data, line.as_str()) {
            (true, ".") => {
                in_data = false;
                b"250 taken\r\n"
            }
            (true, _) => continue,
            (false, "DATA") => {
                in_data = true;
                b"354 go on\r\n"
            }
            (false, "QUIT") => b"221 bye\r\n",
            (false, line) if line.starts_with("RCPT") && !takes => b"550 no\r\n",
            (false, _) => b"250 yes\r\n",
        };
        stream.write_all(answer).unwrap();
        if line == "QUIT" {
            break;
        }
    }
    mail
}

/// An inquiry about ハナコ, whose son agreed to mail and whose friend did not.
pub async fn inquiry(town: &Town) -> String {
    stock(town, &town.minami).await;
    let mut draft = Draft {
        center: Some(town.minami.center),
        ..hanako::draft()
    };
    let mail = |agreed_on| Mail {
        address: "ichiro@example.jp".to_owned(),
        agreed_on,
        proved_on: None,
        drills_on: None,
    };
    draft.contacts.0[0].mail = Some(mail(Some(date(2026, 4, 1))));
    draft.contacts.0[1].mail = Some(mail(None));
    let person = people::register(town.db(), &town.deed().await, draft)
        .await
        .unwrap();
    let (_, number) = tagged(town, person).await;
    inquiry_of(&call(&town.sign_in(Role::NightDesk).await, &number, "ambulance").await)
}

pub async fn states(town: &Town, path: &str) -> Vec<(usize, MailState)> {
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let mut conn = town.db().read().await.unwrap();
    desk::list_mail_states(&mut conn, &town.deed().await, id)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_agreed_is_asked_to_call_and_told_nothing_else() {
    on_both(async |town| {
        let (port, got) = server(true);
        let path = inquiry(&town).await;
        let night = town.sign_in(Role::NightDesk).await;
        for contact in ["0", "1"] {
            night.post(&format!("{path}/mails/{contact}"), &[]).await;
        }
        assert_eq!(
            states(&town, &path).await,
            [(0, MailState::Queued)],
            "the friend did not agree"
        );
        let post = Post::through("127.0.0.1", port, Guard::Off, None, "desk@example.jp").unwrap();
        assert_eq!(
            desk::send_due(town.db(), &town.deed().await, &post)
                .await
                .unwrap(),
            1
        );
        assert_eq!(states(&town, &path).await, [(0, MailState::Sent)]);
        drop(post);
        let mail = got.recv().unwrap();
        assert!(mail.contains("RCPT TO:<ichiro@example.jp>"));
        let body = mail
            .split("\n\n")
            .skip(1)
            .collect::<String>()
            .replace(['\n', '='], "");
        for hidden in ["南野 ハナコ", "心房細動", "大田区", "/desk/"] {
            assert!(!body.contains(hidden), "{hidden}");
        }
        assert_eq!(
            desk::send_due(town.db(), &town.deed().await, &Post::default())
                .await
                .unwrap(),
            0
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_does_not_take_is_tried_again_and_then_given_up() {
    on_both(async |town| {
        let (port, _got) = server(false);
        let path = inquiry(&town).await;
        town.sign_in(Role::NightDesk)
            .await
            .post(&format!("{path}/mails/0"), &[])
            .await;
        let post = Post::through("127.0.0.1", port, Guard::Off, None, "desk@example.jp").unwrap();
        for _ in 0..6 {
            assert_eq!(
                desk::send_due(town.db(), &town.deed().await, &post)
                    .await
                    .unwrap(),
                0
            );
            town.pass(30 * 60);
        }
        assert_eq!(states(&town, &path).await, [(0, MailState::GivenUp)]);
    })
    .await;
}
