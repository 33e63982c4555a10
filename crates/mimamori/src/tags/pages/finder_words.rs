//! What a finder reads, in three languages.

use crate::front::look::Language;

/// The words of the page in one language.
pub struct Words {
    /// For `lang`.
    pub code: &'static str,
    /// The language, named in itself.
    pub label: &'static str,
    /// The heading.
    pub title: &'static str,
    /// What to do first.
    pub hurt_title: &'static str,
    /// When to do it.
    pub hurt: &'static str,
    /// The button for the ambulance.
    pub ambulance: &'static str,
    /// The button for the police.
    pub police: &'static str,
    /// Whom to call; `None` in Japanese, where the town has words of its own for it.
    pub call: Option<&'static str>,
    /// What to say there.
    pub read_out: &'static str,
    /// The town's number is not known here.
    pub no_phone: &'static str,
    /// What this page does not tell.
    pub private: &'static str,
}

/// Japanese, Japanese in easy words, English.
pub const LANGUAGES: [Words; 3] = [JAPANESE, EASY, ENGLISH];

const JAPANESE: Words = Words {
    code: "ja",
    label: "日本語",
    title: "お声がけをありがとうございます",
    hurt_title: "急ぐときは、先に119番へ",
    hurt: "けがをしている、意識がない、息が苦しそうなときは、すぐに119番に電話してください。",
    ambulance: "救急車を呼ぶ",
    police: "警察に電話する",
    call: None,
    read_out: "品物に書いてある11けたの番号を、はじめから順にゆっくり読み上げてください。職員がご家族などに連絡します。",
    no_phone: "品物に書いてある電話番号にお電話ください。わからないときは、警察（110番）にご相談ください。",
    private: "このページには、お持ちの方の名前や住所は出ません。",
};

const EASY: Words = Words {
    code: "ja-simple",
    label: "やさしい日本語",
    title: "声を かけてくれて ありがとうございます",
    hurt_title: "あぶないときは、さきに 119に 電話してください",
    hurt: "けがを している人、呼んでも 返事を しない人、息が 苦しそうな人が いたら、すぐに 119に 電話してください。",
    ambulance: "救急車を 呼びます",
    police: "警察に 電話します",
    call: Some("この人が 困っていたら、下の 番号に 電話してください。"),
    read_out: "ものに 11の 数字が 書いてあります。はじめから ひとつずつ ゆっくり 読んでください。町の 人が 家族に 電話します。",
    no_phone: "ものに 電話番号が 書いてあります。そこに 電話してください。わからないときは、警察（110）に 電話してください。",
    private: "このページに 名前や 住所は ありません。",
};

const ENGLISH: Words = Words {
    code: "en",
    label: "English",
    title: "Thank you for stopping to help",
    hurt_title: "In an emergency, call 119 first",
    hurt: "If the person is injured, unconscious or has trouble breathing, call 119 for an ambulance at once.",
    ambulance: "Call an ambulance",
    police: "Call the police",
    call: Some(
        "If the person seems lost or in trouble, please call the town's watch-over network.",
    ),
    read_out: "Read out the 11-digit number printed on the tag, slowly, from the beginning. Staff will then contact the family.",
    no_phone: "Please call the telephone number printed on the tag. If there is none, call the police (110).",
    private: "This page does not show the person's name or address.",
};

/// The words of a language; Japanese where it is none of ours.
pub fn words_of(code: &str) -> &'static Words {
    LANGUAGES
        .iter()
        .find(|words| words.code == code)
        .unwrap_or(&LANGUAGES[0])
}

/// The choice of languages, each a link to the same page.
pub fn choice(now: &Words) -> Vec<Language<'static>> {
    const HREFS: [&str; 3] = ["?lang=ja", "?lang=ja-simple", "?lang=en"];
    LANGUAGES
        .iter()
        .zip(HREFS)
        .map(|(words, href)| Language {
            code: words.code,
            label: words.label,
            href,
            current: words.code == now.code,
        })
        .collect()
}
