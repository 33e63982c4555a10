//! Numbers ↔ sealed bytes and tokens.

use seal::{Place, SealError, TokenKind, TownKeys};

use crate::deed::Deed;
use crate::ids::TagId;
use crate::tags::rules::{Number, NumberKind};

/// Tokens of our numbers, made of eleven digits.
const OURS: TokenKind = TokenKind::new("tags.number");
/// Tokens of a town's older numbers, made of the folded text.
const OLDER: TokenKind = TokenKind::new("tags.older_number");

const fn token_kind(kind: NumberKind) -> TokenKind {
    match kind {
        NumberKind::Ours => OURS,
        NumberKind::Older => OLDER,
    }
}

/// A number never changes, so every seal of it belongs to version 0 of its row.
pub(super) fn number_place(tag: TagId) -> Place {
    Place {
        table: "tags",
        column: "number",
        row: tag.0,
        version: 0,
    }
}

/// The sealed number of a tag.
pub fn close(deed: &Deed, tag: TagId, number: &Number) -> Vec<u8> {
    let chance = &mut deed.dice.clone();
    deed.keys
        .seal(&number_place(tag), number.kept().as_bytes(), chance)
}

/// The number of a tag.
pub fn open(
    keys: &TownKeys,
    tag: TagId,
    kind: NumberKind,
    sealed: &[u8],
) -> Result<Number, SealError> {
    let plain = keys.open(&number_place(tag), sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| SealError::Malformed)?;
    Number::of_kept(kind, text).ok_or(SealError::Malformed)
}

/// What is stored to find the number by.
pub fn token(keys: &TownKeys, number: &Number) -> i64 {
    keys.token(token_kind(number.kind()), &number.folded())
}

/// What is searched: under the current key and, while keys are being changed, the one before.
/// No text has no token; -1 is never one.
pub fn two_tokens(keys: &TownKeys, kind: NumberKind, folded: Option<&str>) -> [i64; 2] {
    let tokens = folded
        .map(|text| keys.tokens(token_kind(kind), text))
        .unwrap_or_default();
    let newest = tokens.first().copied().unwrap_or(-1);
    [newest, tokens.get(1).copied().unwrap_or(newest)]
}
