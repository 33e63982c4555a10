//! Prints every paper with invented people into a folder: `cargo run -p press --example papers DIR`.

use std::path::PathBuf;

#[path = "../tests/town/mod.rs"]
mod town;

fn main() {
    let folder = PathBuf::from(
        std::env::args()
            .nth(1)
            .unwrap_or_else(|| "papers".to_owned()),
    );
    for (name, paper) in town::papers() {
        let file = folder.join(format!("{name}.pdf"));
        match press::print(&town::surround(), &paper) {
            Ok(printed) => match std::fs::write(&file, printed.pdf) {
                Ok(()) => {}
                Err(error) => eprintln!("{}: {error}", file.display()),
            },
            Err(fault) => eprintln!("{name}: {fault}"),
        }
    }
}
