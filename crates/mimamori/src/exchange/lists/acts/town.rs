//! Lists of the town itself: centers, organisations, agreements, accounts, batches, the audit.

use super::{Entry, Stopped, Walk, minute, room};
use crate::audit::{self, Filter};
use crate::clock::in_japan;
use crate::exchange::lists::rules::{agreement_cells, center_cells, organisation_cells};
use crate::staff::{Account, AccountState};
use crate::{networks, notices, staff, tags};

/// Lines of the audit read at a time.
const LINES: i64 = 500;

impl Walk {
    pub(super) async fn centers(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let all = networks::list_centers(&mut conn, &self.deed.scope).await?;
        let row = |of: &networks::Center| {
            let id = of.id.to_string();
            center_cells(of).into_iter().chain([id]).collect()
        };
        Ok(all.iter().map(row).map(Entry::plain).collect())
    }

    pub(super) async fn organisations(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let all = networks::list_organisations(&mut conn, &self.deed.scope).await?;
        let row = |of: &networks::Organisation| {
            let id = of.id.to_string();
            organisation_cells(of).into_iter().chain([id]).collect()
        };
        Ok(all.iter().map(row).map(Entry::plain).collect())
    }

    pub(super) async fn agreements(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let all = notices::list_agreements(&mut conn, &self.deed).await;
        let row = |of: &notices::Agreement| {
            let id = of.id.to_string();
            agreement_cells(of).into_iter().chain([id]).collect()
        };
        let all = all.map_err(room)?;
        Ok(all.iter().map(row).map(Entry::plain).collect())
    }

    /// People's accounts; programs have none of this.
    pub(super) async fn staff(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let (scope, keys) = (&self.deed.scope, &self.deed.keys);
        let all = staff::list_accounts(&mut conn, scope, keys).await;
        let mut all = all.map_err(room)?;
        all.retain(|one| !one.is_system());
        let rows = all.iter().map(|one| self.account(one));
        Ok(rows.map(Entry::plain).collect())
    }

    fn account(&self, one: &Account) -> Vec<String> {
        let date = |at| in_japan(at).date().to_string();
        let place = match one.place.center {
            Some(center) => self.called.center(Some(center)),
            None => self.called.organisation(one.place.organisation),
        };
        let state = match one.state {
            AccountState::Invited => "招待中",
            AccountState::Active => "利用中",
            AccountState::Suspended => "停止中",
        };
        vec![
            one.card.name.clone(),
            one.place.role.word().to_owned(),
            place,
            one.card.email.clone(),
            match one.second_factor {
                Some(_) => "設定済み",
                None => "なし",
            }
            .to_owned(),
            state.to_owned(),
            date(one.term.begins_at),
            one.term.ends_at.map(date).unwrap_or_default(),
            one.id.to_string(),
        ]
    }

    pub(super) async fn batches(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let all = tags::list_batches(&mut conn, &self.deed).await;
        let row = |of: &tags::Batch| {
            vec![
                minute(of.ordered_at),
                of.order.count.to_string(),
                of.made.to_string(),
                of.taken_at.map(minute).unwrap_or_default(),
                of.id.to_string(),
            ]
        };
        Ok(all
            .map_err(room)?
            .iter()
            .map(row)
            .map(Entry::plain)
            .collect())
    }

    /// The newest line first.
    pub(super) async fn audit(&mut self) -> Result<Vec<Entry>, Stopped> {
        let mut conn = self.db.read().await?;
        let filter = Filter {
            whose: None,
            staff: None,
            verb: None,
            before: Some(if self.at == 0 { i64::MAX } else { self.at }),
            limit: LINES,
        };
        let entries = audit::list_entries(&mut conn, &self.deed.scope, filter).await?;
        match entries.last() {
            Some(last) => self.at = last.ticket,
            None => self.done = true,
        }
        let id = |id: Option<String>| id.unwrap_or_default();
        let row = |one: &audit::Entry| {
            vec![
                one.ticket.to_string(),
                in_japan(one.at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
                one.actor_kind.clone(),
                id(one.staff.map(|of| of.to_string())),
                one.verb
                    .map_or(String::new(), |verb| verb.word().to_owned()),
                id(one.whose.map(|of| of.to_string())),
                one.fields.to_string(),
                one.why.clone(),
                one.origin.clone(),
            ]
        };
        Ok(entries.iter().map(row).map(Entry::plain).collect())
    }
}
