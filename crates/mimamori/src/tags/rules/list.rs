//! The list that goes to the maker: one line a carrier.

use super::carrier::CarrierKind;
use super::number::Number;

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte order mark, so that Excel knows.
    Utf8,
    /// CP932 (Shift_JIS as Windows has it), for older programs of makers.
    Cp932,
}

impl Encoding {
    /// The code in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf8",
            Encoding::Cp932 => "cp932",
        }
    }

    /// The encoding of a code; the newer one where it is unknown.
    pub fn from_code(code: &str) -> Encoding {
        if code == Encoding::Cp932.code() {
            Encoding::Cp932
        } else {
            Encoding::Utf8
        }
    }
}

/// One carrier to be made.
pub struct ListRow {
    /// The number to print.
    pub number: Number,
    /// On what.
    pub kind: CarrierKind,
    /// The whole address of its QR.
    pub address: String,
}

/// The file, with a line of headings and CRLF as RFC 4180 has it. No field needs quotes: digits,
/// hyphens, our own words and letters of an address.
pub fn listed(rows: &[ListRow], encoding: Encoding) -> Vec<u8> {
    let mut text = String::from("通し番号,印刷する番号,種類,QRコードの中身\r\n");
    for (at, row) in rows.iter().enumerate() {
        let (number, kind) = (row.number.shown(), row.kind.word());
        text.push_str(&format!("{},{number},{kind},{}\r\n", at + 1, row.address));
    }
    match encoding {
        Encoding::Utf8 => ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
        Encoding::Cp932 => encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use words::tag_number::TagNumber;

    fn rows() -> [ListRow; 1] {
        [ListRow {
            number: Number::Ours(TagNumber::from_body(123_456_789).unwrap()),
            kind: CarrierKind::KeyHolder,
            address: "https://example.jp/q/x".to_owned(),
        }]
    }

    #[test]
    fn a_line_holds_what_is_printed() {
        let number = rows()[0].number.shown();
        let file = String::from_utf8(listed(&rows(), Encoding::Utf8)).unwrap();
        let wanted = format!("1,{number},キーホルダー,https://example.jp/q/x\r\n");
        assert!(
            file.starts_with("\u{feff}通し番号,") && file.ends_with(&wanted),
            "{file}"
        );
    }

    #[test]
    fn an_older_program_reads_it_too() {
        let file = listed(&rows(), Encoding::Cp932);
        let (text, _, wrong) = encoding_rs::SHIFT_JIS.decode(&file);
        assert!(!wrong && text.contains("印刷する番号") && text.contains("キーホルダー"));
    }
}
