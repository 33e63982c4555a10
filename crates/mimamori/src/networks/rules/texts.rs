//! Words a town may change: legal bases of disclosure, and what strangers read.
//!
//! The defaults name articles of 個人情報の保護に関する法律 (平成15年法律第57号): article 27 for
//! private bodies, article 69 for public ones. Which applies is the town's [`Operator`].

use super::town::Operator;

/// A text of a town.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Text {
    /// Life, body or property is in danger and consent can't be had.
    BasisLife,
    /// The person agreed, at registration or now.
    BasisConsent,
    /// Police or another office performs a duty laid down by law.
    BasisDuty,
    /// A law demands it.
    BasisLaw,
    /// Within the purpose for which the register is kept.
    BasisPurpose,
    /// What a finder reads above the number to call.
    FinderPage,
    /// What a finder reads after writing.
    FinderSent,
    /// What a contact reads above a finder's words.
    FamilyPage,
    /// What the application asks consent for.
    PaperConsent,
    /// The message of the renewal postcard.
    PaperPostcard,
    /// What the card to carry asks whoever finds it.
    PaperCard,
    /// What whoever told of something reads.
    NoticeSent,
    /// What is asked after a course.
    CourseVoice,
    /// What they hear: all was well.
    NoticeSafe,
    /// What they hear: the center keeps an eye on it.
    NoticeWatch,
    /// What they hear: help has begun.
    NoticeCase,
    /// What they hear: another office takes it.
    NoticeOther,
    /// What they hear: a slip.
    NoticeMistaken,
}

/// Every text, in the order in which the page lists them.
pub const TEXTS: [Text; 18] = [
    Text::BasisLife,
    Text::BasisConsent,
    Text::BasisDuty,
    Text::BasisLaw,
    Text::BasisPurpose,
    Text::FinderPage,
    Text::FinderSent,
    Text::FamilyPage,
    Text::PaperConsent,
    Text::PaperPostcard,
    Text::PaperCard,
    Text::NoticeSent,
    Text::CourseVoice,
    Text::NoticeSafe,
    Text::NoticeWatch,
    Text::NoticeCase,
    Text::NoticeOther,
    Text::NoticeMistaken,
];

/// The legal bases, in the order in which the desk offers them.
pub const LEGAL_BASES: [Text; 5] = [
    Text::BasisLife,
    Text::BasisConsent,
    Text::BasisDuty,
    Text::BasisLaw,
    Text::BasisPurpose,
];

