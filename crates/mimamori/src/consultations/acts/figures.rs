//! Counting a period.

use db::{Conn, Db};

use super::given::{Leaving, leave};
use super::held::Months;
use crate::clock::in_japan;
use crate::consultations::rules::{
    Counted, FEWEST, Given, HIDDEN, Period, Refusal, Sheet, figures, inside, leaving,
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

/// Everything that is counted of a period, month by month.
pub async fn gather(
    conn: &mut Conn,
    months: &Months,
    deed: &Deed,
    period: Period,
    center: Option<CenterId>,
) -> Result<Vec<Vec<Counted>>, Refusal> {
    let mut all = Vec::new();
    for month in period.months() {
        let month = month.strftime("%Y-%m").to_string();
        let held = months.read(conn, deed, &month).await?;
        let theirs = held
            .iter()
            .filter(|one| center.is_none_or(|center| one.center == center));
        all.push(theirs.copied().collect());
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
    // Today's paper less yesterday's would be one consultation.
    let leaves_on = period.leaves_on();
    if side == Side::Outside && in_japan(deed.now).date() < leaves_on {
        return Err(Refusal::NotOver(leaves_on));
    }
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
    let title = |of: &str| format!("相談の数字（{}・{of}）", period.words());
    match side {
        Side::Inside => {
            let all = gather(&mut conn, months, deed, period, center).await?;
            let figures = figures(&all.concat(), &order, &topics);
            let notes = inside_notes(figures.unnamed);
            Ok(Report {
                title: title(&center.map_or_else(|| ALL.to_owned(), name)),
                notes,
                sheets: inside(&figures, &name),
            })
        }
        Side::Outside => {
            drop(conn);
            // What is hidden of one center depends on all: else two papers could be subtracted.
            let paper = leave(db, months, deed, period, (&order, &topics)).await?;
            let whose = whose_are(&paper.given, center, &name)?;
            Ok(Report {
                title: title(&whose),
                notes: outside_notes(period, &paper),
                sheets: leaving(&paper.given, &topics, center, &name),
            })
        }
    }
}

/// Whose the figures are: where a small center is counted with others, not its own alone.
fn whose_are(
    given: &Given,
    center: Option<CenterId>,
    name: &dyn Fn(CenterId) -> String,
) -> Result<String, Refusal> {
    let its = |group: &&Vec<CenterId>| center.is_none_or(|one| group.contains(&one));
    let group = given.groups.iter().find(its).ok_or(Refusal::TooFew)?;
    let names = group.iter().map(|one| name(*one)).collect::<Vec<_>>();
    Ok(center.map_or_else(|| ALL.to_owned(), |_| names.join("・")))
}

const ALL: &str = "すべてのセンター";

const TIMES: &str = "延件数は受け付けた回数です。";

const PEOPLE: &str = "実人数は相談の対象になった方の人数です（同じ方は1人と数えます）。登録のない方は、姓と名がそろい、電話か住所も同じとき、同じ方と数えます。姓だけの方は、記録ごとに別の方です。";

fn outside_notes(period: Period, paper: &Leaving) -> Vec<String> {
    let day = paper.closed_on.strftime("%Y年%-m月%-d日");
    let hiding = format!(
        "{HIDDEN} は、{FEWEST}未満の数と、引き算で{FEWEST}未満の数がわからないようにいっしょに伏せた数です。件数の少ないセンターは、ほかのセンターとあわせて数えています。"
    );
    let mut notes = vec![TIMES.to_owned()];
    match period {
        Period::Month(..) => notes.extend([
            PEOPLE.to_owned(),
            "合計の実人数は、列ごとの実人数を足した数です。2つのセンターで相談された方は、それぞれで数えています。".to_owned(),
            hiding,
            format!("{day}に締めた数です。その後に入力・訂正した分は入っていません。"),
        ]),
        Period::Year(_) => notes.extend([
            "年度の実人数は、月の表との差から、くり返し相談された方のことがわかるおそれがあるため、載せていません。".to_owned(),
            hiding,
            format!("月ごとに締めた数の合計です（最後の月は{day}）。その後に入力・訂正した分は入っていません。"),
        ]),
    }
    // Of a month with none it is said as well: else it would be known that the others had some.
    let left: Vec<String> = paper
        .left
        .iter()
        .map(|one| format!("{}月", one.month()))
        .collect();
    if !left.is_empty() {
        notes.push(format!(
            "相談が{FEWEST}件に満たない月（1件もない月も）は入っていません：{}",
            left.join("・")
        ));
    }
    notes
}

fn inside_notes(unnamed: u64) -> Vec<String> {
    vec![
        format!("{TIMES}{PEOPLE}"),
        format!(
            "どなたのことかわからない相談（{unnamed}件）は、延件数にだけ入っています。取り消した相談は入っていません。"
        ),
    ]
}
