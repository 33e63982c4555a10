//! Why something was done, as the audit keeps it, in words.

use crate::networks::{LEGAL_BASES, Text};

/// Why, as the audit keeps it, in words.
pub fn why_words(kept: &str) -> String {
    let mut parts = kept.split(':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("inquiry"), Some(_), Some(basis)) => {
            format!("外からの照会への対応（{}）", basis_words(basis))
        }
        (Some("inquiry"), ..) => "外からの照会への対応".to_owned(),
        (Some("task"), ..) => "予定された仕事（やること）".to_owned(),
        _ => "日ごろの業務".to_owned(),
    }
}

fn basis_words(code: &str) -> &'static str {
    let known = LEGAL_BASES.into_iter().find(|basis| basis.code() == code);
    known.map_or("根拠の記録あり", Text::title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_said_in_words() {
        assert_eq!(why_words("work"), "日ごろの業務");
        assert_eq!(
            why_words("task:0000000000000001"),
            "予定された仕事（やること）"
        );
        assert_eq!(
            why_words("inquiry:0000000000000001:basis.life"),
            "外からの照会への対応（開示の根拠：生命・身体・財産を守るため）"
        );
    }
}
