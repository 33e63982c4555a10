//! Pages of cases. Every one that belongs to a case goes through [`gate`].

mod basics;
mod basis;
mod closing;
mod contacts;
mod deeds;
mod documents;
mod edit;
mod gate;
mod handovers;
mod list;
mod load;
mod new;
mod one;
mod origins;
mod parts;
mod people;
mod referred;
mod search;
mod settings;
mod sharing;
mod sharing_forms;
mod typed;

pub use basics::{Written, written};
pub use gate::enter;
pub use origins::{of_consultation, of_notice};
pub use referred::{Referred, referred};

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::response::Response;

use super::rules::{MOST_DOCUMENT, Refusal};
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::ids::{CaseId, RowId};
use crate::scope::Right;

const SUPPORT: Access = Access::Needs(Right::Support);
const LEAD: Access = Access::Needs(Right::Lead);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let limit = DefaultBodyLimit::max(MOST_DOCUMENT + 64 * 1024);
    doors
        .get("/cases", SUPPORT, list::page)
        .get("/cases/new", SUPPORT, new::page)
        .post("/cases/new", SUPPORT, new::save)
        .post("/cases/search", SUPPORT, search::search_for)
        .get("/cases/load", LEAD, load::page)
        .get("/cases/settings", LEAD, settings::page)
        .post("/cases/settings", LEAD, settings::save)
        .get("/people/{person}/cases", SUPPORT, new::of_person)
        .post("/people/{person}/cases", SUPPORT, new::save_for)
        .get("/notices/{notice}/case", SUPPORT, origins::from_notice)
        .post("/notices/{notice}/case", SUPPORT, origins::save_notice)
        .get(
            "/consultations/{consultation}/case",
            SUPPORT,
            origins::from_consultation,
        )
        .post(
            "/consultations/{consultation}/case",
            SUPPORT,
            origins::save_consultation,
        )
        .get("/cases/{case}", SUPPORT, one::page)
        .get("/cases/{case}/edit", SUPPORT, edit::page)
        .post("/cases/{case}/edit", SUPPORT, edit::save)
        .post("/cases/{case}/contacts", SUPPORT, deeds::contact)
        .get("/cases/{case}/contacts/{contact}", SUPPORT, contacts::page)
        .post("/cases/{case}/contacts/{contact}", SUPPORT, contacts::save)
        .post("/cases/{case}/steps", SUPPORT, deeds::step)
        .post("/cases/{case}/steps/{row}/done", SUPPORT, deeds::step_done)
        .post(
            "/cases/{case}/steps/{row}/drop",
            SUPPORT,
            deeds::step_dropped,
        )
        .post("/cases/{case}/flags", SUPPORT, deeds::flag)
        .post("/cases/{case}/flags/{row}/end", SUPPORT, deeds::flag_ended)
        .post("/cases/{case}/reviews/{row}", SUPPORT, deeds::review)
        .get("/cases/{case}/closing", SUPPORT, closing::page)
        .post("/cases/{case}/closing", SUPPORT, closing::save)
        .post("/cases/{case}/reopening", SUPPORT, closing::reopen)
        .post("/cases/{case}/erasure", SUPPORT, closing::erase)
        .get("/cases/{case}/documents", SUPPORT, documents::page)
        .post(
            "/cases/{case}/documents",
            SUPPORT,
            documents::save.layer(limit),
        )
        .get("/cases/{case}/documents/{row}", SUPPORT, documents::take)
        .post(
            "/cases/{case}/documents/{row}/removal",
            SUPPORT,
            documents::remove,
        )
        .get("/cases/{case}/basics", SUPPORT, basics::page)
        .post("/cases/{case}/basics", SUPPORT, basics::save)
        .room(sharing_doors)
}

