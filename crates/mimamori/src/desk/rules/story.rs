//! The whole story of an inquiry, for the center that follows up.

use jiff::Timestamp;

use super::inquiry::{Came, Inquiry};
use super::step::Step;
use super::tier::Told;
use crate::clock::in_japan;
use crate::ids::StaffId;

/// What a story is told from.
pub struct Teller<'a> {
    /// The inquiry with its ending.
    pub inquiry: &'a Inquiry,
    /// What was opened.
    pub told: &'a [Told],
    /// What was done, the oldest first.
    pub steps: &'a [Step],
    /// The name of an account.
    pub name: &'a dyn Fn(Option<StaffId>) -> String,
}

/// The title of the follow-up.
pub fn title(name: &str) -> String {
    format!("{name} さんの様子を確かめる")
}

/// The story in paragraphs, the ending first: that is what the visitor needs.
pub fn story(teller: &Teller<'_>) -> String {
    let inquiry = teller.inquiry;
    let mut lines = vec![opening(inquiry)];
    if let Some(ending) = &inquiry.ending {
        lines.push(format!("いまいる場所：{}", ending.place_words()));
        lines.extend(labelled("センターへ：", &ending.wish));
        lines.extend(labelled("伝えたこと：", &ending.told));
    }
    let caller = &inquiry.caller;
    lines.extend(labelled("相手：", &caller.who()));
    lines.extend(labelled("折り返し先：", &caller.call_back));
    lines.extend(labelled("見つかった場所：", &caller.place));
    lines.extend(labelled("何があったか：", &caller.happened));
    lines.extend(
        caller
            .verified()
            .map(|how| format!("相手の確認：{}", how.word())),
    );
    for told in teller.told {
        lines.push(format!(
            "{} 開示：{}（{}）",
            clock(told.at),
            told.tier.word(),
            (teller.name)(told.by)
        ));
    }
    for step in teller.steps {
        lines.push(format!(
            "{} {}（{}）",
            clock(step.at),
            step.line(),
            (teller.name)(step.by)
        ));
    }
    lines.join("\n")
}

fn opening(inquiry: &Inquiry) -> String {
    let at = in_japan(inquiry.opened_at)
        .strftime("%-m月%-d日 %H:%M")
        .to_string();
    let kind = inquiry.kind.map_or("相手不明", |kind| kind.word());
    if inquiry.came != Came::Call {
        return format!("{at}、QRコードから知らせが届きました。");
    }
    let by = if inquiry.tag.is_some() {
        "番号で照会"
    } else {
        "名前で照会"
    };
    format!("{at}、{kind}から{by}がありました。")
}

fn labelled(label: &str, text: &str) -> Option<String> {
    let text = text.trim().replace(['\r', '\n'], " ");
    (!text.is_empty()).then(|| format!("{label}{text}"))
}

fn clock(at: Timestamp) -> String {
    in_japan(at).strftime("%-m/%-d %H:%M").to_string()
}
