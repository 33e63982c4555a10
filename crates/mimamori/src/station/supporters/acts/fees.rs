//! Fees are paid, waived and taken back; each payment has its receipt.

use db::{Conn, Db};
use jiff::civil::Date;

use super::{reason_of, say};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::SupporterId;
use crate::scope::Right;
use crate::station::courses::Year;
use crate::station::supporters::rules::{
    Fee, FeeRules, MOST_FEE, Receipt, ReceiptNumber, Refusal, Settled, Supporter,
};
use crate::station::supporters::store;

/// How somebody stands with the fee of a year.
pub async fn fee_of(
    conn: &mut Conn,
    deed: &Deed,
    one: &Supporter,
    year: Year,
) -> Result<Fee, Refusal> {
    let rules = store::fee_rules(conn, deed).await?;
    let years = store::years_of(conn, deed, one.id).await?;
    let today = in_japan(deed.now).date();
    Ok(rules.fee((&one.terms, one.entered_on), year, &years, today))
}

async fn owing(
    conn: &mut Conn,
    deed: &Deed,
    id: SupporterId,
    year: Year,
) -> Result<Supporter, Refusal> {
    let one = store::find(conn, deed, id).await?;
    if one.is_erased() {
        return Err(Refusal::NotFound);
    }
    match fee_of(conn, deed, &one, year).await? {
        Fee::None => Err(Refusal::NotInThen),
        Fee::Settled(_) => Err(Refusal::PaidAlready),
        Fee::Due(_) | Fee::Grace(_) | Fee::Lapsed(_) => Ok(one),
    }
}

/// The fee of a year is paid. However often the button is pressed, and at however many desks, it is paid
/// once.
pub async fn pay(
    db: &Db,
    deed: &Deed,
    (id, year): (SupporterId, Year),
    amount: u32,
    on: Date,
) -> Result<ReceiptNumber, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let today = in_japan(deed.now).date();
    if amount == 0 || amount > MOST_FEE {
        return Err(Refusal::Amount);
    }
    if on > today || Year::of(on) < Year::of(today).before() {
        return Err(Refusal::NotPaidThen);
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = owing(conn, &deed, id, year).await?;
            let number = store::next_receipt(conn, &deed, Year::of(today)).await?;
            let settled = Settled::Paid {
                amount,
                on,
                receipt: number,
            };
            store::insert_year(conn, &deed, (id, year), &settled).await?;
            let receipt = Receipt {
                number,
                fee_year: year,
                amount,
                paid_on: on,
                undone: None,
                printed: 0,
            };
            store::insert_receipt(conn, &deed, id, &receipt).await?;
            let what = format!("{year}年度の会費{amount}円を受け取った（領収書{number}）");
            say(conn, &deed, &one, &what).await?;
            Ok(number)
        })
    })
    .await
}

/// The fee of a year is waived, with the reason.
pub async fn waive(
    db: &Db,
    deed: &Deed,
    (id, year): (SupporterId, Year),
    reason: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let why = reason_of(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = owing(conn, &deed, id, year).await?;
            store::insert_year(conn, &deed, (id, year), &Settled::Waived { why }).await?;
            let what = format!("{year}年度の会費を免除した");
            Ok(say(conn, &deed, &one, &what).await?)
        })
    })
    .await
}

/// What was paid or waived is taken back, with the reason. The receipt stays with its number, as taken
/// back.
pub async fn reopen(
    db: &Db,
    deed: &Deed,
    (id, year): (SupporterId, Year),
    reason: &str,
) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    let why = reason_of(reason)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, id).await?;
            let years = store::years_of(conn, &deed, id).await?;
            let settled = years.get(&year).ok_or(Refusal::NotPaid)?;
            if !store::remove_year(conn, &deed, id, year).await? {
                return Err(Refusal::NotPaid);
            }
            let what = match settled {
                Settled::Paid { receipt, .. } => {
                    store::undo_receipt(conn, &deed, *receipt, &why).await?;
                    format!("{year}年度の会費の受け取りを取り消した（領収書{receipt}）")
                }
                Settled::Waived { .. } => format!("{year}年度の会費の免除を取り消した"),
            };
            Ok(say(conn, &deed, &one, &what).await?)
        })
    })
    .await
}

/// A receipt that is to be printed, counted; the second time it says that it was printed before.
pub async fn print_receipt(
    db: &Db,
    deed: &Deed,
    id: SupporterId,
    number: ReceiptNumber,
) -> Result<Receipt, Refusal> {
    deed.scope.need(Right::Supporters)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let one = store::find(conn, &deed, id).await?;
            let all = store::receipts_of(conn, &deed, id).await?;
            let receipt = all.into_iter().find(|receipt| receipt.number == number);
            let receipt = receipt.filter(|receipt| receipt.undone.is_none());
            let receipt = receipt.ok_or(Refusal::NotFound)?;
            store::count_print(conn, &deed, number).await?;
            let line = Line::new(Verb::Printed, one.person, Fields::NOTHING);
            let line = line.saying(format!("会費の領収書{number}"));
            audit::record(conn, &deed, line).await?;
            Ok(receipt)
        })
    })
    .await
}

/// The town's rules for the fee are changed. Years that are settled stay as they were settled.
pub async fn set_fee_rules(db: &Db, deed: &Deed, new: FeeRules) -> Result<(), Refusal> {
    deed.scope.need(Right::Supporters)?;
    deed.scope.need(Right::Lead)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            store::put_fee_rules(conn, &deed, &new).await?;
            let FeeRules {
                amount,
                part_from,
                part_amount,
                grace,
                ..
            } = new;
            let words = format!(
                "会費のきまり：年{amount}円、{part_from}月からの入会は{part_amount}円、猶予{grace}日"
            );
            let line = Line::new(Verb::SupporterChanged, None, Fields::NOTHING).saying(words);
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
