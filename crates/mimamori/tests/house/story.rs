//! One story that leaves something in every table that holds sealed values: ハナコ is registered,
//! her tag is bound and lost, an ambulance calls, her contacts are told, somebody visits her, a
//! roster comes in. Told through the real acts and pages.

use jiff::civil::date;
use mimamori::board;
use mimamori::desk::{self, Ask, CallOutcome, Caller, CallerKind, Ending, Opened, Tier};

use mimamori::exchange::{self, List};
use mimamori::ids::{InquiryId, PersonId, SupporterId, TagId};
use mimamori::leaving::{self, Asker, AskerKind, Kind, New};
use mimamori::networks::Text;
use mimamori::papers;
use mimamori::people::import::{self, Mode, OldNumbers};
use mimamori::people::twins::{self, Pick, Picks, Piece, Seen};
use mimamori::people::{self, Draft, Face, Identity, Known, Mail, Medical, Way};
use mimamori::renewals;
use mimamori::routes::BELONGINGS;
use mimamori::scope::Role;
use mimamori::station::watch::About;
use mimamori::tags::{self, Mix, Order};
use mimamori::tasks;
use words::name::PersonName;

use crate::hanako;
use crate::people::picture;
use crate::staff::{NEW, invited, set_up};
use crate::station::{
    at_home, came, coming, given, held, listed, marked, observed, signed, spoken, tied, waived,
};
use crate::supported::{ask, consult, notice, support};
use crate::town::Town;

/// What the story leads to.
pub struct Told {
    pub hanako: PersonId,
    pub tag: TagId,
    /// The number on her keys, as it stands there.
    pub number: String,
    pub inquiry: InquiryId,
}

/// Everything in the story that nobody may read without the key.
pub const SECRETS: &[&str] = &[
    "南野 ハナコ",
    "南野",
    "ハナコ",
    "ミナミノ",
    "03-0188-7191",
    "090-0793-3584",
    "大田区大森北",
    "みなみ荘",
    "南野 一郎",
    "090-0111-2222",
    "北川 春子",
    "090-0333-4444",
    "haruko@example.jp",
    "みなみ診療所",
    "高橋医師",
    "03-0526-9116",
    "心房細動",
    "緑内障",
    "ワルファリン",
    "プレドニン",
    "合鍵は大家",
    "耳が遠い",
    "家族から電話で相談",
    "戸棚の奥",
    "バスの中で落とした",
    "救急 太郎",
    "03-0211-3344",
    "渡邊 しづ",
    "ワタナベ シズ",
    "03-0988-1234",
    "品川区ゆたか町2丁目9番3号",
    "火の元が心配",
    "台所で転んだ",
    "階段の手すり",
    "喫茶ひまわり",
    "頭を打って出血",
    "左の腰が痛い",
    "整形病棟",
    "長男に病名",
    "孫と暮らしたい",
    "雨で延期",
    "門灯がついたまま",
    "山野 歩",
    "講座の帰りに",
    "鍵は商店会の事務所",
    "ご本人は元気",
    "東山 トメ",
    "ヒガシヤマ",
    "03-0455-6677",
    "東山 勇",
    "090-0555-6677",
    "胃潰瘍",
    "西川 ヨネ",
    "中村 看子",
    "夜野 守",
    "新山 来子",
    "new@minami.example.jp",
    "center_staff@minami.example.jp",
    "令和の名簿",
    "北野 さくら",
    "姪御さん",
    "娘の家に移る",
    "けやき公園",
    "膝を押さえて",
    "090-0888-7766",
    "3558891",
    "同じ家のいとこ",
    "塀の向こうで",
    "孫の運動会",
    "火曜に訪問",
    "転居の荷物",
    "意見書の写し",
    "長女の帰国",
    "家から近い",
    "町会 太郎",
    "090-0444-5555",
    "chokai@example.jp",
    "朝刊があふれて",
    "二階の奥の部屋",
    "表札の字",
    "配田 進",
    "090-0222-3344",
    "sumie@example.jp",
    "編み物と花の世話",
    "魚をさばける",
    "川村 澄江",
    "カワムラ スミエ",
    "生年月日をご本人に確かめた",
    "長女のところで孫の世話",
    "春から長く入院された",
    "妹さんの分だった",
    "帰りに手すりを両手でつかんでいた",
    "ふだんは月に",
    "大鍋で煮物をした日",
];

