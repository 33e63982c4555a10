//! How the renewals of past years stood.

use std::collections::HashSet;

use db::Conn;

use super::Fact as Any;
use super::around::Around;
use super::people::OWNER;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::exchange::intake::rules::{Reader, Refusal, Told, Verdict};
use crate::exchange::lists::{List, renewal_cells};
use crate::ids::PersonId;
use crate::renewals::{self, AskWay, Brought, Month, Renewal, State, bring_in};

/// What a row would write.
pub struct Fact {
    person: PersonId,
    month: Month,
    stood: Brought,
}

/// Writes it.
pub async fn write(conn: &mut Conn, deed: &Deed, fact: Fact) -> Result<(), Refusal> {
    bring_in(conn, deed, fact.person, fact.month, &fact.stood)
        .await
        .map_err(Refusal::room)
}

/// Judges renewals: one of a year that has none comes in, one that nobody was asked for yet is changed.
pub async fn renewals(
    conn: &mut Conn,
    deed: &Deed,
    around: &mut Around,
    rows: Vec<Reader<'_>>,
) -> Result<Vec<Verdict<Any>>, Refusal> {
    let (mut verdicts, mut above) = (Vec::new(), HashSet::new());
    for mut reader in rows {
        let person = around.person(conn, deed, &mut reader, OWNER).await?;
        if person.is_none() && reader.faults.is_empty() {
            reader.fault("氏名", "どなたの更新かを入れてください。");
        }
        let stood = stood(deed, &mut reader);
        let (Some(person), Some((month, stood)), true) = (person, stood, reader.faults.is_empty())
        else {
            verdicts.push(Verdict::Refused(reader.faults));
            continue;
        };
        if !above.insert((person, month.year)) {
            reader.fault("更新月", "上の行と、同じ方の同じ年の更新です。");
        }
        let there = renewals::list_for_person(conn, deed, person).await;
        let there = there.map_err(Refusal::room)?;
        let there = there.into_iter().find(|one| one.month.year == month.year);
        let fact = Fact {
            person,
            month,
            stood,
        };
        let verdict = weighed(&mut reader, fact, there.as_ref());
        verdicts.push(match reader.faults.is_empty() {
            true => verdict.map(Any::Renewal),
            false => Verdict::Refused(reader.faults),
        });
    }
    Ok(verdicts)
}

fn weighed(reader: &mut Reader<'_>, fact: Fact, there: Option<&Renewal>) -> Verdict<Fact> {
    let Some(there) = there else {
        return Verdict::Add(fact);
    };
    let headings = List::Renewals.columns();
    let both = headings.iter().zip(renewal_cells(there));
    let told: Vec<Told> = both
        .filter(|(heading, now)| reader.cell(heading) != now && **heading != "更新月")
        .map(|(heading, from)| Told {
            heading,
            from,
            to: reader.cell(heading).to_owned(),
        })
        .collect();
    if there.month != fact.month {
        reader.fault("更新月", "この方のこの年の更新は、ほかの月にあります。");
    } else if !told.is_empty() && there.state != State::Waiting {
        reader.fault(
            "状態",
            "この年の更新は、もう記録があります。更新の画面で書いてください。",
        );
    }
    match told.is_empty() {
        true => Verdict::Same,
        false => Verdict::Change(fact, told),
    }
}

fn stood(deed: &Deed, reader: &mut Reader<'_>) -> Option<(Month, Brought)> {
    let states: Vec<(State, &str)> = State::ALL.iter().map(|one| (*one, one.word())).collect();
    let ways: Vec<(AskWay, &str)> = AskWay::ALL.iter().map(|one| (*one, one.word())).collect();
    let cell = reader.cell("更新月");
    let code = cell.replace('年', "-").replace('月', "");
    // Whoever comes to the counter half a year early renews the next one.
    let last = Month::of(in_japan(deed.now).date()).plus(6);
    let month = Month::from_code(&code).filter(|month| *month <= last);
    if month.is_none() {
        reader.fault(
            "更新月",
            "「2026年4月」のように、半年先までの月を入れてください。",
        );
    }
    let state = reader.one_of("状態", &states);
    let asked_on = reader.day("たずねた日");
    let way = match reader.cell("たずね方") {
        "" => None,
        _ => reader.one_of("たずね方", &ways),
    };
    let stood = Brought {
        state: state?,
        asked: way.zip(asked_on),
        renewed_on: reader.day("更新した日"),
    };
    let halves = way.is_some() == asked_on.is_some();
    if (stood.check().is_err() || !halves) && reader.faults.is_empty() {
        reader.fault(
            "状態",
            "日と合いません。「まだ」に日はなく、「お願い中」「返事なし」にはたずねた日とたずね方、「変更なし」「変更あり」には更新した日も要ります。",
        );
    }
    month.map(|month| (month, stood))
}
