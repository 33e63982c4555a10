//! Files of a case: taken in, listed, taken out as downloads.

use axum::extract::{Multipart, Path};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::Semaphore;

use super::gate::{admit, enter};
use super::parts::{self, Side, case_of, moment, who};
use super::{back, path, row_of};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::cases::acts;
use crate::cases::rules::{BadDocument, Document, DocumentHead, read_document};
use crate::cases::store;
use crate::clock::in_japan;
use crate::front::look::{self, Head, Kind, Problems, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::CaseId;
use crate::people::{Names, one_line};

/// One picture is decoded at a time: its pixels may fill 80 MB for a moment.
static ONE: Semaphore = Semaphore::const_new(1);

const MOST_NOTE: usize = 120;

/// The files, and the form for one more.
pub async fn page(asked: Asked, Path(case): Path<String>) -> Result<Markup, Problem> {
    sheet(&asked, case_of(&case)?, "", &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    id: CaseId,
    note: &str,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let opened = enter(asked, id, Fields::IDENTITY).await?;
    let mut conn = asked.read().await?;
    let documents = store::list_documents(&mut conn, &asked.deed, id).await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    drop(conn);
    let today = in_japan(asked.deed.now).date();
    let head = ["書類", "種類", "大きさ", "いつ・だれが", ""].map(Head::new);
    let rows: Vec<Vec<Markup>> = documents.iter().map(|one| row(one, &names)).collect();
    let file = look::Field {
        name: "file",
        label: "ファイル",
        hint: "PDF、写真・画像（JPEG・PNG）、Word・Excel・PowerPoint、文字だけのファイル。10 MBまで。画像は、撮影場所などの情報を消して保存します。",
        problem: problems.of("file"),
        required: true,
        ..look::Field::default()
    };
    let about = look::Field {
        name: "note",
        label: "何の書類ですか",
        hint: "例：主治医の意見書の写し、居間の写真",
        value: note,
        problem: problems.of("note"),
        kind: Kind::Text,
        ..look::Field::default()
    };
    let body = html! {
        (look::problem_summary(problems))
        (parts::head(&opened, Side::Documents, &names, today))
        @if rows.is_empty() { p { "まだ書類がありません。" } } @else { (look::table("書類", &head, &rows)) }
        (look::section("書類を加える", look::upload_form(&format!("{}/documents", path(id)), html! {
            (look::field(&about))
            (look::file(&file, ".pdf,.jpg,.jpeg,.png,.txt,.csv,.docx,.xlsx,.pptx"))
            (look::buttons("加える", None))
        })))
    };
    asked.page(Place::Cases, &opened.case.name(), body)
}

fn row(one: &Document, names: &Names) -> Vec<Markup> {
    let href = format!("{}/documents/{}", path(one.case), one.id);
    vec![
        html! {
            a href=(href) { (one.head.name) }
            @if !one.head.note.is_empty() { br; small { (one.head.note) } }
        },
        html! { (one.head.held.word()) },
        html! { (size(one.head.size)) },
        html! { (moment(one.made_at)) br; small { (who(names, one.made_by)) } },
        look::act(
            Weight::Quiet,
            "消す",
            &one.head.name,
            &format!("{href}/removal"),
            &[],
        ),
    ]
}

fn size(bytes: i64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KB", (bytes + 1_023) / 1_024),
        more => format!("{:.1} MB", more as f64 / 1_048_576.0),
    }
}

/// Takes a file in, or says why it can't be kept.
pub async fn save(
    asked: Asked,
    Path(case): Path<String>,
    form: Multipart,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let (note, read) = read(form).await?;
    let mut problems = Problems::default();
    let said = one_line(&note, MOST_NOTE).unwrap_or_else(|bad| {
        problems.add("note", bad.to_string());
        String::new()
    });
    match read {
        Ok((head, bytes)) if problems.is_empty() => {
            let head = DocumentHead { note: said, ..head };
            let done = acts::keep_document(asked.db(), &asked.deed, case.id, head, bytes).await;
            let to = format!("{}/documents", path(case.id));
            back(&asked, &to, done.map(|_| "書類を加えました。"))
        }
        other => {
            if let Err(bad) = other {
                problems.add("file", bad.to_string());
            }
            Err(Problem::Refused(
                sheet(&asked, case.id, &note, &problems).await?,
            ))
        }
    }
}

type Read = Result<(DocumentHead, Vec<u8>), BadDocument>;

/// The note and the file, read away from the threads that answer requests.
async fn read(mut form: Multipart) -> Result<(String, Read), Problem> {
    let (mut note, mut file) = (String::new(), None);
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) => return Ok((note, Err(BadDocument::TooLarge))),
        };
        let (field_name, name) = (
            field.name().unwrap_or_default().to_owned(),
            field.file_name().unwrap_or_default().to_owned(),
        );
        let Ok(bytes) = field.bytes().await else {
            return Ok((note, Err(BadDocument::TooLarge)));
        };
        match field_name.as_str() {
            "note" => note = String::from_utf8_lossy(&bytes).into_owned(),
            "file" => file = Some((name, bytes.to_vec())),
            _ => {}
        }
    }
    let Some((name, bytes)) = file else {
        return Ok((note, Err(BadDocument::Empty)));
    };
    let _turn = ONE
        .acquire()
        .await
        .map_err(|error| Problem::Broken(error.into()))?;
    let work = tokio::task::spawn_blocking(move || read_document(&name, bytes));
    let read = work.await.map_err(|error| Problem::Broken(error.into()))?;
    Ok((note, read))
}

/// Takes a file out: never shown by the browser, whatever it is.
pub async fn take(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (case, row) = (admit(&asked, &case).await?, row_of(&row)?);
    let line = Line::new(Verb::Exported, None, Fields::NOTHING).because(Why::Case(case.id));
    audit::witness(asked.db(), &asked.deed, line.saying("支援の書類")).await?;
    let mut conn = asked.read().await?;
    let (document, bytes) = store::find_document(&mut conn, &asked.deed, case.id, row).await?;
    let name = utf8_percent_encode(&document.head.name, NON_ALPHANUMERIC);
    let ending = document.head.held.ending();
    let disposition =
        format!("attachment; filename=\"document.{ending}\"; filename*=UTF-8''{name}");
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}

/// Removes a file.
pub async fn remove(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let done = acts::remove_document(asked.db(), &asked.deed, case.id, row_of(&row)?).await;
    let to = format!("{}/documents", path(case.id));
    back(&asked, &to, done.map(|()| "書類を消しました。"))
}
