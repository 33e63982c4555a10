//! How often the board is used: by month, without drills and without anybody's name.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use maud::{Markup, html};

use crate::board::store::{self, Month};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::front::look::{self, Head};
use crate::front::{Asked, Place, Problem};
use crate::scope::Right;

/// A year.
const MONTHS: i64 = 12;

/// The page.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let place = match asked.may(Right::Desk) {
        true => Place::Desk,
        false => Place::Town,
    };
    let body = part(&asked).await?;
    asked.page(place, "QRから届いた知らせの件数", body)
}

/// The table of the last twelve months.
pub async fn part(asked: &Asked) -> Result<Markup, Problem> {
    let months = months(&asked.deed);
    let spans: Vec<(i64, i64)> = months.iter().map(|(_, from, to)| (*from, *to)).collect();
    let mut conn = asked.read().await?;
    let figures = store::list_months(&mut conn, &asked.deed, &spans).await?;
    let rows: Vec<Vec<Markup>> = months
        .iter()
        .zip(&figures)
        .map(|((name, ..), month)| row(name, month))
        .collect();
    let head = [
        Head::new("月"),
        Head::figures("知らせ"),
        Head::figures("まちがい・いたずら"),
        Head::figures("ご家族が返事"),
        Head::figures("うち10分以内"),
    ];
    Ok(html! {
        p { "1人についての知らせは、照会が終わるまで1件と数えます。訓練は入っていません。" }
        (look::table("月ごとの件数", &head, &rows))
    })
}

fn row(name: &str, month: &Month) -> Vec<Markup> {
    let figures = [month.finds, month.false_alarms, month.answered, month.soon];
    let cells = figures.iter().map(|figure| html! { (figure) });
    [html! { (name) }].into_iter().chain(cells).collect()
}

/// Name, beginning and end of each month, the newest first.
fn months(deed: &Deed) -> Vec<(String, i64, i64)> {
    let first = in_japan(deed.now).date().first_of_month();
    let months = (0..MONTHS).map(|back| {
        let from = first.saturating_sub(back.months());
        let to = from.saturating_add(1.month());
        let name = from.strftime("%Y年%-m月").to_string();
        (name, begins(from), begins(to))
    });
    months.collect()
}

fn begins(day: Date) -> i64 {
    let zoned = day.to_zoned(TimeZone::fixed(offset(9)));
    zoned.map_or(0, |zoned| zoned.timestamp().as_millisecond())
}
