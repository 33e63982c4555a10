//! The partners' door: a number and a second thing.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use words::date::PartialDate;

use super::said::{Bases, clock};
use super::seen::{bases, of_people, witness};
use super::{problem, tiers};
use crate::clock::{in_japan, instant};
use crate::desk::acts::{self, OfPartner, PartnerAnswer, PartnerAsk};
use crate::desk::rules::{CallerKind, Inquiry, SecondThing, Tier, Told};
use crate::desk::store;
use crate::front::look::{self, Choice, Field, Kind, Link, Problems, Tone, Weight, field};
use crate::front::{Asked, Place, Problem};
use crate::ids::InquiryId;
use crate::networks::Text;
use crate::people::{self, DeskView, Kept, Medical, Sex};

/// The form as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    number: String,
    family: String,
    born: String,
    sex: String,
    name: String,
}

impl Typed {
    /// The second thing: the family name where it was given, else birth year and sex.
    fn second(&self, problems: &mut Problems) -> Option<SecondThing> {
        if !self.family.trim().is_empty() {
            return Some(SecondThing::Family(self.family.clone()));
        }
        let sex = Sex::from_code(&self.sex).filter(|sex| matches!(sex, Sex::Female | Sex::Male));
        match (PartialDate::parse(&self.born), sex) {
            (Ok(born), Some(sex)) => Some(SecondThing::BornAndSex {
                year: born.year(),
                sex,
            }),
            _ => {
                problems.add("family", "姓か、生まれた年と性別の両方を入れてください。");
                None
            }
        }
    }
}

pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    form_page(&asked, &Typed::default(), &Problems::default(), html! {})
}

fn form_page(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    answer: Markup,
) -> Result<Markup, Problem> {
    let sexes = [Choice::new("female", "女性"), Choice::new("male", "男性")];
    let body = html! {
        (look::problem_summary(problems))
        (answer)
        (look::form("/partner/inquiries", html! {
            (field(&Field { name: "number", label: "番号（11けた）", hint: "キーホルダーなどの番号です。", value: &typed.number,
                problem: problems.of("number"), required: true, ..Field::default() }))
            (look::fieldset("本人を確かめるもう1つのこと（どちらか）", html! {
                (field(&Field { name: "family", label: "姓（漢字・カナ）", value: &typed.family, problem: problems.of("family"), ..Field::default() }))
                (field(&Field { name: "born", label: "または、生まれた年", hint: "例：昭和13年、1938。3年までのちがいはかまいません。", value: &typed.born, kind: Kind::Short, ..Field::default() }))
                (look::radios(&Field { name: "sex", label: "と、性別（見てわかる範囲で）", value: &typed.sex, ..Field::default() }, &sexes))
            }))
            (field(&Field { name: "name", label: "照会する方のお名前", value: &typed.name, problem: problems.of("name"), required: true, ..Field::default() }))
            p.hint { "照会すると、本人の担当センターに知らせが行き、だれが・いつ照会したかが記録に残ります。" }
            (look::buttons("照会する", None))
        }))
    };
    asked.page(Place::Desk, "照会", body)
}

pub async fn ask(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    let second = typed.second(&mut problems);
    if typed.number.trim().is_empty() {
        problems.add("number", "番号を入れてください。");
    }
    if typed.name.trim().is_empty() {
        problems.add("name", "照会する方のお名前を入れてください。");
    }
    let Some(second) = second.filter(|_| problems.is_empty()) else {
        return Err(Problem::Refused(form_page(
            &asked,
            &typed,
            &problems,
            html! {},
        )?));
    };
    let ask = PartnerAsk {
        typed: typed.number.clone(),
        second,
        name: typed.name.trim().to_owned(),
    };
    let answer = acts::look_up_for_partner(asked.db(), &asked.app.vault, &asked.deed, ask).await;
    match answer.map_err(problem)? {
        PartnerAnswer::Found(id) => {
            Ok(axum::response::Redirect::to(&format!("/partner/inquiries/{id}")).into_response())
        }
        PartnerAnswer::NoMatch => no_match(&asked, &typed),
        PartnerAnswer::Slowed(until) => Err(Problem::Slowed(slowed(&asked, until))),
    }
}

