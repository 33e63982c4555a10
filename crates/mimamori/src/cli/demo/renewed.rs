//! The yearly renewal as it goes: who answered, who is asked, somebody who is silent through all
//! steps; and people who leave the register.

use super::Failure;
use super::stage::{Stage, phone, unexpected};
use crate::deed::Deed;
use crate::ids::{PersonId, StaffId};
use crate::leaving::{self, Asker, AskerKind, Kind};
use crate::people::{self, Consent, Gap, Given, Group, Heard, Living, Person, Way};
use crate::renewals::{self, AskWay, Month, State, Which};

/// Days ago on which the postcards of two months went out.
const EARLIER: i64 = 62;
const LATER: i64 = 22;

pub(super) async fn renew(stage: &Stage<'_>) -> Result<(), Failure> {
    let staff = [stage.staff.nurse, stage.staff.other];
    keep_up(stage, EARLIER + 2).await?;
    let mut silent = None;
    for who in staff {
        let mut asked = ask(stage, who, EARLIER, 18).await?;
        if who == stage.staff.nurse {
            silent = asked.pop();
        }
        for (turn, person) in (0i64..).zip(asked) {
            answer(stage, (who, person), EARLIER - 2 - turn, turn).await?;
        }
    }
    if let Some(person) = silent {
        climb(stage, person).await?;
    }
    Ok(())
}

/// Nobody answers: each step on its day, while those of the next month are asked.
async fn climb(stage: &Stage<'_>, person: PersonId) -> Result<(), Failure> {
    let (db, nurse) = (&stage.app.db, stage.staff.nurse);
    keep_up(stage, 41).await?;
    let deed = stage.deed(nurse, (41, 11)).await?;
    let year = Month::of(stage.day(EARLIER)).year;
    let again = renewals::ask_all(db, &deed, &[person], year, AskWay::Postcard).await;
    again.map_err(unexpected)?;
    let said = [
        (27, "3回かけたが、呼び出し音だけ。"),
        (19, "長女も、この2週間連絡がとれていないとのこと。"),
        (11, "雨戸が閉まっている。新聞が3日分たまっていた。"),
    ];
    for (ago, words) in said {
        keep_up(stage, ago).await?;
        let deed = stage.deed(nurse, (ago, 15)).await?;
        let tried = renewals::tried(db, &deed, person, words.to_owned()).await;
        tried.map_err(unexpected)?;
        if ago == 27 {
            later(stage).await?;
        }
    }
    keep_up(stage, 4).await?;
    keep_up(stage, 1).await
}

/// The next month: most have answered, three have not.
async fn later(stage: &Stage<'_>) -> Result<(), Failure> {
    for who in [stage.staff.nurse, stage.staff.other] {
        let asked = ask(stage, who, LATER, 16).await?;
        for (turn, person) in (10i64..).zip(asked.into_iter().skip(3)) {
            answer(stage, (who, person), LATER - 2 - turn % 17, turn).await?;
        }
        // Postcards that went out this week; the rest of the month is not asked yet.
        ask(stage, who, 5, 12).await?;
    }
    Ok(())
}

/// What the server does every minute.
async fn keep_up(stage: &Stage<'_>, ago: i64) -> Result<(), Failure> {
    let program = stage.program((ago, 6)).await?;
    let kept = renewals::keep_up(&stage.app.db, &program).await;
    kept.map_err(unexpected)
}

/// Postcards go to some of the month who belong to the center.
async fn ask(
    stage: &Stage<'_>,
    who: StaffId,
    ago: i64,
    most: usize,
) -> Result<Vec<PersonId>, Failure> {
    let (db, deed) = (&stage.app.db, stage.deed(who, (ago, 9)).await?);
    let which = Which {
        month: Month::of(stage.day(ago)),
        center: deed.scope.center,
        state: Some(State::Waiting),
    };
    let mut conn = db.read().await?;
    let people = renewals::list_ids(&mut conn, &deed, which).await;
    let mut people = people.map_err(unexpected)?;
    people.truncate(most);
    drop(conn);
    let year = which.month.year;
    let asked = renewals::ask_all(db, &deed, &people, year, AskWay::Postcard).await;
    asked.map_err(unexpected)?;
    Ok(people)
}

