//! One supporter.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::{aways, cards, fees, path, said, settled};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{
    self, Entry, Field, Kind, Link, Problems, Weight, button_link, record, section,
};
use crate::front::{Asked, Flash, Problem};
use crate::ids::SupporterId;
use crate::people::said::phone;
use crate::scope::Right;
use crate::station::courses::{Side, Typed, Year, sided, text};
use crate::station::supporters::acts;
use crate::station::supporters::rules::{Refusal, Supporter};
use crate::station::supporters::store;

/// The supporter, after the line of the sight; whoever is registered reads it among their own.
pub async fn enter(asked: &Asked, id: SupporterId) -> Result<Supporter, Problem> {
    let one = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    if one.is_erased() {
        return Err(Problem::NotFound);
    }
    let line = Line::new(Verb::Saw, one.person, Fields::NOTHING);
    let line = line.saying(format!("サポーター（{id}）"));
    audit::witness(asked.db(), &asked.deed, line).await?;
    Ok(one)
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    let one = enter(&asked, id).await?;
    shown(&asked, &one, &Typed::default(), &Problems::default()).await
}

/// The page with a form that was refused perhaps.
pub async fn shown(
    asked: &Asked,
    one: &Supporter,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let edit = format!("{}/edit", path(one.id));
    let fees = format!("{}/fees", path(one.id));
    let vouchers = format!("{}/vouchers", path(one.id));
    let mut conn = asked.read().await?;
    let cards = store::list_cards(&mut conn, &asked.deed, one.id).await?;
    let away = store::list_aways(&mut conn, &asked.deed, one.id).await?;
    let fee = acts::fee_of(&mut conn, &asked.deed, one, Year::of(today)).await?;
    drop(conn);
    let body = html! {
        (look::problem_summary(problems))
        p { (said::standing(one, today)) " " (aways::mark(&away, one.id, today)) }
        (known(one))
        p { (button_link(Weight::Secondary, Link::new("内容を直す", &edit))) }
        (section("会費", html! {
            p { (Year::of(today)) "年度：" (fees::stands(&fee)) }
            p { (button_link(Weight::Secondary, Link::new("会費と領収書", &fees))) }
        }))
        (section("商店街の券", html! {
            p { "講座のお手伝いに渡す券です。" }
            p { (button_link(Weight::Secondary, Link::new("商店街の券を渡す", &vouchers))) }
        }))
        (section("カード", cards::section(one, &cards)))
        p { a href={ (path(one.id)) "/own" } { "ご本人のページ（暗証番号、紙で渡す）" } }
        (section("お休みの予定", aways::section(one, &away, today, typed, problems)))
        @if asked.may(Right::Watch) { p { a href={ (path(one.id)) "/watch" } { "様子を書く（気になったこと）" } } }
        p { a href={ (path(one.id)) "/consents" } { "来る様子を見守ることへの同意" } }
        (section("登録者の記録", register(one, typed, problems)))
        (section("入会と退会", terms(one, today, typed, problems)))
        @if asked.may(Right::Lead) { (section("消去の希望があったとき", erasing(one, typed, problems))) }
    };
    sided(asked, Side::Supporters, &one.details.name, body)
}

fn known(one: &Supporter) -> Markup {
    let details = &one.details;
    let born = details.born.map_or(String::new(), said::year);
    record(&[
        Entry::new("よみ", html! { (details.kana) }),
        Entry::new(
            "電話",
            html! { @if let Some(number) = &details.phone { (phone(number)) } },
        ),
        Entry::new("メール", html! { (details.mail) }),
        Entry::new(
            "連絡のしかた",
            html! { (said::reach(one)) @if !details.reach_words.is_empty() { p { (details.reach_words) } } },
        ),
        Entry::new("生まれた年", html! { (born) }),
        Entry::new("好きなこと", html! { (details.likes) }),
        Entry::new(
            "できること",
            html! { (said::can(one)) @if !details.can_words.is_empty() { p { (details.can_words) } } },
        ),
        Entry::new("職員どうしのメモ", html! { (details.note) }),
    ])
}

/// Whom of the register they are, as far as somebody said so.
fn register(one: &Supporter, typed: &Typed, problems: &Problems) -> Markup {
    let path = path(one.id);
    let tie = format!("{path}/tie");
    let reason = Field {
        kind: Kind::Long,
        required: true,
        hint: "例：別の方だったとわかった",
        ..text(typed, problems, "reason", "はずす理由")
    };
    html! {
        @match one.person {
            Some(person) => {
                p { "登録者に結びつけてあります（" (one.tied_by) "）。" }
                p { (button_link(Weight::Secondary, Link::new("登録者の記録を開く", &format!("/people/{person}")))) }
                details open[problems.of("reason").is_some()] {
                    summary { "結びつきをはずす" }
                    (look::form(&format!("{path}/untie"), html! {
                        (look::hidden("version", &one.version.to_string()))
                        (look::field(&reason))
                        (look::button(Weight::Quiet, "はずす", "do", "untie"))
                    }))
                }
            }
            None => {
                p { "登録者の記録には結びつけていません。名前が同じだけでは結びつきません。" }
                p { (button_link(Weight::Secondary, Link::new("登録者に結びつける", &tie))) }
            }
        }
    }
}