impl Text {
    /// The code kept in the database and, for a legal basis, in audit lines.
    pub const fn code(self) -> &'static str {
        match self {
            Text::BasisLife => "basis.life",
            Text::BasisConsent => "basis.consent",
            Text::BasisDuty => "basis.duty",
            Text::BasisLaw => "basis.law",
            Text::BasisPurpose => "basis.purpose",
            Text::FinderPage => "finder.page",
            Text::FinderSent => "finder.sent",
            Text::FamilyPage => "family.page",
            Text::PaperConsent => "paper.consent",
            Text::PaperPostcard => "paper.postcard",
            Text::PaperCard => "paper.card",
            Text::NoticeSent => "notice.sent",
            Text::CourseVoice => "course.voice",
            Text::NoticeSafe => "notice.safe",
            Text::NoticeWatch => "notice.watch",
            Text::NoticeCase => "notice.case",
            Text::NoticeOther => "notice.other",
            Text::NoticeMistaken => "notice.mistaken",
        }
    }

    /// The text of a code.
    pub fn from_code(code: &str) -> Option<Text> {
        TEXTS.into_iter().find(|text| text.code() == code)
    }

    /// What the text is for.
    pub const fn title(self) -> &'static str {
        match self {
            Text::BasisLife => "開示の根拠：生命・身体・財産を守るため",
            Text::BasisConsent => "開示の根拠：本人の同意",
            Text::BasisDuty => "開示の根拠：警察などの法令に定める事務",
            Text::BasisLaw => "開示の根拠：法令に基づく場合",
            Text::BasisPurpose => "開示の根拠：登録の目的の範囲内",
            Text::FinderPage => {
                "QRコードのページの案内文（日本語のページで、電話番号の上に出ます）"
            }
            Text::FinderSent => "QRから知らせを送った方への案内文（日本語のページに出ます）",
            Text::FamilyPage => "知らせを読むご家族への案内文（メールのリンクの先に出ます）",
            Text::PaperConsent => "申請書兼同意書の、同意をお願いする文",
            Text::PaperPostcard => "更新のはがきの本文（だれの目にも触れます）",
            Text::PaperCard => "携帯カードの、見つけた人へのひとこと",
            Text::NoticeSent => "気づきを知らせた方へのお礼",
            Text::CourseVoice => {
                "講座のあとの質問（ひとこと。答えは「よかった・ふつう・もうひとつ」）"
            }
            Text::NoticeSafe => "気づきの結果の知らせ：無事を確認したとき",
            Text::NoticeWatch => "気づきの結果の知らせ：見守りを続けるとき",
            Text::NoticeCase => "気づきの結果の知らせ：支援につないだとき",
            Text::NoticeOther => "気づきの結果の知らせ：ほかの機関へつないだとき",
            Text::NoticeMistaken => "気づきの結果の知らせ：心配のないことがわかったとき",
        }
    }

    /// What the text is for, without what every legal basis begins with.
    pub fn short(self) -> &'static str {
        self.title().trim_start_matches("開示の根拠：")
    }

    /// The words until the town writes its own.
    pub const fn default_words(self, operator: Operator) -> &'static str {
        match operator {
            Operator::Public => self.public_words(),
            Operator::Private => self.private_words(),
        }
    }

    const fn public_words(self) -> &'static str {
        match self {
            Text::BasisLife => {
                "個人情報保護法第69条第2項第4号（本人以外の者に提供することが明らかに本人の利益になるとき）"
            }
            Text::BasisConsent => "個人情報保護法第69条第2項第1号（本人の同意があるとき）",
            Text::BasisDuty => {
                "個人情報保護法第69条第2項第3号（他の行政機関等の法令の定める事務に必要な限度での提供で、相当の理由があるとき）"
            }
            Text::BasisLaw => "個人情報保護法第69条第1項（法令に基づく場合）",
            Text::BasisPurpose => "個人情報保護法第69条第1項（利用目的の範囲内の利用・提供）",
            Text::FinderPage => FINDER_WORDS,
            Text::FinderSent => SENT_WORDS,
            Text::FamilyPage => FAMILY_WORDS,
            Text::PaperConsent => CONSENT_WORDS,
            Text::PaperPostcard => POSTCARD_WORDS,
            Text::PaperCard => CARD_WORDS,
            Text::NoticeSent => NOTICE_SENT_WORDS,
            Text::CourseVoice => COURSE_VOICE_WORDS,
            Text::NoticeSafe => NOTICE_SAFE_WORDS,
            Text::NoticeWatch => NOTICE_WATCH_WORDS,
            Text::NoticeCase => NOTICE_CASE_WORDS,
            Text::NoticeOther => NOTICE_OTHER_WORDS,
            Text::NoticeMistaken => NOTICE_MISTAKEN_WORDS,
        }
    }

    const fn private_words(self) -> &'static str {
        match self {
            Text::BasisLife => {
                "個人情報保護法第27条第1項第2号（人の生命、身体又は財産の保護のために必要で、本人の同意を得ることが困難であるとき）"
            }
            Text::BasisConsent => "個人情報保護法第27条第1項（あらかじめ本人の同意を得ているとき）",
            Text::BasisDuty => {
                "個人情報保護法第27条第1項第4号（国の機関等の法令の定める事務への協力で、本人の同意を得ることにより支障を及ぼすおそれがあるとき）"
            }
            Text::BasisLaw => "個人情報保護法第27条第1項第1号（法令に基づく場合）",
            Text::BasisPurpose => "個人情報保護法第18条（特定した利用目的の範囲内の利用）",
            Text::FinderPage => FINDER_WORDS,
            Text::FinderSent => SENT_WORDS,
            Text::FamilyPage => FAMILY_WORDS,
            Text::PaperConsent => CONSENT_WORDS,
            Text::PaperPostcard => POSTCARD_WORDS,
            Text::PaperCard => CARD_WORDS,
            Text::NoticeSent => NOTICE_SENT_WORDS,
            Text::CourseVoice => COURSE_VOICE_WORDS,
            Text::NoticeSafe => NOTICE_SAFE_WORDS,
            Text::NoticeWatch => NOTICE_WATCH_WORDS,
            Text::NoticeCase => NOTICE_CASE_WORDS,
            Text::NoticeOther => NOTICE_OTHER_WORDS,
            Text::NoticeMistaken => NOTICE_MISTAKEN_WORDS,
        }
    }
}

