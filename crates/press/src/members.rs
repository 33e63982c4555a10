//! Papers of those who carry a place: their cards, and the receipts of their fees.

use serde::{Serialize, Serializer};

use crate::qr;

/// Side of the QR on a member's card, in millimetres.
const MEMBER_QR_MM: f64 = 25.0;

/// One card, 85.6 × 54 mm as a bank card is.
#[derive(Clone, Default, Serialize)]
pub struct MemberCard {
    /// 「481-2773」
    pub number: String,
    /// The name; empty unless the person wishes that it stands there.
    pub name: String,
    /// What the QR holds.
    #[serde(rename = "qr", serialize_with = "member_qr")]
    pub address: String,
}

/// Cards to be cut out, ten on a sheet.
#[derive(Clone, Default, Serialize)]
pub struct MemberCards {
    /// In the order of the sheet.
    pub cards: Vec<MemberCard>,
}

/// A receipt, and below it the same for the drawer.
#[derive(Clone, Default, Serialize)]
pub struct Receipt {
    /// 「2026-0012」
    pub number: String,
    /// Whether it was printed before.
    pub again: bool,
    /// Who paid.
    pub name: String,
    /// 「2,000」
    pub amount: String,
    /// 「2026年度 サポーター会費（2026年4月～2027年3月）」
    pub what: String,
    /// 「2026年（令和8年）11月20日」
    pub paid_on: String,
}

/// A course on somebody's own sheet.
#[derive(Clone, Default, Serialize)]
pub struct OwnLine {
    /// 「12月4日（金）」
    pub day: String,
    /// 「13:30～15:00」
    pub hours: String,
    /// What it is called.
    pub what: String,
    /// Where, how it stands and why, what to bring.
    pub words: Vec<String>,
}

/// What somebody's own page shows, to be handed over.
#[derive(Clone, Default, Serialize)]
pub struct OwnSheet {
    /// 「川村 澄江 様　講座と見守りのお知らせ」
    pub title: String,
    /// For what they signed up.
    pub mine: Vec<OwnLine>,
    /// For what they may sign up.
    pub next: Vec<OwnLine>,
    /// Whether there is more than stands here.
    pub more: bool,
    /// To what one just comes.
    pub open: Vec<OwnLine>,
    /// 「1,500」: yen of vouchers that they were given.
    pub vouchers: String,
    /// To what they agree, each with its day.
    pub agreed: Vec<String>,
    /// What was done with it.
    pub done: Vec<String>,
}

/// One line of a month's vouchers, to be signed for.
#[derive(Clone, Default, Serialize)]
pub struct VoucherRow {
    /// 「11月20日」
    pub day: String,
    /// For which course, in which role.
    pub what: String,
    /// Who was given them.
    pub name: String,
    /// 「500」; 「－500」 of what was taken back.
    pub amount: String,
    /// Who handed them out.
    pub by: String,
}

/// A month's vouchers with a place for each signature.
#[derive(Clone, Default, Serialize)]
pub struct Vouchers {
    /// 「2026年11月の商店街の券　受け取り簿」
    pub title: String,
    /// In the order of the days.
    pub rows: Vec<VoucherRow>,
    /// 「12,500」
    pub total: String,
}

fn member_qr<S: Serializer>(address: &str, serializer: S) -> Result<S::Ok, S::Error> {
    qr::svg(address, MEMBER_QR_MM).serialize(serializer)
}
