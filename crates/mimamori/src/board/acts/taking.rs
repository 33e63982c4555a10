//! A QR is scanned; somebody writes.

use db::{Conn, Db};

use super::mailing::mail_contacts;
use super::{lately, may_say, message, record};
use crate::board::rules::{
    Find, Finder, Message, Pace, Refusal, Said, Side, may_mail, pace, stray_waits,
};
use crate::board::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::desk::{self, Came};
use crate::ids::{CarrierId, PersonId, RowId, TagId};
use crate::people::{self, State};
use crate::tags;
use crate::tasks::{self, Kind, NewTask, Words};

/// What stands behind a QR; of the person only what a finder may read.
pub struct Behind {
    /// The number.
    pub tag: TagId,
    /// Whose it is or was.
    pub person: Option<PersonId>,
    /// Whether that person carries it and is registered.
    pub in_use: bool,
    /// What the family wrote for a finder, where it may be shown and tells nobody who it is.
    pub notes: Option<String>,
    /// The running drill in which the person takes part.
    pub drill: Option<RowId>,
}

/// What stands behind the QR of a carrier of this town.
pub async fn behind(
    conn: &mut Conn,
    deed: &Deed,
    carrier: CarrierId,
) -> Result<Option<Behind>, Refusal> {
    let Some(carried) = tags::find_carried(conn, deed, carrier).await? else {
        return Ok(None);
    };
    let mut behind = Behind {
        tag: carried.tag,
        person: carried.person,
        in_use: false,
        notes: None,
        drill: None,
    };
    if let Some(person) = carried.person
        && let Some(view) = people::find_for_desk(conn, deed, person).await?
    {
        behind.in_use = carried.in_use && view.standing.state == State::Registered;
        let (notes, consent) = (&view.finder.value.notes, &view.consent.value.board);
        let shown = behind.in_use && consent.holds() && !notes.trim().is_empty();
        let told = people::telling(notes, &view.identity.value, &view.contacts.value);
        behind.notes = (shown && told.is_empty()).then(|| notes.clone());
        behind.drill = store::find_drill_of(conn, deed, person).await?;
    }
    Ok(Some(behind))
}

/// Takes a finder's first words in. `hash` is that of the secret the finder's form was made with:
/// sent twice, it is one message. `from` is the network address. What is written about a number of
/// nobody becomes a task of the town.
///
/// # Errors
/// [`Refusal::Wait`] where so many came that this one has to wait a minute.
pub async fn take_in(
    db: &Db,
    deed: &Deed,
    behind: &Behind,
    hash: [u8; 32],
    said: Said,
    from: &str,
    public_url: &str,
) -> Result<(), Refusal> {
    let said = said.checked()?;
    let Some(person) = behind.person else {
        return of_nobody(db, deed, hash, said, from).await;
    };
    let (tag, in_use, drill) = (behind.tag, behind.in_use, behind.drill);
    let (deed, from, public_url) = (deed.clone(), from.to_owned(), public_url.to_owned());
    db.write(move |conn| {
        Box::pin(async move {
            let last = store::meet(conn, &deed, person).await?;
            let origin = store::origin_token(&deed, &from);
            if let Some(finder) = store::find_finder(conn, &deed, hash).await? {
                return again(conn, &deed, finder, said, (origin, &public_url)).await;
            }
            let pressure = store::pressure(conn, &deed, person, origin).await?;
            let pace = pace(pressure, deed.at());
            if pace == Pace::Wait {
                return Err(Refusal::Wait);
            }
            let open = match last {
                Some(last) => store::find_open_of(conn, &deed, last).await?,
                None => None,
            };
            let find = match open.filter(|find| find.drill == drill) {
                Some(find) if in_use && !find.in_use => {
                    store::save_in_use(conn, &deed, find.inquiry).await?;
                    Find { in_use, ..find }
                }
                Some(find) => find,
                None => begin(conn, &deed, person, tag, in_use, drill).await?,
            };
            let finder = Finder {
                id: RowId(deed.new_id()),
                inquiry: find.inquiry,
            };
            store::insert_finder(conn, &deed, finder, hash).await?;
            keep(conn, &deed, &find, finder, said, origin).await?;
            if pace == Pace::Go {
                mail_in_time(conn, &deed, &find, &public_url).await?;
            }
            Ok(())
        })
    })
    .await
}

/// The same form once more: pressed twice, or sent back with other words, which must not be lost.
async fn again(
    conn: &mut Conn,
    deed: &Deed,
    finder: Finder,
    said: Said,
    to: (i64, &str),
) -> Result<(), Refusal> {
    let all = store::list_messages(conn, deed, finder.inquiry).await?;
    let mut own = all.iter().filter(|one| one.finder == finder.id);
    if own.any(|one| one.said == said) {
        return Ok(());
    }
    add(conn, deed, finder, &all, said, to).await
}

