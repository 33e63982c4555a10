//! A tap, the words after it, and taking words out.

use db::{Conn, Db};
use jiff::ToSpan;

use super::rules::{MOST_OF_A_LESSON, MOST_WORDS, Mark, Refusal, Voice, is_open};
use super::store;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::ids::RowId;
use crate::scope::Right;
use crate::station::courses::{self, Shown};

/// What everybody may read of the courses that voices are asked for now.
pub async fn open_now(conn: &mut Conn, deed: &Deed) -> Result<Vec<Shown>, Refusal> {
    let today = in_japan(deed.now).date();
    let since = today.saturating_sub(1.day());
    let mut days = courses::shown_between(conn, deed, since, today)
        .await
        .map_err(lower)?;
    days.retain(|day| day.off.is_none() && is_open(day.day, day.hours, deed.now));
    Ok(days)
}

fn lower(refusal: courses::Refusal) -> Refusal {
    match refusal {
        courses::Refusal::Db(error) => error.into(),
        courses::Refusal::Seal(error) => error.into(),
        _ => Refusal::NotFound,
    }
}

/// The row that belongs to a form's key: it tells neither when it was made nor by whom.
fn row_of(deed: &Deed, key: &[u8; 32]) -> RowId {
    RowId(deed.lasting_token(&[b"course voice", key]))
}

/// Takes a tap. The same form sent again changes nothing.
pub async fn give(
    db: &Db,
    deed: &Deed,
    (lesson, key): (RowId, [u8; 32]),
    mark: Mark,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let open = open_now(conn, &deed).await?;
            if !open.iter().any(|day| day.id == lesson) {
                return Err(Refusal::NotNow);
            }
            let there = store::count(conn, &deed, lesson).await?;
            if there >= i64::try_from(MOST_OF_A_LESSON).unwrap_or(i64::MAX) {
                return Err(Refusal::TooMany);
            }
            let voice = Voice {
                id: row_of(&deed, &key),
                lesson,
                mark,
                words: String::new(),
                version: 1,
            };
            courses::pin_day(conn, &deed, lesson).await?;
            store::insert(conn, &deed, &voice).await
        })
    })
    .await
}

/// Adds words to the tap of the same form.
pub async fn add_words(db: &Db, deed: &Deed, key: [u8; 32], words: String) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut voice = store::find(conn, &deed, row_of(&deed, &key)).await?;
            if words.chars().count() > MOST_WORDS {
                return Err(Refusal::TooLong);
            }
            if voice.words == words {
                return Ok(());
            }
            if voice.version > 1 {
                return Err(Refusal::Said);
            }
            voice.words = words;
            match store::save_words(conn, &deed, &voice).await? {
                true => Ok(()),
                false => Err(Refusal::Said),
            }
        })
    })
    .await
}

/// Takes words out that tell of somebody; the tap stays.
pub async fn take_out(db: &Db, deed: &Deed, id: RowId) -> Result<(), Refusal> {
    deed.scope.need(Right::Courses)?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let mut voice = store::find(conn, &deed, id).await?;
            if voice.words.is_empty() {
                return Err(Refusal::NotFound);
            }
            voice.words.clear();
            if !store::save_words(conn, &deed, &voice).await? {
                return Err(Refusal::NotFound);
            }
            let line = Line::new(Verb::CourseChanged, None, Fields::NOTHING)
                .saying("講座の感想のことばを消した");
            Ok(audit::record(conn, &deed, line).await?)
        })
    })
    .await
}
