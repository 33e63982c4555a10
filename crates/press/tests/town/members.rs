//! Cards of invented supporters, and a receipt.

use press::{MemberCard, MemberCards, Receipt, VoucherRow, Vouchers};

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
