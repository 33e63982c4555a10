//! Hashes that show whether an audit line was changed, removed, added or moved.
//!
//! Each line gets a keyed hash. Every few seconds a seal closes the lines since the last one: it
//! covers the previous seal, the range of line numbers and the lines' hashes in their order.

use std::fmt;

use crate::mac::{MacKey, same};

/// The audit key of one network. It is derived from the master key, so it stays the same when
/// data keys are rotated, and old lines can still be verified.
#[derive(Clone)]
pub struct AuditChain(MacKey);

impl AuditChain {
    /// What stands for "the previous seal" under the first seal of a network.
    pub const START: [u8; 32] = [0; 32];

    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(MacKey::new(key))
    }

    /// The keyed hash of one line, given field by field.
    pub fn line(&self, fields: &[&[u8]]) -> [u8; 32] {
        let mut parts = Vec::with_capacity(fields.len() + 1);
        parts.push(b"line".as_slice());
        parts.extend_from_slice(fields);
        self.0.mac(&parts)
    }

    /// The seal over the lines numbered `first..=last`, in their order, following `previous`.
    /// How many lines there are is bound in as well.
    pub fn seal(
        &self,
        previous: &[u8; 32],
        first: i64,
        last: i64,
        lines: impl IntoIterator<Item = [u8; 32]>,
    ) -> [u8; 32] {
        let lines: Vec<u8> = lines.into_iter().flatten().collect();
        let (first, last) = (first.to_be_bytes(), last.to_be_bytes());
        self.0.mac(&[b"seal", previous, &first, &last, &lines])
    }

    /// Whether a stored hash is the computed one, in constant time.
    pub fn same(computed: &[u8; 32], stored: &[u8; 32]) -> bool {
        same(computed, stored)
    }
}

impl fmt::Debug for AuditChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuditChain(sealed)")
    }
}
