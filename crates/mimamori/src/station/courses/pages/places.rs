//! Where courses are held, and when the Station is closed.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::said::Fact;
use super::typed::Typed;
use super::{Side, on, rule, said, settled, sided, typed};
use crate::front::look::{self, Choice, Field, Head, Kind, Link, Problems, Tone, Weight, chip};
use crate::front::{Asked, Flash, Problem};
use crate::ids::RowId;
use crate::station::courses::acts;
use crate::station::courses::rules::{Closed, Closure, MOST_HOLDS, MOST_LINE, Place, Refusal};
use crate::station::courses::store;

/// The page, with a form that was refused perhaps.
#[derive(Default)]
struct Sent {
    place: Option<(Typed, Problems)>,
    closure: Option<(Typed, Problems)>,
}

/// Every place and every closure.
pub async fn list(asked: Asked) -> Result<Markup, Problem> {
    show(&asked, Sent::default()).await
}

async fn show(asked: &Asked, sent: Sent) -> Result<Markup, Problem> {
    let mut conn = asked.read().await?;
    let places = store::list_places(&mut conn, &asked.deed).await?;
    let closures = store::list_closures(&mut conn, &asked.deed).await?;
    drop(conn);
    let head = ["会場", "住所", "入れる人数", "状態"].map(Head::new);
    let rows: Vec<Vec<Markup>> = places.iter().map(row).collect();
    let (typed, problems) = sent.place.unwrap_or_else(|| {
        let mut typed = Typed::default();
        typed.put("open", "yes");
        (typed, Problems::default())
    });
    let body = html! {
        (look::section("会場", html! {
            @if rows.is_empty() { p { "まだありません。下で加えてください。" } }
            @else { (look::table("会場の一覧", &head, &rows)) (asked.export("places")) }
        }))
        (look::section("会場を加える", form("/station/places", &typed, &problems, 0)))
        (look::section("休館日", html! {
            p { "年末年始や工事など。これから作る回は、この日をよけます。もう予定に入っている回は、その日を開いて中止にしてください。" }
            (closures_table(&closures))
            (closure_form(sent.closure))
        }))
    };
    sided(asked, Side::Places, "会場と休館日", body)
}

fn row(place: &Place) -> Vec<Markup> {
    let (tone, word) = match place.open {
        true => (Tone::Good, "使っている"),
        false => (Tone::Plain, "使わない"),
    };
    vec![
        html! { a href={ "/station/places/" (place.id) } { (place.word) } },
        html! { (place.address) },
        html! { @if let Some(holds) = place.holds { (holds) "人" } },
        chip(tone, word),
    ]
}

fn form(action: &str, typed: &Typed, problems: &Problems, version: i64) -> Markup {
    let field = |name, label, hint| Field {
        hint,
        ..typed::text(typed, problems, name, label)
    };
    html! {
        (look::problem_summary(problems))
        (look::form(action, html! {
            (look::hidden("version", &version.to_string()))
            (look::field(&Field { required: true, ..field("word", "会場の名前", "") }))
            (look::field(&Field { kind: Kind::Long, ..field("address", "住所", "案内に出ます。") }))
            (look::field(&Field { kind: Kind::Long, ..field("access", "行き方", "例：柳通り商店街の中ほど、青い看板") }))
            (look::field(&Field { kind: Kind::Number, ..field("holds", "入れる人数", "") }))
            (look::checks(&field("open", "使い方", ""), &[Choice::new("yes", "これからの講座に使う")], &typed.all("open")))
            (look::buttons("保存する", Some(Link::new("やめる", "/station/places"))))
        }))
    }
}

fn read(typed: &Typed, problems: &mut Problems) -> Option<Place> {
    let word = typed.line("word", MOST_LINE, problems);
    if word.is_empty() && problems.of("word").is_none() {
        problems.add("word", "会場の名前を入れてください。");
    }
    let place = Place {
        id: RowId(0),
        word,
        address: typed.line("address", MOST_LINE, problems),
        access: typed.line("access", MOST_LINE, problems),
        holds: typed.number("holds", MOST_HOLDS, problems),
        open: typed.of("open") == "yes",
        version: 0,
    };
    problems.is_empty().then_some(place)
}

/// Keeps a new place.
pub async fn add(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    if let Some(place) = read(&typed, &mut problems) {
        let done = acts::keep_place(asked.db(), &asked.deed, place).await;
        let on = ("/station/places", Flash::done("会場を加えました。"));
        if let Some(page) = settled(&asked, on, done, ("word", &mut problems))? {
            return Ok(page);
        }
    }
    let sent = Sent {
        place: Some((typed, problems)),
        closure: None,
    };
    Err(Problem::Refused(show(&asked, sent).await?))
}

async fn find(asked: &Asked, id: RowId) -> Result<Place, Problem> {
    let all = store::list_places(&mut asked.read().await?, &asked.deed).await?;
    all.into_iter()
        .find(|place| place.id == id)
        .ok_or(Problem::NotFound)
}

