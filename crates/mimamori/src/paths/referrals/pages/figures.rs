//! Whether sponsors were chosen more often than chance would: for the town with every number, for
//! everybody by whole years and without small ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, Query};
use jiff::civil::{Date, date};
use maud::{Markup, html};
use serde::Deserialize;

use crate::clock::in_japan;
use crate::deed::Deed;
use crate::front::look::{self, Choice, Field, Head, PublicShell, Tone, chip, table};
use crate::front::{Asked, Place, Problem, Visitor};
use crate::ids::NetworkId;
use crate::networks;
use crate::paths::referrals::rules::{Compared, LEAST, Share, compare, may_be_told};
use crate::paths::referrals::store;
use crate::scope::Scope;

/// Fiscal years that are offered.
const YEARS: i16 = 5;

/// Of which fiscal year.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    year: String,
}

/// The fiscal year (April to March) of a day.
fn year_of(day: Date) -> i16 {
    day.year() - i16::from(day.month() < 4)
}

async fn shares(conn: &mut db::Conn, deed: &Deed, year: i16) -> Result<Vec<Share>, Problem> {
    let (from, to) = (date(year, 4, 1), date(year.saturating_add(1), 3, 31));
    let made = store::list_made(conn, deed, from, to).await?;
    Ok(compare(&made))
}

/// For those who may read figures.
pub async fn page(asked: Asked, Query(wanted): Query<Wanted>) -> Result<Markup, Problem> {
    let this = year_of(in_japan(asked.deed.now).date());
    let asked_for = wanted.year.parse().ok();
    let year = asked_for.filter(|year| (this - YEARS + 1..=this).contains(year));
    let year = year.unwrap_or(this);
    let shares = shares(&mut asked.read().await?, &asked.deed, year).await?;
    let years: Vec<(String, String)> = (0..YEARS)
        .map(|back| ((this - back).to_string(), format!("{}年度", this - back)))
        .collect();
    let choices: Vec<Choice<'_>> = years
        .iter()
        .map(|(value, label)| Choice::new(value, label))
        .collect();
    let value = year.to_string();
    let field = Field {
        name: "year",
        label: "年度",
        value: &value,
        ..Field::default()
    };
    let body = html! {
        p { "会費などで見守りネットワークを支えている団体（支援団体）が、紹介先として偶然より多く選ばれていないかを確かめます。" }
        (look::filters("/referrals", "この年度を見る", look::select(&field, &choices)))
        @if shares.is_empty() {
            (look::empty("この年度の紹介は、まだ記録されていません", "紹介は、それぞれの方の記録の「紹介」から入れます。", None))
        } @else {
            (figures(&shares))
            (how())
        }
    };
    asked.page(Place::Nowhere, "紹介の偏り", body)
}

/// Looks at the page for everybody, a minute and an address; a newsroom behind one address is enough.
const A_MINUTE: i64 = 60;

/// What a town's page for everybody tells, worked out once a day: an interval costs more than a page.
#[derive(Clone, Default)]
pub struct Published(Arc<Mutex<HashMap<NetworkId, Held>>>);

/// On which day, and what.
type Held = (Date, Vec<Share>);

impl Published {
    fn known(&self, town: NetworkId, today: Date) -> Option<Vec<Share>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (on, shares) = held.get(&town)?;
        (*on == today).then(|| shares.clone())
    }

    fn keep(&self, town: NetworkId, today: Date, shares: &[Share]) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(town, (today, shares.to_vec()));
    }
}

