//! Cards of invented supporters, and a receipt.

use press::{MemberCard, MemberCards, OwnLine, OwnSheet, Receipt, VoucherRow, Vouchers};

pub fn cards(many: usize) -> MemberCards {
    let card = |at: usize| MemberCard {
        number: format!("481-{:04}", 2_773 + at),
        name: if at == 1 {
            "川村 澄江".to_owned()
        } else {
            String::new()
        },
        address: format!(
            "https://mimamori.minami-machi.example.jp/k/minami#AbCdEfGhIjKlMnOpQr{at:04}"
        ),
    };
    MemberCards {
        cards: (0..many).map(card).collect(),
    }
}

pub fn receipt() -> Receipt {
    Receipt {
        number: "2026-0012".to_owned(),
        again: true,
        name: "川村 澄江".to_owned(),
        amount: "2,000".to_owned(),
        what: "2026年度 サポーター会費（2026年4月～2027年3月）".to_owned(),
        paid_on: "2026年（令和8年）11月20日".to_owned(),
    }
}

pub fn vouchers() -> Vouchers {
    let row = |day: usize| VoucherRow {
        day: format!("11月{day}日"),
        what: "金曜の食堂　調理".to_owned(),
        name: "川村 澄江".to_owned(),
        amount: "500".to_owned(),
        by: "佐藤 真由美".to_owned(),
    };
    Vouchers {
        title: "2026年11月の商店街の券　受け取り簿".to_owned(),
        rows: (1..=30).map(row).collect(),
        total: "15,000".to_owned(),
    }
}

/// So many courses to sign up for, and so many to just come to.
pub fn own(next: usize, open: usize) -> OwnSheet {
    let course = |day: usize, what: &str, words: &[&str]| OwnLine {
        day: format!("12月{day}日（金）"),
        hours: "13:30～15:00".to_owned(),
        what: what.to_owned(),
        words: words.iter().map(|words| (*words).to_owned()).collect(),
    };
    let hall = "商店街の集会室（2階）";
    OwnSheet {
        title: "川村 澄江 様　講座と見守りのお知らせ".to_owned(),
        mine: vec![
            course(4, "やさしい書道", &[hall, "参加：参加できます。"]),
            course(
                11,
                "クリスマスの寄せ植え",
                &[
                    hall,
                    "キャンセル待ち：席が空くのを待っています。前に2人の方がお待ちです。申し込みの早い順にご案内します。",
                ],
            ),
        ],
        next: (0..next)
            .map(|at| {
                course(
                    5 + at,
                    "スマートフォンの困りごと相談",
                    &[hall, "参加費 300円　持ち物 ご自分のスマートフォン　あと3人"],
                )
            })
            .collect(),
        more: true,
        open: (0..open)
            .map(|at| {
                course(
                    1 + at,
                    "公園体操",
                    &["ふれあい公園", "参加費 無料　持ち物 タオル、飲み物"],
                )
            })
            .collect(),
        vouchers: "12,500".to_owned(),
        agreed: vec![
            "どのくらい来ているか（回数が減った、間があいた）（4月10日（金）から）".to_owned(),
            "どんな役で来ているか（教える側・手伝う側から、参加だけになった）（4月10日（金）から）"
                .to_owned(),
        ],
        done: vec![
            "11月16日（月）からの週：これからも、ときどきお声をかけることにしました。".to_owned(),
        ],
    }
}
