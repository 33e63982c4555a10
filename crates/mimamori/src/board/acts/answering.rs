//! A contact opens their link and answers; the desk answers; the finder reads it.

use db::{Conn, Db};

use super::mailing::reached;
use super::{lately, may_say, message, record, takes_part};
use crate::audit::{self, Fields, Line, Verb, Why};
use crate::board::rules::{Find, Finder, Link, Message, Refusal, Said, Side};
use crate::board::store;
use crate::deed::Deed;
use crate::desk;
use crate::ids::{CenterId, InquiryId, RowId};
use crate::people::{self, Telling};
use crate::scope::{Actor, NoRight};

/// What a contact's link shows.
pub struct Family {
    /// The finding.
    pub find: Find,
    /// The link.
    pub link: Link,
    /// Whether the desk has not ended it.
    pub open: bool,
    /// What the person is called, so that a contact of two parents knows which; the given name only.
    pub given: String,
    /// The person's own center at that time.
    pub center: Option<CenterId>,
    /// What was said, as far as this contact may read it.
    pub messages: Vec<Message>,
}

/// What stands behind a contact's link; its opening is durable before. `None` where it has ended,
/// or where the contact's record no longer has the address it went to.
pub async fn open_link(db: &Db, deed: &Deed, hash: [u8; 32]) -> Result<Option<Family>, Refusal> {
    let mut conn = db.read().await?;
    let Some(link) = live(&mut conn, deed, hash).await? else {
        return Ok(None);
    };
    let find = store::find_find(&mut conn, deed, link.inquiry).await?;
    let find = find.ok_or(Refusal::NotFound)?;
    drop(conn);
    witness(db, deed, &find, &link).await?;
    let mut conn = db.read().await?;
    let view = people::find_for_desk(&mut conn, deed, find.person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    let inquiry = desk::find(&mut conn, deed, find.inquiry).await?;
    let open = inquiry.must_be_open().is_ok();
    let mut messages = Vec::new();
    if open && hears(&link) {
        messages = store::list_messages(&mut conn, deed, find.inquiry).await?;
    }
    Ok(Some(Family {
        given: view.identity.value.name.given().to_owned(),
        center: inquiry.center,
        messages: messages.into_iter().map(veiled).collect(),
        find,
        link,
        open,
    }))
}

/// Whether the contact may be told where somebody is and how; else they are asked to call.
fn hears(link: &Link) -> bool {
    link.whom.may_be_told != people::MayBeTold::CallOnly
}

fn veiled(message: Message) -> Message {
    Message {
        said: message.said.veiled(),
        ..message
    }
}

/// The link, while the person's record has the contact with the address it went to.
async fn live(conn: &mut Conn, deed: &Deed, hash: [u8; 32]) -> Result<Option<Link>, Refusal> {
    let Some(link) = store::find_link(conn, deed, hash).await? else {
        return Ok(None);
    };
    let find = store::find_find(conn, deed, link.inquiry).await?;
    let find = find.ok_or(Refusal::NotFound)?;
    let view = people::find_for_desk(conn, deed, find.person).await?;
    let contacts = view.map(|view| view.contacts.value.0).unwrap_or_default();
    let mut still = contacts.iter().filter_map(|contact| {
        let address = reached(contact, &find)?;
        (address == link.whom.address).then_some(contact.may_be_told)
    });
    let told = still.next();
    Ok(told.map(|may_be_told| Link {
        whom: crate::board::rules::Whom {
            may_be_told,
            ..link.whom
        },
        ..link
    }))
}

async fn witness(db: &Db, deed: &Deed, find: &Find, link: &Link) -> Result<(), Refusal> {
    let mark = if find.drill.is_some() {
        "【訓練】"
    } else {
        ""
    };
    let line = Line::new(Verb::Saw, Some(find.person), Fields::NOTHING)
        .because(Why::Inquiry(find.inquiry))
        .saying(format!(
            "{mark}緊急連絡先 {} がメールのリンクをひらいた",
            link.whom.name
        ));
    let (deed, id) = (deed.clone(), link.id);
    db.write_together(move |conn| {
        Box::pin(async move {
            audit::record(conn, &deed, line).await?;
            store::save_link_opened(conn, &deed, id).await
        })
    })
    .await?;
    Ok(())
}

/// A contact answers one finder.
pub async fn answer(
    db: &Db,
    deed: &Deed,
    hash: [u8; 32],
    finder: RowId,
    said: Said,
) -> Result<(), Refusal> {
    let said = said.checked()?;
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let link = live(conn, &deed, hash).await?.ok_or(Refusal::NotFound)?;
            let find = super::still_open(conn, &deed, link.inquiry).await?;
            if !hears(&link) {
                return Err(NoRight.into());
            }
            let all = store::list_messages(conn, &deed, find.inquiry).await?;
            let finder = Finder {
                id: finder,
                inquiry: find.inquiry,
            };
            if !takes_part(&all, finder) {
                return Err(Refusal::NotFound);
            }
            may_say(lately(&all, &deed, |one| one.link == Some(link.id)))?;
            discreet(conn, &deed, &find, &said).await?;
            let answer = Message {
                link: Some(link.id),
                ..message(&deed, finder.id, Side::Contact, said)
            };
            store::insert_message(conn, &deed, &find, &answer, 0).await?;
            store::save_answered(conn, &deed, find.inquiry).await?;
            let words = format!("緊急連絡先 {} が見つけた方に返事をした", link.whom.name);
            Ok(record(conn, &deed, &find, &words).await?)
        })
    })
    .await
}

