//! The figures of a period: 延件数 counts receptions, 実人数 counts people, each once.

use std::collections::{HashMap, HashSet};

use super::codes::{AgeBand, Alone, Source, Way};
use super::one::Codes;
use super::topics::Topic;
use super::united::united;
use crate::ids::CenterId;

/// A consultation as it is counted.
#[derive(Clone, Copy)]
pub struct Counted {
    /// Which center took it.
    pub center: CenterId,
    /// By what the person is counted once; 0 where nobody is known.
    pub who: i64,
    /// What is counted.
    pub codes: Codes,
}

/// How many receptions, and how many people they were about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pair {
    /// 延件数
    pub times: u64,
    /// 実人数
    pub people: u64,
}

/// By what a table counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// 受付の方法
    Way,
    /// だれから
    Source,
    /// 内容: one reception may have several.
    Topic,
    /// 年齢
    Age,
    /// ひとり暮らし
    Alone,
}

impl By {
    /// In the order in which they are shown.
    pub const ALL: [By; 5] = [By::Way, By::Source, By::Topic, By::Age, By::Alone];

    /// What its table is called.
    pub const fn word(self) -> &'static str {
        match self {
            By::Way => "受付の方法",
            By::Source => "だれから",
            By::Topic => "内容（1件でいくつもあります）",
            By::Age => "年齢（相談の日）",
            By::Alone => "ひとり暮らし（相談の日）",
        }
    }

    /// Its rows' codes, in their order.
    pub fn codes(self, topics: &[Topic]) -> Vec<u8> {
        self.rows(topics)
            .into_iter()
            .map(|(code, _)| code)
            .collect()
    }

    /// Its rows, as they are called.
    pub fn rows(self, topics: &[Topic]) -> Vec<(u8, String)> {
        fn listed<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<(u8, String)> {
            let words = all.iter().map(|one| word(*one).to_owned());
            (0..).zip(words).collect()
        }
        match self {
            By::Way => listed(Way::ALL, Way::word),
            By::Source => listed(Source::ALL, Source::word),
            By::Topic => topics
                .iter()
                .map(|one| (one.code, one.word.clone()))
                .collect(),
            By::Age => listed(AgeBand::ALL, AgeBand::word),
            By::Alone => listed(Alone::ALL, Alone::word),
        }
    }

    /// The rows that a consultation counts in.
    fn of(self, codes: &Codes) -> impl Iterator<Item = u8> {
        let (one, several) = match self {
            By::Way => (Some(codes.way as u8), None),
            By::Source => (Some(codes.from as u8), None),
            By::Topic => (None, Some(codes.topics.codes())),
            By::Age => (Some(codes.age as u8), None),
            By::Alone => (Some(codes.alone as u8), None),
        };
        one.into_iter().chain(several.into_iter().flatten())
    }
}

/// Rows by centers, with the sums of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// By what.
    pub by: By,
    /// The rows' codes.
    pub codes: Vec<u8>,
    /// What the rows are called.
    pub labels: Vec<String>,
    /// A row's pairs, one a center.
    pub cells: Vec<Vec<Pair>>,
    /// A row's pair over all centers.
    pub totals: Vec<Pair>,
}

/// Everything of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The centers that took anything, in the order of the columns.
    pub centers: Vec<CenterId>,
    /// Each center's sum.
    pub columns: Vec<Pair>,
    /// The sum of everything.
    pub total: Pair,
    /// Receptions about nobody who is known: in 延件数 alone.
    pub unnamed: u64,
    /// A table for each of [`By::ALL`].
    pub tables: Vec<Table>,
}

/// A number on its way; `last` is the one who was counted here last.
#[derive(Clone, Copy, Default)]
struct Cell {
    pair: Pair,
    last: i64,
}

/// Lines of cells, the sum of a line last. People come one after another, each with all that is
/// theirs, so that nobody has to be remembered but the last.
struct Grid {
    wide: usize,
    cells: Vec<Cell>,
}

impl Grid {
    fn new(lines: usize, wide: usize) -> Grid {
        Grid {
            wide,
            cells: vec![Cell::default(); lines * (wide + 1)],
        }
    }

    fn add(&mut self, line: usize, column: usize, who: i64) {
        for at in [column, self.wide] {
            let Some(cell) = self.cells.get_mut(line * (self.wide + 1) + at) else {
                continue;
            };
            cell.pair.times += 1;
            if who != 0 && cell.last != who {
                cell.pair.people += 1;
                cell.last = who;
            }
        }
    }

    /// The pairs of a line, and its sum.
    fn line(&self, line: usize) -> (Vec<Pair>, Pair) {
        let first = line * (self.wide + 1);
        let mut pairs: Vec<Pair> = self
            .cells
            .iter()
            .skip(first)
            .take(self.wide + 1)
            .map(|one| one.pair)
            .collect();
        let sum = pairs.pop().unwrap_or_default();
        (pairs, sum)
    }
}

