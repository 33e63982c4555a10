//! What the board adds to the page of an inquiry that came from a QR: what was said, whom it
//! reached, an answer to the finder.

use std::collections::HashMap;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use db::Work;
use maud::{Markup, html};
use serde::Deserialize;

use super::said::{self, clock};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::board::acts::{self, reached};
use crate::board::rules::{Find, Link as ContactLink, Message, Refusal, Said, Side};
use crate::board::store;
use crate::desk::{Came, Inquiry, Tier};
use crate::front::look::{self, Entry, Event, Field, Kind, Link, Problems, Tone, Weight, field};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{InquiryId, RowId, StaffId};
use crate::people::{self, Contact};
use crate::staff;

/// The part for an inquiry's page; nothing where it came by a call.
pub fn beside<'a>(asked: &'a Asked, inquiry: &'a Inquiry) -> Work<'a, Markup, Problem> {
    Box::pin(async move {
        match inquiry.came {
            Came::Call => Ok(html! {}),
            Came::Qr | Came::Drill => part(asked, inquiry).await,
        }
    })
}

/// Everything the part shows.
struct Seen {
    find: Find,
    open: bool,
    messages: Vec<Message>,
    links: Vec<ContactLink>,
    /// Shown by name only where the desk has opened the contacts.
    contacts: Option<Vec<Contact>>,
    /// How many contacts are reached by mail.
    reached: usize,
    names: HashMap<StaffId, String>,
}

async fn part(asked: &Asked, inquiry: &Inquiry) -> Result<Markup, Problem> {
    let deed = &asked.deed;
    let line = Line::new(Verb::Saw, Some(inquiry.person), Fields::NOTHING);
    let line = line
        .because(Why::Inquiry(inquiry.id))
        .saying("QRから届いた知らせ");
    audit::witness(asked.db(), deed, inquiry.came.mark(line)).await?;
    let mut conn = asked.read().await?;
    let Some(find) = store::find_find(&mut conn, deed, inquiry.id).await? else {
        return Ok(html! {});
    };
    let told = crate::desk::list_told(&mut conn, deed, inquiry.id).await;
    let told = told.map_err(Refusal::from)?;
    let named = told.iter().any(|told| told.tier == Tier::Identity);
    let view = people::find_for_desk(&mut conn, deed, find.person).await;
    let contacts = view
        .map_err(Refusal::from)?
        .map(|view| view.contacts.value.0);
    let contacts = contacts.unwrap_or_default();
    let accounts = staff::list_accounts(&mut conn, &deed.scope, &deed.keys).await?;
    let names = accounts.into_iter().map(|one| (one.id, one.card.name));
    let seen = Seen {
        open: inquiry.must_be_open().is_ok(),
        messages: store::list_messages(&mut conn, deed, inquiry.id).await?,
        links: store::list_links(&mut conn, deed, inquiry.id).await?,
        reached: contacts
            .iter()
            .filter(|one| reached(one, &find).is_some())
            .count(),
        contacts: named.then_some(contacts),
        names: names.collect(),
        find,
    };
    drop(conn);
    Ok(shown(&seen))
}

fn shown(seen: &Seen) -> Markup {
    let path = format!("/desk/inquiries/{}/board", seen.find.inquiry);
    let title = match seen.find.drill {
        Some(_) => "【訓練】QRから届いた知らせ",
        None => "QRから届いた知らせ",
    };
    html! { section #board { (look::section(title, html! {
        (warnings(seen))
        @if seen.messages.is_empty() { p { "知らせの内容は、町で決めた期限が過ぎたため消しました。" } }
        @for (at, finder) in finders(seen).iter().enumerate() { (one_finder(seen, &path, at, *finder)) }
        (look::section("ご家族などへの知らせ", family(seen, &path)))
        (marks(seen, &path))
    })) } }
}

fn warnings(seen: &Seen) -> Markup {
    html! {
        @if seen.find.drill.is_some() { (look::notice(Tone::Notice, "訓練です", html! {
            p { "実際に困っている方はいません。訓練に参加している方だけに届いています。1日たつと消えます。" }
        })) }
        @if seen.find.false_at.is_some() { (look::notice(Tone::Warning, "まちがい・いたずらの印がついています", html! {})) }
        @if !seen.find.in_use { (look::notice(Tone::Warning, "いま使われていない番号のQRです", html! {
            p { "紛失や交換のあとの品物、または登録中でない方のものです。ご家族にはメールを出していません。" }
        })) }
        p { "知らせた人がだれかは、確かめていません。本人の名前や住所は、相手に出ていません。" }
    }
}

