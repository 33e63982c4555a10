//! Reading and changing the groups of a record: two operations each.

use super::operations::{Group, Operation};
use super::table::{PLAIN, PURPOSE, versioned};

const CHANGE: &str =
    "読んだときの ETag を If-Match に入れます。入れないと428、先に変えられていると412になります。";

/// Reading and changing one group of a record.
macro_rules! group {
    ($path:literal, $read:literal, $write:literal, $word:literal, $shown:literal, $new:literal) => {
        [
            Operation {
                path: $path,
                id: $read,
                group: Group::People,
                summary: concat!($word, "を読む"),
                grant: "people_read",
                more: PURPOSE,
                answers: &[versioned(200, $shown, "いまの内容と版。")],
                ..PLAIN
            },
            Operation {
                method: "PUT",
                path: $path,
                id: $write,
                group: Group::People,
                summary: concat!($word, "を変える"),
                grant: "people_write",
                more: CHANGE,
                body: Some($new),
                upon_version: true,
                answers: &[versioned(200, $shown, "変えたあとの内容と版。")],
                ..PLAIN
            },
        ]
    };
}

/// Each group's two.
pub(super) const GROUPS: [[Operation; 2]; 6] = [
    group!(
        "/api/v1/people/{person}/identity",
        "readIdentity",
        "writeIdentity",
        "基本情報",
        "KeptIdentity",
        "NewIdentity"
    ),
    group!(
        "/api/v1/people/{person}/contacts",
        "readContacts",
        "writeContacts",
        "緊急連絡先",
        "KeptContacts",
        "NewContacts"
    ),
    group!(
        "/api/v1/people/{person}/medical",
        "readMedical",
        "writeMedical",
        "医療情報",
        "KeptMedical",
        "NewMedical"
    ),
    group!(
        "/api/v1/people/{person}/care",
        "readCare",
        "writeCare",
        "介護・センターの記録",
        "KeptCare",
        "NewCare"
    ),
    group!(
        "/api/v1/people/{person}/finder",
        "readFinder",
        "writeFinder",
        "発見時の注意",
        "KeptFinder",
        "NewFinder"
    ),
    group!(
        "/api/v1/people/{person}/consent",
        "readConsent",
        "writeConsent",
        "同意",
        "KeptConsent",
        "NewConsent"
    ),
];