const ROSTER: &str = "\
登録番号,氏名,フリガナ,性別,生年月日,郵便番号,住所,電話番号,世帯,緊急連絡先１氏名,続柄１,電話１,既往歴
00701,東山 トメ,ヒガシヤマ トメ,女,S10.5.6,1430016,大田区大森北9-8-7,03-0455-6677,独居,東山 勇,長男,090-0555-6677,胃潰瘍
00702,西川 ヨネ,ニシカワ ヨネ,女,昭和99年13月1日,1430016,大田区大森北9-8-8,03-0455-6678,独居,,,,
";

/// Tells it.
pub async fn tell(town: &Town) -> Told {
    let hanako = register(town).await;
    let (tag, number) = bind(town, hanako).await;
    let inquiry = call(town, &number).await;
    consult(town, hanako).await;
    renew(town, hanako).await;
    ask(town, hanako).await;
    find(town, hanako, tag, &number).await;
    import(town).await;
    leave(town).await;
    print(town).await;
    twice(town, hanako).await;
    support(town, hanako).await;
    notice(town, hanako).await;
    let course = held(town, &town.deed_of(Role::CenterStaff).await).await;
    spoken(town, course.hall, "講座の帰りに転んだ").await;
    let supporter = support_station(town, hanako).await;
    signed(town, &town.deed_of(Role::CenterStaff).await).await;
    coming(town, supporter).await;
    came(town, &town.deed_of(Role::CenterStaff).await).await;
    let nurse = town.deed_of(Role::CenterStaff).await;
    observed(town, &nurse, About::Supporter(supporter), &["walking"]).await;
    listed(town, &town.minami, supporter).await;
    marked(town, &town.deed_of(Role::CenterStaff).await).await;
    let tasks = "期限,種類,内容\n2026-12-01,その他,戸棚の奥を片づけに行く\n".as_bytes();
    exchange::bring_list(town.db(), &nurse, List::Tasks, tasks.to_vec())
        .await
        .unwrap();
    let newcomer = town.visitor();
    let link = invited(town).await;
    newcomer.post(&link, NEW).await;
    set_up(town, &newcomer).await;
    look_around(town, hanako).await;
    Told {
        hanako,
        tag,
        number,
        inquiry,
    }
}

/// She carries the Station, too.
async fn support_station(town: &Town, hanako: PersonId) -> SupporterId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let supporter = tied(town, &nurse, hanako).await;
    waived(town, &nurse, supporter).await;
    given(town, &nurse, supporter).await;
    at_home(town, &nurse, supporter).await;
    supporter
}

/// The ledger is made and lies there.
async fn print(town: &Town) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let run = papers::begin(town.db(), &nurse, crate::papers::ledger(town.minami.center));
    let run = run.await.unwrap();
    papers::make(town.db(), &nurse, &town.app.clock, run)
        .await
        .unwrap();
}

async fn register(town: &Town) -> PersonId {
    let (db, deed) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let mut draft = Draft {
        center: Some(town.minami.center),
        ..hanako::draft()
    };
    draft.contacts.0[1].mail = Some(Mail {
        address: "haruko@example.jp".to_owned(),
        agreed_on: Some(date(2026, 4, 1)),
        proved_on: Some(date(2026, 4, 2)),
        drills_on: None,
    });
    let medical = Medical {
        drugs: Known::Listed("プレドニン".to_owned()),
        ..draft.medical.clone()
    };
    let id = people::register(db, &deed, draft).await.unwrap();
    people::change_medical(db, &deed, id, 1, medical, None)
        .await
        .unwrap();
    let face = Face::read(&picture()).unwrap();
    people::set_photo(db, &deed, id, face).await.unwrap();
    people::open_for(db, &deed, id, "家族から電話で相談".to_owned())
        .await
        .unwrap();
    id
}

