//! Cards of invented supporters, and a receipt.

use press::{MemberCard, MemberCards, Receipt};

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
