//! What this server can: `/fhir/metadata`.

use serde_json::{Value, json};

use super::names::Kind;

/// The day on which what is said here last changed.
const CHANGED: &str = "2026-11-24";

const SECURITY: &str = "町の管理者が作る「外部システム」のトークンを Authorization: Bearer で送ります。病院・診療所と消防・救急のものだけが使えます。POST /fhir/Patient/_search で番号ともう1つのことを照会すると、その照会のあいだだけ、ほかの資源を読めます。読むたびに、だれが何を読んだかが本人の記録に残ります。";

const PATIENT: &str = "番号と、もう1つのこと（family、または birthdate と gender）と、requester（照会する方のお名前）がそろったときだけ答えます。id は照会ごとに変わり、24時間で使えなくなります。番号がURLに残らないよう、GET では検索できません。";

/// The statement of this server, which stands at `base`.
pub fn capability(base: &str, version: &str) -> Value {
    json!({
        "resourceType": "CapabilityStatement",
        "language": "ja",
        "name": "MimamoriFhir",
        "title": "見守りネットワークの登録情報（FHIR）",
        "status": "active",
        "date": CHANGED,
        "kind": "instance",
        "software": {"name": "mimamori", "version": version},
        "implementation": {"description": "見守りネットワークの登録情報", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "implementationGuide": [
            "http://hl7.org/fhir/uv/ips/ImplementationGuide/hl7.fhir.uv.ips",
        ],
        "rest": [{
            "mode": "server",
            "security": {"description": SECURITY},
            "resource": [
                patient(),
                of_patient(Kind::RelatedPerson, None, &["patient"]),
                of_patient(Kind::Consent, None, &["patient"]),
                of_patient(Kind::AllergyIntolerance, Some("JP_AllergyIntolerance"), &["patient"]),
                of_patient(Kind::Condition, Some("JP_Condition"), &["patient", "subject"]),
                of_patient(Kind::MedicationStatement, Some("JP_MedicationStatement"), &["patient", "subject"]),
            ],
        }],
    })
}

fn profile(name: &str) -> String {
    format!("http://jpfhir.jp/fhir/core/StructureDefinition/{name}")
}

fn patient() -> Value {
    json!({
        "type": "Patient",
        "supportedProfile": [profile("JP_Patient")],
        "documentation": PATIENT,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": [
            {"name": "_id", "type": "token", "definition": "http://hl7.org/fhir/SearchParameter/Resource-id"},
            {"name": "identifier", "type": "token", "definition": "http://hl7.org/fhir/SearchParameter/Patient-identifier"},
            {"name": "family", "type": "string", "definition": "http://hl7.org/fhir/SearchParameter/individual-family"},
            {"name": "birthdate", "type": "date", "definition": "http://hl7.org/fhir/SearchParameter/individual-birthdate"},
            {"name": "gender", "type": "token", "definition": "http://hl7.org/fhir/SearchParameter/individual-gender"},
            {"name": "requester", "type": "string", "documentation": "照会する方のお名前"},
        ],
        "operation": [{
            "name": "summary",
            "definition": "http://hl7.org/fhir/uv/ips/OperationDefinition/summary",
        }],
    })
}

fn of_patient(kind: Kind, jp_core: Option<&str>, whose: &[&str]) -> Value {
    let params: Vec<Value> = whose
        .iter()
        .map(|name| json!({"name": name, "type": "reference"}))
        .collect();
    let mut resource = json!({
        "type": kind.code(),
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": params,
    });
    if let Some(name) = jp_core {
        resource["supportedProfile"] = json!([profile(name)]);
    }
    resource
}
