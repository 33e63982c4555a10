//! Papers as they leave the printer: pages are drawn by poppler, codes are read by another hand
//! than the one that wrote them, digits by an eye that knows nothing of us.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod roll;
mod town;

use std::path::{Path, PathBuf};
use std::process::Command;

use image::GrayImage;
use press::{Lack, Letter, Paper, Printed, print};
use tempfile::TempDir;

/// A paper on disk, to be looked at by other programs.
struct OnPaper {
    folder: TempDir,
    printed: Printed,
}

impl OnPaper {
    fn of(paper: &Paper) -> OnPaper {
        let folder = tempfile::tempdir().unwrap();
        let printed = print(&town::surround(), paper).unwrap();
        std::fs::write(folder.path().join("paper.pdf"), &printed.pdf).unwrap();
        OnPaper { folder, printed }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("paper.pdf")
    }

    fn text(&self) -> String {
        run("pdftotext", &["-layout"], &self.file(), Some("-"))
    }

    /// One page as a copier of so many dots an inch sees it, in grey.
    fn copied(&self, page: usize, dots: u32) -> GrayImage {
        let (page, dots) = (page.to_string(), dots.to_string());
        let out = self.folder.path().join("page");
        let options = [
            "-gray",
            "-r",
            &dots,
            "-f",
            &page,
            "-l",
            &page,
            "-singlefile",
            "-png",
        ];
        run("pdftoppm", &options, &self.file(), out.to_str());
        image::open(out.with_extension("png")).unwrap().to_luma8()
    }
}

fn run(program: &str, options: &[&str], file: &Path, out: Option<&str>) -> String {
    let mut command = Command::new(program);
    command.args(options).arg(file).args(out);
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What scissors leave of a page: left, top, width, height in millimetres.
fn cut_out(page: &GrayImage, dots: u32, millimetres: [f64; 4]) -> GrayImage {
    let [x, y, width, height] = millimetres.map(|mm| (mm / 25.4 * f64::from(dots)) as u32);
    image::imageops::crop_imm(page, x, y, width, height).to_image()
}

/// Every QR of a picture, read by zbar, which shares no code with the writer.
fn codes(page: &GrayImage) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("codes.png");
    page.save(&file).unwrap();
    // It ends with 4 where there is none.
    let output = Command::new("zbarimg")
        .args(["-q", "--raw", "-Sdisable", "-Sqrcode.enable"])
        .arg(&file)
        .output()
        .expect("zbar-tools is installed");
    let read = String::from_utf8(output.stdout).unwrap();
    read.lines().map(str::to_owned).collect()
}

#[test]
fn the_text_of_every_paper_is_text_and_its_fonts_are_inside() {
    for (name, paper) in town::papers() {
        let paper = OnPaper::of(&paper);
        let fonts = run("pdffonts", &[], &paper.file(), None);
        for font in fonts.lines().skip(2) {
            let embedded = font.split_whitespace().rev().nth(4);
            assert_eq!(embedded, Some("yes"), "{name}: {font}");
            assert!(!font.contains("Type 3"), "{name}: {font}");
        }
        assert!(!fonts.is_empty() && paper.printed.pages > 0, "{name}");
        assert!(paper.printed.missing.is_empty(), "{name}");
    }
    let letter = OnPaper::of(&Paper::Letter(town::letter())).text();
    for words in ["南野 花子", "143-0016", "2026年12月24日", "03-0765-4321"] {
        assert!(letter.contains(words), "{words} in {letter}");
    }
}

#[test]
fn a_letter_and_a_questionnaire_keep_to_their_pages() {
    for (name, paper) in town::papers() {
        let most = match paper {
            Paper::Letter(_)
            | Paper::Questionnaire(_)
            | Paper::Change(_)
            | Paper::StationYear(_) => 1,
            Paper::Application(_) | Paper::Basics(_) => 2,
            _ => continue,
        };
        assert!(OnPaper::of(&paper).printed.pages <= most, "{name}");
    }
}

#[test]
fn every_qr_of_every_sheet_is_read_back_at_the_size_printed_and_from_a_copy() {
    for layout in press::LAYOUTS {
        let stickers = town::stickers(layout.code, layout.faces(), 1);
        let faces = stickers.faces.clone();
        let paper = OnPaper::of(&Paper::Stickers(stickers));
        for dots in [300, 150] {
            let sheet = paper.copied(1, dots);
            for (at, face) in faces.iter().enumerate() {
                let one = cut_out(&sheet, dots, place(&layout, at));
                let wanted = std::slice::from_ref(&face.address);
                assert_eq!(codes(&one), wanted, "{} {at} {dots}", layout.code);
            }
        }
    }
}

