//! Stories of accounts: coming in, and what ends a session or guards it.

mod auditing;
mod coming_in;
mod contractor;
mod sessions;

use mimamori::scope::Role;
use mimamori::staff::{self, Card, Place};

use crate::town::{Client, Page, Town};

fn place(role: Role) -> Place {
    Place {
        role,
        center: None,
        organisation: None,
    }
}

/// Invites a night desk and gives the path of the link.
pub async fn invited(town: &Town) -> String {
    let deed = town.deed_of(Role::TownAdmin).await;
    let card = Card {
        name: "新山 来子".to_owned(),
        email: "new@minami.example.jp".to_owned(),
    };
    let invited = staff::invite(town.db(), &deed, card, place(Role::NightDesk))
        .await
        .unwrap();
    format!("/join/{}", invited.token)
}

pub const NEW: &[(&str, &str)] = &[
    ("name", "新山 来子"),
    ("password", "青い湯のみと遠い灯台とりんご"),
    ("password_again", "青い湯のみと遠い灯台とりんご"),
];

/// Signs in with address and password.
pub async fn knock(client: &Client, email: &str, password: &str) -> Page {
    let fields = [("town", "minami"), ("email", email), ("password", password)];
    client.post("/login", &fields).await
}

/// The six digits that an authenticator would show for the secret on the page.
fn code_of(town: &Town, page: &Page) -> String {
    let shown: String = page.select("code.secret")[0].split_whitespace().collect();
    code_at(&shown, town.app.now().as_second())
}

fn code_at(base32: &str, second: i64) -> String {
    let mut bits = 0_u64;
    let (mut count, mut bytes) = (0, Vec::new());
    for letter in base32.bytes() {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .iter()
            .position(|b| *b == letter)
            .unwrap();
        bits = bits << 5 | value as u64;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255) as u8);
        }
    }
    let secret = totp_rs::Secret::new_stack(bytes.try_into().unwrap());
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .with_step_duration(30);
    totp.build_noncompliant()
        .generate(second as u64)
        .to_string()
}

/// Sets up the second factor on a half session; the secret and the recovery codes.
pub async fn set_up(town: &Town, client: &Client) -> (String, Vec<String>) {
    let page = client.get("/login/factor").await;
    let code = code_of(town, &page);
    let secret: String = page.select("code.secret")[0].split_whitespace().collect();
    let offer = page.attr("input[name=offer]", "value").unwrap();
    let wrong = client
        .post("/login/factor", &[("offer", &offer), ("code", "000000")])
        .await;
    assert_eq!(wrong.status, 422);
    let done = client
        .post("/login/factor", &[("offer", &offer), ("code", &code)])
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    (secret, done.select("ol.codes code"))
}
