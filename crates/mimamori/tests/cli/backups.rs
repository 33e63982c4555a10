//! A folder of backups: it grows by what is new, each backup of it comes back whole, and what was
//! erased since does not.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use db::{Db, Engine, Location};
use jiff::ToSpan;
use jiff::civil::date;
use mimamori::app::App;
use mimamori::clock::Clock;
use mimamori::config::{Config, KeyPlace};
use mimamori::deed::{Deed, Dice};
use mimamori::ids::StaffId;
use mimamori::leaving::{self, Asker, Kind, New};
use mimamori::networks::{self, Vault};
use mimamori::scope::{Actor, Scope};
use mimamori::{erasure, people};

use crate::installation::Installation;
use crate::serving::Server;

/// An age key of these tests, and one that is not asked.
const KEY: &str = "AGE-SECRET-KEY-13J4QMDGLSRCNFWPQ55MPGWRKTX559WCZ3N9UQF4QYLWWJP8FEKMSVPHFJ7";
const TO: &str = "age1cm2yygytczzz8rd7vqj8c55q52dcvh5g6vmma0edahfeaulqedeqr6ce68";
const OTHER: &str = "AGE-SECRET-KEY-1ZGT8D7SSMERFFMSSZ9VRTS4UNLFZ8DP83TKGWQE724KNYRNAKN8SR70LTU";