/// Counts. `topics` are the town's contents in their order; one that nobody asked about and that is
/// closed has no row. `centers` is the order of the columns.
pub fn figures(all: &[Counted], centers: &[CenterId], topics: &[Topic]) -> Figures {
    let took: HashSet<CenterId> = all.iter().map(|one| one.center).collect();
    let centers: Vec<CenterId> = centers
        .iter()
        .copied()
        .filter(|one| took.contains(one))
        .collect();
    let place: HashMap<CenterId, usize> = centers.iter().copied().zip(0..).collect();
    let rows: Vec<(By, Vec<(u8, String)>)> = By::ALL.map(|by| (by, by.rows(topics))).into();
    // Line 0 is the sum of everything; each table's lines follow.
    let mut line_of: HashMap<(By, u8), usize> = HashMap::new();
    for (by, rows) in &rows {
        for (code, _) in rows {
            line_of.insert((*by, *code), 1 + line_of.len());
        }
    }
    let mut grid = Grid::new(1 + line_of.len(), centers.len());
    let one_of = united(all);
    let mut order: Vec<(usize, i64, &Counted)> = all
        .iter()
        .filter_map(|one| Some((*place.get(&one.center)?, one_of(one.who), one)))
        .collect();
    order.sort_by_key(|(_, who, _)| *who);
    for (column, who, one) in &order {
        grid.add(0, *column, *who);
        for by in By::ALL {
            for line in by
                .of(&one.codes)
                .filter_map(|code| line_of.get(&(by, code)))
            {
                grid.add(*line, *column, *who);
            }
        }
    }
    let (columns, total) = grid.line(0);
    let unnamed = order.iter().filter(|(_, who, _)| *who == 0);
    Figures {
        columns,
        total,
        unnamed: unnamed.count() as u64,
        tables: rows
            .into_iter()
            .map(|(by, rows)| table(by, rows, &grid, &line_of, topics))
            .collect(),
        centers,
    }
}

fn table(
    by: By,
    rows: Vec<(u8, String)>,
    grid: &Grid,
    line_of: &HashMap<(By, u8), usize>,
    topics: &[Topic],
) -> Table {
    let mut table = Table {
        by,
        codes: Vec::new(),
        labels: Vec::new(),
        cells: Vec::new(),
        totals: Vec::new(),
    };
    for (code, label) in rows {
        let (cells, total) = grid.line(line_of[&(by, code)]);
        let closed = by == By::Topic && topics.iter().any(|one| one.code == code && one.closed);
        if closed && total.times == 0 {
            continue;
        }
        table.codes.push(code);
        table.labels.push(label);
        table.cells.push(cells);
        table.totals.push(total);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::codes::{About, Urgency};
    use super::super::topics::{Topics, list_of};
    use super::*;

    fn counted(center: i64, who: i64, way: Way, topics: &[u8]) -> Counted {
        Counted {
            center: CenterId(center),
            who,
            codes: Codes {
                way,
                from: Source::Person,
                about: About::Registered,
                topics: Topics::of(topics.iter().copied()),
                urgency: Urgency::Usual,
                minutes: None,
                age: AgeBand::From80,
                alone: Alone::Yes,
                who: 0,
                also: [0; 3],
                closed: true,
            },
        }
    }

    #[test]
    fn one_who_was_heard_of_in_two_ways_is_one() {
        let heard = |center, marks: [i64; 4]| {
            let mut one = counted(center, marks[0], Way::Phone, &[1]);
            let [who, also @ ..] = marks;
            (one.codes.who, one.codes.also) = (who, also);
            one
        };
        let people = |all: &[Counted]| {
            let centers = [CenterId(1), CenterId(2)];
            figures(all, &centers, &list_of(vec![])).total.people
        };
        // Read and written; written; read, with another telephone: all lead to the first.
        let (both, one, two) = ([9, 4, 0, 0], [4, 0, 0, 0], [7, 9, 0, 0]);
        let all = [heard(1, both), heard(2, one), heard(2, two)];
        assert_eq!(people(&all), 1);
        assert_eq!(people(&[heard(2, one), heard(1, two)]), 2);
        // Whoever was tied to a record is counted by the record.
        let mut tied = heard(1, both);
        tied.who = 50;
        assert_eq!(people(&[tied, heard(2, one)]), 2);
    }

    #[test]
    fn receptions_and_people_are_counted_apart() {
        let all = [
            counted(1, 7, Way::Phone, &[1, 7]),
            counted(1, 7, Way::Phone, &[1]),
            counted(2, 7, Way::Counter, &[14]),
            counted(1, 8, Way::Phone, &[]),
            counted(1, 0, Way::Phone, &[14]),
        ];
        let figures = figures(
            &all,
            &[CenterId(2), CenterId(1), CenterId(3)],
            &list_of(vec![]),
        );
        let pair = |times, people| Pair { times, people };
        assert_eq!(figures.centers, [CenterId(2), CenterId(1)]);
        assert_eq!(figures.total, pair(5, 2));
        assert_eq!(figures.columns, [pair(1, 1), pair(4, 2)]);
        assert_eq!(figures.unnamed, 1);
        let ways = &figures.tables[0];
        assert_eq!(ways.totals[..2], [pair(1, 1), pair(4, 2)]);
        let topics = &figures.tables[2];
        assert_eq!(topics.totals[0], pair(2, 1));
        assert_eq!(
            topics.totals[13],
            pair(2, 1),
            "a caller without a name is nobody's one"
        );
    }
}
