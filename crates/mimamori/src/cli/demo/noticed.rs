//! What neighbours, shops and posts told in the demo's past months.

use jiff::civil::Date;

use super::Failure;
use super::stage::{Stage, unexpected};
use crate::ids::{NoticeId, PersonId, RowId};
use crate::notices::{
    self, Agreement, Ending, LookKind, NewNotice, Reach, Since, Sure, Teller, Trade, Way, Words,
};

/// Name, trade, whom to reach, telephone, days since the term began, days since the training.
type Partner = (&'static str, Trade, &'static str, &'static str, i64, i64);

/// The first one's term is nearly over.
const PARTNERS: [Partner; 4] = [
    (
        "みなみ新聞 潮見台販売所",
        Trade::Newspaper,
        "配田 進",
        "03-0100-0201",
        325,
        300,
    ),
    (
        "潮見台郵便局",
        Trade::Post,
        "赤井 文",
        "03-0100-0202",
        200,
        180,
    ),
    (
        "みなみ生活協同組合 宅配センター",
        Trade::Meals,
        "米田 稔",
        "03-0100-0203",
        120,
        90,
    ),
    (
        "汐入みなと薬局",
        Trade::Pharmacy,
        "薬師 静",
        "03-0100-0204",
        60,
        30,
    ),
];

/// What was told: days ago, hour, how (a link by its place in [`PARTNERS`]), signs, words, where.
struct Told {
    when: (i64, i8),
    way: Way,
    by: Option<usize>,
    signs: &'static [&'static str],
    words: &'static str,
    place: &'static str,
    teller: &'static str,
}

impl Told {
    fn words(&self) -> Words {
        let mut said = self.teller.split('／');
        let name = said.next().unwrap_or_default().to_owned();
        let phone = said.next().unwrap_or_default().to_owned();
        Words {
            signs: self.signs.iter().map(|sign| (*sign).to_owned()).collect(),
            words: self.words.to_owned(),
            place: self.place.to_owned(),
            about: String::new(),
            sure: Sure::Seen,
            since: Since::Days,
            teller: Teller {
                name,
                wants: !phone.is_empty(),
                phone,
                mail: String::new(),
            },
            language: "ja".to_owned(),
        }
    }
}

