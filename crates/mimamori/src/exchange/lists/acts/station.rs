//! Lists of those who carry the Station: supporters, vouchers, what was observed.

use std::collections::HashMap;

use jiff::civil::Date;

use super::called::who;
use super::courses::Around;
use super::{Entry, Stopped, Walk, room, shown};
use crate::clock::in_japan;
use crate::exchange::lists::rules::supporter_cells;
use crate::ids::SupporterId;
use crate::notices::{self, find_sign};
use crate::people::{self, Identity};
use crate::station::courses::Year;
use crate::station::supporters::{self, Fee, Settled, Terms, Years};
use crate::station::vouchers;
use crate::station::watch::{self, About};

impl Walk {
    pub(super) async fn supporters(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let (deed, today) = (&self.deed, in_japan(self.deed.now).date());
        let rules = supporters::fee_rules(&mut conn, deed).await?;
        let before = Year::of(today).before();
        let years = supporters::years_of_all(&mut conn, deed, before).await;
        let years = years.map_err(room)?;
        let cards = supporters::list_cards_in_use(&mut conn, deed).await?;
        let cards = cards
            .iter()
            .map(|card| (card.supporter, card.number.to_string()));
        let cards: HashMap<SupporterId, String> = cards.collect();
        let all = supporters::list(&mut conn, deed).await.map_err(room)?;
        let (none, part) = (Years::new(), self.wish.part);
        let mut rows = Vec::new();
        for one in all {
            let paid = years.get(&one.id).unwrap_or(&none);
            let fee = rules.fee((&one.terms, one.entered_on), Year::of(today), paid, today);
            let state = if is_in(&one.terms, today) {
                "in"
            } else {
                "out"
            };
            if part.has_state(state) && (part.fee.is_empty() || part.fee == fee.code()) {
                let card = cards.get(&one.id).cloned().unwrap_or_default();
                let owner = who(&mut conn, deed, one.person).await?;
                let more = [fee_word(&fee).to_owned(), card, one.id.to_string()];
                let cells = supporter_cells(&one).into_iter().chain(owner).chain(more);
                rows.push(Entry::about(cells.collect(), one.person));
            }
        }
        Ok(rows)
    }

    pub(super) async fn vouchers(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let around = Around::read(&mut conn, self).await?;
        let (from, until) = self.wish.part.days();
        let all = vouchers::list_between(&mut conn, &self.deed, from, until).await;
        let row = |one: vouchers::Line| {
            let cells = vec![
                one.day.to_string(),
                one.kind.word().to_owned(),
                one.amount.to_string(),
                one.supporter.map_or(String::new(), |id| around.name(id)),
                self.called.organisation(one.shop),
                one.course,
                one.role.map_or("", |role| role.word()).to_owned(),
                one.words,
                self.called.staff(one.by),
                shown(one.supporter.as_ref()),
                one.id.to_string(),
            ];
            Entry::about(cells, around.person(one.supporter))
        };
        Ok(all.map_err(room)?.into_iter().map(row).collect())
    }

    /// Of one's own center's people, and of supporters who are nobody of the register.
    pub(super) async fn observations(&mut self) -> Result<Vec<Entry>, Stopped> {
        self.done = true;
        let mut conn = self.db.read().await?;
        let around = Around::read(&mut conn, self).await?;
        let signs = notices::list_signs(&mut conn, &self.deed).await?;
        let (from, _) = self.wish.part.days();
        let all = watch::list_lately(&mut conn, &self.deed, from, i64::MAX).await;
        let (mut rows, part) = (Vec::new(), self.wish.part);
        for one in all.map_err(room)? {
            if !part.has_day(one.day) {
                continue;
            }
            let about = match one.about {
                About::Supporter(id) => around.name(id),
                About::Person(id) => {
                    let found = people::find_group::<Identity>(&mut conn, &self.deed, id).await;
                    let found = found.map_err(room)?;
                    found.map_or(String::new(), |kept| kept.value.name.to_string())
                }
            };
            let known = one.words.signs.iter();
            let known = known.filter_map(|code| find_sign(&signs, code));
            let said: Vec<&str> = known.map(|sign| sign.ja.as_str()).collect();
            let cells = vec![
                one.day.to_string(),
                about,
                said.join("／"),
                one.words.words,
                one.words.course,
                one.state.word().to_owned(),
                self.called.staff(Some(one.by)),
                one.id.to_string(),
            ];
            rows.push(Entry::about(cells, one.person));
        }
        Ok(rows)
    }
}

/// In, or will be, as the page of supporters parts them.
fn is_in(terms: &Terms, today: Date) -> bool {
    let last = terms.0.last();
    last.is_some_and(|term| term.until.is_none_or(|until| until >= today))
}

const fn fee_word(fee: &Fee) -> &'static str {
    match fee {
        Fee::None => "なし",
        Fee::Settled(Settled::Paid { .. }) => "納入ずみ",
        Fee::Settled(Settled::Waived { .. }) => "免除",
        Fee::Due(_) => "これから",
        Fee::Grace(_) => "猶予中",
        Fee::Lapsed(_) => "期限切れ",
    }
}
