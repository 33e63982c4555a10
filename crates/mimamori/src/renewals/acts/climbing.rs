//! Silence climbs: each step is a task of the person's center.

use std::collections::HashMap;

use db::{Conn, Db};
use jiff::civil::Date;

use super::step::keep;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::{CenterId, TaskId};
use crate::networks;
use crate::notices::{self, NewNotice, Since, Sure, Teller};
use crate::renewals::rules::{Act, AskWay, Refusal, Renewal, Settings, Step};
use crate::renewals::store::{self, Due};
use crate::tasks::{self, Kind, NewTask, Words};

/// Opens the task of the next step for everybody whose days are over.
pub async fn climb(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let settings = store::find_settings(&mut db.read().await?, deed).await?;
    let today = in_japan(deed.now).date();
    loop {
        let due = store::list_climbing(&mut db.read().await?, deed, today).await?;
        if due.is_empty() {
            return Ok(());
        }
        let deed = deed.clone();
        db.write(move |conn| {
            Box::pin(async move {
                let mut days = HashMap::new();
                for one in &due {
                    climb_one(conn, &deed, one, &settings, &mut days).await?;
                }
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    }
}

/// The working days of centers already asked for: many people wait at few centers.
type Days = HashMap<(Option<CenterId>, bool), Date>;

async fn climb_one(
    conn: &mut Conn,
    deed: &Deed,
    due: &Due,
    settings: &Settings,
    days: &mut Days,
) -> Result<(), Refusal> {
    let (before, today) = (&due.renewal, in_japan(deed.now).date());
    let mut after = before.clone();
    let Some((next, _)) = settings.next(before.step) else {
        after.lapse();
        return keep(conn, deed, before, &after, (Act::Lapsed, ""), "").await;
    };
    // The next year's asking is near: whoever was silent so long must not go under in it.
    let step = if before.is_past(today) {
        Step::Safety
    } else {
        next
    };
    let day = working_day(conn, deed, due.center, step, days).await?;
    let name = &due.identity.value.name;
    let new = NewTask {
        center: due.center,
        person: Some(before.person),
        kind: match step {
            Step::Safety => Kind::SafetyCheck,
            _ => Kind::Renewal,
        },
        due: day,
        words: Words {
            title: format!("{name} {}", step.task()),
            story: story(before, step),
        },
        link: format!("/renewals/{}", before.person),
    };
    let task = tasks::open_in(conn, deed, new).await?;
    if step == Step::Safety {
        notices::tell_in(conn, deed, silence(due, task)).await?;
    }
    after.begin(step, task);
    keep(
        conn,
        deed,
        before,
        &after,
        (Act::StepBegun, step.word()),
        "",
    )
    .await
}

/// What silence through all steps tells: it adds up with what neighbours see. The task is the same.
fn silence(due: &Due, task: TaskId) -> NewNotice {
    let identity = &due.identity.value;
    let address = identity.address.as_ref();
    NewNotice {
        way: notices::Way::Room,
        words: notices::Words {
            signs: vec![notices::SILENT.to_owned()],
            words: format!("{}の更新", due.renewal.month.words()),
            place: address.map_or(String::new(), |address| address.to_string()),
            about: identity.name.to_string(),
            sure: Sure::Seen,
            since: Since::Unknown,
            teller: Teller::default(),
            language: String::new(),
        },
        danger: false,
        agreement: None,
        origin: String::new(),
        hash: None,
        center: due.center,
        person: Some(due.renewal.person),
        task: Some(task),
    }
}

/// The next working day; for somebody's safety today, if the center works today.
async fn working_day(
    conn: &mut Conn,
    deed: &Deed,
    center: Option<CenterId>,
    step: Step,
    days: &mut Days,
) -> Result<Date, Refusal> {
    let today = in_japan(deed.now).date();
    let safety = step == Step::Safety;
    if let Some(day) = days.get(&(center, safety)) {
        return Ok(*day);
    }
    let from = match safety {
        true => today.yesterday().unwrap_or(today),
        false => today,
    };
    let day = match center {
        Some(center) => networks::next_working_day(conn, &deed.scope, center, from).await?,
        None => from.tomorrow().unwrap_or(today),
    };
    days.insert((center, safety), day);
    Ok(day)
}

fn story(renewal: &Renewal, step: Step) -> String {
    let month = renewal.month.words();
    let asked = renewal.asked_on.map_or(String::new(), |on| {
        let way = renewal.way.map_or("", AskWay::word);
        format!("{}に{way}でお願いしました。", on.strftime("%-m月%-d日"))
    });
    let so_far = match renewal.step {
        Some(before) => format!(
            "そのあと「{}」まで進みましたが、返事がありません。",
            before.word()
        ),
        None => "まだ返事がありません。".to_owned(),
    };
    let now = match step {
        Step::Safety => {
            "返事がないまま、最後の段階になりました。ご無事かどうかを確かめてください。訪問、近所の方や関係機関への確認など、要綱に沿って進めてください。"
        }
        Step::Postcard => "はがきをもう一度出してください。",
        Step::Phone => "ご本人に電話してください。つながったら、そのまま登録内容を確かめられます。",
        Step::Contacts => "緊急連絡先に電話して、ご本人の様子を聞いてください。",
        Step::Visit => "お宅を訪ねてください。会えたら、その場で登録内容を確かめられます。",
    };
    format!(
        "{month}の更新です。{asked}{so_far}\n{now}\n下の「更新の画面をひらく」から、結果を記録できます。"
    )
}
