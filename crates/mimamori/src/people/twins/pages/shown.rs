//! How two records compare, in words and figures.

use maud::{Markup, html};

use crate::front::look::{self, Head, Tone};
use crate::people::rules::{Contacts, Identity, Part};
use crate::people::twins::rules::{Field, Level, Likeness, REVIEW, shown};

/// The text of a compared field.
fn text(field: Field, identity: &Identity, contacts: &Contacts) -> String {
    let kana = |kana: &Option<words::kana::Reading>| {
        kana.as_ref()
            .map_or(String::new(), |kana| format!("（{}）", kana.as_str()))
    };
    match field {
        Field::Family => format!("{}{}", identity.name.family(), kana(&identity.family_kana)),
        Field::Given => format!("{}{}", identity.name.given(), kana(&identity.given_kana)),
        Field::Sex => identity.sex.word().to_owned(),
        Field::Born => identity.born.both(),
        Field::Address => identity
            .address
            .as_ref()
            .map_or(String::new(), ToString::to_string),
        Field::Phones => {
            let all = identity.phones.iter().map(ToString::to_string);
            all.collect::<Vec<_>>().join("、")
        }
        Field::Contacts => {
            let all = contacts.0.iter().map(|one| one.name.clone());
            all.collect::<Vec<_>>().join("、")
        }
        Field::Number => identity.old_number.clone().unwrap_or_default(),
    }
}

/// One record as far as it is compared.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// 基本情報
    pub identity: &'a Identity,
    /// 緊急連絡先
    pub contacts: &'a Contacts,
}

/// Field by field, with the weight of each, what is taken away, and the sum.
pub fn table(likeness: &Likeness, heads: [&str; 2], a: Side<'_>, b: Side<'_>) -> Markup {
    let head = [
        Head::new("項目"),
        Head::new(heads[0]),
        Head::new(heads[1]),
        Head::new("くらべた結果"),
        Head::figures("重み"),
    ];
    let mut rows: Vec<Vec<Markup>> = Field::ALL
        .iter()
        .map(|field| {
            let level = likeness.levels.iter().find(|level| level.field() == *field);
            row(*field, level.copied(), a, b)
        })
        .collect();
    let blank = || html! { "—" };
    if likeness.home() < 0 {
        rows.push(vec![
            html! { "同じ世帯の分" },
            blank(),
            blank(),
            html! { "同じ世帯の別の方でもそろう分を引く" },
            html! { (shown(likeness.home())) },
        ]);
    }
    rows.push(vec![
        html! { strong { "合計" } },
        blank(),
        blank(),
        html! { (verdict(likeness)) },
        html! { strong { (shown(likeness.sum())) } },
    ]);
    look::table("項目ごとの見くらべ", &head, &rows)
}

fn row(field: Field, level: Option<Level>, a: Side<'_>, b: Side<'_>) -> Vec<Markup> {
    let told = |side: Side<'_>| match text(field, side.identity, side.contacts) {
        text if text.is_empty() => html! { span.none { "（なし）" } },
        text => html! { (text) },
    };
    let (result, weight) = match level {
        Some(level) => {
            let tone = match level.bits() {
                ..=-10 => Tone::Warning,
                -9..=9 => Tone::Plain,
                _ => Tone::Good,
            };
            (look::chip(tone, level.word()), shown(level.bits()))
        }
        None => (html! { "くらべていません" }, "0".to_owned()),
    };
    vec![
        html! { (field.word()) },
        told(a),
        told(b),
        result,
        html! { (weight) },
    ]
}

/// Whether somebody should look, in words.
fn verdict(likeness: &Likeness) -> Markup {
    match likeness.is_likely() {
        true => html! { (shown(REVIEW)) "以上なので、同じ方かもしれません" },
        false => html! { (shown(REVIEW)) "より小さいので、別の方と思われます" },
    }
}

/// What the figures mean, for whoever meets them for the first time.
pub fn legend() -> Markup {
    html! {
        p { small {
            "重みは、その結果が「同じ方」のときに「別の方」のときの何倍起こりやすいかを、2の何乗かで表したものです。"
            "＋10.0は約1000倍、−5.0は約32分の1です。足し合わせた合計が" (shown(REVIEW)) "以上の組だけをお見せします。"
            "氏名だけがそろっても、この合計にはなりません。決めるのは職員です。"
        } }
    }
}

/// Lines of a group as one text.
pub fn lines(part: &impl Part) -> String {
    let items = part.items().into_iter();
    let filled = items.filter(|item| !item.text.is_empty());
    let all = filled.map(|item| format!("{}：{}", item.label, item.text));
    all.collect::<Vec<_>>().join("／")
}
