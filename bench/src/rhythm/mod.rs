//! `bench rhythm`: who changes is noticed: how many, how soon, at how many false alarms?
//!
//! Towns of invented people (`town`) live two and a half years. Every Monday of the last two years a
//! list of at most so many names is made by `rhythm::watch_with` and by its rivals (`rivals`,
//! `ruptures`), all from the same facts; the declines that began in the second year are scored
//! (`score`), each with its 180 days. The rivals' parameters are the best for each of them in a
//! town that is not scored (`--tune` prints the tries); ours has none set here.
//!
//! Columns: names a week really used; declines found in percent, in all towns, with the least and
//! the most of one town; by kind; of people who came about every week before; found within 30, 60
//! and 90 days; days from the onset, quartiles of those found; false alarms per 100 person-years of
//! people who are well; share of names that were in decline (or gone) by then, in percent; median
//! of the days by which ours found earlier what both found.

mod attend;
pub mod days;
mod fate;
mod life;
mod people;
mod programme;
mod rivals;
mod ruptures;
mod score;
mod table;
pub mod town;
mod walk;
mod weeks;

use std::io::Write;
use std::path::PathBuf;

use ::rhythm::Thresholds;
use days::day_of;
use rivals::{Named, Order, Ranking, Rule};
use ruptures::Setting;
use score::{Due, Scored};
use table::Row;
use town::{Size, Town};
use weeks::Weeks;

/// What `bench rhythm` takes.
#[derive(clap::Args)]
pub struct Options {
    /// People in each town
    #[arg(long, default_value_t = 5_000)]
    people: usize,
    /// Towns, each with a seed of its own
    #[arg(long, default_value_t = 5)]
    towns: u64,
    #[arg(long, default_value_t = 20_261_125)]
    seed: u64,
    /// Names a week
    #[arg(long, value_delimiter = ',', default_values_t = [5, 10, 20])]
    per_week: Vec<usize>,
    /// A Python that has ruptures; without it that rival is left out
    #[arg(long)]
    python: Option<PathBuf>,
    /// Tries the rivals' parameters in one town of another seed instead
    #[arg(long)]
    tune: bool,
    /// Times one night's list of so many people with three years instead
    #[arg(long)]
    walk: Option<usize>,
}

/// A list by another hand, and whether it waits until somebody has come again.
struct Rival {
    name: String,
    by: By,
    once: bool,
}

enum By {
    Rule(Rule),
    Ruptures(Setting),
}

/// Makes the towns and the lists, and writes the figures.
///
/// # Errors
/// If the rival fails, the facts are refused or the figures can't be written.
pub fn run(options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    if let Some(people) = options.walk {
        return walk::run(people, options.seed, out);
    }
    let scored = scored();
    let rivals = if options.tune { tries() } else { chosen() };
    let (towns, seed) = match options.tune {
        true => (1, options.seed + 1_000),
        false => (options.towns, options.seed),
    };
    let mut dues = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for number in 0..towns {
        let (first, last) = town::span();
        let town = Town::make(&Size {
            people: options.people,
            first,
            last,
            seed: seed + number,
        });
        let weeks = Weeks::of(&town.facts, first, last);
        let due = score::due(&town, &weeks, scored);
        writeln!(out, "{}", town.summary())?;
        writeln!(out, "{}", summary(&due))?;
        one_town(options, &rivals, &town, &weeks, &due, scored, &mut rows)?;
        dues.push(due);
    }
    let lists = (scored.lists_end - scored.first) as usize / 7 + 1;
    for per_week in &options.per_week {
        let of: Vec<&Row> = rows
            .iter()
            .filter(|row| row.per_week == *per_week)
            .collect();
        table::write(&of, &dues, lists, out)?;
    }
    Ok(())
}

fn scored() -> Scored {
    Scored {
        first: day_of(jiff::civil::date(2025, 4, 1)),
        last: day_of(jiff::civil::date(2026, 3, 31)),
        lists_end: day_of(jiff::civil::date(2026, 9, 28)),
    }
}

fn summary(due: &Due) -> String {
    let count = due.declines.len();
    format!(
        "  in the scored year {count} declines of people watched and {} of others, {:.1} % of the {} there at its beginning; {:.0} person-years",
        due.unwatched,
        (count + due.unwatched) as f64 / due.present.max(1) as f64 * 100.0,
        due.present,
        due.person_years
    )
}

