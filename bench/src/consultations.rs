//! Consultations of a town through the program's own acts: what a reception, a list and a month's
//! figures take.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use jiff::{Timestamp, ToSpan};
use mimamori::app::App;
use mimamori::clock::{Clock, in_japan};
use mimamori::consultations::{
    self, AgeBand, Alone, Card, Entry, New, Period, Side, Source, Subject, Tab, Topics, Urgency,
    Way, Which, Words,
};
use mimamori::deed::Deed;
use mimamori::ids::{CenterId, NetworkId, PersonId};
use mimamori::networks::{self, CenterCard};
use mimamori::people;
use mimamori::routes::EXPLAINS;
use mimamori::scope::{Actor, Role, Scope};

use crate::chance::Chance;
use crate::desk::town::{Folder, fill, open_at};

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// People in the town
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// Consultations of each of the last twelve months
    #[arg(long, default_value_t = 12_000)]
    monthly: usize,
    /// Where the town is filled; it is used up by the measuring
    #[arg(long, default_value = "var/bench-consultations")]
    folder: PathBuf,
}

/// Written in one transaction.
const CHUNK: usize = 500;
/// Centers of the town beside its first.
const MORE: [&str; 3] = ["きた", "ひがし", "にし"];

/// Measures and prints.
pub async fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    let folder = Folder(options.folder.clone());
    let filled = fill(&folder, options.people, &mut |_| {}).await?;
    let now = Clock::Machine.now();
    let app = open_at(&folder, Clock::standing(now)).await?;
    let town = NetworkId(filled.network);
    let program = app.program_deed(town, "bench").await?;
    let mut conn = app.db.read().await?;
    let most = u32::try_from(filled.people).context("people")?;
    let people = people::list_ids_after(&mut conn, &program, PersonId(0), most).await?;
    let mut centers: Vec<CenterId> = networks::list_centers(&mut conn, &program.scope)
        .await?
        .into_iter()
        .map(|one| one.id)
        .collect();
    drop(conn);
    for name in MORE {
        let card = CenterCard {
            name: format!("{name}地域包括支援センター"),
            address: format!("{name}町1丁目1番1号"),
            day_phone: None,
            night_phone: None,
        };
        centers.push(networks::add_center(&app.db, &program, card).await?);
    }
    let mut deeds = Vec::new();
    for center in &centers {
        deeds.push(deed_of(&app, town, *center).await?);
    }
    let this = Period::of(in_japan(now).date());
    let begun = Instant::now();
    let mut chance = Chance::new(20_261_125);
    for ago in 0..12 {
        take_month(
            &app,
            &deeds,
            &people,
            this.plus(-ago),
            options.monthly,
            &mut chance,
        )
        .await?;
    }
    let all = options.monthly * 12;
    let seconds = begun.elapsed().as_secs_f64();
    writeln!(
        out,
        "{all} consultations of {} people taken down: {seconds:.1} s",
        people.len()
    )?;
    one_reception(&app, &deeds[0], people[0], out).await?;
    lists(&app, &deeds[0], people[0], out).await?;
    for period in [this.plus(-1), Period::Year(this.plus(-1).year())] {
        figures(&app, &program, &deeds[0], period, out).await?;
    }
    Ok(())
}

async fn deed_of(app: &App, town: NetworkId, center: CenterId) -> Result<Deed> {
    let scope = Scope {
        network: town,
        actor: Actor::Program,
        rights: Role::CenterHead.rights(),
        center: Some(center),
        origin: "bench".to_owned(),
    };
    Ok(app.deed(scope).await?)
}

/// Two of three are about somebody registered; people come again and again.
fn new(people: &[PersonId], at: Timestamp, chance: &mut Chance) -> New {
    let mut below = |most: usize| chance.below(most);
    let subject = match below(12) {
        0 => Subject::Nobody,
        1 => Subject::Nameless(AgeBand::From80, Alone::Unknown),
        2 | 3 => Subject::Stranger(Box::new(Card {
            name: format!("相談 {}", below(100_000)),
            kana: String::new(),
            phone: None,
            address: format!("みなみ町{}丁目{}番", 1 + below(9), 1 + below(40)),
            age: AgeBand::ALL[below(AgeBand::ALL.len())],
            alone: Alone::ALL[below(3)],
        })),
        _ => Subject::Registered(people[below(people.len())]),
    };
    let topics = [1 + below(14), 1 + below(14)].map(|one| u8::try_from(one).unwrap_or(1));
    New {
        subject,
        entry: Entry {
            at,
            way: Way::ALL[below(Way::ALL.len())],
            from: Source::ALL[below(Source::ALL.len())],
            topics: Topics::of(topics),
            urgency: Urgency::Usual,
            minutes: Some(15),
            closed: below(5) > 0,
            next_on: None,
            words: Words {
                said: "最近もの忘れがふえ、火の元が心配とのこと。".repeat(4),
                answer: "介護保険の申請の手順を説明した。".repeat(2),
                ..Words::default()
            },
        },
    }
}