/// The desk answers one finder.
pub async fn answer_for_desk(
    db: &Db,
    deed: &Deed,
    inquiry: InquiryId,
    finder: RowId,
    said: Said,
) -> Result<(), Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            super::of_desk(conn, &deed, inquiry).await?;
            let said = said.checked()?;
            let find = super::still_open(conn, &deed, inquiry).await?;
            let all = store::list_messages(conn, &deed, inquiry).await?;
            let finder = Finder {
                id: finder,
                inquiry,
            };
            if !takes_part(&all, finder) {
                return Err(Refusal::NotFound);
            }
            discreet(conn, &deed, &find, &said).await?;
            let by = match deed.scope.actor {
                Actor::Staff(staff) => Some(staff),
                Actor::System(_) | Actor::Program | Actor::Public => None,
            };
            let answer = Message {
                by,
                ..message(&deed, finder.id, Side::Desk, said)
            };
            store::insert_message(conn, &deed, &find, &answer, 0).await?;
            Ok(record(conn, &deed, &find, "窓口が見つけた方に返事をした").await?)
        })
    })
    .await
}

/// Refuses an answer that tells a stranger the person's name or home: whoever holds a lost key holder,
/// or follows somebody, reads it as well. Numbers and mail addresses are veiled where it is read.
async fn discreet(conn: &mut Conn, deed: &Deed, find: &Find, said: &Said) -> Result<(), Refusal> {
    let view = people::find_for_desk(conn, deed, find.person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    let mut told = people::telling(&said.words, &view.identity.value, &view.contacts.value);
    told.retain(|one| matches!(one, Telling::Name | Telling::Address));
    match told.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Tells(told)),
    }
}

/// What a finder reads on the address of their own.
pub struct Thread {
    /// Whether it is practice.
    pub drill: bool,
    /// Whether the desk has not ended it.
    pub open: bool,
    /// What was said to and by this finder. Every answer's line was durable before.
    pub messages: Vec<Message>,
}

/// The thread of a finder.
pub async fn read_thread(
    conn: &mut Conn,
    deed: &Deed,
    hash: [u8; 32],
) -> Result<Option<Thread>, Refusal> {
    let Some(finder) = store::find_finder(conn, deed, hash).await? else {
        return Ok(None);
    };
    let find = store::find_find(conn, deed, finder.inquiry).await?;
    let find = find.ok_or(Refusal::NotFound)?;
    let open = store::find_open_of(conn, deed, finder.inquiry).await?;
    let all = store::list_messages(conn, deed, finder.inquiry).await?;
    let theirs = all.into_iter().filter(|one| one.finder == finder.id);
    let shown = theirs.map(|one| match one.side {
        Side::Finder => one,
        Side::Contact | Side::Desk => veiled(one),
    });
    Ok(Some(Thread {
        drill: find.drill.is_some(),
        open: open.is_some(),
        messages: shown.collect(),
    }))
}
