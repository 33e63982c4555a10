//! From one cell to one value, forgiving what spreadsheets and clerks do to it.

use jiff::civil::{Date, date};
use unicode_normalization::UnicodeNormalization;
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::phone::Phone;
use words::postcode::Postcode;

use super::sheet::{Cell, CellKind};
use crate::people::rules::{Certification, Known, Living, Sex, one_line, paragraph};

/// Words for whoever mends the cell.
pub type Mend = String;

/// The longest old number, as tags take it.
const LONGEST_NUMBER: usize = 30;
/// The longest name of an institution, a relation, a doctor.
pub const LONGEST_LINE: usize = 100;
/// The longest free text.
pub const LONGEST_TEXT: usize = 2000;

/// A day of an Excel serial number: 16131 is 1944-02-29.
fn of_serial(serial: i32) -> Option<Date> {
    // Excel believes that 1900 was a leap year; the numbers before 1900-03-01 are one less.
    let epoch = if serial < 60 {
        date(1899, 12, 31)
    } else {
        date(1899, 12, 30)
    };
    epoch.checked_add(jiff::Span::new().days(serial)).ok()
}

/// A number of five digits can't be a date as people write it, but is one as Excel counts days.
fn serial(cell: &Cell) -> Option<Date> {
    let number: i32 = cell.text.trim().parse().ok()?;
    let plausible = (1..100_000).contains(&number);
    let counted = cell.kind == CellKind::Number || cell.text.trim().len() == 5;
    (plausible && counted).then(|| of_serial(number)).flatten()
}

/// 生年月日
pub fn born(cell: &Cell, today: Date) -> Result<PartialDate, Mend> {
    let born = match serial(cell) {
        Some(day) => day.into(),
        None => PartialDate::parse(&cell.text).map_err(|bad| bad.to_string())?,
    };
    match born.full().is_some_and(|day| day > today) {
        true => Err("生年月日が先の日付です。元号と年を確かめてください。".to_owned()),
        false => Ok(born),
    }
}

/// Any other date, all of it known.
pub fn day(cell: &Cell) -> Result<Date, Mend> {
    if let Some(day) = serial(cell) {
        return Ok(day);
    }
    words::date::parse_full(&cell.text).map_err(|bad| bad.to_string())
}

fn digits(text: &str) -> Option<String> {
    let text: String = text.nfkc().collect();
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())).then(|| text.to_owned())
}

/// 郵便番号; 600001 is 060-0001 whose zero a spreadsheet dropped.
pub fn postcode(cell: &Cell) -> Result<Postcode, Mend> {
    let text = match digits(&cell.text) {
        Some(digits) if matches!(digits.len(), 5 | 6) => format!("{digits:0>7}"),
        _ => cell.text.clone(),
    };
    Postcode::parse(&text).map_err(|bad| bad.to_string())
}

/// One or several phones; 312345678 is 03-1234-5678 whose zero a spreadsheet dropped.
pub fn phones(cell: &Cell) -> Result<Vec<Phone>, Mend> {
    let whole = phone(&cell.text);
    if let Ok(phone) = whole {
        return Ok(vec![phone]);
    }
    let parts = cell
        .text
        .split(['\n', '、', ',', '，', '/', '／', ';', '；']);
    let parts: Vec<&str> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.len() {
        0 | 1 => whole.map(|phone| vec![phone]),
        _ => parts.into_iter().map(phone).collect(),
    }
}

fn phone(text: &str) -> Result<Phone, Mend> {
    let zeroless =
        digits(text).filter(|digits| matches!(digits.len(), 9 | 10) && !digits.starts_with('0'));
    let text = zeroless.map_or(text.to_owned(), |digits| format!("0{digits}"));
    Phone::parse(&text).map_err(|bad| bad.to_string())
}

/// 住所, with the building of another column behind it.
pub fn address(text: &str, building: &str) -> Result<Address, Mend> {
    let (text, building) = (text.trim(), building.trim());
    let whole = match building.is_empty() || text.ends_with(building) {
        true => text.to_owned(),
        false => format!("{text}　{building}"),
    };
    Address::parse(&whole).map_err(|bad| bad.to_string())
}

