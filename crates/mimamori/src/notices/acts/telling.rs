//! Somebody tells of something.

use db::{Conn, Db};
use seal::SealError;
use words::address::Address;
use words::phone::Phone;

use super::{line, mailing};
use crate::clock::{in_japan, instant};
use crate::deed::Deed;
use crate::ids::{CenterId, NoticeId};
use crate::networks::{self, Calendar};
use crate::notices::rules::{
    NewNotice, Notice, Pace, Refusal, Sign, State, Teller, Way, find_sign, house, house_of,
    is_of_rooms, pace,
};
use crate::notices::store;
use crate::people::{self, Identity};
use crate::scope::{Right, counted_as};
use crate::tasks::{self, Kind, NewTask};

/// What became of what somebody told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// The notice.
    pub id: NoticeId,
    /// Whether a life may be in danger.
    pub danger: bool,
}

/// Takes a notice in. Public pages have no right and need none; staff need one.
pub async fn tell(db: &Db, deed: &Deed, new: NewNotice) -> Result<Received, Refusal> {
    if deed.scope.actor.account().is_some() {
        deed.scope.need(Right::TakeNotices)?;
    }
    let deed = deed.clone();
    db.write(move |conn| Box::pin(async move { tell_in(conn, &deed, new).await }))
        .await
}

/// Takes a notice in within the transaction of the deed that tells: for other rooms, too.
///
/// # Errors
/// [`Refusal::Wait`] where so many came from one address that this one has to wait a minute.
pub async fn tell_in(conn: &mut Conn, deed: &Deed, new: NewNotice) -> Result<Received, Refusal> {
    let new = NewNotice {
        words: new.words.checked()?,
        ..new
    };
    let signs = store::list_signs(conn, deed).await?;
    let danger = new.danger || is_danger(&signs, &new.words.signs);
    let new = NewNotice {
        hash: said_with(deed, &new)?,
        ..new
    };
    let again = match new.hash {
        Some(hash) => store::find_by_hash(conn, deed, hash).await?,
        None => None,
    };
    if let Some(id) = again {
        return Ok(Received { id, danger });
    }
    if new
        .words
        .signs
        .iter()
        .any(|code| !may_tell(&signs, code, new.way))
    {
        return Err(Refusal::Nothing);
    }
    let origin = origin_of(deed, &new);
    let pace = match origin {
        0 => Pace::Go,
        origin => {
            let pressure = store::pressure(conn, deed, origin).await?;
            pace(pressure, new.way == Way::Link, danger, deed.at())
        }
    };
    let (flood, of_its_own) = match pace {
        Pace::Go => (false, true),
        Pace::Marked => (true, true),
        Pace::Behind => (true, false),
        Pace::Wait => return Err(Refusal::Wait),
    };
    let mut notice = begun(conn, deed, &new, (danger, flood), origin).await?;
    if notice.task.is_none() && of_its_own {
        notice.task = Some(tasks::open_in(conn, deed, task(&notice)).await?);
    }
    store::insert(conn, deed, &notice, &new, origin).await?;
    line(
        conn,
        deed,
        &notice,
        &format!("気づきを受け付けました（{}）", notice.way.word()),
    )
    .await?;
    if !notice.words.teller.mail.is_empty() {
        mailing::thank(conn, deed, &notice).await?;
    }
    Ok(Received {
        id: notice.id,
        danger,
    })
}

/// What a form said, with its key: pressed twice it is one notice; gone back to and sent with more words
/// or with danger it is another, and nothing that somebody adds is lost.
fn said_with(deed: &Deed, new: &NewNotice) -> Result<Option<[u8; 32]>, Refusal> {
    let Some(key) = new.hash else {
        return Ok(None);
    };
    let words = serde_json::to_vec(&new.words).map_err(|_| SealError::Malformed)?;
    let parts: [&[u8]; 4] = [b"notice said", &key, &words, &[u8::from(new.danger)]];
    Ok(Some(deed.keys.lasting().mac(&parts)))
}

fn is_danger(signs: &[Sign], told: &[String]) -> bool {
    let mut told = told.iter().filter_map(|code| find_sign(signs, code));
    told.any(|sign| sign.danger)
}

