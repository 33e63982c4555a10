//! Which house a place is, so that notices about it add up.

use words::address::Address;

/// The house of an address, equal for all ways of writing it, with or without its municipality; none
/// for a street, a park, a whole 丁目 or a block of it (2丁目12番), where many people live and pass.
pub fn house(address: &Address) -> Option<String> {
    let (town, blocks) = address.town_and_blocks();
    let numbered = match blocks.len() {
        0 => false,
        1 | 2 => !is_block(address.as_written(), blocks.len()),
        _ => true,
    };
    if !numbered || town.is_empty() {
        return None;
    }
    let (key, house) = (address.key(), format!("{town}{}", blocks.join("-")));
    let at = key.find(&house)?;
    Some(key[at..].to_owned())
}

/// Whether the last of one or two numbers is a 丁目 or a block: 番 without 号 behind it. 番地 is a lot
/// of its own; so is, without 丁目, the second of two numbers (12番18号, 12-18).
fn is_block(written: &str, numbers: usize) -> bool {
    let chome = written.contains("丁目");
    let lot = written.contains("番地") || numbers == 2 && !chome && written.contains('号');
    let block = written.ends_with('番') || written.contains("番 ") || written.contains("番　");
    !lot && (chome || block)
}

/// The same of a place as it was told.
pub fn house_of(place: &str) -> Option<String> {
    house(&Address::parse(place).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_house_however_it_is_written() {
        let one = house_of("太田市太田2-12-18 メゾン馬込895号室");
        assert_eq!(one.as_deref(), Some("太田2-12-18メゾン馬込895"));
        assert_eq!(one, house_of("太田２丁目１２番１８号　メゾン馬込８９５"));
        assert_ne!(one, house_of("太田2-12-18 メゾン馬込896"));
        assert_ne!(house_of("大森1-2"), house_of("大森1-23"));
    }

    #[test]
    fn a_street_or_a_park_is_no_house() {
        for place in [
            "",
            "みなみ駅前",
            "大森2丁目",
            "大森公園のベンチ",
            "大森2丁目12番",
            "大森２丁目１２",
            "浜町12番",
            "浜町12番　角の家",
        ] {
            assert_eq!(house_of(place), None, "{place}");
        }
        for place in [
            "浜町123",
            "浜町123番地",
            "浜町12番18号",
            "浜町12-18",
            "大森2丁目123番地",
            "大森2丁目12番18号",
        ] {
            assert!(house_of(place).is_some(), "{place}");
        }
    }
}
