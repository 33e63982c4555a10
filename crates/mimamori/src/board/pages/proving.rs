//! A contact proves that an address is theirs. Opening the link shows a button and changes nothing,
//! since machines that look for bad mail open links too.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::board::acts::{self, Proved, Waiting};
use crate::deed::Deed;
use crate::front::look::{self, PublicShell, Tone, Weight};
use crate::front::{Problem, Visitor};
use crate::networks;

/// The button.
pub async fn page(visitor: Visitor, Path(token): Path<String>) -> Result<Response, Problem> {
    let Some((deed, hash)) = visitor.behind(&token).await? else {
        return Ok(late());
    };
    let mut conn = visitor.app.db.read().await?;
    let waiting = acts::waiting(&mut conn, &deed, hash).await?;
    drop(conn);
    let body = match waiting {
        Waiting::No => return Ok(late()),
        Waiting::Proved => return proved(&visitor, &deed).await,
        Waiting::Yes => html! {
            p { "緊急連絡先として、このメールアドレスをお聞きしました。登録されている方の持ち物のQRコードから知らせが届いたときに、ここにメールでお知らせします。" }
            p { "よろしければ、下のボタンを押してください。お心当たりがないときは、このページを閉じてください。" }
            (look::act(Weight::Primary, "このアドレスで受け取ります", "", &format!("/proof/{token}"), &[]))
        },
    };
    framed(&visitor, &deed, "メールアドレスの確認", body).await
}

/// Stamps it. The contact has no account: the program does it, and the line says so.
pub async fn prove(visitor: Visitor, Path(token): Path<String>) -> Result<Response, Problem> {
    let Some((deed, hash)) = visitor.behind(&token).await? else {
        return Ok(late());
    };
    let program = visitor.app.program_deed(deed.network(), "proof").await?;
    match acts::prove(&visitor.app.db, &program, hash).await? {
        Proved::Now => proved(&visitor, &deed).await,
        Proved::TooLate => Ok(late()),
    }
}

async fn proved(visitor: &Visitor, deed: &Deed) -> Result<Response, Problem> {
    let body = look::notice(
        Tone::Good,
        "確認できました。ありがとうございました。",
        html! {
            p { "知らせが届いたときは、このアドレスにメールでお知らせします。アドレスが変わるときや、メールを止めたいときは、センターにお知らせください。" }
        },
    );
    framed(visitor, deed, "メールアドレスの確認", body).await
}

async fn framed(
    visitor: &Visitor,
    deed: &Deed,
    title: &str,
    body: Markup,
) -> Result<Response, Problem> {
    let town = networks::find_town(&mut visitor.app.db.read().await?, &deed.scope).await?;
    let name = town.map(|town| town.name).unwrap_or_default();
    let shell = PublicShell {
        network_name: &name,
        ..PublicShell::default()
    };
    Ok(look::public_page(&shell, title, body).into_response())
}

fn late() -> Response {
    let shell = PublicShell {
        network_name: "見守りネットワーク",
        ..PublicShell::default()
    };
    let body = html! {
        p { "確認の期限（7日）が過ぎたか、登録のメールアドレスが変わりました。" }
        p { "お手数ですが、センターに、もう一度テストメールを送るようお伝えください。" }
    };
    let page = look::public_page(&shell, "このリンクは使えません", body);
    (StatusCode::NOT_FOUND, page).into_response()
}
