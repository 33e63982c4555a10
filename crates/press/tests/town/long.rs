//! Papers with more on them than most.

use press::{Letter, Line, Question, Questionnaire};

use super::letter;

/// A letter whose labels are as long as sentences.
pub fn erased() -> Letter {
    let what = "このお知らせを出したこと、その日付と、担当したセンターの名前";
    let why =
        "あとからお問い合わせがあったときに、お答えするためです。お名前やご住所は残りません。";
    Letter {
        details: vec![
            Line::new(what, why),
            Line::new("", "お手もとのタグは、はさみを入れてから捨ててください。"),
            Line::new("番号", why),
        ],
        ..letter()
    }
}

/// A questionnaire that was answered and judged.
pub fn questionnaire() -> Questionnaire {
    let questions = (1..=25).map(|at| Question {
        number: at.to_string(),
        text: "バスや電車で1人で外出していますか".to_owned(),
        choices: vec!["はい".to_owned(), "いいえ".to_owned()],
        chosen: Some(at % 2),
        measured: String::new(),
        counts: at % 2 == 1,
    });
    Questionnaire {
        title: "基本チェックリスト".to_owned(),
        name: "南野 花子".to_owned(),
        kana: "ミナミノ ハナコ".to_owned(),
        born: "1936年（昭和11年）1月2日".to_owned(),
        on: "2026年（令和8年）11月24日".to_owned(),
        way: "紙から入力".to_owned(),
        mark: "該当".to_owned(),
        questions: questions.collect(),
        results: vec![
            Line::new("運動器の機能（6～10）", "5問中3問に該当　基準に該当します"),
            Line::new("栄養（11・12）", "2問中1問に該当"),
        ],
        notes: vec!["基準は、介護予防マニュアルによります。".to_owned()],
    }
}
