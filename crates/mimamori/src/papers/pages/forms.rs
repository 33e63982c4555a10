//! What is printed of many: postcards, a month's worklist, the ledger. Each is one question.

use axum::Form;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use press::{Paper, Worklist};
use serde::Deserialize;

use super::runs::{job, start};
use super::{around, shown};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Kind, Link, Problems};
use crate::front::{Asked, Place, Problem};
use crate::ids::CenterId;
use crate::networks::Text;
use crate::papers::rules::{LEAST_PURPOSE, Ledger, Postcards, Refusal, What, work};
use crate::people::{Names, center_code};
use crate::renewals::{self, Month, State, Which};

/// What to print, as typed, or as another page leads here: `?month=2026-12`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    month: String,
    center: String,
    state: String,
    paper: String,
    medical: String,
    purpose: String,
}

impl Typed {
    fn center(&self) -> Option<CenterId> {
        self.center.parse().ok()
    }

    /// What the form begins with: the month to come, one's own center.
    fn begun(self, asked: &Asked) -> Typed {
        let today = in_japan(asked.deed.now).date();
        let month = Month::from_code(&self.month).unwrap_or(Month::of(today).plus(1));
        Typed {
            month: month.code(),
            center: center_code(asked.deed.scope.center),
            state: State::Waiting.code().to_owned(),
            paper: "official".to_owned(),
            ..self
        }
    }
}

/// One of the forms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Postcards,
    Worklist,
    Ledger,
}

impl Sheet {
    const fn title(self) -> &'static str {
        match self {
            Sheet::Postcards => "更新のはがき",
            Sheet::Worklist => "更新の一覧（紙）",
            Sheet::Ledger => "夜間台帳",
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Sheet::Postcards => "/papers/postcards",
            Sheet::Worklist => "/papers/worklist",
            Sheet::Ledger => "/papers/ledger",
        }
    }

    const fn about(self) -> &'static str {
        match self {
            Sheet::Postcards => {
                "あて名の面と文面を、1枚ずつ両面で印刷します。250人ごとに1つのファイルになります。"
            }
            Sheet::Worklist => {
                "名前・住所・電話と、書きこむ欄のある一覧です。訪問や電話に持って出られます。"
            }
            Sheet::Ledger => {
                "回線や機器が使えない夜のための、番号順の台帳です。封をして保管し、1か月ごとに差しかえてください。"
            }
        }
    }

    const fn button(self) -> &'static str {
        match self {
            Sheet::Postcards => "はがきを用意する",
            Sheet::Worklist => "一覧を開く（PDF）",
            Sheet::Ledger => "夜間台帳を用意する",
        }
    }
}

async fn sheet(
    asked: &Asked,
    of: Sheet,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let names = Names::read(&mut asked.read().await?, &asked.deed).await?;
    let today = in_japan(asked.deed.now).date();
    let body = html! {
        p { (of.about()) }
        (look::problem_summary(problems))
        (look::form(of.path(), html! {
            @if of != Sheet::Ledger { (months(typed, today, problems)) }
            (names.center_select(typed.center()))
            @match of {
                Sheet::Postcards => (postcards_fields(typed)),
                Sheet::Worklist => {},
                Sheet::Ledger => (medical(typed)),
            }
            (purpose(typed, problems))
            (look::buttons(of.button(), Some(Link::new("やめる", "/papers"))))
        }))
    };
    asked.page(Place::Papers, of.title(), body)
}

fn months(typed: &Typed, today: Date, problems: &Problems) -> Markup {
    let mut months: Vec<Month> = (-2..=2).map(|more| Month::of(today).plus(more)).collect();
    let chosen = Month::from_code(&typed.month);
    months.extend(chosen.filter(|month| !months.contains(month)));
    let codes: Vec<(String, String)> = months
        .iter()
        .map(|month| (month.code(), month.words()))
        .collect();
    let choices: Vec<Choice<'_>> = codes
        .iter()
        .map(|(code, words)| Choice::new(code, words))
        .collect();
    let field = Field {
        name: "month",
        label: "更新の月",
        value: &typed.month,
        problem: problems.of("month"),
        ..Field::default()
    };
    look::select(&field, &choices)
}

fn purpose(typed: &Typed, problems: &Problems) -> Markup {
    let hint = format!(
        "ほかのセンターの方が入るときは、必ず{LEAST_PURPOSE}文字以上で入れてください。ご本人も見られる記録に残ります。"
    );
    look::field(&Field {
        name: "purpose",
        label: "印刷の目的",
        hint: &hint,
        value: &typed.purpose,
        kind: Kind::Long,
        problem: problems.of("purpose"),
        ..Field::default()
    })
}

fn postcards_fields(typed: &Typed) -> Markup {
    let whom = [
        Choice::new(State::Waiting.code(), "まだお願いしていない方"),
        Choice::new(
            State::Asked.code(),
            "お願いして、返事を待っている方（2枚目）",
        ),
        Choice::new(State::NoAnswer.code(), "返事のない方"),
    ];
    let state = Field {
        name: "state",
        label: "だれに",
        value: &typed.state,
        ..Field::default()
    };
    let papers = [
        Choice {
            hint: "郵便番号の枠と切手が、はじめから刷られているもの。",
            ..Choice::new("official", "官製はがき")
        },
        Choice {
            hint: "郵便番号の枠と、切手をはる所も印刷します。",
            ..Choice::new("blank", "無地のはがき")
        },
    ];
    let paper = Field {
        name: "paper",
        label: "はがきの種類",
        value: &typed.paper,
        ..Field::default()
    };
    html! { (look::select(&state, &whom)) (look::radios(&paper, &papers)) }
}

