//! The master key's file and text, and what hangs on it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use seal::{AuditChain, KeyFileError, MasterKey, TestChance};

fn key(seed: u64) -> MasterKey {
    MasterKey::generate(&mut TestChance::new(seed))
}

/// Two master keys are the same when they derive the same audit key.
fn print(key: &MasterKey) -> [u8; 32] {
    key.audit_chain(1).line(&[b"print"])
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_written_key_comes_back_and_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    key(1).write_new(&path).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o7777,
        0o600
    );
    assert_eq!(print(&MasterKey::from_file(&path).unwrap()), print(&key(1)));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("mimamori-master-1.") && text.ends_with('\n'));
    assert_eq!(print(&MasterKey::from_text(&text).unwrap()), print(&key(1)));
    assert_ne!(print(&key(2)), print(&key(1)));
}

#[test]
fn a_key_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    key(1).write_new(&path).unwrap();
    let error = key(2).write_new(&path).unwrap_err();
    assert!(matches!(error, KeyFileError::Exists(_)), "{error}");
    assert_eq!(print(&MasterKey::from_file(&path).unwrap()), print(&key(1)));
}

#[test]
fn a_file_open_to_others_is_refused_and_the_sentence_says_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    key(1).write_new(&path).unwrap();
    for mode in [0o644, 0o640, 0o620, 0o604, 0o602, 0o601, 0o700] {
        set_mode(&path, mode);
        let error = MasterKey::from_file(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::OpenToOthers { mode: m, .. } if m == mode));
        assert!(error.to_string().contains("run `chmod 600 "), "{error}");
    }
    for mode in [0o600, 0o400] {
        set_mode(&path, mode);
        assert!(MasterKey::from_file(&path).is_ok(), "{mode:o}");
    }
}

#[test]
fn anything_but_a_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let missing = MasterKey::from_file(&folder.path().join("none"));
    assert!(matches!(
        missing,
        Err(KeyFileError::Io {
            kind: std::io::ErrorKind::NotFound,
            ..
        })
    ));
    let a_folder = MasterKey::from_file(folder.path());
    assert!(matches!(a_folder, Err(KeyFileError::NotAFile(_))));
    let path = folder.path().join("other");
    fs::write(&path, [0xff, 0xfe]).unwrap();
    set_mode(&path, 0o600);
    assert!(matches!(
        MasterKey::from_file(&path),
        Err(KeyFileError::Malformed(_))
    ));
    for text in ["", "mimamori-master-1.", "mimamori-master-1.AAAA", "AAAA"] {
        assert!(MasterKey::from_text(text).is_err(), "{text}");
    }
    let [short, right, long] = [42, 43, 44].map(|n| format!("mimamori-master-1.{}", "A".repeat(n)));
    assert!(MasterKey::from_text(&right).is_ok());
    assert!(MasterKey::from_text(&short).is_err() && MasterKey::from_text(&long).is_err());
}

#[test]
fn application_keys_differ_by_purpose_and_master() {
    let mac = |seed, purpose| key(seed).app_key(purpose).mac(&[b"text"]);
    assert_ne!(mac(1, "csrf"), mac(1, "address"));
    assert_ne!(mac(1, "csrf"), mac(2, "csrf"));
    let csrf = key(1).app_key("csrf");
    assert!(csrf.matches(&[b"text"], &mac(1, "csrf")));
    assert!(!csrf.matches(&[b"te", b"xt"], &mac(1, "csrf")));
}

#[test]
fn the_audit_key_hangs_on_the_master_key_and_the_network_alone() {
    let chance = &mut TestChance::new(8);
    let master = key(1);
    let first = (1, master.new_town_key(1, 1, chance));
    let second = (2, master.new_town_key(1, 2, chance));
    let before = master
        .open_town(1, &[first])
        .unwrap()
        .audit()
        .line(&[b"line"]);
    let after = master
        .open_town(1, &[second])
        .unwrap()
        .audit()
        .line(&[b"line"]);
    assert_eq!(before, after);
    assert_ne!(before, master.audit_chain(2).line(&[b"line"]));
    assert_ne!(before, key(2).audit_chain(1).line(&[b"line"]));
}

#[test]
fn a_seal_holds_its_lines_their_order_their_numbers_and_the_seal_before() {
    let chain = key(1).audit_chain(1);
    let [a, b, c] = [b"a", b"b", b"c"].map(|field| chain.line(&[field]));
    let start = AuditChain::START;
    let sealed = chain.seal(&start, 1, 3, [a, b, c]);
    let others = [
        chain.seal(&start, 1, 3, [a, c, b]),
        chain.seal(&start, 1, 3, [a, b]),
        chain.seal(&start, 1, 3, [a, b, c, c]),
        chain.seal(&start, 1, 3, [a, b, chain.line(&[b"d"])]),
        chain.seal(&start, 2, 3, [a, b, c]),
        chain.seal(&start, 1, 4, [a, b, c]),
        chain.seal(&sealed, 1, 3, [a, b, c]),
        key(2).audit_chain(1).seal(&start, 1, 3, [a, b, c]),
    ];
    assert!(others.iter().all(|other| !AuditChain::same(other, &sealed)));
    assert!(AuditChain::same(
        &chain.seal(&start, 1, 3, [a, b, c]),
        &sealed
    ));
}

#[test]
fn fields_of_a_line_do_not_flow_into_each_other() {
    let chain = key(1).audit_chain(1);
    assert_ne!(chain.line(&[b"ab", b"c"]), chain.line(&[b"a", b"bc"]));
    assert_ne!(chain.line(&[b"a", b""]), chain.line(&[b"a"]));
}
