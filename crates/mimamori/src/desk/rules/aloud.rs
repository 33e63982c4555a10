//! What is read out to the caller, and what the desk sees for itself, in reading order.

use jiff::civil::Date;

use super::caller::CallerKind;
use crate::people::{Care, Confirmed, DeskView, Identity, Item, Kept, Medical, Part};

/// One thing to say.
pub struct Spoken {
    /// 「氏名」
    pub label: String,
    /// What is said.
    pub text: String,
    /// How it sounds; empty where the writing tells.
    pub reading: String,
    /// When and how it was last confirmed, and whether that is long ago.
    pub confirmed: Option<(String, bool)>,
}

impl Spoken {
    fn new(label: &str, text: impl Into<String>) -> Spoken {
        Spoken {
            label: label.to_owned(),
            text: text.into(),
            reading: String::new(),
            confirmed: None,
        }
    }
}

/// What the first tier shows.
pub struct Aloud {
    /// To whom it may be said: 「救急隊に伝えてよいこと」.
    pub heading: String,
    /// What may be said.
    pub say: Vec<Spoken>,
    /// What is for the desk only; empty where all may be said.
    pub keep: Vec<Spoken>,
}

/// What the first tier says to this caller.
pub fn aloud(kind: CallerKind, view: &DeskView, today: Date) -> Aloud {
    let who = identity_lines(view, today);
    match kind {
        CallerKind::Ambulance | CallerKind::Hospital | CallerKind::Police => Aloud {
            heading: format!("{}に伝えてよいこと", kind.word()),
            say: who,
            keep: Vec::new(),
        },
        CallerKind::Passer => Aloud {
            heading: "この方に伝えてよいこと（お名前と住所は伝えません）".to_owned(),
            say: passer_lines(view, today),
            keep: who,
        },
        CallerKind::Family => Aloud {
            heading: "伝える前に、家族かどうか確かめます".to_owned(),
            say: vec![Spoken::new(
                "確かめること",
                "お名前と続柄をうかがい、下の緊急連絡先と合うか見ます。合わないときは何も伝えず、登録の番号に折り返します。",
            )],
            keep: who,
        },
    }
}

fn passer_lines(view: &DeskView, today: Date) -> Vec<Spoken> {
    let mut lines = vec![Spoken::new(
        "お伝えすること",
        "見守りネットワークに登録のある方です。こちらからすぐにご家族へ連絡します。けがや急な様子の変化があれば119番をお願いします。",
    )];
    lines.extend(finder_line(view, today));
    lines
}

fn finder_line(view: &DeskView, today: Date) -> Option<Spoken> {
    let notes = view.finder.value.notes.trim();
    (!notes.is_empty()).then(|| Spoken {
        confirmed: words_of(view.finder.confirmed, today),
        ..Spoken::new("接し方", notes)
    })
}

fn identity_lines(view: &DeskView, today: Date) -> Vec<Spoken> {
    let Kept {
        value, confirmed, ..
    } = &view.identity;
    let confirmed = words_of(*confirmed, today);
    let mut lines = vec![Spoken {
        reading: value.kana(),
        confirmed,
        ..Spoken::new("氏名", value.name.to_string())
    }];
    lines.push(Spoken::new("性別・年齢", sex_and_age(value, today)));
    lines.push(Spoken::new("生年月日", value.born.both()));
    if let Some(address) = &value.address {
        lines.push(Spoken::new("住所", address.as_written()));
    }
    lines.push(Spoken::new("世帯", value.living.word()));
    lines.extend(finder_line(view, today));
    lines.extend(
        value
            .phones
            .iter()
            .map(|phone| Spoken::new("本人の電話", phone.to_string())),
    );
    lines
}

fn sex_and_age(identity: &Identity, today: Date) -> String {
    format!("{}・{}", identity.sex.word(), identity.born.age_on(today))
}

/// 「14か月前に電話で確認」, or that it was never confirmed.
fn words_of(confirmed: Option<Confirmed>, today: Date) -> Option<(String, bool)> {
    Some(
        confirmed.map_or(("登録のあと未確認".to_owned(), true), |confirmed| {
            (confirmed.words(today), confirmed.is_stale(today))
        }),
    )
}

/// Medical things in the order in which a crew asks: allergies, illnesses, drugs, then where.
pub fn medical_lines(medical: &Kept<Medical>, today: Date) -> Vec<Spoken> {
    let value = &medical.value;
    let mut lines = vec![
        Spoken::new("アレルギー", value.allergies.words()),
        Spoken::new("病歴", value.illnesses.words()),
        Spoken::new("服薬", value.drugs.words()),
    ];
    lines[0].confirmed = words_of(medical.confirmed, today);
    for clinic in &value.clinics {
        let parts = [
            clinic.institution.as_str(),
            &clinic.department,
            &clinic.doctor,
        ];
        let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let phone = clinic
            .phone
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        lines.push(Spoken::new(
            "かかりつけ",
            format!("{} {phone}", named.join("・")).trim(),
        ));
    }
    lines
}

/// Care and the center's notes; empty fields are left out.
pub fn care_lines(care: &Kept<Care>, today: Date) -> Vec<Spoken> {
    let items = care
        .value
        .items()
        .into_iter()
        .filter(|item| !item.text.is_empty());
    let mut lines: Vec<Spoken> = items
        .map(|Item { label, text }| Spoken::new(&label, text))
        .collect();
    if let Some(first) = lines.first_mut() {
        first.confirmed = words_of(care.confirmed, today);
    }
    lines
}
