//! 介護・センターの記録, and what a finder should know.

use jiff::civil::Date;
use maud::{Markup, html};

use super::Sheet;
use crate::front::look::{Choice, Field, Kind, Problems, field, fieldset, select};
use crate::people::pages::typed::{Reader, Typed, plain};
use crate::people::rules::{Care, Certification, Finder};

const LONGEST: usize = 2000;

impl Sheet for Care {
    fn fill(&self, typed: &mut Typed) {
        typed.put("certification", self.certification.code());
        typed.put("insurer", &self.insurer);
        typed.put(
            "valid_until",
            self.valid_until
                .map_or(String::new(), |day| day.to_string()),
        );
        typed.put("manager_name", &self.manager_name);
        typed.put("manager_office", &self.manager_office);
        let phone = self.manager_phone.as_ref().map(ToString::to_string);
        typed.put("manager_phone", phone.unwrap_or_default());
        typed.put("notes", &self.notes);
        typed.put("remarks", &self.remarks);
    }

    fn read(reader: &mut Reader<'_>, _before: &Care, _today: Date) -> Option<Care> {
        let certification = reader.choice("certification", Certification::from_code);
        let insurer = reader.maybe("insurer", insurer);
        Some(Care {
            insurer: insurer.unwrap_or_default(),
            valid_until: reader.date("valid_until"),
            manager_name: reader.line("manager_name", 60),
            manager_office: reader.line("manager_office", 80),
            manager_phone: reader.phone("manager_phone"),
            notes: reader.paragraph("notes", LONGEST),
            remarks: reader.paragraph("remarks", LONGEST),
            certification: certification?,
        })
    }

    fn fields(typed: &Typed, problems: &Problems) -> Markup {
        let named = |name, label, kind| plain(name, label, kind, typed, problems);
        html! {
            (fieldset("要介護認定", certification_fields(typed, problems)))
            (fieldset("ケアマネジャー", html! {
                div.pair {
                    (field(&named("manager_name", "氏名", Kind::Text)))
                    (field(&named("manager_phone", "電話", Kind::Tel)))
                }
                (field(&named("manager_office", "事業所", Kind::Text)))
            }))
            (field(&named("notes", "センターの記録", Kind::Textarea)))
            (field(&Field {
                hint: "例：合鍵は大家さんが持っている。犬がいる。",
                ..named("remarks", "鍵・備考", Kind::Textarea)
            }))
        }
    }
}

fn certification_fields(typed: &Typed, problems: &Problems) -> Markup {
    let named = |name, label| plain(name, label, Kind::Short, typed, problems);
    let choices = Certification::ALL.iter();
    let choices: Vec<_> = choices
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    html! {
        (select(&named("certification", "認定"), &choices))
        (field(&Field { hint: "6けた", ..named("insurer", "保険者番号") }))
        (field(&Field { hint: "例：R9.3.31、2027-03-31", ..named("valid_until", "認定の有効期限") }))
    }
}

/// 保険者番号: six digits.
fn insurer(text: &str) -> Result<String, String> {
    let digits = words::digits::fold(text).map_err(|problem| problem.to_string())?;
    match digits.len() {
        6 => Ok(digits),
        typed => Err(format!(
            "保険者番号は6けたです（いま{typed}けた）。介護保険証の表で確かめてください。"
        )),
    }
}

impl Sheet for Finder {
    fn fill(&self, typed: &mut Typed) {
        typed.put("notes", &self.notes);
    }

    fn read(reader: &mut Reader<'_>, _before: &Finder, _today: Date) -> Option<Finder> {
        Some(Finder {
            notes: reader.paragraph("notes", 400),
        })
    }

    fn fields(typed: &Typed, problems: &Problems) -> Markup {
        field(&Field {
            hint: "見つけてくださった方が、お名前を知らずに読む文です。氏名・住所・電話は書かないでください。例：耳が遠いので、正面からゆっくり話してください。",
            ..plain("notes", "発見した方へ", Kind::Textarea, typed, problems)
        })
    }
}
