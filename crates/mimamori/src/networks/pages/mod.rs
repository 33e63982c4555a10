//! Pages of the town: centers, hours, areas, organisations, settings, texts.

mod areas;
mod centers;
mod hours;
mod organisations;
mod texts;
mod town;

use maud::{Markup, html};
use words::phone::Phone;

use super::acts::Refusal;
use crate::front::look::{Problems, Tab, tabs};
use crate::front::{Access, Asked, Doors, Place, Problem};
use crate::scope::Right;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let manage = Access::Needs(Right::ManageTown);
    doors
        .get("/town", manage, town::show)
        .post("/town", manage, town::save)
        .get("/town/centers", manage, centers::list)
        .post("/town/centers", manage, centers::add)
        .get("/town/centers/{center}", manage, centers::show)
        .post("/town/centers/{center}", manage, centers::save)
        .post("/town/centers/{center}/close", manage, centers::close)
        .post("/town/centers/{center}/reopen", manage, centers::reopen)
        .get("/town/centers/{center}/areas", manage, areas::show)
        .post("/town/centers/{center}/areas", manage, areas::save)
        .get("/town/centers/{center}/hours", manage, hours::show)
        .post("/town/centers/{center}/hours", manage, hours::save)
        .post("/town/centers/{center}/days", manage, hours::set_day)
        .post(
            "/town/centers/{center}/days/{day}/remove",
            manage,
            hours::unset_day,
        )
        .get("/town/organisations", manage, organisations::list)
        .post("/town/organisations", manage, organisations::add)
        .get(
            "/town/organisations/{organisation}",
            manage,
            organisations::show,
        )
        .post(
            "/town/organisations/{organisation}",
            manage,
            organisations::save,
        )
        .post(
            "/town/organisations/{organisation}/close",
            manage,
            organisations::close,
        )
        .post(
            "/town/organisations/{organisation}/reopen",
            manage,
            organisations::reopen,
        )
        .get("/town/texts", manage, texts::show)
        .post("/town/texts/{text}", manage, texts::save)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Db(db::Error::Changed | db::Error::Duplicate) => Problem::changed("/town"),
            Refusal::Db(error) => error.into(),
            Refusal::Vault(error) => error.into(),
            Refusal::ShortTaken => Problem::refused("この短い名前は、ほかの町が使っています。"),
            Refusal::AreasTaken(_) => Problem::refused("ほかのセンターの区域が入っています。"),
        }
    }
}

/// A side of the settings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Name, phones, law.
    Town,
    /// Centers.
    Centers,
    /// Organisations.
    Organisations,
    /// Words.
    Texts,
    /// How the yearly renewal goes on; a room above has the page.
    Renewals,
    /// The waiting times of a room above.
    Leaving,
    /// What finders say; a room above has the page.
    Board,
    /// Views that nothing explains, counted; a room above has the page.
    Views,
    /// What consultations are about; a room above has the page.
    Consultations,
    /// Kinds of paths; a room above has the page.
    Paths,
    /// What organisations offer; a room above has the page.
    Referrals,
}

/// A page of the settings with its sides above.
pub fn page(asked: &Asked, side: Side, title: &str, body: Markup) -> Result<Markup, Problem> {
    let tab = |label, href, of| Tab {
        label,
        href,
        count: None,
        current: side == of,
    };
    let sides = [
        tab("町の設定", "/town", Side::Town),
        tab("センター", "/town/centers", Side::Centers),
        tab("関係機関", "/town/organisations", Side::Organisations),
        tab("文面", "/town/texts", Side::Texts),
        tab("更新の進め方", "/town/renewals", Side::Renewals),
        tab("記録を残す日数", "/town/leaving", Side::Leaving),
        tab("QRの伝言板", "/town/board", Side::Board),
        tab("閲覧の確認", "/town/views", Side::Views),
        tab("相談の内容", "/town/consultations", Side::Consultations),
        tab("つなぎの種類", "/town/paths", Side::Paths),
        tab("紹介先", "/town/referrals", Side::Referrals),
    ];
    asked.page(
        Place::Town,
        title,
        html! { (tabs("町の設定", &sides)) (body) },
    )
}

/// Reads a phone that may be left out; says beside the field what is wrong.
fn optional_phone(name: &'static str, text: &str, problems: &mut Problems) -> Option<Phone> {
    if text.trim().is_empty() {
        return None;
    }
    Phone::parse(text)
        .map_err(|problem| problems.add(name, problem.to_string()))
        .ok()
}

/// Reads a line that must be there.
fn line(name: &'static str, text: &str, problems: &mut Problems) -> String {
    let text = text.trim();
    if text.is_empty() {
        problems.add(name, "入力してください。");
    } else if text.chars().count() > 100 {
        problems.add(name, "100文字までで入れてください。");
    }
    text.to_owned()
}

/// A phone as it stands in a form.
fn phone_words(phone: Option<&Phone>) -> String {
    phone.map(Phone::to_string).unwrap_or_default()
}
