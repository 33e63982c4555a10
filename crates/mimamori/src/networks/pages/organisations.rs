//! The directory of hospitals, fire and police stations.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use words::phone::Phone;

use super::{Side, line, page};
use crate::front::look::{
    Choice, Field, Head, Kind, Link, Problems, Tone, Weight, act, buttons, chip, empty, field,
    form, hidden, problem_summary, section, select, table, text_link,
};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::networks::acts;
use crate::networks::rules::{ORGANISATION_KINDS, Organisation, OrganisationKind};
use crate::networks::store;

/// The form as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct OrganisationForm {
    kind: String,
    name: String,
    phones: String,
    version: i64,
}

/// The directory, and the form for a new entry.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    list_page(&asked, &OrganisationForm::default(), &Problems::default()).await
}

async fn list_page(
    asked: &Asked,
    typed: &OrganisationForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let all = store::list_organisations(&mut asked.read().await?, &asked.deed.scope).await?;
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    let body = html! {
        p { "照会の電話を、ここにある番号へかけ直すと、相手を確かめられます。関係機関のアカウントも、ここの機関に属します。" }
        @if rows.is_empty() { (empty("まだありません", "町の病院、消防署、警察署を加えてください。", None)) }
        @else { (table("関係機関", &["名前", "種類", "電話番号", "状態"].map(Head::new), &rows)) (asked.export("organisations")) }
        (section("機関を加える", html! {
            (problem_summary(problems))
            (form("/town/organisations", html! { (fields(typed, problems)) (buttons("加える", None)) }))
        }))
    };
    page(asked, Side::Organisations, "関係機関", body)
}

fn row(organisation: &Organisation) -> Vec<Markup> {
    let state = match organisation.closed_at {
        None => chip(Tone::Good, "利用中"),
        Some(_) => chip(Tone::Warning, "休止"),
    };
    let href = format!("/town/organisations/{}", organisation.id);
    vec![
        text_link(Link::new(&organisation.name, &href)),
        html! { (organisation.kind.word()) },
        html! { @for phone in &organisation.phones { div { (phone) } } },
        state,
    ]
}

fn fields(typed: &OrganisationForm, problems: &Problems) -> Markup {
    let kinds: Vec<Choice<'_>> = ORGANISATION_KINDS
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.word()))
        .collect();
    let text = |name, label, hint, value, kind| {
        field(&Field {
            name,
            label,
            hint,
            value,
            kind,
            required: true,
            problem: problems.of(name),
            ..Field::default()
        })
    };
    html! {
        (select(&Field { name: "kind", label: "種類", value: &typed.kind, required: true,
            problem: problems.of("kind"), ..Field::default() }, &kinds))
        (text("name", "名前", "", &typed.name, Kind::Text))
        (text("phones", "電話番号", "1行に1つ。公表されている番号を入れてください。", &typed.phones, Kind::Textarea))
    }
}

fn parse(
    typed: &OrganisationForm,
    id: RowId,
    closed_at: Option<i64>,
) -> (Option<Organisation>, Problems) {
    let mut problems = Problems::default();
    let kind = OrganisationKind::from_code(&typed.kind);
    if kind.is_none() {
        problems.add("kind", "種類を選んでください。");
    }
    let name = line("name", &typed.name, &mut problems);
    let mut phones = Vec::new();
    for (number, text) in (1..)
        .zip(typed.phones.lines())
        .filter(|(_, text)| !text.trim().is_empty())
    {
        match Phone::parse(text) {
            Ok(phone) => phones.push(phone),
            Err(problem) => problems.add("phones", format!("{number}行目：{problem}")),
        }
    }
    if phones.is_empty() && problems.of("phones").is_none() {
        problems.add(
            "phones",
            "かけ直して確かめるための番号を、1つは入れてください。",
        );
    }
    let version = typed.version;
    let organisation = kind.map(|kind| Organisation {
        id,
        kind,
        name,
        phones,
        closed_at,
        version,
    });
    (organisation, problems)
}

