//! At the counter: the supporter chooses a word, and is handed the sheet.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::told;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::SupporterId;
use crate::networks;
use crate::station::courses::{Side, Typed, sided};
use crate::station::own::acts;
use crate::station::own::rules::{Refusal, Stands};
use crate::station::supporters;

fn path(id: SupporterId) -> String {
    format!("/station/supporters/{id}/own")
}

/// The page, after the line of the sight.
pub async fn page(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    shown(&asked, id, &Problems::default()).await
}

async fn shown(asked: &Asked, id: SupporterId, problems: &Problems) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let one = supporters::find(&mut conn, &asked.deed, id).await?;
    let stands = acts::stands(&mut conn, &asked.deed, id).await?;
    let town = networks::find_town(&mut conn, &asked.deed.scope).await?;
    drop(conn);
    if one.is_erased() {
        return Err(Problem::NotFound);
    }
    let line = Line::new(Verb::Saw, one.person, Fields::NOTHING);
    let line = line.saying(format!("サポーター（{id}）のご本人のページの設定"));
    audit::witness(asked.db(), &asked.deed, line).await?;
    let address = format!(
        "{}/m/{}",
        asked.app.config.public_url,
        town.map(|town| town.short).unwrap_or_default()
    );
    let body = html! {
        (look::problem_summary(problems))
        (now(stands.as_ref()))
        (look::section("ご本人にお話しすること", html! {
            p { "ステーションのタブレットやご自宅のスマートフォンで、申し込みの様子や商店街の券などを見たり、講座に申し込んだりできます。開くには、カードと4けたの暗証番号の両方が要ります。" }
            p { "暗証番号は、ご家族にも教えないでください。カードを拾った人や取り上げた人に、いつどこへ行くかを知られないためです。カードに書いたり、いっしょに持ち歩いたりもしないでください。" }
            p { "使うかどうかは、ご本人が決めます。使わない方には、紙でお渡しできます。" }
        }))
        (look::section("暗証番号", form(id, stands.is_some(), problems)))
        (look::section("開くところ", html! {
            p { "ステーションのタブレット：" code { (address) "/tablet" } }
            p { "ご自宅：" code { (address) } "（カードのQRをスマートフォンで読み取っても開けます）" }
        }))
        (look::section("紙で渡す", html! {
            p { "ご本人のページと同じ内容を、大きな字で1枚に印刷します。ご本人に直接お渡しください。" }
            (look::act(Weight::Secondary, "印刷する（PDF）", "", &format!("/papers/supporters/{id}/own"), &[]))
        }))
        p { (look::text_link(Link::new("サポーターの画面にもどる", &format!("/station/supporters/{id}")))) }
    };
    let title = format!("{}さんのご本人のページ", one.details.name);
    sided(asked, Side::Supporters, &title, body)
}

fn now(stands: Option<&Stands>) -> Markup {
    let opened = |at| in_japan(at).strftime("%Y年%-m月%-d日 %-H:%M").to_string();
    html! {
        @match stands {
            None => p { (look::chip(Tone::Plain, "使っていません")) "　暗証番号を決めると、使えるようになります。" },
            Some(of) if of.is_shut() => p { (look::chip(Tone::Danger, "閉じています")) "　暗証番号が5回続けてちがいました。ご本人に確かめて、決め直してください。心当たりがないときは、カードを新しくしてください。" },
            Some(of) => p { (look::chip(Tone::Good, "使っています"))
                @if let Some(at) = of.opened_at { "　前に開かれたのは " (opened(at)) }
                @if of.wrong > 0 { "　そのあと暗証番号のまちがい " (of.wrong) "回" }
            },
        }
    }
}

fn form(id: SupporterId, there: bool, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field {
        name,
        label,
        hint,
        kind: Kind::Password,
        required: true,
        problem: problems.of(name),
        ..Field::default()
    };
    let label = if there {
        "決め直す"
    } else {
        "この番号にする"
    };
    html! {
        (look::form(&path(id), html! {
            (look::field(&field("pin", "ご本人が選んだ数字4けた", "ご本人に入れてもらってください。誕生日などの日付、生まれた年、1234のような並び、電話番号の終わりは使えません。")))
            (look::field(&field("again", "もう一度", "")))
            (look::buttons(label, None))
        }))
        @if there {
            p { "ご本人が使うのをやめたいとき：" }
            (look::act(Weight::Secondary, "使うのをやめる", "", &format!("{}/closing", path(id)), &[]))
        }
    }
}

/// Sets the word.
pub async fn set(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    if typed.of("pin") == typed.of("again") {
        match acts::set_pin(asked.db(), &asked.deed, id, typed.of("pin")).await {
            Ok(()) => {
                let flash = Flash::done("暗証番号を決めました。いまから使えます。");
                return Ok(asked.redirect(&path(id), flash));
            }
            Err(refusal) => match told(&refusal) {
                Some(words) => problems.add("pin", words),
                None => return Err(refusal.into()),
            },
        }
    } else {
        problems.add(
            "again",
            "2回の数字がちがいます。もう一度入れてもらってください。",
        );
    }
    Err(Problem::Refused(shown(&asked, id, &problems).await?))
}

/// There is no page any more.
pub async fn shut(asked: Asked, Path(id): Path<SupporterId>) -> Result<Response, Problem> {
    let flash = match acts::shut(asked.db(), &asked.deed, id).await {
        Ok(()) => Flash::done("使うのをやめました。もう開けません。"),
        Err(Refusal::NotFound) => {
            supporters::find(&mut asked.read().await?, &asked.deed, id).await?;
            Flash::not_done("もう使っていません。")
        }
        Err(refusal) => return Err(refusal.into()),
    };
    Ok(asked.redirect(&path(id), flash))
}
