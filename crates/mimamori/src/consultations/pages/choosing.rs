//! About whom: somebody of the register, somebody heard of before, or somebody new.

use std::cell::Cell;

use db::Conn;
use maud::{Markup, html};

use super::form::{card, of};
use super::said;
use super::typed::Typed;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::consultations::rules::{About, Card, Listed, Refusal, Topic, keys_of};
use crate::consultations::store::{self, Earlier, Match};
use crate::front::look::{
    self, Choice, Entry, Field, Head, Kind, Problems, Tone, Weight, button, field, fieldset,
    hidden, radios, record,
};
use crate::front::{Asked, Problem};
use crate::ids::{CenterId, PersonId, RowId};
use crate::people::clues::{self, Clue, LIKELY};
use crate::people::search::{self, Filters, Found, Unfound};
use crate::people::{self, Identity, Stop};

/// Registered people shown beside what was heard of others: more are found by a longer name.
const MOST_FOUND: usize = 8;

/// Consultations named beside whoever was chosen.
const LAST: u32 = 5;

/// Who may be meant.
#[derive(Default)]
pub struct Meant {
    people: Vec<(Found, Earlier)>,
    strangers: Vec<(Match, Earlier)>,
}

enum Which {
    Person(PersonId),
    Stranger(RowId),
}

/// Whether the person is of this account's own center: then it sees what others took down.
pub async fn is_theirs(conn: &mut Conn, asked: &Asked, person: PersonId) -> Result<bool, Problem> {
    let standing = people::find_standing(conn, &asked.deed, person).await?;
    let center = standing.and_then(|standing| standing.center);
    Ok(center.is_some() && center == asked.deed.scope.center)
}

/// Looks for whom the text may mean, in the register and among one's own center's consultations.
pub async fn look_for(
    asked: &Asked,
    typed: &str,
    problems: &mut Problems,
) -> Result<Meant, Problem> {
    let mut conn = asked.read().await?;
    let hits = match search::find(&mut conn, &asked.deed, typed, Filters::default()).await {
        Ok(hits) => hits,
        Err(Unfound::Refusal(refusal)) => return Err(refusal.into()),
        Err(Unfound::Unread(unread)) => {
            problems.add("q", unread.to_string());
            return Ok(Meant::default());
        }
    };
    drop(conn);
    let few = &hits[..hits.len().min(MOST_FOUND)];
    let asked_for = search::Typed {
        q: typed.to_owned(),
        ..search::Typed::default()
    };
    let shown = search::show(asked, &asked_for, few).await?;
    let mut meant = Meant {
        people: Vec::new(),
        strangers: strangers(asked, &clues::asked(typed), 1).await?,
    };
    let mut conn = asked.read().await?;
    for found in shown.people {
        let theirs = is_theirs(&mut conn, asked, found.person).await?;
        let earlier = store::count_about(&mut conn, &asked.deed, found.person, theirs).await?;
        meant.people.push((found, earlier));
    }
    if meant.people.is_empty() && meant.strangers.is_empty() {
        problems.add("q", "見つかりませんでした。姓だけ、よみ、電話の下4けたでもさがせます。登録も前の相談もない方なら、名前などを入れて受け付けてください。");
    }
    Ok(meant)
}

/// Who of one's own center's consultations may be the one on this card.
pub async fn heard_before(asked: &Asked, card: &Card) -> Result<Meant, Problem> {
    Ok(Meant {
        people: Vec::new(),
        strangers: strangers(asked, &keys_of(card), LIKELY).await?,
    })
}

async fn strangers(
    asked: &Asked,
    keys: &[Clue],
    least: u32,
) -> Result<Vec<(Match, Earlier)>, Problem> {
    let center = asked.deed.scope.center.ok_or(Refusal::NoCenter)?;
    let mut conn = asked.read().await?;
    let mut matches = store::list_matching(&mut conn, &asked.deed, center, keys).await?;
    matches.retain(|one| one.weight >= least);
    if matches.is_empty() {
        return Ok(Vec::new());
    }
    let words = format!("登録のない方の相談をさがした（{}人）", matches.len());
    let line = Line::new(Verb::Searched, None, Fields::NOTHING).saying(words);
    audit::witness(asked.db(), &asked.deed, line).await?;
    let mut all = Vec::new();
    for one in matches {
        let earlier = store::count_of_stranger(&mut conn, &asked.deed, one.stranger.id).await?;
        all.push((one, earlier));
    }
    Ok(all)
}

impl Meant {
    /// People of the register alone.
    pub fn registered(self) -> Meant {
        Meant {
            strangers: Vec::new(),
            ..self
        }
    }

