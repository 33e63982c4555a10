//! What may come in from outside: from one registry, under licences that go with ours, with one
//! TLS of Rust's own. `deny.toml` says the same to cargo-deny; why this test stands beside it:
//! `docs/decisions/0009-dependency-check.md`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences whose code may be part of a program under AGPL-3.0-or-later.
const LICENCES: &[&str] = &[
    "0BSD",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// A second TLS, or one in C that must be kept up to date apart from us.
const BANNED: &[&str] = &[
    "aws-lc-rs",
    "aws-lc-sys",
    "native-tls",
    "openssl",
    "openssl-sys",
];

/// Of these two versions would be two TLS stacks or two engines in one program.
const ONCE: &[&str] = &[
    "libsqlite3-sys",
    "ring",
    "rusqlite",
    "rustls",
    "tokio",
    "hyper",
    "axum",
];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

struct Package {
    name: String,
    licence: String,
    source: Option<String>,
}

/// What is built on this machine's platform.
fn packages() -> Vec<Package> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", &platform()])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        metadata.status.success(),
        "{}",
        String::from_utf8_lossy(&metadata.stderr)
    );
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let text = |package: &Value, key: &str| package[key].as_str().map(str::to_owned);
    let list = metadata["packages"].as_array().unwrap().iter();
    list.map(|package| Package {
        name: text(package, "name").unwrap(),
        licence: text(package, "license").unwrap_or_default(),
        source: text(package, "source"),
    })
    .collect()
}

fn platform() -> String {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let words = String::from_utf8(rustc.stdout).unwrap();
    let host = words.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

/// Reads `A OR B AND C` as `(A OR B) AND C`, which is never laxer than what is meant.
fn is_allowed(licence: &str) -> bool {
    licence.split(" AND ").all(|part| {
        let choices = part.trim_matches(['(', ')']).split(" OR ");
        let mut choices = choices.flat_map(|choice| choice.split('/'));
        choices.any(|choice| LICENCES.contains(&choice.trim()))
    })
}

#[test]
fn licences_go_with_ours() {
    assert!(is_allowed("(MIT OR GPL-2.0-only) AND Unicode-3.0"));
    assert!(!is_allowed("MIT AND GPL-2.0-only") && !is_allowed(""));
    for package in packages() {
        assert!(
            is_allowed(&package.licence),
            "{}: {}",
            package.name,
            package.licence
        );
    }
}

#[test]
fn everything_comes_from_the_registry_or_from_here() {
    for package in packages() {
        let ok = package
            .source
            .as_deref()
            .is_none_or(|from| from == REGISTRY);
        assert!(ok, "{} from {:?}", package.name, package.source);
    }
}

#[test]
fn there_is_one_tls_and_it_is_rustls_with_ring() {
    let packages = packages();
    let count = |name: &str| {
        packages
            .iter()
            .filter(|package| package.name == name)
            .count()
    };
    for name in BANNED {
        assert_eq!(count(name), 0, "{name}");
    }
    for name in ONCE {
        assert_eq!(count(name), 1, "{name}");
    }
}
