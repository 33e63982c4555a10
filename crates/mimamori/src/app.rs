//! The running program: what every request and every verb stands on.

use std::sync::Arc;

use db::{Db, Work};
use jiff::Timestamp;
use maud::Markup;
use secrecy::ExposeSecret;

use crate::board;
use crate::clock::Clock;
use crate::config::{Config, MailTls};
use crate::consultations::Months;
use crate::deed::{Deed, Dice};
use crate::desk::Inquiry;
use crate::front::Rates;
use crate::front::{Above, Asked, Problem};
use crate::ids::{IdMaker, NetworkId};
use crate::mail::{Guard, Post};
use crate::networks::{Vault, VaultError};
use crate::paths::referrals::Published;
use crate::people::views::Explain;
use crate::routes::{ABOVE, EXPLAINS};
use crate::scope::Scope;

/// A part of an inquiry's page that a room above the desk makes, after its own audit line.
pub type Beside = for<'a> fn(&'a Asked, &'a Inquiry) -> Work<'a, Markup, Problem>;

/// The database, the keys, the clock, chance and the settings; cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The store of everything.
    pub db: Db,
    /// The towns' keys.
    pub vault: Vault,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where chance comes from.
    pub dice: Dice,
    /// The settings of this installation.
    pub config: Arc<Config>,
    /// The way mail leaves.
    pub post: Post,
    /// What was counted lately, in this server.
    pub rates: Arc<Rates>,
    /// What consultations of a month are counted from, held in memory.
    pub months: Months,
    /// What the towns' pages of referrals for everybody tell, held in memory.
    pub published: Published,
    /// What the rooms above the desk show on the page of an inquiry.
    pub beside: Beside,
    /// What rooms above show on the pages of rooms below.
    pub above: Above,
    /// What explains that somebody opens a record.
    pub explains: &'static [Explain],
    ids: Arc<IdMaker>,
}

impl App {
    /// A program on this database, under these keys.
    pub fn new(db: Db, vault: Vault, clock: Clock, dice: Dice, config: Config) -> App {
        let post = post(&config);
        App {
            db,
            post,
            beside: board::beside,
            above: ABOVE,
            explains: EXPLAINS,
            vault,
            clock,
            dice,
            config: Arc::new(config),
            rates: Arc::default(),
            months: Months::default(),
            published: Published::default(),
            ids: Arc::default(),
        }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The means of one deed in this scope, now.
    pub async fn deed(&self, scope: Scope) -> Result<Deed, VaultError> {
        let now = self.now();
        let keys = self.vault.keys(&self.db, scope.network, now).await?;
        Ok(Deed::new(
            scope,
            now,
            keys,
            self.dice.clone(),
            self.ids.clone(),
        ))
    }

    /// The means of a command line verb or a timed job in one town.
    pub async fn program_deed(&self, network: NetworkId, verb: &str) -> Result<Deed, VaultError> {
        self.deed(Scope::program(network, verb)).await
    }

    /// A new identity outside of any town: the town's own.
    pub fn new_network_id(&self) -> NetworkId {
        let mut bytes = [0; 8];
        seal::Chance::fill(&mut self.dice.clone(), &mut bytes);
        NetworkId(self.ids.next(self.now(), u64::from_le_bytes(bytes)))
    }
}

/// The way mail leaves by the settings; a sender that is no address sends nothing, and says so.
fn post(config: &Config) -> Post {
    let Some(mail) = &config.mail else {
        return Post::default();
    };
    let guard = match mail.tls {
        MailTls::Implicit => Guard::Implicit,
        MailTls::StartTls => Guard::StartTls,
        MailTls::Off => Guard::Off,
    };
    let account = mail.account.as_ref();
    let account = account.map(|of| (of.user.clone(), of.password.expose_secret().to_owned()));
    Post::through(&mail.host, mail.port, guard, account, &mail.from).unwrap_or_else(|error| {
        tracing::error!(%error, "mail is off: the settings under [mail] can't be used");
        Post::default()
    })
}
