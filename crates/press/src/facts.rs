//! What stands on each paper, as plain words: whoever calls has already turned dates, ages and
//! codes into what people read.

use serde::{Serialize, Serializer};

use crate::layouts::Layout;
use crate::qr;

/// Side of the QR on a postcard, in millimetres.
pub(crate) const POSTCARD_QR_MM: f64 = 20.0;
/// Side of the QR on a pocket card and a fridge card, in millimetres.
pub(crate) const CARD_QR_MM: f64 = 24.0;

/// What stands around every paper.
#[derive(Clone, Default, Serialize)]
pub struct Surround {
    /// 「みなみ町見守りネットワーク」
    pub town: String,
    /// The center that hands the paper out; may be empty.
    pub center: String,
    /// Where it is; may be empty.
    pub address: String,
    /// How it is reached: 「昼」「03-0123-4567」.
    pub phones: Vec<Line>,
    /// 「2026年11月24日」
    pub printed_on: String,
    /// Who printed it; may be empty.
    pub printed_by: String,
    /// The town's sign as PNG.
    #[serde(skip)]
    pub logo: Option<Vec<u8>>,
}

/// A label and what stands behind it.
#[derive(Clone, Default, Serialize)]
pub struct Line {
    /// 「電話」
    pub label: String,
    /// The value; an empty one is a box to write in.
    pub text: String,
}

impl Line {
    /// A line.
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Line {
        let (label, text) = (label.into(), text.into());
        Line { label, text }
    }
}

/// An emergency contact.
#[derive(Clone, Default, Serialize)]
pub struct Contact {
    /// As written.
    pub name: String,
    /// 続柄
    pub relation: String,
    /// Numbers to try, in order.
    pub phones: Vec<String>,
    /// Where they live; may be empty.
    pub address: String,
    /// What they may be told; may be empty.
    pub told: String,
}

/// A question of consent and its answer.
#[derive(Clone, Default, Serialize)]
pub struct Answered {
    /// What is asked.
    pub text: String,
    /// `given`, `refused`, or empty where it is still to be answered.
    pub answer: String,
}

/// 申請書兼同意書: to be filled in, or filled for the resident to check.
#[derive(Clone, Default, Serialize)]
pub struct Application {
    /// Whether it shows what is registered.
    pub filled: bool,
    /// Tag number; may be empty.
    pub number: String,
    /// Name, empty where it is to be written.
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// `female`, `male`, `other`, or empty.
    pub sex: String,
    /// 「1938年（昭和13年）4月1日」
    pub born: String,
    /// Seven digits or nothing.
    pub postcode: String,
    /// As written.
    pub address: String,
    /// In the order to try.
    pub phones: Vec<String>,
    /// Code of the household: `alone`, `couple`, `family`, `facility`, `other`, or empty.
    pub living: String,
    /// In calling order.
    pub contacts: Vec<Contact>,
    /// Clinics, illnesses, drugs, allergies.
    pub medical: Vec<Line>,
    /// Care manager and what the center should know.
    pub care: Vec<Line>,
    /// What a finder should know.
    pub finder: String,
    /// The town's words of consent.
    pub words: String,
    /// Tier by tier.
    pub consents: Vec<Answered>,
}

/// 変更・廃止届.
#[derive(Clone, Default, Serialize)]
pub struct Change {
    /// Tag number; may be empty.
    pub number: String,
    /// Name; may be empty.
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// Birth date in words.
    pub born: String,
    /// As written.
    pub address: String,
    /// To be reached at.
    pub phone: String,
}

/// 携帯カード and 冷蔵庫カード.
#[derive(Clone, Default, Serialize)]
pub struct Cards {
    /// The tag's number as it is printed.
    pub number: String,
    /// How it is read aloud; may be empty.
    pub spoken: String,
    /// The address behind the QR; none for an older number.
    #[serde(rename = "qr", serialize_with = "card_qr")]
    pub address: Option<String>,
    /// What the finder is asked, in the town's words.
    pub words: String,
    /// What the card at home says beyond the number; `None` for no fridge card.
    pub fridge: Option<Fridge>,
}

/// What stands on the card that hangs on the fridge at home.
#[derive(Clone, Default, Serialize)]
pub struct Fridge {
    /// Name; empty where the person does not want it there.
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// Birth date in words.
    pub born: String,
    /// In calling order.
    pub contacts: Vec<Contact>,
    /// Medical facts the person wants to be found.
    pub medical: Vec<Line>,
}

/// One sticker.
#[derive(Clone)]
pub struct Face {
    /// As it is printed.
    pub number: String,
    /// The address behind the QR.
    pub address: String,
}

/// Sheets of stickers.
#[derive(Clone)]
pub struct Stickers {
    /// How they lie.
    pub layout: &'static Layout,
    /// The first free face of the first sheet, counted from 1.
    pub start: usize,
    /// How far the printer is off, in millimetres: right, down.
    pub offset_mm: (f64, f64),
    /// In order.
    pub faces: Vec<Face>,
    /// Draws the edges of every face, to see whether the paper lies right.
    pub outlines: bool,
    /// The telephones below the number, each a line: 「昼 03-0123-4567」.
    pub call: String,
}

