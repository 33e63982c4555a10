//! Answers as FHIR gives them: resources, and what went wrong as `OperationOutcome`.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use crate::clock::{in_japan, instant};
use crate::desk::Refusal;
use crate::exchange::fhir::rules::{BadQuestion, outcome, wire};
use crate::front;

/// R4, said with every answer.
pub const FHIR_JSON: &str = "application/fhir+json; fhirVersion=4.0; charset=utf-8";

/// JSON as it is sent.
pub fn sent(status: StatusCode, value: &Value) -> Response {
    let content = HeaderValue::from_static(FHIR_JSON);
    (status, [(CONTENT_TYPE, content)], value.to_string()).into_response()
}

/// A resource as it is sent.
pub fn resource(resource: &impl Serialize) -> Response {
    sent(StatusCode::OK, &wire(resource))
}

/// Why something is not answered.
pub enum Fault {
    /// A kind that is not served.
    NoKind,
    /// No such inquiry of this account, or no such resource in it.
    NotFound,
    /// The inquiry is over.
    Over,
    /// Not an account of a hospital or an ambulance.
    Forbidden,
    /// The person is no longer registered of their own wish.
    Withdrawn,
    /// A search with what must not stand in an address.
    InAddress,
    /// A search that lacks something.
    Question(BadQuestion),
    /// A search that does not say whose.
    NoPatient,
    /// Too many misses, until then in milliseconds since 1970; and the seconds until then.
    Slowed(i64, i64),
    /// Anything else, as programs are told elsewhere; the layer around makes an outcome of it.
    Broken(front::Fault),
}

impl Fault {
    const fn status(&self) -> StatusCode {
        match self {
            Fault::NoKind | Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Over | Fault::Forbidden | Fault::Withdrawn => StatusCode::FORBIDDEN,
            Fault::InAddress => StatusCode::METHOD_NOT_ALLOWED,
            Fault::Question(_) | Fault::NoPatient => StatusCode::BAD_REQUEST,
            Fault::Slowed(..) => StatusCode::TOO_MANY_REQUESTS,
            Fault::Broken(fault) => fault.status,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Fault::NoKind | Fault::InAddress => "not-supported",
            Fault::NotFound => "not-found",
            Fault::Over => "expired",
            Fault::Forbidden | Fault::Withdrawn => "forbidden",
            Fault::Question(BadQuestion::OtherSystem) => "value",
            Fault::Question(_) | Fault::NoPatient => "required",
            Fault::Slowed(..) => "throttled",
            Fault::Broken(_) => "exception",
        }
    }

    fn words(&self) -> String {
        let fixed = match self {
            Fault::NoKind => {
                "この種類の資源はありません。あるものは GET /fhir/metadata で確かめられます。"
            }
            Fault::NotFound => {
                "見つかりません。id は、このシステムが行った照会の検索結果にあるものだけが使えます。"
            }
            Fault::Over => {
                "この照会は終わりました。続けて必要なときは、POST /fhir/Patient/_search でもう一度照会してください。"
            }
            Fault::Forbidden => {
                "FHIRで読めるのは、病院・診療所か、消防・救急の外部システムだけです。町の管理者にご相談ください。"
            }
            Fault::Withdrawn => {
                "この方は登録を辞退しています。記録はひらけません。急ぐときは、キーホルダーなどにある電話番号へお電話ください。"
            }
            Fault::InAddress => {
                "番号や氏名がURLに残らないよう、GET では検索できません。POST /fhir/Patient/_search の本文に入れてください。"
            }
            Fault::NoPatient => {
                "だれの資源かがわかりません。patient に、照会で受け取った Patient の id を入れてください。"
            }
            Fault::Question(fault) => fault.words(),
            Fault::Slowed(until, _) => {
                let until = in_japan(instant(*until)).strftime("%-m月%-d日%-H時%M分");
                return format!(
                    "合わない照会が続いたため、{until}まで照会を止めています。急ぐときは、キーホルダーなどにある電話番号へお電話ください。"
                );
            }
            Fault::Broken(fault) => &fault.detail,
        };
        fixed.to_owned()
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let outcome = outcome(self.code(), &self.words());
        let mut response = match self {
            Fault::Broken(fault) => return fault.into_response(),
            ref other => sent(other.status(), &outcome),
        };
        if let Fault::Slowed(_, seconds) = self {
            let seconds = HeaderValue::from(seconds.max(1));
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<front::Problem> for Fault {
    fn from(problem: front::Problem) -> Fault {
        Fault::Broken(problem.into())
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        match refusal {
            Refusal::NotFound => Fault::NotFound,
            Refusal::NoRight(_) | Refusal::TierClosed => Fault::Forbidden,
            Refusal::Withdrawn => Fault::Withdrawn,
            other => Fault::Broken(front::Problem::Broken(other.into()).into()),
        }
    }
}

impl From<db::Error> for Fault {
    fn from(error: db::Error) -> Fault {
        Fault::Broken(error.into())
    }
}
