//! What the command line says: answers on stdout, the way there on stderr.

use std::io::{self, Write as _};

/// One line of the answer. A reader that has gone away (`| head`) is no error.
pub(super) fn answer(words: &str) {
    let _ = writeln!(io::stdout(), "{words}");
}

/// One line about the way there.
pub(super) fn note(words: &str) {
    let _ = writeln!(io::stderr(), "{words}");
}

/// Why it was refused.
pub(super) fn refusal(words: &str) {
    let _ = writeln!(io::stderr(), "mimamori: {words}");
}
