//! Pages of papers: what can be printed, and the papers themselves.

mod agreement;
mod basics;
mod checklist;
mod courses;
mod figures;
mod forms;
mod letter;
mod logo;
mod overview;
mod own;
mod person;
mod poster;
mod referral;
mod roll;
mod runs;
mod station;
mod stickers;
mod supporters;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use press::{Missing, Paper, Surround};

use super::acts::{set, surround_of};
use super::rules::{MOST_SIGN_BYTES, Refusal};
use crate::front::look::{self, Choice, Field, Tone};
use crate::front::{Access, Asked, Doors, Problem};
use crate::ids::CenterId;
use crate::scope::Right;
use crate::staff;

const READ: Access = Access::Needs(Right::ReadPeople);
const SUPPORT: Access = Access::Needs(Right::Support);
const EDIT: Access = Access::Needs(Right::EditPeople);
const TOWN: Access = Access::Needs(Right::ManageTown);
const BIND: Access = Access::Needs(Right::BindTags);
const ORDER: Access = Access::Needs(Right::OrderTags);
const AGREEMENTS: Access = Access::NeedsAny(&[Right::ManageTown, Right::Lead]);
const POSTER: Access = Access::NeedsAny(&[Right::Triage, Right::ManageTown]);
const FIGURES: Access = Access::Needs(Right::Figures);
const COURSES: Access = Access::Needs(Right::Courses);
const SUPPORTERS: Access = Access::Needs(Right::Supporters);
const ANY: Access = Access::NeedsAny(&[Right::ReadPeople, Right::ManageTown]);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let limit = DefaultBodyLimit::max(MOST_SIGN_BYTES + 64 * 1024);
    doors
        .get("/papers", ANY, overview::page)
        .post("/papers/blank", ANY, overview::blank)
        .post("/papers/consultations", FIGURES, figures::consultations)
        .post("/papers/station", FIGURES, station::year)
        .post("/papers/courses", COURSES, courses::month)
        .post("/papers/vouchers", SUPPORTERS, supporters::vouchers)
        .post("/papers/supporters/cards", SUPPORTERS, supporters::cards)
        .post(
            "/papers/supporters/{supporter}/card",
            SUPPORTERS,
            supporters::card,
        )
        .post(
            "/papers/supporters/{supporter}/receipt",
            SUPPORTERS,
            supporters::receipt,
        )
        .post("/papers/supporters/{supporter}/own", SUPPORTERS, own::sheet)
        .post("/papers/rolls/{lesson}", SUPPORTERS, roll::print)
        .get("/papers/worklist", READ, forms::worklist_page)
        .post("/papers/worklist", READ, forms::worklist)
        .get("/papers/sign", TOWN, logo::page)
        .post("/papers/sign", TOWN, logo::save.layer(limit))
        .post("/papers/sign/remove", TOWN, logo::remove)
        .post("/papers/outlines", ORDER, stickers::outlines)
        .get("/papers/batches/{batch}", ORDER, stickers::batch_page)
        .post("/papers/batches/{batch}", ORDER, stickers::batch)
        .get("/papers/postcards", READ, forms::postcards_page)
        .post("/papers/postcards", READ, forms::postcards)
        .get("/papers/ledger", READ, forms::ledger_page)
        .post("/papers/ledger", READ, forms::ledger)
        .get("/papers/runs/{print}", ORDER, runs::page)
        .post("/papers/runs/{print}/making", ORDER, runs::go_on)
        .post("/papers/runs/{print}/parts/{number}", ORDER, runs::take)
        .post("/papers/runs/{print}/asking", READ, runs::asked)
        .post("/papers/runs/{print}/removal", ORDER, runs::remove)
        .post("/papers/leavings/{leaving}", EDIT, letter::leaving)
        .post("/papers/checklists/{checklist}", SUPPORT, checklist::print)
        .post(
            "/papers/agreements/{agreement}",
            AGREEMENTS,
            agreement::thanks,
        )
        .post("/papers/poster", POSTER, poster::print)
        .post("/papers/handovers/{handover}", SUPPORT, referral::print)
        .post("/papers/cases/{case}/basics", SUPPORT, basics::print)
        .get("/people/{person}/papers", READ, person::page)
        .post("/people/{person}/papers", READ, person::print)
        .get("/tags/{tag}/stickers", BIND, stickers::page)
        .post("/tags/{tag}/stickers", BIND, stickers::print)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::NoPurpose => Problem::refused(
                "ほかのセンターの方が入るときは、印刷の目的を4文字以上で入れてください（例：夜間の引き継ぎのため）。前のページにもどって、目的を入れてください。",
            ),
            Refusal::Nobody => Problem::refused(
                "印刷する方がいません。月やセンター、種類の選び方をお確かめください。",
            ),
            Refusal::NotMade => {
                Problem::refused("この分はまだできていません。少し待ってから開いてください。")
            }
            Refusal::People(refusal) => refusal.into(),
            Refusal::Tags(refusal) => refusal.into(),
            Refusal::Renewals(refusal) => refusal.into(),
            Refusal::Town(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            Refusal::Press(_) | Refusal::Interrupted => Problem::Broken(refusal.into()),
        }
    }
}

/// Who prints.
fn printed_by(asked: &Asked) -> Result<String, Problem> {
    Ok(staff::open_card(&asked.deed.keys, &asked.session)?.name)
}

/// What stands around a paper that a center hands out.
async fn around(asked: &Asked, center: Option<CenterId>) -> Result<Surround, Problem> {
    let by = printed_by(asked)?;
    Ok(surround_of(&mut asked.read().await?, &asked.deed, center, &by).await?)
}

/// Sets a paper and shows it; no copy of it stays on this machine or in the browser's store.
async fn shown(surround: Surround, paper: Paper, name: &str) -> Result<Response, Problem> {
    Ok(pdf(set(surround, paper).await?.pdf, name))
}

fn pdf(bytes: Vec<u8>, name: &str) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("inline; filename=\"{name}.pdf\""),
        ),
    ];
    (headers, bytes).into_response()
}

/// What will not be printed as it is written; nothing where everything will.
fn lost(missing: &[Missing]) -> Markup {
    html! {
        @if !missing.is_empty() {
            (look::notice(Tone::Warning, "この書類で印刷できない文字", html! {
                ul { @for one in missing { li { (one.words()) } } }
                p { "〓のところは、印刷してから手書きで補ってください。同じことが書類の終わりにも出ます。" }
            }))
        }
    }
}

/// The choice of a layout of stickers.
fn layouts(chosen: &str) -> Markup {
    let choices = press::LAYOUTS.map(|layout| Choice::new(layout.code, layout.name));
    let field = Field {
        name: "layout",
        label: "ラベル用紙（A4）",
        hint: "用紙の箱に書かれた、1面の大きさで選んでください。",
        value: chosen,
        ..Field::default()
    };
    look::select(&field, &choices)
}
