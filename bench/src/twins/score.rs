//! The program's own comparison on the pairs.

use std::io::Write;

use mimamori::people::twins::{Level, Likeness, REVIEW, Side, compare, shown};
use mimamori::people::{Contact, Contacts, Identity, Living, MayBeTold, Sex};
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;

use super::Pair;
use super::town::Record;

/// The record as the program holds it.
///
/// # Errors
/// If the generator made something that the program refuses.
pub fn kept(record: &Record) -> anyhow::Result<(Identity, Contacts)> {
    let kana = |text: &str| Reading::parse(text).ok();
    let phones: Result<Vec<Phone>, _> = record.phones.iter().map(|one| Phone::parse(one)).collect();
    let identity = Identity {
        name: PersonName::new(&record.family, &record.given)?,
        family_kana: kana(&record.family_kana),
        given_kana: kana(&record.given_kana),
        sex: match record.sex {
            "f" => Sex::Female,
            "m" => Sex::Male,
            _ => Sex::Unanswered,
        },
        born: PartialDate::parse(&record.born.iso())?,
        postcode: None,
        address: Address::parse(&record.address).ok(),
        phones: phones?,
        living: Living::Unconfirmed,
        old_number: None,
    };
    let contact = |one: &super::town::Contact| {
        Ok(Contact {
            name: one.name.clone(),
            relation: String::new(),
            phones: vec![Phone::parse(&one.phone)?],
            address: None,
            may_be_told: MayBeTold::CallOnly,
            mail: None,
            confirmed: None,
        })
    };
    let contacts: anyhow::Result<Vec<Contact>> = record.contacts.iter().map(contact).collect();
    Ok((identity, Contacts(contacts?)))
}

/// Compares every pair and prints precision and recall at several sums.
pub fn run(
    records: &[Record],
    pairs: &[Pair],
    misses: usize,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let sides: anyhow::Result<Vec<Side>> = records
        .iter()
        .map(|record| kept(record).map(|(identity, contacts)| Side::of(&identity, &contacts)))
        .collect();
    let sides = sides?;
    let began = std::time::Instant::now();
    let scored: Vec<Likeness> = pairs
        .iter()
        .map(|pair| compare(&sides[pair.left], &sides[pair.right]))
        .collect();
    let took = began.elapsed();
    writeln!(
        out,
        "\nthe program ({:.2} µs a pair):\n{:<24}{:>10}{:>10}",
        took.as_secs_f64() * 1e6 / pairs.len().max(1) as f64,
        "sum",
        "precision",
        "recall"
    )?;
    for sum in [REVIEW - 40, REVIEW, REVIEW + 40, REVIEW + 80] {
        let mark = if sum == REVIEW { " (asks)" } else { "" };
        let (precision, recall) = rates(pairs, |at| scored[at].sum() >= sum);
        let label = format!("{}{mark}", shown(sum));
        writeln!(out, "{label:<24}{precision:>10.4}{recall:>10.4}")?;
    }
    shares(pairs, &scored, out)?;
    print(records, pairs, &scored, misses, out)
}

/// Of the pairs found, how many are right; of the right ones, how many are found.
pub fn rates(pairs: &[Pair], found: impl Fn(usize) -> bool) -> (f64, f64) {
    let count = |want: &dyn Fn(usize) -> bool| (0..pairs.len()).filter(|at| want(*at)).count();
    let right = count(&|at| pairs[at].same && found(at));
    let all = count(&found);
    let same = count(&|at| pairs[at].same);
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    (share(right, all), share(right, same))
}

/// How often each level comes up among pairs of one person, beside the share in the table. What it
/// is among others can't be read off compared pairs, which have something in common by choice.
fn shares(pairs: &[Pair], scored: &[Likeness], out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "\n{:<24}{:>10}{:>10}", "level", "assumed", "here")?;
    let same: Vec<&Likeness> = pairs
        .iter()
        .zip(scored)
        .filter(|(pair, _)| pair.same)
        .map(|(_, likeness)| likeness)
        .collect();
    for level in Level::ALL {
        let of_field = |one: &&&Likeness| {
            one.levels
                .iter()
                .any(|other| other.field() == level.field())
        };
        let compared = same.iter().filter(of_field).count();
        let has = same.iter().filter(|one| one.levels.contains(level)).count();
        let here = has as f64 / compared.max(1) as f64;
        let code = level.code();
        writeln!(
            out,
            "{code:<24}{:>10.3}{here:>10.3}",
            level.shares_assumed()[0]
        )?;
    }
    Ok(())
}

fn print(
    records: &[Record],
    pairs: &[Pair],
    scored: &[Likeness],
    most: usize,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let wrong = pairs.iter().zip(scored);
    let wrong = wrong.filter(|(pair, likeness)| pair.same != likeness.is_likely());
    for (pair, likeness) in wrong.take(most) {
        let what = if pair.same { "missed" } else { "wrong" };
        writeln!(
            out,
            "\n{what} {} {}",
            shown(likeness.sum()),
            likeness.code()
        )?;
        for at in [pair.left, pair.right] {
            write!(out, "  {}", records[at].line(at))?;
        }
    }
    Ok(())
}
