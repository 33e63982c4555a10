//! Mail to contacts who agreed to it.
//!
//! Mail is read by whoever holds the telephone, and travels through others' machines: it says that
//! the desk asks to be called, and nothing about the person, neither name, place nor health.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::coded;
use crate::clock::in_japan;

coded! {
    /// Where a mail stands.
    MailState {
        /// 送信待ち
        Queued "queued" "送信待ち",
        /// 送信済み
        Sent "sent" "送信しました",
        /// 送れなかった
        GivenUp "given_up" "送れませんでした",
    }
}

/// A mail; sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Mail address of the contact.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

/// The words to a contact: who asks to be called, and where.
pub fn words_for(contact: &str, town: &str, phone: &str, now: Timestamp) -> (String, String) {
    let at = in_japan(now).strftime("%-m月%-d日 %H:%M").to_string();
    let subject = format!("【{town}】お電話のお願い");
    let body = format!(
        "{contact} 様\n\n\
         緊急連絡先としてご登録いただいている方のことで、{at}にご連絡がありました。\n\
         お手数ですが、次の番号にお電話ください。\n\n{phone}\n\n\
         くわしいことはお電話でお伝えします。このメールには返信できません。\n\n{town}\n"
    );
    (subject, body)
}

/// Minutes until the next try after so many: within the hour a mail has arrived or is given up,
/// since by then the desk must have called somebody else.
const WAITS: [i64; 5] = [1, 2, 5, 15, 30];

/// When to try again after `tries` failures, in milliseconds since 1970; `None`: given up.
pub fn next_try(tries: i64, at: i64) -> Option<i64> {
    let wait = usize::try_from(tries - 1)
        .ok()
        .and_then(|index| WAITS.get(index))?;
    Some(at + wait * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_given_up_within_the_hour() {
        let mut at = 0;
        let mut tries = 1;
        while let Some(next) = next_try(tries, at) {
            (at, tries) = (next, tries + 1);
        }
        assert_eq!((tries, at), (6, 53 * 60_000));
    }

    #[test]
    fn a_mail_says_whom_to_call_and_nothing_else() {
        let (subject, body) = words_for(
            "南野 一郎",
            "みなみ町見守り",
            "03-0100-0001",
            Timestamp::UNIX_EPOCH,
        );
        assert!(subject.contains("みなみ町見守り") && body.contains("03-0100-0001"));
        assert!(!body.contains("http"), "a link is not for families");
    }
}
