//! A QR to be read off a screen.

use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

/// The text as a QR; nothing for a text that no QR holds.
#[must_use]
pub fn qr(text: &str, label: &str) -> Option<Markup> {
    let code = QrCode::new(text).ok()?;
    let svg = code
        .render::<svg::Color<'_>>()
        .min_dimensions(220, 220)
        .build();
    // Without the XML head, which has no place within a page.
    let start = svg.find("<svg").unwrap_or(0);
    Some(html! { div role="img" aria-label=(label) { (PreEscaped(&svg[start..])) } })
}
