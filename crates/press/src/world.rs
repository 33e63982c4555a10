//! What the typesetter sees: our templates, our fonts, one paper's facts. No disk, no network, no
//! clock.

use std::sync::LazyLock;

use serde_json::{Value, json};
use ttf_parser::Face;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::facts::Surround;
use crate::paper::Paper;
use crate::signs::{Found, Signs};
use crate::{Fault, Missing, Printed};

/// In the order in which a character is looked for.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/BIZUDPGothic-Regular.ttf"),
    include_bytes!("../fonts/BIZUDPGothic-Bold.ttf"),
    include_bytes!("../fonts/NotoSansCJKjp-Rest.otf"),
];

const TEMPLATES: [(&str, &str); 21] = [
    ("page.typ", include_str!("../templates/page.typ")),
    ("letter.typ", include_str!("../templates/letter.typ")),
    (
        "application.typ",
        include_str!("../templates/application.typ"),
    ),
    ("basics.typ", include_str!("../templates/basics.typ")),
    ("change.typ", include_str!("../templates/change.typ")),
    ("cards.typ", include_str!("../templates/cards.typ")),
    ("stickers.typ", include_str!("../templates/stickers.typ")),
    ("postcards.typ", include_str!("../templates/postcards.typ")),
    ("ledger.typ", include_str!("../templates/ledger.typ")),
    ("sights.typ", include_str!("../templates/sights.typ")),
    ("worklist.typ", include_str!("../templates/worklist.typ")),
    (
        "questionnaire.typ",
        include_str!("../templates/questionnaire.typ"),
    ),
    ("poster.typ", include_str!("../templates/poster.typ")),
    ("figures.typ", include_str!("../templates/figures.typ")),
    ("courses.typ", include_str!("../templates/courses.typ")),
    ("roll.typ", include_str!("../templates/roll.typ")),
    ("station.typ", include_str!("../templates/station.typ")),
    ("members.typ", include_str!("../templates/members.typ")),
    ("own.typ", include_str!("../templates/own.typ")),
    ("receipt.typ", include_str!("../templates/receipt.typ")),
    ("vouchers.typ", include_str!("../templates/vouchers.typ")),
];

/// What is the same for every paper.
struct Shop {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    /// The same fonts, to ask what they draw.
    faces: Vec<Face<'static>>,
    sources: Vec<Source>,
}

static SHOP: LazyLock<Shop> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONTS
        .iter()
        .filter_map(|font| Font::new(Bytes::new(*font), 0))
        .collect();
    let sources = TEMPLATES.iter().filter_map(|(name, text)| {
        let id = file(name)?;
        Some(Source::new(id, (*text).to_owned()))
    });
    Shop {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        faces: FONTS
            .iter()
            .filter_map(|font| Face::parse(font, 0).ok())
            .collect(),
        sources: sources.collect(),
        fonts,
    }
});

fn file(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One paper on the stone.
struct Stone {
    main: FileId,
    facts: (FileId, Bytes),
    logo: Option<(FileId, Bytes)>,
}

impl World for Stone {
    fn library(&self) -> &LazyHash<Library> {
        &SHOP.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHOP.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = SHOP.sources.iter().find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let files = [Some(&self.facts), self.logo.as_ref()];
        let found = files.into_iter().flatten().find(|(of, _)| *of == id);
        found
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHOP.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a paper. Takes a processor for as long as it lasts; what it remembers meanwhile is
/// forgotten at the end, since it may name people.
///
/// # Errors
/// [`Fault`], where a template or a picture is wrong.
pub fn print(surround: &Surround, paper: &Paper) -> Result<Printed, Fault> {
    let printed = set(surround, paper);
    typst::comemo::evict(0);
    printed
}

/// What of these texts can't be printed as it is written, to be told before anything is printed.
pub fn missing<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Missing> {
    let mut all = Value::from_iter(texts);
    let mut found = Found::default();
    Signs(&SHOP.faces).make_printable(&mut all, &mut found);
    found.missing
}

fn set(surround: &Surround, paper: &Paper) -> Result<Printed, Fault> {
    let (facts, missing) = facts(surround, paper)?;
    let lost = || Fault("a file name".to_owned());
    let stone = Stone {
        main: file(paper.template()).ok_or_else(lost)?,
        facts: (file("facts.json").ok_or_else(lost)?, Bytes::new(facts)),
        logo: surround
            .logo
            .clone()
            .and_then(|logo| Some((file("logo.png")?, Bytes::new(logo)))),
    };
    let document: PagedDocument = typst::compile(&stone).output.map_err(|e| fault(&e))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("mimamori".to_owned())),
        tagged: paper.is_read_aloud(),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|e| fault(&e))?;
    Ok(Printed {
        pdf,
        missing,
        pages: document.pages().len(),
    })
}

/// The facts as the templates read them, and what of them can't be drawn.
fn facts(surround: &Surround, paper: &Paper) -> Result<(Vec<u8>, Vec<Missing>), Fault> {
    let broken = |error: serde_json::Error| Fault(error.to_string());
    let mut facts = json!({
        "surround": serde_json::to_value(surround).map_err(broken)?,
        "logo": surround.logo.is_some(),
        "paper": paper.facts().map_err(broken)?,
    });
    let mut found = Found::default();
    Signs(&SHOP.faces).make_printable(&mut facts, &mut found);
    let words = found.missing.iter().map(Missing::words);
    facts["missing"] = words.map(Value::from).collect();
    facts["apart"] = Vec::from_iter(found.apart).join("|").into();
    let facts = serde_json::to_vec(&facts).map_err(broken)?;
    Ok((facts, found.missing))
}

/// Messages of the typesetter name places in templates, never what stands in the facts.
fn fault(errors: &[SourceDiagnostic]) -> Fault {
    let messages = errors.iter().map(|error| error.message.to_string());
    Fault(messages.collect::<Vec<_>>().join("; "))
}
