//! The desk: a number goes in, an inquiry is opened; tier by tier, as on the pages.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parts::{Body, Id, Version, etag};
use crate::desk::{self, Answer, Ask, Caller, CallerKind, Ending, Nobody, NobodyAnswer, Opened};
use crate::desk::{Refusal, Seen, Tier};
use crate::exchange::rules::{CareJson, KeptJson, MedicalJson};
use crate::front::{Asked, Fault};
use crate::ids::{InquiryId, TaskId};
use crate::networks::{LEGAL_BASES, Text};

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        match refusal {
            Refusal::NotFound => super::parts::not_there(),
            Refusal::IsClosed => Fault::conflict("この照会はもう終わっています。"),
            Refusal::Changed => db::Error::Changed.into(),
            Refusal::TierClosed => {
                Fault::forbidden("この相手、またはこのシステムには、この段階をひらけません。")
            }
            Refusal::Withdrawn => {
                Fault::forbidden("この方は登録を辞退しています。窓口からはひらけません。")
            }
            Refusal::NoPlace => fields(
                "place",
                "本人のいる場所を入れるか、place_unknown を true にしてください。",
            ),
            Refusal::NoWords => fields("words", "内容を入れてください。"),
            Refusal::TooLong => fields("words", "長すぎます。2000字までにしてください。"),
            Refusal::NoRight(refused) => refused.into(),
            Refusal::People(refusal) => refusal.into(),
            Refusal::Tags(refusal) => refusal.into(),
            Refusal::Db(error) => error.into(),
            other => crate::front::Problem::Broken(other.into()).into(),
        }
    }
}

fn fields(field: &str, words: &str) -> Fault {
    Fault::fields(words).at(field, words)
}

/// A call to the desk.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    number: String,
    caller: String,
    #[serde(default)]
    basis: Option<String>,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    call_back: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    owner_too: bool,
}

/// Longer texts about a caller are no names or places.
const MOST_LETTERS: usize = 500;

/// The longest key of a call.
const MOST_KEY: usize = 100;

impl Call {
    fn ask(self) -> Result<Ask, Fault> {
        let kind = CallerKind::from_code(&self.caller);
        let texts = [
            ("number", &self.number),
            ("organisation", &self.organisation),
            ("name", &self.name),
            ("call_back", &self.call_back),
            ("place", &self.place),
        ];
        let long = texts
            .iter()
            .find(|(_, text)| text.chars().count() > MOST_LETTERS);
        if let Some((field, _)) = long {
            return Err(fields(field, "長すぎます。500字までにしてください。"));
        }
        Ok(Ask {
            kind: Some(kind.ok_or_else(|| {
                fields("caller", "相手の種類を、説明書にある値から選んでください。")
            })?),
            basis: self.basis.as_deref().map(basis_of).transpose()?,
            caller: Caller {
                organisation: self.organisation.trim().to_owned(),
                name: self.name.trim().to_owned(),
                call_back: self.call_back.trim().to_owned(),
                place: self.place.trim().to_owned(),
                ..Caller::default()
            },
            owner_too: self.owner_too,
            typed: self.number,
        })
    }
}

fn basis_of(code: &str) -> Result<Text, Fault> {
    let found = LEGAL_BASES.into_iter().find(|basis| basis.code() == code);
    found.ok_or_else(|| fields("basis", "法的根拠を、説明書にある値から選んでください。"))
}

/// An inquiry as far as it was opened.
#[derive(Serialize)]
pub struct InquiryJson {
    #[serde(flatten)]
    answer: Answer,
    came: &'static str,
    progress: &'static str,
    opened_at: Timestamp,
    version: i64,
    tiers: Vec<Told>,
    medical: Option<KeptJson<MedicalJson>>,
    care: Option<KeptJson<CareJson>>,
}

#[derive(Serialize)]
struct Told {
    tier: &'static str,
    basis: &'static str,
    at: Timestamp,
}

impl InquiryJson {
    async fn of(asked: &Asked, seen: &Seen) -> Result<InquiryJson, Fault> {
        let told = seen.told.iter().map(|told| Told {
            tier: told.tier.code(),
            basis: told.basis.code(),
            at: told.at,
        });
        Ok(InquiryJson {
            answer: desk::answer_seen(asked, seen).await?,
            came: seen.inquiry.came.code(),
            progress: seen.inquiry.state.code(),
            opened_at: seen.inquiry.opened_at,
            version: seen.inquiry.version,
            tiers: told.collect(),
            medical: seen.medical.as_ref().map(KeptJson::of),
            care: seen.care.as_ref().map(KeptJson::of),
        })
    }
}

