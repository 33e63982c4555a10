//! The picture of a supporter's own rhythm, for them and whoever is with them at the counter.

use axum::extract::Path;
use maud::{Markup, html};

use super::consent::enter;
use super::strip::strip;
use crate::front::look::{self, Link};
use crate::front::{Asked, Problem};
use crate::ids::SupporterId;
use crate::station::change::acts;
use crate::station::courses::{Side, sided};

/// The page, after the line of the sight.
pub async fn page(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    let one = enter(&asked, id).await?;
    let picture = acts::picture(asked.db(), &asked.deed, id).await?;
    let consents = format!("/station/supporters/{id}/consents");
    let name = &one.details.name;
    let body = html! {
        @match &picture {
            None => (look::empty("同意がないので、何も見ていません", "ご本人が同意されたものだけを見ます。", None)),
            Some(picture) => {
                p { "同意されているもの：" }
                ul { @for signal in &picture.signals { li { (signal.word()) } } }
                @if let Some(of) = &picture.strip { (look::section("この1年", strip(of, name))) }
                (look::section("ふだんと比べて", html! { @for words in &picture.said { p { (words) } } }))
            }
        }
        p { (look::text_link(Link::new("同意の画面へ", &consents))) }
    };
    sided(
        &asked,
        Side::Supporters,
        &format!("{name}さんの来る様子"),
        body,
    )
}
