//! A contact's address is proved by a mail to it.

use db::{Conn, Db};
use seal::SecretToken;

use crate::audit::{self, Fields, Line, Verb};
use crate::board::rules::{Letter, Refusal, proof};
use crate::board::store;
use crate::clock::in_japan;
use crate::deed::Deed;
use crate::desk::Mail;
use crate::ids::PersonId;
use crate::networks;
use crate::people::{self, Contacts, Kept};
use crate::scope::Right;

/// How often a stamp is tried that somebody else's saving came between.
const TRIES: u32 = 5;

/// Makes the test mail for the contact at this place of the calling order; older ones to the same
/// address stop working. The caller sends it.
pub async fn ask_proof(
    db: &Db,
    deed: &Deed,
    person: PersonId,
    contact: usize,
    public_url: &str,
) -> Result<Mail, Refusal> {
    deed.scope.need(Right::EditPeople)?;
    let (deed, public_url) = (deed.clone(), public_url.to_owned());
    db.write(move |conn| {
        Box::pin(async move {
            let contacts = contacts_of(conn, &deed, person).await?;
            let contact = contacts.value.0.get(contact).ok_or(Refusal::NoContact)?;
            let mail = contact.mail.as_ref().ok_or(Refusal::NoContact)?;
            let town = networks::find_town(conn, &deed.scope).await?;
            let town = town.ok_or(Refusal::NotFound)?.name;
            let phone = networks::phone_now(conn, &deed.scope, deed.scope.center, deed.now).await?;
            let secret = SecretToken::new(&mut deed.dice.clone());
            store::remove_proofs(conn, &deed, person, &mail.address).await?;
            store::insert_proof(conn, &deed, person, secret.hash(), &mail.address).await?;
            let line = Line::new(Verb::Mailed, Some(person), Fields::CONTACTS);
            audit::record(conn, &deed, line.saying("メールアドレスの確認")).await?;
            let (subject, body) = proof(&Letter {
                name: &contact.name,
                town: &town,
                phone: &phone.map(|now| now.phone.to_string()).unwrap_or_default(),
                link: &format!("{public_url}/proof/{}.{}", deed.network(), secret.text()),
                drill: false,
            });
            Ok(Mail {
                to: mail.address.clone(),
                subject,
                body,
            })
        })
    })
    .await
}

async fn contacts_of(
    conn: &mut Conn,
    deed: &Deed,
    person: PersonId,
) -> Result<Kept<Contacts>, Refusal> {
    let found = people::find_group::<Contacts>(conn, deed, person).await?;
    found.ok_or(Refusal::NotFound)
}

/// An address that waits for its proof.
pub enum Waiting {
    /// It may be proved.
    Yes,
    /// It was proved already.
    Proved,
    /// Too late, or the record has another address by now.
    No,
}

/// What a test mail's link still stands for; opening it changes nothing, since mail is opened by
/// machines too.
pub async fn waiting(conn: &mut Conn, deed: &Deed, hash: [u8; 32]) -> Result<Waiting, Refusal> {
    let Some((person, address)) = store::find_proof(conn, deed, hash).await? else {
        return Ok(Waiting::No);
    };
    let contacts = contacts_of(conn, deed, person).await?;
    let mut mails = contacts
        .value
        .0
        .iter()
        .filter_map(|one| one.mail.as_ref())
        .filter(|mail| mail.address == address);
    Ok(match mails.next() {
        None => Waiting::No,
        Some(mail) if mail.proved_on.is_some() => Waiting::Proved,
        Some(_) => Waiting::Yes,
    })
}

/// What became of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proved {
    /// The address is theirs.
    Now,
    /// Too late, or the record has another address by now.
    TooLate,
}

/// Stamps the address as proved today. `deed` is the program's: the contact has no account.
pub async fn prove(db: &Db, deed: &Deed, hash: [u8; 32]) -> Result<Proved, Refusal> {
    for _ in 1..TRIES {
        match try_prove(db, deed, hash).await {
            Err(Refusal::People(people::Refusal::Changed { .. })) => {}
            other => return other,
        }
    }
    try_prove(db, deed, hash).await
}

async fn try_prove(db: &Db, deed: &Deed, hash: [u8; 32]) -> Result<Proved, Refusal> {
    let deed = deed.clone();
    db.write(move |conn| {
        Box::pin(async move {
            let Some((person, address)) = store::find_proof(conn, &deed, hash).await? else {
                return Ok(Proved::TooLate);
            };
            let kept = contacts_of(conn, &deed, person).await?;
            let mut contacts = kept.value;
            let today = in_japan(deed.now).date();
            let mut found = false;
            for mail in contacts.0.iter_mut().filter_map(|one| one.mail.as_mut()) {
                if mail.address == address {
                    found = true;
                    mail.proved_on = mail.proved_on.or(Some(today));
                }
            }
            if !found {
                return Ok(Proved::TooLate);
            }
            people::change_in(conn, &deed, person, kept.version, contacts, None).await?;
            store::remove_proofs(conn, &deed, person, &address).await?;
            Ok(Proved::Now)
        })
    })
    .await
}
