//! What a case is, who may see it, and what may be done with it.

mod basics;
mod case;
mod document;
mod entry;
mod forgotten;
mod handover;
mod refusal;

pub use basics::{ADL, Basics, DEMENTIA, Illness, MOST_ILLNESSES, SITUATIONS};
pub use case::{
    Access, Body, Case, EndReason, Ending, NewCase, Origin, OriginKind, Settings, State, day_number,
};
pub use document::{
    BadDocument, Document, Head as DocumentHead, MOST_DOCUMENT, read as read_document,
};
pub use entry::{
    Consent, Contact, ContactWay, Corrected, Entry, EntryState, Flag, FlagCode, Kept, Link,
    MOST_CORRECTIONS, Purpose, Receiver, Review, ReviewOf, Step, Viewer,
};
pub use forgotten::Forgotten;
pub use handover::{
    Fit, Given, Handover, HandoverState, How, Told, Urgency, WhyTransfer, is_to, needs_consent,
    stands_on, was_told_of,
};
pub use refusal::Refusal;