async fn shown(asked: &Asked, id: InquiryId) -> Result<Response, Fault> {
    let seen = desk::see(asked, id).await?;
    let body = InquiryJson::of(asked, &seen).await?;
    Ok((etag(seen.inquiry.version), Json(body)).into_response())
}

/// Looks a number up and opens an inquiry.
pub async fn open(asked: Asked, Body(call): Body<Call>) -> Result<Response, Fault> {
    let key = call.key.as_deref().unwrap_or_default();
    if key.chars().count() > MOST_KEY {
        return Err(fields("key", "100字までにしてください。"));
    }
    let id = desk::id_of(&asked.deed, key);
    let ask = call.ask()?;
    let opened = desk::open(asked.db(), &asked.app.vault, &asked.deed, id, ask).await?;
    match opened {
        Opened::Again(id) => shown(&asked, id).await,
        Opened::Nobody { why, .. } => Ok(Json(NobodyAnswer::of(&Nobody::of(&why))).into_response()),
        Opened::Found(found) => {
            let told = found.told.map(|basis| Told {
                tier: Tier::Identity.code(),
                basis: basis.code(),
                at: asked.deed.now,
            });
            let body = InquiryJson {
                answer: desk::answer_found(&asked, &found).await?,
                came: found.inquiry.came.code(),
                progress: found.inquiry.state.code(),
                opened_at: found.inquiry.opened_at,
                version: found.inquiry.version,
                tiers: told.into_iter().collect(),
                medical: None,
                care: None,
            };
            let tag = etag(found.inquiry.version);
            Ok((StatusCode::CREATED, tag, Json(body)).into_response())
        }
    }
}

/// The inquiry again.
pub async fn read(asked: Asked, Id(id): Id<InquiryId>) -> Result<Response, Fault> {
    shown(&asked, id).await
}

/// Which tier to open.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    tier: String,
    #[serde(default)]
    basis: Option<String>,
}

/// Opens a tier for the caller.
pub async fn disclose(
    asked: Asked,
    Id(id): Id<InquiryId>,
    Body(wish): Body<Disclosure>,
) -> Result<Response, Fault> {
    let tier = Tier::from_code(&wish.tier);
    let tier = tier.ok_or_else(|| fields("tier", "段階を、説明書にある値から選んでください。"))?;
    let mut conn = asked.read().await?;
    let inquiry = desk::find(&mut conn, &asked.deed, id).await?;
    drop(conn);
    let usual = inquiry.kind.map_or(Text::BasisPurpose, CallerKind::basis);
    let basis = wish.basis.as_deref().map(basis_of).transpose()?;
    let basis = basis.unwrap_or(usual);
    desk::tell(asked.db(), &asked.deed, id, tier, basis).await?;
    shown(&asked, id).await
}

/// What happened meanwhile.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    words: String,
}

/// Adds to the story of the inquiry.
pub async fn note(
    asked: Asked,
    Id(id): Id<InquiryId>,
    Body(note): Body<Note>,
) -> Result<StatusCode, Fault> {
    desk::note(asked.db(), &asked.deed, id, &note.words).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How it ended.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    #[serde(default)]
    place: String,
    #[serde(default)]
    place_unknown: bool,
    #[serde(default)]
    told: String,
    #[serde(default)]
    wish: String,
}

/// The task that the person's center got.
#[derive(Serialize)]
pub struct FollowUp {
    task: Option<TaskId>,
}

/// Ends the inquiry; the person's own center gets its task.
pub async fn close(
    asked: Asked,
    Id(id): Id<InquiryId>,
    Version(version): Version,
    Body(end): Body<End>,
) -> Result<Json<FollowUp>, Fault> {
    let ending = Ending {
        place: end.place.trim().to_owned(),
        place_unknown: end.place_unknown,
        told: end.told.trim().to_owned(),
        wish: end.wish.trim().to_owned(),
    };
    let task = desk::close(asked.db(), &asked.deed, id, version, ending).await?;
    Ok(Json(FollowUp { task }))
}
