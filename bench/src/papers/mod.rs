//! How long papers take: postcards by the thousand, as a run makes them (250 a file).

use std::io::Write;
use std::time::Instant;

use anyhow::Result;
use clap::Args;
use press::{Line, Paper, Postcard, Postcards, Surround, print};

/// Postcards in one file, as in the program.
const SHARE: usize = 250;

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Postcards to print
    #[arg(long, default_value_t = 1_000)]
    postcards: usize,
    /// How often
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// Measures and prints.
pub fn run(options: &Options, out: &mut impl Write) -> Result<()> {
    for round in 1..=options.rounds {
        let (began, mut bytes, mut pages) = (Instant::now(), 0, 0);
        for first in (0..options.postcards).step_by(SHARE) {
            let count = SHARE.min(options.postcards - first);
            let printed = print(&around(), &Paper::Postcards(cards(first, count)))?;
            bytes += printed.pdf.len();
            pages += printed.pages;
        }
        let seconds = began.elapsed().as_secs_f64();
        writeln!(
            out,
            "round {round}: {} postcards, {pages} pages, {:.1} MB in {seconds:.2} s ({:.0} a second), at most {} MiB of memory",
            options.postcards,
            bytes as f64 / 1e6,
            options.postcards as f64 / seconds,
            most_memory()
        )?;
    }
    Ok(())
}

/// The most this process ever had, in MiB; 0 where the system does not say.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

fn around() -> Surround {
    Surround {
        town: "みなみ町見守りネットワーク".to_owned(),
        center: "みなみ町東地域包括支援センター".to_owned(),
        address: "東京都みなみ町東二丁目5番1号".to_owned(),
        phones: vec![
            Line::new("昼", "03-0123-4567"),
            Line::new("夜間・休日", "03-0765-4321"),
        ],
        printed_on: "2026年11月24日".to_owned(),
        ..Surround::default()
    }
}

/// No two cards have a name, an address or a code in common.
fn cards(first: usize, count: usize) -> Postcards {
    let families = [
        "南野", "北川", "東山", "西村", "中島", "髙橋", "渡邉", "齋藤",
    ];
    let card = |at: usize| Postcard {
        postcode: format!("143{at:04}"),
        address: vec![
            format!(
                "東京都みなみ町東{}丁目{}番{}号",
                at % 7 + 1,
                at % 31 + 1,
                at % 17 + 1
            ),
            format!("みなみハイツ {}", 101 + at),
        ],
        name: format!("{} 花子{}", families[at % families.len()], at),
        reference: format!("202612-1-{at:04}"),
        link: format!("https://mimamori.minami.example.jp/renewals/0195f0c2a3b{at:05x}"),
    };
    Postcards {
        blank_paper: true,
        title: "年に一度のご確認のお願い".to_owned(),
        paragraphs: vec![
            "年に一度、ご登録の内容に変わりがないかをお確かめいただいています。センターの窓口へお越しください。10分ほどで終わります。".to_owned(),
            "お越しになれないときは、お電話ください。電話やご訪問でも確かめられます。".to_owned(),
        ],
        details: vec![
            Line::new("とき", "12月31日まで"),
            Line::new("ところ", "下の連絡先のセンター"),
            Line::new("お持ちください", "このはがき、お持ちのキーホルダーなど"),
        ],
        cards: (first..first + count).map(card).collect(),
    }
}