fn finders(seen: &Seen) -> Vec<RowId> {
    let mut all: Vec<RowId> = seen.messages.iter().map(|one| one.finder).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn one_finder(seen: &Seen, path: &str, at: usize, finder: RowId) -> Markup {
    let title = format!("見つけた方{}", at + 1);
    let theirs = seen.messages.iter().filter(|one| one.finder == finder);
    let events: Vec<Event<'_>> = theirs
        .rev()
        .map(|one| Event {
            when: clock(one.at),
            who: who(seen, one),
            what: what(one),
        })
        .collect();
    let (id, name) = (finder.to_string(), format!("words-{at}"));
    look::section(
        &title,
        html! {
            (look::timeline(&events))
            @if seen.open { (look::form(&format!("{path}/answers"), html! {
                (look::hidden("finder", &id))
                (field(&Field { name: &name, label: "見つけた方への返事", kind: Kind::Textarea,
                    hint: "相手の画面にすぐ出ます。本人の名前・住所・電話番号は書かないでください（番号は自動で伏せます）。", ..Field::default() }))
                div.buttons { button.button.secondary type="submit" { "返事を送る" span.unseen { "：" (title) } } }
            })) }
        },
    )
}

fn who<'a>(seen: &'a Seen, one: &Message) -> &'a str {
    match one.side {
        Side::Finder => "見つけた方",
        Side::Desk => one
            .by
            .and_then(|by| seen.names.get(&by))
            .map_or("窓口", String::as_str),
        Side::Contact => {
            let link = seen.links.iter().find(|link| Some(link.id) == one.link);
            let named = link.filter(|_| seen.contacts.is_some());
            named.map_or("ご家族など", |link| link.whom.name.as_str())
        }
    }
}

/// What one message says, field by field: the desk reads it aloud on the telephone.
fn what(one: &Message) -> Markup {
    let said = &one.said;
    if one.side != Side::Finder {
        return html! {
            @if let Some(reply) = said.reply() { p { strong { (reply.word()) } } }
            (super::said::texts(said))
        };
    }
    let mut entries = Vec::new();
    for (label, text) in [("いまいる場所", &said.place), ("様子", &said.words)] {
        if !text.is_empty() {
            entries.push(Entry::new(
                label,
                html! { @for line in text.lines() { p { (line) } } },
            ));
        }
    }
    if let Some(position) = said.position {
        entries.push(Entry::new(
            "位置（緯度,経度）",
            html! {
                a href=(position.uri()) { (position.coordinates()) }
                @if let Some(metres) = position.within() { " 誤差 約" (metres) "m" }
                p.hint { "スマートフォンで押すと地図がひらきます。パソコンでは、数字を地図の検索欄に写してください。" }
            },
        ));
    }
    if !said.phone.is_empty() {
        entries.push(Entry::new(
            "折り返してよい番号（ご家族には出ません）",
            phone(&said.phone),
        ));
    }
    look::record(&entries)
}

/// As typed by a stranger: a link only where it is a number of this country.
fn phone(typed: &str) -> Markup {
    match words::phone::Phone::parse(typed) {
        Ok(phone) => html! { a href=(phone.tel_uri()) { (phone) } },
        Err(_) => html! { (typed) },
    }
}

/// Whom it reached.
fn family(seen: &Seen, path: &str) -> Markup {
    html! {
        @if let Some(contacts) = &seen.contacts { ul { @for contact in contacts { li {
            (contact.name) "："
            @match reached(contact, &seen.find) {
                None => (why_not(contact, seen)),
                Some(address) => {
                    @let opened = seen.links.iter().filter(|link| link.whom.address == address).find_map(|link| link.opened_at);
                    @let sent = seen.links.iter().any(|link| link.whom.address == address);
                    @match (opened, sent) {
                        (Some(at), _) => { "リンクをひらきました " (clock(at)) },
                        (None, true) => "メールを出しました（まだひらいていません）",
                        (None, false) => "まだ知らせていません",
                    }
                }
            }
        } } } } @else {
            p { "メールで知らせられる方：" (seen.reached) "人。名前は「基本情報と緊急連絡先」をひらくと出ます。" }
        }
        @if seen.reached == 0 { (look::notice(Tone::Warning, "メールで知らせられる方がいません", html! { p { "お電話で知らせてください。" } })) }
        @if seen.find.mailed_at.is_none() && seen.reached > 0 && seen.find.in_use {
            (look::notice(Tone::Warning, "ご家族へのメールを止めています", html! {
                p { "短い間にたくさんの知らせが届いたためです。内容を確かめてから、下のボタンで知らせてください。" }
            }))
        }
        @if seen.open && seen.reached > 0 {
            (look::act(Weight::Secondary, if seen.find.mailed_at.is_some() { "もう一度メールで知らせる" } else { "メールで知らせる" }, "", &format!("{path}/mails"), &[]))
        }
    }
}

