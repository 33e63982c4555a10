//! Short files and short functions, held by a ratchet.

use syn::visit::Visit;

use crate::source::{Source, rust_files};

const LONGEST_FILE: usize = 500;
const MEDIAN_FILE: usize = 150;
const LONGEST_FUNCTION: usize = 70;
const MEDIAN_FUNCTION: usize = 10;

fn all() -> Vec<Source> {
    let mut all = rust_files("crates");
    all.extend(rust_files("bench"));
    all
}

fn median(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    lengths[lengths.len() / 2]
}

#[test]
fn no_file_is_long_and_half_are_short() {
    let lengths: Vec<(usize, String)> = all()
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .collect();
    let long: Vec<_> = lengths
        .iter()
        .filter(|(length, _)| *length > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "over {LONGEST_FILE} lines: {long:?}");
    let median = median(lengths.into_iter().map(|(length, _)| length).collect());
    assert!(median <= MEDIAN_FILE, "the median file has {median} lines");
}

struct Functions(Vec<(usize, String)>);

impl Functions {
    fn add(&mut self, name: &syn::Ident, block: &syn::Block) {
        let braces = block.brace_token.span;
        let length = braces.close().end().line + 1 - braces.open().start().line;
        self.0.push((length, name.to_string()));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig.ident, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig.ident, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }
}

#[test]
fn no_function_is_long_and_half_are_short() {
    let mut lengths = Vec::new();
    for source in all() {
        let parsed = syn::parse_file(&source.text).unwrap();
        let mut functions = Functions(Vec::new());
        functions.visit_file(&parsed);
        lengths.extend(
            functions
                .0
                .into_iter()
                .map(|(length, name)| (length, format!("{}: {name}", source.path))),
        );
    }
    let long: Vec<_> = lengths
        .iter()
        .filter(|(length, _)| *length > LONGEST_FUNCTION)
        .collect();
    assert!(long.is_empty(), "over {LONGEST_FUNCTION} lines: {long:#?}");
    let median = median(lengths.into_iter().map(|(length, _)| length).collect());
    assert!(
        median <= MEDIAN_FUNCTION,
        "the median function has {median} lines"
    );
}
