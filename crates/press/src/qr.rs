//! A QR as SVG, with the white around it that readers need.

use qrcode::{Color, EcLevel, QrCode};

/// White modules on each side, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;

/// Below this, modules run into each other on a worn label and in a hurried picture of it. Then less
/// of the code may be scratched, but it is read.
const LEAST_MODULE_MM: f64 = 0.4;

/// The picture for a square of so many millimetres, white border included. A quarter of it may be
/// scratched (level Q) where the modules stay large enough, else 15 % (level M). Nothing for a text
/// that no QR holds.
pub fn svg(text: &str, side_mm: f64) -> Option<String> {
    with_border(text, side_mm, QUIET)
}

/// The same for a square that the code fills: the paper around it is white already.
pub fn bare(text: &str, side_mm: f64) -> Option<String> {
    with_border(text, side_mm, 0)
}

fn with_border(text: &str, side_mm: f64, quiet: usize) -> Option<String> {
    let code = |level| QrCode::with_error_correction_level(text, level).ok();
    let sound = code(EcLevel::Q).filter(|code| module_mm(code, side_mm, quiet) >= LEAST_MODULE_MM);
    let code = sound.or_else(|| code(EcLevel::M))?;
    let (width, colors) = (code.width(), code.to_colors());
    // Runs of dark modules in one row are one rectangle: no hairline between them on paper.
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|c| **c == Color::Dark).count();
            if run > 0 {
                let (left, top) = (x + quiet, y + quiet);
                path.push_str(&format!("M{left} {top}h{run}v1h-{run}z"));
            }
            x += run.max(1);
        }
    }
    let side = width + 2 * quiet;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path d=\"{path}\"/></svg>"
    ))
}

fn module_mm(code: &QrCode, side_mm: f64, quiet: usize) -> f64 {
    side_mm / (code.width() + 2 * quiet) as f64
}
