//! Resources as they go over the wire.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::JAPANESE;
use super::names::{Kind, Names};
use crate::exchange::fhir::model::{Bundle, Entry, Found, Link, Meta, Resource};

/// A resource as JSON. FHIR knows no empty element and, of white space, only spaces, tabs and line
/// ends: `　` becomes a space, what is empty goes.
pub fn wire(resource: &impl Serialize) -> Value {
    let whole = serde_json::to_value(resource).unwrap_or_default();
    tidy(whole).unwrap_or_default()
}

fn tidy(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(plain(&text))
            .filter(|text| !text.is_empty())
            .map(Value::String),
        Value::Array(all) => {
            let all: Vec<Value> = all.into_iter().filter_map(tidy).collect();
            (!all.is_empty()).then_some(Value::Array(all))
        }
        Value::Object(all) => {
            let tidied = |(name, value)| Some((name, tidy(value)?));
            let all: Map<String, Value> = all.into_iter().filter_map(tidied).collect();
            (!all.is_empty()).then_some(Value::Object(all))
        }
        Value::Bool(_) | Value::Number(_) => Some(value),
    }
}

/// A text as FHIR lets it be.
pub(super) fn plain(text: &str) -> String {
    let plain = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\t' => Some(c),
        '\u{feff}' => None,
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    });
    plain.collect::<String>().trim().to_owned()
}

/// The answer to a search that found a patient.
pub fn found(names: &Names, at: String, kind: Kind, all: Vec<Resource>) -> Bundle {
    let numbered = all.into_iter().zip(1..);
    let entry = |(resource, place)| Entry {
        full_url: names.full_url(kind, place),
        resource,
        search: Some(Found { mode: "match" }),
    };
    Bundle {
        link: vec![Link {
            relation: "self",
            url: names.search(kind),
        }],
        ..searched(at, numbered.map(entry).collect())
    }
}

/// The answer to a search that found nobody. It has no link: what was asked must not stand in one.
pub fn nobody(at: String) -> Bundle {
    searched(at, Vec::new())
}

fn searched(at: String, entry: Vec<Entry>) -> Bundle {
    Bundle {
        meta: Meta {
            profile: Vec::new(),
        },
        language: JAPANESE,
        identifier: None,
        kind: "searchset",
        timestamp: at,
        total: Some(entry.len()),
        link: Vec::new(),
        entry,
    }
}

/// Why something is refused: a code of FHIR's, and words for whoever reads the log there.
pub fn outcome(code: &str, words: &str) -> Value {
    json!({
        "resourceType": "OperationOutcome",
        "language": JAPANESE,
        "issue": [{"severity": "error", "code": code, "details": {"text": words}}],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_empty_and_no_wide_space_goes_out() {
        let value = json!({
            "a": "", "b": [], "c": {"d": null, "e": " \u{3000}"}, "f": ["南野\u{3000}ハナコ ", ""],
            "g": false, "h": "左耳が遠い\n杖\u{0}",
        });
        let sent = json!({"f": ["南野 ハナコ"], "g": false, "h": "左耳が遠い\n杖"});
        assert_eq!(wire(&value), sent);
    }
}
