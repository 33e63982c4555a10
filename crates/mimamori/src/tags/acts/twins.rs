//! Tags of somebody of whom two records become one, and of one that become two again.

use super::roster::below;
use crate::clock::in_japan;
use crate::people::twins::{Belonging, Handing, Held};
use crate::tags::rules::Tag;
use crate::tags::store;

/// Tags pass to the record that stays, with their state: both numbers lead to the one person.
pub const BELONGING: Belonging = Belonging {
    table: "tags",
    hand_over: |conn, deed, handing| {
        Box::pin(async move {
            let Handing { from, to, rows } = handing;
            let tags = store::list_for_person(conn, deed, from)
                .await
                .map_err(below)?;
            let mut passed = Vec::new();
            for tag in tags {
                if rows.is_none_or(|rows| rows.contains(&tag.id.0)) {
                    store::hand_over(conn, deed, tag.id, from, to).await?;
                    passed.push(tag.id.0);
                }
            }
            Ok(passed)
        })
    },
    since: |conn, deed, person, since| {
        Box::pin(async move {
            let tags = store::list_for_person(conn, deed, person)
                .await
                .map_err(below)?;
            let later = tags
                .iter()
                .filter(|tag| tag.since.as_millisecond() > since.at);
            Ok(later.map(held).collect())
        })
    },
};

fn held(tag: &Tag) -> Held {
    let day = in_japan(tag.since).strftime("%Y年%-m月%-d日").to_string();
    Held {
        row: tag.id.0,
        words: format!(
            "タグ {}（{}・{day}から）",
            tag.number.shown(),
            tag.state.word()
        ),
    }
}