fn terms(one: &Supporter, today: Date, typed: &Typed, problems: &Problems) -> Markup {
    let path = path(one.id);
    let last = one.terms.0.last().copied();
    let until = last.and_then(|term| term.until);
    let version = one.version.to_string();
    let chosen = match typed.of("day") {
        "" => today.to_string(),
        day => day.to_owned(),
    };
    let day = |label| Field {
        kind: Kind::Short,
        required: true,
        value: &chosen,
        ..text(typed, problems, "day", label)
    };
    html! {
        ul { @for term in &one.terms.0 {
            li { (said::date(term.from)) "から" @if let Some(until) = term.until { (said::date(until)) "まで" } }
        } }
        @match until {
            None => (look::form(&format!("{path}/leaving"), html! {
                (look::hidden("version", &version))
                (look::field(&Field { hint: "この日までは入会中です。前もって決まっている日でもかまいません。", ..day("退会の日") }))
                (look::button(Weight::Secondary, "退会にする", "do", "leave"))
            })),
            Some(until) => {
                (look::act(Weight::Secondary, "退会を取り消す", "", &format!("{path}/staying"), &[("version", &version)]))
                @if until < today { (look::form(&format!("{path}/return"), html! {
                    (look::hidden("version", &version))
                    (look::field(&day("ふたたび入会する日")))
                    (look::button(Weight::Secondary, "ふたたび入会する", "do", "return"))
                })) }
            }
        }
    }
}

fn erasing(one: &Supporter, typed: &Typed, problems: &Problems) -> Markup {
    let why = Field {
        kind: Kind::Long,
        required: true,
        hint: "例：ご本人から、名簿から消してほしいとのお申し出",
        ..text(typed, problems, "why", "理由")
    };
    html! {
        p { "名前、連絡先、好きなことなどをすべて消します。もとにはもどせません。登録者の記録は消えません（そちらは「転出・死亡・とりやめ」から）。ご本人の希望であることを確かめてください。" }
        (look::form(&format!("{}/erasure", path(one.id)), html! {
            (look::field(&why))
            (look::button(Weight::Danger, "このサポーターを消去する", "do", "erase"))
        }))
    }
}

/// A form of one field on this page.
pub type Sent = Form<Vec<(String, String)>>;

async fn with_day<F>(
    asked: Asked,
    id: SupporterId,
    typed: Typed,
    flash: &str,
    act: impl FnOnce(Asked, i64, Date) -> F,
) -> Result<Response, Problem>
where
    F: Future<Output = Result<(), Refusal>>,
{
    let one = enter(&asked, id).await?;
    let mut problems = Problems::default();
    match words::date::parse_full(typed.of("day")) {
        Ok(day) => {
            let done = act(asked.clone(), typed.version(), day).await;
            if let Some(page) = settled(&asked, id, done, flash, &mut problems)? {
                return Ok(page);
            }
        }
        Err(problem) => problems.add("day", problem.to_string()),
    }
    Err(Problem::Refused(
        shown(&asked, &one, &typed, &problems).await?,
    ))
}

/// Leaves.
pub async fn leave(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    with_day(
        asked,
        id,
        Typed(sent),
        "退会にしました。",
        async move |asked, version, day| {
            acts::leave(asked.db(), &asked.deed, (id, version), day).await
        },
    )
    .await
}

/// Comes back.
pub async fn come_back(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    with_day(
        asked,
        id,
        Typed(sent),
        "ふたたび入会にしました。",
        async move |asked, version, day| {
            acts::come_back(asked.db(), &asked.deed, (id, version), day).await
        },
    )
    .await
}

/// Stays after all.
pub async fn stay(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let one = enter(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let done = acts::stay(asked.db(), &asked.deed, (id, typed.version())).await;
    match settled(&asked, id, done, "退会を取り消しました。", &mut problems)? {
        Some(page) => Ok(page),
        None => Err(Problem::Refused(
            shown(&asked, &one, &typed, &problems).await?,
        )),
    }
}

/// Erases what is known.
pub async fn erase(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
    above: &'static [acts::Forget],
) -> Result<Response, Problem> {
    asked.need(Right::Lead)?;
    let one = enter(&asked, id).await?;
    let typed = Typed(sent);
    let of = (id, typed.of("why"));
    match acts::erase(asked.db(), &asked.deed, of, above).await {
        Ok(()) => Ok(asked.redirect("/station/supporters", Flash::done("消去しました。"))),
        Err(refusal) => {
            let (_, words) = super::told(&refusal).ok_or(refusal)?;
            let mut problems = Problems::default();
            problems.add("why", words);
            Err(Problem::Refused(
                shown(&asked, &one, &typed, &problems).await?,
            ))
        }
    }
}