/// Adds to what a finder said before, where the finding is still open, and lets the contacts know of it;
/// `all` is what was said in it.
async fn add(
    conn: &mut Conn,
    deed: &Deed,
    finder: Finder,
    all: &[Message],
    said: Said,
    (origin, public_url): (i64, &str),
) -> Result<(), Refusal> {
    let find = super::still_open(conn, deed, finder.inquiry).await?;
    may_say(lately(all, deed, |one| {
        one.finder == finder.id && one.side == Side::Finder
    }))?;
    let pressure = store::pressure(conn, deed, find.person, origin).await?;
    keep(conn, deed, &find, finder, said, origin).await?;
    match pressure.floods() {
        true => Ok(()),
        false => mail_in_time(conn, deed, &find, public_url).await,
    }
}

async fn begin(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
    tag: TagId,
    in_use: bool,
    drill: Option<RowId>,
) -> Result<Find, Refusal> {
    let came = match drill {
        Some(_) => Came::Drill,
        None => Came::Qr,
    };
    let inquiry = desk::open_from_qr_in(conn, deed, person, tag, came).await?;
    let find = Find {
        inquiry,
        person,
        in_use,
        drill,
        opened_at: deed.now,
        mailed_at: None,
        mails: 0,
        false_at: None,
    };
    store::insert_find(conn, deed, &find).await?;
    store::point_to(conn, deed, person, inquiry).await?;
    Ok(find)
}

async fn keep(
    conn: &mut Conn,
    deed: &Deed,
    find: &Find,
    finder: Finder,
    said: Said,
    origin: i64,
) -> Result<(), Refusal> {
    let message = message(deed, finder.id, Side::Finder, said);
    store::insert_message(conn, deed, find, &message, origin).await?;
    Ok(record(conn, deed, find, "QRから知らせが届いた").await?)
}

async fn mail_in_time(
    conn: &mut Conn,
    deed: &Deed,
    find: &Find,
    public_url: &str,
) -> Result<(), Refusal> {
    match find.in_use && may_mail(find.mails, find.mailed_at, deed.at()) {
        true => mail_contacts(conn, deed, find, public_url).await.map(drop),
        false => Ok(()),
    }
}

/// More words of a finder who wrote before.
pub async fn say_more(
    db: &Db,
    deed: &Deed,
    hash: [u8; 32],
    said: Said,
    from: &str,
    public_url: &str,
) -> Result<(), Refusal> {
    let said = said.checked()?;
    let (deed, from, public_url) = (deed.clone(), from.to_owned(), public_url.to_owned());
    db.write(move |conn| {
        Box::pin(async move {
            let finder = store::find_finder(conn, &deed, hash).await?;
            let finder = finder.ok_or(Refusal::NotFound)?;
            let all = store::list_messages(conn, &deed, finder.inquiry).await?;
            let origin = store::origin_token(&deed, &from);
            add(conn, &deed, finder, &all, said, (origin, &public_url)).await
        })
    })
    .await
}

/// A number that is nobody's lay in the street, or a box of them: somebody shall see to it.
async fn of_nobody(
    db: &Db,
    deed: &Deed,
    hash: [u8; 32],
    said: Said,
    from: &str,
) -> Result<(), Refusal> {
    let (deed, from) = (deed.clone(), from.to_owned());
    db.write(move |conn| {
        Box::pin(async move {
            let origin = store::origin_token(&deed, &from);
            let stray = store::stray(conn, &deed, hash, &said, origin).await?;
            if stray.same > 0 {
                return Ok(());
            }
            if stray_waits(stray, deed.at()) {
                return Err(Refusal::Wait);
            }
            store::insert_stray(conn, &deed, hash, &said, origin).await?;
            tasks::open_in(conn, &deed, stray_task(&deed, said, stray.form > 0)).await?;
            Ok(())
        })
    })
    .await
}

/// `more`: the same form came before with other words.
fn stray_task(deed: &Deed, said: Said, more: bool) -> NewTask {
    let position = said.position.map(|position| position.coordinates());
    let lines = [
        ("いまいる場所：", said.place),
        ("様子：", said.words),
        ("位置：", position.unwrap_or_default()),
        ("電話：", said.phone),
    ];
    let told = lines
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| format!("{label}{text}"));
    let head = match more {
        false => "まだだれにも渡していない番号のQRコードから知らせが届きました。",
        true => {
            "まだだれにも渡していない番号のQRコードから届いた知らせの続きです。同じ方が、書き直すか書き足して、もう一度送りました。"
        }
    };
    let story: Vec<String> = [head.to_owned()].into_iter().chain(told).collect();
    NewTask {
        center: None,
        person: None,
        kind: Kind::Other,
        due: in_japan(deed.now).date(),
        words: Words {
            title: "QRから知らせ（持ち主のいない番号）".to_owned(),
            story: story.join("\n"),
        },
        link: String::new(),
    }
}
