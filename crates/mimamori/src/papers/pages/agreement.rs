//! The yearly letter of thanks to an organisation of a watch-over agreement.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::date;
use jiff::tz::{TimeZone, offset};
use press::{Letter, Paper};
use serde::Deserialize;
use words::date::PartialDate;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::notices::{self, Agreement, Told};
use crate::scope::Right;

/// Fewer notices than these are not counted to somebody outside.
const FEWEST: i64 = 5;

/// Which year, from April.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    year: i16,
}

/// The letter, with how many notices came; nothing of whom they were about or how they ended.
pub async fn thanks(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let year = typed.year.clamp(2000, 2200);
    let begins = |year: i16| {
        let day = date(year, 4, 1).to_zoned(TimeZone::fixed(offset(9)));
        day.map_or(0, |day| day.timestamp().as_millisecond())
    };
    let mut conn = asked.read().await?;
    let one = notices::find_agreement(&mut conn, &asked.deed, id).await?;
    let (from, to) = (begins(year), begins(year + 1));
    let counted = notices::counted_of(&mut conn, &asked.deed, id, (from, to)).await?;
    drop(conn);
    let line = Line::new(Verb::Printed, None, Fields::NOTHING).saying("見守り協定のお礼の手紙");
    audit::witness(asked.db(), &asked.deed, line).await?;
    let surround = around(&asked, asked.deed.scope.center).await?;
    let today = PartialDate::from(in_japan(asked.deed.now).date());
    let center = !asked.may(Right::ManageTown);
    let letter = letter(&one, year, &counted, center, today.both());
    let paper = Paper::Letter(letter);
    shown(surround, paper, "thanks").await
}

fn letter(one: &Agreement, year: i16, counted: &[Told], center: bool, day: String) -> Letter {
    let reach = &one.reach;
    // Each on a line of its own: together they are longer than a window is wide.
    let address = [reach.address.clone(), one.name.clone()];
    Letter {
        title: "見守り協定のお礼".to_owned(),
        date: day,
        to_postcode: reach.postcode.clone(),
        to_address: address.into_iter().filter(|line| !line.is_empty()).collect(),
        to_name: match reach.person.as_str() {
            "" => "ご担当者".to_owned(),
            person => person.to_owned(),
        },
        paragraphs: vec![
            "日ごろから、地域の見守りにお力添えをいただき、心からお礼を申し上げます。".to_owned(),
            said(year, counted, center),
            "お知らせいただいた方のその後は、個人情報のためお伝えできません。どうかご了承ください。".to_owned(),
            "これからも、お仕事の中で「いつもとちがうな」とお感じになったときは、ひとことお知らせください。どうぞよろしくお願いいたします。".to_owned(),
        ],
        ..Letter::default()
    }
}

/// How many, and what is true of all of them. How they ended is nobody's outside: of few it would tell
/// the carrier what became of the neighbour.
fn said(year: i16, counted: &[Told], center: bool) -> String {
    let sum: i64 = counted.iter().map(|told| told.count).sum();
    let waiting: i64 = counted.iter().map(|told| told.waiting).sum();
    let whose = if center { "当センターに" } else { "" };
    let many = match sum {
        0 => {
            return format!(
                "{year}年度も、お仕事の中で地域を気にかけていただきました。知らせるほどのことがなかったことも、見守ってくださっていたからこそわかることです。"
            );
        }
        1..FEWEST => "お知らせ".to_owned(),
        sum => format!("{sum}件のお知らせ"),
    };
    let looked = match waiting {
        0 => "1件ずつ職員が確かめました。",
        _ => "1件ずつ職員が確かめています。",
    };
    format!(
        "{year}年度は、{whose}{many}をいただきました。{looked}早く気づいてくださる方がいることが、地域でひとりで暮らす方の支えになっています。"
    )
}
