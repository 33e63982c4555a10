//! The sum of a notice and of those beside it, line by line: what is shown adds up.

use db::Conn;
use maud::{Markup, html};

use super::list::points;
use crate::clock::instant;
use crate::front::look::{self, Head};
use crate::front::{Asked, Problem, Sighting};
use crate::ids::PersonId;
use crate::notices::rules::{Evidence, MEMORY_DAYS, Notice, Observed, Of, Sign, add_up, find_sign};
use crate::notices::store;

const DAY_MS: i64 = 86_400_000;

/// What a room above observed about people whom this account may see.
pub async fn seen(asked: &Asked, conn: &mut Conn) -> Result<Vec<Observed>, Problem> {
    let since = asked.deed.at() - MEMORY_DAYS * DAY_MS;
    let seen = (asked.app.above.sightings)(conn, &asked.deed, since).await?;
    let observed = |one: Sighting| Observed {
        id: one.id,
        person: one.person,
        source: one.by,
        at: instant(one.at),
        signs: one.signs,
    };
    Ok(seen.into_iter().map(observed).collect())
}

/// Of these, what is about the person.
pub fn about(seen: &[Observed], person: Option<PersonId>) -> Vec<&Observed> {
    let theirs = |one: &&Observed| Some(one.person) == person;
    seen.iter().filter(theirs).collect()
}

/// What notices and observations about somebody of the register add up to, for the page of a room
/// above; empty where there is nothing. Whoever asks was let in to the person's record before.
pub async fn of_person(asked: &Asked, person: PersonId) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let signs = store::list_signs(&mut conn, &asked.deed).await?;
    let mut notices = store::list_for_person(&mut conn, &asked.deed, person).await?;
    let since = asked.deed.at() - MEMORY_DAYS * DAY_MS;
    notices.retain(|one| one.received_at.as_millisecond() > since);
    let mut seen = seen(asked, &mut conn).await?;
    drop(conn);
    seen.retain(|one| one.person == person);
    let (told, observed): (Vec<&Notice>, Vec<&Observed>) =
        (notices.iter().collect(), seen.iter().collect());
    let sum = add_up(&told, &observed, &signs, asked.deed.now);
    Ok(match sum.lines.is_empty() {
        true => Markup::default(),
        false => part(&sum, None, (&notices, &seen), &signs),
    })
}

/// The table, and what it is for.
pub fn part(
    evidence: &Evidence,
    here: Option<&Notice>,
    (all, seen): (&[Notice], &[Observed]),
    signs: &[Sign],
) -> Markup {
    let head = [
        Head::new("届いた日"),
        Head::new("気づいたこと"),
        Head::figures("いまの重み"),
        Head::figures("確かさ"),
        Head::figures("同じ人から"),
        Head::figures("足される分"),
    ];
    let mut rows: Vec<Vec<Markup>> = evidence
        .lines
        .iter()
        .map(|line| {
            let day = line.on.strftime("%-m月%-d日").to_string();
            let (codes, href) = match line.of {
                Of::Notice(id) => {
                    let one = all.iter().find(|one| one.id == id);
                    let codes = one.map(|one| one.words.signs.as_slice());
                    (codes, format!("/notices/{id}"))
                }
                Of::Observation(id) => {
                    let one = seen.iter().find(|one| one.id == id);
                    let codes = one.map(|one| one.signs.as_slice());
                    (codes, format!("/station/watch/{id}"))
                }
            };
            let words = names(codes.unwrap_or_default(), signs);
            let here = here.is_some_and(|here| line.of == Of::Notice(here.id));
            let observed = matches!(line.of, Of::Observation(_));
            vec![
                html! { @if here { (day) "（この気づき）" } @else { a href=(href) { (day) } } @if observed { "（ステーション）" } },
                html! { (words) @if line.safe { "（無事とわかったので4分の1）" } },
                html! { (points(line.signs)) },
                html! { "×" (points(line.sure)) },
                html! { @if line.share == 1000 { "―" } @else { "×" (share(line.share)) } },
                html! { strong { (points(line.tenths)) } },
            ]
        })
        .collect();
    let blank = || html! {};
    rows.push(vec![
        html! { "合計" },
        blank(),
        blank(),
        blank(),
        blank(),
        html! { strong { (points(evidence.tenths())) } },
    ]);
    look::section(
        "重なり",
        html! {
            p { "同じ方、同じ世帯、同じ場所についての気づきと、その方についてのステーションの様子の記録を足した目安です。日がたつと小さくなり、同じ人からの知らせは2件目から小さく数えます。順番を決めるためのもので、危険の度合いや、その方の状態を表すものではありません。" }
            (look::table("重なりの内訳", &head, &rows))
        },
    )
}

fn names(codes: &[String], signs: &[Sign]) -> String {
    let known = codes.iter().filter_map(|code| find_sign(signs, code));
    let names: Vec<&str> = known.map(|sign| sign.ja.as_str()).collect();
    match names.is_empty() {
        true => "そのほか".to_owned(),
        false => names.join("／"),
    }
}

/// Thousandths as a figure.
fn share(thousandths: i64) -> String {
    if thousandths == 0 {
        return "0.001未満".to_owned();
    }
    let text = format!("0.{thousandths:03}");
    text.trim_end_matches('0').to_owned()
}
