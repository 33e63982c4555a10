//! The command line: one verb a file, each parse → run → words and an exit code.
//!
//! Words are for a municipal engineer, in Japanese. What a verb answers goes to
//! stdout; progress and refusals go to stderr.

mod alone;
mod audit;
mod backup;
mod bench;
mod check_config;
mod demo;
mod export;
mod failure;
mod frame;
mod ground;
mod import;
mod keys;
mod migrate;
mod progress;
mod restore;
mod say;
mod serve;
mod staff;
mod town;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::Failure;
use ground::Ground;

use crate::config::words::of_system;

const AFTER: &str = "\
終了コード:
  0  終わりました
  1  断られた、または失敗しました（理由を表示します）
  2  コマンドの書き方か設定に誤りがあります
  3  確かめた結果が正しくありません（監査記録、バックアップ）

はじめての設置（config.example.toml を /etc/mimamori/config.toml に写し、書き換えてから）:
  mimamori keys new /etc/mimamori/master.key
  mimamori check-config
  mimamori migrate
  mimamori town add …
  mimamori staff invite …
  mimamori serve

どのコマンドも、サーバーを動かす利用者で実行してください（例: sudo -u mimamori mimamori migrate）。
root で実行すると、できたファイルをサーバーが開けません。

設定の項目と説明は config.example.toml にあります。
どの項目も環境変数 MIMAMORI_節_項目 で上書きできます（例: MIMAMORI_SERVER_LISTEN）。";

/// 高齢者の見守りネットワークのためのサーバー
#[derive(Parser)]
#[command(name = "mimamori", version, after_help = AFTER, disable_help_subcommand = true)]
struct CommandLine {
    /// 設定ファイル（環境変数 MIMAMORI_CONFIG でも）。なければ ./config.toml、/etc/mimamori/config.toml の順に探します
    #[arg(long, global = true, value_name = "ファイル", env = "MIMAMORI_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Serve(serve::Serve),
    Migrate(migrate::Migrate),
    CheckConfig(check_config::CheckConfig),
    #[command(subcommand)]
    Town(town::Town),
    #[command(subcommand)]
    Staff(staff::Staff),
    #[command(subcommand)]
    Audit(audit::Audit),
    #[command(subcommand)]
    Import(import::Import),
    Export(export::Export),
    Backup(backup::Backup),
    Restore(restore::Restore),
    #[command(subcommand)]
    Keys(keys::Keys),
    Demo(demo::Demo),
    Bench(bench::Bench),
}

fn read() -> Result<CommandLine, clap::Error> {
    let matches = frame::japanese(CommandLine::command()).try_get_matches()?;
    CommandLine::from_arg_matches(&matches)
}

/// Runs the verb that was asked for.
pub fn main() -> ExitCode {
    let line = match read() {
        Ok(line) => line,
        Err(error) => return frame::misread(&error),
    };
    let ground = Ground::new(line.config);
    let ended = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime.block_on(run(line.verb, ground)),
        Err(error) => Err(Failure::Refused(format!(
            "起動できません（{}）。",
            of_system(error.kind())
        ))),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::refusal(&failure.to_string());
            ExitCode::from(failure.code())
        }
    }
}

async fn run(verb: Verb, ground: Ground) -> Result<(), Failure> {
    match verb {
        Verb::Serve(verb) => verb.run(ground).await,
        Verb::Migrate(verb) => verb.run(ground).await,
        Verb::CheckConfig(verb) => verb.run(ground).await,
        Verb::Town(verb) => verb.run(ground).await,
        Verb::Staff(verb) => verb.run(ground).await,
        Verb::Audit(verb) => verb.run(ground).await,
        Verb::Import(verb) => verb.run(ground).await,
        Verb::Export(verb) => verb.run(ground).await,
        Verb::Backup(verb) => verb.run(ground).await,
        Verb::Restore(verb) => verb.run(ground).await,
        Verb::Keys(verb) => verb.run(ground).await,
        Verb::Demo(verb) => verb.run().await,
        Verb::Bench(verb) => verb.run(ground).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::frame::japanese(super::CommandLine::command()).debug_assert();
    }
}
