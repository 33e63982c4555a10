//! The requests of the load.

use std::sync::Arc;

use mimamori::clock::Clock;
use mimamori::ids::{IdMaker, InquiryId};

use super::town::Filled;
use crate::load::Requests;

/// Steps through a sample so that neighbours in time are not neighbours in the table.
const STRIDE: usize = 7_919;

/// A rival's point reads.
#[derive(Clone)]
pub struct Bare {
    paths: Arc<Vec<String>>,
    next: usize,
}

impl Bare {
    pub fn new(filled: &Filled) -> Bare {
        let path = |token: &i64| {
            format!(
                "GET /{}/{token} HTTP/1.1\r\nhost: localhost\r\n\r\n",
                filled.network
            )
        };
        Bare {
            paths: Arc::new(filled.tokens.iter().map(path).collect()),
            next: 0,
        }
    }
}

impl Requests for Bare {
    fn write(&mut self, into: &mut Vec<u8>) {
        self.next = (self.next + STRIDE) % self.paths.len();
        into.extend_from_slice(self.paths[self.next].as_bytes());
    }

    fn is_right(&self, body: &[u8]) -> bool {
        body.len() > 100
    }
}

/// The desk's look-ups: a number and an ambulance's call, each with a key of its own.
#[derive(Clone)]
pub struct LookUp {
    numbers: Arc<Vec<String>>,
    cookie: Arc<str>,
    /// A form's key is an id that the page made when it was opened, a moment ago.
    keys: Arc<IdMaker>,
    next: usize,
    json: bool,
}

impl LookUp {
    pub fn new(filled: &Filled, json: bool) -> LookUp {
        LookUp {
            numbers: Arc::new(filled.numbers.clone()),
            cookie: filled.cookie.as_str().into(),
            keys: Arc::default(),
            next: 0,
            json,
        }
    }
}

impl Requests for LookUp {
    fn write(&mut self, into: &mut Vec<u8>) {
        use std::io::Write;
        self.next = (self.next + STRIDE) % self.numbers.len();
        let number = &self.numbers[self.next];
        let key = InquiryId(self.keys.next(Clock::Machine.now(), rand::random()));
        let (kind, body) = if self.json {
            let body =
                format!(r#"{{"number":"{number}","caller":"ambulance","form_key":"{key}"}}"#);
            ("application/json", body)
        } else {
            let body = format!("number={number}&caller=ambulance&form_key={key}");
            ("application/x-www-form-urlencoded", body)
        };
        let accept = if self.json {
            "application/json"
        } else {
            "text/html"
        };
        let written = write!(
            into,
            "POST /desk/inquiries HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\nsec-fetch-site: same-origin\r\naccept: {accept}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            self.cookie,
            body.len()
        );
        debug_assert!(written.is_ok());
    }

    fn is_right(&self, body: &[u8]) -> bool {
        // The sealed address was opened: every person of the measured town lives there.
        memchr::memmem::find(body, "みなみ町".as_bytes()).is_some()
    }
}
