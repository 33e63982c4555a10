//! The file as it is written, and what a form of it can't hold.

use db::Db;
use tokio::sync::mpsc::Sender;

use super::{Stopped, Walk, Wish};
use crate::deed::Deed;
use crate::exchange::lists::rules::{
    Book, Format, Unwritable, cp932, csv_text, json_rows, unwritable,
};

/// A sheet of Excel holds 1,048,576 rows, the head among them.
pub const MOST_ROWS_OF_EXCEL: usize = 1_048_575;
/// Letters that are shown; more of them say no more.
const MOST_LETTERS: usize = 500;

/// Every character that CP932 can't hold, up to a few hundred, and how many there are.
pub async fn lost_letters(
    db: &Db,
    deed: &Deed,
    wish: &Wish,
) -> Result<(Vec<Unwritable>, usize), Stopped> {
    let looked = Wish {
        reason: format!("Shift_JISの確認 {}", wish.reason),
        ..wish.clone()
    };
    let mut walk = Walk::begin(db, deed, &looked).await?;
    let head = walk.head();
    let (mut found, mut count, mut at) = (Vec::new(), 0, 2);
    loop {
        let rows = walk.next().await?;
        if rows.is_empty() {
            return Ok((found, count));
        }
        let lost = unwritable(&head, &rows, at);
        at += rows.len();
        count += lost.len();
        let room = MOST_LETTERS.saturating_sub(found.len());
        found.extend(lost.into_iter().take(room));
    }
}

/// Sends the file piece by piece to whoever waits for it; a piece that is sent was witnessed.
pub async fn file(
    db: &Db,
    deed: &Deed,
    wish: &Wish,
    format: Format,
    to: &Sender<Vec<u8>>,
) -> Result<usize, Stopped> {
    let mut walk = Walk::begin(db, deed, wish).await?;
    let head = walk.head();
    let (mut book, top) = (Book::begin()?, std::slice::from_ref(&head));
    let begin = match format {
        Format::Utf8 => [b"\xef\xbb\xbf", csv_text(top).as_bytes()].concat(),
        Format::Cp932 => cp932(&csv_text(top)),
        Format::Json => b"[".to_vec(),
        Format::Xlsx => book.rows(top)?,
    };
    send(to, begin).await?;
    let mut count = 0;
    loop {
        let rows = walk.next().await?;
        if rows.is_empty() {
            break;
        }
        let first = count == 0;
        count += rows.len();
        match format {
            Format::Utf8 => send(to, csv_text(&rows).into_bytes()).await?,
            Format::Cp932 => send(to, cp932(&csv_text(&rows))).await?,
            Format::Json => send(to, json_rows(&head, &rows, first).into_bytes()).await?,
            Format::Xlsx if count > MOST_ROWS_OF_EXCEL => return Err(Stopped::TooMany),
            Format::Xlsx => send(to, book.rows(&rows)?).await?,
        }
    }
    match format {
        Format::Json => send(to, b"\n]\n".to_vec()).await?,
        Format::Xlsx => send(to, book.end()?).await?,
        Format::Utf8 | Format::Cp932 => {}
    }
    Ok(count)
}

async fn send(to: &Sender<Vec<u8>>, bytes: Vec<u8>) -> Result<(), Stopped> {
    if bytes.is_empty() {
        return Ok(());
    }
    to.send(bytes).await.map_err(|_| Stopped::Gone)
}
