//! The search page and its list of hits, which the desk shows too.
//!
//! What was typed is a name or a number: it travels by POST only, also from page to page.

use axum::Form;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use words::date::PartialDate;

use super::acts::{Hit, MOST, Unfound, find};
use super::rules::Filters;
use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Kind, Problems, Tone, Weight};
use crate::front::{Access, Asked, Doors, Place, Problem};
use crate::ids::{CenterId, PersonId};
use crate::networks;
use crate::people::rules::{Identity, Refusal, Standing, State};
use crate::people::store;
use crate::scope::Right;

const TITLE: &str = "登録者をさがす";
const PATH: &str = "/people/search";
/// People opened on one page: each is a line of the audit.
const SHOWN: usize = 20;

/// The doors of the search.
pub fn doors(doors: Doors) -> Doors {
    let search = Access::Needs(Right::Search);
    doors.get(PATH, search, page).post(PATH, search, search_for)
}

/// What was typed; comes back as typed.
#[derive(Deserialize, Default)]
pub struct Typed {
    /// Anything that is known.
    #[serde(default)]
    pub q: String,
    /// A birth date or year beside it.
    #[serde(default)]
    pub born: String,
    /// Which page of hits, from 1; anything else is the first.
    #[serde(default)]
    pub page: String,
}

/// The empty form.
pub async fn page(asked: Asked) -> Result<Markup, Problem> {
    let body = html! { (form(&Typed::default(), &Problems::default())) (what_works()) };
    asked.page(Place::People, TITLE, body)
}

/// The hits, or the form again with words beside its fields.
pub async fn search_for(asked: Asked, Form(typed): Form<Typed>) -> Result<Markup, Problem> {
    let mut problems = Problems::default();
    let filters = filters(&typed, &mut problems);
    let mut conn = asked.read().await?;
    let found = match problems.is_empty() {
        true => find(&mut conn, &asked.deed, &typed.q, filters).await,
        false => Ok(vec![]),
    };
    drop(conn);
    let hits = match found {
        Ok(hits) => hits,
        Err(Unfound::Refusal(refusal)) => return Err(refusal.into()),
        Err(Unfound::Unread(unread)) => {
            problems.add("q", unread.to_string());
            vec![]
        }
    };
    if !problems.is_empty() {
        let body = html! {
            (look::problem_summary(&problems)) (form(&typed, &problems)) (what_works())
        };
        return Err(Problem::Refused(asked.page(Place::People, TITLE, body)?));
    }
    let list = results(&asked, PATH, &typed, &hits, record_of(&asked)).await?;
    let body = html! { (form(&typed, &problems)) (list) };
    asked.page(Place::People, TITLE, body)
}

fn filters(typed: &Typed, problems: &mut Problems) -> Filters {
    if typed.born.trim().is_empty() {
        return Filters::default();
    }
    let born = PartialDate::parse(&typed.born);
    if let Err(problem) = &born {
        problems.add("born", problem.to_string());
    }
    Filters { born: born.ok() }
}

/// Where a hit leads: to the record for whoever may read it. The night desk opens people through
/// the desk.
fn record_of(asked: &Asked) -> impl Fn(PersonId) -> Option<String> {
    let may = asked.may(Right::ReadPeople);
    move |person| may.then(|| format!("/people/{person}"))
}

/// The list of hits, 20 a page, for this room and the desk: see [`show`]. `action` is where the form for
/// the next page goes, `link` where a person leads.
pub async fn results(
    asked: &Asked,
    action: &str,
    typed: &Typed,
    hits: &[Hit],
    link: impl Fn(PersonId) -> Option<String>,
) -> Result<Markup, Problem> {
    let shown = show(asked, typed, hits).await?;
    if hits.is_empty() {
        return Ok(nobody());
    }
    let mut conn = asked.read().await?;
    let centers = networks::list_centers(&mut conn, &asked.deed.scope).await?;
    let centers: Vec<(CenterId, String)> = centers.into_iter().map(|c| (c.id, c.name)).collect();
    let today = in_japan(asked.deed.now).date();
    let people = shown.people.iter();
    let rows: Vec<_> = people
        .map(|found| found.row(&centers, today, link(found.person)))
        .collect();
    let first = (shown.page - 1) * SHOWN + 1;
    Ok(html! {
        p { (count(hits.len())) " " (first) "–" (first + rows.len() - 1) "人目。近い順です。" }
        (look::table("見つかった人", &HEAD, &rows))
        (next(action, typed, shown.page, shown.pages))
        (hints())
    })
}

/// One page of hits, opened.
pub struct Shown {
    /// Which page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The people on it.
    pub people: Vec<Found>,
}

/// Opens the identity of the people on the page that was asked for, after the search and each sight
/// are durable in the audit.
pub async fn show(asked: &Asked, typed: &Typed, hits: &[Hit]) -> Result<Shown, Problem> {
    let pages = hits.len().div_ceil(SHOWN).max(1);
    let page = typed.page.parse().unwrap_or(1).clamp(1, pages);
    let part: Vec<&Hit> = hits.iter().skip((page - 1) * SHOWN).take(SHOWN).collect();
    witness(asked, typed, hits, &part).await?;
    let mut conn = asked.read().await?;
    let mut people = Vec::new();
    for hit in part {
        people.extend(Found::open(&mut conn, asked, hit).await?);
    }
    Ok(Shown {
        page,
        pages,
        people,
    })
}

const HEAD: [Head<'static>; 7] = [
    Head::new("氏名"),
    Head::new("性別"),
    Head::new("生年月日"),
    Head::new("住所"),
    Head::new("センター"),
    Head::new("状態"),
    Head::new("見つかった理由"),
];

