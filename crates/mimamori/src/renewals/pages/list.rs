//! The worklist of a month, and asking many at once.

use axum::Form;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::audit::{self, Fields, Line, Verb};
use crate::clock::in_japan;
use crate::front::look::{self, Choice, Field, Head, Link, Pager, Tab, Tone, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{CenterId, PersonId};
use crate::people::{Names, center_code, said};
use crate::renewals::acts;
use crate::renewals::rules::{AskWay, Month, Renewal, State};
use crate::renewals::store::{self, Counts, Listed, PAGE, Which};
use crate::scope::Right;

/// What part of the list is asked for: `?month=2026-04&center=…&state=waiting&page=2`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    month: String,
    center: Option<String>,
    state: String,
    page: Option<u32>,
}

impl Part {
    /// This month and one's own center where nothing was chosen.
    fn which(&self, own: Option<CenterId>, today: Date) -> Which {
        Which {
            month: Month::from_code(&self.month).unwrap_or(Month::of(today)),
            center: match self.center.as_deref() {
                None => own,
                Some(chosen) => chosen.parse().ok(),
            },
            state: State::from_code(&self.state),
        }
    }
}

/// The address of a part.
fn href(which: Which, page: u32) -> String {
    let center = center_code(which.center);
    let state = which.state.map_or("", State::code);
    format!(
        "/renewals?month={}&center={center}&state={state}&page={page}",
        which.month.code()
    )
}

/// One page of a month's worklist.
pub async fn page(asked: Asked, Query(part): Query<Part>) -> Result<Markup, Problem> {
    let today = in_japan(asked.deed.now).date();
    let which = part.which(asked.deed.scope.center, today);
    let page = part.page.unwrap_or(1).max(1);
    let mut conn = asked.read().await?;
    let names = Names::read(&mut conn, &asked.deed).await?;
    let counts = store::count(&mut conn, &asked.deed, which).await?;
    let listed = store::list(&mut conn, &asked.deed, which, page - 1).await?;
    drop(conn);
    witness(&asked, which, page, &listed, &names).await?;
    let body = html! {
        (months(which))
        (choices(which, &names))
        (states(which, &counts))
        @if listed.is_empty() { (nobody(which, today)) } @else {
            (people(&asked, which, &counts, &listed, &names))
            (pages(which, page, counts.of(which.state)))
            (asked.export(&format!("renewals&month={}&center={}&state={}",
                which.month.code(), center_code(which.center), which.state.map_or("", State::code))))
        }
        p {
            (look::text_link(Link::new("はがきを印刷する", &format!("/papers/postcards?month={}", which.month.code()))))
            "　" (look::text_link(Link::new("一覧を紙に印刷する", &format!("/papers/worklist?month={}", which.month.code()))))
        }
        p { (look::text_link(Link::new("月ごとの数字を見る", "/renewals/year"))) }
    };
    let title = format!("{}の更新", which.month.words());
    asked.page(Place::Renewals, &title, body)
}

/// A line for each person whose name is shown, before it is.
async fn witness(
    asked: &Asked,
    which: Which,
    page: u32,
    listed: &[Listed],
    names: &Names,
) -> Result<(), Problem> {
    let sight = |one: &Listed| Line::new(Verb::Saw, Some(one.renewal.person), Fields::IDENTITY);
    let mut lines: Vec<Line> = listed.iter().map(sight).collect();
    let center = which
        .center
        .map_or("すべてのセンター", |id| names.center(Some(id)));
    let seen = format!(
        "更新の一覧（{}・{center}・{page}ページ目）",
        which.month.words()
    );
    lines.push(Line::new(Verb::Saw, None, Fields::IDENTITY).saying(seen));
    Ok(audit::witness_all(asked.db(), &asked.deed, lines).await?)
}

fn months(which: Which) -> Markup {
    let to = |months: i32| Which {
        month: which.month.plus(months),
        ..which
    };
    let (before, after) = (to(-1), to(1));
    html! {
        nav.buttons aria-label="月" {
            (look::button_link(Weight::Quiet, Link::new(&format!("← {}", before.month.words()), &href(before, 1))))
            (look::button_link(Weight::Quiet, Link::new(&format!("{} →", after.month.words()), &href(after, 1))))
        }
    }
}

