//! Any record there can be becomes resources that fit.

use jiff::civil::date;
use mimamori::exchange::fhir::{
    House, Kind, Names, Sources, Where, consents, contacts, medical, number_identifier, patient,
    summary, wire,
};
use mimamori::ids::{InquiryId, PersonId};
use mimamori::people::{
    Answer, AnsweredBy, Clinic, Confirmed, Consent, Contact, Contacts, DeskView, Finder, Given,
    Identity, Kept, Known, Living, MayBeTold, Medical, Sex, Standing, State, Way,
};
use mimamori::tags::Number;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use words::address::Address;
use words::date::PartialDate;
use words::kana::Reading;
use words::name::PersonName;
use words::phone::Phone;
use words::postcode::Postcode;
use words::tag_number::TagNumber;

use super::judge::{faults, judge, judge_summary};

/// What people write, and what makes a careless writer of XML or JSON stumble.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "南野",
        "𠮷",
        "葛\u{e0100}",
        "　",
        " ",
        "\n",
        "\t",
        "<b>",
        "&",
        "]]>",
        "\"",
        "'",
        "\\",
        "ペニシリン、",
        "\u{200b}",
        "\u{a0}",
        "\u{2028}",
        "耳が遠い",
        "",
    ]);
    vec(pieces, 0..6).prop_map(|all| all.concat())
}

fn confirmed() -> impl Strategy<Value = Option<Confirmed>> {
    let way = prop::sample::select(Way::ALL);
    option::of((1i8..28, way).prop_map(|(day, way)| Confirmed {
        on: date(2026, 2, day),
        way,
        by: None,
    }))
}

/// A record has no `Debug`, which proptest wants of what it makes.
#[derive(Clone)]
struct Made<T>(T);

impl<T> std::fmt::Debug for Made<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Made(…)")
    }
}

fn kept<P: std::fmt::Debug + Clone>(
    value: impl Strategy<Value = P>,
) -> impl Strategy<Value = Made<Kept<P>>> {
    let made = |(value, confirmed)| {
        Made(Kept {
            value,
            version: 1,
            confirmed,
        })
    };
    (value, confirmed()).prop_map(made)
}

fn phones() -> impl Strategy<Value = Vec<Phone>> {
    let numbers = prop::sample::select(vec![
        "03-0188-7191",
        "090-0793-3584",
        "03-0526-9116 内線12",
        "0120-000-000",
    ]);
    vec(numbers.prop_map(|text| Phone::parse(text).unwrap()), 0..3)
}

fn address() -> impl Strategy<Value = Option<Address>> {
    option::of(text().prop_filter_map("an address", |text| Address::parse(&text).ok()))
}

fn identity() -> impl Strategy<Value = Identity> {
    let name = (text(), text()).prop_map(|(family, given)| {
        PersonName::new(&family, &given)
            .unwrap_or_else(|_| PersonName::new("南野", "花子").unwrap())
    });
    let kana = || option::of(Just(Reading::parse("ミナミノ").unwrap()));
    let born = prop::sample::select(vec![
        "昭和13年4月2日",
        "昭和13年4月",
        "昭和13年",
        "昭和13年頃",
        "昭和13年4月2日頃",
    ]);
    let who = (name, kana(), kana(), prop::sample::select(Sex::ALL), born);
    let place = (
        option::of(Just(Postcode::parse("143-0016").unwrap())),
        address(),
        phones(),
        prop::sample::select(Living::ALL),
    );
    (who, place).prop_map(
        |((name, family_kana, given_kana, sex, born), (postcode, address, phones, living))| {
            Identity {
                name,
                family_kana,
                given_kana,
                sex,
                born: PartialDate::parse(born).unwrap(),
                postcode,
                address,
                phones,
                living,
                old_number: None,
            }
        },
    )
}

fn one_contact() -> impl Strategy<Value = Contact> {
    let told = prop::sample::select(MayBeTold::ALL);
    (text(), text(), phones(), address(), told, confirmed()).prop_map(
        |(name, relation, phones, address, may_be_told, confirmed)| Contact {
            name,
            relation,
            phones,
            address,
            may_be_told,
            mail: None,
            confirmed,
        },
    )
}

