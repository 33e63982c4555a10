//! The referrals of one person, and another: what is offered, what is chosen.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{person_of, row_of, told};
use crate::audit::Fields;
use crate::clock::in_japan;
use crate::front::look::{
    self, Choice, Field, Head, Kind as Input, Link, Problems, Tone, Weight, chip, table,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{PersonId, RowId};
use crate::paths::checklists::day;
use crate::paths::pages::{admit, enter};
use crate::paths::referrals::rules::{
    Chooser, MOST_WORDS, New, Offering, Referral, Service, order,
};
use crate::paths::referrals::{acts, store};
use crate::people::{self, Stop};
use crate::scope::Right;

/// The form as typed.
#[derive(Default)]
struct Typed {
    offered: Vec<String>,
    chosen: String,
    on: String,
    by: String,
    words: String,
}

/// The list, and the choice of a service.
pub async fn page(asked: Asked, Path(person): Path<String>) -> Result<Markup, Stop> {
    let person = person_of(&person)?;
    sheet(&asked, person, None, None, &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    person: PersonId,
    service: Option<Service>,
    typed: Option<&Typed>,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let view = enter(asked, person, Fields::CARE).await?;
    let mut conn = asked.read().await?;
    let made = store::list_for_person(&mut conn, &asked.deed, view.id).await?;
    let all = store::list_organisations(&mut conn, &asked.deed).await?;
    drop(conn);
    let path = format!("/people/{}/referrals", view.id);
    let services: Vec<Choice<'_>> = Service::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let which = Field {
        name: "service",
        label: "何のための紹介ですか",
        value: service.map_or("", Service::code),
        ..Field::default()
    };
    let body = html! {
        (look::problem_summary(problems))
        (look::section("新しい紹介", html! {
            p { "選べる先をすべてお見せして、ご本人・ご家族に選んでいただきます。お見せした先と選ばれた先を残します。並び順は、方ごとに変えてあります。" }
            // By POST: for what somebody is to be referred must not stand in an address.
            (look::form(&path, html! {
                (look::hidden("step", "choose"))
                (look::select(&which, &services))
                div.buttons { button.button.secondary type="submit" { "この種類の紹介先を出す" } }
            }))
            @if let Some(service) = service { (form(&path, view.id, service, &all, typed, problems)) }
        }))
        (look::section("これまでの紹介", list(&made, &all)))
        @if asked.may(Right::Figures) { p { (look::text_link(Link::new("紹介の偏りを見る", "/referrals"))) } }
        p { (look::text_link(Link::new("登録者のページへもどる", &format!("/people/{}", view.id)))) }
    };
    let title = format!("{}さんの紹介", view.identity.value.name);
    Ok(asked.page(Place::People, &title, body)?)
}

fn form(
    path: &str,
    person: PersonId,
    service: Service,
    all: &[Offering],
    typed: Option<&Typed>,
    problems: &Problems,
) -> Markup {
    let offered = order(all, service, person);
    if offered.is_empty() {
        return look::empty(
            "この種類の紹介先が、まだ登録されていません",
            "町の管理者が「町の設定」の「紹介先」で、関係機関の受け入れ数を入れると、ここに並びます。",
            None,
        );
    }
    let nothing = Typed::default();
    let now = typed.unwrap_or(&nothing);
    let named: Vec<(String, &str)> = offered
        .iter()
        .map(|one| (one.organisation.to_string(), one.name.as_str()))
        .collect();
    let choices: Vec<Choice<'_>> = named
        .iter()
        .map(|(id, name)| Choice::new(id, name))
        .collect();
    // All are offered unless somebody says otherwise.
    let ticked: Vec<&str> = match typed {
        Some(typed) => typed.offered.iter().map(String::as_str).collect(),
        None => named.iter().map(|(id, _)| id.as_str()).collect(),
    };
    let by: Vec<Choice<'_>> = Chooser::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let field = |name, label, value| Field {
        name,
        label,
        value,
        problem: problems.of(name),
        ..Field::default()
    };
    look::form(
        path,
        html! {
            (look::hidden("service", service.code()))
            (look::checks(&field("offered", "お見せした先", ""), &choices, &ticked))
            (look::radios(&Field { required: true, ..field("chosen", "選ばれた先", &now.chosen) }, &choices))
            (look::radios(&Field { required: true, ..field("by", "だれが選びましたか", &now.by) }, &by))
            (look::field(&Field { kind: Input::Short, hint: "空けておくと今日になります。例：R8.4.1、2026-04-01", ..field("on", "紹介した日", &now.on) }))
            (look::field(&Field { kind: Input::Textarea, hint: "お見せしなかった先があるときは、その理由を書いてください。", ..field("words", "選んだ理由・メモ", &now.words) }))
            (look::buttons("紹介を記録する", None))
        },
    )
}

