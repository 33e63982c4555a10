//! The poster that leads to the town's form for whoever noticed something.

use axum::response::Response;
use press::{Paper, Poster, PosterText};

use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::front::{Asked, Problem};
use crate::notices::{self, Said};

const TITLE: &str = "気づきのポスター";

/// One A4 page for a shop window, with the telephones of the center that prints it.
pub async fn print(asked: Asked) -> Result<Response, Problem> {
    let (said, link) = notices::hung(&asked).await?;
    let line = Line::new(Verb::Printed, None, Fields::NOTHING).saying(TITLE);
    audit::witness(asked.db(), &asked.deed, line).await?;
    let poster = Poster {
        title: TITLE.to_owned(),
        texts: said.into_iter().map(text).collect(),
        scan: "スマートフォンで読み取ってください".to_owned(),
        call: "お電話でもお受けしています。".to_owned(),
        link,
    };
    let surround = around(&asked, asked.deed.scope.center).await?;
    shown(surround, Paper::Poster(poster), "poster").await
}

fn text(said: Said) -> PosterText {
    PosterText {
        // No voice knows easy Japanese by itself.
        lang: said.code.trim_end_matches("-simple").to_owned(),
        danger: said.danger.to_owned(),
        title: said.title.to_owned(),
        lead: said.lead.to_owned(),
        signs: said.signs,
        private: said.private.to_owned(),
    }
}
