//! The fields of a reception, in the order in which it goes.

use maud::{Markup, html};

use super::typed::Typed;
use crate::consultations::rules::{AgeBand, Alone, Source, Topic, Urgency, Way};
use crate::front::look::{Choice, Field, Kind, Problems, checks, field, fieldset, radios, select};

fn coded<T: Copy>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    word: impl Fn(T) -> &'static str,
) -> Vec<Choice<'static>> {
    all.iter()
        .map(|one| Choice::new(code(*one), word(*one)))
        .collect()
}

/// A field as it was typed.
pub fn of<'a>(
    typed: &'a Typed,
    problems: &'a Problems,
    name: &'a str,
    label: &'a str,
) -> Field<'a> {
    Field {
        name,
        label,
        value: typed.of(name),
        problem: problems.of(name),
        ..Field::default()
    }
}

/// How it came and who asks.
pub fn how(typed: &Typed, problems: &Problems) -> Markup {
    let must = |name, label| Field {
        required: true,
        ..of(typed, problems, name, label)
    };
    // Whom it is about is chosen: from here it goes on.
    let chosen = !typed.of("person").is_empty() || !typed.of("stranger").is_empty();
    fieldset(
        "受付",
        html! {
            (radios(&must("way", "方法"), &coded(Way::ALL, Way::code, Way::word)))
            (radios(&Field { focus: chosen && problems.is_empty(), ..must("from", "だれから") }, &coded(Source::ALL, Source::code, Source::word)))
            (field(&Field {
                hint: "ご本人でないときに。例：長女の春子さん 090-0111-2222",
                kind: Kind::Long,
                ..of(typed, problems, "asker", "相談された方の名前・連絡先")
            }))
        },
    )
}

/// What it is about.
pub fn what(typed: &Typed, problems: &Problems, topics: &[Topic]) -> Markup {
    let ticked = typed.all("topic");
    let listed = topics
        .iter()
        .filter(|one| !one.closed || ticked.contains(&&*one.code.to_string()));
    let codes: Vec<(String, &str)> = listed
        .map(|one| (one.code.to_string(), &*one.word))
        .collect();
    let choices: Vec<Choice<'_>> = codes
        .iter()
        .map(|(code, word)| Choice::new(code, word))
        .collect();
    let topic = Field {
        hint: "いくつでも選べます。",
        required: true,
        ..of(typed, problems, "topic", "内容")
    };
    let urgency = Field {
        required: true,
        ..of(typed, problems, "urgency", "急ぐか")
    };
    html! {
        (checks(&topic, &choices, &ticked))
        (radios(&urgency, &coded(Urgency::ALL, Urgency::code, Urgency::word)))
    }
}

/// What was said and answered; `beside` gives what stands under each of the two fields.
pub fn words(typed: &Typed, problems: &Problems, beside: impl Fn(&str) -> Markup) -> Markup {
    let area = |name, label, hint| {
        field(&Field {
            hint,
            kind: Kind::Textarea,
            ..of(typed, problems, name, label)
        })
    };
    html! {
        (area("said", "相談の内容（ことばで）", ""))
        (beside("said"))
        (area("answer", "答えたこと・したこと", ""))
        (beside("answer"))
    }
}

/// Whether it is finished, what comes next, how long it took.
pub fn ending(typed: &Typed, problems: &Problems) -> Markup {
    let choices = [
        Choice::new("closed", "終結（これで終わり）"),
        Choice::new("open", "継続（つづきがある）"),
    ];
    fieldset(
        "これから",
        html! {
            (radios(&Field { required: true, ..of(typed, problems, "closing", "終わったか") }, &choices))
            (field(&Field {
                hint: "例：長女に介護保険の申請書を渡す",
                kind: Kind::Long,
                ..of(typed, problems, "next", "次にすること（継続のとき）")
            }))
            div.pair {
                (field(&Field {
                    hint: "入れると、その日の「やること」になります。例：2026-11-26、R8.11.26",
                    kind: Kind::Short,
                    ..of(typed, problems, "next_on", "いつまでに")
                }))
                (field(&Field { kind: Kind::Number, ..of(typed, problems, "minutes", "かかった時間（分）") }))
            }
        },
    )
}

/// When it was received.
pub fn when(typed: &Typed, problems: &Problems) -> Markup {
    fieldset(
        "受け付けた日時",
        html! {
            div.pair {
                (field(&Field { kind: Kind::Short, ..of(typed, problems, "day", "日") }))
                (field(&Field { kind: Kind::Short, ..of(typed, problems, "time", "時刻") }))
            }
        },
    )
}

/// What is known of somebody who is not registered.
pub fn card(typed: &Typed, problems: &Problems) -> Markup {
    html! {
        div.pair {
            (field(&of(typed, problems, "name", "名前（わかるところまで）")))
            (field(&of(typed, problems, "kana", "よみ")))
            (field(&Field { kind: Kind::Tel, ..of(typed, problems, "phone", "電話") }))
            (field(&Field { kind: Kind::Long, ..of(typed, problems, "address", "住所（わかるところまで）") }))
            (select(&of(typed, problems, "age", "年齢"), &coded(AgeBand::ALL, AgeBand::code, AgeBand::word)))
            (select(&of(typed, problems, "alone", "ひとり暮らし"), &coded(Alone::ALL, Alone::code, Alone::word)))
        }
    }
}
