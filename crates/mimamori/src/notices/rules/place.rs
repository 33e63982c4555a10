//! Which house a place is, so that notices about it add up.

use words::address::Address;

/// The house of an address, equal for all ways of writing it, with or without its municipality; none
/// for a street, a park or a whole 丁目, where many people live and pass.
pub fn house(address: &Address) -> Option<String> {
    let (town, blocks) = address.town_and_blocks();
    let numbered = match blocks.len() {
        0 => false,
        1 => !address.as_written().contains("丁目"),
        _ => true,
    };
    if !numbered || town.is_empty() {
        return None;
    }
    let (key, house) = (address.key(), format!("{town}{}", blocks.join("-")));
    let at = key.find(&house)?;
    Some(key[at..].to_owned())
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
        for place in ["", "みなみ駅前", "大森2丁目", "大森公園のベンチ"] {
            assert_eq!(house_of(place), None, "{place}");
        }
        assert!(house_of("浜町123").is_some());
    }
}
