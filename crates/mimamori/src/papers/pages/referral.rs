//! The letter by which a center asks an organisation to take part in somebody's support.

use axum::extract::Path;
use axum::response::Response;
use press::{Letter, Line as Detail, Paper};
use words::date::PartialDate;

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases::{self, Access, Referred};
use crate::clock::in_japan;
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::people::DeskView;

const TITLE: &str = "連携・紹介のお願い";

/// The letter, after the lines of its sight and its printing are durable. It says who, and what was
/// agreed to be told: no address, no illness.
pub async fn print(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Problem> {
    let referred = cases::referred(&asked, id).await?;
    audit::witness_all(asked.db(), &asked.deed, lines(&referred)).await?;
    let surround = around(&asked, Some(referred.case.center)).await?;
    let today = PartialDate::from(in_japan(asked.deed.now).date());
    let letter = letter(&referred, today.both());
    shown(surround, Paper::Letter(letter), "referral").await
}

/// A line for each person on it. Of a case that is open to named people only the line names the case:
/// whoever reads the person's list shall not learn of it.
fn lines(referred: &Referred) -> Vec<Line> {
    let printed = |whose| {
        Line::new(Verb::Printed, whose, Fields::IDENTITY)
            .because(Why::Case(referred.case.id))
            .saying(TITLE)
    };
    let people = &referred.people;
    match referred.case.access {
        Access::Center if !people.is_empty() => {
            people.iter().map(|one| printed(Some(one.id))).collect()
        }
        _ => vec![printed(None)],
    }
}

fn letter(referred: &Referred, day: String) -> Letter {
    let told = &referred.handover.told;
    let basis = match &referred.consent {
        Some(consent) => format!(
            "この内容をお伝えすることには、同意をいただいています（{}、{}）。",
            consent.by,
            PartialDate::from(consent.given_on).both()
        ),
        None => "この内容は、法令の定めにより、同意をいただく前にお伝えしています。お取り扱いにはとくにご注意ください。".to_owned(),
    };
    let mut details: Vec<Detail> = referred.people.iter().flat_map(who).collect();
    if details.is_empty() {
        details.push(Detail::new("どなた", told.who.clone()));
    }
    details.push(Detail::new("お願いしたいこと", told.words.clone()));
    details.push(Detail::new("担当", referred.lead.clone()));
    Letter {
        title: TITLE.to_owned(),
        number: referred.case.name(),
        date: day,
        to_name: format!("{}　ご担当者", told.to),
        paragraphs: vec![
            "日ごろから、地域の高齢の方の支援にお力添えをいただき、ありがとうございます。".to_owned(),
            "下の方の支援に、力を貸していただきたく、お願いいたします。お引き受けいただけるかどうかを、担当までお知らせください。くわしいことは、そのときにお伝えします。".to_owned(),
            format!("{basis}この手紙は、お願いした目的のほかには使わないでください。"),
        ],
        details,
        reply: vec![
            Detail::new("お引き受け", "□ できます　　□ できません　　□ 相談したい"),
            Detail::new("ご担当・お電話", ""),
            Detail::new("ひとこと", ""),
        ],
        ..Letter::default()
    }
}

fn who(person: &DeskView) -> [Detail; 2] {
    let identity = &person.identity.value;
    [
        Detail::new(
            "どなた",
            format!("{}（{}）", identity.name, identity.kana()),
        ),
        Detail::new("生年月日", identity.born.both()),
    ]
}
