//! The poster that leads to the town's form.

use maud::{Markup, PreEscaped, html};

use super::{Side, sided};
use crate::front::look::{self, Tone};
use crate::front::{Asked, Problem};
use crate::networks;
use crate::tags;

/// The page, to be printed as it is.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let town = networks::find_town(&mut asked.read().await?, &asked.deed.scope).await?;
    let town = town.ok_or(Problem::NotFound)?;
    let address = format!("{}/n/{}", asked.app.config.public_url, town.short);
    let body = html! {
        (look::notice(Tone::Danger, "命にかかわるときは 119番・110番へ", html! {}))
        (look::section("「いつもとちがうな」と思ったら", html! {
            p { "新聞がたまっている。昼も明かりがついている。しばらく姿を見ない。" }
            p { strong { "お名前はいりません。" } "まちがいでもかまいません。地域包括支援センターの職員が確かめます。" }
            p { "やさしい日本語・English" }
            (qr(&address, "気づきを知らせるフォームのQRコード"))
            p { (address) }
            @if let Some(phone) = &town.day_phone { p { "お電話でも：" strong { (phone) } } }
            p { (town.name) }
        }))
    };
    sided(&asked, Side::New, "ポスター", body)
}

/// A QR; the address alone where none holds it.
pub fn qr(address: &str, label: &str) -> Markup {
    html! { @if let Some(svg) = tags::svg(address, label) { div.qr-frame { (PreEscaped(svg)) } } }
}
