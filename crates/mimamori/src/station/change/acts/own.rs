//! The picture of one supporter's own rhythm, as far as they agree to its being looked at. It is made when
//! it is asked for, and kept nowhere.

use db::Db;
use rhythm::{Book, Outcome};
use tokio::task::spawn_blocking;

use super::facts::{Gathered, gather};
use super::found;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::SupporterId;
use crate::scope::Right;
use crate::station::change::rules::{Refusal, Signal, Strip, agreed, monday, number_of, sentence};
use crate::station::change::store;

/// What can be said of somebody's coming.
pub struct Picture {
    /// To what they agree.
    pub signals: Vec<Signal>,
    /// How often they came, where they agree to that.
    pub strip: Option<Strip>,
    /// What has changed, in sentences; or why nothing can be said.
    pub said: Vec<String>,
}

/// The picture; nothing where they agree to nothing.
pub async fn picture(db: &Db, deed: &Deed, of: SupporterId) -> Result<Option<Picture>, Refusal> {
    deed.scope.need(Right::Watch)?;
    let mut conn = db.read().await?;
    found(&mut conn, deed, of).await?;
    let signals = agreed(&store::list_of(&mut conn, deed, of).await?);
    if signals.is_empty() {
        return Ok(None);
    }
    let thresholds = store::find_settings(&mut conn, deed).await?.thresholds();
    let week = monday(in_japan(deed.now).date());
    let gathered = gather(&mut conn, deed, week).await?;
    drop(conn);
    let work = spawn_blocking(move || {
        let Gathered { facts, people } = &gathered;
        let at = people.iter().position(|who| who.supporter == of);
        let person = at.and_then(|at| u32::try_from(at).ok());
        let person = person.ok_or(Refusal::NotFound)?;
        let day = number_of(week);
        let outcome = Book::read(facts, day)?.look(&thresholds, person, day);
        let often = signals.contains(&Signal::Often);
        Ok::<_, Refusal>(Picture {
            strip: often.then(|| Strip::of(facts, person, day)),
            said: said(&outcome),
            signals,
        })
    });
    work.await.map_err(|_| Refusal::GivenUp)?.map(Some)
}

fn said(outcome: &Outcome) -> Vec<String> {
    let words = match outcome {
        Outcome::Change(finding) => {
            let counted = finding.lines.iter().filter(|line| line.counted > 0.0);
            return counted.map(|line| sentence(line, finding.day)).collect();
        }
        Outcome::NotAgreed => "今週のはじめより後に同意されたので、来週から見られます。",
        Outcome::TooLittleKnown => {
            "出欠の記録がまだ少なく、いつもの様子がわかりません。回数が重なると見られます。"
        }
        Outcome::LongGone { .. } => "この数か月より前から来ておられません。",
        Outcome::Usual => "いつもと同じくらいです。",
    };
    vec![words.to_owned()]
}
