//! What was noticed in the year, and who was supported.

use anyhow::{Context, Result};
use db::Db;
use jiff::Span;
use mimamori::cases::{self, Access, Body, Contact, ContactWay, EndReason, NewCase};
use mimamori::clock::in_japan;
use mimamori::deed::Deed;
use mimamori::ids::{CaseId, NoticeId, PersonId};
use mimamori::notices::{self, Ending, LookKind, NewNotice, Since, Sure, Teller, Way, Words};
use tokio::task::JoinSet;

use super::fill::Town;

/// One notice of eight is about a place and nobody yet.
const PLACES: usize = 8;

impl Town {
    /// Notices of a day; nineteen in twenty are looked into and over.
    pub async fn notice(&mut self, count: usize) -> Result<()> {
        let mut under_way = JoinSet::new();
        for _ in 0..count {
            let at = self.chance.below(self.centers.len());
            let deed = self.deed_of(at).await?;
            let place = self.chance.below(PLACES) == 0;
            let person = (!place).then(|| self.somebody(at));
            let new = self.told(&deed, person);
            let stays = self.chance.below(20) == 0;
            let db = self.app.db.clone();
            under_way.spawn(async move { (at, noticed(&db, &deed, new, stays).await) });
        }
        while let Some(one) = under_way.join_next().await {
            let (at, id) = one?;
            self.filled.notices[at].push(id?.0);
        }
        Ok(())
    }

    fn told(&mut self, deed: &Deed, person: Option<PersonId>) -> NewNotice {
        let signs = ["post", "laundry", "lights", "unseen"];
        let house = 1 + self.chance.below(3_000);
        NewNotice {
            way: Way::Phone,
            words: Words {
                signs: vec![signs[self.chance.below(signs.len())].to_owned()],
                words: "新聞が三日分たまっていて、呼んでも出てこないとのこと。".to_owned(),
                place: format!("はかり町{}番{}号", house / 20, house % 20 + 1),
                about: String::new(),
                sure: Sure::Seen,
                since: Since::Days,
                teller: Teller::default(),
                language: String::new(),
            },
            danger: false,
            agreement: None,
            origin: String::new(),
            hash: None,
            center: deed.scope.center,
            person,
            task: None,
        }
    }

    /// Cases that are opened on a day, each with a contact and a step; three in five are over.
    pub async fn support(&mut self, count: usize) -> Result<()> {
        let mut under_way = JoinSet::new();
        for _ in 0..count {
            let at = self.chance.below(self.centers.len());
            let deed = self.deed_of(at).await?;
            let person = self.somebody(at);
            let over = self.chance.below(5) < 3;
            let db = self.app.db.clone();
            under_way.spawn(async move { (at, supported(&db, &deed, person, over).await) });
        }
        while let Some(one) = under_way.join_next().await {
            let (at, id) = one?;
            self.filled.cases[at].push(id?.0);
        }
        Ok(())
    }
}

async fn noticed(db: &Db, deed: &Deed, new: NewNotice, stays: bool) -> Result<NoticeId> {
    let id = notices::tell(db, deed, new).await?.id;
    if !stays {
        let version = version_of(db, deed, id).await?;
        notices::look(
            db,
            deed,
            id,
            version,
            LookKind::Visit,
            "訪ねました。お元気でした。",
        )
        .await?;
        let version = version_of(db, deed, id).await?;
        notices::end(
            db,
            deed,
            id,
            version,
            Ending::Safe,
            "旅行から戻られたところでした。",
        )
        .await?;
    }
    Ok(id)
}

async fn version_of(db: &Db, deed: &Deed, id: NoticeId) -> Result<i64> {
    let mut conn = db.read().await?;
    Ok(notices::find(&mut conn, deed, id).await?.version)
}

async fn supported(db: &Db, deed: &Deed, person: PersonId, over: bool) -> Result<CaseId> {
    let today = in_japan(deed.now).date();
    let new = NewCase {
        people: vec![person],
        center: deed.scope.center.context("center")?,
        lead: None,
        access: Access::Center,
        body: Body {
            began: "もの忘れがふえ、火の元が心配とのご相談から。".to_owned(),
            aims: "この家で、これからも暮らしたい。".to_owned(),
            plan: "要介護認定の申請と、配食の見守り。".to_owned(),
            ..Body::default()
        },
    };
    let id = cases::open(db, deed, new).await?;
    let contact = Contact {
        on: today,
        way: ContactWay::Visit,
        with: "ご本人".to_owned(),
        minutes: 30,
        words: "台所に焦げた鍋がありました。食事は一日二回とのこと。".to_owned(),
        before: Vec::new(),
    };
    cases::add_contact(db, deed, id, contact).await?;
    let due = today.saturating_add(Span::new().days(14));
    cases::add_step(db, deed, id, due, "長女に電話をかける".to_owned()).await?;
    if over {
        let mut conn = db.read().await?;
        let version = cases::find(&mut conn, deed, id).await?.version;
        drop(conn);
        let end = (EndReason::Linked, "ケアマネジャーに引き継いだ。".to_owned());
        cases::close(db, deed, id, version, end).await?;
    }
    Ok(id)
}
