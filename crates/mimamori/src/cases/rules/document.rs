//! Files of a case: what they are is read from their bytes, never from their name.

use encoding_rs::SHIFT_JIS;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{CaseId, RowId, StaffId};
use crate::people::{BadPhoto, coded, picture};

/// The largest file: a scanned form of twenty pages is some 6 MB.
pub const MOST_DOCUMENT: usize = 10 * 1024 * 1024;

/// The longer side of a picture that is kept: a sheet of A4 at 200 dots an inch stays readable.
const PICTURE_SIDE: u32 = 2_400;

/// The most characters of a name.
const MOST_NAME: usize = 80;

coded! {
    /// What a file is.
    Held {
        /// A picture, encoded anew.
        Picture "picture" "写真・画像",
        /// PDF
        Pdf "pdf" "PDF",
        /// Plain text.
        Text "text" "文字だけのファイル",
        /// Word
        Word "word" "Word",
        /// Excel
        Excel "excel" "Excel",
        /// PowerPoint
        Slides "slides" "PowerPoint",
    }
}

impl Held {
    /// The end of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Held::Picture => "jpg",
            Held::Pdf => "pdf",
            Held::Text => "txt",
            Held::Word => "docx",
            Held::Excel => "xlsx",
            Held::Slides => "pptx",
        }
    }
}

/// How a file is called and what it is; sealed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Head {
    /// Its name with the ending of what it is.
    pub name: String,
    /// What it is.
    pub held: Held,
    /// Bytes.
    pub size: i64,
    /// What it shows.
    #[serde(default)]
    pub note: String,
}

/// A file that is kept.
#[derive(Clone)]
pub struct Document {
    /// Its identity.
    pub id: RowId,
    /// Of which case.
    pub case: CaseId,
    /// When it was taken in.
    pub made_at: Timestamp,
    /// By whom.
    pub made_by: Option<StaffId>,
    /// How it is called.
    pub head: Head,
}

/// Why a file can't be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDocument {
    /// No file came.
    #[error("ファイルを選んでください。")]
    Empty,
    /// More than [`MOST_DOCUMENT`].
    #[error(
        "ファイルが大きすぎます。10 MBまでのファイルを選んでください。分けるか、解像度を下げて取り込み直すと小さくなります。"
    )]
    TooLarge,
    /// None of the kinds that are kept.
    #[error(
        "この種類のファイルは保存できません。PDF、JPEG・PNGの画像、文字だけのファイル、Word・Excel・PowerPoint（.docx・.xlsx・.pptx）を選んでください。一太郎や古い形式のOfficeは、PDFにしてから保存してください。"
    )]
    Kind,
    /// An Office file that brings a program along.
    #[error(
        "マクロ（プログラム）の入ったファイルは保存できません。マクロなしの形式か、PDFにしてから保存してください。"
    )]
    Macro,
    /// A picture that can't be read.
    #[error(transparent)]
    Picture(#[from] BadPhoto),
    /// Pictures are larger than what is kept elsewhere.
    #[error("画像の画素が多すぎるか、8 MBをこえています。小さくしてから選んでください。")]
    PictureTooLarge,
}

/// Reads a file: what it is, how it will be called, and the bytes to keep.
pub fn read(name: &str, file: Vec<u8>) -> Result<(Head, Vec<u8>), BadDocument> {
    match file.len() {
        0 => return Err(BadDocument::Empty),
        size if size > MOST_DOCUMENT => return Err(BadDocument::TooLarge),
        _ => {}
    }
    let held = held(&file)?;
    let bytes = match held {
        Held::Picture => picture(&file, PICTURE_SIDE).map_err(picture_fault)?,
        Held::Text => as_text(&file).ok_or(BadDocument::Kind)?.into_bytes(),
        _ => file,
    };
    let head = Head {
        name: called(name, held),
        held,
        size: bytes.len() as i64,
        note: String::new(),
    };
    Ok((head, bytes))
}

fn picture_fault(bad: BadPhoto) -> BadDocument {
    match bad {
        BadPhoto::TooManyBytes | BadPhoto::TooManyPixels => BadDocument::PictureTooLarge,
        other => BadDocument::Picture(other),
    }
}

fn held(file: &[u8]) -> Result<Held, BadDocument> {
    let begins = |with: &[u8]| file.starts_with(with);
    if begins(b"\xff\xd8\xff") || begins(b"\x89PNG\r\n\x1a\n") {
        return Ok(Held::Picture);
    }
    if begins(b"%PDF-") {
        return Ok(Held::Pdf);
    }
    if begins(b"PK\x03\x04") {
        return office(file);
    }
    match as_text(file) {
        Some(_) => Ok(Held::Text),
        None => Err(BadDocument::Kind),
    }
}

