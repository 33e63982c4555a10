//! Sealed fields: they open in their own place and nowhere else, and under every live key.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use seal::{MasterKey, Place, SealError, TestChance, TokenKind, TownKeys};

const PLACE: Place = Place {
    table: "people",
    column: "name",
    row: 42,
    version: 3,
};
const NAME: &[u8] = "鈴木 ハナコ".as_bytes();
const READING: TokenKind = TokenKind::new("people.reading");

fn master() -> MasterKey {
    MasterKey::generate(&mut TestChance::new(1))
}

/// Keys whose wrapped form is the same for the same seed.
fn wrapped(network: i64, version: u32) -> (u32, Vec<u8>) {
    let chance = &mut TestChance::new(u64::from(version));
    (version, master().new_town_key(network, version, chance))
}

fn town(network: i64, versions: &[u32]) -> TownKeys {
    let keys: Vec<_> = versions.iter().map(|v| wrapped(network, *v)).collect();
    master().open_town(network, &keys).unwrap()
}

fn sealed(keys: &TownKeys) -> Vec<u8> {
    keys.seal(&PLACE, NAME, &mut TestChance::new(9))
}

#[test]
fn a_value_opens_in_its_own_place() {
    let keys = town(1, &[1]);
    assert_eq!(keys.open(&PLACE, &sealed(&keys)).unwrap().as_slice(), NAME);
    assert_eq!(sealed(&keys).len(), NAME.len() + 45);
}

#[test]
fn a_value_moved_to_any_other_place_is_refused() {
    let keys = town(1, &[1]);
    let others = [
        Place {
            table: "contacts",
            ..PLACE
        },
        Place {
            column: "reading",
            ..PLACE
        },
        Place { row: 43, ..PLACE },
        Place {
            version: 2,
            ..PLACE
        },
        Place {
            row: 3,
            version: 42,
            ..PLACE
        },
        Place {
            table: "peoplen",
            column: "ame",
            ..PLACE
        },
    ];
    for other in others {
        assert_eq!(
            keys.open(&other, &sealed(&keys)).unwrap_err(),
            SealError::Tampered
        );
    }
}

#[test]
fn a_value_of_another_network_is_refused() {
    // The same data key drawn for both, so that only the network differs.
    let sealed = sealed(&town(1, &[1]));
    assert_eq!(
        town(2, &[1]).open(&PLACE, &sealed).unwrap_err(),
        SealError::Tampered
    );
}

#[test]
fn a_value_under_another_key_version_is_refused() {
    let keys = town(1, &[1, 2]);
    let mut sealed = sealed(&keys);
    assert_eq!(TownKeys::sealed_with(&sealed), Ok(2));
    sealed[4] = 1;
    assert_eq!(keys.open(&PLACE, &sealed).unwrap_err(), SealError::Tampered);
    sealed[4] = 7;
    assert_eq!(
        keys.open(&PLACE, &sealed).unwrap_err(),
        SealError::UnknownKeyVersion(7)
    );
}

#[test]
fn every_flipped_bit_is_refused() {
    let keys = town(1, &[1]);
    let sealed = sealed(&keys);
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(keys.open(&PLACE, &changed).is_err(), "bit {bit}");
    }
}

#[test]
fn every_cut_value_is_refused() {
    let keys = town(1, &[1]);
    let sealed = sealed(&keys);
    for length in 0..sealed.len() {
        assert!(
            keys.open(&PLACE, &sealed[..length]).is_err(),
            "{length} bytes"
        );
    }
    assert_eq!(
        TownKeys::sealed_with(&sealed[..44]),
        Err(SealError::Malformed)
    );
}

#[test]
fn the_same_text_is_never_sealed_alike() {
    let keys = town(1, &[1]);
    let chance = &mut TestChance::new(5);
    assert_ne!(
        keys.seal(&PLACE, NAME, chance),
        keys.seal(&PLACE, NAME, chance)
    );
}

#[test]
fn rotated_keys_open_old_and_new() {
    let old = sealed(&town(1, &[1]));
    let both = town(1, &[1, 2]);
    let new = sealed(&both);
    assert_eq!((both.current(), both.live()), (2, vec![1, 2]));
    assert_eq!(both.open(&PLACE, &old).unwrap().as_slice(), NAME);
    assert_eq!(both.open(&PLACE, &new).unwrap().as_slice(), NAME);

    let retired = town(1, &[2]);
    assert_eq!(
        retired.open(&PLACE, &old).unwrap_err(),
        SealError::UnknownKeyVersion(1)
    );
    assert_eq!(retired.open(&PLACE, &new).unwrap().as_slice(), NAME);
}

#[test]
fn the_highest_version_is_current_in_whatever_order_they_come() {
    let keys = town(1, &[3, 1, 2]);
    assert_eq!((keys.current(), keys.live()), (3, vec![1, 2, 3]));
}

