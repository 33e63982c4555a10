//! A supporter's card: a number that can be read aloud, and a QR with a secret.

use jiff::Timestamp;
use seal::SecretToken;
use words::card_number::{CardNumber, CardNumberProblem};

use super::supporter::Supporter;
use crate::ids::{RowId, SupporterId};
use crate::people::coded;

/// More cards than anybody loses.
pub const MOST_CARDS: usize = 50;

coded! {
    /// Where a card stands.
    CardState {
        /// In use.
        InUse "in_use" "使用中",
        /// Lost: it opens nothing until it is found again.
        Lost "lost" "紛失",
        /// Broken, given back or replaced: never used again.
        Void "void" "無効",
    }
}

/// A card.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// Its identity.
    pub id: RowId,
    /// Whose.
    pub supporter: SupporterId,
    /// What stands on it.
    pub number: CardNumber,
    /// Where it stands.
    pub state: CardState,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was lost or made void.
    pub ended_at: Option<Timestamp>,
}

/// What was shown at a counter or a door: typed, or written by a reader of QR codes.
pub enum Handed {
    /// The QR.
    Secret(SecretToken),
    /// The number.
    Number(CardNumber),
    /// Neither.
    Neither(CardNumberProblem),
}

/// What the QR holds. A telephone that reads it opens the page for whoever found a card; what follows `#`
/// is the card's own and never leaves the telephone.
pub fn qr_text(public_url: &str, short: &str, secret: &str) -> String {
    format!("{public_url}/k/{short}#{secret}")
}

impl Handed {
    /// Reads it.
    pub fn read(text: &str) -> Handed {
        let secret = text.trim().rsplit_once("/k/");
        let secret = secret.and_then(|(_, rest)| rest.split_once('#'));
        if let Some(secret) = secret.and_then(|(_, secret)| SecretToken::read(secret)) {
            return Handed::Secret(secret);
        }
        match CardNumber::parse(text) {
            Ok(number) => Handed::Number(number),
            Err(problem) => Handed::Neither(problem),
        }
    }
}

/// What a card leads to.
pub enum ByCard {
    /// A supporter who is in.
    In(Supporter),
    /// A supporter who is not in today.
    NotIn(Supporter),
    /// A card that is not in use any more, and whose it was.
    Ended(Supporter, CardState),
    /// No card of this town has the number or the QR.
    Unknown,
    /// A digit is wrong, or it is no card number at all.
    Misread(CardNumberProblem),
}
