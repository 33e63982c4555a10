//! Which characters our fonts draw. What they don't is replaced by 〓 before a page is set, as
//! printers have always done, and listed: a blank box would be taken for the name.

use std::collections::BTreeSet;

use serde_json::Value;
use ttf_parser::Face;

/// Printed in place of a character that no font has.
const GETA: char = '〓';

/// A character that is not printed as it is written.
#[derive(Clone, PartialEq, Eq)]
pub struct Missing {
    /// What happened to it.
    pub lack: Lack,
    /// Its code: `U+2A6D6`, with the variation selector where there is one.
    pub code: String,
    /// The words it stands in, as printed: at most `AROUND` characters. They may be a name.
    pub around: String,
}

/// What happens to a character that can't be printed as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// No font has it: 〓 stands in its place.
    Absent,
    /// Only the usual shape of it is drawn, not the variant that was written.
    Shape,
}

/// So much of a text is told beside a character.
const AROUND: usize = 16;

impl Missing {
    /// 「山〓 花子」の〓は U+2A6D6
    pub fn words(&self) -> String {
        match self.lack {
            Lack::Absent => format!("「{}」の〓は {}", self.around, self.code),
            Lack::Shape => format!("「{}」は標準の字形で印刷（{}）", self.around, self.code),
        }
    }
}

/// What going through the texts of a paper found.
#[derive(Default)]
pub struct Found {
    /// What is not printed as it is written.
    pub missing: Vec<Missing>,
    /// Kanji with a variation selector that another font than the first draws.
    pub apart: BTreeSet<String>,
}

/// Fonts in the order in which they are asked.
pub struct Signs<'a>(pub &'a [Face<'a>]);

impl Signs<'_> {
    /// Makes every text of the facts printable, and tells what was lost.
    pub fn make_printable(&self, value: &mut Value, found: &mut Found) {
        match value {
            Value::String(text) => self.text(text, found),
            Value::Array(list) => {
                for item in list {
                    self.make_printable(item, found);
                }
            }
            Value::Object(map) => {
                for item in map.values_mut() {
                    self.make_printable(item, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&self, text: &mut String, found: &mut Found) {
        if text.chars().all(|c| c.is_ascii() || self.is_plain(c)) {
            return;
        }
        let mut printable = String::with_capacity(text.len());
        let mut lost = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let selector = chars.next_if(|next| is_selector(*next));
            match self.printed(c, selector) {
                Ok((c, None)) => printable.push(c),
                Ok((c, Some(selector))) => {
                    printable.extend([c, selector]);
                    if !self.first_draws_variant(c, selector) {
                        found.apart.insert(String::from_iter([c, selector]));
                    }
                }
                Err((lack, instead)) => {
                    lost.push((lack, code(c, selector), printable.chars().count()));
                    printable.push(instead);
                }
            }
        }
        for (lack, code, at) in lost {
            let around = around(&printable, at);
            let one = Missing { lack, code, around };
            if !found.missing.contains(&one) {
                found.missing.push(one);
            }
        }
        *text = printable;
    }

    /// Drawn by the first font, and followed by nothing that would change its shape.
    fn is_plain(&self, c: char) -> bool {
        !is_selector(c) && self.is_drawn(c)
    }

    fn printed(
        &self,
        c: char,
        selector: Option<char>,
    ) -> Result<(char, Option<char>), (Lack, char)> {
        if !self.is_drawn(c) {
            return Err((Lack::Absent, GETA));
        }
        match selector {
            None => Ok((c, None)),
            // Selectors of symbols (text or emoji) change nothing on paper.
            Some('\u{fe00}'..='\u{fe0f}') => Ok((c, None)),
            Some(vs) if self.draws_variant(c, vs) => Ok((c, Some(vs))),
            Some(_) => Err((Lack::Shape, c)),
        }
    }

    fn is_drawn(&self, c: char) -> bool {
        c == '\n' || self.0.iter().any(|font| font.glyph_index(c).is_some())
    }

    fn draws_variant(&self, c: char, selector: char) -> bool {
        let mut fonts = self.0.iter();
        fonts.any(|font| font.glyph_variation_index(c, selector).is_some())
    }

    fn first_draws_variant(&self, c: char, selector: char) -> bool {
        let first = self.0.first();
        first.is_some_and(|font| font.glyph_variation_index(c, selector).is_some())
    }
}

/// Standardised and ideographic variation selectors.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn code(c: char, selector: Option<char>) -> String {
    let of = |c: char| format!("U+{:04X}", u32::from(c));
    match selector {
        Some(selector) => format!("{} {}", of(c), of(selector)),
        None => of(c),
    }
}

/// The words about a place in a text.
fn around(text: &str, at: usize) -> String {
    let from = at.saturating_sub(AROUND / 2);
    let words = text.chars().skip(from).take(AROUND);
    words.map(|c| if c == '\n' { ' ' } else { c }).collect()
}
