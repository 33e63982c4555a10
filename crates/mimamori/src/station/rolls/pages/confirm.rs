//! A sheet as it was read: doubtful marks to decide, and the whole of it to confirm once.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::{day, told};
use crate::audit::{self, Fields, Line, Verb};
use crate::front::look::{self, Choice, Field, Head, Problems, Tone};
use crate::front::{Asked, Flash, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::one_line;
use crate::station::courses::{self, CourseDay, Side, Typed, sided, text};
use crate::station::door;
use crate::station::rolls::acts::{self, Confirmed};
use crate::station::rolls::rules::{Reading, Refusal, Says, Sheet, State};
use crate::station::rolls::store;
use crate::station::{signups, supporters};

/// A sheet with who stands on it.
struct Opened {
    day: CourseDay,
    sheet: Sheet,
    reading: Reading,
    /// From above.
    names: Vec<(String, Option<PersonId>)>,
    /// Another sheet of the day is still out.
    more: bool,
}

async fn open(asked: &Asked, id: RowId) -> Result<Opened, Refusal> {
    let deed = &asked.deed;
    let mut conn = asked.app.db.read().await?;
    let mut sheet = store::find(&mut conn, deed, id).await?;
    let day = courses::find_day(&mut conn, deed, sheet.day).await?;
    let reading = sheet.reading.take().ok_or(match sheet.state {
        State::Taken => Refusal::Taken,
        State::Printed | State::Read => Refusal::Unread,
    })?;
    let mut names = Vec::new();
    for row in &sheet.order.rows {
        let mut supporter = row.supporter;
        let mut name = (String::new(), None);
        if let Some(id) = row.signup {
            match signups::find(&mut conn, deed, id).await?.who {
                signups::Who::Guest(guest) => name.0 = guest.name,
                signups::Who::Supporter(id) => supporter = Some(id),
            }
        }
        if let Some(id) = supporter {
            let one = supporters::find(&mut conn, deed, id).await?;
            name = (one.details.name, one.person);
        }
        names.push(name);
    }
    let all = store::list_of_day(&mut conn, deed, day.id).await?;
    let more = all
        .iter()
        .any(|one| one.id != sheet.id && one.state != State::Taken);
    Ok(Opened {
        day,
        sheet,
        reading,
        names,
        more,
    })
}

/// The address.
fn path(id: RowId) -> String {
    format!("/station/rolls/{id}")
}

/// The page; the day's sheets where there is nothing to confirm.
pub async fn page(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let opened = open(&asked, id).await?;
    shown(&asked, &opened, &Typed::default(), &Problems::default()).await
}

async fn shown(
    asked: &Asked,
    opened: &Opened,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let (sheet, title) = (&opened.sheet, &opened.day.details.title);
    let what = format!("紙の出席表{}枚目：{title}　{}", sheet.page, opened.day.day);
    let mut lines = vec![Line::new(Verb::Saw, None, Fields::NOTHING).saying(what)];
    let people = opened.names.iter().filter_map(|(_, person)| *person);
    lines.extend(people.map(|person| {
        Line::new(Verb::Saw, Some(person), Fields::NOTHING).saying("講座の紙の出席表")
    }));
    audit::witness_all(asked.db(), &asked.deed, lines).await?;
    let doubts = opened
        .reading
        .boxes
        .iter()
        .filter(|one| one.says.is_doubt());
    let doubts = doubts.count();
    let body = html! {
        p { strong { (title) } "　" (courses::day_words(opened.day.day)) "　" (sheet.page) "枚目" }
        (look::problem_summary(problems))
        @if doubts > 0 {
            (look::notice(Tone::Warning, &format!("読み取れなかった印が{doubts}か所あります"), html! {
                p { "切り抜きを見て、来た方かどうかを選んでください。分からないときは、用紙そのものを見てください。" }
            }))
        }
        (look::form(&path(sheet.id), html! {
            (look::hidden("version", &sheet.version.to_string()))
            @if doubts > 0 { (look::section("確かめる印", to_decide(opened, typed, problems))) }
            (look::section("読み取った印", table(opened, typed)))
            @if !opened.reading.lines.is_empty() { (look::section("空いた行に書かれた方", lines_below(opened, typed, problems))) }
            (ending(opened, typed))
            (look::buttons("この用紙を記録する", Some(look::Link::new("まだ記録しない", &day::path(opened.day.id)))))
        }))
    };
    sided(asked, Side::Door, "紙の出席表を確かめる", body)
}

fn named(opened: &Opened, row: usize) -> String {
    let name = opened.names.get(row).map_or("", |(name, _)| name.as_str());
    let number = opened.sheet.order.first + row;
    match name.is_empty() {
        true => format!("{number}番（名前は消去されました）"),
        false => format!("{number}番　{name}"),
    }
}

fn heading(opened: &Opened, column: usize) -> &'static str {
    let part = opened.sheet.order.part(column);
    part.map_or("", door::Part::word)
}

/// The name of a box's field.
fn field_of(row: usize, column: usize) -> String {
    format!("d-{row}-{column}")
}

const CAME: &str = "came";
const NOT: &str = "not";

