//! The form of a reception as it was typed.

use axum::Form;
use axum::extract::{FromRequest, Request};
use jiff::civil::{Date, Time};
use words::date::parse_full;
use words::phone::Phone;

use crate::clock::in_japan;
use crate::consultations::rules::{
    About, AgeBand, Alone, Card, Consultation, Entry, MOST_CARD, MOST_LINE, MOST_MINUTES,
    MOST_WORDS, Refusal, Source, Subject, TopicCode, Topics, Urgency, Way, Words, instant_of,
};
use crate::deed::Deed;
use crate::front::Problem;
use crate::front::look::Problems;
use crate::people::{one_line, paragraph};

/// Fields in their order; some stand there several times.
#[derive(Default)]
pub struct Typed(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Typed, Problem> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        let fields = form.map_err(|_| {
            Problem::refused(
                "送られた内容を読めませんでした。前のページにもどって、もう一度送ってください。",
            )
        })?;
        Ok(Typed(fields.0))
    }
}

impl Typed {
    /// An empty form: now, by telephone, finished at once.
    pub fn fresh(deed: &Deed) -> Typed {
        let now = in_japan(deed.now);
        let mut typed = Typed::default();
        for (name, value) in [
            ("way", Way::Phone.code()),
            ("urgency", Urgency::Usual.code()),
            ("closing", "closed"),
            ("age", AgeBand::Unknown.code()),
            ("alone", Alone::Unknown.code()),
            ("day", &now.date().to_string()),
            ("time", &now.strftime("%H:%M").to_string()),
        ] {
            typed.set(name, value);
        }
        typed
    }

    /// What stands in a consultation.
    pub fn of_entry(one: &Consultation) -> Typed {
        let (entry, at) = (one.entry(), in_japan(one.at));
        let mut typed = Typed::default();
        let minutes = entry.minutes.map_or(String::new(), |many| many.to_string());
        let next_on = entry.next_on.map_or(String::new(), |day| day.to_string());
        for (name, value) in [
            ("way", entry.way.code()),
            ("from", entry.from.code()),
            ("asker", &entry.words.asker),
            ("urgency", entry.urgency.code()),
            ("said", &entry.words.said),
            ("answer", &entry.words.answer),
            ("closing", if entry.closed { "closed" } else { "open" }),
            ("next", &entry.words.next),
            ("next_on", &next_on),
            ("minutes", &minutes),
            ("day", &at.date().to_string()),
            ("time", &at.strftime("%H:%M").to_string()),
            ("version", &one.version.to_string()),
        ] {
            typed.set(name, value);
        }
        for code in entry.topics.codes() {
            typed.0.push(("topic".to_owned(), code.to_string()));
        }
        typed
    }

