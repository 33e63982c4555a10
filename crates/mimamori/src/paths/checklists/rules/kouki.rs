//! 後期高齢者の質問票: 15 questions.

use super::checklist::{Choice, Question};

const YES: &[Choice] = &[Choice::new("はい", 1), Choice::new("いいえ", 0)];
const NO: &[Choice] = &[Choice::new("はい", 0), Choice::new("いいえ", 1)];
const HEALTH: &[Choice] = &[
    Choice::new("よい", 0),
    Choice::new("まあよい", 0),
    Choice::new("ふつう", 0),
    Choice::new("あまりよくない", 1),
    Choice::new("よくない", 2),
];
const CONTENT: &[Choice] = &[
    Choice::new("満足", 0),
    Choice::new("やや満足", 0),
    Choice::new("やや不満", 1),
    Choice::new("不満", 2),
];
const TOBACCO: &[Choice] = &[
    Choice::new("吸っている", 1),
    Choice::new("吸っていない", 0),
    Choice::new("やめた", 0),
];

/// The questions of 厚生労働省「後期高齢者の質問票」 (since April 2020), in its order and words. The
/// form has no total and no threshold. Which answers are worth a word follows from what is asked;
/// it is a mark for the reader and no judgement.
pub const KOUKI: [Question; 15] = [
    Question::new(1, "あなたの現在の健康状態はいかがですか", HEALTH),
    Question::new(2, "毎日の生活に満足していますか", CONTENT),
    Question::new(3, "1日3食きちんと食べていますか", NO),
    Question::new(
        4,
        "半年前に比べて固いもの（さきいか、たくあんなど）が食べにくくなりましたか",
        YES,
    ),
    Question::new(5, "お茶や汁物等でむせることがありますか", YES),
    Question::new(6, "6か月間で2～3kg以上の体重減少がありましたか", YES),
    Question::new(7, "以前に比べて歩く速度が遅くなってきたと思いますか", YES),
    Question::new(8, "この1年間に転んだことがありますか", YES),
    Question::new(9, "ウォーキング等の運動を週に1回以上していますか", NO),
    Question::new(
        10,
        "周りの人から「いつも同じことを聞く」などの物忘れがあると言われていますか",
        YES,
    ),
    Question::new(11, "今日が何月何日かわからない時がありますか", YES),
    Question::new(12, "あなたはたばこを吸いますか", TOBACCO),
    Question::new(13, "週に1回以上は外出していますか", NO),
    Question::new(14, "ふだんから家族や友人と付き合いがありますか", NO),
    Question::new(15, "体調が悪いときに、身近に相談できる人がいますか", NO),
];
