//! Stickers: of one number, of a batch, and the frames to see whether the paper lies right.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use press::{Face, Layout, Paper, Stickers};
use serde::Deserialize;

use super::runs::{job, start};
use super::{around, layouts, shown};
use crate::audit::Fields;
use crate::front::look::{self, Choice, Field, Kind, Link, Problems, buttons};
use crate::front::{Asked, Place, Problem};
use crate::ids::{RowId, TagId};
use crate::papers::acts;
use crate::papers::rules::{self, Refusal, What};
use crate::papers::store::{self, Printer};
use crate::people::{self, Stop};
use crate::tags::{self, CarrierKind, KINDS, Number, Tag};

/// The most faces of one number at once: a household, its bags and its shoes.
const MOST_FACES: usize = 200;
/// A printer that is off by more than this needs its paper guide moved, in tenths of a millimetre.
const MOST_OFF: f64 = 100.0;

/// How to print, as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    layout: String,
    start: String,
    count: String,
    right: String,
    down: String,
    carrier: String,
}

/// The same, read.
struct How {
    layout: &'static Layout,
    start: usize,
    count: usize,
    offset_mm: (f64, f64),
}

impl Typed {
    /// What the center's printer was used with last.
    fn remembered(printer: Option<Printer>) -> Typed {
        let millimetres = |tenths: i64| format!("{}", tenths as f64 / 10.0);
        let printer = printer.unwrap_or(Printer {
            layout: press::LAYOUTS[1].code.to_owned(),
            to_right: 0,
            down: 0,
        });
        Typed {
            layout: printer.layout,
            start: "1".to_owned(),
            count: "10".to_owned(),
            right: millimetres(printer.to_right),
            down: millimetres(printer.down),
            carrier: CarrierKind::Sticker.code().to_owned(),
        }
    }

    fn read(&self) -> Result<How, Problems> {
        let mut problems = Problems::default();
        let layout = Layout::from_code(&self.layout).unwrap_or(&press::LAYOUTS[0]);
        let start = whole(&self.start).unwrap_or(1);
        if !(1..=layout.faces()).contains(&start) {
            problems.add(
                "start",
                format!("この用紙は1から{}までです。", layout.faces()),
            );
        }
        let count = whole(&self.count).unwrap_or(layout.faces());
        if !(1..=MOST_FACES).contains(&count) {
            problems.add("count", format!("1から{MOST_FACES}までで入れてください。"));
        }
        let mut off = |name: &'static str, text: &str| {
            let millimetres = millimetres(text).filter(|mm| mm.abs() * 10.0 <= MOST_OFF);
            if millimetres.is_none() {
                problems.add(
                    name,
                    "-10から10までの数で、ミリメートルで入れてください（例：1.5）。",
                );
            }
            millimetres.unwrap_or(0.0)
        };
        let offset_mm = (off("right", &self.right), off("down", &self.down));
        match problems.is_empty() {
            true => Ok(How {
                layout,
                start,
                count,
                offset_mm,
            }),
            false => Err(problems),
        }
    }
}

fn whole(text: &str) -> Option<usize> {
    words::digits::fold(text.trim()).ok()?.parse().ok()
}