    /// Whether nobody was found.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.strangers.is_empty()
    }

    /// The people, each with a button that chooses them.
    pub fn shown(&self, asked: &Asked) -> Markup {
        // Enter chooses the likeliest.
        let first = Cell::new(true);
        self.table(asked, "えらぶ", |which, name| {
            let value = match which {
                Which::Person(person) => format!("person:{person}"),
                Which::Stranger(stranger) => format!("stranger:{stranger}"),
            };
            choose(&value, name, first.replace(false))
        })
    }

    /// The people, each with a link to what was before.
    pub fn linked(&self, asked: &Asked) -> Markup {
        let link = |href: &str, name: &str| {
            html! { a href=(href) { "これまでの相談" span.unseen { "：" (name) } } }
        };
        self.table(asked, "ひらく", |which, name| match which {
            Which::Person(person) => link(&format!("/people/{person}/consultations"), name),
            Which::Stranger(stranger) => link(&format!("/consultations/of/{stranger}"), name),
        })
    }

    fn table(&self, asked: &Asked, last: &str, act: impl Fn(Which, &str) -> Markup) -> Markup {
        let today = in_japan(asked.deed.now).date();
        let people = self.people.iter().map(|(found, earlier)| {
            let Identity {
                name,
                born,
                address,
                ..
            } = &found.identity;
            let address = address
                .as_ref()
                .map_or(String::new(), |one| one.canonical());
            vec![
                html! { strong { (name) } br; small { (found.identity.kana()) } },
                html! { (born.age_on(today)) " ・ " (address) },
                html! { "登録あり（" (found.standing.state.word()) "）" },
                said::earlier(*earlier),
                act(Which::Person(found.person), &name.to_string()),
            ]
        });
        let strangers = self.strangers.iter().map(|(one, earlier)| {
            let card = &one.stranger.card;
            let phone = card.phone.as_ref().map_or(String::new(), ToString::to_string);
            vec![
                html! { strong { (card.called()) } @if !card.name.is_empty() { br; small { (card.kana) } } },
                html! { (card.age.word()) " ・ " (card.address) " " (phone) },
                html! { "登録なし" },
                said::earlier(*earlier),
                act(Which::Stranger(one.stranger.id), card.called()),
            ]
        });
        let rows: Vec<Vec<Markup>> = people.chain(strangers).collect();
        let head = ["名前", "年齢・住所・電話", "登録", "これまでの相談", last].map(Head::new);
        html! { @if !rows.is_empty() { (look::table("この方ですか", &head, &rows)) } }
    }
}

fn choose(value: &str, name: &str, first: bool) -> Markup {
    html! {
        button.button.secondary type="submit" name="do" value=(value) autofocus[first] {
            "この方" span.unseen { "：" (name) }
        }
    }
}

/// The part of the form that says about whom it is.
pub async fn about(
    asked: &Asked,
    typed: &Typed,
    problems: &Problems,
    meant: &Meant,
) -> Result<Markup, Problem> {
    let chosen = match (typed.of("person").parse(), typed.of("stranger").parse()) {
        (Ok(person), _) if opens(asked, person).await? => Some(of_person(asked, person).await?),
        (Ok(person), _) => Some(of_another_center(person)),
        (_, Ok(stranger)) => Some(of_stranger(asked, stranger).await?),
        _ => None,
    };
    if let Some(chosen) = chosen {
        return Ok(fieldset(
            "だれのこと",
            html! { (chosen) div.buttons { (button(Weight::Quiet, "別の方にする", "do", "other")) } },
        ));
    }
    let kinds = [About::Stranger, About::Nameless, About::Nobody];
    let kinds: Vec<Choice<'_>> = kinds
        .iter()
        .map(|one| Choice::new(one.code(), one.word()))
        .collect();
    let q = Field {
        hint: "名前・電話（下4けたでも）・住所。登録のある方も、前に相談のあった方も見つけます。",
        kind: Kind::Search,
        focus: problems.is_empty() && meant.is_empty(),
        ..of(typed, problems, "q", "さがす")
    };
    Ok(fieldset(
        "だれのこと",
        html! {
            (field(&q))
            div.buttons { (button(Weight::Secondary, "さがす", "do", "find")) }
            (meant.shown(asked))
            (radios(&of(typed, problems, "about", "登録のある方のことでないとき"), &kinds))
            (card(typed, problems))
        },
    ))
}

/// What stands beside the person who was chosen, until the purpose was said.
pub const NOT_OPEN: &str =
    "別のセンターの登録者です。先に「目的を書いて開く」から目的を書いてください。";

/// Whether the person's record may be opened: another center's, once a purpose was said. Otherwise
/// one consultation put down would open a stranger's record for whoever put it down.
pub async fn opens(asked: &Asked, person: PersonId) -> Result<bool, Problem> {
    let now = people::now_of(&mut asked.read().await?, &asked.deed, person).await?;
    match people::admit(asked, now.ok_or(Problem::NotFound)?).await {
        Ok(_) => Ok(true),
        Err(Stop::Purpose(_)) => Ok(false),
        Err(Stop::Problem(problem)) => Err(problem),
        Err(Stop::Merged(_) | Stop::Again(_)) => Err(Problem::NotFound),
    }
}

