//! 経過: what was said and seen, and putting it right.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::gate::{admit, enter};
use super::parts::{case_of, day, moment, paragraphs, who};
use super::typed::Typed;
use super::{back, path, row_of};
use crate::audit::Fields;
use crate::cases::acts;
use crate::cases::rules::{Contact, ContactWay, Corrected, Entry, MOST_CORRECTIONS, Refusal};
use crate::cases::store;
use crate::front::look::{self, Choice, Event, Kind, Link, Problems};
use crate::front::{Asked, Place, Problem};
use crate::ids::{CaseId, RowId};
use crate::people::Names;

/// The most characters of what was said and seen.
const MOST: usize = 4_000;
const MOST_LINE: usize = 80;

/// What is said of a day that is to come.
pub const TO_COME: &str = "日付が今日より先です。これからのことは「予定」に入れてください。";

/// The fields of a contact.
pub fn fields(typed: &Typed, problems: &Problems) -> Markup {
    let ways: Vec<Choice<'_>> = ContactWay::ALL
        .iter()
        .map(|way| Choice::new(way.code(), way.word()))
        .collect();
    html! {
        (look::radios(&typed.plain(("way", "どのように", ""), Kind::Text, problems), &ways))
        div.pair {
            (typed.field(("on", "いつ", "例：R8.11.20"), Kind::Short, problems))
            (typed.field(("with", "だれと", "例：ご本人、長女、民生委員の北川さん"), Kind::Text, problems))
            (typed.field(("minutes", "かかった時間（分）", ""), Kind::Number, problems))
        }
        (typed.field(("words", "聞いたこと・見たこと・したこと", ""), Kind::Textarea, problems))
    }
}

/// What was typed.
pub fn read(typed: &Typed, problems: &mut Problems) -> Contact {
    let way = typed.choice("way", ContactWay::from_code, problems);
    let on = typed.must_day("on", problems);
    let ask = "聞いたことや見たことを書いてください。";
    Contact {
        way: way.unwrap_or(ContactWay::Other),
        on: on.unwrap_or_default(),
        with: typed.line("with", MOST_LINE, problems),
        minutes: typed.number("minutes", 1_440, problems).unwrap_or(0),
        words: typed.must("words", MOST, ask, problems),
        before: Vec::new(),
    }
}

/// Everything that was written, the last first, with what stood there before.
pub fn list(id: CaseId, contacts: &[Entry<Contact>], names: &Names, today: Date) -> Markup {
    let mut sorted: Vec<_> = contacts.iter().collect();
    sorted.sort_by_key(|one| std::cmp::Reverse((one.body.on, one.id)));
    let writers: Vec<String> = sorted.iter().map(|one| who(names, one.made_by)).collect();
    let events: Vec<Event<'_>> = sorted
        .iter()
        .zip(&writers)
        .map(|(one, writer)| Event {
            when: html! { (day(one.body.on, today)) },
            who: writer,
            what: html! {
                strong { (one.body.way.word()) }
                @if !one.body.with.is_empty() { "　" (one.body.with) }
                @if one.body.minutes > 0 { "　" (one.body.minutes) "分" }
                (paragraphs(&one.body.words))
                (before(&one.body.before, names, today))
                a.button.quiet href={ (path(id)) "/contacts/" (one.id) } { "直す" span.unseen { "：" (day(one.body.on, today)) "の経過" } }
            },
        })
        .collect();
    html! {
        @if events.is_empty() { p { "まだ経過がありません。" } } @else { (look::timeline(&events)) }
    }
}

fn before(all: &[Corrected], names: &Names, today: Date) -> Markup {
    html! {
        @if let Some(last) = all.last() { details {
            summary { "訂正されています（" (moment(last.at)) " " (who(names, last.by)) "）" }
            @for one in all.iter().rev() {
                p { small { (moment(one.at)) "に" (who(names, one.by)) "が直す前" } }
                p { (day(one.on, today)) "　" (one.way.word()) "　" (one.with)
                    @if one.minutes > 0 { "　" (one.minutes) "分" } }
                (paragraphs(&one.words))
            }
        } }
    }
}

/// The form of a correction.
pub async fn page(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
) -> Result<Markup, Problem> {
    let (case, row) = (case_of(&case)?, row_of(&row)?);
    let mut conn = asked.read().await?;
    store::find(&mut conn, &asked.deed, case).await?;
    let one = store::find_entry::<Contact>(&mut conn, &asked.deed, case, row).await?;
    drop(conn);
    let minutes = match one.body.minutes {
        0 => String::new(),
        minutes => minutes.to_string(),
    };
    let typed = Typed::default()
        .with("version", one.version.to_string())
        .with("way", one.body.way.code())
        .with("on", one.body.on.to_string())
        .with("with", &one.body.with)
        .with("minutes", minutes)
        .with("words", &one.body.words);
    sheet(&asked, (case, row), &typed, &Problems::default()).await
}

async fn sheet(
    asked: &Asked,
    (case, row): (CaseId, RowId),
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let opened = enter(asked, case, Fields::IDENTITY).await?;
    let here = path(case);
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (opened.about()) } "　" (opened.case.name()) }
        p { "前の内容も、直した職員の名前と日時といっしょに残ります。" }
        (look::form(&format!("{here}/contacts/{row}"), html! {
            (look::hidden("version", typed.get("version")))
            (fields(typed, problems))
            (look::buttons("訂正を保存する", Some(Link::new("やめる", &here))))
        }))
    };
    asked.page(Place::Cases, "経過の訂正", body)
}

/// It is put right, or the form comes back.
pub async fn save(
    asked: Asked,
    Path((case, row)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    let case = admit(&asked, &case).await?;
    let (id, row) = (case.id, row_of(&row)?);
    // What is not there is not typed anew either.
    let mut conn = asked.read().await?;
    store::find_entry::<Contact>(&mut conn, &asked.deed, id, row).await?;
    drop(conn);
    let mut problems = Problems::default();
    let to = read(&typed, &mut problems);
    if problems.is_empty() {
        let upon = (row, typed.version());
        match acts::correct_contact(asked.db(), &asked.deed, id, upon, to).await {
            Err(Refusal::BadDay) => problems.add("on", TO_COME),
            Err(Refusal::TooMany) => problems.add(
                "words",
                format!(
                    "訂正は{MOST_CORRECTIONS}回までです。つづきは、新しい経過として書いてください。"
                ),
            ),
            Err(Refusal::Changed) => return Err(Problem::changed(&path(id))),
            done => return back(&asked, &path(id), done.map(|()| "経過を直しました。")),
        }
    }
    Err(Problem::Refused(
        sheet(&asked, (id, row), &typed, &problems).await?,
    ))
}
