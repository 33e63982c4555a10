//! Agreement organisations: the list, one of them, its link, its notices.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use words::date::{PartialDate, parse_full};

use super::poster::qr;
use super::{Side, sided};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::notices::acts;
use crate::notices::rules::{
    Agreement, LINK_GRACE_DAYS, RENEWAL_DAYS, Reach, Refusal, Told, Trade,
};
use crate::notices::store;
use crate::scope::Right;

const YEAR_MS: i64 = 365 * 86_400_000;

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    name: String,
    trade: String,
    person: String,
    phone: String,
    mail: String,
    postcode: String,
    address: String,
    began_on: String,
    ends_on: String,
    trained_on: String,
    version: i64,
}

/// Who is told of is never here: names of organisations and their people at work.
async fn witness(asked: &Asked) -> Result<(), Problem> {
    let line = Line::new(Verb::Saw, None, Fields::NOTHING).saying("見守り協定");
    Ok(audit::witness(asked.db(), &asked.deed, line).await?)
}

/// The list, and the form for a new one.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let typed = Typed {
        began_on: today.to_string(),
        ends_on: today
            .saturating_add(1.year())
            .saturating_sub(1.day())
            .to_string(),
        ..Typed::default()
    };
    list_page(&asked, &typed, &Problems::default()).await
}

async fn list_page(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    witness(asked).await?;
    let all = store::list_agreements(&mut asked.read().await?, &asked.deed).await?;
    let rows: Vec<Vec<Markup>> = all.iter().map(|one| row(asked, one)).collect();
    let head = ["名前", "仕事", "期間の終わり", "研修", "リンク"].map(Head::new);
    let body = html! {
        @if rows.is_empty() {
            (look::empty("まだありません", "新聞販売所や郵便局、生協など、見守り協定を結んだ事業者を加えると、専用のリンクから知らせを受け取れます。", None))
        } @else { (look::table("見守り協定", &head, &rows)) (asked.export("agreements")) }
        (look::section("事業者を加える", html! {
            (look::problem_summary(problems))
            (look::form("/notices/agreements", html! { (fields(typed, problems)) (look::buttons("加える", None)) }))
        }))
    };
    sided(asked, Side::Agreements, "見守り協定", body)
}

fn row(asked: &Asked, one: &Agreement) -> Vec<Markup> {
    let href = format!("/notices/agreements/{}", one.id);
    vec![
        look::text_link(Link::new(&one.name, &href)),
        html! { (one.trade.word()) },
        html! { (said(one.ends_on)) " " (term(asked, one)) },
        html! { @match one.trained_on { Some(day) => (said(day)), None => "まだ" } },
        html! { @if one.link_at.is_some() { "あり" } @else { "なし" } },
    ]
}

/// 「2027年（令和9年）3月31日」.
fn said(day: Date) -> String {
    PartialDate::from(day).both()
}

fn term(asked: &Asked, one: &Agreement) -> Markup {
    let left = one.days_left(in_japan(asked.deed.now).date());
    html! {
        @if one.closed_at.is_some() { (look::chip(Tone::Plain, "終了")) }
        @else if left < 0 { (look::chip(Tone::Danger, "期限切れ")) }
        @else if left <= RENEWAL_DAYS { (look::chip(Tone::Warning, &format!("あと{left}日"))) }
    }
}

fn fields(typed: &Typed, problems: &Problems) -> Markup {
    let trades: Vec<Choice<'_>> = Trade::ALL
        .iter()
        .map(|trade| Choice::new(trade.code(), trade.word()))
        .collect();
    let text = |name, label, hint, value, kind| {
        look::field(&Field {
            name,
            label,
            hint,
            value,
            kind,
            problem: problems.of(name),
            ..Field::default()
        })
    };
    let day = "2027-03-31、令和9年3月31日のように入れてください。";
    html! {
        (text("name", "事業者の名前", "", &typed.name, Kind::Text))
        (look::select(&Field { name: "trade", label: "仕事", value: &typed.trade, ..Field::default() }, &trades))
        div.pair {
            (text("began_on", "協定の始まり", day, &typed.began_on, Kind::Short))
            (text("ends_on", "協定の終わり", "60日前に、更新が「やること」になります。", &typed.ends_on, Kind::Short))
        }
        (text("trained_on", "見守りの研修をした日", "まだなら空にします。", &typed.trained_on, Kind::Text))
        (look::fieldset("先方の連絡先", html! {
            div.pair {
                (text("person", "担当の方", "", &typed.person, Kind::Text))
                (text("phone", "電話番号", "", &typed.phone, Kind::Tel))
                (text("mail", "メールアドレス", "", &typed.mail, Kind::Email))
                (text("postcode", "郵便番号", "", &typed.postcode, Kind::Short))
            }
            (text("address", "住所", "お礼の手紙のあて先になります。", &typed.address, Kind::Long))
        }))
    }
}