fn choices(which: Which, names: &Names) -> Markup {
    look::filters(
        "/renewals",
        "しぼりこむ",
        html! {
            (look::hidden("month", &which.month.code()))
            (look::hidden("state", which.state.map_or("", State::code)))
            (names.center_select(which.center))
        },
    )
}

/// How many stand where; each is a list of its own.
fn states(which: Which, counts: &Counts) -> Markup {
    let all = [None]
        .into_iter()
        .chain(State::ALL.iter().map(|one| Some(*one)));
    let shown: Vec<(Option<State>, String)> = all
        .filter(|state| state.is_none() || counts.of(*state) > 0 || *state == which.state)
        .map(|state| (state, href(Which { state, ..which }, 1)))
        .collect();
    let tabs: Vec<Tab<'_>> = shown
        .iter()
        .map(|(state, href)| Tab {
            label: state.map_or("すべて", State::word),
            href,
            count: u64::try_from(counts.of(*state)).ok(),
            current: *state == which.state,
        })
        .collect();
    look::tabs("状態", &tabs)
}

fn nobody(which: Which, today: Date) -> Markup {
    let text = match which.month > Month::of(today).plus(1) {
        true => "更新の一覧は、前の月の1日にできます。",
        false => {
            "タグをお持ちで、この月が更新月の方がここに並びます。更新月は生まれた月です（2月29日生まれの方は2月、生まれた月が分からない方は登録した月）。"
        }
    };
    look::empty("ここに並ぶ方はいません", text, None)
}

fn people(
    asked: &Asked,
    which: Which,
    counts: &Counts,
    listed: &[Listed],
    names: &Names,
) -> Markup {
    let may = asked.may(Right::EditPeople);
    let mut head = vec![
        Head::new("氏名"),
        Head::new("生年月日"),
        Head::new("センター"),
        Head::new("状態"),
        Head::new("お願い"),
        Head::new("つぎ"),
        Head::new("最終確認"),
    ];
    if may {
        head.push(Head::new("まとめて"));
    }
    let today = in_japan(asked.deed.now).date();
    let rows: Vec<_> = listed
        .iter()
        .map(|one| row(one, names, today, may))
        .collect();
    let table = look::table("更新の一覧", &head, &rows);
    if !may {
        return table;
    }
    let waiting = counts.of(Some(State::Waiting));
    look::form(
        "/renewals/asking",
        html! {
            (table)
            (look::hidden("month", &which.month.code()))
            (look::hidden("center", &center_code(which.center)))
            (look::hidden("state", which.state.map_or("", State::code)))
            (way_field())
            div.buttons {
                (look::button(Weight::Primary, "選んだ方にお願いした", "whom", "chosen"))
                @if waiting > 0 {
                    (look::button(Weight::Secondary, &format!("「まだ」の方ぜんぶ（{waiting}人）にお願いした"), "whom", "waiting"))
                }
            }
        },
    )
}

fn way_field() -> Markup {
    let ways: Vec<Choice<'_>> = AskWay::ALL
        .iter()
        .map(|way| Choice::new(way.code(), way.word()))
        .collect();
    let way = Field {
        name: "way",
        label: "お願いのしかた",
        hint: "はがきを出した、電話をした、などをまとめて記録します。返事がないときの次の段階は、この日から数えます。",
        value: AskWay::Postcard.code(),
        ..Field::default()
    };
    look::radios(&way, &ways)
}

fn row(one: &Listed, names: &Names, today: Date, may: bool) -> Vec<Markup> {
    let (renewal, identity) = (&one.renewal, &one.identity.value);
    let id = renewal.person;
    let mut cells = vec![
        html! { a href={ "/renewals/" (id) } { (identity.name) } br; small { (identity.kana()) } },
        said::born(&identity.born, today),
        html! { (names.center(one.center)) },
        state_chip(renewal.state),
        asked_words(renewal),
        next_words(renewal),
        match one.identity.confirmed {
            Some(confirmed) => html! { (confirmed.words(today)) },
            None => html! { "記録なし" },
        },
    ];
    if may {
        let field = format!("p-{id}");
        cells.push(html! {
            @if renewal.state.is_open() {
                label.choice for=(field) {
                    input id=(field) type="checkbox" name="person" value=(id);
                    span { "選ぶ" span.unseen { "：" (identity.name) "さん" } }
                }
            }
        });
    }
    cells
}

