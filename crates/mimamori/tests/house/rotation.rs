//! A town's key is rotated while people go on searching and calling; it may stop anywhere.

use db::{Sql, args, sql};
use mimamori::audit::{self, Report};
use mimamori::ids::NetworkId;
use mimamori::migrations;
use mimamori::rotation::{Rotation, Unrotated};
use mimamori::scope::Role;
use mimamori::tags::{self, LookUp};
use seal::TownKeys;

use crate::staff::knock;
use crate::story::{self, Told};
use crate::town::{PASSWORD, Town, on_both};

/// Columns of bytes that are not sealed with a town's key, and what they are instead.
pub const NOT_SEALED: &[(&str, &str, &str)] = &[
    ("network_keys", "wrapped", "wrapped with the master key"),
    ("audit_lines", "mac", "a keyed hash"),
    ("audit_seals", "tickets", "numbers of lines"),
    ("audit_seals", "digest", "a keyed hash"),
    ("sessions", "hash", "a hash"),
    ("invitations", "hash", "a hash"),
    ("recovery_codes", "hash", "a hash"),
    ("carrier_towns", "address_hash", "a hash"),
    ("system_tokens", "hash", "a hash"),
    ("notices", "hash", "a hash"),
    ("notice_agreements", "hash", "a hash"),
    ("board_finders", "hash", "a hash"),
    ("board_links", "hash", "a hash"),
    ("board_proofs", "hash", "a hash"),
    ("board_strays", "hash", "a hash"),
    ("checklists", "link", "a hash"),
    ("supporter_cards", "hash", "a hash"),
    ("own_visits", "hash", "a hash"),
    ("paper_signs", "png", "the town's sign, as on a poster"),
    ("person_keys", "forms", "tokens"),
    ("person_keys", "keys", "tokens"),
];

/// Every column of bytes of the schema: table and column.
fn columns() -> Vec<(&'static str, &'static str)> {
    let (mut found, mut table) = (Vec::new(), "");
    for line in migrations::ALL.iter().flat_map(|step| step.text.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["CREATE", "TABLE", name, ..] => table = name,
            [column, "BLOB" | "BLOB,", ..] => found.push((table, column)),
            _ => {}
        }
        assert!(
            !line.contains("BLOB") || line.starts_with("--") || words[1].starts_with("BLOB"),
            "a column of bytes stands on a line of its own: {line}"
        );
    }
    found
}

/// With which key versions the values of a column are sealed; empty values were never sealed.
async fn versions(town: &Town, network: NetworkId, table: &str, column: &str) -> Vec<u32> {
    let text = format!("SELECT {column} FROM {table} WHERE network = $1");
    let statement: Sql = sql(Box::leak(text.into_boxed_str()));
    let mut conn = town.db().read().await.unwrap();
    let rows = conn.rows(statement, &args![network]).await.unwrap();
    let values = rows
        .into_iter()
        .filter_map(|mut row| row.maybe_blob(0).unwrap());
    values
        .filter(|value| !value.is_empty())
        .map(|value| {
            let version = TownKeys::sealed_with(&value);
            version.unwrap_or_else(|_| panic!("{table}.{column} holds something unsealed"))
        })
        .collect()
}

/// Every sealed value of みなみ町 is sealed with this version, and every sealed column has one.
async fn all_sealed_with(town: &Town, version: u32) {
    for (table, column) in columns() {
        if NOT_SEALED
            .iter()
            .any(|(t, c, _)| (*t, *c) == (table, column))
        {
            continue;
        }
        let found = versions(town, town.minami.id, table, column).await;
        assert!(
            !found.is_empty(),
            "the story leaves nothing in {table}.{column}"
        );
        let left = found.iter().filter(|of| **of != version).count();
        assert_eq!(
            left,
            0,
            "{table}.{column}: {left} of {} not under {version}",
            found.len()
        );
    }
}

/// Name, telephone, number and log-in lead where they always led; the record is whole.
async fn all_is_found(town: &Town, told: &Told) {
    let nurse = town.sign_in(Role::CenterStaff).await;
    for words in [
        "ミナミノ ハナコ",
        "みなみの はなこ",
        "03-0188-7191",
        "090-0111-2222",
    ] {
        let page = nurse.post("/people/search", &[("q", words)]).await;
        assert!(page.text().contains(&told.hanako.to_string()), "{words}");
    }
    for path in ["", "/history", "/photo", "/sights"] {
        let path = format!("/people/{}{path}", told.hanako);
        assert_eq!(nurse.get(&path).await.status, 200, "{path}");
    }
    let page = nurse
        .get(&format!("/desk/inquiries/{}", told.inquiry))
        .await;
    assert!(page.text().contains("救急 太郎"));
    let deed = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let found = tags::look_up(&mut conn, &town.app.vault, &deed, &told.number)
        .await
        .unwrap();
    assert!(matches!(found, LookUp::Found { person, .. } if person == told.hanako));
    let email = town.email(Role::TownAdmin);
    let page = knock(&town.visitor(), &email, PASSWORD).await;
    assert_eq!(page.status, 303, "{}", page.text());
}

