//! An inquiry with everything its page shows: the sight is witnessed before anything is opened.

use std::collections::HashMap;

use db::Conn;

use super::problem;
use super::said::Bases;
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::desk::rules::{Inquiry, MailState, Step, Tier, Told};
use crate::desk::store;
use crate::front::{Asked, Problem};
use crate::ids::{InquiryId, StaffId};
use crate::networks::{self, LEGAL_BASES, Operator, Organisation};
use crate::people::{self, Care, DeskView, Kept, Medical};
use crate::scope::{Right, Role, Scope};
use crate::tasks::Task;
use crate::{staff, tags};

/// An inquiry as its page shows it.
pub struct Seen {
    pub inquiry: Inquiry,
    pub told: Vec<Told>,
    /// Its groups are shown only as far as `told` goes.
    pub view: DeskView,
    pub medical: Option<Kept<Medical>>,
    pub care: Option<Kept<Care>>,
    pub steps: Vec<Step>,
    pub mails: Vec<(usize, MailState)>,
    /// The number in its groups, and how it is said.
    pub number: Option<(String, String)>,
    pub center: String,
    pub organisations: Vec<Organisation>,
    pub bases: Bases,
    /// Accounts that take calls.
    pub colleagues: Vec<(StaffId, Role, String)>,
    names: HashMap<StaffId, String>,
}

impl Seen {
    /// Whether the tier was opened.
    pub fn is_told(&self, tier: Tier) -> bool {
        self.told.iter().any(|told| told.tier == tier)
    }

    /// The name of an account.
    pub fn name(&self, staff: Option<StaffId>) -> &str {
        staff
            .and_then(|id| self.names.get(&id))
            .map_or("システム", String::as_str)
    }
}

/// The inquiry, after the line of this sight is durable.
pub async fn see(asked: &Asked, id: InquiryId) -> Result<Seen, Problem> {
    let deed = &asked.deed;
    let mut conn = asked.read().await?;
    let inquiry = store::find(&mut conn, deed, id).await.map_err(problem)?;
    let told = store::list_told(&mut conn, deed, id).await?;
    drop(conn);
    witness(asked, &inquiry, &told).await?;
    let mut conn = asked.read().await?;
    read(asked, &mut conn, inquiry, told).await
}

/// Keeps who saw which groups of this inquiry's person.
pub async fn witness(asked: &Asked, inquiry: &Inquiry, told: &[Told]) -> Result<(), Problem> {
    // The forms that open a tier say what the person answered.
    let at_least = match inquiry.must_be_open() {
        Ok(()) => Fields::TAGS.and(Fields::CONSENT),
        Err(_) => Fields::TAGS,
    };
    let fields = told
        .iter()
        .fold(at_least, |sum, told| sum.and(told.tier.fields()));
    let line = Line::new(Verb::Saw, Some(inquiry.person), fields);
    let line = line.because(Why::Inquiry(inquiry.id));
    Ok(audit::witness(asked.db(), &asked.deed, inquiry.came.mark(line)).await?)
}

/// The same for lists: a line for each person whom a task names or a call was about, in one
/// commit.
pub async fn witness_lists(
    asked: &Asked,
    tasks: &[Task],
    inquiries: &[&[Inquiry]],
) -> Result<(), Problem> {
    let saw = |person, fields| Line::new(Verb::Saw, person, fields);
    let named = tasks.iter().filter(|task| task.person.is_some());
    let tasks = named.map(|task| {
        let line = saw(task.person, Fields::IDENTITY).because(Why::Task(task.id));
        line.saying("やることの一覧")
    });
    // A list of calls names who called and where the person was, not the person.
    let calls = inquiries.iter().copied().flatten().map(|inquiry| {
        let line = saw(Some(inquiry.person), Fields::NOTHING).because(Why::Inquiry(inquiry.id));
        inquiry.came.mark(line.saying("照会の一覧"))
    });
    let lines: Vec<Line> = tasks.chain(calls).collect();
    if lines.is_empty() {
        return Ok(());
    }
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

async fn read(
    asked: &Asked,
    conn: &mut Conn,
    inquiry: Inquiry,
    told: Vec<Told>,
) -> Result<Seen, Problem> {
    let deed = &asked.deed;
    let has = |tier| told.iter().any(|told: &Told| told.tier == tier);
    let view = people::find_for_desk(conn, deed, inquiry.person)
        .await
        .map_err(of_people)?;
    let medical = match has(Tier::Medical) {
        true => people::find_medical(conn, deed, inquiry.person)
            .await
            .map_err(of_people)?,
        false => None,
    };
    let care = match has(Tier::Rest) && asked.may(Right::ReadPeople) {
        true => people::find_care(conn, deed, inquiry.person)
            .await
            .map_err(of_people)?,
        false => None,
    };
    let accounts = staff::list_accounts(conn, &deed.scope, &deed.keys).await?;
    let takes_calls = accounts
        .iter()
        .filter(|account| account.works(Right::Desk, deed.now));
    Ok(Seen {
        number: number(asked, conn, &inquiry).await?,
        center: center(asked, conn, &inquiry).await?,
        steps: store::list_steps(conn, deed, inquiry.id)
            .await
            .map_err(problem)?,
        mails: store::list_mail_states(conn, deed, inquiry.id)
            .await
            .map_err(problem)?,
        organisations: networks::list_organisations(conn, &deed.scope).await?,
        bases: bases(conn, &deed.scope).await?,
        colleagues: takes_calls
            .map(|one| (one.id, one.place.role, one.card.name.clone()))
            .collect(),
        names: accounts
            .into_iter()
            .map(|one| (one.id, one.card.name))
            .collect(),
        view: view.ok_or(Problem::NotFound)?,
        inquiry,
        told,
        medical,
        care,
    })
}

async fn number(
    asked: &Asked,
    conn: &mut Conn,
    inquiry: &Inquiry,
) -> Result<Option<(String, String)>, Problem> {
    let Some(tag) = inquiry.tag else {
        return Ok(None);
    };
    let tag = tags::find(conn, &asked.deed, tag)
        .await
        .map_err(|refusal| problem(refusal.into()))?;
    Ok(tag.map(|tag| (tag.number.shown(), tag.number.spoken())))
}

async fn center(asked: &Asked, conn: &mut Conn, inquiry: &Inquiry) -> Result<String, Problem> {
    let center = match inquiry.center {
        Some(center) => networks::find_center(conn, &asked.deed.scope, center).await?,
        None => None,
    };
    Ok(center.map_or(
        "決まっていません（町全体のやることになります）".to_owned(),
        |center| center.name,
    ))
}

/// The words of every legal basis.
pub async fn bases(conn: &mut Conn, scope: &Scope) -> Result<Bases, Problem> {
    let town = networks::find_town(conn, scope).await?;
    let operator = town.map_or(Operator::Public, |town| town.operator);
    let mut bases = Vec::new();
    for basis in LEGAL_BASES {
        bases.push((
            basis,
            networks::find_words(conn, scope, basis, operator)
                .await?
                .words,
        ));
    }
    Ok(Bases(bases))
}

/// A refusal of the register.
pub fn of_people(refusal: people::Refusal) -> Problem {
    problem(refusal.into())
}