/// One place.
pub async fn one(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let place = find(&asked, id).await?;
    let mut typed = Typed::default();
    typed.put("word", &place.word);
    typed.put("address", &place.address);
    typed.put("access", &place.access);
    typed.put(
        "holds",
        place
            .holds
            .map(|holds| holds.to_string())
            .unwrap_or_default(),
    );
    typed.put("open", if place.open { "yes" } else { "" });
    let version = place.version;
    page(
        &asked,
        &place,
        (&typed, &Problems::default(), version),
        html! {},
    )
}

fn page(
    asked: &Asked,
    place: &Place,
    (typed, problems, version): (&Typed, &Problems, i64),
    above: Markup,
) -> Result<Markup, Problem> {
    let action = format!("/station/places/{}", place.id);
    let body = html! {
        p { "名前や住所を変えると、もう終わった回の案内でも新しい名前になります。別の場所に移ったときは、新しい会場を加えてください。" }
        (above)
        (form(&action, typed, problems, version))
    };
    sided(asked, Side::Places, &place.word, body)
}

fn facts(place: &Place) -> [Fact; 5] {
    let holds = place.holds.map(|holds| format!("{holds}人"));
    let open = if place.open { "使う" } else { "使わない" };
    [
        ("会場の名前", place.word.clone()),
        ("住所", place.address.clone()),
        ("行き方", place.access.clone()),
        ("入れる人数", holds.unwrap_or_default()),
        ("これからの講座", open.to_owned()),
    ]
}

/// Keeps a changed place.
pub async fn save(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut place = find(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    // An empty form would be a new place.
    let mut version = typed.version().max(1);
    let mut above = html! {};
    if let Some(read) = read(&typed, &mut problems) {
        let changed = Place {
            id,
            version,
            ..read
        };
        let typed_now = facts(&changed);
        let done = acts::keep_place(asked.db(), &asked.deed, changed).await;
        let meanwhile = matches!(done, Err(Refusal::Changed));
        let on = ("/station/places", Flash::done("保存しました。"));
        if let Some(page) = settled(&asked, on, done, ("word", &mut problems))? {
            return Ok(page);
        }
        if meanwhile {
            place = find(&asked, id).await?;
            version = place.version;
            above = said::apart(&facts(&place), &typed_now);
        }
    }
    let form = (&typed, &problems, version);
    Err(Problem::Refused(page(&asked, &place, form, above)?))
}

fn closures_table(closures: &[Closure]) -> Markup {
    let head = ["期間", "理由", ""].map(Head::new);
    let rows: Vec<Vec<Markup>> = closures
        .iter()
        .map(|one| {
            let action = format!("/station/closures/{}/remove", one.id);
            vec![
                html! { (said::date(one.closed.from)) "～" (said::date(one.closed.until)) },
                html! { (one.closed.word) },
                look::act(Weight::Quiet, "取り消す", &one.closed.word, &action, &[]),
            ]
        })
        .collect();
    html! { @if !rows.is_empty() { (look::table("休館日の一覧", &head, &rows)) } }
}

fn closure_form(sent: Option<(Typed, Problems)>) -> Markup {
    let (typed, problems) = sent.unwrap_or_default();
    let field = |name, label| Field {
        required: true,
        ..typed::text(&typed, &problems, name, label)
    };
    html! {
        (look::problem_summary(&problems))
        (look::form("/station/closures", html! {
            div.pair {
                (look::field(&Field { kind: Kind::Short, hint: "例：2026-12-29、R8.12.29", ..field("since", "はじめの日") }))
                (look::field(&Field { kind: Kind::Short, hint: "1日だけのときは同じ日", ..field("until", "おわりの日") }))
            }
            (look::field(&Field { hint: "例：年末年始。案内に出ます。", ..field("why", "理由") }))
            (look::button(Weight::Secondary, "休館日を加える", "do", "close"))
        }))
    }
}

/// Keeps days on which the Station is closed.
pub async fn close(
    asked: Asked,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let from = rule::day(&typed, "since", &mut problems);
    let until = rule::day(&typed, "until", &mut problems);
    let word = typed.line("why", MOST_LINE, &mut problems);
    if word.is_empty() && problems.of("why").is_none() {
        problems.add("why", "理由を入れてください。案内に出ます。");
    }
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        problems.add("until", "おわりの日が、はじめの日より前になっています。");
    }
    if let (Some(from), Some(until), true) = (from, until, problems.is_empty()) {
        let closed = Closed { from, until, word };
        let done = acts::add_closure(asked.db(), &asked.deed, closed).await;
        let on = ("/station/places", Flash::done("休館日を加えました。"));
        if let Some(page) = settled(&asked, on, done, ("why", &mut problems))? {
            return Ok(page);
        }
    }
    let sent = Sent {
        place: None,
        closure: Some((typed, problems)),
    };
    Err(Problem::Refused(show(&asked, sent).await?))
}

/// The Station is not closed then.
pub async fn reopen(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Problem> {
    let done = acts::remove_closure(asked.db(), &asked.deed, id).await;
    on(
        &asked,
        "/station/places",
        done,
        Flash::done("休館日を取り消しました。"),
    )
}
