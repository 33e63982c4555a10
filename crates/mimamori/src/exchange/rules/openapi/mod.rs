//! The description of the interface (OpenAPI 3.1), made from one table; the guide for people is made
//! from the same.

mod groups;
mod operations;
mod table;

pub use operations::{Answer, Group, Operation};
pub use table::ALL;

use serde_json::{Map, Value, json};

/// The shapes of bodies.
const SHAPES: &str = include_str!("../../../../assets/api/shapes.json");

/// The last page of a month's renewals that may be asked for: half a million people.
pub const MOST_PAGE: u32 = 10_000;

/// The description as JSON; `faults` are the problems there are: status, code and title.
pub fn describe(faults: &[(u16, &'static str, &'static str)]) -> Value {
    let mut paths = Map::new();
    for operation in ALL {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        let method = operation.method.to_lowercase();
        path[&method] = one(operation, faults);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "見守りネットワーク API",
            "version": "1",
            "description": "登録者・照会・タグ・やることを、ほかのシステムから扱うためのAPIです。読み方の説明は /api/v1 にあります。",
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "町の管理者が「職員」→「外部システム」で作るトークン。",
            } },
            "schemas": shapes(faults),
        },
    })
}

/// The shapes, and the problem with every code there is.
fn shapes(faults: &[(u16, &'static str, &'static str)]) -> Value {
    let mut shapes: Value = serde_json::from_str(SHAPES).unwrap_or_default();
    let codes: Vec<&str> = faults.iter().map(|(_, code, _)| *code).collect();
    shapes["Problem"]["properties"]["code"]["enum"] = json!(codes);
    shapes["RenewalPart"]["properties"]["page"]["anyOf"][0]["maximum"] = json!(MOST_PAGE);
    shapes
}

fn one(operation: &Operation, faults: &[(u16, &'static str, &'static str)]) -> Value {
    let mut answers = Map::new();
    for answer in operation.answers {
        answers.insert(answer.status.to_string(), success(answer));
    }
    for status in operation.refusals() {
        answers.insert(status.to_string(), refusal(status, faults));
    }
    let mut said = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "description": operation.words(),
        "tags": [operation.group.word()],
        "responses": answers,
    });
    let parameters = parameters(operation);
    if !parameters.is_empty() {
        said["parameters"] = Value::Array(parameters);
    }
    if let Some(shape) = operation.body {
        said["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": named(shape) } },
        });
    }
    said
}

fn named(shape: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{shape}") })
}

fn success(answer: &Answer) -> Value {
    let mut said = json!({ "description": answer.words });
    if !answer.shape.is_empty() {
        said["content"] = json!({ "application/json": { "schema": named(answer.shape) } });
    }
    if answer.etag {
        said["headers"] = json!({ "ETag": {
            "description": "変更するときに If-Match に入れる版です。",
            "required": true,
            "schema": { "type": "string", "pattern": "^\"[0-9]+\"$" },
        } });
    }
    said
}

fn refusal(status: u16, faults: &[(u16, &'static str, &'static str)]) -> Value {
    let titles: Vec<&str> = faults
        .iter()
        .filter(|(of, _, _)| *of == status)
        .map(|(_, _, title)| *title)
        .collect();
    let mut said = json!({
        "description": titles.join("、または"),
        "content": { "application/problem+json": { "schema": named("Problem") } },
    });
    if status == 429 {
        said["headers"] = json!({ "Retry-After": {
            "description": "この秒数だけ待ってから、もう一度送ってください。",
            "schema": { "type": "integer", "minimum": 1 },
        } });
    }
    said
}

fn parameters(operation: &Operation) -> Vec<Value> {
    let in_path = operation.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        Some(json!({ "name": name, "in": "path", "required": true, "schema": named("Id") }))
    });
    let mut all: Vec<Value> = in_path.collect();
    for (name, words) in operation.flags {
        all.push(json!({
            "name": name, "in": "query", "required": false, "description": words,
            "schema": { "type": "boolean" },
        }));
    }
    if operation.upon_version {
        all.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "読んだときの ETag です。",
            "schema": { "type": "string", "pattern": "^\"[0-9]{1,9}\"$" },
        }));
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::collections::BTreeSet;

    use super::*;

    /// Every shape that something names.
    fn named_in(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(to)) = fields.get("$ref") {
                    found.insert(to.rsplit('/').next().unwrap().to_owned());
                }
                fields.values().for_each(|one| named_in(one, found));
            }
            Value::Array(all) => all.iter().for_each(|one| named_in(one, found)),
            _ => {}
        }
    }

    #[test]
    fn every_shape_that_is_named_is_there_and_none_is_idle() {
        let said = describe(&[(404, "not_found", "見つかりません")]);
        let mut found = BTreeSet::new();
        named_in(&said, &mut found);
        let there: BTreeSet<String> = said["components"]["schemas"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        assert_eq!(found, there);
        let ids: BTreeSet<&str> = ALL.iter().map(|one| one.id).collect();
        assert_eq!(ids.len(), ALL.len(), "an id twice");
    }

    #[test]
    fn every_code_that_an_answer_can_hold_is_in_the_description() {
        fn codes<T: Copy + Into<&'static str>>(all: &[T]) -> Value {
            all.iter().map(|one| Value::from((*one).into())).collect()
        }
        let said = describe(&[]);
        let enumerated = |shape: &str| said["components"]["schemas"][shape]["enum"].clone();
        assert_eq!(enumerated("Way"), codes(crate::people::Way::ALL));
        assert_eq!(enumerated("AskWay"), codes(crate::renewals::AskWay::ALL));
        assert_eq!(
            enumerated("RenewalState"),
            codes(crate::renewals::State::ALL)
        );
        assert_eq!(enumerated("State"), codes(crate::people::State::ALL));
        assert_eq!(enumerated("Sex"), codes(crate::people::Sex::ALL));
    }
}
