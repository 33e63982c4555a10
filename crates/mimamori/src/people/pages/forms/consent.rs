//! 同意, tier by tier.

use jiff::civil::Date;
use maud::{Markup, html};

use super::Sheet;
use crate::front::look::{Choice, Field, Kind, Problems, field, fieldset, radios};
use crate::people::pages::typed::{Reader, Typed, plain};
use crate::people::rules::{Answer, AnsweredBy, Consent, Given, Tier};

impl Sheet for Consent {
    fn fill(&self, typed: &mut Typed) {
        for tier in Tier::ALL {
            fill_tier(tier.code(), self.of(*tier), typed);
        }
    }

    fn read(reader: &mut Reader<'_>, _before: &Consent, today: Date) -> Option<Consent> {
        let identity = read_tier(reader, Tier::Identity, today);
        let medical = read_tier(reader, Tier::Medical, today);
        let board = read_tier(reader, Tier::Board, today);
        Some(Consent {
            identity: identity?,
            medical: medical?,
            board: board?,
        })
    }

    fn fields(typed: &Typed, problems: &Problems) -> Markup {
        html! { @for tier in Tier::ALL { (tier_fields(*tier, typed, problems)) } }
    }
}

fn fill_tier(code: &str, given: &Given, typed: &mut Typed) {
    let iso = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    typed.put(code, given.answer.code());
    typed.put(format!("{code}_on"), iso(given.on));
    typed.put(format!("{code}_withdrawn"), iso(given.withdrawn_on));
    if let AnsweredBy::Proxy { name, relation } = &given.by {
        typed.put(format!("{code}_proxy"), name);
        typed.put(format!("{code}_relation"), relation);
    }
}

/// A tier's answer; an answer without a date was given today.
fn read_tier(reader: &mut Reader<'_>, tier: Tier, today: Date) -> Option<Given> {
    let code = tier.code();
    let answer = reader.choice(code, Answer::from_code);
    let on = reader.date(&format!("{code}_on"));
    let withdrawn_on = reader.date(&format!("{code}_withdrawn"));
    let name = reader.line(&format!("{code}_proxy"), 100);
    let relation = reader.line(&format!("{code}_relation"), 30);
    if name.is_empty() && !relation.is_empty() {
        reader
            .problems
            .add(format!("{code}_proxy"), "代理の方の氏名を入れてください。");
    }
    if on.is_some_and(|on| on > today) {
        reader.problems.add(
            format!("{code}_on"),
            "日付が今日より先です。確かめてください。",
        );
    }
    let by = match name.is_empty() {
        true => AnsweredBy::Person,
        false => AnsweredBy::Proxy { name, relation },
    };
    Some(match answer? {
        Answer::NotAsked => Given::default(),
        answer => Given {
            answer,
            on: on.or(Some(today)),
            by,
            withdrawn_on,
        },
    })
}

fn tier_fields(tier: Tier, typed: &Typed, problems: &Problems) -> Markup {
    let code = tier.code();
    let name = |field: &str| format!("{code}_{field}");
    let (on, withdrawn) = (name("on"), name("withdrawn"));
    let (proxy, relation) = (name("proxy"), name("relation"));
    let choices: Vec<_> = Answer::ALL
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let mut answer = plain(code, "答え", Kind::Text, typed, problems);
    if answer.value.is_empty() {
        answer.value = Answer::NotAsked.code();
    }
    fieldset(
        tier.word(),
        html! {
            (radios(&answer, &choices))
            (field(&Field {
                hint: "空けておくと今日になります。例：R8.4.1、2026-04-01",
                ..plain(&on, "同意書の日付", Kind::Short, typed, problems)
            }))
            div.pair {
                (field(&Field {
                    hint: "本人のときは空けておきます。",
                    ..plain(&proxy, "代理の方の氏名", Kind::Text, typed, problems)
                }))
                (field(&plain(&relation, "代理の方の続柄", Kind::Short, typed, problems)))
            }
            (field(&Field {
                hint: "同意をやめると言われた日。続いているときは空けておきます。",
                ..plain(&withdrawn, "撤回した日", Kind::Short, typed, problems)
            }))
        },
    )
}