fn medical(typed: &Typed) -> Markup {
    let field = Field {
        name: "medical",
        label: "医療の情報",
        hint: "救急・病院に伝えることに同意した方の分だけが入ります。",
        ..Field::default()
    };
    let ticked = [typed.medical.as_str()];
    look::checks(&field, &[Choice::new("yes", "医療の情報も入れる")], &ticked)
}

/// The form of postcards.
pub async fn postcards_page(asked: Asked, Query(led): Query<Typed>) -> Result<Markup, Problem> {
    let typed = led.begun(&asked);
    sheet(&asked, Sheet::Postcards, &typed, &Problems::default()).await
}

/// The form of the worklist.
pub async fn worklist_page(asked: Asked, Query(led): Query<Typed>) -> Result<Markup, Problem> {
    let typed = led.begun(&asked);
    sheet(&asked, Sheet::Worklist, &typed, &Problems::default()).await
}

/// The form of the ledger.
pub async fn ledger_page(asked: Asked) -> Result<Markup, Problem> {
    let typed = Typed::default().begun(&asked);
    sheet(&asked, Sheet::Ledger, &typed, &Problems::default()).await
}

/// The form again, as typed, where it can be mended.
async fn again(asked: &Asked, of: Sheet, typed: &Typed, refusal: Refusal) -> Problem {
    let mut problems = Problems::default();
    match refusal {
        Refusal::NoPurpose => problems.add(
            "purpose",
            format!("ほかのセンターの方が入ります。印刷の目的を{LEAST_PURPOSE}文字以上で入れてください（例：夜間の引き継ぎのため）。"),
        ),
        Refusal::Nobody => {
            let field = if of == Sheet::Ledger { "center" } else { "month" };
            problems.add(field, "印刷する方がいません。選び方をお確かめください。");
        }
        other => return other.into(),
    }
    match sheet(asked, of, typed, &problems).await {
        Ok(page) => Problem::Refused(page),
        Err(problem) => problem,
    }
}

/// Postcards of a month.
pub async fn postcards(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let what = What::Postcards(Postcards {
        month: typed.month.clone(),
        state: typed.state.clone(),
        blank_paper: typed.paper == "blank",
        words: asked.words(Text::PaperPostcard).await?,
    });
    let job = job(&asked, typed.center(), &typed.purpose, what)?;
    match start(&asked, job).await {
        Ok(answer) => Ok(answer),
        Err(refusal) => Err(again(&asked, Sheet::Postcards, &typed, refusal).await),
    }
}

/// The ledger.
pub async fn ledger(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    let what = What::Ledger(Ledger {
        medical: typed.medical == "yes",
    });
    let job = job(&asked, typed.center(), &typed.purpose, what)?;
    match start(&asked, job).await {
        Ok(answer) => Ok(answer),
        Err(refusal) => Err(again(&asked, Sheet::Ledger, &typed, refusal).await),
    }
}

/// A month's worklist on paper, after a line for everybody on it.
pub async fn worklist(asked: Asked, Form(typed): Form<Typed>) -> Result<Response, Problem> {
    match list(&asked, &typed).await? {
        Ok((center, list)) => {
            let surround = around(&asked, center).await?;
            let name = format!("renewals-{}", typed.month);
            shown(surround, Paper::Worklist(list), &name).await
        }
        Err(refusal) => Err(again(&asked, Sheet::Worklist, &typed, refusal).await),
    }
}

type Listed = Result<(Option<CenterId>, Worklist), Refusal>;

async fn list(asked: &Asked, typed: &Typed) -> Result<Listed, Problem> {
    let Some(month) = Month::from_code(&typed.month) else {
        return Ok(Err(Refusal::Nobody));
    };
    let (center, purpose) = (typed.center(), typed.purpose.trim());
    let own = center.is_some() && center == asked.deed.scope.center;
    if !own && purpose.chars().count() < LEAST_PURPOSE {
        return Ok(Err(Refusal::NoPurpose));
    }
    let which = Which {
        month,
        center,
        state: None,
    };
    let today = in_japan(asked.deed.now).date();
    let (mut rows, mut lines, mut page) = (Vec::new(), Vec::new(), 0);
    loop {
        let mut conn = asked.read().await?;
        let listed = renewals::list(&mut conn, &asked.deed, which, page).await?;
        if listed.is_empty() {
            break;
        }
        for one in listed {
            let line = Line::new(Verb::Printed, Some(one.renewal.person), Fields::IDENTITY);
            lines.push(line.saying(format!("更新の一覧（紙） {purpose}").trim()));
            rows.push(work(&one.identity.value, one.renewal.state.word(), today));
        }
        page += 1;
    }
    if rows.is_empty() {
        return Ok(Err(Refusal::Nobody));
    }
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    rows.sort_by(|one, other| one.kana.cmp(&other.kana));
    let title = format!("{}の更新", month.words());
    Ok(Ok((center, Worklist { title, rows })))
}
