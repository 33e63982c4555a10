//! One person's renewal: where it stands, what comes next, what was.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use db::Conn;
use maud::{Markup, html};
use serde::Deserialize;

use super::list::{asked_words, next_words, state_chip};
use crate::audit::Fields;
use crate::clock::in_japan;
use crate::front::look::{self, Entry, Event, Field, Head, Kind, Link, Tone, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::PersonId;
use crate::people::{self, DeskView, Names, Stop, Way, said};
use crate::renewals::acts;
use crate::renewals::rules::{AskWay, Done, Month, Renewal, State, Step, month_of};
use crate::renewals::store;
use crate::scope::Actor;

/// What the page shows.
struct Seen {
    view: DeskView,
    month: Month,
    why: &'static str,
    /// This time's, where it was opened.
    renewal: Option<Renewal>,
    earlier: Vec<Renewal>,
    done: Vec<Done>,
    names: Names,
}

async fn see(asked: &Asked, id: PersonId) -> Result<Seen, Stop> {
    people::witness(asked, id, Fields::IDENTITY.and(Fields::HISTORY)).await?;
    let mut conn: Conn = asked.read().await?;
    let view = people::find_for_desk(&mut conn, &asked.deed, id).await?;
    let view = view.ok_or(Problem::NotFound)?;
    let today = in_japan(asked.deed.now).date();
    let (month, why) = month_of(&view.identity.value.born, view.standing.registered_on);
    let month = Month::nearest(month, today);
    let mut all = store::list_for_person(&mut conn, &asked.deed, id).await?;
    let here = all.iter().position(|one| one.month.year == month.year);
    Ok(Seen {
        view,
        month,
        why: why.word(),
        renewal: here.map(|at| all.remove(at)),
        earlier: all,
        done: store::list_acts(&mut conn, &asked.deed, id).await?,
        names: Names::read_all(&mut conn, &asked.deed).await?,
    })
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<PersonId>) -> Result<Markup, Stop> {
    let seen = see(&asked, id).await?;
    let registered = seen.view.standing.state == people::State::Registered;
    let main = html! {
        (facts(&seen))
        @if registered { (acts_of(id, &seen)) } @else {
            (look::notice(Tone::Warning, seen.view.standing.state.word(), html! {
                p { "登録中ではないため、更新のお願いはありません。" }
            }))
        }
        p { (look::text_link(Link::new("登録者の記録をひらく", &format!("/people/{id}"))) ) }
    };
    let side = html! {
        (look::section("これまで", history(&asked, &seen)))
        @if !seen.earlier.is_empty() { (look::section("これまでの年", earlier(&seen.earlier))) }
    };
    let title = format!("{}さんの更新", seen.view.identity.value.name);
    Ok(asked.page(Place::Renewals, &title, look::sheet(main, side))?)
}

fn facts(seen: &Seen) -> Markup {
    let mut entries = vec![Entry::new(
        "更新月",
        html! { (seen.month.words()) "（" (seen.why) "）" },
    )];
    match &seen.renewal {
        Some(renewal) => {
            entries.push(Entry::new("状態", state_chip(renewal.state)));
            entries.push(Entry::new("お願い", asked_words(renewal)));
            entries.push(Entry::new("つぎ", next_words(renewal)));
            if let Some(on) = renewal.renewed_on {
                entries.push(Entry::new("更新した日", html! { (said::day(on)) }));
            }
        }
        None => entries.push(Entry::new(
            "状態",
            html! { "まだ始まっていません。更新月の前の月の1日から一覧に並びます。窓口に来られた方は、いま更新できます。" },
        )),
    }
    look::record(&entries)
}

/// What can be done now; the walk comes first, since the person is here or on the phone.
fn acts_of(id: PersonId, seen: &Seen) -> Markup {
    let renewal = seen.renewal.as_ref();
    if let Some(renewal) = renewal.filter(|one| one.state.is_renewed()) {
        let (action, year) = (
            format!("/renewals/{id}/reopening"),
            renewal.month.year.to_string(),
        );
        return look::notice(
            Tone::Good,
            "この年の更新は終わっています",
            look::act(
                Weight::Quiet,
                "更新を取り消す",
                "",
                &action,
                &[("year", &year)],
            ),
        );
    }
    if renewal.is_some_and(|one| one.state == State::Returned) {
        return look::notice(
            Tone::Warning,
            "タグはすべて返却されています",
            html! {
                p { "お持ちのタグがないため、更新のお願いは終わりにしました。" (look::text_link(Link::new("タグを渡す", &format!("/people/{id}")))) "と、1分ほどでつづきにもどります。" }
            },
        );
    }
    let began = renewal.is_some_and(|one| one.walk_at.is_some());
    html! {
        (look::section("登録内容を確かめる", html! {
            p { "ご本人かご家族といっしょに、登録内容を1つずつ確かめます。途中でやめても、つづきからできます。" }
            @if began { p { (look::button_link(Weight::Primary, Link::new("確認のつづきをする", &format!("/renewals/{id}/walk")))) } }
            (walk_form(id, began))
        }))
        @if let Some(renewal) = renewal {
            (look::section("お願いした", ask_form(id, seen)))
            @if renewal.asked_on.is_some() && renewal.step != Some(Step::Postcard) {
                (look::section("返事がなかった", tried_form(id, renewal)))
            }
        }
        (look::section("転出・死亡・辞退のとき", html! {
            p { (look::text_link(Link::new("登録の状態を変える", &format!("/people/{id}/state")))) "と、更新のお願いは自動で終わります。" }
        }))
    }
}

fn walk_form(id: PersonId, began: bool) -> Markup {
    let weight = if began {
        Weight::Quiet
    } else {
        Weight::Primary
    };
    html! {
        form.act method="post" action={ "/renewals/" (id) "/walk" } {
            div.buttons { @for way in Way::ALL {
                @let weight = if *way == Way::InPerson { weight } else { Weight::Quiet };
                (look::button(weight, walk_label(*way), "way", way.code()))
            } }
        }
    }
}

const fn walk_label(way: Way) -> &'static str {
    match way {
        Way::InPerson => "窓口で確かめる",
        Way::Phone => "電話で確かめる",
        Way::Post => "返送された書面で確かめる",
        Way::Visit => "訪問先で確かめる",
    }
}

