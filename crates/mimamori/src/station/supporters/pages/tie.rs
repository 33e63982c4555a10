//! Saying which person of the register a supporter is. Nothing is guessed: somebody looks for the
//! record, says how it is known, and may take it back.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::one::{enter, shown as shown_again};
use super::{path, settled};
use crate::clock::in_japan;
use crate::front::look::{self, Field, Head, Kind, Link, Problems, Weight};
use crate::front::{Asked, Problem};
use crate::ids::SupporterId;
use crate::people::search::{self, Filters, Found, Unfound};
use crate::people::{self, Stop};
use crate::station::courses::{Side, Typed, sided, text};
use crate::station::supporters::acts;

/// People shown of those who were found: more are told apart by a longer name.
const MOST_FOUND: usize = 8;

/// The search box.
pub async fn page(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    shown(&asked, id, &Typed::default(), &Problems::default(), &[]).await
}

async fn shown(
    asked: &Asked,
    id: SupporterId,
    typed: &Typed,
    problems: &Problems,
    found: &[Found],
) -> Result<Markup, Problem> {
    let one = enter(asked, id).await?;
    let path = path(id);
    let version = match typed.version() {
        0 => one.version,
        version => version,
    };
    let reason = Field {
        hint: "例：生年月日と住所をご本人に確かめた",
        required: true,
        kind: Kind::Long,
        ..text(typed, problems, "reason", "同じ方だとわかった理由")
    };
    let q = Field {
        hint: "名前・よみ・生年月日・電話・住所",
        kind: Kind::Search,
        ..text(typed, problems, "q", "登録者をさがす")
    };
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (one.details.name) } "さんが登録者のだれかを、確かめてから結びつけます。結びつけると、登録者の「だれが見たか」に、サポーターとして見たことも並びます。まちがえたときは、はずせます。" }
        (look::form(&format!("{path}/tie"), html! {
            (look::hidden("version", &version.to_string()))
            (look::field(&reason))
            (look::field(&q))
            div.buttons { (look::button(Weight::Primary, "さがす", "do", "find")) }
            (people_table(asked, found))
        }))
        p { (look::text_link(Link::new("サポーターの画面にもどる", &path))) }
    };
    sided(asked, Side::Supporters, "登録者に結びつける", body)
}

fn people_table(asked: &Asked, found: &[Found]) -> Markup {
    let today = in_japan(asked.deed.now).date();
    let head = ["名前", "年齢・住所", "この方ですか"].map(Head::new);
    let row = |one: &Found| {
        let of = &one.identity;
        let address = of.address.as_ref().map(|address| address.canonical());
        let value = format!("person:{}", one.person);
        vec![
            html! { strong { (of.name) } br; small { (of.kana()) } },
            html! { (of.born.age_on(today)) " ・ " (address.unwrap_or_default()) },
            html! { button.button.secondary type="submit" name="do" value=(value) {
                "この方" span.unseen { "：" (of.name) }
            } },
        ]
    };
    let rows: Vec<Vec<Markup>> = found.iter().map(row).collect();
    html! { @if !rows.is_empty() { (look::table("見つかった登録者", &head, &rows)) } }
}

async fn look_for(asked: &Asked, q: &str, problems: &mut Problems) -> Result<Vec<Found>, Problem> {
    let mut conn = asked.read().await?;
    let hits = match search::find(&mut conn, &asked.deed, q, Filters::default()).await {
        Ok(hits) => hits,
        Err(Unfound::Refusal(refusal)) => return Err(refusal.into()),
        Err(Unfound::Unread(unread)) => {
            problems.add("q", unread.to_string());
            return Ok(Vec::new());
        }
    };
    drop(conn);
    if hits.is_empty() {
        problems.add("q", "見つかりませんでした。よみや生年月日でもさがせます。");
    }
    let typed = search::Typed {
        q: q.to_owned(),
        ..search::Typed::default()
    };
    let few = &hits[..hits.len().min(MOST_FOUND)];
    Ok(search::show(asked, &typed, few).await?.people)
}

/// Looks for people, or ties to one of them.
pub async fn send(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Stop> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    // What is not this town's to see is not looked for either.
    enter(&asked, id).await?;
    if let Some(("person", person)) = typed.of("do").split_once(':') {
        let person = person.parse().map_err(|_| Problem::NotFound)?;
        people::admit(&asked, person).await?;
        let (of, into) = ((id, typed.version()), (person, asked.app.explains));
        let done = acts::tie(asked.db(), &asked.deed, of, into, typed.of("reason")).await;
        let flash = "登録者に結びつけました。";
        if let Some(page) = settled(&asked, id, done, flash, &mut problems)? {
            return Ok(page);
        }
    }
    let found = match typed.of("q") {
        "" => Vec::new(),
        q => look_for(&asked, q, &mut problems).await?,
    };
    let page = shown(&asked, id, &typed, &problems, &found).await?;
    match problems.is_empty() {
        true => Ok(page.into_response()),
        false => Err(Problem::Refused(page).into()),
    }
}

/// Takes a tie back.
pub async fn undo(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let one = enter(&asked, id).await?;
    let of = (id, typed.version());
    let done = acts::untie(asked.db(), &asked.deed, of, typed.of("reason")).await;
    let flash = "結びつきをはずしました。";
    match settled(&asked, id, done, flash, &mut problems)? {
        Some(page) => Ok(page),
        None => Err(Problem::Refused(
            shown_again(&asked, &one, &typed, &problems).await?,
        )),
    }
}
