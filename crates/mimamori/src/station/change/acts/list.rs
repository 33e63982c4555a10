//! The list of a week: drawn up, answered.

use db::{Conn, Db};
use jiff::ToSpan as _;
use jiff::civil::Date;
use rhythm::{Book, Facts, Finding, Outcome, Thresholds};
use tokio::task::spawn_blocking;

use super::facts::{Gathered, Who, gather};
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CenterId, RowId};
use crate::notices::{self, NewNotice, Since, Sure, Teller, Way};
use crate::scope::Right;
use crate::station::change::rules::{
    Listed, Refusal, Signal, State, Strip, Told, agreed, allot, monday, number_of, sentence,
};
use crate::station::change::store;
use crate::station::supporters;

/// So many are considered before lists are cut to what centers follow up.
const MOST_FOUND: usize = 500;
/// Reasons on one line.
const MOST_REASONS: usize = 3;
/// What was listed longer ago says nothing any more against a new listing: weeks.
const REMEMBERED: i64 = 104;

/// Draws up the list of the week under way, once, where a center has one.
pub async fn keep_up(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let today = in_japan(deed.now).date();
    let week = monday(today);
    let mut conn = db.read().await?;
    let numbers = store::list_numbers(&mut conn, deed).await?;
    let done = store::list_weeks(&mut conn, deed, week).await?;
    if done.first() == Some(&week) || numbers.iter().all(|(_, number)| *number == 0) {
        return Ok(());
    }
    let gathered = gather(&mut conn, deed, week).await?;
    drop(conn);
    draw_up(db, deed, gathered, week).await.map(drop)
}

/// Draws up the list of a week from what is known; says how many are on it.
pub async fn draw_up(
    db: &Db,
    deed: &Deed,
    gathered: Gathered,
    week: Date,
) -> Result<usize, Refusal> {
    let mut conn = db.read().await?;
    let thresholds = store::find_settings(&mut conn, deed).await?.thresholds();
    let numbers = store::list_numbers(&mut conn, deed).await?;
    let since = week.saturating_sub(REMEMBERED.weeks());
    let listed = store::list_listed(&mut conn, deed, since).await?;
    drop(conn);
    let place = |supporter| {
        let at = gathered
            .people
            .iter()
            .position(|who| who.supporter == supporter);
        at.and_then(|at| u32::try_from(at).ok())
    };
    let listed = listed.into_iter();
    let listed: Vec<(u32, Date)> = listed
        .filter_map(|(supporter, week)| Some((place(supporter)?, week)))
        .collect();
    let work = spawn_blocking(move || {
        let found = find(&gathered.facts, &thresholds, &listed, week)?;
        Ok::<_, Refusal>(lines(&gathered, found, &numbers, week))
    });
    let lines = work.await.map_err(|_| Refusal::GivenUp)??;
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { keep(conn, &deed, lines, week).await }))
        .await
}

/// Who is found, the strongest first. Sums of earlier lists are kept nowhere: they are found anew.
fn find(
    facts: &Facts,
    thresholds: &Thresholds,
    listed: &[(u32, Date)],
    week: Date,
) -> Result<Vec<Finding>, Refusal> {
    let day = number_of(week);
    let book = Book::read(facts, day)?;
    let earlier = listed.iter().filter_map(|(person, week)| {
        match book.look(thresholds, *person, number_of(*week)) {
            Outcome::Change(finding) => finding.alert(),
            _ => None,
        }
    });
    // Answered or not, after the rest of a listing somebody is looked at again, come or not.
    let rest = i32::try_from(thresholds.rest_days).unwrap_or(i32::MAX);
    let earlier: Vec<rhythm::Told> = earlier
        .map(|alert| rhythm::Told {
            again: Some(alert.day.saturating_add(rest)),
            alert,
        })
        .collect();
    Ok(book.list(thresholds, day, &earlier, MOST_FOUND))
}

/// A line for each who is on a list.
fn lines(
    gathered: &Gathered,
    found: Vec<Finding>,
    numbers: &[(CenterId, u32)],
    week: Date,
) -> Vec<Listed> {
    let who = |person: u32| gathered.people.get(person as usize);
    let asked: Vec<Option<CenterId>> = found
        .iter()
        .map(|finding| who(finding.person).and_then(|who| who.center))
        .collect();
    let lists = allot(&asked, numbers);
    let listed = found.iter().zip(lists);
    let listed = listed.filter_map(|(finding, center)| {
        Some(Listed {
            id: RowId(0),
            week,
            center: center?,
            supporter: who(finding.person)?.supporter,
            state: State::Open,
            notice: None,
            told: told(gathered, finding, who),
            version: 1,
        })
    });
    listed.collect()
}

