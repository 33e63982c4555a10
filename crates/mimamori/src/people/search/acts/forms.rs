//! Opened forms, held in memory: a busy desk asks for the same names over and over.
//!
//! A form's token is a keyed hash, so that one memory serves every town, and a form that was taken
//! out of the dictionary is never asked for again. Wiped when it goes; never more than some 20 MB.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use db::Conn;
use secrecy::zeroize::Zeroizing;
use words::search::Form;

use super::index::open_form;
use crate::deed::Deed;
use crate::people::rules::Refusal;
use crate::people::search::store;

/// Half of what is held: 60,000 forms of some 160 bytes.
const HALF: usize = 60_000;
/// How long the number of people is believed: it only orders names that are equally near.
const BELIEVED_MS: i64 = 10 * 60 * 1000;

static OPENED: LazyLock<Mutex<Opened>> = LazyLock::new(Mutex::default);

/// Two halves: what was asked for lately, and before that. When the new half is full it becomes
/// the old one, and what nobody asked for since is gone.
#[derive(Default)]
struct Opened {
    new: HashMap<(i64, i64), Held>,
    old: HashMap<(i64, i64), Held>,
}

struct Held {
    text: Zeroizing<String>,
    people: u32,
    counted_at: i64,
}

impl Opened {
    fn find(&mut self, key: (i64, i64), at: i64) -> Option<Form<i64>> {
        if !self.new.contains_key(&key) {
            let held = self.old.remove(&key)?;
            self.put(key, held);
        }
        let held = self.new.get(&key)?;
        let fresh = at.abs_diff(held.counted_at) < BELIEVED_MS.unsigned_abs();
        fresh.then(|| Form::new(key.1, (*held.text).clone(), held.people))
    }

    fn put(&mut self, key: (i64, i64), held: Held) {
        if self.new.len() >= HALF {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(key, held);
    }
}

fn opened() -> MutexGuard<'static, Opened> {
    OPENED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The forms of these tokens, opened.
pub async fn open_forms(
    conn: &mut Conn,
    deed: &Deed,
    tokens: &[i64],
) -> Result<Vec<Form<i64>>, Refusal> {
    let network = deed.network().0;
    let (mut forms, mut missing) = (Vec::with_capacity(tokens.len()), Vec::new());
    {
        let mut opened = opened();
        for token in tokens {
            match opened.find((network, *token), deed.at()) {
                Some(form) => forms.push(form),
                None => missing.push(*token),
            }
        }
    }
    for sealed in store::list_forms(conn, deed, &missing).await? {
        let text = open_form(deed, sealed.form, &sealed.sealed)?;
        let held = Held {
            text: Zeroizing::new(text.clone()),
            people: sealed.people,
            counted_at: deed.at(),
        };
        opened().put((network, sealed.form), held);
        forms.push(Form::new(sealed.form, text, sealed.people));
    }
    Ok(forms)
}