async fn bind(town: &Town, person: PersonId) -> (TagId, String) {
    let (db, admin) = (town.db(), town.deed_of(Role::TownAdmin).await);
    let order = Order {
        count: 4,
        mix: Mix([1, 0, 1, 0]),
        note: "戸棚の奥の箱".to_owned(),
    };
    let batch = tags::order_batch(db, &admin, order).await.unwrap();
    tags::fill_batch(db, &town.app.vault, &admin, batch)
        .await
        .unwrap();
    let nurse = town.deed_of(Role::CenterStaff).await;
    let tag = tags::bind_next(db, &nurse, person).await.unwrap();
    tags::lose(db, &nurse, tag, "バスの中で落とした".to_owned())
        .await
        .unwrap();
    tags::find_again(db, &nurse, tag).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let found = tags::find(&mut conn, &nurse, tag).await.unwrap().unwrap();
    (tag, found.number.shown())
}

/// Somebody finds her in the park and writes; her friend is asked to prove an address; the town
/// begins to practise.
async fn find(town: &Town, person: PersonId, tag: TagId, number: &str) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let carriers = tags::list_carriers(&mut conn, &nurse, tag).await.unwrap();
    drop(conn);
    let (finder, path) = (town.visitor(), carriers[0].address(""));
    let page = finder.get(&path).await;
    let hidden = page.hidden(&path);
    let mut fields: Vec<(&str, &str)> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([
        ("place", "けやき公園の池のそば"),
        ("how", "膝を押さえて座りこんでいる"),
        ("phone", "090-0888-7766"),
        ("position", "35.58891,139.72721,30"),
    ]);
    assert_eq!(finder.post(&path, &fields).await.status, 303);
    board::ask_proof(town.db(), &nurse, person, 1, "")
        .await
        .unwrap();
    let mut conn = town.db().read().await.unwrap();
    let open = desk::list_open(&mut conn, &nurse).await.unwrap();
    drop(conn);
    close(town, open[0].id).await;
    let admin = town.deed_of(Role::TownAdmin).await;
    let numbers = [number.to_owned()];
    let started = board::start_drill(town.db(), &town.app.vault, &admin, &numbers).await;
    assert_eq!(started.unwrap(), Ok(1));
}

async fn call(town: &Town, number: &str) -> InquiryId {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let caller = Caller {
        name: "救急 太郎".to_owned(),
        call_back: "03-0211-3344".to_owned(),
        place: "駅前の喫茶ひまわり".to_owned(),
        happened: "転んで頭を打って出血".to_owned(),
        ..Caller::default()
    };
    let ask = Ask {
        typed: number.to_owned(),
        kind: Some(CallerKind::Ambulance),
        caller,
        ..Ask::default()
    };
    let id = InquiryId(nurse.new_id());
    let opened = desk::open(db, &town.app.vault, &nurse, id, ask)
        .await
        .unwrap();
    assert!(matches!(opened, Opened::Found(_)));
    desk::tell(db, &nurse, id, Tier::Medical, Text::BasisLife)
        .await
        .unwrap();
    desk::note(db, &nurse, id, "左の腰が痛いとのこと")
        .await
        .unwrap();
    desk::note_call(db, &nurse, id, 0, CallOutcome::NoAnswer)
        .await
        .unwrap();
    desk::queue_mail(db, &nurse, id, 1).await.unwrap();
    close(town, id).await;
    id
}

/// She is asked for her renewal, and nobody answers.
async fn renew(town: &Town, hanako: PersonId) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    renewals::begin_walk(db, &nurse, hanako, Way::Phone)
        .await
        .unwrap();
    renewals::tried(db, &nurse, hanako, "門灯がついたまま".to_owned())
        .await
        .unwrap();
}

async fn close(town: &Town, id: InquiryId) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let ending = Ending {
        place: "整形病棟 3階".to_owned(),
        told: "長男に病名を伝えた".to_owned(),
        wish: "孫と暮らしたい".to_owned(),
        ..Ending::default()
    };
    let version = {
        let mut conn = db.read().await.unwrap();
        desk::find(&mut conn, &nurse, id).await.unwrap().version
    };
    let task = desk::close(db, &nurse, id, version, ending).await.unwrap();
    let task = task.unwrap();
    tasks::take(db, &nurse, task, None).await.unwrap();
    let day = date(2026, 11, 26);
    let version = version_of(town, task).await;
    tasks::move_to(db, &nurse, task, version, day, "雨で延期")
        .await
        .unwrap();
    let version = version_of(town, task).await;
    tasks::finish(db, &nurse, task, version, "ご本人は元気")
        .await
        .unwrap();
}

