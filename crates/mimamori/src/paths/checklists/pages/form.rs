//! All questions on one page: told to somebody of the center, or keyed in from paper.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::one::{admitted, open};
use super::{checklist_of, on, said, told};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Kind as Input, Link, Problems};
use crate::front::{Asked, Flash, Place, Problem};
use crate::paths::checklists::acts;
use crate::paths::checklists::rules::{Answers, Checklist, Question, Sheet, height, line, weight};
use crate::people::{DeskView, Stop};

/// The form as typed: one field a question, the measures, the row of digits, the day.
#[derive(Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    fn of(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(of, _)| of == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// As it stands in the answers.
    fn from(one: &Checklist) -> Typed {
        let mut fields = Vec::new();
        for question in one.sheet.questions() {
            let chosen = one.answers.chosen(question.number).unwrap_or(0);
            fields.push((name(question.number), chosen.to_string()));
        }
        let measure = |of: Option<u32>| of.map(said::tenths).unwrap_or_default();
        fields.push(("height".to_owned(), measure(one.answers.height)));
        fields.push(("weight".to_owned(), measure(one.answers.weight)));
        fields.push(("on".to_owned(), one.on.to_string()));
        fields.push(("version".to_owned(), one.version.to_string()));
        Typed(fields)
    }
}

fn name(number: u8) -> String {
    format!("q{number}")
}

/// The form.
pub async fn page(asked: Asked, Path(id): Path<String>) -> Result<Markup, Stop> {
    let (one, view) = open(&asked, checklist_of(&id)?).await?;
    sheet(
        &asked,
        &one,
        &view,
        &Typed::from(&one),
        &Problems::default(),
    )
}

fn sheet(
    asked: &Asked,
    one: &Checklist,
    view: &DeskView,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Stop> {
    let back = format!("/checklists/{}", one.id);
    let body = html! {
        p { strong { (view.identity.value.name) " さん" } "　答えのないところは「未回答」のままにします。「いいえ」とは別に数えます。" }
        (look::problem_summary(problems))
        (look::form(&format!("{back}/answers"), html! {
            (look::hidden("version", typed.of("version")))
            (look::field(&Field { hint: "例：R8.4.1、2026-04-01", ..plain("on", "答えた日", typed, Input::Short, problems) }))
            (row(one.sheet, typed, problems))
            @for question in one.sheet.questions() {
                @if question.is_measured() { (measures(question, typed, problems)) }
                @else { (choose(question, typed)) }
            }
            (look::buttons("保存する", Some(Link::new("やめる", &back))))
        }))
    };
    Ok(asked.page(Place::People, one.sheet.word(), body)?)
}

fn plain<'a>(
    name: &'a str,
    label: &'a str,
    typed: &'a Typed,
    kind: Input,
    problems: &'a Problems,
) -> Field<'a> {
    Field {
        name,
        label,
        kind,
        value: typed.of(name),
        problem: problems.of(name),
        ..Field::default()
    }
}

/// A paper is keyed in fastest as a row of digits.
fn row(sheet: Sheet, typed: &Typed, problems: &Problems) -> Markup {
    let hint = match sheet {
        Sheet::Kihon => {
            "紙から早く入れるとき：1番から順に25けた。はい=1、いいえ=2、未回答=0、12番は0（身長と体重は下の欄に）。入れると、下の選択よりこちらを使います。"
        }
        Sheet::Kouki => {
            "紙から早く入れるとき：1番から順に15けた。上から何番目の答えか（はい=1、いいえ=2）、未回答=0。入れると、下の選択よりこちらを使います。"
        }
    };
    look::field(&Field {
        hint,
        ..plain(
            "row",
            "まとめて入力（なくてもかまいません）",
            typed,
            Input::Text,
            problems,
        )
    })
}

fn choose(question: &Question, typed: &Typed) -> Markup {
    let (name, label) = (
        name(question.number),
        format!("{}. {}", question.number, question.text),
    );
    let numbers: Vec<String> = (0..=question.choices.len())
        .map(|at| at.to_string())
        .collect();
    let words = question
        .choices
        .iter()
        .map(|choice| choice.word)
        .chain(["未回答"]);
    let order = numbers[1..].iter().chain(&numbers[..1]);
    let choices: Vec<Choice<'_>> = order
        .zip(words)
        .map(|(number, word)| Choice::new(number, word))
        .collect();
    let value = match typed.of(&name) {
        "" => "0",
        chosen => chosen,
    };
    let field = Field {
        name: &name,
        label: &label,
        value,
        ..Field::default()
    };
    look::radios(&field, &choices)
}

fn measures(question: &Question, typed: &Typed, problems: &Problems) -> Markup {
    look::fieldset(
        &format!("{}. {}", question.number, question.text),
        html! {
            (look::field(&plain("height", "身長（cm）", typed, Input::Number, problems)))
            (look::field(&plain("weight", "体重（kg）", typed, Input::Number, problems)))
        },
    )
}

/// Keeps the answers, or gives the form back.
pub async fn save(
    asked: Asked,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Stop> {
    let one = admitted(&asked, &id).await?;
    let typed = Typed(fields);
    let today = in_japan(asked.deed.now).date();
    let mut problems = Problems::default();
    let read = read(one.sheet, &typed, today, &mut problems);
    let version = typed.of("version").parse().unwrap_or_default();
    if let Some((answers, day)) = read {
        let done = acts::save(asked.db(), &asked.deed, one.id, version, day, answers).await;
        match done {
            Ok(_) => {
                let flash = Flash::done("保存しました。");
                return on(&asked, &format!("/checklists/{}", one.id), Ok(flash));
            }
            Err(refusal) => match told(&refusal) {
                Some(words) => problems.add("on", words),
                None => return Err(refusal.into()),
            },
        }
    }
    let (one, view) = open(&asked, one.id).await?;
    Err(Problem::Refused(sheet(&asked, &one, &view, &typed, &problems)?).into())
}

fn read(
    sheet: Sheet,
    typed: &Typed,
    today: Date,
    problems: &mut Problems,
) -> Option<(Answers, Date)> {
    let mut answers = Answers::default();
    for question in sheet.questions() {
        let chosen = typed.of(&name(question.number)).parse().unwrap_or(0);
        answers.choose(sheet, question.number, chosen);
    }
    if !typed.of("row").is_empty()
        && let Err(problem) = line(sheet, typed.of("row"), &mut answers)
    {
        problems.add("row", problem.to_string());
    }
    if sheet.questions().iter().any(Question::is_measured) {
        match height(typed.of("height")) {
            Ok(height) => answers.height = height,
            Err(problem) => problems.add("height", problem.to_string()),
        }
        match weight(typed.of("weight")) {
            Ok(weight) => answers.weight = weight,
            Err(problem) => problems.add("weight", problem.to_string()),
        }
    }
    let day = day(typed.of("on"), today, problems)?;
    problems.is_empty().then_some((answers, day))
}

fn day(typed: &str, today: Date, problems: &mut Problems) -> Option<Date> {
    if typed.is_empty() {
        return Some(today);
    }
    match words::date::parse_full(typed) {
        Ok(day) if day <= today => Some(day),
        Ok(_) => {
            problems.add("on", "日付が今日より先になっています。");
            None
        }
        Err(problem) => {
            problems.add("on", problem.to_string());
            None
        }
    }
}
