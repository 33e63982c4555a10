//! An inquiry of this account, and what it may read of it: the sight is witnessed before anything
//! is opened.

use db::Conn;

use super::answer::Fault;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::desk::{self, CallerKind, Inquiry, OfPartner, Tier};
use crate::exchange::fhir::model::{Identifier, Resource};
use crate::exchange::fhir::rules::{
    Kind, Names, Where, consents, contacts, medical, number_identifier, patient,
};
use crate::front::{Asked, Problem};
use crate::ids::InquiryId;
use crate::people::{self, DeskView, Kept, Medical, State};
use crate::{networks, tags};

/// Refuses accounts of an organisation that hears no medical things: FHIR is for those who treat.
pub async fn must_treat(asked: &Asked) -> Result<(), Fault> {
    let kind = desk::partner_kind(&mut asked.read().await?, &asked.deed).await?;
    kind.hears_medical().then_some(()).ok_or(Fault::Forbidden)
}

/// An inquiry that is open to this account now.
pub struct Told {
    pub inquiry: Box<Inquiry>,
    pub names: Names,
}

impl Told {
    /// The inquiry, where it is this account's and not over.
    pub async fn find(asked: &Asked, id: InquiryId) -> Result<Told, Fault> {
        must_treat(asked).await?;
        let mut conn = asked.read().await?;
        let inquiry = match desk::find_for_partner(&mut conn, &asked.deed, id).await? {
            OfPartner::Open(inquiry) => inquiry,
            OfPartner::Over => return Err(Fault::Over),
        };
        if !inquiry.kind.is_some_and(CallerKind::hears_medical) {
            return Err(Fault::Forbidden);
        }
        let names = Names {
            inquiry: inquiry.id,
            place: Where::Server(super::base(&asked.app)),
        };
        Ok(Told { inquiry, names })
    }

    /// Keeps which groups this account reads now, before they are read.
    pub async fn witness(&self, asked: &Asked, fields: Fields, what: &str) -> Result<(), Fault> {
        let line = Line::new(Verb::Saw, Some(self.inquiry.person), fields);
        let line = line
            .because(Why::Inquiry(self.inquiry.id))
            .saying(format!("FHIR {what}"));
        Ok(audit::witness(asked.db(), &asked.deed, line).await?)
    }

    /// The tier must have been told in this inquiry.
    async fn must_be_told(&self, conn: &mut Conn, asked: &Asked, tier: Tier) -> Result<(), Fault> {
        let told = desk::list_told(conn, &asked.deed, self.inquiry.id).await?;
        let is_told = told.iter().any(|told| told.tier == tier);
        is_told.then_some(()).ok_or(Fault::Forbidden)
    }

    /// Who it is; nobody who has withdrawn since.
    pub async fn view(&self, conn: &mut Conn, asked: &Asked) -> Result<DeskView, Fault> {
        self.must_be_told(conn, asked, Tier::Identity).await?;
        let view = people::find_for_desk(conn, &asked.deed, self.inquiry.person).await;
        let view = view.map_err(of_people)?.ok_or(Fault::NotFound)?;
        match view.standing.state {
            State::Withdrawn => Err(Fault::Withdrawn),
            State::Registered | State::MovedAway | State::Died | State::Merged => Ok(view),
        }
    }

    /// What is known of their health.
    pub async fn medical(&self, conn: &mut Conn, asked: &Asked) -> Result<Kept<Medical>, Fault> {
        self.must_be_told(conn, asked, Tier::Medical).await?;
        let medical = people::find_medical(conn, &asked.deed, self.inquiry.person).await;
        medical.map_err(of_people)?.ok_or(Fault::NotFound)
    }

    /// The number that was looked up.
    pub async fn number(
        &self,
        conn: &mut Conn,
        asked: &Asked,
    ) -> Result<Option<Identifier>, Fault> {
        let Some(tag) = self.inquiry.tag else {
            return Ok(None);
        };
        let tag = tags::find(conn, &asked.deed, tag).await;
        let tag = tag.map_err(|refusal| Fault::from(desk::Refusal::from(refusal)))?;
        let town = networks::find_town(conn, &asked.deed.scope).await?;
        let code = town.map(|town| town.municipality_code).unwrap_or_default();
        Ok(tag.map(|tag| number_identifier(&tag.number, &code)))
    }

    /// Every resource of a kind, after the line is durable.
    pub async fn all(&self, asked: &Asked, kind: Kind) -> Result<Vec<Resource>, Fault> {
        let fields = fields(kind).ok_or(Fault::NoKind)?;
        self.witness(asked, fields, kind.code()).await?;
        let conn = &mut asked.read().await?;
        // Whether somebody has withdrawn is asked for every kind.
        let view = self.view(conn, asked).await?;
        let names = &self.names;
        Ok(match kind {
            Kind::Patient => {
                let number = self.number(conn, asked).await?;
                vec![Resource::Patient(Box::new(patient(names, number, &view)))]
            }
            Kind::RelatedPerson => {
                let all = contacts(names, &view.contacts).into_iter();
                all.map(|one| Resource::RelatedPerson(Box::new(one)))
                    .collect()
            }
            Kind::Consent => {
                let all = consents(names, &view.consent.value).into_iter();
                all.map(|one| Resource::Consent(Box::new(one))).collect()
            }
            _ => medical(names, kind, &self.medical(conn, asked).await?),
        })
    }
}

/// The groups of the record that a kind shows; `None` for one that is not read by itself.
const fn fields(kind: Kind) -> Option<Fields> {
    match kind {
        Kind::Patient => Some(Fields::IDENTITY.and(Fields::FINDER).and(Fields::TAGS)),
        Kind::RelatedPerson => Some(Fields::CONTACTS),
        Kind::Consent => Some(Fields::CONSENT),
        Kind::AllergyIntolerance | Kind::Condition | Kind::MedicationStatement => {
            Some(Fields::MEDICAL)
        }
        Kind::Organization | Kind::Composition | Kind::Bundle => None,
    }
}

fn of_people(refusal: people::Refusal) -> Fault {
    match refusal {
        people::Refusal::NotFound => Fault::NotFound,
        other => Problem::Broken(other.into()).into(),
    }
}