/// Somebody is gone through: some have another telephone, some need a hand.
async fn answer(
    stage: &Stage<'_>,
    (who, person): (StaffId, PersonId),
    ago: i64,
    turn: i64,
) -> Result<(), Failure> {
    let db = &stage.app.db;
    let deed = stage.deed(who, (ago.max(0), 10)).await?;
    let ways = [Way::InPerson, Way::Phone, Way::Post, Way::Visit];
    let way = ways[usize::try_from(turn).unwrap_or_default() % ways.len()];
    let begun = renewals::begin_walk(db, &deed, person, way).await;
    begun.map_err(unexpected)?;
    let found = people::find(&mut db.read().await?, &deed, person).await;
    let record = found.map_err(unexpected)?;
    let record = record.ok_or_else(|| Failure::refused("demo: nobody"))?;
    for group in Group::ALL {
        go_through(stage, &deed, (&record, *group), (way, turn)).await?;
    }
    let need =
        (turn % 5 == 4 && ago < 8).then(|| "ゴミ出しと買い物の手伝いを探しておられる。".to_owned());
    let ended = renewals::finish(db, &deed, person, need, turn % 4 == 1).await;
    ended.map(drop).map_err(unexpected)
}

async fn go_through(
    stage: &Stage<'_>,
    deed: &Deed,
    (record, group): (&Person, Group),
    (way, turn): (Way, i64),
) -> Result<(), Failure> {
    let (db, id, how) = (&stage.app.db, record.id, Some(way));
    let gap = record.gap(group);
    let changed = turn % 3 == 0 || gap != Gap::Nothing;
    let done = match (group, &gap) {
        (Group::Identity, _) if changed => {
            let mut new = record.identity.value.clone();
            let number = phone(&format!("090-0142-{:04}", 1_000 + 37 * turn));
            new.phones.truncate(1);
            new.phones.extend(number);
            if new.living == Living::Unconfirmed {
                new.living = Living::Alone;
            }
            people::change_identity(db, deed, id, record.identity.version, new, how).await
        }
        (Group::Consent, Gap::Unasked(_)) if turn % 3 == 0 => {
            let given = Given::by_person(crate::clock::in_japan(deed.now).date());
            let new = Consent {
                identity: given.clone(),
                medical: given,
                board: Given::default(),
            };
            people::change_consent(db, deed, id, record.consent.version, new, how).await
        }
        (_, Gap::Unasked(_)) => Ok(()),
        (_, gap) => {
            let heard = match gap {
                Gap::Empty => Heard::Nothing,
                Gap::Nothing | Gap::Unasked(_) => Heard::Unchanged,
            };
            let of = (group, record.group(group).version);
            people::confirm(db, deed, id, of, heard, way).await
        }
    };
    done.map_err(unexpected)
}

/// Why, by whom, how it was made sure; how many days ago it happened and was written down.
type Row = (
    Kind,
    (AskerKind, &'static str, &'static str),
    &'static str,
    (i64, i64),
);

const LEAVING: [Row; 3] = [
    (
        Kind::MovedAway,
        (AskerKind::Family, "山口 由美", "長女"),
        "電話で。転出届の控えをあとで送ってくださる。",
        (12, 9),
    ),
    (
        Kind::Died,
        (AskerKind::Office, "住民課", ""),
        "死亡届の連絡。",
        (20, 18),
    ),
    (
        Kind::Erasure,
        (AskerKind::Person, "", ""),
        "窓口で、ご本人。本人確認ずみ。",
        (3, 3),
    ),
];

/// Three leave; the head has agreed to one.
pub(super) async fn leave(stage: &Stage<'_>) -> Result<(), Failure> {
    let db = &stage.app.db;
    let mut numbers = 100..160;
    for (kind, (asker, name, relation), note, (since, ago)) in LEAVING {
        let deed = stage.deed(stage.staff.nurse, (ago, 10)).await?;
        let (person, version) = loop {
            let number = numbers.next();
            let number = number.ok_or_else(|| Failure::refused("demo: nobody leaves"))?;
            let person = stage.person(&format!("{number:05}")).await?;
            let standing = people::find_standing(&mut db.read().await?, &deed, person).await;
            let standing = standing.map_err(unexpected)?;
            if let Some(one) = standing.filter(|one| one.center == Some(stage.places.center)) {
                break (person, one.version);
            }
        };
        let new = leaving::New {
            kind,
            since: stage.day(since),
            asker: Asker {
                kind: asker,
                name: name.to_owned(),
                relation: relation.to_owned(),
                note: note.to_owned(),
            },
        };
        let begun = leaving::begin(db, &deed, person, version, new).await;
        let id = begun.map_err(unexpected)?;
        if kind == Kind::Died {
            let head = stage.deed(stage.staff.head, (ago - 1, 11)).await?;
            let agreed = leaving::approve(db, &head, id, 1).await;
            agreed.map(drop).map_err(unexpected)?;
        }
    }
    Ok(())
}