/// Somebody of whom nothing is told yet; what was typed stays.
fn of_another_center(person: PersonId) -> Markup {
    html! {
        (say_purpose(person))
        (hidden("person", &person.to_string()))
    }
}

fn say_purpose(person: PersonId) -> Markup {
    let path = format!("/people/{person}/purpose");
    html! {
        p { (NOT_OPEN) "新しい画面で開きます。書いたあと、この画面にもどって続けられます。" }
        p { a href=(path) target="_blank" rel="noopener" { "目的を書いて開く" } }
    }
}

/// Who was chosen, after the line of the sight, with what was before.
async fn of_person(asked: &Asked, person: PersonId) -> Result<Markup, Problem> {
    let line = Line::new(
        Verb::Saw,
        Some(person),
        Fields::IDENTITY.and(Fields::CONSULTATIONS),
    )
    .saying("相談の受付");
    let mut conn = asked.read().await?;
    let now = people::now_of(&mut conn, &asked.deed, person).await?;
    let person = now.ok_or(Problem::NotFound)?;
    audit::witness(
        asked.db(),
        &asked.deed,
        Line {
            whose: Some(person),
            ..line
        },
    )
    .await?;
    let identity = people::find_group::<Identity>(&mut conn, &asked.deed, person).await?;
    let identity = identity.ok_or(Problem::NotFound)?.value;
    let theirs = is_theirs(&mut conn, asked, person).await?;
    let earlier = store::count_about(&mut conn, &asked.deed, person, theirs).await?;
    let last = store::list_about(&mut conn, &asked.deed, person, theirs, LAST).await?;
    let topics = store::list_topics(&mut conn, &asked.deed).await?;
    let today = in_japan(asked.deed.now).date();
    let address = identity
        .address
        .as_ref()
        .map_or(String::new(), |one| one.canonical());
    Ok(html! {
        (record(&[
            Entry::new("登録者", html! { strong { (identity.name) } " " (identity.kana()) }),
            Entry::new("年齢", html! { (identity.born.age_on(today)) "・" (identity.living.word()) }),
            Entry::new("住所", html! { (address) }),
        ]))
        (hidden("person", &person.to_string()))
        (before(earlier, &last, &topics, &format!("/people/{person}/consultations")))
    })
}

async fn of_stranger(asked: &Asked, id: RowId) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let own: Option<CenterId> = asked.deed.scope.center;
    let found = store::find_stranger(&mut conn, &asked.deed, id).await?;
    let found = found.filter(|(_, center)| Some(*center) == own);
    let (stranger, _) = found.ok_or(Problem::NotFound)?;
    let line = Line::new(Verb::Saw, None, Fields::NOTHING).saying("登録のない方の相談の受付");
    audit::witness(asked.db(), &asked.deed, line).await?;
    // Who was tied to a record since is that person, with that person's center.
    let tied = match store::person_of(&mut conn, &asked.deed, id).await? {
        Some(person) if !opens(asked, person).await? => Some(person),
        _ => None,
    };
    let earlier = store::count_of_stranger(&mut conn, &asked.deed, id).await?;
    let last = store::list_heard(&mut conn, &asked.deed, id, LAST).await?;
    let topics = store::list_topics(&mut conn, &asked.deed).await?;
    let card = &stranger.card;
    let phone = card
        .phone
        .as_ref()
        .map_or(String::new(), ToString::to_string);
    Ok(html! {
        (record(&[
            Entry::new("登録のない方", html! { strong { (card.called()) } " " (card.kana) }),
            Entry::new("年齢", html! { (card.age.word()) }),
            Entry::new("連絡先", html! { (card.address) " " (phone) }),
        ]))
        (hidden("stranger", &id.to_string()))
        @if let Some(person) = tied { (say_purpose(person)) }
        (before(earlier, &last, &topics, &format!("/consultations/of/{id}")))
    })
}

/// How many there were and the last of them, without leaving the form.
fn before(earlier: Earlier, last: &[Listed], topics: &[Topic], href: &str) -> Markup {
    let day = |one: &Listed| in_japan(one.at).strftime("%Y年%-m月%-d日").to_string();
    html! {
        @if earlier.count > 0 {
            (look::notice(Tone::Notice, "前にも相談があります", html! {
                p { (said::earlier(earlier)) }
                ul { @for one in last {
                    li { (day(one)) "　" (said::topics(one.codes.topics, topics)) "（" (one.state.word()) "）" }
                } }
                p { a href=(href) target="_blank" { "くわしく見る（別の画面で開きます）" } }
            }))
        }
    }
}
