//! Whom the drawn areas reach, line by line: a line that finds nobody is silent otherwise.

use axum::response::Response;
use maud::{Markup, html};

use super::names::Names;
use crate::front::look::{self, Head, Link, Tone, Weight};
use crate::front::{Asked, Flash, Problem};
use crate::ids::CenterId;
use crate::networks::{self, Hit, Side};
use crate::people::acts::{self, MOST_SETTLED, Reach};
use crate::scope::Right;

const HERE: &str = "/town/areas";

/// The lines with how many people each finds, and who is found by none.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let reach = acts::reach(&mut conn, &asked.deed).await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    drop(conn);
    let body = html! {
        p { "担当区域の1行ごとに、登録している方の何人に当てはまるかを数えました。0人の行は、町の名前の書き方が住所とちがうのかもしれません。" }
        (waiting(&reach))
        (lost(&asked, &reach))
        @for (center, name) in names.centers() { (of_center((*center, name), &reach)) }
    };
    networks::settings_page(&asked, Side::Centers, "担当区域の届きぐあい", body)
}

/// Those whom a line finds by now.
fn waiting(reach: &Reach) -> Markup {
    html! { @if !reach.waiting.is_empty() {
        (look::notice(Tone::Warning, &format!("担当センターをこれから決められる方が{}人います", reach.waiting.len()), html! {
            p { "登録のあとで区域を書き足したり直したりした分です。いまの区域から担当センターを決めます。手で決めた方や、担当センターがもう決まっている方は変わりません。" }
            (look::act(Weight::Primary, "いまの区域で担当センターを決める", "", "/town/areas/settling", &[]))
        }))
    } }
}

/// Those whom no line finds.
fn lost(asked: &Asked, reach: &Reach) -> Markup {
    let named: i64 = reach.places.iter().map(|(_, people)| people).sum();
    html! { @if reach.lost > 0 {
        (look::notice(Tone::Warning, &format!("どの行にも当てはまらず、担当センターが決まっていない方が{}人います", reach.lost), html! {
            @if !reach.places.is_empty() {
                p { "住所に多い町の名前です。担当するセンターの区域に書き足してください。" }
                ul { @for (place, people) in &reach.places { li { (place) "　" (people) "人" } }
                    @if named < reach.lost { li { "そのほか　" (reach.lost - named) "人" } } }
            } @else { p { "住所が入っていないか、町の名前が読み取れない方です。" } }
            @if asked.may(Right::ReadPeople) {
                p { (look::text_link(Link::new("担当センターが決まっていない方の一覧", "/people?center=none"))) }
            } @else {
                p { "センターの職員が「登録者」を「担当センターが決まっていない方」でしぼりこむと、一覧になります。" }
            }
        }))
    } }
}

fn of_center((center, name): (CenterId, &str), reach: &Reach) -> Markup {
    let head = [
        Head::new("区域"),
        Head::figures("当てはまる方"),
        Head::figures("うち、書き方がちがう住所"),
    ];
    let lines = reach.lines.areas().iter().enumerate();
    let rows: Vec<Vec<Markup>> = lines
        .filter(|(_, area)| area.center == center)
        .map(|(line, area)| {
            let found = |exact| reach.found.get(&Hit { line, exact }).copied().unwrap_or(0);
            let (exact, otherwise) = (found(true), found(false));
            vec![
                html! { (area.line()) },
                html! { @if exact + otherwise == 0 { (look::chip(Tone::Warning, "0人")) } @else { (exact + otherwise) "人" } },
                html! { @if otherwise > 0 { (otherwise) "人" } @else { "―" } },
            ]
        })
        .collect();
    look::section(
        name,
        html! {
            @if rows.is_empty() { p { "区域が書かれていません。" } }
            @else { (look::table(&format!("{name}の担当区域"), &head, &rows)) }
            p { (look::text_link(Link::new(&format!("{name}の担当区域を直す"), &format!("/town/centers/{center}/areas")))) }
        },
    )
}

/// Gives those a center whom a line finds by now.
pub async fn settle(asked: Asked) -> Result<Response, Problem> {
    let settled = acts::settle(asked.db(), &asked.deed).await?;
    let flash = match settled {
        0 => "新しく担当センターが決まる方はいませんでした。".to_owned(),
        MOST_SETTLED => format!(
            "{settled}人の担当センターを決めました。残っている方がいれば、もう一度押してください。"
        ),
        settled => format!("{settled}人の担当センターを決めました。"),
    };
    Ok(asked.redirect(HERE, Flash::done(&flash)))
}