/// Nothing typed is 0; any minus there is.
fn millimetres(text: &str) -> Option<f64> {
    let plain = text
        .trim()
        .replace(['−', '－', '‐', 'ー'], "-")
        .replace('．', ".");
    if plain.is_empty() {
        return Some(0.0);
    }
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

impl How {
    async fn remember(&self, asked: &Asked) -> Result<(), Problem> {
        let tenths = |mm: f64| (mm * 10.0).round() as i64;
        let printer = Printer {
            layout: self.layout.code.to_owned(),
            to_right: tenths(self.offset_mm.0),
            down: tenths(self.offset_mm.1),
        };
        Ok(acts::keep_printer(asked.db(), &asked.deed, printer).await?)
    }

    fn paper(&self, faces: Vec<Face>, call: String, outlines: bool) -> Paper {
        Paper::Stickers(Stickers {
            layout: self.layout,
            start: self.start,
            offset_mm: self.offset_mm,
            faces,
            outlines,
            call,
        })
    }
}

async fn remembered(asked: &Asked) -> Result<Typed, Problem> {
    let mut conn = asked.read().await?;
    let scope = &asked.deed.scope;
    Ok(Typed::remembered(
        store::find_printer(&mut conn, scope, scope.center).await?,
    ))
}

/// The tag, after the line of its sight is durable.
async fn enter(asked: &Asked, id: TagId) -> Result<Tag, Stop> {
    let tag = tags::find(&mut asked.read().await?, &asked.deed, id).await?;
    let tag = tag.ok_or(Problem::NotFound)?;
    if let Some(person) = tag.person {
        people::witness(asked, person, Fields::TAGS).await?;
    }
    Ok(tag)
}

/// The form for one number.
pub async fn page(asked: Asked, Path(id): Path<TagId>) -> Result<Markup, Stop> {
    let tag = enter(&asked, id).await?;
    let typed = remembered(&asked).await?;
    Ok(sheet(&asked, &tag, &typed, &Problems::default())?)
}

fn sheet(asked: &Asked, tag: &Tag, typed: &Typed, problems: &Problems) -> Result<Markup, Problem> {
    let back = format!("/tags/{}", tag.id);
    let body = html! {
        (look::problem_summary(problems))
        p.big-number { (tag.number.shown()) }
        (look::form(&format!("{back}/stickers"), html! {
            (layouts(&typed.layout))
            (figure("count", "枚数", "1から200まで。", &typed.count, problems))
            (places(typed, problems))
            (buttons("シールを開く（PDF）", Some(Link::new("タグへもどる", &back))))
        }))
    };
    asked.page(Place::Tags, "シールを印刷する", body)
}

fn figure(name: &str, label: &str, hint: &str, value: &str, problems: &Problems) -> Markup {
    look::field(&Field {
        name,
        label,
        hint,
        value,
        kind: Kind::Short,
        problem: problems.of(name),
        ..Field::default()
    })
}

fn places(typed: &Typed, problems: &Problems) -> Markup {
    html! {
        (figure("start", "はじめる面", "使いかけの用紙は、左上を1として、左から右へ数えた番号から始められます。", &typed.start, problems))
        (figure("right", "右へずらす（mm）", "左へずらすときは「-」をつけます。センターごとに覚えます。", &typed.right, problems))
        (figure("down", "下へずらす（mm）", "上へずらすときは「-」をつけます。", &typed.down, problems))
        p.hint { "印刷するときは、倍率を100%（実際のサイズ）にしてください。" }
    }
}

/// Stickers of one number. They bear the code of a carrier of their own, so that they can be shut
/// off alone.
pub async fn print(
    asked: Asked,
    Path(id): Path<TagId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let tag = enter(&asked, id).await?;
    let how = match typed.read() {
        Ok(how) => how,
        Err(problems) => {
            return Err(Problem::Refused(sheet(&asked, &tag, &typed, &problems)?).into());
        }
    };
    if !matches!(tag.number, Number::Ours(_)) {
        return Err(
            Problem::refused("以前の番号にはQRコードがないため、シールは印刷できません。").into(),
        );
    }
    let address = address(&asked, &tag).await?;
    how.remember(&asked).await?;
    let surround = around(&asked, asked.deed.scope.center).await?;
    let face = Face {
        number: tag.number.shown(),
        address,
    };
    let call = call(&surround);
    let paper = how.paper(vec![face; how.count], call, false);
    Ok(shown(surround, paper, "stickers").await?)
}

/// The code of the number's first sheet of stickers that is not shut off; a new one where none is.
async fn address(asked: &Asked, tag: &Tag) -> Result<String, Problem> {
    let open = |carriers: Vec<tags::Carrier>| {
        let mut stickers = carriers
            .into_iter()
            .filter(|one| one.kind == CarrierKind::Sticker && one.shut.is_none());
        stickers
            .next()
            .map(|one| one.address(&asked.app.config.public_url))
    };
    let carriers = tags::list_carriers(&mut asked.read().await?, &asked.deed, tag.id).await?;
    if let Some(address) = open(carriers) {
        return Ok(address);
    }
    match tags::add_carrier(asked.db(), &asked.deed, tag.id, CarrierKind::Sticker).await {
        Ok(_) => {}
        Err(tags::Refusal::Not(_)) => {
            return Err(Problem::refused(
                "使われていない番号のため、シールは印刷できません。",
            ));
        }
        Err(refusal) => return Err(refusal.into()),
    }
    let carriers = tags::list_carriers(&mut asked.read().await?, &asked.deed, tag.id).await?;
    open(carriers).ok_or(Problem::NotFound)
}

/// Whom the sticker tells to call.
fn call(surround: &press::Surround) -> String {
    match &surround.phones[..] {
        [] => String::new(),
        [only] => format!("電話 {}", only.text),
        // By night another desk answers; 「昼」 and 「夜」 are all that a small label has room for.
        some => {
            let lines = some.iter().map(|line| {
                let first = line.label.chars().take(1).collect::<String>();
                format!("{first} {}", line.text)
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

/// Frames only, on plain paper.
pub async fn outlines(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let remembered = remembered(&asked).await?;
    let layout = Layout::from_code(&typed.layout).ok_or(Problem::NotFound)?;
    let typed = Typed {
        layout: layout.code.to_owned(),
        ..remembered
    };
    let how = typed.read().map_err(|_| Problem::NotFound)?;
    let surround = around(&asked, asked.deed.scope.center).await?;
    shown(
        surround,
        how.paper(Vec::new(), String::new(), true),
        "frames",
    )
    .await
}

/// The form for a batch.
pub async fn batch_page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let typed = remembered(&asked).await?;
    batch_sheet(&asked, id, &typed, &Problems::default()).await
}

async fn batch_sheet(
    asked: &Asked,
    id: RowId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let batch = tags::find_batch(&mut asked.read().await?, &asked.deed, id).await?;
    let batch = batch.ok_or(Problem::NotFound)?;
    let kinds = KINDS.map(|kind| Choice::new(kind.code(), kind.word()));
    let kind = Field {
        name: "carrier",
        label: "どの品物のQRコードにするか",
        hint: "1つの品物に1面です。発行のときに数を入れた品物だけ印刷できます。",
        value: &typed.carrier,
        problem: problems.of("carrier"),
        ..Field::default()
    };
    let back = format!("/tags/batches/{id}");
    let body = html! {
        (look::problem_summary(problems))
        p { "番号は" (batch.order.count) "個、1つの番号につける品物は「" (batch.order.mix.words()) "」です。1,000面ほどで1つのファイルになります。" }
        (look::form(&format!("/papers/batches/{id}"), html! {
            (look::select(&kind, &kinds))
            (layouts(&typed.layout))
            (look::hidden("count", "1"))
            (places(typed, problems))
            (buttons("シールを用意する", Some(Link::new("やめる", &back))))
        }))
    };
    asked.page(Place::Papers, "発行した番号のシール", body)
}

/// Begins the stickers of a batch.
pub async fn batch(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let how = match typed.read() {
        Ok(how) => how,
        Err(problems) => {
            return Err(Problem::Refused(
                batch_sheet(&asked, id, &typed, &problems).await?,
            ));
        }
    };
    let found = tags::find_batch(&mut asked.read().await?, &asked.deed, id).await?;
    found.ok_or(Problem::NotFound)?;
    let surround = around(&asked, asked.deed.scope.center).await?;
    how.remember(&asked).await?;
    let what = What::Stickers(rules::Stickers {
        batch: id,
        carrier: typed.carrier.clone(),
        layout: how.layout.code.to_owned(),
        start: how.start,
        offset_mm: how.offset_mm,
        call: call(&surround),
    });
    let job = job(&asked, asked.deed.scope.center, "", what)?;
    match start(&asked, job).await {
        Err(Refusal::Nobody) => {
            let mut problems = Problems::default();
            problems.add(
                "carrier",
                "この品物は、発行のときに数を入れていません。別の品物を選んでください。",
            );
            Err(Problem::Refused(
                batch_sheet(&asked, id, &typed, &problems).await?,
            ))
        }
        answer => Ok(answer?),
    }
}
