//! The schema against what is erased: every table that holds people or sealed values is erased, or
//! named here with the reason why not. A new table fails until it stands in one of the two lists.

use mimamori::migrations;

/// What `erasure` empties of a person. Add the line together with the room's `forget_in`.
pub const ERASED: &[&str] = &[
    "people",
    "twin_pairs",
    "twin_merges",
    "person_photos",
    "person_changes",
    "person_openings",
    "person_views",
    "person_canaries",
    "person_keys",
    "search_keys",
    "name_forms",
    "tags",
    "tag_acts",
    "tasks",
    "task_acts",
    "inquiries",
    "inquiry_steps",
    "desk_mails",
    "notices",
    "notice_steps",
    "notice_mails",
    "cases",
    "case_people",
    "case_entries",
    "case_handovers",
    "case_documents",
    "case_document_parts",
    "board_people",
    "board_finds",
    "board_finders",
    "board_links",
    "board_messages",
    "board_proofs",
    "board_drill_people",
    "checklists",
    "paths",
    "referrals",
    "renewal_months",
    "renewals",
    "renewal_acts",
    "supporters",
    "supporter_keys",
    "signups",
    "supporter_cards",
    "supporter_years",
    "supporter_receipts",
    "supporter_aways",
    "observations",
    "rhythm_consents",
    "change_lines",
    "own_pins",
    "own_visits",
    "voucher_lines",
    "import_files",
    "import_rows",
    "exchange_files",
    "consultations",
    "consultation_strangers",
    "consultation_keys",
    "consultation_changes",
    "leavings",
    "paper_runs",
    "paper_parts",
    "audit_lines",
];

/// What stays as it is, and why.
pub const STAYS: &[(&str, &str)] = &[
    ("network_keys", "wrapped keys of the town"),
    ("twin_walks", "how far the comparison of records is"),
    ("audit_seals", "hashes over lines"),
    ("staff", "accounts of staff, nobody registered"),
    ("sessions", "hashes, of staff"),
    ("invitations", "hashes, of staff"),
    ("recovery_codes", "hashes, of staff"),
    ("import_runs", "the name of the file as it was given"),
    ("tag_batches", "a note about a box of key holders"),
    (
        "carriers",
        "addresses of QR codes, shut off; nobody's any more",
    ),
    ("carrier_towns", "hashes of those addresses"),
    (
        "case_left",
        "keyed tokens of who was taken out of a case; theirs goes (cases/wishes.rs)",
    ),
    ("erasures", "the id that leads nowhere any more"),
    (
        "erasure_traces",
        "keyed hashes, so that nobody comes back unasked",
    ),
    ("paper_signs", "the town's sign, as on a poster"),
    (
        "notice_agreements",
        "organisations and their people at work, nobody registered",
    ),
    (
        "course_series",
        "what a course is, and who teaches, as on a poster",
    ),
    ("course_days", "with course_series"),
    ("course_voices", "what nobody signed"),
    (
        "attendances",
        "names of who just came by, forgotten after a year; whose sign-up or supporter it is goes with those",
    ),
    (
        "roll_sheets",
        "who stands in which row, by ids that lead to what was emptied; pictures of rows that nobody is registered for, a month at most",
    ),
    ("systems", "accounts of programs"),
    ("system_tokens", "hashes, of programs"),
    (
        "board_strays",
        "hashes of forms and keyed network addresses of a day, about numbers of nobody",
    ),
];

/// Tables of which rows stay after an erasure, changed or written by it, and the words with which
/// the letter says so.
pub const LETTER: &[(&str, &str)] = &[
    ("audit_lines", "どの欄を見たかの記録"),
    ("inquiries", "照会の日時"),
    ("board_finds", "伝言板が使われた日時"),
    ("notices", "知らせ（気づき）が届いた日時"),
    ("consultations", "相談を受けたセンターと月"),
    ("referrals", "紹介した月と種類"),
    ("supporters", "サポーターだった方の"),
    ("signups", "講座に申し込んだ回数"),
    ("supporter_cards", "カードの番号"),
    ("supporter_years", "会費"),
    ("supporter_receipts", "領収書の番号"),
    ("voucher_lines", "商店街の券"),
    ("tags", "タグの番号"),
    ("tag_acts", "いつ渡し、いつ無効に"),
    ("carriers", "タグの番号"),
    ("leavings", "この手続きの種類と日付"),
    ("erasures", "消去の一覧"),
    ("erasure_traces", "消去の一覧"),
];

/// A table with its columns and their types.
pub struct Table {
    pub name: &'static str,
    pub columns: Vec<(&'static str, &'static str)>,
}

/// Every table of the schema, which is one text for both engines.
pub fn tables() -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    for line in migrations::ALL.iter().flat_map(|step| step.text.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["CREATE", "TABLE", name, ..] => found.push(Table {
                name,
                columns: Vec::new(),
            }),
            [column, kind, ..] if line.starts_with("  ") => {
                let kind = kind.trim_end_matches(',');
                if ["INTEGER", "TEXT", "BLOB"].contains(&kind) {
                    found.last_mut().unwrap().columns.push((column, kind));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether the table could hold something of a person.
fn may_tell(table: &Table) -> bool {
    let tells = ["person", "whose", "owner", "resident"];
    let columns = table.columns.iter();
    columns.clone().any(|(name, kind)| {
        *kind == "BLOB" || *kind == "INTEGER" && tells.iter().any(|word| name.contains(word))
    })
}

#[test]
fn every_table_is_erased_or_named_with_the_reason() {
    let tables = tables();
    assert!(tables.len() > 30, "the schema was read");
    let stays = |name: &str| STAYS.iter().any(|(table, _)| *table == name);
    let open: Vec<&str> = tables
        .iter()
        .filter(|table| may_tell(table))
        .map(|table| table.name)
        .filter(|name| !ERASED.contains(name) && !stays(name))
        .collect();
    assert!(
        open.is_empty(),
        "these tables may hold something of a person. Give their room a `forget_in`, call it in \
         src/erasure.rs and add them to ERASED; or say in STAYS why they may stay: {open:?}"
    );
    let there = |name: &&str| tables.iter().any(|table| table.name == *name);
    let gone: Vec<_> = STAYS
        .iter()
        .map(|(name, _)| name)
        .chain(ERASED)
        .filter(|name| !there(name))
        .collect();
    assert!(gone.is_empty(), "no such tables: {gone:?}");
    let both: Vec<_> = ERASED.iter().filter(|name| stays(name)).collect();
    assert!(both.is_empty(), "in both lists: {both:?}");
}
