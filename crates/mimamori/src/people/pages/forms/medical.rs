//! 医療情報.

use jiff::civil::Date;
use maud::{Markup, html};

use super::Sheet;
use super::blocks::count;
use crate::front::look::{
    Choice, Field, Kind, Problems, Weight, button, field, fieldset, hidden, radios,
};
use crate::people::pages::typed::{Reader, Typed, plain};
use crate::people::rules::{Clinic, Known, MOST_CLINICS, Medical};

const LONGEST: usize = 1000;

impl Sheet for Medical {
    const BLOCKS: Option<(&'static str, usize)> = Some(("k", MOST_CLINICS));

    fn fill(&self, typed: &mut Typed) {
        for (clinic, at) in self.clinics.iter().zip(1..) {
            typed.put(format!("k{at}_institution"), &clinic.institution);
            typed.put(format!("k{at}_department"), &clinic.department);
            typed.put(format!("k{at}_doctor"), &clinic.doctor);
            let phone = clinic.phone.as_ref().map(ToString::to_string);
            typed.put(format!("k{at}_phone"), phone.unwrap_or_default());
        }
        fill_known("illnesses", &self.illnesses, typed);
        fill_known("drugs", &self.drugs, typed);
        fill_known("allergies", &self.allergies, typed);
    }

    fn read(reader: &mut Reader<'_>, _before: &Medical, _today: Date) -> Option<Medical> {
        let mut clinics = Vec::new();
        for at in 1..=MOST_CLINICS {
            clinics.extend(read_clinic(reader, at));
        }
        Some(Medical {
            clinics,
            illnesses: read_known(reader, "illnesses"),
            drugs: read_known(reader, "drugs"),
            allergies: read_known(reader, "allergies"),
        })
    }

    fn fields(typed: &Typed, problems: &Problems) -> Markup {
        let total = count(typed, "k").max(1);
        html! {
            @for at in 1..=total { (clinic_fields(at, total, typed, problems)) }
            @if total < MOST_CLINICS {
                p { (button(Weight::Secondary, "かかりつけの欄を増やす", "do", "add")) }
            }
            (known_fields("illnesses", "病歴", typed, problems))
            (known_fields("drugs", "服薬", typed, problems))
            (known_fields("allergies", "アレルギー", typed, problems))
        }
    }
}

fn fill_known(name: &str, known: &Known, typed: &mut Typed) {
    typed.put(name, known.code());
    if let Known::Listed(text) = known {
        typed.put(format!("{name}_text"), text);
    }
}

/// A clinic, where its block is filled.
fn read_clinic(reader: &mut Reader<'_>, at: usize) -> Option<Clinic> {
    let institution = reader.line(&format!("k{at}_institution"), 80);
    let department = reader.line(&format!("k{at}_department"), 40);
    let doctor = reader.line(&format!("k{at}_doctor"), 40);
    let phone = reader.phone(&format!("k{at}_phone"));
    let filled = !department.is_empty() || !doctor.is_empty() || phone.is_some();
    if institution.is_empty() && filled {
        let words = "医療機関の名前を入れてください。";
        reader.problems.add(format!("k{at}_institution"), words);
    }
    (!institution.is_empty()).then_some(Clinic {
        institution,
        department,
        doctor,
        phone,
    })
}

/// What was typed counts as listed, whatever was ticked; ticking "listed" wants a text.
fn read_known(reader: &mut Reader<'_>, name: &str) -> Known {
    let field = format!("{name}_text");
    let text = reader.paragraph(&field, LONGEST);
    match (reader.get(name), text.is_empty()) {
        ("none" | "none_in_roster", false) => {
            let words =
                "「なし」が選ばれていますが、内容が書かれています。どちらかにしてください。";
            reader.problems.add(field, words);
            Known::NotConfirmed
        }
        ("none", true) => Known::None,
        ("none_in_roster", true) => Known::NoneInRoster,
        ("listed", true) => {
            let words = "内容を書いてください。わからないときは「未確認」を選んでください。";
            reader.problems.add(field, words);
            Known::NotConfirmed
        }
        (_, false) => Known::Listed(text),
        (_, true) => Known::NotConfirmed,
    }
}

fn clinic_fields(at: usize, total: usize, typed: &Typed, problems: &Problems) -> Markup {
    let name = |field: &str| format!("k{at}_{field}");
    let (institution, department) = (name("institution"), name("department"));
    let (doctor, phone) = (name("doctor"), name("phone"));
    fieldset(
        &format!("かかりつけ{at}"),
        html! {
            (field(&plain(&institution, "医療機関", Kind::Text, typed, problems)))
            div.pair {
                (field(&plain(&department, "診療科", Kind::Text, typed, problems)))
                (field(&plain(&doctor, "主治医", Kind::Text, typed, problems)))
            }
            (field(&plain(&phone, "電話", Kind::Tel, typed, problems)))
            (hidden(&name("was"), ""))
            p.block-acts {
                @if at > 1 { (button(Weight::Quiet, &format!("かかりつけ{at}を1つ上へ"), "do", &format!("up-{at}"))) }
                @if total > 1 { (button(Weight::Quiet, &format!("かかりつけ{at}を消す"), "do", &format!("drop-{at}"))) }
            }
        },
    )
}

fn known_fields(name: &str, label: &str, typed: &Typed, problems: &Problems) -> Markup {
    let text = format!("{name}_text");
    let mut choices = vec![
        Choice::new("listed", "あり（下に書く）"),
        Choice::new("none", "なし（本人か家族に確かめた）"),
        Choice::new("not_confirmed", "未確認"),
    ];
    // Nobody chooses it anew: it is what an import left until somebody asks.
    if typed.get(name) == "none_in_roster" {
        choices.insert(
            2,
            Choice::new(
                "none_in_roster",
                "なし（名簿の記載のまま。まだ確かめていない）",
            ),
        );
    }
    let mut asked = plain(name, label, Kind::Text, typed, problems);
    if asked.value.is_empty() {
        asked.value = "not_confirmed";
    }
    let words = format!("{label}の内容");
    html! {
        (radios(&asked, &choices))
        (field(&Field { kind: Kind::Textarea, ..plain(&text, &words, Kind::Textarea, typed, problems) }))
    }
}
