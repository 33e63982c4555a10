//! Centers: the list, and one of them.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Side, line, optional_phone, page, phone_words};
use crate::front::look::{
    Field, Head, Kind, Link, Problems, Tone, Weight, act, button_link, buttons, chip, field, form,
    hidden, problem_summary, section, table, text_link,
};
use crate::front::{Asked, Flash, Problem};
use crate::ids::CenterId;
use crate::networks::acts::{self, CenterCard, Closed};
use crate::networks::rules::Center;
use crate::networks::store;

/// The form as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct CenterForm {
    name: String,
    address: String,
    day_phone: String,
    night_phone: String,
    version: i64,
}

/// The center, if it is this town's.
pub(super) async fn find(asked: &Asked, center: CenterId) -> Result<Center, Problem> {
    let found = store::find_center(&mut asked.read().await?, &asked.deed.scope, center).await?;
    found.ok_or(Problem::NotFound)
}

/// The list, and the form for a new one.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    list_page(&asked, &CenterForm::default(), &Problems::default()).await
}

async fn list_page(
    asked: &Asked,
    typed: &CenterForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let centers = store::list_centers(&mut asked.read().await?, &asked.deed.scope).await?;
    let rows: Vec<Vec<Markup>> = centers.iter().map(row).collect();
    let head = ["センター", "住所", "昼の電話", "夜間の電話", "状態"].map(Head::new);
    let body = html! {
        (table("センター", &head, &rows))
        (asked.export("centers"))
        (section("センターを加える", html! {
            (problem_summary(problems))
            (form("/town/centers", html! { (fields(typed, problems)) (buttons("加える", None)) }))
        }))
    };
    page(asked, Side::Centers, "センター", body)
}

fn row(center: &Center) -> Vec<Markup> {
    let state = match center.closed_at {
        None => chip(Tone::Good, "利用中"),
        Some(_) => chip(Tone::Warning, "休止"),
    };
    let phone = |phone| html! { (phone_words(phone)) };
    vec![
        text_link(Link::new(
            &center.name,
            &format!("/town/centers/{}", center.id),
        )),
        html! { (center.address) },
        phone(center.day_phone.as_ref()),
        phone(center.night_phone.as_ref()),
        state,
    ]
}

fn fields(typed: &CenterForm, problems: &Problems) -> Markup {
    let text = |name, label, hint, value, kind| {
        field(&Field {
            name,
            label,
            hint,
            value,
            kind,
            required: name == "name",
            problem: problems.of(name),
            ..Field::default()
        })
    };
    html! {
        (text("name", "名前", "", &typed.name, Kind::Text))
        (text("address", "住所", "", &typed.address, Kind::Long))
        (text("day_phone", "昼の電話番号", "なければ、町の番号になります。", &typed.day_phone, Kind::Tel))
        (text("night_phone", "夜間・休日の電話番号", "", &typed.night_phone, Kind::Tel))
    }
}

fn parse(typed: &CenterForm) -> (CenterCard, Problems) {
    let mut problems = Problems::default();
    let card = CenterCard {
        name: line("name", &typed.name, &mut problems),
        address: typed.address.trim().to_owned(),
        day_phone: optional_phone("day_phone", &typed.day_phone, &mut problems),
        night_phone: optional_phone("night_phone", &typed.night_phone, &mut problems),
    };
    (card, problems)
}

/// Adds a center.
pub async fn add(asked: Asked, Form(typed): Form<CenterForm>) -> Result<Response, Problem> {
    let (card, problems) = parse(&typed);
    if !problems.is_empty() {
        return Err(Problem::Refused(
            list_page(&asked, &typed, &problems).await?,
        ));
    }
    let id = acts::add_center(asked.db(), &asked.deed, card).await?;
    let flash = Flash::done("センターを加えました。担当区域と開所時間を決めてください。");
    Ok(asked.redirect(&format!("/town/centers/{id}"), flash))
}

/// One center.
pub async fn show(asked: Asked, Path(center): Path<CenterId>) -> Result<Markup, Problem> {
    let center = find(&asked, center).await?;
    let typed = CenterForm {
        name: center.name.clone(),
        address: center.address.clone(),
        day_phone: phone_words(center.day_phone.as_ref()),
        night_phone: phone_words(center.night_phone.as_ref()),
        version: center.version,
    };
    one_page(&asked, &center, &typed, &Problems::default())
}

fn one_page(
    asked: &Asked,
    center: &Center,
    typed: &CenterForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let base = format!("/town/centers/{}", center.id);
    let (areas, hours) = (format!("{base}/areas"), format!("{base}/hours"));
    let operator = format!("{base}/operator");
    let body = html! {
        p {
            (button_link(Weight::Secondary, Link::new("担当区域", &areas))) " "
            (button_link(Weight::Secondary, Link::new("開所時間と休み", &hours))) " "
            (button_link(Weight::Secondary, Link::new("受託法人と交代", &operator)))
        }
        (problem_summary(problems))
        (form(&base, html! {
            (fields(typed, problems))
            (hidden("version", &typed.version.to_string()))
            (buttons("保存する", Some(Link::new("センターの一覧へ", "/town/centers"))))
        }))
        (section("利用をやめる", match center.closed_at {
            None => html! {
                p { "やめると、新しい登録者はこのセンターの担当になりません。あとで再開できます。" }
                (act(Weight::Quiet, "利用をやめる", "", &format!("{base}/close"), &[]))
            },
            Some(_) => act(Weight::Secondary, "利用を再開する", "", &format!("{base}/reopen"), &[]),
        }))
    };
    page(asked, Side::Centers, &center.name, body)
}

/// Keeps a center's card.
pub async fn save(
    asked: Asked,
    Path(center): Path<CenterId>,
    Form(typed): Form<CenterForm>,
) -> Result<Response, Problem> {
    let before = find(&asked, center).await?;
    let (card, problems) = parse(&typed);
    if !problems.is_empty() {
        return Err(Problem::Refused(one_page(
            &asked, &before, &typed, &problems,
        )?));
    }
    acts::change_center(asked.db(), &asked.deed, center, typed.version, card).await?;
    Ok(asked.redirect(
        &format!("/town/centers/{center}"),
        Flash::done("保存しました。"),
    ))
}

/// Gives the center up.
pub async fn close(asked: Asked, Path(center): Path<CenterId>) -> Result<Response, Problem> {
    acts::close_center(asked.db(), &asked.deed, center, Closed::Yes).await?;
    let base = format!("/town/centers/{center}");
    let flash = Flash::done("利用をやめました。").undo("元にもどす", &format!("{base}/reopen"));
    Ok(asked.redirect(&base, flash))
}

/// Takes the center back.
pub async fn reopen(asked: Asked, Path(center): Path<CenterId>) -> Result<Response, Problem> {
    acts::close_center(asked.db(), &asked.deed, center, Closed::No).await?;
    Ok(asked.redirect(
        &format!("/town/centers/{center}"),
        Flash::done("利用を再開しました。"),
    ))
}