/// What was done: (days ago, hour), how somebody looked, what they found, how it ended and why.
type Done = (
    (i64, i8),
    LookKind,
    &'static str,
    Option<(Ending, &'static str)>,
);

/// Agreements, notices about one address that add up, some that wait, and older ones that ended.
/// Gives the notice that became a case.
pub(super) async fn tell(stage: &Stage<'_>) -> Result<NoticeId, Failure> {
    let mut partners = Vec::new();
    for partner in PARTNERS {
        partners.push(agree(stage, partner).await?);
    }
    for (told, done) in OLDER {
        let id = take(stage, &partners, &told).await?;
        follow(stage, id, None, &done).await?;
    }
    let case = became_case(stage, &partners).await?;
    for (told, done) in WAITING {
        let id = take(stage, &partners, &told).await?;
        if let Some(done) = done {
            follow(stage, id, None, &done).await?;
        }
    }
    Ok(case)
}

async fn agree(stage: &Stage<'_>, of: Partner) -> Result<RowId, Failure> {
    let (name, trade, person, phone, began, trained) = of;
    let began_on: Date = stage.day(began);
    let deed = stage.program((began.min(140), 10)).await?;
    let new = Agreement {
        id: RowId(0),
        name: name.to_owned(),
        trade,
        reach: Reach {
            person: person.to_owned(),
            phone: phone.to_owned(),
            postcode: "000-0011".to_owned(),
            address: "みなみ町潮見台1-3-5".to_owned(),
            ..Reach::default()
        },
        began_on,
        ends_on: stage.day(began - 364),
        trained_on: Some(stage.day(trained)),
        link_at: None,
        asked_for: None,
        closed_at: None,
        version: 1,
    };
    let added = notices::add_agreement(&stage.app.db, &deed, new).await;
    added.map_err(unexpected)
}

async fn take(stage: &Stage<'_>, partners: &[RowId], told: &Told) -> Result<NoticeId, Failure> {
    let deed = stage.program(told.when).await?;
    let new = NewNotice {
        way: told.way,
        words: told.words(),
        danger: false,
        agreement: told.by.and_then(|at| partners.get(at).copied()),
        origin: String::new(),
        hash: None,
        center: None,
        person: None,
        task: None,
    };
    let told = notices::tell(&stage.app.db, &deed, new).await;
    Ok(told.map_err(unexpected)?.id)
}

/// Somebody of the center looks; about whom it is, where that turned out; and it ends, where it did.
async fn follow(
    stage: &Stage<'_>,
    id: NoticeId,
    person: Option<PersonId>,
    (when, kind, found, ending): &Done,
) -> Result<(), Failure> {
    let (db, deed) = (&stage.app.db, stage.deed(stage.staff.nurse, *when).await?);
    let looked = notices::look(db, &deed, id, 1, *kind, found).await;
    looked.map_err(unexpected)?;
    let mut version = 2;
    if let Some(person) = person {
        let why = "表札と、近所の方のお話から。";
        let tied = notices::tie(db, &deed, id, version, person, why).await;
        tied.map_err(unexpected)?;
        version += 1;
    }
    if let Some((ending, why)) = ending {
        let ended = notices::end(db, &deed, id, version, *ending, why).await;
        ended.map_err(unexpected)?;
    }
    Ok(())
}

/// The notice from which the case of 武田 節子さん came.
async fn became_case(stage: &Stage<'_>, partners: &[RowId]) -> Result<NoticeId, Failure> {
    let told = Told {
        when: (24, 15),
        way: Way::Link,
        by: Some(2),
        signs: &["changed", "shopping"],
        words: "卵と食パンを、先週と同じだけ注文されています。玄関に前の箱がそのままありました。やせて見えます。",
        place: "みなみ町若草1-11-14",
        teller: "宅配の担当",
    };
    let done = (
        (23, 10),
        LookKind::Visit,
        "ご本人に会えた。冷蔵庫に卵のパックが6つ。膝が痛く、買い物に出られないとのこと。",
        Some((Ending::Case, "買い物と食事、受診の支えが要るため。")),
    );
    let id = take(stage, partners, &told).await?;
    let person = stage.person("00032").await?;
    follow(stage, id, Some(person), &done).await?;
    Ok(id)
}

/// What is over.
const OLDER: [(Told, Done); 10] = [
    (
        Told {
            when: (128, 9),
            way: Way::Link,
            by: Some(0),
            signs: &["post"],
            words: "朝刊が3日分たまっています。",
            place: "みなみ町潮見台4-12-7",
            teller: "配達の担当",
        },
        done(
            (128, 14),
            LookKind::Phone,
            "娘さんの家に泊まりに行っておられた。",
            Ending::Safe,
            "ご本人と電話で話せた。",
        ),
    ),
    (
        Told {
            when: (112, 16),
            way: Way::Web,
            by: None,
            signs: &["lost"],
            words: "バス停で、どのバスに乗るか何人にも聞いておられました。",
            place: "みなみ町汐入2丁目のバス停",
            teller: "",
        },
        done(
            (111, 10),
            LookKind::Asked,
            "民生委員に聞いた。思い当たる方の家を、来週たずねてもらう。",
            Ending::Watch,
            "民生委員が見守る。",
        ),
    ),
    (
        Told {
            when: (97, 11),
            way: Way::Phone,
            by: None,
            signs: &["shouting"],
            words: "夜に、男性のどなり声が聞こえる。",
            place: "みなみ町浜通り3-26-2",
            teller: "隣の方",
        },
        done(
            (97, 15),
            LookKind::Visit,
            "テレビの音が大きかった。耳が遠くなられている。",
            Ending::Other,
            "耳鼻科の受診をすすめた。",
        ),
    ),
    (
        Told {
            when: (83, 8),
            way: Way::Link,
            by: Some(1),
            signs: &["post", "unseen"],
            words: "郵便受けがいっぱいです。",
            place: "みなみ町松ヶ丘2-6-20",
            teller: "",
        },
        done(
            (83, 11),
            LookKind::Visit,
            "入院しておられた。ご長男に連絡がついた。",
            Ending::Safe,
            "入院先を確かめた。",
        ),
    ),
    (
        Told {
            when: (70, 17),
            way: Way::Web,
            by: None,
            signs: &["money"],
            words: "見なれない業者の車が、毎日のように止まっています。",
            place: "みなみ町若草3-20-7",
            teller: "",
        },
        done(
            (69, 13),
            LookKind::Visit,
            "屋根の工事の契約書があった。消費生活センターに一緒に電話した。",
            Ending::Other,
            "消費生活センターにつないだ。",
        ),
    ),
    (
        Told {
            when: (55, 10),
            way: Way::Counter,
            by: None,
            signs: &["confused"],
            words: "会費の集金のたびに、もう払ったと言われる。",
            place: "みなみ町汐入1-8-10",
            teller: "町会の役員",
        },
        done(
            (54, 10),
            LookKind::Asked,
            "町会の方と一緒にお会いした。お元気だった。",
            Ending::Watch,
            "3か月後にもう一度おたずねする。",
        ),
    ),
    (
        Told {
            when: (41, 9),
            way: Way::Link,
            by: Some(0),
            signs: &["lights"],
            words: "昼も玄関の明かりがついたままです。",
            place: "みなみ町潮見台1-10-4 みなみ荘806号室",
            teller: "",
        },
        done(
            (41, 16),
            LookKind::Phone,
            "スイッチの消し忘れだった。",
            Ending::Safe,
            "ご本人と電話で話せた。",
        ),
    ),
    (
        Told {
            when: (33, 14),
            way: Way::Link,
            by: Some(3),
            signs: &["shopping", "confused"],
            words: "同じ湿布を、週に3回買いに来られます。",
            place: "みなみ町汐入3-7-7",
            teller: "薬局",
        },
        done(
            (32, 11),
            LookKind::Visit,
            "お薬の整理を、薬局と一緒に始めた。",
            Ending::Watch,
            "薬局が見守る。",
        ),
    ),
    (
        Told {
            when: (27, 9),
            way: Way::Paper,
            by: None,
            signs: &["laundry"],
            words: "洗濯物が雨の日も出たままでした。",
            place: "みなみ町松ヶ丘1-28-4",
            teller: "",
        },
        done(
            (26, 14),
            LookKind::Phone,
            "旅行に出ておられた。",
            Ending::Mistaken,
            "旅行中だった。",
        ),
    ),
    (
        Told {
            when: (9, 7),
            way: Way::Phone,
            by: None,
            signs: &["gas"],
            words: "となりの家から、こげたにおいがする。",
            place: "みなみ町浜通り2-13-18",
            teller: "浜野 岬／090-0100-2211",
        },
        done(
            (9, 8),
            LookKind::Visit,
            "鍋をこがされた。けがはなく、消防の方にも見ていただいた。",
            Ending::Safe,
            "ご本人に会えた。火の始末を一緒に確かめた。",
        ),
    ),
];

const fn done(
    when: (i64, i8),
    kind: LookKind,
    found: &'static str,
    ending: Ending,
    why: &'static str,
) -> Done {
    (when, kind, found, Some((ending, why)))
}

/// What waits: three about one house that add up, one nobody has looked into, one without a center.
const WAITING: [(Told, Option<Done>); 6] = [
    (
        Told {
            when: (13, 8),
            way: Way::Link,
            by: Some(0),
            signs: &["post"],
            words: "朝刊が2日分、取り込まれていません。",
            place: HOUSE,
            teller: "配達の担当",
        },
        Some((
            (13, 11),
            LookKind::Phone,
            "ご本人が出られた。風邪で休んでいたとのこと。",
            Some((Ending::Watch, "お声は元気だった。来週もう一度電話する。")),
        )),
    ),
    (
        Told {
            when: (4, 18),
            way: Way::Web,
            by: None,
            signs: &["lights"],
            words: "このごろ、夜も電気がつきません。",
            place: HOUSE,
            teller: "",
        },
        Some(((3, 10), LookKind::Phone, "2回かけたが、出られない。", None)),
    ),
    (
        Told {
            when: (0, 7),
            way: Way::Link,
            by: Some(0),
            signs: &["post", "unseen"],
            words: "朝刊が4日分たまり、新聞受けに入りません。声をかけましたが返事がありません。",
            place: HOUSE,
            teller: "配達の担当／03-0100-0201",
        },
        None,
    ),
    (
        Told {
            when: (2, 15),
            way: Way::Web,
            by: None,
            signs: &["lost"],
            words: "「家に帰る」と言って、同じ道を何度も歩いておられました。80代くらいの女性です。",
            place: "みなみ町若草2丁目の公園",
            teller: "",
        },
        None,
    ),
    (
        Told {
            when: (1, 13),
            way: Way::Phone,
            by: None,
            signs: &["changed"],
            words: "急にやせて、足もとがふらついておられる。",
            place: "みなみ町汐入3-28-5",
            teller: "お向かいの方／090-0100-2212",
        },
        Some((
            (0, 9),
            LookKind::Asked,
            "民生委員の北川さんに聞いた。きょうの午後、一緒にうかがう。",
            None,
        )),
    ),
    (
        Told {
            when: (0, 8),
            way: Way::Web,
            by: None,
            signs: &["confused"],
            words: "きのうと同じことを、何度も聞かれました。",
            place: "駅前の広場",
            teller: "",
        },
        None,
    ),
];

/// The house about which three told.
const HOUSE: &str = "みなみ町潮見台2-14-10";
