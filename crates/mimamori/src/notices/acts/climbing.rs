//! What nobody looked into in time climbs: to the head of the center, then to the town. And what the
//! clock does besides: renewals of agreements, and forgetting.

use db::{Conn, Db};

use super::keep;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::notices::rules::{Agreement, Notice, RENEWAL_DAYS, Refusal, Settings, StepKind};
use crate::notices::store;
use crate::tasks::{self, Kind, NewTask, Words};

/// What the clock does in one town. It may run twice at once: each step is kept upon the version that
/// was read.
pub async fn keep_up(db: &Db, deed: &Deed) -> Result<(), Refusal> {
    let mut conn = db.read().await?;
    let settings = store::find_settings(&mut conn, deed).await?;
    let until = in_japan(deed.now).date();
    let until = until.saturating_add(jiff::Span::new().days(RENEWAL_DAYS));
    let asking = store::list_asking(&mut conn, deed, until).await?;
    drop(conn);
    climb_all(db, deed, settings).await?;
    for agreement in asking {
        ask(db, deed, agreement).await?;
    }
    let (deed, before) = (deed.clone(), settings.keeps_since(deed.at()));
    let forget = db.write(move |conn| {
        Box::pin(async move { store::forget_before(conn, &deed, before).await })
    });
    Ok(forget.await.map(drop)?)
}

/// However many there are: each round lists what has not climbed as far as it must, so the rounds end.
async fn climb_all(db: &Db, deed: &Deed, settings: Settings) -> Result<(), Refusal> {
    loop {
        let late = store::list_late(&mut db.read().await?, deed, settings).await?;
        if late.is_empty() {
            return Ok(());
        }
        for notice in late {
            climb(db, deed, notice).await?;
        }
    }
}

async fn climb(db: &Db, deed: &Deed, mut notice: Notice) -> Result<(), Refusal> {
    let next = notice.climbed + 1;
    notice.climbed = next;
    let deed = deed.clone();
    let climbed = db.write(move |conn| {
        Box::pin(async move {
            let kind = match next {
                1 => StepKind::Late,
                _ => StepKind::LateTown,
            };
            keep(conn, &deed, &notice, kind, "").await?;
            if next == 1 && (notice.danger || !notice.flood) {
                tell_the_head(conn, &deed, &notice).await?;
            }
            Ok(())
        })
    });
    match climbed.await {
        // Another program was faster, or somebody looked at this moment.
        Err(Refusal::Changed) => Ok(()),
        other => other,
    }
}

async fn tell_the_head(conn: &mut Conn, deed: &Deed, notice: &Notice) -> Result<(), Refusal> {
    let danger = if notice.danger { "【急ぎ】" } else { "" };
    let received = in_japan(notice.received_at).strftime("%-m月%-d日 %-H:%M");
    let task = NewTask {
        center: notice.center,
        person: None,
        kind: Kind::NoticeLate,
        due: in_japan(deed.now).date(),
        words: Words {
            title: format!("{danger}センター長へ：気づきの確認が遅れています（{received}受付）"),
            story: "町で決めた期限を過ぎても、最初の確認がされていません。担当を決めて、確認をすすめてください。".to_owned(),
        },
        link: notice.link(),
    };
    tasks::open_in(conn, deed, task).await?;
    Ok(())
}

async fn ask(db: &Db, deed: &Deed, agreement: Agreement) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            if !store::save_asked(conn, &deed, &agreement).await? {
                return Ok(());
            }
            let ends = agreement.ends_on.strftime("%Y年%-m月%-d日");
            let task = NewTask {
                center: None,
                person: None,
                kind: Kind::Agreement,
                due: agreement.ends_on,
                words: Words {
                    title: format!("見守り協定の更新：{}", agreement.name),
                    story: format!(
                        "協定の期間が{ends}に終わります。先方の担当者の方に続けていただけるかを聞き、町の管理者かセンター長が「見守り協定」の画面で更新してください。"
                    ),
                },
                link: format!("/notices/agreements/{}", agreement.id),
            };
            tasks::open_in(conn, &deed, task).await?;
            Ok(())
        })
    })
    .await
}