#[test]
fn the_code_of_every_members_card_is_read_back_and_no_name_stands_there_unasked() {
    let sheet = town::members::cards(12);
    let paper = OnPaper::of(&Paper::MemberCards(sheet.clone()));
    assert_eq!(paper.printed.pages, 2);
    for dots in [300, 150] {
        let page = paper.copied(1, dots);
        for (at, card) in sheet.cards.iter().take(10).enumerate() {
            let left = 19.4 + 85.6 * (at % 2) as f64;
            let top = 12.0 + 54.0 * (at / 2) as f64;
            let one = cut_out(&page, dots, [left, top, 85.6, 54.0]);
            assert_eq!(
                codes(&one),
                std::slice::from_ref(&card.address),
                "{at} {dots}"
            );
        }
    }
    let text = paper.text();
    assert_eq!(text.matches("川村").count(), 1);
    for card in &sheet.cards {
        assert!(text.contains(&card.number), "{}", card.number);
    }
}

#[test]
fn a_receipt_says_how_much_for_what_and_that_it_is_printed_again() {
    let receipt = town::members::receipt();
    let paper = OnPaper::of(&Paper::Receipt(receipt.clone()));
    assert_eq!(paper.printed.pages, 1, "with the part for the drawer");
    let text = paper.text();
    for words in ["2026-0012", "2,000", "再発行", "川村 澄江"] {
        assert_eq!(text.matches(words).count(), 2, "{words} in {text}");
    }
    assert!(text.contains("控え") && text.contains("2026年度"));
    let first = press::Receipt {
        again: false,
        ..receipt
    };
    let first = OnPaper::of(&Paper::Receipt(first)).text();
    assert!(!first.contains("再発行"));
}

