//! 基本情報.

use jiff::civil::Date;
use maud::{Markup, html};
use words::name::PersonName;

use super::Sheet;
use crate::front::look::{
    Choice, DateParts, Field, Kind, Problems, date_parts, field, fieldset, radios, select,
};
use crate::people::pages::typed::{Reader, Typed, plain};
use crate::people::rules::{Identity, Living, Sex};

impl Sheet for Identity {
    fn fill(&self, typed: &mut Typed) {
        typed.put("family", self.name.family());
        typed.put("given", self.name.given());
        let kana = |kana: &Option<words::kana::Reading>| {
            kana.as_ref()
                .map_or(String::new(), |kana| kana.as_str().to_owned())
        };
        typed.put("family_kana", kana(&self.family_kana));
        typed.put("given_kana", kana(&self.given_kana));
        typed.put("sex", self.sex.code());
        typed.put("born_text", self.born.era());
        typed.put(
            "postcode",
            self.postcode.map_or(String::new(), |code| code.to_string()),
        );
        let address = self.address.as_ref();
        typed.put(
            "address",
            address.map_or("", |address| address.as_written()),
        );
        for (phone, at) in self.phones.iter().zip(1..) {
            typed.put(format!("phone{at}"), phone.to_string());
        }
        typed.put("living", self.living.code());
        typed.put("old_number", self.old_number.clone().unwrap_or_default());
    }

    fn read(reader: &mut Reader<'_>, _before: &Identity, today: Date) -> Option<Identity> {
        read(reader, today)
    }

    fn fields(typed: &Typed, problems: &Problems) -> Markup {
        html! {
            (name_fields(typed, problems))
            (born_and_sex(typed, problems))
            (home_fields(typed, problems))
        }
    }
}

/// What the form says of somebody, new or known.
pub fn read(reader: &mut Reader<'_>, today: Date) -> Option<Identity> {
    let (family, given) = (reader.get("family"), reader.get("given"));
    let first = if family.trim().is_empty() {
        "family"
    } else {
        "given"
    };
    let name = reader.must(first, |_| PersonName::new(family, given));
    let family_kana = reader.reading("family_kana");
    let given_kana = reader.reading("given_kana");
    let born = reader.born("born", today);
    let sex = reader.choice("sex", Sex::from_code);
    let postcode = reader.postcode("postcode");
    let address = reader.address("address");
    let phones = reader.phones("phone");
    let living = reader.choice("living", Living::from_code);
    let old_number = reader.line("old_number", 30);
    Some(Identity {
        name: name?,
        family_kana,
        given_kana,
        sex: sex?,
        born: born?,
        postcode,
        address,
        phones,
        living: living?,
        old_number: Some(old_number).filter(|number| !number.is_empty()),
    })
}

fn name_fields(typed: &Typed, problems: &Problems) -> Markup {
    let must = |name, label| Field {
        required: true,
        ..plain(name, label, Kind::Text, typed, problems)
    };
    let kana = |name, label| plain(name, label, Kind::Text, typed, problems);
    fieldset(
        "氏名（書かれているとおりに）",
        html! {
            div.pair { (field(&must("family", "氏"))) (field(&must("given", "名"))) }
            div.pair {
                (field(&kana("family_kana", "フリガナ（氏）")))
                (field(&kana("given_kana", "フリガナ（名）")))
            }
        },
    )
}

fn born_and_sex(typed: &Typed, problems: &Problems) -> Markup {
    let frame = Field {
        required: true,
        hint: "月や日がわからないときは、空けておくか「昭和13年不詳」のように書きます。",
        ..plain("born", "生年月日", Kind::Text, typed, problems)
    };
    let born = DateParts {
        frame: Field {
            value: typed.get("born_text"),
            ..frame
        },
        era: typed.get("born_era"),
        year: typed.get("born_year"),
        month: typed.get("born_month"),
        day: typed.get("born_day"),
    };
    let sex = Field {
        required: true,
        ..plain("sex", "性別", Kind::Text, typed, problems)
    };
    let choices = Sex::ALL
        .iter()
        .map(|sex| Choice::new(sex.code(), sex.word()));
    html! { (date_parts(&born)) (radios(&sex, &choices.collect::<Vec<_>>())) }
}

fn home_fields(typed: &Typed, problems: &Problems) -> Markup {
    let named = |name, label, kind| plain(name, label, kind, typed, problems);
    let living = Field {
        required: true,
        ..named("living", "世帯", Kind::Text)
    };
    let mut choices = vec![Choice::new("", "選んでください")];
    choices.extend(
        Living::ALL
            .iter()
            .map(|one| Choice::new(one.code(), one.word())),
    );
    html! {
        (fieldset("住所と電話", html! {
            (field(&named("postcode", "郵便番号", Kind::Short)))
            (field(&named("address", "住所", Kind::Long)))
            (phone_fields("phone", "電話", typed, problems))
        }))
        (select(&living, &choices))
        (field(&Field {
            hint: "前の名簿や台帳の番号があれば、書かれているとおりに。",
            ..named("old_number", "名簿の登録番号", Kind::Short)
        }))
    }
}

/// Phones `{prefix}1` and on, the one to try first first.
pub fn phone_fields(prefix: &str, label: &str, typed: &Typed, problems: &Problems) -> Markup {
    let names = typed.numbered(prefix);
    html! {
        div.pair { @for (name, at) in names.iter().zip(1..) {
            @let label = format!("{label}{at}");
            (field(&plain(name, &label, Kind::Tel, typed, problems)))
        } }
    }
}