fn to_decide(opened: &Opened, typed: &Typed, problems: &Problems) -> Markup {
    let choices = [Choice::new(CAME, "印がある"), Choice::new(NOT, "印はない")];
    html! {
        @for one in opened.reading.boxes.iter().filter(|one| one.says.is_doubt()) {
            @let name = field_of(one.row, one.column);
            @let label = format!("{}　{}", named(opened, one.row), heading(opened, one.column));
            @if let Some(picture) = &one.picture { img.face src=(picture) alt={ (label) "の欄" }; }
            (look::radios(&Field {
                name: &name,
                label: &label,
                hint: one.says.word(),
                value: typed.of(&name),
                problem: problems.of(&name),
                required: true,
                ..Field::default()
            }, &choices))
        }
    }
}

/// What is sure stands ticked, and may be put right.
fn table(opened: &Opened, typed: &Typed) -> Markup {
    let columns = opened.sheet.order.parts.len();
    let words: Vec<&str> = (0..columns).map(|column| heading(opened, column)).collect();
    let mut head = vec![Head::new("名前")];
    head.extend(words.iter().map(|word| Head::new(word)));
    let ticked = typed.all("mark");
    let fresh = typed.of("version").is_empty();
    let cell = |row: usize, column: usize| {
        let read = opened.reading.boxes.iter();
        let says = read
            .clone()
            .find(|one| (one.row, one.column) == (row, column));
        let says = says.map_or(Says::NotSeen, |one| one.says);
        let value = format!("{row}-{column}");
        let on = match fresh {
            true => says == Says::Marked,
            false => ticked.contains(&value.as_str()),
        };
        html! {
            @if says.is_doubt() { "上で選ぶ" } @else {
                label.choice {
                    input type="checkbox" name="mark" value=(value) checked[on]
                        aria-label={ (named(opened, row)) "　" (words[column]) };
                    span { @if on { "印あり" } @else { "印なし" } }
                }
            }
        }
    };
    let rows: Vec<Vec<Markup>> = (0..opened.sheet.order.rows.len())
        .map(|row| {
            let mut cells = vec![html! { (named(opened, row)) }];
            cells.extend((0..columns).map(|column| cell(row, column)));
            cells
        })
        .collect();
    look::table("読み取った印。ちがっていたら直してください", &head, &rows)
}

fn lines_below(opened: &Opened, typed: &Typed, problems: &Problems) -> Markup {
    html! {
        @for (at, line) in opened.reading.lines.iter().enumerate() {
            @let label = format!("空いた行{}の名前", at + 1);
            @if let Some(picture) = &line.picture { img.face src=(picture) alt={ "空いた行" (at + 1) }; }
            @if !line.seen { p { "この行は、全部は写っていません。用紙を見てください。" } }
            (look::field(&Field { hint: "だれも書いていなければ、空けておきます。", ..text(typed, problems, &format!("line-{at}"), &label) }))
        }
    }
}

fn ending(opened: &Opened, typed: &Typed) -> Markup {
    let choices = [Choice::new(
        "yes",
        "来た方の記録はこれで全部です（受付を終える）",
    )];
    let fresh = typed.of("version").is_empty();
    let on = if fresh && !opened.more {
        "yes"
    } else {
        typed.of("ends")
    };
    let field = Field {
        name: "ends",
        label: "この回の受付",
        hint: "終えると、印のない方は「来なかった」になります。まだ読み取る用紙があるときは、印をつけないでください。",
        ..Field::default()
    };
    look::checks(&field, &choices, &[on])
}

/// What was sent, or what is still to be decided.
fn read(opened: &Opened, typed: &Typed) -> Result<Confirmed, Problems> {
    let mut problems = Problems::default();
    let mut marked = Vec::new();
    let ticked = typed.all("mark");
    for one in &opened.reading.boxes {
        let (row, column) = (one.row, one.column);
        let name = field_of(row, column);
        let counts = match (one.says.is_doubt(), typed.of(&name)) {
            (false, _) => ticked.contains(&format!("{row}-{column}").as_str()),
            (true, CAME) => true,
            (true, NOT) => false,
            (true, _) => {
                problems.add(&name, "切り抜きを見て、どちらかを選んでください。");
                false
            }
        };
        if counts {
            marked.push((row, column));
        }
    }
    let mut others = Vec::new();
    for at in 0..opened.reading.lines.len() {
        let name = format!("line-{at}");
        match one_line(typed.of(&name), door::MOST_NAME) {
            Ok(name) if name.is_empty() => {}
            Ok(name) => others.push(name),
            Err(bad) => problems.add(&name, bad.to_string()),
        }
    }
    match problems.is_empty() {
        true => Ok(Confirmed {
            marked,
            others,
            ends: typed.of("ends") == "yes",
        }),
        false => Err(problems),
    }
}

/// The whole sheet is confirmed.
pub async fn save(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(sent);
    let opened = open(&asked, id).await?;
    let confirmed = match read(&opened, &typed) {
        Ok(confirmed) => confirmed,
        Err(problems) => {
            return Err(Problem::Refused(
                shown(&asked, &opened, &typed, &problems).await?,
            ));
        }
    };
    let of = (id, typed.version());
    match acts::confirm(asked.db(), &asked.deed, of, confirmed).await {
        Ok((day, new)) => Ok(asked.redirect(
            &day::path(day),
            Flash::done(&format!(
                "用紙を記録しました。あらたに{new}人を受け付けました。"
            )),
        )),
        Err(refusal) => match told(&refusal) {
            Some(words) => Ok(asked.redirect(&path(id), Flash::not_done(words))),
            None => Err(refusal.into()),
        },
    }
}
