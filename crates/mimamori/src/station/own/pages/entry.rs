//! How a page opens: the card, then the word. Every refusal reads the same.

use axum::Form;
use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::{Stand, visit_of};
use crate::front::look::{self, Field, Kind, Link, Tone};
use crate::front::{Problem, Visitor};
use crate::station::courses::Typed;
use crate::station::own::acts;
use crate::station::own::rules::{Place, read};

/// Tries a minute from one address. A queue at one tablet takes longer for each.
const TRIES_A_MINUTE: i64 = 20;
/// Wrong numbers an hour of a town: a number is one of 90,000, and whoever tries numbers and words at
/// random so often meets a page once in some hundred thousand hours. A QR can't be guessed, and goes on.
const NUMBERS_AN_HOUR: i64 = 60;
const HOUR: i64 = 3_600;

const WRONG: &str = "カードか暗証番号がちがうようです。カードを読み取るところから、もう一度お願いします。続けて5回ちがうと、暗証番号を窓口で決め直すまで開かなくなります。";

/// At home.
pub async fn at_home(visitor: Visitor, Path(short): Path<String>) -> Result<Response, Problem> {
    begin(&visitor, &short, Place::Home).await
}

/// On the tablet: whoever was before it is not known here any more.
pub async fn at_tablet(visitor: Visitor, Path(short): Path<String>) -> Result<Response, Problem> {
    begin(&visitor, &short, Place::Tablet).await
}

async fn begin(visitor: &Visitor, short: &str, place: Place) -> Result<Response, Problem> {
    let stand = Stand::of(visitor, short).await?;
    let cookie = [(SET_COOKIE, stand.cookie(&visitor.app, ""))];
    Ok((cookie, card_page(&stand, place, html! {})).into_response())
}

fn card_page(stand: &Stand, place: Place, above: Markup) -> Markup {
    let label = "カードのQR、またはカードの番号（7けた）";
    let hint = match place {
        Place::Tablet => "読み取り機にカードのQRを向けるか、番号を入れてください。",
        Place::Home => "カードに書いてある番号を入れてください。例：481-2773",
    };
    let action = format!("/m/{}", stand.town.short);
    let body = html! {
        (above)
        p { "申し込んだ講座、これからの講座、商店街の券などを見られます。開くには、サポーターのカードと、窓口で決めた4けたの暗証番号が要ります。" }
        div data-card="" { (look::form(&action, html! {
            (look::hidden("at", place.code()))
            (look::field(&Field { name: "card", label, hint, kind: Kind::Tel, required: true, focus: true, ..Field::default() }))
            (look::buttons("つぎへ", None))
        })) }
        p { "暗証番号をまだ決めていない方、忘れた方は、ステーションの窓口でお申し出ください。" }
        p { (look::text_link(Link::new("講座のカレンダー", &format!("/c/{}", stand.town.short)))) }
    };
    stand.page("ご自分のページを開く", body)
}

fn word_page(stand: &Stand, place: Place, card: &str) -> Markup {
    let action = format!("/m/{}", stand.town.short);
    let body = html! {
        (look::form(&action, html! {
            (look::hidden("at", place.code()))
            (look::hidden("card", card))
            div.field {
                label for="f-pin" { "暗証番号（数字4けた）" }
                p.hint #f-pin-hint { "まわりから見えないように入れてください。" }
                input #f-pin.short type="password" name="pin" inputmode="numeric" maxlength="8" autocomplete="off"
                    required autofocus aria-describedby="f-pin-hint";
            }
            (look::buttons("開く", Some(Link::new("やめる", &stand.start(place)))))
        }))
    };
    stand.page("暗証番号を入れてください", body)
}

/// The card alone asks for the word; both open the page.
pub async fn enter(
    visitor: Visitor,
    Path(short): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    let typed = Typed(sent);
    let place = Place::from_code(typed.of("at")).unwrap_or(Place::Home);
    let (card, pin) = (typed.of("card"), typed.of("pin"));
    if card.is_empty() {
        return Ok(Redirect::to(&stand.start(place)).into_response());
    }
    if pin.is_empty() {
        let back = [stand.goes_back(place)];
        return Ok((back, word_page(&stand, place, card)).into_response());
    }
    if visitor.count("own.enter") > TRIES_A_MINUTE {
        let words = "1分ほど待ってから、もう一度お試しください。";
        return Err(Problem::Slowed(words.to_owned()));
    }
    let town = stand.deed.network().0;
    let rates = &visitor.app.rates;
    let by_number = !card.contains("/k/");
    if by_number && rates.so_far(town, "own.number", HOUR, visitor.now) >= NUMBERS_AN_HOUR {
        let words = "いまは、カードの番号では開けません。カードのQRを読み取るか、1時間ほどたってからお試しください。お急ぎのときは、ステーションの窓口にお電話ください。";
        return Err(Problem::Slowed(words.to_owned()));
    }
    let opened = match read(pin) {
        Some(pin) => {
            let shown = (card.to_owned(), pin);
            acts::enter(&visitor.app.db, &stand.deed, shown, place).await?
        }
        None => None,
    };
    if let Some(secret) = opened {
        let cookie = [(SET_COOKIE, stand.cookie(&visitor.app, secret.text()))];
        let page = Redirect::to(&format!("/m/{}/page", stand.town.short));
        return Ok((cookie, page).into_response());
    }
    if by_number {
        rates.count(town, "own.number", HOUR, visitor.now);
    }
    let above = html! { div role="alert" { (look::notice(Tone::Warning, "開けませんでした", html! { p { (WRONG) } })) } };
    let page = card_page(&stand, place, above);
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        [stand.goes_back(place)],
        page,
    )
        .into_response())
}

/// They are done: nothing of it stays in the browser.
pub async fn leave(
    visitor: Visitor,
    Path(short): Path<String>,
    headers: HeaderMap,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let stand = Stand::of(&visitor, &short).await?;
    if let Some(hash) = visit_of(&headers) {
        acts::leave(&visitor.app.db, &stand.deed, hash).await?;
    }
    let place = Place::from_code(Typed(sent).of("at")).unwrap_or(Place::Home);
    let cookie = [(SET_COOKIE, stand.cookie(&visitor.app, ""))];
    Ok((cookie, Redirect::to(&stand.start(place))).into_response())
}
