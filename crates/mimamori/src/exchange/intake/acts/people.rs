//! What a town may say of its people: work to be done, older numbers, who carries the Station.

use std::collections::{HashMap, HashSet};

use db::Conn;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Fact as Any;
use super::around::Around;
use crate::clock::{in_japan, midnight};
use crate::deed::Deed;
use crate::exchange::intake::rules::{Match, Reader, Refusal, Verdict, matching, weigh};
use crate::exchange::lists::{List, NUMBERS, ON_CARD, WAITS, supporter_cells, task_cells};
use crate::ids::{PersonId, SupporterId, TaskId};
use crate::people;
use crate::station::courses::Role;
use crate::station::supporters::{
    self, Details, MOST_LINE, MOST_NAME, MOST_WORDS, Reach, Supporter, Term, Terms,
};
use crate::tags::{self, Number, NumberKind, State, bring_older_in};
use crate::tasks::{self, Kind, NewTask, Whose, Words};

/// Name, birth date and id of whose a row is.
pub(super) const OWNER: [&str; 3] = ["氏名", "生年月日", "登録者のID"];

/// Words of a task that was done before it came.
const BROUGHT: &str = "一覧から取り込みました。済んだのは、取り込むより前です。";

/// What a row would write.
pub enum Fact {
    /// やること; whether it is done.
    Task(NewTask, bool),
    /// 以前の番号
    Tag {
        /// Whose and which.
        owned: (PersonId, Number),
        /// How it stands.
        stands: (State, Timestamp),
    },
    /// サポーター
    Supporter(Box<Supporter>),
}

/// Writes it.
pub async fn write(conn: &mut Conn, deed: &Deed, fact: Fact, is_new: bool) -> Result<(), Refusal> {
    match fact {
        Fact::Task(new, is_done) => {
            let id = tasks::open_in(conn, deed, new).await;
            let id = id.map_err(Refusal::room)?;
            if is_done {
                let done = tasks::finish_in(conn, deed, id, BROUGHT).await;
                done.map_err(Refusal::room)?;
            }
            Ok(())
        }
        Fact::Tag { owned, stands } => {
            let bound = bring_older_in(conn, deed, owned, stands).await;
            bound.map(drop).map_err(Refusal::room)
        }
        Fact::Supporter(one) => supporters::bring_in(conn, deed, *one, is_new)
            .await
            .map_err(Refusal::room),
    }
}

/// Everything by which two tasks are the same.
type Whole = (Vec<String>, Option<PersonId>);

/// Judges tasks: what is there is the same or stays as it is, since what was done with it is history.
pub async fn tasks(
    conn: &mut Conn,
    deed: &Deed,
    around: &mut Around,
    rows: Vec<Reader<'_>>,
) -> Result<Vec<Verdict<Any>>, Refusal> {
    let mut there: HashMap<Whole, Vec<String>> = HashMap::new();
    let mut after = TaskId(0);
    loop {
        let all = tasks::list_after(conn, deed, Whose::of(&deed.scope, true), after, 500).await;
        let all = all.map_err(Refusal::room)?;
        let Some(last) = all.last() else { break };
        after = last.id;
        for one in all {
            let center = around.center_name(one.center);
            let cells = task_cells(one.due, (one.kind, one.state.waits()), &one.words, center);
            let whole = (cells, one.person);
            there.entry(whole).or_default().push(one.id.to_string());
        }
    }
    let ids: HashSet<String> = there.values().flatten().cloned().collect();
    let mut verdicts = Vec::new();
    for mut reader in rows {
        let new = task(conn, deed, around, &mut reader).await?;
        let id = reader.cell("やることのID");
        let verdict = match new {
            Some((new, waits)) if reader.faults.is_empty() => {
                let center = around.center_name(new.center);
                let cells = task_cells(new.due, (new.kind, waits), &new.words, center);
                let same = there.get_mut(&(cells, new.person));
                match same.and_then(Vec::pop) {
                    Some(_) => Verdict::Same,
                    None if ids.contains(id) => {
                        reader.fault("やることのID", "すでにあるやることです。日や済んだことは、やることの画面で書いてください。新しいやることなら、IDを空けてください。");
                        Verdict::Refused(reader.faults)
                    }
                    None => Verdict::Add(Any::People(Fact::Task(new, !waits))),
                }
            }
            _ => Verdict::Refused(reader.faults),
        };
        verdicts.push(verdict);
    }
    Ok(verdicts)
}

