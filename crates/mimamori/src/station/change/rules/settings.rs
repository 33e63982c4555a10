//! The figures that a town may set. They change by a deliberate act, after their effect on last year was
//! shown; what was answered on lists changes none of them.

use rhythm::Thresholds;

use super::Refusal;

/// What a figure is called and in which bounds it stays.
pub struct Span {
    /// Its name in a form.
    pub name: &'static str,
    /// Its words.
    pub word: &'static str,
    /// What it does.
    pub hint: &'static str,
    /// The least.
    pub least: u32,
    /// The most.
    pub most: u32,
}

/// The town's figures; the others are the program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// From which strength on somebody is listed, in tenths.
    pub strength: u32,
    /// How many visits of the usual are needed before anything is said.
    pub visits: u32,
    /// In how many of the last weeks a change may have begun.
    pub weeks: u32,
    /// For how many days whoever was listed rests.
    pub rest: u32,
    /// Grows with every change; 0 where they are as the program has them.
    pub version: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            strength: 15,
            visits: 6,
            weeks: 18,
            rest: 56,
            version: 0,
        }
    }
}

impl Settings {
    /// What is set, and in which bounds.
    pub const SPANS: [Span; 4] = [
        Span {
            name: "strength",
            word: "載せはじめる強さ（10分の1の単位）",
            hint: "15が初めの値です。大きくするほど、はっきりした変化だけが載ります。15は「ふだんなら4年半に1度ほど」、30は「20年に1度ほど」の変化です。",
            least: 10,
            most: 40,
        },
        Span {
            name: "visits",
            word: "いつもの様子を知るのに要る回数",
            hint: "これより少なく来ている方については、何も言いません。6が初めの値です。",
            least: 3,
            most: 50,
        },
        Span {
            name: "weeks",
            word: "変化を探す週の数",
            hint: "これより前に始まった変化は、いまの「いつも」とみます。18が初めの値です。",
            least: 4,
            most: 26,
        },
        Span {
            name: "rest",
            word: "一度載った方を休む日数",
            hint: "この日数のあいだは、別の種類の強い変化がないかぎり載せません。56が初めの値です。",
            least: 0,
            most: 366,
        },
    ];

    /// The figures in the order of [`SPANS`](Self::SPANS).
    pub const fn values(&self) -> [u32; 4] {
        [self.strength, self.visits, self.weeks, self.rest]
    }

    /// The same with these figures.
    pub fn with(self, [strength, visits, weeks, rest]: [u32; 4]) -> Result<Settings, Refusal> {
        let new = Settings {
            strength,
            visits,
            weeks,
            rest,
            ..self
        };
        let spans = Settings::SPANS.iter().zip(new.values());
        for (span, value) in spans {
            if value < span.least || value > span.most {
                return Err(Refusal::Number(span.name));
            }
        }
        Ok(new)
    }

    /// What the crate is handed.
    pub fn thresholds(&self) -> Thresholds {
        Thresholds {
            least_sum: f64::from(self.strength) / 10.0,
            least_visits: self.visits,
            look_weeks: self.weeks,
            rest_days: self.rest,
            ..Thresholds::default()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn as_the_program_has_them_they_are_the_crates() {
        assert_eq!(Settings::default().thresholds(), Thresholds::default());
    }

    #[test]
    fn every_figure_within_its_bounds_is_one_that_the_crate_takes() {
        let settings = Settings::default();
        for pick in [|span: &Span| span.least, |span: &Span| span.most] {
            let values = [0, 1, 2, 3].map(|at| pick(&Settings::SPANS[at]));
            let new = settings.with(values).unwrap();
            assert!(new.thresholds().checked().is_ok(), "{values:?}");
        }
        let wild = settings.with([15, 6, 27, 56]);
        assert!(matches!(wild, Err(Refusal::Number("weeks"))));
    }
}
