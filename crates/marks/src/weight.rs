//! How much memory opening a picture takes, told from its head. `image`'s limits know neither the
//! decoded picture nor the coefficients that a progressive JPEG keeps of the whole of it.

use image::ImageDecoder;

/// In bytes: the file and the decoder's copy of it, the decoded picture, what a JPEG keeps until
/// the end, and the grey picture that is made of it.
pub(crate) fn to_open(file: &[u8], decoder: &impl ImageDecoder) -> u64 {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    2 * file.len() as u64 + decoder.total_bytes() + pixels * (kept_colours(file) * 2 + 1)
}

/// Of how many colours a JPEG keeps every coefficient: all, where they come in several scans.
fn kept_colours(file: &[u8]) -> u64 {
    let (mut at, mut colours, mut progressive) = (2, 0, false);
    if !file.starts_with(&[0xff, 0xd8]) {
        return 0;
    }
    while let Some(&[0xff, marker, high, low]) =
        file.get(at..at + 4).and_then(|head| head.first_chunk())
    {
        match marker {
            // A filling byte, and markers that stand alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // The picture's data begins: how many colours does the first scan hold?
            0xda => {
                let in_scan = file.get(at + 4).copied().map_or(0, u64::from);
                return match progressive || in_scan < colours {
                    true => colours,
                    false => 0,
                };
            }
            _ => {
                // A frame's head, but for three markers of tables that stand among them.
                if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
                    progressive = matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce);
                    colours = file.get(at + 9).copied().map_or(0, u64::from).min(4);
                }
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
            }
        }
    }
    // No beginning was found, though the decoder found one: as if all were kept.
    4
}