/// One postcard.
#[derive(Clone, Serialize)]
pub struct Postcard {
    /// Seven digits or nothing.
    pub postcode: String,
    /// Lines of the address.
    pub address: Vec<String>,
    /// Without 様.
    pub name: String,
    /// What the center files it by.
    pub reference: String,
    /// The page that the center opens with it.
    #[serde(rename = "qr", serialize_with = "postcard_qr")]
    pub link: String,
}

/// はがき: each an address side and the other side.
#[derive(Clone, Serialize)]
pub struct Postcards {
    /// Draws what is not on the paper yet: the boxes of the postcode, the stamp's place.
    pub blank_paper: bool,
    /// The heading of the message.
    pub title: String,
    /// The message in the town's words.
    pub paragraphs: Vec<String>,
    /// Where, when, what to bring.
    pub details: Vec<Line>,
    /// Each a card.
    pub cards: Vec<Postcard>,
}

/// One person of the ledger.
#[derive(Clone, Serialize)]
pub struct Entry {
    /// The number it is found by.
    pub number: String,
    /// What is to be known of the number: 紛失届あり; may be empty.
    pub mark: String,
    /// Name.
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// Sex, birth date, age, household, in words.
    pub about: String,
    /// As written.
    pub address: String,
    /// To be reached at.
    pub phones: Vec<String>,
    /// In calling order.
    pub contacts: Vec<Contact>,
    /// What a finder should know, and medical facts where consent holds.
    pub notes: Vec<Line>,
}

/// 夜間台帳, sorted by number.
#[derive(Clone, Serialize)]
pub struct Ledger {
    /// Whose people are in it.
    pub title: String,
    /// Which copy this is.
    pub serial: String,
    /// Until when it is to be replaced.
    pub valid_until: String,
    /// Why it was printed.
    pub purpose: String,
    /// Sorted by number.
    pub entries: Vec<Entry>,
}

/// One line of who looked.
#[derive(Clone, Serialize)]
pub struct Sight {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// What was done, with which fields.
    pub what: String,
    /// Why.
    pub why: String,
}

/// わたしの情報を見た人の一覧.
#[derive(Clone, Serialize)]
pub struct Sights {
    /// Whose.
    pub name: String,
    /// The span it covers, in words.
    pub span: String,
    /// Newest first.
    pub rows: Vec<Sight>,
}

/// One person of a worklist.
#[derive(Clone, Serialize)]
pub struct Work {
    /// Name.
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// Birth date and age.
    pub born: String,
    /// As written.
    pub address: String,
    /// To be reached at.
    pub phone: String,
    /// How far it is: 「未連絡」.
    pub state: String,
}

/// A month's work on paper.
#[derive(Clone, Serialize)]
pub struct Worklist {
    /// 「2026年12月の更新」
    pub title: String,
    /// In order of reading.
    pub rows: Vec<Work>,
}

/// One question with what was answered.
#[derive(Clone, Serialize)]
pub struct Question {
    /// As printed on the form.
    pub number: String,
    /// As printed on the form.
    pub text: String,
    /// What may be answered; none where it is measured.
    pub choices: Vec<String>,
    /// Which of them was, from 0; nothing where none was.
    pub chosen: Option<usize>,
    /// What was measured; empty where it is to be written.
    pub measured: String,
    /// Whether the answer counts.
    pub counts: bool,
}

/// A questionnaire about one person, filled in.
#[derive(Clone, Serialize)]
pub struct Questionnaire {
    /// Which.
    pub title: String,
    /// Whose.
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// Birth date in words.
    pub born: String,
    /// The day of the answers.
    pub on: String,
    /// Who wrote the answers down.
    pub way: String,
    /// What an answer that counts is called.
    pub mark: String,
    /// In order.
    pub questions: Vec<Question>,
    /// What it comes to, line by line.
    pub results: Vec<Line>,
    /// What to know of the results.
    pub notes: Vec<String>,
}

/// Figures of a period: nobody is named.
#[derive(Clone, Serialize)]
pub struct Figures {
    /// 「相談の数字（2026年11月・すべてのセンター）」
    pub title: String,
    /// Where it may go: 「外に出せる表」.
    pub mark: String,
    /// How to read it.
    pub notes: Vec<String>,
    /// Below each other.
    pub tables: Vec<FigureTable>,
}

/// One table of figures.
#[derive(Clone, Serialize)]
pub struct FigureTable {
    /// What it counts by.
    pub title: String,
    /// Its columns; the first names the rows.
    pub head: Vec<String>,
    /// As wide as the head.
    pub rows: Vec<Vec<String>>,
    /// What stands there where there are no rows.
    pub none: String,
}

fn card_qr<S: Serializer>(address: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    let svg = address
        .as_deref()
        .and_then(|text| qr::svg(text, CARD_QR_MM));
    svg.serialize(serializer)
}

fn postcard_qr<S: Serializer>(link: &str, serializer: S) -> Result<S::Ok, S::Error> {
    qr::svg(link, POSTCARD_QR_MM).serialize(serializer)
}
