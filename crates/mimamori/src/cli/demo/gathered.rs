//! What happened at the Station: who came and who signed up, what was said of it, what professionals
//! observed, and the list of the week.

use jiff::civil::Date;
use seal::Chance;

use super::Failure;
use super::members::Member;
use super::stage::{Stage, phone, unexpected};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::change;
use crate::station::courses::{self, CourseDay, Role, State};
use crate::station::door::{self, Coming, Part, Way, Who};
use crate::station::signups::{self, Guest, What, Wish};
use crate::station::voices::{self, Mark};
use crate::station::watch::{self, About, New};

/// The courses that people come to each week, by their places in the plan, and the letter of whoever
/// comes; then those for which one signs up.
const WEEKLY: [(usize, char); 3] = [(0, 'm'), (1, 't'), (2, 'f')];
const KITCHEN: usize = 2;
const PHONES: usize = 5;

pub(super) async fn come(
    stage: &Stage<'_>,
    members: &[Member],
    made: &[RowId],
) -> Result<(), Failure> {
    for (course, letter) in WEEKLY {
        let days = days_of(stage, made, course, 259).await?;
        let past: Vec<CourseDay> = days
            .into_iter()
            .filter(|day| day.day < stage.today && day.state == State::Planned)
            .collect();
        for (week, day) in past.iter().enumerate() {
            hold(stage, members, (day, letter), week).await?;
        }
        for day in past.iter().rev().take(5) {
            speak(stage, day).await?;
        }
        if let Some(day) = past.last().filter(|_| course == KITCHEN) {
            observe(stage, members, day).await?;
        }
    }
    sign_up(stage, members, made).await?;
    look(stage).await
}

async fn days_of(
    stage: &Stage<'_>,
    made: &[RowId],
    course: usize,
    ago: i64,
) -> Result<Vec<CourseDay>, Failure> {
    let course = made.get(course).copied();
    let course = course.ok_or_else(|| Failure::refused("demo: no course"))?;
    let deed = stage.deed(stage.staff.nurse, (0, 9)).await?;
    let mut conn = stage.app.db.read().await?;
    let days = courses::list_of_series(&mut conn, &deed, course, stage.day(ago)).await;
    days.map_err(unexpected)
}

fn ago(stage: &Stage<'_>, day: Date) -> i64 {
    i64::from((stage.today - day).get_days())
}

/// One day: whoever usually comes, but for one week in some, and two or three who just came by.
async fn hold(
    stage: &Stage<'_>,
    members: &[Member],
    (day, letter): (&CourseDay, char),
    week: usize,
) -> Result<(), Failure> {
    let ago = ago(stage, day.day);
    let hour = i8::try_from(day.details.hours.starts / 60).unwrap_or(9);
    let deed = stage.deed(stage.staff.nurse, (ago, hour)).await?;
    let after = stage.deed(stage.staff.nurse, (ago, hour + 2)).await?;
    let comes = |(at, one): &(usize, &Member)| {
        let stopped = one.comes.contains('-');
        let away = match stopped {
            true => ago < 56,
            false => (week + 3 * at).is_multiple_of(7 + at % 3),
        };
        one.comes.contains(letter) && one.since > ago && !away
    };
    let cooks = |one: &Member| letter == 'f' && one.comes.contains('c');
    let mut coming: Vec<(Part, Way, Who)> = members
        .iter()
        .enumerate()
        .filter(comes)
        .map(|(_, one)| {
            let part = match cooks(one) {
                true => Part::Role(Role::Cook),
                false => Part::Participant,
            };
            (part, Way::Card, Who::Supporter(one.id))
        })
        .collect();
    let by = (0..2 + week % 2).map(|_| Who::WalkIn(String::new()));
    coming.extend(by.map(|who| (Part::Participant, Way::WalkIn, who)));
    let day = day.clone();
    let held = stage.app.db.write(move |conn| {
        Box::pin(async move {
            for (part, way, who) in coming {
                let coming = Coming {
                    day: day.id,
                    part,
                    way,
                    nonce: deed.new_id(),
                };
                door::come_in(conn, &deed, coming, who).await?;
            }
            door::end_in(conn, &after, &day).await
        })
    });
    held.await.map(drop).map_err(unexpected)
}

/// What a few said on their way out.
const SAID: [(Mark, &str); 6] = [
    (Mark::Good, "久しぶりに大きな声で笑いました。"),
    (Mark::Good, ""),
    (Mark::Good, "来週も来ます。"),
    (Mark::Fair, "いすがもう少しあると助かります。"),
    (Mark::Good, ""),
    (Mark::Poor, "後ろの席まで声が届きませんでした。"),
];

