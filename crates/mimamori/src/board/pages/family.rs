//! What a contact sees behind the link of their own mail, and how they answer.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::said;
use crate::board::acts::{self, Family};
use crate::board::rules::{Message, Refusal, Reply, Said, Side};
use crate::deed::Deed;
use crate::front::look::{self, Event, Field, Kind, PublicShell, Tone, Weight, dial, field};
use crate::front::{Problem, Visitor};
use crate::ids::RowId;
use crate::networks::{self, PhoneNow, Text};
use crate::people::MayBeTold;

/// What stands around the messages.
struct Around {
    town: String,
    phone: Option<PhoneNow>,
    /// What the town itself says above them.
    lead: String,
}

async fn around(visitor: &Visitor, deed: &Deed, family: &Family) -> Result<Around, Problem> {
    let mut conn = visitor.app.db.read().await?;
    let town = networks::find_town(&mut conn, &deed.scope).await?;
    Ok(Around {
        town: town.map(|town| town.name).unwrap_or_default(),
        phone: networks::phone_now(&mut conn, &deed.scope, family.center, visitor.now).await?,
        lead: networks::words_of(&mut conn, &deed.scope, Text::FamilyPage).await?,
    })
}

/// The messages, after the line of the opening is durable.
pub async fn page(visitor: Visitor, Path(token): Path<String>) -> Result<Response, Problem> {
    show(&visitor, &token, None).await
}

/// Why an answer was not taken, and what was typed for whom.
struct Why<'a> {
    status: u16,
    words: String,
    finder: RowId,
    typed: &'a str,
}

async fn show(visitor: &Visitor, token: &str, why: Option<Why<'_>>) -> Result<Response, Problem> {
    let Some((deed, hash)) = visitor.behind(token).await? else {
        return Ok(over());
    };
    let Some(family) = acts::open_link(&visitor.app.db, &deed, hash).await? else {
        return Ok(over());
    };
    let around = around(visitor, &deed, &family).await?;
    let page = shown(&around, &family, token, why.as_ref());
    let status = why.map_or(Ok(StatusCode::OK), |why| StatusCode::from_u16(why.status));
    Ok((status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY), page).into_response())
}

fn shown(around: &Around, family: &Family, token: &str, why: Option<&Why<'_>>) -> Markup {
    let call_only = family.link.whom.may_be_told == MayBeTold::CallOnly;
    let body = html! {
        @if family.find.drill.is_some() { (look::notice(Tone::Notice, "【訓練】これは訓練です", html! {
            p { "実際に困っている方はいません。返事も訓練として扱われ、1日たつと消えます。" }
        })) }
        @if let Some(why) = why { div role="alert" { (look::notice(Tone::Warning, &why.words, html! {})) } }
        p { (family.link.whom.name) " 様" }
        @if !family.open {
            (look::notice(Tone::Good, "この知らせへの対応は終わりました", html! {
                p { "くわしいことは、見守りネットワークにお電話ください。" }
            }))
        } @else if call_only {
            p { "「" (family.given) "」さんの持ち物のQRコードから、知らせが届きました。内容は電話でお伝えします。下の番号にお電話ください。" }
        } @else {
            p { "「" (family.given) "」さんの持ち物のQRコードから、知らせが届きました。" }
            @for line in around.lead.lines() { p { (line) } }
            (look::notice(Tone::Notice, "知らせた人がだれかは、確かめていません", html! {
                p { "気になることがあるときや、迎えに行く前に、見守りネットワークにお電話ください。職員も同じ知らせを見ています。" }
            }))
        }
        (call(around))
        @if family.open && !call_only { (threads(family, token, why)) }
        p { "このページには、知らせた人の名前や電話番号は出ません。あなたのお名前・電話番号・メールアドレスも、相手には出ません。" }
    };
    let shell = PublicShell {
        network_name: &around.town,
        ..PublicShell::default()
    };
    look::public_page(&shell, "QRコードから届いた知らせ", body)
}

fn call(around: &Around) -> Markup {
    html! { @if let Some(now) = &around.phone {
        (dial(&now.phone.tel_uri(), &now.phone.to_string(), &around.town))
    } }
}