fn sharing_doors(doors: Doors) -> Doors {
    doors
        .get("/cases/{case}/sharing", SUPPORT, sharing::page)
        .post("/cases/{case}/assignment", SUPPORT, sharing::assign)
        .post("/cases/{case}/people", SUPPORT, people::add)
        .post(
            "/cases/{case}/people/{person}/removal",
            SUPPORT,
            people::remove,
        )
        .post("/cases/{case}/viewers", SUPPORT, sharing::add_viewer)
        .post(
            "/cases/{case}/viewers/{row}/removal",
            SUPPORT,
            sharing::remove_viewer,
        )
        .post("/cases/{case}/links", SUPPORT, sharing::add_link)
        .post(
            "/cases/{case}/links/{row}/removal",
            SUPPORT,
            sharing::remove_link,
        )
        .post("/cases/{case}/consents", SUPPORT, sharing::add_consent)
        .post(
            "/cases/{case}/consents/{row}/withdrawal",
            SUPPORT,
            sharing::withdraw,
        )
        .post("/cases/{case}/transfer", SUPPORT, sharing::transfer)
        .post("/cases/{case}/referral", SUPPORT, sharing::refer)
        .get("/handovers", SUPPORT, handovers::list)
        .get("/handovers/{handover}", SUPPORT, handovers::page)
        .post(
            "/handovers/{handover}/acceptance",
            SUPPORT,
            handovers::accept,
        )
        .post("/handovers/{handover}/refusal", SUPPORT, handovers::decline)
        .post(
            "/handovers/{handover}/recall",
            SUPPORT,
            handovers::call_back,
        )
        .post("/handovers/{handover}/answer", SUPPORT, handovers::answer)
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound | Refusal::Task(crate::tasks::Refusal::NotFound) => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::Notice(refusal) => refusal.into(),
            Refusal::Consultation(refusal) => refusal.into(),
            Refusal::People(refusal) => refusal.into(),
            Refusal::Seal(error) => error.into(),
            Refusal::Db(error) => error.into(),
            other => match told(&other) {
                Some(words) => Problem::refused(words),
                None => Problem::Broken(other.into()),
            },
        }
    }
}

/// What is said of a refusal; nothing where no word would mend it.
fn told(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal {
        Refusal::Closed => "この支援は終了しています。続けるときは、先に再開してください。",
        Refusal::Begun(_) => "ここからの支援は、もう始まっています。",
        Refusal::NotClosed => "この支援は終了していません。",
        Refusal::SamePerson => {
            "計画を書いた職員、終了にした職員とは別の職員が確かめます。ほかの職員にお願いしてください。"
        }
        Refusal::NotWaiting => {
            "そのあいだに、ほかの職員が済ませました。いまの内容をお確かめください。"
        }
        Refusal::NoConsent => {
            "有効な同意がありません。期限が過ぎたか、撤回されたか、目的がちがいます。同意をいただいて記録してから、もう一度お願いします。"
        }
        Refusal::NotMoved => {
            "ご本人の住所は、まだ引き継ぎ先の担当区域ではありません。先に登録の住所を直すか、同意をいただいて記録してください。担当センターを手で選んだだけでは、同意の代わりになりません。"
        }
        Refusal::OtherReceiver => {
            "この同意は、ほかの相手に伝えるためのものです。渡す相手への同意をいただいてください。"
        }
        Refusal::SameReceiver => "同意にある相手と、渡す相手が同じかどうかを確かめてください。",
        Refusal::NoSuchStaff => {
            "このセンターで働いている職員から選んでください。停止中の職員や、ほかのセンターの職員は選べません。"
        }
        Refusal::SameCenter => "いまの担当センターと同じです。ほかのセンターを選んでください。",
        Refusal::Offered => {
            "引き継ぎの返事を待っているところです。やめるときは、先に申し出を取り下げてください。"
        }
        Refusal::Nobody => "だれの、またはどの場所の支援かを入れてください。",
        Refusal::Registered => {
            "登録のある方の支援です。消去の希望は、その方の記録の「転出・死亡・とりやめ」から受け付けてください。"
        }
        Refusal::NoWords => "ひとことでよいので、書いてください。",
        Refusal::BasicsAreTheirs => {
            "利用者基本情報が、この方について書かれています。この方を外すときは、残る方の支援を新しく始めて、こちらを終了してください。"
        }
        Refusal::NobodyTold => {
            "この紹介には、どなたのことかが残っていません。同じ相手への紹介をもう一度記録してから、手紙を作ってください。"
        }
        Refusal::TooMany => {
            "これ以上は加えられません。いらないものを消してから、もう一度お願いします。"
        }
        Refusal::BadDay => {
            "日付が合いません。記録はきょうまで、予定や期限はきょうから先の日にしてください。見られる期間は1年までです。"
        }
        Refusal::Changed | Refusal::Db(db::Error::Changed) => {
            "ほかの職員が先に保存しました。いまの内容を確かめて、もう一度お願いします。"
        }
        _ => return None,
    })
}

/// Back to a page of the case with what was done, or with why it was not.
fn back(asked: &Asked, path: &str, done: Result<&str, Refusal>) -> Result<Response, Problem> {
    let flash = match done {
        Ok(words) => Flash::done(words),
        Err(refusal) => match told(&refusal) {
            Some(words) => Flash::not_done(words),
            None => return Err(refusal.into()),
        },
    };
    Ok(asked.redirect(path, flash))
}

fn path(case: CaseId) -> String {
    format!("/cases/{case}")
}

fn row_of(text: &str) -> Result<RowId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}
