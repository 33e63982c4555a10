//! The things that carry a number, one by one.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use super::{back, one};
use crate::front::look::{self, Link, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{CarrierId, TagId};
use crate::networks;
use crate::tags::acts;
use crate::tags::rules::{CarrierKind, ShutWhy, svg};
use crate::tags::store;

/// What to add.
#[derive(Deserialize)]
pub struct AddForm {
    #[serde(default)]
    kind: String,
}

/// Adds a carrier.
pub async fn add(
    asked: Asked,
    Path(tag): Path<TagId>,
    Form(typed): Form<AddForm>,
) -> Result<Response, Problem> {
    let kind = CarrierKind::from_code(&typed.kind).ok_or(Problem::NotFound)?;
    let done = acts::add_carrier(asked.db(), &asked.deed, tag, kind).await;
    back(
        &asked,
        &format!("/tags/{tag}"),
        done.map(|_| Flash::done("品物を追加しました。ラベルを印刷できます。")),
    )
}

/// Why it is shut off.
#[derive(Deserialize)]
pub struct ShutForm {
    #[serde(default)]
    why: String,
}

/// Shuts off the QR of one carrier.
pub async fn shut(
    asked: Asked,
    Path((tag, carrier)): Path<(TagId, CarrierId)>,
    Form(typed): Form<ShutForm>,
) -> Result<Response, Problem> {
    let why = ShutWhy::from_code(&typed.why).ok_or(Problem::NotFound)?;
    let done = acts::shut_carrier(asked.db(), &asked.deed, tag, carrier, why).await;
    let way_back = format!("/tags/{tag}/carriers/{carrier}/opening");
    let flash = Flash::done("この品物のQRコードを止めました。番号とほかの品物はそのまま使えます。");
    back(
        &asked,
        &format!("/tags/{tag}"),
        done.map(|()| flash.undo("元にもどす", &way_back)),
    )
}

/// Opens it again.
pub async fn open(
    asked: Asked,
    Path((tag, carrier)): Path<(TagId, CarrierId)>,
) -> Result<Response, Problem> {
    let done = acts::open_carrier(asked.db(), &asked.deed, tag, carrier).await;
    back(
        &asked,
        &format!("/tags/{tag}"),
        done.map(|()| Flash::done("QRコードを再開しました。")),
    )
}

/// A label to print and cut out.
pub async fn label(
    asked: Asked,
    Path((tag, carrier)): Path<(TagId, CarrierId)>,
) -> Result<Markup, Problem> {
    let tag = one::enter(&asked, tag).await?;
    let mut conn = asked.read().await?;
    let found = store::find_carrier(&mut conn, &asked.deed, carrier).await?;
    let carrier = found
        .filter(|carrier| carrier.tag == tag.id)
        .ok_or(Problem::NotFound)?;
    let town = networks::find_town(&mut conn, &asked.deed.scope)
        .await?
        .ok_or(Problem::NotFound)?;
    let phone = town
        .day_phone
        .map(|phone| phone.to_string())
        .unwrap_or_default();
    let picture =
        svg(&carrier.address(&asked.app.config.public_url), "QRコード").unwrap_or_default();
    let body = html! {
        div.label {
            (PreEscaped(picture))
            div {
                p { (town.name) }
                p.label-number { (tag.number.shown()) }
                p { "電話 " (phone) }
            }
        }
        p.no-print { (carrier.kind.word()) "用のラベルです。ブラウザの「印刷」で、倍率100%で印刷してください。QRコードは一辺20mmになります。" }
        (look::button_link(Weight::Quiet, Link::new("タグへもどる", &format!("/tags/{}", tag.id))))
    };
    asked.page(Place::Tags, "ラベル", body)
}
