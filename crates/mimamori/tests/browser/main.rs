//! A few stories in a real browser, on a real server: what a person at the desk sees and does.
//! Every page that a story passes is looked at wide and narrow and checked by axe-core.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod driver;
mod server;
#[path = "../house/town.rs"]
#[allow(dead_code)]
mod town;

use driver::{Browser, Scripts};
use server::Served;

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_asked_to_sign_in() {
    let served = Served::start().await;
    for scripts in [Scripts::On, Scripts::Off] {
        let browser = Browser::open(&served.address, scripts).await;
        browser.go("/people").await;
        assert_eq!(browser.path().await, "/login");
        browser.look(&format!("login-{scripts:?}")).await;
    }
}
