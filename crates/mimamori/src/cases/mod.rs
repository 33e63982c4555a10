//! Cases: support of somebody over weeks and years.
//!
//! A case is about registered people (a household), or first about a place or somebody whose name
//! is not known. It has a professional in charge and a second, aims in the person's own words, a
//! plan, steps with days, contacts, flags, consents, documents, and the form 利用者基本情報. It is
//! given to a colleague, to another center or to an organisation, each by an act of its own.
//!
//! Leans on: audit, networks, staff, tasks, people, notices, consultations.
//!
//! Promises (`tests/house/cases`):
//! - whoever may not see a case finds it nowhere: not by its address, in no list, count, search or
//!   text of a refusal; 「名前を挙げた職員だけ」 holds against colleagues too (decision 0022);
//! - nobody brings themselves into a case that they don't see;
//! - from the moment of a transfer the old center sees nothing, also behind a page left open;
//! - a receiver reads a summary until they accept;
//! - what needs consent is not done without, or by a right of its own with a reason; a consent that
//!   was withdrawn or is over carries nothing;
//! - nobody agrees to their own plan or closure;
//! - a file is what its bytes say, is kept sealed, and leaves as a download (decision 0023);
//! - a case that began with a notice or a consultation leads there and back, for whoever may see both;
//!   a notice that became a case for named people does not say so (decision 0028);
//! - what is refused, each asked as a browser asks it: a guessed address
//!   (`no_door_of_a_case_opens_to_whoever_guesses_its_address`), files
//!   (`files_of_a_case_are_read_by_nobody_else`), adding oneself (`nobody_brings_themselves_into_a_case`),
//!   assigning what is unseen (`nobody_assigns_a_case_that_their_lists_do_not_hold`), lists, counts,
//!   searches and texts (`lists_counts_and_searches_know_of_nothing_unseen`,
//!   `a_link_to_an_unseen_case_reads_like_one_to_none`), an old link and an open page after a transfer
//!   (`after_a_transfer_an_old_link_and_an_open_page_lead_nowhere`); of notices `notices/refused.rs`, of
//!   consultations `consultations/refused.rs`;
//! - the rows alone tell of nobody whose case they are.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    BELONGING, Changes, Offer, Referral, accept, add_consent, add_contact, add_flag, add_link,
    add_person, add_step, add_viewer, answer, assign, call_back, change, change_settings, close,
    correct_contact, decide, decline, drop_step, end_flag, erase, find_incoming, finish_step,
    forget_before, forget_in, keep_document, keep_up, offer, open, open_from_consultation,
    open_from_notice, open_in, refer, remove_document, remove_link, remove_person, remove_viewer,
    reopen, save_basics, withdraw_consent,
};
pub use pages::{Referred, Written, doors, enter, of_consultation, of_notice, referred, written};
pub use rules::{
    Access, BadDocument, Basics, Body, Case, Consent, Contact, ContactWay, DocumentHead, EndReason,
    Entry, EntryState, Flag, FlagCode, Given, Handover, HandoverState, How, Illness, Kept, Link,
    MOST_DOCUMENT, NewCase, Origin, OriginKind, Purpose, Receiver, Refusal, Review, ReviewOf,
    Settings, State, Step, Told, Urgency, Viewer, WhyTransfer, read_document,
};
pub use store::{
    Led, Listed, Which, count, find, find_handover, find_settings, list, list_below,
    list_documents, list_entries, list_for_origin, list_for_person, list_handovers, list_led,
    list_people, mark_of, may_see, reseal_some,
};

use db::Conn;

use crate::deed::Deed;
use crate::ids::CenterId;
use crate::people::views::Look;

/// Whether the person has an open case that whoever looks is in charge of, is named for, or has
/// written in. That a colleague supports somebody explains nobody else's look.
pub async fn explains(conn: &mut Conn, deed: &Deed, look: Look) -> Result<bool, db::Error> {
    store::works_at(conn, deed, look.person).await
}

/// How many plans and closures of a center wait for a second pair of eyes.
pub async fn count_unreviewed(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<i64, db::Error> {
    store::count_unreviewed(conn, deed, center).await
}

/// How many pairs of a center's open cases are about one person and not linked.
pub async fn count_doubled(
    conn: &mut Conn,
    deed: &Deed,
    center: CenterId,
) -> Result<i64, db::Error> {
    Ok(store::list_doubled(conn, deed, center).await?.len() as i64)
}
