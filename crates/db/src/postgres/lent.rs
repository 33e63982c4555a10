//! A connection in use, and the transaction on it.

use deadpool_postgres::Object;
use tokio_postgres::Statement;
use tokio_postgres::types::ToSql;

use super::types::{self, Arg};
use crate::error::{Error, Result};
use crate::value::{Row, Value};

pub(crate) struct Lent {
    object: Option<Object>,
    open: bool,
}

impl Lent {
    pub(super) fn new(object: Object) -> Self {
        Self {
            object: Some(object),
            open: false,
        }
    }

    fn object(&self) -> Result<&Object> {
        self.object
            .as_ref()
            .ok_or_else(|| Error::Down("the connection is gone".to_owned()))
    }

    pub(crate) async fn rows(&self, text: &'static str, args: &[Value]) -> Result<Vec<Row>> {
        let (statement, args) = self.prepared(text, args).await?;
        let rows = self.object()?.query(&statement, &refs(&args)).await?;
        rows.iter().map(types::row).collect()
    }

    pub(crate) async fn exec(&self, text: &'static str, args: &[Value]) -> Result<u64> {
        let (statement, args) = self.prepared(text, args).await?;
        Ok(self.object()?.execute(&statement, &refs(&args)).await?)
    }

    pub(crate) async fn batch(&self, text: &str) -> Result<()> {
        Ok(self.object()?.batch_execute(text).await?)
    }

    pub(crate) async fn prepare(&self, text: &'static str) -> Result<()> {
        let statement = self.object()?.prepare_cached(text).await?;
        types::known(&statement)
    }

    async fn prepared<'v>(
        &self,
        text: &'static str,
        args: &'v [Value],
    ) -> Result<(Statement, Vec<Arg<'v>>)> {
        let statement = self.object()?.prepare_cached(text).await?;
        let args = types::args(&statement, args)?;
        Ok((statement, args))
    }

    pub(super) async fn begin(&mut self) -> Result<()> {
        // Before the answer: the server may have begun although it never reached us.
        self.open = true;
        self.batch("BEGIN ISOLATION LEVEL READ COMMITTED").await
    }

    pub(super) async fn end(&mut self, how: &str) -> Result<()> {
        self.batch(how).await?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Lent {
    /// After a panic or a lost answer nobody knows what is open on it: closed, the server undoes it.
    fn drop(&mut self) {
        if let (true, Some(object)) = (self.open, self.object.take()) {
            drop(Object::take(object));
        }
    }
}

fn refs<'a>(args: &'a [Arg<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    args.iter()
        .map(|arg| &**arg as &(dyn ToSql + Sync))
        .collect()
}