/// 登録番号, as written.
pub fn old_number(cell: &Cell) -> Result<String, Mend> {
    line(&cell.text, LONGEST_NUMBER)
}

/// One line of text.
pub fn line(text: &str, most: usize) -> Result<String, Mend> {
    let text = text.replace(['\r', '\n'], " ");
    one_line(&text, most).map_err(|bad| bad.to_string())
}

/// Text of several lines.
pub fn text(text: &str) -> Result<String, Mend> {
    paragraph(text, LONGEST_TEXT).map_err(|bad| bad.to_string())
}

/// Both readings; the second is `None` where no space parts them.
pub fn kana(text: &str) -> Result<(Reading, Option<Reading>), Mend> {
    let text = text.trim_matches(char::is_whitespace);
    let read = |part: &str| Reading::parse(part).map_err(|bad| bad.to_string());
    match text.split_once(char::is_whitespace) {
        Some((family, given)) => Ok((read(family)?, Some(read(given)?))),
        None => Ok((read(text)?, None)),
    }
}

/// A word without width, spaces and brackets, for comparing with a list.
fn word(text: &str) -> String {
    let text = text.nfkc().flat_map(char::to_lowercase);
    text.filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '・'))
        .collect()
}

/// 性別
pub fn sex(text: &str) -> Result<Sex, Mend> {
    match word(text).as_str() {
        "女" | "女性" | "f" | "female" | "2" | "おんな" | "♀" => Ok(Sex::Female),
        "男" | "男性" | "m" | "male" | "1" | "おとこ" | "♂" => Ok(Sex::Male),
        "その他" | "他" | "x" => Ok(Sex::Other),
        "無回答" | "回答しない" | "不明" | "未回答" | "0" | "9" | "-" => {
            Ok(Sex::Unanswered)
        }
        _ => Err("性別は「女」「男」「その他」「無回答」のどれかで入れてください。".to_owned()),
    }
}

/// 世帯
pub fn living(text: &str) -> Result<Living, Mend> {
    match word(text).as_str() {
        "独居" | "単身" | "一人暮らし" | "ひとり暮らし" | "独り暮らし" | "一人" | "高齢者単身"
        | "単独" | "単独世帯" | "単身世帯" | "独居世帯" | "高齢単身" => {
            Ok(Living::Alone)
        }
        "夫婦のみ" | "夫婦" | "夫婦二人" | "夫婦2人" | "高齢夫婦" | "夫婦世帯" | "高齢者夫婦"
        | "夫婦のみ世帯" => Ok(Living::Couple),
        "同居" | "家族同居" | "家族と同居" | "子と同居" | "親族と同居" | "家族" | "二世帯"
        | "その他同居" => Ok(Living::Family),
        "施設" | "入所" | "施設入所" | "入所中" | "ホーム" | "老人ホーム" => {
            Ok(Living::Facility)
        }
        "その他" | "日中独居" | "高齢者のみ" => Ok(Living::Other),
        "未確認" | "不明" | "-" | "?" => Ok(Living::Unconfirmed),
        _ => Err(
            "世帯は「独居」「夫婦のみ」「同居」「施設」「その他」のどれかで入れてください。"
                .to_owned(),
        ),
    }
}

/// 介護認定
pub fn certification(text: &str) -> Result<Certification, Mend> {
    let word = word(text);
    let level = word.trim_start_matches('要');
    match level {
        "支援1" => Ok(Certification::Support1),
        "支援2" => Ok(Certification::Support2),
        "介護1" => Ok(Certification::Care1),
        "介護2" => Ok(Certification::Care2),
        "介護3" => Ok(Certification::Care3),
        "介護4" => Ok(Certification::Care4),
        "介護5" => Ok(Certification::Care5),
        "未申請" | "申請なし" | "未認定" => Ok(Certification::NotApplied),
        "申請中" | "新規申請中" | "更新申請中" => Ok(Certification::Applied),
        "非該当" | "自立" => Ok(Certification::NotEligible),
        "未確認" | "不明" | "-" | "?" => Ok(Certification::Unconfirmed),
        _ => Err("介護認定は「要支援1」〜「要介護5」「未申請」「申請中」「非該当」のどれかで入れてください（「なし」だけでは、未申請か非該当かわかりません）。".to_owned()),
    }
}