fn why_not(contact: &Contact, seen: &Seen) -> &'static str {
    match &contact.mail {
        None => "メールの登録がありません",
        Some(mail) if mail.agreed_on.is_none() => "メールに同意していません",
        Some(mail) if mail.proved_on.is_none() => "アドレスが未確認のため、知らせていません",
        Some(_) if seen.find.drill.is_some() => "訓練に参加していません",
        Some(_) => "知らせていません",
    }
}

fn marks(seen: &Seen, path: &str) -> Markup {
    let action = format!("{path}/false");
    match seen.find.false_at {
        None => look::act(
            Weight::Quiet,
            "まちがい・いたずらだった",
            "",
            &action,
            &[("is", "yes")],
        ),
        Some(_) => look::act(
            Weight::Quiet,
            "まちがいの印を消す",
            "",
            &action,
            &[("is", "no")],
        ),
    }
}

/// A form of this part; each finder's field has a name of its own.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    fn of(&self, starts: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name.starts_with(starts));
        found.map_or("", |(_, value)| value)
    }
}

fn back(asked: &Asked, id: InquiryId, done: Result<&str, Refusal>) -> Result<Response, Problem> {
    let flash = match done {
        Ok(words) => Flash::done(words),
        Err(Refusal::Nothing) => Flash::not_done("返事を書いてから押してください。"),
        Err(Refusal::TooLong) => Flash::not_done("返事は500字までで書いてください。"),
        Err(Refusal::Ended) => Flash::not_done("この照会はもう終わっています。"),
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(asked.redirect(&format!("/desk/inquiries/{id}#board"), flash))
}

/// An answer to a finder.
pub async fn answer(
    asked: Asked,
    Path(id): Path<InquiryId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let finder = typed.of("finder").parse().unwrap_or(RowId(0));
    let said = Said {
        words: typed.of("words").to_owned(),
        ..Said::default()
    };
    let done = acts::answer_for_desk(asked.db(), &asked.deed, id, finder, said).await;
    let done = match done {
        Err(Refusal::Tells(told)) => return again(&asked, id, &typed, &said::tells(&told)),
        done => done,
    };
    back(&asked, id, done.map(|()| "見つけた方に返事を送りました。"))
}

/// The answer comes back as it was typed, with why it was not sent.
fn again(asked: &Asked, id: InquiryId, typed: &Typed, why: &str) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    problems.add("words", why);
    let back = format!("/desk/inquiries/{id}#board");
    let body = html! {
        (look::problem_summary(&problems))
        (look::form(&format!("/desk/inquiries/{id}/board/answers"), html! {
            (look::hidden("finder", typed.of("finder")))
            (field(&Field { name: "words", label: "見つけた方への返事", kind: Kind::Textarea,
                value: typed.of("words"), problem: problems.of("words"), ..Field::default() }))
            (look::buttons("返事を送る", Some(Link::new("送らずにもどる", &back))))
        }))
    };
    Err(Problem::Refused(asked.page(
        Place::Desk,
        "返事を書き直す",
        body,
    )?))
}

/// Mail to contacts because the desk says so.
pub async fn mail(asked: Asked, Path(id): Path<InquiryId>) -> Result<Response, Problem> {
    let public_url = &asked.app.config.public_url;
    let done = acts::mail_again(asked.db(), &asked.deed, id, public_url).await;
    let words = done.map(|mailed| match mailed {
        0 => "メールで知らせられる方がいません。お電話で知らせてください。",
        _ => "ご家族などにメールを出しました。",
    });
    back(&asked, id, words)
}

/// The mark of a false alarm.
pub async fn mark(
    asked: Asked,
    Path(id): Path<InquiryId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let is = typed.of("is") == "yes";
    let done = acts::mark_false(asked.db(), &asked.deed, id, is).await;
    let words = if is {
        "まちがい・いたずらの印をつけました。"
    } else {
        "印を消しました。"
    };
    back(&asked, id, done.map(|()| words))
}
