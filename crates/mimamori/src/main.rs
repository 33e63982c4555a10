//! The one binary: `mimamori serve` and its sister verbs.

use std::process::ExitCode;

fn main() -> ExitCode {
    mimamori::cli::main()
}
