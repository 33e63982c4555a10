//! A connection: the same type for reading and inside a write.

use crate::Sql;
use crate::error::{Error, Result};
use crate::value::{Row, Value};
use crate::{postgres, sqlite};

/// A connection. From [`Db::read`](crate::Db::read) it only reads; inside
/// [`Db::write`](crate::Db::write) it is the open transaction.
///
/// Inside a write the first statement that the engine refuses ends it: every later statement gives
/// the same error and nothing is kept, even if the work answers `Ok`. (PostgreSQL knows no other
/// way, and SQLite follows it here.) Where a duplicate is no failure, write `ON CONFLICT DO NOTHING`.
/// An [`Error::Shape`] or [`Error::Changed`] is this crate's own finding and ends nothing by itself.
pub struct Conn {
    link: Link,
    writing: bool,
    refused: Option<Error>,
    /// SQLite only: network and last ticket, of those asked for in the open transaction.
    tickets: Vec<(i64, i64)>,
}

pub(crate) enum Link {
    Sqlite(sqlite::Lent),
    Postgres(postgres::Lent),
}

impl Conn {
    pub(crate) fn reading(link: Link) -> Self {
        Self {
            link,
            writing: false,
            refused: None,
            tickets: Vec::new(),
        }
    }

    pub(crate) fn writing(link: Link) -> Self {
        Self {
            writing: true,
            ..Self::reading(link)
        }
    }

    pub(crate) fn link(&mut self) -> &mut Link {
        &mut self.link
    }

    /// Every row the statement gives, in its order.
    pub async fn rows(&mut self, statement: Sql, args: &[Value]) -> Result<Vec<Row>> {
        self.still_good()?;
        let done = match &mut self.link {
            Link::Sqlite(lent) => lent.rows(statement.text(), args),
            Link::Postgres(lent) => lent.rows(statement.text(), args).await,
        };
        self.note(done.map_err(|error| error.in_statement(statement.text())))
    }

    /// The row, if there is one; more than one is [`Error::Shape`].
    pub async fn one(&mut self, statement: Sql, args: &[Value]) -> Result<Option<Row>> {
        let mut rows = self.rows(statement, args).await?;
        let row = rows.pop();
        match rows.is_empty() {
            true => Ok(row),
            false => {
                Err(Error::Shape("more than one row".to_owned()).in_statement(statement.text()))
            }
        }
    }

    /// Runs the statement and says how many rows it touched.
    pub async fn exec(&mut self, statement: Sql, args: &[Value]) -> Result<u64> {
        self.still_good()?;
        let done = match &mut self.link {
            Link::Sqlite(lent) => lent.exec(statement.text(), args),
            Link::Postgres(lent) => lent.exec(statement.text(), args).await,
        };
        self.note(done.map_err(|error| error.in_statement(statement.text())))
    }

    /// Runs the statement; [`Error::Changed`] unless it touched exactly one row.
    pub async fn exec_one(&mut self, statement: Sql, args: &[Value]) -> Result<()> {
        match self.exec(statement, args).await? {
            1 => Ok(()),
            _ => Err(Error::Changed),
        }
    }

    /// Inside a write: the next number of this network. Numbers grow, may leave gaps, and one that
    /// [`settled`](Self::settled) has passed can no longer appear.
    pub async fn ticket(&mut self, network: i64) -> Result<i64> {
        match &self.link {
            Link::Sqlite(_) => {
                let ticket = self.last_ticket(network).await? + 1;
                self.tickets.retain(|(of, _)| *of != network);
                self.tickets.push((network, ticket));
                Ok(ticket)
            }
            Link::Postgres(_) => {
                self.number(postgres::TICKET, &postgres::lock_of(network))
                    .await
            }
        }
    }

    /// Inside a write: the highest ticket T such that no line with a ticket ≤ T can still be
    /// committed by anyone; 0 before the first. Waits for the network's open writes to end.
    ///
    /// Call it first in a write of its own: two writes that each hold a ticket and then ask would
    /// wait for each other.
    pub async fn settled(&mut self, network: i64) -> Result<i64> {
        match &self.link {
            Link::Sqlite(_) => self.last_ticket(network).await,
            Link::Postgres(_) => {
                self.rows(postgres::LOCK_TICKETS, &postgres::lock_of(network))
                    .await?;
                self.number(postgres::SETTLED, &[]).await
            }
        }
    }

    /// SQLite: the last ticket, counted in this transaction or kept by an earlier one.
    async fn last_ticket(&mut self, network: i64) -> Result<i64> {
        match self.tickets.iter().find(|(of, _)| *of == network) {
            Some((_, last)) => Ok(*last),
            None => {
                self.number(sqlite::LAST_TICKET, &[Value::Int(network)])
                    .await
            }
        }
    }

    /// SQLite: the tickets counted since the last call, to be kept with the transaction or
    /// forgotten with it.
    pub(crate) fn take_tickets(&mut self) -> Vec<(i64, i64)> {
        std::mem::take(&mut self.tickets)
    }

    async fn number(&mut self, statement: Sql, args: &[Value]) -> Result<i64> {
        self.one(statement, args)
            .await?
            .map_or(Ok(0), |row| row.int(0))
    }

    /// Runs a text of several statements, none of them with values: a migration.
    pub(crate) async fn batch(&mut self, text: &str) -> Result<()> {
        self.still_good()?;
        let done = match &mut self.link {
            Link::Sqlite(lent) => lent.batch(text),
            Link::Postgres(lent) => lent.batch(text).await,
        };
        self.note(done)
    }

    /// What the work's answer is worth: nothing if a statement was refused on the way.
    pub(crate) fn verdict<T, E: From<Error>>(&mut self, answer: Result<T, E>) -> Result<T, E> {
        match self.refused.take() {
            Some(refusal) => answer.and(Err(E::from(refusal))),
            None => answer,
        }
    }

    fn still_good(&self) -> Result<()> {
        self.refused.clone().map_or(Ok(()), Err)
    }

    fn note<T>(&mut self, done: Result<T>) -> Result<T> {
        if let Err(error) = &done
            && self.writing
            && error.ends_a_write()
        {
            self.refused = Some(error.clone());
        }
        done
    }
}
