//! The supporters of the Station: who they are, their cards, fees, times away and vouchers.

use std::collections::BTreeMap;

use super::Failure;
use super::stage::{Stage, phone, unexpected};
use crate::deed::Deed;
use crate::ids::{PersonId, RowId, SupporterId};
use crate::networks::{self, Organisation, OrganisationKind};
use crate::people::{self, Identity};
use crate::station::change::{self, Agreed, Signal, Way};
use crate::station::courses::{Role, Year};
use crate::station::supporters::{self, Away, AwayKind, Details, Reach};
use crate::station::vouchers::{self, New};

/// A supporter, and when they come: `m` Mondays, `t` Thursdays, `f` Fridays, `c` to cook on Fridays,
/// `-` not any more for eight weeks.
pub(super) struct Member {
    pub id: SupporterId,
    pub comes: &'static str,
    /// Since how many days.
    pub since: i64,
}

/// Name, reading, telephone, born, what they like, what they can do, when they come. Without a name:
/// somebody of the register.
type Row = (
    (&'static str, &'static str),
    &'static str,
    i16,
    &'static str,
    &'static [Role],
    &'static str,
);

const ROWS: [Row; 14] = [
    (
        ("川村 澄江", "カワムラ スミエ"),
        "090-0222-3344",
        1946,
        "編み物、花の世話",
        &[Role::Cook, Role::Clearing],
        "fc",
    ),
    (("", ""), "", 0, "ラジオ体操、将棋", &[Role::SetUp], "mt-"),
    (
        ("大沢 茂", "オオサワ シゲル"),
        "090-0141-2031",
        1951,
        "釣り",
        &[Role::SetUp, Role::Reception],
        "mf",
    ),
    (
        ("岡本 弘子", "オカモト ヒロコ"),
        "090-0141-2032",
        1955,
        "体操",
        &[Role::Teacher],
        "mt",
    ),
    (
        ("三浦 秀雄", "ミウラ ヒデオ"),
        "090-0141-2033",
        1948,
        "書道、古い地図",
        &[Role::Teacher],
        "m",
    ),
    (
        ("西田 ふみ", "ニシダ フミ"),
        "03-0141-2034",
        1943,
        "歌",
        &[Role::Cook],
        "tfc",
    ),
    (("", ""), "", 0, "散歩", &[Role::Helper], "mtf"),
    (
        ("黒木 恵子", "クロキ ケイコ"),
        "090-0141-2036",
        1958,
        "パン作り",
        &[Role::Cook, Role::Reception],
        "tfc",
    ),
    (
        ("平野 勝", "ヒラノ マサル"),
        "090-0141-2037",
        1950,
        "町歩きの案内",
        &[Role::Helper],
        "mt",
    ),
    (
        ("谷口 和枝", "タニグチ カズエ"),
        "03-0141-2038",
        1944,
        "お茶",
        &[Role::Clearing],
        "f",
    ),
    (
        ("原 正人", "ハラ マサト"),
        "090-0141-2039",
        1962,
        "写真",
        &[Role::Reception],
        "mf",
    ),
    (
        ("上野 千代", "ウエノ チヨ"),
        "03-0141-2040",
        1939,
        "折り紙",
        &[],
        "tf",
    ),
    (
        ("小山 律", "コヤマ リツ"),
        "090-0141-2041",
        1957,
        "歌、ピアノ",
        &[Role::Teacher],
        "t",
    ),
    (
        ("中原 光", "ナカハラ ヒカル"),
        "090-0141-2042",
        1990,
        "看護師として見守り",
        &[Role::Watch],
        "tf",
    ),
];

/// Everybody joins, one after the other; some get a card and agree to be looked after.
pub(super) async fn join(stage: &Stage<'_>) -> Result<Vec<Member>, Failure> {
    let (db, mut registered) = (&stage.app.db, known(stage).await?.into_iter());
    let mut members = Vec::new();
    for (at, row) in (0i64..).zip(ROWS) {
        let since = 258 - 9 * at;
        let deed = stage.deed(stage.staff.nurse, (since, 10)).await?;
        let person = row.0.0.is_empty().then(|| registered.next()).flatten();
        let details = details(row, person.as_ref().map(|(_, identity)| identity));
        let joined = supporters::join(db, &deed, details, stage.day(since)).await;
        let (id, mut version) = (joined.map_err(unexpected)?, 1);
        if let Some((person, _)) = person {
            let into = (person, stage.app.explains);
            let why = "名前と生年月日をご本人に確かめた";
            let tied = supporters::tie(db, &deed, (id, version), into, why).await;
            tied.map_err(unexpected)?;
            version += 1;
        }
        if at % 5 != 4 {
            let given = supporters::give_card(db, &deed, (id, version)).await;
            given.map_err(unexpected)?;
        }
        if at < 9 {
            agree(stage, &deed, id, since).await?;
        }
        members.push(Member {
            id,
            comes: row.5,
            since,
        });
    }
    pay(stage, &members).await?;
    away(stage, &members).await?;
    give(stage, &members).await?;
    Ok(members)
}