/// Each finder with their words and what was answered, the latest finder first.
fn threads(family: &Family, token: &str, why: Option<&Why<'_>>) -> Markup {
    let mut finders: Vec<RowId> = family.messages.iter().map(|one| one.finder).collect();
    finders.sort_unstable();
    finders.dedup();
    let several = finders.len() > 1;
    html! {
        @for (at, finder) in finders.iter().enumerate().rev() {
            @let title = if several { format!("知らせ{}", at + 1) } else { "知らせ".to_owned() };
            (look::section(&title, html! {
                (list(family, *finder))
                @let typed = why.filter(|why| why.finder == *finder).map_or("", |why| why.typed);
                (answers(token, *finder, (at, typed), &title))
            }))
        }
    }
}

fn list(family: &Family, finder: RowId) -> Markup {
    let theirs = family.messages.iter().filter(|one| one.finder == finder);
    let events: Vec<Event<'_>> = theirs
        .rev()
        .map(|one| Event {
            when: said::clock(one.at),
            who: who(family, one),
            what: html! {
                @if let Some(reply) = one.said.reply() { p { strong { (reply.word()) } } }
                (said::texts(&one.said))
            },
        })
        .collect();
    look::timeline(&events)
}

fn who(family: &Family, one: &Message) -> &'static str {
    match one.side {
        Side::Contact if one.link == Some(family.link.id) => "あなた",
        Side::Contact => "ほかのご家族など",
        side => side.word(),
    }
}

/// Two answers of one press, and words.
fn answers(token: &str, finder: RowId, (at, typed): (usize, &str), about: &str) -> Markup {
    let action = format!("/family/{token}");
    let id = finder.to_string();
    let name = format!("words-{at}");
    html! {
        div.buttons { @for (weight, reply) in [(Weight::Primary, Reply::Coming), (Weight::Secondary, Reply::Call)] {
            (look::act(weight, reply.word(), about, &action, &[("finder", &id), ("reply", reply.code())]))
        } }
        (look::form(&action, html! {
            (look::hidden("finder", &id))
            (field(&Field { name: &name, label: "ことばで返事をする", kind: Kind::Textarea, value: typed,
                hint: "見つけた方に見えます。ご本人のお名前・住所・電話番号は書かないでください（番号は自動で伏せます）。", ..Field::default() }))
            div.buttons { button.button.secondary type="submit" { "返事を送る" span.unseen { "：" (about) } } }
        }))
    }
}

/// An answer as pressed or typed; the field of each finder on the page has a name of its own.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    fn of(&self, starts: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name.starts_with(starts));
        found.map_or("", |(_, value)| value)
    }
}

/// Takes an answer in.
pub async fn answer(
    visitor: Visitor,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let (Some((deed, hash)), Ok(finder)) = (
        visitor.behind(&token).await?,
        typed.of("finder").parse::<RowId>(),
    ) else {
        return Ok(over());
    };
    let said = Said {
        words: typed.of("words").to_owned(),
        reply: typed.of("reply").to_owned(),
        ..Said::default()
    };
    let (status, words) = match acts::answer(&visitor.app.db, &deed, hash, finder, said).await {
        Ok(()) | Err(Refusal::Ended) => {
            return Ok(Redirect::to(&format!("/family/{token}")).into_response());
        }
        Err(Refusal::Nothing) => (422, "返事を書いてから押してください。".to_owned()),
        Err(Refusal::TooLong) => (422, "返事は500字までで書いてください。".to_owned()),
        Err(Refusal::Tells(told)) => (422, said::tells(&told)),
        Err(Refusal::Wait) => (
            429,
            "返事が続いています。少し待ってから、もう一度お願いします。急ぐときはお電話ください。"
                .to_owned(),
        ),
        Err(Refusal::NotFound | Refusal::NoRight(_)) => return Ok(over()),
        Err(refusal) => return Err(refusal.into()),
    };
    let why = Why {
        status,
        words,
        finder,
        typed: typed.of("words"),
    };
    show(&visitor, &token, Some(why)).await
}

/// The link is none, or has ended; which of both is not said.
fn over() -> Response {
    let shell = PublicShell {
        network_name: "見守りネットワーク",
        ..PublicShell::default()
    };
    let body = html! {
        p { "リンクの期限（3日）が過ぎたか、ご登録のメールアドレスが変わりました。" }
        p { "ご用のときは、メールに書いてある見守りネットワークの番号にお電話ください。" }
    };
    let page = look::public_page(&shell, "このリンクは使えません", body);
    (StatusCode::NOT_FOUND, page).into_response()
}