async fn count(town: &Town, statement: Sql) -> i64 {
    let mut conn = town.db().read().await.unwrap();
    let row = conn.one(statement, &args![town.minami.id]).await.unwrap();
    row.unwrap().int(0).unwrap()
}

async fn verified(town: &Town) -> Report {
    let deed = town.deed().await;
    let mut conn = town.db().read().await.unwrap();
    let (scope, keys) = (&deed.scope, &deed.keys);
    audit::verify(&mut conn, scope, keys, None, &mut |_| {})
        .await
        .unwrap()
}

const KEYS: Sql = sql("SELECT COUNT(*) FROM search_keys WHERE network = $1");
const FORMS: Sql = sql("SELECT COUNT(*) FROM name_forms WHERE network = $1");
const NEAR: Sql = sql("SELECT COUNT(*) FROM name_near WHERE network = $1");
const MOVES: Sql = sql("SELECT COUNT(*) FROM key_moves WHERE network = $1");
const GONE: Sql = sql("SELECT COUNT(*) FROM network_keys
     WHERE network = $1 AND version = 1 AND retired_at IS NOT NULL AND length(wrapped) = 0");

#[tokio::test(flavor = "multi_thread")]
async fn everything_moves_to_the_new_key_wherever_it_is_interrupted() {
    on_both(async |town| {
        let told = story::tell(&town).await;
        all_sealed_with(&town, 1).await;
        all_is_found(&town, &told).await;
        let before = [
            count(&town, KEYS).await,
            count(&town, FORMS).await,
            count(&town, NEAR).await,
        ];
        let (mut moved, mut steps) = (0, 0);
        while !moved_all(&town).await {
            // Each step in a process of its own: nothing is known but what was kept.
            let mut rotation = Rotation::begin(&town.app, town.minami.id).await.unwrap();
            assert_eq!(rotation.newest(), 2);
            moved += rotation.step().await.unwrap().unwrap();
            steps += 1;
            assert!(steps < 100, "it goes on instead of beginning anew");
            if steps % 5 == 0 {
                all_is_found(&town, &told).await;
            }
        }
        assert!(moved > 0);
        end(&town).await;
        all_sealed_with(&town, 2).await;
        all_is_found(&town, &told).await;
        let after = [
            count(&town, KEYS).await,
            count(&town, FORMS).await,
            count(&town, NEAR).await,
        ];
        assert_eq!(after, before, "no token of the older key is left");
        assert_eq!(count(&town, GONE).await, 1);
        assert_eq!(count(&town, MOVES).await, 0);
        assert_eq!(verified(&town).await.fault, None);
        assert_eq!(town.deed().await.keys.live(), [2]);
        let theirs = versions(&town, town.kitami.id, "staff", "card").await;
        assert!(
            theirs.iter().all(|version| *version == 1),
            "the neighbour keeps its key"
        );
    })
    .await;
}

/// Whether the walk has come to its end and only looks for what is left.
async fn moved_all(town: &Town) -> bool {
    let checks = sql("SELECT COUNT(*) FROM key_moves WHERE network = $1 AND part = 'check'");
    count(town, checks).await == 1
}

/// Goes on to the end and retires the older key.
async fn end(town: &Town) {
    let mut rotation = Rotation::begin(&town.app, town.minami.id).await.unwrap();
    while rotation.step().await.unwrap().is_some() {}
    assert_eq!(rotation.retire().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_meanwhile_with_the_older_key_is_moved_too() {
    on_both(async |town| {
        let told = story::tell(&town).await;
        let late = town.deed_of(Role::CenterStaff).await;
        let mut rotation = Rotation::begin(&town.app, town.minami.id).await.unwrap();
        while !moved_all(&town).await {
            rotation.step().await.unwrap();
        }
        // A request that began before the new key.
        let reason = "家族から電話で相談".to_owned();
        mimamori::people::open_for(town.db(), &late, told.hanako, reason)
            .await
            .unwrap();
        assert!(matches!(
            Rotation::begin(&town.app, town.minami.id)
                .await
                .unwrap()
                .retire()
                .await,
            Err(Unrotated::StillWritten)
        ));
        while rotation.step().await.unwrap().is_some() {}
        all_sealed_with(&town, 2).await;
        rotation.retire().await.unwrap();
        all_is_found(&town, &told).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_does_not_open_stops_it_and_the_older_key_stays() {
    on_both(async |town| {
        let told = story::tell(&town).await;
        let minami = town.minami.id;
        let spoil = town.db().write(move |conn| {
            let statement = sql("UPDATE tags SET number = $3 WHERE network = $1 AND id = $2");
            Box::pin(async move {
                let garbage = [vec![1, 0, 0, 0, 1], vec![7; 60]].concat();
                conn.exec_one(statement, &args![minami, told.tag, garbage])
                    .await
            })
        });
        spoil.await.unwrap();
        let mut rotation = Rotation::begin(&town.app, minami).await.unwrap();
        let stopped = loop {
            match rotation.step().await {
                Ok(_) => {}
                Err(stopped) => break stopped,
            }
        };
        assert!(matches!(stopped, Unrotated::Row("tags", ..)));
        assert_eq!(town.deed().await.keys.live(), [1, 2]);
    })
    .await;
}
