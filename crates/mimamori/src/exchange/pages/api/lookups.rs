//! A hospital, a fire or a police station looks up by number and a second thing; same limits, same
//! answer for a wrong number and a wrong second thing.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parts::{Body, Id};
use crate::desk::{self, Answer, PartnerAnswer, PartnerAsk, SecondThing, Tier};
use crate::exchange::rules::{IdentityJson, KeptJson, MedicalJson};
use crate::front::{Asked, Fault};
use crate::ids::InquiryId;
use crate::people::{Identity, Kept, Sex};

/// The number and the second thing: the family name, or about when born and the sex.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    number: String,
    #[serde(default)]
    family: Option<String>,
    #[serde(default)]
    born_year: Option<i16>,
    #[serde(default)]
    sex: Option<Sex>,
    name: String,
}

/// Years in which anybody who lives was born, and some more.
const YEARS: std::ops::RangeInclusive<i16> = 1850..=2100;

impl Question {
    fn ask(self) -> Result<PartnerAsk, Fault> {
        let fault = Fault::fields("番号、もう1つのこと、照会する方のお名前を入れてください。");
        let family = self.family.filter(|family| !family.trim().is_empty());
        if family.as_ref().is_some_and(|of| of.chars().count() > 60) {
            return Err(fault.at("family", "姓を60字までで入れてください。"));
        }
        if self.born_year.is_some_and(|year| !YEARS.contains(&year)) {
            return Err(fault.at("born_year", "生まれた年を、西暦の4けたで入れてください。"));
        }
        let sex = self
            .sex
            .filter(|sex| matches!(sex, Sex::Female | Sex::Male));
        let second = match (family, self.born_year, sex) {
            (Some(family), _, _) => SecondThing::Family(family),
            (None, Some(year), Some(sex)) => SecondThing::BornAndSex { year, sex },
            _ => {
                let words = "姓か、生まれた年（born_year）と性別の両方を入れてください。";
                return Err(fault.at("family", words));
            }
        };
        let name = self.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(fault.at("name", "照会する方のお名前を100字までで入れてください。"));
        }
        if self.number.trim().is_empty() || self.number.chars().count() > 100 {
            return Err(fault.at("number", "番号を入れてください。"));
        }
        Ok(PartnerAsk {
            typed: self.number,
            second,
            name,
        })
    }
}

/// Nobody whom both things fit.
#[derive(Serialize)]
pub struct NoMatch {
    result: &'static str,
    words: &'static str,
}

/// What the organisation is told.
#[derive(Serialize)]
pub struct HeardJson {
    #[serde(flatten)]
    answer: Answer,
    opened_at: Timestamp,
    identity: Option<KeptJson<IdentityJson>>,
    medical: Option<KeptJson<MedicalJson>>,
}

/// Looks somebody up.
pub async fn ask(asked: Asked, Body(question): Body<Question>) -> Result<Response, Fault> {
    let (db, vault, deed) = (asked.db(), &asked.app.vault, &asked.deed);
    match desk::look_up_for_partner(db, vault, deed, question.ask()?).await? {
        PartnerAnswer::Found(id) => {
            Ok((StatusCode::CREATED, heard(&asked, id).await?).into_response())
        }
        PartnerAnswer::NoMatch => Ok(Json(NoMatch {
            result: "no_match",
            words: "番号ともう1つのことに合う方が見つかりません。番号をもう一度お確かめください。急ぐときは、キーホルダーなどにある電話番号へお電話ください。",
        })
        .into_response()),
        PartnerAnswer::Slowed(until) => {
            let seconds = (until - asked.deed.at()) / 1000;
            Err(Fault::slowed(desk::slowed_words(&asked, until)).after(seconds))
        }
    }
}

/// What was told, again, for a day.
pub async fn read(asked: Asked, Id(id): Id<InquiryId>) -> Result<Json<HeardJson>, Fault> {
    heard(&asked, id).await
}

async fn heard(asked: &Asked, id: InquiryId) -> Result<Json<HeardJson>, Fault> {
    let heard = desk::hear(asked, id).await?;
    // The town's own number of a roster tells an organisation nothing.
    let identity = Kept {
        value: Identity {
            old_number: None,
            ..heard.view.identity.value.clone()
        },
        ..heard.view.identity.clone()
    };
    Ok(Json(HeardJson {
        answer: desk::answer_heard(asked, &heard).await?,
        opened_at: heard.inquiry.opened_at,
        identity: heard.basis(Tier::Identity).map(|_| KeptJson::of(&identity)),
        medical: heard.medical.as_ref().map(KeptJson::of),
    }))
}