const HEAD: &str = "登録番号,氏名,フリガナ,性別,生年月日,住所\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_grows_and_comes_back_on_sqlite() {
    story(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_grows_and_comes_back_on_postgresql() {
    story(Engine::Postgres).await;
}

async fn story(engine: Engine) {
    let town = Installation::new(engine).await;
    town.found();
    town.write("key.txt", &format!("# created by age-keygen\n{KEY}\n"));
    town.write("other.txt", &format!("{OTHER}\n"));
    bring_in(&town, 1..1_500);
    refusals(&town);
    let add = format!("backup box --folder --recipient {TO}");
    town.run(&add).with(0, "に書き足しました");
    let (first, monday) = (pieces(&town), generations(&town));
    bring_in(&town, 1_500..1_501);
    later();
    town.run(&add).with(0, "に書き足しました");
    let added = pieces(&town) - first;
    assert!(
        added * 2 < first,
        "{added} pieces for one person, {first} for all"
    );
    interrupted(&town, &add);
    // Erased on Wednesday; the backup after it is written on Thursday.
    erase_one(&town, engine).await;
    later();
    town.run(&add).with(0, "に書き足しました");
    let elsewhere = Installation::new(engine).await;
    come_back(&town, &elsewhere, &monday[0]);
    let again = Installation::new(engine).await;
    damaged(&town, &again, engine).await;
    pruned(&town, &add);
}

fn bring_in(town: &Installation, numbers: std::ops::Range<u32>) {
    let mut text = HEAD.to_owned();
    for number in numbers {
        let kana = |digit: char| {
            "アイウエオカキクケコ"
                .chars()
                .nth(digit as usize - '0' as usize)
        };
        let given: String = number.to_string().chars().filter_map(kana).collect();
        // No two born on one day: they would be taken for one person.
        let (month, day) = (number % 11 + 1, number % 27 + 1);
        text.push_str(&format!(
            "{number:05},見本　{number}子,ミホン {given},女,昭和{}年{month}月{day}日,みなみ町潮見台2-{number}\n",
            number % 60 + 2
        ));
    }
    town.write("roster.csv", &text);
    town.run("import people roster.csv")
        .with(0, "人を登録または変更しました。");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_at_work_is_of_one_moment_on_sqlite() {
    at_work(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_at_work_is_of_one_moment_on_postgresql() {
    at_work(Engine::Postgres).await;
}

/// People of one roster; each is in wholly or not at all.
const BATCH: u32 = 150;

/// Taken while a server serves and rosters come in, to a file and to a folder: what comes back
/// holds whole rosters only, and its audit is unbroken.
async fn at_work(engine: Engine) {
    let town = Installation::new(engine).await;
    town.found();
    town.write("key.txt", &format!("# created by age-keygen\n{KEY}\n"));
    bring_in(&town, 1..BATCH + 1);
    let server = Server::start(&town);
    let done = AtomicBool::new(false);
    let copies = std::thread::scope(|threads| {
        threads.spawn(|| {
            for round in 1..6 {
                let first = round * BATCH + 1;
                bring_in(&town, first..first + BATCH);
            }
            done.store(true, Ordering::Relaxed);
        });
        let mut copies = 0;
        while copies < 2 || !done.load(Ordering::Relaxed) && copies < 4 {
            town.run(&format!("backup {copies}.age --recipient {TO}"))
                .with(0, "に書き出しました");
            later();
            town.run(&format!("backup box --folder --recipient {TO}"))
                .with(0, "に書き足しました");
            copies += 1;
        }
        copies
    });
    drop(server);
    let files = (0..copies).map(|copy| town.path(&format!("{copy}.age")));
    for from in files.chain([town.path("box")]) {
        let elsewhere = Installation::new(engine).await;
        elsewhere.take(&town, "master.key");
        let key = town.path("key.txt");
        let restore = format!(
            "restore {} --identity-file {}",
            from.display(),
            key.display()
        );
        elsewhere.run(&restore).with(0, "正しく保たれています");
        let ended = elsewhere.run("export people.csv").with(0, "人を");
        let people: u32 = ended
            .out
            .split('人')
            .next()
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        assert!(people >= BATCH && people.is_multiple_of(BATCH), "{people}");
    }
}

fn refusals(town: &Installation) {
    town.write("passphrase", "みかんとねこと青い自転車\n");
    town.run("backup box --folder --passphrase-file passphrase")
        .with(1, "age 公開鍵");
    town.run("backup box --keep 3 --recipient age1x")
        .with(2, "--folder");
    fs::create_dir(town.path("mine")).unwrap();
    town.write("mine/letter.txt", "x");
    town.run(&format!("backup mine --folder --recipient {TO}"))
        .with(1, "別のものが入っています");
}

/// Names of backups go by the second.
fn later() {
    let now = || Clock::Machine.now().as_second();
    let then = now();
    while now() == then {
        std::thread::yield_now();
    }
}

fn generations(town: &Installation) -> Vec<String> {
    let files = fs::read_dir(town.path("box/generations")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn piece_files(town: &Installation) -> Vec<PathBuf> {
    let folders = fs::read_dir(town.path("box/pieces")).unwrap();
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}

fn pieces(town: &Installation) -> usize {
    piece_files(town).len()
}

/// Broken off before its list was written: the next run goes on from the pieces that are there.
fn interrupted(town: &Installation, add: &str) {
    later();
    town.run(add).with(0, "に書き足しました");
    let before = pieces(town);
    let all = generations(town);
    let lists = town.path("box/generations");
    let list = |name: &String| fs::read_to_string(lists.join(name)).unwrap();
    let (oldest, newest) = (list(&all[0]), list(&all[all.len() - 1]));
    fs::remove_file(lists.join(&all[all.len() - 1])).unwrap();
    town.write("box/copy.part", "half of a copy");
    // A piece that the next copy has as well: Monday's backup needs it when it comes back.
    let mut pieces_of = newest.lines().filter(|line| line.len() == 64);
    let kept = pieces_of.find(|piece| oldest.contains(*piece)).unwrap();
    let gone = town.path(&format!("box/pieces/{}/{kept}.age", &kept[..2]));
    fs::rename(&gone, gone.with_extension("part")).unwrap();
    later();
    town.run(add).with(0, "に書き足しました");
    assert!(
        pieces(town) <= before + 3,
        "what was there is not written again"
    );
    assert!(!town.path("box/copy.part").exists());
}

fn opened(town: &Installation, engine: Engine) -> Config {
    let mut config = Config::load(Some(&town.path("config.toml")), &Vec::new()).unwrap();
    config.key = KeyPlace::File(town.path("master.key"));
    if engine == Engine::Sqlite {
        config.database = Location::Sqlite {
            path: town.path("town.sqlite"),
        };
    }
    config
}

/// Somebody asks to be erased, a second person agrees, and the day comes.
async fn erase_one(town: &Installation, engine: Engine) {
    let config = opened(town, engine);
    let vault = Vault::new(config.key.open().unwrap());
    let db = Db::open(config.database_settings()).await.unwrap();
    let clock = Clock::standing("2026-11-20T10:00:00+09:00".parse().unwrap());
    let app = App::new(db, vault, clock, Dice::Machine, config);
    let deed = deed(&app, 1).await;
    let mut conn = app.db.read().await.unwrap();
    let found = people::find_by_old_number(&mut conn, &deed, "00007").await;
    let person = found.unwrap()[0];
    let version = people::find_standing(&mut conn, &deed, person).await;
    let version = version.unwrap().unwrap().version;
    drop(conn);
    let new = New {
        kind: Kind::Erasure,
        since: date(2026, 11, 20),
        asker: Asker::unknown(),
    };
    let id = leaving::begin(&app.db, &deed, person, version, new)
        .await
        .unwrap();
    let second = self::deed(&app, 2).await;
    leaving::approve(&app.db, &second, id, 1).await.unwrap();
    app.clock.set(app.now() + (24 * 20).hours());
    let deed = self::deed(&app, 1).await;
    assert_eq!(erasure::carry_out_due(&app, &deed).await.unwrap(), 1);
    assert!(
        erasure::list_path(&app.config, deed.network())
            .unwrap()
            .exists()
    );
}

async fn deed(app: &App, staff: i64) -> Deed {
    let towns = networks::list_towns(&mut app.db.read().await.unwrap()).await;
    let network = towns.unwrap()[0].id;
    let scope = Scope {
        actor: Actor::Staff(StaffId(staff)),
        ..Scope::program(network, "test")
    };
    app.deed(scope).await.unwrap()
}

/// The disk is lost on Friday: Monday's backup comes back, without who was erased on Wednesday.
fn come_back(town: &Installation, elsewhere: &Installation, monday: &str) {
    elsewhere.take(town, "master.key");
    let from = town.path("box").display().to_string();
    let (key, other) = (town.path("key.txt"), town.path("other.txt"));
    let restore = format!("restore {from} --identity-file {}", key.display());
    elsewhere
        .run(&format!(
            "restore {from} --identity-file {}",
            other.display()
        ))
        .with(1, "この鍵では");
    elsewhere
        .run(&format!("{restore} --generation 20000101T000000Z"))
        .with(1, monday);
    let done = elsewhere
        .run(&format!("{restore} --generation {monday}"))
        .with(0, "1人を、もう一度消しました（消去の一覧は1人）");
    for words in ["登録者 1498", "正しく保たれています", "1人の記録を鍵で開け"]
    {
        assert!(done.out.contains(words), "{words}: {done:#?}");
    }
    elsewhere.run("export people.csv").with(0, "1498人を");
    let people = elsewhere.read("people.csv");
    assert!(!people.contains(",7子,") && people.contains(",8子,"));
    elsewhere
        .run("audit verify")
        .with(0, "監査記録は正しく保たれています");
    elsewhere.run(&restore).with(1, "上書きはしません");
}

/// A piece that was changed or is gone, a list that was changed, another master key.
async fn damaged(town: &Installation, again: &Installation, engine: Engine) {
    again.take(town, "master.key");
    let from = town.path("box").display().to_string();
    let restore = format!(
        "restore {from} --identity-file {}",
        town.path("key.txt").display()
    );
    let piece = piece_files(town).into_iter().max().unwrap();
    let whole = fs::read(&piece).unwrap();
    let newest = generations(town).pop().unwrap();
    let needed = town.read(&format!("box/generations/{newest}"));
    let name = piece.file_stem().unwrap().to_str().unwrap();
    if needed.contains(name) {
        let mut changed = whole.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(&piece, changed).unwrap();
        again
            .run(&restore)
            .with(3, "壊れているか、書き換えられています");
        fs::remove_file(&piece).unwrap();
        again.run(&restore).with(3, "がありません");
        fs::write(&piece, whole).unwrap();
    }
    let list = town.path("box/generations").join(&newest);
    fs::write(&list, needed.replacen(name, &"0".repeat(64), 1) + " ").unwrap();
    fs::write(&list, needed.replacen('\n', "\n\n", 1)).unwrap();
    again.run(&restore).with(3, "目録が書き換えられている");
    fs::write(&list, &needed).unwrap();
    let other = Installation::new(engine).await;
    other.run("keys new master.key").with(0, "マスター鍵を");
    other.run(&restore).with(3, "別のマスター鍵のもの");
    again.run(&restore).with(0, "戻しました。1の町の鍵");
    again.run("export people.csv").with(0, "1499人を");
}

/// Only the newest is kept, and is still whole.
fn pruned(town: &Installation, add: &str) {
    let before = pieces(town);
    later();
    town.run(&format!("{add} --keep 1"))
        .with(0, "古い回を4つ消しました");
    assert_eq!(generations(town).len(), 1);
    assert!(pieces(town) < before);
    let newest = generations(town).pop().unwrap();
    let list = town.read(&format!("box/generations/{newest}"));
    assert_eq!(
        list.lines()
            .filter(|line| line.len() == 64)
            .collect::<std::collections::HashSet<_>>()
            .len(),
        pieces(town)
    );
}
