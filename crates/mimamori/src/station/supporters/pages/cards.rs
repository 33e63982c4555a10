//! A supporter's cards; and the page that opens for whoever found one.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::one::{enter, shown};
use super::{path, settled};
use crate::clock::in_japan;
use crate::front::look::{self, Head, PublicShell, Tone, Weight, chip};
use crate::front::{Asked, Problem, Visitor};
use crate::ids::{RowId, SupporterId};
use crate::networks;
use crate::scope::Scope;
use crate::station::courses::Typed;
use crate::station::supporters::acts;
use crate::station::supporters::rules::{Card, CardState, Refusal, Supporter};

/// Pages a minute from one address: it only spares the database.
const A_MINUTE: i64 = 60;

/// What can be done with a card: as the form sends it.
const LOST: &str = "lost";
const RENEW_LOST: &str = "renew-lost";
const RENEW_BROKEN: &str = "renew-broken";
const VOID: &str = "void";
const FOUND: &str = "found";

/// The part of a supporter's page.
pub fn section(one: &Supporter, cards: &[Card]) -> Markup {
    let base = format!("{}/cards", path(one.id));
    let version = one.version.to_string();
    let now = cards.iter().find(|card| card.state == CardState::InUse);
    let earlier: Vec<&Card> = cards.iter().filter(|card| Some(*card) != now).collect();
    let act = |card: &Card, label: &str, what: &str| {
        let fields = [("version", version.as_str()), ("do", what)];
        let action = format!("{base}/{}", card.id);
        look::act(
            Weight::Quiet,
            label,
            &card.number.to_string(),
            &action,
            &fields,
        )
    };
    html! {
        @match now {
            Some(card) => {
                p { "カードの番号：" strong { (card.number) } br; small { "読み上げ：" (card.number.spoken()) } }
                (look::act(Weight::Secondary, "カードを印刷する", "", &format!("/papers/supporters/{}/card", one.id), &[]))
                (act(card, "なくした", LOST))
                (act(card, "なくしたので作りなおす", RENEW_LOST))
                (act(card, "こわれたので作りなおす", RENEW_BROKEN))
                (act(card, "返してもらった", VOID))
            }
            None => {
                p { "使えるカードはありません。" }
                (look::act(Weight::Secondary, "カードを作って渡す", "", &base, &[("version", &version)]))
            }
        }
        @if !earlier.is_empty() {
            (look::table("前のカード", &["番号", "状態", "作った日", ""].map(Head::new),
                &earlier.iter().map(|card| row(card, now.is_none(), act(card, "見つかった", FOUND))).collect::<Vec<_>>()))
        }
    }
}

fn row(card: &Card, may_return: bool, found: Markup) -> Vec<Markup> {
    let tone = match card.state {
        CardState::InUse => Tone::Good,
        CardState::Lost => Tone::Warning,
        CardState::Void => Tone::Plain,
    };
    vec![
        html! { (card.number) },
        chip(tone, card.state.word()),
        html! { (in_japan(card.made_at).strftime("%Y年%-m月%-d日").to_string()) },
        html! { @if may_return && card.state == CardState::Lost { (found) } },
    ]
}

type Sent = Form<Vec<(String, String)>>;

/// Gives a card.
pub async fn give(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let typed = Typed(sent);
    let done = acts::give_card(asked.db(), &asked.deed, (id, typed.version())).await;
    on(
        &asked,
        id,
        &typed,
        done.map(drop),
        "カードを作りました。印刷して渡してください。",
    )
    .await
}

/// A card is lost, found, made anew, given back.
pub async fn settle(
    asked: Asked,
    Path((id, card)): Path<(SupporterId, RowId)>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let typed = Typed(sent);
    let (db, deed, of) = (asked.db(), &asked.deed, (id, typed.version()));
    let (done, flash) = match typed.of("do") {
        RENEW_LOST => (
            acts::renew_card(db, deed, of, card, CardState::Lost)
                .await
                .map(drop),
            "新しいカードを作りました。前のカードは、もう使えません。",
        ),
        RENEW_BROKEN => (
            acts::renew_card(db, deed, of, card, CardState::Void)
                .await
                .map(drop),
            "新しいカードを作りました。前のカードは、もう使えません。",
        ),
        FOUND => (
            acts::settle_card(db, deed, of, card, CardState::InUse).await,
            "また使えるようにしました。",
        ),
        LOST => (
            acts::settle_card(db, deed, of, card, CardState::Lost).await,
            "なくしたカードにしました。もう使えません。",
        ),
        VOID => (
            acts::settle_card(db, deed, of, card, CardState::Void).await,
            "カードを無効にしました。",
        ),
        _ => return Err(Problem::NotFound),
    };
    on(&asked, id, &typed, done, flash).await
}

async fn on(
    asked: &Asked,
    id: SupporterId,
    typed: &Typed,
    done: Result<(), Refusal>,
    flash: &str,
) -> Result<Response, Problem> {
    let mut problems = look::Problems::default();
    if let Some(page) = settled(asked, id, done, flash, &mut problems)? {
        return Ok(page);
    }
    let one = enter(asked, id).await?;
    Err(Problem::Refused(
        shown(asked, &one, typed, &problems).await?,
    ))
}

/// For whoever found a card and read its QR with a telephone. It is the same page for every card of the
/// town: it says nobody's name, nor whether the card is one.
pub async fn found(visitor: Visitor, Path(short): Path<String>) -> Result<Markup, Problem> {
    if visitor.count("card") > A_MINUTE {
        let words = "1分ほど待ってから、もう一度開いてください。";
        return Err(Problem::Slowed(words.to_owned()));
    }
    let mut conn = visitor.app.db.read().await?;
    let card = networks::find_town_by_short(&mut conn, &short).await?;
    let network = card.ok_or(Problem::NotFound)?.id;
    // Where the visitor came from is not written down.
    let scope = Scope::public(network, String::new());
    let town = networks::find_town(&mut conn, &scope).await?;
    let town = town.ok_or(Problem::NotFound)?;
    let body = html! {
        p { "これは、" (town.name) "のステーション（みんなの集まる場所）に通う方のカードです。" }
        p { "拾ってくださった方へ：ステーションか、お近くの地域包括支援センター、交番にお届けください。持ち主の名前や連絡先は、このカードからはわかりません。" }
        p { "ご本人の方は、" a data-card="" href={ "/m/" (short) } { "ご自分のページを開けます" } "。窓口で決めた暗証番号が要ります。" }
        p lang="en" { "This card belongs to a member of a community center in this town. If you found it, please hand it in there or at a police box. Thank you." }
        @if let Some(phone) = &town.day_phone {
            p { "お問い合わせ" }
            (look::dial(&phone.tel_uri(), &phone.to_string(), &town.name))
        }
    };
    let shell = PublicShell {
        network_name: &town.name,
        languages: &[],
        refresh: None,
    };
    Ok(look::public_page(&shell, "カードを拾われた方へ", body))
}
