//! The yearly letter of thanks to an organisation of a watch-over agreement.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::date;
use jiff::tz::{TimeZone, offset};
use press::{Letter, Line as Detail, Paper};
use serde::Deserialize;
use words::date::PartialDate;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::notices::{self, Agreement, Ending};

/// Which year, from April.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    year: i16,
}

/// The letter, with how many notices came and how they ended; nothing of whom they were about.
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
    let counted = notices::counted_of(&mut conn, &asked.deed, id, from, to).await?;
    drop(conn);
    let line = Line::new(Verb::Printed, None, Fields::NOTHING).saying("見守り協定のお礼の手紙");
    audit::witness(asked.db(), &asked.deed, line).await?;
    let surround = around(&asked, asked.deed.scope.center).await?;
    let today = PartialDate::from(in_japan(asked.deed.now).date());
    let paper = Paper::Letter(letter(&one, year, &counted, today.both()));
    shown(surround, paper, "thanks").await
}

fn letter(one: &Agreement, year: i16, counted: &[(Option<Ending>, i64)], day: String) -> Letter {
    let sum: i64 = counted.iter().map(|(_, count)| count).sum();
    let told = match sum {
        0 => format!(
            "{year}年度も、お仕事の中で地域を気にかけていただきました。知らせるほどのことがなかったことも、見守ってくださっていたからこそわかることです。"
        ),
        sum => format!(
            "{year}年度は、{sum}件のお知らせをいただきました。1件1件を職員が確かめました。早く気づいていただいたおかげで、声をかけ、手助けにつなげることができました。"
        ),
    };
    let of = |ending: Option<Ending>| ending.map_or("いま確かめているもの", Ending::word);
    let mut details = vec![Detail::new("お知らせの件数", format!("{sum}件"))];
    details.extend(
        counted
            .iter()
            .map(|(ending, count)| Detail::new(of(*ending), format!("{count}件"))),
    );
    let to_name = match one.reach.person.as_str() {
        "" => format!("{}　ご担当者", one.name),
        person => format!("{}　{person}", one.name),
    };
    Letter {
        title: "見守り協定のお礼".to_owned(),
        date: day,
        to_postcode: one.reach.postcode.clone(),
        to_address: Some(one.reach.address.clone()).into_iter().filter(|line| !line.is_empty()).collect(),
        to_name,
        paragraphs: vec![
            "日ごろから、地域の見守りにお力添えをいただき、心からお礼を申し上げます。".to_owned(),
            told,
            "お知らせいただいた方のことは、個人情報のため詳しくお伝えできません。件数とその後を、下にまとめました。".to_owned(),
            "これからも、配達やお店で「いつもとちがうな」とお感じになったときは、ひとことお知らせください。どうぞよろしくお願いいたします。".to_owned(),
        ],
        details,
        ..Letter::default()
    }
}
