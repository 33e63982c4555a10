//! Times away that a supporter told of ahead.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};

use super::one::{enter, shown};
use super::{path, settled};
use crate::front::look::{self, Choice, Field, Head, Kind, Problems, Tone, Weight, chip};
use crate::front::{Asked, Problem};
use crate::ids::{RowId, SupporterId};
use crate::station::courses::{Typed, text};
use crate::station::supporters::acts;
use crate::station::supporters::rules::{Away, AwayKind, KeptAway, MOST_LINE, Supporter};

/// 「お休み中：入院（～12月10日）」, where somebody is away on the day.
pub fn mark(aways: &[KeptAway], of: SupporterId, today: Date) -> Markup {
    let mut of = aways.iter().filter(|one| one.supporter == of);
    let now = of.find(|one| one.away.has(today));
    html! { @if let Some(one) = now { (chip(Tone::Notice, &words(&one.away))) } }
}

fn words(away: &Away) -> String {
    let kind = away.kind.word();
    match away.until {
        Some(until) => format!("お休み中：{kind}（{}まで）", until.strftime("%-m月%-d日")),
        None => format!("お休み中：{kind}"),
    }
}

/// The part of a supporter's page.
pub fn section(
    one: &Supporter,
    aways: &[KeptAway],
    today: Date,
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let base = format!("{}/aways", path(one.id));
    let (over, coming): (Vec<&KeptAway>, Vec<&KeptAway>) = aways
        .iter()
        .partition(|one| one.away.until.is_some_and(|until| until < today));
    html! {
        p { "入院や旅行など、前もって聞いたお休みを書いておくと、その間はお誘いや気がかりの数に入りません。" }
        @if !coming.is_empty() { (table("お休みの予定", &base, &coming)) }
        (look::form(&base, html! {
            div.pair {
                (look::field(&Field { kind: Kind::Short, required: true, hint: "例：8月1日は 2027-08-01、R9.8.1", ..text(typed, problems, "away_from", "お休みの初めの日") }))
                (look::field(&Field { kind: Kind::Short, hint: "わからないときは空けておきます。", ..text(typed, problems, "away_until", "お休みの終わりの日") }))
            }
            (kinds(typed, problems))
            (look::field(&Field { kind: Kind::Long, hint: "例：ひざの手術。長女の家", ..text(typed, problems, "away_words", "くわしく") }))
            (look::button(Weight::Secondary, "お休みを書いておく", "do", "tell"))
        }))
        @if !over.is_empty() { details { summary { "終わったお休み（" (over.len()) "回）" } (table("終わったお休み", &base, &over)) } }
    }
}

fn kinds(typed: &Typed, problems: &Problems) -> Markup {
    let kinds: Vec<Choice<'_>> = AwayKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.word()))
        .collect();
    look::select(&text(typed, problems, "away_kind", "どこに"), &kinds)
}

fn table(caption: &str, base: &str, aways: &[&KeptAway]) -> Markup {
    let head = ["期間", "どこに", "終わりの日を変える", ""].map(Head::new);
    let rows: Vec<Vec<Markup>> = aways.iter().map(|one| row(base, one)).collect();
    look::table(caption, &head, &rows)
}

fn row(base: &str, one: &KeptAway) -> Vec<Markup> {
    let Away {
        kind, words, until, ..
    } = &one.away;
    let days = one.away.days();
    let until = until.map(|day| day.to_string()).unwrap_or_default();
    let name = format!("until-{}", one.id);
    vec![
        html! { (days) },
        html! { (kind.word()) @if !words.is_empty() { br; small { (words) } } },
        look::form(
            &format!("{base}/{}", one.id),
            html! {
                (look::hidden("version", &one.version.to_string()))
                (look::field(&Field { name: &name, label: "終わりの日", kind: Kind::Short, value: &until, ..Field::default() }))
                button.button.quiet type="submit" { "変える" span.unseen { "：" (days) } }
            },
        ),
        look::act(
            Weight::Quiet,
            "取り消す",
            &days,
            &format!("{base}/{}/remove", one.id),
            &[],
        ),
    ]
}

type Sent = Form<Vec<(String, String)>>;

fn day(typed: &Typed, name: &str, problems: &mut Problems) -> Option<Date> {
    words::date::parse_full(typed.of(name))
        .map_err(|problem| problems.add(name, problem.to_string()))
        .ok()
}

fn until(typed: &Typed, name: &str, problems: &mut Problems) -> Option<Date> {
    match typed.of(name) {
        "" => None,
        _ => day(typed, name, problems),
    }
}

/// Somebody will be away.
pub async fn tell(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let one = enter(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let from = day(&typed, "away_from", &mut problems);
    let until = until(&typed, "away_until", &mut problems);
    let words = typed.line("away_words", MOST_LINE, &mut problems);
    if let (Some(from), true) = (from, problems.is_empty()) {
        let away = Away {
            from,
            until,
            kind: AwayKind::from_code(typed.of("away_kind")).unwrap_or(AwayKind::Other),
            words,
        };
        let done = acts::tell_away(asked.db(), &asked.deed, id, away).await;
        let flash = "お休みを書いておきました。";
        if let Some(page) = settled(&asked, id, done.map(drop), flash, &mut problems)? {
            return Ok(page);
        }
    }
    Err(Problem::Refused(
        shown(&asked, &one, &typed, &problems).await?,
    ))
}

/// The last day is another one.
pub async fn change(
    asked: Asked,
    Path((id, away)): Path<(SupporterId, RowId)>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    let one = enter(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let all =
        crate::station::supporters::list_aways(&mut asked.read().await?, &asked.deed, id).await?;
    let kept = all
        .into_iter()
        .find(|one| one.id == away)
        .ok_or(Problem::NotFound)?;
    let until = until(&typed, &format!("until-{away}"), &mut problems);
    if problems.is_empty() {
        let changed = Away { until, ..kept.away };
        let upon = (away, typed.version());
        let done = acts::change_away(asked.db(), &asked.deed, id, upon, changed).await;
        if let Some(page) = settled(&asked, id, done, "お休みを直しました。", &mut problems)?
        {
            return Ok(page);
        }
    }
    Err(Problem::Refused(
        shown(&asked, &one, &typed, &problems).await?,
    ))
}

/// It was told by mistake.
pub async fn remove(
    asked: Asked,
    Path((id, away)): Path<(SupporterId, RowId)>,
) -> Result<Response, Problem> {
    let done = acts::drop_away(asked.db(), &asked.deed, id, away).await;
    let mut problems = Problems::default();
    let page = settled(&asked, id, done, "お休みを取り消しました。", &mut problems)?;
    page.ok_or(Problem::NotFound)
}