fn known() -> impl Strategy<Value = Known> {
    prop_oneof![
        text().prop_map(Known::Listed),
        Just(Known::None),
        Just(Known::NoneInRoster),
        Just(Known::NotConfirmed),
    ]
}

fn health() -> impl Strategy<Value = Medical> {
    let clinic =
        (text(), text(), text(), phones()).prop_map(|(institution, department, doctor, phones)| {
            Clinic {
                institution: format!("みなみ{institution}"),
                department,
                doctor,
                phone: phones.into_iter().next(),
            }
        });
    (vec(clinic, 0..3), known(), known(), known()).prop_map(
        |(clinics, illnesses, drugs, allergies)| Medical {
            clinics,
            illnesses,
            drugs,
            allergies,
        },
    )
}

fn given() -> impl Strategy<Value = Given> {
    let by = prop_oneof![
        Just(AnsweredBy::Person),
        (text(), text()).prop_map(|(name, relation)| AnsweredBy::Proxy { name, relation }),
    ];
    let day = || option::of(Just(date(2026, 4, 1)));
    (prop::sample::select(Answer::ALL), day(), by, day()).prop_map(
        |(answer, on, by, withdrawn_on)| Given {
            answer,
            on,
            by,
            withdrawn_on,
        },
    )
}

fn view() -> impl Strategy<Value = Made<DeskView>> {
    let standing = (
        prop::sample::select(State::ALL),
        option::of(Just(date(2026, 5, 5))),
    )
        .prop_map(|(state, state_on)| Standing {
            state,
            state_on,
            center: None,
            center_by_hand: false,
            registered_on: date(2025, 9, 10),
            version: 1,
        });
    let consent = (given(), given()).prop_map(|(identity, medical)| Consent {
        identity,
        medical,
        board: Given::default(),
    });
    let finder = text().prop_map(|notes| Finder { notes });
    let contacts = vec(one_contact(), 0..4).prop_map(Contacts);
    let groups = (
        kept(identity()),
        kept(contacts),
        kept(finder),
        kept(consent),
    );
    (standing, groups).prop_map(|(standing, (identity, contacts, finder, consent))| {
        Made(DeskView {
            id: PersonId(1),
            standing,
            identity: identity.0,
            contacts: contacts.0,
            finder: finder.0,
            consent: consent.0,
        })
    })
}

/// Every resource of a record, and its summary last.
fn resources(view: &DeskView, health: &Kept<Medical>, house: &str) -> Vec<Value> {
    let inquiry = InquiryId(0x0123_4567_89ab_cdef);
    let names = Names {
        inquiry,
        place: Where::Server("https://mimamori.example.jp/fhir".to_owned()),
    };
    let number = || {
        Some(number_identifier(
            &Number::Ours(TagNumber::from_body(123_456_789).unwrap()),
            "131113",
        ))
    };
    let mut all = vec![wire(&patient(&names, number(), view))];
    all.extend(contacts(&names, &view.contacts).iter().map(wire));
    all.extend(consents(&names, &view.consent.value).iter().map(wire));
    for kind in [
        Kind::AllergyIntolerance,
        Kind::Condition,
        Kind::MedicationStatement,
    ] {
        let of_kind = medical(&names, kind, health);
        assert!(!of_kind.is_empty(), "{kind:?}: stated, whatever is known");
        all.extend(of_kind.iter().map(wire));
    }
    all.push(wire(&summary(Sources {
        inquiry,
        document: 7,
        at: "2026-11-20T10:00:00+09:00".to_owned(),
        number: number(),
        view,
        medical: health,
        house: &House {
            name: format!("みなみ{house}"),
            address: house.to_owned(),
            phones: Vec::new(),
        },
    })));
    all
}

#[test]
fn any_record_becomes_resources_that_fit() {
    let mut runner = TestRunner::deterministic();
    let mut all = Vec::new();
    for _ in 0..40 {
        let record = (view(), kept(health()), text())
            .new_tree(&mut runner)
            .unwrap();
        let (Made(view), Made(health), house) = record.current();
        let made = resources(&view, &health, &house);
        judge_summary(made.last().unwrap());
        all.extend(made);
    }
    judge(&all);
}

