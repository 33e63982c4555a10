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

/// The statement constants of one file: the texts within `sql("…")`, and within `select!("…")`
/// where the file's own `macro_rules! select` puts the same columns before each.
pub fn statements(source: &Source) -> Vec<String> {
    let parsed =
        syn::parse_file(&source.text).unwrap_or_else(|error| panic!("{}: {error}", source.path));
    let mut finder = Statements::default();
    finder.visit_file(&parsed);
    finder.found
}

#[derive(Default)]
struct Statements {
    columns: String,
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for Statements {
    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if item.ident.as_ref().is_some_and(|name| name == "select") {
            self.columns = first_text(item.mac.tokens.clone()).expect("select! begins with a text");
        }
    }

    fn visit_macro(&mut self, used: &'ast syn::Macro) {
        if used.path.is_ident("select") {
            let rest = first_text(used.tokens.clone()).expect("select! takes a text");
            self.found.push(format!("{}{rest}", self.columns));
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(name) = &*call.func
            && name
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "sql")
        {
            match call.args.first() {
                Some(syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                })) => {
                    self.found.push(text.value());
                }
                _ => {
                    panic!("a statement must be a plain text, so that it can be prepared by a test")
                }
            }
        }
        syn::visit::visit_expr_call(self, call);
    }
}

/// The first text literal among the tokens, at any depth.
fn first_text(tokens: proc_macro2::TokenStream) -> Option<String> {
    tokens.into_iter().find_map(|token| match token {
        proc_macro2::TokenTree::Group(group) => first_text(group.stream()),
        proc_macro2::TokenTree::Literal(literal) => {
            syn::parse_str::<syn::LitStr>(&literal.to_string())
                .ok()
                .map(|text| text.value())
        }
        _ => None,
    })
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
