//! What organisations of the directory offer, and which of them support the network.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::{row_of, told};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Kind as Input, Link, Problems, Tone, chip, table};
use crate::front::{Asked, Flash, Problem};
use crate::networks::{Side, settings_page};
use crate::paths::checklists::day;
use crate::paths::referrals::rules::{MOST_CAPACITY, Offering, Service};
use crate::paths::referrals::{acts, store};

/// Every organisation.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    let all = store::list_organisations(&mut asked.read().await?, &asked.deed).await?;
    let today = in_japan(asked.deed.now).date();
    let head = ["関係機関", "受け入れている種類", "支援団体"].map(Head::new);
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|one| {
            let places = one.places.iter();
            let places: Vec<String> =
                places.map(|(service, count)| format!("{} {count}", service.word())).collect();
            vec![
                html! { a href={ "/town/referrals/" (one.organisation) } { (one.name) } },
                html! { @if places.is_empty() { "まだ入っていません" } @else { (places.join("、")) } },
                html! { @if one.is_sponsor(today) { (chip(Tone::Notice, "支援団体")) } @else { "—" } },
            ]
        })
        .collect();
    let body = html! {
        p { "紹介のときに選べる先と受け入れ数、会費などで見守りネットワークを支えている期間を決めます。紹介が支援団体に偏っていないかを確かめるために使います。" }
        @if rows.is_empty() {
            (look::empty("関係機関がまだありません", "先に「関係機関」で、事業所などを加えてください。", None))
        } @else { (table("紹介先", &head, &rows)) }
        p { (look::text_link(Link::new("紹介の偏りを見る", "/referrals"))) }
    };
    settings_page(&asked, Side::Referrals, "紹介先", body)
}

/// The form as typed.
type Typed = Vec<(String, String)>;

fn of<'a>(typed: &'a Typed, name: &str) -> &'a str {
    let found = typed.iter().find(|(of, _)| of == name);
    found.map_or("", |(_, value)| value.trim())
}

fn typed_from(one: &Offering) -> Typed {
    let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut typed = vec![
        ("since".to_owned(), text(one.since)),
        ("until".to_owned(), text(one.until)),
        ("version".to_owned(), one.version.to_string()),
    ];
    for (service, count) in &one.places {
        typed.push((service.code().to_owned(), count.to_string()));
    }
    typed
}

async fn own(asked: &Asked, id: &str) -> Result<Offering, Problem> {
    let id = row_of(id)?;
    let all = store::list_organisations(&mut asked.read().await?, &asked.deed).await?;
    let found = all.into_iter().find(|one| one.organisation == id);
    found.ok_or(Problem::NotFound)
}

/// One organisation.
pub async fn page(asked: Asked, Path(id): Path<String>) -> Result<Markup, Problem> {
    let one = own(&asked, &id).await?;
    sheet(&asked, &one, &typed_from(&one), &Problems::default())
}

fn sheet(
    asked: &Asked,
    one: &Offering,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let field = |name, label, kind, hint| Field {
        name,
        label,
        kind,
        hint,
        value: of(typed, name),
        problem: problems.of(name),
        ..Field::default()
    };
    let era = "例：R8.4.1、2026-04-01。支援団体でないときは空けておきます。";
    let body = html! {
        p { strong { (one.name) } }
        (look::problem_summary(problems))
        (look::form(&format!("/town/referrals/{}", one.organisation), html! {
            (look::hidden("version", of(typed, "version")))
            (look::fieldset("受け入れ数（空けておくと、紹介先に出ません）", html! {
                div.pair { @for service in Service::ALL {
                    (look::field(&field(service.code(), service.word(), Input::Number, "")))
                } }
            }))
            (look::fieldset("支援団体である期間", html! {
                (look::field(&field("since", "始まり", Input::Short, era)))
                (look::field(&field("until", "終わり", Input::Short, "続いているときは空けておきます。")))
            }))
            (look::buttons("保存する", Some(Link::new("やめる", "/town/referrals"))))
        }))
        @if let Some(since) = one.since {
            p { small { "いまの登録：" (day(since)) "から" @if let Some(until) = one.until { (day(until)) "まで" } } }
        }
    };
    settings_page(asked, Side::Referrals, "紹介先の受け入れ", body)
}

/// Keeps it, or gives the form back.
pub async fn save(
    asked: Asked,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let one = own(&asked, &id).await?;
    let mut problems = Problems::default();
    if let Some(offering) = read(&one, &typed, &mut problems) {
        match acts::keep_organisation(asked.db(), &asked.deed, offering).await {
            Ok(()) => return Ok(asked.redirect("/town/referrals", Flash::done("保存しました。"))),
            Err(refusal) => match told(&refusal) {
                Some((_, words)) => problems.add("since", words),
                None => return Err(refusal.into()),
            },
        }
    }
    Err(Problem::Refused(sheet(&asked, &one, &typed, &problems)?))
}

fn read(one: &Offering, typed: &Typed, problems: &mut Problems) -> Option<Offering> {
    let mut places = Vec::new();
    for service in Service::ALL {
        let text = of(typed, service.code());
        if text.is_empty() {
            continue;
        }
        let folded = words::digits::fold(text).unwrap_or_default();
        match folded
            .parse()
            .ok()
            .filter(|count| (1..=MOST_CAPACITY).contains(count))
        {
            Some(count) => places.push((*service, count)),
            None => problems.add(
                service.code(),
                format!("1から{MOST_CAPACITY}までの数を入れるか、空けておいてください。"),
            ),
        }
    }
    let mut read_day = |name: &str| match of(typed, name) {
        "" => None,
        text => words::date::parse_full(text)
            .map_err(|problem| problems.add(name, problem.to_string()))
            .ok(),
    };
    let (since, until) = (read_day("since"), read_day("until"));
    if until.is_some() && since.is_none_or(|since| until < Some(since)) {
        problems.add("until", "終わりの日は、始まりの日より後にしてください。");
    }
    problems.is_empty().then(|| Offering {
        since,
        until,
        places,
        version: of(typed, "version").parse().unwrap_or_default(),
        ..one.clone()
    })
}
