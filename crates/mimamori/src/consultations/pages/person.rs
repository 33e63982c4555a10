//! Every consultation about somebody that this account may see.

use axum::extract::Path;
use maud::{Markup, html};

use super::choosing::is_theirs;
use super::{list, said, stranger};
use crate::audit::Fields;
use crate::consultations::rules::Listed;
use crate::consultations::store;
use crate::front::look::{self, Link, Weight, button_link, text_link};
use crate::front::{Asked, Place, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::{self, Names, Stop};

/// More than these are found in the lists by their days.
const MOST: u32 = 200;

/// Somebody of the register.
pub async fn page(asked: Asked, Path(person): Path<PersonId>) -> Result<Markup, Stop> {
    people::witness(&asked, person, Fields::IDENTITY.and(Fields::CONSULTATIONS)).await?;
    let mut conn = asked.read().await?;
    let theirs = is_theirs(&mut conn, &asked, person).await?;
    let listed = store::list_about(&mut conn, &asked.deed, person, theirs, MOST).await?;
    drop(conn);
    let note = match theirs {
        true => "ほかのセンターが受けた相談も、この方のことなら並びます。",
        false => "この方の担当センターではないので、自分のセンターが受けた相談だけが並びます。",
    };
    let back = format!("/people/{person}");
    let begin = format!("/consultations/new?person={person}");
    let links = [
        Link::new("登録者の記録へ", &back),
        Link::new("この方の相談を受け付ける", &begin),
    ];
    Ok(shown(&asked, &listed, note, &links).await?)
}

/// Somebody outside of it, of whom one's own center has heard.
pub async fn heard(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    stranger::enter(&asked, id).await?;
    let mut conn = asked.read().await?;
    let listed = store::list_heard(&mut conn, &asked.deed, id, MOST).await?;
    drop(conn);
    list::witness(&asked, &listed, "登録のない方").await?;
    let begin = format!("/consultations/new?stranger={id}");
    let card = format!("/consultations/of/{id}/card");
    let mut links = vec![
        Link::new("相談の一覧へ", "/consultations"),
        Link::new("この方の相談を受け付ける", &begin),
        Link::new("名前・連絡先を直す、消去の希望", &card),
    ];
    let loose = listed.first().filter(|one| one.person.is_none());
    let tie = loose.map(|one| format!("/consultations/{}/tie", one.id));
    links.extend(tie.iter().map(|href| Link::new("登録者に結びつける", href)));
    shown(&asked, &listed, "自分のセンターが受けた相談です。", &links).await
}

async fn shown(
    asked: &Asked,
    listed: &[Listed],
    note: &str,
    links: &[Link<'_>],
) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let topics = store::list_topics(&mut conn, &asked.deed).await?;
    let name = listed.first().map_or("", |one| one.name.as_str());
    let body = html! {
        p { @if !name.is_empty() { strong { (name) } "　" } (note) }
        p { @for (at, link) in links.iter().enumerate() {
            @if at == 1 { (button_link(Weight::Primary, *link)) } @else { (text_link(*link)) }
            " "
        } }
        @if listed.is_empty() {
            (look::empty("相談はありません", "この方について、ここで見られる相談はまだありません。", None))
        } @else {
            (said::table(("これまでの相談（新しい順）", asked.deed.now), listed, &names, &topics))
        }
    };
    asked.page(Place::Consultations, "これまでの相談", body)
}
