//! Registering somebody at the counter.

use axum::Form;
use axum::response::Redirect;
use jiff::civil::Date;
use maud::{Markup, html};

use super::edit::how_field;
use super::forms::{Sheet, rearranged};
use super::gate::Stop;
use super::said;
use super::typed::{Reader, Typed};
use crate::clock::in_japan;
use crate::front::look::{self, Link, Problems, Tone, Weight};
use crate::front::{Asked, Place, Problem};
use crate::people::acts::{self, Erased};
use crate::people::import;
use crate::people::pages::forms::read_identity;
use crate::people::rules::{Confirmed, Consent, Contacts, Draft, Identity, MOST_CONTACTS, Way};

const TITLE: &str = "登録者を加える";

/// The empty form.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let mut typed = Typed::default();
    Contacts::default().fill(&mut typed);
    Consent::default().fill(&mut typed);
    sheet(&asked, &typed, &Problems::default())
}

/// Sent once the notice that somebody like this was erased has been read.
const AGAIN: &str = "again";

/// Registers, or gives the form back.
pub async fn save(
    asked: Asked,
    Form(typed): Form<Typed>,
    erased: Erased,
) -> Result<Redirect, Stop> {
    if let Some(moved) = rearranged(&typed, "c", MOST_CONTACTS) {
        let page = sheet(&asked, &moved, &Problems::default())?;
        return Err(Stop::Again(page));
    }
    let mut reader = Reader::new(&typed);
    let today = in_japan(asked.deed.now).date();
    let draft = match read(&mut reader, &asked, today) {
        Some(draft) if reader.problems.is_empty() => draft,
        _ => return Err(Problem::Refused(sheet(&asked, &typed, &reader.problems)?).into()),
    };
    let traces = [import::traces(&draft.identity)];
    let like = erased(&mut asked.read().await?, &asked.deed, &traces).await?;
    if let Some(on) = like.into_iter().flatten().next()
        && typed.get(AGAIN).is_empty()
    {
        return Err(Problem::Refused(warned(&asked, &typed, on)?).into());
    }
    let id = acts::register(asked.db(), &asked.deed, draft).await?;
    Ok(Redirect::to(&format!("/people/{id}?done=registered")))
}

fn read(reader: &mut Reader<'_>, asked: &Asked, today: Date) -> Option<Draft> {
    let identity = read_identity(reader, today);
    let contacts = Contacts::read(reader, &Contacts::default(), today);
    let consent = Consent::read(reader, &Consent::default(), today);
    let way = Way::from_code(reader.get("how"));
    let by = asked.deed.scope.actor.account();
    Some(Draft {
        contacts: contacts?,
        consent: consent?,
        confirmed: way.map(|way| Confirmed { on: today, way, by }),
        ..Draft::new(identity?, today)
    })
}

/// The form again, with the word that somebody of this name and birth date was erased.
fn warned(asked: &Asked, typed: &Typed, on: Date) -> Result<Markup, Problem> {
    let words = html! {
        p { "氏名（またはフリガナ）と生年月日が同じ方の記録が、" (said::day(on)) "に消去されています。ご本人があらためて登録を望んでいるかを、確かめてください。" }
        p { "確かめたら、もう一度「登録する」を押してください。消去された内容はもどりません。" }
    };
    let notice = look::notice(Tone::Warning, "前に消去された方かもしれません", words);
    whole(asked, typed, &Problems::default(), Some(notice))
}

fn sheet(asked: &Asked, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    whole(asked, typed, problems, None)
}

fn whole(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    notice: Option<Markup>,
) -> Result<Markup, Problem> {
    let warned = notice.is_some();
    let body = html! {
        @if let Some(notice) = notice { (notice) }
        (look::problem_summary(problems))
        p { "医療・介護・発見時の注意・写真は、登録したあとの画面で加えます。" }
        (look::form("/people/new", html! {
            // Enter in a field presses a form's first button; it has to be this one.
            button.unseen type="submit" name="do" value="save" tabindex="-1" aria-hidden="true" { "登録する" }
            @if warned { (look::hidden(AGAIN, "yes")) }
            h2 { "基本情報" }
            (Identity::fields(typed, problems))
            h2 { "緊急連絡先" }
            (Contacts::fields(typed, problems))
            h2 { "同意" }
            (Consent::fields(typed, problems))
            (how_field(typed, problems))
            (look::buttons("登録する", Some(Link::new("やめる", "/people"))))
        }))
    };
    asked.page(Place::People, TITLE, body)
}

/// The way here, for pages that have nobody to show.
pub fn start() -> Markup {
    look::button_link(Weight::Primary, Link::new(TITLE, "/people/new"))
}
