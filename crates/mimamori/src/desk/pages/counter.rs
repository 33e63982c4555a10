//! The counter: the number, who calls, what is open.

use db::Conn;
use maud::{Markup, html};

use super::opened::Typed;
use super::problem;
use super::said::{Bases, clock, kind_word};
use super::seen::{bases, witness_lists};
use crate::desk::rules::{CallerKind, Came, Holder, Inquiry};
use crate::desk::store;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Tone, field};
use crate::front::{Asked, Place, Problem};
use crate::ids::InquiryId;
use crate::networks::LEGAL_BASES;
use crate::staff;

/// How many closed inquiries are listed below.
const RECENT: i64 = 20;

pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let body = body(&asked, &Typed::default(), html! {}, &Problems::default()).await?;
    asked.page(Place::Desk, "照会窓口", body)
}

/// The counter with what was typed, and an answer above it.
pub async fn body(
    asked: &Asked,
    typed: &Typed,
    answer: Markup,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let bases = bases(&mut conn, &asked.deed.scope).await?;
    drop(conn);
    let lists = lists(asked).await?;
    Ok(html! {
        (look::problem_summary(problems))
        (answer)
        (form(asked, typed, problems, &bases))
        (lists)
    })
}

fn form(asked: &Asked, typed: &Typed, problems: &Problems, bases: &Bases) -> Markup {
    // The key is the inquiry's id: the form sent twice opens one inquiry.
    let key = InquiryId(asked.deed.new_id()).to_string();
    look::form(
        "/desk/inquiries",
        html! {
            (look::hidden("form_key", &key))
            (field(&Field { name: "number", label: "番号（11けた）", hint: "聞いたとおりに。空白・ハイフン・全角・かなの数字でもかまいません。",
                value: &typed.number, problem: problems.of("number"), required: true, ..Field::default() }))
            (caller_kinds(&typed.caller, "電話の相手", bases))
            details {
                summary { "根拠を変える・相手の名前などを先に書く" }
                (basis(&typed.basis, bases))
                (field(&Field { name: "organisation", label: "所属", value: &typed.organisation, ..Field::default() }))
                (field(&Field { name: "name", label: "お名前", value: &typed.name, ..Field::default() }))
                (field(&Field { name: "call_back", label: "折り返しの番号", value: &typed.call_back, kind: Kind::Tel, ..Field::default() }))
                (field(&Field { name: "place", label: "いまいる場所", value: &typed.place, kind: Kind::Long, ..Field::default() }))
            }
            p.hint { "押すと照会がはじまり、相手に応じた情報がひらきます。だれが・いつ・どの根拠で見たかが記録に残ります。" }
            (look::buttons("照会する", None))
        },
    )
}

/// Kinds of callers with the legal basis that follows from each.
pub fn caller_kinds(chosen: &str, label: &str, bases: &Bases) -> Markup {
    let mut choices: Vec<Choice<'_>> = CallerKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.code(),
            label: kind.word(),
            hint: bases.words(kind.basis()),
        })
        .collect();
    choices.push(Choice {
        value: "",
        label: "まだわからない",
        hint: "番号だけ確かめます。情報はひらきません。",
    });
    look::radios(
        &Field {
            name: "caller",
            label,
            value: chosen,
            ..Field::default()
        },
        &choices,
    )
}

fn basis(chosen: &str, bases: &Bases) -> Markup {
    let mut choices = vec![Choice::new("", "相手に合わせる（上に書いてある根拠）")];
    choices.extend(
        LEGAL_BASES
            .iter()
            .map(|basis| Choice::new(basis.code(), bases.words(*basis))),
    );
    look::select(
        &Field {
            name: "basis",
            label: "根拠",
            value: chosen,
            ..Field::default()
        },
        &choices,
    )
}

/// What is open and what was closed last, after a line for each person is durable.
async fn lists(asked: &Asked) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let open = store::list_open(&mut conn, &asked.deed)
        .await
        .map_err(problem)?;
    let closed = store::list_closed(&mut conn, &asked.deed, RECENT)
        .await
        .map_err(problem)?;
    drop(conn);
    witness_lists(asked, &[], &[&open, &closed]).await?;
    let conn = &mut asked.read().await?;
    Ok(html! {
        (look::section("対応中の照会", table(asked, conn, "対応中の照会", &open).await?))
        @if !closed.is_empty() {
            (look::section("最近終わった照会", table(asked, conn, "最近終わった照会", &closed).await?))
        }
        p { (look::text_link(Link::new("QRから届いた知らせの件数", "/desk/board"))) }
        (asked.export("inquiries"))
    })
}

/// Inquiries as a table; it names nobody who was looked up.
pub async fn table(
    asked: &Asked,
    conn: &mut Conn,
    caption: &str,
    all: &[Inquiry],
) -> Result<Markup, Problem> {
    if all.is_empty() {
        return Ok(look::empty(
            "いま対応中の照会はありません",
            "番号を入れて「照会する」を押すと、ここに並びます。",
            None,
        ));
    }
    let mut rows = Vec::new();
    for inquiry in all {
        let (href, when) = (path(inquiry.id), clock(inquiry.opened_at, asked.deed.now));
        let place = if inquiry.caller.place.is_empty() {
            "—"
        } else {
            &inquiry.caller.place
        };
        rows.push(vec![
            look::text_link(Link::new(&when, &href)),
            html! { (came(inquiry)) (kind_word(inquiry.kind)) " " (inquiry.caller.who()) },
            html! { (place) },
            html! { (holder_words(asked, conn, inquiry.holder).await?) },
        ]);
    }
    let head = [
        Head::new("はじまり"),
        Head::new("相手"),
        Head::new("場所"),
        Head::new("担当"),
    ];
    Ok(look::table(caption, &head, &rows))
}

/// How it came, where that was not by a call.
pub fn came(inquiry: &Inquiry) -> Markup {
    let tone = match inquiry.came {
        Came::Call => return html! {},
        Came::Qr => Tone::Warning,
        Came::Drill => Tone::Plain,
    };
    html! { (look::chip(tone, inquiry.came.word())) " " }
}

/// Who has it, or to whom it was offered.
pub async fn holder_words(
    asked: &Asked,
    conn: &mut Conn,
    holder: Holder,
) -> Result<String, Problem> {
    let (id, end) = match holder {
        Holder::Nobody => return Ok("まだいません".to_owned()),
        Holder::OfferedRole(role) => return Ok(format!("{}へ引き継ぎ待ち", role.word())),
        Holder::OfferedTo(id) => (id, "さんへ引き継ぎ待ち"),
        Holder::Staff(id) => (id, ""),
    };
    let account = staff::find_account(conn, &asked.deed.scope, &asked.deed.keys, id).await?;
    Ok(account.map_or_else(String::new, |account| format!("{}{end}", account.card.name)))
}

/// The page of an inquiry.
pub fn path(id: InquiryId) -> String {
    format!("/desk/inquiries/{id}")
}
