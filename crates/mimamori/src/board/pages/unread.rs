//! A QR address that leads nowhere: worn, misread, or never given out. Which of these is not said,
//! and no town is known; what helps the person is the same. In both languages at once, since
//! nothing here can be chosen by whoever stands beside them.

use maud::{Markup, html};

use crate::front::look::{self, PublicShell, Tone, dial};

/// The words of the page in one language.
struct Words {
    title: &'static str,
    why: &'static str,
    hurt_title: &'static str,
    hurt: &'static str,
    ambulance: &'static str,
    read_out: &'static str,
    lost: &'static str,
    police: &'static str,
    private: &'static str,
}

const JAPANESE: Words = Words {
    title: "このQRコードからは、連絡先がわかりません",
    why: "QRコードがよごれているか、アドレスが途中で切れているようです。お声がけをありがとうございます。次のようにしていただけますか。",
    hurt_title: "けがをしている、意識がないときは、先に119番へ",
    hurt: "すぐに119番に電話してください。",
    ambulance: "救急車を呼ぶ",
    read_out: "品物に書いてある電話番号に電話して、書いてある番号をはじめから順にゆっくり読み上げてください。職員がご家族などに連絡します。",
    lost: "道に迷っている様子で、電話番号が見あたらないときは、警察（110番）に電話してください。",
    police: "警察に電話する",
    private: "このページには、お持ちの方の名前や住所は出ません。",
};

const ENGLISH: Words = Words {
    title: "This QR code does not lead to a contact",
    why: "The code may be worn, or the address may have been cut short. Thank you for stopping to help. Please do this:",
    hurt_title: "If the person is injured or unconscious, call 119 first",
    hurt: "Call 119 for an ambulance at once.",
    ambulance: "Call an ambulance",
    read_out: "Call the telephone number printed on the tag and read out the number printed on it, slowly, from the beginning. Staff will then contact the family.",
    lost: "If the person seems lost and there is no telephone number on the tag, call the police (110).",
    police: "Call the police",
    private: "This page does not show the person's name or address.",
};

const JAPANESE_SLOWED: Words = Words {
    title: "いま混み合っています",
    why: "1分ほどたってから、もう一度QRコードを読み取ってください。お声がけをありがとうございます。お急ぎのときは、次のようにしていただけますか。",
    ..JAPANESE
};

const ENGLISH_SLOWED: Words = Words {
    title: "This page is very busy now",
    why: "Please read the QR code again in about a minute. Thank you for stopping to help. If it is urgent, please do this:",
    ..ENGLISH
};

/// The page, in Japanese and then in English.
pub fn page() -> Markup {
    both(&JAPANESE, &ENGLISH)
}

/// The same for somebody at an address from which many come: the way to help stays.
pub fn slowed() -> Markup {
    both(&JAPANESE_SLOWED, &ENGLISH_SLOWED)
}

fn both(japanese: &Words, english: &Words) -> Markup {
    let shell = PublicShell {
        network_name: "見守りネットワーク",
        ..PublicShell::default()
    };
    let body = html! {
        p lang="en" { a href="#english" { "English" } }
        (part(japanese))
        div #english lang="en" { (look::section(english.title, part(english))) }
    };
    look::public_page(&shell, japanese.title, body)
}

fn part(words: &Words) -> Markup {
    html! {
        p { (words.why) }
        (look::notice(Tone::Danger, words.hurt_title, html! {
            p { (words.hurt) }
            (dial("tel:119", "119", words.ambulance))
        }))
        p { (words.read_out) }
        p { (words.lost) }
        (dial("tel:110", "110", words.police))
        p { (words.private) }
    }
}