#[test]
fn a_search_looks_under_every_live_key() {
    let [old, new] = [town(1, &[1]), town(1, &[2])].map(|keys| keys.token(READING, "スズキ"));
    let both = town(1, &[1, 2]);
    assert_eq!(both.tokens(READING, "スズキ"), [new, old]);
    assert_eq!(both.token(READING, "スズキ"), new);
}

#[test]
fn tokens_differ_by_text_kind_network_and_version() {
    let token = |network, version, kind, text| town(network, &[version]).token(kind, text);
    let all = [
        token(1, 1, READING, "スズキ"),
        token(1, 1, READING, "スヅキ"),
        token(1, 1, TokenKind::new("people.phone"), "スズキ"),
        token(2, 1, READING, "スズキ"),
        token(1, 2, READING, "スズキ"),
        token(1, 1, TokenKind::new("people.readingス"), "ズキ"),
    ];
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    assert!(all.iter().all(|token| *token >= 0));
    assert_eq!(token(1, 1, READING, "スズキ"), all[0]);
}

#[test]
fn a_town_key_opens_only_as_what_it_was_wrapped() {
    let (_, key) = wrapped(1, 1);
    let open = |master: &MasterKey, network, version, key: &[u8]| {
        master
            .open_town(network, &[(version, key.to_vec())])
            .unwrap_err()
    };
    let stranger = MasterKey::generate(&mut TestChance::new(2));
    assert_eq!(open(&stranger, 1, 1, &key), SealError::WrongKey);
    assert_eq!(open(&master(), 2, 1, &key), SealError::WrongKey);
    assert_eq!(open(&master(), 1, 2, &key), SealError::WrongKey);
    assert_eq!(open(&master(), 1, 1, &key[..40]), SealError::WrongKey);
    assert_eq!(open(&master(), 1, 1, &[]), SealError::Malformed);
    for byte in 1..key.len() {
        let mut changed = key.clone();
        changed[byte] ^= 1;
        assert_eq!(
            open(&master(), 1, 1, &changed),
            SealError::WrongKey,
            "byte {byte}"
        );
    }
}

#[test]
fn a_list_of_keys_that_cannot_be_right_is_refused() {
    let open = |keys: &[_]| master().open_town(1, keys).unwrap_err();
    assert_eq!(open(&[]), SealError::NoKey);
    assert_eq!(
        open(&[wrapped(1, 4), wrapped(1, 4)]),
        SealError::DoubleVersion(4)
    );
}

#[test]
fn nothing_secret_is_shown() {
    let shown = format!(
        "{:?} {:?} {:?}",
        master(),
        town(1, &[1]),
        town(1, &[1]).audit()
    );
    assert_eq!(
        shown,
        "MasterKey(sealed) TownKeys(network 1, sealed) AuditChain(sealed)"
    );
}

const STORED_KEY: [u8; 73] = [
    1, 188, 167, 40, 39, 112, 17, 221, 164, 80, 208, 49, 246, 232, 154, 80, 158, 66, 240, 164, 143,
    166, 17, 34, 254, 234, 254, 44, 215, 212, 199, 37, 221, 14, 79, 150, 31, 129, 86, 170, 224,
    150, 50, 112, 237, 252, 0, 196, 164, 165, 21, 195, 194, 196, 24, 129, 203, 162, 132, 237, 135,
    61, 58, 115, 138, 70, 45, 126, 93, 116, 62, 151, 22,
];
const STORED_FIELD: [u8; 46] = [
    1, 0, 0, 0, 1, 117, 201, 94, 35, 76, 33, 244, 1, 127, 19, 240, 105, 13, 182, 191, 230, 22, 130,
    120, 45, 51, 56, 7, 70, 162, 89, 221, 122, 211, 165, 59, 8, 198, 80, 229, 30, 242, 42, 147,
    244, 225,
];

/// What an earlier build stored must open for ever: if this fails, the format changed.
#[test]
fn the_format_stays() {
    let master = MasterKey::from_text(&format!("mimamori-master-1.{}", "A".repeat(43))).unwrap();
    let keys = master.open_town(1, &[(1, STORED_KEY.to_vec())]).unwrap();
    assert_eq!(keys.token(READING, "スズキ"), 4_333_355_174_566_286_290);
    assert_eq!(keys.open(&PLACE, &STORED_FIELD).unwrap().as_slice(), b"A");
}

proptest! {
    #[test]
    fn any_bytes_come_back(
        plain: Vec<u8>, row: i64, version: i64, network: i64, seed: u64,
    ) {
        let keys = town(network, &[1]);
        let place = Place { row, version, ..PLACE };
        let sealed = keys.seal(&place, &plain, &mut TestChance::new(seed));
        let opened = keys.open(&place, &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), plain.as_slice());
    }

    #[test]
    fn any_bytes_that_are_no_seal_are_refused(bytes: Vec<u8>) {
        prop_assert!(town(1, &[1]).open(&PLACE, &bytes).is_err());
    }
}