/// Adds an entry.
pub async fn add(asked: Asked, Form(typed): Form<OrganisationForm>) -> Result<Response, Problem> {
    let (new, problems) = parse(&typed, RowId(0), None);
    let Some(new) = new.filter(|_| problems.is_empty()) else {
        return Err(Problem::Refused(
            list_page(&asked, &typed, &problems).await?,
        ));
    };
    acts::add_organisation(asked.db(), &asked.deed, new).await?;
    Ok(asked.redirect("/town/organisations", Flash::done("加えました。")))
}

async fn find(asked: &Asked, id: RowId) -> Result<Organisation, Problem> {
    let found = store::find_organisation(&mut asked.read().await?, &asked.deed.scope, id).await?;
    found.ok_or(Problem::NotFound)
}

/// One entry.
pub async fn show(asked: Asked, Path(organisation): Path<RowId>) -> Result<Markup, Problem> {
    let one = find(&asked, organisation).await?;
    let phones: Vec<String> = one.phones.iter().map(Phone::to_string).collect();
    let typed = OrganisationForm {
        kind: one.kind.code().to_owned(),
        name: one.name.clone(),
        phones: phones.join("\n"),
        version: one.version,
    };
    one_page(&asked, &one, &typed, &Problems::default())
}

fn one_page(
    asked: &Asked,
    one: &Organisation,
    typed: &OrganisationForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let base = format!("/town/organisations/{}", one.id);
    let body = html! {
        (problem_summary(problems))
        (form(&base, html! {
            (fields(typed, problems))
            (hidden("version", &typed.version.to_string()))
            (buttons("保存する", Some(Link::new("一覧へもどる", "/town/organisations"))))
        }))
        (section("利用をやめる", match one.closed_at {
            None => act(Weight::Quiet, "一覧から外す", "", &format!("{base}/close"), &[]),
            Some(_) => act(Weight::Secondary, "一覧にもどす", "", &format!("{base}/reopen"), &[]),
        }))
    };
    page(asked, Side::Organisations, &one.name, body)
}

/// Keeps an entry.
pub async fn save(
    asked: Asked,
    Path(organisation): Path<RowId>,
    Form(typed): Form<OrganisationForm>,
) -> Result<Response, Problem> {
    let before = find(&asked, organisation).await?;
    let (after, problems) = parse(&typed, before.id, before.closed_at);
    let Some(after) = after.filter(|_| problems.is_empty()) else {
        return Err(Problem::Refused(one_page(
            &asked, &before, &typed, &problems,
        )?));
    };
    acts::change_organisation(asked.db(), &asked.deed, after).await?;
    Ok(asked.redirect(
        &format!("/town/organisations/{organisation}"),
        Flash::done("保存しました。"),
    ))
}

/// Takes an entry out of the directory.
pub async fn close(asked: Asked, Path(organisation): Path<RowId>) -> Result<Response, Problem> {
    let before = find(&asked, organisation).await?;
    let closed_at = Some(asked.deed.at());
    acts::change_organisation(
        asked.db(),
        &asked.deed,
        Organisation {
            closed_at,
            ..before
        },
    )
    .await?;
    let base = format!("/town/organisations/{organisation}");
    let flash = Flash::done("一覧から外しました。").undo("元にもどす", &format!("{base}/reopen"));
    Ok(asked.redirect(&base, flash))
}

/// Takes an entry back into the directory.
pub async fn reopen(asked: Asked, Path(organisation): Path<RowId>) -> Result<Response, Problem> {
    let before = find(&asked, organisation).await?;
    acts::change_organisation(
        asked.db(),
        &asked.deed,
        Organisation {
            closed_at: None,
            ..before
        },
    )
    .await?;
    Ok(asked.redirect(
        &format!("/town/organisations/{organisation}"),
        Flash::done("一覧にもどしました。"),
    ))
}
