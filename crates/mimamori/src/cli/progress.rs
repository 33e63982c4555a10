//! How far long work is: a bar on a terminal, plain lines elsewhere. Always on stderr.

use std::io::{self, IsTerminal, Read};

use indicatif::{ProgressBar, ProgressStyle};

use super::say;

/// How far a piece of work is.
pub(super) struct Progress {
    bar: ProgressBar,
    words: &'static str,
}

impl Progress {
    /// Work of which only the number done so far is known.
    pub fn counting(words: &'static str) -> Progress {
        Progress::begin(
            ProgressBar::new_spinner(),
            words,
            "{spinner} {msg} {human_pos}行",
        )
    }

    /// Work over this many bytes.
    pub fn of_bytes(total: u64, words: &'static str) -> Progress {
        let template = "{msg} {bar:30} {bytes}/{total_bytes}";
        Progress::begin(ProgressBar::new(total), words, template)
    }

    fn begin(bar: ProgressBar, words: &'static str, template: &str) -> Progress {
        if !io::stderr().is_terminal() {
            say::note(&format!("{words}…"));
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(words);
        Progress { bar, words }
    }

    /// So much is done.
    pub fn at(&self, done: u64) {
        self.bar.set_position(done);
    }

    /// A reader that moves the bar as it is read.
    pub fn reading<R: Read>(&self, from: R) -> impl Read {
        self.bar.wrap_read(from)
    }

    /// The work has ended.
    pub fn done(&self) {
        let done = self.bar.position();
        self.bar.finish_and_clear();
        if !io::stderr().is_terminal() {
            say::note(&format!("{}: 終わりました（{done}）", self.words));
        }
    }
}
