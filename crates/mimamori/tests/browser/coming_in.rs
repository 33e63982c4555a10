//! Signing in as people do: a password, and the code of an authenticator.

use mimamori::scope::Role;

use crate::driver::{Browser, Scripts};
use crate::server::Served;
use crate::town::PASSWORD;

/// Fills in the form of the log-in page.
async fn knock(browser: &Browser, served: &Served, role: Role, password: &str) {
    browser.go("/login").await;
    browser.choose("town", "minami").await;
    browser.fill("email", &served.town.email(role)).await;
    browser.fill("password", password).await;
    browser.press("ログイン").await;
}

/// Signs in for the first time: the second factor is set up on the way. Gives its secret.
pub async fn first_time(browser: &Browser, served: &Served, role: Role) -> String {
    knock(browser, served, role, PASSWORD).await;
    browser.look("factor-ahead").await;
    browser.press("設定をはじめる").await;
    browser.look("factor").await;
    let secret: String = browser.texts("code.secret").await[0]
        .split_whitespace()
        .collect();
    browser.fill("code", &code(&secret, served)).await;
    browser.press("設定する").await;
    browser.says("予備コード").await;
    browser.look("recovery-codes").await;
    browser.follow("控えたので、はじめる").await;
    assert_eq!(browser.path().await, "/");
    secret
}

#[tokio::test(flavor = "multi_thread")]
async fn password_and_code_let_in_and_nothing_less() {
    let served = Served::start().await;
    for scripts in [Scripts::On, Scripts::Off] {
        served.town.pass(3600);
        let browser = Browser::open(&served.address, scripts, "sign-in").await;
        browser.go("/people").await;
        assert_eq!(browser.path().await, "/login");
        browser.look("login").await;
        knock(&browser, &served, Role::NightDesk, "まちがい").await;
        browser
            .says("メールアドレスかパスワードがちがうようです")
            .await;
        browser.look("login-refused").await;
        if scripts == Scripts::Off {
            continue;
        }
        let secret = first_time(&browser, &served, Role::NightDesk).await;
        browser.click("form[action='/logout'] button").await;
        served.town.pass(60);
        knock(&browser, &served, Role::NightDesk, PASSWORD).await;
        browser.fill("code", "000000").await;
        browser.press("確かめる").await;
        browser.says("コードがちがうようです").await;
        browser.look("code-refused").await;
        browser.fill("code", &code(&secret, &served)).await;
        browser.press("確かめる").await;
        assert_eq!(browser.path().await, "/");
    }
}

/// What is put on a page without faults, and what is found then, in this order.
const FAULTS: [(&str, &str, &[&str]); 6] = [
    (
        "/login",
        "main.append(document.createElement('input'))",
        &["at 1280 px × 1: label", "at 360 px × 1: label"],
    ),
    (
        "/login",
        "main.style.minWidth = '500px'",
        &["at 360 px × 1: 140 px too wide"],
    ),
    (
        "/login",
        "main.style.minWidth = '700px'",
        &[
            "at 360 px × 1: 340 px",
            "at 640 px × 2: 60 px",
            "on paper: 12 px too wide",
        ],
    ),
    (
        "/login",
        "const small = document.createElement('button'); small.textContent = '？';
         small.style.cssText = 'width: 30px; height: 30px; padding: 0'; main.append(small)",
        &[
            "at 1280 px × 1: smaller than a finger (30 × 30)",
            "at 360 px × 1: smaller than a finger (30 × 30)",
            "on paper: <button",
        ],
    ),
    (
        "/login",
        "main.append(document.createElement('nav')); main.lastChild.append('メニュー')",
        &["on paper: <nav"],
    ),
    (
        "/desk",
        "const pale = document.createElement('p'); pale.append('うすい字'); main.append(pale);
         pale.style.color = '#6b6b6b'",
        &[
            "at 1280 px × 1: color-contrast-enhanced",
            "at 360 px × 1: color-contrast-enhanced",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_faults_does_not_pass() {
    let served = Served::start().await;
    let browser = Browser::open(&served.address, Scripts::On, "faults").await;
    for (path, script, expected) in FAULTS {
        if path == "/desk" {
            served.be(&browser, Role::NightDesk).await;
        }
        browser.go(path).await;
        let script = format!("const main = document.querySelector('main'); {script}");
        browser.run(&script, &[]).await;
        let faults = browser.faults("page").await;
        assert!(
            faults.len() == expected.len()
                && faults
                    .iter()
                    .zip(expected)
                    .all(|(fault, words)| fault.contains(words)),
            "{script}: {faults:#?}"
        );
    }
}

/// The six digits that an authenticator shows now.
fn code(base32: &str, served: &Served) -> String {
    let bits: String = base32
        .bytes()
        .map(|letter| format!("{:05b}", value(letter)))
        .collect();
    let bytes: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|eight| u8::from_str_radix(std::str::from_utf8(eight).unwrap(), 2).unwrap())
        .collect();
    let secret = totp_rs::Secret::new_stack(bytes.try_into().unwrap());
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .with_step_duration(30);
    let second = served.town.app.now().as_second().unsigned_abs();
    totp.build_noncompliant().generate(second).to_string()
}

fn value(letter: u8) -> usize {
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        .iter()
        .position(|one| *one == letter)
        .unwrap()
}
