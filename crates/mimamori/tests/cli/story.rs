//! From the first key to the rotated one, verb by verb, on either engine.

use db::Engine;

use crate::installation::{Installation, mode};

const HEAD: &str =
    "登録番号,氏名,フリガナ,性別,生年月日,郵便番号,住所,電話番号,緊急連絡先１氏名,続柄１,電話１\n";
const TWO: &str = "\
00001,𠮷田　ハナ,ヨシダ ハナ,女,昭和18年8月12日,000-0011,みなみ町潮見台2-26-15,03-0283-4859,𠮷田 光子,次女,090-0915-3859
00002,渡邉　勝,ワタナベ マサル,男,昭和25年8月22日,000-0013,みなみ町汐入2-22-20,03-0599-1812,渡邉 修,長男,090-0393-5713
";
const UNREADABLE: &str = "00003,北見　次郎,キタミ ジロウ,男,昭和99年2月31日,,,,,,\n";

#[tokio::test(flavor = "multi_thread")]
async fn the_verbs_from_the_first_key_to_the_rotated_one_on_sqlite() {
    story(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_verbs_from_the_first_key_to_the_rotated_one_on_postgresql() {
    story(Engine::Postgres).await;
}

async fn story(engine: Engine) {
    let town = Installation::new(engine).await;
    set_up(&town);
    bring_in(&town);
    town.run("audit verify")
        .with(0, "監査記録は正しく保たれています");
    town.run("export before.csv").with(0, "2人を");
    assert_eq!(mode(&town.path("before.csv")), 0o600);
    for known in ["𠮷田", "ワタナベ", "090-0393-5713"] {
        assert!(town.read("before.csv").contains(known), "{known}");
    }
    back_up(&town);
    rotate(&town);
    // The copy from before the rotation, brought back elsewhere under the same master key.
    let elsewhere = Installation::new(engine).await;
    bring_back(&town, &elsewhere);
    under_another_key(&town, engine).await;
    measure(&town, engine);
}

fn set_up(town: &Installation) {
    town.run("keys new master.key").with(0, "マスター鍵を");
    assert_eq!(mode(&town.path("master.key")), 0o600);
    town.run("keys new master.key").with(1, "もうあります");
    town.run("check-config").with(0, "設定は正しく読めました。");
    town.run("migrate").with(0, "適用しました: 0001_networks");
    town.run("migrate").with(0, "更新は必要ありません。");
    town.run("staff invite --role auditor --email a@example.jp --name 監物")
        .with(1, "町がまだありません");
    let add = "town add --short minami --name みなみ町 --code 131113 --day-phone 03-0100-0001";
    town.run(add).with(0, "みなみ町（minami）を加えました。");
    town.run(add).with(1, "その短い名前の町がもうあります。");
    town.run("town list").with(0, "minami\tみなみ町");
    let invite = "staff invite --role town-admin --email admin@example.jp --name 山田町子";
    let link = town.run(invite).with(0, "72時間").out;
    let token = link.trim().strip_prefix("http://127.0.0.1:8080/join/");
    assert!(token.is_some_and(|token| token.len() > 20), "{link}");
    town.run("staff invite --role center-staff --email b@example.jp --name 中村看子")
        .with(1, "--center");
}

fn bring_in(town: &Installation) {
    town.write("roster.csv", &format!("{HEAD}{TWO}{UNREADABLE}"));
    let refused = "import people roster.csv --refused back.csv";
    let ended = town.run(refused).with(1, "何も取り込んでいません");
    assert!(
        ended.err.contains("4行目 取り込めない 生年月日"),
        "{ended:#?}"
    );
    // What is said on a terminal may end in a log: no cell of the roster.
    assert!(!ended.err.contains("北見"), "{ended:#?}");
    let back = town.read("back.csv");
    assert!(
        back.contains("北見　次郎") && !back.contains("渡邉"),
        "{back}"
    );
    town.write("roster.csv", &format!("{HEAD}{TWO}"));
    town.run("import people roster.csv --dry-run")
        .with(0, "追加: 2行");
    town.run("import people roster.csv")
        .with(0, "2人を登録または変更しました。");
    town.run("import people roster.csv")
        .with(0, "変わりなし: 2行");
}

fn back_up(town: &Installation) {
    town.write("passphrase", "みかんとねこと青い自転車\n");
    town.write("short", "みかん\n");
    town.run("backup copy.age").with(1, "--passphrase-file");
    town.run("backup copy.age --passphrase-file short")
        .with(1, "12字以上");
    town.run("backup copy.age --passphrase-file passphrase")
        .with(0, "マスター鍵は入っていません");
    assert_eq!(mode(&town.path("copy.age")), 0o600);
    town.run("backup copy.age --passphrase-file passphrase")
        .with(1, "上書きはしません");
    let left: Vec<_> = std::fs::read_dir(town.path("")).unwrap().collect();
    let left = format!("{left:?}");
    assert!(!left.contains("copy.age."), "a readable copy stays: {left}");
}

fn rotate(town: &Installation) {
    town.run("keys rotate")
        .with(0, "鍵を版2にしました。前の版1は廃止しました。");
    town.run("audit verify")
        .with(0, "監査記録は正しく保たれています");
    town.run("export after.csv").with(0, "2人を");
    assert_eq!(town.read("before.csv"), town.read("after.csv"));
}

fn bring_back(town: &Installation, elsewhere: &Installation) {
    for name in ["copy.age", "passphrase"] {
        elsewhere.take(town, name);
    }
    let restore = "restore copy.age --passphrase-file passphrase";
    elsewhere
        .run(restore)
        .with(2, "マスター鍵 master.key がありません。");
    elsewhere.take(town, "master.key");
    elsewhere.write("wrong", "みかんとねこと赤い自転車\n");
    elsewhere
        .run("restore copy.age --passphrase-file wrong")
        .with(1, "このバックアップのものではありません。");
    let mut bytes = std::fs::read(town.path("copy.age")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(elsewhere.path("changed.age"), bytes).unwrap();
    elsewhere
        .run("restore changed.age --passphrase-file passphrase")
        .with(3, "書き換えられているか、途中で切れています。");
    elsewhere.run(restore).with(0, "戻しました。1の町の鍵");
    elsewhere
        .run("audit verify")
        .with(0, "監査記録は正しく保たれています");
    elsewhere.run("export people.csv").with(0, "2人を");
    assert_eq!(elsewhere.read("people.csv"), town.read("before.csv"));
    elsewhere.run(restore).with(1, "上書きはしません");
}

/// A copy that lies under another master key than the one at hand.
async fn under_another_key(town: &Installation, engine: Engine) {
    let other = Installation::new(engine).await;
    for name in ["copy.age", "passphrase"] {
        other.take(town, name);
    }
    other.run("keys new master.key").with(0, "マスター鍵を");
    other
        .run("restore copy.age --passphrase-file passphrase")
        .with(3, "minamiの鍵がこのマスター鍵では開きません");
}

fn measure(town: &Installation, engine: Engine) {
    match engine {
        Engine::Sqlite => town.run("bench").with(0, "1件ずつの確定: 毎秒"),
        Engine::Postgres => town.run("bench").with(1, "pgbench"),
    };
}
