//! 基本チェックリスト: 25 questions.

use super::checklist::{Choice, Question};

/// Counts where the answer is いいえ.
const NO: &[Choice] = &[Choice::new("はい", 0), Choice::new("いいえ", 1)];
/// Counts where the answer is はい.
const YES: &[Choice] = &[Choice::new("はい", 1), Choice::new("いいえ", 0)];
/// Not asked: follows from height and weight.
const MEASURED: &[Choice] = &[];

/// The questions of the national form, 厚生労働省「基本チェックリスト」 (介護予防・日常生活支援総合事業の
/// ガイドライン, 様式第一), in its order and words. Numbers 1–8, 16 and 19 count where the answer is
/// いいえ, the others where it is はい; number 12 counts below a BMI of 18.5.
pub const KIHON: [Question; 25] = [
    Question::new(1, "バスや電車で1人で外出していますか", NO),
    Question::new(2, "日用品の買い物をしていますか", NO),
    Question::new(3, "預貯金の出し入れをしていますか", NO),
    Question::new(4, "友人の家を訪ねていますか", NO),
    Question::new(5, "家族や友人の相談にのっていますか", NO),
    Question::new(6, "階段を手すりや壁をつたわらずに昇っていますか", NO),
    Question::new(
        7,
        "椅子に座った状態から何もつかまらずに立ち上がっていますか",
        NO,
    ),
    Question::new(8, "15分位続けて歩いていますか", NO),
    Question::new(9, "この1年間に転んだことがありますか", YES),
    Question::new(10, "転倒に対する不安は大きいですか", YES),
    Question::new(11, "6か月間で2～3kg以上の体重減少がありましたか", YES),
    Question::new(12, "身長と体重（BMIが18.5未満）", MEASURED),
    Question::new(13, "半年前に比べて固いものが食べにくくなりましたか", YES),
    Question::new(14, "お茶や汁物等でむせることがありますか", YES),
    Question::new(15, "口の渇きが気になりますか", YES),
    Question::new(16, "週に1回以上は外出していますか", NO),
    Question::new(17, "昨年と比べて外出の回数が減っていますか", YES),
    Question::new(
        18,
        "周りの人から「いつも同じ事を聞く」などの物忘れがあると言われますか",
        YES,
    ),
    Question::new(
        19,
        "自分で電話番号を調べて、電話をかけることをしていますか",
        NO,
    ),
    Question::new(20, "今日が何月何日かわからない時がありますか", YES),
    Question::new(21, "（ここ2週間）毎日の生活に充実感がない", YES),
    Question::new(
        22,
        "（ここ2週間）これまで楽しんでやれていたことが楽しめなくなった",
        YES,
    ),
    Question::new(
        23,
        "（ここ2週間）以前は楽にできていたことが今ではおっくうに感じられる",
        YES,
    ),
    Question::new(24, "（ここ2週間）自分が役に立つ人間だと思えない", YES),
    Question::new(25, "（ここ2週間）わけもなく疲れたような感じがする", YES),
];
