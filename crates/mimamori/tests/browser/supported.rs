//! What the rooms of noticing and support have to show about somebody.

use mimamori::consultations::{
    self, AgeBand, Alone, Entry, New, Source, Subject, Topics, Urgency, Way,
};
use mimamori::ids::{ConsultationId, PersonId, RowId};
use mimamori::notices::{self, NewNotice};
use mimamori::paths::checklists::{self, Sheet};
use mimamori::paths::steps;
use mimamori::routes::EXPLAINS;
use mimamori::scope::Role;

use crate::server::Served;

/// A notice about her home that has ended, and whose teller waits to hear; two more stand open.
pub async fn notice(served: &Served, person: PersonId) -> String {
    let town = &served.town;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let told = |signs: &[&str], wants: bool| NewNotice {
        way: notices::Way::Phone,
        words: notices::Words {
            signs: signs.iter().map(|sign| (*sign).to_owned()).collect(),
            words: "朝刊が4日分、ポストからあふれています。".to_owned(),
            place: "大田区大森北1-2-3 みなみ荘201".to_owned(),
            about: "2階の80代くらいの女性".to_owned(),
            sure: notices::Sure::Seen,
            since: notices::Since::Days,
            teller: notices::Teller {
                name: "町会 太郎".to_owned(),
                phone: "090-0444-5555".to_owned(),
                mail: "taro@example.jp".to_owned(),
                wants,
            },
            language: "ja".to_owned(),
        },
        danger: false,
        agreement: None,
        origin: String::new(),
        hash: None,
        center: Some(town.minami.center),
        person: Some(person),
        task: None,
    };
    let mut last = None;
    for (signs, wants) in [
        (&["collapsed"][..], false),
        (&["post", "lights"][..], false),
        (&["post"][..], true),
    ] {
        last = Some(
            notices::tell(town.db(), &nurse, told(signs, wants))
                .await
                .unwrap()
                .id,
        );
    }
    let id = last.unwrap();
    notices::look(
        town.db(),
        &nurse,
        id,
        1,
        notices::LookKind::Visit,
        "お元気でした",
    )
    .await
    .unwrap();
    notices::end(
        town.db(),
        &nurse,
        id,
        2,
        notices::Ending::Safe,
        "旅行から帰られた",
    )
    .await
    .unwrap();
    id.to_string()
}

pub async fn agreement(served: &Served) -> String {
    let admin = served.town.deed_of(Role::TownAdmin).await;
    let new = notices::Agreement {
        id: RowId(0),
        name: "みなみ新聞販売所 大森北営業所".to_owned(),
        trade: notices::Trade::Newspaper,
        reach: notices::Reach {
            person: "配田 進".to_owned(),
            phone: "03-0555-0001".to_owned(),
            ..notices::Reach::default()
        },
        began_on: jiff::civil::date(2026, 1, 10),
        ends_on: jiff::civil::date(2027, 1, 9),
        trained_on: None,
        link_at: None,
        asked_for: None,
        closed_at: None,
        version: 1,
    };
    let added = notices::add_agreement(served.town.db(), &admin, new).await;
    added.unwrap().to_string()
}

/// Somebody asks about the person, and somebody else about one whom nobody knows.
pub async fn consulted(served: &Served, person: PersonId) -> (ConsultationId, RowId) {
    let town = &served.town;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let entry = Entry {
        at: town.app.now(),
        way: Way::Counter,
        from: Source::Family,
        topics: Topics::of(1..=14),
        urgency: Urgency::Now,
        minutes: Some(45),
        closed: false,
        next_on: Some("2026-11-26".parse().unwrap()),
        words: consultations::Words {
            said: "夜中に何度も起きて外へ出てしまい、長女の方が眠れない日がつづいている。"
                .repeat(3),
            answer: "介護保険の申請の手順を説明し、申請書を渡した。".to_owned(),
            next: "長女の方に電話して、主治医意見書のことを伝える".to_owned(),
            asker: "長女の綾小路さん 090-0111-2222".to_owned(),
            ..consultations::Words::default()
        },
    };
    let stranger = consultations::Card {
        name: "勘解由小路 綾小路之助三郎左衛門".to_owned(),
        kana: "カデノコウジ アヤノコウジノスケ".to_owned(),
        phone: None,
        address: "大田区大森北一丁目２３番地４５号 メゾン・ド・ヴィラージュ南大森".to_owned(),
        age: AgeBand::From90,
        alone: Alone::Yes,
    };
    let mut taken = Vec::new();
    for subject in [
        Subject::Registered(person),
        Subject::Stranger(Box::new(stranger)),
    ] {
        let new = New {
            subject,
            entry: entry.clone(),
        };
        let id = consultations::take(town.db(), &nurse, EXPLAINS, new)
            .await
            .unwrap();
        consultations::correct(town.db(), &nurse, id, 1, entry.clone())
            .await
            .unwrap();
        taken.push(id);
    }
    let mut conn = town.db().read().await.unwrap();
    let last = consultations::find(&mut conn, &nurse, taken[1])
        .await
        .unwrap();
    (taken[1], last.stranger.unwrap())
}

/// A certification that waits for its notice, with words and a delay.
pub async fn path(served: &Served, person: PersonId) -> RowId {
    let town = &served.town;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let day = "2026-11-20".parse().unwrap();
    let new = steps::New {
        plan: steps::Base::Certification.plan(),
        began: day,
        case: None,
    };
    let path = steps::begin(town.db(), &nurse, person, new).await.unwrap();
    let doing = |at, version| steps::Doing { path, at, version };
    let said = steps::Said {
        outcome: "center".to_owned(),
        words: "長女と一緒に窓口に来られた。".to_owned(),
        ..steps::Said::default()
    };
    steps::done(town.db(), &nurse, doing(0, 1), day, said)
        .await
        .unwrap();
    let to = "2026-12-10".parse().unwrap();
    let why = "入院中のため、退院を待って調査する。".to_owned();
    steps::delay(town.db(), &nurse, doing(1, 2), to, why)
        .await
        .unwrap();
    path
}

pub async fn plan(served: &Served) -> RowId {
    let admin = served.town.deed_of(Role::TownAdmin).await;
    steps::keep_plan(served.town.db(), &admin, steps::Base::Abuse.plan())
        .await
        .unwrap()
}

/// Two years of one questionnaire and one of the other; the newest with a question left open.
pub async fn checklist(served: &Served, person: PersonId) -> RowId {
    let town = &served.town;
    let nurse = town.deed_of(Role::CenterStaff).await;
    let rows = [
        (Sheet::Kouki, "432122112112111", "2026-11-02"),
        (Sheet::Kihon, "1111111111101111111111111", "2025-11-02"),
        (Sheet::Kihon, "2211122211202111211211110", "2026-11-02"),
    ];
    let mut last = RowId(0);
    for (sheet, row, on) in rows {
        last = checklists::begin(town.db(), &nurse, person, sheet, checklists::Way::Paper)
            .await
            .unwrap();
        let mut answers = checklists::Answers::default();
        for (number, digit) in (1u8..).zip(row.bytes()) {
            answers.choose(sheet, number, digit - b'0');
        }
        (answers.height, answers.weight) = (Some(1_525), Some(425));
        checklists::save(town.db(), &nurse, last, 1, on.parse().unwrap(), answers)
            .await
            .unwrap();
    }
    last
}