fn read(typed: &Typed, before: Option<&Agreement>) -> (Option<Agreement>, Problems) {
    let mut problems = Problems::default();
    let mut day = |name: &'static str, text: &str| {
        let read = parse_full(text.trim());
        if read.is_err() {
            problems.add(
                name,
                "日付がわかりません。2027-03-31 のように入れてください。",
            );
        }
        read.ok()
    };
    let began_on: Option<Date> = day("began_on", &typed.began_on);
    let ends_on = day("ends_on", &typed.ends_on);
    let trained_on = match typed.trained_on.trim() {
        "" => Some(None),
        text => day("trained_on", text).map(Some),
    };
    let (Some(began_on), Some(ends_on), Some(trained_on)) = (began_on, ends_on, trained_on) else {
        return (None, problems);
    };
    let read = Agreement {
        id: before.map_or(RowId(0), |before| before.id),
        name: typed.name.clone(),
        trade: Trade::from_code(&typed.trade).unwrap_or(Trade::Other),
        reach: Reach {
            person: typed.person.clone(),
            phone: typed.phone.clone(),
            mail: typed.mail.clone(),
            postcode: typed.postcode.clone(),
            address: typed.address.clone(),
        },
        began_on,
        ends_on,
        trained_on,
        link_at: None,
        asked_for: None,
        closed_at: None,
        version: typed.version,
    };
    (Some(read), problems)
}

/// What stands beside the field, where words mend it.
fn problems_of(refusal: Refusal) -> Result<Problems, Problem> {
    let mut problems = Problems::default();
    match refusal {
        Refusal::NoWords => problems.add("name", "事業者の名前を入れてください。"),
        Refusal::Text(field, bad) => problems.add(field, bad.to_string()),
        Refusal::BadPhone => problems.add("phone", "電話番号の形になっていません。"),
        Refusal::BadMail => problems.add("mail", "メールアドレスの形になっていません。"),
        Refusal::OutOfRange(field) => problems.add(field, "始まりより後の日を入れてください。"),
        Refusal::Changed => return Err(Problem::changed("/notices/agreements")),
        other => return Err(other.into()),
    }
    Ok(problems)
}

/// Takes one in.
pub async fn add(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let (new, mut problems) = read(&typed, None);
    if let Some(new) = new {
        match acts::add_agreement(asked.db(), &asked.deed, new).await {
            Ok(id) => {
                let to = format!("/notices/agreements/{id}");
                return Ok(asked.redirect(&to, Flash::done("加えました。")));
            }
            Err(refusal) => problems = problems_of(refusal)?,
        }
    }
    Err(Problem::Refused(
        list_page(&asked, &typed, &problems).await?,
    ))
}

/// One of them.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    show(&asked, id, None, None).await
}

fn typed_of(one: &Agreement) -> Typed {
    Typed {
        name: one.name.clone(),
        trade: one.trade.code().to_owned(),
        person: one.reach.person.clone(),
        phone: one.reach.phone.clone(),
        mail: one.reach.mail.clone(),
        postcode: one.reach.postcode.clone(),
        address: one.reach.address.clone(),
        began_on: one.began_on.to_string(),
        ends_on: one.ends_on.to_string(),
        trained_on: one
            .trained_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        version: one.version,
    }
}

async fn show(
    asked: &Asked,
    id: RowId,
    again: Option<(&Typed, &Problems)>,
    link: Option<&str>,
) -> Result<Markup, Problem> {
    witness(asked).await?;
    let mut conn = asked.read().await?;
    let one = store::find_agreement(&mut conn, &asked.deed, id).await?;
    let (from, to) = (asked.deed.at() - YEAR_MS, asked.deed.at() + 1);
    let counted = store::counted_of(&mut conn, &asked.deed, id, (from, to)).await?;
    drop(conn);
    let (own, none) = (typed_of(&one), Problems::default());
    let (typed, problems) = again.unwrap_or((&own, &none));
    let base = format!("/notices/agreements/{id}");
    let version = one.version.to_string();
    let version = [("version", version.as_str())];
    let main = html! {
        (look::problem_summary(problems))
        @if let Some(link) = link { (link_once(link)) }
        (look::form(&base, html! {
            (fields(typed, problems))
            (look::hidden("version", &typed.version.to_string()))
            (look::buttons("保存する", Some(Link::new("一覧へもどる", "/notices/agreements"))))
        }))
    };
    let side = html! {
        (look::section("期間", html! {
            p { (said(one.ends_on)) "まで " (term(asked, &one)) }
            @if one.closed_at.is_none() {
                div.buttons {
                    (look::act(Weight::Secondary, "1年更新する", "", &format!("{base}/renewal"), &version))
                    (look::act(Weight::Quiet, "協定を終える", "", &format!("{base}/close"), &version))
                }
            } @else { (look::act(Weight::Secondary, "元にもどす", "", &format!("{base}/reopen"), &version)) }
        }))
        (look::section("知らせるリンク", html! {
            p { "このリンクからは、知らせることだけができます。ほかの知らせや登録者のことは見えません。" }
            @if one.closed_at.is_none() {
                (look::act(Weight::Secondary, if one.link_at.is_some() { "リンクを作り直す" } else { "リンクを作る" }, "", &format!("{base}/link"), &version))
            }
            @if one.link_at.is_some() {
                p { "協定の期間が終わって" (LINK_GRACE_DAYS) "日たつと、リンクは使えなくなります。更新すると、また使えます。" }
                p { "作り直すと、前のリンクは使えなくなります。" }
                (look::act(Weight::Quiet, "リンクを止める", "", &format!("{base}/link/close"), &version))
            }
        }))
        (look::section("この1年の知らせ", html! { (numbers(&counted, asked.may(Right::ManageTown))) (letters(id, asked)) }))
    };
    sided(asked, Side::Agreements, &one.name, look::sheet(main, side))
}

