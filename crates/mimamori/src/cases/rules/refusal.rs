//! Why a deed of this room was not done.

use super::document::BadDocument;
use crate::ids::CaseId;
use crate::scope::NoRight;

/// Why a deed of this room was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not there, or not this account's to see.
    #[error("not there")]
    NotFound,
    /// A case that this account sees has begun with it already.
    #[error("a case has begun with it already")]
    Begun(CaseId),
    /// The case has ended.
    #[error("the case has ended")]
    Closed,
    /// It has not ended, so it can't be opened again.
    #[error("the case has not ended")]
    NotClosed,
    /// Who asked for a second pair of eyes is not the second.
    #[error("who asked can't agree as well")]
    SamePerson,
    /// It does not wait any more.
    #[error("it does not wait any more")]
    NotWaiting,
    /// The consent that this needs is missing, over or withdrawn.
    #[error("no consent")]
    NoConsent,
    /// A transfer because the person moved, but the register says that they did not.
    #[error("the person does not belong there yet")]
    NotMoved,
    /// The consent is to somebody else than whoever receives.
    #[error("the consent is to somebody else")]
    OtherReceiver,
    /// Only words name whom the consent is to: somebody has to say that it is the receiver.
    #[error("nobody said that it is the same receiver")]
    SameReceiver,
    /// Somebody who is no active account of the center.
    #[error("not an account of the center")]
    NoSuchStaff,
    /// It is the center's already.
    #[error("the same center")]
    SameCenter,
    /// It is offered to another center already.
    #[error("offered already")]
    Offered,
    /// Somebody or something has to be named.
    #[error("about nobody")]
    Nobody,
    /// It is about somebody registered, whose record is erased instead.
    #[error("about somebody registered")]
    Registered,
    /// The words that are asked for are missing.
    #[error("words are missing")]
    NoWords,
    /// The form 利用者基本情報 of the case is about whoever is to be taken out.
    #[error("the basic form is theirs")]
    BasicsAreTheirs,
    /// It is not kept whom the referral was about: it is older than that.
    #[error("nobody told of")]
    NobodyTold,
    /// More of a kind than a case holds.
    #[error("too many")]
    TooMany,
    /// The day lies before today, or too far.
    #[error("the day does not fit")]
    BadDay,
    /// Somebody saved first.
    #[error("somebody saved first")]
    Changed,
    /// A file that can't be kept.
    #[error(transparent)]
    Document(#[from] BadDocument),
    /// The scope lacks the right.
    #[error(transparent)]
    NoRight(#[from] NoRight),
    /// The notice it was to come from.
    #[error(transparent)]
    Notice(#[from] crate::notices::Refusal),
    /// The consultation it was to come from.
    #[error(transparent)]
    Consultation(#[from] crate::consultations::Refusal),
    /// A person's record.
    #[error(transparent)]
    People(#[from] crate::people::Refusal),
    /// A task.
    #[error("the task was not changed")]
    Task(#[from] crate::tasks::Refusal),
    /// Something sealed does not open.
    #[error(transparent)]
    Seal(#[from] seal::SealError),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
}
