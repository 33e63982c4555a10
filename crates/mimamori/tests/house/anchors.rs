//! The newest seal beside the master key: several servers move it on, an older copy of the
//! database does not.

use std::collections::HashMap;
use std::path::Path;

use db::{Conn, Error, Sql, args, sql};
use mimamori::app::App;
use mimamori::audit::{self, Anchor, Fault, Fields, Line, Verb};
use mimamori::config::{Config, KeyPlace};
use mimamori::ids::NetworkId;
use mimamori::jobs;
use tempfile::{TempDir, tempdir};

use crate::town::{Town, on_both};

/// A server on a machine whose keys lie in this folder.
fn server(town: &Town, machine: &TempDir) -> App {
    let config = Config {
        key: KeyPlace::File(machine.path().join("master.key")),
        ..Config::default()
    };
    let app = &town.app;
    App::new(
        app.db.clone(),
        app.vault.clone(),
        app.clock.clone(),
        app.dice.clone(),
        config,
    )
}

async fn something_happens(town: &Town) {
    let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
    audit::witness(town.db(), &town.deed().await, line)
        .await
        .unwrap();
}

/// A round of sealing, with the towns it warns of.
async fn sealed(server: &App) -> Vec<NetworkId> {
    let (torn, sealed) = jobs::seal_audit(server).await;
    sealed.unwrap();
    torn
}

/// What the machine of this server keeps for みなみ町.
fn kept(server: &App, town: &Town) -> Option<Anchor> {
    let path = jobs::anchor_path(&server.config, town.minami.id).unwrap();
    Anchor::read(&path).unwrap()
}

async fn fault(server: &App, town: &Town) -> Option<Fault> {
    let deed = town.deed().await;
    let anchor = kept(server, town);
    let mut conn = town.db().read().await.unwrap();
    let (scope, keys) = (&deed.scope, &deed.keys);
    audit::verify(&mut conn, scope, keys, anchor.as_ref(), &mut |_| {})
        .await
        .unwrap()
        .fault
}

