//! The style sheet, the script and the page icon, built into the program.
//!
//! A file's name carries a hash of its content, so a browser may keep it for ever and still gets
//! the new one after an upgrade.

const CSS: &str = concat!(
    include_str!("../../../assets/design-tokens.css"),
    include_str!("../../../assets/base.css"),
    include_str!("../../../assets/page.css"),
    include_str!("../../../assets/form.css"),
    include_str!("../../../assets/table.css"),
    include_str!("../../../assets/desk.css"),
    include_str!("../../../assets/people.css"),
    include_str!("../../../assets/print.css"),
);
const SCRIPT: &str = include_str!("../../../assets/mimamori.js");
const PICTURE: &str = include_str!("../../../assets/favicon.svg");

/// Where the front serves [`assets`]: `GET /assets/{name}`.
const FOLDER: &str = "/assets/";

const CSS_HREF: &str = text(&named(b"/assets/mimamori-0000000000000000.css", CSS));
const SCRIPT_HREF: &str = text(&named(b"/assets/mimamori-0000000000000000.js", SCRIPT));
const PICTURE_HREF: &str = text(&named(b"/assets/mimamori-0000000000000000.svg", PICTURE));

static ASSETS: [(&str, &str, &[u8]); 3] = [
    (name(CSS_HREF), "text/css; charset=utf-8", CSS.as_bytes()),
    (
        name(SCRIPT_HREF),
        "text/javascript; charset=utf-8",
        SCRIPT.as_bytes(),
    ),
    (name(PICTURE_HREF), "image/svg+xml", PICTURE.as_bytes()),
];

/// Every file to serve below `/assets/`: name, media type, bytes.
#[must_use]
pub fn assets() -> &'static [(&'static str, &'static str, &'static [u8])] {
    &ASSETS
}

/// Address of the one style sheet.
#[must_use]
pub const fn css_href() -> &'static str {
    CSS_HREF
}

/// Address of the one script, which no page needs.
#[must_use]
pub const fn script_href() -> &'static str {
    SCRIPT_HREF
}

pub(super) const fn picture_href() -> &'static str {
    PICTURE_HREF
}

/// Writes the hash of `content` over the sixteen zeros after the dash.
const fn named<const N: usize>(pattern: &[u8; N], content: &str) -> [u8; N] {
    let mut name = *pattern;
    let mut hash = fnv1a(content.as_bytes());
    let mut at = FOLDER.len() + b"mimamori-".len() + 16;
    let first = at - 16;
    while at > first {
        at -= 1;
        name[at] = b"0123456789abcdef"[(hash & 15) as usize];
        hash >>= 4;
    }
    name
}

/// FNV-1a, 64 bits: tells two versions of our own file apart, guards nothing.
const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

const fn text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("asset names are ASCII"),
    }
}

const fn name(href: &'static str) -> &'static str {
    href.split_at(FOLDER.len()).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_gets_another_name() {
        let before = named(b"/assets/mimamori-0000000000000000.css", "a");
        let after = named(b"/assets/mimamori-0000000000000000.css", "b");
        assert_ne!(before, after);
        assert!(before.starts_with(b"/assets/mimamori-") && before.ends_with(b".css"));
    }

    #[test]
    fn every_link_leads_to_a_served_file() {
        for href in [css_href(), script_href(), picture_href()] {
            let served = |(name, _, _): &(&str, &str, &[u8])| href == format!("{FOLDER}{name}");
            assert!(assets().iter().any(served), "{href} is not served");
        }
    }

    #[test]
    fn the_own_style_sheet_stays_small() {
        let own = CSS.len() - include_str!("../../../assets/design-tokens.css").len();
        assert!(CSS.lines().count() < 1_215, "tokens 215 lines, own 1,000");
        assert!(own < 40_000, "{own} bytes");
    }
}
