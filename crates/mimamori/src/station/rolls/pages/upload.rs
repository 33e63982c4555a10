//! A photo of a sheet: read away from the threads that answer requests, and not kept.

use axum::extract::{Multipart, Path};
use axum::response::Response;
use marks::{Layout, Unread};
use tokio::sync::Semaphore;

use super::{day, told};
use crate::front::look::Problems;
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses;
use crate::station::rolls::acts;
use crate::station::rolls::rules::{Reading, Sheet};
use crate::station::rolls::store;

/// One photo is read at a time: opening it may take 160 MB for a moment.
static ONE: Semaphore = Semaphore::const_new(1);

/// Reads a photo of a sheet of this day, or says what to do.
pub async fn save(
    asked: Asked,
    Path(day): Path<RowId>,
    form: Multipart,
) -> Result<Response, Problem> {
    let mut conn = asked.read().await?;
    let lesson = courses::find_day(&mut conn, &asked.deed, day).await?;
    let sheets = store::list_of_day(&mut conn, &asked.deed, lesson.id).await?;
    drop(conn);
    let read = match file(form).await {
        Some(file) => read(file, &sheets).await?,
        None => Err(Unread::TooManyBytes),
    };
    let (id, reading) = match read {
        Ok(read) => read,
        Err(unread) => {
            let mut problems = Problems::default();
            problems.add("photo", words(&unread));
            return Err(Problem::Refused(
                day::shown(&asked, lesson.id, &problems).await?,
            ));
        }
    };
    match acts::take_in(asked.db(), &asked.deed, id, reading).await {
        Ok(()) => Ok(asked.redirect(
            &format!("/station/rolls/{id}"),
            Flash::done("読み取りました。確かめてから、下のボタンで記録してください。"),
        )),
        Err(refusal) => match told(&refusal) {
            Some(words) => Ok(asked.redirect(&day::path(lesson.id), Flash::not_done(words))),
            None => Err(refusal.into()),
        },
    }
}

/// The photo; nothing where there is more than the door lets through.
async fn file(mut form: Multipart) -> Option<Vec<u8>> {
    match form.next_field().await {
        Ok(Some(field)) => field.bytes().await.ok().map(|bytes| bytes.to_vec()),
        Ok(None) => Some(Vec::new()),
        Err(_) => None,
    }
}

async fn read(
    file: Vec<u8>,
    sheets: &[Sheet],
) -> Result<Result<(RowId, Reading), Unread>, Problem> {
    let known: Vec<(String, RowId, Option<Layout>)> = sheets
        .iter()
        .map(|sheet| (sheet.code(), sheet.id, sheet.order.layout()))
        .collect();
    let _turn = ONE
        .acquire()
        .await
        .map_err(|error| Problem::Broken(error.into()))?;
    let work = tokio::task::spawn_blocking(move || {
        let of = |code: &str| known.iter().find(|(own, _, _)| own == code);
        let read = marks::read(&file, |code| of(code)?.2)?;
        match of(&read.code) {
            Some((_, id, _)) => Ok((*id, Reading::from(&read))),
            None => Err(Unread::UnknownCode(read.code)),
        }
    });
    work.await.map_err(|error| Problem::Broken(error.into()))
}

fn words(unread: &Unread) -> String {
    match unread {
        Unread::UnknownCode(_) => {
            "この回の用紙ではありません。用紙の講座と日を確かめて、その回のページで読み取ってください。"
                .to_owned()
        }
        other => other.to_string(),
    }
}
