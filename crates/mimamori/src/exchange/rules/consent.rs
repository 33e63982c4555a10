//! 同意, tier by tier.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Plain, Reader};
use crate::people::{Answer, AnsweredBy, Consent, Given};

/// What the person agreed to.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentJson {
    #[serde(default)]
    identity: GivenJson,
    #[serde(default)]
    medical: GivenJson,
    #[serde(default)]
    board: GivenJson,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenJson {
    answer: Answer,
    #[serde(default)]
    on: Option<Date>,
    /// Who answered for the person; null where the person did.
    #[serde(default)]
    proxy: Option<ProxyJson>,
    #[serde(default)]
    withdrawn_on: Option<Date>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProxyJson {
    name: String,
    #[serde(default)]
    relation: String,
}

impl Default for GivenJson {
    fn default() -> GivenJson {
        GivenJson::of(&Given::default())
    }
}

impl GivenJson {
    fn of(given: &Given) -> GivenJson {
        GivenJson {
            answer: given.answer,
            on: given.on,
            proxy: match &given.by {
                AnsweredBy::Person => None,
                AnsweredBy::Proxy { name, relation } => Some(ProxyJson {
                    name: name.clone(),
                    relation: relation.clone(),
                }),
            },
            withdrawn_on: given.withdrawn_on,
        }
    }

    fn take(self, name: &str, reader: &mut Reader) -> Option<Given> {
        reader.within(name, |reader| {
            let days = [("on", self.on), ("withdrawn_on", self.withdrawn_on)];
            for (field, day) in days {
                if day.is_some_and(|day| day > reader.today) {
                    reader.note(field, "日付が今日より先です。確かめてください。");
                }
            }
            let by = match self.proxy {
                None => AnsweredBy::Person,
                Some(proxy) => reader.within("proxy", |reader| proxy.take(reader))?,
            };
            Some(match self.answer {
                Answer::NotAsked => Given::default(),
                answer => Given {
                    answer,
                    on: self.on,
                    by,
                    withdrawn_on: self.withdrawn_on,
                },
            })
        })
    }
}

impl ProxyJson {
    fn take(self, reader: &mut Reader) -> Option<AnsweredBy> {
        let name = reader.line("name", Some(&self.name), 100)?;
        let relation = reader.line("relation", Some(&self.relation), 30)?;
        if name.is_empty() {
            reader.note("name", "代理の方の氏名を入れてください。");
            return None;
        }
        Some(AnsweredBy::Proxy { name, relation })
    }
}

impl Plain for ConsentJson {
    type Part = Consent;

    fn of(part: &Consent) -> ConsentJson {
        ConsentJson {
            identity: GivenJson::of(&part.identity),
            medical: GivenJson::of(&part.medical),
            board: GivenJson::of(&part.board),
        }
    }

    fn read(self, _before: &Consent, reader: &mut Reader) -> Option<Consent> {
        let identity = self.identity.take("identity", reader);
        let medical = self.medical.take("medical", reader);
        let board = self.board.take("board", reader);
        Some(Consent {
            identity: identity?,
            medical: medical?,
            board: board?,
        })
    }
}
