//! Mail to who told. It says nothing of what was told, nor of anybody.

use crate::desk::Mail;

/// Thanks at once.
pub fn thanks(to: &str, town: &str, words: &str, phone: &str) -> Mail {
    letter(
        to,
        town,
        &format!("【{town}】お知らせをありがとうございました"),
        words,
        phone,
    )
}

/// What became of it.
pub fn outcome(to: &str, town: &str, words: &str, phone: &str) -> Mail {
    letter(
        to,
        town,
        &format!("【{town}】お知らせいただいたことについて"),
        words,
        phone,
    )
}

fn letter(to: &str, town: &str, subject: &str, words: &str, phone: &str) -> Mail {
    let call = match phone {
        "" => String::new(),
        phone => format!("お気づきのことがまたありましたら {phone} へお電話ください。\n"),
    };
    Mail {
        to: to.to_owned(),
        subject: subject.to_owned(),
        body: format!(
            "{words}\n\n{call}急ぐときは119番・110番へ。このメールには返信できません。\n\n{town}\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_carries_the_words_and_whom_to_call() {
        let mail = thanks(
            "a@example.jp",
            "みなみ町",
            "ありがとうございました。",
            "03-0100-0001",
        );
        assert!(mail.body.starts_with("ありがとうございました。"));
        assert!(mail.body.contains("03-0100-0001") && mail.subject.contains("みなみ町"));
        assert!(
            !outcome("a@example.jp", "みなみ町", "無事でした。", "")
                .body
                .contains("お電話")
        );
    }
}