/// Office files are ZIP files; names of their parts stand readable in them.
fn office(file: &[u8]) -> Result<Held, BadDocument> {
    let has = |part: &str| {
        let part = part.as_bytes();
        file.windows(part.len()).any(|at| at == part)
    };
    if has("vbaProject.bin") {
        return Err(BadDocument::Macro);
    }
    let kinds = [
        ("word/document.xml", Held::Word),
        ("xl/workbook.xml", Held::Excel),
        ("ppt/presentation.xml", Held::Slides),
    ];
    let found = kinds.into_iter().find(|(part, _)| has(part));
    let (_, held) = found
        .filter(|_| has("[Content_Types].xml"))
        .ok_or(BadDocument::Kind)?;
    Ok(held)
}

/// Text in UTF-8 or, as older programs write it, in Shift_JIS; no control signs.
fn as_text(file: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(file) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => {
            let (text, _, broken) = SHIFT_JIS.decode(file);
            (!broken).then(|| text.into_owned())?
        }
    };
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    (!text.chars().any(odd)).then_some(text)
}

/// The name without a path, without signs that mean something to a shell or a header, and with the
/// ending of what the file is.
fn called(name: &str, held: Held) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = |c: &char| !c.is_control() && !"\"*:<>?|%;".contains(*c) && !is_unseen(*c);
    let stem: String = stem.chars().filter(plain).take(MOST_NAME).collect();
    let stem = match stem.trim().trim_matches('.') {
        "" => "書類",
        stem => stem,
    };
    format!("{stem}.{}", held.ending())
}

/// Marks that turn the direction of writing: 「fdp.exe」 read backwards.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn kind(name: &str, file: &[u8]) -> Result<(String, Held), BadDocument> {
        read(name, file.to_vec()).map(|(head, _)| (head.name, head.held))
    }

    #[test]
    fn what_a_file_is_stands_in_its_bytes_and_its_name_follows() {
        let pdf = kind("診断書.exe", b"%PDF-1.7\n").unwrap();
        assert_eq!(pdf, ("診断書.pdf".to_owned(), Held::Pdf));
        let (sjis, ..) = SHIFT_JIS.encode("面談の記録");
        let (head, bytes) = read("C:\\temp\\面談.csv", sjis.into_owned()).unwrap();
        assert_eq!((head.name.as_str(), head.held), ("面談.txt", Held::Text));
        assert_eq!(bytes, "面談の記録".as_bytes());
        let docx = b"PK\x03\x04..[Content_Types].xml..word/document.xml";
        assert_eq!(kind("計画", docx).unwrap().0, "計画.docx");
    }

    #[test]
    fn programs_and_what_is_unknown_are_refused() {
        let with_macro = b"PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin";
        assert_eq!(kind("a.docm", with_macro), Err(BadDocument::Macro));
        assert_eq!(kind("a.pdf", b"MZ\x90\0\x03"), Err(BadDocument::Kind));
        assert_eq!(kind("a.zip", b"PK\x03\x04x.txt"), Err(BadDocument::Kind));
        assert_eq!(
            kind("a.doc", b"\xd0\xcf\x11\xe0\xa1"),
            Err(BadDocument::Kind)
        );
        assert_eq!(kind("a.txt", b""), Err(BadDocument::Empty));
        let large = vec![b'a'; MOST_DOCUMENT + 1];
        assert_eq!(kind("a.txt", &large), Err(BadDocument::TooLarge));
        assert!(kind("a.jpg", b"\xff\xd8\xff torn").is_err());
    }

    #[test]
    fn a_page_that_is_sent_as_a_file_becomes_plain_text() {
        let page = b"<script>alert(1)</script>";
        assert_eq!(
            kind("a.html", page).unwrap(),
            ("a.txt".to_owned(), Held::Text)
        );
    }

    #[test]
    fn a_name_leads_nowhere_and_hides_nothing() {
        let name = |name| kind(name, b"%PDF-1.7").unwrap().0;
        assert_eq!(name("../../etc/passwd"), "passwd.pdf");
        assert_eq!(name("請求\u{202e}fdp.exe"), "請求fdp.pdf");
        assert_eq!(name("a\"; filename=b.html"), "a filename=b.pdf");
        assert_eq!(name(""), "書類.pdf");
    }
}
