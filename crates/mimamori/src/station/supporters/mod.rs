//! Supporters: residents who take part in the Station, carry it and pay a yearly fee.
//!
//! A supporter need not be anybody of the register. Who of them is somebody registered is said by a
//! person, with the reason, and never guessed from a name; it is taken back as easily.
//!
//! Promises (`tests/house/station/supporters/`, and beside the rules):
//! - whoever joins twice is met by name or telephone before that;
//! - whoever leaves comes back as the same supporter;
//! - a card leads to whose it is by its number, read in any way, or by its QR; a stranger learns nothing
//!   from it, and one that was lost leads nowhere;
//! - a fee is paid once however often and at however many desks; receipts are numbered without gaps;
//! - who told that they will be away is away in lists, and one time away does not meet another;
//! - names and telephones are sealed, and found by keyed tokens;
//! - what is known goes with the erased record, or on somebody's own wish; what was paid stays, as
//!   nobody's.

mod acts;
mod pages;
mod rules;
mod store;

pub use acts::{
    BELONGING, Forget, bring_in, by_card, change, change_away, come_back, drop_away, erase, fee_of,
    give_card, join, leave, like, pay, print_receipt, renew_card, reopen, set_fee_rules,
    settle_card, stay, tell_away, tie, untie, waive,
};
pub use pages::doors;
pub use rules::{
    Away, AwayKind, ByCard, Card, CardState, Details, Fee, FeeRules, KeptAway, MOST_LINE,
    MOST_NAME, MOST_SUPPORTERS, MOST_WORDS, Reach, Receipt, ReceiptNumber, Refusal, Settled,
    Standing, Supporter, Term, Terms, Years, qr_text,
};
pub use store::{
    fee_rules, find, forget_in, list, list_all_aways, list_aways, list_cards, list_cards_in_use,
    list_matching, list_of_person, receipts_of, reseal_supporters, secret_of, years_of,
    years_of_all,
};