/// 病歴, 服薬, アレルギー: 「なし」 is an answer, if only the roster's, 「不明」 is none. Only a cell
/// that says so itself was confirmed.
pub fn known(cell: &str) -> Result<Known, Mend> {
    match word(cell).as_str() {
        "なし確認ずみ" => Ok(Known::None),
        "なし"
        | "無し"
        | "無"
        | "ない"
        | "特になし"
        | "特に無し"
        | "特記なし"
        | "ナシ"
        | "該当なし"
        | "なし名簿の記載。本人への確認はまだ" => Ok(Known::NoneInRoster),
        "" | "-" | "―" | "ー" | "不明" | "未確認" | "?" => Ok(Known::NotConfirmed),
        _ => Ok(Known::Listed(text(cell)?)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn number(text: &str) -> Cell {
        let (text, kind) = (text.to_owned(), CellKind::Number);
        Cell { text, kind }
    }

    #[test]
    fn what_a_spreadsheet_did_to_dates_is_undone() {
        let today = date(2026, 11, 22);
        for cell in [number("16131"), Cell::text("16131"), Cell::text("S19.2.29")] {
            assert_eq!(born(&cell, today).unwrap().iso(), "1944-02-29");
        }
        assert_eq!(born(&number("59"), today).unwrap().iso(), "1900-02-28");
        assert_eq!(born(&number("61"), today).unwrap().iso(), "1900-03-01");
        assert_eq!(
            born(&number("19440229"), today).unwrap().iso(),
            "1944-02-29"
        );
        assert!(born(&Cell::text("昭和65年13月40日"), today).is_err());
        assert!(born(&Cell::text("令和9年1月1日"), today).is_err());
        assert_eq!(day(&Cell::text("令6/10/14")).unwrap(), date(2024, 10, 14));
    }

    #[test]
    fn lost_zeros_come_back() {
        let code = |text: &str| postcode(&Cell::text(text)).map(|code| code.to_string());
        assert_eq!(code("600001"), Ok("060-0001".into()));
        assert_eq!(code("10010"), Ok("001-0010".into()));
        assert!(code("1430").is_err());
        let dialled = |text: &str| {
            let phones = phones(&Cell::text(text));
            phones.map(|all| {
                all.iter()
                    .map(Phone::to_string)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
        };
        assert_eq!(dialled("307519999"), Ok("03-0751-9999".into()));
        assert_eq!(dialled("9001234567"), Ok("090-0123-4567".into()));
        assert_eq!(
            dialled("03-0751-9999、090-0123-4567"),
            Ok("03-0751-9999 090-0123-4567".into())
        );
        assert!(dialled("12345").is_err());
    }

    #[test]
    fn none_unknown_and_listed_are_three_things() {
        for cell in ["なし", " 特になし ", Known::NoneInRoster.words()] {
            assert!(known(cell).unwrap() == Known::NoneInRoster, "{cell}");
        }
        assert!(known(Known::None.words()).unwrap() == Known::None);
        assert!(known("不明").unwrap() == Known::NotConfirmed);
        assert!(known("糖尿病").unwrap() == Known::Listed("糖尿病".into()));
    }

    #[test]
    fn words_of_lists_are_known_in_any_width() {
        assert_eq!(certification("要介護２"), Ok(Certification::Care2));
        assert_eq!(certification("支援 1"), Ok(Certification::Support1));
        assert!(certification("なし").is_err());
        assert_eq!(living("ひとり暮らし"), Ok(Living::Alone));
        assert!(living("猫と").is_err());
        assert_eq!(sex("女性"), Ok(Sex::Female));
        assert!(sex("？").is_err());
    }

    #[test]
    fn a_building_of_its_own_column_follows_the_address() {
        let whole = address("中央2-12-18", "メゾン馬込895号室").unwrap();
        assert_eq!(whole.as_written(), "中央2-12-18　メゾン馬込895号室");
    }
}
