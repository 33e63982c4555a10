//! Contacts who agreed, and whose address is proved, get a link of their own.

use db::Conn;
use seal::SecretToken;

use crate::board::rules::{Find, Letter, Refusal, Whom, found};
use crate::board::store;
use crate::deed::Deed;
use crate::desk::{self, Mail, Said};
use crate::networks;
use crate::people::{self, Contact};

/// Puts a mail out to each; gives how many.
pub async fn mail_contacts(
    conn: &mut Conn,
    deed: &Deed,
    find: &Find,
    public_url: &str,
) -> Result<usize, Refusal> {
    let view = people::find_for_desk(conn, deed, find.person).await?;
    let view = view.ok_or(Refusal::NotFound)?;
    let inquiry = desk::find(conn, deed, find.inquiry).await?;
    let town = networks::find_town(conn, &deed.scope).await?;
    let town = town.ok_or(Refusal::NotFound)?.name;
    let phone = networks::phone_now(conn, &deed.scope, inquiry.center, deed.now).await?;
    let phone = phone.map(|now| now.phone.to_string()).unwrap_or_default();
    let mut mailed = 0;
    for (at, contact) in view.contacts.value.0.iter().enumerate() {
        let Some(address) = reached(contact, find) else {
            continue;
        };
        let whom = Whom {
            name: contact.name.clone(),
            address: address.to_owned(),
            may_be_told: contact.may_be_told,
        };
        let secret = SecretToken::new(&mut deed.dice.clone());
        store::insert_link(conn, deed, find.inquiry, secret.hash(), &whom).await?;
        let link = format!("{public_url}/family/{}.{}", deed.network(), secret.text());
        let (subject, body) = found(&Letter {
            name: &whom.name,
            town: &town,
            phone: &phone,
            link: &link,
            drill: find.drill.is_some(),
        });
        let mail = Mail {
            to: whom.address,
            subject,
            body,
        };
        // Who it is shows only once the desk has opened the contacts.
        let said = Said {
            words: "QRの知らせを読むリンク".to_owned(),
            ..Said::default()
        };
        desk::post_in(conn, deed, &inquiry, at, said, &mail).await?;
        mailed += 1;
    }
    if mailed > 0 {
        store::save_mailed(conn, deed, find.inquiry).await?;
    }
    Ok(mailed)
}

/// The address at which a contact is reached about this finding: a drill reaches only those who
/// agreed to take part.
pub fn reached<'a>(contact: &'a Contact, find: &Find) -> Option<&'a str> {
    let mail = contact.mail.as_ref()?;
    let practises = find.drill.is_none() || mail.drills_on.is_some();
    (mail.takes_messages() && practises).then_some(&mail.address)
}