fn list(made: &[Referral], all: &[Offering]) -> Markup {
    if made.is_empty() {
        return look::empty("まだありません", "紹介を記録すると、ここに並びます。", None);
    }
    let named = |id: RowId| {
        let found = all.iter().find(|one| one.organisation == id);
        found.map_or("（いまは受け入れていない先）", |one| {
            one.name.as_str()
        })
    };
    let head = ["日付", "種類", "選ばれた先", "記録"].map(Head::new);
    let rows: Vec<Vec<Markup>> = made
        .iter()
        .map(|one| {
            vec![
                html! { (day(one.on)) },
                html! { (one.service.word()) },
                html! { (named(one.organisation)) " " small { "（" (one.told.offered.len()) "か所から。" (one.told.by.word()) "）" }
                    @for line in one.told.words.lines() { p { (line) } } },
                html! {
                    @if one.void { (chip(Tone::Plain, "取り消し")) }
                    @else { (look::act(Weight::Quiet, "取り消す", one.service.word(), &format!("/referrals/{}/voiding", one.id), &[])) }
                },
            ]
        })
        .collect();
    table("紹介の一覧", &head, &rows)
}

/// Shows what is offered for a service; or keeps a referral, or gives the form back.
pub async fn refer(
    asked: Asked,
    Path(person): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Stop> {
    let person = person_of(&person)?;
    admit(&asked, person).await?;
    let of = |name: &str| {
        let found = fields.iter().find(|(of, _)| of == name);
        found.map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let offered = fields.iter().filter(|(name, _)| name == "offered");
    let typed = Typed {
        offered: offered.map(|(_, value)| value.clone()).collect(),
        chosen: of("chosen"),
        on: of("on"),
        by: of("by"),
        words: of("words"),
    };
    let service = Service::from_code(&of("service"));
    if of("step") == "choose" {
        let page = sheet(&asked, person, service, None, &Problems::default()).await?;
        return Ok(page.into_response());
    }
    let today = in_japan(asked.deed.now).date();
    let mut problems = Problems::default();
    if let Some(new) = read(service, &typed, today, &mut problems) {
        match acts::refer(asked.db(), &asked.deed, person, new).await {
            Ok(_) => {
                let flash = Flash::done("紹介を記録しました。");
                return Ok(asked.redirect(&format!("/people/{person}/referrals"), flash));
            }
            Err(refusal) => match told(&refusal) {
                Some((field, words)) => problems.add(field, words),
                None => return Err(refusal.into()),
            },
        }
    }
    let page = sheet(&asked, person, service, Some(&typed), &problems).await?;
    Err(Problem::Refused(page).into())
}

fn read(
    service: Option<Service>,
    typed: &Typed,
    today: Date,
    problems: &mut Problems,
) -> Option<New> {
    if service.is_none() {
        problems.add("service", "何のための紹介かを選んでください。");
    }
    let offered: Vec<RowId> = typed
        .offered
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    let chosen = typed.chosen.parse().ok();
    if chosen.is_none() {
        problems.add("chosen", "選ばれた先を選んでください。");
    }
    let by = Chooser::from_code(&typed.by);
    if by.is_none() {
        problems.add("by", "だれが選んだかを入れてください。");
    }
    let on = match typed.on.is_empty() {
        true => Some(today),
        false => words::date::parse_full(&typed.on)
            .map_err(|problem| problems.add("on", problem.to_string()))
            .ok(),
    };
    let words = people::paragraph(&typed.words, MOST_WORDS)
        .map_err(|problem| problems.add("words", problem.to_string()))
        .ok();
    let new = New {
        service: service?,
        chosen: chosen?,
        offered,
        on: on?,
        by: by?,
        words: words?,
    };
    problems.is_empty().then_some(new)
}

/// Marks a referral as a slip.
pub async fn put_void(asked: Asked, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = row_of(&id)?;
    let found = store::find(&mut asked.read().await?, &asked.deed, id).await?;
    admit(&asked, found.person).await?;
    let person = acts::put_void(asked.db(), &asked.deed, id).await?;
    let flash = Flash::done("紹介を取り消しました。数えません。");
    Ok(asked.redirect(&format!("/people/{person}/referrals"), flash))
}
