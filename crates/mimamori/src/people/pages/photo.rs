//! A face photo: taken in, made small and bare, shown on the record.

use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path};
use axum::response::Redirect;
use maud::{Markup, html};
use tokio::sync::Semaphore;

use super::gate::{self, Stop};
use super::person_of;
use crate::front::look::{self, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::ids::PersonId;
use crate::people::acts;
use crate::people::rules::{BadPhoto, Face};

/// One photo is decoded at a time: its pixels may fill 80 MB for a moment.
static ONE: Semaphore = Semaphore::const_new(1);

/// The form.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    Ok(sheet(&asked, id, &Problems::default())?)
}

/// Keeps the photo, or says why it can't be kept.
pub async fn save(
    asked: Asked,
    Path(person): Path<String>,
    form: Multipart,
) -> Result<Redirect, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    match read(form).await? {
        Ok(face) => {
            acts::set_photo(asked.db(), &asked.deed, id, face).await?;
            Ok(Redirect::to(&format!("/people/{id}?done=photo")))
        }
        Err(bad) => {
            let mut problems = Problems::default();
            problems.add("photo", bad.to_string());
            Err(Problem::Refused(sheet(&asked, id, &problems)?).into())
        }
    }
}

/// Removes the photo.
pub async fn remove(asked: Asked, Path(person): Path<String>) -> Result<Redirect, Stop> {
    let id = person_of(&person)?;
    gate::admit(&asked, id).await?;
    acts::remove_photo(asked.db(), &asked.deed, id).await?;
    Ok(Redirect::to(&format!("/people/{id}?done=photo-removed")))
}

/// The file of the form, decoded away from the threads that answer requests.
async fn read(mut form: Multipart) -> Result<Result<Face, BadPhoto>, Problem> {
    let Ok(Some(field)) = form.next_field().await else {
        return Ok(Err(BadPhoto::Empty));
    };
    let Some(file) = bytes(field).await else {
        return Ok(Err(BadPhoto::TooManyBytes));
    };
    let _turn = ONE
        .acquire()
        .await
        .map_err(|error| Problem::Broken(error.into()))?;
    let work = tokio::task::spawn_blocking(move || Face::read(&file));
    work.await.map_err(|error| Problem::Broken(error.into()))
}

/// The bytes, unless there are more than the door lets through.
async fn bytes(field: Field<'_>) -> Option<Vec<u8>> {
    field.bytes().await.ok().map(|bytes| bytes.to_vec())
}

fn sheet(asked: &Asked, id: PersonId, problems: &Problems) -> Result<Markup, Problem> {
    let field = look::Field {
        name: "photo",
        label: "写真",
        hint: "JPEGかPNG、8 MBまで。小さくして保存し、撮影場所などの情報は消します。",
        problem: problems.of("photo"),
        kind: Kind::Text,
        required: true,
        ..look::Field::default()
    };
    let back = format!("/people/{id}");
    let remove = format!("/people/{id}/photo/remove");
    let body = html! {
        (look::problem_summary(problems))
        (look::upload_form(&format!("/people/{id}/photo"), html! {
            (look::file(&field, "image/jpeg,image/png"))
            (look::buttons("この写真を登録する", Some(Link::new("やめる", &back))))
        }))
        (look::section("写真を消す", html! {
            (look::notice(Tone::Notice, "もとにはもどせません", html! {
                p { "いまの写真を消すと、もう一度撮るまで照会のときに顔を確かめられません。" }
            }))
            (look::act(Weight::Danger, "写真を消す", "", &remove, &[]))
        }))
    };
    asked.page(Place::People, "顔写真", body)
}
