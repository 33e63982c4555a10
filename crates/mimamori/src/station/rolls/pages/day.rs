//! The rolls of a day: to print one, and to send a photo of a sheet.

use axum::extract::Path;
use maud::{Markup, html};

use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Kind, Problems, Weight, button_link};
use crate::front::{Asked, Problem};
use crate::ids::RowId;
use crate::station::courses::{self, Side, sided};
use crate::station::rolls::acts::Whom;
use crate::station::rolls::rules::{Sheet, State};
use crate::station::rolls::store;

/// The address.
pub fn path(day: RowId) -> String {
    format!("/station/days/{day}/rolls")
}

/// The page. Nobody's name stands on it.
pub async fn page(asked: Asked, Path(day): Path<RowId>) -> Result<Markup, Problem> {
    shown(&asked, day, &Problems::default()).await
}

/// The page with what was wrong with a photo.
pub async fn shown(asked: &Asked, day: RowId, problems: &Problems) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let day = courses::find_day(&mut conn, &asked.deed, day).await?;
    let sheets = store::list_of_day(&mut conn, &asked.deed, day.id).await?;
    drop(conn);
    let body = html! {
        p { strong { (day.details.title) } "　" (courses::day_words(day.day)) (day.details.hours.to_string()) "　"
            a href={ "/station/days/" (day.id) "/door" } { "受付の画面" } }
        (look::problem_summary(problems))
        @if !sheets.is_empty() { (table(&sheets)) (photo(day.id, problems)) }
        (look::section("紙の出席表を印刷する", printing(day.id)))
    };
    sided(asked, Side::Door, "紙の出席表", body)
}

fn table(sheets: &[Sheet]) -> Markup {
    let head = ["用紙", "印刷・記録の時刻", "状態", ""].map(Head::new);
    let row = |one: &Sheet| {
        let last = one.order.first + one.order.rows.len() - 1;
        vec![
            html! { (one.page) "枚目（" (one.order.first) "～" (last) "番）" },
            html! { (in_japan(one.at).strftime("%-m月%-d日 %-H:%M").to_string()) },
            html! { (one.state.word()) },
            html! { @if one.state == State::Read {
                (button_link(Weight::Primary, look::Link::new("確かめて記録する", &format!("/station/rolls/{}", one.id))))
            } },
        ]
    };
    let rows: Vec<Vec<Markup>> = sheets.iter().map(row).collect();
    look::table("この回の用紙", &head, &rows)
}

fn photo(day: RowId, problems: &Problems) -> Markup {
    let field = Field {
        name: "photo",
        label: "用紙の写真",
        hint: "JPEGかPNG、24 MBまで。1枚ずつ、四隅の丸い印とコードが全部入るように写してください。写真は読み取りだけに使い、保存しません。",
        problem: problems.of("photo"),
        kind: Kind::Text,
        required: true,
        ..Field::default()
    };
    look::section(
        "印のついた用紙を読み取る",
        look::upload_form(
            &path(day),
            html! {
                (look::file(&field, "image/jpeg,image/png"))
                (look::buttons("読み取る", None))
            },
        ),
    )
}

fn printing(day: RowId) -> Markup {
    let choices: Vec<Choice<'_>> = Whom::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let field = Field {
        name: "whom",
        label: "だれをのせるか",
        value: Whom::SignedUp.code(),
        ..Field::default()
    };
    html! {
        p { "会場に置いて、いらした方に印をつけてもらいます。終わったら写真を撮ると、だれが来たかを読み取ります。印刷したあとに申し込んだ方は、空いた行に書いてもらうか、受付の画面で受け付けてください。" }
        (look::form(&format!("/papers/rolls/{day}"), html! {
            (look::radios(&field, &choices))
            (look::buttons("印刷する", None))
        }))
    }
}