/// "None", "a roster says none" and "not asked" are three things; only the first is read as none.
#[test]
fn absence_is_stated_and_a_rosters_none_is_no_none() {
    let names = Names {
        inquiry: InquiryId(1),
        place: Where::Document,
    };
    let stated = |known: Known| {
        let health = Kept {
            value: Medical {
                allergies: known,
                ..Medical::default()
            },
            version: 1,
            confirmed: None,
        };
        let all = medical(&names, Kind::AllergyIntolerance, &health);
        all.iter().map(wire).collect::<Vec<_>>()
    };
    for (known, code, words) in [
        (Known::None, "no-known-allergies", "なし（確認ずみ）"),
        (Known::NoneInRoster, "no-allergy-info", "名簿の記載"),
        (Known::NotConfirmed, "no-allergy-info", "未確認"),
    ] {
        let all = stated(known);
        assert!(all.len() == 1 && all[0]["code"]["coding"][0]["code"] == code);
        assert!(all[0]["code"]["text"].as_str().unwrap().contains(words));
    }
    let listed = stated(Known::Listed(
        "ペニシリン、セフェム系で発疹\n\nそば".to_owned(),
    ));
    let words: Vec<_> = listed.iter().map(|one| &one["code"]["text"]).collect();
    assert_eq!(words, ["ペニシリン、セフェム系で発疹", "そば"]);
    assert!(
        listed[0]["code"].get("coding").is_none(),
        "no code is invented"
    );
}

/// Judges that let everything pass would be none: each of these breaks one rule of another kind.
#[test]
fn the_judges_see_what_does_not_fit() {
    let sound = sound_summary();
    let at = |kind: &str| {
        let entries = sound["entry"].as_array().unwrap();
        let place = entries
            .iter()
            .position(|one| one["resource"]["resourceType"] == kind);
        format!("/entry/{}/resource", place.unwrap())
    };
    let (head, patient) = (at("Composition"), at("Patient"));
    let at_home = serde_json::json!([{"system": "phone", "use": "home", "value": "1"}]);
    let broken = [
        ("bdl-9", String::new(), "identifier", Value::Null),
        ("status", head.clone(), "status", Value::Null),
        ("title", format!("{head}/section/0"), "title", Value::Null),
        (
            "birthDate.exists()",
            patient.clone(),
            "birthDate",
            Value::Null,
        ),
        (
            "value.exists()",
            format!("{patient}/identifier/0"),
            "value",
            Value::Null,
        ),
        ("gender", patient.clone(), "gender", "F".into()),
        ("birthDate", patient.clone(), "birthDate", "1938-4-2".into()),
        ("nickname", patient.clone(), "nickname", "ハナ".into()),
        (
            "does not match",
            format!("{patient}/name/0"),
            "text",
            "南野\u{3000}花子".into(),
        ),
        (
            "no XML",
            format!("{patient}/text"),
            "div",
            "<div><br></div>".into(),
        ),
        (
            "ait-1",
            at("AllergyIntolerance"),
            "clinicalStatus",
            Value::Null,
        ),
        (
            "medication",
            at("MedicationStatement"),
            "medicationCodeableConcept",
            Value::Null,
        ),
        ("org-3", at("Organization"), "telecom", at_home),
    ];
    let all = broken.iter().map(|one| put(&sound, &one.1, one.2, &one.3));
    let said = faults(&all.collect::<Vec<_>>());
    for (line, (rule, _, name, _)) in (1..).zip(&broken) {
        let of_line = format!("{line}: ");
        let mut of_line = said.iter().filter(|fault| fault.starts_with(&of_line));
        assert!(
            of_line.any(|fault| fault.contains(rule)),
            "{rule} ({name}): {said:#?}"
        );
    }
    assert!(faults(&[sound]).is_empty());
}

/// The same with one element put in another's place; `null` takes it out.
fn put(sound: &Value, place: &str, name: &str, value: &Value) -> Value {
    let mut one = sound.clone();
    let object = one.pointer_mut(place).unwrap().as_object_mut().unwrap();
    object.insert(name.to_owned(), value.clone());
    object.retain(|_, value| !value.is_null());
    one
}

/// A summary of somebody chosen by chance, always the same.
fn sound_summary() -> Value {
    let mut runner = TestRunner::deterministic();
    let record = (view(), kept(health())).new_tree(&mut runner).unwrap();
    let (Made(view), Made(health)) = record.current();
    resources(&view, &health, "").pop().unwrap()
}
