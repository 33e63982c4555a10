//! The commonest mistakes, and the words that mend them.

use db::Engine;

use crate::installation::Installation;

const SQLITE: &str = "sqlite = \"town.sqlite\"";

/// Every verb, as its help is asked for.
const VERBS: [&str; 16] = [
    "serve",
    "migrate",
    "check-config",
    "town add",
    "town list",
    "staff invite",
    "audit verify",
    "import people",
    "export",
    "backup",
    "restore",
    "keys new",
    "keys rotate",
    "demo",
    "bench",
    "",
];

#[tokio::test]
async fn an_unknown_key_names_the_nearest_known_one() {
    let town = Installation::new(Engine::Sqlite).await;
    town.run("keys new master.key").with(0, "");
    town.settle(SQLITE, "[mail]\nhosst = \"smtp.example.jp\"\n");
    for verb in ["check-config", "migrate", "serve"] {
        town.run(verb).with(
            2,
            "mail.hosst という設定はありません。mail.host のことでしょうか。",
        );
    }
}

#[tokio::test]
async fn a_missing_key_says_how_to_make_it() {
    let town = Installation::new(Engine::Sqlite).await;
    for verb in ["check-config", "serve", "town list"] {
        town.run(verb)
            .with(2, "マスター鍵 master.key がありません。")
            .with(2, "`mimamori keys new master.key`");
    }
    town.run("keys new master.key").with(0, "");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(town.path("master.key"), open).unwrap();
    town.run("check-config").with(2, "`chmod 600 master.key`");
}

#[tokio::test]
async fn a_key_of_another_installation_is_told() {
    let town = Installation::new(Engine::Sqlite).await;
    town.found();
    std::fs::remove_file(town.path("master.key")).unwrap();
    town.run("keys new master.key").with(0, "");
    town.run("audit verify")
        .with(1, "マスター鍵がこのデータベースのものではありません。");
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told_without_its_password() {
    let town = Installation::new(Engine::Sqlite).await;
    town.run("keys new master.key").with(0, "");
    // Nobody listens on port 1.
    let away = "postgres = \"postgres://mimamori:geheim@127.0.0.1:1/town\"\npostgres_tls = \"off\"";
    town.settle(away, "");
    for (verb, code) in [("check-config", 2), ("migrate", 1), ("serve", 1)] {
        let ended = town.run(verb).with(code, "データベースにつながりません");
        assert!(!ended.err.contains("geheim"), "{ended:#?}");
    }
    town.settle("sqlite = \"away/town.sqlite\"", "");
    town.run("check-config")
        .with(2, "フォルダー away がありません。");
    town.run("migrate").with(1, "データベースにつながりません");
}

#[tokio::test]
async fn checking_the_settings_changes_nothing() {
    let town = Installation::new(Engine::Sqlite).await;
    town.run("keys new master.key").with(0, "");
    town.run("check-config").with(0, "設定は正しく読めました。");
    assert!(!town.path("town.sqlite").exists());
}

#[tokio::test]
async fn a_misread_command_line_is_told_in_words() {
    let town = Installation::new(Engine::Sqlite).await;
    let told = [
        (
            "serv",
            "serv というコマンドはありません。serve のことでしょうか。",
        ),
        ("migrate --forse", "--forse という指定はありません。"),
        (
            "town add --short minami",
            "足りないものがあります: --name <名前>、--code <6桁>",
        ),
        (
            "staff invite --role boss --email a@example.jp --name 監物",
            "「boss」は使えません。次のどれかです: town-admin、",
        ),
        (
            "town add --short A --name みなみ町 --code 131113",
            "「A」は使えません。英小文字で始まる",
        ),
        ("restore", "足りないものがあります: <ファイル>"),
    ];
    for (line, words) in told {
        town.run(line).with(2, words).with(2, "--help");
    }
}

#[tokio::test]
async fn every_verb_explains_itself_in_japanese() {
    let town = Installation::new(Engine::Sqlite).await;
    for verb in VERBS {
        let help = town
            .run(&format!("{verb} --help"))
            .with(0, "使い方: mimamori")
            .out;
        for part in ["オプション:", "終了コード", "この説明を表示します"] {
            assert!(help.contains(part), "{part} in {verb} --help:\n{help}");
        }
        for english in [
            "Usage",
            "Options",
            "Arguments",
            "Commands",
            "Print",
            "alues",
        ] {
            assert!(
                !help.contains(english),
                "{english} in {verb} --help:\n{help}"
            );
        }
    }
}