fn told<'a>(gathered: &Gathered, finding: &Finding, who: impl Fn(u32) -> Option<&'a Who>) -> Told {
    let counted = finding.lines.iter().filter(|line| line.counted > 0.0);
    let counted: Vec<_> = counted.take(MOST_REASONS).collect();
    let consented = |signal: rhythm::Signal| {
        let mut all = Signal::ALL.iter();
        all.find(|one| one.opens().contains(&signal)).copied()
    };
    let mut signals: Vec<Signal> = counted
        .iter()
        .filter_map(|line| consented(line.signal))
        .collect();
    let with = counted.iter().find_map(|line| match line.numbers {
        rhythm::Numbers::Companion { with, .. } => who(with).map(|who| who.supporter),
        _ => None,
    });
    let reasons = counted.iter().map(|line| sentence(line, finding.day));
    let reasons = reasons.collect();
    // The strip says how often somebody came, which they agreed to by itself.
    let often = gathered.facts.consents.iter().any(|consent| {
        consent.person == finding.person
            && consent.signal == rhythm::Signal::Less
            && consent.from <= finding.day
            && consent.until.is_none()
    });
    if often && !signals.contains(&Signal::Often) {
        signals.push(Signal::Often);
    }
    Told {
        reasons,
        strip: often.then(|| Strip::of(&gathered.facts, finding.person, finding.day)),
        with,
        signals,
        by: None,
    }
}

/// Keeps the list, of those who still agree.
async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    lines: Vec<Listed>,
    week: Date,
) -> Result<usize, Refusal> {
    if !store::put_week(conn, deed, week).await? {
        return Ok(0);
    }
    let mut kept = 0;
    for line in lines {
        let now = agreed(&store::list_of(conn, deed, line.supporter).await?);
        let agrees = line.told.signals.iter().all(|signal| now.contains(signal));
        if agrees {
            let id = RowId(deed.new_id());
            store::insert_line(conn, deed, &Listed { id, ..line }).await?;
            kept += 1;
        }
    }
    let words = format!("来る様子の一覧を作った（{week}の週、{kept}人）");
    let line = Line::new(Verb::Noted, None, Fields::NOTHING).saying(words);
    audit::record(conn, deed, line).await?;
    Ok(kept)
}

/// Answers a line of the own center's list. What was answered changes no figure of later lists.
pub async fn answer(
    db: &Db,
    deed: &Deed,
    (id, version): (RowId, i64),
    state: State,
) -> Result<Listed, Refusal> {
    deed.scope.need(Right::Watch)?;
    let by = deed.scope.actor.account().ok_or(Refusal::NotFound)?;
    if state == State::Noticed {
        deed.scope.need(Right::TakeNotices)?;
    }
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut line = store::find_line(conn, &deed, id).await?;
            line.answer(version, state, by)?;
            let one = supporters::find(conn, &deed, line.supporter).await?;
            if state == State::Noticed {
                let new = notice_of(&line, &one, deed.scope.center);
                line.notice = Some(notices::tell_in(conn, &deed, new).await?.id);
            }
            store::save_line(conn, &deed, &line).await?;
            let words = format!("来る様子の一覧に答えた（{id}）：{}", state.word());
            let said = Line::new(Verb::Noted, one.person, Fields::NOTHING).saying(words);
            audit::record(conn, &deed, said).await?;
            Ok(line)
        })
    })
    .await
}

fn notice_of(line: &Listed, one: &supporters::Supporter, center: Option<CenterId>) -> NewNotice {
    let about = match one.person {
        Some(_) => String::new(),
        None => one.details.name.clone(),
    };
    NewNotice {
        way: Way::Station,
        words: notices::Words {
            signs: vec!["other".to_owned()],
            words: format!(
                "ステーションに来る様子が変わりました。{}",
                line.told.reasons.concat()
            ),
            place: String::new(),
            about,
            sure: Sure::Seen,
            since: Since::Longer,
            teller: Teller::default(),
            language: String::new(),
        },
        danger: false,
        agreement: None,
        origin: String::new(),
        hash: None,
        center,
        person: one.person,
        task: None,
    }
}
