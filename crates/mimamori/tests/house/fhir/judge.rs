//! Judges of other makers: the official schema, `fhir.resources`, and the rules of a document.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Every resource fits R4; what does not is named with its place.
pub fn judge(resources: &[Value]) {
    let faults = faults(resources);
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What the judges say: a line a fault.
pub fn faults(resources: &[Value]) -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = here.join("../../target/python-tools/bin/python");
    assert!(
        python.exists(),
        "bin/python-tools puts the judges there: {python:?} is missing"
    );
    let own = here.join("tests/house/fhir");
    let mut judge = Command::new(python)
        .args([own.join("judge.py"), own.join("r4.schema.json")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = judge.stdin.take().unwrap();
    let lines: String = resources.iter().map(|one| format!("{one}\n")).collect();
    let written = std::thread::spawn(move || to.write_all(lines.as_bytes()));
    let told = judge.wait_with_output().unwrap();
    written.join().unwrap().unwrap();
    assert!(told.status.success());
    let faults = String::from_utf8(told.stdout).unwrap();
    faults.lines().map(str::to_owned).collect()
}

/// The sections that an International Patient Summary must have, and what they name.
const SECTIONS: [(&str, &str); 3] = [
    ("11450-4", "Condition"),
    ("48765-2", "AllergyIntolerance"),
    ("10160-0", "MedicationStatement"),
];

/// A document as R4 and the International Patient Summary want it: the head first, one patient,
/// every name in it leads to something in it, nothing in it that no name leads to, the three
/// sections with words and at least one entry each.
pub fn judge_summary(bundle: &Value) {
    assert_eq!(
        (&bundle["resourceType"], &bundle["type"]),
        (&"Bundle".into(), &"document".into())
    );
    let identifier = bundle["identifier"]["value"].as_str().unwrap();
    assert!(identifier.starts_with("urn:uuid:") && bundle["timestamp"].is_string());
    let entries = bundle["entry"].as_array().unwrap();
    let by_url: HashMap<&str, &Value> = entries
        .iter()
        .map(|entry| (entry["fullUrl"].as_str().unwrap(), &entry["resource"]))
        .collect();
    assert_eq!(by_url.len(), entries.len(), "each address once");
    assert!(by_url.keys().all(|url| is_urn_uuid(url)));
    let of_kind = |kind| {
        entries
            .iter()
            .filter(move |entry| entry["resource"]["resourceType"] == kind)
    };
    assert_eq!(
        (of_kind("Composition").count(), of_kind("Patient").count()),
        (1, 1)
    );
    let head = &entries[0]["resource"];
    assert_eq!(head["resourceType"], "Composition");
    assert_eq!(head["type"]["coding"][0]["code"], "60591-5");
    let resource = |reference: &Value| by_url[reference["reference"].as_str().unwrap()];
    assert_eq!(resource(&head["subject"])["resourceType"], "Patient");
    assert_eq!(resource(&head["author"][0])["resourceType"], "Organization");
    for (code, kind) in SECTIONS {
        let sections = head["section"].as_array().unwrap().iter();
        let mut of_code = sections.filter(|one| one["code"]["coding"][0]["code"] == code);
        let section = of_code.next().unwrap();
        assert!(
            of_code.next().is_none() && section["title"].is_string(),
            "{code} once"
        );
        assert!(section["text"]["div"].as_str().unwrap().contains("<div"));
        let named = section["entry"].as_array().unwrap();
        assert!(
            named
                .iter()
                .all(|one| resource(one)["resourceType"] == kind),
            "{code}"
        );
        assert_eq!(
            named.len(),
            of_kind(kind).count(),
            "all of {kind} in {code}"
        );
    }
    let mut seen = HashSet::new();
    reach(entries[0]["fullUrl"].as_str().unwrap(), &by_url, &mut seen);
    assert_eq!(seen.len(), entries.len(), "the head leads to everything");
}

fn is_urn_uuid(url: &str) -> bool {
    let parts = url
        .strip_prefix("urn:uuid:")
        .map(|uuid| uuid.split('-').map(str::len));
    parts.is_some_and(|parts| parts.eq([8, 4, 4, 4, 12]))
}

fn reach<'a>(url: &'a str, by_url: &HashMap<&'a str, &'a Value>, seen: &mut HashSet<&'a str>) {
    if seen.insert(url) {
        let resource = by_url.get(url);
        for name in references(resource.unwrap_or_else(|| panic!("{url} leads nowhere"))) {
            reach(name, by_url, seen);
        }
    }
}

fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(all) => {
            let own = all.get("reference").and_then(Value::as_str);
            own.into_iter()
                .chain(all.values().flat_map(references))
                .collect()
        }
        Value::Array(all) => all.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
