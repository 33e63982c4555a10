//! Mail of the board. It travels through others' machines and is read by whoever holds the
//! telephone: it says that something came, and leads to a page. Nothing about the person stands in
//! it, nor what the finder said.

/// What a mail needs.
pub struct Letter<'a> {
    /// Who is written to.
    pub name: &'a str,
    /// The town's network.
    pub town: &'a str,
    /// The number to call now; empty where the town has none.
    pub phone: &'a str,
    /// The page it leads to.
    pub link: &'a str,
    /// Whether it is practice.
    pub drill: bool,
}

/// To a contact, after a finder wrote.
pub fn found(letter: &Letter<'_>) -> (String, String) {
    let Letter {
        name, town, phone, ..
    } = letter;
    let (mark, practice) = match letter.drill {
        true => (
            "【訓練】",
            "これは訓練のメールです。実際に困っている方はいません。\n\n",
        ),
        false => ("", ""),
    };
    let subject = format!("{mark}【{town}】QRコードから知らせが届きました");
    let link = letter.link;
    let body = format!(
        "{name} 様\n\n\
         {practice}緊急連絡先としてご登録いただいている方の持ち物のQRコードから、知らせが届きました。\n\
         次のページで内容を読み、返事ができます。\n\n{link}\n\n\
         このアドレスは{name} 様だけのものです。ほかの方に転送しないでください。3日で使えなくなります。\n\
         {}このメールには返信できません。\n\n{town}\n",
        call(phone)
    );
    (subject, body)
}

/// To somebody who shall prove that the address is theirs.
pub fn proof(letter: &Letter<'_>) -> (String, String) {
    let Letter {
        name,
        town,
        link,
        phone,
        ..
    } = letter;
    let subject = format!("【{town}】メールアドレスの確認");
    let body = format!(
        "{name} 様\n\n\
         {town}の緊急連絡先として、このメールアドレスをお聞きしました。\n\
         次のページをひらいて「このアドレスで受け取ります」を押してください。7日のうちにお願いします。\n\n{link}\n\n\
         これからQRコードの知らせが届いたときは、この差出人からメールでお知らせします。\n\
         お心当たりがないときは、何もせずにこのメールを消してください。\n{}\n{town}\n",
        call(phone)
    );
    (subject, body)
}

fn call(phone: &str) -> String {
    match phone {
        "" => String::new(),
        phone => format!("お電話は {phone} へ。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_says_so_first() {
        let mut letter = Letter {
            name: "南野 一郎",
            town: "みなみ町",
            phone: "03-0100-0001",
            link: "https://example.jp/family/x",
            drill: true,
        };
        let (subject, body) = found(&letter);
        assert!(subject.starts_with("【訓練】") && body.contains("訓練のメールです"));
        letter.drill = false;
        let (subject, body) = found(&letter);
        assert!(!subject.contains("訓練") && !body.contains("訓練"));
        assert!(body.contains(letter.link) && body.contains(letter.phone));
    }
}