/// Adds what each list found in this town.
fn one_town(
    options: &Options,
    rivals: &[Rival],
    town: &Town,
    weeks: &Weeks,
    due: &Due,
    scored: Scored,
    rows: &mut Vec<Row>,
) -> anyhow::Result<()> {
    // Half a year of history first, then half a year of lists that are not scored.
    let from = 27;
    let mut add = |name: &str, per_week: usize, named: &[Named]| {
        let outcome = score::outcome(named, town, due, scored);
        let same = |row: &&mut Row| row.name == name && row.per_week == per_week;
        match rows.iter_mut().find(same) {
            Some(row) => row.outcomes.push(outcome),
            None => rows.push(Row {
                name: name.to_owned(),
                per_week,
                outcomes: vec![outcome],
            }),
        }
    };
    for rival in rivals {
        let rankings: Vec<Ranking> = match (&rival.by, &options.python) {
            (By::Rule(rule), _) => rivals::rank(*rule, weeks, from),
            (By::Ruptures(setting), Some(python)) => ruptures::rank(python, *setting, weeks, from)?,
            (By::Ruptures(_), None) => continue,
        };
        for per_week in &options.per_week {
            let named = rivals::lists(&rankings, weeks, *per_week, rival.once);
            add(&rival.name, *per_week, &named);
        }
    }
    for per_week in &options.per_week {
        let alerts = ::rhythm::watch_with(
            &town.facts,
            &Thresholds::default(),
            weeks.day(from),
            scored.lists_end,
            *per_week,
        )?;
        let named: Vec<Named> = alerts
            .iter()
            .map(|alert| Named {
                person: alert.person,
                day: alert.day,
            })
            .collect();
        add("rhythm", *per_week, &named);
    }
    Ok(())
}

/// Each rival as one would take it from a book, and in its strongest form.
fn chosen() -> Vec<Rival> {
    let rival = |name: &str, rule, once| Rival {
        name: name.to_owned(),
        by: By::Rule(rule),
        once,
    };
    let absent = |exclusions, order| Rule::Absent { exclusions, order };
    let ewma = |weight, exclusions| Rule::Ewma { weight, exclusions };
    let cusum = |allowance, exclusions| Rule::Cusum {
        allowance,
        exclusions,
    };
    let (longest, missed) = (Order::Longest, Order::Missed);
    let setting = Setting {
        penalty: 2.0,
        recent: 17,
    };
    vec![
        rival("by lot", Rule::Lot, false),
        rival("absent 4 weeks, longest", absent(false, longest), false),
        rival("absent, excused", absent(true, longest), false),
        rival("absent, most missed, best", absent(true, missed), true),
        rival("EWMA, plain", ewma(0.2, false), false),
        rival("EWMA, best", ewma(0.15, true), true),
        rival("CUSUM, plain", cusum(0.5, false), false),
        rival("CUSUM, best", cusum(0.75, true), true),
        Rival {
            name: "ruptures (PELT), best".to_owned(),
            by: By::Ruptures(setting),
            once: true,
        },
    ]
}

/// What is tried to find each rival's best.
fn tries() -> Vec<Rival> {
    let mut all = Vec::new();
    for once in [false, true] {
        let with = |name: String| format!("{name}{}", if once { ", once" } else { "" });
        for order in [Order::Newest, Order::Regulars, Order::Missed] {
            let exclusions = true;
            all.push(Rival {
                name: with(format!("absent, {order:?}")),
                by: By::Rule(Rule::Absent { exclusions, order }),
                once,
            });
        }
        for weight in [0.05, 0.1, 0.15, 0.2, 0.3] {
            let exclusions = true;
            all.push(Rival {
                name: with(format!("EWMA {weight}")),
                by: By::Rule(Rule::Ewma { weight, exclusions }),
                once,
            });
        }
        for allowance in [0.25, 0.5, 0.75, 1.0] {
            let exclusions = true;
            all.push(Rival {
                name: with(format!("CUSUM {allowance}")),
                by: By::Rule(Rule::Cusum {
                    allowance,
                    exclusions,
                }),
                once,
            });
        }
        for (penalty, recent) in [(1.0, 9), (1.0, 17), (2.0, 17), (3.0, 17), (3.0, 30)] {
            all.push(Rival {
                name: with(format!("ruptures {penalty}, {recent} weeks")),
                by: By::Ruptures(Setting { penalty, recent }),
                once,
            });
        }
    }
    all
}
