//! Answers, scores and judgements as pages say them.

use jiff::civil::Date;
use words::date::PartialDate;

use crate::front::look::Tone;
use crate::paths::checklists::rules::{
    self, Answers, Checklist, Judged, Question, Score, Sheet, Verdict,
};

/// 「2026年（令和8年）4月1日」.
pub fn day(day: Date) -> String {
    PartialDate::from(day).both()
}

/// What was answered, in the words of the form.
pub fn answer(answers: &Answers, question: &Question) -> String {
    if question.is_measured() {
        return measured(answers);
    }
    let chosen = answers.chosen(question.number).map(usize::from);
    let choice = chosen.and_then(|at| question.choices.get(at.checked_sub(1)?));
    choice.map_or("未回答", |choice| choice.word).to_owned()
}

fn measured(answers: &Answers) -> String {
    let height = answers.height.map(|of| format!("{}cm", tenths(of)));
    let weight = answers.weight.map(|of| format!("{}kg", tenths(of)));
    let bmi = answers.bmi().map(|of| format!("（BMI {of}）"));
    match (height, weight) {
        (None, None) => "未回答".to_owned(),
        (height, weight) => format!(
            "{}・{}{}",
            height.as_deref().unwrap_or("身長は未回答"),
            weight.as_deref().unwrap_or("体重は未回答"),
            bmi.unwrap_or_default()
        ),
    }
}

/// 1525 as 「152.5」.
pub fn tenths(number: u32) -> String {
    format!("{}.{}", number / 10, number % 10)
}

/// 「3点（5問中4問に回答）」
pub fn score(score: &Score) -> String {
    format!(
        "{}点（{}問中{}問に回答）",
        score.points,
        score.of,
        score.answered()
    )
}

/// 「7番・12番」
pub fn numbers(numbers: &[u8]) -> String {
    let words: Vec<String> = numbers.iter().map(|number| format!("{number}番")).collect();
    words.join("・")
}

/// One criterion's judgement.
pub fn judged(judged: &Judged) -> (Tone, String) {
    match judged {
        Judged::Met => (Tone::Warning, "該当".to_owned()),
        Judged::NotMet => (Tone::Plain, "非該当".to_owned()),
        Judged::Open(open) => (
            Tone::Notice,
            format!("未回答で変わります（{}）", numbers(open)),
        ),
    }
}

/// All criteria together: the tone, the headline, what follows.
pub fn verdict(verdict: &Verdict) -> (Tone, &'static str, String) {
    match verdict {
        Verdict::Met(met) => {
            let marks: String = met.iter().map(|one| one.mark).collect();
            (
                Tone::Warning,
                "事業対象者の基準に該当します",
                format!(
                    "該当した基準：{marks}。サービスにつなぐかどうかは、このあとのケアマネジメントで決めます。"
                ),
            )
        }
        Verdict::NotMet => (
            Tone::Good,
            "事業対象者の基準に該当しません",
            "どの基準にも該当しません。".to_owned(),
        ),
        Verdict::Open(open) => (
            Tone::Notice,
            "未回答があるため、まだ判定できません",
            format!(
                "答えによって判定が変わるのは、{}です。未回答は「いいえ」として数えていません。",
                numbers(open)
            ),
        ),
    }
}

/// What was measured, for paper; empty where nothing was, or where nothing is measured.
pub fn measured_on_paper(one: &Checklist, question: &Question) -> String {
    let nothing = one.answers.height.is_none() && one.answers.weight.is_none();
    match question.is_measured() && !nothing {
        true => measured(&one.answers),
        false => String::new(),
    }
}

/// What it comes to, line by line, and what to know of that.
pub fn told_on_paper(one: &Checklist) -> (Vec<(String, String)>, Vec<String>) {
    if one.answered() == 0 {
        // A form to be filled in by hand.
        return (Vec::new(), Vec::new());
    }
    if one.sheet == Sheet::Kouki {
        let lines = vec![("回答".to_owned(), answered(one))];
        let note =
            "この質問票には、国が定めた合計点や判定はありません。●は質問の向きから付けた目印です。";
        return (lines, vec![note.to_owned()]);
    }
    let (_, title, words) = verdict(&rules::verdict(&one.answers));
    let mut lines = vec![("判定".to_owned(), format!("{title}。{words}"))];
    for (criterion, score_of, of) in rules::judged(&one.answers) {
        let label = format!("{} {}", criterion.mark, criterion.word);
        lines.push((label, format!("{}　{}", score(&score_of), judged(&of).1)));
    }
    let note = "厚生労働省の基準（平成27年厚生労働省告示第197号、基本チェックリスト様式）による判定です。未回答は「いいえ」として数えていません。";
    (lines, vec![note.to_owned()])
}

/// 「25問中23問に回答」
pub fn answered(one: &Checklist) -> String {
    format!(
        "{}問中{}問に回答",
        one.sheet.questions().len(),
        one.answered()
    )
}

/// How a question of either sheet is marked where its answer weighs.
pub const fn mark(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Kihon => "該当",
        Sheet::Kouki => "気になる答え",
    }
}
