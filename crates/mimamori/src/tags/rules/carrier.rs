//! What carries a number, and the QR upon it.

use jiff::Timestamp;
use qrcode::{Color, EcLevel, QrCode};

use crate::ids::{CarrierId, PersonId, TagId};

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarrierKind {
    /// キーホルダー
    KeyHolder,
    /// マグネット
    Magnet,
    /// シール
    Sticker,
    /// アイロンラベル
    IronOn,
}

/// Every kind, in the order in which pages list them.
pub const KINDS: [CarrierKind; 4] = [
    CarrierKind::KeyHolder,
    CarrierKind::Magnet,
    CarrierKind::Sticker,
    CarrierKind::IronOn,
];

impl CarrierKind {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            CarrierKind::KeyHolder => "key_holder",
            CarrierKind::Magnet => "magnet",
            CarrierKind::Sticker => "sticker",
            CarrierKind::IronOn => "iron_on",
        }
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            CarrierKind::KeyHolder => "キーホルダー",
            CarrierKind::Magnet => "マグネット",
            CarrierKind::Sticker => "シール",
            CarrierKind::IronOn => "アイロンラベル",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<CarrierKind> {
        KINDS.into_iter().find(|kind| kind.code() == code)
    }
}

/// Why a QR address was shut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShutWhy {
    /// 紛失
    Lost,
    /// 破損
    Broken,
    /// The whole number went out of use.
    WithNumber,
}

impl ShutWhy {
    /// The code kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            ShutWhy::Lost => "lost",
            ShutWhy::Broken => "broken",
            ShutWhy::WithNumber => "with_number",
        }
    }

    /// The word shown to people.
    pub const fn word(self) -> &'static str {
        match self {
            ShutWhy::Lost => "なくした",
            ShutWhy::Broken => "こわれた・よごれた",
            ShutWhy::WithNumber => "番号を使わなくなった",
        }
    }

    /// The reason of a code.
    pub fn from_code(code: &str) -> Option<ShutWhy> {
        [ShutWhy::Lost, ShutWhy::Broken, ShutWhy::WithNumber]
            .into_iter()
            .find(|why| why.code() == code)
    }
}

/// One thing that carries a number.
#[derive(Clone)]
pub struct Carrier {
    /// Its identity.
    pub id: CarrierId,
    /// The number it carries.
    pub tag: TagId,
    /// What it is.
    pub kind: CarrierKind,
    /// The secret at the end of its QR address.
    pub secret: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When and why its QR was shut off.
    pub shut: Option<(Timestamp, ShutWhy)>,
}

/// What a QR leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The number.
    pub tag: TagId,
    /// Whose it is or was; `None` for one of the stock.
    pub person: Option<PersonId>,
    /// Whether somebody carries it: the number is theirs and the QR was not shut off.
    pub in_use: bool,
}

impl Carrier {
    /// The address behind its QR; `public_url` has no slash at its end.
    pub fn address(&self, public_url: &str) -> String {
        format!("{public_url}/q/{}", self.secret)
    }
}

/// White modules around a QR, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// A QR as SVG, one unit a module; `None` for a text that no QR holds. A quarter of it may be
/// scratched (level Q): key holders live on keys.
pub fn svg(text: &str, label: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let dark = colors
        .iter()
        .enumerate()
        .filter(|(_, color)| **color == Color::Dark);
    let path: String = dark
        .map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET))
        .collect();
    let side = width + 2 * QUIET;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"qr\" viewBox=\"0 0 {side} {side}\" \
         role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_come_back() {
        for kind in KINDS {
            assert_eq!(CarrierKind::from_code(kind.code()), Some(kind));
        }
        for why in [ShutWhy::Lost, ShutWhy::Broken, ShutWhy::WithNumber] {
            assert_eq!(ShutWhy::from_code(why.code()), Some(why));
        }
    }

    /// Draws the modules of our SVG as a printer of 300 dots an inch does on `millimetres`, a
    /// little smeared.
    fn printed(svg: &str, millimetres: usize) -> image::GrayImage {
        let side: usize = svg
            .split("viewBox=\"0 0 ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let dots = millimetres * 300 / 25;
        let mut sheet =
            image::GrayImage::from_pixel(dots as u32 + 40, dots as u32 + 40, image::Luma([245]));
        let modules = svg.rsplit("d=\"").next().unwrap().split('M').skip(1);
        for module in modules {
            let mut numbers = module.split(['h', ' ']).map(|text| text.parse::<usize>());
            let (x, y) = (
                numbers.next().unwrap().unwrap(),
                numbers.next().unwrap().unwrap(),
            );
            for dot_y in y * dots / side..(y + 1) * dots / side {
                for dot_x in x * dots / side..(x + 1) * dots / side {
                    sheet.put_pixel(dot_x as u32 + 20, dot_y as u32 + 20, image::Luma([30]));
                }
            }
        }
        image::imageops::blur(&sheet, 0.8)
    }

    #[test]
    fn a_qr_of_15_millimetres_is_read_back() {
        let address = "https://mimamori.minami.example.jp/q/AbCdEfGhIjKlMnOpQrStUv";
        let sheet = printed(&svg(address, "QR").unwrap(), 15);
        let mut picture = rqrr::PreparedImage::prepare(sheet);
        let found = picture.detect_grids();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].decode().unwrap().1, address);
    }
}
