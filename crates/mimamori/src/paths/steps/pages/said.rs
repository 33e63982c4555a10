//! Days, states and outcomes as pages say them.

use jiff::civil::Date;
use maud::{Markup, html};
use words::date::PartialDate;

use crate::front::look::{Problems, Tone, chip};
use crate::paths::steps::rules::{Path, Seen, Step, StepPlan, StepState, outcomes};

/// 「2026年（令和8年）4月1日」.
pub fn day(day: Date) -> String {
    PartialDate::from(day).both()
}

/// How a path looks today, in a few words.
pub fn seen(seen: Seen) -> Markup {
    match seen {
        Seen::Late(days) => chip(Tone::Danger, &format!("{days}日遅れています")),
        Seen::Still(days) => chip(Tone::Warning, &format!("{days}日動きがありません")),
        Seen::Due(0) => chip(Tone::Warning, "今日まで"),
        Seen::Due(days) => chip(Tone::Plain, &format!("あと{days}日")),
        Seen::Open => chip(Tone::Plain, "期限なし"),
        Seen::Over => chip(Tone::Good, "終わりました"),
    }
}

/// The step that is due first, or waits first.
pub fn next(path: &Path) -> String {
    let at = path.next_due().map(|(at, _)| at).or(path.current());
    let step = at.and_then(|at| path.steps.get(at));
    step.map_or(String::new(), |step| step.plan.word.clone())
}

/// Where a step stands.
pub fn state(path: &Path, at: usize, today: Date) -> Markup {
    let Some(step) = path.steps.get(at) else {
        return html! {};
    };
    match (step.state, path.due(at)) {
        (StepState::Waiting, Some(due)) if due < today => chip(Tone::Danger, "期限をすぎています"),
        (StepState::Waiting, _) => chip(Tone::Plain, StepState::Waiting.word()),
        (StepState::Done, _) => chip(Tone::Good, StepState::Done.word()),
        (StepState::Skipped, _) => chip(Tone::Notice, StepState::Skipped.word()),
    }
}

/// What was said of a step: what came out, its term, words, and each delay.
pub fn said(path: &Path, step: &Step) -> Markup {
    let outcome = outcomes(path.base, &step.plan.code)
        .iter()
        .find(|one| one.code == step.said.outcome);
    html! {
        @if let Some(outcome) = outcome { strong { (outcome.word) } " " }
        @if let Some((first, last)) = step.said.term { "（" (day(first)) "～" (day(last)) "）" }
        @for line in step.said.words.lines() { p { (line) } }
        @for delay in &step.delays {
            p { small { (day(delay.to)) "まで延期：" (delay.why) "（" (delay.on.strftime("%-m月%-d日").to_string()) "に決めた）" } }
        }
    }
}

/// 「30日以内（最初の段階が済んだ日から）」.
pub fn term(plan: &StepPlan) -> String {
    match plan.days {
        Some(days) => format!("{days}日以内（{}）", plan.counted.word()),
        None => "期限なし".to_owned(),
    }
}

/// Reads a day; `default` where nothing is typed.
pub fn read_day(
    name: &str,
    typed: &str,
    default: Option<Date>,
    problems: &mut Problems,
) -> Option<Date> {
    if typed.trim().is_empty() {
        return default;
    }
    words::date::parse_full(typed)
        .map_err(|problem| problems.add(name, problem.to_string()))
        .ok()
}
