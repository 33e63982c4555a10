//! Passwords, second factors, recovery codes and tokens handed out.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use proptest::prelude::*;
use seal::password::{self, Verified};
use seal::{SecretToken, TestChance, TotpSecret, recovery};

#[test]
fn a_password_is_right_wrong_or_hashed_with_older_parameters() {
    let stored = password::hash("みまもり ordinary 7", &mut TestChance::new(1)).unwrap();
    assert!(
        stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{stored}"
    );
    assert_eq!(
        password::verify(&stored, "みまもり ordinary 7"),
        Ok(Verified::Right)
    );
    assert_eq!(
        password::verify(&stored, "みまもり ordinary 8"),
        Ok(Verified::Wrong)
    );
    assert_eq!(password::verify("not a hash", ""), Ok(Verified::Wrong));
    // A vector of the reference implementation's src/test.c: 64 MiB, 2 passes, 1 lane.
    let older =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assert_eq!(
        password::verify(older, "password"),
        Ok(Verified::RightButOld)
    );
    assert!(!password::verify(older, "Password").unwrap().is_right());
}

#[test]
fn an_account_that_does_not_exist_costs_the_same_hash() {
    let cost = |phc: &str| phc.split('$').take(4).collect::<Vec<_>>().join("$");
    let real = password::hash("x", &mut TestChance::new(1)).unwrap();
    assert_eq!(cost(password::NOBODY), cost(&real));
    assert_eq!(password::NOBODY.len(), real.len());
    assert_eq!(password::verify_nothing("x"), Ok(Verified::Wrong));
}

/// The secret of RFC 6238, appendix B; its codes have eight digits, ours the last six.
fn rfc() -> TotpSecret {
    TotpSecret::from_bytes(b"12345678901234567890").unwrap()
}

#[test]
fn codes_are_those_of_rfc_6238() {
    let vectors = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];
    for (time, code) in vectors {
        assert_eq!(
            rfc().verify(&code[2..], time, None),
            Some(time / 30),
            "at {time}"
        );
    }
    assert_eq!(rfc().verify("287083", 59, None), None);
}

#[test]
fn a_code_works_one_step_early_or_late_and_only_once() {
    let code = "287082"; // of step 1
    let tried = [0, 29, 30, 59, 60, 89, 90].map(|time| rfc().verify(code, time, None));
    assert_eq!(
        tried,
        [Some(1), Some(1), Some(1), Some(1), Some(1), Some(1), None]
    );
    assert_eq!(rfc().verify(code, 59, Some(0)), Some(1));
    assert_eq!(rfc().verify(code, 59, Some(1)), None);
    assert_eq!(rfc().verify(code, 59, Some(2)), None);
    assert_eq!(rfc().verify("", 59, None), None);
}

#[test]
fn an_authenticator_is_set_up_by_address_or_by_hand() {
    let uri = rfc().uri("みなみ町", "hanako:1").unwrap();
    assert!(uri.starts_with("otpauth://totp/"), "{}", *uri);
    assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    assert_eq!(*rfc().to_base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert!(rfc().uri("みなみ町", "").is_err());
    let new = TotpSecret::new(&mut TestChance::new(1));
    let stored = TotpSecret::from_bytes(new.as_bytes()).unwrap();
    assert_eq!(stored.to_base32(), new.to_base32());
    assert!(TotpSecret::from_bytes(b"short").is_err());
    assert_eq!(format!("{new:?}"), "TotpSecret(sealed)");
}

#[test]
fn recovery_codes_are_ten_and_forgive_how_they_are_typed() {
    let codes = recovery::new_codes(&mut TestChance::new(1));
    let distinct: BTreeSet<&str> = codes.iter().map(|code| code.as_str()).collect();
    assert_eq!((codes.len(), distinct.len()), (10, 10));
    for code in &codes {
        assert_eq!(code.len(), 19);
        let typed = code
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(recovery::hash(&typed), recovery::hash(code));
    }
    assert_ne!(recovery::hash(&codes[0]), recovery::hash(&codes[1]));
}

#[test]
fn tokens_are_safe_in_addresses_and_stored_as_hashes() {
    let chance = &mut TestChance::new(1);
    let (long, short) = (SecretToken::new(chance), SecretToken::new_short(chance));
    assert_eq!((long.text().len(), short.text().len()), (43, 22));
    for token in [&long, &short] {
        let read = SecretToken::read(token.text()).unwrap();
        assert_eq!(read.hash(), token.hash());
        assert_eq!(format!("{token:?}"), "SecretToken(sealed)");
    }
    assert_ne!(long.hash(), SecretToken::new(chance).hash());
    assert!(SecretToken::read("too-short").is_none());
    assert!(SecretToken::read(&"/".repeat(43)).is_none());
}

proptest! {
    #[test]
    fn whatever_comes_in_is_refused_without_a_panic(text: String, time: i64) {
        prop_assert!(rfc().verify(&text, time, Some(i64::MAX)).is_none());
        let _ = SecretToken::read(&text);
        let _ = recovery::hash(&text);
    }
}
