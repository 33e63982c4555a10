//! Findings of somebody of whom two records become one, and of one that become two again.

use crate::board::store;
use crate::people::twins::Belonging;

/// Findings follow the inquiry that they belong to, in either direction; whose that is, is asked
/// of the inquiry.
pub const BELONGING: Belonging = Belonging {
    table: "board_finds",
    hand_over: |conn, deed, handing| {
        Box::pin(
            async move { Ok(store::follow_inquiries(conn, deed, handing.from, handing.to).await?) },
        )
    },
    since: |_, _, _, _| Box::pin(async { Ok(Vec::new()) }),
};