/// What a copy of an earlier hour, put in place of the database, lacks.
async fn go_back(town: &Town, last: i64) {
    const CUTS: [Sql; 2] = [
        sql("DELETE FROM audit_seals WHERE network = $1 AND number > $2"),
        sql("DELETE FROM audit_lines WHERE network = $1 AND ticket >
             (SELECT MAX(last_ticket) FROM audit_seals WHERE network = $1 AND number <= $2)"),
    ];
    for cut in CUTS {
        let values = args![town.minami.id, last].to_vec();
        let done = town
            .db()
            .write(move |conn: &mut Conn| Box::pin(async move { conn.exec(cut, &values).await }));
        let rows: Result<u64, Error> = done.await;
        assert!(rows.unwrap() > 0, "nothing was cut off");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_seal_the_same_town_raise_no_alarm() {
    on_both(async |town| {
        let (here, there) = (tempdir().unwrap(), tempdir().unwrap());
        let servers = [
            server(&town, &here),
            server(&town, &here),
            server(&town, &there),
        ];
        for round in 0..9 {
            something_happens(&town).await;
            let torn = sealed(&servers[round % 3]).await;
            assert!(torn.is_empty(), "round {round}");
        }
        // The last round was that of the machine there; the one here has not heard of it.
        assert_eq!(kept(&servers[0], &town).unwrap().number, 8);
        assert_eq!(kept(&servers[2], &town).unwrap().number, 9);
        for server in &servers {
            assert_eq!(fault(server, &town).await, None);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_keeps_its_seal_late_does_not_put_the_anchor_back() {
    on_both(async |town| {
        let machine = tempdir().unwrap();
        let (slow, quick) = (server(&town, &machine), server(&town, &machine));
        let deed = town.deed().await;
        something_happens(&town).await;
        let late = audit::seal_round(town.db(), &deed).await.unwrap();
        something_happens(&town).await;
        assert!(sealed(&quick).await.is_empty());
        let newest = kept(&quick, &town);
        assert!(
            jobs::keep_anchor(&slow, &deed, late.anchor.unwrap())
                .await
                .unwrap()
        );
        assert_eq!(kept(&slow, &town), newest);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_is_told_also_when_it_has_more_seals_by_then() {
    on_both(async |town| {
        let machine = tempdir().unwrap();
        let server = server(&town, &machine);
        for _ in 0..3 {
            something_happens(&town).await;
            assert!(sealed(&server).await.is_empty());
        }
        let witness = kept(&server, &town);
        go_back(&town, 1).await;
        for _ in 0..5 {
            something_happens(&town).await;
            assert_eq!(
                sealed(&server).await,
                [town.minami.id],
                "the copy is believed"
            );
            assert_eq!(kept(&server, &town), witness, "the witness is gone");
        }
        assert_eq!(
            fault(&server, &town).await,
            Some(Fault::CutOff {
                number: 6,
                anchored: 3
            })
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_town_whose_keys_are_damaged_keeps_no_other_from_its_rounds() {
    const DAMAGE: Sql = sql("UPDATE network_keys SET wrapped = $2 WHERE network = $1");
    // Whichever comes first.
    for minami_is_damaged in [true, false] {
        on_both(async |town| {
            let machine = tempdir().unwrap();
            let server = server(&town, &machine);
            let mut towns = [town.minami.id, town.kitami.id];
            if !minami_is_damaged {
                towns.reverse();
            }
            let [damaged, whole] = towns;
            let deed = server.program_deed(whole, "test").await.unwrap();
            let line = Line::new(Verb::TownChanged, None, Fields::NOTHING);
            audit::witness(town.db(), &deed, line).await.unwrap();
            let nothing = Vec::<u8>::new();
            let done = town.db().write(move |conn: &mut Conn| {
                Box::pin(async move { conn.exec(DAMAGE, &args![damaged, nothing]).await })
            });
            let rows: Result<u64, Error> = done.await;
            rows.unwrap();
            // Night, and no key is believed any more.
            town.at("2026-11-21T02:30:00+09:00");
            let names = |error: anyhow::Error| {
                let error = error.to_string();
                error.contains(&damaged.to_string()) && !error.contains(&whole.to_string())
            };
            let (torn, sealed) = jobs::seal_audit(&server).await;
            assert!(torn.is_empty() && names(sealed.unwrap_err()));
            let path = jobs::anchor_path(&server.config, whole).unwrap();
            assert!(read(&path).is_some(), "the other is sealed");
            let mut gathered = HashMap::new();
            let twins = jobs::find_twins(&server, &mut gathered).await;
            assert!(names(twins.unwrap_err()));
            let done: Vec<NetworkId> = gathered.into_keys().collect();
            assert_eq!(done, [whole], "the damaged one is tried again this night");
        })
        .await;
    }
}

fn anchor(number: i64) -> Anchor {
    Anchor {
        number,
        digest: [3; 32],
    }
}

fn read(path: &Path) -> Option<Anchor> {
    Anchor::read(path).unwrap()
}

#[test]
fn an_anchor_is_kept_and_read_again() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("minami.anchor");
    assert_eq!(read(&path), None);
    anchor(9).keep(None, &path).unwrap();
    assert_eq!(read(&path), Some(anchor(9)));
    std::fs::write(&path, "nonsense").unwrap();
    assert!(Anchor::read(&path).is_err());
}

#[test]
fn an_anchor_that_moved_on_meanwhile_stays() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("minami.anchor");
    anchor(9).keep(None, &path).unwrap();
    anchor(8).keep(None, &path).unwrap();
    assert_eq!(read(&path), Some(anchor(9)));
    anchor(10).keep(Some(&anchor(9)), &path).unwrap();
    assert_eq!(read(&path), Some(anchor(10)));
}
