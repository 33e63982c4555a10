//! The sign-ups of one day.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::form;
use super::said::{self, Named};
use words::phone::Phone;

use crate::front::look::{self, Choice, Field, Link, Problems, Tone, Weight, button_link};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses::{self, CourseDay, Side, Typed, sided};
use crate::station::signups::acts;
use crate::station::signups::rules::{Room, State, stands};
use crate::station::signups::store;

/// Of those who wait, so many are shown; nobody reads more.
const MOST_SHOWN: i64 = 300;

/// The page.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let day = find(&asked, id).await?;
    show(&asked, &day, form::blank(&asked, &day)).await
}

/// The day, if it is this town's.
pub async fn find(asked: &Asked, id: RowId) -> Result<CourseDay, Problem> {
    Ok(courses::find_day(&mut asked.read().await?, &asked.deed, id).await?)
}

async fn all(asked: &Asked, day: &CourseDay) -> Result<(Room, Vec<Named>), Problem> {
    let mut conn = asked.read().await?;
    let room = store::room(&mut conn, &asked.deed, day).await?;
    let mut found = Vec::new();
    for state in State::ALL {
        let some = store::list_of_day(&mut conn, &asked.deed, day.id, *state, MOST_SHOWN).await?;
        found.extend(some);
    }
    drop(conn);
    Ok((room, said::named(asked, found).await?))
}

/// The day with a form, empty or as it was sent.
pub async fn show(asked: &Asked, day: &CourseDay, form: Markup) -> Result<Markup, Problem> {
    let (room, all) = all(asked, day).await?;
    if !all.is_empty() {
        let what = said::day_line("申し込みの一覧", day);
        said::witness(asked, &what, all.iter().map(|one| one.person)).await?;
    }
    let of = |state: State| -> Vec<&Named> {
        let all = all.iter();
        all.filter(|one| one.signup.state == state).collect()
    };
    let standing = [State::In, State::Offered, State::Waiting, State::Gone].map(of);
    let [inside, offered, waiting, gone] = &standing;
    let body = html! {
        p { (said::day_words(day)) "　" (held(day)) }
        (said::room(&room))
        p {
            (button_link(Weight::Secondary, Link::new("受付の画面", &format!("/station/days/{}/door", day.id)))) " "
            a href={ "/station/days/" (day.id) "/rolls" } { "紙の出席表" } "　"
            a href={ "/station/days/" (day.id) } { "この回の内容" }
        }
        (untold(day, &all))
        (look::section("申し込みを受ける", form))
        @if all.is_empty() {
            (look::empty("申し込みはまだありません", "窓口や電話で受けた申し込みが、ここに受付の順に並びます。", None))
        }
        @if !offered.is_empty() { (said::table("お返事待ち（席をおさえています）", offered, day)) }
        @if !inside.is_empty() { (said::table("参加", inside, day)) }
        @if !waiting.is_empty() { (said::table("キャンセル待ち（上から順にご案内します）", waiting, day)) }
        @if !gone.is_empty() { (said::table("取り消し", gone, day)) }
    };
    sided(asked, Side::SignUps, "申し込み", body)
}

fn held(day: &CourseDay) -> Markup {
    match day.state {
        courses::State::Planned => html! {},
        courses::State::Off => look::chip(Tone::Danger, "中止"),
        courses::State::Ended => look::chip(Tone::Plain, "終えた講座"),
    }
}

fn untold(day: &CourseDay, all: &[Named]) -> Markup {
    let stands = stands(day);
    let untold: Vec<&Named> = all
        .iter()
        .filter(|one| one.signup.state != State::Gone && one.signup.told != stands)
        .collect();
    if untold.is_empty() {
        return html! {};
    }
    let labels: Vec<(String, String)> = untold
        .iter()
        .map(|one| {
            let phone = one
                .phone
                .as_ref()
                .map_or("電話なし".to_owned(), Phone::to_string);
            (
                one.signup.id.to_string(),
                format!("{}　{phone}", one.name()),
            )
        })
        .collect();
    let choices: Vec<Choice<'_>> = labels
        .iter()
        .map(|(id, label)| Choice::new(id, label))
        .collect();
    let field = Field {
        name: "told",
        label: "知らせた方に印をつけてください",
        ..Field::default()
    };
    look::notice(
        Tone::Warning,
        "変更・中止をまだ知らせていない方がいます",
        look::form(
            &format!("/station/days/{}/signups/told", day.id),
            html! {
                (look::checks(&field, &choices, &[]))
                (look::button(Weight::Primary, "知らせたことを記録する", "do", "told"))
            },
        ),
    )
}

/// Whoever is ticked was told how the day stands.
pub async fn tell(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let day = find(&asked, id).await?;
    let typed = Typed(sent);
    let ids = typed.all("told").into_iter().flat_map(str::parse).collect();
    let told = acts::tell(asked.db(), &asked.deed, day.id, ids).await?;
    let flash = match told {
        0 => Flash::not_done("知らせた方に印をつけてから、押してください。"),
        told => Flash::done(&format!("{told}人に知らせたことを記録しました。")),
    };
    Ok(asked.redirect(&path(day.id), flash))
}

/// The address of a day's sign-ups.
pub fn path(day: RowId) -> String {
    format!("/station/days/{day}/signups")
}

/// The page with the form as it was refused.
pub async fn refused(
    asked: &Asked,
    day: &CourseDay,
    typed: &Typed,
    problems: &Problems,
) -> Result<Problem, Problem> {
    let form = form::as_sent(asked, day, typed, problems).await?;
    Ok(Problem::Refused(show(asked, day, form).await?))
}
