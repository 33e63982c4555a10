//! Papers of the Station's supporters: receipts of their fees, and their cards.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use press::{MemberCard, MemberCards, Paper, Receipt, VoucherRow, Vouchers};
use serde::Deserialize;
use words::date::PartialDate;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::SupporterId;
use crate::networks;
use crate::people::Names;
use crate::scope::Actor;
use crate::station::courses::Month;
use crate::station::supporters::{self, Card, CardState, Supporter, qr_text};
use crate::station::vouchers::{self, Kind, balance};

/// Which receipt.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Which {
    number: String,
}

/// 「2,000」
pub(super) fn yen(amount: u32) -> String {
    let digits = amount.to_string();
    let mut words = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// The supporter, unless erased; the line is that of the print.
pub(super) async fn find(asked: &Asked, id: SupporterId) -> Result<Supporter, Problem> {
    let one = supporters::find(&mut asked.read().await?, &asked.deed, id).await?;
    match one.is_erased() {
        true => Err(Problem::NotFound),
        false => Ok(one),
    }
}

/// A receipt; from the second time on it says 「再発行」.
pub async fn receipt(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(which): Form<Which>,
) -> Result<Response, Problem> {
    let one = find(&asked, id).await?;
    let all = supporters::receipts_of(&mut asked.read().await?, &asked.deed, id).await?;
    let number = all.iter().map(|one| one.number);
    let mut number = number.filter(|number| number.to_string() == which.number);
    let number = number.next().ok_or(Problem::NotFound)?;
    let receipt = supporters::print_receipt(asked.db(), &asked.deed, id, number).await?;
    let year = receipt.fee_year;
    let paper = Paper::Receipt(Receipt {
        number: number.to_string(),
        again: receipt.printed > 0,
        name: one.details.name,
        amount: yen(receipt.amount),
        what: format!(
            "{year}年度 サポーター会費（{year}年4月～{}年3月）",
            year.next()
        ),
        paid_on: PartialDate::from(receipt.paid_on).both(),
    });
    let surround = around(&asked, asked.deed.scope.center).await?;
    shown(surround, paper, "receipt").await
}

/// One supporter's card.
pub async fn card(asked: Asked, Path(id): Path<SupporterId>) -> Result<Response, Problem> {
    let one = find(&asked, id).await?;
    let cards = supporters::list_cards(&mut asked.read().await?, &asked.deed, id).await?;
    let mut cards = cards.into_iter();
    let card = cards.find(|card| card.state == CardState::InUse);
    let card = card.ok_or_else(|| {
        Problem::refused("使えるカードがありません。先に「カードを作って渡す」を押してください。")
    })?;
    print(&asked, vec![(one, card)]).await
}

/// The cards of everybody who is in, ten on a sheet.
pub async fn cards(asked: Asked) -> Result<Response, Problem> {
    let today = in_japan(asked.deed.now).date();
    let mut conn = asked.read().await?;
    let all = supporters::list(&mut conn, &asked.deed).await?;
    let cards = supporters::list_cards_in_use(&mut conn, &asked.deed).await?;
    drop(conn);
    let card_of = |one: &Supporter| cards.iter().find(|card| card.supporter == one.id).cloned();
    let pairs: Vec<(Supporter, Card)> = all
        .into_iter()
        .filter(|one| one.terms.has(today))
        .filter_map(|one| card_of(&one).map(|card| (one, card)))
        .collect();
    if pairs.is_empty() {
        return Err(Problem::refused(
            "使えるカードのある方がいません。サポーターのページで「カードを作って渡す」を押すと、ここに入ります。",
        ));
    }
    print(&asked, pairs).await
}

async fn print(asked: &Asked, pairs: Vec<(Supporter, Card)>) -> Result<Response, Problem> {
    let line = |(one, card): &(Supporter, Card)| {
        let words = format!("サポーター（{}）のカード {}", one.id, card.number);
        Line::new(Verb::Printed, one.person, Fields::NOTHING).saying(words)
    };
    let lines: Vec<Line> = pairs.iter().map(line).collect();
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    let mut conn = asked.read().await?;
    let town = networks::find_town(&mut conn, &asked.deed.scope).await?;
    let short = town.ok_or(Problem::NotFound)?.short;
    let mut cards = Vec::new();
    for (one, card) in pairs {
        let secret = supporters::secret_of(&mut conn, &asked.deed, card.id).await?;
        cards.push(MemberCard {
            number: card.number.to_string(),
            name: match one.details.name_on_card {
                true => one.details.name,
                false => String::new(),
            },
            address: qr_text(&asked.app.config.public_url, &short, &secret),
        });
    }
    drop(conn);
    let mut surround = around(asked, asked.deed.scope.center).await?;
    // Who printed a card is nobody's business who finds it.
    surround.printed_by = String::new();
    shown(surround, Paper::MemberCards(MemberCards { cards }), "cards").await
}

/// Which month.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    m: String,
}

/// A month's vouchers with a place for each signature.
pub async fn vouchers(asked: Asked, Form(part): Form<Part>) -> Result<Response, Problem> {
    let this = Month::of(in_japan(asked.deed.now).date());
    let month = Month::from_code(&part.m).unwrap_or(this);
    let mut conn = asked.read().await?;
    let deed = &asked.deed;
    let mut lines = vouchers::list_between(&mut conn, deed, month.first(), month.last()).await?;
    lines.retain(|line| line.shop.is_none());
    let names = Names::read_all(&mut conn, deed).await?;
    let people = supporters::list(&mut conn, deed).await?;
    drop(conn);
    let given = |line: &vouchers::Line| people.iter().find(|one| Some(one.id) == line.supporter);
    let title = format!("{}の商店街の券　受け取り簿", month.words());
    let printed = lines.iter().filter_map(|line| given(line)?.person);
    let mut seen: Vec<Line> = printed
        .map(|person| Line::new(Verb::Printed, Some(person), Fields::NOTHING).saying(title.clone()))
        .collect();
    seen.push(Line::new(Verb::Printed, None, Fields::NOTHING).saying(title.clone()));
    audit::witness_all(asked.db(), deed, seen).await?;
    let rows = lines.iter().map(|line| VoucherRow {
        day: line.day.strftime("%-m月%-d日").to_string(),
        what: format!(
            "{}　{}",
            line.course,
            line.role.map_or("", |role| role.word())
        ),
        name: given(line).map_or("消去した方".to_owned(), |one| one.details.name.clone()),
        amount: match line.kind {
            Kind::Undone => format!("－{}", yen(line.amount)),
            Kind::Given | Kind::HandedIn => yen(line.amount),
        },
        by: line
            .by
            .map_or("", |by| names.actor(Actor::Staff(by)))
            .to_owned(),
    });
    let total = balance(&lines);
    let sign = if total < 0 { "－" } else { "" };
    let total = u32::try_from(total.unsigned_abs()).unwrap_or(u32::MAX);
    let paper = Paper::Vouchers(Vouchers {
        rows: rows.collect(),
        total: format!("{sign}{}", yen(total)),
        title,
    });
    let surround = around(&asked, asked.deed.scope.center).await?;
    shown(surround, paper, "vouchers").await
}
