//! A number is read out: the main path. Everything is read first and then written in one short
//! transaction, so that many calls at the same moment share a commit.

use db::{Conn, Db};
use seal::TokenKind;

use crate::audit::{self, Fields, Line, Verb, Why};
use crate::deed::Deed;
use crate::desk::rules::{
    Caller, CallerKind, Came, Holder, Inquiry, Refusal, State, Tier, TryKind,
};
use crate::desk::store;
use crate::ids::{InquiryId, PersonId, TagId};
use crate::networks::{Text, Vault};
use crate::people::{self, DeskView};
use crate::scope::Right;
use crate::tags::{self, LookUp};

/// Turns another program's key of a form into an id.
const FORM_KEY: TokenKind = TokenKind::new("desk.form_key");

/// What was asked.
#[derive(Clone, Default)]
pub struct Ask {
    /// The number as it was heard.
    pub typed: String,
    /// What kind of caller, once known; with it the first tier is opened at once.
    pub kind: Option<CallerKind>,
    /// Another legal basis than the caller's usual one.
    pub basis: Option<Text>,
    /// What is known of the caller.
    pub caller: Caller,
    /// Whether a number no longer in use leads to whose it is or was.
    pub owner_too: bool,
}

/// An inquiry just opened.
pub struct Found {
    /// The inquiry.
    pub inquiry: Inquiry,
    /// Whose number it is; shown only as far as `told` goes.
    pub view: DeskView,
    /// The legal basis on which the first tier was opened; `None`: it is closed.
    pub told: Option<Text>,
}

/// What became of a number.
pub enum Opened {
    /// Somebody's: an inquiry is open and its lines are durable.
    Found(Box<Found>),
    /// The same form was sent before: the inquiry it opened.
    Again(InquiryId),
    /// Nobody's, in one of several ways; the line is durable.
    Nobody {
        /// Why.
        why: LookUp,
        /// So many numbers of nobody in an hour that the auditors were told.
        many: bool,
    },
}

/// The id that a form's key stands for. A page's key is an id already; another program may send
/// any text. Without one the inquiry gets a new id.
pub fn id_of(deed: &Deed, form_key: &str) -> InquiryId {
    match form_key.trim() {
        "" => InquiryId(deed.new_id()),
        key => key
            .parse()
            .unwrap_or_else(|_| InquiryId(deed.keys.token(FORM_KEY, key).max(1))),
    }
}

/// Looks the number up and opens an inquiry.
pub async fn open(
    db: &Db,
    vault: &Vault,
    deed: &Deed,
    id: InquiryId,
    ask: Ask,
) -> Result<Opened, Refusal> {
    deed.scope.need(Right::Desk)?;
    let mut conn = db.read().await?;
    let (answer, view) = tags::look_up_with_owner(&mut conn, vault, deed, &ask.typed).await?;
    let (tag, owner) = match &answer {
        LookUp::Found { tag, person } => (Some(*tag), Some(*person)),
        LookUp::NotInUse(known) if ask.owner_too => (Some(known.tag), known.person),
        _ => (None, None),
    };
    let view = match (view, owner) {
        (None, Some(person)) => people::find_for_desk(&mut conn, deed, person).await?,
        (view, _) => view,
    };
    drop(conn);
    match view {
        Some(view) => open_with(db, deed, id, tag, view, ask).await,
        None => nobody(db, deed, answer, ask.typed).await,
    }
}

/// Opens an inquiry about somebody found by name.
pub async fn open_for(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    person: PersonId,
    ask: Ask,
) -> Result<Opened, Refusal> {
    deed.scope.need(Right::Desk)?;
    let mut conn = db.read().await?;
    let view = super::person(&mut conn, deed, person).await?;
    drop(conn);
    open_with(db, deed, id, None, view, ask).await
}

async fn open_with(
    db: &Db,
    deed: &Deed,
    id: InquiryId,
    tag: Option<TagId>,
    view: DeskView,
    ask: Ask,
) -> Result<Opened, Refusal> {
    let registered = view.standing.state == people::State::Registered;
    let told = ask
        .kind
        .filter(|_| registered)
        .map(|kind| ask.basis.unwrap_or(kind.basis()));
    let inquiry = fresh(deed, id, tag, &view, ask);
    let deed = deed.clone();
    let kept = db
        .write_together(move |conn| Box::pin(async move { keep(conn, &deed, inquiry, told).await }))
        .await?;
    Ok(match kept {
        Kept::New(inquiry) => Opened::Found(Box::new(Found {
            inquiry: *inquiry,
            view,
            told,
        })),
        Kept::Before(id) => Opened::Again(id),
    })
}

fn fresh(deed: &Deed, id: InquiryId, tag: Option<TagId>, view: &DeskView, ask: Ask) -> Inquiry {
    let by = store::who(deed);
    Inquiry {
        id,
        opened_at: deed.now,
        opened_by: by,
        person: view.id,
        tag,
        center: view.standing.center,
        kind: ask.kind,
        came: Came::Call,
        state: State::Open,
        holder: by.map_or(Holder::Nobody, Holder::Staff),
        caller: ask.caller,
        caller_version: 1,
        ending: None,
        ended_at: None,
        version: 1,
    }
}

enum Kept {
    New(Box<Inquiry>),
    Before(InquiryId),
}

async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    mut inquiry: Inquiry,
    told: Option<Text>,
) -> Result<Kept, Refusal> {
    if !store::insert(conn, deed, &inquiry, told).await? {
        let before = store::find(conn, deed, inquiry.id).await?;
        if (before.person, before.tag) == (inquiry.person, inquiry.tag) {
            return Ok(Kept::Before(before.id));
        }
        // Somebody went back and typed another number into the same form: another call.
        inquiry.id = InquiryId(deed.new_id());
        store::insert(conn, deed, &inquiry, told).await?;
    }
    let mut line = Line::new(Verb::LookedUp, Some(inquiry.person), Fields::TAGS);
    line.why = Why::Inquiry(inquiry.id);
    if let Some(basis) = told {
        line.fields = Fields::TAGS.and(Tier::Identity.fields());
        line.why = Why::Basis(inquiry.id, basis.code().to_owned());
    }
    audit::record(conn, deed, line).await?;
    Ok(Kept::New(Box::new(inquiry)))
}

/// Nobody: what was typed is kept sealed in the line. Many in an hour are told to the auditors.
async fn nobody(db: &Db, deed: &Deed, why: LookUp, typed: String) -> Result<Opened, Refusal> {
    let (deed, whose) = (deed.clone(), why.person());
    let line = Line::new(Verb::LookedUpNobody, whose, Fields::TAGS).saying(typed);
    let many = db
        .write_together(move |conn| {
            Box::pin(async move {
                audit::record(conn, &deed, line).await?;
                count(conn, &deed).await
            })
        })
        .await?;
    Ok(Opened::Nobody { why, many })
}

async fn count(conn: &mut Conn, deed: &Deed) -> Result<bool, Refusal> {
    let key = store::who(deed).map_or(0, |staff| staff.0);
    let window = store::count_miss(conn, deed, TryKind::Desk, key).await?;
    if window.just_filled(TryKind::Desk) {
        let line = Line::new(Verb::Slowed, None, Fields::NOTHING);
        audit::record(
            conn,
            deed,
            line.saying("1時間に30回をこえて、該当のない番号が照会されました"),
        )
        .await?;
    }
    Ok(window.is_full(TryKind::Desk))
}