/// One answer for a wrong number and for a wrong second thing.
fn no_match(asked: &Asked, typed: &Typed) -> Result<Response, Problem> {
    let words = look::notice(
        Tone::Warning,
        "番号ともう1つのことに合う方が見つかりません",
        html! {
            p { "番号をもう一度お確かめください。急ぐときは、キーホルダーなどにある電話番号へお電話ください。" }
        },
    );
    let page = form_page(asked, typed, &Problems::default(), words)?;
    Ok((StatusCode::OK, page).into_response())
}

/// Until when a partner that guessed too often is not answered.
pub fn slowed(asked: &Asked, until: i64) -> String {
    let until = clock(instant(until), asked.deed.now);
    format!(
        "合わない照会が続いたため、{until}まで照会を止めています。急ぐときは、キーホルダーなどにある電話番号へお電話ください。"
    )
}

/// What a partner was told.
pub struct Heard {
    /// Its inquiry.
    pub inquiry: Inquiry,
    /// The tiers that were opened.
    pub told: Vec<Told>,
    /// The person; shown only as far as `told` goes.
    pub view: DeskView,
    /// The medical part, where it was opened.
    pub medical: Option<Kept<Medical>>,
}

impl Heard {
    /// On what legal basis a tier was opened; `None` where it was not.
    pub fn basis(&self, tier: Tier) -> Option<Text> {
        let found = self.told.iter().find(|told| told.tier == tier);
        found.map(|told| told.basis)
    }
}

/// What this account was told, for a day; the sight is witnessed first.
pub async fn hear(asked: &Asked, id: InquiryId) -> Result<Heard, Problem> {
    let deed = &asked.deed;
    let mut conn = asked.read().await?;
    let found = acts::find_for_partner(&mut conn, deed, id).await;
    let OfPartner::Open(inquiry) = found.map_err(problem)? else {
        return Err(Problem::NotFound);
    };
    let told = store::list_told(&mut conn, deed, id).await?;
    drop(conn);
    witness(asked, &inquiry, &told).await?;
    let mut conn = asked.read().await?;
    let view = people::find_for_desk(&mut conn, deed, inquiry.person).await;
    let view = view.map_err(of_people)?.ok_or(Problem::NotFound)?;
    let medical = match told.iter().any(|told| told.tier == Tier::Medical) {
        true => people::find_medical(&mut conn, deed, inquiry.person)
            .await
            .map_err(of_people)?,
        false => None,
    };
    Ok(Heard {
        inquiry: *inquiry,
        told,
        view,
        medical,
    })
}

/// The page of it.
pub async fn show(asked: Asked, Path(id): Path<InquiryId>) -> Result<Markup, Problem> {
    let heard = hear(&asked, id).await?;
    let bases = bases(&mut asked.read().await?, &asked.deed.scope).await?;
    let body = told_part(&asked, &heard, &bases);
    asked.page(Place::Desk, "照会の結果", body)
}

fn told_part(asked: &Asked, heard: &Heard, bases: &Bases) -> Markup {
    let view = &heard.view;
    let today = in_japan(asked.deed.now).date();
    let kind = heard.inquiry.kind.unwrap_or(CallerKind::Passer);
    html! {
        @if let Some(basis) = heard.basis(Tier::Identity) {
            (tiers::identity(kind, view, today, bases.words(basis)))
            (super::contacts::listed(&view.contacts, asked.deed.now))
        }
        @if let (Some(medical), Some(basis)) = (&heard.medical, heard.basis(Tier::Medical)) {
            (tiers::medical("医療情報", medical, &view.consent.value, today, bases.words(basis)))
        }
        p { "本人の担当センターに知らせました。24時間はこの画面を見なおせます。" }
        p { (look::button_link(Weight::Secondary, Link::new("ほかの番号を照会する", "/partner"))) }
    }
}
