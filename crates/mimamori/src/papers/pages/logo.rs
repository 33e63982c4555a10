//! The town's own sign.

use axum::extract::Multipart;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use crate::front::look::{self, Field, Link, Problems, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::papers::acts;
use crate::papers::rules::{BadSign, Sign};
use crate::papers::store;

/// The sign, and the form for another.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    sheet(&asked, &Problems::default()).await
}

async fn sheet(asked: &Asked, problems: &Problems) -> Result<Markup, Problem> {
    let sign = store::find_sign(&mut asked.read().await?, &asked.deed.scope).await?;
    let field = Field {
        name: "sign",
        label: "画像",
        hint: "PNGかJPEG、2 MBまで。書類の上や、はがきの差出人のそばに入ります。",
        required: true,
        problem: problems.of("sign"),
        ..Field::default()
    };
    let body = html! {
        (look::problem_summary(problems))
        @match &sign {
            Some(png) => p { img.face src={ "data:image/png;base64," (STANDARD.encode(png)) } alt="いまの町のマーク"; },
            None => p { "まだ登録がありません。町章やキャラクターなど、町の書類だとわかるものを入れられます。" },
        }
        (look::upload_form("/papers/sign", html! {
            (look::file(&field, "image/png,image/jpeg"))
            (look::buttons("この画像を登録する", Some(Link::new("やめる", "/papers"))))
        }))
        @if sign.is_some() { (look::act(Weight::Quiet, "マークを消す", "", "/papers/sign/remove", &[])) }
    };
    asked.page(Place::Papers, "町のマーク", body)
}

/// Keeps the sign, or says why it can't be kept.
pub async fn save(asked: Asked, form: Multipart) -> Result<Response, Problem> {
    match read(form).await? {
        Ok(sign) => {
            acts::set_sign(asked.db(), &asked.deed, sign).await?;
            Ok(asked.redirect("/papers/sign", Flash::done("町のマークを登録しました。")))
        }
        Err(bad) => {
            let mut problems = Problems::default();
            problems.add("sign", bad.to_string());
            Err(Problem::Refused(sheet(&asked, &problems).await?))
        }
    }
}

async fn read(mut form: Multipart) -> Result<Result<Sign, BadSign>, Problem> {
    let Ok(Some(field)) = form.next_field().await else {
        return Ok(Err(BadSign::Empty));
    };
    let Ok(file) = field.bytes().await else {
        return Ok(Err(BadSign::TooLarge));
    };
    let work = tokio::task::spawn_blocking(move || Sign::read(&file));
    work.await.map_err(|error| Problem::Broken(error.into()))
}

/// Removes the sign.
pub async fn remove(asked: Asked) -> Result<Response, Problem> {
    acts::remove_sign(asked.db(), &asked.deed).await?;
    Ok(asked.redirect("/papers/sign", Flash::done("町のマークを消しました。")))
}
