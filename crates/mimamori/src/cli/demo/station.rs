//! Nine months of the Station and what is left of the year: what comes back each week and each month, one day moved, one called off.

use super::Failure;
use super::stage::{Stage, unexpected};
use crate::deed::Deed;
use crate::ids::RowId;
use crate::station::courses::{
    self, Beat, By, Closed, Details, Entry, Hours, Marks, Move, Need, Off, OnHoliday, Place, Plan,
    Reason, Role, Rule, State, Who, Year,
};

/// Name and reading, who teaches, when it comes back (weeks of a month; none: every week; weekday),
/// from when to when, yen, what to bring, which place.
type Row = (
    (&'static str, &'static str),
    &'static str,
    (&'static [u32], u32),
    (u16, u16),
    u32,
    &'static str,
    usize,
);

const COURSES: [Row; 9] = [
    (
        ("公園体操", "コウエンタイソウ"),
        "岡本 弘子",
        (&[], 0),
        (570, 630),
        0,
        "水筒、タオル",
        1,
    ),
    (
        ("公園体操", "コウエンタイソウ"),
        "岡本 弘子",
        (&[], 3),
        (570, 630),
        0,
        "水筒、タオル",
        1,
    ),
    (
        ("元気かあさんの食堂", "ゲンキカアサンノショクドウ"),
        "",
        (&[], 4),
        (690, 810),
        500,
        "",
        0,
    ),
    (
        ("はじめての書道", "ハジメテノショドウ"),
        "三浦 秀雄",
        (&[2, 4], 1),
        (600, 690),
        200,
        "新聞紙",
        0,
    ),
    (
        ("英語であいさつ", "エイゴデアイサツ"),
        "ベル 真理",
        (&[1, 3], 2),
        (810, 900),
        0,
        "筆記用具",
        0,
    ),
    (
        ("スマホの困りごと相談", "スマホノコマリゴトソウダン"),
        "",
        (&[1, 3], 1),
        (810, 900),
        0,
        "お使いのスマートフォン",
        0,
    ),
    (
        ("歌の広場", "ウタノヒロバ"),
        "小山 律",
        (&[2], 2),
        (600, 690),
        0,
        "",
        0,
    ),
    (
        ("地域づくりセミナー", "チイキヅクリセミナー"),
        "",
        (&[2], 5),
        (840, 960),
        0,
        "",
        2,
    ),
    (
        ("サポーターの集い", "サポーターノツドイ"),
        "",
        (&[6], 5),
        (600, 690),
        0,
        "",
        2,
    ),
];

const PLACES: [(&str, &str, &str, u32); 3] = [
    (
        "柳通りステーション",
        "みなみ町潮見台2-3-4",
        "柳通り商店街の中ほど、青い看板",
        40,
    ),
    (
        "潮見台第一児童公園",
        "みなみ町潮見台1-8",
        "バス停「潮見台」から徒歩2分",
        60,
    ),
    (
        "みなみ町区民ホール",
        "みなみ町若草1-1-1",
        "みなみ駅の北口を出てすぐ",
        150,
    ),
];

pub(super) async fn plan(stage: &Stage<'_>) -> Result<Vec<RowId>, Failure> {
    let (db, nurse) = (
        &stage.app.db,
        stage.deed(stage.staff.nurse, (260, 9)).await?,
    );
    let mut places = Vec::new();
    for (word, address, access, holds) in PLACES {
        let place = Place {
            id: RowId(0),
            word: word.to_owned(),
            address: address.to_owned(),
            access: access.to_owned(),
            holds: Some(holds),
            open: true,
            version: 0,
        };
        places.push(
            courses::keep_place(db, &nurse, place)
                .await
                .map_err(unexpected)?,
        );
    }
    let year = Year::of(stage.today);
    let last = year.last();
    // 28 December to 4 January, as offices have it.
    let closed = Closed {
        from: last.saturating_sub(jiff::Span::new().days(93)),
        until: last.saturating_sub(jiff::Span::new().days(86)),
        word: "年末年始".to_owned(),
    };
    courses::add_closure(db, &nurse, closed)
        .await
        .map_err(unexpected)?;
    let mut made = Vec::new();
    for row in COURSES {
        let plan = Plan {
            from: stage.day(259),
            until: last,
            rule: rule(row.2),
            details: details(row, &places),
        };
        made.push(courses::plan(db, &nurse, plan).await.map_err(unexpected)?);
    }
    told(stage, &made, &places).await?;
    Ok(made)
}

fn rule((weeks, on): (&[u32], u32)) -> Rule {
    let on = Marks::of([on]);
    let beat = match weeks {
        [] => Beat::Weeks { every: 1, on },
        weeks => Beat::MonthWeeks {
            weeks: Marks::of(weeks.iter().copied()),
            on,
        },
    };
    Rule {
        beat,
        except: Marks::default(),
        holidays: OnHoliday::Skip,
        also: Vec::new(),
        but: Vec::new(),
    }
}

fn details(row: Row, places: &[RowId]) -> Details {
    let ((title, reading), teacher, _, (starts, ends), fee, bring, at) = row;
    // One at a time, with a telephone in hand.
    let asks = title.starts_with("スマホ");
    let inside = title.starts_with("サポーター");
    let kitchen = [(Role::Cook, 4), (Role::SetUp, 3), (Role::Clearing, 3)];
    let usual = [(Role::Reception, 1), (Role::Helper, 2), (Role::Watch, 1)];
    let needs: &[(Role, u32)] = if fee == 500 { &kitchen } else { &usual };
    let need = |&(role, number): &(Role, u32)| Need { role, number };
    Details {
        title: title.to_owned(),
        reading: reading.to_owned(),
        hours: Hours { starts, ends },
        place: places.get(at).copied(),
        holds: match asks {
            true => Some(4),
            false => PLACES.get(at).map(|place| place.3),
        },
        fee,
        bring: bring.to_owned(),
        about: String::new(),
        by: if at == 2 { By::Center } else { By::Supporters },
        organisation: None,
        by_name: String::new(),
        who: if inside { Who::Supporters } else { Who::Anyone },
        entry: if fee == 500 || asks {
            Entry::SignUp
        } else {
            Entry::Open
        },
        shown: !inside,
        teacher: teacher.to_owned(),
        teacher_shown: false,
        needs: needs.iter().map(need).collect(),
        note: String::new(),
    }
}

/// The next gymnastics are off, and the next dining room is a day earlier elsewhere.
async fn told(stage: &Stage<'_>, made: &[RowId], places: &[RowId]) -> Result<(), Failure> {
    let nurse = stage.deed(stage.staff.nurse, (0, 9)).await?;
    let [Some(gym), Some(kitchen)] = [made.first(), made.get(2)] else {
        return Ok(());
    };
    let off = Off {
        reason: Reason::Weather,
        words: "大雨の予報".to_owned(),
        told: "店先に掲示、お手伝いの方に電話".to_owned(),
    };
    let day = next(stage, &nurse, *gym).await?;
    if let Some(day) = day {
        let done = courses::call_off(&stage.app.db, &nurse, (day.id, day.version), off).await;
        done.map_err(unexpected)?;
    }
    if let Some(day) = next(stage, &nurse, *kitchen).await? {
        let to = Move {
            day: day.day,
            hours: day.details.hours,
            place: places.get(2).copied(),
            why: "ステーションの台所を直しているため".to_owned(),
        };
        let done = courses::shift(&stage.app.db, &nurse, (day.id, day.version), to).await;
        done.map_err(unexpected)?;
    }
    Ok(())
}

/// The next day of a series that is held after today.
async fn next(
    stage: &Stage<'_>,
    deed: &Deed,
    course: RowId,
) -> Result<Option<courses::CourseDay>, Failure> {
    let mut conn = stage.app.db.read().await?;
    let tomorrow = stage.day(-1);
    let days = courses::list_of_series(&mut conn, deed, course, tomorrow).await;
    let mut days = days.map_err(unexpected)?.into_iter();
    Ok(days.find(|day| day.state == State::Planned))
}