async fn task(
    conn: &mut Conn,
    deed: &Deed,
    around: &mut Around,
    reader: &mut Reader<'_>,
) -> Result<Option<(NewTask, bool)>, Refusal> {
    let kinds: Vec<(Kind, &str)> = Kind::all().map(|kind| (kind, kind.word())).collect();
    let due = reader.must_day("期限");
    let kind = reader.one_of("種類", &kinds);
    let waits = match reader.cell("状態") {
        "" => Some(true),
        _ => reader.one_of("状態", &WAITS),
    };
    let words = Words {
        title: reader.name("内容", 400),
        story: reader.text("くわしい内容", 10_000),
    };
    let center = around.center(reader, "担当センター");
    let person = around.person(conn, deed, reader, OWNER).await?;
    Ok(due.zip(kind).zip(waits).map(|((due, kind), waits)| {
        let new = NewTask {
            center,
            person,
            kind,
            due,
            words,
            link: String::new(),
        };
        (new, waits)
    }))
}

/// Judges tags: an older number comes in with whose it is; one of ours is what this town made.
pub async fn tags(
    conn: &mut Conn,
    deed: &Deed,
    around: &mut Around,
    rows: Vec<Reader<'_>>,
) -> Result<Vec<Verdict<Any>>, Refusal> {
    let (mut verdicts, mut above) = (Vec::new(), HashSet::new());
    for mut reader in rows {
        let verdict = tag(conn, deed, around, &mut reader, &mut above).await?;
        verdicts.push(match verdict {
            Some(verdict) if reader.faults.is_empty() => verdict,
            _ => Verdict::Refused(reader.faults),
        });
    }
    Ok(verdicts)
}

const STATES: [(State, &str); 4] = [
    (State::Bound, State::Bound.word()),
    (State::Lost, State::Lost.word()),
    (State::Returned, State::Returned.word()),
    (State::Void, State::Void.word()),
];

async fn tag(
    conn: &mut Conn,
    deed: &Deed,
    around: &mut Around,
    reader: &mut Reader<'_>,
    above: &mut HashSet<String>,
) -> Result<Option<Verdict<Any>>, Refusal> {
    let written = reader.name("番号", 64);
    let kind = match reader.cell("種類") {
        "" => Some(NumberKind::Older),
        _ => reader.one_of("種類", &NUMBERS),
    };
    let person = around.person(conn, deed, reader, OWNER).await?;
    if person.is_none() && reader.faults.is_empty() {
        reader.fault("氏名", "どなたの番号かを入れてください。");
    }
    let since = reader.day("いつから");
    let since = since.unwrap_or(in_japan(deed.now).date());
    let (Some(kind), Some(person)) = (kind, person) else {
        return Ok(None);
    };
    let number = match kind {
        NumberKind::Ours => Number::of_kept(kind, &written),
        NumberKind::Older => Number::older_by_hand(&written).ok(),
    };
    let Some(number) = number else {
        reader.fault(
            "番号",
            "以前の番号として読めません。11けたの番号は、「種類」を「11けた」にしてください。",
        );
        return Ok(None);
    };
    let there = tags::find_by_number(conn, deed, &number).await;
    let there = there.map_err(Refusal::room)?;
    if let Some(there) = there {
        let now = (
            there.person,
            there.state.word(),
            in_japan(there.since).date(),
        );
        let told = (Some(person), reader.cell("状態"), since);
        if now.0 != told.0 {
            reader.fault("番号", "この番号は、ほかの方に渡してあります。");
        } else if (now.1, now.2) != (told.1, told.2) {
            reader.fault(
                "状態",
                "すでにある番号です。なくした・返ったなどは、タグの画面で書いてください。",
            );
        }
        return Ok(Some(Verdict::Same));
    }
    if kind == NumberKind::Ours {
        reader.fault("番号", "11けたの番号は、すべての町で1つだけです。この町で作った番号ではありません。タグの画面から新しい番号を渡してください。");
        return Ok(None);
    }
    let state = reader.one_of("状態", &STATES);
    if !above.insert(number.folded()) {
        reader.fault("番号", "上の行と同じ番号です。");
    }
    Ok(state.map(|state| {
        Verdict::Add(Any::People(Fact::Tag {
            owned: (person, number),
            stands: (state, midnight(since)),
        }))
    }))
}