/// For everybody: the last year that is over, and no small number.
pub async fn public(visitor: Visitor, Path(short): Path<String>) -> Result<Markup, Problem> {
    if visitor.count("referrals") > A_MINUTE {
        let wait =
            "続けて開かれたため、少し休んでいます。1分ほどたってから、もう一度お開きください。";
        return Err(Problem::Slowed(wait.to_owned()));
    }
    let mut conn = visitor.app.db.read().await?;
    let town = networks::find_town_by_short(&mut conn, &short).await?;
    let town = town.ok_or(Problem::NotFound)?;
    let deed = visitor
        .app
        .deed(Scope::public(town.id, String::new()))
        .await?;
    let today = in_japan(visitor.now).date();
    let year = year_of(today) - 1;
    let published = &visitor.app.published;
    let all = match published.known(town.id, today) {
        Some(all) => all,
        None => {
            let all = shares(&mut conn, &deed, year).await?;
            published.keep(town.id, today, &all);
            all
        }
    };
    drop(conn);
    let hidden = all.iter().filter(|share| !may_be_told(share)).count();
    let told: Vec<Share> = all.into_iter().filter(may_be_told).collect();
    let body = html! {
        p { "会費などで見守りネットワークを支えている団体（支援団体）が、紹介先として偶然より多く選ばれていないかを、毎年お知らせします。" }
        p { (year) "年度（" (year) "年4月～" (year + 1) "年3月）" }
        @if told.is_empty() { p { "お知らせできる数が、まだありません。" } }
        @else { (figures(&told)) }
        @if hidden > 0 {
            p { "人数が少なく（" (LEAST) "件に満たない数があり）、だれのことかわかるおそれがあるため、のせていない種類があります。" }
        }
        (how())
        p { "支援団体が、住民の方の情報を見ることはありません。" }
    };
    let shell = PublicShell {
        network_name: &town.name,
        ..PublicShell::default()
    };
    Ok(look::public_page(&shell, "紹介の偏りのお知らせ", body))
}

fn figures(shares: &[Share]) -> Markup {
    let head = [
        Head::new("種類"),
        Head::figures("紹介"),
        Head::figures("選べた紹介"),
        Head::figures("うち支援団体"),
        Head::figures("割合（95％区間）"),
        Head::figures("偶然なら"),
        Head::new("見立て"),
    ];
    let rows: Vec<Vec<Markup>> = shares.iter().map(row).collect();
    table("種類ごとの割合", &head, &rows)
}

fn row(share: &Share) -> Vec<Markup> {
    let (low, high) = share.interval;
    let compared = share.compared();
    let tone = match compared {
        Compared::More => Tone::Warning,
        Compared::Less => Tone::Notice,
        Compared::Within => Tone::Good,
        Compared::TooFew | Compared::NoChoice => Tone::Plain,
    };
    let compares = compared != Compared::NoChoice;
    vec![
        html! { (share.service.word()) },
        html! { (share.all) "件" },
        html! { (share.with_choice) "件" },
        html! { (share.sponsors) "件" },
        html! { @if compares { (percent(share.found())) "（" (percent(low)) "～" (percent(high)) "）" } @else { "—" } },
        html! { @if compares { (percent(share.expected)) } @else { "—" } },
        chip(tone, compared.word()),
    ]
}

fn percent(share: f64) -> String {
    format!("{:.1}％", share * 100.0)
}

fn how() -> Markup {
    look::section(
        "数え方",
        html! {
            p { "「選べた紹介」は、支援団体とほかの団体の両方が受け入れていた紹介です。どちらかしかなかった紹介は、くらべません。お見せした先をしぼった紹介も、受け入れていたすべての団体とくらべます。" }
            p { "「偶然なら」は、受け入れていた団体の受け入れ数のうち、支援団体が占める割合の平均です。「95％区間」は、件数の少なさによるぶれを見こんだ幅です（クロッパー・ピアソンの方法）。「偶然なら」がこの幅の外にあるとき、偏りのおそれがあると見立てます。支援団体かどうかは、紹介した日で決めます。" }
            p { "偏りがあっても、理由（近い、専門がある、空きがあった）はさまざまです。見立ては、確かめるきっかけです。" }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_begins_in_april() {
        assert_eq!(year_of(date(2027, 3, 31)), 2026);
        assert_eq!(year_of(date(2027, 4, 1)), 2027);
    }
}
