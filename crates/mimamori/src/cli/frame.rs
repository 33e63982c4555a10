//! What stands around every verb's own words: headings of the help, and what was misread.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::say;

const HELP: &str = "{about}\n\n使い方: {usage}\n\n{all-args}{after-help}";

/// The command and all below it with Japanese headings.
pub(super) fn japanese(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("この説明を表示します");
    let version = command.get_version().is_some().then(|| {
        Arg::new("version")
            .long("version")
            .action(ArgAction::Version)
            .help("版を表示します")
    });
    command
        .help_template(HELP)
        .subcommand_value_name("コマンド")
        .subcommand_help_heading("コマンド")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help)
        .args(version)
        .mut_args(headed)
        .mut_subcommands(japanese)
}

fn headed(arg: Arg) -> Arg {
    let heading = if arg.is_positional() {
        "引数"
    } else {
        "オプション"
    };
    let arg = arg.help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg;
    }
    // What may be given and what is usual stands in each argument's own words.
    arg.hide_possible_values(true)
        .hide_default_value(true)
        .hide_env(true)
}

/// Prints the help that was asked for, or what is wrong with the command line.
pub(super) fn misread(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that has gone away is no error.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            say::refusal(&format!(
                "{}\n書き方は --help を付けると表示されます（例: mimamori serve --help）。",
                words(error)
            ));
            ExitCode::from(2)
        }
    }
}

fn words(error: &clap::Error) -> String {
    let of = |kind| error.get(kind).map(said).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => meant(
            format!("{arg} という指定はありません。"),
            of(ContextKind::SuggestedArg),
        ),
        ErrorKind::InvalidSubcommand => meant(
            format!(
                "{} というコマンドはありません。",
                of(ContextKind::InvalidSubcommand)
            ),
            of(ContextKind::SuggestedSubcommand),
        ),
        ErrorKind::MissingRequiredArgument => format!("足りないものがあります: {arg}"),
        ErrorKind::ArgumentConflict => format!(
            "{arg} と {} は同時に使えません。",
            of(ContextKind::PriorArg)
        ),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} に値がありません。"),
        ErrorKind::InvalidValue => format!(
            "{arg} に「{value}」は使えません。次のどれかです: {}",
            of(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => format!(
            "{arg} に「{value}」は使えません。{}",
            std::error::Error::source(error).map_or_else(String::new, |why| format!("{why}。"))
        ),
        _ => error.to_string(),
    }
}

fn meant(words: String, near: String) -> String {
    if near.is_empty() {
        return words;
    }
    format!("{words}{near} のことでしょうか。")
}

fn said(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        other => other.to_string(),
    }
}
