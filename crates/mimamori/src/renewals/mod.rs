//! Renewals: every holder's record is gone through once a year, in the month of birth.
//!
//! A holder is a registered person with a tag, be it lost. The renewal of a month is opened from the
//! first day of the month before; the person is asked, the record is gone through group by group,
//! and each group is stamped with day, way and who confirmed it. Silence climbs, by steps and days
//! that the town sets, to a task about the person's safety, which is a notice too.
//!
//! Leans on: audit, networks, staff, tasks, people, tags, desk, notices.
//!
//! Everything that follows from elsewhere (a birth date corrected, a tag bound, somebody who moved
//! away, a task done) is taken up by [`keep_up`], which the server runs every minute and which may
//! run twice at once: no lower room calls this one.
//!
//! Promises (`tests/house/renewals`):
//! - the month is in step with the birth date, also after an import of thousands;
//! - nobody is asked twice for one year, and next year everybody is asked anew;
//! - a renewal is none before identity and contacts were gone through;
//! - who moved away, died, withdrew or gave every tag back drops out, and is in again when that
//!   was a slip;
//! - the figures are what they would be if counted anew, also after something was taken back;
//! - how somebody lives stands beside no person readably.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    Asked, MET, ask_all, begin_walk, bring_in, change_settings, finish, keep_up, open_early,
    reopen, tried, unask_all,
};
pub use pages::doors;
pub use rules::{
    Act, AskWay, Brought, Cohort, Counted, DAYS, Done, Figures, Month, QUIET_MONTHS, Refusal,
    Renewal, Settings, State, Step, Tally, What, Why,
};
pub use store::{
    Counts, Listed, PAGE, Which, count, explains, find, find_month, find_settings, forget_in, list,
    list_acts, list_for_person, list_ids, list_tallies, reseal_some,
};
