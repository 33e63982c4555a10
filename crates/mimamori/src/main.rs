//! The one binary: `mimamori serve` and its sister verbs.

use std::process::ExitCode;

/// The system's own took an eighth of the processor at the desk: docs/decisions/0012.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mimamori::cli::main()
}
