//! Reads the program's own source: files, statements, tables.

use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::Visit;

/// One source file of the product.
pub struct Source {
    /// Path below `crates/mimamori/src`, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// The room (or ground-floor module) the file belongs to.
    pub fn room(&self) -> &str {
        self.path
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
    }

    /// The kind of file within the room: `rules`, `store`, `acts`, `pages`, `mod`, or a folder.
    pub fn kind(&self) -> &str {
        self.path
            .split('/')
            .nth(1)
            .unwrap_or("mod")
            .trim_end_matches(".rs")
    }

    /// The text without the tests at its end.
    pub fn code(&self) -> &str {
        let end = self.text.find("#[cfg(test)]").unwrap_or(self.text.len());
        &self.text[..end]
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Rust file below a folder of the repository.
pub fn rust_files(below: &str) -> Vec<Source> {
    let top = root().join(below);
    let mut found = Vec::new();
    walk(&top, &mut |path| {
        if path.extension().is_some_and(|ending| ending == "rs") {
            let short = path.strip_prefix(&top).unwrap().to_string_lossy();
            found.push(Source {
                path: short.replace('\\', "/"),
                text: fs::read_to_string(path).unwrap(),
            });
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, see: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("target") {
                walk(&path, see);
            }
        } else {
            see(&path);
        }
    }
}

/// The product's sources.
pub fn product() -> Vec<Source> {
    rust_files("crates/mimamori/src")
}

/// The statement constants of one file: the texts within `sql("…")`.
pub fn statements(source: &Source) -> Vec<String> {
    struct Finder(Vec<String>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
            if let syn::Expr::Path(name) = &*call.func
                && name
                    .path
                    .segments
                    .last()
                    .is_some_and(|last| last.ident == "sql")
                && let Some(syn::Expr::Lit(literal)) = call.args.first()
                && let syn::Lit::Str(text) = &literal.lit
            {
                self.0.push(text.value());
            }
            syn::visit::visit_expr_call(self, call);
        }
    }
    let parsed =
        syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
    let mut finder = Finder(Vec::new());
    finder.visit_file(&parsed);
    finder.0
}

/// Every table with the room that owns it: the migration file is named for the room.
pub fn tables() -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&root().join("migrations"), &mut |path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let room = name.split('_').nth(1).unwrap_or_default().to_owned();
        let text = fs::read_to_string(path).unwrap();
        for line in text.lines() {
            if let Some(rest) = line.trim().strip_prefix("CREATE TABLE ") {
                let table = rest.split([' ', '(']).next().unwrap_or_default();
                found.push((table.to_owned(), room.clone()));
            }
        }
    });
    found
}
