//! The doors of consultations.

use mimamori::ids::{ConsultationId, RowId};

use super::{OK, Row};
use crate::consultations::heard;
use crate::town::{Network, Town};

pub const DOORS: &[Row] = &[
    ("GET", "/consultations", "C", OK),
    ("GET", "/consultations/new", "C", OK),
    ("POST", "/consultations/new", "C", OK),
    ("GET", "/consultations/search", "C", OK),
    ("POST", "/consultations/search", "C", OK),
    ("GET", "/consultations/figures", "AC", OK),
    ("POST", "/consultations/figures", "AC", OK),
    ("GET", "/consultations/of/{stranger}", "C", OK),
    ("GET", "/consultations/of/{stranger}/card", "C", OK),
    ("POST", "/consultations/of/{stranger}/card", "C", OK),
    ("POST", "/consultations/of/{stranger}/erasure", "H", OK),
    ("GET", "/consultations/{consultation}", "C", OK),
    ("GET", "/consultations/{consultation}/edit", "C", OK),
    ("POST", "/consultations/{consultation}/edit", "C", OK),
    ("POST", "/consultations/{consultation}/striking", "C", OK),
    ("POST", "/consultations/{consultation}/restoring", "C", OK),
    ("GET", "/consultations/{consultation}/tie", "C", OK),
    ("POST", "/consultations/{consultation}/tie", "C", OK),
    ("POST", "/consultations/{consultation}/untie", "C", OK),
    ("GET", "/people/{person}/consultations", "C", OK),
    ("GET", "/town/consultations", "A", OK),
    ("POST", "/town/consultations", "A", OK),
    ("POST", "/town/consultations/keeping", "A", OK),
    ("POST", "/town/consultations/{topic}", "A", OK),
    ("POST", "/papers/consultations", "AC", OK),
];

/// What a town has of them.
pub struct Ids {
    pub consultation: ConsultationId,
    /// Whom it is about.
    pub stranger: RowId,
}

impl Ids {
    pub async fn of(town: &Town, place: &Network) -> Ids {
        let (consultation, stranger) = heard(town, place).await;
        Ids {
            consultation,
            stranger,
        }
    }
}