/// The page itself thanks, and says first when to call 119.
const FINDER_WORDS: &str = "お困りの様子でしたら、見守りネットワークにお電話ください。";

/// The family may be none: the words are the same for everybody.
const SENT_WORDS: &str = "見守りネットワークの職員に届きました。登録のあるご家族などにもお知らせしています。できれば、その方のそばで少しお待ちください。";

/// What can be done at once.
const FAMILY_WORDS: &str =
    "内容を読んで、下のボタンで返事をしてください。返事は、見つけた方の画面にすぐ出ます。";

const CONSENT_WORDS: &str = "この申請書に書いた内容は、見守りネットワークのためにだけ使います。\nわたしが外出中に困っているとき、救急や災害のときに、警察・消防・病院などから番号の照会があった場合、必要な内容を伝えることに同意するかどうかを、下の表で答えます。";

/// A postcard is read by whoever has it in hand: it tells nothing of how somebody lives.
const POSTCARD_WORDS: &str = "年に一度、ご登録の内容に変わりがないかをお確かめいただいています。センターの窓口へお越しください。10分ほどで終わります。\nお越しになれないときは、お電話ください。電話やご訪問でも確かめられます。";

const CARD_WORDS: &str = "もし私が困っていたら、ここに電話して番号を伝えてください。";

const NOTICE_SENT_WORDS: &str = "お知らせをありがとうございました。地域包括支援センターの職員が確かめます。気づいてくださった方のお名前を、ご本人やご近所にお伝えすることはありません。";

/// One question, answered by one tap.
const COURSE_VOICE_WORDS: &str = "今日の講座は、いかがでしたか。";

/// What became of it names nobody, no place and no illness: whoever reads it may live next door.
const NOTICE_SAFE_WORDS: &str = "先日はお知らせをありがとうございました。職員が確かめ、ご無事であることがわかりました。おかげさまで、早く様子を知ることができました。";

const NOTICE_WATCH_WORDS: &str = "先日はお知らせをありがとうございました。職員が確かめました。これからも地域のみなさまと一緒に見守ってまいります。また気になることがありましたら、お知らせください。";

const NOTICE_CASE_WORDS: &str = "先日はお知らせをありがとうございました。職員が確かめ、必要な手助けができるよう動いています。お知らせがきっかけになりました。";

const NOTICE_OTHER_WORDS: &str =
    "先日はお知らせをありがとうございました。職員が確かめ、担当する機関へ引き継ぎました。";

const NOTICE_MISTAKEN_WORDS: &str = "先日はお知らせをありがとうございました。職員が確かめたところ、心配なことはありませんでした。気にかけてくださることが、いちばんの見守りです。";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_and_each_operator_has_its_own_law() {
        for text in TEXTS {
            assert_eq!(Text::from_code(text.code()), Some(text));
        }
        assert!(
            Text::BasisLife
                .default_words(Operator::Private)
                .contains("第27条第1項第2号")
        );
        assert!(
            Text::BasisLife
                .default_words(Operator::Public)
                .contains("第69条第2項第4号")
        );
    }
}