async fn speak(stage: &Stage<'_>, day: &CourseDay) -> Result<(), Failure> {
    let db = &stage.app.db;
    let ago = ago(stage, day.day);
    let deed = stage.program((ago, 15)).await?;
    let turn = usize::try_from(ago).unwrap_or_default();
    for at in 0..4 + turn % 3 {
        let (mark, words) = SAID[(turn + at) % SAID.len()];
        let mut key = [0; 32];
        deed.dice.clone().fill(&mut key);
        let given = voices::give(db, &deed, (day.id, key), mark).await;
        given.map_err(unexpected)?;
        if !words.is_empty() {
            let added = voices::add_words(db, &deed, key, words.to_owned()).await;
            added.map_err(unexpected)?;
        }
    }
    Ok(())
}

/// What a professional saw at the dining room, and on the way there.
async fn observe(stage: &Stage<'_>, members: &[Member], day: &CourseDay) -> Result<(), Failure> {
    let ago = ago(stage, day.day);
    let seen: [(usize, i64, &[&str], &str); 4] = [
        (
            1,
            62,
            &["walking"],
            "階段で、手すりを両手でつかんでおられた。",
        ),
        (
            1,
            57,
            &["mood"],
            "将棋にさそっても、きょうはいいと言われた。",
        ),
        (
            9,
            ago,
            &["eating", "weight"],
            "半分ほど残された。服がゆるくなったように見える。",
        ),
        (6, ago, &["hearing"], "名前を呼んでも、気づかれなかった。"),
    ];
    for (at, ago, signs, words) in seen {
        let Some(member) = members.get(at) else {
            continue;
        };
        let deed = stage.deed(stage.staff.colleague, (ago, 14)).await?;
        let new = New {
            about: About::Supporter(member.id),
            day: stage.day(ago),
            lesson: None,
            signs: signs.iter().map(|code| (*code).to_owned()).collect(),
            words: words.to_owned(),
        };
        let noted = watch::note(&stage.app.db, &deed, new, stage.app.explains).await;
        noted.map_err(unexpected)?;
    }
    Ok(())
}

/// The next dining rooms fill, and the next help with telephones is full: somebody waits, and a place
/// has fallen free.
async fn sign_up(stage: &Stage<'_>, members: &[Member], made: &[RowId]) -> Result<(), Failure> {
    for day in next(stage, made, KITCHEN).await?.iter().take(2) {
        for member in members.iter().filter(|one| one.comes.contains('f')) {
            wish(stage, day, signups::Who::Supporter(member.id), (3, 10)).await?;
        }
        for (name, number) in [
            ("桜井 とも子", "090-0141-3001"),
            ("堀 義一", "03-0141-3002"),
        ] {
            wish(stage, day, guest(name, number), (2, 11)).await?;
        }
    }
    let Some(day) = next(stage, made, PHONES).await?.into_iter().next() else {
        return Ok(());
    };
    let mut all = Vec::new();
    let guests = [
        ("桜井 とも子", "090-0141-3001"),
        ("石川 みつ", "03-0141-3003"),
    ];
    for (name, number) in guests {
        all.push(wish(stage, &day, guest(name, number), (4, 10)).await?);
    }
    for member in members.iter().skip(8).take(5) {
        wish(stage, &day, signups::Who::Supporter(member.id), (3, 13)).await?;
    }
    let Some(first) = all.first() else {
        return Ok(());
    };
    let deed = stage.deed(stage.staff.nurse, (1, 15)).await?;
    let ended = signups::end(&stage.app.db, &deed, (*first, 1), What::Cancelled).await;
    ended.map(drop).map_err(unexpected)
}

/// Days of a course that are held after today.
async fn next(stage: &Stage<'_>, made: &[RowId], course: usize) -> Result<Vec<CourseDay>, Failure> {
    let mut days = days_of(stage, made, course, -1).await?;
    days.retain(|day| day.state == State::Planned);
    Ok(days)
}

fn guest(name: &str, number: &str) -> signups::Who {
    signups::Who::Guest(Guest {
        name: name.to_owned(),
        kana: String::new(),
        phone: phone(number),
    })
}

async fn wish(
    stage: &Stage<'_>,
    day: &CourseDay,
    who: signups::Who,
    when: (i64, i8),
) -> Result<RowId, Failure> {
    let deed: Deed = stage.deed(stage.staff.nurse, when).await?;
    let wish = Wish {
        day: day.id,
        who,
        note: String::new(),
        nonce: deed.new_id(),
    };
    let signed = signups::sign_up(&stage.app.db, &deed, wish).await;
    signed.map_err(unexpected)
}

/// Each center says how many it can look after a week; the list of this week is drawn up.
async fn look(stage: &Stage<'_>) -> Result<(), Failure> {
    let head = stage.deed(stage.staff.head, (90, 9)).await?;
    let set = change::set_number(&stage.app.db, &head, 3).await;
    set.map_err(unexpected)?;
    let program = stage.program((0, 7)).await?;
    let drawn = change::keep_up(&stage.app.db, &program).await;
    drawn.map_err(unexpected)
}
