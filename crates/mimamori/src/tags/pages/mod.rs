//! Pages of tags: the stock, one tag, the counter.

mod batches;
mod carriers;
mod counter;
mod older;
mod one;
mod said;
mod standing;
mod stock;

use axum::response::Response;

use super::rules::Refusal;
use crate::front::{Access, Asked, Doors, Flash, Problem};
use crate::scope::Right;

const STOCK: Access = Access::NeedsAny(&[Right::BindTags, Right::OrderTags]);
const ORDER: Access = Access::Needs(Right::OrderTags);
const BIND: Access = Access::Needs(Right::BindTags);

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .get("/tags", STOCK, stock::page)
        .get("/tags/batches/new", ORDER, batches::new)
        .post("/tags/batches", ORDER, batches::order)
        .get("/tags/batches/{batch}", ORDER, batches::show)
        .post("/tags/batches/{batch}/filling", ORDER, batches::fill)
        .post("/tags/batches/{batch}/list", ORDER, batches::list)
        .get("/people/{person}/tags", BIND, counter::page)
        .post("/people/{person}/tags", BIND, counter::bind)
        .post("/people/{person}/tags/next", BIND, counter::bind_next)
        .get("/people/{person}/tags/older", BIND, older::page)
        .post("/people/{person}/tags/older", BIND, older::bind)
        .room(doors_of_one)
}

fn doors_of_one(doors: Doors) -> Doors {
    doors
        .get("/tags/{tag}", BIND, one::page)
        .post("/tags/{tag}/loss", BIND, standing::lose)
        .post("/tags/{tag}/finding", BIND, standing::find_again)
        .get("/tags/{tag}/replacement", BIND, standing::ask_replacement)
        .post("/tags/{tag}/replacement", BIND, standing::replace)
        .post("/tags/{tag}/return", BIND, standing::take_return)
        .get("/tags/{tag}/void", BIND, standing::ask_void)
        .post("/tags/{tag}/void", BIND, standing::void)
        .post("/tags/{tag}/undoing", BIND, standing::undo)
        .post("/tags/{tag}/carriers", BIND, carriers::add)
        .post(
            "/tags/{tag}/carriers/{carrier}/shutting",
            BIND,
            carriers::shut,
        )
        .post(
            "/tags/{tag}/carriers/{carrier}/opening",
            BIND,
            carriers::open,
        )
        .get(
            "/tags/{tag}/carriers/{carrier}/label",
            BIND,
            carriers::label,
        )
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::NotFound,
            Refusal::NoRight(_) => Problem::Forbidden,
            Refusal::People(refusal) => refusal.into(),
            other => Problem::Broken(other.into()),
        }
    }
}

/// What is said of a refusal at the counter; `None` where it is none of the counter's matter.
pub fn told(refusal: &Refusal) -> Option<String> {
    let words = match refusal {
        Refusal::Misread(problem) => return Some(problem.to_string()),
        Refusal::NoNumber => "番号を入れてください。空白や記号だけでは番号になりません。".to_owned(),
        Refusal::NotOlder => "番号は32文字までで入れてください。".to_owned(),
        Refusal::IsOurs => "これは以前の番号ではなく、11けたの番号です。「この方のタグ」にもどって、「お渡しするタグの番号」に入れてください。".to_owned(),
        Refusal::LooksOurs => "11けたの数字なので、11けたの番号の読みちがいのようです。品物の番号を1つずつ確かめて、「この方のタグ」の「お渡しするタグの番号」に入れてください。".to_owned(),
        Refusal::NotOurs => {
            "この町の番号ではありません。番号をもう一度お確かめください。".to_owned()
        }
        Refusal::AlreadyTheirs(_) => "この番号は、すでにこの方に交付されています。".to_owned(),
        Refusal::Taken(_) => "この番号は、ほかの方の番号です。使わなくなった番号も、ほかの方には使いません。".to_owned(),
        Refusal::Not(state) => format!(
            "この番号は「{}」のため、この操作はできません。",
            state.word()
        ),
        Refusal::TooLate => {
            "取り消せるのは当日だけです。使わなくなったときは「返却」か「無効」にしてください。"
                .to_owned()
        }
        Refusal::NoStock => "在庫の番号がありません。先に番号を発行してください。".to_owned(),
        Refusal::NotRegistered => {
            "登録中の方ではないため、交付できません。登録の状態をお確かめください。".to_owned()
        }
        Refusal::BadOrder => "件数は1から10,000まで、品物は1種類以上、各9個までです。".to_owned(),
        Refusal::Db(db::Error::Changed) => {
            "ほかの人が先に変更しました。いまの状態を見て、必要ならもう一度お願いします。"
                .to_owned()
        }
        Refusal::NotFound
        | Refusal::NoRight(_)
        | Refusal::Seal(_)
        | Refusal::Vault(_)
        | Refusal::People(_)
        | Refusal::Db(_) => return None,
    };
    Some(words)
}

/// Back to a page with what was done, or with why it was not.
fn back(asked: &Asked, path: &str, answer: Result<Flash, Refusal>) -> Result<Response, Problem> {
    match answer {
        Ok(flash) => Ok(asked.redirect(path, flash)),
        Err(refusal) => match told(&refusal) {
            Some(words) => Ok(asked.redirect(path, Flash::not_done(&words))),
            None => Err(refusal.into()),
        },
    }
}
