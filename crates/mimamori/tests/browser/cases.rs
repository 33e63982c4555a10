//! A case for the tour of all pages: everything that can stand on one stands on it.

use jiff::civil::date;
use mimamori::cases::{
    self, Access, Body, Changes, Consent, Contact, ContactWay, Flag, FlagCode, Given, NewCase,
    Offer, Purpose, Referral, Settings, Urgency, WhyTransfer,
};
use mimamori::deed::Deed;
use mimamori::ids::{CaseId, CenterId, PersonId, RowId};
use mimamori::scope::Role;

use crate::server::Served;

const LONG: &str =
    "膝が痛くて畑に出られないのがつらい。孫が来るまでには、もう一度、庭の柿を自分でもぎたい。";

async fn begin(served: &Served, deed: &Deed, center: CenterId, person: PersonId) -> CaseId {
    let new = NewCase {
        people: vec![person],
        center,
        lead: None,
        access: Access::Center,
        body: Body {
            began: "民生委員の北川さんから、郵便受けに新聞が5日分たまっていると電話があった。"
                .to_owned(),
            aims: LONG.to_owned(),
            risks: "玄関の段差で転ぶ → 手すりを頼む。\n夜に息苦しくなる → 緊急通報の装置。"
                .to_owned(),
            ..Body::default()
        },
    };
    cases::open(served.town.db(), deed, new).await.unwrap()
}

/// A case of the center with all that belongs to one, and an offer from the other center.
pub async fn both(served: &Served, person: PersonId) -> (CaseId, RowId) {
    let town = &served.town;
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let head = town.deed_of(Role::CenterHead).await;
    let settings = Settings {
        plan_second: true,
        closing_second: true,
        ..Settings::default()
    };
    cases::change_settings(db, &head, settings).await.unwrap();
    let case = begin(served, &nurse, town.minami.center, person).await;
    let said = Changes {
        about: String::new(),
        began: "民生委員の北川さんから電話があった。".to_owned(),
        aims: LONG.to_owned(),
        plan: "週に1度、火曜の午前に訪問する。\n手すりと緊急通報の装置を、今月のうちに申し込む。"
            .to_owned(),
        risks: String::new(),
        access: Access::Named,
        quiet_days: Some(14),
    };
    cases::change(db, &nurse, case, 1, said).await.unwrap();
    let today = mimamori::clock::in_japan(town.app.now()).date();
    for (way, words) in [
        (ContactWay::Visit, LONG),
        (ContactWay::Phone, "留守番電話に伝言を残した。"),
    ] {
        let contact = Contact {
            on: today,
            way,
            with: "ご本人、長男の妻の勘解由小路 綾小路之助三郎左衛門さん".to_owned(),
            minutes: 45,
            words: words.to_owned(),
            before: Vec::new(),
        };
        cases::add_contact(db, &nurse, case, contact).await.unwrap();
    }
    cases::add_step(
        db,
        &nurse,
        case,
        today,
        "手すりの見積もりを受け取る".to_owned(),
    )
    .await
    .unwrap();
    all_else(served, case).await;
    let program = town.deed().await;
    let other = begin(served, &program, town.minami.other_center, person).await;
    let offer = Offer {
        to: town.minami.center,
        why: WhyTransfer::Moved,
        urgency: Urgency::Today,
        words: "長女の家の近くに転居されました。来週の通院の付き添いを探しています。".to_owned(),
        given: Given::default(),
    };
    (
        case,
        cases::offer(db, &program, other, offer).await.unwrap(),
    )
}

/// What has to be known first, a consent, a referral, a file.
async fn all_else(served: &Served, case: CaseId) {
    let town = &served.town;
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let head = town.deed_of(Role::CenterHead).await;
    let today = mimamori::clock::in_japan(town.app.now()).date();
    let flag = Flag {
        code: FlagCode::TwoToVisit,
        note: "犬がいます。".to_owned(),
        ended: String::new(),
    };
    cases::add_flag(db, &nurse, case, date(2099, 1, 1), flag)
        .await
        .unwrap();
    let consent = Consent {
        purpose: Purpose::Referral,
        receiver: None,
        to: "みなみ総合病院 地域連携室".to_owned(),
        by: "ご本人、書面".to_owned(),
        given_on: today,
        words: "病歴と薬のことまで。家族のことは伝えない。".to_owned(),
        withdrawn: None,
    };
    cases::add_consent(db, &nurse, case, None, consent)
        .await
        .unwrap();
    let referral = Referral {
        organisation: Some(town.minami.hospital),
        to: String::new(),
        words: "もの忘れの相談をお願いし、利用者基本情報の写しを渡した。".to_owned(),
        given: Given {
            consent: None,
            same: false,
            without: "意識がはっきりせず、命にかかわるため。".to_owned(),
        },
    };
    cases::refer(db, &head, case, referral).await.unwrap();
    let (file, bytes) =
        cases::read_document("主治医の意見書の写し.txt", b"opinion".to_vec()).unwrap();
    cases::keep_document(db, &nurse, case, file, bytes)
        .await
        .unwrap();
}

/// Something that was written in a case, put right once.
pub async fn contact(served: &Served, case: CaseId) -> RowId {
    let (db, nurse) = (
        served.town.db(),
        served.town.deed_of(Role::CenterStaff).await,
    );
    let mut conn = db.read().await.unwrap();
    let all = cases::list_entries::<Contact>(&mut conn, &nurse, case).await;
    drop(conn);
    let one = all.unwrap().remove(0);
    let to = Contact {
        minutes: 50,
        ..one.body
    };
    let upon = (one.id, one.version);
    cases::correct_contact(db, &nurse, case, upon, to)
        .await
        .unwrap();
    one.id
}
