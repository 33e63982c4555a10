//! The poster that leads to the town's form.

use maud::{Markup, PreEscaped, html};

use super::words::LANGUAGES;
use super::{Side, sided};
use crate::front::look::{self, Tone, Weight};
use crate::front::{Asked, Problem};
use crate::networks;
use crate::notices::rules::Sign;
use crate::notices::store;
use crate::tags;

/// Signs that a poster names, in Japanese and in the other languages: what is seen from the street
/// stands first in the list, and more than this is not read in passing.
const NAMED: (usize, usize) = (5, 2);

/// What a poster says in one language.
pub struct Said {
    /// For `lang`.
    pub code: &'static str,
    /// What to do first where a life is in danger.
    pub danger: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What it is for.
    pub lead: &'static str,
    /// What may be noticed, from the town's own list.
    pub signs: Vec<String>,
    /// What is not asked and not told.
    pub private: &'static str,
}

/// The words of the town's form in each of its languages, for a poster; and the form's address.
pub async fn hung(asked: &Asked) -> Result<(Vec<Said>, String), Problem> {
    let (_, address) = form_of(asked).await?;
    let signs = store::list_signs(&mut asked.read().await?, &asked.deed).await?;
    // Of what can't wait the poster says itself what to do.
    let named = |sign: &&Sign| sign.used && !sign.danger;
    let said = LANGUAGES.map(|words| Said {
        code: words.code,
        danger: words.danger_title,
        title: words.title,
        lead: words.lead,
        signs: signs
            .iter()
            .filter(named)
            .map(|sign| words.sign(sign).to_owned())
            .take(if words.is_japanese() {
                NAMED.0
            } else {
                NAMED.1
            })
            .collect(),
        private: words.private,
    });
    Ok((said.into(), address))
}

/// The town, and the address of its form.
async fn form_of(asked: &Asked) -> Result<(networks::Town, String), Problem> {
    let town = networks::find_town(&mut asked.read().await?, &asked.deed.scope).await?;
    let town = town.ok_or(Problem::NotFound)?;
    let address = format!("{}/n/{}", asked.app.config.public_url, town.short);
    Ok((town, address))
}

/// What the poster says, and the way to the paper.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let (town, address) = form_of(&asked).await?;
    let body = html! {
        p { "お店や掲示板に貼るポスターです。電話番号は、印刷する方のセンターのものが入ります。" }
        (look::act(Weight::Primary, "ポスターを印刷する（A4・PDF）", "", "/papers/poster", &[]))
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