fn ask_form(id: PersonId, seen: &Seen) -> Markup {
    let year = seen.month.year.to_string();
    html! {
        form.act method="post" action={ "/renewals/" (id) "/asking" } {
            (look::hidden("year", &year))
            div.buttons { @for way in AskWay::ALL {
                (look::button(Weight::Secondary, &format!("{}でお願いした", way.word()), "way", way.code()))
            } }
        }
    }
}

fn tried_form(id: PersonId, renewal: &Renewal) -> Markup {
    let step = renewal.step.map_or("お願い", Step::word);
    let words = Field {
        name: "words",
        label: "どうでしたか",
        hint: "例：2回電話したが留守。ポストに新聞がたまっている。",
        kind: Kind::Long,
        ..Field::default()
    };
    look::form(
        &format!("/renewals/{id}/silence"),
        html! {
            @match renewal.task {
                Some(_) => p { "「" (step) "」に返事がなかったことを記録すると、町が決めた日数のあとに次の段階へ進みます。" },
                None => p { "気づいたことを残せます。次の段階の日は変わりません。" },
            }
            (look::field(&words))
            div.buttons { button.button.secondary type="submit" { "返事がなかった" } }
        },
    )
}

fn history(asked: &Asked, seen: &Seen) -> Markup {
    if seen.done.is_empty() {
        return html! { p { "まだ何もしていません。" } };
    }
    let events: Vec<Event<'_>> = seen
        .done
        .iter()
        .map(|done| Event {
            when: said::moment(done.at, asked.deed.now),
            who: done
                .by
                .map_or("システム", |by| seen.names.actor(Actor::Staff(by))),
            what: html! {
                (done.act.word()) @if !done.way.is_empty() { "（" (done.way) "）" }
                @if !done.words.is_empty() { p { (done.words) } }
            },
        })
        .collect();
    look::timeline(&events)
}

fn earlier(renewals: &[Renewal]) -> Markup {
    let head = [Head::new("更新月"), Head::new("結果")];
    let rows: Vec<_> = renewals
        .iter()
        .map(|one| vec![html! { (one.month.words()) }, state_chip(one.state)])
        .collect();
    look::table("これまでの年の更新", &head, &rows)
}

/// A form of this page.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    way: String,
    year: String,
    words: String,
}

impl Typed {
    fn year(&self) -> Result<i16, Problem> {
        self.year.parse().map_err(|_| Problem::NotFound)
    }
}

/// Writes down that the person was asked.
pub async fn ask(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    people::admit(&asked, id).await?;
    let way = AskWay::from_code(&typed.way).ok_or(Problem::NotFound)?;
    let done = acts::ask_all(asked.db(), &asked.deed, &[id], typed.year()?, way).await?;
    let flash = match done.asked {
        1 => Flash::done("お願いしたことを記録しました。"),
        _ => Flash::not_done("更新が終わっているか、登録中ではないため、記録していません。"),
    };
    Ok(asked.redirect(&format!("/renewals/{id}"), flash))
}

/// Writes down that nobody answered.
pub async fn tried(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    people::admit(&asked, id).await?;
    let words: String = typed.words.trim().chars().take(500).collect();
    acts::tried(asked.db(), &asked.deed, id, words).await?;
    let flash = Flash::done("返事がなかったことを記録しました。");
    Ok(asked.redirect(&format!("/renewals/{id}"), flash))
}

/// Takes "renewed" back.
pub async fn reopen(
    asked: Asked,
    Path(id): Path<PersonId>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    people::admit(&asked, id).await?;
    acts::reopen(asked.db(), &asked.deed, id, typed.year()?).await?;
    let flash = Flash::done("更新を取り消しました。確認した日の記録は残っています。");
    Ok(asked.redirect(&format!("/renewals/{id}"), flash))
}