#[test]
fn an_own_page_is_one_sheet_however_full() {
    for (next, open) in [(0, 0), (9, 6)] {
        let paper = OnPaper::of(&Paper::OwnSheet(town::members::own(next, open)));
        assert!(paper.printed.pages <= 2, "{} pages", paper.printed.pages);
        let text = paper.text();
        for words in ["川村 澄江 様", "12,500", "やさしい書道", "前に2人の方が"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert_eq!(text.matches("公園体操").count(), open);
    }
}

#[test]
fn codes_on_cards_and_postcards_are_read_back_even_from_a_copy() {
    let cards = town::papers()
        .into_iter()
        .find(|(name, _)| *name == "cards");
    let cards = OnPaper::of(&cards.unwrap().1);
    let postcards = town::postcards(3);
    let link = postcards.cards[2].link.clone();
    let postcards = OnPaper::of(&Paper::Postcards(postcards));
    assert_eq!(postcards.printed.pages, 6, "two sides each");
    for dots in [300, 150] {
        // Above the pocket card, below the fridge card; each is cut out before it is used.
        for cut in [[0.0, 0.0, 105.0, 80.0], [0.0, 80.0, 210.0, 90.0]] {
            let card = cut_out(&cards.copied(1, dots), dots, cut);
            assert_eq!(codes(&card), [town::ADDRESS], "{dots} {cut:?}");
        }
        assert_eq!(
            codes(&postcards.copied(6, dots)),
            std::slice::from_ref(&link),
            "{dots}"
        );
    }
}

/// What an eye that knows only digits and hyphens reads on a copy; `layout`: 11 for words
/// anywhere, 6 for one block.
#[test]
fn a_poster_is_one_page_with_the_emergency_first_and_its_code_is_read_back_from_a_copy() {
    let poster = town::poster();
    let paper = OnPaper::of(&Paper::Poster(poster.clone()));
    assert_eq!(paper.printed.pages, 1);
    // A picture of 72 dots is what a telephone sees from a metre.
    for dots in [300, 72] {
        let code = codes(&paper.copied(1, dots));
        assert_eq!(code, std::slice::from_ref(&poster.link), "{dots}");
    }
    let text: String = paper.text().split_whitespace().collect();
    let at = |words: &str| {
        let words: String = words.split_whitespace().collect();
        text.find(&words)
            .unwrap_or_else(|| panic!("{words} in {text}"))
    };
    for one in &poster.texts {
        assert!(at(&one.danger) < at(&one.title), "{}", one.title);
        assert!(at(&one.danger) < at(&poster.texts[0].title));
    }
    at("03-0123-4567");
    assert!(!text.contains("佐藤"), "nobody who printed it");
}

fn digits(page: &GrayImage, layout: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.png");
    page.save(&file).unwrap();
    let output = Command::new("tesseract")
        .env("OMP_THREAD_LIMIT", "1")
        .arg(&file)
        .args([
            "-",
            "--psm",
            layout,
            "-c",
            "tessedit_char_whitelist=0123456789-",
        ])
        .output()
        .expect("tesseract-ocr is installed");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn numbers_survive_a_copy_of_150_dots_in_grey() {
    let all = town::papers();
    for name in [
        "cards",
        "stickers-12",
        "stickers-24",
        "change",
        "ledger",
        "application-filled",
    ] {
        let paper = all.iter().find(|(of, _)| *of == name).unwrap();
        let paper = OnPaper::of(&paper.1);
        let page = if name == "ledger" { 2 } else { 1 };
        let seen = digits(&paper.copied(page, 150), "11").replace([' ', '\n'], "");
        let wanted = if name == "ledger" {
            "400-7735-0926"
        } else {
            town::NUMBER
        };
        assert!(seen.contains(wanted), "{name}: {seen}");
    }
}

/// Every number of a paper, once at each size: page, box in millimetres, the word.
fn words_with(paper: &OnPaper, is_number: impl Fn(&str) -> bool) -> Vec<(usize, [f64; 4], String)> {
    let boxes = run("pdftotext", &["-bbox"], &paper.file(), Some("-"));
    let (mut page, mut found) = (0, Vec::new());
    for line in boxes.lines() {
        page += usize::from(line.contains("<page "));
        let Some((head, rest)) = line
            .trim()
            .split_once("\">")
            .filter(|_| line.contains("<word "))
        else {
            continue;
        };
        let word = rest.trim_end_matches("</word>");
        if !is_number(word) {
            continue;
        }
        let at = |name: &str| -> f64 {
            let value = head.split(&format!("{name}=\"")).nth(1).unwrap();
            let points: f64 = value.split('"').next().unwrap().parse().unwrap();
            points / 72.0 * 25.4
        };
        let (left, top) = (at("xMin"), at("yMin"));
        let size = [left, top, at("xMax") - left, at("yMax") - top];
        // The same number at the same size stands on each label of a sheet: one is looked at.
        let alike = |(_, of, known): &(usize, [f64; 4], String)| {
            known.as_str() == word && (of[3] - size[3]).abs() < 0.01
        };
        if !found.iter().any(alike) {
            found.push((page, size, word.to_owned()));
        }
    }
    found
}

/// A telephone number, alone in its word.
fn is_phone(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let plain = word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    groups.len() == 3 && plain && word.starts_with('0') && (10..=11).contains(&digits)
}

/// What of these words the eye reads otherwise on a copy.
fn lost_on_a_copy(name: &str, paper: &OnPaper, words: &[(usize, [f64; 4], String)]) -> Vec<String> {
    let (mut lost, mut drawn) = (Vec::new(), None);
    for (page, [left, top, width, height], word) in words {
        let (_, copy) = match drawn.take() {
            Some((of, copy)) if of == *page => drawn.insert((of, copy)),
            _ => drawn.insert((*page, paper.copied(*page, 150))),
        };
        let room = 0.6;
        let place = [
            left - room,
            top - room,
            width + 2.0 * room,
            height + 2.0 * room,
        ];
        let seen = digits(&cut_out(copy, 150, place), "7");
        let seen: String = seen.split_whitespace().collect();
        if !seen.contains(word.as_str()) {
            lost.push(format!("{name}: {word} is {seen}, {:.1} mm high", height));
        }
    }
    lost
}

#[test]
fn every_telephone_number_and_reference_of_every_paper_survives_a_copy() {
    let (mut seen, mut lost) = (0, Vec::new());
    for (name, paper) in town::papers() {
        let reference = |word: &str| name == "postcards" && word.starts_with("12-0");
        let paper = OnPaper::of(&paper);
        let words = words_with(&paper, |word| is_phone(word) || reference(word));
        seen += words.len();
        lost.extend(lost_on_a_copy(name, &paper, &words));
    }
    assert!(seen > 40, "{seen} numbers were read");
    assert!(
        lost.is_empty(),
        "{} of {seen}:\n{}",
        lost.len(),
        lost.join("\n")
    );
}

/// Where a face lies on its sheet: left, top, width, height in millimetres.
fn place(layout: &press::Layout, at: usize) -> [f64; 4] {
    let (column, row) = ((at % layout.columns) as f64, (at / layout.columns) as f64);
    [
        layout.left + column * (layout.width + layout.gap),
        layout.top + row * layout.height,
        layout.width,
        layout.height,
    ]
}

#[test]
fn every_number_of_a_sheet_of_small_labels_survives_a_copy() {
    let all = town::papers();
    // The number stands in three lines; each label is cut off the sheet and looked at by itself.
    for code in ["44", "65"] {
        let name = format!("stickers-{code}");
        let paper = OnPaper::of(&all.iter().find(|(of, _)| *of == name).unwrap().1);
        let copy = paper.copied(1, 150);
        let layout = press::Layout::from_code(code).unwrap();
        let beside = 1.6 + layout.qr_mm() + 0.5;
        for at in 0..layout.faces() {
            let [left, top, width, height] = place(layout, at);
            let text = cut_out(&copy, 150, [left + beside, top, width - beside, height]);
            let seen = digits(&text, "6").replace([' ', '\n', '-'], "");
            let wanted = town::NUMBER.replace('-', "");
            assert!(seen.starts_with(&wanted), "{name} {at}: {seen}");
        }
    }
}

#[test]
fn a_used_sheet_goes_on_where_it_stopped_and_the_printer_is_put_right() {
    let mut stickers = town::stickers("24", 21, 5);
    stickers.offset_mm = (1.5, -2.0);
    let paper = OnPaper::of(&Paper::Stickers(stickers));
    assert_eq!(
        paper.printed.pages, 2,
        "20 on the first sheet, one on the next"
    );
    let boxes = run(
        "pdftotext",
        &["-bbox", "-f", "1", "-l", "1"],
        &paper.file(),
        Some("-"),
    );
    let first = boxes
        .lines()
        .find(|line| line.contains(town::NUMBER))
        .unwrap();
    let at = |name: &str| -> f64 {
        let value = first.split(&format!("{name}=\"")).nth(1).unwrap();
        let points: f64 = value.split('"').next().unwrap().parse().unwrap();
        points / 72.0 * 25.4
    };
    // The fifth face is the middle one of the second row.
    let (left, top) = (6.0 + 66.0 + 1.5, 12.9 + 33.9 - 2.0);
    assert!(
        at("xMin") > left + 26.0 && at("xMin") < left + 66.0,
        "{first}"
    );
    assert!(at("yMin") > top && at("yMax") < top + 33.9, "{first}");
}

#[test]
fn variants_are_drawn_and_what_no_font_has_is_listed() {
    let letter = |name: &str| {
        Paper::Letter(Letter {
            to_name: name.to_owned(),
            ..town::letter()
        })
    };
    // Beyond JIS, compatibility forms, variants by selector: drawn, and still text.
    let rare = OnPaper::of(&letter("𠮷野髙﨑 葛\u{e0100}德邊\u{e0102}"));
    assert!(rare.printed.missing.is_empty());
    assert!(rare.text().contains("𠮷野髙﨑"), "{}", rare.text());
    // A variant has another shape than its base, also where only the second font has it.
    let drawn = |name: &str| OnPaper::of(&letter(name)).copied(1, 150);
    assert!(drawn("葛") != drawn("葛\u{e0100}"));
    assert!(drawn("邊") != drawn("邊\u{e0102}"));
    assert!(drawn("邊\u{e0102}") != drawn("邊\u{e0103}"));
    // U+2EBE0 is in no font here; 山 has no variant 240.
    let lost = OnPaper::of(&letter("山\u{e01ef}\u{2ebe0} 花子"));
    let told: Vec<_> = lost
        .printed
        .missing
        .iter()
        .map(|one| (one.lack, one.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [(Lack::Shape, "U+5C71 U+E01EF"), (Lack::Absent, "U+2EBE0")]
    );
    let text = lost.text();
    assert!(
        text.contains("山〓 花子") && text.contains("U+2EBE0"),
        "{text}"
    );
    assert!(text.contains("印刷できない文字"), "{text}");
}

#[test]
fn a_name_is_never_a_command() {
    let name = "#image(\"/etc/passwd\") *太* $x$ \\ <a> @b `c` // d";
    let letter = Letter {
        to_name: name.to_owned(),
        ..town::letter()
    };
    let text = OnPaper::of(&Paper::Letter(letter)).text();
    assert!(
        text.contains("#image(\"/etc/passwd\")") && text.contains("*太*"),
        "{text}"
    );
}
