//! The description of the interface, for programs and for the people who write them.

use axum::Json;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::exchange::rules::openapi::{ALL, Group, Operation, describe};
use crate::exchange::systems::Grant;
use crate::front::look::{self, Entry, Head, PublicShell, table};
use crate::front::{Fault, Visitor};

fn faults() -> Vec<(u16, &'static str, &'static str)> {
    let all = Fault::ALL.iter();
    all.map(|(status, code, title)| (status.as_u16(), *code, *title))
        .collect()
}

/// OpenAPI 3.1.
pub async fn document(_visitor: Visitor) -> Json<Value> {
    Json(describe(&faults()))
}

const SHELL: PublicShell<'static> = PublicShell {
    network_name: "見守りネットワーク",
    languages: &[],
    refresh: None,
};

/// The guide.
pub async fn page(visitor: Visitor) -> Markup {
    let said = describe(&faults());
    let base = &visitor.app.config.public_url;
    let body = html! {
        (beginning(base))
        (grants())
        (rules())
        @for group in Group::ALL {
            (look::section(group.word(), html! {
                @for one in ALL.iter().filter(|one| one.group == group) { (operation(one, &said)) }
            }))
        }
        (look::section("誤りの一覧", problems()))
    };
    look::public_page(&SHELL, "接続の説明書（API）", body)
}

fn beginning(base: &str) -> Markup {
    let first = format!("curl -H \"Authorization: Bearer $TOKEN\" {base}/api/v1/me");
    let ask = format!(
        "curl -H \"Authorization: Bearer $TOKEN\" -H \"Content-Type: application/json\" \\\n  -d '{{\"number\": \"412-7735-0926\", \"family\": \"ミナミノ\", \"name\": \"外来 外山\"}}' \\\n  {base}/api/v1/lookups"
    );
    html! {
        p { "病院・消防・介護ソフトなどから、見守りネットワークに接続するための説明です。機械で読む形は " a href="/api/v1/openapi.json" { "openapi.json（OpenAPI 3.1）" } " にあります。病院には、医療の標準の形（FHIR R4）も " a href="/fhir/metadata" { "/fhir" } " に用意しています。" }
        (look::section("はじめかた", html! {
            ol {
                li { "町の管理者に、システムの登録とトークンを頼みます（「職員」→「外部システム」）。" }
                li { "トークンは、要求のたびに Authorization ヘッダーに入れます。アドレスや本文には入れません。" }
                li { "次の要求で、名前と許可を確かめます。" }
            }
            (look::scroll_region("はじめての接続の例", html! { pre { code { (first) } } }))
            p { "病院・消防・警察からの照会の例です。" }
            (look::scroll_region("照会の例", html! { pre { code { (ask) } } }))
        }))
    }
}

fn grants() -> Markup {
    let rows: Vec<Vec<Markup>> = Grant::ALL
        .iter()
        .map(|one| vec![html! { code { (one.code) } }, html! { (one.words) }])
        .collect();
    look::section(
        "許可の種類",
        table("許可", &["名前", "できること"].map(Head::new), &rows),
    )
}

fn rules() -> Markup {
    look::section(
        "どの操作にも共通の決まり",
        look::record(&[
            Entry::new(
                "文字コード",
                html! { "UTF-8です。氏名や住所は、書かれているとおりに扱います（異体字も、そのまま返ります）。" },
            ),
            Entry::new(
                "日付",
                html! { "2026-04-01 の形です。時刻は 2026-04-01T09:00:00Z の形（世界時）です。" },
            ),
            Entry::new(
                "個人の情報",
                html! { "アドレスには入れません。さがすのも照会も POST で、本文に入れます。" },
            ),
            Entry::new(
                "記録",
                html! { "読んだものも変えたものも、人と同じように監査の記録に残ります。ご本人は、だれが見たかを知ることができます。" },
            ),
            Entry::new(
                "変更",
                html! { "読んだときの ETag を If-Match に入れます。先に変えられていると、412で断ります。" },
            ),
            Entry::new(
                "回数",
                html! { "1分間の上限をこえると429になります。Retry-After の秒数だけ待ってください。" },
            ),
            Entry::new(
                "項目が増えること",
                html! { "返す項目は、あとから増えることがあります。知らない項目は読みとばしてください。" },
            ),
        ]),
    )
}

fn operation(one: &Operation, said: &Value) -> Markup {
    let answers = one.answers.iter().map(|answer| {
        vec![
            html! { (answer.status) },
            html! { (answer.words) },
            html! { code { (answer.shape) } },
        ]
    });
    let answers: Vec<Vec<Markup>> = answers.collect();
    let refusals: Vec<String> = one.refusals().iter().map(u16::to_string).collect();
    html! {
        h3 id=(one.id) { (one.summary) }
        p { code { (one.method) " " (one.path) } }
        p { (one.words()) }
        @if let Some(shape) = one.body { (fields(shape, said)) }
        (table("答え", &["番号", "意味", "形"].map(Head::new), &answers))
        p.hint { "断るとき：" (refusals.join("、")) }
    }
}

/// What the body holds, field by field.
fn fields(shape: &str, said: &Value) -> Markup {
    let shape = &said["components"]["schemas"][shape];
    let required = shape["required"].as_array().cloned().unwrap_or_default();
    let named = shape["properties"].as_object();
    let rows: Vec<Vec<Markup>> = named
        .into_iter()
        .flatten()
        .map(|(name, field)| {
            let must = required.contains(&json!(name));
            vec![
                html! { code { (name) } @if must { " 必須" } },
                html! { code { (kind(field)) } },
                html! { (field["description"].as_str().unwrap_or_default()) },
            ]
        })
        .collect();
    table("本文", &["項目", "型", "説明"].map(Head::new), &rows)
}

/// The type of a field in a word.
fn kind(field: &Value) -> String {
    let named = field["$ref"].as_str().and_then(|to| to.rsplit('/').next());
    let either = field["anyOf"].as_array().and_then(|all| all.first());
    match (named, either, field["enum"].as_array()) {
        (Some(named), ..) => named.to_owned(),
        (_, Some(first), _) => format!("{} または null", kind(first)),
        (.., Some(all)) => {
            let codes: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            codes.join(" | ")
        }
        _ => field["type"].as_str().unwrap_or("").to_owned(),
    }
}

fn problems() -> Markup {
    let rows: Vec<Vec<Markup>> = Fault::ALL
        .iter()
        .map(|(status, code, title)| {
            vec![
                html! { code id=(code) { (code) } },
                html! { (status.as_u16()) },
                html! { (title) },
            ]
        })
        .collect();
    html! {
        p { "断るときは application/problem+json（RFC 9457）で答えます。detail にどうすればよいかを、errors に直す項目を書きます。" }
        (table("誤り", &["code", "番号", "意味"].map(Head::new), &rows))
    }
}