fn link_once(link: &str) -> Markup {
    look::notice(
        Tone::Good,
        "リンクを作りました。この画面でだけ見られます",
        html! {
            p { "先方の担当の方に、このアドレスかQRコードを渡してください。" }
            p { code { (link) } }
            (qr(link, "知らせるリンクのQRコード"))
        },
    )
}

fn numbers(counted: &[Told], town: bool) -> Markup {
    let sum: i64 = counted.iter().map(|told| told.count).sum();
    html! {
        p { strong { (sum) "件" } @if !town { "（このセンターと、担当の決まっていないもの）" } }
        ul { @for told in counted {
            li { (told.ending.map_or("確かめています", |ending| ending.word())) "：" (told.count) "件" }
        } }
    }
}

/// The yearly letter of thanks, which the papers' room makes: of this year from April, and the last.
fn letters(id: RowId, asked: &Asked) -> Markup {
    let today = in_japan(asked.deed.now).date();
    let year = if today.month() < 4 {
        today.year() - 1
    } else {
        today.year()
    };
    html! { @for year in [year, year - 1] {
        (look::act(Weight::Quiet, &format!("{year}年度のお礼の手紙（PDF）"), "", &format!("/papers/agreements/{id}"), &[("year", &year.to_string())]))
    } }
}

/// Keeps what was typed.
pub async fn save(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let before = store::find_agreement(&mut asked.read().await?, &asked.deed, id).await?;
    let (new, mut problems) = read(&typed, Some(&before));
    if let Some(new) = new {
        match acts::change_agreement(asked.db(), &asked.deed, new).await {
            Ok(()) => return Ok(back(&asked, id, "保存しました。")),
            Err(refusal) => problems = problems_of(refusal)?,
        }
    }
    let page = show(&asked, id, Some((&typed, &problems)), None).await?;
    Err(Problem::Refused(page))
}

/// The version that was seen.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Version {
    version: i64,
}

fn back(asked: &Asked, id: RowId, words: &str) -> Response {
    asked.redirect(&format!("/notices/agreements/{id}"), Flash::done(words))
}

fn told(
    asked: &Asked,
    id: RowId,
    done: Result<(), Refusal>,
    words: &str,
) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok(back(asked, id, words)),
        Err(Refusal::Changed) => Err(Problem::changed(&format!("/notices/agreements/{id}"))),
        Err(refusal) => Err(refusal.into()),
    }
}

/// A year more.
pub async fn renew(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(seen): Form<Version>,
) -> Result<Response, Problem> {
    let done = acts::renew_agreement(asked.db(), &asked.deed, id, seen.version).await;
    told(&asked, id, done, "1年更新しました。")
}

/// Makes a link and shows it once.
pub async fn link(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(seen): Form<Version>,
) -> Result<Response, Problem> {
    match acts::make_link(asked.db(), &asked.deed, id, seen.version).await {
        Ok(secret) => {
            let (url, town) = (&asked.app.config.public_url, asked.deed.network());
            let link = format!("{url}/n/o/{town}.{}", secret.text());
            Ok(show(&asked, id, None, Some(&link)).await?.into_response())
        }
        Err(Refusal::Changed) => Err(Problem::changed(&format!("/notices/agreements/{id}"))),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Shuts the link off.
pub async fn close_link(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(seen): Form<Version>,
) -> Result<Response, Problem> {
    let done = acts::close_link(asked.db(), &asked.deed, id, seen.version).await;
    told(&asked, id, done, "リンクを止めました。")
}

/// It has ended.
pub async fn close(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(seen): Form<Version>,
) -> Result<Response, Problem> {
    let done = acts::end_agreement(asked.db(), &asked.deed, id, seen.version, true).await;
    told(&asked, id, done, "協定を終えました。リンクは使えません。")
}

/// It goes on after all.
pub async fn reopen(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(seen): Form<Version>,
) -> Result<Response, Problem> {
    let done = acts::end_agreement(asked.db(), &asked.deed, id, seen.version, false).await;
    told(&asked, id, done, "元にもどしました。")
}