/// Whether a sign of this code can be told so; what rooms tell is no choice of a form, and what the
/// town no longer offers is none of a public one. At the Station both kinds are looked for.
fn may_tell(signs: &[Sign], code: &str, way: Way) -> bool {
    let public = matches!(way, Way::Web | Way::Link);
    find_sign(signs, code).is_some_and(|sign| sign.used || !public)
        && (way == Way::Station || (way == Way::Room) == is_of_rooms(code))
}

/// What is counted against floods: the organisation, or the network address; 0 for staff and rooms.
fn origin_of(deed: &Deed, new: &NewNotice) -> i64 {
    match (new.way, new.agreement) {
        (Way::Link, Some(agreement)) => store::origin_token(deed, &format!("a{agreement}")),
        (Way::Web, _) if !new.origin.is_empty() => {
            store::origin_token(deed, &counted_as(&new.origin))
        }
        _ => 0,
    }
}

/// Who told, as far as it can be told apart: by the address it came from, or by how they are reached.
fn source_of(deed: &Deed, origin: i64, teller: &Teller, own: NoticeId) -> i64 {
    let phone = Phone::parse(&teller.phone).map(|phone| phone.digits());
    match (origin, phone, teller.mail.as_str()) {
        (0, Ok(digits), _) => store::teller_token(deed, &digits),
        (0, Err(_), "") => own.0,
        (0, Err(_), mail) => store::teller_token(deed, &mail.to_lowercase()),
        (origin, ..) => origin,
    }
}

async fn begun(
    conn: &mut Conn,
    deed: &Deed,
    new: &NewNotice,
    (danger, flood): (bool, bool),
    origin: i64,
) -> Result<Notice, Refusal> {
    let id = NoticeId(deed.new_id());
    let address = Address::parse(&new.words.place).ok();
    let center = match new.center {
        Some(center) => Some(center),
        None => networks::center_for(conn, &deed.scope, address.as_ref(), None).await?,
    };
    let home = match new.person {
        Some(person) => people::find_group::<Identity>(conn, deed, person).await?,
        None => None,
    };
    let home = home.and_then(|kept| kept.value.address);
    let due = due_at(conn, deed, danger, center).await?;
    Ok(Notice {
        id,
        way: new.way,
        agreement: new.agreement,
        source: source_of(deed, origin, &new.words.teller, id),
        flood,
        danger,
        center,
        place: store::place_token(deed, house_of(&new.words.place).as_deref()),
        household: store::place_token(deed, home.as_ref().and_then(house).as_deref()),
        person: new.person,
        known: new.person.map(|_| true),
        state: State::New,
        received_at: deed.now,
        due_at: instant(due),
        climbed: 0,
        task: new.task,
        looked_at: None,
        visited_at: None,
        ended_at: None,
        ending: None,
        told_at: None,
        words: new.words.clone(),
        version: 1,
    })
}

/// By when somebody of a center looks.
pub(super) async fn due_at(
    conn: &mut Conn,
    deed: &Deed,
    danger: bool,
    center: Option<CenterId>,
) -> Result<i64, Refusal> {
    let settings = store::find_settings(conn, deed).await?;
    let calendar = match center {
        Some(center) => networks::calendar_of(conn, &deed.scope, center).await?,
        None => Calendar::default(),
    };
    Ok(settings.due(danger, deed.now, &calendar))
}

/// The task of the first look. Other centers see the list of tasks too: it names nobody and no place.
pub(super) fn task(notice: &Notice) -> NewTask {
    let received = in_japan(notice.received_at).strftime("%-m月%-d日 %-H:%M");
    // The end of a day is the first moment of the next.
    let due = instant(notice.due_at.as_millisecond() - 1);
    let due = in_japan(due);
    let danger = if notice.danger { "【急ぎ】" } else { "" };
    NewTask {
        center: notice.center,
        person: None,
        kind: Kind::Notice,
        due: due.date(),
        words: tasks::Words {
            title: format!("{danger}気づきを確かめる（{received}受付）"),
            story: format!(
                "{}までに、最初の確認（電話・訪問・聞き取り）をしてください。内容は「気づき」の画面にあります。",
                due.strftime("%-m月%-d日 %-H:%M")
            ),
        },
        link: notice.link(),
    }
}
