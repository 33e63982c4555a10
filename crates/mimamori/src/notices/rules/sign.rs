//! What can be noticed, and how much it says.
//!
//! Weights and half-lives are judgements, not measurements: docs/EVIDENCE.md says how they were chosen.

use std::ops::RangeInclusive;

/// Weights in tenths: 10 for "worth a note", 100 for "somebody may be dying".
pub const WEIGHTS: RangeInclusive<i64> = 1..=100;

/// Days after which a sign says half as much.
pub const HALF_LIVES: RangeInclusive<i64> = 1..=365;

/// The most characters of a sign's words in one language.
pub const MOST_LABEL: usize = 80;

/// The most signs a town has.
pub const MOST_SIGNS: usize = 48;

/// One sign of the town's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Its code, kept with each notice.
    pub code: String,
    /// In Japanese.
    pub ja: String,
    /// In easy Japanese.
    pub easy: String,
    /// In English.
    pub en: String,
    /// How much it says, in tenths.
    pub weight: i64,
    /// Days after which it says half as much.
    pub half_life: i64,
    /// Whether a life may be in danger now.
    pub danger: bool,
    /// Whether forms offer it.
    pub used: bool,
    /// Grows with every change; 0 where it is as the program has it.
    pub version: i64,
}

/// Code, Japanese, easy Japanese, English, weight in tenths, half-life in days, danger.
type Built = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
    bool,
);

/// The signs as the program has them, in the order of the forms.
const BUILT: [Built; 15] = [
    (
        "collapsed",
        "倒れている、呼んでも返事がない",
        "たおれています。呼んでも 返事が ありません",
        "Somebody has collapsed or does not answer",
        100,
        3,
        true,
    ),
    (
        "gas",
        "ガスや物のこげるにおいがする",
        "ガスの におい、なにかが もえる においが します",
        "Smell of gas or of something burning",
        90,
        3,
        true,
    ),
    (
        "post",
        "新聞や郵便物が何日もたまっている",
        "新聞や 手紙が 何日も たまっています",
        "Newspapers or mail have piled up for days",
        50,
        14,
        false,
    ),
    (
        "laundry",
        "洗濯物が何日も干したままになっている",
        "せんたく物が 何日も 外に あります",
        "Laundry has been left out for days",
        40,
        14,
        false,
    ),
    (
        "lights",
        "昼も明かりがついている、または夜も何日も暗い",
        "昼も 電気が ついています。または、夜も ずっと 暗いです",
        "Lights on by day, or dark for several nights",
        40,
        14,
        false,
    ),
    (
        "unseen",
        "しばらく姿を見ていない",
        "しばらく 会っていません",
        "Not seen for some time",
        50,
        14,
        false,
    ),
    (
        "smell",
        "家から、いつもとちがうにおいがする",
        "家から いつもと ちがう においが します",
        "An unusual smell from the home",
        70,
        14,
        false,
    ),
    (
        "shouting",
        "どなり声や泣き声、大きな物音がする",
        "大きな 声や 泣く 声、大きな 音が します",
        "Shouting, crying or loud noise",
        60,
        30,
        false,
    ),
    (
        "bruises",
        "あざやけががある",
        "けがを しています",
        "Bruises or injuries",
        70,
        60,
        false,
    ),
    (
        "lost",
        "道に迷っている様子だった",
        "道が わからないようでした",
        "Seemed to be lost in the street",
        50,
        60,
        false,
    ),
    (
        "shopping",
        "同じ物を何度も買う、支払いに困っている",
        "おなじ 物を 何回も 買います。お金を 払うとき 困っています",
        "Buys the same things again and again, or has trouble paying",
        30,
        60,
        false,
    ),
    (
        "confused",
        "話がかみ合わない、約束や曜日を何度も確かめる",
        "話が わかりにくいです。おなじことを 何回も 聞きます",
        "Conversation does not connect; asks the same again and again",
        30,
        90,
        false,
    ),
    (
        "changed",
        "やせた、足もとがふらつく、身なりが変わった",
        "やせました。歩くとき あぶないです。服が いつもと ちがいます",
        "Thinner, unsteady, or no longer cares for clothes",
        40,
        60,
        false,
    ),
    (
        "money",
        "知らない人の出入りや、高い買い物が続いている",
        "知らない 人が よく 来ます。高い 物を 何回も 買っています",
        "Strangers come and go, or one expensive purchase after another",
        50,
        60,
        false,
    ),
    (
        "other",
        "そのほか、気になることがある",
        "ほかに 心配なことが あります",
        "Something else is worrying",
        20,
        30,
        false,
    ),
];

/// The code of a sign that other rooms of the program tell, never offered on a form: no answer.
pub const SILENT: &str = "silent";