/// Judges supporters; the fee and the card tell and are not taken in.
pub async fn supporters(
    conn: &mut Conn,
    deed: &Deed,
    around: &mut Around,
    rows: Vec<Reader<'_>>,
) -> Result<Vec<Verdict<Any>>, Refusal> {
    let all = supporters::list(conn, deed).await.map_err(Refusal::room)?;
    let headings = List::Supporters.columns();
    let (mut verdicts, mut used) = (Vec::new(), HashSet::new());
    for mut reader in rows {
        let (id, name) = (reader.cell("サポーターのID"), reader.cell("名前"));
        let like = |one: &Supporter| {
            let both = headings.iter().zip(supporter_cells(one));
            both.into_iter()
                .all(|(heading, cell)| reader.cell(heading) == cell)
        };
        let called = |one: &Supporter| one.details.name == name;
        let found = matching(&all, &used, |one| one.id.to_string() == id, like, called);
        let old = match found {
            Match::One(at) => {
                let old = &all[at];
                let sure = old.id.to_string() == id || like(old);
                used.insert(at);
                if !sure {
                    reader.fault("名前", "同じ名前の方がいます。同じ方なら、いまの一覧を書き出してその行を直してください。別の方なら、サポーターの画面から入会を受け付けてください。");
                }
                Some(old)
            }
            Match::None => None,
            Match::Many => {
                reader.fault(
                    "名前",
                    "同じ名前の方が2人以上います。サポーターのIDを入れてください。",
                );
                None
            }
        };
        let new = supporter(conn, deed, around, &mut reader, old).await?;
        verdicts.push(match new {
            Some(new) if reader.faults.is_empty() => {
                let now = old.map(supporter_cells);
                let to = supporter_cells(&new);
                let fact = Any::People(Fact::Supporter(Box::new(new)));
                weigh(headings, (fact, to), now.as_deref())
            }
            _ => Verdict::Refused(reader.faults),
        });
    }
    Ok(verdicts)
}

async fn supporter(
    conn: &mut Conn,
    deed: &Deed,
    around: &mut Around,
    reader: &mut Reader<'_>,
    old: Option<&Supporter>,
) -> Result<Option<Supporter>, Refusal> {
    let details = details(deed, reader);
    let terms = terms(reader);
    let tied_by = reader.line("登録者と分かったわけ", MOST_LINE);
    let owner = ["登録者の氏名", "登録者の生年月日", "登録者のID"];
    let person = around.person(conn, deed, reader, owner).await?;
    if person.is_some() == tied_by.is_empty() && reader.faults.is_empty() {
        reader.fault(
            "登録者と分かったわけ",
            "登録者に結びつけるときは、登録者と、分かったわけの両方を入れてください。",
        );
    }
    if let Some(person) = person.filter(|person| old.and_then(|old| old.person) != Some(*person)) {
        may_tie(conn, deed, reader, person).await?;
    }
    let Some(terms) = terms else { return Ok(None) };
    let today = in_japan(deed.now).date();
    Ok(Some(Supporter {
        id: old.map_or_else(|| SupporterId(deed.new_id()), |old| old.id),
        person,
        tied_by,
        details,
        terms,
        entered_on: old.map_or(today, |old| old.entered_on),
        version: old.map_or(1, |old| old.version),
    }))
}

