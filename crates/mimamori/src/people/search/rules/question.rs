//! What was typed into the search box, taken apart.

use words::address::Address;
use words::date::PartialDate;
use words::digits;
use words::kanji::is_kanji;
use words::phone::Phone;
use words::postcode::Postcode;
use words::search::NotAName;

/// What is asked for beside the text.
#[derive(Clone, Copy, Default)]
pub struct Filters {
    /// Birth date, or only the year.
    pub born: Option<PartialDate>,
}

/// Why nothing was looked for; the sentence is for whoever typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The name can't be read as one.
    #[error(transparent)]
    Name(#[from] NotAName),
    /// A year or a month alone: thousands have it.
    #[error(
        "生まれ年だけでは人数が多すぎます。お名前もいっしょに入れるか、生年月日を日まで入れてください。"
    )]
    YearAlone,
    /// One to three digits.
    #[error("数字が短すぎます。電話番号は下4けたから探せます。")]
    FewDigits,
}

/// A text taken apart. Has no `Debug`: it is somebody's name or number.
#[derive(Default)]
pub struct Question {
    /// What is left for a name.
    pub name: Option<String>,
    /// Birth date, or only the year.
    pub born: Option<PartialDate>,
    /// A whole phone number's digits.
    pub phone: Option<String>,
    /// The last four digits of a phone.
    pub phone_end: Option<String>,
    /// Seven digits.
    pub postcode: Option<String>,
    /// An address or a part of one.
    pub address: Option<Address>,
    /// The text as one word: a roster's own number may be anything.
    pub word: Option<String>,
    /// What to say if nobody is found: the text says too little, unless it is a roster's number.
    pub doubt: Option<Unread>,
}

/// The fewest digits of a phone that say anything.
const FEWEST: usize = 4;
/// Nobody alive was born before; a smaller number of four digits is the end of a phone.
const EARLIEST_YEAR: i16 = 1900;

impl Question {
    /// Takes apart what was typed: a name in any script, a birth date in any notation, a phone or
    /// its last digits, a postcode, an address; or a name with one of them (`たかはし 昭和13`).
    ///
    /// # Errors
    /// [`Unread`], with a sentence in Japanese.
    pub fn read(typed: &str, filters: Filters) -> Result<Question, Unread> {
        let words: Vec<&str> = typed
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | '，'))
            .filter(|word| !word.is_empty())
            .collect();
        let mut question = Question::default();
        match words.as_slice() {
            [] if filters.born.is_none() => return Err(NotAName::Empty.into()),
            [] => {}
            [one] => {
                question.word = Some((*one).to_owned());
                question.take(one, false);
            }
            many => {
                // 03 0123 4567, 昭和13年 3月7日: together they are one thing.
                if !question.take_number(&many.concat(), false) {
                    many.iter().for_each(|word| question.take(word, true));
                }
            }
        }
        question.born = filters.born.or(question.born);
        question.checked()
    }

    fn checked(self) -> Result<Question, Unread> {
        let vague = self.born.is_some_and(|born| born.full().is_none());
        let other = self.name.is_some()
            || self.phone.is_some()
            || self.phone_end.is_some()
            || self.postcode.is_some()
            || self.address.is_some();
        match vague && !other {
            true => Err(Unread::YearAlone),
            false => Ok(self),
        }
    }

    fn take(&mut self, word: &str, among_others: bool) {
        let begun = self.address.as_ref().map(Address::as_written);
        if let Some(begun) = begun.filter(|_| is_house_number(word)) {
            self.address = Address::parse(&format!("{begun}{word}")).ok();
            return;
        }
        if self.take_number(word, among_others) {
            return;
        }
        if word.chars().any(char::is_numeric) && word.chars().any(|c| is_kanji(c) || is_kana(c)) {
            self.address = Address::parse(word).ok();
            return;
        }
        let name = self.name.take();
        self.name = Some(name.map_or(word.to_owned(), |name| format!("{name} {word}")));
    }

    /// Dates, phones, postcodes. Beside a name, four digits that may be a birth year are one;
    /// alone they are the end of a phone.
    fn take_number(&mut self, text: &str, among_others: bool) -> bool {
        let dated = text.chars().any(char::is_numeric);
        let born = PartialDate::parse(text).ok().filter(|_| dated);
        let Some(digits) = plain_digits(text) else {
            self.born = born.or(self.born);
            return born.is_some();
        };
        if let Ok(phone) = Phone::parse(text) {
            self.phone = Some(phone.digits());
            return true;
        }
        let plausible = born.filter(|born| born.year() >= EARLIEST_YEAR);
        let whole = plausible.is_some_and(|born| born.month().is_some());
        if whole || (among_others && plausible.is_some()) {
            self.born = plausible;
            return true;
        }
        if digits.len() == 7 && (text.contains('〒') || is_written_3_4(text)) {
            self.postcode = Postcode::parse(text).ok().map(Postcode::digits);
            return true;
        }
        match digits.len().checked_sub(FEWEST) {
            Some(end) => self.phone_end = Some(digits[end..].to_owned()),
            None => self.doubt = Some(Unread::FewDigits),
        }
        true
    }
}

