//! Whether somebody of a name and a birth date was erased: what the register, which stands below,
//! is handed.

use db::{Conn, Work};
use jiff::civil::Date;

use crate::clock::{in_japan, instant};
use crate::deed::Deed;
use crate::leaving::store;
use crate::people::{self, Erased};

/// More questions than this are answered from all hashes at once.
const FEW: usize = 20;

/// Answers for each list of traces on which day somebody of one of them was erased.
pub const ERASED: Erased = erased;

fn erased<'a>(
    conn: &'a mut Conn,
    deed: &'a Deed,
    asked: &'a [Vec<String>],
) -> Work<'a, Vec<Option<Date>>, people::Refusal> {
    Box::pin(async move {
        let tokens = asked.iter().map(|traces| {
            let tokens = traces.iter().map(|trace| store::token(&deed.keys, trace));
            tokens.collect::<Vec<i64>>()
        });
        let tokens: Vec<Vec<i64>> = tokens.collect();
        let mut answers = Vec::with_capacity(tokens.len());
        if tokens.len() <= FEW {
            for tokens in &tokens {
                answers.push(store::find_traces(conn, deed, tokens).await?);
            }
        } else {
            let all = store::list_traces(conn, deed).await?;
            let last = |tokens: &Vec<i64>| tokens.iter().filter_map(|one| all.get(one)).max();
            answers.extend(tokens.iter().map(|tokens| last(tokens).copied()));
        }
        let day = |at: Option<i64>| at.map(|at| in_japan(instant(at)).date());
        Ok(answers.into_iter().map(day).collect())
    })
}