/// Another center's record is opened for a purpose only, and nobody is two supporters.
async fn may_tie(
    conn: &mut Conn,
    deed: &Deed,
    reader: &mut Reader<'_>,
    person: PersonId,
) -> Result<(), Refusal> {
    let standing = people::find_standing(conn, deed, person).await;
    let center = standing.map_err(Refusal::room)?.and_then(|one| one.center);
    if deed.scope.center.is_some() && center != deed.scope.center {
        reader.fault(
            "登録者の氏名",
            "ほかのセンターの方です。取り込んだあとで、サポーターの画面から結びつけてください。",
        );
    }
    let taken = supporters::list_of_person(conn, deed, person).await;
    if !taken.map_err(Refusal::room)?.is_empty() {
        reader.fault(
            "登録者の氏名",
            "この登録者は、ほかのサポーターに結びつけてあります。",
        );
    }
    Ok(())
}

fn details(deed: &Deed, reader: &mut Reader<'_>) -> Details {
    let reaches: Vec<(Reach, &str)> = Reach::ALL.iter().map(|one| (*one, one.word())).collect();
    let roles: Vec<(Role, &str)> = Role::ALL.iter().map(|one| (*one, one.word())).collect();
    let kana = reader.line("よみ", MOST_NAME);
    let details = Details {
        name: reader.name("名前", MOST_NAME),
        kana: words::kana::to_katakana(&kana),
        phone: reader.phone("電話"),
        mail: reader.line("メール", 254),
        reach: reader.some_of("連絡の方法", &reaches),
        reach_words: reader.line("連絡のメモ", MOST_LINE),
        born: born(deed, reader),
        likes: reader.text("好きなこと", MOST_WORDS),
        can: reader.some_of("できること", &roles),
        can_words: reader.line("できることのメモ", MOST_LINE),
        name_on_card: reader.cell("カードの名前") == ON_CARD,
        note: reader.text("メモ", MOST_WORDS),
    };
    if !details.mail.is_empty() && people::Mail::read_address(&details.mail).is_err() {
        reader.fault("メール", "メールアドレスとして読めません。");
    }
    details
}

fn born(deed: &Deed, reader: &mut Reader<'_>) -> Option<i16> {
    let cell = reader.cell("生まれた年");
    if cell.is_empty() {
        return None;
    }
    let this = in_japan(deed.now).year();
    let year = words::date::PartialDate::parse(cell).map(|date| date.year());
    let year = year.ok().filter(|year| (this - 120..=this).contains(year));
    if year.is_none() {
        reader.fault("生まれた年", "「1945」「昭和20」のように入れてください。");
    }
    year
}

/// 「2024-04-01～2025-03-31、2026-04-01～」
fn terms(reader: &mut Reader<'_>) -> Option<Terms> {
    let cell = reader.cell("入会・退会");
    let read: Option<Vec<Term>> = cell.split('、').map(term).collect();
    let in_order = |terms: &Vec<Term>| {
        let each = terms
            .iter()
            .all(|one| one.until.is_none_or(|until| one.from <= until));
        let both = terms.windows(2);
        each && both
            .into_iter()
            .all(|pair| pair[0].until.is_some_and(|until| until < pair[1].from))
    };
    let terms = read.filter(in_order);
    if terms.is_none() {
        reader.fault("入会・退会", "「2024-04-01～2025-03-31、2026-04-01～」のように、入会の日と退会の日を古い順に入れてください。");
    }
    terms.map(Terms)
}

fn term(text: &str) -> Option<Term> {
    let (from, until) = text.trim().split_once('～')?;
    let from: Date = from.trim().parse().ok()?;
    let until = match until.trim() {
        "" => None,
        day => Some(day.parse().ok()?),
    };
    Some(Term { from, until })
}