fn details(row: Row, registered: Option<&Identity>) -> Details {
    let ((name, kana), number, born, likes, can, _) = row;
    let name = registered.map_or(name.to_owned(), |one| one.name.to_string());
    let kana = registered.map_or(kana.to_owned(), Identity::kana);
    let theirs = registered.and_then(|one| one.phones.first().cloned());
    Details {
        name,
        kana,
        phone: theirs.or_else(|| phone(number)),
        reach: vec![Reach::Phone, Reach::Here],
        born: (born > 0).then_some(born),
        likes: likes.to_owned(),
        can: can.to_vec(),
        ..Details::default()
    }
}

/// Two of the register who belong to the center.
async fn known(stage: &Stage<'_>) -> Result<Vec<(PersonId, Identity)>, Failure> {
    let deed = stage.deed(stage.staff.nurse, (260, 9)).await?;
    let mut found = Vec::new();
    for number in 66..100 {
        let person = stage.person(&format!("{number:05}")).await?;
        let mut conn = stage.app.db.read().await?;
        let standing = people::find_standing(&mut conn, &deed, person).await;
        let own = standing.map_err(unexpected)?.and_then(|one| one.center);
        if own != Some(stage.places.center) {
            continue;
        }
        let identity = people::find_group::<Identity>(&mut conn, &deed, person).await;
        found.extend(
            identity
                .map_err(unexpected)?
                .map(|kept| (person, kept.value)),
        );
        if found.len() == 2 {
            break;
        }
    }
    Ok(found)
}

async fn agree(stage: &Stage<'_>, deed: &Deed, id: SupporterId, since: i64) -> Result<(), Failure> {
    let agreed = Agreed {
        signals: vec![Signal::Often, Signal::Role],
        on: stage.day(since),
        way: Way::Said,
        note: String::new(),
    };
    let agreed = change::agree(&stage.app.db, deed, id, agreed).await;
    agreed.map(drop).map_err(unexpected)
}

/// This year's fee: most paid it, one need not, the last ones have not come by yet.
async fn pay(stage: &Stage<'_>, members: &[Member]) -> Result<(), Failure> {
    let (db, year) = (&stage.app.db, Year::of(stage.today));
    for (at, member) in (0i64..).zip(members).take(11) {
        let ago = 40 - 3 * at;
        let deed = stage.deed(stage.staff.colleague, (ago, 13)).await?;
        let of = (member.id, year);
        if at == 4 {
            let waived = supporters::waive(db, &deed, of, "夏に長く入院されたため").await;
            waived.map_err(unexpected)?;
            continue;
        }
        let paid = supporters::pay(db, &deed, of, 2_000, stage.day(ago)).await;
        paid.map_err(unexpected)?;
    }
    Ok(())
}

async fn away(stage: &Stage<'_>, members: &[Member]) -> Result<(), Failure> {
    let told = [
        (9, 30, Some(16), AwayKind::Hospital, "白内障の手術"),
        (11, -5, Some(-12), AwayKind::Family, "長女のところへ"),
    ];
    for (at, from, until, kind, words) in told {
        let Some(member) = members.get(at) else {
            continue;
        };
        let away = Away {
            from: stage.day(from),
            until: until.map(|ago| stage.day(ago)),
            kind,
            words: words.to_owned(),
        };
        let deed = stage.deed(stage.staff.nurse, (35, 11)).await?;
        let told = supporters::tell_away(&stage.app.db, &deed, member.id, away).await;
        told.map_err(unexpected)?;
    }
    Ok(())
}

/// Vouchers of the shopping street for those who cook; a greengrocer brings some back each month.
async fn give(stage: &Stage<'_>, members: &[Member]) -> Result<(), Failure> {
    let db = &stage.app.db;
    let head = stage.deed(stage.staff.head, (120, 9)).await?;
    let rules = BTreeMap::from([(Role::Cook.code(), 500), (Role::Teacher.code(), 1_000)]);
    let set = vouchers::set_rules(db, &head, rules).await;
    set.map_err(unexpected)?;
    let new = |deed: &Deed, ago: i64, amount: u32, course: &str, role: Option<Role>| New {
        id: RowId(deed.new_id()),
        day: stage.day(ago),
        amount,
        course: course.to_owned(),
        role,
    };
    let cooks = members.iter().filter(|one| one.comes.contains('c'));
    for (turn, member) in (0i64..).zip(cooks) {
        for week in 0..8 {
            let ago = 6 + 7 * week + turn;
            let deed = stage.deed(stage.staff.nurse, (ago, 14)).await?;
            let given = new(&deed, ago, 500, "元気かあさんの食堂", Some(Role::Cook));
            let given = vouchers::give(db, &deed, member.id, given).await;
            given.map_err(unexpected)?;
        }
    }
    let shop = shop(stage).await?;
    for (ago, amount) in [(33, 4_500), (3, 3_000)] {
        let deed = stage.deed(stage.staff.colleague, (ago, 16)).await?;
        let back = new(&deed, ago, amount, "", None);
        let back = vouchers::hand_in(db, &deed, shop, back).await;
        back.map_err(unexpected)?;
    }
    Ok(())
}

async fn shop(stage: &Stage<'_>) -> Result<RowId, Failure> {
    let program = stage.program((130, 9)).await?;
    let new = Organisation {
        id: RowId(0),
        kind: OrganisationKind::Other,
        name: "八百屋みどり（柳通り商店街）".to_owned(),
        phones: phone("03-0100-0305").into_iter().collect(),
        closed_at: None,
        version: 1,
    };
    let added = networks::add_organisation(&stage.app.db, &program, new).await;
    added.map_err(unexpected)
}