/// Somebody of the roster withdraws; her niece says so.
async fn leave(town: &Town) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let tome = {
        let mut conn = db.read().await.unwrap();
        let found = people::find_by_old_number(&mut conn, &nurse, "00701").await;
        found.unwrap()[0]
    };
    let new = New {
        kind: Kind::Withdrawn,
        since: date(2026, 11, 20),
        asker: Asker {
            kind: AskerKind::Family,
            name: "北野 さくら".to_owned(),
            relation: "姪御さん".to_owned(),
            note: "娘の家に移るとのこと".to_owned(),
        },
    };
    leaving::begin(db, &nurse, tome, 1, new).await.unwrap();
}

async fn version_of(town: &Town, task: mimamori::ids::TaskId) -> i64 {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    tasks::find(&mut conn, &nurse, task).await.unwrap().version
}

async fn import(town: &Town) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let file = ROSTER.as_bytes().to_vec();
    let run = import::begin(db, &nurse, "令和の名簿.csv".to_owned(), file)
        .await
        .unwrap();
    let mapping = {
        let mut conn = db.read().await.unwrap();
        let found = import::find_run(&mut conn, &nurse, run).await;
        found.unwrap().unwrap().mapping
    };
    import::settle_columns(db, &nurse, run, mapping)
        .await
        .unwrap();
    import::judge(db, &nurse, run, OldNumbers::KEPT_ONLY)
        .await
        .unwrap();
    let taken = import::take(db, &nurse, run, Mode::Good, OldNumbers::KEPT_ONLY)
        .await
        .unwrap();
    assert_eq!((taken.written, taken.left_out), (1, 1));
}

/// A cousin's record is told apart from hers, with a reason; she was registered twice, and the
/// second record is merged into hers, which takes its face.
async fn twice(town: &Town, hanako: PersonId) {
    let (db, nurse) = (town.db(), town.deed_of(Role::CenterStaff).await);
    let cousin = Identity {
        name: PersonName::new("別府", "ウメ").unwrap(),
        family_kana: None,
        given_kana: None,
        postcode: None,
        address: None,
        phones: Vec::new(),
        old_number: None,
        ..hanako::identity()
    };
    let other = people::register(db, &nurse, Draft::new(cousin, date(2026, 4, 1)))
        .await
        .unwrap();
    twins::say_other(db, &nurse, (hanako, other), "同じ家のいとこ".to_owned())
        .await
        .unwrap();
    let gone = people::register(db, &nurse, hanako::draft()).await.unwrap();
    let face = Face::read(&picture()).unwrap();
    people::set_photo(db, &nurse, gone, face).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let [kept, going] = [
        people::find(&mut conn, &nurse, hanako)
            .await
            .unwrap()
            .unwrap(),
        people::find(&mut conn, &nurse, gone)
            .await
            .unwrap()
            .unwrap(),
    ];
    let seen = Seen {
        kept: hanako,
        gone,
        stamps: [twins::stamp(&kept), twins::stamp(&going)],
    };
    let picks = Picks(vec![(Piece::Photo, Pick::Gone)]);
    twins::merge(db, &nurse, seen, picks, BELONGINGS)
        .await
        .unwrap();
}

/// Everybody looks at their pages, and searches.
async fn look_around(town: &Town, id: PersonId) {
    let nurse = town.sign_in(Role::CenterStaff).await;
    for path in ["/", "/people", "/desk", "/tags", "/people/search"] {
        assert_eq!(nurse.get(path).await.status, 200, "{path}");
    }
    for path in ["", "/history", "/sights", "/medical/edit", "/photo"] {
        let path = format!("/people/{id}{path}");
        assert_eq!(nurse.get(&path).await.status, 200, "{path}");
    }
    nurse
        .post("/people/search", &[("q", "ミナミノ ハナコ")])
        .await;
    nurse.post("/people/search", &[("q", "03-0188-7191")]).await;
    let head = town.sign_in(Role::CenterHead).await;
    let canary = format!("/people/{id}/canary");
    assert_eq!(head.post(&canary, &[("on", "yes")]).await.status, 303);
    let admin = town.sign_in(Role::TownAdmin).await;
    assert_eq!(admin.get("/staff").await.status, 200);
    assert_eq!(admin.get("/audit").await.status, 200);
    town.visitor().get("/people/none").await;
}