async fn take_month(
    app: &App,
    deeds: &[Deed],
    people: &[PersonId],
    month: Period,
    many: usize,
    chance: &mut Chance,
) -> Result<()> {
    let (first, _) = month.days();
    let begin = first.at(9, 0, 0, 0).in_tz("Asia/Tokyo")?.timestamp();
    let mut left = many;
    while left > 0 {
        let part = left.min(CHUNK);
        left -= part;
        let receptions: Vec<(Deed, New)> = (0..part)
            .map(|_| {
                let deed = &deeds[chance.below(deeds.len())];
                let minutes = i64::try_from(chance.below(27 * 24 * 60)).unwrap_or(0);
                let at = begin
                    .checked_add(minutes.minutes())
                    .unwrap_or(begin)
                    .min(deed.now);
                (deed.clone(), new(people, at, chance))
            })
            .collect();
        app.db
            .write(move |conn| {
                Box::pin(async move {
                    for (deed, new) in receptions {
                        consultations::take_in(conn, &deed, EXPLAINS, new).await?;
                    }
                    Ok::<(), consultations::Refusal>(())
                })
            })
            .await?;
    }
    Ok(())
}

async fn one_reception(
    app: &App,
    deed: &Deed,
    person: PersonId,
    out: &mut impl Write,
) -> Result<()> {
    let mut chance = Chance::new(1);
    let begun = Instant::now();
    let reception = New {
        subject: Subject::Registered(person),
        ..new(&[person], deed.now, &mut chance)
    };
    consultations::take(&app.db, deed, EXPLAINS, reception).await?;
    let millis = begun.elapsed().as_secs_f64() * 1e3;
    writeln!(out, "one reception saved: {millis:.1} ms")?;
    Ok(())
}

async fn lists(app: &App, deed: &Deed, person: PersonId, out: &mut impl Write) -> Result<()> {
    let mut conn = app.db.read().await?;
    let center = deed.scope.center.context("center")?;
    let (from, to) = (
        in_japan(deed.now).date().saturating_sub(400.days()),
        in_japan(deed.now).date(),
    );
    for tab in [Tab::Center, Tab::Open, Tab::Due] {
        let which = Which {
            center,
            tab,
            from,
            to,
        };
        let begun = Instant::now();
        let all = consultations::count(&mut conn, deed, which).await?;
        let shown = consultations::list(&mut conn, deed, which, 0).await?.len();
        let millis = begun.elapsed().as_secs_f64() * 1e3;
        writeln!(
            out,
            "{tab:?}: {shown} of {all} with their count: {millis:.1} ms"
        )?;
    }
    let begun = Instant::now();
    let about = consultations::list_about(&mut conn, deed, person, true, 200)
        .await?
        .len();
    let millis = begun.elapsed().as_secs_f64() * 1e3;
    writeln!(out, "{about} about one person: {millis:.1} ms")?;
    Ok(())
}

async fn figures(
    app: &App,
    town: &Deed,
    center: &Deed,
    period: Period,
    out: &mut impl Write,
) -> Result<()> {
    for (whose, deed, side) in [
        ("of the town", town, Side::Inside),
        ("of the town, to leave it", town, Side::Outside),
        ("of a center", center, Side::Inside),
    ] {
        for time in ["first", "again"] {
            let own = deed.scope.center;
            let begun = Instant::now();
            let report =
                consultations::report(&app.db, &app.months, deed, period, own, side).await?;
            let millis = begun.elapsed().as_secs_f64() * 1e3;
            let all = &report.sheets[0].rows[0][1..];
            writeln!(
                out,
                "{} {whose}, {} consultations, {time}: {millis:.0} ms",
                period.code(),
                all[0]
            )?;
        }
    }
    Ok(())
}