/// Where a renewal stands, as a chip.
pub fn state_chip(state: State) -> Markup {
    let tone = match state {
        State::Confirmed | State::Changed => Tone::Good,
        State::Asked => Tone::Notice,
        State::NoAnswer => Tone::Danger,
        State::Waiting | State::Moved | State::Died | State::Withdrawn | State::Returned => {
            Tone::Plain
        }
    };
    look::chip(tone, state.word())
}

/// 「4月3日 はがき」
pub fn asked_words(renewal: &Renewal) -> Markup {
    html! {
        @if let Some(on) = renewal.asked_on {
            (on.strftime("%-m月%-d日").to_string()) " " (renewal.way.map_or("", AskWay::word))
        } @else { "—" }
    }
}

/// What comes next, and when.
pub fn next_words(renewal: &Renewal) -> Markup {
    html! {
        @match (renewal.state.is_open(), renewal.task, renewal.next_on) {
            (true, Some(task), _) => a href={ "/tasks/" (task) } { (renewal.step.map_or("やること", |step| step.word())) },
            (true, None, Some(on)) => { (on.strftime("%-m月%-d日").to_string()) "から次の段階" },
            _ => "—",
        }
    }
}

fn pages(which: Which, page: u32, total: i64) -> Markup {
    let first = i64::from(page - 1) * i64::from(PAGE) + 1;
    let last = (first + i64::from(PAGE) - 1).min(total);
    let (before, after) = (href(which, page.saturating_sub(1)), href(which, page + 1));
    look::pager(&Pager {
        shown: &format!("{total}人中 {first}–{last}人目"),
        before: (page > 1).then_some(&*before),
        after: (last < total).then_some(&*after),
    })
}

/// Writes down that many were asked.
pub async fn ask(
    asked: Asked,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let of = |name: &str| {
        let found = typed.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    };
    let part = Part {
        month: of("month").to_owned(),
        center: Some(of("center").to_owned()),
        state: of("state").to_owned(),
        page: None,
    };
    let which = part.which(None, in_japan(asked.deed.now).date());
    let back = href(which, 1);
    let Some(way) = AskWay::from_code(of("way")) else {
        let flash = Flash::not_done("お願いのしかたを選んでから、もう一度押してください。");
        return Ok(asked.redirect(&back, flash));
    };
    let people = whom(&asked, which, &typed).await?;
    if people.is_empty() {
        let flash =
            Flash::not_done("お願いした方を「選ぶ」に印をつけてから、もう一度押してください。");
        return Ok(asked.redirect(&back, flash));
    }
    let year = which.month.year;
    let done = acts::ask_all(asked.db(), &asked.deed, &people, year, way).await?;
    let left = match done.left {
        0 => String::new(),
        left => format!("{left}人は、更新が終わっているか登録中でないため、記録していません。"),
    };
    let words = format!(
        "{}人に{}でお願いしたことを記録しました。{left}",
        done.asked,
        way.word()
    );
    let flash = Flash::done(&words);
    let undoing = format!(
        "/renewals/asking/undoing?month={}&at={}",
        which.month.code(),
        asked.deed.at()
    );
    let flash = match done.asked {
        0 => flash,
        _ => flash.undo("記録を取り消す", &undoing),
    };
    Ok(asked.redirect(&back, flash))
}

/// Which asking is taken back.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Slip {
    month: String,
    at: i64,
}

/// Takes the asking of many back, a slip.
pub async fn unask(asked: Asked, Query(slip): Query<Slip>) -> Result<Response, Problem> {
    let month = Month::from_code(&slip.month).ok_or(Problem::NotFound)?;
    let count = acts::unask_all(asked.db(), &asked.deed, month, slip.at).await?;
    let words = format!("{count}人のお願いの記録を取り消しました。");
    let back = format!("/renewals?month={}", month.code());
    Ok(asked.redirect(&back, Flash::done(&words)))
}

async fn whom(
    asked: &Asked,
    which: Which,
    typed: &[(String, String)],
) -> Result<Vec<PersonId>, Problem> {
    if typed.contains(&("whom".to_owned(), "waiting".to_owned())) {
        let state = Some(State::Waiting);
        let mut conn = asked.read().await?;
        return Ok(store::list_ids(&mut conn, &asked.deed, Which { state, ..which }).await?);
    }
    let chosen = typed.iter().filter(|(name, _)| name == "person");
    chosen
        .map(|(_, id)| id.parse().map_err(|_| Problem::NotFound))
        .collect()
}