    /// The value of a field; empty where it was not sent.
    pub fn of(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let found = self.0.iter().filter(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// Puts a value in the place of another.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// The text with another below it.
    pub fn append(&mut self, name: &str, text: &str) {
        let joined = match self.of(name).trim_end() {
            "" => text.to_owned(),
            before => format!("{before}\n{text}"),
        };
        self.set(name, &joined);
    }

    fn code<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
        words: &str,
        problems: &mut Problems,
    ) -> Option<T> {
        let found = read(self.of(name));
        if found.is_none() {
            problems.add(name, words);
        }
        found
    }

    fn line(&self, name: &str, most: usize, problems: &mut Problems) -> String {
        self.text(name, problems, |text| one_line(text, most))
    }

    fn text(
        &self,
        name: &str,
        problems: &mut Problems,
        read: impl FnOnce(&str) -> Result<String, crate::people::BadText>,
    ) -> String {
        match read(self.of(name)) {
            Ok(text) => text,
            Err(bad) => {
                problems.add(name, bad.to_string());
                String::new()
            }
        }
    }

    fn day(&self, name: &str, problems: &mut Problems) -> Option<Date> {
        match parse_full(self.of(name)) {
            Ok(day) => Some(day),
            Err(bad) => {
                problems.add(name, bad.to_string());
                None
            }
        }
    }

    /// Everything but about whom; `None` where `problems` says why.
    pub fn entry(&self, problems: &mut Problems) -> Option<Entry> {
        let way = self.code(
            "way",
            Way::from_code,
            "受付の方法を選んでください。",
            problems,
        );
        let from = self.code(
            "from",
            Source::from_code,
            "だれからの相談かを選んでください。",
            problems,
        );
        let urgency = self.code(
            "urgency",
            Urgency::from_code,
            "急ぐかどうかを選んでください。",
            problems,
        );
        let codes = self
            .all("topic")
            .into_iter()
            .filter_map(|code| code.parse::<TopicCode>().ok());
        let topics = Topics::of(codes);
        if topics.is_empty() {
            problems.add("topic", "相談の内容を1つ以上選んでください。");
        }
        let words = Words {
            said: self.text("said", problems, |text| paragraph(text, MOST_WORDS)),
            answer: self.text("answer", problems, |text| paragraph(text, MOST_WORDS)),
            next: self.line("next", MOST_LINE, problems),
            asker: self.line("asker", MOST_LINE, problems),
            struck: String::new(),
        };
        let closing = match self.of("closing") {
            "closed" => Some(true),
            "open" => Some(false),
            _ => {
                problems.add("closing", "終わったか、つづくかを選んでください。");
                None
            }
        };
        let next_on = match self.of("next_on").trim() {
            "" => None,
            _ => self.day("next_on", problems),
        };
        let minutes = self.minutes(problems);
        let at = self.at(problems);
        Some(Entry {
            at: at?,
            way: way?,
            from: from?,
            topics,
            urgency: urgency?,
            minutes,
            closed: closing?,
            next_on,
            words,
        })
        .filter(|_| problems.is_empty())
    }

    fn minutes(&self, problems: &mut Problems) -> Option<u16> {
        let typed = words::digits::fold(self.of("minutes").trim()).unwrap_or_default();
        if self.of("minutes").trim().is_empty() {
            return None;
        }
        let minutes = typed.parse().ok().filter(|many| *many <= MOST_MINUTES);
        if minutes.is_none() {
            problems.add(
                "minutes",
                format!("かかった時間を、{MOST_MINUTES}分までの数字で入れてください。"),
            );
        }
        minutes
    }

    fn at(&self, problems: &mut Problems) -> Option<jiff::Timestamp> {
        let day = self.day("day", problems);
        let time: Option<Time> = self.of("time").trim().parse().ok();
        if time.is_none() {
            problems.add("time", "時刻を「14:20」のように入れてください。");
        }
        Some(instant_of(day?.to_datetime(time?)))
    }

    /// About whom.
    pub fn subject(&self, problems: &mut Problems) -> Option<Subject> {
        if let Ok(person) = self.of("person").parse() {
            return Some(Subject::Registered(person));
        }
        if let Ok(stranger) = self.of("stranger").parse() {
            return Some(Subject::Known(stranger));
        }
        match About::from_code(self.of("about")) {
            Some(About::Stranger) => {
                let card = self.card(problems);
                card.map(|card| Subject::Stranger(Box::new(card)))
            }
            Some(About::Nameless) => Some(Subject::Nameless(self.age(), self.alone())),
            Some(About::Nobody) => Some(Subject::Nobody),
            Some(About::Registered | About::Erased) | None => {
                problems.add("about", "だれについての相談かを選んでください。登録のある方は、上の欄でさがして選びます。");
                None
            }
        }
    }

    /// The fields of what is known of somebody, as it stands.
    pub fn of_card(card: &Card) -> Typed {
        let mut typed = Typed::default();
        let phone = card
            .phone
            .as_ref()
            .map_or(String::new(), ToString::to_string);
        for (name, value) in [
            ("name", card.name.as_str()),
            ("kana", &card.kana),
            ("phone", &phone),
            ("address", &card.address),
            ("age", card.age.code()),
            ("alone", card.alone.code()),
        ] {
            typed.set(name, value);
        }
        typed
    }

    fn age(&self) -> AgeBand {
        AgeBand::from_code(self.of("age")).unwrap_or(AgeBand::Unknown)
    }

    fn alone(&self) -> Alone {
        Alone::from_code(self.of("alone")).unwrap_or(Alone::Unknown)
    }

    /// What is known of somebody; `None` where `problems` says why.
    pub fn card(&self, problems: &mut Problems) -> Option<Card> {
        let phone = match self.of("phone").trim() {
            "" => None,
            typed => match Phone::parse(typed) {
                Ok(phone) => Some(phone),
                Err(bad) => {
                    problems.add("phone", bad.to_string());
                    None
                }
            },
        };
        let card = Card {
            name: self.line("name", MOST_CARD, problems),
            kana: self.line("kana", MOST_CARD, problems),
            phone,
            address: self.line("address", MOST_CARD, problems),
            age: self.age(),
            alone: self.alone(),
        };
        if card.is_empty() && problems.is_empty() {
            problems.add("name", "名前・電話・住所のどれかを入れてください。何もわからないときは「名前は聞いていない」を選びます。");
            return None;
        }
        Some(card)
    }
}

/// Words beside the field that a refusal is about; the refusal back where no field can mend it.
pub fn beside(refusal: Refusal, problems: &mut Problems) -> Result<(), Refusal> {
    match refusal {
        Refusal::NotYet => problems.add(
            "day",
            "受け付けた日時が、まだ来ていない日時になっています。",
        ),
        Refusal::DayIsOver => problems.add(
            "next_on",
            "次の予定は、きょうかそれより後の日にしてください。",
        ),
        Refusal::NoReason => problems.add(
            "reason",
            format!("理由を、{MOST_LINE}字までで書いてください。"),
        ),
        other => return Err(other),
    }
    Ok(())
}
