//! A supporter signs up at the counter and comes to the door; with scripts and without.

use mimamori::scope::Role;

use crate::driver::{Browser, Scripts};
use crate::server::Served;
use crate::{joined, signed};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_up_and_comes_with_scripts_and_without() {
    for scripts in [Scripts::On, Scripts::Off] {
        come(scripts).await;
    }
}

async fn come(scripts: Scripts) {
    let served = Served::start().await;
    let nurse = served.town.deed_of(Role::CenterStaff).await;
    let day = signed::today(&served.town, &nurse).await;
    let supporter = joined::joined(&served.town, &nurse).await;
    let browser = Browser::open(&served.address, scripts, "door").await;
    served.be(&browser, Role::CenterStaff).await;
    browser.go("/station/signups").await;
    browser.says("やさしい書道").await;
    browser.look("coming").await;
    browser.go(&format!("/station/days/{day}/signups")).await;
    browser.fill("seek", "川村").await;
    browser.press("サポーターをさがす").await;
    browser.pick("supporter", &supporter.to_string()).await;
    browser.look("choosing").await;
    browser.press("この方の申し込みを受ける").await;
    browser.says("申し込みを受けました。参加できます。").await;
    browser.look("signups").await;
    browser.follow("川村 澄江").await;
    browser.says("席が空いていたので").await;
    browser.look("signup").await;
    browser.go(&format!("/station/days/{day}/door")).await;
    browser.look("door").await;
    browser.press("川村 澄江").await;
    browser.says("川村 澄江 さん（参加）：受け付けました").await;
    browser.look("came").await;
    browser.press("取り消す").await;
    browser.says("受付を取り消しました").await;
}
