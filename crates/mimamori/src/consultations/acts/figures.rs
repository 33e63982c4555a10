//! Counting a period.

use db::{Conn, Db};

use super::held::Months;
use crate::consultations::rules::{
    Counted, FEWEST, HIDDEN, Period, Refusal, Sheet, Topic, figures, inside, leaving, outside,
};
use crate::consultations::store;
use crate::deed::Deed;
use crate::ids::CenterId;
use crate::networks;
use crate::scope::{Actor, Right};

/// Where figures stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Within the town: every number.
    Inside,
    /// Beyond it: small numbers are hidden.
    Outside,
}

impl Side {
    /// The side of a code; what nobody chose is hidden.
    pub fn from_code(code: &str) -> Side {
        match code {
            "inside" => Side::Inside,
            _ => Side::Outside,
        }
    }

    /// What stands on a file.
    pub const fn mark(self) -> &'static str {
        match self {
            Side::Inside => "庁内・センター内用（外に出さないでください）",
            Side::Outside => "外に出せる表",
        }
    }
}

/// Figures as they are read.
pub struct Report {
    /// 「相談の数字（2026年11月・みなみ地域包括支援センター）」
    pub title: String,
    /// How to read them.
    pub notes: Vec<String>,
    /// The tables.
    pub sheets: Vec<Sheet>,
}

/// Whose figures an account may read: its own center's, or any where it has none. `None` is all.
pub fn whose(deed: &Deed, asked: Option<CenterId>) -> Result<Option<CenterId>, Refusal> {
    deed.scope.need(Right::Figures)?;
    match (deed.scope.actor, deed.scope.center) {
        (Actor::Program, _) | (_, None) => Ok(asked),
        (_, Some(own)) => match asked.is_none_or(|asked| asked == own) {
            true => Ok(Some(own)),
            false => Err(Refusal::NotFound),
        },
    }
}

/// Everything that is counted of a period.
pub async fn gather(
    conn: &mut Conn,
    months: &Months,
    deed: &Deed,
    period: Period,
    center: Option<CenterId>,
) -> Result<Vec<Counted>, Refusal> {
    let mut all = Vec::new();
    for month in period.months() {
        let month = month.strftime("%Y-%m").to_string();
        let held = months.read(conn, deed, &month).await?;
        let theirs = held
            .iter()
            .filter(|one| center.is_none_or(|center| one.center == center));
        all.extend(theirs.copied());
    }
    Ok(all)
}

/// The figures of a period, of one center or of all.
pub async fn report(
    db: &Db,
    months: &Months,
    deed: &Deed,
    period: Period,
    center: Option<CenterId>,
    side: Side,
) -> Result<Report, Refusal> {
    let center = whose(deed, center)?;
    let mut conn = db.read().await?;
    let centers = networks::list_centers(&mut conn, &deed.scope).await?;
    let name = |id: CenterId| {
        let found = centers.iter().find(|one| one.id == id);
        found.map_or_else(|| "ほかのセンター".to_owned(), |one| one.name.clone())
    };
    // Of what another town has not, nothing is said.
    if center.is_some_and(|id| centers.iter().all(|one| one.id != id)) {
        return Err(Refusal::NotFound);
    }
    let order: Vec<CenterId> = centers.iter().map(|one| one.id).collect();
    let topics = store::list_topics(&mut conn, deed).await?;
    // What is hidden of one center depends on all: else two papers could be subtracted.
    let of = center.filter(|_| side == Side::Inside);
    let all = gather(&mut conn, months, deed, period, of).await?;
    drop(conn);
    let title = |of: &str| format!("相談の数字（{}・{of}）", period.words());
    match side {
        Side::Inside => {
            let figures = figures(&all, &order, &topics);
            let notes = inside_notes(figures.unnamed);
            Ok(Report {
                title: title(&center.map_or_else(|| ALL.to_owned(), name)),
                notes,
                sheets: inside(&figures, &name),
            })
        }
        Side::Outside => hidden(&all, &order, &topics, center, &name, &title),
    }
}

fn hidden(
    all: &[Counted],
    order: &[CenterId],
    topics: &[Topic],
    center: Option<CenterId>,
    name: &dyn Fn(CenterId) -> String,
    title: &dyn Fn(&str) -> String,
) -> Result<Report, Refusal> {
    let outside = outside(all, order, topics).ok_or(Refusal::TooFew)?;
    let its = |group: &Vec<CenterId>| center.is_none_or(|one| group.contains(&one));
    let Some(group) = outside.groups().iter().find(|group| its(group)) else {
        return Err(Refusal::TooFew);
    };
    // Where a small center is counted with others, the figures are not its own.
    let whose = match center {
        Some(_) => group.iter().map(|one| name(*one)).collect::<Vec<_>>(),
        None => vec![ALL.to_owned()],
    };
    let notes = vec![
        COUNTING.to_owned(),
        format!(
            "{HIDDEN} は、{FEWEST}未満の数と、引き算で{FEWEST}未満の数がわからないようにいっしょに伏せた数です。件数の少ないセンターは、ほかのセンターとあわせて数えています。"
        ),
    ];
    let sheets = leaving(&outside, center, name);
    Ok(Report {
        title: title(&whose.join("・")),
        notes,
        sheets,
    })
}

const ALL: &str = "すべてのセンター";

const COUNTING: &str =
    "延件数は受け付けた回数、実人数は相談の対象になった方の人数です（同じ方は1人と数えます）。";

fn inside_notes(unnamed: u64) -> Vec<String> {
    vec![
        COUNTING.to_owned(),
        format!(
            "どなたのことかわからない相談（{unnamed}件）は、延件数にだけ入っています。取り消した相談は入っていません。"
        ),
    ]
}
