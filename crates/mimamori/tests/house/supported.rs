//! The part of the story that is told in the rooms of noticing and support.

use jiff::civil::date;
use mimamori::cases::{self, Access, NewCase};
use mimamori::consultations::{self, Subject};
use mimamori::ids::PersonId;
use mimamori::notices;
use mimamori::paths::checklists::{self, Sheet};
use mimamori::paths::steps;
use mimamori::routes::EXPLAINS;
use mimamori::scope::Role;

use crate::town::Town;

/// She answers a questionnaire.
pub async fn ask(town: &Town, hanako: PersonId) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let begun = checklists::begin(
        town.db(),
        &nurse,
        hanako,
        Sheet::Kihon,
        checklists::Way::Told,
    );
    begun.await.unwrap();
    crate::paths::referrals::referred(town, hanako).await;
    let new = steps::New {
        plan: steps::Base::Guardianship.plan(),
        began: date(2026, 11, 20),
        case: None,
    };
    let path = steps::begin(town.db(), &nurse, hanako, new).await.unwrap();
    let doing = steps::Doing {
        path,
        at: 0,
        version: 1,
    };
    let day = date(2026, 12, 20);
    let why = "長女の帰国を待つ".to_owned();
    steps::delay(town.db(), &nurse, doing, day, why)
        .await
        .unwrap();
}

/// Her daughter asks, and so does somebody whom nobody knows; both are written on.
pub async fn consult(town: &Town, hanako: PersonId) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let stranger = Subject::Stranger(Box::new(crate::consultations::card()));
    crate::consultations::take(town, &nurse, stranger).await;
    let mut entry = crate::consultations::entry(town);
    entry.words.said = "夜中に台所で転んだ".to_owned();
    entry.words.answer = "階段の手すりのことを話した".to_owned();
    let subject = Subject::Registered(hanako);
    let new = consultations::New {
        subject,
        entry: entry.clone(),
    };
    let id = consultations::take(db, &nurse, EXPLAINS, new)
        .await
        .unwrap();
    consultations::correct(db, &nurse, id, 1, entry)
        .await
        .unwrap();
}

/// She is supported, and offered to the other center, with a file.
pub async fn support(town: &Town, hanako: PersonId) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let new = NewCase {
        people: vec![hanako],
        center: town.minami.center,
        lead: None,
        access: Access::Named,
        body: cases::Body {
            began: "塀の向こうで大きな声".to_owned(),
            aims: "孫の運動会に行きたい".to_owned(),
            ..cases::Body::default()
        },
    };
    let case = cases::open(db, &nurse, new).await.unwrap();
    let day = date(2026, 12, 1);
    cases::add_step(db, &nurse, case, day, "火曜に訪問する".to_owned())
        .await
        .unwrap();
    let (head, bytes) = cases::read_document("意見書の写し.txt", b"opinion".to_vec()).unwrap();
    cases::keep_document(db, &nurse, case, head, bytes)
        .await
        .unwrap();
    let to = town.minami.other_center;
    let consent = cases::Consent {
        purpose: cases::Purpose::Transfer,
        receiver: Some(cases::Receiver::Center(to)),
        to: String::new(),
        by: "ご本人、電話".to_owned(),
        given_on: date(2026, 11, 20),
        words: String::new(),
        withdrawn: None,
    };
    let consent = cases::add_consent(db, &nurse, case, None, consent).await;
    let offer = cases::Offer {
        to,
        why: cases::WhyTransfer::Moved,
        urgency: cases::Urgency::Calm,
        words: "転居の荷物が片づいたら".to_owned(),
        given: cases::Given {
            consent: consent.ok(),
            ..cases::Given::default()
        },
    };
    cases::offer(db, &nurse, case, offer).await.unwrap();
}

/// A neighbour tells of her home; somebody ties it to her. A newspaper shop agrees to tell, too.
pub async fn notice(town: &Town, hanako: PersonId) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let mut told = crate::notices::words(&["post"], crate::notices::HOME);
    told.words = "朝刊があふれている".to_owned();
    told.about = "二階の奥の部屋の方".to_owned();
    told.teller.name = "町会 太郎".to_owned();
    told.teller.phone = "090-0444-5555".to_owned();
    told.teller.mail = "chokai@example.jp".to_owned();
    let received = notices::tell(db, &nurse, crate::notices::by_phone(told)).await;
    let id = received.unwrap().id;
    notices::tie(db, &nurse, id, 1, hanako, "表札の字が合う")
        .await
        .unwrap();
    let admin = town.deed_of(Role::TownAdmin).await;
    crate::notices::agreement(town, &admin).await;
}