/// The digits of a text of nothing but digits and what stands between them.
fn plain_digits(text: &str) -> Option<String> {
    let bare = text.replace(['〒', '(', ')', '（', '）'], "");
    let only = bare.chars().all(|c| !c.is_alphabetic() || c == 'ー');
    let digits = digits::fold(&bare).ok().filter(|_| only)?;
    (!digits.is_empty()).then_some(digits)
}

/// 143-0016: three, one sign, four.
fn is_written_3_4(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(|c| c.is_numeric());
    chars.len() == 8 && (0..8).all(|at| digit(at) == (at != 3))
}

/// `2-3`, `12番3号` after the name of a place.
fn is_house_number(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_numeric)
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ん' | 'ァ'..='ヺ')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(typed: &str) -> Question {
        Question::read(typed, Filters::default()).ok().unwrap()
    }

    fn born(typed: &str) -> Option<String> {
        read(typed).born.map(|born| born.iso())
    }

    #[test]
    fn names_stay_names() {
        for name in [
            "ヤマダハナコ",
            "山田 花子",
            "YAMADA HANAKO",
            "三七",
            "ｵｵﾀ ﾊﾅ",
            "一二三 八十八",
        ] {
            let question = read(name);
            assert_eq!(question.name.as_deref(), Some(name), "{name}");
            assert!(
                question.born.is_none() && question.phone_end.is_none(),
                "{name}"
            );
        }
    }

    #[test]
    fn a_birth_date_in_any_notation() {
        for typed in [
            "昭和13年3月7日",
            "S13.3.7",
            "1938/3/7",
            "19380307",
            "昭和13年 3月7日",
            "１９３８－３－７",
        ] {
            assert_eq!(born(typed).as_deref(), Some("1938-03-07"), "{typed}");
            assert!(read(typed).name.is_none(), "{typed}");
        }
    }

    #[test]
    fn a_name_with_a_year() {
        for typed in [
            "たかはし 昭和13",
            "たかはし 1938",
            "たかはし　S13",
            "昭和13年 たかはし",
        ] {
            assert_eq!(born(typed).as_deref(), Some("1938"), "{typed}");
            assert_eq!(read(typed).name.as_deref(), Some("たかはし"), "{typed}");
        }
    }

    #[test]
    fn phones_whole_or_their_end() {
        for typed in ["03-0123-4567", "０３（０１２３）４５６７", "03 0123 4567"] {
            assert_eq!(read(typed).phone.as_deref(), Some("0301234567"), "{typed}");
        }
        for typed in ["4567", "01234567", "-4567", "タナカ 4567"] {
            assert_eq!(read(typed).phone_end.as_deref(), Some("4567"), "{typed}");
        }
        assert_eq!(
            read("1938").phone_end.as_deref(),
            Some("1938"),
            "alone it is a phone's end"
        );
    }

    #[test]
    fn postcodes_and_addresses() {
        assert_eq!(read("143-0016").postcode.as_deref(), Some("1430016"));
        assert_eq!(
            read("〒１４３－００１６").postcode.as_deref(),
            Some("1430016")
        );
        for typed in ["みなみ町2丁目12", "みなみ町2-12", "みなみ町2丁目 12"] {
            let address = read(typed).address.unwrap();
            assert_eq!(address.key(), "みなみ町2-12", "{typed}");
        }
        let both = read("山田 みなみ町2-12");
        assert!(both.name.as_deref() == Some("山田") && both.address.is_some());
    }

    #[test]
    fn what_says_too_little_says_so() {
        let refused = |typed: &str| Question::read(typed, Filters::default()).err();
        assert_eq!(refused("　"), Some(Unread::Name(NotAName::Empty)));
        assert_eq!(refused("昭和13年"), Some(Unread::YearAlone));
        assert_eq!(read("123").doubt, Some(Unread::FewDigits));
    }
}
