//! Mail leaves here and nowhere else. What a mail says, and to whom, is never logged.

use std::sync::Arc;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// Why a mail did not leave. Without addresses and words.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// No mail server is set up.
    #[error("no mail server is set up")]
    Off,
    /// The address can't be one.
    #[error("not a mail address")]
    Address,
    /// The server could not be reached or did not take it.
    #[error("the mail server did not take the mail")]
    Refused,
}

/// How the way to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// TLS from the first byte.
    Implicit,
    /// TLS after `STARTTLS`, refused without it.
    StartTls,
    /// None: only for a server on the same machine.
    Off,
}

/// The way mail leaves; cheap to clone. Without a server every mail is [`MailError::Off`].
#[derive(Clone, Default)]
pub struct Post(Option<Arc<(Smtp, Mailbox)>>);

impl Post {
    /// Mail through this server, from this sender; `account` is name and password.
    pub fn through(
        host: &str,
        port: u16,
        guard: Guard,
        account: Option<(String, String)>,
        from: &str,
    ) -> Result<Post, MailError> {
        let from: Mailbox = from.parse().map_err(|_| MailError::Address)?;
        let builder = match guard {
            Guard::Implicit => Smtp::relay(host).map_err(|_| MailError::Refused)?,
            Guard::StartTls => Smtp::starttls_relay(host).map_err(|_| MailError::Refused)?,
            Guard::Off => Smtp::builder_dangerous(host),
        };
        let mut builder = builder.port(port);
        if let Some((user, password)) = account {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Post(Some(Arc::new((builder.build(), from)))))
    }

    /// Whether a mail server is set up.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Sends a plain text mail.
    ///
    /// # Errors
    /// [`MailError`]; the caller decides what to show, nothing was sent.
    pub async fn send(&self, to: &str, subject: &str, text: &str) -> Result<(), MailError> {
        let way = self.0.as_deref().ok_or(MailError::Off)?;
        let to: Mailbox = to.parse().map_err(|_| MailError::Address)?;
        let mail = Message::builder()
            .from(way.1.clone())
            .to(to)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text.to_owned())
            .map_err(|_| MailError::Address)?;
        // The server's own words may hold the address, so they go no further.
        let sent = way.0.send(mail).await;
        sent.map(|_| ()).map_err(|_| MailError::Refused)
    }
}