/// Codes of signs that professionals look for in people they meet, in the order of their form. What
/// forms of notices offer, they offer too.
pub const OBSERVED: [&str; 9] = [
    "walking", "dress", "mood", "hearing", "memory", "weight", "eating", "bruises", "other",
];

/// Signs of other rooms, which no form of notices offers.
const BUILT_ROOMS: [Built; 8] = [
    (
        SILENT,
        "更新のお願いに、どの段階でも返事がない",
        "返事が ありません",
        "No answer to any step of the yearly renewal",
        60,
        60,
        false,
    ),
    (
        "walking",
        "歩き方が変わった（ふらつく、つまずく、遅くなった）",
        "歩きかたが 前と ちがいます",
        "Walks differently: unsteady, stumbling, slower",
        30,
        60,
        false,
    ),
    (
        "dress",
        "身なりが変わった（同じ服、汚れ、季節に合わない）",
        "服や かみが 前と ちがいます",
        "Dress or grooming has changed",
        30,
        60,
        false,
    ),
    (
        "mood",
        "元気がない、表情が暗い、怒りっぽくなった",
        "元気が ありません",
        "Low, gloomy or short-tempered",
        30,
        60,
        false,
    ),
    (
        "hearing",
        "聞こえにくそう、見えにくそう",
        "耳や 目が わるくなったようです",
        "Hears or sees less well",
        20,
        90,
        false,
    ),
    (
        "memory",
        "同じ話をくり返す、約束や手順を忘れる",
        "おなじ話を します。よく わすれます",
        "Repeats the same; forgets appointments or steps",
        30,
        90,
        false,
    ),
    (
        "weight",
        "やせた、むくんでいる",
        "やせました。または、むくんでいます",
        "Thinner, or swollen",
        40,
        60,
        false,
    ),
    (
        "eating",
        "食べる量が減った、むせる",
        "あまり 食べません。または、むせます",
        "Eats less, or chokes",
        30,
        60,
        false,
    ),
];

fn sign(built: &Built, used: bool) -> Sign {
    let (code, ja, easy, en, weight, half_life, danger) = *built;
    Sign {
        code: code.to_owned(),
        ja: ja.to_owned(),
        easy: easy.to_owned(),
        en: en.to_owned(),
        weight,
        half_life,
        danger,
        used,
        version: 0,
    }
}

/// The signs as the program has them.
pub fn built_in() -> Vec<Sign> {
    let offered = BUILT.iter().map(|built| sign(built, true));
    let of_rooms = BUILT_ROOMS.iter().map(|built| sign(built, false));
    offered.chain(of_rooms).collect()
}

/// Whether the code belongs to other rooms, and is not for forms of notices.
pub fn is_of_rooms(code: &str) -> bool {
    BUILT_ROOMS.iter().any(|built| built.0 == code)
}

/// The town's list: the program's, each as the town changed it, then the town's own.
pub fn merged(own: Vec<Sign>) -> Vec<Sign> {
    let mut all = built_in();
    let mut more = Vec::new();
    for sign in own {
        match all.iter_mut().find(|one| one.code == sign.code) {
            Some(one) => *one = sign,
            None => more.push(sign),
        }
    }
    all.extend(more);
    all
}

/// The sign of a code.
pub fn find<'a>(signs: &'a [Sign], code: &str) -> Option<&'a Sign> {
    signs.iter().find(|sign| sign.code == code)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_program_has_sound_signs() {
        let all = built_in();
        for sign in &all {
            assert!(WEIGHTS.contains(&sign.weight) && HALF_LIVES.contains(&sign.half_life));
            for words in [&sign.ja, &sign.easy, &sign.en] {
                assert!(
                    !words.is_empty() && words.chars().count() <= MOST_LABEL,
                    "{words}"
                );
            }
            assert_eq!(all.iter().filter(|one| one.code == sign.code).count(), 1);
        }
        assert!(all.first().unwrap().danger, "what can't wait comes first");
    }

    #[test]
    fn every_sign_that_is_looked_for_is_one_of_the_program() {
        let all = built_in();
        assert!(OBSERVED.iter().all(|code| find(&all, code).is_some()));
    }

    #[test]
    fn a_town_changes_what_is_there_and_adds_its_own() {
        let mut post = built_in()
            .into_iter()
            .find(|one| one.code == "post")
            .unwrap();
        post.weight = 80;
        let snow = Sign {
            code: "own-1".to_owned(),
            ..post.clone()
        };
        let all = merged(vec![post, snow]);
        assert_eq!(all.len(), built_in().len() + 1);
        assert_eq!(find(&all, "post").unwrap().weight, 80);
        assert_eq!(all.last().unwrap().code, "own-1");
    }
}
