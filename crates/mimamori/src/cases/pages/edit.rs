//! Aims, plan, risks, and who may see the case.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::gate::{Opened, admit, enter};
use super::parts::{case_of, paragraphs};
use super::path;
use super::typed::Typed;
use crate::audit::Fields;
use crate::cases::acts::{self, Changes};
use crate::cases::rules::{Access, Case, Refusal};
use crate::front::look::{self, Choice, Kind, Link, Problems};
use crate::front::{Asked, Flash, Place, Problem};

/// The most characters of a plan.
const MOST: usize = 4_000;

/// The form.
pub async fn page(asked: Asked, Path(case): Path<String>) -> Result<Markup, Problem> {
    let opened = enter(&asked, case_of(&case)?, Fields::IDENTITY).await?;
    let typed = of(&opened.case);
    sheet(&asked, &opened, &typed, &Problems::default(), html! {})
}

fn of(case: &Case) -> Typed {
    let body = &case.body;
    let days = case.quiet_days.map(|days| days.to_string());
    Typed::default()
        .with("version", case.version.to_string())
        .with("about", &body.about)
        .with("began", &body.began)
        .with("aims", &body.aims)
        .with("plan", &body.plan)
        .with("risks", &body.risks)
        .with("access", case.access.code())
        .with("quiet", days.unwrap_or_default())
}

/// The choice of who may see it.
pub fn access(typed: &Typed, problems: &Problems) -> Markup {
    let choices = [
        Choice {
            value: Access::Center.code(),
            label: Access::Center.word(),
            hint: "このセンターの職員は、だれでも見られます。",
        },
        Choice {
            value: Access::Named.code(),
            label: Access::Named.word(),
            hint: "担当と、名前を挙げた職員と、センター長だけ。ほかの職員には、一覧にも検索にも出ません。虐待やDVなど、知られると危ないときに。",
        },
    ];
    look::radios(
        &typed.plain(("access", "だれが見られますか", ""), Kind::Text, problems),
        &choices,
    )
}

fn sheet(
    asked: &Asked,
    opened: &Opened,
    typed: &Typed,
    problems: &Problems,
    theirs: Markup,
) -> Result<Markup, Problem> {
    let case = &opened.case;
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (opened.about()) } }
        (theirs)
        (look::form(&format!("{}/edit", path(case.id)), html! {
            (look::hidden("version", typed.get("version")))
            @if opened.people.is_empty() {
                (typed.field(("about", "だれの、またはどの場所の支援ですか", ""), Kind::Long, problems))
            } @else { (look::hidden("about", typed.get("about"))) }
            (typed.field(("began", "はじまり", "だれから、何を聞いて始めたか"), Kind::Textarea, problems))
            (typed.field(("aims", "ご本人の望むこと", "ご本人の言葉のまま書きます。例：「もう一度、畑に出たい」"), Kind::Textarea, problems))
            (typed.field(("plan", "計画", "だれが、いつ、何をするか"), Kind::Textarea, problems))
            (typed.field(("risks", "心配なことと備え", "例：転んで動けなくなる → 緊急通報の装置を頼む"), Kind::Textarea, problems))
            (access(typed, problems))
            (typed.field(("quiet", "連絡が何日ないと知らせますか", "空けておくと、センターの決まりのとおりになります。"), Kind::Number, problems))
            (look::buttons("保存する", Some(Link::new("やめる", &path(case.id)))))
        }))
    };
    asked.page(Place::Cases, "目標と計画", body)
}

/// Saves it, or gives the form back.
pub async fn save(
    asked: Asked,
    Path(case): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let mut problems = Problems::default();
    let mut words = |name: &str| typed.words(name, MOST, &mut problems);
    let changes = Changes {
        began: words("began"),
        aims: words("aims"),
        plan: words("plan"),
        risks: words("risks"),
        about: typed.line("about", 200, &mut problems),
        quiet_days: typed
            .number("quiet", 366, &mut problems)
            .filter(|days| *days > 0),
        access: typed
            .choice("access", Access::from_code, &mut problems)
            .unwrap_or(case.access),
    };
    if !problems.is_empty() {
        let opened = enter(&asked, case.id, Fields::IDENTITY).await?;
        return Err(Problem::Refused(sheet(
            &asked,
            &opened,
            &typed,
            &problems,
            html! {},
        )?));
    }
    match acts::change(asked.db(), &asked.deed, case.id, typed.version(), changes).await {
        Ok(()) => Ok(asked.redirect(&path(case.id), Flash::done("保存しました。"))),
        Err(Refusal::Changed) => {
            // What was typed stays on the page, under what the other saved.
            let words = "ほかの職員が先に保存しました。上の「いまの内容」を見て、直してからもう一度保存してください。";
            problems.add("plan", words);
            let opened = enter(&asked, case.id, Fields::IDENTITY).await?;
            let typed = typed.anew("version", opened.case.version.to_string());
            let theirs = theirs(&opened.case);
            let page = sheet(&asked, &opened, &typed, &problems, theirs)?;
            Err(Problem::Changed(page))
        }
        Err(Refusal::Nobody) => {
            problems.add("about", "だれの、またはどの場所の支援かを入れてください。");
            let opened = enter(&asked, case.id, Fields::IDENTITY).await?;
            Err(Problem::Refused(sheet(
                &asked,
                &opened,
                &typed,
                &problems,
                html! {},
            )?))
        }
        Err(other) => Err(other.into()),
    }
}

/// What somebody else saved meanwhile.
fn theirs(case: &Case) -> Markup {
    let body = &case.body;
    look::section(
        "いまの内容（ほかの職員が保存したもの）",
        html! {
            (paragraphs(&body.began)) (paragraphs(&body.aims))
            (paragraphs(&body.plan)) (paragraphs(&body.risks))
        },
    )
}
