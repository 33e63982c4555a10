//! Lost, found, replaced, returned, void, and back.

use std::collections::HashMap;

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{back, one, told};
use crate::front::look::{
    self, Choice, Field, Kind, Link, Problems, Tone, buttons, field, form, problem_summary,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::TagId;
use crate::tags::acts::{self, Replacement};
use crate::tags::rules::{Refusal, Tag};

/// The longest remark, in letters.
const MOST_REMARKED: usize = 200;

/// The remark of a form: several stand on one page, so each has a name of its own.
fn remark(typed: &HashMap<String, String>) -> String {
    let found = typed.iter().find(|(name, _)| name.starts_with("remark"));
    let text = found.map(|(_, text)| text.trim()).unwrap_or_default();
    text.chars().take(MOST_REMARKED).collect()
}

fn path(tag: TagId) -> String {
    format!("/tags/{tag}")
}

/// The tag was reported lost.
pub async fn lose(
    asked: Asked,
    Path(tag): Path<TagId>,
    Form(typed): Form<HashMap<String, String>>,
) -> Result<Response, Problem> {
    let done = acts::lose(asked.db(), &asked.deed, tag, remark(&typed)).await;
    let flash =
        Flash::done("紛失の届けを受けました。").undo("元にもどす", &format!("/tags/{tag}/finding"));
    back(&asked, &path(tag), done.map(|()| flash))
}

/// The tag was found.
pub async fn find_again(asked: Asked, Path(tag): Path<TagId>) -> Result<Response, Problem> {
    let done = acts::find_again(asked.db(), &asked.deed, tag).await;
    back(
        &asked,
        &path(tag),
        done.map(|()| Flash::done("また使えるようにしました。")),
    )
}

/// The tag was given back.
pub async fn take_return(
    asked: Asked,
    Path(tag): Path<TagId>,
    Form(typed): Form<HashMap<String, String>>,
) -> Result<Response, Problem> {
    let done = acts::return_tag(asked.db(), &asked.deed, tag, remark(&typed)).await;
    let flash =
        Flash::done("返却を受けました。").undo("元にもどす", &format!("/tags/{tag}/undoing"));
    back(&asked, &path(tag), done.map(|()| flash))
}

/// Takes back what was done by a slip today.
pub async fn undo(asked: Asked, Path(tag): Path<TagId>) -> Result<Response, Problem> {
    let done = acts::take_back(asked.db(), &asked.deed, tag).await;
    back(
        &asked,
        &path(tag),
        done.map(|()| Flash::done("元にもどしました。")),
    )
}

/// Says that there is no way back, before.
pub async fn ask_void(asked: Asked, Path(tag): Path<TagId>) -> Result<Markup, Problem> {
    let tag = one::enter(&asked, tag).await?;
    let remark = Field {
        name: "remark",
        label: "理由",
        kind: Kind::Long,
        ..Field::default()
    };
    let body = html! {
        (look::notice(Tone::Warning, "元にもどせません", html! {
            p { "番号 " strong { (tag.number.shown()) } " は二度と使えなくなり、QRコードも止まります。お持ちの方がいるときは、先に新しい番号への交換をお考えください。" }
        }))
        (form(&format!("/tags/{}/void", tag.id), html! {
            (field(&remark))
            (buttons("無効にする（元にもどせません）", Some(Link::new("やめる", &path(tag.id)))))
        }))
    };
    asked.page(Place::Tags, "番号を無効にする", body)
}

/// Makes the number void.
pub async fn void(
    asked: Asked,
    Path(tag): Path<TagId>,
    Form(typed): Form<HashMap<String, String>>,
) -> Result<Response, Problem> {
    let done = acts::void(asked.db(), &asked.deed, tag, remark(&typed)).await;
    back(
        &asked,
        &path(tag),
        done.map(|()| Flash::done("無効にしました。")),
    )
}

/// Which number takes the place of the old one, as typed.
#[derive(Deserialize, Default)]
pub struct ReplacementForm {
    #[serde(default)]
    with: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    remark: String,
}

impl ReplacementForm {
    fn read(&self) -> Replacement {
        if self.with == "next" {
            Replacement::Next
        } else {
            Replacement::Handed(self.number.clone())
        }
    }
}

/// Asks which number takes its place.
pub async fn ask_replacement(asked: Asked, Path(tag): Path<TagId>) -> Result<Markup, Problem> {
    let tag = one::enter(&asked, tag).await?;
    let typed = ReplacementForm {
        with: "handed".to_owned(),
        ..ReplacementForm::default()
    };
    replacement_page(&asked, &tag, &typed, &Problems::default())
}

fn replacement_page(
    asked: &Asked,
    tag: &Tag,
    typed: &ReplacementForm,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let with = Field {
        name: "with",
        label: "新しい番号",
        value: &typed.with,
        ..Field::default()
    };
    let ways = [
        Choice::new("handed", "手もとの品物の番号を入れる"),
        Choice {
            hint: "いちばん古い在庫の番号を使います。品物はあとで作ります。",
            ..Choice::new("next", "在庫からつぎの番号を取る")
        },
    ];
    let number = Field {
        name: "number",
        label: "手もとの品物の番号",
        hint: "11けたの数字か、QRコードの読み取り。",
        value: &typed.number,
        problem: problems.of("number"),
        ..Field::default()
    };
    let remark = Field {
        name: "remark",
        label: "ひとこと（なくてもよい）",
        value: &typed.remark,
        kind: Kind::Long,
        ..Field::default()
    };
    let body = html! {
        (problem_summary(problems))
        (look::notice(Tone::Warning, "元にもどせません", html! {
            p { "古い番号 " strong { (tag.number.shown()) } " は使えなくなり、QRコードも止まります。古い番号を読み上げた電話があれば、交換済みであることと、どなたのものだったかが窓口にわかります。" }
        }))
        (form(&format!("/tags/{}/replacement", tag.id), html! {
            (look::radios(&with, &ways))
            (field(&number))
            (field(&remark))
            (buttons("交換する", Some(Link::new("やめる", &path(tag.id)))))
        }))
    };
    asked.page(Place::Tags, "新しい番号に交換する", body)
}

/// Gives another number in its place.
pub async fn replace(
    asked: Asked,
    Path(tag): Path<TagId>,
    Form(typed): Form<ReplacementForm>,
) -> Result<Response, Problem> {
    let words = typed.remark.trim().chars().take(MOST_REMARKED).collect();
    match acts::replace(asked.db(), &asked.deed, tag, typed.read(), words).await {
        Ok(new) => back(
            &asked,
            &path(new),
            Ok(Flash::done("新しい番号に交換しました。")),
        ),
        Err(Refusal::NotFound) => Err(Problem::NotFound),
        Err(refusal) => {
            let Some(words) = told(&refusal) else {
                return Err(refusal.into());
            };
            let mut problems = Problems::default();
            problems.add("number", words);
            let tag = one::enter(&asked, tag).await?;
            Err(Problem::Refused(replacement_page(
                &asked, &tag, &typed, &problems,
            )?))
        }
    }
}
