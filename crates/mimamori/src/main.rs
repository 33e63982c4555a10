//! The one binary: `mimamori serve` and its sister verbs.

use std::process::ExitCode;

/// Half the time that the system's own takes of a look-up, see docs/decisions/0012.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    mimamori::cli::main()
}