fn count(hits: usize) -> String {
    match hits {
        MOST.. => format!("近い{MOST}人を表示しています。"),
        few => format!("{few}人見つかりました。"),
    }
}

/// One line for the search and one for each person shown, in one commit.
async fn witness(
    asked: &Asked,
    typed: &Typed,
    hits: &[Hit],
    shown: &[&Hit],
) -> Result<(), Problem> {
    let asked_for = [typed.q.trim(), typed.born.trim()].join(" ");
    let said = format!("「{}」{}人", asked_for.trim(), hits.len());
    let mut lines = vec![Line::new(Verb::Searched, None, Fields::NOTHING).saying(said)];
    let sight = |hit: &&Hit| Line::new(Verb::Searched, Some(hit.person), Fields::IDENTITY);
    lines.extend(shown.iter().map(sight));
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

/// Somebody who was found, opened as far as the list shows them.
pub struct Found {
    /// Who.
    pub person: PersonId,
    /// Why they were found, in words.
    pub reasons: Vec<String>,
    /// Who they are.
    pub identity: Identity,
    /// State and center.
    pub standing: Standing,
}

impl Found {
    async fn open(conn: &mut Conn, asked: &Asked, hit: &Hit) -> Result<Option<Found>, Refusal> {
        let identity = store::find_group::<Identity>(conn, &asked.deed, hit.person).await?;
        let standing = store::find_standing(conn, &asked.deed, hit.person).await?;
        let both = identity.zip(standing);
        Ok(both.map(|(identity, standing)| Found {
            person: hit.person,
            reasons: hit.reasons.clone(),
            identity: identity.value,
            standing,
        }))
    }

    fn row(
        &self,
        centers: &[(CenterId, String)],
        today: Date,
        link: Option<String>,
    ) -> Vec<Markup> {
        let Identity {
            name, born, sex, ..
        } = &self.identity;
        let address = self.identity.address.as_ref();
        let center = centers
            .iter()
            .find(|(id, _)| Some(*id) == self.standing.center);
        vec![
            html! {
                @match link {
                    Some(href) => a href=(href) { (name) },
                    None => strong { (name) },
                }
                br; small { (self.identity.kana()) }
            },
            html! { (sex.word()) },
            html! { (born.both()) " ・ " strong { (born.age_on(today)) } },
            html! { (address.map_or(String::new(), |address| address.canonical())) },
            html! { (center.map_or("決まっていません", |(_, name)| name)) },
            state(self.standing.state),
            html! { (self.reasons.join("、")) },
        ]
    }
}

fn state(state: State) -> Markup {
    match state {
        State::Registered => look::chip(Tone::Good, state.word()),
        State::MovedAway | State::Died | State::Withdrawn | State::Merged => {
            look::chip(Tone::Warning, state.word())
        }
    }
}

fn next(action: &str, typed: &Typed, page: usize, pages: usize) -> Markup {
    let to = |label: &str, page: usize| {
        let page = page.to_string();
        let fields = [("q", &*typed.q), ("born", &*typed.born), ("page", &*page)];
        look::act(Weight::Secondary, label, "", action, &fields)
    };
    html! {
        @if pages > 1 {
            nav.pager aria-label="ページ送り" {
                @if page > 1 { (to("← 前の20人", page - 1)) }
                @if page < pages { (to("次の20人 →", page + 1)) }
            }
        }
    }
}

fn form(typed: &Typed, problems: &Problems) -> Markup {
    let q = Field {
        name: "q",
        label: "名前・電話・住所など",
        hint: "漢字・カナ・ローマ字の名前、電話番号（下4けたでも）、生年月日、郵便番号、町名",
        value: &typed.q,
        problem: problems.of("q"),
        kind: Kind::Search,
        ..Field::default()
    };
    let born = Field {
        name: "born",
        label: "生年月日か生まれ年（わかれば）",
        hint: "例：昭和13年3月7日、S13、1938",
        value: &typed.born,
        problem: problems.of("born"),
        ..Field::default()
    };
    look::form(
        PATH,
        html! { (look::field(&q)) (look::field(&born)) (look::buttons("さがす", None)) },
    )
}

fn what_works() -> Markup {
    look::section(
        "こんな入れ方ができます",
        html! {
            ul {
                li { "名前：「渡辺 花子」「ワタナベハナコ」「watanabe hanako」。字体のちがい（渡邊・渡邉）や、1音の聞きちがいがあっても見つけます。" }
                li { "名前と生まれ年：「たかはし 昭和13」「ヤマダハナコ 1938」" }
                li { "電話番号：全部か、下4けた。ご本人と緊急連絡先の電話をさがします。" }
                li { "生年月日・郵便番号・住所：「昭和13年3月7日」「143-0016」「みなみ町2丁目」" }
            }
            p { "さがした言葉と、表示した方は、閲覧の記録に残ります。" }
        },
    )
}

fn nobody() -> Markup {
    html! {
        (look::notice(Tone::Notice, "見つかりませんでした", html! {
            p { "近い名前や番号の登録者はいません。" }
        }))
        (hints())
    }
}

fn hints() -> Markup {
    look::section(
        "見つからないとき",
        html! {
            ul {
                li { "姓だけ、名だけで、または旧姓でさがしてみてください。" }
                li { "読みを、聞こえたとおりのカナで入れてみてください。" }
                li { "生まれ年を入れると、その前後1年の方にしぼります。まちがっていそうなら消してください。" }
                li { "ご家族の電話番号の下4けたでも、さがせます。" }
                li { "ほかの町の登録者は、ここでは見つかりません。タグの番号でしらべてください。" }
            }
        },
    )
}
